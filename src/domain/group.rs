//! Groups: Microsoft 365, security, mail-enabled security and distribution.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::lenient::{texts, time};
use super::naming::first_said;
use super::{Id, Text};

/// A group, as much of it as was selected.
/// <https://learn.microsoft.com/graph/api/resources/group>
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(from = "Wire", into = "Wire")]
pub struct Group {
    /// The directory's id, a GUID.
    pub id: Id,
    /// The display name.
    pub name: Text,
    /// The SMTP address, where the group is mail-enabled.
    pub mail: Option<Text>,
    /// The alias.
    pub alias: Option<Text>,
    /// What the group is for, in its owners' words.
    pub description: Option<Text>,
    /// What kind of group it is.
    pub kind: GroupKind,
    /// Whether a rule, not a person, decides who is a member.
    pub dynamic: bool,
    /// Who can see and join it.
    pub visibility: Option<Visibility>,
    /// When it was created.
    pub created: Option<Timestamp>,
}

impl Group {
    /// The name; where there is none, the address, the alias or the id.
    pub fn shown(&self) -> Text {
        let names = [Some(&self.name), self.mail.as_ref(), self.alias.as_ref()];
        first_said(names, &self.id)
    }

    /// Whether the group has a mailbox, and so conversations: Microsoft 365 groups only.
    pub fn has_mailbox(&self) -> bool {
        self.kind == GroupKind::Microsoft365
    }
}

/// The four kinds that Graph tells apart by `groupTypes`, `mailEnabled` and `securityEnabled`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GroupKind {
    /// `groupTypes` contains `Unified`: mailbox, calendar, files.
    Microsoft365,
    /// A security group without mail.
    Security,
    /// A security group with an address.
    MailSecurity,
    /// A distribution list.
    Distribution,
    /// The properties that would tell were not in the answer.
    Unknown,
}

/// Who can see a group's content and join it. An evolvable enum: members we do not know are kept as they are named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Text", into = "Text")]
pub enum Visibility {
    /// Anyone in the organisation may read and join.
    Public,
    /// Members only; owners let people in.
    Private,
    /// Only members, owners and administrators see who belongs to it.
    HiddenMembership,
    /// A member of the enum newer than this program.
    Unknown(Text),
}

impl From<Text> for Visibility {
    fn from(name: Text) -> Self {
        match name.as_str().to_ascii_lowercase().as_str() {
            "public" => Visibility::Public,
            "private" => Visibility::Private,
            "hiddenmembership" => Visibility::HiddenMembership,
            _ => Visibility::Unknown(name),
        }
    }
}

impl From<Visibility> for Text {
    fn from(visibility: Visibility) -> Self {
        Text::new(match visibility {
            Visibility::Public => "Public",
            Visibility::Private => "Private",
            Visibility::HiddenMembership => "HiddenMembership",
            Visibility::Unknown(name) => return name,
        })
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wire {
    #[serde(default)]
    id: Id,
    display_name: Option<Text>,
    mail: Option<Text>,
    mail_nickname: Option<Text>,
    description: Option<Text>,
    #[serde(default, deserialize_with = "texts")]
    group_types: Vec<Text>,
    mail_enabled: Option<bool>,
    security_enabled: Option<bool>,
    visibility: Option<Visibility>,
    #[serde(default, deserialize_with = "time")]
    created_date_time: Option<Timestamp>,
}

impl From<Wire> for Group {
    fn from(wire: Wire) -> Self {
        let types = wire.group_types;
        let of_type = |name: &str| types.iter().any(|kind| kind.as_str().eq_ignore_ascii_case(name));
        let kind = match (of_type("Unified"), wire.security_enabled, wire.mail_enabled) {
            (true, _, _) => GroupKind::Microsoft365,
            (_, Some(true), Some(true)) => GroupKind::MailSecurity,
            (_, Some(true), _) => GroupKind::Security,
            (_, _, Some(true)) => GroupKind::Distribution,
            _ => GroupKind::Unknown,
        };
        Group {
            id: wire.id,
            name: wire.display_name.unwrap_or_default(),
            mail: wire.mail,
            alias: wire.mail_nickname,
            description: wire.description,
            kind,
            dynamic: of_type("DynamicMembership"),
            visibility: wire.visibility,
            created: wire.created_date_time,
        }
    }
}

impl From<Group> for Wire {
    fn from(group: Group) -> Self {
        let types = [
            ("Unified", group.kind == GroupKind::Microsoft365),
            ("DynamicMembership", group.dynamic),
        ];
        let types = types.into_iter().filter(|(_, is)| *is);
        let (security, mail) = match group.kind {
            GroupKind::Microsoft365 => (Some(false), Some(true)),
            GroupKind::Security => (Some(true), Some(false)),
            GroupKind::MailSecurity => (Some(true), Some(true)),
            GroupKind::Distribution => (Some(false), Some(true)),
            GroupKind::Unknown => (None, None),
        };
        Wire {
            id: group.id,
            display_name: Some(group.name),
            mail: group.mail,
            mail_nickname: group.alias,
            description: group.description,
            group_types: types.map(|(name, _)| name.into()).collect(),
            mail_enabled: mail,
            security_enabled: security,
            visibility: group.visibility,
            created_date_time: group.created,
        }
    }
}
