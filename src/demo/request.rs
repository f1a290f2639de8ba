//! A request after it was read from HTTP or from a batch item.

use serde_json::{Map, Value};

use super::error::{GraphError, Result};

/// Methods that routes know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Read.
    Get,
    /// Act, or make something.
    Post,
    /// Change some properties.
    Patch,
    /// Put something in a place.
    Put,
    /// Take something away.
    Delete,
    /// Anything else: no route has it.
    Other,
}

impl Method {
    /// The method of this name; batches write it in any case.
    pub fn named(name: &str) -> Method {
        match name.to_ascii_uppercase().as_str() {
            "GET" => Method::Get,
            "POST" => Method::Post,
            "PATCH" => Method::Patch,
            "PUT" => Method::Put,
            "DELETE" => Method::Delete,
            _ => Method::Other,
        }
    }
}

/// What a handler may ask of a request.
#[derive(Clone, Debug)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// The method's name as sent, for faults and the log.
    pub method_name: String,
    /// The path after `/v1.0`, still percent-encoded, with its leading slash.
    pub path: String,
    /// The query without its `?`.
    pub query: String,
    /// Header names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// `scheme://host/v1.0` as the client sees it: what links and contexts start with.
    pub base: String,
}

impl Request {
    /// `scheme://host` as the client sees it.
    pub fn root(&self) -> &str {
        self.base.trim_end_matches("/v1.0")
    }

    /// A header's value by its lower-case name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// Whether the client accepts the eventually consistent index, which advanced queries need.
    pub fn eventual(&self) -> bool {
        self.header("consistencylevel")
            .is_some_and(|level| level.eq_ignore_ascii_case("eventual"))
    }

    /// The parameters of an action, in the body. It may have these and no others; their names count without case.
    pub fn parameters(&self, action: &str, known: &[&str]) -> Result<Map<String, Value>> {
        let said = self.fields()?;
        let is_known = |name: &str| known.iter().any(|known| known.eq_ignore_ascii_case(name));
        match said.keys().find(|name| !name.starts_with('@') && !is_known(name)) {
            Some(other) => Err(GraphError::no_parameter(other, action)),
            None => Ok(said),
        }
    }

    /// Refuses a body that does not say that it is JSON.
    pub fn check_json(&self) -> Result<()> {
        let kind = self.header("content-type").unwrap_or_default();
        if kind.to_ascii_lowercase().contains("json") {
            return Ok(());
        }
        let message = "A supported MIME type could not be found that matches the content type of the request.";
        Err(GraphError::new(415, "RequestBodyRead", message))
    }

    /// The fields of the JSON object that is the body.
    pub fn fields(&self) -> Result<Map<String, Value>> {
        let invalid = |message: &str| GraphError::new(400, "BadRequest", message);
        self.check_json()?;
        match serde_json::from_slice(&self.body) {
            Ok(Value::Object(fields)) => Ok(fields),
            Ok(_) => Err(invalid("The request body must be an object.")),
            Err(_) => Err(invalid(
                "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid \
                 JSON format.",
            )),
        }
    }

    /// The decoded segments of the path; `users('x')` counts as two.
    pub fn segments(&self) -> Result<Vec<String>> {
        let mut segments = Vec::new();
        for raw in self.path.split('/').filter(|raw| !raw.is_empty()) {
            let segment = percent_decode(raw, false)?;
            match key_segment(&segment) {
                Some((collection, key)) => segments.extend([collection, key]),
                None => segments.push(segment),
            }
        }
        Ok(segments)
    }
}

/// `users('a''b')` as `users` and `a'b`.
fn key_segment(segment: &str) -> Option<(String, String)> {
    let (collection, rest) = segment.split_once("('")?;
    let key = rest.strip_suffix("')")?;
    Some((collection.to_owned(), key.replace("''", "'")))
}

/// Undoes percent-encoding; in a query `+` is a space.
pub fn percent_decode(text: &str, plus_is_space: bool) -> Result<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' if plus_is_space => b' ',
            b'%' => {
                let digit = |byte: Option<u8>| byte.and_then(|byte| char::from(byte).to_digit(16));
                match (digit(rest.next()), digit(rest.next())) {
                    (Some(high), Some(low)) => u8::try_from(high * 16 + low).unwrap_or_default(),
                    _ => {
                        return Err(GraphError::bad_query(format!(
                            "'{text}' is not percent-encoded correctly."
                        )));
                    }
                }
            }
            other => other,
        });
    }
    String::from_utf8(bytes).map_err(|_| GraphError::bad_query("The URI is not UTF-8."))
}

/// Percent-encodes all but unreserved letters, for links and contexts.
pub fn percent_encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => encoded.push(char::from(byte)),
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(path: &str) -> Request {
        Request {
            method: Method::Get,
            method_name: "GET".into(),
            path: path.into(),
            query: String::new(),
            headers: vec![("consistencylevel".into(), "Eventual".into())],
            body: Vec::new(),
            base: "http://x/v1.0".into(),
        }
    }

    #[test]
    fn a_segment_is_decoded_after_the_path_was_cut() {
        let path = "/users/a%23EXT%23%40b/photo/%24value";
        assert_eq!(
            request(path).segments().unwrap(),
            ["users", "a#EXT#@b", "photo", "$value"]
        );
        assert_eq!(
            request("/threads/AA%2FBB%2BCC%3D").segments().unwrap(),
            ["threads", "AA/BB+CC="]
        );
        assert_eq!(
            request("/users('o''brien@x')/manager").segments().unwrap(),
            ["users", "o'brien@x", "manager"]
        );
        assert!(request("/users/%zz").segments().is_err());
        assert!(request("/users/%C3").segments().is_err());
    }

    #[test]
    fn a_plus_is_a_space_in_a_query_only() {
        assert_eq!(percent_decode("a+b%2B", true).unwrap(), "a b+");
        assert_eq!(percent_decode("a+b", false).unwrap(), "a+b");
        assert_eq!(percent_encode("a b/é"), "a%20b%2F%C3%A9");
    }

    #[test]
    fn the_consistency_level_is_read_in_any_case() {
        assert!(request("/").eventual());
    }
}
