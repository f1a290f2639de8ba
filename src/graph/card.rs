//! A person's card: all that the profile viewer shows, section by section. What the directory knows comes in one round
//! trip; what other services know comes from each in its own time.

use std::collections::HashSet;

use futures_util::future::join_all;
use serde::Deserialize;

use super::batch::{self, Outcome, parsed};
use super::client::Client;
use super::feed::{Feed, Out};
use super::permits::Urgency;
use super::request::{Listing, Read};
use super::{around, people, profile};
use crate::config::Cloud;
use crate::domain::{About, Card, DirectoryObject, Document, Id, ObjectKind, Person, Photo, Team, Text};
use crate::protocol::capability::DETAILS;
use crate::protocol::{CardPart, Problem, ProblemKind, Section};

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

/// All of a list that comes in no pages, or as much of it as is shown.
#[derive(Deserialize)]
struct All<T> {
    value: Vec<T>,
}

/// Whose card it is.
struct Subject {
    key: Id,
    mine: bool,
}

impl Subject {
    /// The person below whom own things are read; nobody for who is signed in, who may see more there.
    fn whose(&self) -> Option<&Id> {
        (!self.mine).then_some(&self.key)
    }
}

/// A section, and how it is asked for: one thing, or the first page of a list.
type Asked = (Section, fn(&Subject) -> Read);

/// What the directory and the mailbox answer at once, in one round trip. The person comes first.
const TOGETHER: &[Asked] = &[
    (Section::Person, |it| people::card(it.whose())),
    (Section::Photo, |it| profile::photo(it.whose(), None)),
    (Section::Managers, |it| people::with_managers(&it.key)),
    (Section::Reports, |it| people::reports(&it.key).first),
    (Section::Groups, |it| people::member_of(&it.key).first),
];

/// What comes from elsewhere: each is asked for alone, so that none waits for the slowest.
const APART: &[Asked] = &[
    (Section::About, |it| people::about(it.whose())),
    (Section::Teams, |it| around::joined_teams(it.whose()).first),
    (Section::Documents, |it| around::trending_most(it.whose())),
];

impl Client {
    /// A person's card, section by section. The person goes by id, user principal name, or an address, which takes longer
    /// where it is not the principal name; `mine` says that it is who is signed in. A section that may not be read is
    /// [`CardPart::Hidden`] with its name and the reason; a person who cannot be read at all is the problem.
    pub fn card(&self, person: &Id, mine: bool, urgency: Urgency) -> Feed<CardPart> {
        let client = self.clone();
        let key = person.clone();
        Feed::new(move |out| async move {
            let mut subject = Subject { key, mine };
            let mut answers = client.ask_together(&subject, urgency).await?;
            let unknown = |answer: Option<&Outcome>| matches!(answer, Some(Err(problem)) if problem.kind == ProblemKind::NotFound);
            if subject.key.as_str().contains('@') && unknown(answers.first()) {
                subject.key = client.who_has(subject.key.as_str(), urgency).await?;
                answers = client.ask_together(&subject, urgency).await?;
            }
            let mut answers = answers.into_iter();
            let person = answers.next().unwrap_or_else(|| Err(batch::left_out()));
            client.put_person(&subject, parsed(person), urgency, &out).await?;
            let (client, subject, out) = (&client, &subject, &out);
            let together = TOGETHER.iter().skip(1).zip(answers);
            let together = together.map(|((section, _), answer)| client.put(*section, subject, answer, urgency, out));
            let apart = APART.iter().map(|(section, read)| async move {
                let answer = client.ask_apart(*section, read(subject), urgency).await;
                client.put(*section, subject, answer, urgency, out).await;
            });
            tokio::join!(join_all(together), join_all(apart));
            Ok(())
        })
    }

    async fn ask_together(&self, subject: &Subject, urgency: Urgency) -> Result<Vec<Outcome>, Problem> {
        let reads: Vec<Read> = TOGETHER.iter().map(|(_, read)| read(subject)).collect();
        self.batch(&reads, urgency).await
    }

