//! A table of data, drawn as wide as it needs and as narrow as it must; where there is no room for columns, each row as a
//! list of its values under the names of their columns.

use textwrap::WordSeparator;

use super::blocks::{Cell, Row, Table};
use super::cells;
use super::lay::lay_with;
use super::lines::{Line, Role, Run};

/// Between two columns.
const BAR: &str = " │ ";
/// A column is not made narrower than this, unless its values are.
const NARROWEST: usize = 6;

/// The table's lines, at most `room` cells wide as long as `room` is not tiny.
pub fn table(table: &Table, room: usize, separator: WordSeparator) -> Vec<Vec<Run>> {
    let grid = Grid::of(table, separator);
    match grid.widths(room) {
        Some(widths) => grid.draw(&widths),
        None => grid.list(room),
    }
}

/// A table's cells at their places.
struct Grid<'a> {
    separator: WordSeparator,
    rows: Vec<GridRow<'a>>,
    columns: usize,
}

struct GridRow<'a> {
    /// Column, columns that it goes over, and the cell, left to right. Places under a cell from above are not named.
    cells: Vec<(usize, usize, &'a Cell)>,
    heading: bool,
}

impl<'a> Grid<'a> {
    fn of(table: &'a Table, separator: WordSeparator) -> Grid<'a> {
        let mut rows = Vec::new();
        // For each column, for how many rows yet a cell from above fills it.
        let mut filled: Vec<usize> = Vec::new();
        for row in &table.rows {
            let next = place(row, &mut filled);
            rows.push(next);
        }
        let mut grid = Grid {
            separator,
            columns: filled.len(),
            rows,
        };
        grid.drop_empty_columns();
        grid
    }

    /// Columns in which no cell begins come from cells over several columns and only make gaps.
    fn drop_empty_columns(&mut self) {
        let mut begun = vec![false; self.columns];
        for (column, _, cell) in self.rows.iter().flat_map(|row| &row.cells) {
            if let Some(begun) = begun.get_mut(*column).filter(|_| !cell.blocks.is_empty()) {
                *begun = true;
            }
        }
        // How many columns are kept of those before each.
        let mut kept = vec![0];
        for begun in begun {
            kept.push(kept.last().unwrap_or(&0) + usize::from(begun));
        }
        let kept = |column: usize| kept.get(column).or(kept.last()).copied().unwrap_or(0);
        for row in &mut self.rows {
            for (column, over, _) in &mut row.cells {
                let start = kept(*column);
                (*column, *over) = (start, kept(*column + *over) - start);
            }
            row.cells.retain(|(_, over, _)| *over > 0);
        }
        self.rows.retain(|row| !row.cells.is_empty());
        self.columns = kept(self.columns);
    }

    /// How wide each column is, if there is room for all.
    fn widths(&self, room: usize) -> Option<Vec<usize>> {
        let bars = self.columns.saturating_sub(1) * cells(BAR);
        let room = room.checked_sub(bars)?;
        let mut wanted = vec![0_usize; self.columns];
        let mut needed = vec![0_usize; self.columns];
        for (column, over, cell) in self.rows.iter().flat_map(|row| &row.cells) {
            let (want, need) = measure(cell);
            // A cell over several columns asks each for its share.
            let share = |size: usize| size.saturating_sub((over - 1) * cells(BAR)).div_ceil(*over);
            for at in *column..*column + *over {
                if let (Some(wanted), Some(needed)) = (wanted.get_mut(at), needed.get_mut(at)) {
                    *wanted = share(want).max(*wanted);
                    *needed = share(need).max(*needed);
                }
            }
        }
        if needed.iter().sum::<usize>() > room {
            return None;
        }
        Some(shared_out(&wanted, &needed, room))
    }

    fn draw(&self, widths: &[usize]) -> Vec<Vec<Run>> {
        let rows: Vec<Vec<Vec<Run>>> = self
            .rows
            .iter()
            .map(|row| draw_row(row, widths, self.separator))
            .collect();
        let spaced = rows.iter().any(|lines| lines.len() > 1);
        let mut lines = Vec::new();
        for (index, (row, drawn)) in self.rows.iter().zip(rows).enumerate() {
            let after_heading = index
                .checked_sub(1)
                .and_then(|above| self.rows.get(above))
                .is_some_and(|row| row.heading);
            if index > 0 && (spaced || (after_heading && !row.heading)) {
                lines.push(vec![rule(widths)]);
            }
            lines.extend(drawn);
        }
        lines
    }

    /// Each row as lines "name: value".
    fn list(&self, room: usize) -> Vec<Vec<Run>> {
        let names: Vec<String> = match self.rows.first().filter(|row| row.heading && self.rows.len() > 1) {
            Some(row) => {
                let mut names = vec![String::new(); self.columns];
                for (column, _, cell) in &row.cells {
                    if let Some(name) = names.get_mut(*column) {
                        *name = said(cell);
                    }
                }
                names
            }
            None => Vec::new(),
        };
        let mut lines = Vec::new();
        for row in self.rows.iter().skip(usize::from(!names.is_empty())) {
            if !lines.is_empty() {
                lines.push(vec![Run {
                    text: "─".repeat(room).into(),
                    role: Role::TableRule,
                }]);
            }
            for (column, _, cell) in &row.cells {
                if let Some(name) = names.get(*column).filter(|name| !name.is_empty()) {
                    let name = super::wrap(&format!("{name}:"), room);
                    lines.extend(name.into_iter().map(|text| {
                        vec![Run {
                            text: text.into(),
                            role: Role::Strong,
                        }]
                    }));
                }
                lines.extend(cell_lines(cell, room, self.separator).into_iter().map(|line| line.runs));
            }
        }
        lines
    }
}

/// Puts a row's cells at the places that the rows above leave free.
fn place<'a>(row: &'a Row, filled: &mut Vec<usize>) -> GridRow<'a> {
    let mut taken: Vec<bool> = filled.iter().map(|rows| *rows > 0).collect();
    filled.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
    let mut cells = Vec::new();
    let mut column = 0;
    for cell in &row.cells {
        while taken.get(column) == Some(&true) {
            column += 1;
        }
        let end = column + cell.columns;
        if filled.len() < end {
            filled.resize(end, 0);
            taken.resize(end, false);
        }
        for (filled, taken) in filled.iter_mut().zip(&mut taken).take(end).skip(column) {
            *filled = (cell.rows - 1).max(*filled);
            *taken = true;
        }
        cells.push((column, cell.columns, cell));
        column = end;
    }
    GridRow {
        cells,
        heading: row.heading,
    }
}

