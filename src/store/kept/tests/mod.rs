mod answers;
mod damage;
mod finding;
mod keeping;
mod marks;
mod processes;

use std::path::PathBuf;

use jiff::Timestamp;

use super::*;
use crate::domain::{DirectoryObject, Group, GroupKind, Id, Member, ObjectKind, Person, Role, Text};
use crate::protocol::{CardPart, Payload, Query, Scope};

/// A folder of one's own and the path of a store in it.
pub(super) fn place() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("default").join("store-0.db");
    (folder, path)
}

pub(super) fn open(path: &Path) -> Store {
    let (store, notice) = Store::open(path).unwrap();
    assert_eq!(notice, None);
    store
}

pub(super) fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + second).unwrap()
}

pub(super) fn group(id: &str, name: &str) -> Group {
    Group {
        id: Id::new(id),
        name: Text::new(name),
        mail: Some(Text::new(&format!("{id}@contoso.com"))),
        alias: Some(Text::new(id)),
        description: Some(Text::new("山田 👩\u{200d}👩\u{200d}👧 שלום")),
        kind: GroupKind::Microsoft365,
        dynamic: true,
        visibility: Some(crate::domain::Visibility::Unknown(Text::new("Secret"))),
        created: Some(at(0)),
    }
}

pub(super) fn person(id: &str, name: &str, mail: &str) -> Person {
    Person {
        id: Id::new(id),
        name: Text::new(name),
        mail: Some(Text::new(mail)),
        ..Person::default()
    }
}

pub(super) fn member(id: &str, name: &str, role: Role) -> Member {
    Member {
        object: DirectoryObject {
            id: Id::new(id),
            kind: ObjectKind::User,
            name: Some(Text::new(name)),
            mail: Some(Text::new(&format!("{id}@contoso.com"))),
            user_principal_name: None,
            job_title: None,
            department: None,
            guest: false,
        },
        role,
    }
}

/// Keeps groups that a search has found.
pub(super) fn keep_groups(store: &mut Store, groups: &[Group], at: Timestamp) -> Result<(), StoreError> {
    let (scope, term) = (Scope::All, Some("found".to_owned()));
    store.keep(&Query::Groups { scope, term }, &[Payload::Groups(groups.into())], at)
}

/// Keeps people of whom a search has told all.
pub(super) fn keep_people(store: &mut Store, people: &[Person], at: Timestamp) {
    let card = |person: &Person| Payload::Card(CardPart::Person(Box::new(person.clone().into())));
    let parts: Vec<Payload> = people.iter().map(card).collect();
    let term = "found".to_owned();
    store.keep(&Query::People { term }, &parts, at).unwrap();
}

/// What is known of a person of whom all was told.
pub(super) fn known(store: &Store, id: &str) -> Option<Person> {
    let (person, mine) = (Id::new(id), false);
    let kept = store.recall(&Query::Card { person, mine }).unwrap()?;
    kept.parts.into_iter().find_map(|part| match part {
        Payload::Card(CardPart::Person(card)) => Some(card.person),
        _ => None,
    })
}
