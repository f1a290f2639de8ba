//! Which permission an operation needs, and so whether a refusal is for want of one, or of a role.

use std::sync::Arc;

use super::client::Client;
use crate::domain::{Id, Text};
use crate::protocol::capability::{
    ANSWERING, COLLEAGUES, DETAILS, DOCUMENTS, FILES, GROUPS, HIDDEN_MEMBERS, NEAR_OTHERS, NEARBY, OWN_CHANGES,
    OWN_PROFILE, READING, SEEN, TEAMS,
};
use crate::protocol::{Capability, Problem, ProblemKind};

/// How the path of an operation begins and ends, with `{id}` for each key, and what it needs: all of these, the usual
/// one first. Before the path of a change stands its method. The first row that fits counts.
const NEEDS: &[(&str, &str, &[&Capability])] = &[
    ("/groups/{id}/threads", "/$value", &[&FILES]),
    ("/groups/{id}/threads", "/attachments/{id}", &[&FILES]),
    ("/groups/{id}/threads", "", &[&READING]),
    ("/groups/{id}/conversations", "", &[&READING]),
    ("POST /groups/{id}/threads", "", &[&ANSWERING]),
    ("PATCH /groups/{id}/threads", "", &[&ANSWERING]),
    ("DELETE /groups/{id}/threads", "", &[&ANSWERING]),
    ("POST /groups/{id}/conversations", "", &[&ANSWERING]),
    ("DELETE /groups/{id}/conversations", "", &[&ANSWERING]),
    ("POST /groups/{id}/resetUnseenCount", "", &[&SEEN]),
    ("/groups/{id}/members", "", &[&GROUPS, &HIDDEN_MEMBERS]),
    ("/groups/{id}/owners", "", &[&GROUPS, &HIDDEN_MEMBERS]),
    ("/groups", "", &[&GROUPS]),
    ("/me/memberOf", "", &[&GROUPS]),
    ("/me/transitiveMemberOf", "", &[&GROUPS]),
    ("/me/checkMember", "", &[&GROUPS]),
    ("/me/insights", "", &[&DOCUMENTS]),
    ("/me/joinedTeams", "", &[&TEAMS]),
    ("/me/teamwork", "", &[&TEAMS]),
    ("/me/ownedObjects", "", &[&GROUPS]),
    ("/me/people", "", &[&NEARBY]),
    ("/me", "", &[&OWN_PROFILE]),
    ("/organization", "", &[&OWN_PROFILE]),
    ("/users/{id}", "/memberOf/microsoft.graph.group", &[&GROUPS]),
    ("/users/{id}", "/transitiveMemberOf/microsoft.graph.group", &[&GROUPS]),
    ("/users/{id}", "/checkMemberGroups", &[&GROUPS]),
    ("/users/{id}", "/checkMemberObjects", &[&GROUPS]),
    ("/users/{id}", "/people", &[&NEAR_OTHERS]),
    ("/users/{id}", "/insights/trending", &[&DOCUMENTS]),
    ("/users/{id}", "/joinedTeams", &[&TEAMS]),
    ("/users/{id}", "/teamwork/associatedTeams", &[&TEAMS]),
    ("/users/{id}/photo", "", &[&COLLEAGUES]),
    ("PATCH /me", "", &[&OWN_CHANGES]),
    ("PUT /me/photo", "", &[&OWN_CHANGES]),
    ("/users/{id}", "", &[&DETAILS]),
    ("/users", "", &[&COLLEAGUES]),
];

/// What no permission opens to a person about others: only applications may ask for it.
/// <https://learn.microsoft.com/graph/api/user-list-joinedteams>
const OWN_ONLY: [&str; 2] = ["/joinedTeams", "/teamwork/associatedTeams"];

/// A request, as far as the words of a refusal depend on it.
pub(super) struct Asked {
    /// Where it went.
    pub(super) place: Place,
    /// The path with `{id}` for each key.
    pub(super) template: String,
    /// The scopes of the token, where they are known.
    pub(super) granted: Option<Arc<[String]>>,
    /// Whether a person has written it: then they are to hear what Graph says of it.
    pub(super) verbatim: bool,
}

