//! People who are near at hand: each once, in the order in which they were met.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;

use super::model::Model;
use crate::domain::{DirectoryObject, Id, Member, ObjectKind, Pages, Person, Recipient, Target};

/// So many members of the open group are near at hand: the rest the directory knows.
const MEMBERS: usize = 500;
/// So many profiles are remembered.
const REMEMBERED: usize = 20;

/// People, each once, though met by id here and by address there.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Acquaintances {
    people: Vec<Arc<Person>>,
    /// The places of their ids and addresses.
    places: HashMap<Box<str>, u32>,
    /// When they were read of whom the store alone has told.
    ages: HashMap<u32, Timestamp>,
}

impl Acquaintances {
    /// Those whom the program knows: the last looked at first, then those who matter, then whoever is in the panes.
    pub(super) fn of(model: &Model) -> Self {
        let mut known = Acquaintances::default();
        known.add_nearby(model);
        known.add_members(model);
        known.add(senders(model).iter(), model.posts.kept);
        known
    }

    /// The same, for a text that goes there: first those who write in the thread, the last first, and the group's members.
    pub(super) fn of_text(model: &Model, target: &Target) -> Self {
        let mut known = Acquaintances::default();
        let thread = model.posts.thread.as_ref().map(|thread| &thread.id);
        if thread.is_some() && thread == target.thread() {
            let newest_first = senders(model).into_iter().rev().collect::<Vec<_>>();
            known.add(newest_first.iter(), model.posts.kept);
        }
        if model.group.as_ref().is_some_and(|group| group.id == target.group) {
            known.add_members(model);
        }
        known.add_nearby(model);
        known
    }

    fn add_nearby(&mut self, model: &Model) {
        let near = &model.nearby;
        for person in &near.recent.people {
            self.meet(person);
        }
        for (person, read_at) in &near.earlier {
            self.remember(person, *read_at);
        }
        self.add(
            near.relevant.shown().into_iter().flat_map(|page| page.iter()),
            near.kept,
        );
    }

    fn add_members(&mut self, model: &Model) {
        let members = model.members.list.items.shown().into_iter().flat_map(Pages::iter);
        let members: Vec<Person> = members.take(MEMBERS).filter_map(of_member).collect();
        self.add(members.iter(), model.members.list.kept);
    }

    /// All who are known.
    pub(super) fn people(&self) -> &[Arc<Person>] {
        &self.people
    }

    /// Everybody, in order.
    pub(super) fn pages(&self) -> Pages<Arc<Person>> {
        self.people.iter().cloned().collect()
    }

    /// When somebody was read, where the store alone has told.
    pub(super) fn age(&self, place: usize) -> Option<Timestamp> {
        self.ages.get(&u32::try_from(place).ok()?).copied()
    }

    /// Adds people, of the store where a time is given.
    pub(super) fn add<'a>(&mut self, people: impl Iterator<Item = &'a Person>, kept: Option<Timestamp>) {
        for person in people {
            match kept {
                Some(read_at) => self.remember(person, read_at),
                None => self.meet(person),
            };
        }
    }

    /// Adds a person, or what is new of one who is known; returns the place.
    pub(super) fn meet(&mut self, person: &Person) -> u32 {
        let (place, known) = self.place(person);
        if known {
            self.ages.remove(&place);
            self.change(place, |known| merged(known, person));
        }
        place
    }

    /// Adds a person whom the store has, read at that time, or what it has besides of one who is known; returns the place.
    pub(super) fn remember(&mut self, person: &Person, read_at: Timestamp) -> u32 {
        let (place, known) = self.place(person);
        if known {
            self.change(place, |known| merged(person, known));
            if let Some(age) = self.ages.get_mut(&place) {
                *age = read_at.max(*age);
            }
        } else {
            self.ages.insert(place, read_at);
        }
        place
    }

    /// The place of a person, and whether they had it before.
    fn place(&mut self, person: &Person) -> (u32, bool) {
        let known = names_of(person).find_map(|name| self.places.get(name.as_str()).copied());
        let place = known.unwrap_or(self.people.len() as u32);
        if known.is_none() {
            self.people.push(Arc::new(person.clone()));
        }
        for name in names_of(person) {
            self.places.entry(name.into()).or_insert(place);
        }
        (place, known.is_some())
    }

    fn change(&mut self, place: u32, change: impl FnOnce(&Person) -> Person) {
        let Some(known) = self.people.get_mut(place as usize) else {
            return;
        };
        let changed = change(known);
        if changed != **known {
            *known = Arc::new(changed);
        }
    }
}

/// What a person is known again by, without regard to case.
fn names_of(person: &Person) -> impl Iterator<Item = String> {
    let addresses = [&person.mail, &person.user_principal_name].into_iter().flatten();
    std::iter::once(person.id.as_str())
        .chain(addresses.map(|address| address.as_str()))
        .filter(|name| !name.is_empty())
        .map(str::to_lowercase)
}

/// What was known of a person, with what has come to be known since.
fn merged(older: &Person, newer: &Person) -> Person {
    let or = |newer: &Option<_>, older: &Option<_>| newer.clone().or_else(|| older.clone());
    // An address leads to the person, but the directory's id does so sooner.
    let by_address = |person: &Person| person.id.as_str().contains('@');
    Person {
        id: if by_address(newer) { &older.id } else { &newer.id }.clone(),
        name: if newer.name.is_empty() {
            &older.name
        } else {
            &newer.name
        }
        .clone(),
        user_principal_name: or(&newer.user_principal_name, &older.user_principal_name),
        mail: or(&newer.mail, &older.mail),
        user_type: or(&newer.user_type, &older.user_type),
        job_title: or(&newer.job_title, &older.job_title),
        department: or(&newer.department, &older.department),
        company_name: or(&newer.company_name, &older.company_name),
        ..older.clone()
    }
}

fn of_member(member: &Member) -> Option<Person> {
    of_object(&member.object)
}

/// A person of whom a list has told; `None` for what is not a person, or has no name that may be read.
pub(super) fn of_object(object: &DirectoryObject) -> Option<Person> {
    let name = object.name.clone().filter(|_| object.kind == ObjectKind::User)?;
    Some(Person {
        id: object.id.clone(),
        name,
        mail: object.mail.clone(),
        user_principal_name: object.user_principal_name.clone(),
        job_title: object.job_title.clone(),
        department: object.department.clone(),
        user_type: object.guest.then(|| "Guest".into()),
        ..Person::default()
    })
}

/// Those who wrote the shown posts, in their order.
fn senders(model: &Model) -> Vec<Person> {
    let posts = model.posts.posts.shown().into_iter().flatten();
    posts.filter_map(|post| of_sender(post.author())).collect()
}

/// Whoever wrote a post: known by an address only.
fn of_sender(sender: &Recipient) -> Option<Person> {
    (!sender.address.is_empty()).then(|| Person {
        id: Id::new(sender.address.as_str()),
        name: sender.shown().clone(),
        mail: Some(sender.address.clone()),
        ..Person::default()
    })
}

/// The people who were looked at last.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Recent {
    people: Vec<Person>,
}

impl Recent {
    /// Somebody's profile was read.
    pub(super) fn looked_at(&mut self, person: &Person) {
        if self.people.first() == Some(person) {
            return;
        }
        self.people.retain(|other| other.id != person.id);
        self.people.insert(0, person.clone());
        self.people.truncate(REMEMBERED);
    }
}
