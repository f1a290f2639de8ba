//! Text being typed: a composer of many lines, or one line. It wraps the textarea, whose own keys are off, so that the
//! actions table is the only authority.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::Widget;
use tui_textarea::{CursorMove, TextArea, WrapMode};

use crate::keys::Action;

/// An editor, compared by its text and the cursor's place in it.
#[derive(Debug, Clone)]
pub struct Editor {
    area: TextArea<'static>,
    single: bool,
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
        area.set_wrap_mode(WrapMode::WordOrGlyph);
        area.set_max_histories(1000);
        area.move_cursor(CursorMove::Bottom);
        area.move_cursor(CursorMove::End);
        without_styles(&mut area);
        Editor { area, single: false }
    }

    /// One line, the cursor at its end.
    pub fn line(text: &str) -> Self {
        let mut area = TextArea::new(vec![one_line(text)]);
        area.move_cursor(CursorMove::End);
        without_styles(&mut area);
        Editor { area, single: true }
    }

    /// What was typed, exactly.
    pub fn text(&self) -> String {
        self.area.lines().join("\n")
    }

    /// Whether there is nothing but white space.
    pub fn is_blank(&self) -> bool {
        self.area.lines().iter().all(|line| line.trim().is_empty())
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
        if !area.is_empty() {
            (&self.area).render(area, &mut Buffer::empty(area));
        }
    }

    /// Types one character.
    pub fn type_char(&mut self, c: char) {
        self.area.insert_char(if self.single && matches!(c, '\n' | '\r') {
            ' '
        } else {
            c
        });
    }

    /// Takes a paste: it is text, whatever it holds; in one line its line breaks become spaces.
    pub fn paste(&mut self, text: &str) {
        if self.single {
            self.area.insert_str(one_line(text));
        } else {
            self.area.insert_str(text.replace("\r\n", "\n").replace('\r', "\n"));
        }
    }

    /// Does one of the editing actions. Returns whether the text is another now.
    pub fn act(&mut self, action: Action) -> bool {
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
            Action::Undo => return area.undo(),
            Action::Redo => return area.redo(),
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
