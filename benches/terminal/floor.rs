//! The floor under every key: a program that only answers it with a frame. What that takes is the pty's, the scheduler's
//! and the stopwatch's.

use std::io::{self, Read, Write};

use portable_pty::CommandBuilder;
use ratatui::crossterm::terminal::enable_raw_mode;
use tempfile::TempDir;

use crate::pty::{self, BEGIN, END};

/// The word that makes of this program the one under the stopwatch.
const WORD: &str = "be-the-floor";
/// About what a scroll of the members writes.
const BYTES: usize = 500;

/// Whether this program was started as the floor.
pub fn is_asked_for() -> bool {
    std::env::args().nth(1).is_some_and(|word| word == WORD)
}

/// The command that starts it.
pub fn command(home: &TempDir) -> CommandBuilder {
    let mut command = pty::command(std::env::current_exe().unwrap(), home.path());
    command.arg(WORD);
    command
}

/// Draws a frame, and another for every key.
pub fn run() -> io::Result<()> {
    enable_raw_mode()?;
    let frame = [BEGIN, b"\x1b[H", &[b'x'; BYTES], END].concat();
    let (mut keys, mut out) = (io::stdin().lock(), io::stdout().lock());
    let mut key = [0];
    loop {
        out.write_all(&frame)?;
        out.flush()?;
        if keys.read(&mut key)? == 0 {
            return Ok(());
        }
    }
}
