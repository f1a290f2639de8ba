//! Which ways of signing in are tried, in which order, and why.

use super::browser::Opening;
use crate::config::{Account, Surroundings};
use crate::protocol::{Method, Problem, ProblemKind};

/// A way to try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Way {
    pub method: Method,
    /// For the browser: how the link gets into one.
    pub opening: Opening,
    /// Why this one, a plain sentence.
    pub why: &'static str,
}

const fn way(method: Method, opening: Opening, why: &'static str) -> Way {
    Way { method, opening, why }
}

const ASKED: &str = "This is the way that was asked for.";
const BY_LINK: &str = "The link works in any browser; the address it ends on can be pasted here.";

/// The ways to try, best first. `asked` is the way that the person or the profile names.
///
/// # Errors
/// `Config` where the way needs an application id, a command or the Azure CLI, and there is none.
pub(super) fn ways(asked: Option<Method>, account: &Account, around: &Surroundings) -> Result<Vec<Way>, Problem> {
    let has_screen = around.display && around.ssh.is_none();
    let ways = match asked {
        Some(Method::Browser) if has_screen => vec![way(Method::Browser, Opening::May, ASKED)],
        Some(method) => vec![way(method, Opening::ByHand, ASKED)],
        None if account.token_command.is_some() => vec![way(
            Method::TokenCommand,
            Opening::ByHand,
            "The profile has a token command.",
        )],
        None if account.client_id.is_none() && around.az.is_some() => vec![way(
            Method::AzureCli,
            Opening::ByHand,
            "No application id is configured, and the Azure CLI is here.",
        )],
        None if has_screen => vec![
            way(
                Method::Browser,
                Opening::Must,
                "There is a screen to show a browser on.",
            ),
            way(Method::Device, Opening::ByHand, "A code can be typed on any device."),
            way(Method::Browser, Opening::ByHand, BY_LINK),
        ],
        None if around.ssh.is_some() => vec![
            way(
                Method::Device,
                Opening::ByHand,
                "This is an SSH session: a code can be typed on any device.",
            ),
            way(Method::Browser, Opening::ByHand, BY_LINK),
        ],
        None => vec![
            way(
                Method::Device,
                Opening::ByHand,
                "There is no screen here: a code can be typed on any device.",
            ),
            way(Method::Browser, Opening::ByHand, BY_LINK),
        ],
    };
    let missing = |what, next| Err(Problem::new(ProblemKind::Config, what, next));
    match ways.first().map(|way| way.method) {
        Some(Method::Browser | Method::Device) if account.client_id.is_none() => missing(
            "No application id is configured, and folkmoot has none that is shared by everybody.",
            "Run `folkmoot auth setup`, which says how to register one, then set client_id or FOLKMOOT_CLIENT_ID.",
        ),
        Some(Method::TokenCommand) if account.token_command.is_none() => missing(
            "The profile has no token command.",
            "Set token_command in the profile to a command that prints an access token.",
        ),
        Some(Method::AzureCli) if around.az.is_none() => missing(
            "The Azure CLI is not on the PATH.",
            "Install it, or sign in another way: `folkmoot auth login --method browser`.",
        ),
        _ => Ok(ways),
    }
}

#[cfg(test)]
mod tests {
    use super::super::session::tests::account;
    use super::*;

    fn methods(asked: Option<Method>, account: &Account, around: &Surroundings) -> Vec<(Method, Opening)> {
        let ways = ways(asked, account, around).unwrap();
        ways.iter().map(|way| (way.method, way.opening)).collect()
    }

    #[test]
    fn the_order_suits_where_the_program_runs() {
        let desk = Surroundings {
            display: true,
            az: Some("/usr/bin/az".into()),
            ..Surroundings::default()
        };
        let ssh = Surroundings {
            ssh: Some("10.0.0.1 5 10.0.0.2 22".to_owned()),
            ..desk.clone()
        };
        let with_id = account("http://127.0.0.1:1");
        let without_id = Account {
            client_id: None,
            ..with_id.clone()
        };
        let with_command = Account {
            token_command: Some("true".to_owned()),
            ..with_id.clone()
        };
        let by_link = (Method::Browser, Opening::ByHand);
        let device = (Method::Device, Opening::ByHand);
        assert_eq!(
            methods(None, &with_id, &desk),
            [(Method::Browser, Opening::Must), device, by_link]
        );
        assert_eq!(methods(None, &with_id, &ssh), [device, by_link]);
        assert_eq!(methods(None, &with_id, &Surroundings::default()), [device, by_link]);
        assert_eq!(methods(None, &without_id, &ssh), [(Method::AzureCli, Opening::ByHand)]);
        assert_eq!(
            methods(None, &with_command, &desk),
            [(Method::TokenCommand, Opening::ByHand)]
        );
        assert_eq!(
            methods(Some(Method::Browser), &with_command, &desk),
            [(Method::Browser, Opening::May)]
        );
        assert_eq!(methods(Some(Method::Browser), &with_id, &ssh), [by_link]);
    }

    #[test]
    fn what_a_way_lacks_is_said() {
        let around = Surroundings::default();
        let without_id = Account {
            client_id: None,
            ..account("http://127.0.0.1:1")
        };
        for asked in [
            None,
            Some(Method::Device),
            Some(Method::TokenCommand),
            Some(Method::AzureCli),
        ] {
            let problem = ways(asked, &without_id, &around).unwrap_err();
            assert_eq!(problem.kind, ProblemKind::Config, "{asked:?}");
            assert!(!problem.next.is_empty(), "{asked:?}");
        }
    }
}
