//! Sends a request as it was written, and judges the answer.

use std::time::Instant;

use jiff::Timestamp;
use reqwest::header::{AUTHORIZATION, CONTENT_LENGTH};
use reqwest::{Response, StatusCode};
use serde_json::value::RawValue;

use super::{Answer, Raw, Refusal};
use crate::domain::{Id, Text};
use crate::graph::client::Client;
use crate::graph::feed::Feed;
use crate::graph::pages::Page;
use crate::graph::patience::{after, retry_after};
use crate::graph::permits::Urgency;
use crate::graph::write::LONGEST_QUIET;
use crate::graph::{body, challenge, log, network, refused};
use crate::protocol::connection::causes;
use crate::protocol::{Claims, Problem, Token};

/// What one attempt at a write came to, where it was no success.
enum Failed {
    /// The token was refused, so nothing was carried out; with what Graph demands of the next one, if anything.
    Unproven(Box<Refusal>, Option<Claims>),
    Ended(Box<Refusal>),
}

impl Client {
    /// Sends a request. GET and HEAD are repeated as every read is; anything else goes out once, and only a refused token
    /// lets it go out again, as then nothing was carried out.
    ///
    /// # Errors
    /// Whatever Graph or the network did, in words.
    pub async fn raw(&self, raw: Raw) -> Result<Answer, Box<Refusal>> {
        if raw.verb.only_reads() {
            return self.answer(&raw.call(), Urgency::Person).await;
        }
        self.send_raw(&raw).await
    }

    /// The pages of a collection, following Graph's links.
    pub fn raw_pages(&self, raw: &Raw) -> Feed<Page<Box<RawValue>>> {
        self.pages_of(raw.call(), true, Urgency::Person)
    }

    async fn send_raw(&self, raw: &Raw) -> Result<Answer, Box<Refusal>> {
        let mailboxes: Vec<Id> = raw.mailbox.iter().cloned().collect();
        let _held = self
            .admit(&mailboxes, Urgency::Person, Instant::now() + LONGEST_QUIET)
            .await?;
        let token = self.tokens().token().await?;
        let demanded = match self.attempt_raw(raw, &token).await {
            Ok(answer) => return Ok(answer),
            Err(Failed::Ended(refusal)) => return Err(refusal),
            Err(Failed::Unproven(_, demanded)) => demanded,
        };
        let newer = self.tokens().renew(&token, demanded.as_ref()).await?;
        let token = self.only_of(token.holder.as_ref(), newer)?;
        self.attempt_raw(raw, &token).await.map_err(|failed| match failed {
            Failed::Ended(refusal) | Failed::Unproven(refusal, _) => refusal,
        })
    }

    async fn attempt_raw(&self, raw: &Raw, token: &Token) -> Result<Answer, Failed> {
        let end = |problem: Problem| Failed::Ended(problem.into());
        let http = self.fresh().map_err(end)?;
        let bearer = network::bearer(token).map_err(end)?;
        let id = uuid::Uuid::new_v4().to_string();
        let mut request = http
            .request(raw.verb.method(), raw.url.clone())
            .timeout(self.patience().write)
            .headers(raw.headers.clone())
            .header(AUTHORIZATION, bearer)
            .header("client-request-id", &id);
        request = match &raw.body {
            Some(body) => request.body(body.clone()),
            // Servers in front of Graph refuse a write that does not say how long it is.
            None => request.header(CONTENT_LENGTH, 0),
        };
        let _under_way = self.line().begin();
        let entry = log::Entry {
            method: raw.verb.name(),
            path: &raw.template,
            id: &id,
            begun: Instant::now(),
        };
        let answered = match request.send().await {
            Ok(response) => {
                self.line().offline(false);
                self.judge_raw(response, raw).await
            }
            Err(error) => {
                self.line().offline(error.is_connect());
                tracing::debug!(id, error = causes(&error), "exchange broken");
                let problem = network::explain(&error, self.endpoint());
                // Without a connection nothing can have gone out; with one, anything can.
                let unsettled = !error.is_connect() && !error.is_builder();
                Err(Failed::Ended(Box::new(Refusal {
                    problem: match unsettled {
                        true => unsettle(problem),
                        false => problem,
                    },
                    answer: None,
                    unsettled,
                })))
            }
        };
        match &answered {
            Ok(answer) => entry.done(answer.status, answer.body.len(), None),
            Err(Failed::Ended(refusal) | Failed::Unproven(refusal, _)) => entry.failed(&refusal.problem),
        }
        answered
    }

    async fn judge_raw(&self, response: Response, raw: &Raw) -> Result<Answer, Failed> {
        let status = response.status();
        let headers = response.headers().clone();
        if status.is_success() {
            let body = body::whole(response).await.map_err(|error| {
                let mut problem = match error {
                    body::Unread::Broken(error) => network::explain(&error, self.endpoint()),
                    body::Unread::Unwanted(problem) => problem,
                };
                problem.status = Some(status.as_u16());
                problem.next = Text::new("It was carried out, and only the answer is missing: do not send it again.");
                Failed::Ended(Box::new(Refusal {
                    problem,
                    answer: None,
                    unsettled: true,
                }))
            })?;
            return Ok(Answer::new(status, &headers, body));
        }
        let body = body::beginning(response).await;
        let mut problem = refused::explain(status, &headers, &body, &raw.asked(self));
        if status == StatusCode::TOO_MANY_REQUESTS
            && let Some(wait) = retry_after(&headers)
        {
            problem.retry_at = Some(after(Timestamp::now(), wait));
        }
        let unsettled = status.is_server_error();
        let refusal = Box::new(Refusal {
            problem: match unsettled {
                true => unsettle(problem),
                false => problem,
            },
            answer: Some(Answer::new(status, &headers, body)),
            unsettled,
        });
        let demanded = challenge::demanded(&headers);
        Err(match status {
            StatusCode::UNAUTHORIZED => Failed::Unproven(refusal, demanded),
            StatusCode::FORBIDDEN if demanded.is_some() => Failed::Unproven(refusal, demanded),
            _ => Failed::Ended(refusal),
        })
    }
}

/// Nobody knows whether a write was carried out.
fn unsettle(problem: Problem) -> Problem {
    Problem {
        next: Text::new("It may have been carried out all the same: look before you send it again."),
        ..problem
    }
}
