//! Text being typed: a composer of many lines, or one line. It wraps the textarea, whose own keys are off, so that the
//! actions table is the only authority.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::Widget;
use tui_textarea::{CursorMove, TextArea, WrapMode};

use crate::keys::Action;

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

    /// Does one of the editing actions. Returns whether the text is another now.
    pub fn act(&mut self, action: Action) -> bool {
        let is_another = match action {
            Action::Undo => self.area.undo(),
            Action::Redo => self.area.redo(),
            _ if self.is_too_long() => false,
            _ => self.move_or_delete(action),
        };
        if is_another {
            self.wrap_or_not();
        }
        is_another
    }

    fn move_or_delete(&mut self, action: Action) -> bool {
        let area = &mut self.area;
        match action {
            Action::NewLine | Action::LineBreak if !self.single => {
                area.insert_newline();
                return true;
            }
            Action::CursorUp => area.move_cursor(CursorMove::Up),
            Action::CursorDown => area.move_cursor(CursorMove::Down),
            Action::CursorPageUp => area.scroll(tui_textarea::Scrolling::PageUp),
            Action::CursorPageDown => area.scroll(tui_textarea::Scrolling::PageDown),
            Action::CursorTop => area.move_cursor(CursorMove::Top),
            Action::CursorBottom => {
                area.move_cursor(CursorMove::Bottom);
                area.move_cursor(CursorMove::End);
            }
            Action::CursorLeft => area.move_cursor(CursorMove::Back),
            Action::CursorRight => area.move_cursor(CursorMove::Forward),
            Action::CursorWordLeft => area.move_cursor(CursorMove::WordBack),
            Action::CursorWordRight => area.move_cursor(CursorMove::WordForward),
            Action::CursorLineStart => area.move_cursor(CursorMove::Head),
            Action::CursorLineEnd => area.move_cursor(CursorMove::End),
            Action::DeleteBack => return area.delete_char(),
            Action::DeleteForward => return area.delete_next_char(),
            Action::DeleteWord => return area.delete_word(),
            Action::DeleteToLineEnd => return area.delete_line_by_end(),
            Action::DeleteToLineStart => return area.delete_line_by_head(),
            _ => {}
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_comes_back_exactly() {
        let mut editor = Editor::composer("");
        for c in "héllo ".chars() {
            editor.type_char(c);
        }
        editor.act(Action::NewLine);
        editor.paste("山田 花子\r\nשלום 👩\u{200d}👧");
        assert_eq!(editor.text(), "héllo \n山田 花子\nשלום 👩\u{200d}👧");
        editor.act(Action::Undo);
        assert_eq!(editor.text(), "héllo \n");
    }

    #[test]
    fn only_what_changes_the_text_is_a_change() {
        let mut editor = Editor::composer("山田\n花子");
        for (action, changes) in [
            (Action::CursorUp, false),
            (Action::CursorTop, false),
            (Action::CursorLineStart, false),
            (Action::DeleteBack, false),
            (Action::CursorBottom, false),
            (Action::DeleteForward, false),
            (Action::DeleteToLineEnd, false),
            (Action::DeleteBack, true),
            (Action::DeleteWord, true),
            (Action::DeleteToLineStart, true),
            (Action::Undo, true),
            (Action::Redo, true),
            (Action::Redo, false),
            (Action::NewLine, true),
            (Action::Quit, false),
        ] {
            let before = editor.text();
            assert_eq!(editor.act(action), changes, "{action:?}");
            assert_eq!(editor.text() != before, changes, "{action:?}");
        }
    }

    #[test]
    fn up_and_down_follow_wrapped_lines() {
        let mut editor = Editor::composer("one two three four five six");
        editor.lay_out(10, 5);
        editor.act(Action::CursorUp);
        assert_eq!(editor.cursor().0, 0, "still in the one long line");
        assert!(editor.cursor().1 < 20, "a wrapped line higher: {:?}", editor.cursor());
    }

    #[test]
    fn what_is_too_long_to_be_typed_into_is_kept_and_can_be_taken_back() {
        let many_bytes = "灯籠 and a word ".repeat(30_000);
        let many_rows = "\n".repeat(MOST_ROWS);
        for (long, width) in [(&many_bytes, 80), (&many_rows, 80), (&"a ".repeat(MOST_ROWS / 2), 1)] {
            let mut editor = Editor::composer("before ");
            editor.lay_out(width, 10);
            editor.paste(long);
            let whole = editor.text();
            assert!(editor.is_too_long() && whole == format!("before {long}"));
            assert_eq!(editor.size(), whole.len());
            editor.type_char('x');
            editor.paste("y");
            for action in [
                Action::NewLine,
                Action::DeleteBack,
                Action::DeleteWord,
                Action::CursorTop,
            ] {
                assert!(!editor.act(action), "{action:?}");
            }
            assert_eq!(editor.text(), whole);
            assert!(editor.act(Action::Undo) && !editor.is_too_long());
            assert!(editor.act(Action::Redo) && editor.is_too_long() && editor.text() == whole);
            assert!(editor.act(Action::Undo));
            editor.type_char('x');
            assert_eq!(editor.text(), "before x", "it is typed into again");
            assert_eq!(editor.widget().wrap_mode(), WrapMode::WordOrGlyph);
        }
        assert!(Editor::composer(&many_bytes).is_too_long(), "from a file, or an editor");
        assert!(!Editor::line(&many_bytes).is_too_long(), "a line wraps nothing");
    }

    #[test]
    fn the_cursor_is_where_it_is_drawn_in_as_many_rows_as_can_be_typed_into() {
        let mut editor = Editor::composer(&"\n".repeat(MOST_ROWS - 400));
        editor.lay_out(300, 100);
        assert!(!editor.is_too_long());
        assert_eq!(
            usize::from(editor.widget().scroll_offset().0) + 100,
            editor.line_count()
        );
        editor.act(Action::CursorPageUp);
        assert_eq!(editor.cursor().0, editor.line_count() - 101);
    }

    #[test]
    fn lines_are_shown_in_one_with_the_cursor_where_it_is() {
        let mut editor = Editor::composer("花子\nעברית\n");
        assert_eq!(editor.flat(), ("花子⏎עברית⏎".to_owned(), 22));
        editor.act(Action::CursorUp);
        editor.act(Action::CursorLineEnd);
        assert_eq!(editor.flat().1, 19, "before the second mark");
        editor.act(Action::LineBreak);
        assert_eq!(editor.text(), "花子\nעברית\n\n");
        assert!(editor.takes_lines() && !Editor::line("a").takes_lines());
    }

    #[test]
    fn what_stands_before_the_cursor_is_replaced() {
        let mut editor = Editor::composer("first\n灯籠 @花子 שלום");
        for _ in 0..5 {
            editor.act(Action::CursorLeft);
        }
        assert_eq!(editor.before_cursor(), "灯籠 @花子");
        editor.replace_before(3, "@山田 花子");
        assert_eq!(editor.text(), "first\n灯籠 @山田 花子 שלום");
        assert_eq!(editor.before_cursor(), "灯籠 @山田 花子");
        editor.replace_before(100, "");
        assert_eq!(editor.text(), "first\n שלום", "never more than the line has");
    }

    #[test]
    fn one_line_stays_one_line() {
        let mut editor = Editor::line("");
        editor.paste("a\nb\r\nc");
        editor.act(Action::NewLine);
        assert_eq!(editor.text(), "a b  c");
    }
}
