//! Answers that lie elsewhere. For reports and downloads Graph sends on with a 302 to an address that needs no token, as
//! whoever knows it may read it, and that is good for minutes only. So it is fetched without the token, and is in no log.
//! <https://learn.microsoft.com/graph/api/reportroot-getoffice365groupsactivitydetail>

use std::fmt;

use reqwest::StatusCode;
use url::Url;

use super::{Answer, Refusal};
use crate::domain::Text;
use crate::graph::body;
use crate::graph::client::Client;
use crate::protocol::connection::{self, Lost, causes, is_loopback};
use crate::protocol::{Problem, ProblemKind};

/// So many addresses are followed, each sending on to the next.
const HOPS: usize = 5;

/// Where an answer lies.
#[derive(Clone)]
pub struct Elsewhere {
    url: Url,
}

impl Elsewhere {
    /// The host's name.
    pub fn host(&self) -> Text {
        Text::new(self.url.host_str().unwrap_or_default())
    }

    /// The address that an answer to a request for this one sends on to.
    fn after(&self, answer: &Answer) -> Option<Self> {
        let location = answer.headers.iter().find(|(name, _)| name == "location");
        let is_redirect = StatusCode::from_u16(answer.status).is_ok_and(|status| status.is_redirection());
        let (_, location) = location.filter(|_| is_redirect)?;
        let url = self.url.join(location.as_str()).ok()?;
        Some(Elsewhere { url })
    }
}

impl fmt::Debug for Elsewhere {
    /// The host alone: whoever knows the rest may read the answer.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Elsewhere({})", self.host())
    }
}

impl Client {
    /// Where the answer lies, where Graph has refused with another address.
    pub fn elsewhere(&self, refusal: &Refusal) -> Option<Elsewhere> {
        let url = Url::parse(self.endpoint().as_str()).ok()?;
        Elsewhere { url }.after(refusal.answer.as_ref()?)
    }

    /// Fetches an answer from where it lies. The token does not go there, nor does anything else of the request.
    ///
    /// # Errors
    /// Where the address is not encrypted, sends on without end, or refuses, and whatever the network did.
    pub async fn follow(&self, mut to: Elsewhere) -> Result<Answer, Problem> {
        let http = self.fresh()?;
        for _ in 0..HOPS {
            let plain = self.endpoint().is_plain() && is_loopback(&to.url);
            if to.url.scheme() != "https" && !plain {
                let what = format!("Graph sends on to {}, and not by https.", to.host());
                return Err(Problem::new(ProblemKind::Server, &what, "It was not followed."));
            }
            let response = http.get(to.url.clone()).send().await;
            let response = response.map_err(|error| lost(&to, error))?;
            let (status, headers) = (response.status(), response.headers().clone());
            tracing::info!(host = %to.host(), status = status.as_u16(), "an answer that lies elsewhere");
            if status.is_success() {
                let body = body::whole(response).await.map_err(|error| match error {
                    body::Unread::Broken(error) => lost(&to, error),
                    body::Unread::Unwanted(problem) => problem,
                })?;
                return Ok(Answer::new(status, &headers, body));
            }
            match to.after(&Answer::new(status, &headers, Vec::new())) {
                Some(next) => to = next,
                None => return Err(refused(&to, status)),
            }
        }
        let what = format!("Graph sends on, and so do {HOPS} addresses after it.");
        Err(Problem::new(ProblemKind::Server, &what, "It was followed no further."))
    }
}

fn lost(to: &Elsewhere, error: reqwest::Error) -> Problem {
    let error = error.without_url();
    Lost {
        host: to.host().as_str(),
        proxy: connection::proxy(&to.url).as_deref(),
        connecting: error.is_connect(),
        timed_out: error.is_timeout(),
        causes: &causes(&error),
    }
    .problem()
}

fn refused(to: &Elsewhere, status: StatusCode) -> Problem {
    let kind = match status.as_u16() {
        401 | 403 => ProblemKind::Forbidden,
        404 | 410 => ProblemKind::NotFound,
        429 => ProblemKind::Throttled,
        _ => ProblemKind::Server,
    };
    let what = format!("Graph sends on to {}, which refuses.", to.host());
    Problem {
        status: Some(status.as_u16()),
        ..Problem::new(
            kind,
            &what,
            "Such an address is good for minutes only: ask Graph again.",
        )
    }
}
