//! Graph's delegated permissions: which exist, and which of them an operation needs.
//! <https://learn.microsoft.com/graph/permissions-reference>

/// What suffices for an operation: any one permission of a list.
#[derive(Debug)]
pub struct Needs {
    /// For what is one's own.
    pub own: &'static [&'static str],
    /// For everything else.
    pub others: &'static [&'static str],
}

const fn any(of: &'static [&'static str]) -> Needs {
    Needs { own: of, others: of }
}

/// Others by their names and addresses.
pub const USER: &[&str] = &[
    "User.ReadBasic.All",
    "User.Read.All",
    "User.ReadWrite.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
];
/// Everything that is known of others.
pub const FULL_USER: &[&str] = &[
    "User.Read.All",
    "User.ReadWrite.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
];

/// The organization.
pub static ORGANIZATION: Needs = any(&[
    "User.Read",
    "Organization.Read.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
]);
/// Lists of people.
pub static USERS: Needs = any(USER);
/// One person.
pub static PERSON: Needs = Needs {
    own: &[
        "User.Read",
        "User.ReadWrite",
        "User.ReadBasic.All",
        "User.Read.All",
        "User.ReadWrite.All",
        "Directory.Read.All",
        "Directory.ReadWrite.All",
    ],
    others: USER,
};
/// A person's manager.
pub static MANAGER: Needs = any(FULL_USER);
/// Whose manager a person is.
pub static REPORTS: Needs = any(&[
    "User.Read",
    "User.Read.All",
    "User.ReadWrite.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
]);
/// What a person belongs to.
pub static MEMBER_OF: Needs = any(&[
    "User.Read",
    "User.Read.All",
    "GroupMember.ReadBasic.All",
    "GroupMember.Read.All",
    "Group.ReadBasic.All",
    "Group.Read.All",
    "Group.ReadWrite.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
]);
/// Which groups a person belongs to, asked by their ids: to see the person, one's own included, is not enough.
pub static CHECK_PERSON: Needs = any(&[
    "GroupMember.Read.All",
    "Group.Read.All",
    "Group.ReadWrite.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
]);
/// Objects by their ids.
pub static BY_IDS: Needs = any(&["Directory.Read.All", "Directory.ReadWrite.All"]);
/// People whom someone works with.
pub static PEOPLE: Needs = Needs {
    own: &["People.Read", "People.Read.All"],
    others: &["People.Read.All"],
};
/// Changes to a person.
pub static PERSON_WRITE: Needs = Needs {
    own: &["User.ReadWrite", "User.ReadWrite.All", "Directory.ReadWrite.All"],
    others: &["User.ReadWrite.All", "Directory.ReadWrite.All"],
};
/// Changes to a person's photo.
pub static PHOTO_WRITE: Needs = Needs {
    own: &["User.ReadWrite", "User.ReadWrite.All", "ProfilePhoto.ReadWrite.All"],
    others: &["User.ReadWrite.All", "ProfilePhoto.ReadWrite.All"],
};
/// Documents around a person.
pub static TRENDING: Needs = any(&["Sites.Read.All", "Sites.ReadWrite.All"]);
/// Teams that a person belongs to.
pub static JOINED_TEAMS: Needs = any(&[
    "Team.ReadBasic.All",
    "TeamSettings.Read.All",
    "TeamSettings.ReadWrite.All",
    "User.Read.All",
    "User.ReadWrite.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
]);
/// Teams that a person knows.
pub static ASSOCIATED_TEAMS: Needs = any(&[
    "Team.ReadBasic.All",
    "TeamSettings.Read.All",
    "TeamSettings.ReadWrite.All",
]);
/// What a person owns.
pub static OWNED: Needs = Needs {
    own: &["User.Read", "User.Read.All", "Directory.Read.All"],
    others: &["User.Read.All", "Directory.Read.All"],
};
/// A person's photo.
pub static PHOTO: Needs = any(&[
    "User.Read",
    "User.ReadWrite",
    "User.ReadBasic.All",
    "User.Read.All",
    "User.ReadWrite.All",
    "ProfilePhoto.Read.All",
    "ProfilePhoto.ReadWrite.All",
]);
/// Groups and who belongs to them.
pub static GROUPS: Needs = any(&[
    "GroupMember.Read.All",
    "GroupMember.ReadWrite.All",
    "Group.ReadBasic.All",
    "Group.Read.All",
    "Group.ReadWrite.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
]);
/// Members.
pub static MEMBERS: Needs = any(&[
    "GroupMember.ReadBasic.All",
    "GroupMember.Read.All",
    "GroupMember.ReadWrite.All",
    "Group.ReadBasic.All",
    "Group.Read.All",
    "Group.ReadWrite.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
]);
/// Owners.
pub static OWNERS: Needs = any(&[
    "GroupMember.Read.All",
    "GroupMember.ReadWrite.All",
    "Group.Read.All",
    "Group.ReadWrite.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
]);
/// A group's photo.
pub static GROUP_PHOTO: Needs = any(&[
    "Group.Read.All",
    "Group.ReadWrite.All",
    "ProfilePhoto.Read.All",
    "ProfilePhoto.ReadWrite.All",
]);
/// Changes to a group.
pub static GROUP_WRITE: Needs = any(&["Group.ReadWrite.All"]);
/// Conversations, threads, posts.
pub static MAIL: Needs = any(&[
    "Group-Conversation.Read.All",
    "Group-Conversation.ReadWrite.All",
    "Group.Read.All",
    "Group.ReadWrite.All",
]);
/// One attachment.
pub static ATTACHMENT: Needs = any(&["Group.Read.All", "Group.ReadWrite.All"]);
/// An open extension of a post.
pub static EXTENSION: Needs = any(&["Group.Read.All", "Group.ReadWrite.All"]);
/// An open extension of a group.
pub static GROUP_EXTENSION: Needs = any(&[
    "Group.Read.All",
    "Group.ReadWrite.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
]);
/// Changes to one.
pub static GROUP_EXTENSION_WRITE: Needs = any(&["Group.ReadWrite.All", "Directory.ReadWrite.All"]);
/// Everything that changes a group's mail: new posts, forwarding, locking, deleting.
pub static MAIL_WRITE: Needs = any(&["Group-Conversation.ReadWrite.All", "Group.ReadWrite.All"]);

