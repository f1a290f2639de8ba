//! What may be typed. `-h` is short; `--help` has examples, the exit codes and the permissions.

mod auth;
mod people;

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{CommandFactory, Parser, Subcommand, ValueEnum};

use super::exit;
use crate::config::account::{Row, SETTINGS, Value};
use crate::config::{Given, Profile, Setting};
use crate::demo::Fault;

pub use auth::*;
pub use people::*;

const EXAMPLES: &str = "\
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

Data goes to stdout, everything else to stderr. Exit codes:
";

// clap wraps these at the terminal's width.
const GROUP_NAMES: &str = "\
    A GROUP is an id, an address, an alias, or a name: the whole name or, where only one group fits, a part of it.\n";

const THREAD_NAMES: &str = "\
    A THREAD is its number in `folkmoot thread list GROUP` (1 is the newest), its id, or a part of its topic that no other \
    topic has.\n";

const FORMATS: &str = "\
    JSON is Graph's own, with control characters escaped. Cells of CSV are what Graph sent, without control characters: a \
    spreadsheet may take one that begins with = + - or @ for a formula.\n";

const GROUPS_NEED: &str = "Permissions: GroupMember.Read.All; for your own groups User.Read shows names and ids.";
const MEMBERS_NEED: &str = "\
    Permissions: GroupMember.Read.All; User.Read.All for job titles; Member.Read.Hidden where membership is hidden.";
const MAIL_NEEDS: &str = "\
    Permissions: Group-Conversation.Read.All (or Group.Read.All), and GroupMember.Read.All to find a group by name. Graph \
    shows a group's mail to its members only.";

fn long(parts: &[&str]) -> String {
    parts.join("\n")
}

/// The terminal client for Microsoft 365 Groups
///
/// Without a command it opens the screen: groups, members, threads and posts, with the keyboard. `?` there lists the
/// keys. The commands do the same for scripts.
#[derive(Debug, Parser)]
#[command(name = "folkmoot", version, after_long_help = EXAMPLES.to_owned() + &exit::help())]
#[command(after_help = "--help says more: examples, environment and exit codes.")]
pub struct Args {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Options that stand before or after a command.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Global options")]
pub struct Global {
    /// Use a make-believe company that runs inside folkmoot
    #[arg(long, global = true)]
    pub demo: bool,
    /// The profile: whose account, and drafts and log of its own
    #[arg(long, global = true, value_name = "NAME")]
    pub profile: Option<Profile>,
    /// The tenant: its id, a domain of it, or 'organizations'
    #[arg(long, global = true, value_name = "TENANT")]
    pub tenant: Option<String>,
    /// The application to sign in with: its id
    #[arg(long, global = true, value_name = "ID")]
    pub client_id: Option<String>,
    /// Which of Microsoft's clouds: global, usgov-l4, usgov-l5 or china
    #[arg(long, global = true, value_name = "CLOUD")]
    pub cloud: Option<String>,
    /// Where Graph is, if elsewhere: https, or plain http on this machine
    #[arg(long, global = true, value_name = "URL")]
    pub graph_url: Option<String>,
    /// Where sign-in is, if elsewhere, without the tenant
    #[arg(long, global = true, value_name = "URL")]
    pub login_url: Option<String>,
    /// Read this config file instead of the usual one
    #[arg(long, short, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Change nothing at Graph: refuse every write
    #[arg(long, global = true)]
    pub read_only: bool,
    /// How much goes to the log file
    #[arg(
        long,
        global = true,
        value_name = "LEVEL",
        default_value = "info",
        hide_default_value = true
    )]
    pub log_level: LogLevel,
}

