//! Breaking text into lines: Unicode's line breaking opportunities (UAX #14), greedy filling, and widths by the one
//! width module.

use std::ops::Range;

use textwrap::WordSeparator;
use unicode_segmentation::UnicodeSegmentation;

use super::width::{cells, grapheme_cells, truncate};

/// Breaks `text` at newlines and, where a line is wider than `width` cells, at Unicode's line breaking opportunities;
/// a word that is wider still is cut between graphemes. There is at least one line, and none wider than `width`, which
/// counts as 1 if it is 0.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let width = width.max(1);
    let separator = separator_for(spaceless(text));
    text.split('\n')
        .flat_map(|line| {
            let ranges = fill(line, width, separator);
            ranges
                .into_iter()
                .map(move |range| truncate(line.get(range).unwrap_or_default(), width).into_owned())
        })
        .collect()
}

/// The stretches of `text` that go on each line, at most `width` cells wide. Only spaces at the breaks are left out. A
/// grapheme wider than a whole line gets a line of its own, to be truncated by the caller.
pub(super) fn fill(text: &str, width: usize, separator: WordSeparator) -> Vec<Range<usize>> {
    let end = text.trim_end_matches(' ').len();
    if cells(text.get(..end).unwrap_or_default()) <= width {
        return std::iter::once(0..end).collect();
    }
    let mut filling = Filling {
        text,
        width,
        lines: Vec::new(),
        line: 0..0,
        used: 0,
    };
    words(text, width, separator).for_each(|word| filling.add_word(word));
    filling.finish()
}

/// The stretches of `text` between which a line may break, without the spaces there. An address of up to `width` cells is
/// one.
pub(super) fn words(text: &str, width: usize, separator: WordSeparator) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    let mut said = 0;
    let has_addresses = text.contains("://");
    separator.find_words(text).filter_map(move |word| {
        let start = at;
        let end = start + word.word.len();
        at = end + word.whitespace.len();
        if start < said {
            return None;
        }
        said = has_addresses
            .then(|| address(text, start, width))
            .flatten()
            .filter(|address| cells(address) <= width)
            .map_or(end, |address| start + address.len());
        Some(start..said)
    })
}

/// The web address, with what is attached to it, that begins at `start`. Unicode lets it break after each slash, but it
/// is better read and copied whole. None is looked for that is much too long for a line of `width` cells: a text without
/// spaces would be gone through from each of its breaks to its end.
fn address(text: &str, start: usize, width: usize) -> Option<&str> {
    let rest = text.get(start..)?;
    let mut bytes = rest.bytes().take(width.saturating_mul(MOST_BYTES));
    let word = match bytes.position(|byte| byte == b' ') {
        Some(end) => rest.get(..end)?,
        None if rest.len() < width.saturating_mul(MOST_BYTES) => rest,
        None => return None,
    };
    word.contains("://").then_some(word)
}

/// So many bytes of an address make a cell, at most.
const MOST_BYTES: usize = 8;

/// How many bytes of Thai, Lao, Khmer and Burmese are broken at words in one go. They put no space between words; to find
/// them takes a hundred times as long as other line breaks.
const MAX_SPACELESS: usize = 50_000;

/// How the words of a text are found that has so many bytes of [`spaceless`] scripts.
pub(super) fn separator_for(spaceless: usize) -> WordSeparator {
    if spaceless <= MAX_SPACELESS {
        WordSeparator::UnicodeBreakProperties
    } else {
        WordSeparator::AsciiSpace
    }
}

/// The bytes of `text` that are in scripts whose words are found by a model of the language.
pub(super) fn spaceless(text: &str) -> usize {
    let is_spaceless = |c: &char| matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{a9e0}'..='\u{a9ff}' | '\u{aa60}'..='\u{aa7f}');
    if text.is_ascii() {
        0
    } else {
        text.chars().filter(is_spaceless).map(char::len_utf8).sum()
    }
}

struct Filling<'a> {
    text: &'a str,
    width: usize,
    lines: Vec<Range<usize>>,
    line: Range<usize>,
    /// Cells of `line`.
    used: usize,
}

