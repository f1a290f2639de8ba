//! Tab-separated values: a line for each row, and no quotes, for no cell has a tab or a line break in it. An empty cell is
//! empty, even where it is the only one.

use std::io::Write;

use super::{Column, Sink, Times};
use crate::cli::exit::Stop;
use crate::protocol::Problem;

/// A list with tabs between its cells, and a heading that stands there even where nothing follows.
pub struct Tabs<R: 'static, W> {
    out: W,
    columns: Vec<&'static Column<R>>,
    times: Times,
    begun: bool,
}

impl<R, W: Write> Tabs<R, W> {
    pub fn new(out: W, columns: Vec<&'static Column<R>>, times: Times) -> Self {
        Tabs {
            out,
            columns,
            times,
            begun: false,
        }
    }

    fn begin(&mut self) -> Result<(), Stop> {
        self.begun = true;
        let names: Vec<&str> = self.columns.iter().map(|column| column.name).collect();
        Ok(writeln!(self.out, "{}", names.join("\t"))?)
    }
}

impl<R, W: Write> Sink<R> for Tabs<R, W> {
    fn add(&mut self, _: &str, row: &dyn Fn() -> Result<R, Problem>) -> Result<(), Stop> {
        let row = row()?;
        if !self.begun {
            self.begin()?;
        }
        for (at, column) in self.columns.iter().enumerate() {
            let tab = if at == 0 { "" } else { "\t" };
            write!(self.out, "{tab}{}", (column.text)(&row, &self.times))?;
        }
        Ok(writeln!(self.out)?)
    }

    fn page(&mut self) -> Result<(), Stop> {
        Ok(self.out.flush()?)
    }

    fn finish(&mut self) -> Result<(), Stop> {
        if !self.begun {
            self.begin()?;
        }
        self.page()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Cells, column};
    use super::*;
    use crate::config::Time;
    use crate::domain::Text;

    const COLUMNS: &[Column<&str>] = &[
        column("name", Cells::Cut, |row, _| Text::new(row)),
        column("length", Cells::Absent, |row, _| Text::new(&row.len().to_string())),
    ];

    fn written(columns: usize, rows: &[&'static str]) -> String {
        let columns = COLUMNS.iter().take(columns).collect();
        let mut tabs = Tabs::new(Vec::new(), columns, Times::new(&Time::default(), true));
        for row in rows {
            tabs.add("", &|| Ok(*row)).unwrap();
        }
        tabs.finish().unwrap();
        String::from_utf8(tabs.out).unwrap()
    }

    #[test]
    fn cells_are_harmless_and_never_quoted() {
        let rows = ["山田, \"花子\"", "a\u{1b}[2J\nb\tc", ""];
        let both = "name\tlength\n山田, \"花子\"\t16\na b c\t9\n\t0\n";
        assert_eq!(written(2, &rows), both);
        assert_eq!(written(1, &rows), "name\n山田, \"花子\"\na b c\n\n");
        assert_eq!(written(2, &[]), "name\tlength\n");
    }
}