impl Global {
    /// What the flags say of the account.
    pub fn given(&self) -> Given {
        let text = |setting| match setting {
            Setting::Cloud => &self.cloud,
            Setting::Tenant => &self.tenant,
            Setting::ClientId => &self.client_id,
            Setting::GraphUrl => &self.graph_url,
            Setting::LoginUrl => &self.login_url,
        };
        let of = |row: &Row| {
            let from = row.flag.to_owned();
            let text = text(row.setting).clone()?;
            Some((row.setting, Value { text, from }))
        };
        SETTINGS.iter().filter_map(of).collect()
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum LogLevel {
    Error,
    Warn,
    Info,
    Debug,
    Trace,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Groups
    #[command(subcommand)]
    Group(GroupCommand),
    /// Owners and members of a group
    #[command(subcommand)]
    Member(MemberCommand),
    /// People of the organisation
    #[command(subcommand)]
    User(UserCommand),
    /// Yourself
    #[command(subcommand)]
    Me(MeCommand),
    /// Look someone up: the best match with a card, then others
    #[command(after_long_help = long(&[WHO_EXAMPLES, PERSON_FORMATS, PEOPLE_NEED]))]
    Who(Who),
    /// Threads of a group
    #[command(subcommand)]
    Thread(ThreadCommand),
    /// Posts of a thread
    #[command(subcommand)]
    Post(PostCommand),
    /// Accounts and profiles
    #[command(subcommand)]
    Auth(AuthCommand),
    /// The make-believe company, for other programs
    #[command(subcommand)]
    Demo(DemoCommand),
    /// Versions, and every path in use
    Info(InfoArgs),
    /// The config file
    #[command(subcommand)]
    Config(ConfigCommand),
}

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
    #[arg(long, conflicts_with_all = ["output", "json"])]
    pub full: bool,
    #[command(flatten)]
    pub output: ListOutput,
}

#[derive(Debug, Subcommand)]
pub enum DemoCommand {
    /// Serve the make-believe company on 127.0.0.1 until killed
    ///
    /// The first line of output is JSON: {"graph_url": …, "authority": …, "client_id": …, "tenant": …, "token": …}.
    /// The authority signs people in as Microsoft Entra does, with a page that asks for no password; the token needs none of that.
    Serve(ServeArgs),
}

#[derive(Debug, clap::Args)]
pub struct ServeArgs {
    /// The port; 0 takes any that is free
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub port: u16,
    /// At least so many people
    #[arg(long, value_name = "N")]
    pub people: Option<usize>,
    /// At least so many groups
    #[arg(long, value_name = "N")]
    pub groups: Option<usize>,
    /// At least so many threads in the busiest group
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
    /// What the made-up part is made from: the same number, the same company
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Answer so much later, in milliseconds
    #[arg(long, value_name = "MS", default_value_t = 0)]
    pub latency: u64,
    /// Let posts arrive by themselves
    #[arg(long)]
    pub lively: bool,
    /// Misbehave, as in 'GET /groups/*/threads@2=429:3'; may be given several times
    #[arg(long = "fault", value_name = "SPEC")]
    pub faults: Vec<Fault>,
}

#[derive(Debug, clap::Args)]
pub struct InfoArgs {
    /// As a JSON object
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Subcommand)]
pub enum ConfigCommand {
    /// Write a config file that explains every setting; never over one that is there
    Init,
    /// Say where the config file is
    Path,
    /// Look for mistakes in the config file
    Check,
}

#[derive(Debug, clap::Args)]
pub struct Output {
    /// How to print it
    #[arg(long, short, value_name = "FORMAT", default_value = "table")]
    pub output: Format,
    /// The same as --output json
    #[arg(long, conflicts_with = "output")]
    pub json: bool,
}

impl Output {
    pub fn format(&self) -> Format {
        if self.json { Format::Json } else { self.output }
    }
}

#[derive(Debug, clap::Args)]
pub struct ListOutput {
    #[command(flatten)]
    pub output: Output,
    /// Stop after so many
    #[arg(long, value_name = "N", value_parser = at_least_one)]
    pub limit: Option<NonZeroUsize>,
}

fn at_least_one(number: &str) -> Result<NonZeroUsize, &'static str> {
    number.parse().map_err(|_| "give a whole number, 1 or more")
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Aligned columns
    Table,
    /// One JSON array
    Json,
    /// One JSON object a line
    Ndjson,
    /// Comma-separated values with a heading
    Csv,
}

/// Reads the arguments of this process.
///
/// # Errors
/// What clap has to say, be it a mistake or the help that was asked for.
pub fn parse() -> Result<Args, clap::Error> {
    let args = Args::try_parse()?;
    // clap sees no conflict between a global option before the command and one after it.
    let global = &args.global;
    let profile = global.profile.iter().map(|_| "--profile".to_owned());
    let mut real = profile.chain(global.given().into_values().map(|value| value.from));
    match real.next().filter(|_| global.demo) {
        None => Ok(args),
        Some(option) => {
            let message = format!("--demo cannot be used with {option}: it has its own Graph, sign-in and profile");
            Err(Args::command().error(ErrorKind::ArgumentConflict, message))
        }
    }
}

impl LogLevel {
    pub fn level(self) -> tracing::Level {
        match self {
            LogLevel::Error => tracing::Level::ERROR,
            LogLevel::Warn => tracing::Level::WARN,
            LogLevel::Info => tracing::Level::INFO,
            LogLevel::Debug => tracing::Level::DEBUG,
            LogLevel::Trace => tracing::Level::TRACE,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definitions_agree_with_themselves() {
        Args::command().debug_assert();
    }
}
