//! Tables of data: html2text draws those with cells over several rows or columns; where there is no room for columns, each row is a list of its
//! values under the names of their columns.

use std::borrow::Cow;
use std::collections::HashMap;

use super::super::blocks::{Cell, Table, Words};
use super::super::cells;
use super::super::guard::guard;
use super::super::lines::{Role, Run};
use super::piece::Piece;
use super::{Page, plain_table, rule, wide, wrapped, wrapped_table};

/// The table's lines.
pub fn lay(table: &Table, page: Page) -> Vec<Vec<Run>> {
    let by_others = || {
        if wrapped_table::is_simple(table) {
            wrapped_table::lay(table, page)
        } else {
            lay_by_html2text(table, page)
        }
    };
    plain_table::lay(table, page.room)
        .or_else(by_others)
        .unwrap_or_else(|| stacked(table, page))
}

/// The lines that html2text draws. `None` if it panics, or finds no room for the columns.
pub(super) fn lay_by_html2text(table: &Table, page: Page) -> Option<Vec<Vec<Run>>> {
    let with_spans = lines_of(page, |piece| write(piece, table, true));
    // Without cells over several rows or columns html2text does not panic.
    let drawn = with_spans.or_else(|| lines_of(page, |piece| write(piece, table, false)))?;
    let fits = |line: &Vec<Run>| wide(line) <= page.room && !is_between_stacked_cells(line);
    drawn.iter().all(fits).then(|| without_needless_rules(drawn))
}

/// Lets html2text lay out what `write` writes. `None` if it fails: it panics on some tables.
fn lines_of(page: Page, write: impl FnOnce(&mut Piece)) -> Option<Vec<Vec<Run>>> {
    let mut piece = Piece::new(page);
    write(&mut piece);
    guard(|| piece.lines())?
}

/// html2text draws a line above the table and one below every row. Those around the table are left out, as it has empty
/// lines around it, and those between rows of one line each, unless one of them is a heading or a sum.
fn without_needless_rules(lines: Vec<Vec<Run>>) -> Vec<Vec<Run>> {
    let is_one_line = |at: usize| {
        let is_rule_at = |at: Option<usize>| at.and_then(|at| lines.get(at)).is_some_and(|line| is_rule(line));
        is_rule_at(at.checked_sub(1)) && is_rule_at(at.checked_add(1))
    };
    let is_needless = |at: usize| {
        let Some(above) = at.checked_sub(1) else { return true };
        let below = at + 1;
        let is_strong_at = |at: usize| lines.get(at).is_some_and(|line| is_strong(line));
        let is_last = below == lines.len();
        is_last || is_one_line(above) && is_one_line(below) && is_strong_at(above) == is_strong_at(below)
    };
    let kept = lines
        .iter()
        .enumerate()
        .filter(|(at, line)| !(is_rule(line) && is_needless(*at)));
    kept.map(|(_, line)| line.clone()).collect()
}

fn is_rule(line: &[Run]) -> bool {
    !line.is_empty() && line.iter().all(|run| run.role == Role::TableRule)
}

/// Whether all that a line says is bold.
pub(super) fn is_strong(line: &[Run]) -> bool {
    line.iter()
        .all(|run| matches!(run.role, Role::Strong | Role::TableRule) || run.text.trim().is_empty())
}

/// Where html2text finds no room for the columns, it puts the cells below each other, and slashes between them.
fn is_between_stacked_cells(line: &[Run]) -> bool {
    matches!(line, [Run { text, role: Role::Bullet }] if text.chars().all(|c| c == '/'))
}

fn write(piece: &mut Piece, table: &Table, with_spans: bool) {
    let places = places(table);
    let ends = table.rows.iter().zip(&places);
    let ends = ends.filter_map(|(row, columns)| Some(columns.last()? + row.cells.last()?.columns));
    let end = ends.max().unwrap_or(0);
    let widths = widths(table, &places, piece.room());
    piece.markup("<table>");
    for ((index, row), columns) in table.rows.iter().enumerate().zip(&places) {
        piece.markup("<tr>");
        for (cell, &column) in row.cells.iter().zip(columns) {
            // A cell goes no further down than the table.
            let rows = cell.rows.min(table.rows.len() - index);
            if with_spans && (cell.columns > 1 || rows > 1) {
                piece.markup(&format!("<td colspan={} rowspan={rows}>", cell.columns));
            } else {
                piece.markup("<td>");
            }
            let shift = widths
                .get(column)
                .map_or(0, |width| width.saturating_sub(width_of(cell)));
            let shift = if cell.right && cell.columns == 1 { shift } else { 0 };
            piece.pad(usize::from(column > 0) + shift, column + cell.columns < end);
            cell.blocks.iter().for_each(|block| piece.block(block));
            piece.markup("</td>");
        }
        piece.markup("</tr>");
    }
    piece.markup("</table>");
}

