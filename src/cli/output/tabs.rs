//! Tab-separated values: a line for each row, and no quotes, for no cell has a tab or a line break in it. An empty cell is
//! empty, even where it is the only one.

use std::io::{self, Write};

use super::lines::Format;
use crate::cli::exit::Stop;
use crate::domain::Text;

/// A list with tabs between its cells.
pub struct Tabs<W>(pub W);

impl<W: Write> Format for Tabs<W> {
    fn heading(&mut self, names: &[&str]) -> Result<(), Stop> {
        Ok(writeln!(self.0, "{}", names.join("\t"))?)
    }

    fn row(&mut self, cells: &[Text]) -> Result<(), Stop> {
        for (at, cell) in cells.iter().enumerate() {
            let tab = if at == 0 { "" } else { "\t" };
            write!(self.0, "{tab}{cell}")?;
        }
        Ok(writeln!(self.0)?)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Cells, Column, column, lines};
    use super::*;

    const COLUMNS: &[Column<&str>] = &[
        column("name", Cells::Cut, |row, _| Text::new(row)),
        column("length", Cells::Absent, |row, _| Text::new(&row.len().to_string())),
    ];

    fn written(columns: usize, rows: &[&'static str]) -> String {
        let columns = COLUMNS.iter().take(columns).collect();
        let Tabs(out) = lines::written(Tabs(Vec::new()), columns, rows);
        String::from_utf8(out).unwrap()
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
