//! Numbers, times and stages in words.

use std::time::Instant;

use jiff::Timestamp;

use super::screen::Screen;
use crate::app::{Model, Outgoing, Stage, Wait, is_ones_own};
use crate::domain::{DraftState, Text};
use crate::keys::Action;
pub(super) use crate::text::{bytes, counted, grouped};
use crate::text::{time, truncate};

/// A text for a column of so many cells, at least one of which stays free.
pub(super) fn column(text: &str, width: usize) -> std::borrow::Cow<'_, str> {
    truncate(text, width.saturating_sub(1))
}

/// A moment as the person wants moments shown.
pub(super) fn when(model: &Model, then: Timestamp) -> String {
    model.settings.when(then, model.now.wall)
}

/// How old what was read then is: `3 h old`, `of 2026-11-21`.
pub(super) fn old(model: &Model, read_at: Timestamp) -> String {
    let when = when(model, read_at);
    let is_age = !model.settings.times.absolute && when.ends_with(|c: char| c.is_ascii_alphabetic());
    match when.as_str() {
        "now" => "seconds old".to_owned(),
        age if is_age => format!("{age} old"),
        date => format!("of {date}"),
    }
}

/// `14:05:09`, with the date where that is not today's.
pub(super) fn ahead(model: &Model, then: Timestamp) -> String {
    let zone = &model.settings.zone;
    time::ahead(then, model.now.wall, zone, model.settings.times.twelve_hours)
}

/// `14:05` minutes and seconds, the last of them begun.
pub(super) fn minutes(left: jiff::SignedDuration) -> String {
    let seconds = left.as_secs() + i64::from(left.subsec_nanos() > 0);
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// How far a draft has come.
pub(super) fn stage(screen: &Screen<'_, '_>, out: &Outgoing) -> String {
    let me = screen.model.me.shown().map(|me| &me.person.id);
    let another = me.and_then(|me| out.draft.of_another(me));
    let another = another.map(|writer| Text::new(&writer.name));
    match (&out.stage, out.draft.state) {
        (Stage::Kept, _) => match another {
            Some(name) => format!("kept; written as {name}"),
            None => "kept".into(),
        },
        (Stage::Queued(wait), _) => match another {
            Some(name) => format!(
                "written as {name}: {} sends it as you, or sign in as them",
                screen.key(Action::SendNow)
            ),
            None => waits(screen, out, *wait),
        },
        (Stage::Sending(_), _) => "sending…".into(),
        (Stage::Seeking { asked: Some(_), .. }, _) => "looking for it…".into(),
        (Stage::Seeking { .. }, DraftState::Accepted { .. }) => "accepted; waiting for it to appear".into(),
        (Stage::Seeking { .. }, _) => "perhaps sent; looking for it".into(),
        (Stage::Unsettled, _) => format!("not seen: press {}", screen.key(Action::ShowDrafts)),
        (Stage::Visible(_), _) => "sent".into(),
    }
}

/// What keeps a draft in the outbox.
fn waits(screen: &Screen<'_, '_>, out: &Outgoing, wait: Wait) -> String {
    let model = screen.model;
    let sends = || screen.key(Action::SendNow);
    match wait {
        Wait::Word => "not sent; it waits for your word".into(),
        _ if model.me.shown().is_none() && model.me.is_loading() => "waits until it is known who is signed in".into(),
        _ if !is_ones_own(model, out) => format!("it is not known who is signed in: press {} to send it", sends()),
        Wait::Undo(until) if until <= model.now.instant => "waits for what was written before it".into(),
        Wait::Said(_) => "waits for what was written before it".into(),
        Wait::Undo(until) => format!("goes in {} s", seconds_until(model, until)),
        Wait::Line { .. } => "waits for a connection".into(),
        Wait::Quiet { until, .. } => format!("waits until {}, as Graph asks", ahead(model, until)),
    }
}

/// Seconds until a moment, the last of them begun.
pub(super) fn seconds_until(model: &Model, until: Instant) -> u64 {
    let left = until.saturating_duration_since(model.now.instant);
    left.as_secs() + u64::from(left.subsec_nanos() > 0)
}
