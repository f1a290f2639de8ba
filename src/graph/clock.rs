//! The server's clock beside this machine's, which may be wrong.

use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use reqwest::header::HeaderMap;

use super::patience::server_time;

/// How far the server's clock is ahead of this machine's, by its newest answer.
#[derive(Debug, Default)]
pub(super) struct Clock(Mutex<SignedDuration>);

impl Clock {
    /// Takes note of an answer's `Date`, where it has one.
    pub(super) fn hear(&self, headers: &HeaderMap) {
        if let Some(theirs) = server_time(headers) {
            *self.0.lock().unwrap_or_else(PoisonError::into_inner) = theirs.duration_since(Timestamp::now());
        }
    }

    /// How far ahead the server's clock is; nothing before the first answer.
    pub(super) fn ahead(&self) -> SignedDuration {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
