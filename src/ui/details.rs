//! All that is known of a thread and of a post.

use super::screen::{Popup, Screen};
use crate::app::{DETAIL_LABEL, DETAILS_WIDTH, details};
use crate::layout::Area;

pub(super) fn draw(screen: &mut Screen<'_, '_>, body: Area, top: usize) {
    let theme = screen.theme;
    let rows = details(screen.model);
    let popup = Popup {
        title: "Details",
        width: DETAILS_WIDTH,
        rows: rows.len(),
    };
    let inner = popup.draw(screen, body);
    let top = top.min(rows.len().saturating_sub(usize::from(inner.height)));
    for (row, (label, value)) in (0..inner.height).zip(rows.iter().skip(top)) {
        let mut strip = screen.row(inner, row);
        strip.put(&format!("{label:DETAIL_LABEL$}"), theme.secondary);
        strip.put(value, theme.text);
    }
}
