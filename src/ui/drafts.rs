//! Drafts that are kept or under way.

use super::groups::mark;
use super::screen::{Popup, Screen};
use super::{message, words};
use crate::app::{Outgoing, Stage};
use crate::domain::Text;
use crate::keys::Action;
use crate::layout::Area;
use crate::text::wrap;

/// Cells inside the box, at most.
const WIDTH: u16 = 96;

pub(super) fn draw(screen: &mut Screen<'_, '_>, body: Area, cursor: usize, discarding: bool) {
    let (model, theme) = (screen.model, screen.theme);
    // Its own rows have little room for it.
    let problem = model.outbox.get(cursor).and_then(|out| {
        let problem = out.problem.as_ref()?;
        Some(match out.stage {
            // What to do about it is being done.
            Stage::Sending(_) | Stage::Seeking { .. } => problem.what.to_string(),
            _ => problem.to_string(),
        })
    });
    let width = body.boxed(WIDTH, usize::MAX).framed().width;
    let more = problem.as_ref().map_or(0, |said| wrap(said, width.into()).len());
    let popup = Popup {
        title: "Drafts and outbox",
        width: WIDTH,
        rows: (model.outbox.len() * 3).max(1) + more,
    };
    let mut inner = popup.draw(screen, body);
    if let Some(said) = &problem {
        inner = message::foot(screen, inner, 3, said, theme.warning);
    }
    if model.outbox.is_empty() {
        screen
            .row(inner, 0)
            .skip(1)
            .put("No draft is kept, and nothing is on its way.", theme.secondary);
        return;
    }
    let page = usize::from(inner.height / 3).max(1);
    let first = screen.first_shown(cursor, screen.model.outbox.len(), page);
    for (at, (place, out)) in model.outbox.iter().enumerate().skip(first).take(page).enumerate() {
        let here = place == cursor;
        draw_one(screen, inner, (at * 3) as u16, out, here, here && discarding);
    }
}

/// A draft in its three rows: where it goes, how it stands, and how it begins.
fn draw_one(screen: &mut Screen<'_, '_>, area: Area, row: u16, out: &Outgoing, here: bool, discarding: bool) {
    let theme = screen.theme;
    let bar = mark(here, true);
    let target = &out.draft.target;
    let stage = match out.stage {
        Stage::Unsettled if discarding => "not seen".to_owned(),
        Stage::Unsettled => undecided(screen, out),
        _ => words::stage(screen, out),
    };
    let asks = format!("press {} again to discard it", screen.key(Action::Discard));
    let mut strip = screen.row(area, row);
    strip.put(bar, theme.mark).skip(1);
    let topic = Text::new(&target.topic);
    strip.put(
        &format!("“{topic}” in {}", Text::new(&target.group_name)),
        if here { theme.cursor } else { theme.text },
    );
    let mut strip = screen.row(area, row + 1);
    strip.put(bar, theme.mark).skip(1).put(&stage, theme.accent);
    if discarding {
        strip.put(" · ", theme.secondary).put(&asks, theme.problem);
    } else if let Some(problem) = out.problem.as_ref().filter(|_| !here) {
        strip
            .put(" · ", theme.secondary)
            .put(problem.what.as_str(), theme.warning);
    }
    let mut strip = screen.row(area, row + 2);
    strip
        .put(bar, theme.mark)
        .skip(1)
        .put(Text::new(&out.draft.text).as_str(), theme.secondary);
}

/// What is to be decided of a draft that may have been sent, and how.
fn undecided(screen: &Screen<'_, '_>, out: &Outgoing) -> String {
    let keys = [Action::Open, Action::WriteAgain, Action::Discard].map(|action| screen.key(action));
    let [looks, writes, discards] = keys;
    match out.draft.target.kind.is_seen_in_group() {
        true => format!("not seen: {looks} looks again, {writes} writes it again"),
        false => format!("perhaps sent: {writes} if not, {discards} if so"),
    }
}