/// The widths that share `room` out: what each column needs, then equal shares to those that want more.
fn shared_out(wanted: &[usize], needed: &[usize], room: usize) -> Vec<usize> {
    let mut widths = needed.to_vec();
    let mut left = room.saturating_sub(needed.iter().sum());
    loop {
        let hungry = widths
            .iter()
            .zip(wanted)
            .filter(|(width, wanted)| width < wanted)
            .count();
        if hungry == 0 || left == 0 {
            return widths;
        }
        let share = (left / hungry).max(1);
        for (width, wanted) in widths.iter_mut().zip(wanted) {
            let more = share.min(wanted.saturating_sub(*width)).min(left);
            *width += more;
            left -= more;
        }
    }
}

/// The cells that a table cell takes on one line, and how narrow it may be.
fn measure(cell: &Cell) -> (usize, usize) {
    let (mut wanted, mut needed) = (1, 1);
    for block in &cell.blocks {
        let Some(words) = block.words() else { continue };
        let longest = words
            .text()
            .split([' ', '-', '/', '@', '.'])
            .map(cells)
            .max()
            .unwrap_or(0);
        wanted = (words.cells() + usize::from(block.indent)).max(wanted);
        needed = longest.min(NARROWEST).max(needed);
    }
    (wanted, needed.min(wanted))
}

fn draw_row(row: &GridRow<'_>, widths: &[usize], separator: WordSeparator) -> Vec<Vec<Run>> {
    let bar = cells(BAR);
    let mut columns: Vec<(usize, Vec<Line>)> = Vec::new();
    let mut next = 0;
    for (column, over, cell) in &row.cells {
        // Places that a cell from above fills.
        columns.extend(widths.iter().take(*column).skip(next).map(|width| (*width, Vec::new())));
        let width = widths.iter().skip(*column).take(*over).sum::<usize>() + (over - 1) * bar;
        columns.push((width, cell_lines(cell, width, separator)));
        next = column + over;
    }
    columns.extend(widths.iter().skip(next).map(|width| (*width, Vec::new())));
    let height = columns.iter().map(|(_, lines)| lines.len()).max().unwrap_or(0);
    let mut columns: Vec<_> = columns
        .into_iter()
        .map(|(width, lines)| (width, lines.into_iter()))
        .collect();
    let last = columns.len().saturating_sub(1);
    let drawn = (0..height).map(|_| {
        let mut runs = Vec::new();
        for (index, (width, lines)) in columns.iter_mut().enumerate() {
            let line = lines.next().unwrap_or_default();
            let missing = width.saturating_sub(line.cells());
            runs.extend(line.runs);
            if index < last {
                runs.push(Run {
                    text: " ".repeat(missing).into(),
                    role: Role::Plain,
                });
                runs.push(Run {
                    text: BAR.into(),
                    role: Role::TableRule,
                });
            }
        }
        runs.retain(|run| !run.text.is_empty());
        runs
    });
    drawn.collect()
}

fn rule(widths: &[usize]) -> Run {
    let stretches: Vec<String> = widths.iter().map(|width| "─".repeat(*width)).collect();
    Run {
        text: stretches.join("─┼─").into(),
        role: Role::TableRule,
    }
}

fn cell_lines(cell: &Cell, width: usize, separator: WordSeparator) -> Vec<Line> {
    lay_with(&cell.blocks, u16::try_from(width).unwrap_or(u16::MAX), separator)
}

fn said(cell: &Cell) -> String {
    let lines = cell_lines(cell, usize::from(u16::MAX), WordSeparator::AsciiSpace);
    lines.iter().map(Line::text).collect::<Vec<_>>().join(" ")
}
