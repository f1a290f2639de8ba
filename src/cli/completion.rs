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
use super::writing::short;
use crate::domain::{Draft, Text};
use crate::protocol::{Problem, ProblemKind};
use crate::store::{self, Drafts, Listed, Name, Noun, Store};

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
fn with_names(command: clap::Command) -> clap::Command {
    command.mut_subcommands(with_names).mut_args(|arg: Arg| {
        let known = match arg.get_id().as_str() {
            "group" => Known::Names(Noun::Groups),
            "user" | "term" | "participant" | "to" => Known::Names(Noun::People),
            "thread" => Known::Numbers(Listed::Threads),
            "conversation" => Known::Numbers(Listed::Conversations),
            "draft" => Known::Drafts,
            _ => return arg,
        };
        arg.add(ArgValueCompleter::new(move |typed: &OsStr| {
            of_this_profile(known, typed)
        }))
    })
}

/// What was kept of the profile in use. Nothing is asked of Graph, and a mistake in the configuration is not for now.
fn of_this_profile(what: Known, typed: &OsStr) -> Vec<CompletionCandidate> {
    let start = Start::new(Global::default());
    let (Some(typed), Ok(settled)) = (typed.to_str(), start.settle()) else {
        return Vec::new();
    };
    let folder = settled.paths.profile(&settled.profile);
    match what {
        Known::Names(noun) => known(&folder, noun, typed),
        Known::Numbers(listed) => numbers(&folder, listed, typed),
        Known::Drafts => drafts(&settled.paths.drafts(&settled.profile), typed),
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
    // A folder that is not there is not made for this.
    let glance = folder
        .exists()
        .then(|| Drafts::attach(folder).and_then(|drafts| drafts.glance()));
    let seen = match glance {
        None => return Vec::new(),
        Some(Ok(seen)) => seen,
        Some(Err(error)) => {
            tracing::debug!(%error, "no drafts to complete");
            return Vec::new();
        }
    };
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

    #[test]
    fn numbers_and_drafts_are_those_of_this_machine() {
        let folder = tempfile::tempdir().unwrap();
        let ids = (0..12).map(|n| crate::domain::Id::new(format!("{n}"))).collect();
        assert_eq!(values(numbers(folder.path(), Listed::Threads, "")), [""; 0]);
        store::remember(folder.path(), Listed::Threads, &"g".into(), ids, Timestamp::now()).unwrap();
        assert_eq!(
            values(numbers(folder.path(), Listed::Threads, "1")),
            ["1", "10", "11", "12"]
        );
        assert_eq!(values(numbers(folder.path(), Listed::Conversations, "")), [""; 0]);

        let place = folder.path().join("drafts");
        assert_eq!(values(drafts(&place, "")), [""; 0]);
        assert!(!place.exists());
        let draft = Draft {
            id: crate::domain::DraftId("20261121T120000Z-abc123def-2".into()),
            target: crate::domain::Target {
                group: "g".into(),
                kind: crate::domain::Kind::Conversation,
                group_name: "提灯".into(),
                topic: "שלום".into(),
                quoted: None,
            },
            text: "x".into(),
            with: Default::default(),
            state: crate::domain::DraftState::Writing,
            begun: Timestamp::now(),
        };
        Drafts::attach(&place).unwrap().save(&draft).unwrap();
        assert_eq!(values(drafts(&place, "ab")), ["abc123-2"]);
        assert_eq!(values(drafts(&place, "x")), [""; 0]);
    }
}