/// Where a request went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Wherever.
    Any,
    /// To a group's mailbox.
    GroupMail,
}

impl Place {
    /// Where a request goes that a group's mailbox serves, or none.
    pub(super) fn of(mailbox: Option<&Id>) -> Self {
        match mailbox {
            Some(_) => Place::GroupMail,
            None => Place::Any,
        }
    }
}

impl Asked {
    fn needs(&self) -> &'static [&'static Capability] {
        NEEDS
            .iter()
            .find(|(begins, ends, _)| self.template.starts_with(begins) && self.template.ends_with(ends))
            .map_or(&[], |(.., needs)| needs)
    }

    /// Says of a refusal whether a permission is missing, or a role or membership. Where the token's scopes are not known
    /// it can only name the permissions.
    pub(super) fn tell_why(&self, problem: &mut Problem) {
        if problem.kind != ProblemKind::Forbidden || problem.status != Some(403) {
            return;
        }
        if self.template.starts_with("/users/{id}") && OWN_ONLY.iter().any(|end| self.template.ends_with(end)) {
            problem.what = Text::new("Graph tells people about their own teams only.");
            problem.next = Text::new("`folkmoot user teams` lists yours.");
            return;
        }
        let is_denied = problem
            .code
            .as_ref()
            .is_some_and(|code| code.as_str() == "ErrorAccessDenied");
        // A change is written with its method.
        if is_denied && self.place == Place::GroupMail && self.template.starts_with('/') {
            problem.what = Text::new(
                "The group does not let you read its conversations: you are not a member of it, or are a guest of the \
                 organisation.",
            );
        }
        let needs = self.needs();
        let granted = self.granted.as_deref().filter(|granted| !granted.is_empty());
        match (granted, needs, self.place) {
            (_, [], _) => {}
            (Some(granted), needs, place) => match needs.iter().find(|need| !need.is_granted(granted)) {
                Some(missing) => say_missing(problem, missing),
                // Every refusal of a mailbox has the words that fit.
                None if place == Place::GroupMail => {}
                None if self.template == "/users" => {
                    problem.what = Text::new("The directory does not let you search it: guests may not.");
                    problem.next = Text::new("Give the whole address or the id of the one you mean.");
                }
                None => {
                    problem.what = Text::new(
                        "Your sign-in has the permission for this, but your role in the directory or in the group does not allow it.",
                    );
                    problem.next = Text::new("Ask an owner of the group, or an administrator, for the role.");
                }
            },
            (None, _, Place::GroupMail) => {}
            (None, needs, Place::Any) => {
                let scopes: Vec<&str> = needs.iter().map(|need| need.scope()).collect();
                problem.next = Text::new(&format!(
                    "It needs the {} {}, which {} can grant.",
                    if scopes.len() == 1 { "permission" } else { "permissions" },
                    scopes.join(" and "),
                    if needs.iter().any(|need| need.admin) {
                        "an administrator"
                    } else {
                        "you"
                    }
                ));
            }
        }
    }
}

impl Client {
    /// Why something may not be seen for which a permission is needed; `None` where it was granted, or that is not known.
    pub fn lacks(&self, need: &Capability) -> Option<Problem> {
        let granted = self.tokens().granted()?;
        if granted.is_empty() || need.is_granted(&granted) {
            return None;
        }
        let mut problem = Problem::new(ProblemKind::Forbidden, "", "");
        say_missing(&mut problem, need);
        Some(problem)
    }
}

