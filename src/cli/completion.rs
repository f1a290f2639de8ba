//! `folkmoot completion SHELL`, and what the scripts that it prints ask at every Tab.

use std::ffi::OsStr;
use std::path::Path;
use std::process::ExitCode;

use clap::Arg;
use clap_complete::env::{CompleteEnv, Shells};
use clap_complete::{ArgValueCompleter, CompletionCandidate};

use super::args::{Completion, Global, command};
use super::exit::Stop;
use super::output;
use super::session::Start;
use crate::domain::Text;
use crate::protocol::{Problem, ProblemKind};
use crate::store::{self, Name, Noun, Store};

/// The variable by which a script asks for candidates.
const VARIABLE: &str = "FOLKMOOT_COMPLETE";
const PROGRAM: &str = "folkmoot";
/// Nobody reads more.
const MOST: usize = 50;

/// Answers a script and ends the process, if it is a script that has called.
pub fn answer() {
    CompleteEnv::with_factory(|| command().mut_subcommands(with_names))
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

/// A command whose groups and people are completed by what is known of them.
fn with_names(command: clap::Command) -> clap::Command {
    command.mut_subcommands(with_names).mut_args(|arg: Arg| {
        let noun = match arg.get_id().as_str() {
            "group" => Noun::Groups,
            "user" | "term" => Noun::People,
            _ => return arg,
        };
        arg.add(ArgValueCompleter::new(move |typed: &OsStr| {
            of_this_profile(noun, typed)
        }))
    })
}

/// What was kept of the profile in use. Nothing is asked of Graph, and a mistake in the configuration is not for now.
fn of_this_profile(noun: Noun, typed: &OsStr) -> Vec<CompletionCandidate> {
    let start = Start::new(Global::default());
    let (Some(typed), Ok(settled)) = (typed.to_str(), start.settle()) else {
        return Vec::new();
    };
    known(&settled.paths.profile(&settled.profile), noun, typed)
}

/// The names that begin with what was typed, out of what is kept in a profile's folder.
fn known(folder: &Path, noun: Noun, typed: &str) -> Vec<CompletionCandidate> {
    let files = store::files(folder).unwrap_or_default();
    // Not those that were put aside, nor the companions of those that are in use.
    let databases = files
        .iter()
        .filter(|(file, _)| file.extension().is_some_and(|end| end == "db"));
    let names = databases.flat_map(|(file, _)| {
        let names = Store::open(file).and_then(|(store, _)| store.names(noun, typed, MOST));
        names.unwrap_or_else(|error| {
            tracing::debug!(%error, "no names to complete");
            Vec::new()
        })
    });
    names.filter_map(|name| candidate(&name, typed)).collect()
}

/// What to type for a name: the address, or else the name itself, where it begins with what was typed. Shells put it into
/// the line as it is, so nothing may stand in it that means something to a shell.
fn candidate(name: &Name, typed: &str) -> Option<CompletionCandidate> {
    let is_plain = |c: char| c.is_alphanumeric() || "._@+-".contains(c);
    let fits = |text: &&Text| {
        let (text, typed) = (text.as_str().to_lowercase(), typed.to_lowercase());
        text.starts_with(&typed) && !text.starts_with('-') && text.chars().all(is_plain)
    };
    let mail = name.mail.as_ref().filter(fits);
    let value = mail.or(Some(&name.name).filter(fits))?;
    let help = if mail.is_some() {
        Some(&name.name)
    } else {
        name.mail.as_ref()
    };
    let help = help.map(|help| help.as_str().to_owned().into());
    Some(CompletionCandidate::new(value.as_str()).help(help))
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::domain::{Group, Person};

    fn values(candidates: Vec<CompletionCandidate>) -> Vec<String> {
        let value = |candidate: &CompletionCandidate| candidate.get_value().to_str().unwrap().to_owned();
        candidates.iter().map(value).collect()
    }

    fn group(name: &str, mail: Option<&str>) -> Group {
        let json = serde_json::json!({"id": name, "displayName": name, "mail": mail});
        serde_json::from_value(json).unwrap()
    }

    #[test]
    fn names_come_from_what_is_kept_and_mean_nothing_to_a_shell() {
        let folder = tempfile::tempdir().unwrap();
        let (mut store, _) = Store::open(&folder.path().join("store-0.db")).unwrap();
        let now = Timestamp::now();
        let groups = [
            group("Product", Some("product@contoso.com")),
            group("Product managers", Some("managers@contoso.com")),
            group("Produktion", None),
            group("Prod $(rm -rf ~)", Some("prod;reboot@contoso.com")),
            group("提灯", None),
        ];
        store.keep_groups(&groups, now).unwrap();
        let person = Person {
            id: crate::domain::Id::new("1"),
            name: Text::new("Yamada Hanako"),
            mail: Some(Text::new("hanako@contoso.com")),
            ..Person::default()
        };
        store.keep_people(&[person], now).unwrap();
        let names = |noun, typed| values(known(folder.path(), noun, typed));
        assert_eq!(names(Noun::Groups, "PROD"), ["product@contoso.com", "Produktion"]);
        assert_eq!(names(Noun::Groups, "提"), ["提灯"]);
        assert_eq!(names(Noun::Groups, "x"), [""; 0]);
        assert_eq!(names(Noun::People, "hana"), ["hanako@contoso.com"]);
        assert_eq!(values(known(&folder.path().join("nowhere"), Noun::People, "")), [""; 0]);
    }
}
