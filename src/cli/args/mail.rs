//! What may be typed about threads and posts.

use clap::Subcommand;

use super::{FORMATS, GROUP_NAMES, ListOutput, long};

const THREAD_NAMES: &str = "\
    A THREAD is its number in `folkmoot thread list GROUP` (1 is the newest), its id, or a part of its topic that no other \
    topic has.\n";

const MAIL_NEEDS: &str = "\
    Permissions: Group-Conversation.Read.All (or Group.Read.All), and GroupMember.Read.All to find a group by name. Graph \
    shows a group's mail to its members only.";

#[derive(Debug, Subcommand)]
pub enum ThreadCommand {
    /// List a group's threads, newest first
    #[command(after_long_help = long(&[GROUP_NAMES, FORMATS, MAIL_NEEDS]))]
    List(ThreadList),
}

#[derive(Debug, clap::Args)]
pub struct ThreadList {
    /// Id, address, alias or name
    pub group: String,
    #[command(flatten)]
    pub output: ListOutput,
}

#[derive(Debug, Subcommand)]
pub enum PostCommand {
    /// List a thread's posts, oldest first
    #[command(after_long_help = long(&[GROUP_NAMES, THREAD_NAMES, FORMATS, MAIL_NEEDS]))]
    List(PostList),
}

#[derive(Debug, clap::Args)]
pub struct PostList {
    /// Id, address, alias or name
    pub group: String,
    /// Number, id or part of the topic
    pub thread: String,
    /// Show the whole text, not only the first line
    #[arg(long, conflicts_with_all = ["output", "json", "select"])]
    pub full: bool,
    #[command(flatten)]
    pub output: ListOutput,
}
