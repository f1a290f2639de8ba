//! What the errors of a sign-in service mean, as data: those of OAuth by name, those of Microsoft Entra by number.
//!
//! The name decides what kind of problem it is; a number only chooses better words, as Microsoft asks
//! (<https://learn.microsoft.com/entra/identity-platform/reference-error-codes>).

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

/// Errors of Entra that mean the same to a person.
pub(super) struct Numbers {
    pub(super) numbers: &'static [u64],
    pub(super) help: Help,
}

const fn you(what: &'static str, next: &'static str) -> Help {
    Help {
        what,
        who: Who::You,
        next,
    }
}

const fn administrator(what: &'static str, next: &'static str) -> Help {
    Help {
        what,
        who: Who::Administrator,
        next,
    }
}

const fn registrant(what: &'static str, next: &'static str) -> Help {
    Help {
        what,
        who: Who::Registrant,
        next,
    }
}

const fn error(name: &'static str, kind: ProblemKind, help: Help) -> Error {
    Error { name, kind, help }
}

const fn numbers(numbers: &'static [u64], help: Help) -> Numbers {
    Numbers { numbers, help }
}

const AGAIN: &str = "Sign in again.";
const BROWSER: &str = "Sign in again in the browser, and follow the steps there.";
const CODE_ENDED: &str = "The code was not used in time.";
const FRESH_CODE: &str = "Sign in again for a fresh code.";
const DECLINED: &str = "The sign-in was declined.";
const CONSENT: &str =
    "consent to folkmoot's permissions; `folkmoot auth setup` prints the link and a request to forward.";
const CHECK_SCOPES: &str = "Correct the profile's `scopes`; `folkmoot auth setup` lists those that folkmoot uses.";
const REPORT: &str = "Check the profile's tenant and client id; if they are right, please report this.";
const BUSY: &str = "The sign-in service is not available at the moment.";
const LATER: &str = "Try again in a minute.";
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

