//! Tables whose rows are one line each and fit beside each other: most of them, and all that are very long. They are drawn
//! here, line for line as html2text draws them, in a small part of the time.

use super::super::blocks::{Block, Cell, Table, Words};
use super::super::cells;
use super::super::lines::{Role, Run};
use super::super::visible::{is_ignorable, visible};
use super::MAX_LINES;
use super::drawn::{push, trim};

/// What stands between two columns, and where a line below a row crosses it.
const BETWEEN: (&str, &str) = ("│", "┼");

/// A cell and its width, without what stands around it.
struct Measured<'a> {
    /// `None` where it is empty.
    words: Option<&'a Words>,
    width: usize,
    right: bool,
}

/// The table's lines. `None` if it is not as simple as that.
pub fn lay(table: &Table, room: usize) -> Option<Vec<Vec<Run>>> {
    let columns = table.rows.first()?.cells.len();
    let mut widths = vec![0; columns];
    let mut rows = Vec::with_capacity(table.rows.len());
    for row in &table.rows {
        if row.cells.len() != columns {
            return None;
        }
        let cells: Vec<Measured> = row.cells.iter().map(measure).collect::<Option<_>>()?;
        if cells.iter().all(|cell| cell.words.is_none()) {
            return None;
        }
        for (width, cell) in widths.iter_mut().zip(&cells) {
            *width = cell.width.max(*width);
        }
        rows.push(cells);
    }
    // A space on both sides of what stands between.
    let needed: usize = widths.iter().sum::<usize>() + 3 * columns.checked_sub(1)?;
    if needed > room || widths.contains(&0) {
        return None;
    }
    let mut lines: Vec<Vec<Run>> = Vec::new();
    let mut was_strong = None;
    for row in rows.iter().take(MAX_LINES) {
        let line = line(row, &widths);
        let is_strong = super::tables::is_strong(&line);
        if was_strong.is_some_and(|was| was != is_strong) {
            lines.push(rule(&widths));
        }
        was_strong = Some(is_strong);
        lines.push(line);
    }
    Some(lines)
}

/// The width of a cell; `None` if it is no line of ordinary words.
fn measure(cell: &Cell) -> Option<Measured<'_>> {
    let words = match cell.blocks.as_slice() {
        [] => None,
        [
            Block {
                indent: 0, gap: false, ..
            },
        ] => cell.blocks.first()?.words(),
        _ => return None,
    };
    let is_one = cell.columns == 1 && cell.rows == 1 && (cell.blocks.is_empty() || words.is_some());
    let width = words.map_or(0, |words| cells(words.text()));
    let is_said = words.is_none_or(|words| width > 0 && is_ordinary(words.text()));
    (is_one && is_said).then_some(Measured {
        words,
        width,
        right: cell.right,
    })
}

/// Whether words have single spaces between them and no other white space.
fn is_ordinary(text: &str) -> bool {
    let has_odd_space = |text: &str| text.chars().any(|c| c != ' ' && (c.is_whitespace() || is_ignorable(c)));
    !text.starts_with(' ') && !text.ends_with(' ') && !text.contains("  ") && !has_odd_space(text)
}

fn line(row: &[Measured], widths: &[usize]) -> Vec<Run> {
    let mut runs = Vec::new();
    let last = row.len().saturating_sub(1);
    for (column, (cell, &width)) in row.iter().zip(widths).enumerate() {
        if column > 0 {
            push(&mut runs, BETWEEN.0, Role::TableRule);
        }
        let left = width - cell.width;
        let before = usize::from(column > 0);
        let after = usize::from(column < last);
        let Some(words) = cell.words else {
            push(&mut runs, &" ".repeat(before + width + after), Role::Plain);
            continue;
        };
        let shift = if cell.right { left } else { 0 };
        push(&mut runs, &" ".repeat(before + shift), Role::Plain);
        let mut spans = words.spans().peekable();
        while let Some((text, role)) = spans.next() {
            let is_end = after > 0 && spans.peek().is_none();
            push(&mut runs, &visible(text), role);
            push(&mut runs, if is_end { " " } else { "" }, role);
        }
        push(&mut runs, &" ".repeat(left - shift), Role::Plain);
    }
    trim(&mut runs);
    runs
}

