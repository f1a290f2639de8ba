//! Made-up people, groups and threads: as many as are wanted, always the same ones from the same seed.

use std::sync::Arc;

use jiff::Timestamp;

use super::build::{Wanted, age, make_group};
use super::company::GroupRow;
use super::names::{BODIES, CULTURES, Culture, DEPARTMENTS, FORMS, MATTERS, SUBJECTS, TITLES, TOPICS};
use crate::demo::clock::minutes_before;
use crate::demo::directory::group::{Group, GroupKind};
use crate::demo::directory::object::ObjectRef;
use crate::demo::directory::person::Person;
use crate::demo::ids::{Dice, Guid};
use crate::demo::mail::body::wrapped;
use crate::demo::mail::mailbox::Mailbox;
use crate::demo::mail::post::Address;
use crate::demo::state::{Company, index, place};

/// Every manager has about this many reports.
const REPORTS: usize = 8;
/// The busy group's threads lie this many minutes apart, more or less.
const BETWEEN_THREADS: f64 = 47.0;

/// Adds people until there are as many as wanted.
pub fn people(people: &mut Vec<Person>, wanted: Wanted, company: &Company, now: Timestamp) {
    let count = wanted.people.unwrap_or_default();
    let first = people.len();
    let name: Arc<str> = company.name.as_str().into();
    let mut dice = Dice::new(wanted.seed, "people");
    people.reserve(count.saturating_sub(first));
    for number in 0..count.saturating_sub(first) {
        let manager = if number < REPORTS {
            0
        } else {
            first + (number - REPORTS) / REPORTS
        };
        if let Some(person) = person(&mut dice, number, manager, &name, company, now) {
            people.push(person);
        }
    }
}

fn person(
    dice: &mut Dice,
    number: usize,
    manager: usize,
    name: &Arc<str>,
    company: &Company,
    now: Timestamp,
) -> Option<Person> {
    let culture: &Culture = dice.pick(CULTURES)?;
    let (given_name, given) = *dice.pick(culture.given)?;
    let (surname, last) = *dice.pick(culture.surnames)?;
    let (city, country, prefix) = *dice.pick(culture.cities)?;
    let key = format!("{given}.{last}{number}");
    let mail = format!("{key}@{}", company.domain);
    let (before, after) = if culture.surname_first {
        (surname, given_name)
    } else {
        (given_name, surname)
    };
    let floor = 1 + dice.below(9);
    Some(Person {
        id: Guid::of("user", &key),
        display_name: format!("{before}{}{after}", culture.between),
        given_name: given_name.to_owned(),
        surname: surname.to_owned(),
        job_title: (*dice.pick(TITLES)?).to_owned(),
        department: (*dice.pick(DEPARTMENTS)?).to_owned(),
        office_location: format!("{city} {floor}.{:02}", dice.below(40)),
        city: city.to_owned(),
        country: country.to_owned(),
        mobile_phone: if dice.below(3) == 0 {
            String::new()
        } else {
            format!("{prefix} 555 {:04}", dice.below(10_000))
        },
        business_phone: if dice.below(2) == 0 {
            String::new()
        } else {
            format!("{prefix} 555 01 {:03}", dice.below(1000))
        },
        manager: Some(place(manager)),
        guest: false,
        photo: dice.below(3) == 0,
        principal_name: mail.clone(),
        mail,
        company: Arc::clone(name),
        created: age(now, &key),
        profile: None,
        key,
    })
}

