//! What goes to stdout: tables, JSON, records and Markdown, each row as it comes, so that memory does not grow with the
//! list.

mod card;
mod columns;
mod fill;
mod json;
mod lines;
mod markdown;
mod out;
mod pager;
pub mod progress;
mod projection;
mod records;
mod screen;
mod table;
mod tabs;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::num::NonZeroUsize;

use serde_json::value::RawValue;

pub use card::Card;
pub use columns::{Cells, Column, Times, column, given};
pub use fill::{add_all, fill, fill_and_see};
pub use json::escaped;
pub use out::Out;
pub use pager::{Pager, has_the_terminal};
pub use screen::Screen;

use super::args::{Format, ListOutput, Names, Output};
use super::desk::Desk;
use super::exit::{Stop, say};
use crate::config::Time;
use crate::domain::Text;
use crate::graph::{Listing, read_json};
use crate::protocol::{Problem, ProblemKind};
use columns::{Usually, chosen};
use lines::Lines;
use markdown::Markdown;
use progress::Progress;
use projection::Projection;
use records::Records;
use tabs::Tabs;

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
    /// What JSON is printed of each item.
    projection: Projection,
    /// The properties that JSON was asked for.
    select: Option<Names>,
    progress: Progress,
    nouns: &'static str,
    limit: Option<NonZeroUsize>,
    count: usize,
}

impl<R: 'static> List<R> {
    /// Begins a list of, say, `groups`. Nothing is printed yet.
    ///
    /// # Errors
    /// `Usage` where a column was selected that there is not.
    pub fn begin(
        desk: &Desk,
        args: &ListOutput,
        nouns: &'static str,
        columns: &'static [Column<R>],
    ) -> Result<Self, Stop> {
        let select = args.output.select.as_ref().filter(|_| args.output.format().is_json());
        Ok(List {
            sink: sink(desk, &args.output, columns)?,
            projection: Projection::new(select),
            select: select.cloned(),
            progress: Progress::new(desk.screen),
            nouns,
            limit: args.limit,
            count: 0,
        })
    }

    /// Asks for what this list prints, and for no more: where few are wanted, for few and for no page ahead, and else as
    /// [`List::ask_all`].
    pub fn ask(&mut self, listing: Listing, needed: &[&str]) -> Listing {
        let mut listing = self.ask_all(listing, needed);
        let Some(limit) = self.limit() else {
            return listing;
        };
        listing.hurried = false;
        if let Some(top) = listing.first.option("$top")
            && let Ok(number) = top.parse::<usize>()
        {
            *top = number.min(limit).to_string();
        }
        listing
    }

    /// Asks for all items, as a command must that sorts them; where properties were selected, for those and for the
    /// `needed` ones, which the command reads.
    pub fn ask_all(&mut self, mut listing: Listing, needed: &[&str]) -> Listing {
        if let Some(names) = &self.select
            && let Some(select) = listing.first.option("$select")
        {
            // Annotations come unasked.
            let names = names
                .iter()
                .filter(|name| !name.contains('@') && !needed.contains(name));
            *select = needed.iter().copied().chain(names).collect::<Vec<_>>().join(",");
            self.projection.trust_graph();
        }
        listing
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
        // Where rows are read, it is not JSON that is printed.
        let row = || row().map_err(json_is_as_it_is);
        self.sink.add(&self.projection.of(json)?, &row)
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
    read_json(json.as_bytes()).map_err(unknown_shape)
}

/// Reads what Graph sent as far as its members go, and leaves those as they are.
///
/// # Errors
/// `Server` where it has a shape that we do not know.
pub fn members(json: &str) -> Result<BTreeMap<Cow<'_, str>, &RawValue>, Problem> {
    serde_json::from_str(json).map_err(unknown_shape)
}

fn unknown_shape(error: serde_json::Error) -> Problem {
    tracing::warn!(category = ?error.classify(), line = error.line(), column = error.column(), "unreadable item");
    Problem::new(
        ProblemKind::Server,
        "Graph's answer has a shape that this version does not know.",
        "",
    )
}

/// The same for what JSON has no need to read.
pub fn json_is_as_it_is(problem: Problem) -> Problem {
    match problem.kind == ProblemKind::Server && problem.next.is_empty() {
        true => Problem {
            next: Text::new("With --json you get it as it is."),
            ..problem
        },
        false => problem,
    }
}

/// Prints text of a command that asks Graph nothing; others print to their desk's [`Out`].
///
/// # Errors
/// What writing says.
pub fn print(text: &str) -> Result<(), Stop> {
    let mut out = io::stdout();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

/// Prints a table of what is there already.
///
/// # Errors
/// What writing says.
pub fn print_table<R: Clone + 'static>(
    screen: Screen,
    time: &Time,
    columns: &'static [Column<R>],
    rows: &[R],
) -> Result<(), Stop> {
    let mut table = table::Table::new(io::stdout(), screen, columns.iter().collect(), Times::new(time, false));
    for row in rows {
        table.add("", &|| Ok(row.clone()))?;
    }
    table.finish()
}

/// Prints one thing: as a card, as Graph sent it, or as a record with its heading.
///
/// # Errors
/// `Usage` where something was selected that there is not, and what writing says.
pub fn show<R: Clone + 'static>(
    desk: &Desk,
    args: &Output,
    columns: &'static [Column<R>],
    json: &str,
    row: &R,
) -> Result<(), Stop> {
    match args.format() {
        Format::Table => {
            let (_, text) = card(desk, args, columns, row, &[])?;
            desk.out.print(&text)
        }
        Format::Json | Format::Ndjson => {
            let json = Projection::new(args.select.as_ref()).of(json)?;
            desk.out.print(&format!("{}\n", escaped(&json)))
        }
        Format::Csv | Format::Tsv | Format::Md => {
            let mut sink = sink(desk, args, columns)?;
            sink.add(json, &|| Ok(row.clone()))?;
            sink.finish()
        }
    }
}

/// The card of one thing, and how to go on with it: see [`Card::of`].
///
/// # Errors
/// `Usage` where something was selected that there is not.
pub fn card<R>(
    desk: &Desk,
    args: &Output,
    columns: &'static [Column<R>],
    row: &R,
    more: &[&str],
) -> Result<(Card, String), Stop> {
    let columns = chosen(columns, args.select.as_ref(), Usually::All)?;
    Ok(Card::of(desk, &columns, row, more))
}

/// The way to print a list that was asked for.
fn sink<R: 'static>(desk: &Desk, args: &Output, columns: &'static [Column<R>]) -> Result<Box<dyn Sink<R>>, Stop> {
    let times = |exact| Times::new(&desk.config.time, exact);
    let columns = |usually| chosen(columns, args.select.as_ref(), usually);
    let out = desk.out.clone();
    Ok(match args.format() {
        Format::Json => Box::new(json::Array::new(out)),
        Format::Ndjson => Box::new(json::Lines::new(out)),
        Format::Table => Box::new(table::Table::new(
            out,
            desk.screen,
            columns(Usually::Table)?,
            times(false),
        )),
        Format::Md => Box::new(Lines::new(Markdown(out), columns(Usually::Table)?, times(false))),
        Format::Csv => Box::new(Lines::new(Records::new(out), columns(Usually::All)?, times(true))),
        Format::Tsv => Box::new(Lines::new(Tabs(out), columns(Usually::All)?, times(true))),
    })
}

/// Prints one JSON value on a line of its own.
///
/// # Errors
/// What writing says.
pub fn print_json(json: &str) -> Result<(), Stop> {
    print(&format!("{}\n", escaped(json)))
}
