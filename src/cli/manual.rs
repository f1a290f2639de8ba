//! `folkmoot man`: manual pages, made of the definitions of the commands.

use std::fs;
use std::io::Write;
use std::process::ExitCode;

use clap::Command;
use clap_mangen::Man;

use super::args::{Manual, command};
use super::exit::{self, Stop, say};
use super::output;
use crate::domain::Text;
use crate::protocol::{Problem, ProblemKind};

/// Where files lie, by the system's own names for the places.
const FILES: &[(&str, &str)] = &[
    (
        "$XDG_CONFIG_HOME/folkmoot/config.toml",
        "The settings; `folkmoot config init` writes one that explains them. ~/.config is the usual place.",
    ),
    (
        "$XDG_STATE_HOME/folkmoot/PROFILE/",
        "Drafts, the log and, where there is no keyring, the sign-in of a profile. ~/.local/state is the usual place.",
    ),
];

/// What clap's own sections write for an apostrophe: groff has a name for it, others have the character.
const APOSTROPHE: &str = ".ie \\n(.g .ds Aq \\(aq\n.el .ds Aq '";

/// Prints the manual page of folkmoot, or writes those of all commands to a folder.
pub fn run(args: &Manual) -> Result<ExitCode, Stop> {
    let mut program = command();
    program.build();
    let Some(folder) = &args.dir else {
        output::print(&page(&program)?)?;
        return Ok(ExitCode::SUCCESS);
    };
    let shown = Text::new(&folder.display().to_string());
    let cannot = |error: std::io::Error| -> Stop {
        let what = format!("No manual pages can be written to {shown} ({error}).");
        Problem::new(ProblemKind::General, &what, "Give another folder.").into()
    };
    fs::create_dir_all(folder).map_err(cannot)?;
    let mut commands = Vec::new();
    gather(&program, &mut commands);
    for command in &commands {
        let file = folder.join(format!("{}.1", name(command)));
        fs::write(file, page(command)?).map_err(cannot)?;
    }
    say(&format!("{} manual pages written to {shown}.", commands.len()));
    Ok(ExitCode::SUCCESS)
}

fn gather(command: &Command, out: &mut Vec<Command>) {
    out.push(command.clone());
    for command in visible(command) {
        gather(command, out);
    }
}

fn visible(command: &Command) -> impl Iterator<Item = &Command> {
    let commands = command.get_subcommands();
    commands.filter(|command| !command.is_hide_set() && command.get_name() != "help")
}

/// The name of a page, such as `folkmoot-group-list`.
fn name(command: &Command) -> &str {
    command.get_display_name().unwrap_or(command.get_name())
}

/// One page.
fn page(command: &Command) -> Result<String, Stop> {
    let is_program = is_program(command);
    let man = Man::new(shown(command, is_program));
    let help = command
        .get_after_long_help()
        .map(ToString::to_string)
        .unwrap_or_default();
    let blocks: Vec<Block<'_>> = help.split("\n\n").map(Block::read).collect();

    let mut roff = Vec::new();
    begin(&mut roff, command)?;
    man.render_name_section(&mut roff)?;
    man.render_synopsis_section(&mut roff)?;
    man.render_description_section(&mut roff)?;
    for block in blocks.iter().filter(|block| block.heading.is_none()) {
        writeln!(roff, ".PP")?;
        block.write(&mut roff)?;
    }
    man.render_options_section(&mut roff)?;
    commands(&mut roff, command)?;
    for block in &blocks {
        if let Some(heading) = block.heading.filter(|heading| *heading != exit::HEADING) {
            writeln!(roff, ".SH {}", escaped(&heading.to_uppercase()))?;
            block.write(&mut roff)?;
        }
    }
    end(&mut roff, is_program)?;
    // An empty line ends the line before by itself, and some roffs complain where that is said besides.
    Ok(plain(&String::from_utf8_lossy(&roff)).replace("\n.br\n\n.br\n", "\n.sp\n"))
}

/// Whether it is the program itself, whose page has what is the same of all commands.
fn is_program(command: &Command) -> bool {
    !name(command).contains('-')
}

/// What a page shows of a command.
fn shown(command: &Command, is_program: bool) -> Command {
    // The program's own page explains the options that all commands share.
    let shown = command.clone().disable_help_subcommand(true);
    // What -h leaves out for want of room would have no words here.
    let shown = shown.mut_args(|arg| arg.hide_short_help(false));
    match is_program {
        true => shown,
        false => shown.mut_args(|arg| {
            let shared = arg.is_global_set();
            arg.hide(shared)
        }),
    }
}

fn begin(roff: &mut Vec<u8>, command: &Command) -> std::io::Result<()> {
    let title = escaped(name(command)).to_uppercase();
    // Without a date: the same program, the same page.
    writeln!(
        roff,
        ".TH {title} 1 \"\" \"folkmoot {}\" \"folkmoot manual\"",
        env!("CARGO_PKG_VERSION")
    )?;
    // Long words, of which there are many, leave ugly gaps in lines that are stretched.
    writeln!(roff, ".ad l")?;
    writeln!(roff, "{APOSTROPHE}")
}

