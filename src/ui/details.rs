//! All that is known of a thread and of a post.

use super::screen::{Popup, Screen};
use crate::app::details;
use crate::layout::Area;

/// Cells for the labels.
const LABELS: usize = 14;

pub(super) fn draw(screen: &mut Screen<'_, '_>, body: Area, top: usize) {
    let theme = screen.theme;
    let rows = details(screen.model);
    let popup = Popup {
        title: "Details",
        width: 96,
        rows: rows.len(),
    };
    let inner = popup.draw(screen, body);
    for (row, (label, value)) in (0..inner.height).zip(rows.iter().skip(top)) {
        let mut strip = screen.row(inner, row);
        strip.put(&format!("{label:LABELS$}"), theme.secondary);
        strip.put(value, theme.text);
    }
}
