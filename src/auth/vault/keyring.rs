//! The system's keyring, at arm's length: it is asked on a thread of its own, and one that hangs is left behind there.

use std::sync::mpsc::{self, Sender};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::timeout;
use zeroize::Zeroizing;

/// How long a keyring may take to answer.
const PATIENCE: Duration = Duration::from_secs(1);

/// What the vault needs of a keyring. Every call may take any time.
pub(super) trait Keyring {
    /// Its name in plain words.
    fn name(&self) -> &'static str;

    /// The bytes that one entry can hold.
    fn entry_size(&self) -> usize {
        usize::MAX
    }

    /// Reads an entry; `None` when there is none.
    fn read(&self, entry: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeyringError>;

    /// Writes an entry, new or in the place of an older one.
    fn write(&self, entry: &str, bytes: &[u8]) -> Result<(), KeyringError>;

    /// Removes an entry. One that is not there is as good.
    fn remove(&self, entry: &str) -> Result<(), KeyringError>;
}

/// Why a keyring is of no use: the beginning of a sentence, in lower case.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum KeyringError {
    /// There is none. What was tried said why: for the log, it is of little use to a person.
    #[error("no keyring answered")]
    Nobody(String),
    /// This build knows none.
    #[cfg_attr(feature = "keyring", allow(dead_code, reason = "this build knows one"))]
    #[error("this folkmoot was built without a keyring")]
    NotBuiltIn,
    /// It did not answer in time. It is not asked again in this run.
    #[error("the keyring did not answer within a second")]
    Silent,
    /// Its thread is gone. It is not asked again in this run.
    #[error("the keyring broke down")]
    Gone,
    /// It refused.
    #[cfg_attr(not(feature = "keyring"), allow(dead_code, reason = "this build knows none"))]
    #[error("the keyring refused: {0}")]
    Refused(String),
    /// What is to be kept is larger than it takes.
    #[error("the sign-in is too big for the keyring")]
    TooBig,
    /// It took something, and does not give it back.
    #[error("the keyring did not keep what it was given")]
    Forgetful,
}

/// Finds a keyring. It runs on the keyring's thread and may take any time.
pub(super) type Opener = Box<dyn FnOnce() -> Result<Box<dyn Keyring>, KeyringError> + Send>;

/// Something to do on the keyring's thread.
type Job = Box<dyn FnOnce(Result<&dyn Keyring, KeyringError>) + Send>;

/// The one that goes to the keyring and comes back within a second, with or without an answer.
pub(super) struct Messenger {
    line: Mutex<Line>,
}

enum Line {
    /// Nobody has asked yet.
    New(Opener),
    /// The thread waits for jobs. It ends when this is dropped.
    Open(Sender<Job>),
    /// The keyring is not asked again in this run.
    Cut(KeyringError),
}

impl Messenger {
    pub fn new(opener: Opener) -> Self {
        Messenger {
            line: Mutex::new(Line::New(opener)),
        }
    }

    /// Has `work` done with the keyring.
    pub async fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce(&dyn Keyring) -> Result<T, KeyringError> + Send + 'static,
    ) -> Result<T, KeyringError> {
        let (reply, answer) = oneshot::channel();
        let job: Job = Box::new(move |keyring| {
            // Nobody listens any more when the answer is late.
            drop(reply.send(keyring.and_then(work)));
        });
        self.send(job)?;
        let error = match timeout(PATIENCE, answer).await {
            Ok(Ok(Err(error @ KeyringError::Nobody(_)))) => error,
            Ok(Ok(answered)) => return answered,
            Ok(Err(_)) => KeyringError::Gone,
            Err(_) => KeyringError::Silent,
        };
        tracing::info!(?error, "the keyring is not asked again");
        *self.line() = Line::Cut(error.clone());
        Err(error)
    }

    /// Whether the keyring is not asked any more.
    pub fn is_cut(&self) -> bool {
        matches!(*self.line(), Line::Cut(_))
    }

    fn send(&self, job: Job) -> Result<(), KeyringError> {
        let mut line = self.line();
        let jobs = match std::mem::replace(&mut *line, Line::Cut(KeyringError::Gone)) {
            Line::New(opener) => start(opener)?,
            Line::Open(jobs) => jobs,
            Line::Cut(error) => {
                *line = Line::Cut(error.clone());
                return Err(error);
            }
        };
        jobs.send(job).map_err(|_| KeyringError::Gone)?;
        *line = Line::Open(jobs);
        Ok(())
    }

    fn line(&self) -> MutexGuard<'_, Line> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Starts the keyring's thread. It is never joined: a keyring that hangs must not keep folkmoot from ending.
fn start(opener: Opener) -> Result<Sender<Job>, KeyringError> {
    let (jobs, to_do) = mpsc::channel::<Job>();
    let work = move || {
        let keyring = opener();
        for job in to_do {
            job(keyring.as_deref().map_err(Clone::clone));
        }
    };
    let started = thread::Builder::new().name("keyring".into()).spawn(work);
    started.map_err(|error| KeyringError::Nobody(error.to_string()))?;
    Ok(jobs)
}