/// Entra's numbers (`AADSTS50076` …).
pub(super) const NUMBERS: &[Numbers] = &[
    numbers(
        &[50076, 50074, 50078, 50158, 500121],
        you(
            "Your organisation wants a second proof of who you are (multi-factor authentication).",
            BROWSER,
        ),
    ),
    numbers(
        &[50079, 50072, 53004],
        you(
            "Your organisation wants you to set up a second proof of who you are (multi-factor authentication).",
            BROWSER,
        ),
    ),
    numbers(
        &[53003, 530032, 530034, 530035],
        administrator(
            "Your organisation's rules (conditional access) block this sign-in.",
            "look it up in the sign-in log by the correlation id. A sign-in in the browser is often allowed where a device code is not.",
        ),
    ),
    numbers(
        &[53000, 530003, 50097, 135011],
        administrator(
            "Your organisation allows sign-in from devices only that it manages and finds in order (conditional access).",
            "enrol this device, or sign in from one that is enrolled.",
        ),
    ),
    numbers(
        &[53001],
        administrator(
            "Your organisation allows sign-in from devices only that have joined its domain (conditional access).",
            "join this device, or sign in from one that has.",
        ),
    ),
    numbers(
        &[53002],
        administrator(
            "Your organisation allows approved applications only, and folkmoot is not one (conditional access).",
            "approve the application {client}.",
        ),
    ),
    numbers(
        &[65001],
        you(
            "Nobody has consented to the permissions that folkmoot asks for.",
            "Sign in again in the browser and accept them; where that is not offered, an administrator must: `folkmoot auth setup` prints the link.",
        ),
    ),
    numbers(
        &[65004],
        you(
            "The permissions that folkmoot asks for were not accepted.",
            "Sign in again and accept them.",
        ),
    ),
    numbers(
        &[90094, 90095, 90093, 900941],
        administrator(
            "Only an administrator can consent to the permissions that folkmoot asks for.",
            CONSENT,
        ),
    ),
    numbers(
        &[65005, 650052, 650056, 650057],
        registrant(
            "The registration of the application {client} lacks a permission that folkmoot asks for.",
            "add the permissions that `folkmoot auth setup` lists.",
        ),
    ),
    numbers(
        &[7000218, 7000215, 7000222, 700025],
        registrant(
            "The application {client} is not registered as a public client.",
            "turn on “Allow public client flows” in its registration, under Authentication.",
        ),
    ),
    numbers(
        &[9002326, 9002327, 700084],
        registrant(
            "The application {client} is registered for web pages, not for programs like this one.",
            "add the platform “Mobile and desktop applications” with the redirect URI http://localhost.",
        ),
    ),
    numbers(
        &[700016, 70001, 700038, 900144],
        you(
            "The application {client} is not known in the tenant {tenant}.",
            "Check the profile's client id and tenant; `folkmoot auth setup` says how to register one.",
        ),
    ),
    numbers(
        &[7000112, 7000114],
        administrator("The application {client} is switched off here.", "switch it on."),
    ),
    numbers(
        &[90002, 90013, 900021, 900023, 50059, 50128],
        you(
            "There is no tenant {tenant} in this cloud.",
            "Check the profile's tenant (a domain, an id, or `organizations`) and its cloud.",
        ),
    ),
    numbers(
        &[50194],
        you(
            "The application {client} is for one tenant only, and the profile does not say which.",
            "Set the profile's tenant to that tenant's id or domain.",
        ),
    ),
    numbers(
        &[50020, 50034, 90072, 51004, 500208],
        you(
            "This account does not belong to the tenant {tenant}.",
            "Sign in with an account of that tenant, or set the profile's tenant to the account's own.",
        ),
    ),
    numbers(
        &[50105],
        administrator(
            "The application {client} is for assigned people only, and you are not among them.",
            "assign you to it.",
        ),
    ),
    numbers(
        &[50057],
        administrator("This account is switched off.", "switch it on."),
    ),
    numbers(
        &[50053],
        you(
            "This account is locked after too many tries.",
            "Wait some minutes, then sign in again.",
        ),
    ),
    numbers(
        &[50055, 50144],
        you(
            "The password of this account has ended.",
            "Sign in again in the browser and set a new one.",
        ),
    ),
    numbers(&[50126, 50056], you("The name or the password was wrong.", AGAIN)),
    numbers(
        &[700082, 70008],
        you("Your sign-in has ended: it was not used for too long.", AGAIN),
    ),
    numbers(
        &[70043, 70044, 50089, 50132],
        you(
            "Your organisation's rules for how often to sign in have ended this sign-in.",
            AGAIN,
        ),
    ),
    numbers(
        &[50173, 50133],
        you(
            "Your sign-in was withdrawn: the password was changed, or the sessions were ended.",
            AGAIN,
        ),
    ),
    numbers(&[70019, 70020], you(CODE_ENDED, FRESH_CODE)),
    numbers(
        &[70018],
        you("The sign-in service does not know this code.", FRESH_CODE),
    ),
    numbers(
        &[70016],
        you(
            "Nobody has typed the code yet.",
            "Type it at the address that is shown.",
        ),
    ),
    numbers(
        &[54005, 70000, 501481],
        you(
            "The browser's answer cannot be used: it was used already, or belongs to another sign-in.",
            AGAIN,
        ),
    ),
    numbers(
        &[50011, 500113, 500117],
        registrant(
            "The registration of the application {client} does not name the address that the browser is to come back to.",
            "add the redirect URI http://localhost under “Mobile and desktop applications”.",
        ),
    ),
    numbers(
        &[50196],
        you(
            "The sign-in service has seen the same request too often and refuses it for a while.",
            "Stop every folkmoot of this profile, wait some minutes, and sign in again.",
        ),
    ),
    numbers(
        &[700022, 28002, 28003],
        you(
            "The permissions that were asked for belong to more than one service.",
            "Keep the profile's `scopes` to Microsoft Graph's.",
        ),
    ),
    numbers(
        &[70011, 650053],
        you("A permission that was asked for does not exist there.", CHECK_SCOPES),
    ),
    numbers(
        &[500011, 50001],
        you(
            "Your organisation's cloud does not know the Graph service that was asked for.",
            "Check that the profile's cloud and Graph address belong to your organisation.",
        ),
    ),
    numbers(
        &[50058, 50140, 16000, 16003],
        you("The sign-in service wants to see you in person.", BROWSER),
    ),
    numbers(&[90033, 90024, 90006], you(BUSY, LATER)),
];