/// The commands of a command.
fn commands(roff: &mut Vec<u8>, command: &Command) -> std::io::Result<()> {
    if visible(command).next().is_some() {
        writeln!(roff, ".SH COMMANDS")?;
    }
    for command in visible(command) {
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        definition(roff, &format!("{}(1)", name(command)), &about)?;
    }
    Ok(())
}

/// What every page ends with.
fn end(roff: &mut Vec<u8>, is_program: bool) -> std::io::Result<()> {
    if is_program {
        writeln!(roff, ".SH FILES")?;
        for (file, what) in FILES {
            definition(roff, file, what)?;
        }
    }
    writeln!(roff, ".SH \"EXIT STATUS\"")?;
    for (code, meaning) in exit::codes() {
        definition(roff, &code.to_string(), meaning)?;
    }
    if !is_program {
        writeln!(
            roff,
            ".SH \"SEE ALSO\"\n.BR folkmoot (1)\nfor the options that all commands share, files and environment."
        )?;
    }
    Ok(())
}

/// Characters beyond ASCII in roff's own way: not every roff reads UTF-8.
fn plain(roff: &str) -> String {
    let mut plain = String::with_capacity(roff.len());
    for c in roff.chars() {
        match c.is_ascii() {
            true => plain.push(c),
            false => plain.push_str(&format!("\\[u{:04X}]", u32::from(c))),
        }
    }
    plain
}

/// A part of a long help between two empty lines.
struct Block<'a> {
    heading: Option<&'a str>,
    lines: Vec<&'a str>,
    /// Whether its lines stay lines.
    is_set: bool,
}

impl<'a> Block<'a> {
    fn read(text: &'a str) -> Self {
        let mut lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
        let mut heading = None;
        if let Some((first, rest)) = lines.split_first() {
            if let Some(name) = first.strip_suffix(':').filter(|_| !rest.is_empty()) {
                heading = Some(name);
                lines.remove(0);
            } else if let Some((name, after)) = first.split_once(": ").filter(|(name, _)| *name == "Permissions") {
                heading = Some(name);
                let rest = rest.to_vec();
                lines = [vec![after], rest].concat();
            }
        }
        let is_set = lines.iter().all(|line| line.starts_with(' '));
        Block { heading, lines, is_set }
    }

    fn write(&self, roff: &mut Vec<u8>) -> std::io::Result<()> {
        if self.is_set {
            writeln!(roff, ".nf")?;
        }
        for line in &self.lines {
            writeln!(roff, "{}", escaped(line))?;
        }
        if self.is_set {
            writeln!(roff, ".fi")?;
        }
        Ok(())
    }
}

fn definition(roff: &mut Vec<u8>, term: &str, meaning: &str) -> std::io::Result<()> {
    writeln!(roff, ".TP\n\\fB{}\\fR\n{}", escaped(term), escaped(meaning))
}

/// Text that roff shows as it is: what begins a request or an escape does so no longer.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    if text.starts_with(['.', '\'']) {
        escaped.push_str("\\&");
    }
    for c in text.chars() {
        match c {
            '\\' => escaped.push_str("\\e"),
            '-' => escaped.push_str("\\-"),
            '\'' => escaped.push_str("\\(aq"),
            '`' => escaped.push_str("\\(ga"),
            '^' => escaped.push_str("\\(ha"),
            '~' => escaped.push_str("\\(ti"),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_has_a_page_with_the_exit_codes_and_its_examples() {
        let mut program = command();
        program.build();
        let mut commands = Vec::new();
        gather(&program, &mut commands);
        assert!(commands.len() > 25, "{}", commands.len());
        for command in &commands {
            let page = page(command).unwrap();
            let name = name(command);
            let title = format!(".TH {} 1 ", name.to_uppercase().replace('-', "\\-"));
            assert!(page.starts_with(&title) && page.is_ascii(), "{page}");
            assert!(page.contains(".SH \"EXIT STATUS\"\n.TP\n\\fB0\\fR\n"), "{name}");
            let is_leaf = visible(command).next().is_none();
            assert!(!is_leaf || page.contains(".SH EXAMPLES\n.nf\n  "), "{name}: {page}");
            let lines: Vec<&str> = page.lines().collect();
            for (at, _) in lines.iter().enumerate().filter(|(_, line)| **line == ".TP") {
                let words = lines.get(at + 2).copied().unwrap_or_default();
                assert!(
                    !words.is_empty() && !words.starts_with('.'),
                    "{name}: {}",
                    lines[at + 1]
                );
            }
            // Only what is meant to be is a request.
            let is_request = |line: &&str| line.starts_with(['.', '\'']);
            let known = [
                ".TH", ".SH", ".TP", ".PP", ".BR", ".RS", ".RE", ".IP", ".br", ".nf", ".fi", ".sp", ".ie", ".el", ".ad",
            ];
            let is_odd = |line: &&str| !known.iter().any(|known| line.starts_with(known));
            assert_eq!(page.lines().filter(is_request).find(is_odd), None, "{name}");
        }
    }

    #[test]
    fn text_cannot_become_a_request() {
        assert_eq!(escaped(".so /etc/passwd"), "\\&.so /etc/passwd");
        assert_eq!(escaped("'a\\n-b"), "\\&\\(aqa\\en\\-b");
    }
}
