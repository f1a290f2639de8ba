//! Searching the lines that a reader sees.

use std::ops::Range;
use std::sync::OnceLock;

use unicode_segmentation::UnicodeSegmentation;

use super::lines::{Line, Typeset};
use super::width::grapheme_cells;

/// Where a searched text was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// The index of the line.
    pub line: u32,
    /// The first cell of the match, counted from the line's first run (its quote margin not included).
    pub start_cell: u16,
    /// The cell after the last one.
    pub end_cell: u16,
}

/// Where `needle` stands in the visible text of a body, in reading order, whatever its case; matches do not overlap, lie in
/// one line each and cover whole graphemes. An empty needle is found nowhere.
///
/// The first search folds the whole text, and keeps that with the layout: it is not for a thread that answers keys.
pub fn find(set: &Typeset, needle: &str) -> Vec<Hit> {
    let needle = fold(needle);
    if needle.is_empty() || needle.contains(BREAK) {
        return Vec::new();
    }
    let folded = set.folded.of(&set.lines);
    let mut here: Option<(usize, Option<Graphemes>)> = None;
    let mut hits = Vec::new();
    for (at, found) in folded.text.match_indices(&needle) {
        let line = folded.starts.partition_point(|start| *start <= at).saturating_sub(1);
        let (Some(content), Some(start)) = (set.lines.get(line), folded.starts.get(line)) else {
            continue;
        };
        if here.as_ref().is_none_or(|(known, _)| *known != line) {
            here = Some((line, Graphemes::of(content)));
        }
        let bytes = at - start..at - start + found.len();
        let cells = match &here {
            Some((_, Some(graphemes))) => graphemes.cells(bytes),
            // In ASCII each byte is a cell.
            _ => bytes,
        };
        hits.push(Hit {
            line: u32::try_from(line).unwrap_or(u32::MAX),
            start_cell: cell(cells.start),
            end_cell: cell(cells.end),
        });
    }
    hits
}

/// A line is no wider than the width that was asked for, which is a `u16`.
fn cell(cell: usize) -> u16 {
    u16::try_from(cell).unwrap_or(u16::MAX)
}

/// Between folded lines. No line holds one.
const BREAK: char = '\n';

/// The form in which letters are compared: lower case, with final sigma as sigma, so that ΟΔΟΣ finds οδός's ending.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_onto(&mut folded, text);
    folded
}

fn fold_onto(folded: &mut String, text: &str) {
    if text.is_ascii() {
        let from = folded.len();
        folded.push_str(text);
        if let Some(new) = folded.get_mut(from..) {
            new.make_ascii_lowercase();
        }
        return;
    }
    let lower = text.chars().flat_map(char::to_lowercase);
    folded.extend(lower.map(|c| if c == 'ς' { 'σ' } else { c }));
}

/// A body's text as it is searched: made by the first search, then kept. It is a part of nothing that is compared.
#[derive(Debug, Clone, Default)]
pub(super) struct Folded(OnceLock<Lines>);

impl PartialEq for Folded {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Folded {
    fn of(&self, lines: &[Line]) -> &Lines {
        self.0.get_or_init(|| Lines::new(lines))
    }
}

/// Folded lines, one below the other, and where each begins.
#[derive(Debug, Clone)]
struct Lines {
    text: Box<str>,
    starts: Box<[usize]>,
}

impl Lines {
    fn new(lines: &[Line]) -> Lines {
        let mut text = String::new();
        let mut starts = Vec::with_capacity(lines.len());
        for line in lines {
            starts.push(text.len());
            line.runs.iter().for_each(|run| fold_onto(&mut text, &run.text));
            text.push(BREAK);
        }
        Lines {
            text: text.into(),
            starts: starts.into(),
        }
    }
}

/// For each grapheme of a line: where it begins in the folded line, and which cells it takes.
struct Graphemes(Vec<(usize, Range<usize>)>);

impl Graphemes {
    /// `None` where each letter is a byte, and takes a cell.
    fn of(line: &Line) -> Option<Graphemes> {
        if line.runs.iter().all(|run| run.text.is_ascii()) {
            return None;
        }
        let mut graphemes = Vec::new();
        let (mut at, mut cell) = (0, 0);
        for grapheme in line.runs.iter().flat_map(|run| run.text.graphemes(true)) {
            let end = cell + grapheme_cells(grapheme);
            graphemes.push((at, cell..end));
            at += grapheme
                .chars()
                .flat_map(char::to_lowercase)
                .map(char::len_utf8)
                .sum::<usize>();
            cell = end;
        }
        Some(Graphemes(graphemes))
    }

    /// The cells of the graphemes that the bytes of the folded line touch.
    fn cells(&self, bytes: Range<usize>) -> Range<usize> {
        let first = self.0.partition_point(|(at, _)| *at <= bytes.start).saturating_sub(1);
        let after = self.0.partition_point(|(at, _)| *at < bytes.end);
        let touched = self.0.iter().take(after).skip(first);
        let mut touched = touched.map(|(_, cells)| cells.clone());
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

    fn set(lines: impl Into<Vec<Line>>) -> Typeset {
        Typeset {
            lines: lines.into(),
            ..Typeset::default()
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
            (vec!["Stra\u{212a}e", " ROAD"], "ke ro", vec![(4, 9)]),
            (vec!["İstanbul"], "stanbul", vec![(1, 8)]),
            (vec!["👩\u{200d}👩\u{200d}👧 family"], "👩", vec![(0, 2), (0, 2)]),
            (vec!["caf", "é"], "é", vec![(3, 4)]),
            (vec!["שלום עולם"], "עולם", vec![(5, 9)]),
            (vec!["anything"], "", vec![]),
        ] {
            let hits = find(&set([Line::default(), line(&runs)]), needle);
            let hits: Vec<_> = hits.iter().map(|hit| (hit.start_cell, hit.end_cell)).collect();
            assert_eq!(hits, cells, "{needle:?} in {runs:?}");
        }
    }

    #[test]
    fn says_which_line() {
        let set = set([line(&["one"]), line(&["two"]), line(&["one two"]), line(&["灯籠 two"])]);
        let lines = |needle| -> Vec<_> { find(&set, needle).iter().map(|hit| hit.line).collect() };
        assert_eq!(lines("two"), [1, 2, 3]);
        assert_eq!(lines("ONE"), [0, 2], "other words in what is folded already");
    }

    #[test]
    fn lies_in_one_line() {
        let set = set([line(&["one"]), line(&["two"])]);
        assert_eq!(find(&set, "e\nt"), []);
        assert_eq!(find(&set, "et"), []);
    }
}
