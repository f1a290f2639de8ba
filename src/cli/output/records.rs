//! Records: comma-separated values (RFC 4180, with plain newlines). Cells hold what Graph sent, cleaned as on the screen and
//! otherwise as it is: one that begins with `=` is not made into another value to please a spreadsheet.

use std::io::Write;

use super::{Column, Sink, Times};
use crate::cli::exit::Stop;
use crate::protocol::Problem;

/// A list as records, with a heading that stands there even where nothing follows.
pub struct Records<R: 'static, W: Write> {
    out: csv::Writer<W>,
    columns: Vec<&'static Column<R>>,
    times: Times,
    begun: bool,
}

impl<R, W: Write> Records<R, W> {
    pub fn new(out: W, columns: Vec<&'static Column<R>>, times: Times) -> Self {
        Records {
            out: csv::Writer::from_writer(out),
            columns,
            times,
            begun: false,
        }
    }

    fn begin(&mut self) -> Result<(), Stop> {
        self.begun = true;
        Ok(self.out.write_record(self.columns.iter().map(|column| column.name))?)
    }
}

impl<R, W: Write> Sink<R> for Records<R, W> {
    fn add(&mut self, _: &str, row: &dyn Fn() -> Result<R, Problem>) -> Result<(), Stop> {
        let row = row()?;
        if !self.begun {
            self.begin()?;
        }
        for column in &self.columns {
            self.out.write_field((column.text)(&row, &self.times).as_str())?;
        }
        // Ends the record.
        Ok(self.out.write_record(None::<&[u8]>)?)
    }

    fn page(&mut self) -> Result<(), Stop> {
        Ok(self.out.flush()?)
    }

    fn finish(&mut self) -> Result<(), Stop> {
        if !self.begun {
            self.begin()?;
        }
        Ok(self.out.flush()?)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Cells, column};
    use super::*;
    use crate::config::Time;
    use crate::domain::Text;

    const COLUMNS: &[Column<(&str, i64)>] = &[
        column("name", Cells::Cut, |row, _| Text::new(row.0)),
        column("at", Cells::Absent, |row, times| {
            times.write(jiff::Timestamp::from_second(row.1).ok())
        }),
    ];

    fn written(mut records: Records<(&'static str, i64), Vec<u8>>, rows: &[(&'static str, i64)]) -> String {
        for row in rows {
            records.add("", &|| Ok(*row)).unwrap();
        }
        records.finish().unwrap();
        String::from_utf8(records.out.into_inner().unwrap()).unwrap()
    }

    #[test]
    fn cells_are_harmless_and_quoted_where_they_must_be() {
        let rows = [("山田, \"花子\"", 0), ("=1+1", 1), ("a\u{1b}[2J\nb\tc", 2), ("", 3)];
        let columns = || COLUMNS.iter().collect();
        let times = || Times::new(&Time::default(), true);
        assert_eq!(
            written(Records::new(Vec::new(), columns(), times()), &rows),
            "name,at\n\"山田, \"\"花子\"\"\",1970-01-01T00:00:00Z\n=1+1,1970-01-01T00:00:01Z\na b c,1970-01-01T00:00:02Z\n,1970-01-01T00:00:03Z\n"
        );
        assert_eq!(written(Records::new(Vec::new(), columns(), times()), &[]), "name,at\n");
    }
}
