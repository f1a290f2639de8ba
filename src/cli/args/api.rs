//! What may be typed about a raw request.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::Format;
use super::output::at_least_one;
use crate::graph::Verb;

pub const API_HELP: &str = "\
A PATH is one of Graph's, such as /me or '/groups?$top=5&$select=id' (quote it: $ and & mean something to the shell); one that \
begins with /beta/ or /v1.0/; or a full URL of the configured Graph. What is encoded already stays as it is.

The answer goes to stdout: JSON with control characters escaped, anything else as it came, but nothing binary to a \
terminal. GET and HEAD are repeated where Graph is busy; anything else is sent once. With --all the items of all pages \
come as one JSON array, or a line for each with -o ndjson.
";

pub const API_NEEDS: &str = "\
Permissions: those of the request; Graph's documentation lists them for each. After a refusal folkmoot names the one that \
is missing, where it knows.";

#[derive(Debug, clap::Args)]
pub struct Api {
    /// GET, POST, PATCH, PUT, DELETE or HEAD
    #[arg(value_name = "METHOD", value_parser = verbs(), ignore_case = true, hide_possible_values = true)]
    pub method: Verb,
    /// Path below Graph's root with its query, or full URL
    #[arg(value_name = "PATH")]
    pub path: String,
    /// Send this header too, such as 'ConsistencyLevel: eventual'; may be given several times
    #[arg(long = "header", short = 'H', value_name = "HEADER")]
    pub headers: Vec<String>,
    /// Send this body; JSON, unless a Content-Type header says otherwise
    #[arg(long, value_name = "TEXT")]
    pub body: Option<String>,
    /// Send this file as the body; - is stdin
    #[arg(long, value_name = "FILE", conflicts_with = "body")]
    pub body_file: Option<PathBuf>,
    /// Read all pages of a collection
    #[arg(long)]
    pub all: bool,
    /// With --all: one JSON array, or a line for each item
    #[arg(long, short, value_name = "FORMAT", requires = "all", default_value = "json", value_parser = json_formats())]
    pub output: Format,
    /// With --all: stop after so many items
    #[arg(long, value_name = "N", requires = "all", value_parser = at_least_one)]
    pub limit: Option<NonZeroUsize>,
    /// Show the status and the headers of the answer on stderr, and the body of a refusal
    #[arg(long, short, conflicts_with = "all")]
    pub include: bool,
    /// Where Graph sends on to another address, as it does for reports and downloads, fetch the answer from there, without
    /// the token
    #[arg(long, short = 'L', conflicts_with = "all")]
    pub follow: bool,
    /// Write the answer to this file, as it came
    #[arg(long, short = 'O', value_name = "FILE", conflicts_with = "all")]
    pub out_file: Option<PathBuf>,
    /// Print what would be sent, without the token, and send nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Really delete the person, group or device itself that a collection such as `members` refers to
    #[arg(long)]
    pub delete_object: bool,
}

fn verbs() -> impl TypedValueParser<Value = Verb> {
    PossibleValuesParser::new(Verb::NAMES.map(|(name, _)| name)).map(|name| {
        let known = Verb::NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(&name));
        known.map_or(Verb::Get, |(_, verb)| *verb)
    })
}

fn json_formats() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(["json", "ndjson"]).map(|name| match name.as_str() {
        "ndjson" => Format::Ndjson,
        _ => Format::Json,
    })
}