/// How wide the columns are if no line in them is broken, where all of them fit beside each other and each cell has one
/// line. Elsewhere nothing is moved to the right.
fn widths(table: &Table, places: &[Vec<usize>], room: usize) -> Vec<usize> {
    let cells = table.rows.iter().zip(places);
    let cells = cells.flat_map(|(row, columns)| row.cells.iter().zip(columns));
    if cells.clone().all(|(cell, _)| !cell.right) {
        return Vec::new();
    }
    let mut widths: Vec<usize> = Vec::new();
    for (cell, &column) in cells {
        if cell.blocks.len() > 1 {
            return Vec::new();
        }
        widths.resize(widths.len().max(column + 1), 0);
        if let Some(width) = widths.get_mut(column).filter(|_| cell.columns == 1) {
            *width = (*width).max(width_of(cell));
        }
    }
    /// A line between two columns, and a space on both sides of it.
    const BETWEEN: usize = 3;
    let needed: usize = widths.iter().map(|width| width + BETWEEN).sum();
    if needed <= room + BETWEEN { widths } else { Vec::new() }
}

/// The cells that the line in a cell takes.
fn width_of(cell: &Cell) -> usize {
    let words = cell.blocks.first().and_then(|block| block.words());
    words.map_or(0, |words| cells(words.text().trim_end()))
}

/// Each row as lines "name: value".
fn stacked(table: &Table, page: Page) -> Vec<Vec<Run>> {
    let headings = table.rows.iter().take_while(|row| row.heading).count();
    let headings = if headings < table.rows.len() {
        headings.min(1)
    } else {
        0
    };
    let places = places(table);
    let names = table.rows.iter().zip(&places).take(headings);
    let names: HashMap<usize, String> = names
        .flat_map(|(row, columns)| columns.iter().copied().zip(row.cells.iter().map(said)))
        .collect();
    let mut lines = Vec::new();
    for (row, columns) in table.rows.iter().zip(&places).skip(headings) {
        let mut values = Vec::new();
        for (cell, column) in row.cells.iter().zip(columns) {
            let mut name = names.get(column).map(String::as_str).unwrap_or_default();
            for (block, words) in cell.blocks.iter().filter_map(|block| Some((block, block.words()?))) {
                wrapped::add(&mut values, block, &named(std::mem::take(&mut name), words), page);
            }
        }
        if !lines.is_empty() && !values.is_empty() {
            lines.push(vec![rule(page.room)]);
        }
        lines.extend(values);
    }
    lines
}

/// Words with the name of their column before them, if it has one.
fn named<'a>(name: &str, words: &'a Words) -> Cow<'a, Words> {
    if name.is_empty() {
        return Cow::Borrowed(words);
    }
    let mut named = Words::default();
    named.push(&format!("{name}: "), Role::Strong);
    words.spans().for_each(|(text, role)| named.push(text, role));
    Cow::Owned(named)
}

/// For each row, the column in which each of its cells begins.
fn places(table: &Table) -> Vec<Vec<usize>> {
    // For each column, for how many rows yet a cell fills it.
    let mut filled: Vec<usize> = Vec::new();
    let rows = table.rows.iter().map(|row| {
        let mut next = 0;
        let mut columns = Vec::new();
        for cell in &row.cells {
            next += filled.iter().skip(next).take_while(|rows| **rows > 0).count();
            columns.push(next);
            let after = next + cell.columns;
            filled.resize(filled.len().max(after), 0);
            filled
                .iter_mut()
                .take(after)
                .skip(next)
                .for_each(|rows| *rows = cell.rows);
            next = after;
        }
        filled.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
        columns
    });
    rows.collect()
}

fn said(cell: &Cell) -> String {
    let words = cell.blocks.iter().filter_map(|block| block.words());
    words.map(|words| words.text()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use textwrap::WordSeparator;

    use super::*;

    const PAGE: Page = Page {
        room: 40,
        separator: WordSeparator::AsciiSpace,
    };
    const BREAKS_HTML2TEXT: &str = "<table><tr><td colspan=2>a</td><td rowspan=2>b</td></tr></table>";

    #[test]
    fn a_panic_of_html2text_is_caught() {
        assert!(lines_of(PAGE, |piece| piece.markup(BREAKS_HTML2TEXT)).is_none());
        let plain = BREAKS_HTML2TEXT.replace("colspan=2", "").replace("rowspan=2", "");
        assert!(lines_of(PAGE, |piece| piece.markup(&plain)).is_some());
    }
}
