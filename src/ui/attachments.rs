//! The attachments of a post, in a list of their own.

use super::groups::mark;
use super::posts;
use super::screen::{Popup, Screen};
use crate::layout::Area;

pub(super) fn draw(screen: &mut Screen<'_, '_>, body: Area, cursor: usize) {
    let theme = screen.theme;
    let attached = screen.model.posts.attached();
    let popup = Popup {
        title: "Attachments",
        width: 96,
        rows: attached.len(),
    };
    let inner = popup.draw(screen, body);
    let page = usize::from(inner.height).max(1);
    let first = cursor / page * page;
    for (row, (place, file)) in (0..).zip(attached.iter().enumerate().skip(first).take(page)) {
        let mut strip = screen.row(inner, row);
        strip.put(mark(place == cursor, true), theme.mark);
        posts::attachment(&mut strip, theme, file);
    }
}
