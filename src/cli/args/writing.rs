//! What may be typed about what is to be sent, and about drafts.

use std::num::NonZeroU16;
use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};

use super::names::{CONVERSATION_NAMES, GROUP_NAMES, POST_NAMES, THREAD_NAMES};
use super::{ListOutput, long};
use crate::domain;

const TEXT: &str = "\
    The text comes from --body, from --body-file, from stdin where that is no terminal, or else from your editor. Without a \
    text nothing is sent.\n";

const PEOPLE: &str = "\
    A PERSON is an address, with or without a name before it, or whoever `folkmoot who` finds for an id, a name or a part \
    of it. Where several fit, they are listed and nothing is sent.\n";

const ONCE: &str = "\
    At a terminal you see what goes to whom, and are asked. It is on disk as a draft before the first byte goes out, and is \
    sent once. Graph takes mail before it shows it: the command waits until it is seen in the group. Where that is not \
    known in time, it ends with the code 9; `folkmoot draft send ID` then looks for it, and sends nothing twice. What was \
    certainly not sent stays a draft, here and on the screen.\n";

const SENDING_NEEDS: &str = "\
    Permissions: Group.ReadWrite.All, GroupMember.Read.All to find a group by name, and User.ReadBasic.All to find people.";

/// The help of a command that writes to a group.
pub fn writing_help(names: &[&str]) -> String {
    long(&[names, &[TEXT, PEOPLE, ONCE, SENDING_NEEDS]].concat())
}

/// Where the text comes from.
#[derive(Debug, clap::Args)]
pub struct Words {
    /// The text
    #[arg(long, short, value_name = "TEXT")]
    pub body: Option<String>,
    /// A file with the text, or - for stdin
    #[arg(long, value_name = "FILE", conflicts_with = "body")]
    pub body_file: Option<PathBuf>,
    /// How the text is meant; usually as the config file says
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<BodyFormat>,
    /// Put this below it instead of the profile's signature
    #[arg(long, value_name = "TEXT")]
    pub signature: Option<String>,
    /// Put no signature below it
    #[arg(long, conflicts_with = "signature")]
    pub no_signature: bool,
}

/// How a text is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum BodyFormat {
    /// As it stands
    Plain,
    /// Markdown
    Markdown,
}

impl From<BodyFormat> for domain::Format {
    fn from(format: BodyFormat) -> Self {
        match format {
            BodyFormat::Plain => domain::Format::Plain,
            BodyFormat::Markdown => domain::Format::Markdown,
        }
    }
}

/// What goes with a post.
#[derive(Debug, clap::Args)]
pub struct With {
    /// Somebody who gets it besides the group; may be repeated
    #[arg(long, visible_alias = "to", value_name = "PERSON")]
    pub participant: Vec<String>,
    /// A category; may be repeated
    #[arg(long, value_name = "WORD")]
    pub category: Vec<String>,
    /// A file to attach; may be repeated
    #[arg(long, value_name = "FILE")]
    pub attach: Vec<PathBuf>,
}

/// How it is sent.
#[derive(Debug, clap::Args)]
pub struct Sending {
    /// Send it without a question
    #[arg(long, short)]
    pub yes: bool,
    /// Only show what would be sent, and to whom; with --json, the request
    #[arg(long)]
    pub dry_run: bool,
    /// Say what became of it as JSON
    #[arg(long)]
    pub json: bool,
    /// So long to wait until it is seen in the group
    #[arg(long, value_name = "SECONDS", default_value = "60")]
    pub wait: NonZeroU16,
    /// Do not wait once Graph has taken it
    #[arg(long, conflicts_with = "wait")]
    pub no_wait: bool,
}

/// What is written, and how it is sent.
#[derive(Debug, clap::Args)]
pub struct Writing {
    #[command(flatten)]
    pub words: Words,
    #[command(flatten)]
    pub with: With,
    #[command(flatten)]
    pub sending: Sending,
}

#[derive(Debug, clap::Args)]
pub struct ConversationNew {
    /// Id, address, alias or name
    pub group: String,
    /// What it is about
    #[arg(long, short)]
    pub topic: String,
    #[command(flatten)]
    pub writing: Writing,
}

#[derive(Debug, clap::Args)]
pub struct ThreadNew {
    /// Id, address, alias or name
    pub group: String,
    /// What it is about
    #[arg(long, short)]
    pub topic: String,
    /// The conversation to begin it in: number, id or part of the topic; without it, a new one
    #[arg(long)]
    pub conversation: Option<String>,
    #[command(flatten)]
    pub writing: Writing,
}

