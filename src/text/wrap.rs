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
    text.split('\n')
        .flat_map(|line| {
            let ranges = fill(line, &[], width);
            ranges
                .into_iter()
                .map(move |range| truncate(line.get(range).unwrap_or_default(), width).into_owned())
        })
        .collect()
}

/// The stretches of `text` that go on each line, at most `width` cells wide. Only spaces at the breaks are left out. A
/// grapheme wider than a whole line gets a line of its own, to be truncated by the caller.
///
/// `seams` are the byte offsets, rising, where one run ends and the next begins. They count as grapheme boundaries,
/// because the runs are drawn one by one.
pub(super) fn fill(text: &str, seams: &[usize], width: usize) -> Vec<Range<usize>> {
    let mut filling = Filling {
        text,
        seams,
        width,
        lines: Vec::new(),
        line: 0..0,
        used: 0,
    };
    let mut at = 0;
    for word in WordSeparator::UnicodeBreakProperties.find_words(text) {
        let end = at + word.word.len();
        filling.add_word(at..end);
        at = end + word.whitespace.len();
    }
    filling.finish()
}

struct Filling<'a> {
    text: &'a str,
    seams: &'a [usize],
    width: usize,
    lines: Vec<Range<usize>>,
    line: Range<usize>,
    /// Cells of `line`.
    used: usize,
}

impl Filling<'_> {
    fn add_word(&mut self, word: Range<usize>) {
        let needed: usize = pieces(self.text, self.seams, word.clone()).map(cells).sum();
        // Spaces only: textwrap counts nothing else as the white space between words.
        let gap = word.start - self.line.end;
        if self.used + gap + needed <= self.width {
            self.line.end = word.end;
            self.used += gap + needed;
            return;
        }
        self.start_line(word.start);
        if needed <= self.width {
            self.line.end = word.end;
            self.used = needed;
            return;
        }
        for grapheme in pieces(self.text, self.seams, word).flat_map(|piece| piece.graphemes(true)) {
            let wide = grapheme_cells(grapheme);
            if self.used + wide > self.width {
                self.start_line(self.line.end);
            }
            self.line.end += grapheme.len();
            self.used += wide;
        }
    }

    /// Ends the line, unless nothing can be seen on it, and starts the next at `at`.
    fn start_line(&mut self, at: usize) {
        if self.used > 0 {
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

/// The text in `range`, cut at the seams inside it.
pub(super) fn pieces<'a>(text: &'a str, seams: &'a [usize], range: Range<usize>) -> impl Iterator<Item = &'a str> {
    let from = seams.partition_point(|&seam| seam <= range.start);
    let inside = seams
        .iter()
        .skip(from)
        .copied()
        .take_while(move |&seam| seam < range.end);
    let mut start = range.start;
    inside.chain([range.end]).map(move |end| {
        let piece = text.get(start..end).unwrap_or_default();
        start = end;
        piece
    })
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
            ("  indented", 20, vec!["  indented"]),
        ] {
            assert_eq!(wrap(text, width), lines, "{text:?} at {width}");
        }
    }

    #[test]
    #[allow(clippy::single_range_in_vec_init)]
    fn a_seam_inside_a_grapheme_counts_as_it_is_drawn() {
        // One family of two cells, but drawn as two runs of two cells each.
        let family = "👩\u{200d}👧";
        assert_eq!(fill(family, &[], 2), [0..11]);
        assert_eq!(fill(family, &[7], 2), [0..7, 7..11]);
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
