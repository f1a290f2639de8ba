//! `folkmoot auth status`, `logout` and `token`.

use std::process::ExitCode;

use secrecy::ExposeSecret;
use serde_json::{Value, json};

use super::profiles;
use crate::cli::exit::{Stop, say};
use crate::cli::output::{self, Times};
use crate::cli::signals::run_async;
use crate::cli::start::Start;
use crate::config::Profile;
use crate::protocol::{Method, Problem, ProblemKind, Standing, called};
use crate::store;

/// Says who is signed in.
pub fn status(start: &Start, as_json: bool) -> Result<ExitCode, Stop> {
    let configured = start.configure()?;
    if let Some(what) = let_in_anyway(start) {
        if as_json {
            let facts = json!({"signed_in": true, "profile": configured.profile.as_str(), "notice": what});
            output::print_json(&facts.to_string())?;
        } else {
            output::print(&format!("{what}\n"))?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    let session = start.session(&configured, &configured.profile)?;
    let _logging = start.log(&configured);
    let times = Times::new(&configured.loaded.config.time, false);
    run_async(async {
        let standing = session.status().await?;
        if as_json {
            output::print_json(&facts(&configured.profile, standing.as_ref()).to_string())?;
        } else if let Some(standing) = &standing {
            output::print(&words(&configured.profile, standing, &times))?;
        }
        standing.map(drop).ok_or_else(|| nobody(&configured.profile).into())
    })
}

/// Where nobody needs to sign in, why.
fn let_in_anyway(start: &Start) -> Option<&'static str> {
    if start.global.demo {
        Some("The demo lets everybody in: it needs no sign-in.")
    } else if start.environment.access_token.is_some() {
        Some("FOLKMOOT_ACCESS_TOKEN is used; whose token it is, only Graph knows.")
    } else {
        None
    }
}

fn nobody(profile: &Profile) -> Problem {
    let what = format!("Nobody is signed in to the profile `{profile}`.");
    let next = format!("Sign in with `folkmoot auth login --profile {profile}`.");
    Problem::new(ProblemKind::SignIn, &what, &next)
}

/// A sign-in as JSON.
pub(super) fn facts(profile: &Profile, standing: Option<&Standing>) -> Value {
    let Some(standing) = standing else {
        return json!({"signed_in": false, "profile": profile.as_str()});
    };
    json!({
        "signed_in": true,
        "profile": profile.as_str(),
        "name": standing.name.as_str(),
        "address": standing.address.as_str(),
        "tenant": standing.tenant.as_str(),
        "graph_url": standing.graph_url.as_str(),
        "method": standing.method.map(Method::name),
        "kept": standing.kept.as_str(),
        "notice": standing.notice.as_ref().map(|notice| notice.as_str()),
        "expires_at": standing.expires_at.map(|at| at.to_string()),
        "renewable": standing.renewable,
        "scopes": standing.scopes,
    })
}

fn words(profile: &Profile, standing: &Standing, times: &Times) -> String {
    let ends = standing.expires_at.map_or("at a time nobody knows".to_owned(), |at| {
        times.write(Some(at)).to_string()
    });
    let then = match standing.renewable {
        true => "and is renewed by itself",
        false => "and cannot be renewed",
    };
    let mut text = format!(
        "{}\nprofile  {profile}\ntenant   {}\ngraph    {}\nby       {}\ntoken    ends {ends} {then}\nkept     {}\nscopes   {}\n",
        called(&standing.name, &standing.address),
        standing.tenant,
        standing.graph_url,
        standing.method.map_or("a token got elsewhere", Method::name),
        standing.kept,
        crate::domain::Text::new(&standing.scopes.join(" ")),
    );
    if let Some(notice) = &standing.notice {
        text.push_str(&format!("note     {notice}\n"));
    }
    text
}

/// Signs out of the profile in use, or of all. Other profiles stay as they are.
pub fn logout(start: &Start, all: bool, as_json: bool) -> Result<ExitCode, Stop> {
    refuse_demo(start)?;
    let configured = start.configure()?;
    let profiles = match all {
        true => profiles::known(&configured).into_iter().collect(),
        false => vec![configured.profile.clone()],
    };
    let _logging = start.log(&configured);
    run_async(async {
        let mut rows = Vec::new();
        let mut failed = None;
        for profile in profiles {
            // Of whatever account: tokens are to go where the settings are wrong, too.
            let kept = configured.paths.profile(&profile);
            let removed = || store::clear(&kept).map_err(|error| error.problem());
            let signed_out = start.vault(&configured, &profile).await.sign_out().await;
            // What the account has read goes with its tokens.
            let signed_out = match signed_out.and_then(|signed_out| removed().map(|_| signed_out)) {
                Ok(signed_out) => signed_out,
                // The others are to end all the same.
                Err(problem) => {
                    if all {
                        say(&format!("{profile}: {problem}"));
                    }
                    rows.push(
                        json!({"profile": profile.as_str(), "signed_out": false, "problem": problem.to_string()}),
                    );
                    failed = Some(problem);
                    continue;
                }
            };
            rows.push(json!({"profile": profile.as_str(), "signed_out": signed_out, "problem": null}));
            if !as_json {
                say(&match signed_out {
                    true => format!("Signed out of {profile}."),
                    false => format!("Nobody was signed in to {profile}."),
                });
            }
        }
        if as_json {
            output::print_json(&Value::Array(rows).to_string())?;
        }
        failed.map_or(Ok(()), |problem| Err(problem.into()))
    })
}

/// Prints an access token for Graph, renewed where that is due: it was asked for.
pub fn token(start: &Start, as_json: bool) -> Result<ExitCode, Stop> {
    refuse_demo(start)?;
    let configured = start.configure()?;
    let tokens = start.connect(&configured)?.tokens;
    let _logging = start.log(&configured);
    run_async(async {
        let token = tokens.token().await?;
        let token = token.expose_secret();
        match as_json {
            true => output::print_json(&json!({"access_token": token}).to_string()),
            false => output::print(&format!("{token}\n")),
        }
    })
}

/// The demo has no sign-in.
pub(super) fn refuse_demo(start: &Start) -> Result<(), Problem> {
    match start.global.demo {
        false => Ok(()),
        true => Err(Problem::new(
            ProblemKind::Usage,
            "The demo lets everybody in: it needs no sign-in.",
            "Leave --demo out. `folkmoot demo serve` has an authority to sign in to.",
        )),
    }
}
