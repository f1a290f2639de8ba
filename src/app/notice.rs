//! One line at the foot of the screen that says what has just happened.

use std::time::{Duration, Instant};

use super::model::Model;
use crate::domain::Text;
use crate::protocol::Problem;
use crate::text::cells;

/// How long a notice stays, at least.
const SHOWN_FOR: Duration = Duration::from_secs(6);
/// Nobody reads even a word sooner.
const SOONEST: Duration = Duration::from_secs(1);
/// What a fast reader takes for a cell.
const PER_CELL: Duration = Duration::from_millis(30);

/// A short message that goes away by itself, or at the next key once there was time to read it.
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    /// What is said.
    pub text: Text,
    /// How serious it is.
    pub tone: Tone,
    /// When whoever reads fast has read it.
    pub read: Instant,
    /// When it goes away.
    pub until: Instant,
}

/// How serious a notice is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Something to know.
    Info,
    /// Something that did not work.
    Problem,
}

/// Says something.
pub(super) fn say(model: &mut Model, text: &str) {
    show(model, Text::new(text), Tone::Info);
}

/// Says that something went wrong, and what to do.
pub(super) fn warn(model: &mut Model, problem: &Problem) {
    show(model, Text::new(&problem.to_string()), Tone::Problem);
}

fn show(model: &mut Model, text: Text, tone: Tone) {
    let reading = PER_CELL.saturating_mul(cells(text.as_str()) as u32).max(SOONEST);
    let now = model.now.instant;
    model.notice = Some(Notice {
        text,
        tone,
        read: now + reading,
        until: now + SHOWN_FOR.max(reading * 2),
    });
}

/// The person goes on: what there was time to read makes way for the hints below it.
pub(super) fn make_way(model: &mut Model) {
    let now = model.now.instant;
    model.notice.take_if(|notice| notice.read <= now);
}

/// Takes the notice away when its time has come.
pub(super) fn expire(model: &mut Model) {
    if model
        .notice
        .as_ref()
        .is_some_and(|notice| notice.until <= model.now.instant)
    {
        model.notice = None;
    }
}
