//! Who is signed in, and what that is good for.

use super::groups::mark;
use super::message;
use super::screen::{Popup, Screen};
use crate::app::{account_rows, capabilities};
use crate::keys::Action;
use crate::layout::Area;
use crate::text::{pad, wrap};

/// The column of labels.
const LABEL: usize = 13;
/// Cells inside the box.
const WIDTH: u16 = 96;
/// The column of permissions.
const SCOPE: usize = 24;

/// The account.
pub(super) fn draw(screen: &mut Screen<'_, '_>, body: Area, leaving: bool) {
    let theme = screen.theme;
    let width = usize::from(WIDTH.min(body.width.saturating_sub(4)))
        .saturating_sub(LABEL)
        .max(1);
    let rows = account_rows(screen.model);
    let lines: Vec<(&str, String)> = rows
        .iter()
        .flat_map(|(label, value)| {
            let lines = wrap(value.as_str(), width);
            lines
                .into_iter()
                .enumerate()
                .map(move |(at, line)| (if at == 0 { *label } else { "" }, line))
        })
        .collect();
    let popup = Popup {
        title: "Who is signed in",
        width: WIDTH,
        rows: lines.len() + if leaving { 3 } else { 0 },
    };
    let mut rest = popup.draw(screen, body);
    if leaving {
        let (yes, no) = (screen.key(Action::ConfirmSignOut), screen.key(Action::Back));
        let question = format!("Sign out? {yes} removes the tokens from here; drafts stay. {no} stays signed in.");
        rest = message::paragraph(screen, rest, &question, theme.warning);
    }
    for (row, (label, line)) in (0..rest.height).zip(&lines) {
        screen
            .row(rest, row)
            .put(&pad(label, LABEL), theme.secondary)
            .put(line, theme.text);
    }
}

/// The capabilities.
pub(super) fn draw_capabilities(screen: &mut Screen<'_, '_>, body: Area, cursor: usize) {
    let theme = screen.theme;
    let rows: Vec<_> = capabilities(screen.model).collect();
    let popup = Popup {
        title: "What folkmoot can do",
        width: WIDTH,
        rows: rows.len(),
    };
    let inner = popup.draw(screen, body);
    let page = usize::from(inner.height).max(1);
    let first = screen.first_shown(cursor, rows.len(), page);
    for (row, (at, (capability, granted))) in (0..inner.height).zip(rows.iter().enumerate().skip(first)) {
        let here = at == cursor;
        let (word, style) = match granted {
            Some(true) => ("granted", theme.secondary),
            Some(false) if capability.admin => ("missing (admin)", theme.warning),
            Some(false) => ("missing", theme.warning),
            None => ("unknown", theme.secondary),
        };
        let mut strip = screen.row(inner, row);
        strip.put(mark(here, true), theme.mark).skip(1);
        strip.put_right(&pad(word, 15), style, 10);
        strip.put_right(&pad(capability.scope(), SCOPE), theme.secondary, 30);
        strip.put(capability.what, if here { theme.cursor } else { theme.text });
    }
}