#[derive(Debug, clap::Args)]
pub struct ThreadReply {
    /// Id, address, alias or name
    pub group: String,
    /// Number, id or part of the topic
    pub thread: String,
    /// Quote the newest post below it
    #[arg(long)]
    pub quote: bool,
    #[command(flatten)]
    pub writing: Writing,
}

#[derive(Debug, clap::Args)]
pub struct PostReply {
    /// Id, address, alias or name
    pub group: String,
    /// Number, id or part of the topic
    pub thread: String,
    /// Number or id
    pub post: String,
    /// Quote the post below it
    #[arg(long)]
    pub quote: bool,
    #[command(flatten)]
    pub writing: Writing,
}

#[derive(Debug, clap::Args)]
pub struct ThreadForward {
    /// Id, address, alias or name
    pub group: String,
    /// Number, id or part of the topic
    pub thread: String,
    /// The post: number or id; without it, the newest
    #[arg(long, value_name = "POST")]
    pub post: Option<String>,
    /// Somebody who is to get it; may be repeated
    #[arg(long, value_name = "PERSON", required = true)]
    pub to: Vec<String>,
    /// Words to go with it, plain text
    #[arg(long, short, value_name = "TEXT")]
    pub body: Option<String>,
    /// A file with those words, or - for stdin
    #[arg(long, value_name = "FILE", conflicts_with = "body")]
    pub body_file: Option<PathBuf>,
    /// Put no signature below them
    #[arg(long)]
    pub no_signature: bool,
    #[command(flatten)]
    pub sending: Sending,
}

/// What the help of the commands that write says, by command.
pub fn conversation_new_help() -> String {
    writing_help(&[GROUP_NAMES])
}

/// Of `thread new`.
pub fn thread_new_help() -> String {
    writing_help(&[GROUP_NAMES, CONVERSATION_NAMES])
}

/// Of `thread reply`.
pub fn thread_reply_help() -> String {
    writing_help(&[GROUP_NAMES, THREAD_NAMES])
}

/// Of `post reply`.
pub fn post_reply_help() -> String {
    writing_help(&[GROUP_NAMES, THREAD_NAMES, POST_NAMES])
}

/// Of `thread forward`.
pub fn thread_forward_help() -> String {
    const LEAVES: &str = "\
        A forwarded post leaves the group, and no trace of that in it: where the line breaks, nobody can look whether it \
        went.\n";
    let text = "Words of your own are not needed: they come from --body or --body-file.\n";
    long(&[
        GROUP_NAMES,
        THREAD_NAMES,
        POST_NAMES,
        LEAVES,
        text,
        PEOPLE,
        ONCE,
        SENDING_NEEDS,
    ])
}

const DRAFT_NAMES: &str = "\
    A DRAFT is its id in `folkmoot draft list`, or the beginning of it that no other has. One that a running folkmoot has \
    open can be looked at, and nothing else.\n";

const LOOKS_FIRST: &str = "\
    What may have been sent already is looked for first, and where it is found, nothing is sent: the draft has done its \
    work. Where it is not found you are asked, or give --again. Where it cannot be looked for, nothing is sent, and the exit \
    code is 9.\n";

#[derive(Debug, Subcommand)]
pub enum DraftCommand {
    /// List the drafts of the profile: what is being written, waits, or may have been sent
    #[command(after_long_help = DRAFT_NAMES)]
    List(DraftList),
    /// Show one draft with all its text
    #[command(after_long_help = DRAFT_NAMES)]
    Show(DraftShow),
    /// Send a draft, or find out whether it was sent
    #[command(after_long_help = long(&[DRAFT_NAMES, LOOKS_FIRST, ONCE, SENDING_NEEDS]))]
    Send(DraftSend),
    /// Throw a draft away
    #[command(after_long_help = DRAFT_NAMES)]
    Discard(DraftDiscard),
}

#[derive(Debug, clap::Args)]
pub struct DraftList {
    #[command(flatten)]
    pub output: ListOutput,
}

#[derive(Debug, clap::Args)]
pub struct DraftShow {
    /// Its id, or the beginning of it
    pub draft: String,
    /// Print the body's HTML as it would be sent, without control characters
    #[arg(long, conflicts_with = "json")]
    pub html: bool,
    /// Print the draft as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, clap::Args)]
pub struct DraftSend {
    /// Its id, or the beginning of it
    pub draft: String,
    /// Send it once more where it may have been sent, and was not found
    #[arg(long)]
    pub again: bool,
    /// Send it as yourself where it was written as somebody else
    #[arg(long)]
    pub take_over: bool,
    #[command(flatten)]
    pub sending: Sending,
}

#[derive(Debug, clap::Args)]
pub struct DraftDiscard {
    /// Its id, or the beginning of it
    pub draft: String,
    /// Do it without a question
    #[arg(long, short)]
    pub yes: bool,
}
