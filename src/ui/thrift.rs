//! Fewer bytes to the terminal for the same cells.

mod changes;
mod links;
mod pen;
mod widths;

use std::io::{self, Write};

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};

use self::changes::{Change, compare_row};
use self::links::{END, Linked, NONE};
use self::pen::{Pen, is_blank};
use self::widths::{is_surely_wide, width, width_apart};
use super::photo::{is_covered, sequence, undoing};

pub use self::links::Hyperlink;

/// What it takes to come to another place after cells were erased: `ESC [ 85 G`.
const MOVE_BYTES: usize = 5;

/// A screen that spares the line to the terminal. It knows what the terminal shows, compares each frame with that, and
/// writes only what looks otherwise: unchanged cells where that is cheaper than to leap over them, because scrolled text has
/// the same letter in the same place every few cells; erasures for spaces; styles where they change something. Where nothing
/// has changed it writes nothing. The terminal is asked nothing.
///
/// Behind emoji, on whose width terminals disagree, the cursor is placed anew, so that no error of theirs reaches the next
/// cell; letters that every terminal draws two cells wide are trusted. Where a terminal may draw a family of emoji one by
/// one, the cells that it spills into are written once more.
///
/// Of a picture that the terminal draws as a whole only the cell that carries it is written; where the cursor is behind it is
/// anybody's guess.
#[derive(Debug)]
pub struct Thrifty<W> {
    out: W,
    /// What the terminal shows.
    screen: Buffer,
    /// What it is to show next.
    frame: Buffer,
    /// Where the next letter goes: the row, and the column if it is sure.
    at: Option<(u16, Option<u16>)>,
    shows_cursor: Option<bool>,
    pen: Pen,
    /// What is being written.
    bytes: Vec<u8>,
    /// The cells that are to be written.
    changed: Vec<Change>,
    /// An emoji may have spilled into a picture.
    spoilt: bool,
    /// The links of what the terminal shows.
    links: Linked,
    /// The link that what is written now becomes part of.
    link: u32,
}

/// What stands in a frame besides its cells.
#[derive(Debug, Default)]
pub struct Drawn {
    /// Where the terminal's cursor is to be seen.
    pub cursor: Option<Position>,
    /// Links of the terminal's own.
    pub links: Vec<Hyperlink>,
}

impl From<Option<Position>> for Drawn {
    fn from(cursor: Option<Position>) -> Self {
        Drawn {
            cursor,
            links: Vec::new(),
        }
    }
}

impl<W: Write> Thrifty<W> {
    /// For a terminal of this size that shows nothing yet.
    pub fn new(out: W, size: crate::layout::Size) -> Self {
        let empty = Buffer::empty(Rect::new(0, 0, size.width, size.height));
        Thrifty {
            out,
            screen: empty.clone(),
            frame: empty,
            at: None,
            shows_cursor: None,
            pen: Pen::default(),
            bytes: Vec::new(),
            changed: Vec::new(),
            spoilt: false,
            links: Linked::default(),
            link: NONE,
        }
    }

