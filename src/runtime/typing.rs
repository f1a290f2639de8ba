//! What a person types or pastes while a command waits for something else.

use std::io::{self, BufRead};
use std::thread;

use rustix::termios::{LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr};
use tokio::sync::mpsc::UnboundedSender;

/// More than this is no line that anybody means.
const LONGEST: usize = 64 * 1024;

/// What was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Typed {
    /// So many bytes of a line are there.
    Part(usize),
    /// A whole line.
    Line(String),
}

/// The terminal as it is while lines are read; dropping this gives it back as it was.
///
/// A terminal that edits lines itself gives 1,024 bytes (macOS) or 4,096 (Linux) at most, and the address on which a
/// sign-in ends may be longer: what is pasted beyond is lost. So the terminal hands on each byte as it comes, and shows
/// none of it: that address holds a code. ^C and ^Z are still the terminal's.
pub struct Typing {
    before: Option<Termios>,
}

impl Typing {
    /// Hands on every line of standard input until it ends, from a thread that nothing waits for. Nothing is done to the
    /// terminal where there is none.
    pub fn begin(typed: UnboundedSender<Typed>) -> Self {
        let before = tcgetattr(io::stdin()).ok();
        if let Some(before) = &before {
            let mut modes = before.clone();
            modes.local_modes.remove(LocalModes::ICANON | LocalModes::ECHO);
            modes.special_codes[SpecialCodeIndex::VMIN] = 1;
            modes.special_codes[SpecialCodeIndex::VTIME] = 0;
            set(&modes);
        }
        thread::spawn(move || read(io::stdin().lock(), &typed));
        Typing { before }
    }
}

impl Drop for Typing {
    fn drop(&mut self) {
        if let Some(before) = &self.before {
            set(before);
        }
    }
}

fn set(modes: &Termios) {
    if let Err(error) = tcsetattr(io::stdin(), OptionalActions::Now, modes) {
        tracing::debug!(%error, "the terminal's modes stay as they are");
    }
}

/// Splits what comes into lines, until it ends or nobody listens.
fn read(from: impl BufRead, typed: &UnboundedSender<Typed>) {
    let mut line = Vec::new();
    let tell = |line: &mut Vec<u8>, byte: u8| {
        match byte {
            b'\n' | b'\r' => {
                let whole = String::from_utf8_lossy(&std::mem::take(line)).into_owned();
                if whole.trim().is_empty() {
                    return true;
                }
                return typed.send(Typed::Line(whole)).is_ok();
            }
            // Backspace, and ^U.
            0x08 | 0x7f => drop(line.pop()),
            0x15 => line.clear(),
            _ if line.len() < LONGEST => line.push(byte),
            _ => {}
        }
        typed.send(Typed::Part(line.len())).is_ok()
    };
    for byte in from.bytes() {
        let Ok(byte) = byte else { return };
        if !tell(&mut line, byte) {
            return;
        }
    }
    tell(&mut line, b'\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(typed: &[u8]) -> Vec<String> {
        let (sender, mut receiver) = tokio::sync::mpsc::unbounded_channel();
        read(typed, &sender);
        drop(sender);
        let mut lines = Vec::new();
        while let Some(typed) = receiver.blocking_recv() {
            if let Typed::Line(line) = typed {
                lines.push(line);
            }
        }
        lines
    }

    #[test]
    fn lines_come_whole_however_long_and_are_edited_on_the_way() {
        let long = "山".repeat(3000);
        let typed = format!("abx\u{7f}c\r\n\n  \n{long}\nwrong\u{15}right\rlast");
        assert_eq!(lines(typed.as_bytes()), ["abc", long.as_str(), "right", "last"]);
        assert_eq!(lines(b"\xff\x1b[2J\n"), ["\u{fffd}\u{1b}[2J"]);
        assert_eq!(lines(&[b'x'; 2 * LONGEST]).concat().len(), LONGEST);
    }
}
