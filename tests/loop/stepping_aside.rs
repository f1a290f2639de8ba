//! Giving the terminal to another program: an editor, and the shell.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Duration;

use folkmoot::runtime::Input;
use rustix::process::{Pid, Signal, WaitOptions, kill_process, waitpid};

use crate::program::{Setup, start};

#[test]
fn an_editor_gets_the_terminal_and_its_text_comes_back() {
    let mut program = start(Setup {
        editor: "printf 'from the editor, 花子\\n' >>",
        ..Setup::default()
    });
    program.open_a_thread();
    program.keys("r");
    program.types("before ");
    program.wait_for_text("before ");
    program.keys("ctrl-o");
    assert_eq!(program.wait_for_stepping_aside(), 1);
    program.wait_for_text("before from the editor, 花子");
    program.types("!");
    program.wait_for_text("before from the editor, 花子!");
    program.keys("ctrl-c");
    assert_eq!(program.end().drafts[0].0, "before from the editor, 花子!");
}

#[test]
fn an_editor_that_fails_leaves_the_text_as_it_was() {
    let mut program = start(Setup {
        editor: "false",
        ..Setup::default()
    });
    program.open_a_thread();
    program.keys("r");
    program.types("before");
    program.keys("ctrl-o");
    program.wait_for_words("The editor `false` ended with");
    program.wait_for_text("before");
    program.quit();
}

#[test]
fn what_could_not_be_taken_back_while_an_editor_had_the_terminal_waits_anew() {
    let mut program = start(Setup {
        editor: "sleep 1; printf 'and edited\\n' >>",
        undo: Duration::from_millis(500),
        ..Setup::default()
    });
    program.open_a_thread();
    program.keys("r");
    program.types("to be sent");
    program.keys("ctrl-s");
    program.wait_for_words("Send this reply?");
    // All of it is taken before any deadline.
    program.hold_the_terminal();
    program.keys("y 3 r");
    program.types("another ");
    program.keys("ctrl-o");
    program.let_the_terminal_go();
    program.wait_for_text("another and edited");
    program.wait_for_words("has waited for you");
    assert!(program.seen("POST", "reply").is_empty());
    let written = |text: &str, state: &str| (text.to_owned(), state.to_owned());
    assert_eq!(
        program.quit().drafts,
        [
            written("to be sent", "queued"),
            written("another and edited", "writing")
        ]
    );
}

#[test]
fn what_is_typed_while_an_editor_is_open_comes_after_what_was_written_there() {
    let mut program = start(Setup {
        editor: "sleep 1; printf ' edited 花子' >>",
        ..Setup::default()
    });
    program.open_a_thread();
    program.keys("r");
    program.types("first");
    program.wait_for_text("first");
    program.keys("ctrl-o");
    program.wait_for_stepping_aside();
    program.types(" AHEAD");
    program.keys("ctrl-s y");
    program.wait_for_words("Here is what would go");
    program.wait_for_text("first edited 花子 AHEAD");
    assert!(
        program.seen("POST", "reply").is_empty(),
        "nobody has seen what is to go"
    );
    program.keys("y");
    program.wait_until_seen("the reply", |seen| {
        seen.iter().any(|seen| seen.path.ends_with("/reply"))
    });
    program.quit();
}

const ROLE: &str = "FOLKMOOT_TEST_SUSPENDS";

/// Not a test of its own: what the process does that is stopped.
#[test]
#[ignore = "the test below runs it in a process of its own"]
fn suspends() {
    let Ok(how) = std::env::var(ROLE) else { return };
    let mut program = start(Setup::default());
    program.wait_until("groups", |model| model.groups.list.items.ready().is_some());
    match how.as_str() {
        "key" => program.keys("ctrl-z"),
        _ => program.send(Input::Suspend),
    }
    assert_eq!(program.wait_for_stepping_aside(), 1);
    // Keys pressed meanwhile are taken when the shell lets the program go on.
    program.keys("/");
    program.types("awake");
    program.wait_for_words("awake");
    program.quit();
    println!("\nwent on");
}

#[test]
fn suspending_stops_the_process_and_the_shell_lets_it_go_on() {
    for how in ["key", "signal"] {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "stepping_aside::suspends", "--ignored", "--nocapture"])
            .env(ROLE, how)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let pid = Pid::from_child(&child);
        let (_, status) = waitpid(Some(pid), WaitOptions::UNTRACED).unwrap().unwrap();
        assert!(status.stopped(), "{how}: it ended instead: {status:?}");
        kill_process(pid, Signal::CONT).unwrap();
        let lines: Vec<String> = BufReader::new(child.stdout.take().unwrap())
            .lines()
            .map_while(Result::ok)
            .collect();
        assert!(child.wait().unwrap().success(), "{how}: {lines:#?}");
        assert!(lines.iter().any(|line| line == "went on"), "{how}: {lines:#?}");
    }
}
