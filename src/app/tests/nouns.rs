//! Nouns for the tests, in every script.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use crate::domain::{
    Body, DirectoryObject, Document, Group, Html, Id, Member, ObjectKind, Person, Photo, Post, Recipient, Role, Team,
    Text, Thread,
};
use crate::protocol::{Landed, Me, Payload};

/// The wall clock at the start of every test.
pub(super) const NOON: &str = "2026-11-21T12:00:00Z";

/// A Microsoft 365 group, or one without a mailbox where its id begins with "list".
pub(super) fn group(id: &str) -> Group {
    let kind = if id.starts_with("list") { "" } else { "Unified" };
    serde_json::from_value(serde_json::json!({
        "id": id,
        "displayName": format!("{id} 山田 فريق 👩\u{200d}👧"),
        "mail": format!("{id}@folkvale.example"),
        "groupTypes": [kind],
        "mailEnabled": kind == "Unified",
        "securityEnabled": kind != "Unified",
    }))
    .unwrap()
}

pub(super) fn groups(ids: &[&str]) -> Payload {
    Payload::Groups(ids.iter().map(|id| group(id)).collect())
}

pub(super) fn object(id: &str, kind: ObjectKind) -> DirectoryObject {
    DirectoryObject {
        id: id.into(),
        kind,
        name: Some(format!("{id} שרה").as_str().into()),
        mail: Some(format!("{id}@folkvale.example").as_str().into()),
        user_principal_name: None,
        job_title: None,
        department: None,
        guest: false,
    }
}

pub(super) fn member(id: &str, kind: ObjectKind, role: Role) -> Member {
    Member {
        object: object(id, kind),
        role,
    }
}

pub(super) fn members() -> Payload {
    Payload::Members {
        page: [
            member("ines", ObjectKind::User, Role::Owner),
            member("ren", ObjectKind::User, Role::Member),
            member("B", ObjectKind::Group, Role::Member),
            member("kiosk", ObjectKind::Device, Role::Member),
        ]
        .into(),
        total: Some(4),
    }
}

/// A thread, delivered as many minutes before noon as the number in its id says.
pub(super) fn thread(id: &str) -> Thread {
    let minutes = id
        .trim_start_matches(|c: char| !c.is_ascii_digit())
        .parse()
        .unwrap_or(0);
    thread_at(id, minutes)
}

pub(super) fn thread_at(id: &str, minutes_before_noon: i64) -> Thread {
    Thread {
        id: id.into(),
        topic: Text::new(&format!("Topic {id} 会議 👩\u{200d}💻")),
        last_delivered_date_time: Some(noon(-minutes_before_noon)),
        ..Thread::default()
    }
}

pub(super) fn threads(ids: &[&str]) -> Payload {
    Payload::Threads(ids.iter().map(|id| thread(id)).collect())
}

pub(super) fn noon(minutes: i64) -> Timestamp {
    NOON.parse::<Timestamp>().unwrap() + SignedDuration::from_mins(minutes)
}

/// A post of ren's, of so many lines.
pub(super) fn post(id: &str, lines: usize) -> Post {
    let lines: Vec<String> = (1..=lines).map(|line| format!("line {line} of {id} 日本")).collect();
    post_saying(id, &lines.join("<br>"))
}

pub(super) fn post_saying(id: &str, html: &str) -> Post {
    let minutes: i64 = id
        .trim_start_matches(|c: char| !c.is_ascii_digit())
        .parse()
        .unwrap_or(0);
    Post {
        id: id.into(),
        body: Body::Html(Html::new(html)),
        received_date_time: Some(noon(minutes - 60)),
        sender: Recipient {
            name: "Ren 蓮".into(),
            address: "ren@folkvale.example".into(),
        },
        ..Post::default()
    }
}

pub(super) fn posts_of(posts: Vec<Post>) -> Payload {
    Payload::Posts {
        posts: posts.into_iter().map(Arc::new).collect(),
        cut_short: false,
    }
}

pub(super) fn person(id: &str) -> Person {
    Person {
        id: id.into(),
        name: Text::new(&format!("{id} 花子")),
        mail: Some(format!("{id}@folkvale.example").as_str().into()),
        job_title: Some("Keeper of the lanterns".into()),
        ..Person::default()
    }
}

pub(super) fn photo(pixels: u32) -> Photo {
    Photo {
        id: Text::new(&format!("{pixels}X{pixels}")),
        width: Some(pixels),
        height: Some(pixels),
        media_type: Some("image/jpeg".into()),
        etag: Some("\"1\"".into()),
    }
}

pub(super) fn team(id: &str) -> Team {
    Team {
        id: id.into(),
        name: Text::new(&format!("{id} チーム")),
        ..Team::default()
    }
}

pub(super) fn document(id: &str, url: &str) -> Document {
    serde_json::from_value(serde_json::json!({
        "id": id,
        "resourceVisualization": {"title": format!("{id} 議事録"), "type": "Word"},
        "resourceReference": {"webUrl": url},
    }))
    .unwrap()
}

pub(super) fn me() -> Payload {
    signed_in("me")
}

/// Who is signed in.
pub(super) fn signed_in(id: &str) -> Payload {
    Payload::Me(Box::new(Me {
        holder: None,
        person: person(id),
        organisation: Some("Folkvale".into()),
    }))
}

/// A sent draft, found as this post of thread "t1".
pub(super) fn landed(post: &str) -> Payload {
    Payload::Settled(Some(Landed {
        before: None,
        thread: "t1".into(),
        post: post.into(),
        at: Some(noon(0)),
    }))
}

/// Ids, of names.
pub(super) fn ids(names: &[&str]) -> Vec<Id> {
    names.iter().map(|name| Id::new(*name)).collect()
}