    async fn ask_apart(&self, section: Section, read: Read, urgency: Urgency) -> Outcome {
        let cloud = Cloud::of_graph(self.endpoint().as_str());
        if section == Section::Documents && cloud.is_some_and(|cloud| cloud != Cloud::Global) {
            return Err(Problem::new(
                ProblemKind::NotFound,
                "Only Microsoft's global cloud tells which documents are trending.",
                "",
            ));
        }
        self.one(read, urgency).await
    }

    /// Hands a section on, or why there is none.
    async fn put(&self, section: Section, subject: &Subject, answer: Outcome, urgency: Urgency, out: &Out<CardPart>) {
        let part = self.understand(section, subject, answer, urgency).await;
        out.put(part.unwrap_or_else(|problem| CardPart::Hidden(section, problem)))
            .await;
    }

    /// What an answer says, with what must be asked besides.
    async fn understand(
        &self,
        section: Section,
        subject: &Subject,
        answer: Outcome,
        urgency: Urgency,
    ) -> Result<CardPart, Problem> {
        let key = &subject.key;
        Ok(match section {
            Section::Person => CardPart::Person(parsed(answer)?),
            Section::Photo => CardPart::Photo(there_is(parsed(answer))?),
            Section::About => {
                let about: Box<About> = parsed(answer)?;
                // It may also leave empty what was not granted.
                match self
                    .lacks(&DETAILS)
                    .filter(|_| !subject.mine && *about == About::default())
                {
                    Some(lacking) => return Err(lacking),
                    None => CardPart::About(about),
                }
            }
            Section::Managers => CardPart::Managers(self.chain(key, parsed(answer), urgency).await?),
            Section::Reports => CardPart::Reports(self.list(parsed(answer), people::reports(key), urgency).await?),
            Section::Groups => {
                let groups = self.list(parsed(answer), people::member_of(key), urgency).await?;
                CardPart::Groups(as_groups(groups))
            }
            Section::Teams => CardPart::Teams(
                parsed::<All<Team>>(answer)
                    .map_err(|problem| not_theirs(subject, problem))?
                    .value,
            ),
            Section::Documents => CardPart::Documents(parsed::<All<Document>>(answer)?.value),
        })
    }

    /// Hands the person on, or what everyone may see where all of it may not be read.
    async fn put_person(
        &self,
        subject: &Subject,
        whole: Result<Box<Card>, Problem>,
        urgency: Urgency,
        out: &Out<CardPart>,
    ) -> Result<(), Problem> {
        let (card, hidden) = match whole {
            Err(problem) if problem.kind == ProblemKind::Forbidden => {
                let basic: Person = self.one(people::person_basic(&subject.key), urgency).await?;
                (Box::new(basic.into()), Some(problem))
            }
            whole => {
                let card = whole?;
                // It may also leave empty what was not granted.
                let lacking = (!subject.mine && card.is_basic())
                    .then(|| self.lacks(&DETAILS))
                    .flatten();
                (card, lacking)
            }
        };
        out.put(CardPart::Person(card)).await;
        if let Some(problem) = hidden {
            out.put(CardPart::Hidden(Section::Person, problem)).await;
        }
        Ok(())
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

/// The photo, where there is one. Without one Graph answers 404, or describes one of a single pixel.
fn there_is(photo: Result<Photo, Problem>) -> Result<Option<Photo>, Problem> {
    match photo {
        Ok(photo) => Ok(Some(photo).filter(Photo::exists)),
        Err(problem) if problem.kind == ProblemKind::NotFound => Ok(None),
        Err(problem) => Err(problem),
    }
}

/// Why the teams of another person may not be seen: with most permissions nobody may.
/// <https://learn.microsoft.com/graph/api/user-list-joinedteams>
fn not_theirs(subject: &Subject, problem: Problem) -> Problem {
    if subject.mine || problem.kind != ProblemKind::Forbidden || problem.missing.is_some() {
        return problem;
    }
    Problem {
        what: "Graph tells people about their own teams only.".into(),
        next: Text::default(),
        ..problem
    }
}

/// The cast leaves the type out.
fn as_groups(mut groups: Vec<DirectoryObject>) -> Vec<DirectoryObject> {
    for group in &mut groups {
        group.kind = ObjectKind::Group;
    }
    groups
}