/// Every permission that can be asked for.
const NAMES: &[&str] = &[
    "Application.Read.All",
    "Calendars.Read",
    "Calendars.ReadBasic",
    "Calendars.ReadWrite",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
    "Group-Conversation.Read.All",
    "Group-Conversation.ReadWrite.All",
    "Group.Read.All",
    "Group.ReadBasic.All",
    "Group.ReadWrite.All",
    "GroupMember.Read.All",
    "GroupMember.ReadBasic.All",
    "GroupMember.ReadWrite.All",
    "GroupSettings.Read.All",
    "GroupSettings.ReadWrite.All",
    "Member.Read.Hidden",
    "Organization.Read.All",
    "People.Read",
    "People.Read.All",
    "ProfilePhoto.Read.All",
    "ProfilePhoto.ReadWrite.All",
    "RoleManagement.ReadWrite.Directory",
    "Sites.Read.All",
    "Sites.ReadWrite.All",
    "Tasks.Read",
    "Tasks.ReadWrite",
    "Team.ReadBasic.All",
    "TeamSettings.Read.All",
    "TeamSettings.ReadWrite.All",
    "User.Read",
    "User.Read.All",
    "User.ReadBasic.All",
    "User.ReadWrite",
    "User.ReadWrite.All",
    "User.RevokeSessions.All",
];

/// A permission in Graph's own spelling, by its name in any case.
pub fn named(name: &str) -> Option<&'static str> {
    NAMES.iter().copied().find(|known| known.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_needed_can_be_asked_for() {
        let all = [
            &ORGANIZATION,
            &USERS,
            &PERSON,
            &MANAGER,
            &REPORTS,
            &MEMBER_OF,
            &CHECK_PERSON,
            &BY_IDS,
            &PEOPLE,
            &PERSON_WRITE,
            &PHOTO_WRITE,
            &TRENDING,
            &JOINED_TEAMS,
            &ASSOCIATED_TEAMS,
            &OWNED,
            &PHOTO,
            &GROUPS,
            &MEMBERS,
            &OWNERS,
            &GROUP_PHOTO,
            &GROUP_WRITE,
            &MAIL,
            &ATTACHMENT,
            &EXTENSION,
            &GROUP_EXTENSION,
            &GROUP_EXTENSION_WRITE,
            &MAIL_WRITE,
        ];
        for name in all.iter().flat_map(|needs| needs.own.iter().chain(needs.others)) {
            assert_eq!(named(&name.to_lowercase()), Some(*name));
        }
    }
}
