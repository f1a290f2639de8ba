//! Directory objects of any kind, as collections of several kinds show them.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::group::{self, Group};
use super::other::{self, Other};
use super::person::{self, Person};
use crate::demo::call::Call;
use crate::demo::doors::Sight;
use crate::demo::error::{GraphError, Result};
use crate::demo::ids::Guid;
use crate::demo::odata::cell::Cell;
use crate::demo::odata::property::{Chosen, Property, chosen, defaults, find, unqualified};
use crate::demo::state::State;

/// The kinds of directory object that requests may name. Of the last three the tenant has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // Graph's own names
pub enum Kind {
    User,
    Group,
    Device,
    ServicePrincipal,
    OrgContact,
    DirectoryRole,
    AdministrativeUnit,
    Application,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Kind; 8] = [
        Kind::User,
        Kind::Group,
        Kind::Device,
        Kind::ServicePrincipal,
        Kind::OrgContact,
        Kind::DirectoryRole,
        Kind::AdministrativeUnit,
        Kind::Application,
    ];

    /// What a person or a group may belong to.
    pub const HOLDERS: [Kind; 3] = [Kind::Group, Kind::DirectoryRole, Kind::AdministrativeUnit];

    /// What a person may own.
    pub const OWNED: [Kind; 3] = [Kind::Group, Kind::Application, Kind::ServicePrincipal];

    /// Graph's name for it.
    pub fn name(self) -> &'static str {
        unqualified(self.type_name().trim_start_matches('#'))
    }

    /// Its name with the sign that `@odata.type` has.
    pub fn type_name(self) -> &'static str {
        match self {
            Kind::User => "#microsoft.graph.user",
            Kind::Group => "#microsoft.graph.group",
            Kind::Device => "#microsoft.graph.device",
            Kind::ServicePrincipal => "#microsoft.graph.servicePrincipal",
            Kind::OrgContact => "#microsoft.graph.orgContact",
            Kind::DirectoryRole => "#microsoft.graph.directoryRole",
            Kind::AdministrativeUnit => "#microsoft.graph.administrativeUnit",
            Kind::Application => "#microsoft.graph.application",
        }
    }

    /// The kind that a request names, with its namespace or without.
    pub fn named(name: &str) -> Option<Kind> {
        let name = unqualified(name);
        Kind::ALL
            .into_iter()
            .find(|kind| kind.name().eq_ignore_ascii_case(name))
    }

    /// Whether a client with the usual scopes may read objects of this kind. Applications would need `Application.Read.All`:
    /// of them only the type and the id are shown, and `null` for the rest.
    pub fn readable(self) -> bool {
        self != Kind::ServicePrincipal
    }

    /// Whether the kind has a property of this name that a filter may use; nothing where it has none.
    pub fn filterable(self, name: &str) -> Option<bool> {
        match self {
            Kind::User => find(person::PROPERTIES, name).map(|property| property.filterable),
            Kind::Group => find(group::PROPERTIES, name).map(|property| property.filterable),
            other => find(of_other(other), name).map(|property| property.filterable),
        }
    }
}

/// Where a directory object stands in the tenant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)] // the kinds
pub enum ObjectRef {
    Person(u32),
    Group(u32),
    Device(u32),
    ServicePrincipal(u32),
    Contact(u32),
}

impl ObjectRef {
    /// The object itself.
    pub fn find(self, state: &State) -> Option<Object<'_>> {
        fn at<T>(all: &[T], place: u32) -> Option<&T> {
            all.get(usize::try_from(place).ok()?)
        }
        Some(match self {
            ObjectRef::Person(place) => Object::Person(at(&state.people, place)?),
            ObjectRef::Group(place) => Object::Group(at(&state.groups, place)?),
            ObjectRef::Device(place) => Object::Other(Kind::Device, at(&state.devices, place)?),
            ObjectRef::ServicePrincipal(place) => {
                Object::Other(Kind::ServicePrincipal, at(&state.service_principals, place)?)
            }
            ObjectRef::Contact(place) => Object::Other(Kind::OrgContact, at(&state.contacts, place)?),
        })
    }
}

/// A directory object, borrowed.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)] // the kinds
pub enum Object<'a> {
    Person(&'a Person),
    Group(&'a Group),
    Other(Kind, &'a Other),
}

impl<'a> Object<'a> {
    /// Its kind.
    pub fn kind(self) -> Kind {
        match self {
            Object::Person(_) => Kind::User,
            Object::Group(_) => Kind::Group,
            Object::Other(kind, _) => kind,
        }
    }

    /// Its id.
    pub fn id(self) -> Guid {
        match self {
            Object::Person(person) => person.id,
            Object::Group(group) => group.id,
            Object::Other(_, other) => other.id,
        }
    }

    /// One property's value; `null` where it has none of that name or may not be read.
    pub fn get(self, name: &str) -> Cell<'a> {
        if !self.kind().readable() {
            return if name.eq_ignore_ascii_case("id") {
                Cell::Guid(self.id())
            } else {
                Cell::Null
            };
        }
        match self {
            Object::Person(person) => find(person::PROPERTIES, name).map(|it| (it.get)(person)),
            Object::Group(group) => find(group::PROPERTIES, name).map(|it| (it.get)(group)),
            Object::Other(kind, other) => find(of_other(kind), name).map(|it| (it.get)(other)),
        }
        .unwrap_or(Cell::Null)
    }
}

fn of_other(kind: Kind) -> &'static [Property<Other>] {
    match kind {
        Kind::User | Kind::Group => &[],
        Kind::Device => other::DEVICE,
        Kind::ServicePrincipal => other::SERVICE_PRINCIPAL,
        Kind::OrgContact => other::CONTACT,
        Kind::DirectoryRole => other::DIRECTORY_ROLE,
        Kind::AdministrativeUnit => other::ADMINISTRATIVE_UNIT,
        Kind::Application => other::APPLICATION,
    }
}

