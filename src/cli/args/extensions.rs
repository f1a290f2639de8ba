//! What may be typed about open extensions.

use clap::Subcommand;

use super::names::{GROUP_NAMES, POST_NAMES, THREAD_NAMES};
use super::{Change, FORMATS, ListOutput, Output, long};

const NEEDS: &str = "\
    Permissions: Group.Read.All to read, Group.ReadWrite.All to change, and GroupMember.Read.All to find a group by name. \
    Graph shows a group's mail to its members only, and has groups changed by their owners.";

const REPLACED: &str = "\
    Where there is one of this name already, what the JSON names is set in it and everything else stays.\n";

#[derive(Debug, Subcommand)]
pub enum ExtensionCommand {
    /// List the extensions of a group, or of a post
    #[command(after_long_help = long(&[GROUP_NAMES, THREAD_NAMES, POST_NAMES, FORMATS, NEEDS]))]
    List(ExtensionList),
    /// Show one extension
    #[command(after_long_help = long(&[GROUP_NAMES, THREAD_NAMES, POST_NAMES, FORMATS, NEEDS]))]
    Show(ExtensionOne),
    /// Hang data on a group or a post, or change what hangs there
    #[command(after_long_help = long(&[GROUP_NAMES, THREAD_NAMES, POST_NAMES, REPLACED, NEEDS]))]
    Set(ExtensionSet),
    /// Take an extension away with all its data
    #[command(after_long_help = long(&[GROUP_NAMES, THREAD_NAMES, POST_NAMES, NEEDS]))]
    Delete(ExtensionDelete),
}

/// What it hangs on.
#[derive(Debug, clap::Args)]
pub struct ExtensionBearer {
    /// Id, address, alias or name
    pub group: String,
    /// Of a post of this thread: number, id or part of the topic
    #[arg(long, requires = "post")]
    pub thread: Option<String>,
    /// Of this post: number or id
    #[arg(long, requires = "thread")]
    pub post: Option<String>,
}

#[derive(Debug, clap::Args)]
pub struct ExtensionList {
    #[command(flatten)]
    pub bearer: ExtensionBearer,
    #[command(flatten)]
    pub output: ListOutput,
}

#[derive(Debug, clap::Args)]
pub struct ExtensionOne {
    #[command(flatten)]
    pub bearer: ExtensionBearer,
    /// Its name, such as com.contoso.billing
    pub name: String,
    #[command(flatten)]
    pub output: Output,
}

#[derive(Debug, clap::Args)]
pub struct ExtensionSet {
    #[command(flatten)]
    pub bearer: ExtensionBearer,
    /// Its name, such as com.contoso.billing: a domain of yours backwards
    pub name: String,
    /// What to put into it, as a JSON object
    pub data: String,
    #[command(flatten)]
    pub change: Change,
}

#[derive(Debug, clap::Args)]
pub struct ExtensionDelete {
    #[command(flatten)]
    pub bearer: ExtensionBearer,
    /// Its name
    pub name: String,
    #[command(flatten)]
    pub change: Change,
}
