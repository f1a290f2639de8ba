//! From arguments, environment and config file to a Graph and a way in.

use std::sync::Arc;

use super::args::Global;
use super::exit::Stop;
use super::output::{Pager, Screen};
use crate::auth::vault::Vault;
use crate::auth::{Session, StaticToken};
use crate::config::account::{self, Value};
use crate::config::{self, Account, Cloud, Environment, Given, Loaded, Paths, Profile, Setting};
use crate::demo::{Options, Tenant};
use crate::domain::Text;
use crate::graph::Endpoint;
use crate::protocol::{Method, Problem, ProblemKind, TokenSource};
use crate::runtime::logging::{self, Logging};

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

/// What is decided once the config file has been read.
pub struct Configured {
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
    pub fn configure(&self) -> Result<Configured, Problem> {
        let paths = self.paths()?;
        let loaded = config::load(&paths)?;
        let profile = self.profile(&paths, &loaded)?;
        Ok(Configured { paths, loaded, profile })
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
    pub fn connect(&self, configured: &Configured) -> Result<Connection, Stop> {
        if self.global.demo {
            return Ok(demo_connection()?);
        }
        if let Some(token) = self.environment.access_token.clone() {
            let given = configured
                .loaded
                .joined(&configured.profile, &self.flags, &self.environment);
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
        Ok(Connection::by(self.session(configured, &configured.profile)?)?)
    }

    /// The sign-in of a profile. It touches neither disk nor network.
    ///
    /// # Errors
    /// `SignIn` where there is no way to sign in; `Config` where a setting is wrong.
    pub fn session(&self, configured: &Configured, profile: &Profile) -> Result<Arc<Session>, Stop> {
        let account = configured.loaded.account(profile, &self.flags, &self.environment)?;
        self.session_of(configured, account)
            .ok_or_else(|| nowhere_to_go(profile))
    }

    /// The sign-in of an account; `None` where there is no way to sign in.
    pub fn session_of(&self, configured: &Configured, account: Account) -> Option<Arc<Session>> {
        let surroundings = &self.environment.surroundings;
        let has_a_way = account.client_id.is_some()
            || account.token_command.is_some()
            || account.method == Some(Method::AzureCli)
            || surroundings.az.is_some();
        let folder = configured.paths.profile(&account.profile);
        has_a_way.then(|| Session::new(account, surroundings.clone(), folder))
    }

    /// The sign-in of a profile, whether or not it has a way to sign in.
    ///
    /// # Errors
    /// `Config` where a setting is wrong.
    pub fn any_session(&self, configured: &Configured, profile: &Profile) -> Result<Arc<Session>, Problem> {
        let account = self.account_of(configured, profile)?;
        let folder = configured.paths.profile(profile);
        Ok(Session::new(account, self.environment.surroundings.clone(), folder))
    }

    /// Where the sign-in of a profile is kept, whatever its other settings are.
    pub async fn vault(&self, configured: &Configured, profile: &Profile) -> Vault {
        let table = configured.loaded.config.profiles.get(profile);
        let keep = table.map(|table| table.keep).unwrap_or_default();
        Vault::open(keep, configured.paths.profile(profile), profile.as_str()).await
    }

    /// The account of the profile, as [`Start::account_of`].
    ///
    /// # Errors
    /// `Config` where a setting is wrong.
    pub fn account(&self, configured: &Configured) -> Result<Account, Problem> {
        self.account_of(configured, &configured.profile)
    }

    /// The account of a profile, whether or not it can sign in: where [sign-in is nowhere](Start::has_no_login), it is where
    /// the worldwide cloud has it.
    fn account_of(&self, configured: &Configured, profile: &Profile) -> Result<Account, Problem> {
        let mut given = configured.loaded.joined(profile, &self.flags, &self.environment);
        if self.has_no_login(&given) {
            let from = Cloud::Global.name().to_owned();
            let text = Cloud::Global.login_url().unwrap_or_default().to_owned();
            given.insert(Setting::LoginUrl, Value { text, from });
        }
        account::decide(profile, &given, configured.loaded.config.profiles.get(profile))
    }

    /// Whether sign-in has no address, and needs none: an access token was got elsewhere.
    pub fn has_no_login(&self, given: &Given) -> bool {
        self.environment.access_token.is_some() && account::is_graph_alone(given)
    }

    /// The pager for what is longer than the screen.
    pub fn pager(&self, screen: Screen) -> Option<Pager> {
        let (width, height) = (screen.width?, screen.height?);
        let wanted = !self.global.no_pager;
        Pager::choose(self.environment.pager.as_deref(), width, height).filter(|_| wanted)
    }

    /// Starts the log of the profile. What was logged is written when it is dropped.
    pub fn log(&self, configured: &Configured) -> Logging {
        logging::start(
            &configured.paths.log(&configured.profile),
            self.global.log_level.level(),
        )
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
