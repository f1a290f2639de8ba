//! Which permission an operation needs, and so whether a refusal is for want of one, or of a role.

#[cfg(test)]
mod tests;

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
