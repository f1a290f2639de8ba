//! What a headless command works with, and its run.

use std::path::PathBuf;
use std::pin::Pin;
use std::process::ExitCode;
use std::sync::Arc;

use jiff::Timestamp;

use super::exit::{Stop, say};
use super::output::{Out, Screen, progress};
use super::signals::run_async;
use super::start::{Connection, Start};
use crate::config::Config;
use crate::graph::Client;
use crate::protocol::{Problem, ProblemKind, TokenSource};
use crate::store::{self, Store};

/// What a headless command works with.
pub struct Desk {
    pub client: Client,
    /// How the client is let in.
    pub tokens: Arc<dyn TokenSource>,
    /// What stands for the Graph in the name of a store.
    pub graph: String,
    pub config: Config,
    pub screen: Screen,
    /// Where the data goes.
    pub out: Out,
    /// Whether nothing may be changed at Graph.
    pub read_only: bool,
    /// The profile's folder.
    pub folder: PathBuf,
    /// The profile's drafts folder.
    pub drafts: PathBuf,
    /// What goes below what is written.
    pub signature: Option<String>,
    /// The person's editor, as a shell command.
    pub editor: String,
}

impl Desk {
    /// Refuses to change anything where that was asked for.
    ///
    /// # Errors
    /// `Usage` with `--read-only`.
    pub fn may_write(&self) -> Result<(), Problem> {
        if !self.read_only {
            return Ok(());
        }
        Err(Problem::new(
            ProblemKind::Usage,
            "folkmoot was started with --read-only: nothing is sent.",
            "Start it without --read-only to change something.",
        ))
    }

    /// Leaves in peace what wanted quiet of an earlier run: what is asked before the time is refused, and counts.
    fn keep_quiet(&self) {
        for (mailbox, until) in store::quiet(&self.folder, &self.graph, Timestamp::now()) {
            self.client.keep_quiet(mailbox.as_ref(), until);
        }
    }

    /// What is kept of whoever is let in. Ask once Graph has answered: then it is known who that is.
    ///
    /// # Errors
    /// `Config` where nothing is to be kept, `General` where nothing can be.
    pub async fn store(&self) -> Result<Store, Problem> {
        if !self.config.store.enabled {
            let what = "Nothing is kept on this computer: the config file says so.";
            let next = "Set `enabled = true` under [store] in the config file.";
            return Err(Problem::new(ProblemKind::Config, what, next));
        }
        let holder = self.tokens.holder().await.ok_or_else(|| {
            let what = "Nothing is kept on this computer: the sign-in does not tell whose it would be.";
            Problem::new(ProblemKind::General, what, "")
        })?;
        let path = store::path(&self.folder, &self.graph, &holder);
        let (store, notice) = Store::open(&path).map_err(|error| error.problem())?;
        if let Some(notice) = notice {
            say(&format!("note: {}", notice.problem()));
        }
        Ok(store)
    }
}

/// Keeps for later runs, however this one ends, what it has heard to want quiet.
struct Heard<'desk>(&'desk Desk);

impl Drop for Heard<'_> {
    fn drop(&mut self) {
        let Heard(desk) = self;
        let places = desk.client.wants_quiet();
        if places.is_empty() {
            return;
        }
        if let Err(error) = store::hush(&desk.folder, &desk.graph, places, Timestamp::now()) {
            tracing::warn!(%error, "what Graph asked for is not known to the next run");
        }
    }
}

/// Runs a command that needs Graph and no screen, until it ends or ^C ends it.
///
/// # Errors
/// Whatever stopped the command.
pub fn headless(
    start: Start,
    command: impl AsyncFnOnce(&Desk) -> Result<(), Stop> + 'static,
) -> Result<ExitCode, Stop> {
    // One runtime's code for all commands, not one for each: it counts for a third of a megabyte.
    run_at_a_desk(start, Box::new(|desk| Box::pin(async move { command(desk).await })))
}

/// A command that is yet to be run.
type Command = Box<dyn for<'desk> FnOnce(&'desk Desk) -> Pin<Box<dyn Future<Output = Result<(), Stop>> + 'desk>>>;

fn run_at_a_desk(start: Start, command: Command) -> Result<ExitCode, Stop> {
    let configured = start.configure()?;
    // With --demo the company lives until the end.
    let Connection {
        endpoint,
        tokens,
        graph,
        demo: _demo,
        ..
    } = start.connect(&configured)?;
    let logging = start.log(&configured);
    if let Some(warning) = &logging.warning {
        say(&format!("note: {warning}"));
    }
    let screen = Screen::of(&start.environment);
    let out = Out::new(start.pager(screen));
    let ended = run_async(async {
        let desk = Desk {
            client: Client::new(endpoint, tokens.clone(), progress::waiting_notice(screen))?,
            tokens,
            graph,
            screen,
            read_only: start.global.read_only,
            folder: configured.paths.profile(&configured.profile),
            drafts: configured.paths.drafts(&configured.profile),
            signature: configured.loaded.signature(&configured.profile),
            editor: configured.loaded.editor(start.environment.editor.as_deref()).to_owned(),
            config: configured.loaded.config,
            out: out.clone(),
        };
        desk.keep_quiet();
        let _heard = Heard(&desk);
        command(&desk).await
    });
    // However it ended: what has come is shown, and the pager has the terminal until the person leaves it.
    match (ended, out.end()) {
        (Ok(_) | Err(Stop::Closed), Err(stop)) => Err(stop),
        (ended, _) => ended,
    }
}
