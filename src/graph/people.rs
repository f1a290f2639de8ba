//! People of the directory. <https://learn.microsoft.com/graph/api/resources/user>

use std::collections::HashSet;
use std::future::ready;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::batch::{self, Outcome};
use super::body;
use super::client::Client;
use super::feed::{Feed, Out};
use super::permits::Urgency;
use super::request::{LARGEST_PAGE, Listing, Read, literal};
use crate::domain::{DirectoryObject, Id, ObjectKind, Person, Text};
use crate::protocol::{CardPart, Me, Problem, ProblemKind};

const FIELDS: &str = "id,displayName,userPrincipalName,mail,userType,jobTitle,department,officeLocation,companyName,city,country,businessPhones,mobilePhone";
/// What `User.ReadBasic.All` lets one see of others.
const BASIC_FIELDS: &str = "id,displayName,userPrincipalName,mail";
const OBJECT_FIELDS: &str = "id,displayName,mail,userPrincipalName,jobTitle,userType";
const MANAGER_FIELDS: &str = "id,displayName,userPrincipalName,mail,jobTitle,department";
const GROUP_FIELDS: &str = "id,displayName,mail";
/// No chain of managers is longer, unless it goes in a circle.
const LONGEST_CHAIN: usize = 50;

/// Who is signed in.
pub fn me() -> Read {
    Read::of("me").query("$select", FIELDS)
}

/// The organisation; the list has one item.
pub fn organization() -> Listing {
    Read::of("organization").query("$select", "id,displayName").listing()
}

/// A person by id or user principal name, with all the properties that a card shows.
pub fn person(key: &Id) -> Read {
    user(key).query("$select", FIELDS)
}

/// The same with what everyone may see.
pub fn person_basic(key: &Id) -> Read {
    user(key).query("$select", BASIC_FIELDS)
}

/// A person with the whole chain of managers inside.
pub fn with_managers(key: &Id) -> Read {
    user(key)
        .advanced()
        .query("$select", "id")
        .query("$expand", format!("manager($levels=max;$select={MANAGER_FIELDS})"))
}

/// A person's manager.
pub fn manager(key: &Id) -> Read {
    user(key).word("manager").query("$select", MANAGER_FIELDS)
}

/// Those who report to a person.
pub fn reports(key: &Id) -> Listing {
    user(key)
        .word("directReports")
        .query("$select", OBJECT_FIELDS)
        .query("$top", LARGEST_PAGE)
        .listing()
}

/// The groups that a person belongs to.
pub fn member_of(key: &Id) -> Listing {
    user(key)
        .word("memberOf")
        .word("microsoft.graph.group")
        .advanced()
        .query("$select", GROUP_FIELDS)
        .query("$top", LARGEST_PAGE)
        .listing()
}

/// What is known of a person's photo, without its bytes.
pub fn photo(key: &Id) -> Read {
    user(key).word("photo")
}

/// A user principal name that begins with `$` would be taken for an operation, so it goes as an argument.
fn user(key: &Id) -> Read {
    if key.as_str().starts_with('$') {
        let mut read = Read::of("users");
        read.path = vec![super::request::Segment::Key(Id::new(format!(
            "users({})",
            literal(key.as_str())
        )))];
        read
    } else {
        Read::of("users").key(key)
    }
}

#[derive(Deserialize)]
struct Link {
    manager: Option<Box<Link>>,
    #[serde(flatten)]
    person: Person,
}

/// The first page of a list.
#[derive(Deserialize)]
struct Beginning {
    value: Vec<DirectoryObject>,
    #[serde(rename = "@odata.nextLink", default)]
    next: Option<String>,
}

#[derive(Deserialize)]
struct Photo {
    id: Option<Text>,
    width: Option<u32>,
    height: Option<u32>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Organization {
    display_name: Option<Text>,
}

impl Client {
    /// Who is signed in. An organisation that cannot be read leaves its name out; the log says why.
    ///
    /// # Errors
    /// Whatever Graph or the network did.
    pub async fn me(&self, urgency: Urgency) -> Result<Me, Problem> {
        let (person, organisations) = tokio::join!(
            self.one::<Person>(me(), urgency),
            self.gather::<Organization>(organization(), urgency)
        );
        Ok(Me {
            person: person?,
            organisation: organisations
                .ok()
                .and_then(|all| all.into_iter().find_map(|one| one.display_name)),
        })
    }

    /// A person's card in one round trip, section by section. A section that may not be read is [`CardPart::Hidden`] with
    /// its name and the reason; a person who cannot be read at all is the problem.
    pub fn card(&self, person: &Id, urgency: Urgency) -> Feed<CardPart> {
        let client = self.clone();
        let key = person.clone();
        Feed::new(move |out| async move {
            let (reports, groups) = (reports(&key), member_of(&key));
            let reads = [
                self::person(&key),
                with_managers(&key),
                reports.first.clone(),
                groups.first.clone(),
                photo(&key),
            ];
            let outcomes = client.batch(&reads, urgency).await?;
            let Ok([whole, managers, reports_begun, groups_begun, photo]) = <[Outcome; 5]>::try_from(outcomes) else {
                return Err(batch::left_out());
            };
            client.profile(&key, parsed(whole), urgency, &out).await?;
            section("photo", ready(photo_size(parsed(photo))), CardPart::Photo, &out).await;
            let managers = client.chain(&key, parsed(managers), urgency);
            section("managers", managers, CardPart::Managers, &out).await;
            let reports = client.list(parsed(reports_begun), reports, urgency);
            section("reports", reports, CardPart::Reports, &out).await;
            let groups = client.list(parsed(groups_begun), groups, urgency);
            let groups = async { groups.await.map(as_groups) };
            section("groups", groups, CardPart::Groups, &out).await;
            Ok(())
        })
    }

