//! `folkmoot completion SHELL`, and what the scripts that it prints ask at every Tab.

use std::process::ExitCode;

use clap_complete::env::{CompleteEnv, Shells};

use super::args::{Completion, command};
use super::exit::Stop;
use super::output;
use crate::protocol::{Problem, ProblemKind};

/// The variable by which a script asks for candidates.
const VARIABLE: &str = "FOLKMOOT_COMPLETE";
const PROGRAM: &str = "folkmoot";

/// Answers a script and ends the process, if it is a script that has called.
pub fn answer() {
    CompleteEnv::with_factory(command)
        .var(VARIABLE)
        .bin(PROGRAM)
        .completer(PROGRAM)
        .complete();
}

/// Prints the script for a shell.
pub fn run(args: &Completion) -> Result<ExitCode, Stop> {
    let mut script = Vec::new();
    let shells = Shells::builtins();
    let Some(shell) = shells.completer(args.shell.name()) else {
        let what = format!("There is no completion for {}.", args.shell.name());
        return Err(Problem::new(ProblemKind::Usage, &what, "").into());
    };
    shell.write_registration(VARIABLE, PROGRAM, PROGRAM, PROGRAM, &mut script)?;
    output::print(&String::from_utf8_lossy(&script))?;
    Ok(ExitCode::SUCCESS)
}
