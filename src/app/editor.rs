//! Text being typed: a composer of many lines, or one line. It wraps the textarea, whose own keys are off, so that the
//! actions table is the only authority.

mod edit;
#[cfg(test)]
mod tests;

pub use edit::Edit;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::Widget;
use tui_textarea::{CursorMove, TextArea, WrapMode};

/// More bytes than this are not typed into: with each letter the textarea wraps all of them anew, which of so many takes no
/// longer than a frame.
const MOST_BYTES: usize = 250_000;
/// Nor are more rows: the textarea counts those that it has scrolled by in 16 bits.
const MOST_ROWS: usize = 60_000;

/// An editor, compared by its text and the cursor's place in it.
#[derive(Debug, Clone)]
pub struct Editor {
    area: TextArea<'static>,
    single: bool,
    /// What the layout gives; 0 before it has.
    width: usize,
}

impl PartialEq for Editor {
    fn eq(&self, other: &Self) -> bool {
        self.area.lines() == other.area.lines() && self.cursor() == other.cursor() && self.single == other.single
    }
}

impl Editor {
    /// A composer of many lines, the cursor at the end.
    pub fn composer(text: &str) -> Self {
        let mut area = TextArea::new(
            text.split('\n')
                .map(|line| line.trim_end_matches('\r').to_owned())
                .collect(),
        );
        area.set_max_histories(1000);
        area.move_cursor(CursorMove::Bottom);
        area.move_cursor(CursorMove::End);
        without_styles(&mut area);
        let (single, width) = (false, 0);
        let mut editor = Editor { area, single, width };
        editor.wrap_or_not();
        editor
    }

    /// One line, the cursor at its end.
    pub fn line(text: &str) -> Self {
        let mut area = TextArea::new(vec![one_line(text)]);
        area.move_cursor(CursorMove::End);
        without_styles(&mut area);
        let (single, width) = (true, 0);
        Editor { area, single, width }
    }

    /// What was typed, exactly.
    pub fn text(&self) -> String {
        self.area.lines().join("\n")
    }

    /// Whether there is nothing but white space.
    pub fn is_blank(&self) -> bool {
        self.area.lines().iter().all(|line| line.trim().is_empty())
    }

    /// How many bytes were typed.
    pub fn size(&self) -> usize {
        let lines = self.area.lines();
        lines.iter().map(String::len).sum::<usize>() + lines.len() - 1
    }

    /// Whether there is more than can be typed into: it can only be sent as it is, changed elsewhere, or what came last taken
    /// back.
    pub fn is_too_long(&self) -> bool {
        let size = self.size();
        // Two rows of the same line hold more than one row is wide.
        let rows = || self.line_count() + 2 * size / self.width.max(1);
        !self.single && (size > MOST_BYTES || (self.width > 0 && rows() > MOST_ROWS))
    }

    /// Wraps what can be typed into, and nothing else.
    fn wrap_or_not(&mut self) {
        let mode = match self.single || self.is_too_long() {
            true => WrapMode::None,
            false => WrapMode::WordOrGlyph,
        };
        if self.area.wrap_mode() != mode {
            self.area.set_wrap_mode(mode);
        }
    }

    /// The logical cursor: line and character, from 0.
    pub fn cursor(&self) -> (usize, usize) {
        let cursor = self.area.cursor();
        (cursor.0, cursor.1)
    }

    /// What stands before the cursor in its line.
    pub fn before_cursor(&self) -> &str {
        let (row, column) = self.cursor();
        let line = self.area.lines().get(row).map_or("", String::as_str);
        let end = line.char_indices().nth(column).map_or(line.len(), |(at, _)| at);
        line.get(..end).unwrap_or_default()
    }

    /// Puts text in the place of so many characters before the cursor, in its line.
    pub fn replace_before(&mut self, characters: usize, text: &str) {
        let characters = characters.min(self.cursor().1);
        for _ in 0..characters {
            self.area.move_cursor(CursorMove::Back);
        }
        self.area.delete_str(characters);
        self.paste(text);
    }

    /// Whether it may have several lines.
    pub fn takes_lines(&self) -> bool {
        !self.single
    }

