//! A table in Markdown, for a wiki page or an issue: GitHub's, which others read too
//! (<https://github.github.com/gfm/#tables-extension->).

use std::io::{self, Write};

use super::lines::Format;
use crate::cli::exit::Stop;
use crate::domain::Text;

/// What may begin something other than text inside of a cell.
const MARKUP: &[char] = &['\\', '|', '`', '*', '_', '~', '[', ']', '<', '>', '&'];

/// A list as a Markdown table.
pub struct Markdown<W>(pub W);

impl<W: Write> Markdown<W> {
    fn line<'a>(&mut self, cells: impl Iterator<Item = &'a str>) -> Result<(), Stop> {
        for cell in cells {
            write!(self.0, "| {} ", literal(cell))?;
        }
        Ok(writeln!(self.0, "|")?)
    }
}

impl<W: Write> Format for Markdown<W> {
    fn heading(&mut self, names: &[&str]) -> Result<(), Stop> {
        self.line(names.iter().copied())?;
        Ok(writeln!(self.0, "| {} |", vec!["---"; names.len()].join(" | "))?)
    }

    fn row(&mut self, cells: &[Text]) -> Result<(), Stop> {
        self.line(cells.iter().map(Text::as_str))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Text that reads in Markdown as it is: no cell, link or tag begins in it. It has no line breaks.
fn literal(text: &str) -> String {
    let mut literal = String::with_capacity(text.len());
    for c in text.chars() {
        if MARKUP.contains(&c) {
            literal.push('\\');
        }
        literal.push(c);
    }
    literal
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
            "[x](y) <b>&amp; *`_~",
            "\u{1b}[2J\u{202e}e\u{301}",
        ]);
        assert_eq!(
            out,
            "| name | # |\n| --- | --- |\n\
             | 山田 花子 | 13 |\n\
             | a\\|b c\\\\ | 6 |\n\
             | \\[x\\](y) \\<b\\>\\&amp; \\*\\`\\_\\~ | 20 |\n\
             | e\u{301} | 10 |\n"
        );
    }
}
