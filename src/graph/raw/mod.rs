//! Requests as a person wrote them: any method, any path of this Graph, sent as they are.
//!
//! | file | what lives there |
//! |---|---|
//! | `mod.rs` | the request |
//! | `verb` | the methods |
//! | `target` | from what was typed to a URL the token may go to; what it would delete |
//! | `headers` | which headers may be given |
//! | `sending` | sending it |
//! | `answer` | what came back |
//! | `elsewhere` | answers that Graph does not give itself |

mod answer;
mod elsewhere;
mod headers;
mod sending;
mod target;
mod verb;

use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use url::Url;

pub use self::answer::{Answer, Refusal};
pub use self::elsewhere::Elsewhere;
pub use self::verb::Verb;

use super::client::Client;
use super::exchange::Call;
use super::needs::{Asked, Place};
use crate::domain::{Id, Prose, Text};
use crate::protocol::Problem;

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
