//! The one width module: how many terminal cells a text takes, and cutting and padding to that.
//!
//! It counts as ratatui's buffer draws: grapheme by grapheme, graphemes with a control character left out, and the two
//! halfwidth sound marks (U+FF9E, U+FF9F), which Unicode calls combining, as a cell of their own.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The terminal cells that `text` takes on one line.
pub fn cells(text: &str) -> usize {
    if text.is_ascii() {
        return text.bytes().filter(|byte| !byte.is_ascii_control()).count();
    }
    graphemes(text).map(|(_, cells)| cells).sum()
}

/// The graphemes of `text`, each with the cells it takes.
pub fn graphemes(text: &str) -> impl Iterator<Item = (&str, usize)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (length, cells) = match rest.as_bytes() {
            [] => return None,
            // Nothing in ASCII joins a letter before it.
            [b' '..=b'~', next @ ..] if next.first().is_none_or(u8::is_ascii) => (1, 1),
            _ => first_of(rest),
        };
        let (grapheme, behind) = rest.split_at(length);
        rest = behind;
        Some((grapheme, cells))
    })
}

/// The bytes of the first grapheme, and the cells it takes.
fn first_of(text: &str) -> (usize, usize) {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) if stands_alone(first) && chars.next().is_none_or(stands_alone) => {
            (first.len_utf8(), first.width().unwrap_or(0))
        }
        _ => {
            let grapheme = first_grapheme(text);
            (grapheme.len(), grapheme_cells(grapheme))
        }
    }
}

/// Whether a character begins and ends a grapheme wherever it stands beside another such. Most of what is drawn is made of
/// these, and to segment it by all the rules takes longer than to draw it.
fn stands_alone(c: char) -> bool {
    matches!(c, ' '..='~'
        // Latin; Greek and Cyrillic; Hebrew and Arabic letters.
        | '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{2ff}' | '\u{370}'..='\u{482}' | '\u{48a}'..='\u{52f}'
        | '\u{5d0}'..='\u{5ea}' | '\u{620}'..='\u{64a}'
        // Dashes, quotes, arrows, lines and blocks.
        | '\u{2010}'..='\u{2027}' | '\u{2190}'..='\u{21ff}' | '\u{2500}'..='\u{25ff}'
        // Kana and han, and the punctuation of these scripts.
        | '\u{3000}'..='\u{3029}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{ff01}'..='\u{ff60}')
}

/// The characters of `text` but for those that only join others, such as accents by themselves.
pub fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| stands_alone(*c) || c.width() != Some(0))
}

/// The cells of one grapheme: 0, 1 or 2, hardly ever more.
pub(super) fn grapheme_cells(grapheme: &str) -> usize {
    if grapheme.len() == 1 {
        return usize::from(!grapheme.starts_with(|c: char| c.is_ascii_control()));
    }
    if grapheme.contains(char::is_control) {
        return 0;
    }
    grapheme.width() + grapheme.matches(['\u{ff9e}', '\u{ff9f}']).count()
}

/// The cells that `text` takes in a terminal that draws every character by itself: one that knows neither joined nor
/// tinted emoji. Never fewer than [`cells`] counts, but for emoji that a variation selector makes wide.
pub fn cells_apart(text: &str) -> usize {
    text.chars().filter_map(UnicodeWidthChar::width).sum()
}

/// `text` if it fits into `max_cells`; otherwise as many whole graphemes as leave room for a final `…`.
/// The result never takes more than `max_cells`; for 0 it is empty.
pub fn truncate(text: &str, max_cells: usize) -> Cow<'_, str> {
    // A byte is never more than one cell, so a short text needs no counting.
    if text.len() <= max_cells {
        return Cow::Borrowed(text);
    }
    let (mut used, mut at, mut cut) = (0, 0, 0);
    for (grapheme, cells) in graphemes(text) {
        used += cells;
        at += grapheme.len();
        if used < max_cells {
            cut = at;
        }
        if used > max_cells {
            let ellipsis = if max_cells > 0 { "…" } else { "" };
            return Cow::Owned(format!("{}{ellipsis}", text.get(..cut).unwrap_or_default()));
        }
    }
    Cow::Borrowed(text)
}