/// The properties that one answer shows, for every kind, and how much of people.
pub struct Selection {
    user: Chosen<Person>,
    group: Chosen<Group>,
    others: Vec<(Kind, Chosen<Other>)>,
    me: Option<Guid>,
    of_oneself: Sight,
    of_others: Sight,
}

impl Selection {
    /// What `$select` names, or the defaults. `kinds` are those the collection may hold: a name that none of them has is an
    /// error. `alone` says that a single object is read.
    pub fn new(call: &Call<'_>, names: Option<&[String]>, kinds: &[Kind], alone: bool) -> Result<Selection> {
        for name in names.into_iter().flatten().filter(|name| *name != "*") {
            if !kinds.iter().any(|kind| kind.filterable(name).is_some()) {
                let of = match kinds {
                    [kind] => kind.name(),
                    _ => "directoryObject",
                };
                return Err(GraphError::no_property(name, of));
            }
        }
        Ok(Selection {
            user: listed(person::PROPERTIES, names, alone),
            group: listed(group::PROPERTIES, names, alone),
            others: Kind::ALL
                .map(|kind| (kind, listed(of_other(kind), names, alone)))
                .into(),
            me: call.state.person(call.caller.me).map(|person| person.id),
            of_oneself: call.caller.sight_of_oneself(),
            of_others: call.caller.sight_of_others(),
        })
    }

    fn of_other(&self, kind: Kind) -> &[&'static Property<Other>] {
        let chosen = self.others.iter().find(|(known, _)| *known == kind);
        chosen.map_or(&[], |(_, properties)| properties)
    }

    fn sight(&self, person: &Person) -> Sight {
        if self.me == Some(person.id) {
            self.of_oneself
        } else {
            self.of_others
        }
    }
}

fn listed<T>(table: &'static [Property<T>], names: Option<&[String]>, alone: bool) -> Chosen<T> {
    match names {
        Some(names) => chosen(table, names, alone),
        None => defaults(table),
    }
}

/// A directory object as JSON.
pub struct Row<'a> {
    /// The object.
    pub object: Object<'a>,
    /// What is shown of it.
    pub selection: &'a Selection,
    /// Whether its type is said.
    pub typed: bool,
    /// The `@odata.context` of a single object.
    pub context: Option<String>,
    /// What `$expand` asked for.
    pub expanded: Vec<(String, Expanded<'a>)>,
}

/// What an expanded navigation property leads to.
pub enum Expanded<'a> {
    /// One object.
    One(Box<Row<'a>>),
    /// Several.
    Many(Vec<Row<'a>>),
    /// What applications have hung on it.
    Extensions(serde_json::Value),
}

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if let Some(context) = &self.context {
            map.serialize_entry("@odata.context", context)?;
        }
        if self.typed {
            map.serialize_entry("@odata.type", self.object.kind().type_name())?;
        }
        let selection = self.selection;
        match self.object {
            Object::Person(person) => {
                entries(&mut map, (person, person.id), &selection.user, selection.sight(person))?;
            }
            Object::Group(group) => entries(&mut map, (group, group.id), &selection.group, Sight::Whole)?,
            Object::Other(kind, other) => {
                let sight = if kind.readable() { Sight::Whole } else { Sight::Id };
                entries(&mut map, (other, other.id), selection.of_other(kind), sight)?;
            }
        }
        for (name, expanded) in &self.expanded {
            match expanded {
                Expanded::One(row) => map.serialize_entry(name, row)?,
                Expanded::Many(rows) => map.serialize_entry(name, rows)?,
                Expanded::Extensions(value) => map.serialize_entry(name, value)?,
            }
        }
        map.end()
    }
}

/// The properties of an object, as much of them as may be seen. Of what may not be read the id comes unasked.
fn entries<M: SerializeMap, T>(
    map: &mut M,
    (item, id): (&T, Guid),
    chosen: &[&'static Property<T>],
    sight: Sight,
) -> std::result::Result<(), M::Error> {
    if sight == Sight::Id {
        map.serialize_entry("id", &Cell::Guid(id))?;
    }
    let rest = chosen
        .iter()
        .filter(|property| sight != Sight::Id || property.name != "id");
    for property in rest {
        let shown = match sight {
            Sight::Whole => true,
            Sight::Names => person::NAMES.contains(&property.name),
            Sight::Id => false,
        };
        let value = match (property.get)(item) {
            value if shown => value,
            Cell::List(_) => Cell::List(Vec::new()),
            _ => Cell::Null,
        };
        map.serialize_entry(property.name, &value)?;
    }
    Ok(())
}
