//! The steps of a sign-in, told to a person or as lines of JSON.

use std::io::{self, IsTerminal, Write};
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::cli::exit::{Stop, say};
use crate::cli::output::{self, Screen};
use crate::config::Environment;
use crate::domain::Text;
use crate::protocol::{SignInStep, called};
use crate::text::wrap;

/// Tells the steps, and draws a line below them while something is waited for. Dropping it wipes that line out.
pub struct Teller {
    as_json: bool,
    /// A person watches a terminal that understands escape sequences.
    drawn: bool,
    /// The cells of a line.
    width: usize,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    waiting: Option<Waiting>,
    /// Bytes of the line that is being typed.
    typed: usize,
    /// What writing to stdout said.
    failed: Option<Stop>,
}

/// What is waited for.
#[derive(Clone, Copy)]
enum Waiting {
    /// A code is typed somewhere, until then.
    Code(Timestamp),
    /// The browser comes back.
    Browser,
}

impl Teller {
    pub fn new(environment: &Environment, as_json: bool) -> Self {
        Teller {
            as_json,
            drawn: io::stderr().is_terminal() && !environment.dumb_terminal && !as_json,
            width: Screen::of(environment).page,
            state: Mutex::default(),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells a step.
    pub fn tell(&self, step: &SignInStep) {
        self.wipe();
        let mut state = self.state();
        state.waiting = match step {
            SignInStep::DeviceCode { expires_at, .. } => Some(Waiting::Code(*expires_at)),
            SignInStep::OpenUrl { .. } => Some(Waiting::Browser),
            SignInStep::Rejected(_) => state.waiting,
            _ => None,
        };
        if self.as_json {
            if let Err(stop) = output::print_json(&event(step).to_string()) {
                state.failed = Some(stop);
            }
        } else {
            for line in words(step, self.width) {
                say(&line);
            }
        }
        drop(state);
        self.draw();
    }

    /// So many bytes of a line are typed.
    pub fn typed(&self, bytes: usize) {
        self.state().typed = bytes;
        self.draw();
    }

    /// Draws what is waited for, anew.
    pub fn draw(&self) {
        let state = self.state();
        let line = match (state.typed, state.waiting) {
            _ if !self.drawn => return,
            (0, None) => return,
            (0, Some(Waiting::Browser)) => "Waiting for the browser; ^C cancels".to_owned(),
            (0, Some(Waiting::Code(ends))) => {
                let left = ends.duration_since(Timestamp::now()).as_secs().max(0);
                format!("{}:{:02} left; ^C cancels", left / 60, left % 60)
            }
            (1, _) => "1 character; Enter sends it".to_owned(),
            (typed, _) => format!("{typed} characters; Enter sends them"),
        };
        // That stderr is closed is nothing that could be told.
        let _ = write!(io::stderr(), "\r\u{1b}[K{line}");
    }

    fn wipe(&self) {
        if self.drawn {
            let _ = write!(io::stderr(), "\r\u{1b}[K");
        }
    }

    /// Whether everything could be written.
    ///
    /// # Errors
    /// What writing said.
    pub fn written(&self) -> Result<(), Stop> {
        self.state().failed.take().map_or(Ok(()), Err)
    }
}

impl Drop for Teller {
    fn drop(&mut self) {
        self.wipe();
    }
}

/// A step as JSON. It holds no token.
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

/// A step for a person, whose terminal is so wide. Link, code and command stand whole on lines of their own, to be
/// copied.
fn words(step: &SignInStep, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut sentence = |words: &str| lines.extend(wrap(words, width));
    match step {
        SignInStep::Trying { method, why } => sentence(&format!("Signing in with {}. {why}", method.in_words())),
        SignInStep::OpenUrl { url, opened, tunnel } => {
            sentence(match opened {
                true => "A browser opens this page; if it does not, open it yourself:",
                false => "Open this page in a browser:",
            });
            lines.extend([String::new(), Text::new(url).to_string(), String::new()]);
            if let Some(tunnel) = tunnel {
                let first = "That browser is on another machine? Run this there first, and leave it running:";
                lines.extend(wrap(first, width));
                lines.extend([String::new(), tunnel.to_string(), String::new()]);
            }
            if !opened {
                let paste = "Or paste here the address that the browser ends on, even if it shows no page.";
                lines.extend(wrap(paste, width));
            }
        }
        SignInStep::DeviceCode {
            user_code,
            verification_uri,
            ..
        } => {
            sentence("On any device, open this page:");
            lines.extend([String::new(), verification_uri.to_string(), String::new()]);
            lines.extend(wrap("and type this code:", width));
            lines.extend([String::new(), user_code.to_string(), String::new()]);
        }
        SignInStep::FellBack { from, why, .. } => {
            sentence(&format!("It does not work with {}: {why}", from.in_words()))
        }
        SignInStep::SignedIn {
            name,
            address,
            kept,
            notice,
        } => {
            let who = called(name, address);
            sentence(&format!("Signed in as {who}. The sign-in is kept in {kept}."));
            if let Some(notice) = notice {
                sentence(&format!("note: {notice}"));
            }
        }
        SignInStep::Rejected(problem) => sentence(&problem.to_string()),
        // The command ends with it, and says so.
        SignInStep::Failed(_) => {}
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::cells;

    #[test]
    fn sentences_fit_the_terminal_and_what_is_to_be_copied_stays_whole() {
        let url = format!("https://login.example/authorize?{}", "x".repeat(200));
        let tunnel = "ssh -L 41234:localhost:41234 -p 2222 sakura@build7.example";
        let page = SignInStep::OpenUrl {
            url: url.clone(),
            opened: false,
            tunnel: Some(Text::new(tunnel)),
        };
        let lines = words(&page, 40);
        assert!(
            lines.contains(&url) && lines.iter().any(|line| line == tunnel),
            "{lines:?}"
        );
        let sentences = lines.iter().filter(|line| **line != url && *line != tunnel);
        assert!(sentences.map(|line| cells(line)).max() <= Some(40), "{lines:?}");

        let code = SignInStep::DeviceCode {
            user_code: Text::new("ABC-山\u{1b}[2J"),
            verification_uri: Text::new("https://login.example/device"),
            expires_at: Timestamp::UNIX_EPOCH,
        };
        let lines = words(&code, 20);
        for whole in ["https://login.example/device", "ABC-山"] {
            assert!(lines.iter().any(|line| line == whole), "{lines:?}");
        }
    }
}
