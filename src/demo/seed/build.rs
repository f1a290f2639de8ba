//! From the assets to a tenant.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::company::{DocumentRow, GroupRow, OtherRow, Row};
use super::{Seed, SeedError};
use super::{invent, post};
use crate::demo::clock::{Clock, minutes_before};
use crate::demo::directory::group::{Group, GroupKind, Roster};
use crate::demo::directory::insights::{Document, FILE_KINDS};
use crate::demo::directory::object::ObjectRef;
use crate::demo::directory::other::Other;
use crate::demo::directory::person::Person;
use crate::demo::directory::photos::Photo;
use crate::demo::directory::teams::Team;
use crate::demo::ids::{Guid, digest};
use crate::demo::mail::mailbox::Mailbox;
use crate::demo::mail::post::Address;
use crate::demo::state::{Company, Parts, State, place};

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
        post::fill(seed, thread, &mut groups, &keys, &people, clock.start())?;
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
    let documents = documents(seed, &keys, clock.start())?;
    let parts = Parts {
        documents,
        people,
        groups,
        devices,
        service_principals,
        contacts,
        photos,
    };
    Ok(State::new(clock, visible_after, company, me, parts))
}

fn documents(seed: &Seed, keys: &Keys, now: Timestamp) -> Result<Vec<Document>, SeedError> {
    let file = "documents.toml";
    let document = |row: &DocumentRow| {
        let kind = FILE_KINDS.iter().find(|(name, ..)| *name == row.kind);
        let kind =
            kind.ok_or_else(|| SeedError::new(file, format!("{}: '{}' is no kind of file", row.title, row.kind)))?;
        Ok(Document {
            title: row.title.clone(),
            kind: *kind,
            container: keys.find(&row.container, file)?,
            preview: row.preview.clone(),
            modified: minutes_before(now, row.ago_hours * 60.0),
        })
    };
    seed.documents.iter().map(document).collect()
}

fn people(seed: &Seed, company: &Company, now: Timestamp) -> Result<Vec<Person>, SeedError> {
    let places: HashMap<&str, u32> = seed
        .people
        .iter()
        .enumerate()
        .map(|(at, row)| (row.key.as_str(), place(at)))
        .collect();
    if let Some(profile) = seed
        .profiles
        .iter()
        .find(|profile| !places.contains_key(profile.key.as_str()))
    {
        let problem = format!("the person '{}' does not exist", profile.key);
        return Err(SeedError::new("profiles.toml", problem));
    }
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
            profile: seed
                .profiles
                .iter()
                .find(|it| it.key == row.key)
                .map(|it| Box::new(it.profile())),
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
pub struct Keys(HashMap<String, ObjectRef>);

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

    /// The place of a person; nothing where the key names something else.
    pub fn person(&self, key: &str) -> Option<u32> {
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
    let team = match &row.team {
        None => None,
        Some(team) => Some(Team {
            archived: team.archived,
            shared_with: team.shared_with.iter().map(find).collect::<Result<_, _>>()?,
        }),
    };
    let group = make_group(&row.key, row, kind, owners, members, company, now);
    Ok(Group { team, ..group })
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
        team: None,
        extensions: Vec::new(),
    }
}
