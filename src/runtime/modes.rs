//! The terminal's modes: one value sets them and undoes every one, in `Drop`, in the panic hook and around other
//! programs. The terminal is asked nothing.

use std::fs::File;
use std::io::{self, IsTerminal, Write};
use std::os::fd::OwnedFd;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use ratatui::crossterm::cursor::{Hide, Show};
use ratatui::crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use ratatui::crossterm::queue;
use ratatui::crossterm::style::ResetColor;
use ratatui::crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};

/// Standard error as it was, while strays go elsewhere.
static STDERR: OnceLock<OwnedFd> = OnceLock::new();
/// Whether the terminal is in our modes now: the panic hook must know, and has no value to ask.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// The terminal while it is ours.
#[derive(Debug)]
pub(super) struct TerminalModes(());

impl TerminalModes {
    /// Takes the terminal. Whatever a library writes to standard error while it is ours goes to `strays`: on the
    /// screen it would paint over the frame.
    ///
    /// # Errors
    /// When standard output is no terminal, or is gone, or no keys can be read. Nothing is then changed.
    pub(super) fn begin(strays: &File) -> io::Result<Self> {
        if !io::stdout().is_terminal() {
            return Err(io::Error::other("standard output goes elsewhere"));
        }
        // First, for it is what fails where there are no keys to read: then there is nothing to undo.
        enable_raw_mode()?;
        let modes = TerminalModes(());
        TAKEN.store(true, Ordering::SeqCst);
        if io::stderr().is_terminal() {
            if STDERR.get().is_none() {
                // Only this thread sets it: a second value cannot be in the way.
                let _ = STDERR.set(rustix::io::dup(io::stderr())?);
            }
            rustix::stdio::dup2_stderr(strays)?;
        }
        let mut out = io::stdout();
        queue!(out, EnterAlternateScreen, EnableBracketedPaste, Hide)?;
        out.flush()?;
        Ok(modes)
    }

    /// Lets what libraries write to standard error go elsewhere from now on, where it was taken away from the terminal.
    ///
    /// # Errors
    /// Those of the system.
    pub(super) fn divert(&self, strays: &File) -> io::Result<()> {
        match STDERR.get() {
            Some(_) => Ok(rustix::stdio::dup2_stderr(strays)?),
            None => Ok(()),
        }
    }
}

impl Drop for TerminalModes {
    fn drop(&mut self) {
        restore();
    }
}

/// Undoes every mode, once; does nothing where the terminal is not ours.
pub(super) fn restore() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        let mut out = io::stdout();
        // A frame may have been cut off in the middle. Where the terminal is gone there is nothing to restore.
        let _ = out.write_all(b"\x1b[?2026l");
        let _ = queue!(out, DisableBracketedPaste, ResetColor, Show, LeaveAlternateScreen);
        let _ = out.flush();
        let _ = disable_raw_mode();
        if let Some(stderr) = STDERR.get() {
            let _ = rustix::stdio::dup2_stderr(stderr);
        }
    }
}
