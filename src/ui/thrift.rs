//! Fewer bytes to the terminal for the same cells.

mod pen;

use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect, Size};

use self::pen::{Pen, is_blank, look_alike};
use crate::text::{cells, cells_apart};

/// What it takes to come to another place after cells were erased: `ESC [ 85 G`.
const MOVE_BYTES: usize = 5;

/// A backend that spares the line to the terminal. It knows what the terminal shows, and writes only what looks
/// otherwise: unchanged cells where that is cheaper than to leap over them, because scrolled text has the same letter in
/// the same place every few cells; erasures for spaces; styles where they change something. Where nothing has changed it
/// writes nothing.
///
/// Behind emoji, on whose width terminals disagree, the cursor is placed anew, so that no error of theirs reaches the next
/// cell; letters that every terminal draws two cells wide are trusted. Where a terminal may draw a family of emoji one by
/// one, the cells that it spills into are written once more.
#[derive(Debug)]
pub struct Thrifty<W> {
    out: W,
    /// What the terminal shows.
    screen: Buffer,
    /// Where the next letter goes: the row, and the column if it is sure.
    at: Option<(u16, Option<u16>)>,
    shows_cursor: Option<bool>,
    pen: Pen,
    /// What is being written.
    bytes: Vec<u8>,
    /// The cells that are to be written.
    changed: Vec<Change>,
}

/// A cell that is to be written.
#[derive(Debug, Clone, Copy)]
struct Change {
    x: u16,
    y: u16,
    /// An emoji comes over letters. A terminal that draws it narrower would leave some of them beside it.
    over_letters: bool,
}

impl<W: Write> Thrifty<W> {
    /// For a terminal of this size that shows nothing yet.
    pub fn new(out: W, size: crate::layout::Size) -> Self {
        Thrifty {
            out,
            screen: Buffer::empty(Rect::new(0, 0, size.width, size.height)),
            at: None,
            shows_cursor: None,
            pen: Pen::default(),
            bytes: Vec::new(),
            changed: Vec::new(),
        }
    }

    fn cell(&self, x: u16, y: u16) -> Option<&Cell> {
        self.screen.cell(Position::new(x, y))
    }

    /// Takes note of what the terminal is to show, and of whether that looks otherwise. The cells that a wide letter covers
    /// are blank once something narrow takes its place, and ratatui does not say so.
    fn note(&mut self, x: u16, y: u16, cell: &Cell, width: u16) {
        let mut over_letters = false;
        for covered in 1..width {
            if let Some(shown) = self.screen.cell_mut(Position::new(x.saturating_add(covered), y)) {
                over_letters |= !look_alike(shown, &Cell::EMPTY);
                shown.reset();
            }
        }
        if let Some(shown) = self.screen.cell_mut(Position::new(x, y)) {
            if over_letters || !look_alike(shown, cell) {
                let over_letters = over_letters && !is_surely_wide(cell.symbol());
                self.changed.push(Change { x, y, over_letters });
            }
            shown.clone_from(cell);
        }
    }

    /// Moves the cursor to a cell.
    fn leap(&mut self, x: u16, y: u16) {
        if self.at == Some((y, Some(x))) {
            return;
        }
        let (row, column) = (y.saturating_add(1), x.saturating_add(1));
        let sequence = match self.at {
            Some((row, _)) if row == y => format!("\x1b[{column}G"),
            _ if x == 0 => format!("\x1b[{row}H"),
            _ => format!("\x1b[{row};{column}H"),
        };
        self.say(&sequence);
        self.at = Some((y, Some(x)));
    }

    /// Comes to a cell: by writing those that lie between once more, or by a leap, whichever is shorter.
    fn reach(&mut self, x: u16, y: u16) {
        match self.at {
            Some((row, Some(column))) if row == y && self.is_bridge(column, x, y) => {
                for between in column..x {
                    self.put(between, y);
                }
            }
            _ => self.leap(x, y),
        }
    }

    fn say(&mut self, text: &str) {
        self.bytes.extend_from_slice(text.as_bytes());
    }

    /// Takes another pen.
    fn take(&mut self, pen: Pen) {
        let sequence = self.pen.becomes(&pen);
        self.say(&sequence);
        self.pen = pen;
    }

    /// Whether the cells from one column to another are written in fewer bytes than a leap over them takes.
    fn is_bridge(&self, from: u16, to: u16, y: u16) -> bool {
        let Some(next) = self.cell(to, y).map(Pen::of) else {
            return false;
        };
        let mut bytes = 0;
        let mut is_cheap = |cell: &Cell| {
            bytes += cell.symbol().len();
            bytes < MOVE_BYTES && width(cell) == 1 && (self.pen.suits(cell) || next.suits(cell))
        };
        from < to && (from..to).all(|x| self.cell(x, y).is_some_and(&mut is_cheap))
    }

