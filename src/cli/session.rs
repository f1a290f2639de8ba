//! From arguments, environment and config file to a Graph client, and the run of a headless command.

use std::path::PathBuf;
use std::pin::Pin;
use std::process::ExitCode;
use std::sync::Arc;

use super::args::Global;
use super::exit::{Stop, say};
use super::output::{Out, Pager, Screen, progress};
use super::signals::run_async;
use crate::auth::vault::Vault;
use crate::auth::{Session, StaticToken};
use crate::config::account::{self, Value};
use crate::config::{self, Account, Cloud, Config, Environment, Given, Loaded, Paths, Profile, Setting};
use crate::demo::{Options, Tenant};
use crate::domain::Text;
use crate::graph::{Client, Endpoint};
use crate::protocol::{Method, Problem, ProblemKind, TokenSource};
use crate::runtime::logging::{self, Logging};
use crate::store::{self, Store};

/// What every command starts from. Nothing has been read from disk yet.
pub struct Start {
    pub global: Global,
    pub environment: Environment,
    /// What the flags say of the account.
    pub flags: Given,
}

/// The Graph to talk to, and how to be let in.
pub struct Connection {
    pub endpoint: Endpoint,
    pub tokens: Arc<dyn TokenSource>,
    /// Signs in and out; `None` where the token was got elsewhere.
    pub session: Option<Arc<Session>>,
    /// What stands for this Graph in the name of a store: its address; that of the demo changes with every start.
    pub graph: String,
    /// What to call the tenant.
    pub tenant: Text,
    /// The tenant of `--demo`; it ends when this is dropped.
    pub demo: Option<Tenant>,
}

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

/// What is settled once the config file has been read.
pub struct Settled {
    pub paths: Paths,
    pub loaded: Loaded,
    pub profile: Profile,
}

impl Start {
    /// Takes flags and environment as they are.
    pub fn new(global: Global) -> Self {
        Start {
            flags: global.given(),
            global,
            environment: Environment::capture(),
        }
    }

    /// Where this run's files lie.
    ///
    /// # Errors
    /// `Config` where there is no home for them.
    pub fn paths(&self) -> Result<Paths, Problem> {
        Paths::find(&self.environment, self.global.config.as_deref())
    }

    /// Reads the config file and decides on the profile: by flag, environment, the last `auth switch`, config file.
    ///
    /// # Errors
    /// `Config` where one of them is wrong.
    pub fn settle(&self) -> Result<Settled, Problem> {
        let paths = self.paths()?;
        let loaded = config::load(&paths)?;
        let profile = self.profile(&paths, &loaded)?;
        Ok(Settled { paths, loaded, profile })
    }

    /// The profile to use: by flag, environment, the last `auth switch`, config file.
    ///
    /// # Errors
    /// `Config` where one of them is wrong.
    pub fn profile(&self, paths: &Paths, loaded: &Loaded) -> Result<Profile, Problem> {
        if self.global.demo {
            return Ok(Profile::demo());
        }
        if let Some(profile) = &self.global.profile {
            return Ok(profile.clone());
        }
        if let Some(name) = &self.environment.profile {
            return name.parse().map_err(|error| {
                Problem::new(ProblemKind::Config, &format!("FOLKMOOT_PROFILE is wrong: {error}."), "")
            });
        }
        let switched = paths.active()?;
        Ok(switched.or_else(|| loaded.config.profile.clone()).unwrap_or_default())
    }

    /// Finds the Graph to talk to; with `--demo`, starts it.
    ///
    /// # Errors
    /// `SignIn` where there is no way to be let in; `Config` where a setting is wrong.
    pub fn connect(&self, settled: &Settled) -> Result<Connection, Stop> {
        if self.global.demo {
            return Ok(demo_connection()?);
        }
        if let Some(token) = self.environment.access_token.clone() {
            let given = settled.loaded.joined(&settled.profile, &self.flags, &self.environment);
            let endpoint = Endpoint::parse(&account::graph_url(&given)?)?;
            return Ok(Connection {
                tenant: Text::new(endpoint.as_str()),
                graph: endpoint.as_str().to_owned(),
                endpoint,
                tokens: Arc::new(StaticToken::from_environment(token)?),
                session: None,
                demo: None,
            });
        }
        Ok(Connection::by(self.session(settled, &settled.profile)?)?)
    }

    /// The sign-in of a profile. It touches neither disk nor network.
    ///
    /// # Errors
    /// `SignIn` where there is no way to sign in; `Config` where a setting is wrong.
    pub fn session(&self, settled: &Settled, profile: &Profile) -> Result<Arc<Session>, Stop> {
        let account = settled.loaded.account(profile, &self.flags, &self.environment)?;
        self.session_of(settled, account).ok_or_else(|| nowhere_to_go(profile))
    }

    /// The sign-in of an account; `None` where there is no way to sign in.
    pub fn session_of(&self, settled: &Settled, account: Account) -> Option<Arc<Session>> {
        let surroundings = &self.environment.surroundings;
        let has_a_way = account.client_id.is_some()
            || account.token_command.is_some()
            || account.method == Some(Method::AzureCli)
            || surroundings.az.is_some();
        let folder = settled.paths.profile(&account.profile);
        has_a_way.then(|| Session::new(account, surroundings.clone(), folder))
    }

