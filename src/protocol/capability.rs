//! What folkmoot can do, and the permission that each of it needs
//! (<https://learn.microsoft.com/graph/permissions-reference>).

/// A feature and the delegated permissions for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capability {
    /// What it lets a person do, in plain words.
    pub what: &'static str,
    /// Any one of these is enough; the first is the one to ask for.
    pub scopes: &'static [&'static str],
    /// Asked for at the first sign-in; the others when the feature is first used.
    pub at_first: bool,
    /// An administrator must consent to the first of the scopes.
    pub admin: bool,
}

impl Capability {
    /// Whether these scopes are enough. Scopes compare without regard to case, and to the address of the service before
    /// them.
    pub fn is_granted(&self, granted: &[String]) -> bool {
        let wider: &[&str] = match self.scopes.contains(&WHOLE_DIRECTORY) {
            true => &["Directory.ReadWrite.All", "Directory.AccessAsUser.All"],
            false => &[],
        };
        self.scopes.iter().chain(wider).any(|scope| {
            granted.iter().any(|have| {
                have.rsplit('/')
                    .next()
                    .is_some_and(|have| have.eq_ignore_ascii_case(scope))
            })
        })
    }

    /// The scope to ask for.
    pub fn scope(&self) -> &'static str {
        self.scopes.first().copied().unwrap_or_default()
    }
}

/// Whoever may do more with the directory may do what this allows, too.
const WHOLE_DIRECTORY: &str = "Directory.Read.All";

const fn row(what: &'static str, scopes: &'static [&'static str], at_first: bool, admin: bool) -> Capability {
    Capability {
        what,
        scopes,
        at_first,
        admin,
    }
}

/// The person's own profile.
pub const OWN_PROFILE: Capability = row(
    "your own profile",
    &["User.Read", "User.ReadWrite", "User.Read.All"],
    true,
    false,
);

/// Who others are.
pub const COLLEAGUES: Capability = row(
    "names and addresses of colleagues",
    &[
        "User.ReadBasic.All",
        "User.Read.All",
        "User.ReadWrite.All",
        WHOLE_DIRECTORY,
    ],
    true,
    false,
);

/// Who matters most to the person, of all colleagues.
pub const NEARBY: Capability = row(
    "the people you work with",
    &["People.Read", "People.Read.All"],
    false,
    false,
);

/// Groups as the directory has them.
pub const GROUPS: Capability = row(
    "groups and their members",
    &[
        "GroupMember.Read.All",
        "GroupMember.ReadWrite.All",
        "Group.Read.All",
        "Group.ReadWrite.All",
        WHOLE_DIRECTORY,
    ],
    true,
    true,
);

/// Threads, posts and attachments of a group's mailbox.
pub const READING: Capability = row(
    "reading conversations",
    &[
        "Group.Read.All",
        "Group.ReadWrite.All",
        "Group-Conversation.Read.All",
        "Group-Conversation.ReadWrite.All",
    ],
    true,
    true,
);

/// Attachments one by one.
pub const FILES: Capability = row(
    "saving attachments",
    &["Group.Read.All", "Group.ReadWrite.All"],
    false,
    true,
);

/// Conversations that a person has looked at.
pub const SEEN: Capability = row("marking conversations as seen", &["Group.ReadWrite.All"], false, true);

/// Everything that changes a group's mail.
pub const ANSWERING: Capability = row(
    "writing in conversations",
    &["Group.ReadWrite.All", "Group-Conversation.ReadWrite.All"],
    false,
    true,
);

/// More of others than their names.
pub const DETAILS: Capability = row(
    "job titles, managers and reports of colleagues",
    &["User.Read.All", "User.ReadWrite.All", WHOLE_DIRECTORY],
    false,
    true,
);

/// Changes to what is one's own.
pub const OWN_CHANGES: Capability = row(
    "changing your own profile and photo",
    &["User.ReadWrite", "User.ReadWrite.All"],
    false,
    false,
);

/// Who matters most to others.
pub const NEAR_OTHERS: Capability = row(
    "the people that colleagues work with",
    &["People.Read.All"],
    false,
    true,
);

/// Documents around a person.
pub const DOCUMENTS: Capability = row(
    "documents that are trending around people",
    &["Sites.Read.All", "Sites.ReadWrite.All"],
    false,
    false,
);

/// Teams.
pub const TEAMS: Capability = row(
    "the teams you belong to",
    &[
        "Team.ReadBasic.All",
        "TeamSettings.Read.All",
        "TeamSettings.ReadWrite.All",
    ],
    false,
    false,
);

/// Members that Graph otherwise shows to other members only.
pub const HIDDEN_MEMBERS: Capability = row("members of groups that hide them", &["Member.Read.Hidden"], false, true);

/// Every capability. Many tenants know only the coarse permissions, so those are asked for where finer ones exist.
pub const CAPABILITIES: &[Capability] = &[
    OWN_PROFILE,
    COLLEAGUES,
    GROUPS,
    READING,
    FILES,
    ANSWERING,
    SEEN,
    DETAILS,
    NEARBY,
    OWN_CHANGES,
    NEAR_OTHERS,
    DOCUMENTS,
    TEAMS,
    HIDDEN_MEMBERS,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_scope_of_a_row_is_enough_however_it_is_written() {
        let [own, .., hidden] = CAPABILITIES else {
            panic!("the table is too short")
        };
        for granted in ["User.Read", "user.read", "https://graph.microsoft.com/User.Read"] {
            assert!(own.is_granted(&[granted.to_owned()]), "{granted}");
            assert!(!hidden.is_granted(&[granted.to_owned()]), "{granted}");
        }
        assert!(!own.is_granted(&["User.ReadBasic.All".to_owned()]));
        for wider in ["Directory.ReadWrite.All", "Directory.AccessAsUser.All"] {
            assert!(DETAILS.is_granted(&[wider.to_owned()]), "{wider}");
            assert!(!ANSWERING.is_granted(&[wider.to_owned()]), "{wider}");
        }
    }

    #[test]
    fn every_row_names_a_scope() {
        assert!(
            CAPABILITIES
                .iter()
                .all(|row| !row.scope().is_empty() && !row.what.is_empty())
        );
    }
}
