//! What may be typed about people.

use clap::Subcommand;

use super::{FORMATS, GROUPS_NEED, ListOutput, Output, long};

const PERSON_NAMES: &str = "\
    A USER is an id, an address, a sign-in name, a name (the whole name or, where only one person fits, a part of it), or \
    `me`.\n";

pub const PERSON_FORMATS: &str = "\
    JSON is Graph's own, with control characters escaped. Cells of CSV are what Graph sent, without control characters.\n";

pub const PEOPLE_NEED: &str = "\
    Permissions: User.ReadBasic.All for names and addresses; User.Read.All for job, office, phones, manager and reports.";

#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Show one person
    #[command(after_long_help = long(&[PERSON_NAMES, PERSON_FORMATS, PEOPLE_NEED]))]
    Show(UserOne),
    /// Show a person's manager
    #[command(after_long_help = long(&[PERSON_NAMES, PERSON_FORMATS, PEOPLE_NEED]))]
    Manager(UserOne),
    /// List those who report to a person
    #[command(after_long_help = long(&[PERSON_NAMES, FORMATS, PEOPLE_NEED]))]
    Reports(UserList),
    /// List the groups that a person belongs to
    #[command(after_long_help = long(&[PERSON_NAMES, FORMATS, GROUPS_NEED]))]
    Groups(UserGroups),
    /// Find people by a part of their name or the beginning of an address
    #[command(after_long_help = long(&[FORMATS, PEOPLE_NEED]))]
    Search(UserSearch),
}

#[derive(Debug, clap::Args)]
pub struct UserOne {
    /// Id, address, name or `me`
    pub user: String,
    #[command(flatten)]
    pub output: Output,
}

#[derive(Debug, clap::Args)]
pub struct UserList {
    /// Id, address, name or `me`
    pub user: String,
    #[command(flatten)]
    pub output: ListOutput,
}

#[derive(Debug, clap::Args)]
pub struct UserGroups {
    /// Id, address, name or `me`
    pub user: String,
    /// Those too that the person belongs to through other groups
    #[arg(long)]
    pub transitive: bool,
    #[command(flatten)]
    pub output: ListOutput,
}

#[derive(Debug, clap::Args)]
pub struct UserSearch {
    /// A word of the name, or the beginning of a name or an address
    #[arg(value_name = "WORDS")]
    pub words: String,
    #[command(flatten)]
    pub output: ListOutput,
}

#[derive(Debug, Subcommand)]
pub enum MeCommand {
    /// Show who is signed in
    #[command(after_long_help = long(&[PERSON_FORMATS, "Permissions: User.Read."]))]
    Show(MeShow),
}

#[derive(Debug, clap::Args)]
pub struct MeShow {
    #[command(flatten)]
    pub output: Output,
}

#[derive(Debug, clap::Args)]
pub struct Who {
    /// A part of a name, or the beginning of an address
    #[arg(value_name = "TERM")]
    pub term: String,
    /// All who fit, not only the ten best
    #[arg(long, conflicts_with = "limit")]
    pub all: bool,
    #[command(flatten)]
    pub output: ListOutput,
}