    /// The text in one line, with a mark for each line break, and the byte where the cursor is.
    pub fn flat(&self) -> (String, usize) {
        let (row, column) = self.cursor();
        let mut flat = String::new();
        let mut cursor = 0;
        for (at, line) in self.area.lines().iter().enumerate() {
            if at > 0 {
                flat.push('⏎');
            }
            if at == row {
                let before = line.char_indices().nth(column).map_or(line.len(), |(at, _)| at);
                cursor = flat.len() + before;
            }
            flat.push_str(line);
        }
        (flat, cursor)
    }

    /// How many lines were typed.
    pub fn line_count(&self) -> usize {
        self.area.lines().len()
    }

    /// The textarea, for drawing.
    pub fn widget(&self) -> &TextArea<'static> {
        &self.area
    }

    /// Tells the width and height that the layout gives, so that moving over wrapped lines goes by these and not by
    /// what was last drawn.
    pub fn lay_out(&mut self, width: u16, height: u16) {
        let area = Rect {
            x: 0,
            y: 0,
            width,
            height,
        };
        self.width = width.into();
        self.wrap_or_not();
        if !area.is_empty() && !self.is_too_long() {
            (&self.area).render(area, &mut Buffer::empty(area));
        }
    }

    /// Types one character, unless there is more than can be typed into.
    pub fn type_char(&mut self, c: char) {
        self.change(|area, single| match c {
            '\n' | '\r' if single => area.insert_char(' '),
            _ => area.insert_char(c),
        });
    }

    /// Takes a paste, unless there is more than can be typed into: it is text, whatever it holds; in one line its line breaks
    /// become spaces.
    pub fn paste(&mut self, text: &str) {
        self.change(|area, single| {
            area.insert_str(match single {
                true => one_line(text),
                false => text.replace("\r\n", "\n").replace('\r', "\n"),
            });
        });
    }

    fn change(&mut self, change: impl FnOnce(&mut TextArea<'static>, bool)) {
        if !self.is_too_long() {
            change(&mut self.area, self.single);
            self.wrap_or_not();
        }
    }

    /// Does something to the text, or moves in it. Returns whether the text is another now.
    pub fn act(&mut self, edit: Edit) -> bool {
        if self.is_too_long() && !matches!(edit, Edit::Undo | Edit::Redo) {
            return false;
        }
        let is_another = self.carry_out(edit);
        if is_another {
            self.wrap_or_not();
        }
        is_another
    }

    fn carry_out(&mut self, edit: Edit) -> bool {
        let area = &mut self.area;
        match edit {
            Edit::NewLine if self.single => {}
            Edit::NewLine => {
                area.insert_newline();
                return true;
            }
            Edit::Up => area.move_cursor(CursorMove::Up),
            Edit::Down => area.move_cursor(CursorMove::Down),
            Edit::PageUp => area.scroll(tui_textarea::Scrolling::PageUp),
            Edit::PageDown => area.scroll(tui_textarea::Scrolling::PageDown),
            Edit::Top => area.move_cursor(CursorMove::Top),
            Edit::Bottom => {
                area.move_cursor(CursorMove::Bottom);
                area.move_cursor(CursorMove::End);
            }
            Edit::Left => area.move_cursor(CursorMove::Back),
            Edit::Right => area.move_cursor(CursorMove::Forward),
            Edit::WordLeft => area.move_cursor(CursorMove::WordBack),
            Edit::WordRight => area.move_cursor(CursorMove::WordForward),
            Edit::LineStart => area.move_cursor(CursorMove::Head),
            Edit::LineEnd => area.move_cursor(CursorMove::End),
            Edit::DeleteBack => return area.delete_char(),
            Edit::DeleteForward => return area.delete_next_char(),
            Edit::DeleteWord => return area.delete_word(),
            Edit::DeleteToLineEnd => return area.delete_line_by_end(),
            Edit::DeleteToLineStart => return area.delete_line_by_head(),
            Edit::Undo => return area.undo(),
            Edit::Redo => return area.redo(),
        }
        false
    }
}

/// The terminal's own cursor shows where one types: a drawn one would cost bytes at every key.
fn without_styles(area: &mut TextArea<'static>) {
    area.set_cursor_line_style(Style::default());
    area.set_cursor_style(Style::default());
}

fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| if c == '\n' || c == '\r' { ' ' } else { c })
        .collect()
}
