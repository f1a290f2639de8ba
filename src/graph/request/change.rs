//! A request that changes something.

use serde::Serialize;
use serde_json::value::RawValue;

use super::{Segment, encode_path, template};
use crate::domain::Id;
use crate::graph::raw::Verb;
use crate::protocol::delivery::LARGEST_REQUEST;
use crate::protocol::{Problem, ProblemKind};

/// A request that changes something. It is neither `Clone` nor a [`Read`](super::Read), and only sending takes it, by value: there is
/// no way to hand it to what repeats requests.
#[derive(Debug)]
pub struct Write {
    pub(in crate::graph) verb: Verb,
    pub(in crate::graph) path: Vec<Segment>,
    pub(in crate::graph) body: Content,
    pub(in crate::graph) mailbox: Option<Id>,
}

/// What a change carries.
#[derive(Debug)]
pub(in crate::graph) enum Content {
    Nothing,
    Json(Box<RawValue>),
    Jpeg(Vec<u8>),
}

impl Content {
    pub(in crate::graph) fn media_type(&self) -> Option<&'static str> {
        match self {
            Content::Nothing => None,
            Content::Json(_) => Some("application/json"),
            Content::Jpeg(_) => Some("image/jpeg"),
        }
    }

    pub(in crate::graph) fn bytes(&self) -> &[u8] {
        match self {
            Content::Nothing => &[],
            Content::Json(json) => json.get().as_bytes(),
            Content::Jpeg(bytes) => bytes,
        }
    }
}

impl Write {
    /// As one writes it: the method, and the path from the version on.
    ///
    /// # Errors
    /// `Usage` where a key cannot be part of a path.
    pub fn line(&self) -> Result<String, Problem> {
        Ok(format!("{} {}", self.verb.name(), encode_path(&self.path)?))
    }

    /// Refuses what is more than Graph takes.
    ///
    /// # Errors
    /// `Usage`.
    pub(in crate::graph) fn fits(&self) -> Result<(), Problem> {
        if (self.body.bytes().len() as u64) < LARGEST_REQUEST {
            return Ok(());
        }
        Err(Problem::new(
            ProblemKind::Usage,
            "It is too large to send: Graph takes less than 4 MB.",
            "Make it shorter.",
        ))
    }

    /// Its JSON, where it carries any.
    pub fn carries(&self) -> Option<&RawValue> {
        match &self.body {
            Content::Json(json) => Some(json),
            Content::Nothing | Content::Jpeg(_) => None,
        }
    }

    pub(in crate::graph) fn post(
        path: Vec<Segment>,
        body: &impl Serialize,
        mailbox: Option<Id>,
    ) -> Result<Self, Problem> {
        Ok(Write {
            mailbox,
            ..Write::json(Verb::Post, path, body)?
        })
    }

    pub(in crate::graph) fn patch(path: Vec<Segment>, body: &impl Serialize) -> Result<Self, Problem> {
        Write::json(Verb::Patch, path, body)
    }

    pub(in crate::graph) fn put_jpeg(path: Vec<Segment>, jpeg: Vec<u8>) -> Self {
        Write {
            verb: Verb::Put,
            path,
            body: Content::Jpeg(jpeg),
            mailbox: None,
        }
    }

    /// A POST that says all in its path.
    pub(in crate::graph) fn act(path: Vec<Segment>) -> Self {
        Write::bare(Verb::Post, path)
    }

    pub(in crate::graph) fn delete(path: Vec<Segment>) -> Self {
        Write::bare(Verb::Delete, path)
    }

    fn bare(verb: Verb, path: Vec<Segment>) -> Self {
        Write {
            verb,
            path,
            body: Content::Nothing,
            mailbox: None,
        }
    }

    /// The group whose mailbox it changes.
    pub(in crate::graph) fn in_mailbox_of(mut self, group: &Id) -> Self {
        self.mailbox = Some(group.clone());
        self
    }

    fn json(verb: Verb, path: Vec<Segment>, body: &impl Serialize) -> Result<Self, Problem> {
        let body = serde_json::value::to_raw_value(body).map_err(|_| not_json())?;
        Ok(Write {
            verb,
            path,
            body: Content::Json(body),
            mailbox: None,
        })
    }

    /// By what a refusal is looked up: the method before the path, for many paths are read, too.
    pub(in crate::graph) fn asked(&self) -> String {
        format!("{} {}", self.verb.name(), template(&self.path))
    }
}

pub(super) fn not_json() -> Problem {
    Problem::new(ProblemKind::General, "The request could not be written as JSON.", "")
}
