//! Fewer bytes to the terminal for the same cells.

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect, Size};

use crate::text::{cells, cells_apart};

/// What it takes to move the cursor within a row: `ESC [ 17 ; 85 H`.
const MOVE_BYTES: usize = 8;

/// A backend that hands cells on to another, and with them such unchanged cells as cost less to write than to leap
/// over. Scrolled text has the same letter in the same place every few cells; each of these would cost a cursor
/// movement.
///
/// Behind a wide letter the other backend moves the cursor, too, because it does not count widths. For letters that
/// every terminal draws two cells wide it is kept from that; behind emoji, on whose width terminals disagree, the
/// movement stays, so that no error of theirs reaches the next cell. Where a terminal may draw a family of emoji one by
/// one, the cells that it spills into are written once more.
#[derive(Debug)]
pub struct Thrifty<B> {
    inner: B,
    /// What the terminal shows.
    screen: Buffer,
}

impl<B: Backend> Thrifty<B> {
    /// For a terminal of this size that shows nothing yet.
    pub fn new(inner: B, size: crate::layout::Size) -> Self {
        Thrifty {
            inner,
            screen: Buffer::empty(Rect::new(0, 0, size.width, size.height)),
        }
    }

    /// Takes note of what the terminal shows from now on. The cells that a wide letter covers are blank once something
    /// narrow takes its place, and ratatui does not say so.
    fn note(&mut self, x: u16, y: u16, cell: &Cell) {
        for covered in 1..cells(cell.symbol()) as u16 {
            if let Some(shown) = self.screen.cell_mut(Position::new(x + covered, y)) {
                shown.reset();
            }
        }
        if let Some(shown) = self.screen.cell_mut(Position::new(x, y)) {
            *shown = cell.clone();
        }
    }

    /// The cells that a terminal which draws every character by itself has drawn over.
    fn spilled_over(&self, x: u16, y: u16, cell: &Cell) -> Vec<(u16, u16, Cell)> {
        let mut at = x.saturating_add(cells(cell.symbol()) as u16);
        let end = x.saturating_add(cells_apart(cell.symbol()) as u16);
        let mut over = Vec::new();
        while at < end
            && let Some(shown) = self.screen.cell(Position::new(at, y))
        {
            over.push((at, y, shown.clone()));
            at = at.saturating_add(cells(shown.symbol()).max(1) as u16);
        }
        over
    }

    /// The cells between one that is written and the next, if writing them is cheaper than leaping over them.
    fn bridge(&self, from: &Cell, start: u16, end: u16, to: &Cell, y: u16) -> Option<Vec<(u16, u16, Cell)>> {
        let mut bytes = 0;
        let mut between = Vec::new();
        for x in start..end {
            let cell = self.screen.cell(Position::new(x, y))?;
            bytes += cell.symbol().len();
            let same_style = has_style(cell, from) || has_style(cell, to);
            if bytes >= MOVE_BYTES || !same_style || cells(cell.symbol()) != 1 {
                return None;
            }
            between.push((x, y, cell.clone()));
        }
        Some(between)
    }
}

