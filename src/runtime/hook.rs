//! What happens at a panic: the terminal is given back, and the log says where. What was typed is for `unsaved`. And what
//! does not happen at a crash: nothing of the memory goes to a disk.

use std::io::{self, Write};
use std::panic::{self, PanicHookInfo};
use std::thread::{self, ThreadId};

use super::modes;
use crate::text;

/// Sets the hook. Call it on the UI thread: only a panic there ends the program. One on a worker becomes a problem on
/// the screen, and one within the guard around HTML a plainer layout.
pub(super) fn set() {
    let ui = thread::current().id();
    panic::set_hook(Box::new(move |info| {
        if text::guarded() {
            return;
        }
        let place = logged(info);
        if is_ui(ui) {
            modes::restore();
            // As below: and a second panic here would end the process at once, with nothing rescued.
            let _ = writeln!(io::stderr(), "folkmoot made a mistake at {place} and had to end.");
        }
    }));
}

/// Sets the hook of a command that has no screen. It holds until the screen sets its own.
pub fn set_plain() {
    panic::set_hook(Box::new(|info| {
        if !text::guarded() {
            let place = logged(info);
            // That stderr is closed is nothing that could be told.
            let _ = writeln!(io::stderr(), "folkmoot made a mistake at {place}.");
        }
    }));
}

/// Has the system write no file of the memory where this program crashes: tokens lie there, and mail. Programs that are
/// started from here may ask for theirs again.
pub fn write_no_core() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let none = Rlimit {
        current: Some(0),
        ..getrlimit(Resource::Core)
    };
    // Less than one had is never refused.
    let _ = setrlimit(Resource::Core, none);
}

/// Logs a panic and gives its place. The payload may quote what was being worked on, a token even; where it happened
/// says enough.
fn logged(info: &PanicHookInfo<'_>) -> String {
    let place = info.location().map(ToString::to_string).unwrap_or_default();
    tracing::error!(%place, thread = thread::current().name().unwrap_or("?"), "panic");
    place
}

fn is_ui(ui: ThreadId) -> bool {
    thread::current().id() == ui
}

#[cfg(all(test, unix))]
mod tests;
