//! `folkmoot auth doctor`

use std::process::ExitCode;

use serde_json::{Value, json};
use url::Url;

use super::super::args::Facts;
use super::super::exit::{self, Stop};
use super::super::output;
use super::super::signals;
use super::super::start::{Configured, Connection, Start};
use crate::auth::doctor::{Check, Outcome, Patient, examine, first_to_mend};
use crate::auth::vault::Vault;
use crate::config::Account;
use crate::domain::Person;
use crate::graph::{Client, Urgency, people};
use crate::protocol::{Problem, ProblemKind};
use crate::text::{cells, pad};

/// Examines the way to a sign-in and to Graph. The exit code is of the first check that failed.
///
/// # Errors
/// Where the configuration is wrong, or the output cannot be written.
pub fn run(start: &Start, args: &Facts) -> Result<ExitCode, Stop> {
    let configured = start.configure()?;
    let connection = start.connect(&configured);
    let demo = connection.as_ref().ok().and_then(|connection| connection.demo.as_ref());
    let (patient, account) = match demo {
        Some(tenant) => {
            let patient = Patient {
                login: address(tenant.authority_url())?,
                has_login: true,
                graph: address(tenant.graph_url())?,
                tenant: tenant.tenant_id(),
                client_id: Some(tenant.client_id().to_owned()),
                by_command: false,
                odd_proxy: None,
            };
            (patient, None)
        }
        None => {
            let account = start.account(&configured)?;
            let given = configured
                .loaded
                .joined(&configured.profile, &start.flags, &start.environment);
            let patient = Patient {
                login: address(&account.login_url)?,
                has_login: !start.has_no_login(&given),
                graph: address(&account.graph_url)?,
                tenant: account.tenant.clone(),
                client_id: account.client_id.clone(),
                by_command: match account.method {
                    Some(method) => method.is_command(),
                    None => account.token_command.is_some(),
                },
                odd_proxy: start.environment.surroundings.odd_proxy,
            };
            (patient, Some(account))
        }
    };
    let _logging = start.log(&configured);
    let runtime = signals::runtime()?;
    let own_token = start.environment.access_token.is_some();
    let ended = runtime.block_on(async {
        tokio::select! {
            checks = check(&configured, &patient, account.filter(|_| !own_token), &connection, args.json) => report(&checks?, args.json),
            Ok(()) = tokio::signal::ctrl_c() => Ok(exit::interrupted()),
        }
    });
    // A look-up of a name that takes long is not waited for.
    runtime.shutdown_background();
    ended
}

fn address(url: &str) -> Result<Url, Problem> {
    Url::parse(url).map_err(|_| {
        Problem::new(
            ProblemKind::Config,
            "An address of the profile is not a URL.",
            "Correct its `login_url` and `graph_url`.",
        )
    })
}

async fn check(
    configured: &Configured,
    patient: &Patient,
    account: Option<Account>,
    connection: &Result<Connection, Stop>,
    quiet: bool,
) -> Result<Vec<Check>, Stop> {
    let vault = match account {
        Some(account) => {
            let folder = configured.paths.profile(&configured.profile);
            Some(Vault::open(account.keep, folder, configured.profile.as_str()).await)
        }
        None => None,
    };
    // A broken pipe shows when the last line is written.
    let mut tell = |check: &Check| {
        if !quiet {
            let _ = output::print(&in_words(check));
        }
    };
    let mut checks = examine(patient, vault.as_ref(), &mut tell).await;
    // What the sign-in lacks is said above.
    let graph = match checks
        .iter()
        .find(|check| check.name == "sign-in" && check.is_failure())
    {
        Some(sign_in) => Check::skipped("graph", sign_in.what.as_str()),
        None => graph(connection).await,
    };
    tell(&graph);
    checks.push(graph);
    Ok(checks)
}

/// One call of Graph, with the token that commands would use.
async fn graph(connection: &Result<Connection, Stop>) -> Check {
    const NAME: &str = "graph";
    let Ok(connection) = connection else {
        return Check::skipped(NAME, "There is no token to ask Graph with.");
    };
    let asked = async {
        let client = Client::new(connection.endpoint.clone(), connection.tokens.clone(), |_| {})?;
        client.one::<Person>(people::me(), Urgency::Person).await
    };
    match asked.await {
        Ok(person) => Check::pass(NAME, &format!("Graph knows you as {}.", person.shown())),
        Err(problem) => Check::failed(NAME, &problem),
    }
}

fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Pass => "pass",
        Outcome::Warn => "warn",
        Outcome::Fail(_) => "fail",
        Outcome::Skipped => "skipped",
    }
}

fn in_words(check: &Check) -> String {
    let begin = format!("{} {} ", pad(word(check.outcome), 7), pad(check.name, 14));
    let mut lines = format!("{begin}{}\n", check.what);
    if !check.next.is_empty() {
        lines.push_str(&format!("{}{}\n", " ".repeat(cells(&begin)), check.next));
    }
    lines
}

fn report(checks: &[Check], as_json: bool) -> Result<ExitCode, Stop> {
    let first = first_to_mend(checks);
    if as_json {
        let all: Vec<Value> = checks
            .iter()
            .map(|check| {
                json!({
                    "name": check.name,
                    "outcome": word(check.outcome),
                    "what": check.what.as_str(),
                    "next": check.next.as_str(),
                })
            })
            .collect();
        let report = json!({"checks": all, "mend_first": first.map(|check| check.name)});
        output::print_json(&report.to_string())?;
    } else {
        let warned: Vec<&str> = checks
            .iter()
            .filter(|check| check.outcome == Outcome::Warn)
            .map(|check| check.name)
            .collect();
        output::print(&match first {
            Some(check) => format!("\nMend first: {}. {} {}\n", check.name, check.what, check.next),
            None => match warned.as_slice() {
                [] => "\nNothing needs mending.\n".to_owned(),
                some => format!("\nNothing must be mended. Worth a look: {}.\n", some.join(", ")),
            },
        })?;
    }
    Ok(match first.map(|check| check.outcome) {
        Some(Outcome::Fail(kind)) => exit::ending(kind),
        _ => ExitCode::SUCCESS,
    })
}
