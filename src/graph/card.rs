//! A person's card: all that the profile viewer shows, in one round trip.

use std::collections::HashSet;
use std::future::ready;

use serde::Deserialize;

use super::batch::{self, Outcome, parsed};
use super::client::Client;
use super::feed::{Feed, Out};
use super::people;
use super::permits::Urgency;
use super::request::Listing;
use crate::domain::{DirectoryObject, Id, ObjectKind, Person, Text};
use crate::protocol::{CardPart, Problem, ProblemKind};

/// No chain of managers is longer, unless it goes in a circle.
const LONGEST_CHAIN: usize = 50;

/// A person with the manager above, and so on.
#[derive(Deserialize)]
pub(super) struct Link {
    pub(super) manager: Option<Box<Link>>,
    #[serde(flatten)]
    pub(super) person: Person,
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

/// What Graph said to all that a card asks.
struct Answers {
    person: Result<Person, Problem>,
    managers: Result<Link, Problem>,
    reports: Result<Beginning, Problem>,
    groups: Result<Beginning, Problem>,
    photo: Result<Photo, Problem>,
}

impl Client {
    /// A person's card in one round trip, section by section. The person goes by id, user principal name, or an address,
    /// which takes longer where it is not the principal name. A section that may not be read is [`CardPart::Hidden`] with
    /// its name and the reason; a person who cannot be read at all is the problem.
    pub fn card(&self, person: &Id, urgency: Urgency) -> Feed<CardPart> {
        let client = self.clone();
        let mut key = person.clone();
        Feed::new(move |out| async move {
            let mut answers = client.ask_all(&key, urgency).await?;
            if key.as_str().contains('@')
                && matches!(&answers.person, Err(problem) if problem.kind == ProblemKind::NotFound)
            {
                key = client.who_has(key.as_str(), urgency).await?;
                answers = client.ask_all(&key, urgency).await?;
            }
            client.profile(&key, answers.person, urgency, &out).await?;
            let managers = client.chain(&key, answers.managers, urgency);
            let reports = client.list(answers.reports, people::reports(&key), urgency);
            let groups = client.list(answers.groups, people::member_of(&key), urgency);
            let groups = async { groups.await.map(as_groups) };
            tokio::join!(
                section("photo", ready(photo_size(answers.photo)), CardPart::Photo, &out),
                section("managers", managers, CardPart::Managers, &out),
                section("reports", reports, CardPart::Reports, &out),
                section("groups", groups, CardPart::Groups, &out),
            );
            Ok(())
        })
    }

    async fn ask_all(&self, key: &Id, urgency: Urgency) -> Result<Answers, Problem> {
        let reads = [
            people::person(key),
            people::with_managers(key),
            people::reports(key).first,
            people::member_of(key).first,
            people::photo(key),
        ];
        let outcomes = self.batch(&reads, urgency).await?;
        let [person, managers, reports, groups, photo] =
            <[Outcome; 5]>::try_from(outcomes).map_err(|_| batch::left_out())?;
        Ok(Answers {
            person: parsed(person),
            managers: parsed(managers),
            reports: parsed(reports),
            groups: parsed(groups),
            photo: parsed(photo),
        })
    }

    /// The id of the person who has an address.
    pub(super) async fn who_has(&self, address: &str, urgency: Urgency) -> Result<Id, Problem> {
        for listing in people::by_address(address) {
            let mut found: Vec<Person> = self.gather(listing, urgency).await?;
            if let Some(person) = found.pop() {
                return Ok(person.id);
            }
        }
        Err(Problem::new(
            ProblemKind::NotFound,
            &format!("{address} is not in the directory."),
            "The address belongs to someone outside the organisation, or to someone who has left it.",
        ))
    }

    /// The person, or what everyone may see where all of it may not be read.
    async fn profile(
        &self,
        key: &Id,
        whole: Result<Person, Problem>,
        urgency: Urgency,
        out: &Out<CardPart>,
    ) -> Result<(), Problem> {
        match whole {
            Err(problem) if problem.kind == ProblemKind::Forbidden => {
                let basic = self.one(people::person_basic(key), urgency).await?;
                out.put(CardPart::Person(Box::new(basic))).await;
                out.put(CardPart::Hidden("details", problem)).await;
            }
            whole => out.put(CardPart::Person(Box::new(whole?))).await,
        }
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
    async fn chain(&self, key: &Id, link: Result<Link, Problem>, urgency: Urgency) -> Result<Vec<Person>, Problem> {
        let link = match link {
            Ok(link) => link,
            Err(problem) if problem.kind == ProblemKind::NotFound => return Ok(Vec::new()),
            Err(problem) if matches!(problem.status, Some(400 | 405 | 501)) => {
                return self.walk_managers(key, urgency).await;
            }
            Err(problem) => return Err(problem),
        };
        Ok(unchained(link.manager))
    }

    pub(super) async fn walk_managers(&self, key: &Id, urgency: Urgency) -> Result<Vec<Person>, Problem> {
        let mut chain: Vec<Person> = Vec::new();
        let mut known = HashSet::from([key.clone()]);
        let mut key = key.clone();
        while chain.len() < LONGEST_CHAIN {
            let person: Person = match self.one(people::manager(&key), urgency).await {
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
}

/// The people of a chain, nearest first.
pub(super) fn unchained(mut next: Option<Box<Link>>) -> Vec<Person> {
    let mut chain = Vec::new();
    while let Some(link) = next {
        chain.push(link.person);
        next = link.manager;
    }
    chain
}

/// A photo's width and height in pixels. Without a photo Graph answers 404, or describes one of a single pixel.
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

async fn section<T>(
    name: &'static str,
    read: impl Future<Output = Result<T, Problem>>,
    part: impl FnOnce(T) -> CardPart,
    out: &Out<CardPart>,
) {
    let part = match read.await {
        Ok(value) => part(value),
        Err(problem) => CardPart::Hidden(name, problem),
    };
    out.put(part).await;
}