    /// The person, or what everyone may see where all of it may not be read.
    async fn profile(
        &self,
        key: &Id,
        whole: Result<Person, Problem>,
        urgency: Urgency,
        out: &Out<CardPart>,
    ) -> Result<(), Problem> {
        let shown = match whole {
            Err(problem) if problem.kind == ProblemKind::Forbidden => {
                let basic = self.one(person_basic(key), urgency).await?;
                out.put(CardPart::Hidden("details", naming_permission(problem))).await;
                basic
            }
            whole => whole?,
        };
        out.put(CardPart::Person(Box::new(shown))).await;
        Ok(())
    }

    /// The whole of a list that has begun; where it goes on, it is read from its beginning, page by page.
    async fn list(
        &self,
        begun: Result<Beginning, Problem>,
        listing: Listing,
        urgency: Urgency,
    ) -> Result<Vec<DirectoryObject>, Problem> {
        match begun? {
            Beginning { value, next: None } => Ok(value),
            Beginning { .. } => self.gather(listing, urgency).await,
        }
    }

    /// The chain of managers, nearest first. Where Graph refuses to expand it, it is walked step by step.
    ///
    /// # Errors
    /// `Forbidden` without `User.Read.All`, and whatever Graph or the network did.
    pub async fn managers(&self, key: &Id, urgency: Urgency) -> Result<Vec<Person>, Problem> {
        let link = self.one(with_managers(key), urgency).await;
        self.chain(key, link, urgency).await
    }

    async fn chain(&self, key: &Id, link: Result<Link, Problem>, urgency: Urgency) -> Result<Vec<Person>, Problem> {
        let link = match link {
            Ok(link) => link,
            Err(problem) if problem.kind == ProblemKind::NotFound => return Ok(Vec::new()),
            Err(problem) if matches!(problem.status, Some(400 | 405 | 501)) => {
                return self.walk_managers(key, urgency).await;
            }
            Err(problem) => return Err(problem),
        };
        let mut chain = Vec::new();
        let mut next = link.manager;
        while let Some(link) = next {
            chain.push(link.person);
            next = link.manager;
        }
        Ok(chain)
    }

    async fn walk_managers(&self, key: &Id, urgency: Urgency) -> Result<Vec<Person>, Problem> {
        let mut chain: Vec<Person> = Vec::new();
        let mut known = HashSet::from([key.clone()]);
        let mut key = key.clone();
        while chain.len() < LONGEST_CHAIN {
            let person: Person = match self.one(manager(&key), urgency).await {
                Ok(person) => person,
                Err(problem) if problem.kind == ProblemKind::NotFound => break,
                Err(problem) => return Err(problem),
            };
            key = person.id.clone();
            if !known.insert(key.clone()) {
                break;
            }
            chain.push(person);
        }
        Ok(chain)
    }

    /// The photo's width and height in pixels. Without a photo Graph answers 404, or describes one of a single pixel.
    ///
    /// # Errors
    /// Whatever Graph or the network did.
    pub async fn photo(&self, key: &Id, urgency: Urgency) -> Result<Option<(u32, u32)>, Problem> {
        photo_size(self.one(photo(key), urgency).await)
    }
}

fn photo_size(photo: Result<Photo, Problem>) -> Result<Option<(u32, u32)>, Problem> {
    let photo = match photo {
        Ok(photo) => photo,
        Err(problem) if problem.kind == ProblemKind::NotFound => return Ok(None),
        Err(problem) => return Err(problem),
    };
    let none = photo.id.is_some_and(|id| id.as_str().eq_ignore_ascii_case("1x1"));
    Ok(photo.width.zip(photo.height).filter(|size| !none && *size > (1, 1)))
}

/// The cast leaves the type out.
fn as_groups(mut groups: Vec<DirectoryObject>) -> Vec<DirectoryObject> {
    for group in &mut groups {
        group.kind = ObjectKind::Group;
    }
    groups
}

/// What a batch's item says.
fn parsed<T: DeserializeOwned>(outcome: Outcome) -> Result<T, Problem> {
    let body = outcome?;
    serde_json::from_str(body.get()).map_err(|error| body::unreadable(&error, body.get().as_bytes()))
}

async fn section<T>(
    name: &'static str,
    read: impl Future<Output = Result<T, Problem>>,
    part: impl FnOnce(T) -> CardPart,
    out: &Out<CardPart>,
) {
    let part = match read.await {
        Ok(value) => part(value),
        Err(problem) => CardPart::Hidden(name, naming_permission(problem)),
    };
    out.put(part).await;
}

/// Most of what a card shows of others needs one permission.
fn naming_permission(mut problem: Problem) -> Problem {
    if problem.kind == ProblemKind::Forbidden {
        problem.next = Text::new("It needs the permission User.Read.All, which an administrator can grant.");
    }
    problem
}
