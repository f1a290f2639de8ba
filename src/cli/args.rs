//! What may be typed. `-h` is short; `--help` has examples, the exit codes and the permissions.

mod api;
mod auth;
mod body;
mod directory;
mod documented;
mod examples;
mod extensions;
mod global;
mod groups;
mod mail;
mod names;
mod output;
mod people;
mod program;
mod writing;

use clap::error::ErrorKind;
use clap::{FromArgMatches, Parser, Subcommand};

use super::exit;

pub use api::*;
pub use auth::*;
pub use body::*;
pub use directory::*;
pub use documented::command;
pub use extensions::*;
pub use global::*;
pub use groups::*;
pub use mail::*;
pub use output::*;
pub use people::*;
pub use program::*;
pub use writing::*;

const OVERVIEW: &str = "\
Examples:
  folkmoot --demo                          look around in a make-believe company; needs no account
  folkmoot --demo group list               the same without the screen
  folkmoot group list --search budget      groups of the organisation with a word in the name
  folkmoot who hanako                      who that is: name, work, phone, mail, manager
  folkmoot member list Product -o csv      a group's owners and members as CSV
  folkmoot thread list board@contoso.com   a group's conversations, newest first
  folkmoot post list Product 1 --full      everything that was said in the newest of them
  folkmoot group list --json | jq -r '.[].mail'

Environment:
  FOLKMOOT_PROFILE, FOLKMOOT_TENANT, FOLKMOOT_CLIENT_ID, FOLKMOOT_CLOUD, FOLKMOOT_GRAPH_URL,
  FOLKMOOT_LOGIN_URL, FOLKMOOT_CONFIG         as the flags of these names, which go before them
  FOLKMOOT_ACCESS_TOKEN                       an access token for Graph that you got elsewhere
  AZURE_CLIENT_ID, AZURE_TENANT_ID            application and tenant, where nothing else says them
  NO_COLOR, CLICOLOR_FORCE, TERM, COLUMNS     how tables are drawn
  PAGER                                       what shows output longer than the screen, and attached texts where
                                              there is no desktop; `cat` or nothing: none

Data goes to stdout, everything else to stderr.

";

/// The terminal client for Microsoft 365 Groups
///
/// Without a command it opens the screen: groups, members, threads and posts, with the keyboard. `?` there lists the
/// keys. The commands do the same for scripts.
#[derive(Debug, Parser)]
#[command(name = "folkmoot", version, after_long_help = OVERVIEW.to_owned() + &exit::help())]
#[command(after_help = "--help says more: examples, environment and exit codes.")]
pub struct Args {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Groups
    #[command(subcommand)]
    Group(GroupCommand),
    /// Owners and members of a group
    #[command(subcommand)]
    Member(MemberCommand),
    /// Owners of a group
    #[command(subcommand)]
    Owner(OwnerCommand),
    /// People of the organisation
    #[command(subcommand)]
    User(UserCommand),
    /// Yourself
    #[command(subcommand)]
    Me(MeCommand),
    /// Look someone up: the best match with a card, then others
    #[command(after_long_help = long(&[PERSON_FORMATS, PEOPLE_NEED]))]
    Who(Who),
    /// Who reports to whom
    #[command(subcommand)]
    Org(OrgCommand),
    /// List the groups that two people share
    #[command(after_long_help = common_help())]
    Common(Common),
    /// List the members of one group that are not members of the other
    #[command(after_long_help = diff_help())]
    Diff(Diff),
    /// Show through which groups in groups a person belongs to a group
    #[command(after_long_help = path_help())]
    Path(NestingPath),
    /// Conversations of a group
    #[command(subcommand)]
    Conversation(ConversationCommand),
    /// Threads of a group
    #[command(subcommand)]
    Thread(ThreadCommand),
    /// Posts of a thread
    #[command(subcommand)]
    Post(PostCommand),
    /// Attachments of posts
    #[command(subcommand)]
    Attachment(AttachmentCommand),
    /// Data that applications hang on groups and posts
    #[command(subcommand)]
    Extension(ExtensionCommand),
    /// What you have written and not sent, or may have sent
    #[command(subcommand)]
    Draft(DraftCommand),
    /// Print the body of a mail as it reads on the screen
    #[command(after_long_help = long(&[RENDER_HELP]))]
    Render(RenderArgs),
    /// Send a request to Graph as it is, and print the answer
    #[command(after_long_help = long(&[API_HELP, API_NEEDS]))]
    Api(Api),
    /// Accounts and profiles
    #[command(subcommand)]
    Auth(AuthCommand),
    /// What is kept of what was read
    #[command(subcommand)]
    Store(StoreCommand),
    /// The make-believe company, for other programs
    #[command(subcommand)]
    Demo(DemoCommand),
    /// Versions, and every path in use
    Info(InfoArgs),
    /// The config file
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Print the script that completes commands, options and known names at Tab
    ///
    /// The script asks this program at every Tab, so print it anew after an update.
    Completion(Completion),
    /// Print the manual page, or write those of all commands to a folder
    Man(Manual),
}

/// Reads the arguments of this process.
///
/// # Errors
/// What clap has to say, be it a mistake or the help that was asked for.
pub fn parse() -> Result<Args, clap::Error> {
    understood(command().try_get_matches()?)
}

/// The same of other words, the name of the program first.
#[cfg(test)]
fn read(words: Vec<String>) -> Result<Args, clap::Error> {
    understood(command().try_get_matches_from(words)?)
}

fn understood(matches: clap::ArgMatches) -> Result<Args, clap::Error> {
    let args = Args::from_arg_matches(&matches)?;
    // clap sees no conflict between a global option before the command and one after it.
    let global = &args.global;
    let profile = global.profile.iter().map(|_| "--profile".to_owned());
    let mut real = profile.chain(global.given().into_values().map(|value| value.from));
    match real.next().filter(|_| global.demo) {
        None => Ok(args),
        Some(option) => {
            let message = format!("--demo cannot be used with {option}: it has its own Graph, sign-in and profile");
            Err(command().error(ErrorKind::ArgumentConflict, message))
        }
    }
}
