//! From clean text to text as it stands in a run.

use unicode_segmentation::UnicodeSegmentation;

use super::width::grapheme_cells;

/// The longest grapheme that is drawn, in bytes. The longest emoji takes some forty.
const LONGEST_GRAPHEME: usize = 128;
/// How many graphemes without a cell may follow each other, such as direction marks.
const INVISIBLE_IN_A_ROW: usize = 8;

/// Whether a character shows nothing: white space, or one that only says where a line may break or how its neighbours
/// join.
pub fn is_blank(c: char) -> bool {
    c.is_whitespace() || is_ignorable(c) || matches!(c, '\u{200c}'..='\u{200f}' | '\u{34f}') || is_filler(c)
}

/// Whether a character is there to take up room unseen: newsletters end the lines that mail programs preview with them.
fn is_filler(c: char) -> bool {
    matches!(
        c,
        '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}' | '\u{2061}'
            ..='\u{2064}' | '\u{2800}' | '\u{3164}'
    )
}

/// Whether a character has done its work once lines are broken: soft hyphen, zero width space, word joiner, byte order
/// mark.
pub fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}

/// The text of a run: hard spaces become spaces, what is ignorable goes, and what is stacked without end is cut, since a
/// terminal gets a cell's text whole each time it is drawn.
pub fn visible(text: &str) -> Box<str> {
    if text.is_ascii() {
        return text.into();
    }
    let text: String = text
        .chars()
        .filter(|c| !is_ignorable(*c))
        .map(|c| if c == '\u{a0}' { ' ' } else { c })
        .collect();
    if text.len() <= LONGEST_GRAPHEME {
        return text.into();
    }
    let mut tamed = String::with_capacity(text.len());
    let mut invisible = 0;
    for grapheme in text.graphemes(true) {
        invisible = if grapheme_cells(grapheme) == 0 {
            invisible + 1
        } else {
            0
        };
        if invisible <= INVISIBLE_IN_A_ROW {
            tamed.push_str(start_of(grapheme, LONGEST_GRAPHEME));
        }
    }
    tamed.into()
}

/// The longest start of `text` that is no longer than `bytes` bytes.
pub fn start_of(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len()))
        .rev()
        .find(|&end| text.is_char_boundary(end));
    text.get(..end.unwrap_or_default()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hard_spaces_show_as_spaces_and_break_hints_do_not_show() {
        assert_eq!(&*visible("no\u{a0}break"), "no break");
        assert_eq!(&*visible("in\u{ad}for\u{200b}ma\u{2060}tion\u{feff}"), "information");
        assert_eq!(
            &*visible("می\u{200c}خواهم 👩\u{200d}👧"),
            "می\u{200c}خواهم 👩\u{200d}👧"
        );
    }

    #[test]
    fn stacks_are_cut() {
        let marks = format!("z{}algo", "\u{301}".repeat(10_000));
        assert!(visible(&marks).len() < 200);
        assert!(visible(&marks).ends_with("algo"));
        assert!(visible(&"👩\u{200d}".repeat(10_000)).len() <= 128);
        assert!(visible(&"\u{200e}".repeat(10_000)).len() < 200);
        let family = "👩\u{200d}👩\u{200d}👧".repeat(100);
        assert_eq!(*visible(&family), family);
    }
}
