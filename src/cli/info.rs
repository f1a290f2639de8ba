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
    let facts = facts(start)?;
    if args.json {
        let object: Map<String, Value> = facts
            .into_iter()
            .map(|(name, value, _)| (name.to_owned(), value))
            .collect();
        output::print_json(&Value::Object(object).to_string())?;
        return Ok(ExitCode::SUCCESS);
    }
    let width = facts.iter().map(|(name, ..)| cells(name)).max().unwrap_or(0) + 2;
    let mut lines = String::new();
    for (name, value, note) in facts {
        let value = Text::new(value.as_str().unwrap_or_default());
        let line = format!("{}{value} {}", pad(name, width), Text::new(&note));
        lines.push_str(line.trim_end());
        lines.push('\n');
    }
    output::print(&lines)?;
    Ok(ExitCode::SUCCESS)
}

/// Names, values, and what a person should know besides.
fn facts(start: &Start) -> Result<Vec<(&'static str, Value, String)>, Stop> {
    let configured = &start.configure()?;
    let Configured { paths, loaded, profile } = configured;
    let demo = start.global.demo;
    let path = |path: &Path| Value::from(path.display().to_string());
    let given = loaded.joined(profile, &start.flags, &start.environment);
    let account = match demo {
        true => None,
        false => Some(start.account(configured)),
    };
    // What is wrong with one setting hides nothing else.
    let problem = account.as_ref().and_then(|account| account.as_ref().err());
    let account = account.as_ref().and_then(|account| account.as_ref().ok());
    let has_no_login = start.has_no_login(&given);
    // As it was decided, or else as it was given.
    let setting = |setting, decided: fn(&Account) -> &str| match (account, demo) {
        (_, true) => Value::from("demo"),
        (Some(account), false) => decided(account).into(),
        (None, false) => given.get(&setting).map(|value| value.text.as_str()).into(),
    };
    // Where a setting was given.
    let from = |setting| match (given.get(&setting), demo) {
        (Some(value), false) => format!("({})", value.from),
        _ => String::new(),
    };
    let token = start.environment.access_token.is_some() && !demo;
    let note = |needed: bool, note: &str| if needed { note.to_owned() } else { String::new() };
    let store = store(&paths.profile(profile), loaded.config.store.enabled)?;
    let (_, photos) = tui::photos(start, &loaded.config);
    let no_client = account.is_some_and(|account| account.client_id.is_none());
    Ok(vec![
        ("version", env!("CARGO_PKG_VERSION").into(), String::new()),
        ("system", Environment::system().into(), String::new()),
        (
            "program",
            start.environment.program.as_deref().map_or(Value::Null, path),
            String::new(),
        ),
        ("profile", profile.as_str().into(), String::new()),
        (
            "cloud",
            setting(Setting::Cloud, |account| account.cloud.name()),
            from(Setting::Cloud),
        ),
        (
            "graph",
            setting(Setting::GraphUrl, |account| &account.graph_url),
            from(Setting::GraphUrl),
        ),
        (
            "login",
            match has_no_login {
                true => Value::Null,
                false => setting(Setting::LoginUrl, |account| &account.login_url),
            },
            match has_no_login {
                true => "(not needed with FOLKMOOT_ACCESS_TOKEN)".to_owned(),
                false => from(Setting::LoginUrl),
            },
        ),
        (
            "tenant",
            setting(Setting::Tenant, |account| &account.tenant),
            from(Setting::Tenant),
        ),
        (
            "client_id",
            match account {
                Some(account) => account.client_id.as_deref().into(),
                None => given.get(&Setting::ClientId).map(|value| value.text.as_str()).into(),
            },
            match no_client {
                true => "(not set: folkmoot auth setup)".to_owned(),
                false => from(Setting::ClientId),
            },
        ),
        (
            "keep",
            account.map(|account| keep_name(account.keep)).into(),
            note(demo, "(nowhere: the demo needs no sign-in)"),
        ),
        (
            "token",
            token.then_some("FOLKMOOT_ACCESS_TOKEN").into(),
            note(
                !token,
                if demo {
                    "(the demo's own)"
                } else {
                    "(FOLKMOOT_ACCESS_TOKEN is not set)"
                },
            ),
        ),
        (
            "config",
            path(&paths.config_file),
            note(
                !paths.config_file.exists(),
                "(not there: every setting is at its default)",
            ),
        ),
        (
            "templates",
            path(&paths.templates()),
            note(!paths.templates().is_dir(), "(not there)"),
        ),
        ("state", path(&paths.profile(profile)), String::new()),
        ("drafts", path(&paths.drafts(profile)), String::new()),
        ("store", store.0, store.1),
        ("log", path(&paths.log(profile)), String::new()),
        (
            "photos",
            photos.way.map_or("none", Way::name).into(),
            format!("({})", photos.why),
        ),
        (
            "problem",
            problem.map(ToString::to_string).into(),
            note(problem.is_none(), "(none)"),
        ),
    ])
}

/// Where what is read is kept, and how much that is.
fn store(folder: &Path, enabled: bool) -> Result<(Value, String), Stop> {
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
    let path = match (stores.next(), stores.next()) {
        (Some(only), None) => only.clone(),
        _ => folder.join("store-*.db"),
    };
    Ok((path.display().to_string().into(), note))
}
