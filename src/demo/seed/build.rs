//! From the assets to a tenant.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::company::{GroupRow, OtherRow, Row};
use super::invent;
use super::thread::{AttachmentRow, PostRow, Thread};
use super::{Seed, SeedError};
use crate::demo::clock::{Clock, minutes_before};
use crate::demo::directory::group::{Group, GroupKind, Roster};
use crate::demo::directory::object::ObjectRef;
use crate::demo::directory::other::Other;
use crate::demo::directory::person::Person;
use crate::demo::directory::photos::Photo;
use crate::demo::ids::{Guid, digest};
use crate::demo::mail::attachment::{Attachment, AttachmentKind, attachment_id};
use crate::demo::mail::body::wrapped;
use crate::demo::mail::mailbox::Mailbox;
use crate::demo::mail::post::{Address, Post};
use crate::demo::state::{Company, Parts, State, index, place};

/// How much of a tenant is wanted.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted {
    /// So many people, if the assets have fewer.
    pub people: Option<usize>,
    /// So many groups, likewise.
    pub groups: Option<usize>,
    /// So many threads in one busy group, likewise.
    pub threads: Option<usize>,
    /// What the made-up part is made from.
    pub seed: u64,
}

/// The width and height of the photos among the files, in pixels.
const PHOTO_PIXELS: u32 = 96;
/// How many minutes before the tenant's now the first account was made.
const COMPANY_AGE: f64 = 60.0 * 24.0 * 365.0 * 6.0;

/// Makes the tenant.
pub fn build(seed: &Seed, wanted: Wanted, clock: Clock, visible_after: Duration) -> Result<State, SeedError> {
    let company = Company {
        name: seed.company.name.clone(),
        domain: seed.company.domain.clone(),
        initial_domain: seed.company.initial_domain.clone(),
    };
    let mut people = people(seed, &company, clock.start())?;
    invent::people(&mut people, wanted, &company, clock.start());
    let devices = others("device", &seed.company.devices, |row| row.operating_system.clone());
    let service_principals = others("servicePrincipal", &seed.company.service_principals, |_| String::new());
    let contacts = others("contact", &seed.company.contacts, |row| row.mail.clone());

    let keys = Keys::new(seed, &people, &devices, &service_principals, &contacts);
    let me = keys
        .person(&seed.company.me)
        .ok_or_else(|| SeedError::new("company.toml", format!("me: nobody is called '{}'", seed.company.me)))?;
    let mut groups = Vec::with_capacity(seed.company.groups.len());
    for row in &seed.company.groups {
        groups.push(group(row, &keys, &people, &company, clock.start())?);
    }
    for thread in &seed.threads {
        fill_thread(seed, thread, &mut groups, &keys, &people, clock.start())?;
    }
    invent::groups(&mut groups, wanted, &people, me, &company, clock.start());
    invent::threads(&mut groups, wanted, &people, me, clock.start());
    for mailbox in groups.iter_mut().filter_map(|group| group.mailbox.as_mut()) {
        mailbox.finish();
    }
    let photos = seed.files.iter().filter(|(name, _)| name.starts_with("photo-"));
    let photos = photos
        .map(|(_, bytes)| Photo {
            bytes,
            pixels: PHOTO_PIXELS,
        })
        .collect();
    let parts = Parts {
        people,
        groups,
        devices,
        service_principals,
        contacts,
        photos,
    };
    Ok(State::new(clock, visible_after, company, me, parts))
}

fn people(seed: &Seed, company: &Company, now: Timestamp) -> Result<Vec<Person>, SeedError> {
    let places: HashMap<&str, u32> = seed
        .people
        .iter()
        .enumerate()
        .map(|(at, row)| (row.key.as_str(), place(at)))
        .collect();
    let name: Arc<str> = company.name.as_str().into();
    let person = |row: &Row| {
        let guest = match row.user_type.as_str() {
            "Guest" => true,
            "Member" => false,
            other => {
                return Err(SeedError::new(
                    "people.tsv",
                    format!("{}: '{other}' is no userType", row.key),
                ));
            }
        };
        let manager = match row.manager.as_str() {
            "" => None,
            key => Some(*places.get(key).ok_or_else(|| {
                SeedError::new("people.tsv", format!("{}: the manager '{key}' does not exist", row.key))
            })?),
        };
        let (principal_name, mail) = addresses(&row.key, guest, company);
        Ok(Person {
            id: Guid::of("user", &row.key),
            key: row.key.clone(),
            display_name: row.display_name.clone(),
            given_name: row.given_name.clone(),
            surname: row.surname.clone(),
            job_title: row.job_title.clone(),
            department: row.department.clone(),
            office_location: row.office_location.clone(),
            city: row.city.clone(),
            country: row.country.clone(),
            mobile_phone: row.mobile_phone.clone(),
            business_phone: row.business_phone.clone(),
            manager,
            guest,
            photo: row.photo == "yes",
            mail,
            principal_name,
            company: Arc::clone(&name),
            created: age(now, &row.key),
        })
    };
    seed.people.iter().map(person).collect()
}

