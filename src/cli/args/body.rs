//! What may be typed about a body that is read without a tenant.

use std::num::NonZeroU16;
use std::path::PathBuf;

use clap::ValueEnum;

/// What the long help says besides.
pub const RENDER_HELP: &str = "\
    Nothing is fetched: images are shown by their descriptions, and the links are listed. A quoted history, a signature and small \
    print are folded into one line each, as on the screen.\n\n\
    The JSON has lines (text, quote depth, part, and runs with their roles), links, folds and a notice.";

#[derive(Debug, clap::Args)]
pub struct RenderArgs {
    /// A file with the HTML of a body, or - for stdin; one whose name ends in .txt is plain text
    pub file: Option<PathBuf>,
    /// The cells of a line; usually those of the terminal, up to 120
    #[arg(long, value_name = "N")]
    pub width: Option<NonZeroU16>,
    /// Show what is quoted, signatures and small print with all their lines
    #[arg(long)]
    pub no_fold: bool,
    /// Whether to use colours and weights
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub color: Colours,
    /// The body is plain text, where lines beginning with > are quoted
    #[arg(long)]
    pub plain: bool,
    /// As JSON: lines, runs, links and folds
    #[arg(long, conflicts_with = "color")]
    pub json: bool,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Colours {
    /// On a terminal that takes them, unless `NO_COLOR` is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}
