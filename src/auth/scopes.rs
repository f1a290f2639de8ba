//! Which scopes are asked for, and how they are written on the wire.

use oauth2::Scope;

use crate::protocol::{CAPABILITIES, Problem, ProblemKind};

/// Scopes of OpenID Connect, which belong to no resource. `offline_access` brings the refresh token.
const OPENID: [&str; 3] = ["openid", "profile", "offline_access"];
/// Others of OpenID Connect, which may be asked for by a profile.
const OPENID_MORE: [&str; 3] = ["email", "address", "phone"];

/// The scopes of Graph to ask for: those of the profile, or else the least that folkmoot can work with; those that were
/// granted before, so that a sign-in never takes one away; and `more`. Bare names, such as `User.Read`.
///
/// # Errors
/// `Config` where one of them belongs to another service than `resource`: a token is good for one only.
pub(super) fn wanted(
    profile: &[String],
    granted: &[String],
    more: &[String],
    resource: Option<&str>,
) -> Result<Vec<String>, Problem> {
    let least = CAPABILITIES.iter().filter(|row| row.at_first).map(|row| row.scope());
    let first: Vec<&str> = if profile.is_empty() {
        least.collect()
    } else {
        profile.iter().map(String::as_str).collect()
    };
    let mut all: Vec<String> = Vec::new();
    let words = first.into_iter().chain(granted.iter().chain(more).map(String::as_str));
    for scope in words.flat_map(str::split_whitespace) {
        let scope = bare(scope, resource);
        if let (Some(resource), true) = (resource, scope.contains("://")) {
            return Err(Problem::new(
                ProblemKind::Config,
                &format!("The scope {scope} is not one of {resource}, and one sign-in is good for one service."),
                "Take it out of the profile's scopes.",
            ));
        }
        if !OPENID.contains(&scope) && !all.iter().any(|have| have.eq_ignore_ascii_case(scope)) {
            all.push(scope.to_owned());
        }
    }
    Ok(all)
}

/// The scopes of a token answer, or of a token: bare names, without those of OpenID Connect.
pub(super) fn granted<'a>(scopes: impl IntoIterator<Item = &'a str>, resource: Option<&str>) -> Vec<String> {
    scopes
        .into_iter()
        .map(|scope| bare(scope, resource))
        .filter(|scope| !scope.is_empty() && !is_openid(scope))
        .map(str::to_owned)
        .collect()
}

/// As they are sent: `prefix`, such as `https://graph.microsoft.us`, stands before Graph's own where it is given.
pub(super) fn on_the_wire(scopes: &[String], prefix: Option<&str>) -> Vec<Scope> {
    let own = scopes.iter().map(|scope| match prefix {
        Some(prefix) if !is_openid(scope) => format!("{}/{scope}", prefix.trim_end_matches('/')),
        _ => scope.clone(),
    });
    let openid = OPENID.iter().map(|scope| (*scope).to_owned());
    openid.chain(own).map(Scope::new).collect()
}

fn is_openid(scope: &str) -> bool {
    OPENID.contains(&scope) || OPENID_MORE.contains(&scope)
}

/// A scope without the address of its service.
fn bare<'a>(scope: &'a str, resource: Option<&str>) -> &'a str {
    resource
        .and_then(|resource| {
            let resource = resource.trim_end_matches('/');
            let (head, rest) = scope.split_at_checked(resource.len())?;
            rest.strip_prefix('/').filter(|_| head.eq_ignore_ascii_case(resource))
        })
        .unwrap_or(scope)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GRAPH: Option<&str> = Some("https://graph.microsoft.com");

    fn strings(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn the_least_is_asked_for_at_first_and_more_is_added_to_what_there_is() {
        let least = wanted(&[], &[], &[], GRAPH).unwrap();
        assert_eq!(least.first().map(String::as_str), Some("User.Read"));
        assert!(!least.contains(&"Group.ReadWrite.All".to_owned()), "{least:?}");
        let profile = strings(&["User.Read"]);
        let granted = strings(&["user.read", "People.Read"]);
        let more = strings(&["https://graph.microsoft.com/Sites.Read.All"]);
        assert_eq!(
            wanted(&profile, &granted, &more, GRAPH).unwrap(),
            ["User.Read", "People.Read", "Sites.Read.All"]
        );
    }

    #[test]
    fn a_scope_of_another_service_is_refused() {
        let other = strings(&["https://vault.azure.net/user_impersonation"]);
        let problem = wanted(&other, &[], &[], GRAPH).unwrap_err();
        assert_eq!(problem.kind, ProblemKind::Config);
        assert!(
            wanted(&other, &[], &[], None).is_ok(),
            "a provider of one's own has its own names"
        );
    }

    #[test]
    fn a_prefix_stands_before_graphs_scopes_only() {
        let scopes = strings(&["User.Read", "email"]);
        let written = |prefix| -> Vec<String> {
            on_the_wire(&scopes, prefix)
                .iter()
                .map(|scope| scope.to_string())
                .collect()
        };
        assert_eq!(
            written(None),
            ["openid", "profile", "offline_access", "User.Read", "email"]
        );
        assert_eq!(
            written(Some("https://graph.microsoft.us/")),
            [
                "openid",
                "profile",
                "offline_access",
                "https://graph.microsoft.us/User.Read",
                "email"
            ]
        );
    }

    #[test]
    fn what_was_granted_is_read_however_it_is_written() {
        let answer = "https://graph.microsoft.com/User.Read profile openid email  Group.Read.All";
        assert_eq!(granted(answer.split(' '), GRAPH), ["User.Read", "Group.Read.All"]);
    }
}