fn has_style(cell: &Cell, other: &Cell) -> bool {
    (cell.fg, cell.bg, cell.modifier) == (other.fg, other.bg, other.modifier)
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

impl<B: Backend> Backend for Thrifty<B> {
    type Error = B::Error;

    fn draw<'a, I>(&mut self, content: I) -> Result<(), Self::Error>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let changed: Vec<_> = content.collect();
        for (x, y, cell) in &changed {
            self.note(*x, *y, cell);
        }
        let mut written: Vec<(u16, u16, Cell)> = Vec::new();
        for (x, y, cell) in changed {
            if written.last().is_some_and(|(at, row, _)| *row == y && *at >= x) {
                // Written already, over what an emoji before it may have spilled.
                continue;
            }
            if let Some(before) = written.last().cloned().filter(|before| before.1 == y) {
                let (at, _, from) = before;
                let next = at.saturating_add(cells(from.symbol()).max(1) as u16);
                let between = if x >= next {
                    self.bridge(&from, next, x, cell, y)
                } else {
                    None
                };
                if let Some(between) = between {
                    if is_surely_wide(from.symbol()) {
                        // The cell that the letter covers: nothing is written there, but it is counted.
                        let mut covered = from;
                        covered.set_symbol("");
                        written.push((next - 1, y, covered));
                    }
                    written.extend(between);
                }
            }
            written.push((x, y, cell.clone()));
            written.extend(self.spilled_over(x, y, cell));
        }
        self.inner.draw(written.iter().map(|(x, y, cell)| (*x, *y, cell)))
    }

    fn append_lines(&mut self, count: u16) -> Result<(), Self::Error> {
        self.inner.append_lines(count)
    }

    fn hide_cursor(&mut self) -> Result<(), Self::Error> {
        self.inner.hide_cursor()
    }

    fn show_cursor(&mut self) -> Result<(), Self::Error> {
        self.inner.show_cursor()
    }

    fn get_cursor_position(&mut self) -> Result<Position, Self::Error> {
        self.inner.get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> Result<(), Self::Error> {
        self.inner.set_cursor_position(position)
    }

    fn clear(&mut self) -> Result<(), Self::Error> {
        self.screen.reset();
        self.inner.clear()
    }

    /// Clears all: ratatui draws every cell anew after any clearing, and the copy must not be ahead of the terminal.
    fn clear_region(&mut self, _: ClearType) -> Result<(), Self::Error> {
        self.clear()
    }

    fn size(&self) -> Result<Size, Self::Error> {
        self.inner.size()
    }

    fn window_size(&mut self) -> Result<WindowSize, Self::Error> {
        self.inner.window_size()
    }

    fn flush(&mut self) -> Result<(), Self::Error> {
        self.inner.flush()
    }
}

#[cfg(test)]
mod tests {
    use ratatui::backend::CrosstermBackend;
    use ratatui::style::{Modifier, Style};

    use super::*;

    /// What is written for the step from one row to another.
    fn step(from: &str, to: &str, styled: Option<(u16, u16)>) -> String {
        let size = crate::layout::Size { width: 30, height: 1 };
        let frame = |text: &str, styled: Option<(u16, u16)>| {
            let mut buffer = Buffer::empty(Rect::new(0, 0, 30, 1));
            buffer.set_string(0, 0, text, Style::new());
            if let Some((start, end)) = styled {
                let bold = Style::new().add_modifier(Modifier::BOLD);
                buffer.set_style(Rect::new(start, 0, end - start, 1), bold);
            }
            buffer
        };
        let mut out = Vec::new();
        let mut backend = Thrifty::new(CrosstermBackend::new(&mut out), size);
        let (blank, first, second) = (frame("", None), frame(from, styled), frame(to, styled));
        backend.draw(blank.diff_iter(&first)).unwrap();
        backend.draw(first.diff_iter(&second)).unwrap();
        let said = String::from_utf8(out).unwrap();
        let frames: Vec<&str> = said.split("\u{1b}[39m\u{1b}[49m\u{1b}[59m\u{1b}[0m").collect();
        frames[1].replace('\u{1b}', "^")
    }

    #[test]
    fn short_gaps_are_written_and_long_ones_leapt_over() {
        assert_eq!(step("one way to go", "two why to do", None), "^[1;1Htwo why to d");
        assert_eq!(step("a long way to go", "b long way to do", None), "^[1;1Hb^[1;15Hd");
        assert_eq!(step("東京の会議", "大阪の会議室", None), "^[1;1H大阪^[1;11H室");
        assert_eq!(step("東京 a b", "大阪 a c", None), "^[1;1H大阪 a c");
    }

    #[test]
    fn what_a_wide_letter_covered_is_blank_afterwards() {
        let row = |text: &str| {
            let mut buffer = Buffer::empty(Rect::new(0, 0, 30, 1));
            buffer.set_string(0, 0, text, Style::new());
            buffer
        };
        let mut out = Vec::new();
        let mut backend = Thrifty::new(
            CrosstermBackend::new(&mut out),
            crate::layout::Size { width: 30, height: 1 },
        );
        let frames = ["", "Primrose", "山田 花子", "Zoë Dämmer"].map(row);
        for pair in frames.windows(2) {
            backend.draw(pair[0].diff_iter(&pair[1])).unwrap();
        }
        let mut terminal = vt100::Parser::new(1.try_into().unwrap(), 30.try_into().unwrap(), 0);
        terminal.process(&out);
        assert_eq!(terminal.screen().contents().trim_end(), "Zoë Dämmer");
    }

    #[test]
    fn what_looks_otherwise_is_leapt_over() {
        assert_eq!(step("ab cd ef", "xb cd xf", Some((3, 5))), "^[1;1Hx^[1;7Hx");
    }

    #[test]
    fn what_a_family_of_emoji_may_spill_into_is_written_again() {
        let family = "👩\u{200d}👧";
        assert_eq!(
            step("", &format!("{family}abc"), None),
            format!("^[1;1H{family}^[1;3Habc")
        );
        assert_eq!(
            step("xxabcd", &format!("{family}abcd"), None),
            format!("^[1;1H{family}^[1;3Hab")
        );
        assert_eq!(
            step("xx山d", &format!("{family}山d"), None),
            format!("^[1;1H{family}^[1;3H山")
        );
        assert_eq!(step("xx", family, None), format!("^[1;1H{family}^[1;3H  "));
        assert_eq!(step("", "👍🏽", None), "^[1;1H👍🏽^[1;3H  ", "a tint");
    }

    #[test]
    fn emoji_are_never_trusted() {
        assert_eq!(step("aa b", "👧 c", None), "^[1;1H👧^[1;3H c");
        assert_eq!(step("a 👧 b", "c 👧 d", None), "^[1;1Hc^[1;6Hd");
    }
}
