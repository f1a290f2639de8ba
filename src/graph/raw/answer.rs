//! What came back, as it came.

use reqwest::StatusCode;
use reqwest::header::{HeaderMap, HeaderValue};

use crate::domain::Text;
use crate::protocol::Problem;

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

impl Answer {
    pub(in crate::graph) fn new(status: StatusCode, headers: &HeaderMap, body: Vec<u8>) -> Self {
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