    /// The sign-in of a profile, whether or not it has a way to sign in.
    ///
    /// # Errors
    /// `Config` where a setting is wrong.
    pub fn any_session(&self, settled: &Settled, profile: &Profile) -> Result<Arc<Session>, Problem> {
        let account = self.account_of(settled, profile)?;
        let folder = settled.paths.profile(profile);
        Ok(Session::new(account, self.environment.surroundings.clone(), folder))
    }

    /// Where the sign-in of a profile is kept, whatever its other settings are.
    pub async fn vault(&self, settled: &Settled, profile: &Profile) -> Vault {
        let table = settled.loaded.config.profiles.get(profile);
        let keep = table.map(|table| table.keep).unwrap_or_default();
        Vault::open(keep, settled.paths.profile(profile), profile.as_str()).await
    }

    /// The account of the profile, as [`Start::account_of`].
    ///
    /// # Errors
    /// `Config` where a setting is wrong.
    pub fn account(&self, settled: &Settled) -> Result<Account, Problem> {
        self.account_of(settled, &settled.profile)
    }

    /// The account of a profile, whether or not it can sign in: where [sign-in is nowhere](Start::has_no_login), it is where
    /// the worldwide cloud has it.
    fn account_of(&self, settled: &Settled, profile: &Profile) -> Result<Account, Problem> {
        let mut given = settled.loaded.joined(profile, &self.flags, &self.environment);
        if self.has_no_login(&given) {
            let from = Cloud::Global.name().to_owned();
            let text = Cloud::Global.login_url().unwrap_or_default().to_owned();
            given.insert(Setting::LoginUrl, Value { text, from });
        }
        account::decide(profile, &given, settled.loaded.config.profiles.get(profile))
    }

    /// Whether sign-in has no address, and needs none: an access token was got elsewhere.
    pub fn has_no_login(&self, given: &Given) -> bool {
        self.environment.access_token.is_some() && account::is_graph_alone(given)
    }

    /// The pager for what is longer than the screen.
    fn pager(&self, screen: Screen) -> Option<Pager> {
        let (width, height) = (screen.width?, screen.height?);
        let wanted = !self.global.no_pager;
        Pager::choose(self.environment.pager.as_deref(), width, height).filter(|_| wanted)
    }

    /// Starts the log of the profile. What was logged is written when it is dropped.
    pub fn log(&self, settled: &Settled) -> Logging {
        logging::start(&settled.paths.log(&settled.profile), self.global.log_level.level())
    }
}

impl Connection {
    /// The Graph that a sign-in is for.
    ///
    /// # Errors
    /// `Config` where its address cannot be one.
    pub fn by(session: Arc<Session>) -> Result<Self, Problem> {
        let account = session.account();
        let endpoint = Endpoint::parse(&account.graph_url)?;
        let tenant = match account.tenant.as_str() {
            "organizations" | "common" | "consumers" => endpoint.as_str(),
            tenant => tenant,
        };
        Ok(Connection {
            tenant: Text::new(tenant),
            graph: endpoint.as_str().to_owned(),
            endpoint,
            tokens: session.clone(),
            session: Some(session),
            demo: None,
        })
    }
}

/// There is no way to be let in: tells all there are.
fn nowhere_to_go(profile: &Profile) -> Stop {
    let what = format!("Nobody is signed in, and the profile `{profile}` names no application to sign in with.");
    let lines = [
        "folkmoot --demo",
        "    looks around in a make-believe company; it needs no account and no network.",
        "folkmoot auth setup",
        "    says how your organisation lets folkmoot in, once; then `folkmoot auth login` signs you in.",
        "FOLKMOOT_ACCESS_TOKEN=… folkmoot",
        "    talks to your organisation, with an access token that you got elsewhere, such as from",
        "    `az account get-access-token --resource-type ms-graph`.",
    ];
    // Not `Text`: that would take the indent away.
    Stop::with_lines(
        Problem::new(ProblemKind::SignIn, &what, "There are these ways to start:"),
        lines.map(str::to_owned).to_vec(),
    )
}

/// A demo, and the way in.
///
/// # Errors
/// As [`start_demo`].
pub fn demo_connection() -> Result<Connection, Problem> {
    let tenant = start_demo(Options::default())?;
    Ok(Connection {
        endpoint: Endpoint::parse(tenant.graph_url())?,
        tokens: Arc::new(StaticToken::for_demo(tenant.token().to_owned().into())),
        session: None,
        graph: "demo".to_owned(),
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
    let settled = start.settle()?;
    // With --demo the company lives until the end.
    let Connection {
        endpoint,
        tokens,
        graph,
        demo: _demo,
        ..
    } = start.connect(&settled)?;
    let logging = start.log(&settled);
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
            folder: settled.paths.profile(&settled.profile),
            drafts: settled.paths.drafts(&settled.profile),
            signature: settled.loaded.signature(&settled.profile),
            editor: settled.loaded.editor(start.environment.editor.as_deref()).to_owned(),
            config: settled.loaded.config,
            out: out.clone(),
        };
        command(&desk).await
    });
    // However it ended: what has come is shown, and the pager has the terminal until the person leaves it.
    match (ended, out.end()) {
        (Ok(_) | Err(Stop::Closed), Err(stop)) => Err(stop),
        (ended, _) => ended,
    }
}
