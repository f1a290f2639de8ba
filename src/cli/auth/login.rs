//! `folkmoot auth login`: each step told to a person, or as a line of JSON to a program.

use std::io::{self, BufRead, IsTerminal, Write};
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};
use tokio::sync::mpsc;

use super::standing::refuse_demo;
use crate::cli::args::Login;
use crate::cli::exit::{Stop, say};
use crate::cli::output;
use crate::cli::session::{Start, run_async};
use crate::config::is_scope;
use crate::domain::Text;
use crate::protocol::{Problem, ProblemKind, SignIn, SignInStep, called};

/// Signs in.
pub fn run(start: &Start, args: Login) -> Result<ExitCode, Stop> {
    if let Some(scope) = args.scopes.iter().find(|scope| !is_scope(scope)) {
        let what = format!("`{}` is no scope.", Text::new(scope));
        return Err(Problem::new(ProblemKind::Usage, &what, "Give each with a --scope of its own.").into());
    }
    refuse_demo(start)?;
    let settled = start.settle()?;
    let session = start.session(&settled, &settled.profile)?;
    let _logging = start.log(&settled);
    let ask = SignIn {
        method: args.method.0,
        scopes: args.scopes,
        claims: None,
    };
    let teller = Teller {
        as_json: args.json,
        drawn: io::stderr().is_terminal() && !start.environment.dumb_terminal && !args.json,
        state: Mutex::default(),
    };
    run_async(async {
        let (sender, pasted) = mpsc::unbounded_channel();
        // Kept until the end: that nothing is pasted is no sign of anything.
        let _sender = sender.clone();
        if io::stdin().is_terminal() {
            std::thread::spawn(move || listen(&sender));
        }
        let tell = |step: SignInStep| teller.tell(&step);
        let signing = session.sign_in(ask, pasted, &tell);
        tokio::pin!(signing);
        let mut seconds = tokio::time::interval(Duration::from_secs(1));
        let done = loop {
            tokio::select! {
                done = &mut signing => break done,
                _ = seconds.tick(), if teller.drawn => teller.count_down(),
            }
        };
        teller.clear();
        done?;
        teller.written()
    })
}

/// Hands on each line that is typed: the address that a browser elsewhere has ended on.
fn listen(sender: &mpsc::UnboundedSender<String>) {
    for line in io::stdin().lock().lines() {
        let Ok(line) = line else { return };
        if !line.trim().is_empty() && sender.send(line).is_err() {
            return;
        }
    }
}

/// Tells the steps.
struct Teller {
    as_json: bool,
    /// A person watches, so that a countdown may be drawn.
    drawn: bool,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// When the code on the screen ends.
    ends: Option<Timestamp>,
    /// What writing to stdout said.
    failed: Option<Stop>,
}

impl Teller {
    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tell(&self, step: &SignInStep) {
        self.clear();
        let mut state = self.state();
        state.ends = match step {
            SignInStep::DeviceCode { expires_at, .. } => Some(*expires_at),
            _ => None,
        };
        if self.as_json {
            if let Err(stop) = output::print_json(&event(step).to_string()) {
                state.failed = Some(stop);
            }
        } else {
            for line in words(step) {
                say(&line);
            }
        }
    }

    fn count_down(&self) {
        if let Some(ends) = self.state().ends {
            let left = ends.duration_since(Timestamp::now()).as_secs().max(0);
            // That stderr is closed is nothing that could be told.
            let _ = write!(
                io::stderr(),
                "\r\u{1b}[K  {}:{:02} left; ^C cancels",
                left / 60,
                left % 60
            );
        }
    }

    fn clear(&self) {
        if self.drawn && self.state().ends.take().is_some() {
            let _ = write!(io::stderr(), "\r\u{1b}[K");
        }
    }

    fn written(&self) -> Result<(), Stop> {
        self.state().failed.take().map_or(Ok(()), Err)
    }
}

/// A step as a line of JSON. It holds no token.
fn event(step: &SignInStep) -> Value {
    match step {
        SignInStep::Trying { method, why } => {
            json!({"event": "trying", "method": method.name(), "why": why.as_str()})
        }
        SignInStep::OpenUrl { url, opened, tunnel } => {
            json!({"event": "open_url", "url": url, "opened": opened, "tunnel": tunnel.as_ref().map(Text::as_str)})
        }
        SignInStep::DeviceCode {
            user_code,
            verification_uri,
            expires_at,
        } => json!({
            "event": "device_code",
            "user_code": user_code.as_str(),
            "verification_uri": verification_uri.as_str(),
            "expires_at": expires_at.to_string(),
        }),
        SignInStep::FellBack { from, to, why } => {
            json!({"event": "fell_back", "from": from.name(), "to": to.name(), "why": why.as_str()})
        }
        SignInStep::SignedIn {
            name,
            address,
            kept,
            notice,
        } => json!({
            "event": "signed_in",
            "name": name.as_str(),
            "address": address.as_str(),
            "kept": kept.as_str(),
            "notice": notice.as_ref().map(Text::as_str),
        }),
        SignInStep::Rejected(problem) => json!({
            "event": "rejected",
            "what": problem.what.as_str(),
            "next": problem.next.as_str(),
        }),
        SignInStep::Failed(problem) => json!({
            "event": "failed",
            "what": problem.what.as_str(),
            "next": problem.next.as_str(),
            "status": problem.status,
            "code": problem.code.as_ref().map(Text::as_str),
            "request_id": problem.request_id.as_ref().map(Text::as_str),
        }),
    }
}

/// A step for a person. Link and code stand on lines of their own, to be copied.
fn words(step: &SignInStep) -> Vec<String> {
    match step {
        SignInStep::Trying { method, why } => vec![format!("Signing in: {method}. {why}")],
        SignInStep::OpenUrl { url, opened, tunnel } => {
            let mut lines = vec![match opened {
                true => "A browser opens this page:".to_owned(),
                false => "Open this page in a browser:".to_owned(),
            }];
            lines.extend([String::new(), Text::new(url).to_string(), String::new()]);
            if let Some(tunnel) = tunnel {
                lines.push("If that browser is on another machine, run this there first:".to_owned());
                lines.extend([String::new(), tunnel.to_string(), String::new()]);
            }
            if !opened {
                lines.push("Or paste here the address that the browser ends on.".to_owned());
            }
            lines
        }
        SignInStep::DeviceCode {
            user_code,
            verification_uri,
            ..
        } => vec![
            "On any device, open this page and type the code:".to_owned(),
            String::new(),
            verification_uri.to_string(),
            user_code.to_string(),
            String::new(),
        ],
        SignInStep::FellBack { from, to, why } => vec![format!("{from} did not work, trying {to}. {why}")],
        SignInStep::SignedIn {
            name,
            address,
            kept,
            notice,
        } => {
            let mut lines = vec![format!("Signed in as {}. It is kept in {kept}.", called(name, address))];
            lines.extend(notice.as_ref().map(|notice| format!("note: {notice}")));
            lines
        }
        SignInStep::Rejected(problem) => vec![problem.to_string()],
        // The command ends with it, and says so.
        SignInStep::Failed(_) => Vec::new(),
    }
}
