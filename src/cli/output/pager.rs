//! The pager: a program of the person's that shows what is longer than the screen.

use std::io::{self, BufWriter, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};

use crate::cli::exit::Stop;
use crate::domain::Text;
use crate::protocol::{Problem, ProblemKind};
use crate::runtime::pages;

/// For the usual one: quit where all fits, let colours through, leave the screen as it is.
const OPTIONS: &str = "-FRX";

/// A pager runs, and the terminal is its own: nothing else may be written there, and ^C means the pager.
static SHOWN: AtomicBool = AtomicBool::new(false);

/// Whether a pager has the terminal.
pub fn has_the_terminal() -> bool {
    SHOWN.load(Ordering::Relaxed)
}

/// A pager that may be started, and the terminal that it is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pager {
    /// A command of the shell; `None` is the usual one.
    command: Option<String>,
    /// Cells of a line.
    pub width: usize,
    /// Lines of the screen.
    pub height: usize,
}

/// A pager that runs.
pub struct Paging {
    pipe: BufWriter<ChildStdin>,
    child: Child,
    command: Option<String>,
}

impl Pager {
    /// The pager for a terminal of so many cells and lines. `named` is what `PAGER` says: nothing and `cat` mean none.
    pub fn choose(named: Option<&str>, width: usize, height: usize) -> Option<Self> {
        let is_wanted = width > 0 && height > 0 && !named.is_some_and(pages::is_none);
        let command = named.map(|named| named.trim().to_owned());
        is_wanted.then_some(Pager { command, width, height })
    }

    /// Starts it. `None` where the usual one is not there, and for whatever reason the system has.
    pub fn start(&self) -> Option<Paging> {
        let mut command = match &self.command {
            Some(command) => shell(command),
            None => {
                let mut usual = Command::new(pages::USUAL);
                usual.arg(OPTIONS);
                usual
            }
        };
        let mut child = command.stdin(Stdio::piped()).spawn().ok()?;
        let pipe = BufWriter::new(child.stdin.take()?);
        SHOWN.store(true, Ordering::Relaxed);
        Some(Paging {
            pipe,
            child,
            command: self.command.clone(),
        })
    }
}

/// What git does, too: pagers that are named without options behave as the usual one.
#[cfg(unix)]
fn shell(line: &str) -> Command {
    let mut shell = Command::new("/bin/sh");
    shell.arg("-c");
    shell.arg(format!("LESS=${{LESS-FRX}} LV=${{LV--c}}; export LESS LV; {line}"));
    shell
}

#[cfg(not(unix))]
fn shell(line: &str) -> Command {
    let mut shell = Command::new("cmd");
    shell.args(["/C", line]);
    shell
}

impl Paging {
    /// Waits until the person has left it.
    ///
    /// # Errors
    /// `General` where the shell knows no such program.
    pub fn end(mut self) -> Result<(), Stop> {
        // Whoever has left it wants to read no more.
        let _ = self.pipe.flush();
        drop(self.pipe);
        let status = self.child.wait();
        SHOWN.store(false, Ordering::Relaxed);
        match (status.map(|status| status.code()), self.command) {
            (Ok(Some(pages::NO_SUCH_PROGRAM)), Some(command)) => {
                let what = format!("There is no pager `{}`, which PAGER names.", Text::new(&command));
                let next = "Set PAGER to another, or to nothing, or give --no-pager.";
                Err(Problem::new(ProblemKind::General, &what, next).into())
            }
            _ => Ok(()),
        }
    }
}

impl Write for Paging {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.pipe.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.pipe.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_and_cat_are_no_pager() {
        for (named, expected) in [
            (None, Some(None)),
            (Some("less -S"), Some(Some("less -S"))),
            (Some(" most "), Some(Some("most"))),
            (Some(""), None),
            (Some("  "), None),
            (Some("cat"), None),
        ] {
            let pager = Pager::choose(named, 80, 24);
            assert_eq!(
                pager.as_ref().map(|pager| pager.command.as_deref()),
                expected,
                "{named:?}"
            );
        }
        assert_eq!(Pager::choose(None, 80, 0), None);
    }
}
