//! The command line.
//!
//! | file | what lives there |
//! |---|---|
//! | `args` | what may be typed: the clap definitions and their help |
//! | `start` | from arguments, environment and config file to a Graph and a way in |
//! | `desk` | what a headless command works with, and its run |
//! | `signals` | the run of a command, and what breaks it off |
//! | `group`, `member`, `user`, `card`, `around`, `check`, `photo`, `profile`, `who`, `org`, `overlap`, `conversation`, `thread`, `post`, `attachment`, `extension`, `draft` | the headless commands, one file per noun |
//! | `mailbox` | what conversations and threads have in common |
//! | `api` | a request of Graph as one writes it |
//! | `everything`, `holders` | all that is known of a person; all that holds something |
//! | `computed` | lists of what Graph has no word for, and the envelope of their JSON |
//! | `resolve`, `numbers`, `person` | from what one calls a group, a thread or a person to the one that is meant |
//! | `confirm` | asking before a change that cannot be undone |
//! | `writing/` | what is sent to groups: the text, people and files, the review, and what became of it |
//! | `export` | threads as Markdown, web pages, mails and JSON |
//! | `auth/` | who may be let in, and how: one file per purpose |
//! | `tui`, `welcome` | no command: the screen; the first run |
//! | `render` | a body laid out, for scripts |
//! | `demo`, `info`, `config`, `store` | the commands that need no tenant |
//! | `completion`, `manual` | what shells and `man` want of a program |
//! | `output/` | tables, JSON and CSV; the terminal's width and colours; progress |
//! | `exit` | how a run ends: the one table of exit codes |
//!
//! Data goes to stdout; whatever is said goes to stderr.

mod api;
mod args;
mod around;
mod attachment;
mod auth;
mod card;
mod check;
mod completion;
mod computed;
mod config;
mod confirm;
mod conversation;
mod demo;
mod desk;
mod draft;
mod everything;
mod exit;
mod export;
mod extension;
mod group;
mod holders;
mod info;
mod mailbox;
mod manual;
mod member;
mod numbers;
mod org;
mod output;
mod overlap;
mod person;
mod photo;
mod post;
mod profile;
mod render;
mod resolve;
mod signals;
mod start;
mod store;
mod thread;
mod tui;
mod user;
mod welcome;
mod who;
mod writing;

use std::process::ExitCode;

use args::{
    Args, AttachmentCommand, Command, ConfigCommand, ConversationCommand, DemoCommand, DraftCommand, ExtensionCommand,
    GroupCommand, MeCommand, MemberCommand, OrgCommand, OwnerCommand, PostCommand, StoreCommand, ThreadCommand,
    UserCommand,
};
use exit::Stop;
use start::Start;

use crate::runtime;

/// Runs folkmoot as the command line of this process asks. Everything that is to be said has been said when it returns.
pub fn run() -> ExitCode {
    runtime::write_no_core();
    runtime::set_panic_hook();
    completion::answer();
    let args = match args::parse() {
        Ok(args) => args,
        Err(error) => return exit::refuse(&error),
    };
    dispatch(args).unwrap_or_else(|stop| stop.report())
}

