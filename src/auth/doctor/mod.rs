//! What stands between this machine and a sign-in: checks in their order, each with what was found and what to do.

mod authority;
mod line;
mod sign_in;

use std::future::Future;
use std::time::Duration;

use url::Url;

use self::line::Line;
use super::vault::Vault;
use crate::domain::Text;
use crate::protocol::{Problem, ProblemKind};

/// How long one check may take.
const LIMIT: Duration = Duration::from_secs(10);

/// Why some checks say nothing.
const BY_COMMAND: &str = "A command of this machine gives the tokens.";

/// Why others do.
const OWN_TOKEN: &str = "This run has a token of its own.";

/// What is examined.
#[derive(Debug, Clone)]
pub struct Patient {
    /// The base URL of sign-in, such as `https://login.microsoftonline.com`.
    pub login: Url,
    /// Whether that was ever decided: whoever brings a token need not say where sign-in is.
    pub has_login: bool,
    /// The base URL of Graph.
    pub graph: Url,
    /// The tenant's id, domain, or `organizations`.
    pub tenant: String,
    /// The application's id, where one is set.
    pub client_id: Option<String>,
    /// A command of the person's own or the Azure CLI gives the tokens, so that no application is needed.
    pub by_command: bool,
    /// A variable that is to name a proxy and does not.
    pub odd_proxy: Option<&'static str>,
}

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// All is well.
    Pass,
    /// It works, but may not for long, or not for everything.
    Warn,
    /// It must be mended first; with the family of the problem.
    Fail(ProblemKind),
    /// It could not be looked at, because of a failure before it or because nothing is set.
    Skipped,
}

/// One check that was made.
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    /// Its name, such as `clock`. Scripts may rely on it.
    pub name: &'static str,
    /// How it ended.
    pub outcome: Outcome,
    /// What was found, one plain sentence.
    pub what: Text,
    /// What to do, empty where there is nothing to do.
    pub next: Text,
}

impl Check {
    /// A check with its result.
    pub fn new(name: &'static str, outcome: Outcome, what: &str, next: &str) -> Self {
        Check {
            name,
            outcome,
            what: Text::new(what),
            next: Text::new(next),
        }
    }

    /// All is well.
    pub fn pass(name: &'static str, what: &str) -> Self {
        Check::new(name, Outcome::Pass, what, "")
    }

    /// Whether it must be mended.
    pub fn is_failure(&self) -> bool {
        matches!(self.outcome, Outcome::Fail(_))
    }

    /// Not looked at, and why.
    pub fn skipped(name: &'static str, why: &str) -> Self {
        Check::new(name, Outcome::Skipped, why, "")
    }

    /// A failure, in the words of the problem, with its code and the id that administrators find it by.
    pub fn failed(name: &'static str, problem: &Problem) -> Self {
        let mut what = problem.what.to_string();
        let facts: Vec<&str> = [&problem.code, &problem.request_id]
            .into_iter()
            .flatten()
            .map(Text::as_str)
            .collect();
        if !facts.is_empty() {
            what.push_str(&format!(" [{}]", facts.join("; ")));
        }
        Check::new(name, Outcome::Fail(problem.kind), &what, problem.next.as_str())
    }
}

/// The first check that failed: what to mend first. Whatever comes after it may come of it.
pub fn first_to_mend(checks: &[Check]) -> Option<&Check> {
    checks.iter().find(|check| check.is_failure())
}

/// Makes every check in its order, and tells of each when it has been made. No check takes longer than some seconds,
/// and none fails the others.
pub async fn examine(patient: &Patient, vault: Option<&Vault>, tell: &mut (dyn FnMut(&Check) + Send)) -> Vec<Check> {
    let mut checks = Vec::new();
    let mut put = |check: Check| {
        tell(&check);
        checks.push(check);
    };
    let line = Line::new(patient);
    put(match patient.odd_proxy {
        Some(variable) => line::odd_proxy(variable),
        None => line.proxy(),
    });
    let login = match patient.has_login {
        true => within("dns-login", line.dns("dns-login", &patient.login)).await,
        false => Check::skipped("dns-login", OWN_TOKEN),
    };
    let graph = within("dns-graph", line.dns("dns-graph", &patient.graph)).await;
    let (has_login, has_graph) = (!login.is_failure(), !graph.is_failure());
    put(login);
    put(graph);
    let (check, metadata) = match patient.has_login {
        true => reach(&line, "connect-login", &authority::metadata_url(patient), has_login).await,
        false => (Check::skipped("connect-login", OWN_TOKEN), None),
    };
    put(check);
    let (check, graph) = reach(&line, "connect-graph", &patient.graph, has_graph).await;
    put(check);
    put(line::clock([metadata.as_ref(), graph.as_ref()].into_iter().flatten()));
    let (check, endpoints) = match patient.has_login {
        true => authority::metadata(patient, &line, metadata).await,
        false => (Check::skipped("tenant", OWN_TOKEN), None),
    };
    put(check);
    let needs_no_client = !patient.has_login || (vault.is_none() && patient.client_id.is_none());
    put(match patient.by_command {
        true => Check::skipped("client", BY_COMMAND),
        false if needs_no_client => Check::skipped("client", OWN_TOKEN),
        false => within("client", authority::client(patient, &line, endpoints.as_ref())).await,
    });
    match vault {
        Some(vault) => {
            for check in sign_in::checks(vault, patient.by_command).await {
                put(check);
            }
        }
        None => {
            for name in ["store", "sign-in", "permissions"] {
                put(Check::skipped(name, OWN_TOKEN));
            }
        }
    }
    checks
}

async fn reach(line: &Line, name: &'static str, url: &Url, has_address: bool) -> (Check, Option<line::Answer>) {
    match has_address {
        true => line.reach(name, url).await,
        false => (Check::skipped(name, "Its name was not found."), None),
    }
}

async fn within(name: &'static str, check: impl Future<Output = Check>) -> Check {
    tokio::time::timeout(LIMIT, check).await.unwrap_or_else(|_| {
        Check::new(
            name,
            Outcome::Fail(ProblemKind::Network),
            &format!("There was no answer within {} seconds.", LIMIT.as_secs()),
            "Check the network, the VPN and the proxy.",
        )
    })
}

#[cfg(test)]
mod tests;
