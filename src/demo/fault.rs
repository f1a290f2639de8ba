//! Faults: how the tenant is told to misbehave.

mod written;

use std::time::Duration;

use jiff::Timestamp;

use super::authority::refusal::Refusal;
use super::error::GraphError;

pub use written::FaultError;

/// One way to misbehave: which requests, which of them, and how.
///
/// A request is one to Graph or one to the authority, whose paths do not start with `/v1.0`, such as
/// `/organizations/oauth2/v2.0/token`.
///
/// Written `[METHOD ]PATHGLOB@(N|*)=KIND[:ARG]`, for example `GET /groups/*/threads@2=429:3`. The glob is matched with
/// the decoded path after `/v1.0`; `*` stands for one segment, `**` for any number of them. `@N` hits the N-th matching
/// request alone, `@*` every one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub(super) method: Option<String>,
    pub(super) glob: String,
    pub(super) nth: Option<u64>,
    pub(super) kind: Kind,
}

/// What happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The answer comes this much later.
    Latency(Duration),
    /// 429, with `Retry-After` in seconds or without it.
    Throttled(Option<u64>),
    /// 500, 503 or 504, instead of doing what was asked.
    Status(u16),
    /// 403 or 404, with one of the codes that Graph answers with.
    Denied(GraphError),
    /// 401: the token has expired.
    Expired,
    /// 401 with a claims challenge: the person must sign in again.
    Claims,
    /// The authority refuses with this AADSTS code.
    Oauth(u32),
    /// The request is carried out, the body is cut in the middle, `Content-Length` is that of all of it.
    Truncate,
    /// The request is not carried out and never answered; the connection stays open.
    Hang,
    /// The request is carried out, and the connection closed without an answer.
    Drop,
}

/// Who is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Graph.
    Graph,
    /// The authority.
    Authority,
}

impl Kind {
    /// Whether it has a meaning there. What has none does not count the request either.
    pub fn concerns(&self, side: Side) -> bool {
        match self {
            Kind::Oauth(_) => side == Side::Authority,
            Kind::Expired | Kind::Claims | Kind::Denied(_) => side == Side::Graph,
            _ => true,
        }
    }

    /// The same as [`Kind::refusal`] for the authority.
    pub fn oauth_refusal(&self) -> Option<Refusal> {
        Some(match self {
            Kind::Oauth(code) => Refusal::of(*code),
            Kind::Throttled(after) => Refusal::unavailable(429, *after),
            Kind::Status(status) => Refusal::unavailable(*status, None),
            _ => return None,
        })
    }

    /// The error this kind answers with instead of carrying the request out, where it is of that sort.
    pub fn refusal(&self, now: Timestamp) -> Option<GraphError> {
        Some(match self {
            Kind::Throttled(after) => {
                let error = GraphError::new(429, "TooManyRequests", "Please retry again later.");
                match after {
                    Some(seconds) => error.with("retry-after", seconds.to_string()),
                    None => error,
                }
            }
            Kind::Status(503) => GraphError::new(503, "serviceNotAvailable", "The service is temporarily unavailable."),
            Kind::Status(504) => GraphError::new(504, "UnknownError", "The gateway did not receive an answer in time."),
            Kind::Status(status) => GraphError::new(*status, "generalException", "An unspecified error has occurred."),
            Kind::Denied(error) => error.clone(),
            Kind::Expired => GraphError::unauthenticated("Lifetime validation failed, the token is expired."),
            Kind::Claims => GraphError::challenged(now),
            Kind::Oauth(_) | Kind::Latency(_) | Kind::Truncate | Kind::Hang | Kind::Drop => return None,
        })
    }
}
