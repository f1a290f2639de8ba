//! Whatever can be a member or an owner: Graph's polymorphic `directoryObject`.

use serde::{Deserialize, Serialize};

use super::naming::first_said;
use super::{Group, Id, Person, Text};

/// One object of the directory, discriminated by `@odata.type`. Where its type may not be read, Graph sends only the
/// type and the id, so everything else is optional.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(from = "Wire", into = "Wire<'static>")]
pub struct DirectoryObject {
    /// The directory's id, a GUID.
    pub id: Id,
    /// What kind of object it is.
    pub kind: ObjectKind,
    /// The display name; `None` when the sign-in may not read it.
    pub name: Option<Text>,
    /// The address, else the user principal name.
    pub mail: Option<Text>,
    /// The user principal name of a person, where it is another than the address.
    pub user_principal_name: Option<Text>,
    /// The job title of a person.
    pub job_title: Option<Text>,
    /// The department of a person.
    pub department: Option<Text>,
    /// Whether a person is a guest of the organisation.
    pub guest: bool,
}

/// The kinds of objects that groups hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ObjectKind {
    /// A person, member or guest.
    User,
    /// A group nested in the group.
    Group,
    /// A registered device.
    Device,
    /// An application's identity.
    ServicePrincipal,
    /// A mail contact of the organisation.
    Contact,
    /// A directory role.
    DirectoryRole,
    /// An administrative unit.
    AdministrativeUnit,
    /// A type newer than this program, as Graph names it.
    Unknown(Text),
}

/// The kinds by Graph's names for them, the most frequent first.
const KINDS: [(&str, ObjectKind); 7] = [
    ("user", ObjectKind::User),
    ("group", ObjectKind::Group),
    ("device", ObjectKind::Device),
    ("servicePrincipal", ObjectKind::ServicePrincipal),
    ("orgContact", ObjectKind::Contact),
    ("directoryRole", ObjectKind::DirectoryRole),
    ("administrativeUnit", ObjectKind::AdministrativeUnit),
];

impl DirectoryObject {
    /// An object of which only the kind and the id are known.
    pub fn of_kind(id: Id, kind: ObjectKind) -> Self {
        DirectoryObject {
            id,
            kind,
            name: None,
            mail: None,
            user_principal_name: None,
            job_title: None,
            department: None,
            guest: false,
        }
    }

    /// The name; where there is none that may be read, the address, the sign-in name or the id.
    pub fn shown(&self) -> Text {
        let names = [&self.name, &self.mail, &self.user_principal_name];
        first_said(names.map(Option::as_ref), &self.id)
    }

    /// The name a person signs in with, as far as it was read.
    pub fn signs_in_as(&self) -> Option<&Text> {
        let principal = self.user_principal_name.as_ref().or(self.mail.as_ref());
        principal.filter(|_| self.kind == ObjectKind::User)
    }

    /// What kind of object it is, in one word for people.
    pub fn kind_in_words(&self) -> &str {
        match &self.kind {
            ObjectKind::User if self.guest => "guest",
            ObjectKind::User => "person",
            ObjectKind::Group => "group",
            ObjectKind::Device => "device",
            ObjectKind::ServicePrincipal => "app",
            ObjectKind::Contact => "contact",
            ObjectKind::DirectoryRole => "role",
            ObjectKind::AdministrativeUnit => "unit",
            ObjectKind::Unknown(name) => name.as_str(),
        }
    }
}

