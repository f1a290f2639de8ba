//! `folkmoot auth list` and `folkmoot auth switch`.

use std::collections::BTreeSet;
use std::process::ExitCode;

use serde_json::json;

use crate::cli::exit::{Stop, say};
use crate::cli::output;
use crate::cli::session::{Settled, Start};
use crate::config::{Profile, account, keep_name};
use crate::domain::Text;
use crate::protocol::{Problem, ProblemKind};

/// The profiles of the config file, those that were used, and the one in use.
pub(super) fn known(settled: &Settled) -> BTreeSet<Profile> {
    let used = settled.paths.used().unwrap_or_else(|error| {
        tracing::warn!(%error, "the folder of the profiles cannot be listed");
        Vec::new()
    });
    let configured = settled.loaded.config.profiles.keys().cloned();
    let mut known: BTreeSet<Profile> = configured.chain(used).chain([settled.profile.clone()]).collect();
    known.remove(&Profile::demo());
    known
}

/// Lists the profiles.
pub fn list(start: &Start, as_json: bool) -> Result<ExitCode, Stop> {
    let settled = start.settle()?;
    let mut rows = Vec::new();
    let mut lines = String::new();
    for profile in known(&settled) {
        let given = settled.loaded.joined(&profile, &start.flags, &start.environment);
        let account = account::decide(&profile, &given, settled.loaded.config.profiles.get(&profile))?;
        let active = profile == settled.profile;
        let client = account.client_id.as_deref();
        lines.push_str(&format!(
            "{} {:<16} {:<8} {} {}\n",
            if active { "*" } else { " " },
            profile,
            account.cloud,
            Text::new(&account.tenant),
            Text::new(client.unwrap_or("(no application)")),
        ));
        rows.push(json!({
            "profile": profile.as_str(),
            "active": active,
            "cloud": account.cloud.name(),
            "graph_url": account.graph_url,
            "login_url": account.login_url,
            "tenant": account.tenant,
            "client_id": client,
            "keep": keep_name(account.keep),
        }));
    }
    match as_json {
        true => output::print_json(&serde_json::Value::Array(rows).to_string())?,
        false => output::print(&lines)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Switches to a profile that is known.
pub fn switch(start: &Start, name: &Profile, as_json: bool) -> Result<ExitCode, Stop> {
    // What was switched to before may be unreadable: this is how to mend it.
    let paths = start.paths()?;
    let loaded = crate::config::load(&paths)?;
    let settled = Settled {
        paths,
        loaded,
        profile: Profile::default(),
    };
    let known = known(&settled);
    if !known.contains(name) {
        let names: Vec<&str> = known.iter().map(Profile::as_str).collect();
        let what = format!("There is no profile `{name}`.");
        let next = format!(
            "There is: {}. Write another into the config file, below [profiles.{name}].",
            names.join(", ")
        );
        return Err(Problem::new(ProblemKind::NotFound, &what, &next).into());
    }
    settled.paths.activate(name)?;
    if as_json {
        output::print_json(&json!({"profile": name.as_str()}).to_string())?;
    } else {
        say(&format!("Using the profile {name} from now on."));
    }
    for (given, what) in [
        (start.global.profile.is_some(), "--profile"),
        (start.environment.profile.is_some(), "FOLKMOOT_PROFILE"),
    ] {
        if given {
            say(&format!("note: {what} goes before it."));
        }
    }
    Ok(ExitCode::SUCCESS)
}
