//! People of the directory. <https://learn.microsoft.com/graph/api/resources/user>

use std::collections::HashSet;

use serde::Deserialize;

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

    /// A person's card, section by section as they come. A section that may not be read is [`CardPart::Hidden`] with
    /// its name and the reason; a person who cannot be read at all is the problem.
    pub fn card(&self, person: &Id, urgency: Urgency) -> Feed<CardPart> {
        let client = self.clone();
        let person = person.clone();
        Feed::new(move |out| async move {
            tokio::try_join!(
                client.profile(&person, urgency, &out),
                section("managers", client.managers(&person, urgency), CardPart::Managers, &out),
                section(
                    "reports",
                    client.gather(reports(&person), urgency),
                    CardPart::Reports,
                    &out
                ),
                section("groups", client.groups_of(&person, urgency), CardPart::Groups, &out),
                section("photo", client.photo(&person, urgency), CardPart::Photo, &out),
            )?;
            Ok(())
        })
    }

    async fn profile(&self, key: &Id, urgency: Urgency, out: &Out<CardPart>) -> Result<(), Problem> {
        let whole = self.one::<Person>(person(key), urgency).await;
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

    /// The chain of managers, nearest first. Where Graph refuses to expand it, it is walked step by step.
    ///
    /// # Errors
    /// `Forbidden` without `User.Read.All`, and whatever Graph or the network did.
    pub async fn managers(&self, key: &Id, urgency: Urgency) -> Result<Vec<Person>, Problem> {
        let link = match self.one::<Link>(with_managers(key), urgency).await {
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

    async fn groups_of(&self, key: &Id, urgency: Urgency) -> Result<Vec<DirectoryObject>, Problem> {
        let mut groups: Vec<DirectoryObject> = self.gather(member_of(key), urgency).await?;
        for group in &mut groups {
            // The cast leaves the type out.
            group.kind = ObjectKind::Group;
        }
        Ok(groups)
    }

    /// The photo's width and height in pixels. Without a photo Graph answers 404, or describes one of a single pixel.
    ///
    /// # Errors
    /// Whatever Graph or the network did.
    pub async fn photo(&self, key: &Id, urgency: Urgency) -> Result<Option<(u32, u32)>, Problem> {
        let photo: Photo = match self.one(photo(key), urgency).await {
            Ok(photo) => photo,
            Err(problem) if problem.kind == ProblemKind::NotFound => return Ok(None),
            Err(problem) => return Err(problem),
        };
        let none = photo.id.is_some_and(|id| id.as_str().eq_ignore_ascii_case("1x1"));
        Ok(photo.width.zip(photo.height).filter(|size| !none && *size > (1, 1)))
    }
}

async fn section<T>(
    name: &'static str,
    read: impl Future<Output = Result<T, Problem>>,
    part: impl FnOnce(T) -> CardPart,
    out: &Out<CardPart>,
) -> Result<(), Problem> {
    let part = match read.await {
        Ok(value) => part(value),
        Err(problem) => CardPart::Hidden(name, naming_permission(problem)),
    };
    out.put(part).await;
    Ok(())
}

/// Most of what a card shows of others needs one permission.
fn naming_permission(mut problem: Problem) -> Problem {
    if problem.kind == ProblemKind::Forbidden {
        problem.next = Text::new("It needs the permission User.Read.All, which an administrator can grant.");
    }
    problem
}
