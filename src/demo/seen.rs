//! What the tenant was asked, for tests that watch a client's manners.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// One request that arrived.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// The HTTP method.
    pub method: String,
    /// The path as it was sent, percent-encoded, `/v1.0` included.
    pub path: String,
    /// The query as it was sent, without its `?`.
    pub query: String,
    /// Its headers in lower case, in order of arrival, without `authorization`.
    pub headers: Vec<(String, String)>,
    /// Whether an `Authorization` header was there. Its value is never kept.
    pub authorized: bool,
    /// The items of a `$batch`, each as `METHOD url`.
    pub items: Vec<String>,
    /// The status that was sent; `None` while there is none, after a `hang` or a `drop`, and when the client left first.
    pub status: Option<u16>,
    /// The client went away before the answer.
    pub aborted: bool,
}

impl Seen {
    /// The value of a header by its lower-case name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }
}

/// The last [`Log::KEPT`] requests.
#[derive(Debug, Default)]
pub struct Log {
    entries: Mutex<Entries>,
}

#[derive(Debug, Default)]
struct Entries {
    forgotten: usize,
    kept: VecDeque<Seen>,
}

impl Log {
    /// How many requests are remembered; older ones are forgotten.
    pub const KEPT: usize = 65_536;

    /// Writes a request down and gives its number.
    pub fn add(&self, seen: Seen) -> usize {
        let mut entries = self.lock();
        entries.kept.push_back(seen);
        if entries.kept.len() > Log::KEPT {
            entries.kept.pop_front();
            entries.forgotten += 1;
        }
        entries.forgotten + entries.kept.len() - 1
    }

    /// Adds to what is known of a request.
    pub fn amend(&self, number: usize, change: impl FnOnce(&mut Seen)) {
        let mut entries = self.lock();
        let forgotten = entries.forgotten;
        if let Some(seen) = number.checked_sub(forgotten).and_then(|at| entries.kept.get_mut(at)) {
            change(seen);
        }
    }

    /// All that are remembered, oldest first.
    pub fn all(&self) -> Vec<Seen> {
        self.lock().kept.iter().cloned().collect()
    }

    fn lock(&self) -> MutexGuard<'_, Entries> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