fn dispatch(args: Args) -> Result<ExitCode, Stop> {
    let start = Start::new(args.global);
    match args.command {
        None => tui::run(start),
        Some(Command::Group(command)) => desk::headless(start, async |desk| match command {
            GroupCommand::List(args) => group::list(desk, args).await,
            GroupCommand::Show(args) => group::show(desk, args).await,
            GroupCommand::Parents(args) => group::parents(desk, args).await,
            GroupCommand::Check(args) => check::of_group(desk, args).await,
            GroupCommand::Seen(args) => group::seen(desk, args).await,
        }),
        Some(Command::Owner(OwnerCommand::List(args))) => {
            desk::headless(start, async |desk| member::owners(desk, args).await)
        }
        Some(Command::Member(MemberCommand::List(args))) => {
            desk::headless(start, async |desk| member::list(desk, args).await)
        }
        Some(Command::User(command)) => desk::headless(start, async |desk| match command {
            UserCommand::Show(args) => user::show(desk, args).await,
            UserCommand::Manager(args) => user::manager(desk, args).await,
            UserCommand::Reports(args) => user::reports(desk, args).await,
            UserCommand::Groups(args) => user::groups(desk, args).await,
            UserCommand::Search(args) => user::search(desk, args).await,
            UserCommand::People(args) => around::people(desk, args).await,
            UserCommand::Photo(args) => photo::of_person(desk, args).await,
            UserCommand::Card(args) => card::run(desk, args).await,
            UserCommand::Trending(args) => around::trending(desk, args).await,
            UserCommand::Check(args) => check::of_person(desk, args).await,
            UserCommand::Teams(args) => around::teams(desk, args).await,
        }),
        Some(Command::Me(command)) => desk::headless(start, async |desk| match command {
            MeCommand::Show(args) => user::me(desk, args).await,
            MeCommand::Update(args) => profile::update(desk, *args).await,
            MeCommand::Photo(args) => photo::mine(desk, args).await,
        }),
        Some(Command::Org(command)) => desk::headless(start, async |desk| match command {
            OrgCommand::Tree(args) => org::tree(desk, args).await,
            OrgCommand::Path(args) => org::path(desk, args).await,
        }),
        Some(Command::Common(args)) => desk::headless(start, async |desk| overlap::common(desk, args).await),
        Some(Command::Diff(args)) => desk::headless(start, async |desk| overlap::diff(desk, args).await),
        Some(Command::Path(args)) => desk::headless(start, async |desk| overlap::path(desk, args).await),
        Some(Command::Who(args)) => desk::headless(start, async |desk| who::run(desk, args).await),
        Some(Command::Conversation(command)) => desk::headless(start, async |desk| match command {
            ConversationCommand::List(args) => conversation::list(desk, args).await,
            ConversationCommand::Show(args) => conversation::show(desk, args).await,
            ConversationCommand::New(args) => writing::conversation(desk, args).await,
            ConversationCommand::Delete(args) => conversation::delete(desk, args).await,
        }),
        Some(Command::Thread(command)) => desk::headless(start, async |desk| match command {
            ThreadCommand::List(args) => thread::list(desk, args).await,
            ThreadCommand::Show(args) => thread::show(desk, args).await,
            ThreadCommand::New(args) => writing::thread(desk, args).await,
            ThreadCommand::Reply(args) => writing::reply(desk, args).await,
            ThreadCommand::Forward(args) => writing::forward(desk, args).await,
            ThreadCommand::Export(args) => export::run(desk, args).await,
            ThreadCommand::Mark(args) => thread::mark(desk, args).await,
            ThreadCommand::Lock(args) => thread::lock(desk, args, true).await,
            ThreadCommand::Unlock(args) => thread::lock(desk, args, false).await,
            ThreadCommand::Delete(args) => thread::delete(desk, args).await,
        }),
        Some(Command::Post(command)) => desk::headless(start, async |desk| match command {
            PostCommand::List(args) => post::list(desk, args).await,
            PostCommand::Show(args) => post::show(desk, args).await,
            PostCommand::Reply(args) => writing::reply_to_post(desk, args).await,
        }),
        Some(Command::Attachment(command)) => desk::headless(start, async |desk| match command {
            AttachmentCommand::List(args) => attachment::list(desk, args).await,
            AttachmentCommand::Save(args) => attachment::save(desk, args).await,
        }),
        Some(Command::Extension(command)) => desk::headless(start, async |desk| match command {
            ExtensionCommand::List(args) => extension::list(desk, args).await,
            ExtensionCommand::Show(args) => extension::show(desk, args).await,
            ExtensionCommand::Set(args) => extension::set(desk, args).await,
            ExtensionCommand::Delete(args) => extension::delete(desk, args).await,
        }),
        Some(Command::Draft(command)) => desk::headless(start, async |desk| match command {
            DraftCommand::List(args) => draft::list(desk, args).await,
            DraftCommand::Show(args) => draft::show(desk, args).await,
            DraftCommand::Send(args) => draft::send(desk, args).await,
            DraftCommand::Discard(args) => draft::discard(desk, args).await,
        }),
        Some(Command::Api(args)) => {
            let read_only = start.global.read_only;
            desk::headless(start, async move |desk| api::run(desk, read_only, args).await)
        }
        Some(Command::Auth(command)) => auth::run(&start, command),
        Some(Command::Store(StoreCommand::Status(args))) => store::status(&start, &args),
        Some(Command::Store(StoreCommand::Clear(args))) => store::clear(&start, &args),
        Some(Command::Demo(DemoCommand::Serve(args))) => demo::serve(args),
        Some(Command::Render(args)) => render::run(&start, &args),
        Some(Command::Info(args)) => info::run(&start, &args),
        Some(Command::Completion(args)) => completion::run(&args),
        Some(Command::Man(args)) => manual::run(&args),
        Some(Command::Config(ConfigCommand::Init)) => config::init(&start),
        Some(Command::Config(ConfigCommand::Path)) => config::path(&start),
        Some(Command::Config(ConfigCommand::Check)) => config::check(&start),
    }
}
