//! The person's templates: their names, and what the chosen one says.

use super::groups::mark;
use super::message;
use super::screen::{Popup, Screen};
use super::title::put_line;
use crate::app::Templates;
use crate::domain::Prose;
use crate::layout::Area;

/// Names that are shown at once.
const NAMES: usize = 6;
/// Rows of the chosen one that are shown.
const TEXT: usize = 8;

pub(super) fn draw(screen: &mut Screen<'_, '_>, body: Area, templates: &Templates) {
    let theme = screen.theme;
    let popup = Popup {
        title: "Insert a template",
        width: 78,
        rows: 1 + NAMES + 1 + TEXT,
    };
    let inner = popup.draw(screen, body);
    let mut strip = screen.row(inner, 0);
    strip.put("/", theme.key);
    let (x, y) = put_line(&mut strip, theme, &templates.line, 0);
    screen.set_cursor(x, y);
    let below = message::below(inner, 1);
    // In little room the names come before the text.
    let names = NAMES.min(usize::from(below.height).max(1));
    let first = screen.first_shown(templates.cursor, templates.found().len(), names);
    for (row, (place, template)) in (0..).zip(templates.found().enumerate().skip(first).take(names)) {
        let here = place == templates.cursor;
        let mut strip = screen.row(below, row);
        strip.put(mark(here, true), theme.mark).skip(1);
        let name = template.map_or("", |template| template.name.as_str());
        strip.put(name, if here { theme.cursor } else { theme.text });
    }
    let rest = message::below(below, names as u16);
    screen.row(rest, 0).fill("─", theme.rule);
    let rest = message::below(rest, 1);
    match templates.selected().map(|template| &template.text) {
        Some(Ok(text)) => message::paragraph(screen, rest, Prose::new(text).as_str(), theme.secondary),
        Some(Err(why)) => message::paragraph(screen, rest, why, theme.problem),
        None => message::paragraph(
            screen,
            rest,
            "No template is called anything like this.",
            theme.secondary,
        ),
    };
}
