//! What may be typed about conversations, threads, posts and attachments.

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};

use super::names::{CONVERSATION_NAMES, GROUP_NAMES, POST_NAMES, THREAD_NAMES, TO_DELETE};
use super::writing::{conversation_new_help, post_reply_help, thread_forward_help, thread_new_help, thread_reply_help};
use super::{ConversationNew, FORMATS, ListOutput, Output, PostReply, ThreadForward, ThreadNew, ThreadReply, long};

const MAIL_NEEDS: &str = "\
    Permissions: Group-Conversation.Read.All (or Group.Read.All), and GroupMember.Read.All to find a group by name. Graph \
    shows a group's mail to its members only.";

const FILES_NEED: &str = "\
    Permissions: Group.Read.All, and GroupMember.Read.All to find a group by name. Graph shows a group's mail to its \
    members only.";

const CHANGES_NEED: &str = "\
    Permissions: Group.ReadWrite.All (or Group-Conversation.ReadWrite.All), and GroupMember.Read.All to find a group by \
    name.";

const FOR_EVER: &str = "\
    What is deleted is gone for everybody, and Graph has no undo: at a terminal you are asked to type the topic first.\n";

/// How a change is made.
#[derive(Debug, clap::Args)]
pub struct Change {
    /// Do it without a question
    #[arg(long, short)]
    pub yes: bool,
    /// Only say what would be done
    #[arg(long)]
    pub dry_run: bool,
    /// Say what was done as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Subcommand)]
pub enum ThreadCommand {
    /// List a group's threads, newest first
    #[command(after_long_help = long(&[GROUP_NAMES, FORMATS, MAIL_NEEDS]))]
    List(ThreadList),
    /// Show one thread: topic, recipients, senders
    #[command(after_long_help = long(&[GROUP_NAMES, THREAD_NAMES, FORMATS, MAIL_NEEDS]))]
    Show(ThreadOne),
    /// Begin a thread, in a conversation or as one
    #[command(after_long_help = thread_new_help())]
    New(ThreadNew),
    /// Reply to a thread
    #[command(after_long_help = thread_reply_help())]
    Reply(ThreadReply),
    /// Forward a post of a thread to people outside the group
    #[command(after_long_help = thread_forward_help())]
    Forward(ThreadForward),
    /// Write a thread, or all of a group's, to files: Markdown, HTML, mbox or JSON
    ///
    /// Each thread is a file with its attachments in a folder beside it; an mbox holds all threads and their
    /// attachments, and mail programs read it. Nothing remote is fetched, and no file is overwritten unasked.
    #[command(after_long_help = long(&[GROUP_NAMES, THREAD_NAMES, FILES_NEED]))]
    Export(ThreadExport),
    /// Mark a thread as read or unread, on this computer
    ///
    /// Graph keeps no such marks, so folkmoot keeps its own and changes nothing at Graph: --read-only does not forbid it.
    /// A screen that is open meanwhile takes over that a thread was read when it next reads the list of threads, and
    /// that it is unread when it is started anew.
    #[command(after_long_help = long(&[GROUP_NAMES, THREAD_NAMES, MAIL_NEEDS]))]
    Mark(ThreadMark),
    /// Lock a thread, so that it takes no replies
    #[command(after_long_help = long(&[GROUP_NAMES, THREAD_NAMES, CHANGES_NEED]))]
    Lock(ThreadChange),
    /// Unlock a thread, so that it takes replies again
    #[command(after_long_help = long(&[GROUP_NAMES, THREAD_NAMES, CHANGES_NEED]))]
    Unlock(ThreadChange),
    /// Delete a thread with all its posts
    #[command(after_long_help = long(&[GROUP_NAMES, THREAD_NAMES, TO_DELETE, FOR_EVER, CHANGES_NEED]))]
    Delete(ThreadChange),
}

#[derive(Debug, clap::Args)]
pub struct ThreadList {
    /// Id, address, alias or name
    pub group: String,
    /// Only those of one conversation: number, id or part of the topic
    #[arg(long)]
    pub conversation: Option<String>,
    #[command(flatten)]
    pub output: ListOutput,
}

#[derive(Debug, clap::Args)]
pub struct ThreadOne {
    /// Id, address, alias or name
    pub group: String,
    /// Number, id or part of the topic
    pub thread: String,
    #[command(flatten)]
    pub output: Output,
}

#[derive(Debug, clap::Args)]
pub struct ThreadChange {
    /// Id, address, alias or name
    pub group: String,
    /// Number, id or part of the topic
    pub thread: String,
    #[command(flatten)]
    pub change: Change,
}

#[derive(Debug, clap::Args)]
pub struct ThreadMark {
    /// Id, address, alias or name
    pub group: String,
    /// Number, id or part of the topic
    pub thread: String,
    #[command(flatten)]
    pub how: ReadOrUnread,
    /// Say what was marked as JSON
    #[arg(long)]
    pub json: bool,
}

/// What a thread is marked as: one of the two.
#[derive(Debug, clap::Args)]
#[group(required = true, multiple = false)]
pub struct ReadOrUnread {
    /// As read, up to its newest post
    #[arg(long)]
    pub read: bool,
    /// As unread, from its newest post on
    #[arg(long)]
    pub unread: bool,
}

#[derive(Debug, clap::Args)]
pub struct ThreadExport {
    /// Id, address, alias or name
    pub group: String,
    /// Number, id or part of the topic; without it, all threads
    pub thread: Option<String>,
    /// What to write
    #[arg(long, short, value_name = "FORMAT", default_value = "md")]
    pub format: ExportFormat,
    /// The folder to write to; it is made if need be
    #[arg(long, short, value_name = "FOLDER", default_value = ".")]
    pub dir: PathBuf,
    /// Print it instead, without what hangs on it; only an mbox has that in itself
    #[arg(long, conflicts_with_all = ["dir", "force"])]
    pub stdout: bool,
    /// Leave attachments out
    #[arg(long)]
    pub no_attachments: bool,
    /// Replace files that are there
    #[arg(long)]
    pub force: bool,
}

/// What a thread is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// Markdown, a file for each thread
    #[value(alias = "markdown")]
    Md,
    /// A web page for each thread, without scripts and without anything remote
    Html,
    /// Mails in one file, for mail programs
    Mbox,
    /// Graph's own objects, a file for each thread
    Json,
}

