//! What went wrong, in words for the person.

use std::fmt;

use jiff::Timestamp;

use crate::domain::Text;

/// A failure as a person sees it: what happened, what to do next, and what a supporter would ask for.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// The family it belongs to; decides the exit code of a command.
    pub kind: ProblemKind,
    /// What happened, one plain sentence.
    pub what: Text,
    /// What to do next, one plain sentence.
    pub next: Text,
    /// The HTTP status, where there was an answer.
    pub status: Option<u16>,
    /// Graph's deepest error code.
    pub code: Option<Text>,
    /// Graph's `request-id`.
    pub request_id: Option<Text>,
    /// When trying again is allowed, for throttling.
    pub retry_at: Option<Timestamp>,
    /// The permission that was never granted, such as `Group.ReadWrite.All`, where that is why it was refused: a sign-in
    /// that asks for it may mend it.
    pub missing: Option<&'static str>,
}

/// Families of problems.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ProblemKind {
    /// None of the others.
    General,
    /// What was asked for makes no sense.
    Usage,
    /// Not signed in, or the token is no longer good.
    SignIn,
    /// The tokens are somebody else's by now: nothing goes out in their name that another has said.
    OtherAccount,
    /// Signed in, but not allowed.
    Forbidden,
    /// It does not exist.
    NotFound,
    /// Too many requests.
    Throttled,
    /// No connection, or it broke.
    Network,
    /// The server failed, or answered what cannot be read.
    Server,
    /// The configuration is wrong.
    Config,
}

impl Problem {
    /// A problem with a sentence and a next step, and nothing from a server.
    pub fn new(kind: ProblemKind, what: &str, next: &str) -> Self {
        Problem {
            kind,
            what: Text::new(what),
            next: Text::new(next),
            status: None,
            code: None,
            request_id: None,
            retry_at: None,
            missing: None,
        }
    }
}

impl Problem {
    /// The same with no next step: where it is not known what has happened, trying again may make it happen twice.
    #[must_use]
    pub fn not_to_be_tried_again(self) -> Self {
        Problem {
            next: Text::default(),
            ..self
        }
    }

    /// Whether it may well go by itself: there is no connection, or Graph wants quiet.
    pub fn passes(&self) -> bool {
        matches!(self.kind, ProblemKind::Network | ProblemKind::Throttled)
    }

    /// Whether the server says that what was asked for is gone or may not be seen.
    pub fn denies(&self) -> bool {
        matches!(self.kind, ProblemKind::Forbidden | ProblemKind::NotFound)
    }

    /// Whether it may well be the one thing that was asked for, so that others can still be had: the server denies it, or
    /// fails at it.
    pub fn is_of_one(&self) -> bool {
        self.denies() || (self.kind == ProblemKind::Server && self.status.is_some())
    }
}

impl fmt::Display for Problem {
    /// `what next [HTTP status code; request id]`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.what)?;
        if !self.next.is_empty() {
            write!(f, " {}", self.next)?;
        }
        let mut facts = Vec::new();
        if let Some(status) = self.status {
            facts.push(match &self.code {
                Some(code) => format!("HTTP {status} {code}"),
                None => format!("HTTP {status}"),
            });
        }
        if let Some(request) = &self.request_id {
            facts.push(format!("request {request}"));
        }
        if facts.is_empty() {
            Ok(())
        } else {
            write!(f, " [{}]", facts.join("; "))
        }
    }
}

impl std::error::Error for Problem {}
