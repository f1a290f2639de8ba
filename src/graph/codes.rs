//! What Graph's error codes and statuses mean, in plain words.
//! <https://learn.microsoft.com/graph/errors>

use super::needs::Place;
use crate::protocol::ProblemKind;

/// What one code means.
pub(super) struct Row {
    pub(super) code: &'static str,
    pub(super) place: Place,
    pub(super) kind: ProblemKind,
    pub(super) what: &'static str,
    pub(super) next: &'static str,
}

const fn row(code: &'static str, kind: ProblemKind, what: &'static str, next: &'static str) -> Row {
    Row {
        code,
        place: Place::Any,
        kind,
        what,
        next,
    }
}

const fn mail(code: &'static str, kind: ProblemKind, what: &'static str, next: &'static str) -> Row {
    Row {
        code,
        place: Place::GroupMail,
        kind,
        what,
        next,
    }
}

const NO_MAILBOX: &str = "There is no mailbox here, or not yet.";
const NO_MAILBOX_NEXT: &str = "Only Microsoft 365 groups have one; a new group gets its own within minutes.";
pub(super) const BUSY: &str = "Graph asks us to slow down.";
pub(super) const BUSY_NEXT: &str = "Wait a little, then try again.";
const ODD_QUERY: &str = "Graph cannot answer this question as it was asked.";
pub(super) const ODD_QUERY_NEXT: &str = "Please report this with the request id.";
pub(super) const ODD_ANSWER_NEXT: &str = "Try again; if it goes on, please report it with what stands in brackets.";

/// Codes whose meaning is worth more words than the server has. The first row that fits counts.
pub(super) const CODES: &[Row] = &[
    row(
        "InvalidAuthenticationToken",
        ProblemKind::SignIn,
        "Graph no longer accepts your sign-in.",
        "Sign in again.",
    ),
    row(
        "insufficient_claims",
        ProblemKind::SignIn,
        "Your organisation asks you to prove again who you are.",
        "Sign in again.",
    ),
    row(
        "Authorization_RequestDenied",
        ProblemKind::Forbidden,
        "Your sign-in lacks the permission for this, or your role in the directory does not allow it.",
        "Ask an administrator to grant the permission.",
    ),
    mail(
        "ErrorAccessDenied",
        ProblemKind::Forbidden,
        "The group does not let you: you are not a member of it, or are a guest, or who may write is restricted, or the \
         thread is locked.",
        "Ask an owner of the group.",
    ),
    row(
        "ErrorAccessDenied",
        ProblemKind::Forbidden,
        "Exchange does not let you see this.",
        "Ask its owner for access.",
    ),
    row(
        "MailboxNotEnabledForRESTAPI",
        ProblemKind::NotFound,
        NO_MAILBOX,
        NO_MAILBOX_NEXT,
    ),
    row(
        "ErrorNonExistentMailbox",
        ProblemKind::NotFound,
        NO_MAILBOX,
        NO_MAILBOX_NEXT,
    ),
    mail("ResourceNotFound", ProblemKind::NotFound, NO_MAILBOX, NO_MAILBOX_NEXT),
    row(
        "Request_ResourceNotFound",
        ProblemKind::NotFound,
        "The directory has no such person or group, or no longer.",
        "Read the list again.",
    ),
    row(
        "ErrorItemNotFound",
        ProblemKind::NotFound,
        "This conversation, post or file is not there, or no longer.",
        "Read the conversations again.",
    ),
    row(
        "ErrorInvalidIdMalformed",
        ProblemKind::NotFound,
        "Graph does not know this id.",
        "Read the conversations again.",
    ),
    row("ImageNotFound", ProblemKind::NotFound, "There is no photo.", ""),
    row(
        "Request_UnsupportedQuery",
        ProblemKind::General,
        ODD_QUERY,
        ODD_QUERY_NEXT,
    ),
    row(
        "ErrorUnsupportedPathForQuery",
        ProblemKind::General,
        ODD_QUERY,
        ODD_QUERY_NEXT,
    ),
    row(
        "FilteringOnConversations",
        ProblemKind::General,
        ODD_QUERY,
        ODD_QUERY_NEXT,
    ),
    row(
        "ConversationFilterOther",
        ProblemKind::General,
        ODD_QUERY,
        ODD_QUERY_NEXT,
    ),
    row(
        "ErrorGroupIsUsedInNonGroupURI",
        ProblemKind::General,
        "This is a group, not a person.",
        "Open it as a group.",
    ),
    row("TooManyRequests", ProblemKind::Throttled, BUSY, BUSY_NEXT),
    row("ApplicationThrottled", ProblemKind::Throttled, BUSY, BUSY_NEXT),
    row(
        "Directory_ConcurrencyViolation",
        ProblemKind::General,
        "Someone else was changing it at the same moment.",
        "Try again.",
    ),
    row(
        "Directory_ResultSizeLimitExceeded",
        ProblemKind::General,
        "There are more results than Graph hands out at once.",
        "Ask for fewer.",
    ),
    row("NotImplemented", ProblemKind::General, "Graph does not offer this.", ""),
    row(
        "ErrorMessageSizeExceeded",
        ProblemKind::General,
        "It is too large to send.",
        "Make it shorter.",
    ),
];

/// What a status means where the code says nothing more: kind, what, next. The first row whose range holds it counts.
pub(super) const STATUSES: &[(u16, u16, ProblemKind, &str, &str)] = &[
    (
        401,
        401,
        ProblemKind::SignIn,
        "Graph does not accept your sign-in.",
        "Sign in again.",
    ),
    (
        403,
        403,
        ProblemKind::Forbidden,
        "You are not allowed to do this.",
        "Ask an administrator or an owner.",
    ),
    (
        404,
        404,
        ProblemKind::NotFound,
        "It is not there.",
        "Read the list again.",
    ),
    (
        410,
        410,
        ProblemKind::NotFound,
        "It is no longer there.",
        "Read the list again.",
    ),
    (
        413,
        413,
        ProblemKind::General,
        "It is too large to send.",
        "Make it shorter.",
    ),
    (429, 429, ProblemKind::Throttled, BUSY, BUSY_NEXT),
    (
        300,
        399,
        ProblemKind::Server,
        "Graph sent us to another address, which the token must not go to.",
        "Check the Graph address in the configuration, and the proxy.",
    ),
    (
        407,
        407,
        ProblemKind::Config,
        "A proxy on the way wants a name and a password.",
        "Put them into the proxy's address, or ask whoever runs the network.",
    ),
    (
        451,
        451,
        ProblemKind::Forbidden,
        "The law forbids to show this here.",
        "Ask an administrator why.",
    ),
    (
        400,
        499,
        ProblemKind::General,
        "Graph did not accept the request.",
        ODD_ANSWER_NEXT,
    ),
    (
        503,
        504,
        ProblemKind::Server,
        "Graph is not available at the moment.",
        "Try again in a minute.",
    ),
    (500, 599, ProblemKind::Server, "Graph failed.", "Try again in a minute."),
    (
        0,
        999,
        ProblemKind::Server,
        "Graph answered something unexpected.",
        "Try again.",
    ),
];
