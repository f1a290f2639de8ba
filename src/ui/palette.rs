//! The command palette.

use super::groups::mark;
use super::screen::{Popup, Screen};
use super::title::put_line;
use crate::app::{Palette, facts, holds};
use crate::keys::places;
use crate::layout::Area;

pub(super) fn draw(screen: &mut Screen<'_, '_>, body: Area, palette: &Palette) {
    let (model, theme) = (screen.model, screen.theme);
    let popup = Popup {
        title: "Find any action",
        width: 78,
        // The height stays while typing narrows the list, so that little is drawn anew.
        rows: palette.place.actions().count() + 1,
    };
    let inner = popup.draw(screen, body);
    let mut strip = screen.row(inner, 0);
    strip.put(":", theme.key);
    let (x, y) = put_line(&mut strip, theme, &palette.line, 0);
    screen.set_cursor(x, y);
    let rows = usize::from(inner.height.saturating_sub(1)).max(1);
    let known = facts(model);
    let first = screen.first_shown(palette.cursor, palette.found.len(), rows);
    for (row, (place, (action, ready))) in (1..inner.height).zip(palette.found.iter().enumerate().skip(first)) {
        let here = place == palette.cursor;
        let keys = model.settings.keymap.shown(*action);
        let mut strip = screen.row(inner, row);
        strip.put_right(&keys, theme.secondary, 20);
        strip.put(mark(here, true), theme.mark).skip(1);
        let style = match (ready, here) {
            (false, _) => theme.secondary,
            (true, true) => theme.cursor,
            (true, false) => theme.text,
        };
        strip.put(action.help(), style);
        let why = match holds(&known, *action) {
            _ if !palette.means(*action) => format!(" — in: {}", places(action.places())),
            Err(missing) => format!(" — {}", missing.missing()),
            Ok(()) => continue,
        };
        strip.put(&why, theme.secondary);
    }
    if palette.found.is_empty() {
        screen
            .row(inner, 1)
            .skip(2)
            .put("No action is called anything like this.", theme.secondary);
    }
}
