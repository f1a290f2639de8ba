//! The log: a file for each profile, never the terminal, where a stray line would paint over the screen.

#[cfg(test)]
mod tests;

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tracing::level_filters::LevelFilter;
use tracing::{Level, Subscriber};
use tracing_appender::non_blocking::{NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::Layer;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;

use crate::config::make_private;
use crate::domain::{Prose, Text};
use crate::protocol::{Problem, ProblemKind};

/// A log that is longer than this when folkmoot starts becomes `folkmoot.log.1`, in the place of the one before.
const LONGEST: u64 = 1024 * 1024;
/// So many lines may wait to be written. There is room for all of them from the beginning: the library's own 128,000 are
/// megabytes, and time at every start.
const MOST_WAITING: usize = 4096;

/// The log of this run. Lines are written by a thread of their own; dropping this waits for them, so drop it last, when
/// the terminal is its old self again.
#[derive(Debug)]
#[must_use = "what was logged is written when this is dropped"]
pub struct Logging {
    /// Why nothing is logged, if so: for a notice. folkmoot works without a log.
    pub warning: Option<Problem>,
    _flush: Option<WorkerGuard>,
}

/// Starts to log to `file` (0600, in a folder that is made if missing). Only folkmoot's own lines go down to `level`;
/// of the libraries no more than warnings are kept, because their lower levels may tell headers and bodies.
pub fn start(file: &Path, level: Level) -> Logging {
    match try_start(file, level) {
        Ok(flush) => Logging {
            warning: None,
            _flush: Some(flush),
        },
        Err(error) => {
            let file = Text::new(&file.display().to_string());
            Logging {
                warning: Some(Problem::new(
                    ProblemKind::General,
                    &format!("Nothing is logged: {file} cannot be written ({error})."),
                    "Make its folder writable for you, or start folkmoot with XDG_STATE_HOME set to a folder that is.",
                )),
                _flush: None,
            }
        }
    }
}

fn try_start(file: &Path, level: Level) -> io::Result<WorkerGuard> {
    let (writer, flush) = NonBlockingBuilder::default()
        .buffered_lines_limit(MOST_WAITING)
        .finish(open(file)?);
    tracing::subscriber::set_global_default(subscriber(writer, level)).map_err(io::Error::other)?;
    tracing::info!(version = env!("CARGO_PKG_VERSION"), %level, "folkmoot starts");
    Ok(flush)
}

/// Opens the log for appending; a long one is put aside first.
fn open(file: &Path) -> io::Result<File> {
    if let Some(folder) = file.parent() {
        make_private(folder)?;
    }
    check(file)?;
    match fs::metadata(file) {
        Ok(log) if log.len() > LONGEST => fs::rename(file, before(file))?,
        Ok(log) => close_to_others(file, &log)?,
        Err(_) => {}
    }
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file)
}

/// Looks whether what is there, if anything, is a file. A link would have lines written to wherever it leads, and a pipe
/// would stop the program until somebody reads.
pub(super) fn check(file: &Path) -> io::Result<()> {
    match fs::symlink_metadata(file) {
        Ok(there) if !there.is_file() => Err(io::Error::other("it is a link or a pipe: remove it")),
        _ => Ok(()),
    }
}

/// What is there already is for nobody else, either.
#[cfg(unix)]
fn close_to_others(file: &Path, there: &fs::Metadata) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    match there.permissions().mode() & 0o077 {
        0 => Ok(()),
        _ => fs::set_permissions(file, fs::Permissions::from_mode(0o600)),
    }
}

#[cfg(not(unix))]
fn close_to_others(_: &Path, _: &fs::Metadata) -> io::Result<()> {
    Ok(())
}

/// Where a long log goes: `folkmoot.log.1`.
fn before(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".1");
    name.into()
}

fn subscriber<W>(writer: W, level: Level) -> impl Subscriber
where
    W: Write + Clone + Send + Sync + 'static,
{
    let ours = LevelFilter::from_level(level);
    let targets = Targets::new()
        .with_default(ours.min(LevelFilter::WARN))
        .with_target(env!("CARGO_CRATE_NAME"), ours);
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(move || Harmless(writer.clone()))
        .with_ansi(false)
        // A line that cannot be written would otherwise be told on the terminal.
        .log_internal_errors(false);
    tracing_subscriber::registry().with(lines.with_filter(targets))
}

/// Takes out of every line what would drive the terminal of whoever reads the log.
struct Harmless<W>(W);

impl<W: Write> Write for Harmless<W> {
    /// One call is one event.
    fn write(&mut self, event: &[u8]) -> io::Result<usize> {
        let harmless = Prose::new(&String::from_utf8_lossy(event));
        self.0.write_all(harmless.as_str().as_bytes())?;
        Ok(event.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}
