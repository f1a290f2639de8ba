//! The run of a command, and the signals that break it off.

use std::pin::pin;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio::signal::unix::{SignalKind, signal};

use super::exit::{self, Stop};
use super::output;
use crate::protocol::{Problem, ProblemKind};

/// So long after ^C a command that can end has ended, on a busy machine too.
const STUCK: Duration = Duration::from_secs(1);

/// What the tasks of a command run on: this thread, and one beside it.
///
/// # Errors
/// `General` where the system has no thread to give.
pub fn runtime() -> Result<Runtime, Problem> {
    Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .map_err(|error| {
            let what = format!("The system gives no runtime ({error}).");
            Problem::new(ProblemKind::General, &what, "")
        })
}

/// Runs something until it ends, or ^C or a TERM ends it: then what it did to the terminal is undone.
///
/// # Errors
/// Whatever stopped it.
pub fn run_async(command: impl Future<Output = Result<(), Stop>>) -> Result<ExitCode, Stop> {
    let runtime = runtime()?;
    let ended = runtime.block_on(async {
        tokio::spawn(end_when_stuck());
        let mut command = pin!(command);
        let code = tokio::select! {
            biased;
            done = &mut command => return done.map(|()| ExitCode::SUCCESS),
            code = called_off() => code,
        };
        // What a command has to say of what was broken off, it says; it may hear of the signal a moment later.
        match HEARING.load(Ordering::Relaxed) {
            0 => Ok(ExitCode::from(code)),
            _ => command.await.map(|()| ExitCode::SUCCESS),
        }
    });
    // A look-up of a name that takes long is not waited for.
    runtime.shutdown_background();
    ended
}

/// Does something, unless a signal breaks it off: then the code to exit with. Whoever waits for this says what has become of
/// what was begun.
///
/// # Errors
/// The exit code.
pub async fn unless_called_off<T>(work: impl Future<Output = T>) -> Result<T, u8> {
    let _hearing = Hearing::begin();
    tokio::select! {
        biased;
        code = called_off() => Err(code),
        done = work => Ok(done),
    }
}

/// How many wait for a signal to break off what they do.
static HEARING: AtomicUsize = AtomicUsize::new(0);

/// Somebody waits for a signal, as long as this lives.
struct Hearing;

impl Hearing {
    fn begin() -> Self {
        HEARING.fetch_add(1, Ordering::Relaxed);
        Hearing
    }
}

impl Drop for Hearing {
    fn drop(&mut self) {
        HEARING.fetch_sub(1, Ordering::Relaxed);
    }
}

/// The person is in an editor, whose ^C is no business of ours.
static ASIDE: AtomicBool = AtomicBool::new(false);

/// Does something on a thread of its own that has the terminal, and hears ^C instead of us.
///
/// # Errors
/// `General` where it panicked.
pub async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
    ASIDE.store(true, Ordering::Relaxed);
    let done = tokio::task::spawn_blocking(work).await;
    ASIDE.store(false, Ordering::Relaxed);
    done.map_err(|error| {
        tracing::error!(panicked = error.is_panic(), "what was done aside has failed");
        Problem::new(ProblemKind::General, "folkmoot made a mistake.", "The log says more.")
    })
}

/// Ends the process a moment after it was called off. By then the command has ended by itself, unless it stands in the
/// middle of a write to a reader that does not read, where it hears nothing.
async fn end_when_stuck() {
    let code = called_off().await;
    tokio::time::sleep(STUCK).await;
    // Then it was the pager that does not read, and ^C was for the pager.
    if code == exit::INTERRUPTED && output::has_the_terminal() {
        return;
    }
    std::process::exit(code.into());
}

/// Waits for ^C or a TERM; the exit code of a run that it ends. A HUP is left to end the process: then there is no
/// terminal to give back, and whoever said `nohup` meant it.
async fn called_off() -> u8 {
    let next = async |kind| match signal(kind) {
        Ok(mut signals) => loop {
            signals.recv().await;
            if kind != SignalKind::interrupt() || !ASIDE.load(Ordering::Relaxed) {
                break;
            }
        },
        Err(error) => {
            tracing::warn!(%error, "a signal will end the process at once");
            std::future::pending().await
        }
    };
    tokio::select! {
        _ = next(SignalKind::interrupt()) => exit::INTERRUPTED,
        _ = next(SignalKind::terminate()) => exit::TERMINATED,
    }
}
