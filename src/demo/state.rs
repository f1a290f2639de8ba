//! Everything the tenant holds.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use super::clock::Clock;
use super::directory::group::Group;
use super::directory::insights::Document;
use super::directory::object::ObjectRef;
use super::directory::other::Other;
use super::directory::person::Person;
use super::directory::photos::Photo;
use super::directory::portrait::Upload;
use super::ids::Guid;
use super::mail::forward::Forwarded;
use super::mail::post::Address;

/// The company.
#[derive(Clone, Debug)]
pub struct Company {
    /// Its name.
    pub name: String,
    /// The domain of its addresses.
    pub domain: String,
    /// The domain it began with.
    pub initial_domain: String,
}

/// The tenant.
#[derive(Debug)]
pub struct State {
    /// What time it is there.
    pub clock: Clock,
    /// How late a reply can be seen.
    pub visible_after: Duration,
    /// The company.
    pub company: Company,
    /// The person of the first token.
    pub me: u32,
    /// Everyone.
    pub people: Vec<Person>,
    /// Every group.
    pub groups: Vec<Group>,
    /// Devices.
    pub devices: Vec<Other>,
    /// Applications.
    pub service_principals: Vec<Other>,
    /// Contacts.
    pub contacts: Vec<Other>,
    /// The photos that people and groups share.
    pub photos: Vec<Photo>,
    /// The photos that were put up since.
    pub uploads: HashMap<ObjectRef, Upload>,
    /// What lies in SharePoint and OneDrive.
    pub documents: Vec<Document>,
    /// What has left the groups by mail.
    pub forwarded: Vec<Forwarded>,
    people_by_id: HashMap<Guid, u32>,
    people_by_principal_name: HashMap<String, u32>,
    groups_by_id: HashMap<Guid, u32>,
}

/// What a tenant is made of.
#[derive(Debug, Default)]
#[allow(missing_docs)] // the fields of `State`
pub struct Parts {
    pub people: Vec<Person>,
    pub groups: Vec<Group>,
    pub devices: Vec<Other>,
    pub service_principals: Vec<Other>,
    pub contacts: Vec<Other>,
    pub photos: Vec<Photo>,
    pub documents: Vec<Document>,
}

/// A place as objects refer to it. The tenant never holds four thousand million of anything.
pub fn place(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// The other way round.
pub fn index(place: u32) -> usize {
    usize::try_from(place).unwrap_or(usize::MAX)
}

impl State {
    /// A tenant of these parts.
    pub fn new(clock: Clock, visible_after: Duration, company: Company, me: u32, parts: Parts) -> State {
        let people = || parts.people.iter().enumerate();
        let people_by_id = people().map(|(at, person)| (person.id, place(at))).collect();
        let people_by_principal_name = people()
            .map(|(at, person)| (person.principal_name.to_lowercase(), place(at)))
            .collect();
        let groups_by_id = parts
            .groups
            .iter()
            .enumerate()
            .map(|(at, group)| (group.id, place(at)))
            .collect();
        State {
            clock,
            visible_after,
            company,
            me,
            people: parts.people,
            groups: parts.groups,
            devices: parts.devices,
            service_principals: parts.service_principals,
            contacts: parts.contacts,
            photos: parts.photos,
            uploads: HashMap::new(),
            documents: parts.documents,
            forwarded: Vec::new(),
            people_by_id,
            people_by_principal_name,
            groups_by_id,
        }
    }

    /// A person by place.
    pub fn person(&self, at: u32) -> Option<&Person> {
        self.people.get(index(at))
    }

    /// The place of the person with this id or principal name.
    pub fn find_person(&self, id: &str) -> Option<u32> {
        match Guid::parse(id) {
            Some(id) => self.people_by_id.get(&id).copied(),
            None => self.people_by_principal_name.get(&id.to_lowercase()).copied(),
        }
    }

    /// The place of the person whom the assets know by this name.
    pub fn find_key(&self, key: &str) -> Option<u32> {
        self.people.iter().position(|person| person.key == key).map(place)
    }

    /// The place of a group.
    pub fn find_group(&self, id: Guid) -> Option<u32> {
        self.groups_by_id.get(&id).copied()
    }

    /// The directory object of an id, whatever its kind.
    pub fn find_object(&self, id: Guid) -> Option<ObjectRef> {
        let other = |all: &[Other]| all.iter().position(|other| other.id == id).map(place);
        let person = self.people_by_id.get(&id).copied().map(ObjectRef::Person);
        person
            .or_else(|| self.find_group(id).map(ObjectRef::Group))
            .or_else(|| other(&self.devices).map(ObjectRef::Device))
            .or_else(|| other(&self.service_principals).map(ObjectRef::ServicePrincipal))
            .or_else(|| other(&self.contacts).map(ObjectRef::Contact))
    }

    /// How a person appears in mail.
    pub fn address(&self, person: u32) -> Arc<Address> {
        let of = |person: &Person| Address {
            name: person.display_name.clone(),
            address: person.mail.clone(),
        };
        Arc::new(self.person(person).map_or(
            Address {
                name: String::new(),
                address: String::new(),
            },
            of,
        ))
    }

    /// The groups that someone or something belongs to, without those that hide it from the viewer.
    pub fn member_of(&self, member: ObjectRef, viewer: u32) -> Vec<ObjectRef> {
        let viewer = ObjectRef::Person(viewer);
        let groups = self.groups.iter().enumerate();
        groups
            .filter(|(_, group)| group.members.has(member) && (!group.hides_members() || group.members.has(viewer)))
            .map(|(at, _)| ObjectRef::Group(place(at)))
            .collect()
    }

    /// The same through groups in groups.
    pub fn transitive_member_of(&self, member: ObjectRef, viewer: u32) -> Vec<ObjectRef> {
        let shows = |group: &Group| !group.hides_members() || group.members.has(ObjectRef::Person(viewer));
        // Groups that hold groups are few among many: they are looked for once.
        let mut outer: HashMap<ObjectRef, Vec<ObjectRef>> = HashMap::new();
        for (at, group) in self.groups.iter().enumerate().filter(|(_, group)| shows(group)) {
            for inner in group.members.all() {
                if matches!(inner, ObjectRef::Group(_)) {
                    outer.entry(*inner).or_default().push(ObjectRef::Group(place(at)));
                }
            }
        }
        let mut found = self.member_of(member, viewer);
        let mut met: HashSet<ObjectRef> = found.iter().copied().collect();
        let mut at = 0;
        while let Some(group) = found.get(at) {
            let outer = outer.get(group).into_iter().flatten();
            found.extend(outer.filter(|outer| met.insert(**outer)));
            at += 1;
        }
        found
    }

    /// The groups a person owns.
    pub fn owned_by(&self, person: u32) -> Vec<ObjectRef> {
        let groups = self.groups.iter().enumerate();
        groups
            .filter(|(_, group)| group.owners.contains(&ObjectRef::Person(person)))
            .map(|(at, _)| ObjectRef::Group(place(at)))
            .collect()
    }

    /// Everyone whose manager this is.
    pub fn reports_of(&self, manager: u32) -> Vec<ObjectRef> {
        let people = self.people.iter().enumerate();
        people
            .filter(|(_, person)| person.manager == Some(manager))
            .map(|(at, _)| ObjectRef::Person(place(at)))
            .collect()
    }
}
