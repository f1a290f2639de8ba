//! The HTTP methods that Graph knows.

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

    pub(in crate::graph) fn method(self) -> reqwest::Method {
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
