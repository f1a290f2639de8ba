//! What the errors of OAuth mean, as data. The name decides what kind of problem it is.

use crate::protocol::ProblemKind;

/// Who can mend it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    /// The person at the keyboard.
    You,
    /// An administrator of the organisation.
    Administrator,
    /// Whoever registered the application.
    Registrant,
}

/// The words for one error. `{client}` and `{tenant}` stand for the ids in use.
#[derive(Debug)]
pub(super) struct Help {
    pub(super) what: &'static str,
    pub(super) who: Who,
    /// For the person a sentence; for others what to ask them for, after "to".
    pub(super) next: &'static str,
}

/// An error of OAuth.
pub(super) struct Error {
    pub(super) name: &'static str,
    pub(super) kind: ProblemKind,
    pub(super) help: Help,
}

pub(super) const fn you(what: &'static str, next: &'static str) -> Help {
    Help {
        what,
        who: Who::You,
        next,
    }
}

pub(super) const fn administrator(what: &'static str, next: &'static str) -> Help {
    Help {
        what,
        who: Who::Administrator,
        next,
    }
}

pub(super) const fn registrant(what: &'static str, next: &'static str) -> Help {
    Help {
        what,
        who: Who::Registrant,
        next,
    }
}

const fn error(name: &'static str, kind: ProblemKind, help: Help) -> Error {
    Error { name, kind, help }
}

pub(super) const AGAIN: &str = "Sign in again.";
pub(super) const BROWSER: &str = "Sign in again in the browser, and follow the steps there.";
pub(super) const CODE_ENDED: &str = "The code was not used in time.";
pub(super) const FRESH_CODE: &str = "Sign in again for a fresh code.";
const DECLINED: &str = "The sign-in was declined.";
pub(super) const CHECK_SCOPES: &str =
    "Correct the profile's `scopes`; `folkmoot auth setup` lists those that folkmoot uses.";
const REPORT: &str = "Check the profile's tenant and client id; if they are right, please report this.";
pub(super) const BUSY: &str = "The sign-in service is not available at the moment.";
pub(super) const LATER: &str = "Try again in a minute.";
const NO_CLIENT: &str = "The sign-in service does not accept the application {client}.";

/// RFC 6749 §4.1.2.1 and §5.2, RFC 8628 §3.5, RFC 8707 §2, OpenID Connect Core §3.1.2.6, and what Entra has besides.
pub(super) const ERRORS: &[Error] = &[
    error(
        "invalid_request",
        ProblemKind::Config,
        you(
            "The sign-in service does not understand the request as the profile has it made.",
            REPORT,
        ),
    ),
    error(
        "invalid_client",
        ProblemKind::Config,
        registrant(
            NO_CLIENT,
            "register it as a public client; `folkmoot auth setup` says how.",
        ),
    ),
    error(
        "invalid_tenant",
        ProblemKind::Config,
        you(
            "The sign-in service knows no tenant {tenant}.",
            "Check the profile's tenant (a domain, an id, or `organizations`) and its cloud.",
        ),
    ),
    error(
        "unauthorized_client",
        ProblemKind::Config,
        registrant(
            NO_CLIENT,
            "allow this way of signing in; `folkmoot auth setup` says how.",
        ),
    ),
    error(
        "invalid_grant",
        ProblemKind::SignIn,
        you("Your sign-in has ended or was withdrawn.", AGAIN),
    ),
    error(
        "unsupported_grant_type",
        ProblemKind::Config,
        you(
            "The sign-in service does not know this way of signing in.",
            "Choose another with --method browser or --method device.",
        ),
    ),
    error(
        "unsupported_response_type",
        ProblemKind::Config,
        you(
            "The sign-in service does not know this way of signing in.",
            "Choose another with --method device.",
        ),
    ),
    error(
        "invalid_scope",
        ProblemKind::Config,
        you("A permission that was asked for does not exist there.", CHECK_SCOPES),
    ),
    error(
        "invalid_resource",
        ProblemKind::Config,
        you(
            "The sign-in service does not know the Graph service that was asked for.",
            "Check that the profile's cloud and Graph address belong to your organisation.",
        ),
    ),
    error(
        "invalid_target",
        ProblemKind::Config,
        you(
            "The sign-in service does not know the Graph service that was asked for.",
            "Check that the profile's cloud and Graph address belong to your organisation.",
        ),
    ),
    error("access_denied", ProblemKind::SignIn, you(DECLINED, AGAIN)),
    error("authorization_declined", ProblemKind::SignIn, you(DECLINED, AGAIN)),
    error("expired_token", ProblemKind::SignIn, you(CODE_ENDED, FRESH_CODE)),
    error("code_expired", ProblemKind::SignIn, you(CODE_ENDED, FRESH_CODE)),
    error(
        "bad_verification_code",
        ProblemKind::SignIn,
        you("The sign-in service does not know this code.", FRESH_CODE),
    ),
    error(
        "authorization_pending",
        ProblemKind::SignIn,
        you(
            "Nobody has typed the code yet.",
            "Type it at the address that is shown.",
        ),
    ),
    error(
        "slow_down",
        ProblemKind::Throttled,
        you("The sign-in service was asked too often.", "Wait a little."),
    ),
    error(
        "interaction_required",
        ProblemKind::SignIn,
        you("The sign-in service wants to see you in person.", BROWSER),
    ),
    error(
        "login_required",
        ProblemKind::SignIn,
        you("The sign-in service wants you to sign in.", AGAIN),
    ),
    error(
        "account_selection_required",
        ProblemKind::SignIn,
        you("The sign-in service wants you to choose an account.", BROWSER),
    ),
    error(
        "consent_required",
        ProblemKind::SignIn,
        you(
            "Nobody has consented to the permissions that folkmoot asks for.",
            "Sign in again in the browser and accept them; where that is not offered, an administrator must.",
        ),
    ),
    error("temporarily_unavailable", ProblemKind::Server, you(BUSY, LATER)),
    error(
        "server_error",
        ProblemKind::Server,
        you("The sign-in service failed.", LATER),
    ),
];
