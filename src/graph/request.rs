//! What is asked, as plain data: a read that may be repeated, a listing that comes in pages, a write that may not.

mod change;
#[cfg(test)]
mod tests;

pub use change::Write;
use change::not_json;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use crate::domain::Id;
use crate::protocol::{Problem, ProblemKind};

/// Directory collections hand out at most this many items a page.
pub(super) const LARGEST_PAGE: &str = "999";

/// In a path segment only unreserved characters stay, and what OData writes calls with: `/`, `+`, `=` and `#` do not.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~')
    .remove(b'$')
    .remove(b'@')
    .remove(b'(')
    .remove(b')')
    .remove(b'\'');

/// In a query value OData's own punctuation stays readable; `&`, `+`, `#`, `%` and white space do not stay.
const VALUE: &AsciiSet = &SEGMENT
    .remove(b',')
    .remove(b':')
    .remove(b';')
    .remove(b'=')
    .remove(b'/')
    .remove(b'*');

/// One part of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// A word of Graph's own, such as `groups`.
    Word(&'static str),
    /// An id or a name from outside; percent-encoded when the URL is built.
    Key(Id),
}

/// A header, by its name.
pub type Header = (&'static str, &'static str);

/// Advanced queries need it, on every page.
/// <https://learn.microsoft.com/graph/aad-advanced-queries>
pub(super) const EVENTUAL: Header = ("ConsistencyLevel", "eventual");

/// A GET of one thing. It may be repeated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// The path below the endpoint.
    pub path: Vec<Segment>,
    /// Query options, not yet encoded.
    pub query: Vec<(&'static str, String)>,
    /// Headers besides those that every request has.
    pub headers: Vec<Header>,
    /// The group whose mailbox serves it; Graph serves four requests at a time for each.
    pub mailbox: Option<Id>,
}

/// A GET of a collection, which comes in pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// The first page. Its headers go with every page, its query with the first only: next links carry the rest.
    pub first: Read,
    /// Whether the next page is asked for before the last one is used up. Off where a reader is likely to stop early.
    pub hurried: bool,
}

/// A POST that only asks. As a [`Read`] it may be repeated.
#[derive(Debug, Clone)]
pub struct Question {
    pub(super) path: Vec<Segment>,
    pub(super) body: String,
}

impl Read {
    pub(super) fn of(word: &'static str) -> Self {
        Read {
            path: vec![Segment::Word(word)],
            query: Vec::new(),
            headers: Vec::new(),
            mailbox: None,
        }
    }

    pub(super) fn word(mut self, word: &'static str) -> Self {
        self.path.push(Segment::Word(word));
        self
    }

    pub(super) fn key(mut self, id: &Id) -> Self {
        self.path.push(Segment::Key(id.clone()));
        self
    }

    pub(super) fn query(mut self, option: &'static str, value: impl Into<String>) -> Self {
        self.query.push((option, value.into()));
        self
    }

    /// Makes it an advanced query: the header, and the count it must come with.
    pub(super) fn advanced(mut self) -> Self {
        self.headers.push(EVENTUAL);
        self.query("$count", "true")
    }

    pub(super) fn in_mailbox_of(mut self, group: &Id) -> Self {
        self.mailbox = Some(group.clone());
        self
    }

    pub(super) fn listing(self) -> Listing {
        Listing {
            first: self,
            hurried: true,
        }
    }

    /// The value of a query option that it has, to be changed.
    pub fn option(&mut self, name: &str) -> Option<&mut String> {
        let of_name = |(option, _): &&mut (&str, String)| *option == name;
        self.query.iter_mut().find(of_name).map(|(_, value)| value)
    }

    /// Path and query, encoded, with a slash before: what follows the endpoint, and what a batch item asks for.
    ///
    /// # Errors
    /// `Usage` where a key cannot be part of a path.
    pub fn relative(&self) -> Result<String, Problem> {
        let mut url = encode_path(&self.path)?;
        for (index, (option, value)) in self.query.iter().enumerate() {
            url.push(if index == 0 { '?' } else { '&' });
            url.push_str(option);
            url.push('=');
            url.extend(utf8_percent_encode(value, VALUE));
        }
        Ok(url)
    }
}

impl Listing {
    /// Asks for a page only when the one before it has been taken.
    pub(super) fn unhurried(mut self) -> Self {
        self.hurried = false;
        self
    }
}

impl Question {
    pub(super) fn new(path: Vec<Segment>, body: &impl Serialize) -> Result<Self, Problem> {
        let body = serde_json::to_string(body).map_err(|_| not_json())?;
        Ok(Question { path, body })
    }
}

/// The path with its slashes. A key that is empty or a dot segment would make another path of it.
pub(super) fn encode_path(path: &[Segment]) -> Result<String, Problem> {
    let mut encoded = String::new();
    for segment in path {
        encoded.push('/');
        match segment {
            Segment::Word(word) => encoded.push_str(word),
            Segment::Key(id) if matches!(id.as_str(), "" | "." | "..") => {
                return Err(Problem::new(
                    ProblemKind::Usage,
                    "An empty name, “.” and “..” name nothing.",
                    "Give an id or an address.",
                ));
            }
            Segment::Key(id) => encoded.extend(utf8_percent_encode(id.as_str(), SEGMENT)),
        }
    }
    Ok(encoded)
}

/// The path with `{id}` for every key: ids and names stay out of the log.
pub(super) fn template(path: &[Segment]) -> String {
    let mut template = String::new();
    for segment in path {
        template.push('/');
        template.push_str(match segment {
            Segment::Word(word) => word,
            Segment::Key(_) => "{id}",
        });
    }
    template
}

/// A string literal of OData: quotes around it, those inside doubled.
pub(super) fn literal(value: &str) -> String {
    format!("'{}'", value.replace('\'', "''"))
}

/// A clause of `$search`, quoted, with quotes and backslashes escaped. An `&` fails in `$search` on v1.0 even when
/// encoded; words are split there anyway, so it becomes a space.
/// <https://learn.microsoft.com/graph/search-query-parameter>
pub(super) fn search_clause(property: &str, term: &str) -> String {
    let mut clause = format!("\"{property}:");
    for c in term.trim().chars() {
        match c {
            '"' | '\\' => clause.extend(['\\', c]),
            '&' => clause.push(' '),
            c if c.is_control() => clause.push(' '),
            c => clause.push(c),
        }
    }
    clause.push('"');
    clause
}
