//! Tokens from a command: one of the person's own, or the Azure CLI. Dropping it ends the command.

#[cfg(test)]
mod tests;

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp, civil, tz::TimeZone};
use secrecy::SecretString;
use serde::Deserialize;
use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::process::{Child, Command};
use tokio::time::timeout;
use zeroize::Zeroizing;

use super::codes::own_words;
use super::grant::end;
use super::static_token::is_bearer_token;
use crate::protocol::{Problem, ProblemKind};

/// How long a command may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// How much of what it prints is read. Tokens are below 10 KB.
const LONGEST_OUTPUT: u64 = 256 * 1024;
/// How many lines of its complaint are shown.
const COMPLAINT: usize = 3;
/// Words of Entra's for no tenant in particular, which the Azure CLI does not know.
const NO_TENANT: [&str; 3] = ["organizations", "common", "consumers"];

/// A token that a command printed, and its end.
pub(super) struct Printed {
    pub token: SecretString,
    pub expires_at: Timestamp,
}

/// Runs the person's own command in the shell.
pub(super) async fn token_command(line: &str) -> Result<Printed, Problem> {
    let mut command = if cfg!(windows) {
        Command::new("cmd")
    } else {
        Command::new("sh")
    };
    command.arg(if cfg!(windows) { "/C" } else { "-c" }).arg(line);
    run(command, "The token command").await
}

/// Asks the Azure CLI for a token for `resource`, such as `https://graph.microsoft.com`
/// (<https://learn.microsoft.com/cli/azure/account#az-account-get-access-token>).
pub(super) async fn azure_cli(az: &Path, resource: &str, tenant: &str) -> Result<Printed, Problem> {
    let mut command = Command::new(az);
    command.args([
        "account",
        "get-access-token",
        "--output",
        "json",
        "--resource",
        resource,
    ]);
    if !NO_TENANT.contains(&tenant) {
        command.args(["--tenant", tenant]);
    }
    run(command, "The Azure CLI").await
}

async fn run(mut command: Command, name: &str) -> Result<Printed, Problem> {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    // A group of its own, so that what the shell has started ends with it.
    #[cfg(unix)]
    command.process_group(0);
    let mut running = match command.spawn() {
        Ok(child) => Running(child),
        Err(error) => {
            let what = format!("{name} could not be started: {error}.");
            return Err(failed(&what, "Check that it is installed and on the PATH."));
        }
    };
    let (stdout, stderr) = (running.0.stdout.take(), running.0.stderr.take());
    let finished = timeout(PATIENCE, async {
        let (printed, complaint, status) = tokio::join!(read(stdout), read(stderr), running.0.wait());
        (printed, complaint, status)
    });
    let Ok((printed, complaint, status)) = finished.await else {
        return Err(failed(
            &format!("{name} printed no token within {} seconds.", PATIENCE.as_secs()),
            "Try it in a terminal: it may wait for an answer, which nobody can give it here.",
        ));
    };
    let is_good = status.is_ok_and(|status| status.success());
    if !is_good {
        return Err(complain(name, &complaint));
    }
    parse(&printed, Timestamp::now()).ok_or_else(|| {
        failed(
            &format!("{name} printed no access token."),
            "It must print the bare token, or JSON with `accessToken` and `expiresOn`, and nothing else.",
        )
    })
}

/// A running command; with it ends what it has started.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // Where it has ended already and has been waited for, there is no id any more.
        #[cfg(unix)]
        if let Some(group) = self
            .0
            .id()
            .and_then(|id| i32::try_from(id).ok())
            .and_then(rustix::process::Pid::from_raw)
        {
            // There is nothing to do about a failure here: `kill_on_drop` still ends the command itself.
            let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
        }
    }
}

/// Reads what is printed, up to a bound; the rest is thrown away, so that the command can end.
async fn read(from: Option<impl AsyncRead + Unpin>) -> Zeroizing<Vec<u8>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(16 * 1024));
    if let Some(from) = from {
        let mut from = from.take(LONGEST_OUTPUT);
        // What breaks off is no token, or no reason: that is told then.
        let _ = from.read_to_end(&mut bytes).await;
        let _ = tokio::io::copy(&mut from.into_inner(), &mut tokio::io::sink()).await;
    }
    bytes
}

fn complain(name: &str, complaint: &[u8]) -> Problem {
    let complaint = String::from_utf8_lossy(complaint);
    if complaint.contains("az login") {
        return failed(
            "The Azure CLI is not signed in, or not to this tenant.",
            "Run `az login`, with `--tenant` where you have several, and try again.",
        );
    }
    let lines: Vec<&str> = complaint
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .take(COMPLAINT)
        .collect();
    let own = own_words(&lines.join(" "));
    let what = if own.is_empty() {
        format!("{name} failed and did not say why.")
    } else {
        format!("{name} failed. It says: “{own}”")
    };
    failed(&what, "Try it in a terminal.")
}

fn failed(what: &str, next: &str) -> Problem {
    Problem::new(ProblemKind::SignIn, what, next)
}

/// The JSON of the Azure CLI and of what imitates it.
#[derive(Deserialize)]
struct Document {
    #[serde(alias = "accessToken", alias = "token")]
    access_token: String,
    /// Seconds since 1970, or a time.
    expires_on: Option<Moment>,
    /// A time without a zone is local.
    #[serde(rename = "expiresOn")]
    expires_on_local: Option<Moment>,
    /// Seconds from now.
    expires_in: Option<Moment>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Moment {
    Number(i64),
    Words(String),
}

impl Moment {
    fn number(&self) -> Option<i64> {
        match self {
            Moment::Number(number) => Some(*number),
            Moment::Words(words) => words.parse().ok(),
        }
    }

    fn time(&self) -> Option<Timestamp> {
        if let Some(second) = self.number() {
            return Timestamp::from_second(second).ok();
        }
        let Moment::Words(words) = self else { return None };
        words.parse().ok().or_else(|| {
            let local: civil::DateTime = words.parse().ok()?;
            Some(local.to_zoned(TimeZone::system()).ok()?.timestamp())
        })
    }
}

fn parse(printed: &[u8], now: Timestamp) -> Option<Printed> {
    let text = std::str::from_utf8(printed).ok()?.trim();
    let (token, expires_at) = match serde_json::from_str::<Document>(text) {
        Err(_) => (text.to_owned(), None),
        Ok(document) => {
            let time = |moment: Option<&Moment>| moment.and_then(Moment::time);
            let expires_at = time(document.expires_on.as_ref())
                .or_else(|| time(document.expires_on_local.as_ref()))
                .or_else(|| {
                    let seconds = document.expires_in.as_ref()?.number()?;
                    now.checked_add(SignedDuration::from_secs(seconds)).ok()
                });
            (document.access_token, expires_at)
        }
    };
    is_bearer_token(&token).then(|| Printed {
        expires_at: expires_at.unwrap_or_else(|| end(None, &token, now)),
        token: SecretString::from(token),
    })
}
