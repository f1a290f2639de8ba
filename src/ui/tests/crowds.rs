//! Many people, threads and posts, for measuring.

use std::sync::Arc;

use super::data::{member, post};
use crate::domain::{Member, ObjectKind, Post, Role, Thread};

/// Many people, for measuring.
pub(super) fn crowd(count: usize) -> Arc<[Member]> {
    let first = [
        "Ana", "Ben", "Chloé", "Dmitri", "Emeka", "Fatima", "Gözde", "Hanako", "Ines", "Jürgen", "Kwame",
    ];
    let last = [
        "Souza",
        "Okafor",
        "Lindqvist",
        "Yamada",
        "van der Berg",
        "Ó Briain",
        "Nguyễn",
        "Kowalska",
        "Haddad",
    ];
    (0..count)
        .map(|at| {
            let name = format!("{} {} {at}", first[at % first.len()], last[at % last.len()]);
            member(&format!("m{at}"), ObjectKind::User, Some(&name), Role::Member)
        })
        .collect()
}

/// Many threads, for measuring.
pub(super) fn chatter(count: usize) -> Arc<[Thread]> {
    let topics = [
        "Quarterly figures",
        "Lunch on Friday",
        "Who has the projector?",
        "Release notes for review",
        "Parking",
    ];
    let previews = [
        "Hello all, please find the figures of the last quarter below; comments until Thursday.",
        "Shall we try the new place at the corner? I would book a table for eight at noon.",
        "It was in the small room yesterday, and today it is gone.",
        "I have collected what changed since the last release; have a look before we publish it.",
    ];
    (0..count)
        .map(|at| Thread {
            id: format!("c{at}").as_str().into(),
            topic: format!("{} {at}", topics[at % topics.len()]).as_str().into(),
            preview: previews[at % previews.len()].into(),
            last_delivered_date_time: Some("2026-11-21T11:00:00Z".parse().unwrap()),
            unique_senders: vec!["Ana Souza".into(), format!("Ben {at}").as_str().into()],
            has_attachments: at % 3 == 0,
            ..Thread::default()
        })
        .collect()
}

/// Many posts, for measuring.
pub(super) fn long_thread(count: usize) -> Vec<Post> {
    let said = "The freeze moves to Friday noon, because the tests of the importer take longer than we thought; \
                whoever still has changes may send them to me until then, with a short note on what they touch. ";
    (0..count)
        .map(|at| {
            let html = format!("<p>{at}: {said}</p><p>{}</p>", said.repeat(at % 4));
            post(&format!("l{at}"), "Ana Souza", "2026-11-21T08:00:00Z", &html)
        })
        .collect()
}
