//! A post as Graph has it: headers, JSON, source.

use super::message;
use super::screen::{Popup, Screen};
use crate::app::{Raw, RawKind};
use crate::keys::Action;
use crate::layout::Area;

pub(super) fn draw(screen: &mut Screen<'_, '_>, body: Area, raw: &Raw) {
    let theme = screen.theme;
    let names: Vec<String> = RawKind::ALL
        .iter()
        .map(|kind| {
            if *kind == raw.kind() {
                format!("[{}]", kind.name())
            } else {
                kind.name().to_owned()
            }
        })
        .collect();
    let title = format!("{}  {} next", names.join(" "), screen.key(Action::NextRaw));
    let popup = Popup {
        title: &title,
        width: body.width,
        rows: body.height.into(),
    };
    let inner = popup.draw(screen, body);
    match raw.problem() {
        Some(problem) => message::problem(screen, inner, problem),
        None if raw.shown.is_none() => message::loading(screen, inner),
        None => {}
    }
    for (row, text) in (0..inner.height).zip(raw.rows.iter().skip(raw.top)) {
        screen.row(inner, row).put(text, theme.text);
    }
}
