//! Records: comma-separated values (RFC 4180, with plain newlines). Cells hold what Graph sent, cleaned as on the screen and
//! otherwise as it is: one that begins with `=` is not made into another value to please a spreadsheet.

use std::io::{self, Write};

use super::lines::Format;
use crate::cli::exit::Stop;
use crate::domain::Text;

/// A list as records.
pub struct Records<W: Write>(csv::Writer<W>);

impl<W: Write> Records<W> {
    pub fn new(out: W) -> Self {
        Records(csv::Writer::from_writer(out))
    }
}

impl<W: Write> Format for Records<W> {
    fn heading(&mut self, names: &[&str]) -> Result<(), Stop> {
        Ok(self.0.write_record(names)?)
    }

    fn row(&mut self, cells: &[Text]) -> Result<(), Stop> {
        Ok(self.0.write_record(cells.iter().map(Text::as_str))?)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Cells, Column, column, lines};
    use super::*;

    const COLUMNS: &[Column<(&str, i64)>] = &[
        column("name", Cells::Cut, |row, _| Text::new(row.0)),
        column("at", Cells::Absent, |row, times| {
            times.write(jiff::Timestamp::from_second(row.1).ok())
        }),
    ];

    fn written(rows: &[(&'static str, i64)]) -> String {
        let Records(out) = lines::written(Records::new(Vec::new()), COLUMNS.iter().collect(), rows);
        String::from_utf8(out.into_inner().unwrap()).unwrap()
    }

    #[test]
    fn cells_are_harmless_and_quoted_where_they_must_be() {
        let rows = [("山田, \"花子\"", 0), ("=1+1", 1), ("a\u{1b}[2J\nb\tc", 2), ("", 3)];
        assert_eq!(
            written(&rows),
            "name,at\n\"山田, \"\"花子\"\"\",1970-01-01T00:00:00Z\n=1+1,1970-01-01T00:00:01Z\na b c,1970-01-01T00:00:02Z\n,1970-01-01T00:00:03Z\n"
        );
        assert_eq!(written(&[]), "name,at\n");
    }
}
