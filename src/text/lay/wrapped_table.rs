//! Tables without cells over several rows or columns, some of whose lines are broken: each column is at least as wide as
//! its longest word, and what room is left goes to those that have the most use for it.

use super::super::blocks::{Block, Cell, Table};
use super::super::cells;
use super::super::lines::{Role, Run};
use super::drawn::{push, trim};
use super::{MAX_LINES, Page, wide, wrapped};

/// Cells between the texts of two columns: a line, and a space on both sides of it.
const BETWEEN: usize = 3;
/// A longer word is broken where it has to be: an address, say.
const LONGEST_WORD: usize = 24;
/// Scripts that put no space between words can be broken anywhere; less than this is hard to read.
const SHORTEST_STRETCH: usize = 8;

/// Whether a table is one that can be laid out here.
pub fn is_simple(table: &Table) -> bool {
    let mut cells = table.rows.iter().flat_map(|row| &row.cells);
    cells.all(|cell| cell.columns == 1 && cell.rows == 1)
}

/// The table's lines. `None` if its columns do not fit beside each other.
pub fn lay(table: &Table, page: Page) -> Option<Vec<Vec<Run>>> {
    let columns = columns(table, page.room)?;
    let mut lines: Vec<Vec<Run>> = Vec::new();
    let mut above: Option<(usize, bool)> = None;
    for row in &table.rows {
        if row.cells.iter().all(|cell| cell.blocks.is_empty()) {
            continue;
        }
        let row = columns.iter().map(|column| {
            let cell = row.cells.get(column.index);
            cell.map_or_else(Vec::new, |cell| column.lines(cell, page))
        });
        let row = beside(&row.collect::<Vec<_>>(), &columns);
        let is_strong = row.iter().all(|line| super::tables::is_strong(line));
        let is_apart = |(height, was_strong)| height > 1 || row.len() > 1 || was_strong != is_strong;
        if above.is_some_and(is_apart) {
            lines.push(rule(&columns));
        }
        above = Some((row.len(), is_strong));
        lines.extend(row);
        if lines.len() >= MAX_LINES {
            break;
        }
    }
    Some(lines)
}

/// A column that says something.
#[derive(Debug)]
struct Column {
    /// Its place in the table's rows.
    index: usize,
    /// Its cells on the screen.
    width: usize,
}

impl Column {
    /// A cell's lines.
    fn lines(&self, cell: &Cell, page: Page) -> Vec<Vec<Run>> {
        let page = Page {
            room: self.width,
            ..page
        };
        let lines = wrapped::lay(&cell.blocks, page);
        let lines = lines.into_iter().flat_map(|line| super::fitted(line, self.width));
        let shifted = |line: Vec<Run>| {
            let shift = if cell.right {
                self.width.saturating_sub(wide(&line))
            } else {
                0
            };
            let mut shifted = Vec::with_capacity(line.len() + 1);
            push(&mut shifted, &" ".repeat(shift), Role::Plain);
            shifted.extend(line);
            shifted
        };
        lines.map(shifted).collect()
    }
}

/// How wide the columns are.
fn columns(table: &Table, room: usize) -> Option<Vec<Column>> {
    let count = table.rows.iter().map(|row| row.cells.len()).max()?;
    // For each column its longest word and its longest line.
    let mut needs = vec![(0, 0); count];
    for row in &table.rows {
        for (cell, (word, line)) in row.cells.iter().zip(&mut needs) {
            for block in &cell.blocks {
                *word = longest_word(block).max(*word);
                *line = width_of(block).max(*line);
            }
        }
    }
    let said = needs.iter().enumerate().filter(|(_, (_, line))| *line > 0);
    let mut columns: Vec<Column> = said
        .clone()
        .map(|(index, (word, _))| Column { index, width: *word })
        .collect();
    let words: usize = columns.iter().map(|column| column.width).sum();
    let mut spare = room.checked_sub(words + BETWEEN * columns.len().checked_sub(1)?)?;
    // Those that want the least get all of it; the others share what is left.
    let wants = said.map(|(_, (word, line))| line - word);
    let mut wanting: Vec<(usize, &mut Column)> = wants.zip(&mut columns).collect();
    wanting.sort_by_key(|(want, _)| *want);
    let count = wanting.len();
    for (done, (want, column)) in wanting.into_iter().enumerate() {
        let share = want.min(spare / (count - done));
        column.width += share;
        spare -= share;
    }
    Some(columns)
}

/// The cells that a line takes if it is not broken.
fn width_of(block: &Block) -> usize {
    let words = block.words().map(|words| cells(words.text().trim_end()));
    words.map_or(0, |width| width + usize::from(block.indent))
}

