use super::*;

#[test]
fn what_is_typed_comes_back_exactly() {
    let mut editor = Editor::composer("");
    for c in "héllo ".chars() {
        editor.type_char(c);
    }
    editor.act(Edit::NewLine);
    editor.paste("山田 花子\r\nשלום 👩\u{200d}👧");
    assert_eq!(editor.text(), "héllo \n山田 花子\nשלום 👩\u{200d}👧");
    editor.act(Edit::Undo);
    assert_eq!(editor.text(), "héllo \n");
}

#[test]
fn only_what_changes_the_text_is_a_change() {
    let mut editor = Editor::composer("山田\n花子");
    for (action, changes) in [
        (Edit::Up, false),
        (Edit::Top, false),
        (Edit::LineStart, false),
        (Edit::DeleteBack, false),
        (Edit::Bottom, false),
        (Edit::DeleteForward, false),
        (Edit::DeleteToLineEnd, false),
        (Edit::DeleteBack, true),
        (Edit::DeleteWord, true),
        (Edit::DeleteToLineStart, true),
        (Edit::Undo, true),
        (Edit::Redo, true),
        (Edit::Redo, false),
        (Edit::NewLine, true),
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
    editor.act(Edit::Up);
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
        for action in [Edit::NewLine, Edit::DeleteBack, Edit::DeleteWord, Edit::Top] {
            assert!(!editor.act(action), "{action:?}");
        }
        assert_eq!(editor.text(), whole);
        assert!(editor.act(Edit::Undo) && !editor.is_too_long());
        assert!(editor.act(Edit::Redo) && editor.is_too_long() && editor.text() == whole);
        assert!(editor.act(Edit::Undo));
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
    editor.act(Edit::PageUp);
    assert_eq!(editor.cursor().0, editor.line_count() - 101);
}

#[test]
fn lines_are_shown_in_one_with_the_cursor_where_it_is() {
    let mut editor = Editor::composer("花子\nעברית\n");
    assert_eq!(editor.flat(), ("花子⏎עברית⏎".to_owned(), 22));
    editor.act(Edit::Up);
    editor.act(Edit::LineEnd);
    assert_eq!(editor.flat().1, 19, "before the second mark");
    editor.act(Edit::NewLine);
    assert_eq!(editor.text(), "花子\nעברית\n\n");
    assert!(editor.takes_lines() && !Editor::line("a").takes_lines());
}

#[test]
fn what_stands_before_the_cursor_is_replaced() {
    let mut editor = Editor::composer("first\n灯籠 @花子 שלום");
    for _ in 0..5 {
        editor.act(Edit::Left);
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
    editor.act(Edit::NewLine);
    assert_eq!(editor.text(), "a b  c");
}
