//! How a command prints what it has to say.

use std::num::NonZeroUsize;

use clap::ValueEnum;

pub const FORMATS: &str = "\
    JSON is Graph's own, with control characters escaped. Cells of CSV are what Graph sent, without control characters: a \
    spreadsheet may take one that begins with = + - or @ for a formula.\n";

/// Paragraphs of a command's long help; clap wraps them at the terminal's width.
pub fn long(parts: &[&str]) -> String {
    parts.join("\n")
}

#[derive(Debug, clap::Args)]
pub struct Output {
    /// How to print it
    #[arg(long, short, value_name = "FORMAT", default_value = "table")]
    pub output: Format,
    /// The same as --output json
    #[arg(long, conflicts_with = "output")]
    pub json: bool,
}

impl Output {
    pub fn format(&self) -> Format {
        if self.json { Format::Json } else { self.output }
    }
}

#[derive(Debug, clap::Args)]
pub struct ListOutput {
    #[command(flatten)]
    pub output: Output,
    /// Stop after so many
    #[arg(long, value_name = "N", value_parser = at_least_one)]
    pub limit: Option<NonZeroUsize>,
}

fn at_least_one(number: &str) -> Result<NonZeroUsize, &'static str> {
    number.parse().map_err(|_| "give a whole number, 1 or more")
}

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
}
