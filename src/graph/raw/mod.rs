//! Requests as a person wrote them: any method, any path of this Graph, sent as they are.
//!
//! | file | what lives there |
//! |---|---|
//! | `elsewhere` | answers that Graph does not give itself |
//! | `target` | from what was typed to a URL the token may go to; what it would delete |
//! | `headers` | which headers may be given |
//! | `mod.rs` | the request, and sending it |

mod elsewhere;
mod headers;
mod target;

use std::time::Instant;

use jiff::Timestamp;
use reqwest::header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderValue};
use reqwest::{Response, StatusCode};
use serde_json::value::RawValue;
use url::Url;

pub use self::elsewhere::Elsewhere;

use super::challenge;
use super::client::Client;
use super::exchange::Call;
use super::feed::Feed;
use super::needs::{Asked, Place};
use super::pages::Page;
use super::patience::{after, retry_after};
use super::permits::Urgency;
use super::write::LONGEST_QUIET;
use super::{body, log, network, refused};
use crate::domain::{Id, Prose, Text};
use crate::protocol::connection::causes;
use crate::protocol::{Claims, Problem, Token};

/// An HTTP method that Graph knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    /// Reads.
    Get,
    /// Reads the headers only.
    Head,
    /// Creates, or does what the path says.
    Post,
    /// Changes some properties.
    Patch,
    /// Replaces.
    Put,
    /// Deletes, or takes out of a collection.
    Delete,
}

impl Verb {
    /// All of them, by name.
    pub const NAMES: [(&'static str, Verb); 6] = [
        ("GET", Verb::Get),
        ("POST", Verb::Post),
        ("PATCH", Verb::Patch),
        ("PUT", Verb::Put),
        ("DELETE", Verb::Delete),
        ("HEAD", Verb::Head),
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        let known = Self::NAMES.iter().find(|(_, verb)| *verb == self);
        known.map_or("", |(name, _)| name)
    }

    /// Whether it changes nothing, and so may be repeated.
    pub fn only_reads(self) -> bool {
        matches!(self, Verb::Get | Verb::Head)
    }

    pub(super) fn method(self) -> reqwest::Method {
        match self {
            Verb::Get => reqwest::Method::GET,
            Verb::Head => reqwest::Method::HEAD,
            Verb::Post => reqwest::Method::POST,
            Verb::Patch => reqwest::Method::PATCH,
            Verb::Put => reqwest::Method::PUT,
            Verb::Delete => reqwest::Method::DELETE,
        }
    }
}

/// A request as a person wrote it.
#[derive(Debug, Clone)]
pub struct Raw {
    verb: Verb,
    url: Url,
    headers: HeaderMap,
    body: Option<Vec<u8>>,
    /// The path as it may be logged.
    template: String,
    /// The group whose mailbox serves it.
    mailbox: Option<Id>,
}

/// What a request deletes besides what its path plainly says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deletion {
    /// Nothing.
    None,
    /// A person, a group or another object of the directory, through a collection that only refers to it.
    OfWhatAListHolds,
    /// It is a batch that cannot be read.
    Unknown,
}

impl Deletion {
    fn found(found: bool) -> Self {
        if found {
            Deletion::OfWhatAListHolds
        } else {
            Deletion::None
        }
    }
}

/// An answer as it came.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The headers in the order they came, their names in lower case.
    pub headers: Vec<(String, Text)>,
    /// The body, unpacked.
    pub body: Vec<u8>,
}

/// Why there is no answer to work with, and the one that said so, if any.
#[derive(Debug)]
pub struct Refusal {
    /// In words.
    pub problem: Problem,
    /// What Graph said.
    pub answer: Option<Answer>,
    /// It may have been carried out all the same: nobody knows.
    pub unsettled: bool,
}

