//! A table in Markdown, for a wiki page or an issue: GitHub's, which others read too
//! (<https://github.github.com/gfm/#tables-extension->).

use std::io::Write;

use super::{Column, Sink, Times};
use crate::cli::exit::Stop;
use crate::protocol::Problem;

/// What may begin something other than text inside of a cell.
const MARKUP: &[char] = &['\\', '|', '`', '*', '_', '~', '[', ']', '<', '>', '&'];

/// A list as a Markdown table.
pub struct Markdown<R: 'static, W> {
    out: W,
    columns: Vec<&'static Column<R>>,
    times: Times,
    begun: bool,
}

impl<R, W: Write> Markdown<R, W> {
    pub fn new(out: W, columns: Vec<&'static Column<R>>, times: Times) -> Self {
        Markdown {
            out,
            columns,
            times,
            begun: false,
        }
    }

    fn begin(&mut self) -> Result<(), Stop> {
        self.begun = true;
        let names: Vec<&str> = self.columns.iter().map(|column| column.name).collect();
        self.line(names.into_iter())?;
        let rules = self.columns.iter().map(|_| "---").collect::<Vec<_>>().join(" | ");
        Ok(writeln!(self.out, "| {rules} |")?)
    }

    fn line<'a>(&mut self, cells: impl Iterator<Item = &'a str>) -> Result<(), Stop> {
        for cell in cells {
            write!(self.out, "| {} ", literal(cell))?;
        }
        Ok(writeln!(self.out, "|")?)
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

impl<R, W: Write> Sink<R> for Markdown<R, W> {
    fn add(&mut self, _: &str, row: &dyn Fn() -> Result<R, Problem>) -> Result<(), Stop> {
        let row = row()?;
        if !self.begun {
            self.begin()?;
        }
        let cells: Vec<_> = self
            .columns
            .iter()
            .map(|column| (column.text)(&row, &self.times))
            .collect();
        self.line(cells.iter().map(|cell| cell.as_str()))
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

    const COLUMNS: &[Column<&str>] = &[
        column("name", Cells::Cut, |row, _| Text::new(row)),
        column("#", Cells::Right(3), |row, _| Text::new(&row.len().to_string())),
    ];

    fn written(rows: &[&'static str]) -> String {
        let times = Times::new(&Time::default(), false);
        let mut markdown = Markdown::new(Vec::new(), COLUMNS.iter().collect(), times);
        for row in rows {
            markdown.add("", &|| Ok(row)).unwrap();
        }
        markdown.finish().unwrap();
        String::from_utf8(markdown.out).unwrap()
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
