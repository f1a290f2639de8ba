//! Aligned columns. The first page decides how wide they are; later cells that are wider are cut on a terminal, and
//! stick out where a program reads.

#[cfg(test)]
mod tests;

use std::io::Write;

use clap::builder::styling::Style;

use super::{Cells, Column, Screen, Sink, Times};
use crate::cli::exit::Stop;
use crate::domain::Text;
use crate::protocol::Problem;
use crate::text::{cells, pad, truncate};

/// Between two columns.
const GAP: &str = "  ";
/// No column that may be cut gets narrower, while there is room for the others.
const NARROWEST: usize = 8;
/// Where there is no room for those either, words that are whole elsewhere are cut, too, and all down to this.
const LAST: usize = 4;
/// Where nothing is cut, one long cell does not push the columns after it away from all other rows.
const WIDEST: usize = 48;
const HEADING: Style = Style::new().bold();

/// A list as a table.
pub struct Table<R: 'static, W> {
    out: W,
    screen: Screen,
    columns: Vec<&'static Column<R>>,
    times: Times,
    /// The rows of the first page, until it is whole; then the widths of the columns.
    state: State,
}

enum State {
    Gathering(Vec<Vec<Text>>),
    Flowing(Vec<Width>),
}

/// How wide a column is, and whether what is wider is cut.
#[derive(Clone, Copy)]
struct Width {
    cells: usize,
    cut: bool,
}

impl<R, W: Write> Table<R, W> {
    pub fn new(out: W, screen: Screen, columns: Vec<&'static Column<R>>, times: Times) -> Self {
        Table {
            out,
            screen,
            columns,
            times,
            state: State::Gathering(Vec::new()),
        }
    }

    fn begin(&mut self, rows: &[Vec<Text>]) -> Result<(), Stop> {
        let widths = self.widths(rows);
        let heading: Vec<Text> = self
            .columns
            .iter()
            .map(|column| Text::new(&column.name.to_uppercase()))
            .collect();
        let line = self.line(&heading, &widths);
        if self.screen.colour {
            writeln!(self.out, "{HEADING}{line}{HEADING:#}")?;
        } else {
            writeln!(self.out, "{line}")?;
        }
        for row in rows {
            let line = self.line(row, &widths);
            writeln!(self.out, "{line}")?;
        }
        self.state = State::Flowing(widths);
        Ok(())
    }

    /// As wide as the widest cell, within reason; on a terminal, the widest of those that may be cut give way until all
    /// fit.
    fn widths(&self, rows: &[Vec<Text>]) -> Vec<Width> {
        let on_terminal = self.screen.width.is_some();
        let width = |column: &&'static Column<R>| Width {
            cells: cells(column.name).max(column.cells.least()),
            cut: on_terminal && column.cells.may_be_cut(),
        };
        let mut widths: Vec<Width> = self.columns.iter().map(width).collect();
        for row in rows {
            for (width, text) in widths.iter_mut().zip(row) {
                width.cells = width.cells.max(cells(text.as_str()));
            }
        }
        let Some(room) = self.screen.width else {
            for (width, column) in widths.iter_mut().zip(&self.columns) {
                if column.cells.may_be_cut() {
                    width.cells = width.cells.min(WIDEST);
                }
            }
            return widths;
        };
        let room = room.saturating_sub(GAP.len() * widths.len().saturating_sub(1));
        let mut excess = widths
            .iter()
            .map(|width| width.cells)
            .sum::<usize>()
            .saturating_sub(room);
        for (whole_ones_too, narrowest) in [(false, NARROWEST), (true, NARROWEST), (true, LAST)] {
            let may_be_cut = |cells: Cells| cells.may_be_cut() || (whole_ones_too && cells.is_text());
            while excess > 0 {
                let widest = widths
                    .iter_mut()
                    .zip(&self.columns)
                    .filter(|(width, column)| may_be_cut(column.cells) && width.cells > narrowest)
                    .max_by_key(|(width, _)| width.cells);
                let Some((widest, _)) = widest else { break };
                widest.cells -= 1;
                widest.cut = true;
                excess -= 1;
            }
        }
        widths
    }

    fn line(&self, row: &[Text], widths: &[Width]) -> String {
        let mut line = String::new();
        for (at, ((text, width), column)) in row.iter().zip(widths).zip(&self.columns).enumerate() {
            if at > 0 {
                line.push_str(GAP);
            }
            let text = if width.cut {
                truncate(text.as_str(), width.cells)
            } else {
                text.as_str().into()
            };
            let missing = width.cells.saturating_sub(cells(&text));
            match column.cells {
                Cells::Right(_) => {
                    line.push_str(&pad("", missing));
                    line.push_str(&text);
                }
                _ => {
                    line.push_str(&text);
                    line.push_str(&pad("", missing));
                }
            }
        }
        line.truncate(line.trim_end().len());
        line
    }
}

impl Cells {
    fn least(self) -> usize {
        match self {
            Cells::Whole(least) | Cells::Right(least) => least,
            Cells::Cut | Cells::Absent | Cells::Key => 0,
        }
    }

    /// Whether it is words, a part of which still says something; not so a number or a key.
    fn is_text(self) -> bool {
        matches!(self, Cells::Cut | Cells::Absent | Cells::Whole(_))
    }

    fn may_be_cut(self) -> bool {
        matches!(self, Cells::Cut | Cells::Absent)
    }
}

impl<R, W: Write> Sink<R> for Table<R, W> {
    fn add(&mut self, _: &str, row: &dyn Fn() -> Result<R, Problem>) -> Result<(), Stop> {
        let row = row()?;
        let row: Vec<Text> = self
            .columns
            .iter()
            .map(|column| (column.text)(&row, &self.times))
            .collect();
        match &mut self.state {
            State::Gathering(rows) => rows.push(row),
            State::Flowing(widths) => {
                let widths = std::mem::take(widths);
                let line = self.line(&row, &widths);
                self.state = State::Flowing(widths);
                writeln!(self.out, "{line}")?;
            }
        }
        Ok(())
    }

    fn page(&mut self) -> Result<(), Stop> {
        if let State::Gathering(rows) = &mut self.state
            && !rows.is_empty()
        {
            let rows = std::mem::take(rows);
            self.begin(&rows)?;
        }
        Ok(self.out.flush()?)
    }

    fn finish(&mut self) -> Result<(), Stop> {
        self.page()
    }
}
