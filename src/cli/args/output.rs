//! What may be typed about how output looks.

use std::num::NonZeroUsize;
use std::str::FromStr;

use clap::ValueEnum;

pub const FORMATS: &str = "\
    JSON is Graph's own, with control characters escaped; --select names its properties, as in displayName,mail. Other \
    forms have columns, and --select names those. Cells of CSV and TSV are what Graph sent, without control characters: \
    a spreadsheet may take one that begins with = + - or @ for a formula.\n";

/// The same of rows that folkmoot has made, by the names of what JSON has in each.
pub fn formats_of(names: &str) -> String {
    format!(
        "Each row of JSON has {names}, and --select names those. Other forms have columns, and --select names the columns. \
         Cells of CSV and TSV are what Graph sent, without control characters: a spreadsheet may take one that begins with \
         = + - or @ for a formula.\n"
    )
}

/// Paragraphs of a command's long help; clap wraps them at the terminal's width.
pub fn long(parts: &[&str]) -> String {
    parts.join("\n")
}

/// How one thing, or a list, is printed.
#[derive(Debug, clap::Args)]
pub struct Output {
    /// How to print it
    #[arg(long, short, value_name = "FORMAT", default_value = "table")]
    pub output: Format,
    /// The same as --output json
    #[arg(long, conflicts_with = "output")]
    pub json: bool,
    /// Only these columns, in this order, such as name,mail; with JSON, only these of Graph's properties
    #[arg(long, value_name = "NAMES")]
    pub select: Option<Names>,
}

impl Output {
    /// What was asked for, in whichever way.
    pub fn format(&self) -> Format {
        if self.json { Format::Json } else { self.output }
    }
}

/// How a list is printed, and how much of it.
#[derive(Debug, clap::Args)]
pub struct ListOutput {
    #[command(flatten)]
    pub output: Output,
    /// Stop after so many
    #[arg(long, value_name = "N", value_parser = at_least_one)]
    pub limit: Option<NonZeroUsize>,
}

/// Reads a number of things to print.
pub(super) fn at_least_one(number: &str) -> Result<NonZeroUsize, &'static str> {
    number.parse().map_err(|_| "give a whole number, 1 or more")
}

/// A form of output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Aligned columns
    Table,
    /// One JSON array
    Json,
    /// One JSON object a line
    Ndjson,
    /// Comma-separated values with a heading
    Csv,
    /// Tab-separated values with a heading
    Tsv,
    /// A table in Markdown
    Md,
}

impl Format {
    /// Whether it is Graph's own objects.
    pub fn is_json(self) -> bool {
        matches!(self, Format::Json | Format::Ndjson)
    }
}

/// Names of columns or of Graph's properties, in an order, none twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Names(Vec<String>);

impl Names {
    /// The names; there is at least one.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

impl FromStr for Names {
    type Err = String;

    fn from_str(list: &str) -> Result<Self, String> {
        let mut names: Vec<String> = Vec::new();
        for name in list.split(',').map(str::trim) {
            // What names consist of, here and at Graph: no name may become another part of a request.
            let is_part = |c: char| c.is_alphanumeric() || "_-.@#".contains(c);
            if name.is_empty() || !name.chars().all(is_part) {
                return Err("give names with commas between them".to_owned());
            }
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
        Ok(Names(names))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_separated_by_commas() {
        for (list, names) in [
            ("name", Some(vec!["name"])),
            (" name , mail,name", Some(vec!["name", "mail"])),
            (
                "#,sign-in,@odata.type,名前",
                Some(vec!["#", "sign-in", "@odata.type", "名前"]),
            ),
            ("", None),
            ("name,,mail", None),
            ("name mail", None),
            ("id&$top=1", None),
            ("manager/id", None),
        ] {
            let read = list.parse::<Names>().ok();
            let read: Option<Vec<&str>> = read.as_ref().map(|read| read.iter().collect());
            assert_eq!(read, names, "{list}");
        }
    }
}
