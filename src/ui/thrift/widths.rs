//! How wide the terminal draws what is in a cell.

use ratatui::buffer::Cell;

use crate::text::{cells, cells_apart};
use crate::ui::photo::carries_picture;

/// The cells that a symbol takes; at least one.
pub(super) fn width(cell: &Cell) -> u16 {
    match cell.symbol() {
        _ if carries_picture(cell) => 1,
        symbol if symbol.len() == 1 => 1,
        symbol => cells(symbol).max(1) as u16,
    }
}

/// The cells that a symbol takes in a terminal that draws every character by itself.
pub(super) fn width_apart(cell: &Cell) -> u16 {
    match cell.symbol() {
        _ if carries_picture(cell) => 1,
        symbol if symbol.len() == 1 => 1,
        symbol => cells_apart(symbol) as u16,
    }
}

/// Whether every terminal draws it two cells wide: kana, han and hangul, and the punctuation of these scripts.
pub(super) fn is_surely_wide(symbol: &str) -> bool {
    let mut chars = symbol.chars();
    let wide = matches!(
        chars.next(),
        Some(
            '\u{3001}'..='\u{3002}'
            | '\u{3041}'..='\u{3096}'
            | '\u{30a1}'..='\u{30ff}'
            | '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{ac00}'..='\u{d7a3}'
            | '\u{ff01}'..='\u{ff60}',
        )
    );
    wide && chars.next().is_none()
}
