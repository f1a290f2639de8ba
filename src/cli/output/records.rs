//! Comma-separated values (RFC 4180, with plain newlines). Cells hold what Graph sent, cleaned as on the screen and
//! otherwise as it is: one that begins with `=` is not made into another value to please a spreadsheet.

use std::io::Write;

use super::{Column, Sink, Times};
use crate::cli::exit::Stop;
use crate::protocol::Problem;

/// A list as CSV.
pub struct Csv<R: 'static, W: Write> {
    out: csv::Writer<W>,
    columns: &'static [Column<R>],
    times: Times,
}

impl<R, W: Write> Csv<R, W> {
    /// Begins with the heading, which stands there even where nothing follows.
    pub fn new(out: W, columns: &'static [Column<R>], times: Times) -> Result<Self, Stop> {
        let mut out = csv::Writer::from_writer(out);
        out.write_record(columns.iter().map(|column| column.name))?;
        Ok(Csv { out, columns, times })
    }
}

impl<R, W: Write> Sink<R> for Csv<R, W> {
    fn add(&mut self, _: &str, row: &dyn Fn() -> Result<R, Problem>) -> Result<(), Stop> {
        let row = row()?;
        for column in self.columns {
            self.out.write_field((column.text)(&row, &self.times).as_str())?;
        }
        // Ends the record.
        Ok(self.out.write_record(None::<&[u8]>)?)
    }

    fn page(&mut self) -> Result<(), Stop> {
        Ok(self.out.flush()?)
    }

    fn finish(&mut self) -> Result<(), Stop> {
        Ok(self.out.flush()?)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Cells;
    use super::*;
    use crate::config::Time;
    use crate::domain::Text;

    const COLUMNS: &[Column<(&str, i64)>] = &[
        Column {
            name: "name",
            cells: Cells::Cut,
            text: |row, _| Text::new(row.0),
        },
        Column {
            name: "at",
            cells: Cells::Absent,
            text: |row, times| times.write(jiff::Timestamp::from_second(row.1).ok()),
        },
    ];

    #[test]
    fn cells_are_quoted_and_harmless() {
        let mut csv = Csv::new(Vec::new(), COLUMNS, Times::new(&Time::default(), true)).unwrap();
        for row in [("山田, \"花子\"", 0), ("=1+1", 1), ("a\u{1b}[2J\nb", 2), ("", 3)] {
            csv.add("", &|| Ok(row)).unwrap();
        }
        csv.finish().unwrap();
        assert_eq!(
            String::from_utf8(csv.out.into_inner().unwrap()).unwrap(),
            "name,at\n\"山田, \"\"花子\"\"\",1970-01-01T00:00:00Z\n=1+1,1970-01-01T00:00:01Z\na b,1970-01-01T00:00:02Z\n,1970-01-01T00:00:03Z\n"
        );
    }
}
