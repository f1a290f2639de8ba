//! The posts of a thread in a row each, to jump to one.

use super::groups::mark;
use super::screen::{Popup, Screen};
use super::title::put_line;
use crate::app::Outline;
use crate::layout::Area;
use crate::text::{pad, truncate};

/// Cells for the names.
const NAMES: usize = 22;
/// From this width on there is room for how a post begins, beside the rest.
const ROOMY: u16 = 60;

pub(super) fn draw(screen: &mut Screen<'_, '_>, body: Area, outline: &Outline) {
    let theme = screen.theme;
    let popup = Popup {
        title: "Jump to a post",
        width: 110,
        rows: outline.posts.len() + 1,
    };
    let inner = popup.draw(screen, body);
    let mut strip = screen.row(inner, 0);
    strip.put("#", theme.key);
    let (x, y) = put_line(&mut strip, theme, &outline.line, 0);
    screen.set_cursor(x, y);
    let rows = usize::from(inner.height.saturating_sub(1)).max(1);
    let first = screen.first_shown(outline.cursor, outline.found.len(), rows);
    let digits = outline.posts.len().to_string().len();
    for (row, (place, entry)) in (1..inner.height).zip(outline.found.iter().enumerate().skip(first)) {
        let Some(post) = outline.posts.get(*entry) else {
            continue;
        };
        let here = place == outline.cursor;
        let mut strip = screen.row(inner, row);
        strip.put(mark(here, true), theme.mark);
        strip.put(&format!("{:>digits$}  ", entry + 1), theme.key);
        let style = if here { theme.cursor } else { theme.text };
        if inner.width < ROOMY {
            strip.put_right(&post.when, theme.secondary, 8);
            strip.put(&post.author, style);
            continue;
        }
        let name = truncate(&post.author, NAMES);
        strip.put(&pad(&name, NAMES), style);
        strip.put("  ", theme.text).put(&post.when, theme.secondary);
        strip.put("  ", theme.text).put(&post.start, theme.text);
    }
    if outline.found.is_empty() {
        screen
            .row(inner, 1)
            .skip(2)
            .put("No post is anything like this.", theme.secondary);
    }
}
