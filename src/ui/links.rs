//! The links of a post: what each says, and where it really goes.

use super::groups::mark;
use super::numbered;
use super::screen::{Popup, Screen};
use crate::layout::Area;

pub(super) fn draw(screen: &mut Screen<'_, '_>, body: Area, cursor: usize) {
    let theme = screen.theme;
    let links = screen.model.posts.links();
    let popup = Popup {
        title: "Links · a number goes to one",
        width: 96,
        rows: links.len() * 2 + numbered::rows(screen.model),
    };
    let inner = popup.draw(screen, body);
    let inner = numbered::prompt(screen, inner).unwrap_or(inner);
    let page = usize::from(inner.height / 2).max(1);
    let first = screen.first_shown(cursor, links.len(), page);
    for (at, (place, link)) in links.iter().enumerate().skip(first).take(page).enumerate() {
        let (here, row) = (place == cursor, (at * 2) as u16);
        let mut strip = screen.row(inner, row);
        strip.put(mark(here, true), theme.mark);
        strip.put(&format!("{:>3} ", link.number), theme.key);
        strip.put(link.label.as_str(), if here { theme.cursor } else { theme.text });
        let mut strip = screen.row(inner, row + 1);
        strip.put(mark(here, true), theme.mark).skip(4);
        if link.elsewhere {
            strip.put("not what it says: ", theme.warning);
        }
        strip.put(link.shown.as_str(), theme.secondary);
    }
}
