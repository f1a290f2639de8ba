//! What may be typed about groups and their members.

use clap::Subcommand;

use super::{FORMATS, ListOutput, Output, long};

pub const GROUP_NAMES: &str = "\
    A GROUP is an id, an address, an alias, or a name: the whole name or, where only one group fits, a part of it.\n";

pub const GROUPS_NEED: &str = "Permissions: GroupMember.Read.All; for your own groups User.Read shows names and ids.";
const MEMBERS_NEED: &str = "\
    Permissions: GroupMember.Read.All; User.Read.All for job titles; Member.Read.Hidden where membership is hidden.";

#[derive(Debug, Subcommand)]
pub enum GroupCommand {
    /// List groups: yours, by name
    #[command(after_long_help = long(&[FORMATS, GROUPS_NEED]))]
    List(GroupList),
    /// Show one group
    #[command(after_long_help = long(&[GROUP_NAMES, FORMATS, GROUPS_NEED]))]
    Show(GroupShow),
}

#[derive(Debug, clap::Args)]
pub struct GroupList {
    /// Only those that you own
    #[arg(long, conflicts_with_all = ["all", "search"])]
    pub owned: bool,
    /// All of the organisation
    #[arg(long, conflicts_with = "search")]
    pub all: bool,
    /// Those of the organisation with these words in name or description, or whose address begins with them
    #[arg(long, value_name = "WORDS")]
    pub search: Option<String>,
    #[command(flatten)]
    pub output: ListOutput,
}

#[derive(Debug, clap::Args)]
pub struct GroupShow {
    /// Id, address, alias or name
    pub group: String,
    #[command(flatten)]
    pub output: Output,
}

#[derive(Debug, Subcommand)]
pub enum MemberCommand {
    /// List a group's owners, then its other members
    ///
    /// JSON is Graph's own objects, which do not say who owns the group: --owners lists those alone.
    #[command(after_long_help = long(&[GROUP_NAMES, FORMATS, MEMBERS_NEED]))]
    List(MemberList),
}

#[derive(Debug, clap::Args)]
pub struct MemberList {
    /// Id, address, alias or name
    pub group: String,
    /// Only the owners
    #[arg(long)]
    pub owners: bool,
    #[command(flatten)]
    pub output: ListOutput,
}
