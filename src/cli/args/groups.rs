//! What may be typed about groups and their members.

use clap::Subcommand;

use super::names::GROUP_NAMES;
use super::{COMPUTED, Change, FORMATS, ListOutput, Output, formats_of, long};

pub const CHECK_NEED: &str =
    "Permissions: GroupMember.Read.All; Directory.Read.All for the names of what --objects checks.";
pub const GROUPS_NEED: &str = "Permissions: GroupMember.Read.All; for your own groups User.Read shows names and ids.";
/// The same, where roles and units may be asked for, too.
pub const HOLDERS_NEED: &str = "\
    Permissions: GroupMember.Read.All; for your own groups User.Read shows names and ids. --objects: Directory.Read.All for \
    the names of roles and units.";
const SEEN_NEEDS: &str = "Permissions: Group.ReadWrite.All, and GroupMember.Read.All to find a group by name.";
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
    /// List the groups that a group belongs to
    #[command(after_long_help = long(&[GROUP_NAMES, FORMATS, HOLDERS_NEED]))]
    Parents(GroupParents),
    /// Tell which of some groups hold a group, directly or through others
    #[command(after_long_help = long(&[GROUP_NAMES, COMPUTED, &formats_of("id, displayName, member"), CHECK_NEED]))]
    Check(GroupCheck),
    /// Tell Graph that you have seen a group's conversations: its count of new ones goes to 0
    ///
    /// Outlook shows the same count. Graph knows only of all of a group's conversations; which threads you have read,
    /// folkmoot keeps by itself: see `folkmoot thread mark`.
    #[command(after_long_help = long(&[GROUP_NAMES, SEEN_NEEDS]))]
    Seen(GroupSeen),
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

#[derive(Debug, clap::Args)]
pub struct GroupParents {
    /// Id, address, alias or name
    pub group: String,
    /// Those too that hold it through other groups
    #[arg(long)]
    pub transitive: bool,
    /// Administrative units, too, also through other groups
    #[arg(long)]
    pub objects: bool,
    #[command(flatten)]
    pub output: ListOutput,
}

#[derive(Debug, clap::Args)]
pub struct GroupCheck {
    /// The group that may be a member: id, address, alias or name
    pub group: String,
    /// Ids of administrative units are checked, too
    #[arg(long)]
    pub objects: bool,
    /// Groups that may hold it
    #[arg(required = true, value_name = "HOLDER")]
    pub groups: Vec<String>,
    #[command(flatten)]
    pub output: ListOutput,
}

#[derive(Debug, clap::Args)]
pub struct GroupSeen {
    /// Id, address, alias or name
    pub group: String,
    #[command(flatten)]
    pub change: Change,
}

#[derive(Debug, Subcommand)]
pub enum OwnerCommand {
    /// List a group's owners
    #[command(after_long_help = long(&[GROUP_NAMES, FORMATS, MEMBERS_NEED]))]
    List(OwnerList),
}

#[derive(Debug, clap::Args)]
pub struct OwnerList {
    /// Id, address, alias or name
    pub group: String,
    #[command(flatten)]
    pub output: ListOutput,
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
    #[arg(long, conflicts_with = "transitive")]
    pub owners: bool,
    /// Members of groups inside, too: the column "way" says whether each is a direct member or a nested one
    #[arg(long)]
    pub transitive: bool,
    #[command(flatten)]
    pub output: ListOutput,
}
