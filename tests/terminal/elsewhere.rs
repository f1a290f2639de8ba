//! Starts without a terminal to draw on, or without one to read keys from: nothing is drawn, and nothing was changed.

use std::fs;
use std::time::Duration;

use crate::pty::{Pty, command};

const LIMIT: Duration = Duration::from_secs(30);

/// Runs a line of the shell in a terminal, where `$0` is folkmoot, until it ends with an error.
fn said_by(line: &str) -> (Pty, tempfile::TempDir) {
    let home = tempfile::tempdir().unwrap();
    let mut shell = command("sh", home.path());
    shell.args(["-c", line, env!("CARGO_BIN_EXE_folkmoot")]);
    let mut pty = Pty::start(shell, (120, 24));
    assert_eq!(pty.wait_for_end(LIMIT).unwrap().exit_code(), 1);
    let said = pty.screen().contents();
    assert!(said.contains("There is no terminal to draw on"), "{said}");
    assert_eq!(pty.modes(), pty.first_modes());
    assert!(!pty.written().contains(&0x1b), "{:?}", pty.written());
    (pty, home)
}

#[test]
fn what_is_drawn_goes_to_no_file() {
    let (_pty, home) = said_by("exec \"$0\" --demo >out");
    assert_eq!(fs::read(home.path().join("out")).unwrap(), b"");
}

#[cfg(target_os = "linux")]
#[test]
fn where_no_keys_can_be_read_nothing_is_drawn() {
    said_by("exec setsid -w \"$0\" --demo </dev/null");
}
