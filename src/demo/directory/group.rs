//! A group, and the properties that Graph shows of one.
//! <https://learn.microsoft.com/graph/api/resources/group>

use jiff::Timestamp;

use super::object::ObjectRef;
use super::person::EXTENSION_ATTRIBUTES;
use super::teams::Team;
use crate::demo::extension::Extension;
use crate::demo::ids::Guid;
use crate::demo::mail::mailbox::Mailbox;
use crate::demo::odata::cell::Cell;
use crate::demo::odata::property::{Property, always, none, null, null_always, selected, selected_alone};

/// What sort of group it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupKind {
    /// A Microsoft 365 group: the only sort with a mailbox.
    Unified,
    /// A security group.
    Security,
    /// A security group that receives mail.
    MailSecurity,
    /// A distribution list.
    Distribution,
}

impl GroupKind {
    /// The kind of this name in the assets.
    pub fn named(name: &str) -> Option<GroupKind> {
        Some(match name {
            "unified" => GroupKind::Unified,
            "security" => GroupKind::Security,
            "mail-security" => GroupKind::MailSecurity,
            "distribution" => GroupKind::Distribution,
            _ => return None,
        })
    }
}

/// A group of any sort. Empty text stands for `null`.
#[derive(Debug)]
pub struct Group {
    /// The directory's id.
    pub id: Guid,
    /// The name by which the assets know the group.
    pub key: String,
    /// As shown.
    pub display_name: String,
    /// What it is for.
    pub description: String,
    /// Its sort.
    pub kind: GroupKind,
    /// The rule of a dynamic membership.
    pub rule: String,
    /// `Public`, `Private` or `HiddenMembership`; empty where Graph has `null`.
    pub visibility: String,
    /// Its address; empty where it has none.
    pub mail: String,
    /// When it was made.
    pub created: Timestamp,
    /// Who owns it.
    pub owners: Vec<ObjectRef>,
    /// Who belongs to it.
    pub members: Roster,
    /// Its mailbox: every Microsoft 365 group has one, and no other.
    pub mailbox: Option<Mailbox>,
    /// What Microsoft Teams made of it.
    pub team: Option<Team>,
    /// What applications have hung on it.
    pub extensions: Vec<Extension>,
}

impl Group {
    /// Whether only members may know who the members are.
    pub fn hides_members(&self) -> bool {
        self.visibility == "HiddenMembership"
    }

    /// Whether it may stand in access lists.
    pub fn is_security(&self) -> bool {
        matches!(self.kind, GroupKind::Security | GroupKind::MailSecurity)
    }

    fn types(&self) -> Vec<&'static str> {
        let unified = (self.kind == GroupKind::Unified).then_some("Unified");
        let dynamic = (!self.rule.is_empty()).then_some("DynamicMembership");
        dynamic.into_iter().chain(unified).collect()
    }

    fn unseen(&self) -> Cell<'_> {
        self.mailbox
            .as_ref()
            .map_or(Cell::Null, |mailbox| Cell::Number(mailbox.unseen_conversations()))
    }

    fn proxy_addresses(&self) -> Cell<'_> {
        if self.mail.is_empty() {
            Cell::List(Vec::new())
        } else {
            Cell::List(vec![Cell::Owned(format!("SMTP:{}", self.mail))])
        }
    }
}

/// Members in their order, with a quick way to ask whether someone is among them.
#[derive(Clone, Debug, Default)]
pub struct Roster {
    listed: Vec<ObjectRef>,
    sorted: Vec<ObjectRef>,
}

impl Roster {
    /// The members in order; a second mention of one is dropped.
    pub fn new(members: impl IntoIterator<Item = ObjectRef>) -> Roster {
        let mut listed: Vec<ObjectRef> = members.into_iter().collect();
        let mut sorted = listed.clone();
        sorted.sort_unstable();
        sorted.dedup();
        if sorted.len() < listed.len() {
            let mut met = std::collections::HashSet::new();
            listed.retain(|member| met.insert(*member));
        }
        Roster { listed, sorted }
    }

    /// All of them.
    pub fn all(&self) -> &[ObjectRef] {
        &self.listed
    }

    /// Whether this one is among them.
    pub fn has(&self, member: ObjectRef) -> bool {
        self.sorted.binary_search(&member).is_ok()
    }
}

