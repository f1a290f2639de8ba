//! Searching the lines that a reader sees.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::lines::Line;
use super::width::grapheme_cells;

/// Where a searched text was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// The index of the line.
    pub line: usize,
    /// The first cell of the match, counted from the line's first run (its quote margin not included).
    pub start_cell: usize,
    /// The cell after the last one.
    pub end_cell: usize,
}

/// Where `needle` stands in the visible text of `lines`, in reading order, whatever its case; matches do not overlap and
/// cover whole graphemes. An empty needle is found nowhere.
pub fn find(lines: &[Line], needle: &str) -> Vec<Hit> {
    let needle = fold(needle);
    if needle.is_empty() {
        return Vec::new();
    }
    let mut hits = Vec::new();
    for (line, content) in lines.iter().enumerate() {
        let folded = Folded::new(content);
        for (at, found) in folded.text.match_indices(&needle) {
            let cells = folded.cells(at..at + found.len());
            hits.push(Hit {
                line,
                start_cell: cells.start,
                end_cell: cells.end,
            });
        }
    }
    hits
}

/// The form in which letters are compared: lower case, with final sigma as sigma, so that ΟΔΟΣ finds οδός's ending.
fn fold(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .map(|c| if c == 'ς' { 'σ' } else { c })
        .collect()
}

/// A line's folded text, and for each grapheme where it begins there and which cells it takes.
struct Folded {
    text: String,
    graphemes: Vec<(usize, Range<usize>)>,
}

impl Folded {
    fn new(line: &Line) -> Folded {
        let mut folded = Folded {
            text: String::new(),
            graphemes: Vec::new(),
        };
        let mut cell = 0;
        for grapheme in line.runs.iter().flat_map(|run| run.text.graphemes(true)) {
            let end = cell + grapheme_cells(grapheme);
            folded.graphemes.push((folded.text.len(), cell..end));
            folded.text.push_str(&fold(grapheme));
            cell = end;
        }
        folded
    }

    /// The cells of the graphemes that the bytes of the folded text touch.
    fn cells(&self, bytes: Range<usize>) -> Range<usize> {
        let first = self
            .graphemes
            .partition_point(|(at, _)| *at <= bytes.start)
            .saturating_sub(1);
        let after = self.graphemes.partition_point(|(at, _)| *at < bytes.end);
        let mut touched = self
            .graphemes
            .iter()
            .take(after)
            .skip(first)
            .map(|(_, cells)| cells.clone());
        let start = touched.next().unwrap_or_default();
        let end = touched.next_back().unwrap_or(start.clone()).end;
        start.start..end
    }
}

#[cfg(test)]
mod tests {
    use super::super::lines::{Role, Run};
    use super::*;

    fn line(runs: &[&str]) -> Line {
        let runs = runs
            .iter()
            .map(|text| Run {
                text: (*text).into(),
                role: Role::Plain,
            })
            .collect();
        Line {
            runs,
            ..Line::default()
        }
    }

    #[test]
    fn finds_whatever_the_case_in_any_script() {
        for (runs, needle, cells) in [
            (vec!["Hello World"], "world", vec![(6, 11)]),
            (vec!["Stra", "ße"], "STRASSE", vec![]),
            (vec!["aaaa"], "aa", vec![(0, 2), (2, 4)]),
            (vec!["Hel", "lo"], "LLO", vec![(2, 5)]),
            (vec!["山田 花子 山田"], "山田", vec![(0, 4), (10, 14)]),
            (vec!["ПРИВЕТ мир"], "привет", vec![(0, 6)]),
            (vec!["ΟΔΟΣ"], "οδος", vec![(0, 4)]),
            (vec!["İstanbul"], "stanbul", vec![(1, 8)]),
            (vec!["👩\u{200d}👩\u{200d}👧 family"], "👩", vec![(0, 2), (0, 2)]),
            (vec!["caf", "é"], "é", vec![(3, 4)]),
            (vec!["שלום עולם"], "עולם", vec![(5, 9)]),
            (vec!["anything"], "", vec![]),
        ] {
            let hits = find(&[Line::default(), line(&runs)], needle);
            let hits: Vec<_> = hits.iter().map(|hit| (hit.start_cell, hit.end_cell)).collect();
            assert_eq!(hits, cells, "{needle:?} in {runs:?}");
        }
    }

    #[test]
    fn says_which_line() {
        let lines = [line(&["one"]), line(&["two"]), line(&["one two"])];
        let lines: Vec<_> = find(&lines, "two").iter().map(|hit| hit.line).collect();
        assert_eq!(lines, [1, 2]);
    }
}
