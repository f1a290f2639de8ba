//! The columns of the members, to be chosen.

use super::groups::mark;
use super::members::way;
use super::screen::{Popup, Screen};
use crate::app::Column;
use crate::layout::Area;

pub(super) fn draw(screen: &mut Screen<'_, '_>, body: Area, cursor: usize) {
    let theme = screen.theme;
    let members = &screen.model.members;
    let popup = Popup {
        title: "Columns of the members",
        width: 40,
        rows: Column::ALL.len(),
    };
    let inner = popup.draw(screen, body);
    let page = usize::from(inner.height).max(1);
    let first = screen.first_shown(cursor, Column::ALL.len(), page);
    for (row, (at, column)) in (0..inner.height).zip(Column::ALL.into_iter().enumerate().skip(first)) {
        let here = at == cursor;
        let mut strip = screen.row(inner, row);
        if let Some(order) = members.order.filter(|order| order.column == column) {
            strip.put_right(&format!("sorted {}", way(order)), theme.secondary, 20);
        }
        let tick = if members.columns.has(column) { "[x] " } else { "[ ] " };
        strip.put(mark(here, true), theme.mark).skip(1).put(tick, theme.key);
        strip.put(column.name(), if here { theme.cursor } else { theme.text });
    }
}
