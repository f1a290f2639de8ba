//! One line at the foot of the screen that says what has just happened.

use std::time::{Duration, Instant};

use super::model::Model;
use crate::domain::Text;
use crate::protocol::Problem;

/// How long a notice stays.
const SHOWN_FOR: Duration = Duration::from_secs(6);

/// A short message that goes away by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    /// What is said.
    pub text: Text,
    /// How serious it is.
    pub tone: Tone,
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
    model.notice = Some(Notice {
        text,
        tone,
        until: model.now.instant + SHOWN_FOR,
    });
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
