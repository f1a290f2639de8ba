//! What the formats have in common that print a heading, which stands there even where nothing follows, and then a line for
//! each row as it comes.

use std::io;

use super::{Column, Sink, Times};
use crate::cli::exit::Stop;
use crate::domain::Text;
use crate::protocol::Problem;

/// One such format. No cell has a tab or a line break in it.
pub trait Format {
    /// Writes the heading.
    fn heading(&mut self, names: &[&str]) -> Result<(), Stop>;
    /// Writes a row.
    fn row(&mut self, cells: &[Text]) -> Result<(), Stop>;
    /// Lets go of what it holds back.
    fn flush(&mut self) -> io::Result<()>;
}

/// A list in such a format.
pub struct Lines<R: 'static, F> {
    format: F,
    columns: Vec<&'static Column<R>>,
    times: Times,
    begun: bool,
}

impl<R, F: Format> Lines<R, F> {
    pub fn new(format: F, columns: Vec<&'static Column<R>>, times: Times) -> Self {
        Lines {
            format,
            columns,
            times,
            begun: false,
        }
    }

    fn begin(&mut self) -> Result<(), Stop> {
        if std::mem::replace(&mut self.begun, true) {
            return Ok(());
        }
        let names: Vec<&str> = self.columns.iter().map(|column| column.name).collect();
        self.format.heading(&names)
    }
}

impl<R, F: Format> Sink<R> for Lines<R, F> {
    fn add(&mut self, _: &str, row: &dyn Fn() -> Result<R, Problem>) -> Result<(), Stop> {
        let row = row()?;
        self.begin()?;
        let columns = self.columns.iter();
        let cells: Vec<Text> = columns.map(|column| (column.text)(&row, &self.times)).collect();
        self.format.row(&cells)
    }

    fn page(&mut self) -> Result<(), Stop> {
        Ok(self.format.flush()?)
    }

    fn finish(&mut self) -> Result<(), Stop> {
        self.begin()?;
        self.page()
    }
}

/// What a format makes of these rows.
#[cfg(test)]
pub fn written<R: Clone, F: Format>(format: F, columns: Vec<&'static Column<R>>, rows: &[R]) -> F {
    let times = Times::new(&crate::config::Time::default(), true);
    let mut lines = Lines::new(format, columns, times);
    for row in rows {
        lines.add("", &|| Ok(row.clone())).unwrap();
    }
    lines.finish().unwrap();
    lines.format
}