impl Filling<'_> {
    fn add_word(&mut self, word: Range<usize>) {
        let text = self.text.get(word.clone()).unwrap_or_default();
        let needed = cells(text);
        // Spaces only: textwrap counts nothing else as the white space between words.
        let gap = word.start - self.line.end;
        if self.used + gap + needed <= self.width {
            self.line.end = word.end;
            self.used += gap + needed;
            return;
        }
        if self.used > 0 || gap > 0 {
            self.start_line(word.start);
        }
        if needed <= self.width {
            self.line.end = word.end;
            self.used += needed;
            return;
        }
        for grapheme in text.graphemes(true) {
            let wide = grapheme_cells(grapheme);
            if self.used + wide > self.width && self.used > 0 {
                self.start_line(self.line.end);
            }
            self.line.end += grapheme.len();
            self.used += wide;
        }
    }

    /// Ends the line, if it has begun, and starts the next at `at`.
    fn start_line(&mut self, at: usize) {
        if !self.line.is_empty() {
            self.lines.push(self.line.clone());
        }
        self.line = at..at;
        self.used = 0;
    }

    fn finish(mut self) -> Vec<Range<usize>> {
        if !self.line.is_empty() || self.lines.is_empty() {
            self.lines.push(self.line);
        }
        self.lines
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn breaks_where_unicode_allows() {
        for (text, width, lines) in [
            ("", 10, vec![""]),
            ("one two three", 7, vec!["one two", "three"]),
            ("one two three", 100, vec!["one two three"]),
            ("a  b", 1, vec!["a", "b"]),
            ("unbreakable", 4, vec!["unbr", "eaka", "ble"]),
            ("see unbreakable", 4, vec!["see", "unbr", "eaka", "ble"]),
            ("two\nlines", 10, vec!["two", "lines"]),
            ("a\n\nb", 10, vec!["a", "", "b"]),
            ("今日は会議です。", 6, vec!["今日は", "会議で", "す。"]),
            ("no\u{a0}break here", 8, vec!["no\u{a0}break", "here"]),
            (
                "👩\u{200d}👩\u{200d}👧👩\u{200d}👩\u{200d}👧",
                3,
                vec!["👩\u{200d}👩\u{200d}👧", "👩\u{200d}👩\u{200d}👧"],
            ),
            ("山", 1, vec!["…"]),
            ("שלום עולם", 5, vec!["שלום", "עולם"]),
            (
                "ขอโทษนะคะ ช่วยลบดิฉันออกจากรายชื่อนี้ด้วยค่ะ",
                20,
                vec!["ขอโทษนะคะ ช่วยลบดิฉัน", "ออกจากรายชื่อนี้ด้วยค่ะ"],
            ),
            (
                "see https://a.example/b/c now",
                22,
                vec!["see", "https://a.example/b/c", "now"],
            ),
            ("https://a.example/b/c", 12, vec!["https://", "a.example/b/", "c"]),
            ("\u{200b}山b", 2, vec!["\u{200b}山", "b"]),
            ("trailing   ", 20, vec!["trailing"]),
            ("  indented", 20, vec!["  indented"]),
        ] {
            assert_eq!(wrap(text, width), lines, "{text:?} at {width}");
        }
    }

    #[test]
    fn too_much_of_a_spaceless_script_is_cut_anywhere() {
        let text = "ขอโทษนะคะช่วยลบดิฉันออก".repeat(2000);
        assert_eq!(spaceless(&text), text.len());
        assert!(matches!(separator_for(text.len()), WordSeparator::AsciiSpace));
        assert!(wrap(&text, 20).iter().all(|line| cells(line) <= 20));
        assert_eq!(wrap(&text, 20).concat(), text);
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide_and_no_word_is_lost(text in any::<String>(), width in 2..30_usize) {
            let lines = wrap(&text, width);
            prop_assert!(lines.iter().all(|line| cells(line) <= width));
            prop_assume!(text.graphemes(true).all(|grapheme| grapheme_cells(grapheme) <= width));
            let kept: String = lines.concat().split(' ').collect();
            let words: String = text.split([' ', '\n']).collect();
            prop_assert_eq!(kept, words);
        }
    }
}