/// A principal name and a mail address. A guest's key is `name_otherdomain.example`, which Graph spells in two ways.
fn addresses(key: &str, guest: bool, company: &Company) -> (String, String) {
    if guest {
        let (name, domain) = key.rsplit_once('_').unwrap_or((key, company.domain.as_str()));
        return (format!("{key}#EXT#@{}", company.domain), format!("{name}@{domain}"));
    }
    let address = format!("{key}@{}", company.domain);
    (address.clone(), address)
}

/// When something was made: some time in the company's life, always the same for the same name.
pub fn age(now: Timestamp, key: &str) -> Timestamp {
    let share = (digest(37, key.as_bytes()) % 10_000) as f64 / 10_000.0;
    minutes_before(now, COMPANY_AGE * (0.05 + 0.95 * share))
}

fn others(kind: &str, rows: &[OtherRow], detail: impl Fn(&OtherRow) -> String) -> Vec<Other> {
    let other = |row: &OtherRow| Other {
        id: Guid::of(kind, &row.key),
        key: row.key.clone(),
        display_name: row.display_name.clone(),
        detail: detail(row),
    };
    rows.iter().map(other).collect()
}

/// Where everything stands that a key can name.
struct Keys(HashMap<String, ObjectRef>);

impl Keys {
    fn new(
        seed: &Seed,
        people: &[Person],
        devices: &[Other],
        service_principals: &[Other],
        contacts: &[Other],
    ) -> Keys {
        let mut keys: HashMap<String, ObjectRef> = HashMap::new();
        let named = people.iter().take(seed.people.len()).enumerate();
        keys.extend(named.map(|(at, person)| (person.key.clone(), ObjectRef::Person(place(at)))));
        let groups = seed.company.groups.iter().enumerate();
        keys.extend(groups.map(|(at, row)| (format!("group:{}", row.key), ObjectRef::Group(place(at)))));
        let mut add = |prefix: &str, all: &[Other], object: fn(u32) -> ObjectRef| {
            keys.extend(
                all.iter()
                    .enumerate()
                    .map(|(at, it)| (format!("{prefix}:{}", it.key), object(place(at)))),
            );
        };
        add("device", devices, ObjectRef::Device);
        add("sp", service_principals, ObjectRef::ServicePrincipal);
        add("contact", contacts, ObjectRef::Contact);
        Keys(keys)
    }

    fn find(&self, key: &str, file: &str) -> Result<ObjectRef, SeedError> {
        self.0
            .get(key)
            .copied()
            .ok_or_else(|| SeedError::new(file, format!("'{key}' does not exist")))
    }

    fn person(&self, key: &str) -> Option<u32> {
        match self.0.get(key) {
            Some(ObjectRef::Person(at)) => Some(*at),
            _ => None,
        }
    }
}

fn group(
    row: &GroupRow,
    keys: &Keys,
    people: &[Person],
    company: &Company,
    now: Timestamp,
) -> Result<Group, SeedError> {
    let file = "company.toml";
    let kind = GroupKind::named(&row.kind)
        .ok_or_else(|| SeedError::new(file, format!("{}: '{}' is no kind of group", row.key, row.kind)))?;
    let find = |key: &String| keys.find(key, file);
    let owners: Vec<ObjectRef> = row.owners.iter().map(find).collect::<Result<_, _>>()?;
    let mut members: Vec<ObjectRef> = row.members.iter().map(find).collect::<Result<_, _>>()?;
    let also = people.iter().enumerate().filter(|(_, person)| {
        row.everyone
            || row
                .department
                .as_ref()
                .is_some_and(|department| person.department == *department)
    });
    members.extend(also.map(|(at, _)| ObjectRef::Person(place(at))));
    if kind == GroupKind::Unified {
        // Owners of Microsoft 365 groups are members too: whatever makes such a group adds them.
        members.extend(&owners);
    }
    Ok(make_group(&row.key, row, kind, owners, members, company, now))
}

