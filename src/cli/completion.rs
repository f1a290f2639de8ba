//! `folkmoot completion SHELL`, and what the scripts that it prints ask at every Tab.

#[cfg(test)]
mod tests;

use std::ffi::OsStr;
use std::path::Path;
use std::process::ExitCode;

use clap::Arg;
use clap_complete::env::{CompleteEnv, Shells};
use clap_complete::{ArgValueCompleter, CompletionCandidate};

use super::args::{Completion, Global, Shell, command};
use super::exit::Stop;
use super::output;
use super::start::Start;
use super::writing::short;
use crate::config::Environment;
use crate::domain::{Draft, Text};
use crate::protocol::{Problem, ProblemKind};
use crate::store::{self, Drafts, Glance, Listed, Name, Noun, Store};

/// The variable by which a script asks for candidates.
const VARIABLE: &str = "FOLKMOOT_COMPLETE";
/// The variable by which bash tells the quote that is open where the cursor is.
const QUOTE: &str = "FOLKMOOT_QUOTE";
const PROGRAM: &str = "folkmoot";
/// Nobody reads more.
const MOST: usize = 50;

/// Answers a script and ends the process, if it is a script that has called.
pub fn answer() {
    // The variable is gone by the time that names are looked for.
    let quoting = Quoting::of(&Environment::of_script(VARIABLE), &Environment::of_script(QUOTE));
    CompleteEnv::with_factory(|| command().mut_subcommands(|command| with_names(command, quoting)))
        .var(VARIABLE)
        .bin(PROGRAM)
        .completer(PROGRAM)
        .complete();
}

/// Prints the script for a shell.
pub fn run(args: &Completion) -> Result<ExitCode, Stop> {
    if args.shell == Shell::Bash {
        output::print(include_str!("completion/folkmoot.bash"))?;
        return Ok(ExitCode::SUCCESS);
    }
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

/// What candidates are of.
#[derive(Clone, Copy)]
enum Known {
    /// Names that were read.
    Names(Noun),
    /// Numbers of the last listing.
    Numbers(Listed),
    /// Drafts on this machine.
    Drafts,
}

/// A command whose arguments are completed by what is known of them.
fn with_names(command: clap::Command, quoting: Quoting) -> clap::Command {
    let of_groups = command.get_name() == "diff";
    let command = command.mut_subcommands(|command| with_names(command, quoting));
    command.mut_args(|arg: Arg| {
        let known = match arg.get_id().as_str() {
            "group" | "groups" => Known::Names(Noun::Groups),
            "user" | "users" | "term" | "participant" | "to" => Known::Names(Noun::People),
            "one" | "other" if of_groups => Known::Names(Noun::Groups),
            "one" | "other" => Known::Names(Noun::People),
            "thread" => Known::Numbers(Listed::Threads),
            "conversation" => Known::Numbers(Listed::Conversations),
            "draft" => Known::Drafts,
            _ => return arg,
        };
        match arg.get_action().takes_values() {
            true => arg.add(ArgValueCompleter::new(move |typed: &OsStr| {
                of_this_profile(known, typed, quoting)
            })),
            false => arg,
        }
    })
}

/// How a shell puts a candidate into the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quoting {
    /// It quotes what must be.
    ByShell,
    /// As it is: what means something to the shell needs a backslash.
    Backslash,
    /// As it is, behind a `"` that is open.
    Double,
    /// As it is, behind a `'` that is open.
    Single,
    /// As it is, and there is no telling what means something to the shell: only what certainly does not is a candidate.
    Plain,
}

impl Quoting {
    /// That of a shell, by the name with which its script asks, behind a quote that is open.
    fn of(shell: &str, quote: &str) -> Self {
        match (shell, quote) {
            ("zsh" | "fish", _) => Quoting::ByShell,
            ("bash", "\"") => Quoting::Double,
            ("bash", "'") => Quoting::Single,
            ("bash", _) => Quoting::Backslash,
            _ => Quoting::Plain,
        }
    }

    /// A candidate as the shell is to have it.
    fn quoted(self, text: &str) -> Option<String> {
        let is_plain = |c: char| c.is_alphanumeric() || "._@+-".contains(c);
        match self {
            Quoting::ByShell => Some(text.to_owned()),
            Quoting::Plain => text.chars().all(is_plain).then(|| text.to_owned()),
            Quoting::Single => Some(text.replace('\'', r"'\''")),
            Quoting::Double => {
                let mut quoted = String::new();
                for c in text.chars() {
                    match c {
                        // A backslash before it would stay, and without one it stands for an old line.
                        '!' => quoted.push_str("\"'!'\""),
                        '$' | '`' | '"' | '\\' => quoted.extend(['\\', c]),
                        c => quoted.push(c),
                    }
                }
                Some(quoted)
            }
            Quoting::Backslash => {
                let mut quoted = String::new();
                for c in text.chars() {
                    if c.is_ascii() && !is_plain(c) {
                        quoted.push('\\');
                    }
                    quoted.push(c);
                }
                Some(quoted)
            }
        }
    }
}

