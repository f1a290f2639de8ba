//! `folkmoot auth list` and `folkmoot auth switch`.

use std::collections::BTreeSet;
use std::process::ExitCode;

use serde_json::{Value, json};

use crate::cli::exit::{Stop, say};
use crate::cli::output::{self, Cells, Column, Screen, column};
use crate::cli::signals::run_async;
use crate::cli::start::{Configured, Start};
use crate::config::{Account, Profile, keep_name};
use crate::domain::Text;
use crate::protocol::{Method, Problem, ProblemKind, Standing};

/// The profiles of the config file, those that were used, and the one in use.
pub(super) fn known(configured: &Configured) -> BTreeSet<Profile> {
    let used = configured.paths.used().unwrap_or_else(|error| {
        tracing::warn!(%error, "the folder of the profiles cannot be listed");
        Vec::new()
    });
    let named = configured.loaded.config.profiles.keys().cloned();
    let mut known: BTreeSet<Profile> = named.chain(used).chain([configured.profile.clone()]).collect();
    known.remove(&Profile::demo());
    known
}

/// A profile as it is listed.
#[derive(Clone)]
struct Row {
    profile: Profile,
    active: bool,
    account: Option<Account>,
    standing: Option<Standing>,
    /// Why one of these is not known.
    problem: Option<Problem>,
}

const COLUMNS: &[Column<Row>] = &[
    column("", Cells::Whole(1), |row, _| {
        Text::new(if row.active { "*" } else { "" })
    }),
    column("profile", Cells::Whole(7), |row, _| Text::new(row.profile.as_str())),
    column("signed in", Cells::Cut, |row, _| match (&row.standing, &row.problem) {
        (Some(standing), _) if standing.address.is_empty() => standing.name.clone(),
        (Some(standing), _) => standing.address.clone(),
        (None, Some(problem)) => Text::new(&format!("unknown: {}", problem.what)),
        (None, None) => Text::new("nobody"),
    }),
    column("cloud", Cells::Whole(6), |row, _| {
        Text::new(row.account.as_ref().map_or("", |account| account.cloud.name()))
    }),
    column("tenant", Cells::Cut, |row, _| {
        Text::new(row.account.as_ref().map_or("", |account| &account.tenant))
    }),
    column("application", Cells::Cut, |row, _| {
        let client = row.account.as_ref().and_then(|account| account.client_id.as_deref());
        Text::new(client.unwrap_or("none"))
    }),
    column("kept in", Cells::Cut, |row, _| {
        row.standing
            .as_ref()
            .map(|standing| standing.kept.clone())
            .unwrap_or_default()
    }),
];

impl Row {
    /// Looks at a profile. What is wrong with it hides no other.
    async fn of(start: &Start, configured: &Configured, profile: Profile) -> Row {
        let active = profile == configured.profile;
        let (account, standing) = match start.any_session(configured, &profile) {
            Ok(session) => (Ok(session.account().clone()), session.status().await),
            Err(problem) => (Err(problem), Ok(None)),
        };
        Row {
            profile,
            active,
            problem: account.as_ref().err().or(standing.as_ref().err()).cloned(),
            account: account.ok(),
            standing: standing.ok().flatten(),
        }
    }

    fn facts(&self) -> Value {
        let (account, standing) = (self.account.as_ref(), self.standing.as_ref());
        json!({
            "profile": self.profile.as_str(),
            "active": self.active,
            "cloud": account.map(|account| account.cloud.name()),
            "graph_url": account.map(|account| &account.graph_url),
            "login_url": account.map(|account| &account.login_url),
            "tenant": account.map(|account| &account.tenant),
            "client_id": account.and_then(|account| account.client_id.as_ref()),
            "keep": account.map(|account| keep_name(account.keep)),
            "signed_in": match self.problem {
                Some(_) => None,
                None => Some(standing.is_some()),
            },
            "name": standing.map(|standing| standing.name.as_str()),
            "address": standing.map(|standing| standing.address.as_str()),
            "method": standing.and_then(|standing| standing.method).map(Method::name),
            "expires_at": standing.and_then(|standing| standing.expires_at).map(|at| at.to_string()),
            "renewable": standing.map(|standing| standing.renewable),
            "kept": standing.map(|standing| standing.kept.as_str()),
            "problem": self.problem.as_ref().map(ToString::to_string),
        })
    }
}

/// Lists the profiles: which is in use, who is signed in where, and where that is kept.
pub fn list(start: &Start, as_json: bool) -> Result<ExitCode, Stop> {
    let configured = start.configure()?;
    let _logging = start.log(&configured);
    run_async(async {
        let looks = known(&configured)
            .into_iter()
            .map(|profile| Row::of(start, &configured, profile));
        // All at once: a keyring that hangs costs each a second.
        let rows = futures_util::future::join_all(looks).await;
        match as_json {
            true => output::print_json(&Value::Array(rows.iter().map(Row::facts).collect()).to_string()),
            false => {
                let screen = Screen::of(&start.environment);
                output::print_table(screen, &configured.loaded.config.time, COLUMNS, &rows)
            }
        }
    })
}

/// Switches to a profile that is known.
pub fn switch(start: &Start, name: &Profile, as_json: bool) -> Result<ExitCode, Stop> {
    // What was switched to before may be unreadable: this is how to mend it.
    let paths = start.paths()?;
    let loaded = crate::config::load(&paths)?;
    let configured = Configured {
        paths,
        loaded,
        profile: Profile::default(),
    };
    let known = known(&configured);
    if !known.contains(name) {
        let names: Vec<&str> = known.iter().map(Profile::as_str).collect();
        let what = format!("There is no profile `{name}`.");
        let next = format!(
            "There is: {}. Write another into the config file, below [profiles.{name}].",
            names.join(", ")
        );
        return Err(Problem::new(ProblemKind::NotFound, &what, &next).into());
    }
    configured.paths.activate(name)?;
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