/// The cells that a line takes at least.
fn longest_word(block: &Block) -> usize {
    let text = block.words().map(|words| words.text()).unwrap_or_default();
    let length = |word: &str| {
        let is_stretch = cells(word) > word.chars().count();
        let most = if is_stretch { SHORTEST_STRETCH } else { LONGEST_WORD };
        cells(word).min(most)
    };
    let longest = text.split(' ').map(length).max().unwrap_or_default();
    (longest + usize::from(block.indent)).min(width_of(block))
}

/// Cells beside each other.
fn beside(row: &[Vec<Vec<Run>>], columns: &[Column]) -> Vec<Vec<Run>> {
    let height = row.iter().map(Vec::len).max().unwrap_or_default();
    let last = columns.len().saturating_sub(1);
    let line = |at: usize| {
        let mut line = Vec::new();
        for (place, (cell, column)) in row.iter().zip(columns).enumerate() {
            if place > 0 {
                push(&mut line, "│", Role::TableRule);
                push(&mut line, " ", Role::Plain);
            }
            let said = cell.get(at).map(Vec::as_slice).unwrap_or_default();
            said.iter().for_each(|run| push(&mut line, &run.text, run.role));
            if place < last {
                let left = column.width.saturating_sub(wide(said)) + 1;
                push(&mut line, &" ".repeat(left), Role::Plain);
            }
        }
        trim(&mut line);
        line
    };
    (0..height).map(line).collect()
}

/// The line between two rows.
fn rule(columns: &[Column]) -> Vec<Run> {
    let last = columns.len().saturating_sub(1);
    let dashes = |(place, column): (usize, &Column)| {
        "─".repeat(column.width + usize::from(place > 0) + usize::from(place < last))
    };
    let dashes: Vec<String> = columns.iter().enumerate().map(dashes).collect();
    vec![Run {
        text: dashes.join("┼").into(),
        role: Role::TableRule,
    }]
}

#[cfg(test)]
mod tests {
    use textwrap::WordSeparator;

    use super::super::super::blocks::{Content, Row, Words};
    use super::*;

    fn table(rows: &[&[&str]]) -> Table {
        let cell = |text: &&str| {
            let mut words = Words::default();
            words.push(text, Role::Plain);
            let block = Block {
                content: Content::Words(words),
                ..Block::default()
            };
            Cell {
                blocks: if text.is_empty() { Vec::new() } else { vec![block] },
                columns: 1,
                rows: 1,
                right: false,
            }
        };
        let row = |cells: &&[&str]| Row {
            cells: cells.iter().map(cell).collect(),
            heading: false,
        };
        Table {
            rows: rows.iter().map(row).collect(),
        }
    }

    fn drawn(rows: &[&[&str]], room: usize) -> Option<Vec<String>> {
        let page = Page {
            room,
            separator: WordSeparator::UnicodeBreakProperties,
        };
        let lines = lay(&table(rows), page)?;
        Some(
            lines
                .iter()
                .map(|line| line.iter().map(|run| &*run.text).collect())
                .collect(),
        )
    }

    #[test]
    fn words_stay_whole_and_room_goes_where_it_is_needed() {
        let rows: &[&[&str]] = &[
            &["No.", "Responsible", "", "What"],
            &["1", "山田 花子", "", "Prepare the report and send it around"],
            &["", "", "", ""],
            &["2", "Ben"],
        ];
        let expected = [
            "No. │ Responsible │ What",
            "────┼─────────────┼──────────────────",
            "1   │ 山田 花子   │ Prepare the",
            "    │             │ report and send",
            "    │             │ it around",
            "────┼─────────────┼──────────────────",
            "2   │ Ben         │",
        ];
        assert_eq!(drawn(rows, 37).unwrap(), expected);
        assert_eq!(drawn(rows, 20), None, "no room for the words");
        assert_eq!(drawn(&[], 20), None);
        assert_eq!(drawn(&[&["", ""]], 20), None, "nothing to say");
    }

    #[test]
    fn blanks_at_the_end_of_a_value_move_nothing() {
        let rows: &[&[&str]] = &[&["1,030 ", "Ask for a place"], &["820\u{a0}", "Ask"]];
        let expected = [
            "1,030 │ Ask for a",
            "      │ place",
            "──────┼───────────",
            "820   │ Ask",
        ];
        assert_eq!(drawn(rows, 18).unwrap(), expected);
    }

    #[test]
    fn no_line_is_wider_than_the_page() {
        let long = "https://a.example/a/very/long/path/without/any/place/to/break/at/all";
        let rows: &[&[&str]] = &[
            &[long, "山田花子山田花子山田花子山田花子"],
            &["x", "a b c d e f g h i j k l m"],
        ];
        for room in 1..100 {
            let lines = drawn(rows, room).unwrap_or_default();
            assert!(lines.iter().all(|line| cells(line) <= room), "{room}: {lines:#?}");
        }
        assert!(drawn(rows, 60).is_some());
    }
}