/// What was typed without the quotes and backslashes that a shell takes away.
fn unquoted(typed: &str, quoting: Quoting) -> String {
    if quoting == Quoting::Single {
        return typed.to_owned();
    }
    let typed = typed.strip_prefix(['"', '\'']).unwrap_or(typed);
    let mut plain = String::new();
    let mut characters = typed.chars();
    while let Some(c) = characters.next() {
        plain.extend(if c == '\\' { characters.next() } else { Some(c) });
    }
    plain
}

/// What was kept of the profile in use. Nothing is asked of Graph, and a mistake in the configuration is not for now.
fn of_this_profile(what: Known, typed: &OsStr, quoting: Quoting) -> Vec<CompletionCandidate> {
    let start = Start::new(Global::default());
    let (Some(typed), Ok(configured)) = (typed.to_str(), start.configure()) else {
        return Vec::new();
    };
    let folder = configured.paths.profile(&configured.profile);
    match what {
        Known::Names(noun) => known(&folder, noun, typed, quoting),
        Known::Numbers(listed) => numbers(&folder, listed, typed),
        Known::Drafts => drafts(&configured.paths.drafts(&configured.profile), typed),
    }
}

/// The numbers of the last listing that begin with what was typed.
fn numbers(folder: &Path, listed: Listed, typed: &str) -> Vec<CompletionCandidate> {
    let count = store::newest(folder, listed).map_or(0, |listing| listing.ids.len());
    let all = (1..=count).map(|number| number.to_string());
    let fitting = all.filter(|number| number.starts_with(typed)).take(MOST);
    fitting.map(CompletionCandidate::new).collect()
}

/// The drafts whose ids begin with what was typed, and where each goes.
fn drafts(folder: &Path, typed: &str) -> Vec<CompletionCandidate> {
    let seen = Drafts::glance_at_once(folder).unwrap_or_else(|error| {
        tracing::debug!(%error, "no drafts to complete");
        Glance::default()
    });
    let named = seen.drafts.into_iter().map(|it| (short(&it.draft.id), it.draft));
    let fitting = named.filter(|(id, _)| id.starts_with(typed)).take(MOST);
    let candidate = |(id, draft): (String, Draft)| {
        let target = &draft.target;
        let help = Text::new(&format!("{}: {}", target.kind.noun(), target.topic));
        CompletionCandidate::new(id).help(Some(help.as_str().to_owned().into()))
    };
    fitting.map(candidate).collect()
}

/// The names that begin with what was typed, out of what is kept in a profile's folder.
fn known(folder: &Path, noun: Noun, typed: &str, quoting: Quoting) -> Vec<CompletionCandidate> {
    let typed = unquoted(typed, quoting);
    let files = store::files(folder).unwrap_or_default();
    // Not those that were put aside, nor the companions of those that are in use.
    let databases = files
        .iter()
        .filter(|(file, _)| file.extension().is_some_and(|end| end == "db"));
    let names = databases.flat_map(|(file, _)| {
        let names = Store::peek(file).and_then(|store| store.names(noun, &typed, MOST));
        names.unwrap_or_else(|error| {
            tracing::debug!(%error, "no names to complete");
            Vec::new()
        })
    });
    names.filter_map(|name| candidate(&name, &typed, quoting)).collect()
}

/// What to type for a name: the address, or else the name itself, where it begins with what was typed.
fn candidate(name: &Name, typed: &str, quoting: Quoting) -> Option<CompletionCandidate> {
    let fits = |text: &Text| {
        let (text, typed) = (text.as_str().to_lowercase(), typed.to_lowercase());
        text.starts_with(&typed) && !text.starts_with('-')
    };
    let quoted = |text: &Text| fits(text).then(|| quoting.quoted(text.as_str())).flatten();
    let mail = name.mail.as_ref().and_then(quoted);
    let help = if mail.is_some() {
        Some(&name.name)
    } else {
        name.mail.as_ref()
    };
    let value = mail.or_else(|| quoted(&name.name))?;
    let help = help.map(|help| help.as_str().to_owned().into());
    Some(CompletionCandidate::new(value).help(help))
}
