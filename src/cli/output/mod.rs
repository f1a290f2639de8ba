//! What goes to stdout: tables, JSON and CSV, each row as it comes, so that memory does not grow with the list.

mod card;
mod columns;
mod json;
pub mod progress;
mod records;
mod screen;
mod table;

use std::io::{self, BufWriter, Stdout, Write};
use std::num::NonZeroUsize;

pub use card::card;
pub use columns::{Cells, Column, Times};
pub use json::escaped;
pub use screen::Screen;

use super::args::{Format, ListOutput, Output};
use super::exit::{Stop, say};
use super::session::Desk;
use crate::protocol::{Problem, ProblemKind};
use progress::Progress;

/// Stdout, in pieces larger than a line.
pub fn stdout() -> BufWriter<Stdout> {
    BufWriter::new(io::stdout())
}

/// One format's way of printing a list.
trait Sink<R> {
    /// Prints an item, or keeps it until the end of its page. `row` reads it, for formats that need to know what it is.
    fn add(&mut self, json: &str, row: &dyn Fn() -> Result<R, Problem>) -> Result<(), Stop>;
    /// Lets go of whatever has been kept: more will be long in coming.
    fn page(&mut self) -> Result<(), Stop>;
    /// Prints what belongs at the end.
    fn finish(&mut self) -> Result<(), Stop>;
}

/// A list on its way to stdout.
pub struct List<R> {
    sink: Box<dyn Sink<R>>,
    progress: Progress,
    nouns: &'static str,
    limit: Option<NonZeroUsize>,
    count: usize,
}

impl<R: 'static> List<R> {
    /// Begins a list of, say, `groups`.
    ///
    /// # Errors
    /// `Closed` where nobody reads any more.
    pub fn begin(
        desk: &Desk,
        args: &ListOutput,
        nouns: &'static str,
        columns: &'static [Column<R>],
    ) -> Result<Self, Stop> {
        let times = |exact| Times::new(&desk.config.time, exact);
        let out = stdout();
        Ok(List {
            sink: match args.output.format() {
                Format::Table => Box::new(table::Table::new(out, desk.screen, columns, times(false))),
                Format::Json => Box::new(json::Array::new(out)),
                Format::Ndjson => Box::new(json::Lines::new(out)),
                Format::Csv => Box::new(records::Csv::new(out, columns, times(true))?),
            },
            progress: Progress::new(desk.screen),
            nouns,
            limit: args.limit,
            count: 0,
        })
    }

    /// How many there were so far.
    pub fn count(&self) -> usize {
        self.count
    }

    /// How many were asked for, if anybody said so.
    pub fn limit(&self) -> Option<usize> {
        self.limit.map(NonZeroUsize::get)
    }

    /// Whether there were as many as were asked for.
    pub fn is_full(&self) -> bool {
        self.limit.is_some_and(|limit| self.count >= limit.get())
    }

    /// Adds an item, unless the list is full: as JSON, and how to read it.
    ///
    /// # Errors
    /// What writing or reading it says.
    pub fn add(&mut self, json: &str, row: impl Fn() -> Result<R, Problem>) -> Result<(), Stop> {
        if self.is_full() {
            return Ok(());
        }
        self.count += 1;
        self.sink.add(json, &row)
    }

    /// Ends a page that is not the last, of a list with so many items in all.
    ///
    /// # Errors
    /// What writing says.
    pub fn page(&mut self, total: Option<usize>) -> Result<(), Stop> {
        self.sink.page()?;
        if !self.is_full() {
            self.progress.show(self.count, total);
        }
        Ok(())
    }

    /// Ends the list.
    ///
    /// # Errors
    /// What writing says.
    pub fn finish(mut self) -> Result<(), Stop> {
        self.sink.finish()?;
        drop(self.progress);
        if self.count == 0 {
            say(&format!("No {}.", self.nouns));
        }
        Ok(())
    }
}

/// Reads what Graph sent.
///
/// # Errors
/// `Server` where it has a shape that we do not know.
pub fn read<T: serde::de::DeserializeOwned>(json: &str) -> Result<T, Problem> {
    serde_json::from_str(json).map_err(|error| {
        tracing::warn!(category = ?error.classify(), line = error.line(), column = error.column(), "unreadable item");
        Problem::new(
            ProblemKind::Server,
            "Graph's answer has a shape that this version does not know.",
            "With --json you get it as it is.",
        )
    })
}

/// Prints text.
///
/// # Errors
/// What writing says.
pub fn print(text: &str) -> Result<(), Stop> {
    let mut out = stdout();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

/// Prints one thing: as a card, as Graph sent it, or as a record with its heading.
///
/// # Errors
/// What writing says.
pub fn show<R: Clone + 'static>(
    desk: &Desk,
    args: &Output,
    columns: &'static [Column<R>],
    json: &str,
    row: &R,
) -> Result<(), Stop> {
    match args.format() {
        Format::Table => print(&card(desk, columns, row, &[])),
        Format::Json | Format::Ndjson => print_json(json),
        Format::Csv => print_csv(desk, columns, row),
    }
}

/// Prints one item as CSV, with its heading.
///
/// # Errors
/// What writing says.
pub fn print_csv<R: Clone>(desk: &Desk, columns: &'static [Column<R>], row: &R) -> Result<(), Stop> {
    let mut csv = records::Csv::new(stdout(), columns, Times::new(&desk.config.time, true))?;
    csv.add("", &|| Ok(row.clone()))?;
    csv.finish()
}

/// Prints one JSON value on a line of its own.
///
/// # Errors
/// What writing says.
pub fn print_json(json: &str) -> Result<(), Stop> {
    print(&format!("{}\n", escaped(json)))
}