fn say_missing(problem: &mut Problem, need: &Capability) {
    let scope = need.scope();
    problem.missing = Some(scope);
    problem.what = Text::new(&format!(
        "This needs the permission {scope} ({}), which was not granted to this sign-in.",
        need.what
    ));
    let consent = if need.admin {
        "an administrator must consent to it"
    } else {
        "you can consent to it yourself"
    };
    problem.next = Text::new(&format!(
        "Ask for it with :capabilities, or with `folkmoot auth login --scope {scope}`; {consent}."
    ));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Kind, Target};
    use crate::graph::request::template;
    use crate::graph::{
        around, attachments, conversations, groups, members, people, posts, profile, seen, sending, threads,
    };

    fn asked(template: &str, place: Place, granted: Option<&[&str]>) -> Asked {
        Asked {
            place,
            template: template.into(),
            granted: granted.map(|scopes| scopes.iter().map(|scope| (*scope).to_owned()).collect()),
            verbatim: false,
        }
    }

    fn told(template: &str, place: Place, granted: Option<&[&str]>) -> Problem {
        let mut problem = Problem {
            status: Some(403),
            ..Problem::new(ProblemKind::Forbidden, "In its own words.", "Next.")
        };
        asked(template, place, granted).tell_why(&mut problem);
        problem
    }

    #[test]
    fn every_operation_has_a_row() {
        let id = Id::new("x");
        let listings = [
            threads::newest_first(&id),
            threads::of_conversation(&id, &id),
            conversations::newest_first(&id),
            attachments::of_post(&id, &id, &id),
            posts::of_thread(&id, &id),
            members::owners(&id),
            members::members(&id),
            people::organization(),
            people::reports(&id),
            people::member_of(&id),
            people::nearby(),
            people::search("x"),
            groups::all(),
            groups::search("x"),
            groups::belonging(),
            groups::owned(),
            groups::of_person(&id, true),
            members::transitive(&id),
            around::trending(None, None),
            around::trending(Some(&id), None),
            around::joined_teams(None),
            around::associated_teams(Some(&id)),
            around::relevant(Some(&id), None, true),
        ];
        let reads = [
            threads::by_id(&id, &id),
            conversations::by_id(&id, &id),
            posts::by_id(&id, &id, &id),
            attachments::by_id(&id, &id, &id, &id),
            attachments::item(&id, &id, &id, &id),
            attachments::content(&id, &id, &id, &id),
            groups::by_id(&id),
            seen::unseen(&id),
            people::me(),
            people::person(&id),
            people::with_managers(&id),
            people::line(&id),
            people::manager(&id),
            people::card(None),
            people::about(Some(&id)),
            profile::photo(None, None),
            profile::photo_bytes(Some(&id), Some("48x48")),
        ];
        let paths = listings.iter().map(|listing| &listing.first.path);
        for path in paths.chain(reads.iter().map(|read| &read.path)) {
            let template = template(path);
            assert!(!asked(&template, Place::Any, None).needs().is_empty(), "{template}");
        }
        let reply = |post| Kind::Reply {
            thread: id.clone(),
            post,
        };
        let conversation = id.clone();
        let (thread, post) = (id.clone(), id.clone());
        for kind in [
            reply(None),
            reply(Some(id.clone())),
            Kind::Conversation,
            Kind::Thread { conversation },
            Kind::Forward { thread, post },
        ] {
            let target = Target {
                group: id.clone(),
                kind,
                group_name: String::new(),
                topic: String::new(),
                quoted: None,
            };
            let write = sending::request(&target, &sending::Content::default()).unwrap();
            assert_eq!(asked(&write.asked(), Place::GroupMail, None).needs(), [&ANSWERING]);
        }
        for write in [
            threads::set_lock(&id, &id, true).unwrap(),
            threads::delete(&id, &id),
            conversations::delete(&id, &id),
        ] {
            assert_eq!(asked(&write.asked(), Place::GroupMail, None).needs(), [&ANSWERING]);
        }
        let seen = seen::reset(&id).asked();
        assert_eq!(asked(&seen, Place::GroupMail, None).needs(), [&SEEN]);
        let fields = serde_json::Map::new();
        for write in [profile::update(&fields).unwrap(), profile::put_photo(Vec::new())] {
            assert_eq!(asked(&write.asked(), Place::Any, None).needs(), [&OWN_CHANGES]);
        }
        assert_eq!(asked("/$batch", Place::Any, None).needs(), [] as [&Capability; 0]);
    }

    #[test]
    fn a_scope_that_was_not_granted_is_named_and_who_grants_it() {
        let readers: &[&str] = &["User.Read", "https://graph.microsoft.com/group.read.all"];
        let problem = told("POST /groups/{id}/threads/{id}/reply", Place::GroupMail, Some(readers));
        assert_eq!(problem.missing, Some("Group.ReadWrite.All"));
        assert!(problem.what.as_str().contains("Group.ReadWrite.All"), "{problem}");
        assert!(
            problem.next.as_str().contains("--scope Group.ReadWrite.All"),
            "{problem}"
        );
        assert!(problem.next.as_str().contains("administrator"), "{problem}");
        let problem = told("/me", Place::Any, Some(&["Mail.Read"]));
        assert!(problem.next.as_str().contains("yourself"), "{problem}");
        let problem = told("/groups/{id}/members", Place::Any, Some(readers));
        assert_eq!(problem.missing, Some("Member.Read.Hidden"));
    }

    #[test]
    fn no_permission_is_asked_for_that_would_not_help() {
        for granted in [None, Some(&["User.Read"][..]), Some(&["Team.ReadBasic.All"][..])] {
            for path in ["/users/{id}/joinedTeams", "/users/{id}/teamwork/associatedTeams"] {
                let problem = told(path, Place::Any, granted);
                assert_eq!(problem.missing, None);
                assert_eq!(problem.what.as_str(), "Graph tells people about their own teams only.");
                assert!(!problem.next.as_str().contains("permission"), "{problem}");
            }
        }
        let own = told("/me/joinedTeams", Place::Any, Some(&["User.Read"]));
        assert_eq!(own.missing, Some("Team.ReadBasic.All"));
    }

    #[test]
    fn where_the_scope_was_granted_it_is_the_role_or_the_membership() {
        let problem = told("/groups/{id}", Place::Any, Some(&["GroupMember.Read.All"]));
        assert_eq!(problem.missing, None);
        assert!(problem.what.as_str().contains("your role"), "{problem}");
        let problem = told("/groups/{id}/threads", Place::GroupMail, Some(&["Group.Read.All"]));
        assert_eq!(problem.what.as_str(), "In its own words.");
    }

    #[test]
    fn guests_hear_what_is_left_to_them() {
        let problem = told("/users", Place::Any, Some(&["User.ReadBasic.All"]));
        assert!(problem.what.as_str().contains("guests"), "{problem}");
        assert!(problem.next.as_str().contains("the whole address"), "{problem}");
        let mut problem = Problem {
            status: Some(403),
            code: Some(Text::new("ErrorAccessDenied")),
            ..Problem::new(ProblemKind::Forbidden, "In its own words.", "Next.")
        };
        for granted in [None, Some(&["Group.Read.All"][..])] {
            asked("/groups/{id}/threads", Place::GroupMail, granted).tell_why(&mut problem);
            let what = problem.what.as_str();
            assert!(what.contains("not a member") && what.contains("guest"), "{what}");
            assert!(!what.contains("write"), "{what}");
        }
    }

    #[test]
    fn where_scopes_are_not_known_the_permission_is_named_and_nothing_is_claimed() {
        for granted in [None, Some(&[][..])] {
            let problem = told("/users/{id}/directReports", Place::Any, granted);
            assert_eq!((problem.missing, problem.what.as_str()), (None, "In its own words."));
            assert!(problem.next.as_str().contains("User.Read.All"), "{problem}");
            let problem = told("/groups/{id}/members", Place::Any, granted);
            for scope in [GROUPS.scope(), HIDDEN_MEMBERS.scope()] {
                assert!(problem.next.as_str().contains(scope), "{problem}");
            }
            let problem = told("/groups/{id}/threads", Place::GroupMail, granted);
            assert_eq!(problem.next.as_str(), "Next.");
        }
    }

    #[test]
    fn other_problems_stay_as_they_are() {
        for (kind, status) in [(ProblemKind::NotFound, 404), (ProblemKind::SignIn, 403)] {
            let before = Problem {
                status: Some(status),
                ..Problem::new(kind, "What.", "Next.")
            };
            let mut problem = before.clone();
            asked("/me", Place::Any, Some(&["Mail.Read"])).tell_why(&mut problem);
            assert_eq!(problem, before);
        }
    }
}
