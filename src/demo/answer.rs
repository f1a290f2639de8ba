//! An answer before it becomes HTTP.

/// The content type of every JSON answer.
pub const JSON: &str =
    "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8";

/// A status, headers and a body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Headers of this answer; those of every answer are added when it is sent.
    pub headers: Vec<(&'static str, String)>,
    /// The bytes, not compressed.
    pub body: Vec<u8>,
}

impl Answer {
    /// An answer with no body.
    pub fn empty(status: u16) -> Answer {
        Answer {
            status,
            ..Answer::default()
        }
    }

    /// A JSON answer.
    pub fn json(status: u16, body: Vec<u8>) -> Answer {
        Answer {
            status,
            headers: vec![("content-type", JSON.to_owned()), ("odata-version", "4.0".to_owned())],
            body,
        }
    }

    /// A bare number, as `/$count` gives it.
    pub fn number(count: usize) -> Answer {
        Answer::bytes("text/plain", count.to_string().into_bytes())
    }

    /// Bytes of any type.
    pub fn bytes(content_type: impl Into<String>, body: Vec<u8>) -> Answer {
        Answer {
            status: 200,
            headers: vec![("content-type", content_type.into())],
            body,
        }
    }

    /// The value of one of its headers.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value.as_str())
    }
}
