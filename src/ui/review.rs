//! The last look before sending: what goes out, as whom, and who will read it.

use ratatui_macros::{line, span};

use super::screen::Screen;
use super::{body, message, title};
use crate::app::{Composer, REVIEW_INDENT, REVIEW_LABEL, ReviewRow, review_rows};
use crate::domain::Kind;
use crate::keys::Action;
use crate::layout::Area;
use crate::text::pad;

pub(super) fn draw(screen: &mut Screen<'_, '_>, area: Area, composer: &Composer, top: usize) {
    let asks = match composer.target().kind {
        Kind::Reply { .. } => "Send this reply?",
        Kind::Conversation => "Begin this conversation?",
        Kind::Thread { .. } => "Begin this thread?",
        Kind::Forward { .. } => "Forward this post out of the group?",
    };
    title::draw(screen, area, true, asks, &[]);
    let content = area.content();
    let shown = message::below(content, 1);
    let rows = review_rows(screen.model, composer);
    let last = rows.len().saturating_sub(shown.height.into());
    let top = top.min(last);
    draw_keys(screen, content, last - top);
    for (at, row) in (0..shown.height).zip(rows.iter().skip(top)) {
        draw_row(screen, shown, at, composer, row);
    }
}

/// What sends it and what does not; at the right how much there is to see below.
fn draw_keys(screen: &mut Screen<'_, '_>, area: Area, below: usize) {
    let theme = screen.theme;
    let keys = [Action::ConfirmSend, Action::KeepWriting].map(|action| (screen.key(action), action.help()));
    let more = format!("{} {below} more", screen.key(Action::CursorDown));
    let mut strip = screen.row(area, 0);
    if below > 0 {
        strip.put_right(&more, theme.secondary, 0);
    }
    strip.skip(REVIEW_INDENT);
    for (key, help) in keys {
        strip.line(&line![span!(theme.key; "{key}"), " ", span!(theme.text; "{help}")]);
        strip.skip(3);
    }
}

fn draw_row(screen: &mut Screen<'_, '_>, area: Area, at: u16, composer: &Composer, row: &ReviewRow) {
    let theme = screen.theme;
    let mut strip = screen.row(area, at);
    match row {
        ReviewRow::Fact(label, told) => {
            strip
                .skip(REVIEW_INDENT)
                .put(&pad(label, REVIEW_LABEL), theme.secondary)
                .put(told, theme.text);
        }
        ReviewRow::Rule => strip.fill("─", theme.rule),
        ReviewRow::Typed(line) => {
            strip.put(line, theme.text);
        }
        ReviewRow::Becomes(line) => {
            let Some(set) = &composer.preview else { return };
            let Some(line) = set.lines.get(*line) else { return };
            let place = body::Place::of_preview(set, area.width);
            body::draw(&mut strip, theme, line, &place);
        }
    }
}
