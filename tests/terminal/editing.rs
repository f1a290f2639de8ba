//! folkmoot ended while the person writes in their own editor: what was saved there is the draft, and there is one.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::time::Duration;

use folkmoot::demo::Options;
use folkmoot::domain::DraftState;
use portable_pty::CommandBuilder;
use rustix::process::Signal;

use crate::desk::{Desk, Folkmoot, THREAD, WIDE, eventually};
use crate::kind::{Kind, WORDS};

const LATER: &str = "and later 灯籠";
const CTRL_O: &str = "\x0f";
const REPLY: &[&str] = &["thread", "reply", "lantern-launch", THREAD];

/// An editor that saves the words, says so and stays; told to by a file, it saves more and ends.
fn with_an_editor(desk: &Desk, mut command: CommandBuilder) -> CommandBuilder {
    let editor = desk.home().join("editor");
    let script = format!(
        "#!/bin/sh\n[ -e stubborn ] && trap '' HUP\nprintf '%s\\n' '{WORDS}' > \"$1\"\necho SAVED\n\
         while [ ! -e go ]; do sleep 0.02; done\nprintf '%s\\n' '{LATER}' >> \"$1\"\n"
    );
    fs::write(&editor, script).unwrap();
    fs::set_permissions(&editor, fs::Permissions::from_mode(0o755)).unwrap();
    command.env("EDITOR", &editor);
    command
}

/// A command that has asked for a text, which the editor has saved.
fn command_in_the_editor(desk: &Desk, args: &[&str]) -> Folkmoot {
    let mut command = with_an_editor(desk, desk.command());
    command.args(args);
    let mut folkmoot = desk.start_as(command, WIDE);
    folkmoot.sees("SAVED");
    let drafts = desk.drafts();
    assert_eq!((drafts.len(), &drafts[0].state), (1, &DraftState::Writing));
    folkmoot
}

/// The only draft, as commands see it: its name, whether somebody has it, and its text.
fn listed(desk: &Desk) -> (String, bool, String) {
    let (code, json) = desk.runs(&["draft", "list", "--json"]);
    assert_eq!(code, Some(0), "{json}");
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let items = json["items"].as_array().unwrap();
    assert_eq!(items.len(), 1, "{items:?}");
    let text = |name: &str| items[0][name].as_str().unwrap().to_owned();
    (text("id"), items[0]["elsewhere"].as_bool().unwrap(), text("text"))
}

fn is_free(desk: &Desk) {
    eventually("the editor has ended", || !listed(desk).1);
}

#[test]
fn a_command_killed_in_the_editor_leaves_a_draft_that_commands_send() {
    for args in [
        &["conversation", "new", "lantern-launch", "--topic", "Lantern night 灯籠"],
        &["post", "reply", "lantern-launch", THREAD, "3"],
        REPLY,
    ] as [&[&str]; 3]
    {
        let desk = Desk::with(Options {
            visible_after: Duration::from_millis(100),
            ..Options::default()
        });
        command_in_the_editor(&desk, args).gets_killed();
        is_free(&desk);
        let (id, _, text) = listed(&desk);
        assert_eq!(text, WORDS, "{args:?}");
        let (code, said) = desk.runs(&["draft", "send", &id, "--yes"]);
        assert_eq!(code, Some(0), "{said}");
        assert!(desk.drafts().is_empty());
        let left: Vec<_> = fs::read_dir(desk.home().join("state/folkmoot/default/drafts"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| !name.starts_with('.'))
            .collect();
        assert_eq!(left, [""; 0]);
    }
}

#[test]
fn a_command_killed_in_the_editor_leaves_a_draft_that_the_screen_goes_on_with() {
    let desk = Desk::new();
    command_in_the_editor(&desk, REPLY).gets_killed();
    is_free(&desk);
    Kind::Reply.is_offered_again_and_sent_once(&desk);
}

#[test]
fn the_screen_killed_while_the_editor_has_the_text_finds_it_again() {
    for before in ["", "from the composer 山"] {
        let desk = Desk::new();
        let mut folkmoot = desk.start_as(with_an_editor(&desk, desk.command()), WIDE);
        folkmoot.opens_the_thread();
        folkmoot.press("r");
        folkmoot.sees("Reply · saved");
        folkmoot.press([before, CTRL_O].concat());
        folkmoot.sees("SAVED");
        assert_eq!(desk.draft_text(), before);
        folkmoot.gets_killed();
        is_free(&desk);
        Kind::Reply.is_offered_again_and_sent_once(&desk);
    }
}

#[test]
fn an_editor_that_lives_on_has_the_draft_until_it_ends() {
    let desk = Desk::new();
    fs::write(desk.home().join("stubborn"), "").unwrap();
    command_in_the_editor(&desk, REPLY).gets_killed();
    let (id, elsewhere, _) = listed(&desk);
    assert!(elsewhere);
    let (code, said) = desk.runs(&["draft", "send", &id, "--yes"]);
    assert!(code == Some(2) && said.contains("open in another folkmoot"), "{said}");
    fs::write(desk.home().join("go"), "").unwrap();
    is_free(&desk);
    assert_eq!(listed(&desk).2, format!("{WORDS}\n{LATER}"));
}

#[test]
fn a_command_that_is_told_to_end_leaves_a_draft() {
    let desk = Desk::new();
    let mut folkmoot = command_in_the_editor(&desk, REPLY);
    folkmoot.pty.signal(Signal::TERM);
    // What the leader of a session says last may be lost where the editor has the terminal still.
    assert_eq!(folkmoot.ends().exit_code(), 143);
    drop(folkmoot);
    is_free(&desk);
    assert_eq!(listed(&desk).2, WORDS);
}

#[test]
fn an_editor_that_fails_after_it_was_written_in_leaves_a_draft() {
    let desk = Desk::new();
    let mut command = desk.command();
    command.env("VISUAL", format!("sh -c 'echo \"{WORDS}\" > \"$0\"; exit 3'"));
    command.args(REPLY);
    let mut folkmoot = desk.start_as(command, WIDE);
    folkmoot.sees("exit status: 3");
    folkmoot.sees("The draft is kept");
    assert_eq!(folkmoot.ends().exit_code(), 1);
    assert_eq!(listed(&desk).2, WORDS);
    assert!(desk.sent().is_empty());
}

#[test]
fn a_dry_run_keeps_what_was_written() {
    let desk = Desk::new();
    let mut command = desk.command();
    command.env("VISUAL", format!("sh -c 'echo \"{WORDS}\" > \"$0\"'"));
    command.args(REPLY);
    command.arg("--dry-run");
    let mut folkmoot = desk.start_as(command, WIDE);
    folkmoot.sees("The draft is kept");
    assert_eq!(folkmoot.ends().exit_code(), 0);
    assert_eq!(listed(&desk).2, WORDS);
    assert!(desk.sent().is_empty());
}
