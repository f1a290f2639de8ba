//! Help: what works where the keyboard was, and why the rest does not at the moment.

use ratatui_macros::{line, span};

use super::screen::{Popup, Screen};
use crate::app::{facts, holds};
use crate::layout::Area;
use crate::text::pad;

/// The column of keys.
const KEYS: usize = 18;

pub(super) fn draw(screen: &mut Screen<'_, '_>, body: Area, top: usize) {
    let (model, theme) = (screen.model, screen.theme);
    let place = model.place_below_help();
    let known = facts(model);
    let actions: Vec<_> = place.actions().collect();
    let popup = Popup {
        title: &format!("Help: {}", place.name()),
        width: 88,
        rows: actions.len(),
    };
    let inner = popup.draw(screen, body);
    let top = top.min(actions.len().saturating_sub(usize::from(inner.height)));
    for (row, action) in (0..inner.height).zip(actions.iter().skip(top)) {
        let keys = model.settings.keymap.shown(*action);
        let keys = span!(theme.key; "{}", pad(&keys, KEYS));
        let help = match holds(&known, *action) {
            Ok(()) => span!(theme.text; "{}", action.help()),
            Err(missing) => span!(theme.secondary; "{} — {}", action.help(), missing.missing()),
        };
        screen.row(inner, row).line(&line![keys, " ", help]);
    }
}
