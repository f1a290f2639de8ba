//! What may be typed about the organisation: who stands where, and what people and groups have in common.

use std::num::NonZeroUsize;

use clap::Subcommand;

use super::names::{GROUP_NAMES, PERSON_NAMES};
use super::{FORMATS, GROUPS_NEED, ListOutput, PEOPLE_NEED, formats_of, long};

/// What is printed that Graph has no word for.
pub const COMPUTED: &str = "\
    With --json it is an object: \"folkmoot\" is the version of its shape (1), \"kind\" says what it is, and \"items\" has \
    the rows, in which Graph's objects are as Graph sent them. ndjson has the items alone.\n";

#[derive(Debug, Subcommand)]
pub enum OrgCommand {
    /// Show who reports to whom below a person, or the managers above
    #[command(after_long_help = long(&[PERSON_NAMES, COMPUTED, &formats_of("depth, manager, person"), PEOPLE_NEED]))]
    Tree(OrgTree),
    /// Show the way from one person to another through the manager that both have
    #[command(after_long_help = long(&[PERSON_NAMES, COMPUTED, &formats_of("step, manager, person"), PEOPLE_NEED]))]
    Path(TwoPeople),
}

#[derive(Debug, clap::Args)]
pub struct OrgTree {
    /// Id, address, name or `me`
    #[arg(default_value = "me", hide_default_value = true)]
    pub user: String,
    /// How many levels: 2 below, or all above
    #[arg(long, value_name = "N")]
    pub depth: Option<NonZeroUsize>,
    /// The managers above instead of those below
    #[arg(long)]
    pub up: bool,
    #[command(flatten)]
    pub output: ListOutput,
}

#[derive(Debug, clap::Args)]
pub struct TwoPeople {
    /// Id, address, name or `me`
    #[arg(value_name = "USER")]
    pub one: String,
    /// Id, address, name or `me`
    #[arg(value_name = "OTHER")]
    pub other: String,
    #[command(flatten)]
    pub output: ListOutput,
}

#[derive(Debug, clap::Args)]
pub struct Common {
    #[command(flatten)]
    pub people: TwoPeople,
    /// Those too that they belong to through other groups
    #[arg(long)]
    pub transitive: bool,
}

#[derive(Debug, clap::Args)]
pub struct Diff {
    /// Id, address, alias or name
    #[arg(value_name = "GROUP")]
    pub one: String,
    /// Id, address, alias or name
    #[arg(value_name = "OTHER")]
    pub other: String,
    /// Members of groups inside, too
    #[arg(long)]
    pub transitive: bool,
    #[command(flatten)]
    pub output: ListOutput,
}

#[derive(Debug, clap::Args)]
pub struct NestingPath {
    /// Id, address, name or `me`
    pub user: String,
    /// Id, address, alias or name
    pub group: String,
    #[command(flatten)]
    pub output: ListOutput,
}

/// The long help of `common`.
pub fn common_help() -> String {
    long(&[PERSON_NAMES, COMPUTED, FORMATS, GROUPS_NEED])
}

/// The long help of `diff`.
pub fn diff_help() -> String {
    long(&[GROUP_NAMES, COMPUTED, &formats_of("onlyIn, member"), GROUPS_NEED])
}

/// The long help of `path`.
pub fn path_help() -> String {
    long(&[
        PERSON_NAMES,
        GROUP_NAMES,
        COMPUTED,
        &formats_of("step, object"),
        GROUPS_NEED,
    ])
}
