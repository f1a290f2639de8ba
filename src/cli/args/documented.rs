//! The commands with all that `--help` and the manual say of them.

use clap::{Command, CommandFactory};

use super::Args;
use super::examples;

const STREAMS: &str = "\
Data goes to stdout, everything else to stderr. `folkmoot --help` lists the exit codes; 0 means that it worked.";

/// The definitions of all commands, each with its examples.
pub fn command() -> Command {
    Args::command().mut_subcommands(|command| documented(command, ""))
}

fn documented(command: Command, before: &str) -> Command {
    let words = format!("{before}{}", command.get_name());
    if command.has_subcommands() {
        let before = format!("{words} ");
        return command.mut_subcommands(|command| documented(command, &before));
    }
    let own = command.get_after_long_help().map(ToString::to_string);
    let examples = examples::all().find(|(of, _)| *of == words);
    let examples = examples.map(|(_, lines)| format!("Examples:\n  {}", lines.join("\n  ")));
    let parts = [examples, own, Some(STREAMS.to_owned())];
    let parts: Vec<String> = parts
        .into_iter()
        .flatten()
        .map(|part| part.trim_end().to_owned())
        .collect();
    command.after_long_help(parts.join("\n\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Commands that ask Graph nothing.
    const LOCAL: &[&str] = &[
        "auth",
        "demo",
        "info",
        "store",
        "config",
        "completion",
        "man",
        "render",
        "draft list",
        "draft show",
        "draft discard",
    ];

    fn leaves(command: &Command, before: &str, out: &mut Vec<(String, Command)>) {
        for command in command.get_subcommands().filter(|command| command.get_name() != "help") {
            let words = format!("{before}{}", command.get_name());
            match command.has_subcommands() {
                true => leaves(command, &format!("{words} "), out),
                false => out.push((words, command.clone())),
            }
        }
    }

    fn all() -> Vec<(String, Command)> {
        let mut command = command();
        command.build();
        let mut out = Vec::new();
        leaves(&command, "", &mut out);
        assert!(out.len() > 20, "{}", out.len());
        out
    }

    #[test]
    fn the_definitions_agree_with_themselves() {
        command().debug_assert();
    }

    #[test]
    fn every_command_says_what_it_does_how_it_is_used_and_what_it_needs() {
        for (words, mut command) in all() {
            assert!(command.get_about().is_some(), "{words} has no description");
            let long = command.render_long_help().to_string();
            let examples = long.split("Examples:\n").nth(1).unwrap_or_default();
            let first = examples.lines().next().unwrap_or_default();
            assert!(
                first.contains("folkmoot") && first.contains(&words),
                "{words} has no example: {long}"
            );
            let is_local = LOCAL
                .iter()
                .any(|local| format!("{words} ").starts_with(&format!("{local} ")));
            assert_eq!(long.contains("Permissions: "), !is_local, "{words}: {long}");
            assert!(long.contains("exit codes") && long.contains("stderr"), "{words}");
            let short = command.render_help().to_string();
            assert!(
                !short.contains("Examples") && short.lines().count() <= 36,
                "{words} -h: {short}"
            );
        }
    }

    #[test]
    fn every_example_is_of_a_command_and_can_be_typed() {
        let all = all();
        for (words, lines) in examples::all() {
            assert!(all.iter().any(|(known, _)| known == words), "{words}");
            for line in *lines {
                // As far as a shell would give it to us: up to a pipe, a redirection or a remark.
                let Some(at) = line.find("folkmoot ") else {
                    panic!("{line}")
                };
                let typed = line[at..].split([')', '#', '|', '<', '>']).next().unwrap();
                let typed = typed.trim_end_matches(" some-program");
                let parsed = super::super::read(split(typed));
                assert!(parsed.is_ok(), "{line}: {}", parsed.unwrap_err());
            }
        }
    }

    /// Words as a shell makes them of plain quotes.
    fn split(line: &str) -> Vec<String> {
        let (mut words, mut word, mut quoted, mut begun) = (Vec::new(), String::new(), false, false);
        for c in line.chars() {
            match c {
                '\'' => {
                    quoted = !quoted;
                    begun = true;
                }
                ' ' if !quoted => {
                    if begun {
                        words.push(std::mem::take(&mut word));
                    }
                    begun = false;
                }
                c => {
                    word.push(c);
                    begun = true;
                }
            }
        }
        if begun {
            words.push(word);
        }
        words
    }
}
