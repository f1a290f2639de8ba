//! `folkmoot info`

use std::path::Path;
use std::process::ExitCode;

use serde_json::{Map, Value};

use super::args::InfoArgs;
use super::exit::Stop;
use super::output;
use super::start::{Configured, Start};
use super::store::megabytes;
use super::tui;
use crate::config::{Account, Environment, Setting, Way, keep_name};
use crate::domain::Text;
use crate::store;
use crate::text::{cells, pad};

/// Says which version runs, and which files and addresses it uses.
pub fn run(start: &Start, args: &InfoArgs) -> Result<ExitCode, Stop> {
    let configured = start.configure()?;
    let mut facts = program(start, &configured);
    facts.extend(connection(start, &configured));
    facts.extend(files(&configured)?);
    facts.extend(screen(start, &configured));
    facts.push(problem(start, &configured));
    if args.json {
        let object: Map<String, Value> = facts
            .into_iter()
            .map(|fact| (fact.name.to_owned(), fact.value))
            .collect();
        output::print_json(&Value::Object(object).to_string())?;
        return Ok(ExitCode::SUCCESS);
    }
    let width = facts.iter().map(|fact| cells(fact.name)).max().unwrap_or(0) + 2;
    let mut lines = String::new();
    for Fact { name, value, note } in facts {
        let value = Text::new(value.as_str().unwrap_or_default());
        let line = format!("{}{value} {}", pad(name, width), Text::new(&note));
        lines.push_str(line.trim_end());
        lines.push('\n');
    }
    output::print(&lines)?;
    Ok(ExitCode::SUCCESS)
}

/// A line: a name, a value, and what a person should know besides.
struct Fact {
    name: &'static str,
    value: Value,
    note: String,
}

impl Fact {
    fn new(name: &'static str, value: impl Into<Value>) -> Self {
        let (value, note) = (value.into(), String::new());
        Fact { name, value, note }
    }

    fn noted(self, note: impl Into<String>) -> Self {
        let note = note.into();
        Fact { note, ..self }
    }

    fn noted_if(self, needed: bool, note: &str) -> Self {
        match needed {
            true => self.noted(note),
            false => self,
        }
    }
}

fn path(path: &Path) -> Value {
    path.display().to_string().into()
}

fn program(start: &Start, Configured { profile, .. }: &Configured) -> Vec<Fact> {
    vec![
        Fact::new("version", env!("CARGO_PKG_VERSION")),
        Fact::new("system", Environment::system()),
        Fact::new(
            "program",
            start.environment.program.as_deref().map_or(Value::Null, path),
        ),
        Fact::new("profile", profile.as_str()),
    ]
}

/// The addresses, and the way in.
fn connection(start: &Start, configured: &Configured) -> Vec<Fact> {
    let Configured { loaded, profile, .. } = configured;
    let demo = start.global.demo;
    let given = loaded.joined(profile, &start.flags, &start.environment);
    // The demo has an account of its own; what is wrong with one setting hides no other.
    let account = (!demo).then(|| start.account(configured).ok()).flatten();
    // As it was decided, or else as it was given; and where that was.
    let setting = |name, setting, decided: fn(&Account) -> Option<&str>| {
        let value = given.get(&setting);
        Fact::new(
            name,
            match (&account, demo) {
                (_, true) => Some("demo"),
                (Some(account), false) => decided(account),
                (None, false) => value.map(|value| value.text.as_str()),
            },
        )
        .noted(match value.filter(|_| !demo) {
            Some(value) => format!("({})", value.from),
            None => String::new(),
        })
    };
    let has_token = start.environment.access_token.is_some() && !demo;
    let client_id = match demo {
        true => Fact::new(
            "client_id",
            given.get(&Setting::ClientId).map(|value| value.text.as_str()),
        ),
        false => setting("client_id", Setting::ClientId, |account| account.client_id.as_deref()),
    };
    let has_no_client = account.as_ref().is_some_and(|account| account.client_id.is_none());
    vec![
        setting("cloud", Setting::Cloud, |account| Some(account.cloud.name())),
        setting("graph", Setting::GraphUrl, |account| Some(&account.graph_url)),
        match start.has_no_login(&given) {
            true => Fact::new("login", Value::Null).noted("(not needed with FOLKMOOT_ACCESS_TOKEN)"),
            false => setting("login", Setting::LoginUrl, |account| Some(&account.login_url)),
        },
        setting("tenant", Setting::Tenant, |account| Some(&account.tenant)),
        client_id.noted_if(has_no_client, "(not set: folkmoot auth setup)"),
        Fact::new("keep", account.as_ref().map(|account| keep_name(account.keep)))
            .noted_if(demo, "(nowhere: the demo needs no sign-in)"),
        Fact::new("token", has_token.then_some("FOLKMOOT_ACCESS_TOKEN")).noted(match (has_token, demo) {
            (true, _) => "",
            (false, true) => "(the demo's own)",
            (false, false) => "(FOLKMOOT_ACCESS_TOKEN is not set)",
        }),
    ]
}

fn files(configured: &Configured) -> Result<Vec<Fact>, Stop> {
    let Configured { paths, loaded, profile } = configured;
    Ok(vec![
        Fact::new("config", path(&paths.config_file)).noted_if(
            !paths.config_file.exists(),
            "(not there: every setting is at its default)",
        ),
        Fact::new("templates", path(&paths.templates())).noted_if(!paths.templates().is_dir(), "(not there)"),
        Fact::new("state", path(&paths.profile(profile))),
        Fact::new("drafts", path(&paths.drafts(profile))),
        store(&paths.profile(profile), loaded.config.store.enabled)?,
        Fact::new("log", path(&paths.log(profile))),
    ])
}

fn screen(start: &Start, Configured { loaded, .. }: &Configured) -> Vec<Fact> {
    let (_, photos) = tui::photos(start, &loaded.config);
    vec![Fact::new("photos", photos.way.map_or("none", Way::name)).noted(format!("({})", photos.why))]
}

/// What is wrong with the settings of the account.
fn problem(start: &Start, configured: &Configured) -> Fact {
    let account = (!start.global.demo).then(|| start.account(configured));
    let problem = account.and_then(Result::err);
    Fact::new("problem", problem.as_ref().map(ToString::to_string)).noted_if(problem.is_none(), "(none)")
}

/// Where what is read is kept, and how much that is.
fn store(folder: &Path, enabled: bool) -> Result<Fact, Stop> {
    let files = store::files(folder).map_err(|error| error.problem())?;
    let bytes: u64 = files.iter().map(|(_, size)| size).sum();
    let note = match (enabled, bytes) {
        (false, 0) => "(turned off)".to_owned(),
        (true, 0) => "(nothing is kept yet)".to_owned(),
        (false, _) => format!("(turned off; {} of before)", megabytes(bytes)),
        (true, _) => format!("({})", megabytes(bytes)),
    };
    let mut stores = files
        .iter()
        .map(|(file, _)| file)
        .filter(|file| file.extension().is_some_and(|end| end == "db"));
    let shown = match (stores.next(), stores.next()) {
        (Some(only), None) => path(only),
        (None, _) | (Some(_), Some(_)) => path(&folder.join("store-*.db")),
    };
    Ok(Fact::new("store", shown).noted(note))
}
