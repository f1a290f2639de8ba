//! What was read for a query, as JSON and back. It is written as Graph writes it, so that what reads Graph reads this too.

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::kind::Kind;
use crate::domain::{Attachment, Conversation, Group, Id, Member, Person, Post, Text, Thread};
use crate::protocol::{CardPart, Me, Payload};

#[derive(Serialize, Deserialize)]
struct KeptMe<'a> {
    person: Cow<'a, Person>,
    organisation: Option<Text>,
}

#[derive(Serialize, Deserialize)]
struct Members<'a> {
    total: Option<usize>,
    members: Vec<Cow<'a, Member>>,
}

#[derive(Serialize, Deserialize)]
struct Posts<'a> {
    cut_short: bool,
    posts: Vec<Cow<'a, Post>>,
}

/// The parts of a whole answer as one JSON document; `None` where they are none that is kept.
pub(super) fn write(parts: &[Payload]) -> serde_json::Result<Option<Vec<u8>>> {
    // A list that came in no page ends with an empty one.
    let Some(first) = parts.iter().find(|part| **part != Payload::Nothing) else {
        return Ok(None);
    };
    let json = match first {
        Payload::Me(me) => serde_json::to_vec(&KeptMe {
            person: Cow::Borrowed(&me.person),
            organisation: me.organisation.clone(),
        }),
        Payload::Group(group) => serde_json::to_vec(group),
        Payload::Groups(_) => list(parts, |part| match part {
            Payload::Groups(page) => page,
            _ => &[],
        }),
        Payload::Threads(_) => list(parts, |part| match part {
            Payload::Threads(page) => page,
            _ => &[],
        }),
        Payload::Conversations(_) => list(parts, |part| match part {
            Payload::Conversations(page) => page,
            _ => &[],
        }),
        Payload::Members { .. } => serde_json::to_vec(&Members {
            total: parts.iter().find_map(|part| match part {
                Payload::Members { total, .. } => *total,
                _ => None,
            }),
            members: members(parts).map(Cow::Borrowed).collect(),
        }),
        Payload::Posts { posts, cut_short } => serde_json::to_vec(&Posts {
            cut_short: *cut_short,
            posts: posts.iter().map(|post| Cow::Borrowed(&**post)).collect(),
        }),
        Payload::Attachments { .. } => {
            let all = parts.iter().filter_map(|part| match part {
                Payload::Attachments { post, attachments } => Some((post, attachments)),
                _ => None,
            });
            serde_json::to_vec(&all.collect::<Vec<_>>())
        }
        Payload::People { page, .. } => serde_json::to_vec(&page[..]),
        Payload::Card(_) => serde_json::to_vec(&card(parts).collect::<Vec<_>>()),
        Payload::Line(line) => serde_json::to_vec(line),
        Payload::Reports(_) => serde_json::to_vec(&reports(parts).map(|person| &**person).collect::<Vec<_>>()),
        Payload::Remembered(_)
        | Payload::Overlap(_)
        | Payload::Ways(_)
        | Payload::Unseen(_)
        | Payload::Extent(_)
        | Payload::Extensions(_)
        | Payload::Marks { .. }
        | Payload::Settled(_)
        | Payload::Changed(_)
        | Payload::Nothing
        | Payload::Delivery { .. } => return Ok(None),
    };
    json.map(Some)
}

/// The pages of a list as one.
fn list<'a, T: Serialize + 'a>(
    parts: &'a [Payload],
    page: impl Fn(&'a Payload) -> &'a [T],
) -> serde_json::Result<Vec<u8>> {
    serde_json::to_vec(&parts.iter().flat_map(page).collect::<Vec<_>>())
}

/// Reads what was kept of a kind of query.
pub(super) fn read(kind: Kind, json: &[u8]) -> serde_json::Result<Vec<Payload>> {
    let one = |payload| Ok(vec![payload]);
    match kind {
        Kind::Me => {
            let me: KeptMe<'_> = serde_json::from_slice(json)?;
            one(Payload::Me(Box::new(Me {
                person: me.person.into_owned(),
                organisation: me.organisation,
                holder: None,
            })))
        }
        Kind::Groups => one(Payload::Groups(serde_json::from_slice::<Vec<Group>>(json)?.into())),
        Kind::Threads => one(Payload::Threads(serde_json::from_slice::<Vec<Thread>>(json)?.into())),
        Kind::Conversations => {
            let conversations: Vec<Conversation> = serde_json::from_slice(json)?;
            one(Payload::Conversations(conversations.into()))
        }
        Kind::Members => {
            let Members { total, members } = serde_json::from_slice(json)?;
            let page: Arc<[Member]> = members.into_iter().map(Cow::into_owned).collect();
            one(Payload::Members { page, total })
        }
        Kind::Nearby => {
            let people: Vec<Person> = serde_json::from_slice(json)?;
            one(Payload::People {
                total: Some(people.len()),
                page: people.into(),
            })
        }
        Kind::Posts => {
            let Posts { cut_short, posts } = serde_json::from_slice(json)?;
            let posts = posts.into_iter().map(|post| Arc::new(post.into_owned())).collect();
            one(Payload::Posts { posts, cut_short })
        }
        Kind::Attachments => {
            let all: Vec<(Id, Vec<Attachment>)> = serde_json::from_slice(json)?;
            let parts = all
                .into_iter()
                .map(|(post, attachments)| Payload::Attachments { post, attachments });
            Ok(parts.collect())
        }
        Kind::Card => {
            let card: Vec<CardPart> = serde_json::from_slice(json)?;
            Ok(card.into_iter().map(Payload::Card).collect())
        }
        Kind::Line => one(Payload::Line(serde_json::from_slice(json)?)),
        Kind::Reports => {
            let people: Vec<Person> = serde_json::from_slice(json)?;
            one(Payload::Reports(people.into_iter().map(Arc::new).collect()))
        }
    }
}

/// Whose card was kept, where that much of it can be read.
pub(super) fn person_of_card(json: &[u8]) -> Option<Person> {
    #[derive(Deserialize)]
    struct Whose {
        #[serde(default)]
        person: Option<Person>,
    }
    let parts: Vec<Whose> = serde_json::from_slice(json).ok()?;
    parts.into_iter().find_map(|part| part.person)
}

/// The members in the parts of an answer.
fn members(parts: &[Payload]) -> impl Iterator<Item = &Member> {
    parts.iter().flat_map(|part| match part {
        Payload::Members { page, .. } => &page[..],
        _ => &[],
    })
}

/// The reports in the parts of an answer.
fn reports(parts: &[Payload]) -> impl Iterator<Item = &Arc<Person>> {
    parts.iter().flat_map(|part| match part {
        Payload::Reports(page) => &page[..],
        _ => &[],
    })
}

/// The sections that could be read; the others are read again.
fn card(parts: &[Payload]) -> impl Iterator<Item = &CardPart> {
    parts.iter().filter_map(|part| match part {
        Payload::Card(CardPart::Hidden(..)) => None,
        Payload::Card(part) => Some(part),
        _ => None,
    })
}