/// The line below a heading.
fn rule(widths: &[usize]) -> Vec<Run> {
    let last = widths.len().saturating_sub(1);
    let dashes = |(column, width): (usize, &usize)| {
        let spaces = usize::from(column > 0) + usize::from(column < last);
        "─".repeat(width + spaces)
    };
    let columns: Vec<String> = widths.iter().enumerate().map(dashes).collect();
    vec![Run {
        text: columns.join(BETWEEN.1).into(),
        role: Role::TableRule,
    }]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use textwrap::WordSeparator;

    use super::super::super::blocks::{Content, Row};
    use super::super::Page;
    use super::super::tables::{lay as lay_any, lay_by_html2text};
    use super::*;

    const ROOM: usize = 70;

    fn page() -> Page {
        Page {
            room: ROOM,
            separator: WordSeparator::UnicodeBreakProperties,
        }
    }

    fn cell(spans: &[(&str, Role)], right: bool) -> Cell {
        let mut words = Words::default();
        spans.iter().for_each(|(text, role)| words.push(text, *role));
        let block = Block {
            content: Content::Words(words),
            ..Block::default()
        };
        let blocks = if spans.is_empty() { Vec::new() } else { vec![block] };
        Cell {
            blocks,
            columns: 1,
            rows: 1,
            right,
        }
    }

    fn table(rows: Vec<Vec<Cell>>) -> Table {
        let rows = rows.into_iter().map(|cells| Row { cells, heading: false });
        Table { rows: rows.collect() }
    }

    #[test]
    fn it_draws_what_it_can() {
        let plain = |text| cell(&[(text, Role::Plain)], false);
        let head = |text| cell(&[(text, Role::Strong)], false);
        let simple = table(vec![
            vec![head("Name"), head("Amount")],
            vec![plain("山田 花子"), cell(&[("12", Role::Plain)], true)],
            vec![plain("דנה"), cell(&[], false)],
        ]);
        let lines = lay(&simple, ROOM).unwrap();
        let said: Vec<String> = lines
            .iter()
            .map(|line| line.iter().map(|run| &*run.text).collect())
            .collect();
        assert_eq!(
            said,
            [
                "Name      │ Amount",
                "──────────┼───────",
                "山田 花子 │     12",
                "דנה       │"
            ]
        );

        for (odd, why) in [
            (table(vec![vec![plain("a  b"), plain("c")]]), "two spaces"),
            (table(vec![vec![plain("a")], vec![plain("b"), plain("c")]]), "ragged"),
            (table(vec![vec![plain(""), plain("c")]]), "nothing in a column"),
            (table(vec![vec![plain(&"a".repeat(ROOM)), plain("c")]]), "too wide"),
            (
                table(vec![vec![Cell {
                    columns: 2,
                    ..plain("a")
                }]]),
                "a cell over two columns",
            ),
        ] {
            assert!(lay(&odd, ROOM).is_none(), "{why}");
            assert!(!lay_any(&odd, page()).is_empty(), "{why}");
        }
    }

    fn word() -> impl Strategy<Value = &'static str> {
        prop::sample::select(vec![
            "a",
            "two words",
            "Zoe\u{301}",
            "12,50",
            "山田",
            "שלום",
            "👩\u{200d}👩\u{200d}👧",
            "x-y/z",
            "กขค",
            "—",
            "&<b>",
            "│",
        ])
    }

    fn any_cell() -> impl Strategy<Value = Cell> {
        let role = prop::sample::select(vec![Role::Plain, Role::Strong, Role::Link(1), Role::Code]);
        // html2text does not count a space at the end of a span, and then breaks a line that had room.
        let spans = prop::collection::vec((word(), role), 0..3);
        (spans, any::<bool>()).prop_map(|(spans, right)| cell(&spans, right))
    }

    proptest! {
        #[test]
        fn it_draws_as_html2text_does(
            rows in (1..5_usize).prop_flat_map(|columns| {
                prop::collection::vec(prop::collection::vec(any_cell(), columns), 1..6)
            })
        ) {
            let table = table(rows);
            if let Some(lines) = lay(&table, ROOM) {
                prop_assert_eq!(Some(lines), lay_by_html2text(&table, page()));
            }
        }
    }
}
