//! The tenant's clock: it starts where it is told to and then runs at the speed of the real one.

use std::time::{Duration, Instant};

use jiff::Timestamp;

/// A clock with its own idea of now.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    start: Timestamp,
    began: Instant,
}

impl Clock {
    /// A clock that shows `start` at this moment; the real time when there is none.
    pub fn starting_at(start: Option<Timestamp>) -> Clock {
        Clock {
            start: start.unwrap_or_else(Timestamp::now),
            began: Instant::now(),
        }
    }

    /// What the clock showed when it started. Ages in the assets count from here.
    pub fn start(&self) -> Timestamp {
        self.start
    }

    /// What the clock shows.
    pub fn now(&self) -> Timestamp {
        later(self.start, self.began.elapsed())
    }
}

/// The time `by` after `at`; `at` itself where that lies beyond the calendar.
pub fn later(at: Timestamp, by: Duration) -> Timestamp {
    at.checked_add(by).unwrap_or(at)
}

/// The time so many minutes before `at`.
pub fn minutes_before(at: Timestamp, minutes: f64) -> Timestamp {
    at.checked_sub(Duration::from_secs_f64((minutes * 60.0).clamp(0.0, 3.0e9)))
        .unwrap_or(at)
}