/// Adds groups until there are as many as wanted. Where people were made up and no Microsoft 365 group holds them all, one
/// that does is made first.
pub fn groups(groups: &mut Vec<Group>, wanted: Wanted, people: &[Person], me: u32, company: &Company, now: Timestamp) {
    let everybody = |group: &Group| group.mailbox.is_some() && group.members.all().len() >= people.len();
    if wanted.people.is_some_and(|count| count <= people.len()) && !groups.iter().any(everybody) {
        let row = row(
            &format!("Everyone at {}", company.name),
            "Every account of the company.",
            "Private",
        );
        let members = (0..people.len()).map(|at| ObjectRef::Person(place(at))).collect();
        groups.push(make_group(
            "everyone",
            &row,
            GroupKind::Unified,
            vec![ObjectRef::Person(me)],
            members,
            company,
            now,
        ));
    }
    let mut dice = Dice::new(wanted.seed, "groups");
    for number in groups.len()..wanted.groups.unwrap_or_default() {
        let (subject, form) = (
            dice.pick(SUBJECTS).copied().unwrap_or_default(),
            dice.pick(FORMS).copied().unwrap_or_default(),
        );
        let kind = match dice.below(10) {
            0 | 1 => GroupKind::Security,
            2 => GroupKind::Distribution,
            _ => GroupKind::Unified,
        };
        let visibility = match (kind, dice.below(2)) {
            (GroupKind::Unified, 0) => "Private",
            (GroupKind::Unified, _) => "Public",
            _ => "",
        };
        let size = 3 + dice.below(38);
        let mut members: Vec<ObjectRef> = (0..size)
            .map(|_| ObjectRef::Person(place(dice.below(people.len()))))
            .collect();
        if number % 4 == 0 {
            members.push(ObjectRef::Person(me));
        }
        let owners = members.iter().take(2).copied().collect();
        let row = row(
            &format!("{subject} {form} {number}"),
            &format!("{form} for {subject}."),
            visibility,
        );
        groups.push(make_group(
            &format!("group-{number}"),
            &row,
            kind,
            owners,
            members,
            company,
            now,
        ));
    }
}

fn row(display_name: &str, description: &str, visibility: &str) -> GroupRow {
    GroupRow {
        key: String::new(),
        display_name: display_name.to_owned(),
        description: description.to_owned(),
        kind: String::new(),
        rule: String::new(),
        visibility: visibility.to_owned(),
        owners: Vec::new(),
        members: Vec::new(),
        department: None,
        everyone: false,
        team: None,
    }
}

/// Adds threads to the busiest of the signed-in person's groups until it has as many as wanted.
pub fn threads(groups: &mut [Group], wanted: Wanted, people: &[Person], me: u32, now: Timestamp) {
    let mine = groups
        .iter_mut()
        .filter(|group| group.members.has(ObjectRef::Person(me)));
    let busiest = mine.filter(|group| group.mailbox.is_some()).max_by_key(|group| {
        let threads = group.mailbox.as_ref().map_or(0, |mailbox| mailbox.threads.len());
        (threads, std::cmp::Reverse(group.id))
    });
    let Some(group) = busiest else { return };
    let authors: Vec<Arc<Address>> = group
        .members
        .all()
        .iter()
        .filter_map(|member| author(*member, people))
        .take(200)
        .collect();
    let bodies: Vec<Arc<str>> = BODIES.iter().map(|body| wrapped(body).into()).collect();
    let Some(mailbox) = group.mailbox.as_mut() else { return };
    let mut dice = Dice::new(wanted.seed, "threads");
    for number in mailbox.threads.len()..wanted.threads.unwrap_or_default() {
        thread(mailbox, number, &mut dice, &authors, &bodies, now);
    }
}

fn author(member: ObjectRef, people: &[Person]) -> Option<Arc<Address>> {
    let ObjectRef::Person(at) = member else { return None };
    let person = people.get(index(at))?;
    Some(Arc::new(Address {
        name: person.display_name.clone(),
        address: person.mail.clone(),
    }))
}

fn thread(
    mailbox: &mut Mailbox,
    number: usize,
    dice: &mut Dice,
    authors: &[Arc<Address>],
    bodies: &[Arc<str>],
    now: Timestamp,
) {
    let (opening, matter) = (
        dice.pick(TOPICS).copied().unwrap_or_default(),
        dice.pick(MATTERS).copied().unwrap_or_default(),
    );
    let at = mailbox.begin(
        &format!("made up {number}"),
        &format!("{opening} {matter} ({number})"),
        dice.below(50) == 0,
    );
    let mut minutes = BETWEEN_THREADS * (number + 1) as f64 + dice.below(40) as f64;
    let mut posts = Vec::new();
    for nth in 0..1 + dice.below(7) {
        let (Some(sender), Some(body)) = (dice.pick(authors), dice.pick(bodies)) else {
            return;
        };
        let Some(mut post) = mailbox.draft(at, nth, Arc::clone(sender), minutes_before(now, minutes)) else {
            return;
        };
        post.body = Arc::clone(body);
        posts.push(post);
        minutes *= 0.9 + dice.below(10) as f64 / 100.0;
    }
    mailbox.fill(at, posts);
    if number < 3 {
        mailbox.mark_unseen(at);
    }
}
