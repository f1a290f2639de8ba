//! What may be meant, in a small list beside what is typed.

use super::groups::mark;
use super::screen::{Popup, Screen};
use super::words::grouped;
use crate::app::{Mention, PathEntry, Paths};
use crate::domain::Text;
use crate::keys::Place;
use crate::layout::Area;
use crate::text::cells;

/// Cells inside the list, at most.
const WIDTH: u16 = 46;
/// Files and folders that are shown at once, at most.
const ROWS: usize = 8;

pub(super) fn draw(screen: &mut Screen<'_, '_>, body: Area) {
    let model = screen.model;
    let (Place::Completion, Some(cursor)) = (model.place(), screen.drawn.cursor) else {
        return;
    };
    if let Some(paths) = &model.paths {
        let typed = cells(paths.name()) as u16;
        entries(screen, body, (cursor.x.saturating_sub(typed), cursor.y), paths);
    } else if let Some(mention) = model.mention() {
        let typed = 1 + cells(mention.words()) as u16;
        people(screen, body, (cursor.x.saturating_sub(typed), cursor.y), mention);
    }
}

/// Files and folders.
fn entries(screen: &mut Screen<'_, '_>, body: Area, cell: (u16, u16), paths: &Paths) {
    let theme = screen.theme;
    let count = paths.offered().len();
    let popup = Popup {
        title: "",
        width: WIDTH,
        rows: count.min(ROWS),
    };
    let inner = popup.draw_at(screen, body, cell);
    let rows = usize::from(inner.height).max(1);
    let first = screen.first_shown(paths.cursor.unwrap_or(0), count, rows);
    for (row, (place, entry)) in (0..).zip(paths.offered().enumerate().skip(first).take(rows)) {
        let here = paths.cursor == Some(place);
        let mut strip = screen.row(inner, row);
        if usize::from(row) + 1 == rows && place + 1 < count {
            strip.put_right(&format!("{} more", grouped(count - place - 1)), theme.secondary, 12);
        }
        strip.put(mark(here, true), theme.mark).skip(1);
        let name = entry.map(PathEntry::shown).unwrap_or_default();
        strip.put(&name, if here { theme.cursor } else { theme.text });
    }
}

/// People.
fn people(screen: &mut Screen<'_, '_>, body: Area, cell: (u16, u16), mention: &Mention) {
    let theme = screen.theme;
    let problem = mention.problem.as_ref();
    let count = mention.people.len() + usize::from(problem.is_some());
    let popup = Popup {
        title: "",
        width: WIDTH,
        rows: count,
    };
    let inner = popup.draw_at(screen, body, cell);
    // The chosen one is in view however little room there is.
    let rows = usize::from(inner.height).max(1);
    let first = screen.first_shown(mention.cursor, count, rows);
    let shown = mention.people.iter().enumerate().skip(first).take(rows);
    for (row, (place, person)) in (0..).zip(shown) {
        let here = place == mention.cursor;
        let mut strip = screen.row(inner, row);
        let guest = if person.is_guest() { "guest" } else { "" };
        strip.put_right(guest, theme.secondary, 12);
        strip.put(mark(here, true), theme.mark).skip(1);
        strip.put(person.name.as_str(), if here { theme.cursor } else { theme.text });
        let address = person.address().map_or("", Text::as_str);
        strip.skip(2).put(address, theme.secondary);
    }
    if let Some(problem) = problem {
        let row = mention.people.len().saturating_sub(first) as u16;
        screen.row(inner, row).skip(2).put(problem.what.as_str(), theme.warning);
    }
}
