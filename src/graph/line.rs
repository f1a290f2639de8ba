//! How busy the line is, told to whoever observes it.

use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;

use crate::protocol::Traffic;

/// Keeps count, and calls the observer when something changes.
pub(super) struct Line {
    traffic: Mutex<Traffic>,
    observer: Box<dyn Fn(Traffic) + Send + Sync>,
}

/// One request under way; dropping it ends it, however it ends.
pub(super) struct UnderWay<'a>(&'a Line);

impl Line {
    pub(super) fn new(observer: impl Fn(Traffic) + Send + Sync + 'static) -> Self {
        Line {
            traffic: Mutex::default(),
            observer: Box::new(observer),
        }
    }

    pub(super) fn begin(&self) -> UnderWay<'_> {
        self.change(|traffic| traffic.in_flight += 1);
        UnderWay(self)
    }

    /// Whether the last attempt to connect failed.
    pub(super) fn offline(&self, offline: bool) {
        self.change(|traffic| traffic.offline = offline);
    }

    /// Graph asked us to wait until then; the latest such time counts.
    pub(super) fn throttled_until(&self, until: Timestamp) {
        self.change(|traffic| traffic.throttled_until = traffic.throttled_until.max(Some(until)));
    }

    /// The observer is called with the lock held: so it sees the changes in their order.
    fn change(&self, change: impl FnOnce(&mut Traffic)) {
        let mut traffic = self.traffic.lock().unwrap_or_else(PoisonError::into_inner);
        let before = *traffic;
        change(&mut traffic);
        if *traffic != before {
            (self.observer)(*traffic);
        }
    }
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.0
            .change(|traffic| traffic.in_flight = traffic.in_flight.saturating_sub(1));
    }
}
