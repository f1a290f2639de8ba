//! Asking before something is done that cannot be undone, and doing changes that are no mail.

use std::io::{self, IsTerminal, Write};

use super::args::Change;
use super::computed::envelope;
use super::exit::{Stop, say};
use super::output::escaped;
use super::session::Desk;
use crate::domain::Text;
use crate::protocol::{Delivery, Problem, ProblemKind};

/// What is about to be changed.
pub struct Plan<'a> {
    /// What it does, as in "delete the thread “…” of “…”".
    pub what: String,
    /// The request: the method, and the path with the ids in it.
    pub request: String,
    /// What must be typed to go on, where it cannot be undone.
    pub typed: Option<&'a Text>,
    /// How one finds out whether it has happened, where the line broke.
    pub look: String,
}

/// Does what was planned, unless it is only to be told, is forbidden, or the person thinks better of it.
///
/// # Errors
/// `Usage` with `--read-only`, and where nobody is there to confirm; `General` where it was not confirmed; and whatever
/// Graph or the network did.
pub async fn carry_out(
    desk: &Desk,
    args: &Change,
    plan: Plan<'_>,
    change: impl Future<Output = Delivery>,
) -> Result<(), Stop> {
    if args.dry_run {
        return tell(desk, args, &plan, "planned");
    }
    desk.may_write()?;
    if let Some(typed) = plan.typed.filter(|_| !args.yes) {
        ask(&plan.what, typed.clone()).await?;
    }
    match change.await {
        Delivery::Accepted { .. } => tell(desk, args, &plan, "done"),
        Delivery::NotSent(problem) => Err(problem.into()),
        Delivery::Unknown(problem) => {
            let lines = vec![format!("Whether it has happened is not known; `{}` tells.", plan.look)];
            Err(Stop::with_lines(problem, lines))
        }
    }
}

fn tell(desk: &Desk, args: &Change, plan: &Plan<'_>, outcome: &str) -> Result<(), Stop> {
    if args.json {
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        let head = [
            ("outcome", quoted(outcome)),
            ("what", quoted(&plan.what)),
            ("request", quoted(&plan.request)),
        ];
        let json = envelope("change", &head) + "}";
        return desk.out.print(&format!("{}\n", escaped(&json)));
    }
    if args.dry_run {
        // Ids are Graph's words, too.
        let request = Text::new(&plan.request);
        return desk.out.print(&format!("would {}\n{request}\n", plan.what));
    }
    say(&format!("done: {}", plan.what));
    Ok(())
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
