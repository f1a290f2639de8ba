//! From arguments, environment and config file to a Graph client, and the run of a headless command.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use super::args::Global;
use super::exit::{self, Stop, say};
use super::output::{Screen, progress};
use crate::auth::StaticToken;
use crate::config::{self, Config, Environment, Paths, Profile};
use crate::demo::{Options, Tenant};
use crate::domain::Text;
use crate::graph::{Client, Endpoint};
use crate::protocol::{Problem, ProblemKind, TokenSource};
use crate::runtime::logging::{self, Logging};

/// So long after ^C a command that can end has ended.
const STUCK: Duration = Duration::from_millis(200);

/// What every command starts from. Nothing has been read from disk yet.
pub struct Start {
    pub global: Global,
    pub environment: Environment,
    pub profile: Profile,
}

/// The Graph to talk to, and how to be let in.
pub struct Connection {
    pub endpoint: Endpoint,
    pub tokens: Arc<dyn TokenSource>,
    /// What to call the tenant.
    pub tenant: Text,
    /// The tenant of `--demo`; it ends when this is dropped.
    pub demo: Option<Tenant>,
}

/// What a headless command works with.
pub struct Desk {
    pub client: Client,
    pub config: Config,
    pub screen: Screen,
}

impl Start {
    /// Joins flags and environment.
    ///
    /// # Errors
    /// `Config` where `FOLKMOOT_PROFILE` cannot name a profile.
    pub fn new(global: Global) -> Result<Self, Stop> {
        let environment = Environment::capture();
        let profile = match (&global, &environment.profile) {
            (Global { demo: true, .. }, _) => Profile::demo(),
            (
                Global {
                    profile: Some(profile), ..
                },
                _,
            ) => profile.clone(),
            (_, Some(name)) => match name.parse() {
                Ok(profile) => profile,
                Err(error) => {
                    let what = format!("FOLKMOOT_PROFILE is wrong: {error}.");
                    return Err(Problem::new(ProblemKind::Config, &what, "").into());
                }
            },
            (_, None) => Profile::default(),
        };
        Ok(Start {
            global,
            environment,
            profile,
        })
    }

    /// Where this run's files lie.
    ///
    /// # Errors
    /// `Config` where there is no home for them.
    pub fn paths(&self) -> Result<Paths, Problem> {
        Paths::find(&self.environment, self.global.config.as_deref())
    }

    /// The address of Graph by flag, then environment; `None` with `--demo`, which has its own.
    pub fn graph_url(&self) -> Option<&str> {
        let asked_for = self
            .global
            .graph_url
            .as_deref()
            .or(self.environment.graph_url.as_deref());
        asked_for.filter(|_| !self.global.demo)
    }

    /// Finds the Graph to talk to; with `--demo`, starts it.
    ///
    /// # Errors
    /// `SignIn` where nothing says which Graph, or there is no token for it; `Config` where the address is wrong.
    pub fn connect(&self) -> Result<Connection, Stop> {
        if self.global.demo {
            return demo_connection();
        }
        let (Some(url), Some(token)) = (self.graph_url(), self.environment.access_token.clone()) else {
            return Err(self.nowhere_to_go());
        };
        let endpoint = Endpoint::parse(url)?;
        Ok(Connection {
            tenant: Text::new(endpoint.as_str()),
            endpoint,
            tokens: Arc::new(StaticToken::from_environment(token)?),
            demo: None,
        })
    }

    /// Starts the log of the profile. What was logged is written when it is dropped.
    pub fn log(&self, paths: &Paths) -> Logging {
        logging::start(&paths.log(&self.profile), self.global.log_level.level())
    }

    fn nowhere_to_go(&self) -> Stop {
        let what = match (self.graph_url(), &self.environment.access_token) {
            (Some(_), _) => "There is an address of Graph, but no access token: FOLKMOOT_ACCESS_TOKEN is not set.",
            (None, Some(_)) => {
                "There is an access token, but nothing says for which Graph: FOLKMOOT_GRAPH_URL is not set."
            }
            (None, None) => "Nothing says which Graph to talk to.",
        };
        let lines = [
            "folkmoot --demo",
            "    looks around in a make-believe company; it needs no account and no network.",
            "FOLKMOOT_GRAPH_URL=https://graph.microsoft.com/v1.0 FOLKMOOT_ACCESS_TOKEN=… folkmoot",
            "    talks to your organisation, with an access token that you got elsewhere.",
        ];
        // Not `Text`: that would take the indent away.
        Stop::with_lines(
            Problem::new(ProblemKind::SignIn, what, "There are two ways to start:"),
            lines.map(str::to_owned).to_vec(),
        )
    }
}

fn demo_connection() -> Result<Connection, Stop> {
    let tenant = start_demo(Options::default())?;
    Ok(Connection {
        endpoint: Endpoint::parse(tenant.graph_url())?,
        tokens: Arc::new(StaticToken::for_demo(tenant.token().to_owned().into())),
        tenant: Text::new("demo"),
        demo: Some(tenant),
    })
}

/// Starts a demo tenant.
///
/// # Errors
/// `General` where the port is taken, or the system gives no thread.
pub fn start_demo(options: Options) -> Result<Tenant, Problem> {
    Tenant::spawn(options).map_err(|error| {
        let what = capitalised(&format!("{error}."));
        Problem::new(
            ProblemKind::General,
            &what,
            "Try another port, or --port 0 for any that is free.",
        )
    })
}

fn capitalised(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Runs a command that needs Graph and no screen, until it ends or ^C ends it.
///
/// # Errors
/// Whatever stopped the command.
pub fn headless(start: Start, command: impl AsyncFnOnce(&Desk) -> Result<(), Stop>) -> Result<ExitCode, Stop> {
    let paths = start.paths()?;
    let config = config::load(&paths)?.config;
    // With --demo the company lives until the end.
    let Connection {
        endpoint,
        tokens,
        demo: _demo,
        ..
    } = start.connect()?;
    let logging = start.log(&paths);
    if let Some(warning) = &logging.warning {
        say(&format!("note: {warning}"));
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .map_err(|error| {
            Problem::new(
                ProblemKind::General,
                &format!("The system gives no runtime ({error})."),
                "",
            )
        })?;
    let ended = runtime.block_on(async {
        tokio::spawn(end_when_stuck());
        let screen = Screen::of(&start.environment);
        let desk = Desk {
            client: Client::new(endpoint, tokens, progress::waiting_notice(screen))?,
            screen,
            config,
        };
        tokio::select! {
            done = command(&desk) => done.map(|()| ExitCode::SUCCESS),
            Ok(()) = tokio::signal::ctrl_c() => Ok(exit::interrupted()),
        }
    });
    // A look-up of a name that takes long is not waited for.
    runtime.shutdown_background();
    ended
}

/// Ends the process a moment after ^C. By then the command has ended by itself, unless it stands in the middle of a write
/// to a reader that does not read, where it hears nothing.
async fn end_when_stuck() {
    if tokio::signal::ctrl_c().await.is_ok() {
        tokio::time::sleep(STUCK).await;
        std::process::exit(exit::INTERRUPTED.into());
    }
}
