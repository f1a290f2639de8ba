//! Asking before something is done that cannot be undone, and doing changes that are no mail.

use std::io::{self, IsTerminal, Write as _};

use serde_json::json;

use super::args::Change;
use super::computed::envelope;
use super::desk::Desk;
use super::exit::{Stop, say};
use super::output::escaped;
use super::signals::unless_called_off;
use crate::domain::{Id, Text};
use crate::graph::Write;
use crate::protocol::{Delivery, Problem, ProblemKind};

/// What is about to be changed.
pub struct Plan<'a> {
    /// What it does, before it is done and after: "delete" and "deleted".
    pub verb: [&'static str; 2],
    /// What it is done to, as in "the thread “…” of “…”".
    pub to: String,
    /// The request that does it.
    pub request: Write,
    /// What must be typed to go on, where it cannot be undone.
    pub typed: Option<&'a Text>,
    /// The command that tells whether it has happened, where the line broke.
    pub look: String,
}

/// Does what was planned, unless it is only to be told, is forbidden, or the person thinks better of it.
///
/// # Errors
/// `Usage` with `--read-only`, and where nobody is there to confirm; `General` where it was not confirmed; and whatever
/// Graph or the network did.
pub async fn carry_out(desk: &Desk, args: &Change, plan: Plan<'_>) -> Result<(), Stop> {
    let told = Told::of(&plan)?;
    if args.dry_run {
        return desk.out.print(&match args.json {
            true => told.json("planned"),
            false => told.words(),
        });
    }
    desk.may_write()?;
    if let Some(typed) = plan.typed.filter(|_| !args.yes) {
        ask(&told.what, typed.clone()).await?;
    }
    let ended = unless_called_off(desk.client.send(plan.request)).await;
    let outcome = match &ended {
        Ok(Delivery::Accepted { .. }) => "done",
        Ok(Delivery::NotSent(problem)) => return Err(problem.clone().into()),
        Ok(Delivery::Unknown(_)) | Err(_) => "unknown",
    };
    if args.json {
        desk.out.print(&told.json(outcome))?;
    }
    let look = format!("Whether it has happened is not known. Look first: `{}`", plan.look);
    match ended {
        Ok(Delivery::Unknown(problem)) => Err(Stop::unsettled(problem.not_to_be_tried_again(), vec![look])),
        Err(code) => Err(Stop::CalledOff(code, vec![look])),
        Ok(_) => {
            if !args.json {
                say(&told.done);
            }
            Ok(())
        }
    }
}

/// What is told of a change: what it does, the line of its request, and its JSON.
struct Told {
    what: String,
    done: String,
    line: String,
    body: Option<String>,
}

impl Told {
    fn of(plan: &Plan<'_>) -> Result<Self, Problem> {
        Ok(Told {
            what: format!("{} {}", plan.verb[0], plan.to),
            done: format!("{}: {}", plan.verb[1], plan.to),
            line: plan.request.line()?,
            body: plan.request.carries().map(|json| json.get().to_owned()),
        })
    }

    fn words(&self) -> String {
        let mut words = format!("would {}\n{}\n", self.what, self.line);
        if let Some(body) = &self.body {
            words.push_str(&format!("{}\n", escaped(body)));
        }
        words
    }

    fn json(&self, outcome: &str) -> String {
        let head = [
            ("outcome", json!(outcome).to_string()),
            ("what", json!(self.what).to_string()),
            ("request", json!(self.line).to_string()),
            ("body", self.body.clone().unwrap_or_else(|| "null".to_owned())),
        ];
        let json = envelope("change", &head) + "}";
        format!("{}\n", escaped(&json))
    }
}

/// A command with ids in it, as a shell takes it: ids are Graph's words, and any may be in them.
pub fn command(words: &str, ids: &[&Id]) -> String {
    let ids = ids.iter().map(|id| format!(" {}", quoted(id)));
    format!("folkmoot {words}{}", ids.collect::<String>())
}

/// An id as a shell takes it.
pub fn quoted(id: &Id) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "+/-_=.@".contains(c);
    let id = id.as_str();
    match !id.is_empty() && id.chars().all(is_plain) {
        true => id.to_owned(),
        false => format!("'{}'", id.replace('\'', r"'\''")),
    }
}

/// Has the person type what it is about.
async fn ask(what: &str, typed: Text) -> Result<(), Stop> {
    somebody_is_here()?;
    say(&format!("This will {what}, for ever: Graph has no undo."));
    if is_confirmed(&answer(&format!("Type “{typed}” to go on: ")).await?, &typed) {
        return Ok(());
    }
    Err(Problem::new(ProblemKind::General, "That is something else: nothing was changed.", "").into())
}

/// Refuses to ask where nobody can answer.
///
/// # Errors
/// `Usage` where there is no terminal.
pub fn somebody_is_here() -> Result<(), Problem> {
    if is_watched() {
        return Ok(());
    }
    Err(Problem::new(
        ProblemKind::Usage,
        "This asks before it goes on, and nobody is at a terminal to answer.",
        "Give --yes to do it without a question, or --dry-run to see what it would do.",
    ))
}

/// Whether somebody is there who can read and answer.
pub fn is_watched() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Asks a question to which anything but yes is no.
///
/// # Errors
/// What reading says.
pub async fn agrees(question: &str) -> Result<bool, Stop> {
    let answer = answer(&format!("{question} [y/N] ")).await?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
}

/// What the person types.
async fn answer(question: &str) -> Result<String, Stop> {
    let _ = write!(io::stderr(), "{question}");
    let answer = tokio::task::spawn_blocking(|| {
        let mut line = String::new();
        io::stdin().read_line(&mut line).map(|_| line)
    });
    match answer.await {
        Ok(answer) => Ok(answer?),
        Err(_) => Ok(String::new()),
    }
}

/// Whether the answer is what was to be typed: white space and the case of letters do not count.
fn is_confirmed(answer: &str, typed: &Text) -> bool {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    !typed.is_empty() && plain(Text::new(answer).as_str()) == plain(typed.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_id_means_anything_to_a_shell() {
        let ids = ["AAQk+/-_=", "$(id)", "it's; ls", ""].map(Id::new);
        assert_eq!(
            command("thread show", &ids.each_ref()),
            r"folkmoot thread show AAQk+/-_= '$(id)' 'it'\''s; ls' ''"
        );
    }

    #[test]
    fn only_the_whole_name_confirms() {
        let typed = Text::new("Glow 2:  Dämmerung 夕暮れ");
        for (answer, confirmed) in [
            ("glow 2: dämmerung 夕暮れ\n", true),
            ("  Glow 2: Dämmerung   夕暮れ \r\n", true),
            ("Glow 2", false),
            ("y", false),
            ("", false),
            ("\n", false),
        ] {
            assert_eq!(is_confirmed(answer, &typed), confirmed, "{answer:?}");
        }
        assert!(!is_confirmed("\n", &Text::default()), "nothing confirms nothing");
    }
}
