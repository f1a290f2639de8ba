//! How a run ends: the one table of exit codes, and what is said when something went wrong.

use std::io::{self, Write};
use std::process::ExitCode;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::domain::Prose;
use crate::protocol::{Problem, ProblemKind};
use crate::text::time;

/// What scripts may rely on: the code, the family of problems it stands for, and what that means.
const CODES: &[(u8, Option<ProblemKind>, &str)] = &[
    (0, None, "it worked; also when whoever read the output stopped early"),
    (1, Some(ProblemKind::General), "it did not work, for no reason below"),
    (
        2,
        Some(ProblemKind::Usage),
        "the command makes no sense as typed, or a name fits several things",
    ),
    (
        3,
        Some(ProblemKind::SignIn),
        "not signed in, or the sign-in is no longer good",
    ),
    (4, Some(ProblemKind::Forbidden), "signed in, but not allowed"),
    (5, Some(ProblemKind::NotFound), "there is no such thing"),
    (
        6,
        Some(ProblemKind::Throttled),
        "too many requests; the message says until when to wait",
    ),
    (7, Some(ProblemKind::Network), "no connection, or it broke"),
    (
        8,
        Some(ProblemKind::Server),
        "the server failed, or its answer cannot be read",
    ),
    (
        UNSETTLED,
        None,
        "it may have been sent or done; the message says how to find out",
    ),
    (10, Some(ProblemKind::Config), "the configuration is wrong"),
    (INTERRUPTED, None, "interrupted with ^C"),
    (TERMINATED, None, "ended by a TERM signal"),
];

/// Something may have been sent or done, and may not.
const UNSETTLED: u8 = 9;

/// What a shell makes of SIGINT: 128 + 2.
pub const INTERRUPTED: u8 = 130;

/// The exit code of a run that a TERM has ended: what shells say of a process that dies of one.
pub const TERMINATED: u8 = 143;

/// The exit code of a family of problems.
fn code(kind: ProblemKind) -> u8 {
    let kind = match kind {
        ProblemKind::OtherAccount => ProblemKind::SignIn,
        kind => kind,
    };
    CODES
        .iter()
        .find(|(_, family, _)| *family == Some(kind))
        .map_or(1, |(code, ..)| *code)
}

/// The exit code of a run that has said by itself what went wrong.
pub fn ending(kind: ProblemKind) -> ExitCode {
    ExitCode::from(code(kind))
}

/// The exit code of a run that ^C ended.
pub fn interrupted() -> ExitCode {
    ExitCode::from(INTERRUPTED)
}

/// What stands above the exit codes.
pub const HEADING: &str = "Exit codes";

/// The table for `--help`.
pub fn help() -> String {
    let lines = codes().map(|(code, meaning)| format!("  {code:>3}  {meaning}\n"));
    format!("{HEADING}:\n{}", lines.collect::<String>())
}

/// Every exit code and what it means.
pub fn codes() -> impl Iterator<Item = (u8, &'static str)> {
    CODES.iter().map(|(code, _, meaning)| (*code, *meaning))
}

/// Why a command stopped before its end.
#[derive(Debug)]
pub enum Stop {
    /// Something went wrong.
    Failed(Box<Failure>),
    /// A signal has broken it off: the code to exit with, and what is to be said of what it has begun.
    CalledOff(u8, Vec<String>),
    /// Whoever read the output has heard enough, as `head` does.
    Closed,
}

/// A problem, and lines that belong to it.
#[derive(Debug)]
pub struct Failure {
    problem: Problem,
    more: Vec<String>,
    code: u8,
}

impl Failure {
    /// What went wrong.
    pub fn problem(&self) -> &Problem {
        &self.problem
    }
}

impl Stop {
    /// A problem with lines below it, such as the candidates that a name fits.
    pub fn with_lines(problem: Problem, more: Vec<String>) -> Self {
        let code = code(problem.kind);
        Stop::Failed(Box::new(Failure { problem, more, code }))
    }

    /// Something may have been sent or done: why that is not known, and how to find out.
    pub fn unsettled(problem: Problem, more: Vec<String>) -> Self {
        let code = UNSETTLED;
        Stop::Failed(Box::new(Failure { problem, more, code }))
    }

    /// Says what went wrong, and gives the code to exit with.
    pub fn report(self) -> ExitCode {
        let failure = match self {
            Stop::Failed(failure) => failure,
            Stop::CalledOff(code, lines) => {
                lines.iter().for_each(|line| say(Prose::new(line).as_str()));
                return ExitCode::from(code);
            }
            Stop::Closed => return ExitCode::SUCCESS,
        };
        say(&format!("error: {}", failure.problem));
        if let Some(until) = failure.problem.retry_at {
            let now = Timestamp::now();
            let (at, wait) = (
                time::ahead(until, now, &TimeZone::system(), false),
                time::until(until, now),
            );
            say(&format!("  Graph takes requests again at {at}, in {wait}."));
        }
        for line in &failure.more {
            say(&format!("  {}", Prose::new(line)));
        }
        ExitCode::from(failure.code)
    }
}

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Self {
        Stop::with_lines(problem, Vec::new())
    }
}

impl From<io::Error> for Stop {
    /// Of writing output.
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Stop::Closed;
        }
        let what = format!("The output cannot be written ({error}).");
        Problem::new(ProblemKind::General, &what, "Look whether the disk is full.").into()
    }
}

impl From<csv::Error> for Stop {
    fn from(error: csv::Error) -> Self {
        match error.into_kind() {
            csv::ErrorKind::Io(error) => error.into(),
            other => Problem::new(
                ProblemKind::General,
                &format!("No CSV can be made of it ({other:?})."),
                "",
            )
            .into(),
        }
    }
}

/// Says something to the person. That stderr is closed is nothing that could be told.
pub fn say(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// Prints what clap has to say: help and versions to stdout, mistakes to stderr, where what was typed is repeated and so
/// is cleaned first.
pub fn refuse(error: &clap::Error) -> ExitCode {
    if error.use_stderr() {
        let words = Prose::new(&error.render().to_string());
        let _ = write!(io::stderr(), "{words}");
    } else {
        // Nobody listening is no failure.
        let printed = error.print().and_then(|()| io::stdout().flush());
        if let Err(error) = printed {
            return Stop::from(error).report();
        }
    }
    u8::try_from(error.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_family_of_problems_has_a_code_of_its_own() {
        let kinds = [
            (ProblemKind::General, 1),
            (ProblemKind::Usage, 2),
            (ProblemKind::SignIn, 3),
            (ProblemKind::Forbidden, 4),
            (ProblemKind::NotFound, 5),
            (ProblemKind::Throttled, 6),
            (ProblemKind::Network, 7),
            (ProblemKind::Server, 8),
            (ProblemKind::Config, 10),
        ];
        for (kind, expected) in kinds {
            assert_eq!(code(kind), expected, "{kind:?}");
        }
        let families = CODES.iter().filter(|(_, kind, _)| kind.is_some()).count();
        assert_eq!(families, kinds.len());
    }

    #[test]
    fn a_closed_pipe_is_no_failure() {
        assert!(matches!(
            io::Error::from(io::ErrorKind::BrokenPipe).into(),
            Stop::Closed
        ));
        assert!(matches!(
            io::Error::from(io::ErrorKind::StorageFull).into(),
            Stop::Failed(_)
        ));
    }
}