/// The names of the properties that live in Exchange: only mailboxes have them.
pub const MAILBOX_PROPERTIES: [&str; 9] = [
    "allowExternalSenders",
    "autoSubscribeNewMembers",
    "hideFromAddressLists",
    "hideFromOutlookClients",
    "isFavorite",
    "isSubscribedByMail",
    "unseenConversationsCount",
    "unseenCount",
    "unseenMessagesCount",
];

/// Every property of `group` that Graph v1.0 has: those shown unasked first, in Graph's order.
pub static PROPERTIES: &[Property<Group>] = &[
    always("id", |it| Cell::Guid(it.id)),
    null_always("deletedDateTime"),
    null_always("classification"),
    always("createdDateTime", |it| Cell::Time(it.created)),
    always("description", |it| Cell::text(&it.description)),
    always("displayName", |it| Cell::text(&it.display_name)),
    null_always("expirationDateTime"),
    always("groupTypes", |it| Cell::texts(it.types())),
    null_always("isAssignableToRole"),
    always("mail", |it| Cell::text(&it.mail)),
    always("mailEnabled", |it| Cell::Bool(!it.mail.is_empty())),
    always("mailNickname", |it| Cell::text(&it.key)),
    always("membershipRule", |it| Cell::text(&it.rule)),
    always("membershipRuleProcessingState", |it| {
        if it.rule.is_empty() {
            Cell::Null
        } else {
            Cell::Text("On")
        }
    }),
    null_always("onPremisesDomainName"),
    null_always("onPremisesLastSyncDateTime"),
    null_always("onPremisesNetBiosName"),
    null_always("onPremisesSamAccountName"),
    null_always("onPremisesSecurityIdentifier"),
    null_always("onPremisesSyncEnabled"),
    null_always("preferredDataLocation"),
    null_always("preferredLanguage"),
    always("proxyAddresses", Group::proxy_addresses),
    always("renewedDateTime", |it| Cell::Time(it.created)),
    always("resourceBehaviorOptions", |_| Cell::List(Vec::new())),
    always("resourceProvisioningOptions", |it| {
        Cell::texts(it.team.as_ref().map(|_| "Team"))
    }),
    always("securityEnabled", |it| Cell::Bool(it.is_security())),
    null_always("securityIdentifier"),
    null_always("theme"),
    null_always("uniqueName"),
    always("visibility", |it| Cell::text(&it.visibility)),
    always("onPremisesProvisioningErrors", |_| Cell::List(Vec::new())),
    always("serviceProvisioningErrors", |_| Cell::List(Vec::new())),
    selected_alone("allowExternalSenders", |_| Cell::Bool(false)),
    selected_alone("autoSubscribeNewMembers", |_| Cell::Bool(false)),
    selected_alone("hideFromAddressLists", |_| Cell::Bool(false)),
    selected_alone("hideFromOutlookClients", |_| Cell::Bool(false)),
    selected_alone("isFavorite", |_| Cell::Bool(false)),
    selected_alone("isSubscribedByMail", |_| Cell::Bool(true)),
    selected_alone("unseenConversationsCount", Group::unseen),
    selected_alone("unseenCount", Group::unseen),
    selected_alone("unseenMessagesCount", Group::unseen),
    selected_alone("accessType", |it| match it.visibility.as_str() {
        "Public" => Cell::Text("public"),
        _ => Cell::Text("private"),
    }),
    selected_alone("isArchived", |it| {
        it.team.as_ref().map_or(Cell::Null, |team| Cell::Bool(team.archived))
    }),
    selected("isManagementRestricted", |_| Cell::Null),
    selected("licenseProcessingState", |_| Cell::Map(Vec::new())),
    selected("onPremisesExtensionAttributes", |_| {
        Cell::Map(EXTENSION_ATTRIBUTES.map(|name| (name, Cell::Null)).to_vec())
    }),
    none("assignedLabels"),
    none("assignedLicenses"),
    none("infoCatalogs"),
    null("hasMembersWithLicenseErrors"),
    null("organizationId"),
    null("welcomeMessageEnabled"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_roster_keeps_its_order_and_drops_the_second_mention() {
        let (a, b) = (ObjectRef::Person(7), ObjectRef::Group(1));
        let roster = Roster::new([a, b, a]);
        assert_eq!(roster.all(), [a, b]);
        assert!(roster.has(a) && roster.has(b) && !roster.has(ObjectRef::Person(1)));
    }
}