    /// Writes a cell at the cursor.
    fn put(&mut self, x: u16, y: u16) {
        let Some(cell) = self.screen.cell(Position::new(x, y)) else {
            return;
        };
        if !self.pen.suits(cell) {
            let pen = Pen::of(cell);
            self.bytes.extend_from_slice(self.pen.becomes(&pen).as_bytes());
            self.pen = pen;
        }
        self.bytes.extend_from_slice(cell.symbol().as_bytes());
        let width = width(cell);
        let end = x.saturating_add(width);
        let at_edge = x.saturating_add(width.max(width_apart(cell))) >= self.screen.area.width;
        self.at = match width {
            // Behind the last column terminals have ways of their own.
            _ if at_edge => None,
            1 => Some((y, Some(end))),
            2 if is_surely_wide(cell.symbol()) => Some((y, Some(end))),
            _ => Some((y, None)),
        };
    }

    /// Erases blank cells from a column on, where that is shorter than to write spaces. Returns the column up to which the
    /// row is as it should be.
    fn erase(&mut self, x: u16, y: u16, next: &[Change]) -> Option<u16> {
        let plain = |cell: &Cell| is_blank(cell) && Pen::default().suits(cell);
        let width = self.screen.area.width;
        let end = (x..width)
            .find(|x| !self.cell(*x, y).is_some_and(plain))
            .unwrap_or(width);
        let last = next
            .iter()
            .take_while(|change| change.y == y && change.x < end)
            .last()?;
        let count = usize::from(last.x - x) + 1;
        let (to, sequence) = if end == width {
            (width, "\x1b[K".to_owned())
        } else {
            (last.x + 1, format!("\x1b[{count}X"))
        };
        let back = if end == width { 0 } else { MOVE_BYTES };
        if count <= sequence.len() + back {
            return None;
        }
        self.reach(x, y);
        // What is erased takes the ground that letters would have.
        if !self.pen.suits(&Cell::EMPTY) {
            self.take(Pen::default());
        }
        self.say(&sequence);
        Some(to)
    }

    /// Writes a changed cell, and what it may have spilled over. Returns the column up to which the row is as it should be.
    fn write(&mut self, change: Change) -> u16 {
        let Change { x, y, over_letters } = change;
        if over_letters && let Some(width) = self.cell(x, y).map(width) {
            self.reach(x, y);
            self.take(Pen::default());
            self.say(&" ".repeat(usize::from(width)));
            self.at = Some((y, None));
        }
        let (mut end, mut spilled) = (x, x);
        while let Some(cell) = self.cell(end, y) {
            let next = end.saturating_add(width(cell));
            spilled = spilled.max(end.saturating_add(width_apart(cell)));
            self.reach(end, y);
            self.put(end, y);
            end = next;
            if end >= spilled {
                break;
            }
        }
        end
    }
}

/// The cells that a symbol takes; at least one.
fn width(cell: &Cell) -> u16 {
    match cell.symbol() {
        symbol if symbol.len() == 1 => 1,
        symbol => cells(symbol).max(1) as u16,
    }
}

/// The cells that a symbol takes in a terminal that draws every character by itself.
fn width_apart(cell: &Cell) -> u16 {
    match cell.symbol() {
        symbol if symbol.len() == 1 => 1,
        symbol => cells_apart(symbol) as u16,
    }
}

/// Whether every terminal draws it two cells wide: kana, han and hangul, and the punctuation of these scripts.
fn is_surely_wide(symbol: &str) -> bool {
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

impl<W: Write> Backend for Thrifty<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        self.changed.clear();
        // The cells of a row up to here are covered by a wide letter; ratatui would write some of them into it.
        let (mut row, mut covered) = (0, 0);
        for (x, y, cell) in content {
            if y == row && x < covered {
                continue;
            }
            let width = width(cell);
            (row, covered) = (y, x.saturating_add(width));
            self.note(x, y, cell, width);
        }
        let changed = std::mem::take(&mut self.changed);
        let (mut row, mut done) = (0, 0);
        for (at, change) in changed.iter().enumerate() {
            if change.y == row && change.x < done {
                continue;
            }
            row = change.y;
            done = match self.erase(change.x, change.y, changed.get(at..).unwrap_or_default()) {
                Some(end) => end,
                None => self.write(*change),
            };
        }
        self.changed = changed;
        self.take(Pen::default());
        Ok(())
    }

    fn append_lines(&mut self, _: u16) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        if self.shows_cursor != Some(false) {
            self.bytes.extend_from_slice(b"\x1b[?25l");
            self.shows_cursor = Some(false);
        }
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        if self.shows_cursor != Some(true) {
            self.bytes.extend_from_slice(b"\x1b[?25h");
            self.shows_cursor = Some(true);
        }
        Ok(())
    }

    /// The terminal is asked nothing.
    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let Position { x, y } = position.into();
        self.leap(x, y);
        Ok(())
    }

    /// Nothing here clears: a screen to be drawn anew is cleared by whoever makes a new backend for it.
    fn clear(&mut self) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn clear_region(&mut self, _: ClearType) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn size(&self) -> io::Result<Size> {
        Ok(self.screen.area.as_size())
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize {
            columns_rows: self.screen.area.as_size(),
            pixels: Size::default(),
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        if !self.bytes.is_empty() {
            self.out.write_all(&self.bytes)?;
            self.bytes.clear();
        }
        self.out.flush()
    }
}

#[cfg(test)]
mod tests;