/// A group of these people, with an empty mailbox where its kind has one.
pub fn make_group(
    key: &str,
    row: &GroupRow,
    kind: GroupKind,
    owners: Vec<ObjectRef>,
    members: Vec<ObjectRef>,
    company: &Company,
    now: Timestamp,
) -> Group {
    let id = Guid::of("group", key);
    let mail = if kind == GroupKind::Security {
        String::new()
    } else {
        format!("{key}@{}", company.domain)
    };
    let address = Address {
        name: row.display_name.clone(),
        address: mail.clone(),
    };
    Group {
        id,
        key: key.to_owned(),
        display_name: row.display_name.clone(),
        description: row.description.clone(),
        kind,
        rule: row.rule.clone(),
        visibility: row.visibility.clone(),
        mail,
        created: age(now, key),
        owners,
        members: Roster::new(members),
        mailbox: (kind == GroupKind::Unified).then(|| Mailbox::new(id, address)),
    }
}

fn fill_thread(
    seed: &Seed,
    thread: &Thread,
    groups: &mut [Group],
    keys: &Keys,
    people: &[Person],
    now: Timestamp,
) -> Result<(), SeedError> {
    let wrong = |problem: String| SeedError::new(&thread.name, problem);
    let group = groups.iter_mut().find(|group| group.key == thread.group);
    let group = group.ok_or_else(|| wrong(format!("the group '{}' does not exist", thread.group)))?;
    let mailbox = group
        .mailbox
        .as_mut()
        .ok_or_else(|| wrong(format!("the group '{}' has no mailbox", thread.group)))?;
    let at = mailbox.begin(&thread.name, &thread.topic, thread.locked);
    let bodies: Vec<Arc<str>> = thread.posts.iter().map(body).collect();
    let ages = spread(thread);
    let mut posts = Vec::with_capacity(ages.len());
    for (number, minutes) in ages.iter().enumerate() {
        let Some((row, body)) = thread.posts.iter().zip(&bodies).cycle().nth(number) else {
            continue;
        };
        let sender = Arc::new(
            sender(row, keys, people).ok_or_else(|| wrong(format!("post {number}: the author does not exist")))?,
        );
        let draft = mailbox.draft(at, number, sender, minutes_before(now, *minutes));
        let mut post: Post = draft.ok_or_else(|| wrong("the thread is gone".to_owned()))?;
        post.html = !row.content_type.eq_ignore_ascii_case("text");
        post.body = Arc::clone(body);
        post.categories.clone_from(&row.categories);
        for (nth, row) in row.attachments.iter().enumerate() {
            let attachment = attachment(seed, row, &post, nth).map_err(wrong)?;
            post.attachments.push(attachment);
        }
        posts.push(post);
    }
    mailbox.fill(at, posts);
    if thread.unseen {
        mailbox.mark_unseen(at);
    }
    Ok(())
}

/// The age of every post in minutes: as written, or spread evenly between the oldest and the newest when they repeat.
fn spread(thread: &Thread) -> Vec<f64> {
    let written: Vec<f64> = thread.posts.iter().map(|post| post.ago_minutes).collect();
    let count = thread.repeat.unwrap_or_default();
    if count <= written.len() {
        return written;
    }
    let (newest, oldest) = written
        .iter()
        .fold((f64::MAX, 0.0_f64), |(low, high), age| (low.min(*age), high.max(*age)));
    (0..count)
        .map(|at| oldest - (oldest - newest) * at as f64 / (count - 1) as f64)
        .collect()
}

fn body(row: &PostRow) -> Arc<str> {
    let text = row.body.trim_start_matches('\n');
    let document = text.trim_start().to_ascii_lowercase().starts_with("<html");
    if row.content_type.eq_ignore_ascii_case("text") || document {
        text.into()
    } else {
        wrapped(text).into()
    }
}

fn sender(row: &PostRow, keys: &Keys, people: &[Person]) -> Option<Address> {
    match (&row.from, &row.from_name, &row.from_address) {
        (Some(key), ..) => {
            let person = people.get(index(keys.person(key)?))?;
            Some(Address {
                name: person.display_name.clone(),
                address: person.mail.clone(),
            })
        }
        (None, Some(name), Some(address)) => Some(Address {
            name: name.clone(),
            address: address.clone(),
        }),
        _ => None,
    }
}

fn attachment(seed: &Seed, row: &AttachmentRow, post: &Post, number: usize) -> Result<Attachment, String> {
    let kind = AttachmentKind::named(&row.kind).ok_or_else(|| format!("'{}' is no kind of attachment", row.kind))?;
    let content = match (&row.file, &row.text) {
        (Some(name), _) => Cow::Borrowed(
            seed.file(name)
                .ok_or_else(|| format!("the file '{name}' does not exist"))?,
        ),
        (None, text) => Cow::Owned(text.clone().unwrap_or_default().into_bytes()),
    };
    Ok(Attachment {
        id: attachment_id(&post.id, number),
        name: row.name.clone(),
        content_type: row.content_type.clone(),
        kind,
        inline: row.inline,
        content_id: row.content_id.clone(),
        content,
        modified: post.received,
    })
}