/// `text` cut by [`truncate`], then filled with spaces to exactly `width` cells.
pub fn pad(text: &str, width: usize) -> String {
    let mut line = truncate(text, width).into_owned();
    let missing = width.saturating_sub(cells(&line));
    line.extend(std::iter::repeat_n(' ', missing));
    line
}

/// The longest start of `text`, in whole graphemes, that fits into `room` cells.
pub(super) fn fitting(text: &str, room: usize) -> &str {
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        used += grapheme_cells(grapheme);
        if used > room {
            return text.get(..at).unwrap_or_default();
        }
    }
    text
}

/// The first grapheme of `text`.
pub(super) fn first_grapheme(text: &str) -> &str {
    text.graphemes(true).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn cells_of_scripts_and_emoji() {
        for (text, count) in [
            ("", 0),
            ("plain", 5),
            ("山田 花子", 9),
            ("e\u{301}", 1),
            ("👩\u{200d}👩\u{200d}👧", 2),
            ("🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}", 2),
            ("❤\u{fe0f}", 2),
            ("🇩🇪", 2),
            ("שלום", 4),
            ("a\u{200b}b", 2),
            ("ﾊﾞ", 3),
            ("tab\tbell\u{7}", 7),
            ("…", 1),
        ] {
            assert_eq!(cells(text), count, "{text:?}");
        }
    }

    #[test]
    fn truncation_cuts_between_graphemes() {
        for (text, width, cut) in [
            ("plain", 5, "plain"),
            ("plain", 4, "pla…"),
            ("plain", 1, "…"),
            ("plain", 0, ""),
            ("山田花子", 8, "山田花子"),
            ("山田花子", 7, "山田花…"),
            ("山田花子", 6, "山田…"),
            ("👩\u{200d}👩\u{200d}👧 family", 4, "👩\u{200d}👩\u{200d}👧 …"),
            ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"),
            ("", 3, ""),
        ] {
            assert_eq!(truncate(text, width), cut, "{text:?} to {width}");
        }
    }

    #[test]
    fn padding_is_exact() {
        assert_eq!(pad("山田", 6), "山田  ");
        assert_eq!(pad("山田花子", 6), "山田… ");
        assert_eq!(pad("", 0), "");
    }

    #[test]
    fn what_stands_alone_is_a_grapheme_beside_all_of_its_kind() {
        let all: Vec<char> = ('\0'..=char::MAX).filter(|c| stands_alone(*c)).collect();
        let kinds = [
            'a', '©', 'Ω', 'Ж', 'א', 'ل', 'ا', '—', '↔', '│', '▶', '。', 'か', 'カ', '山', '！',
        ];
        for one in &all {
            let text = one.to_string();
            assert_eq!(
                graphemes(&text).next(),
                Some((&*text, grapheme_cells(&text))),
                "{one:?}"
            );
            for other in kinds {
                for pair in [format!("{one}{other}"), format!("{other}{one}")] {
                    assert_eq!(pair.graphemes(true).count(), 2, "{pair:?}");
                }
            }
        }
    }

    proptest! {
        #[test]
        fn graphemes_are_unicodes(text in any::<String>(), mixed in "[a-e🏳👩🏽🇩🇪❤é\u{301}\u{200d}\u{fe0f}\u{600}\r\n각नि ]{0,12}") {
            for text in [text, mixed] {
                let ours: Vec<&str> = graphemes(&text).map(|(grapheme, _)| grapheme).collect();
                let unicodes: Vec<&str> = text.graphemes(true).collect();
                prop_assert_eq!(ours, unicodes);
            }
        }

        #[test]
        fn truncated_fits_and_padded_is_exact(text in any::<String>(), width in 0..40_usize) {
            prop_assert!(cells(&truncate(&text, width)) <= width);
            prop_assert_eq!(cells(&pad(&text, width)), width);
        }
    }
}
