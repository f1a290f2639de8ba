//! A row while it is drawn: filled from the left and from the right, and never left.

use ratatui::buffer::Cell;
use ratatui::layout::Position;
use ratatui::style::Style;
use ratatui::text::Line;

use crate::text::{cells, graphemes};

/// What is still free of a row.
pub(super) struct Strip<'s> {
    /// The row's cells.
    cells: &'s mut [Cell],
    /// The place among them of the first that is free, and of the one behind the last.
    from: usize,
    pub(super) to: usize,
    /// Where the row begins on the screen.
    at: Position,
}

impl<'s> Strip<'s> {
    /// A row of cells that begins there on the screen; all of it is free.
    pub(super) fn new(cells: &'s mut [Cell], at: Position) -> Self {
        let (from, to) = (0, cells.len());
        Strip { cells, from, to, at }
    }

    /// Free cells.
    pub(super) fn room(&self) -> usize {
        self.to.saturating_sub(self.from)
    }

    /// The next cell to be filled: column and row of the screen.
    pub(super) fn at(&self) -> (u16, u16) {
        (self.at.x + self.from as u16, self.at.y)
    }

    /// Puts text at the left, as much as there is room for: cut as [`crate::text::truncate`] cuts, but without a string of
    /// its own, for nearly all that is drawn comes through here.
    pub(super) fn put(&mut self, text: &str, style: Style) -> &mut Self {
        let free = self.cells.get_mut(..self.to).unwrap_or_default();
        let (mut at, mut last) = (self.from, self.from);
        for (symbol, cells) in graphemes(text).filter(|(_, cells)| *cells > 0) {
            if !write(free, at, symbol, cells, style) {
                // The ellipsis goes where there is still room, or takes the place of what was written last.
                let cut = if at < free.len() { at } else { last };
                at = cut + usize::from(write(free, cut, "…", 1, style));
                break;
            }
            (last, at) = (at, at + cells);
        }
        self.from = at;
        self
    }

    /// Puts a line of text in several styles, as much as there is room for.
    pub(super) fn line(&mut self, line: &Line<'_>) -> &mut Self {
        for span in line {
            self.put(&span.content, span.style);
        }
        self
    }

    /// Puts text, or leaves the cells free that it would take.
    pub(super) fn put_if(&mut self, holds: bool, text: &str, style: Style) -> &mut Self {
        if holds {
            self.put(text, style)
        } else {
            self.skip(cells(text))
        }
    }

    /// Puts text at the right, if all of it fits beside `rest` cells for the left; a space parts it from them.
    pub(super) fn put_right(&mut self, text: &str, style: Style, rest: usize) -> &mut Self {
        let wide = cells(text);
        if wide > 0 && wide + 1 + rest <= self.room() {
            let start = self.to - wide;
            let mut at = start;
            for (symbol, cells) in graphemes(text) {
                write(self.cells, at, symbol, cells, style);
                at += cells;
            }
            self.to = start - 1;
        }
        self
    }

    /// Leaves cells free.
    pub(super) fn skip(&mut self, cells: usize) -> &mut Self {
        self.from += cells.min(self.room());
        self
    }

    /// Fills what is free with a glyph of one cell.
    pub(super) fn fill(&mut self, glyph: &str, style: Style) {
        for cell in self.cells.get_mut(self.from..self.to).unwrap_or_default() {
            cell.set_symbol(glyph).set_style(style);
        }
        self.from = self.from.max(self.to);
    }

    /// Lays a style over cells that were filled, from one column of the screen to another.
    pub(super) fn restyle(&mut self, from: u16, to: u16, style: Style) {
        let place = |column: u16| usize::from(column.saturating_sub(self.at.x)).min(self.from);
        let filled = place(from)..place(to);
        for cell in self.cells.get_mut(filled).unwrap_or_default() {
            cell.set_style(style);
        }
    }
}

/// Writes a grapheme that takes so many cells, as `Buffer::set_stringn` does; `false` where it does not fit.
fn write(row: &mut [Cell], at: usize, symbol: &str, cells: usize, style: Style) -> bool {
    let Some([cell, covered @ ..]) = row.get_mut(at..at + cells) else {
        return false;
    };
    cell.set_symbol(symbol).set_style(style);
    covered.fill(Cell::EMPTY);
    true
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;

    use super::*;
    use crate::text::truncate;

    proptest! {
        #[test]
        fn what_is_put_is_cut_as_everywhere(text in "[a山é\u{301}👩\u{200d}👧ﾊﾞ\u{7}ل…]{0,12}", width in 0_u16..12, right in 0_u16..3) {
            let area = Rect::new(0, 0, width + right, 1);
            let mut wanted = Buffer::empty(area);
            wanted.set_string(0, 0, truncate(&text, usize::from(width)), Style::new().bold());
            let mut cells = Buffer::empty(area);
            let mut strip = Strip {
                cells: &mut cells.content,
                from: 0,
                to: usize::from(width),
                at: Position::ORIGIN,
            };
            strip.put(&text, Style::new().bold());
            prop_assert_eq!(strip.from, crate::text::cells(&truncate(&text, usize::from(width))));
            prop_assert_eq!(cells, wanted);
        }
    }
}
