//! A table in Markdown, for a wiki page or an issue: GitHub's, which others read too
//! (<https://github.github.com/gfm/#tables-extension->).

use std::fmt::Display;
use std::io::{self, Write};

use super::lines::Format;
use crate::cli::exit::Stop;
use crate::domain::Text;
use crate::text::markdown_literal;

/// A list as a Markdown table.
pub struct Markdown<W>(pub W);

impl<W: Write> Markdown<W> {
    fn line(&mut self, cells: impl Iterator<Item = impl Display>) -> Result<(), Stop> {
        for cell in cells {
            write!(self.0, "| {cell} ")?;
        }
        Ok(writeln!(self.0, "|")?)
    }
}

impl<W: Write> Format for Markdown<W> {
    fn heading(&mut self, names: &[&str]) -> Result<(), Stop> {
        self.line(names.iter())?;
        Ok(writeln!(self.0, "| {} |", vec!["---"; names.len()].join(" | "))?)
    }

    fn row(&mut self, cells: &[Text]) -> Result<(), Stop> {
        self.line(cells.iter().map(|cell| markdown_literal(cell.as_str())))
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
        column("#", Cells::Right(3), |row, _| Text::new(&row.len().to_string())),
    ];

    fn written(rows: &[&'static str]) -> String {
        let Markdown(out) = lines::written(Markdown(Vec::new()), COLUMNS.iter().collect(), rows);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn cells_stay_cells_and_text_stays_text() {
        assert_eq!(written(&[]), "| name | # |\n| --- | --- |\n");
        let out = written(&[
            "山田 花子",
            "a|b\nc\\",
            "[x](y) <b>&amp; *`_~#",
            "\u{1b}[2J\u{202e}e\u{301}",
        ]);
        assert_eq!(
            out,
            "| name | # |\n| --- | --- |\n\
             | 山田 花子 | 13 |\n\
             | a\\|b c\\\\ | 6 |\n\
             | \\[x\\](y) \\<b\\>\\&amp; \\*\\`\\_\\~\\# | 21 |\n\
             | e\u{301} | 10 |\n"
        );
    }
}
