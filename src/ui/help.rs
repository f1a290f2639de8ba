//! Help: what works where the keyboard was, and why the rest does not at the moment.

use super::screen::{Popup, Screen};
use crate::app::{HELP_WIDTH, help};
use crate::layout::Area;

pub(super) fn draw(screen: &mut Screen<'_, '_>, body: Area, top: usize) {
    let (model, theme) = (screen.model, screen.theme);
    let rows = help(model);
    let popup = Popup {
        title: &format!("Help: {}", model.place_below_help().name()),
        width: HELP_WIDTH,
        rows: rows.len(),
    };
    let inner = popup.draw(screen, body);
    let top = top.min(rows.len().saturating_sub(usize::from(inner.height)));
    for (row, told) in (0..inner.height).zip(rows.iter().skip(top)) {
        let style = if told.holds { theme.text } else { theme.secondary };
        screen
            .row(inner, row)
            .put(&told.keys, theme.key)
            .put(&told.words, style);
    }
}
