//! What the make-believe outside answers.

use std::sync::Arc;

use super::fixture::*;
use crate::domain::{Attachment, Conversation, Extension, ObjectKind, Role};
use crate::protocol::{CardPart, Delivery, Doomed, Extent, Job, Mutation, Overlapping, Payload, Query, Section};

/// The parts of an answer, with lists of about so many items.
pub(super) fn answer(job: &Job, size: usize) -> Vec<Payload> {
    let names = |prefix: &str| (0..size).map(|at| format!("{prefix}{at}")).collect::<Vec<_>>();
    let query = match job {
        Job::Read(_, query) => query,
        Job::Write(
            _,
            Mutation::ChangeThread { .. }
            | Mutation::SeeGroup { .. }
            | Mutation::ChangeMine(_)
            | Mutation::PutPhoto { .. },
        ) => {
            return vec![Payload::Changed(outcome(size))];
        }
        Job::Write(_, Mutation::Deliver(draft)) => {
            let outcome = outcome(size);
            let draft = draft.id.clone();
            return vec![Payload::Delivery {
                draft,
                outcome,
                since: None,
            }];
        }
    };
    match query {
        Query::Me => vec![me()],
        Query::Groups { .. } => {
            let page = names("G");
            let page: Vec<&str> = page.iter().map(String::as_str).collect();
            vec![groups(&["A", "B", "list"]), groups(&page)]
        }
        Query::Group { key } => vec![Payload::Group(Box::new(group(key)))],
        Query::Unseen { groups } => vec![Payload::Unseen(groups.iter().map(|id| (id.clone(), 2)).collect())],
        Query::Members { .. } | Query::Everyone { .. } => {
            let more = names("m")
                .iter()
                .map(|id| member(id, ObjectKind::User, Role::Member))
                .collect();
            vec![
                members(),
                Payload::Members {
                    page: more,
                    total: None,
                },
            ]
        }
        Query::Conversations { .. } => {
            let conversation = |id: &String| Conversation {
                id: id.as_str().into(),
                topic: "会議".into(),
                ..Conversation::default()
            };
            vec![Payload::Conversations(names("c").iter().map(conversation).collect())]
        }
        Query::ThreadsOf { .. } => vec![Payload::Threads(names("t").iter().map(|id| thread(id)).collect())],
        Query::Threads { since, .. } => {
            let page = names("t").iter().map(|id| thread(id)).collect();
            match since {
                None => vec![threads(&["t90", "t91"]), Payload::Threads(page)],
                Some(_) => vec![Payload::Threads(page)],
            }
        }
        Query::Posts { .. } => {
            let post = |at: usize| match at % 4 {
                0 => post(&format!("p{at}"), at * 9),
                1 => post_saying(
                    &format!("p{at}"),
                    r#"<a href="https://a.example/">灯籠</a> <img src="cid:1">"#,
                ),
                2 => post_saying(&format!("p{at}"), &"<p>שלום many words that wrap</p>".repeat(at)),
                _ => post_saying(&format!("p{at}"), "<table><tr><td colspan=2>a<td rowspan=2>b</table>"),
            };
            vec![posts_of((0..size).map(post).collect())]
        }
        Query::Extent { of, .. } => vec![Payload::Extent(Extent {
            conversation: (!size.is_multiple_of(5)).then(|| "c".into()),
            threads: match of {
                Doomed::Thread(thread) | Doomed::ConversationOf(thread) => vec![thread.clone(), "t91".into()],
                Doomed::Conversation(_) => names("t").iter().map(|id| id.as_str().into()).collect(),
            },
            posts: size,
            at_least: size > 9,
        })],
        Query::Extensions { .. } => vec![Payload::Extensions(vec![Extension::default(); size % 3])],
        Query::Attachments { posts, .. } => {
            let file = |post| Payload::Attachments {
                post,
                attachments: vec![file("名簿.xlsx"); size % 3],
            };
            posts.iter().cloned().map(file).chain([Payload::Nothing]).collect()
        }
        Query::Nearby => vec![people(names("m"))],
        Query::People { term } => vec![people(names(term))],
        Query::Remembered { term } => {
            let people = names(term).into_iter().map(|name| (person(&name), noon(-90)));
            vec![Payload::Remembered(people.collect())]
        }
        Query::Line { person: id } => {
            let line = std::iter::once(id.as_str()).chain(["boss", "top"]);
            vec![Payload::Line(line.map(person).collect())]
        }
        Query::Reports { person: id } => {
            let below = |name: &String| Arc::new(person(&format!("{}{name}", id.as_str())));
            let circle = [Arc::new(person("top")), Arc::new(person("ines"))];
            let page = names("-").iter().map(below).chain(circle).collect();
            vec![Payload::Reports(page), Payload::Reports([].into())]
        }
        Query::Card { person: id, .. } => {
            let groups = names("G").iter().map(|id| object(id, ObjectKind::Group)).collect();
            vec![
                Payload::Card(CardPart::Managers(vec![person("boss")])),
                Payload::Card(CardPart::Person(Box::new(person(id.as_str()).into()))),
                Payload::Card(CardPart::Hidden(Section::Reports, problem())),
                Payload::Card(CardPart::Groups(groups)),
                Payload::Card(CardPart::Photo(size.is_multiple_of(3).then(|| photo(648)))),
                Payload::Card(CardPart::Teams(names("T").iter().map(|id| team(id)).collect())),
                Payload::Card(CardPart::Documents(vec![document("d", "https://folk.example/d")])),
                Payload::Card(CardPart::About(Box::default())),
                Payload::Nothing,
            ]
        }
        Query::Overlap(Overlapping::Ways { .. }) => {
            let ways = (0..size).map(|length| (0..length).map(|at| group(&format!("G{at}"))).collect());
            vec![Payload::Ways(ways.collect())]
        }
        Query::Overlap(asked) => {
            let parts = match asked {
                Overlapping::Difference { .. } => 3,
                Overlapping::Check { .. } => 2,
                _ => 1,
            };
            let list = |part: usize| {
                names("G")
                    .iter()
                    .skip(part)
                    .map(|id| object(id, ObjectKind::Group))
                    .collect()
            };
            vec![Payload::Overlap((0..parts).map(list).collect())]
        }
        Query::Settle(_) => {
            let found = size.is_multiple_of(2).then(|| landed(&format!("p{size}")));
            vec![found.unwrap_or(Payload::Settled(None))]
        }
    }
}

/// What becomes of a change.
fn outcome(size: usize) -> Delivery {
    match size % 3 {
        0 => Delivery::Accepted { at: noon(0) },
        1 if size.is_multiple_of(2) => Delivery::NotSent(super::outgoing::refused()),
        1 => Delivery::NotSent(problem()),
        _ => Delivery::Unknown(problem()),
    }
}

fn people(names: Vec<String>) -> Payload {
    Payload::People {
        total: Some(names.len() * 2),
        page: names.iter().map(|name| person(name)).collect(),
    }
}

fn file(name: &str) -> Attachment {
    serde_json::from_value(serde_json::json!({"id": name, "name": name, "size": 7, "isInline": false})).unwrap()
}