impl From<ExportFormat> for crate::domain::ExportFormat {
    fn from(format: ExportFormat) -> Self {
        match format {
            ExportFormat::Md => Self::Markdown,
            ExportFormat::Html => Self::Page,
            ExportFormat::Mbox => Self::Mbox,
            ExportFormat::Json => Self::Json,
        }
    }
}

#[derive(Debug, Subcommand)]
pub enum ConversationCommand {
    /// List a group's conversations, newest first
    ///
    /// A conversation holds the threads of one topic, most often one thread.
    #[command(after_long_help = long(&[GROUP_NAMES, FORMATS, MAIL_NEEDS]))]
    List(ConversationList),
    /// Show one conversation
    #[command(after_long_help = long(&[GROUP_NAMES, CONVERSATION_NAMES, FORMATS, MAIL_NEEDS]))]
    Show(ConversationOne),
    /// Begin a conversation
    #[command(after_long_help = conversation_new_help())]
    New(ConversationNew),
    /// Delete a conversation with all its threads and posts
    #[command(after_long_help = long(&[GROUP_NAMES, CONVERSATION_NAMES, TO_DELETE, FOR_EVER, CHANGES_NEED]))]
    Delete(ConversationChange),
}

#[derive(Debug, clap::Args)]
pub struct ConversationList {
    /// Id, address, alias or name
    pub group: String,
    #[command(flatten)]
    pub output: ListOutput,
}

#[derive(Debug, clap::Args)]
pub struct ConversationOne {
    /// Id, address, alias or name
    pub group: String,
    /// Number, id or part of the topic
    pub conversation: String,
    #[command(flatten)]
    pub output: Output,
}

#[derive(Debug, clap::Args)]
pub struct ConversationChange {
    /// Id, address, alias or name
    pub group: String,
    /// Number, id or part of the topic
    pub conversation: String,
    #[command(flatten)]
    pub change: Change,
}

#[derive(Debug, Subcommand)]
pub enum PostCommand {
    /// List a thread's posts, oldest first
    #[command(after_long_help = long(&[GROUP_NAMES, THREAD_NAMES, FORMATS, MAIL_NEEDS]))]
    List(PostList),
    /// Show one post with all its text
    #[command(after_long_help = long(&[GROUP_NAMES, THREAD_NAMES, POST_NAMES, FORMATS, MAIL_NEEDS]))]
    Show(PostOne),
    /// Reply to a post
    #[command(after_long_help = post_reply_help())]
    Reply(PostReply),
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

#[derive(Debug, clap::Args)]
pub struct PostOne {
    /// Id, address, alias or name
    pub group: String,
    /// Number, id or part of the topic
    pub thread: String,
    /// Number or id
    pub post: String,
    /// Print the body's HTML as it was sent, without control characters
    #[arg(long, conflicts_with_all = ["output", "json", "select"])]
    pub html: bool,
    #[command(flatten)]
    pub output: Output,
}

#[derive(Debug, Subcommand)]
pub enum AttachmentCommand {
    /// List the attachments of a thread, or of one post
    ///
    /// Pictures inside the text are among them. An attached mail, event or contact tells its subject, whom it is from and
    /// its date; JSON has all of it.
    #[command(after_long_help = long(&[GROUP_NAMES, THREAD_NAMES, POST_NAMES, FORMATS, MAIL_NEEDS]))]
    List(AttachmentList),
    /// Save the attachments of a thread, or of one post, to a folder
    ///
    /// The paths of the files go to stdout, one a line. A file that is there already is never overwritten unasked: the
    /// new one has a number. Attached mails, contacts and events are saved as .eml, .vcf and .ics; a link to a file in
    /// the cloud holds no bytes and is only told.
    #[command(after_long_help = long(&[GROUP_NAMES, THREAD_NAMES, POST_NAMES, FILES_NEED]))]
    Save(AttachmentSave),
}

#[derive(Debug, clap::Args)]
pub struct AttachmentList {
    /// Id, address, alias or name
    pub group: String,
    /// Number, id or part of the topic
    pub thread: String,
    /// Number or id; without it, all posts
    pub post: Option<String>,
    #[command(flatten)]
    pub output: ListOutput,
}

#[derive(Debug, clap::Args)]
pub struct AttachmentSave {
    /// Id, address, alias or name
    pub group: String,
    /// Number, id or part of the topic
    pub thread: String,
    /// Number or id; without it, all posts
    pub post: Option<String>,
    /// Only this one: its number in `attachment list` of the same, its name or its id; may be repeated
    #[arg(long, value_name = "WHICH")]
    pub only: Vec<String>,
    /// Pictures inside the text, too
    #[arg(long)]
    pub inline: bool,
    /// The folder to save to; it is made if need be
    #[arg(long, short, value_name = "FOLDER", default_value = ".")]
    pub dir: PathBuf,
    /// Replace files that are there
    #[arg(long)]
    pub force: bool,
    /// Print what was saved as JSON
    #[arg(long)]
    pub json: bool,
}