impl ObjectKind {
    /// Reads `#microsoft.graph.user` and its like, without regard to case.
    pub fn from_odata(name: &str) -> Self {
        let short = name.trim_start_matches('#').rsplit('.').next().unwrap_or(name);
        KINDS
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(short))
            .map_or_else(|| ObjectKind::Unknown(Text::new(short)), |(_, kind)| kind.clone())
    }

    /// The least permission that shows what Graph keeps back of an object of this kind.
    /// <https://learn.microsoft.com/graph/api/group-list-members>
    pub fn permission(&self) -> &'static str {
        match self {
            ObjectKind::User => "User.Read.All",
            ObjectKind::Group => "GroupMember.Read.All",
            ObjectKind::Device => "Device.Read.All",
            ObjectKind::ServicePrincipal => "Application.Read.All",
            ObjectKind::Contact => "OrgContact.Read.All",
            ObjectKind::DirectoryRole => "RoleManagement.Read.Directory",
            ObjectKind::AdministrativeUnit => "AdministrativeUnit.Read.All",
            ObjectKind::Unknown(_) => "Directory.Read.All",
        }
    }

    /// Graph's name for it, such as `user`.
    pub fn name(&self) -> &str {
        match self {
            ObjectKind::Unknown(name) => name.as_str(),
            known => KINDS
                .iter()
                .find(|(_, kind)| kind == known)
                .map_or("", |(name, _)| name),
        }
    }
}

/// Whether a group's object owns it or only belongs to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Listed in `/owners`.
    Owner,
    /// Listed in `/members` only.
    Member,
}

/// One row of a group's roster.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Member {
    /// Who or what it is.
    pub object: DirectoryObject,
    /// Owner or member.
    pub role: Role,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wire<'a> {
    #[serde(rename = "@odata.type", borrow)]
    odata_type: Option<std::borrow::Cow<'a, str>>,
    #[serde(default)]
    id: Id,
    display_name: Option<Text>,
    mail: Option<Text>,
    user_principal_name: Option<Text>,
    job_title: Option<Text>,
    department: Option<Text>,
    #[serde(borrow)]
    user_type: Option<std::borrow::Cow<'a, str>>,
}

impl From<Group> for DirectoryObject {
    fn from(group: Group) -> Self {
        DirectoryObject {
            name: Some(group.name),
            mail: group.mail,
            ..DirectoryObject::of_kind(group.id, ObjectKind::Group)
        }
    }
}

impl From<&Person> for DirectoryObject {
    /// A person as a list of objects has one.
    fn from(person: &Person) -> Self {
        let mail = person.address();
        let principal = person.user_principal_name.as_ref();
        DirectoryObject {
            id: person.id.clone(),
            kind: ObjectKind::User,
            name: Some(person.name.clone()).filter(|name| !name.is_empty()),
            mail: mail.cloned(),
            user_principal_name: principal.filter(|name| Some(*name) != mail).cloned(),
            job_title: person.job_title.clone(),
            department: person.department.clone(),
            guest: person.is_guest(),
        }
    }
}

impl From<DirectoryObject> for Wire<'static> {
    fn from(object: DirectoryObject) -> Self {
        Wire {
            odata_type: Some(format!("#microsoft.graph.{}", object.kind.name()).into()),
            id: object.id,
            display_name: object.name,
            mail: object.mail,
            user_principal_name: object.user_principal_name,
            job_title: object.job_title,
            department: object.department,
            user_type: object.guest.then(|| "Guest".into()),
        }
    }
}

impl From<Wire<'_>> for DirectoryObject {
    fn from(wire: Wire<'_>) -> Self {
        let guest = wire
            .user_type
            .as_deref()
            .is_some_and(|kind| kind.eq_ignore_ascii_case("guest"))
            || wire
                .user_principal_name
                .as_ref()
                .is_some_and(|name| name.as_str().contains("#EXT#"));
        // The two are the same for almost everybody; what is the same is held once.
        let (mail, user_principal_name) = match (wire.mail, wire.user_principal_name) {
            (None, principal) => (principal, None),
            (mail, principal) if mail == principal => (mail, None),
            both => both,
        };
        DirectoryObject {
            id: wire.id,
            // A cast path (`/members/microsoft.graph.user`) leaves the type out; it is asked for users only.
            kind: wire
                .odata_type
                .as_deref()
                .map_or(ObjectKind::User, ObjectKind::from_odata),
            name: wire.display_name,
            guest,
            mail,
            user_principal_name,
            job_title: wire.job_title,
            department: wire.department,
        }
    }
}
