//! People who are near at hand: each once, in the order in which they were met.

use std::collections::HashMap;
use std::sync::Arc;

use super::model::Model;
use crate::domain::{DirectoryObject, Id, Member, ObjectKind, Pages, Person, Recipient};

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
}

impl Acquaintances {
    /// Those whom the program knows: the last looked at first, then those who matter, then whoever is in the panes.
    pub(super) fn of(model: &Model) -> Self {
        let mut known = Acquaintances::default();
        let relevant = model.nearby.relevant.shown().into_iter().flat_map(|page| page.iter());
        for person in model.nearby.recent.people.iter().chain(relevant) {
            known.meet(person);
        }
        let members = model.members.list.items.shown().into_iter().flat_map(Pages::iter);
        for person in members.take(MEMBERS).filter_map(of_member) {
            known.meet(&person);
        }
        let posts = model.posts.posts.shown().into_iter().flatten();
        for person in posts.filter_map(|post| of_sender(post.author())) {
            known.meet(&person);
        }
        known
    }

    /// Everybody, in order.
    pub(super) fn pages(&self) -> Pages<Arc<Person>> {
        self.people.iter().cloned().collect()
    }

    /// Adds a person, or what is new of one who is known; returns the place.
    pub(super) fn meet(&mut self, person: &Person) -> u32 {
        let place = names_of(person).find_map(|name| self.places.get(name.as_str()).copied());
        let place = place.unwrap_or(self.people.len() as u32);
        match self.people.get_mut(place as usize) {
            Some(known) => {
                let more = merged(known, person);
                if more != **known {
                    *known = Arc::new(more);
                }
            }
            None => self.people.push(Arc::new(person.clone())),
        }
        for name in names_of(person) {
            self.places.entry(name.into()).or_insert(place);
        }
        place
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

/// What is known of a person, with what else has come to be known.
fn merged(known: &Person, more: &Person) -> Person {
    let or = |more: &Option<_>, known: &Option<_>| more.clone().or_else(|| known.clone());
    Person {
        // An address leads to the person, but the directory's id does so sooner.
        id: if known.id.as_str().contains('@') {
            &more.id
        } else {
            &known.id
        }
        .clone(),
        name: if more.name.is_empty() { &known.name } else { &more.name }.clone(),
        user_principal_name: or(&more.user_principal_name, &known.user_principal_name),
        mail: or(&more.mail, &known.mail),
        user_type: or(&more.user_type, &known.user_type),
        job_title: or(&more.job_title, &known.job_title),
        department: or(&more.department, &known.department),
        company_name: or(&more.company_name, &known.company_name),
        ..known.clone()
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
        job_title: object.job_title.clone(),
        user_type: object.guest.then(|| "Guest".into()),
        ..Person::default()
    })
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
