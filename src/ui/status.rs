//! The status line: where one is, as whom, and how busy the line is.

use super::screen::Screen;
use super::words;
use crate::app::{Export, Stage, undo_until};
use crate::keys::Action;
use crate::layout::Area;

pub(super) fn draw(screen: &mut Screen<'_, '_>, area: Area) {
    let model = screen.model;
    let style = screen.theme.status;
    let settings = &model.settings;
    let me = model.me.shown();
    let organisation = me.and_then(|me| me.organisation.as_ref());
    let mut left = vec![organisation.unwrap_or(&settings.tenant).to_string()];
    if let Some(me) = me {
        left.push(me.person.shown().to_string());
    }
    // The demo is not to be taken for one's own tenant once it has told its name.
    if organisation.is_some_and(|name| *name != settings.tenant) {
        left.push(settings.tenant.to_string());
    }
    if settings.named_profile {
        left.push(format!("profile {}", settings.profile));
    }
    let right = under_way(screen);
    let mut strip = screen.row(area, 0);
    // In little room the last of them go.
    for word in &right {
        strip.put_right(&format!(" {word}"), style, 0);
    }
    strip.put(&format!(" {}", left.join(" · ")), style);
    strip.fill(" ", style);
}

/// What is under way, the weightiest first.
fn under_way(screen: &Screen<'_, '_>) -> Vec<String> {
    let model = screen.model;
    let traffic = model.traffic;
    let mut right = Vec::new();
    if traffic.offline {
        right.push("offline".to_owned());
    }
    if let Some(until) = traffic.throttled_until.filter(|until| *until > model.now.wall) {
        right.push(format!("throttled until {}", words::ahead(model, until)));
    }
    let waiting = model
        .outbox
        .iter()
        .filter(|out| matches!(out.stage, Stage::Queued(_)))
        .count();
    match undo_until(model) {
        Some(until) => right.push(format!(
            "sending in {} s: {} takes it back",
            words::seconds_until(model, until),
            screen.key(Action::TakeBack)
        )),
        None if waiting > 0 => right.push(format!("{waiting} in the outbox")),
        None => {}
    }
    let going = model
        .outbox
        .iter()
        .filter(|out| matches!(out.stage, Stage::Sending(_) | Stage::Seeking { .. }))
        .count();
    if going > 0 {
        right.push(format!("{going} on the way"));
    }
    match model.downloads.on_their_way() {
        (0, ..) => {}
        (count, done, Some(of)) => right.push(format!(
            "fetching {}: {} of {}",
            words::counted(count, "file", "files"),
            words::bytes(done),
            words::bytes(of)
        )),
        (count, done, None) => right.push(format!(
            "fetching {}: {}",
            words::counted(count, "file", "files"),
            words::bytes(done)
        )),
    }
    match &model.downloads.export {
        None => {}
        Some(Export { done, of: Some(of), .. }) => right.push(format!("exporting: {done} of {of} threads")),
        Some(_) => right.push("exporting…".to_owned()),
    }
    if model.settings.read_only {
        right.push("read-only".to_owned());
    }
    if traffic.in_flight > 0 {
        right.push(words::counted(traffic.in_flight, "request", "requests"));
    }
    right
}
