//! When frames are drawn: at once after a rest, and evenly when much happens.

use std::time::{Duration, Instant};

/// Frames are this far apart when much happens.
const FRAME: Duration = Duration::from_millis(16);
/// After a rest so many are drawn at once: what a key does by itself, and what a thread finds out for it a moment later.
const AT_ONCE: u32 = 2;

/// A leaky bucket of frames.
#[derive(Debug, Default)]
pub(super) struct Pace {
    wanted: bool,
    /// When the frames drawn so far would end, had each taken its time.
    paid_until: Option<Instant>,
}

impl Pace {
    /// Something has changed.
    pub(super) fn wants_a_frame(&mut self) {
        self.wanted = true;
    }

    /// When a wanted frame may be drawn.
    pub(super) fn due(&self) -> Option<Instant> {
        let in_advance = FRAME * (AT_ONCE - 1);
        let due = self.paid_until.and_then(|paid| paid.checked_sub(in_advance));
        self.wanted.then(|| due.unwrap_or_else(Instant::now))
    }

    /// A frame has been drawn.
    pub(super) fn drawn(&mut self, now: Instant) {
        self.paid_until = Some(self.paid_until.map_or(now, |paid| paid.max(now)) + FRAME);
        self.wanted = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_frames_come_at_once_after_a_rest_and_the_next_each_in_its_time() {
        let start = Instant::now();
        let mut pace = Pace::default();
        assert_eq!(pace.due(), None);
        let mut now = start;
        for rest in [0, 20] {
            now += FRAME * rest;
            let rested = now;
            let mut drawn_at = Vec::new();
            for _ in 0..5 {
                pace.wants_a_frame();
                now = pace.due().map_or(now, |due| due.max(now));
                pace.drawn(now);
                drawn_at.push((now - rested).as_millis());
            }
            assert_eq!(drawn_at, [0, 0, 16, 32, 48]);
            assert_eq!(pace.due(), None);
        }
    }
}