    /// Shows a frame: `draw` fills an empty buffer of the terminal's size, and answers where the cursor is to be seen, and
    /// what links to where.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn show<D: Into<Drawn>>(&mut self, draw: impl FnOnce(&mut Buffer) -> D) -> io::Result<()> {
        self.frame.reset();
        let drawn: Drawn = draw(&mut self.frame).into();
        self.compare();
        let Rect { width, height, .. } = self.frame.area;
        let links = Linked::of(drawn.links, width, height);
        self.compare_links(&links);
        self.links = links;
        std::mem::swap(&mut self.screen, &mut self.frame);
        self.write_changes();
        self.show_cursor(drawn.cursor);
        if !self.bytes.is_empty() {
            self.out.write_all(&self.bytes)?;
            self.bytes.clear();
        }
        self.out.flush()
    }

    /// Takes note of what looks otherwise in the frame than on the screen.
    fn compare(&mut self) {
        self.changed.clear();
        let width = usize::from(self.screen.area.width).max(1);
        let rows = self
            .screen
            .content
            .chunks(width)
            .zip(self.frame.content.chunks_mut(width));
        for (y, (shown, wanted)) in (0..).zip(rows) {
            compare_row(y, shown, wanted, &mut self.changed);
        }
    }

    /// Takes note of the cells of the frame that lead elsewhere than those on the screen.
    fn compare_links(&mut self, wanted: &Linked) {
        if wanted.is_empty() && self.links.is_empty() {
            return;
        }
        let columns = usize::from(self.frame.area.width).max(1);
        for (y, row) in (0..).zip(self.frame.content.chunks(columns)) {
            let mut x = 0;
            while let Some(cell) = row.get(usize::from(x)) {
                let place = usize::from(y) * columns + usize::from(x);
                if self.links.at(place) != wanted.at(place) {
                    let over_letters = false;
                    self.changed.push(Change { x, y, over_letters });
                }
                x = x.saturating_add(width(cell));
            }
        }
        // Of two of a cell, the one that knows more comes first.
        self.changed
            .sort_by_key(|change| (change.y, change.x, !change.over_letters));
        self.changed.dedup_by_key(|change| (change.y, change.x));
    }

    /// The link of a cell.
    fn link_of(&self, x: u16, y: u16) -> u32 {
        self.links
            .at(usize::from(y) * usize::from(self.screen.area.width) + usize::from(x))
    }

    /// Makes what is written from here on part of a link, or of none.
    fn join(&mut self, link: u32) {
        if link == self.link {
            return;
        }
        let sequence = self.links.begin(link);
        self.say(sequence.as_deref().unwrap_or(END));
        self.link = link;
    }

    /// Writes all that looks otherwise.
    fn write_changes(&mut self) {
        let changed = std::mem::take(&mut self.changed);
        for change in &changed {
            self.undo(change.x, change.y);
        }
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
        if std::mem::take(&mut self.spoilt) {
            self.draw_pictures();
        }
        self.take(Pen::default());
        self.join(NONE);
    }

    /// Makes the terminal forget the picture that a changed cell, or one that it covers, carried before.
    fn undo(&mut self, x: u16, y: u16) {
        let end = x.saturating_add(self.cell(x, y).map_or(1, width));
        for at in (x..end).map(|x| Position::new(x, y)) {
            let cells = self.frame.cell(at).zip(self.screen.cell(at));
            if let Some(undoing) = cells.and_then(|(before, after)| undoing(before, after)) {
                self.say(&undoing);
            }
        }
    }

    /// Draws the pictures once more.
    fn draw_pictures(&mut self) {
        for at in self.screen.area.positions() {
            if self.screen.cell(at).and_then(sequence).is_some() {
                self.leap(at.x, at.y);
                self.put(at.x, at.y);
            }
        }
    }

    /// Shows the cursor on a cell, or hides it.
    fn show_cursor(&mut self, at: Option<Position>) {
        if self.shows_cursor != Some(at.is_some()) {
            self.shows_cursor = Some(at.is_some());
            self.say(if at.is_some() { "\x1b[?25h" } else { "\x1b[?25l" });
        }
        if let Some(Position { x, y }) = at {
            self.leap(x, y);
        }
    }

    fn cell(&self, x: u16, y: u16) -> Option<&Cell> {
        self.screen.cell(Position::new(x, y))
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
            bytes < MOVE_BYTES && !is_covered(cell) && width(cell) == 1 && (self.pen.suits(cell) || next.suits(cell))
        };
        from < to && (from..to).all(|x| self.link_of(x, y) == self.link && self.cell(x, y).is_some_and(&mut is_cheap))
    }

    /// Writes a cell at the cursor.
    fn put(&mut self, x: u16, y: u16) {
        self.join(self.link_of(x, y));
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
            // Behind the last column terminals have ways of their own, and behind pictures, too.
            _ if at_edge || sequence(cell).is_some() => None,
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
            .find(|x| !self.cell(*x, y).is_some_and(plain) || self.link_of(*x, y) != NONE)
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
        self.join(NONE);
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
            self.join(NONE);
            self.say(&" ".repeat(usize::from(width)));
            self.at = Some((y, None));
        }
        let (mut end, mut spilled) = (x, x);
        while let Some(cell) = self.cell(end, y) {
            let next = end.saturating_add(width(cell));
            spilled = spilled.max(end.saturating_add(width_apart(cell)));
            if is_covered(cell) || (end > x && sequence(cell).is_some()) {
                self.spoilt |= end > x;
            } else {
                self.reach(end, y);
                self.put(end, y);
            }
            end = next;
            if end >= spilled {
                break;
            }
        }
        end
    }
}

#[cfg(test)]
mod tests;