impl Raw {
    /// A request to `target`: a path below the client's endpoint, one that begins with `/v1.0/` or `/beta/`, or a full URL of this
    /// Graph. It may have a query; what is not encoded yet is encoded.
    ///
    /// # Errors
    /// `Usage` where it is no path, or names another host: the token must not go there.
    pub fn new(client: &Client, verb: Verb, target: &str) -> Result<Self, Problem> {
        let endpoint = client.endpoint();
        let url = target::url(endpoint, target)?;
        Ok(Raw {
            verb,
            template: target::template(endpoint, &url),
            mailbox: target::mailbox(endpoint, &url),
            url,
            headers: HeaderMap::new(),
            body: None,
        })
    }

    /// Adds a header, given as `Name: value`.
    ///
    /// # Errors
    /// `Usage` where it is none, or one that is not for a person to set, with the reason.
    pub fn with_header(mut self, line: &str) -> Result<Self, Problem> {
        let (name, value) = headers::read(line)?;
        self.headers.append(name, value);
        Ok(self)
    }

    /// Adds a body; it is JSON where no header says something else.
    pub fn with_body(mut self, body: Vec<u8>) -> Self {
        if !self.headers.contains_key(CONTENT_TYPE) {
            let json = HeaderValue::from_static("application/json");
            self.headers.insert(CONTENT_TYPE, json);
        }
        self.body = Some(body);
        self
    }

    /// Whether it deletes a person, a group or another object of the directory by a path that looks as if it took a
    /// member out of a group: `DELETE …/members/{id}` without `/$ref`. In the requests of a batch, too.
    /// <https://learn.microsoft.com/graph/api/group-delete-members>
    pub fn deletion(&self) -> Deletion {
        target::deletion(self.verb, &self.url, self.body.as_deref())
    }

    /// The request as it would be sent, the token left out: the request line, headers and body.
    pub fn description(&self) -> String {
        let mut lines = format!("{} {}\nauthorization: Bearer (hidden)\n", self.verb.name(), self.url);
        for (name, value) in &self.headers {
            let value = String::from_utf8_lossy(value.as_bytes());
            lines.push_str(&format!("{name}: {}\n", Text::new(&value)));
        }
        match self.body.as_deref().map(str::from_utf8) {
            None => {}
            Some(Ok(text)) => lines.push_str(&format!("\n{}\n", Prose::new(text))),
            Some(Err(_)) => lines.push_str("\n(a body that is no text)\n"),
        }
        lines
    }

    /// The words of a refusal depend on what was asked. What writes need is not known by their paths alone.
    fn asked(&self, client: &Client) -> Asked {
        Asked {
            place: Place::of(self.mailbox.as_ref()),
            template: match self.verb.only_reads() {
                true => self.template.clone(),
                false => String::new(),
            },
            granted: client.tokens().granted(),
            verbatim: true,
        }
    }

    fn call(&self) -> Call {
        let mailboxes = self.mailbox.iter().cloned().collect();
        Call::verbatim(
            self.verb,
            self.url.clone(),
            self.headers.clone(),
            mailboxes,
            self.template.clone(),
        )
    }
}

impl Answer {
    pub(super) fn new(status: StatusCode, headers: &HeaderMap, body: Vec<u8>) -> Self {
        let text = |value: &HeaderValue| Text::new(&String::from_utf8_lossy(value.as_bytes()));
        let headers = headers.iter();
        Answer {
            status: status.as_u16(),
            headers: headers.map(|(name, value)| (name.to_string(), text(value))).collect(),
            body,
        }
    }

    /// The media type, in lower case, without its parameters; empty where there is none.
    pub fn media_type(&self) -> String {
        let header = self.headers.iter().find(|(name, _)| name == "content-type");
        let value = header.map_or("", |(_, value)| value.as_str());
        let essence = value.split(';').next().unwrap_or_default();
        essence.trim().to_ascii_lowercase()
    }
}

impl From<Problem> for Box<Refusal> {
    fn from(problem: Problem) -> Self {
        Box::new(Refusal {
            problem,
            answer: None,
            unsettled: false,
        })
    }
}

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
