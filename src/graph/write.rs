//! Writes over the line: sent once. There is no loop here, and nothing here is reachable from the one that reads have.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE};
use reqwest::{Response, StatusCode};
use url::Url;

use super::challenge;
use super::client::Client;
use super::needs::{Asked, Place};
use super::patience::{after, retry_after, server_time};
use super::permits::{Heard, Urgency};
use super::refused;
use super::request::{Write, encode_path, template};
use super::{body, log, network};
use crate::protocol::connection::causes;
use crate::protocol::{Claims, Delivery, Holder, Problem, ProblemKind, Token};

/// For so long a write waits where Graph wants quiet. Where that lasts longer it is not sent, and whoever wrote it is told.
pub(super) const LONGEST_QUIET: Duration = Duration::from_secs(10);

/// What has to be done before the first byte of a write goes out: nothing is waited for in between, so that whoever looks
/// for it later knows when it went.
pub trait Departure: Send {
    /// Is called before each attempt, with permits and a token in hand.
    ///
    /// # Errors
    /// Why nothing may go out.
    fn departs(&mut self) -> impl Future<Output = Result<(), Problem>> + Send;
}

/// There is nothing to be done.
impl Departure for () {
    async fn departs(&mut self) -> Result<(), Problem> {
        Ok(())
    }
}

/// What one attempt came to.
enum Attempt {
    Ended(Delivery),
    /// The token was refused, so nothing was carried out; with what Graph demands of the next one, if anything.
    Unproven(Problem, Option<Claims>),
}

impl Client {
    /// Sends a write once. The one exception is a refused token (401, or 403 with a claims challenge): it means that
    /// nothing was carried out, so the token is renewed and the write goes out a second and last time.
    pub async fn send(&self, write: Write) -> Delivery {
        self.send_after(&mut (), write).await
    }

    /// The same with something to be done before.
    pub(super) async fn send_after(&self, departure: &mut impl Departure, write: Write) -> Delivery {
        let outcome = match self.address(&write) {
            Ok(url) => self.send_to(url, departure, write).await,
            Err(problem) => Err(problem),
        };
        outcome.unwrap_or_else(Delivery::NotSent)
    }

    fn address(&self, write: &Write) -> Result<Url, Problem> {
        write.fits()?;
        self.endpoint().url(&encode_path(&write.path)?)
    }

    /// # Errors
    /// Why it was certainly not sent.
    async fn send_to(&self, url: Url, departure: &mut impl Departure, write: Write) -> Result<Delivery, Problem> {
        let mailbox: Vec<_> = write.mailbox.iter().cloned().collect();
        let whose = match self.acts_for() {
            Some(holder) => Some(holder.clone()),
            // Whoever is signed in now has said it.
            None => self.tokens().token().await?.holder,
        };
        let deadline = Instant::now() + LONGEST_QUIET;
        let _held = self.admit(&mailbox, Urgency::Person, deadline).await?;
        let token = self.only_of(whose.as_ref(), self.tokens().token().await?)?;
        departure.departs().await?;
        let demanded = match self.attempt_write(&url, &write, &token).await {
            Attempt::Ended(delivery) => return Ok(delivery),
            Attempt::Unproven(_, demanded) => demanded,
        };
        let newer = self.tokens().renew(&token, demanded.as_ref()).await?;
        let token = self.only_of(whose.as_ref(), newer)?;
        departure.departs().await?;
        match self.attempt_write(&url, &write, &token).await {
            Attempt::Ended(delivery) => Ok(delivery),
            Attempt::Unproven(problem, _) => Err(problem),
        }
    }

    /// A token, where it is of whoever the write is for.
    ///
    /// # Errors
    /// `OtherAccount` where somebody else has signed in since.
    pub(super) fn only_of(&self, whose: Option<&Holder>, token: Token) -> Result<Token, Problem> {
        match whose {
            Some(whose) if token.holder.as_ref() != Some(whose) => Err(Problem::new(
                ProblemKind::OtherAccount,
                "Somebody else has signed in meanwhile, so it was not sent.",
                "Look who is signed in before you send it again.",
            )),
            _ => Ok(token),
        }
    }

    async fn attempt_write(&self, url: &Url, write: &Write, token: &Token) -> Attempt {
        let (http, bearer) = match self.fresh().and_then(|http| Ok((http, network::bearer(token)?))) {
            Ok(ready) => ready,
            Err(problem) => return Attempt::Ended(Delivery::NotSent(problem)),
        };
        let id = uuid::Uuid::new_v4().to_string();
        let mut request = http
            .request(write.verb.method(), url.clone())
            .timeout(self.patience().write)
            .header(AUTHORIZATION, bearer)
            .header("client-request-id", &id)
            .body(write.body.bytes().to_vec());
        if let Some(media_type) = write.body.media_type() {
            request = request.header(CONTENT_TYPE, media_type);
        }

        let _under_way = self.line().begin();
        let path = template(&write.path);
        let entry = log::Entry {
            method: write.verb.name(),
            path: &path,
            id: &id,
            begun: Instant::now(),
        };
        let attempt = match request.send().await {
            Ok(response) => {
                self.line().offline(false);
                self.clock().hear(response.headers());
                self.judge(response, write, &entry).await
            }
            Err(error) => {
                self.line().offline(error.is_connect());
                let problem = network::explain(&error, self.endpoint());
                tracing::debug!(id, error = causes(&error), "exchange broken");
                // Without a connection nothing can have gone out; with one, anything can.
                Attempt::Ended(if error.is_connect() || error.is_builder() {
                    Delivery::NotSent(problem)
                } else {
                    Delivery::Unknown(problem)
                })
            }
        };
        if let Attempt::Ended(Delivery::NotSent(problem) | Delivery::Unknown(problem)) | Attempt::Unproven(problem, _) =
            &attempt
        {
            entry.failed(problem);
        }
        attempt
    }

    async fn judge(&self, response: Response, write: &Write, entry: &log::Entry<'_>) -> Attempt {
        let status = response.status();
        let headers = response.headers().clone();
        if status.is_success() {
            entry.done(status.as_u16(), 0, None);
            return Attempt::Ended(Delivery::Accepted {
                at: server_time(&headers).unwrap_or_else(Timestamp::now),
            });
        }
        let asked = Asked {
            place: Place::of(write.mailbox.as_ref()),
            template: write.asked(),
            granted: self.tokens().granted(),
            verbatim: false,
        };
        let demanded = challenge::demanded(&headers);
        let mut problem = refused::explain(status, &headers, &body::beginning(response).await, &asked);
        if status == StatusCode::TOO_MANY_REQUESTS
            && let Some(wait) = retry_after(&headers)
        {
            let until = after(Timestamp::now(), wait);
            self.line().throttled_until(until);
            self.permits().hush(write.mailbox.as_ref(), wait, Heard::Now);
            problem.retry_at = Some(until);
        }
        if status == StatusCode::UNAUTHORIZED || (status == StatusCode::FORBIDDEN && demanded.is_some()) {
            return Attempt::Unproven(problem, demanded);
        }
        Attempt::Ended(if status.is_client_error() {
            Delivery::NotSent(problem)
        } else {
            Delivery::Unknown(problem)
        })
    }
}
