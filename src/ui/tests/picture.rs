//! A frame as text: what stands on the screen, and below it the styles, one letter to each, row by row.

use std::fmt::Write;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier, Style};

use crate::app::Model;
use crate::text::cells;
use crate::ui::{Theme, view};

/// Draws a model into a frame of its own size.
pub(super) fn draw(model: &Model, theme: &Theme) -> (Buffer, Option<Position>) {
    let mut buffer = Buffer::empty(Rect::new(0, 0, model.size.width, model.size.height));
    let cursor = view(model, theme, &mut buffer).cursor;
    (buffer, cursor)
}

/// The screen, and the styles where they are not the terminal's own.
pub(super) fn picture(model: &Model, theme: &Theme) -> String {
    let (buffer, cursor) = draw(model, theme);
    let mut out = String::new();
    for y in 0..buffer.area.height {
        let text: String = row(&buffer, y).map(Cell::symbol).collect();
        writeln!(out, "{}", text.trim_end()).unwrap();
    }
    if let Some(Position { x, y }) = cursor {
        writeln!(out, "cursor: column {x}, row {y}").unwrap();
    }
    out.push_str("styles:\n");
    let mut seen: Vec<Style> = Vec::new();
    for y in 0..buffer.area.height {
        let letters: String = row(&buffer, y).map(|cell| letters(&mut seen, cell)).collect();
        let letters = letters.trim_end();
        if !letters.is_empty() {
            writeln!(out, "{y:>2} {letters}").unwrap();
        }
    }
    for (letter, style) in ('a'..).zip(&seen) {
        writeln!(out, "{letter} = {}", said(*style)).unwrap();
    }
    out
}

/// The cells of a row that are drawn: a wide glyph hides the cell behind it.
fn row(buffer: &Buffer, y: u16) -> impl Iterator<Item = &Cell> {
    let mut x = 0;
    std::iter::from_fn(move || {
        let cell = (x < buffer.area.width).then(|| &buffer[(x, y)])?;
        x += cells(cell.symbol()).max(1) as u16;
        Some(cell)
    })
}

/// A letter for each of the cell's columns; a space for the terminal's own style.
fn letters(seen: &mut Vec<Style>, cell: &Cell) -> String {
    let style = Style::new().fg(cell.fg).bg(cell.bg).add_modifier(cell.modifier);
    let plain = cell.fg == Color::Reset && cell.bg == Color::Reset && cell.modifier.is_empty();
    // A space shows its foreground nowhere.
    let blank = cell.symbol() == " " && !cell.modifier.intersects(Modifier::REVERSED | Modifier::UNDERLINED);
    let letter = if plain || (blank && cell.bg == Color::Reset) {
        ' '
    } else {
        let at = seen.iter().position(|known| *known == style).unwrap_or_else(|| {
            seen.push(style);
            seen.len() - 1
        });
        char::from(b'a' + at as u8)
    };
    letter.to_string().repeat(cells(cell.symbol()).max(1))
}

fn said(style: Style) -> String {
    let mut words = Vec::new();
    if let Some(color) = style.fg.filter(|color| *color != Color::Reset) {
        words.push(color.to_string());
    }
    if let Some(color) = style.bg.filter(|color| *color != Color::Reset) {
        words.push(format!("on {color}"));
    }
    for (name, _) in style.add_modifier.iter_names() {
        words.push(name.to_lowercase());
    }
    words.join(" ")
}
