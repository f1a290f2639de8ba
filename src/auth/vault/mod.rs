//! Where sign-ins live between runs: the system's keyring where one works, else a file that only the user can read; the
//! kernel's keyring, which forgets, or memory by choice.
//!
//! Each profile has one sign-in in one place. Its file `sign-in.json` holds the sign-in, or says that it is in the
//! keyring; so a single rename moves it, and no two places ever disagree about which is good. Nothing here fails a
//! sign-in: what cannot be kept is held in memory for this run, and said.

mod document;
mod entries;
mod error;
mod file;
mod kept;
mod keyring;
mod locked;
mod system;
#[cfg(test)]
mod tests;

use std::fmt;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, sleep, timeout_at};

use self::document::{Holds, Record};
use self::error::VaultError;
use self::file::Files;
pub use self::kept::{Kept, Who};
use self::keyring::{KeyringError, Messenger, Opener};
pub use self::locked::Locked;
use crate::domain::Text;
pub use crate::protocol::Keep;
use crate::protocol::Problem;

/// How long another folkmoot may hold the lock. It does so while it asks the authority for new tokens.
const LOCK_WAIT: Duration = Duration::from_secs(30);

/// How often the lock is tried again.
const LOCK_RETRY: Duration = Duration::from_millis(20);

/// The name of the kernel's keyring, whose limits are said to the person.
const KERNEL: &str = "the kernel's keyring";

/// Where a sign-in is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In a keyring, with its name in plain words.
    Keyring(&'static str),
    /// In this file.
    File(PathBuf),
    /// In memory.
    Memory,
}

impl fmt::Display for Place {
    /// As it follows "kept in".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Keyring(name) => f.pad(name),
            Place::File(path) => write!(f, "{}, readable only by you", Text::new(&path.to_string_lossy())),
            Place::Memory => f.pad("memory, until folkmoot ends"),
        }
    }
}

/// The place of one profile's sign-in. A clone is the same vault.
#[derive(Clone)]
pub struct Vault {
    shared: Arc<Shared>,
}

struct Shared {
    keep: Keep,
    files: Files,
    /// The name of our entry in the keyring.
    entry: String,
    keyring: Messenger,
    state: Mutex<State>,
    /// Held beside the lock on disk, which a read-only disk may refuse.
    turn: Arc<tokio::sync::Mutex<()>>,
}

struct State {
    /// The sign-in, where it could be kept nowhere else.
    memory: Option<Kept>,
    place: Place,
    why: Option<Why>,
}

/// Why the sign-in is not where it was to be.
enum Why {
    /// It is, or would be, kept elsewhere: the beginning of a sentence.
    NotAsWished(String),
    /// The keyring has lost it.
    Lost,
}

impl Vault {
    /// Opens the vault of a profile, whose folder need not exist yet. It asks the keyring, if it is to be used, for a
    /// second at most, and never fails: [`Vault::notice`] tells what did not work.
    pub async fn open(keep: Keep, folder: PathBuf, profile: &str) -> Self {
        // The kernel's keyring forgets, which nobody gets without having asked for it.
        let kernel_too = keep != Keep::Auto;
        Self::open_with(keep, folder, system::opener(profile, kernel_too)).await
    }

    async fn open_with(keep: Keep, folder: PathBuf, opener: Opener) -> Self {
        // The folder is in the name, so that another state folder has a sign-in of its own.
        let entry = std::path::absolute(&folder)
            .unwrap_or_else(|_| folder.clone())
            .to_string_lossy()
            .into_owned();
        let vault = Vault {
            shared: Arc::new(Shared {
                keep,
                files: Files::new(folder),
                entry,
                keyring: Messenger::new(opener),
                state: Mutex::new(State {
                    memory: None,
                    place: Place::Memory,
                    why: None,
                }),
                turn: Arc::default(),
            }),
        };
        vault.look().await;
        vault
    }

    /// Finds out where the sign-in is, or would be kept.
    async fn look(&self) {
        let file = Place::File(self.shared.files.path());
        let record = self.on_disk(Files::read).await;
        let is_in_keyring = matches!(&record, Ok(Some(r)) if r.keyring == Holds::SignIn && r.sign_in.is_none());
        let wished = match self.shared.keep {
            Keep::Auto | Keep::Keyring => None,
            Keep::File => Some(file.clone()),
            Keep::Memory => Some(Place::Memory),
        };
        let (place, why) = match wished {
            Some(place) if !is_in_keyring => (place, None),
            _ => match self.shared.keyring.ask(|keyring| Ok(keyring.name())).await {
                Ok(name) => (Place::Keyring(name), None),
                Err(error) if self.shared.keep == Keep::Keyring => (Place::Memory, Some(error)),
                Err(error) => (file.clone(), Some(error)),
            },
        };
        let is_in_file = matches!(record, Ok(Some(Record { sign_in: Some(_), .. })));
        let mut state = self.state();
        state.place = if is_in_file { file } else { place };
        state.why = why.map(|why| Why::NotAsWished(why.to_string()));
    }

    /// Where the sign-in is kept; before there is one, where it would be.
    pub fn place(&self) -> Place {
        self.state().place.clone()
    }

    /// What the person should know about the place, as why the keyring is not used; `None` when all is as wished.
    pub fn notice(&self) -> Option<Text> {
        let state = self.state();
        let sentence = match (&state.why, &state.place) {
            (Some(Why::NotAsWished(why)), place) => format!("{}; {}.", capital(why), instead(place)),
            (Some(Why::Lost), _) => "The keyring no longer has your sign-in; sign in again.".to_owned(),
            (None, Place::Keyring(KERNEL)) => format!(
                "Your sign-in is kept in {KERNEL}, which forgets it when this machine restarts and after three days \
                 without use."
            ),
            (None, _) => return None,
        };
        Some(Text::new(&sentence))
    }

    /// The sign-in; `None` when nobody is signed in.
    ///
    /// # Errors
    /// `SignIn` when there is one and it cannot be had: its file can be read by others, is not this user's, is a link
    /// or damaged, or the keyring that holds it does not answer. `General` when the disk fails.
    pub async fn read(&self) -> Result<Option<Kept>, Problem> {
        self.find().await.map_err(|error| error.problem())
    }

    async fn find(&self) -> Result<Option<Kept>, VaultError> {
        if let Some(kept) = &self.state().memory {
            return Ok(Some(kept.clone()));
        }
        // Once more when the keyring has nothing: another folkmoot may have moved it in between.
        for _ in 0..2 {
            match self.on_disk(Files::read).await? {
                None => return Ok(None),
                Some(Record {
                    sign_in: Some(kept), ..
                }) => {
                    self.state().place = Place::File(self.shared.files.path());
                    return Ok(Some(kept));
                }
                Some(Record { keyring, .. }) if keyring != Holds::SignIn => return Ok(None),
                Some(_) => {
                    let (name, bytes) = self
                        .in_keyring(|keyring, entry| Ok((keyring.name(), entries::read(keyring, entry)?)))
                        .await
                        .map_err(VaultError::InKeyring)?;
                    if let Some(bytes) = bytes {
                        let record = Record::from_bytes(&bytes).map_err(VaultError::KeyringUnreadable)?;
                        self.state().place = Place::Keyring(name);
                        return Ok(record.sign_in);
                    }
                }
            }
        }
        self.state().why = Some(Why::Lost);
        Ok(None)
    }

    /// Locks the sign-in against every other folkmoot, for the time it takes to read it, renew it and write it. The
    /// lock ends when the result is dropped. Where the disk has no place for a lock, or none to trust, it holds in this
    /// process alone.
    ///
    /// # Errors
    /// `General` when another folkmoot holds the lock for half a minute.
    pub async fn lock(&self) -> Result<Locked, Problem> {
        self.lock_within(LOCK_WAIT).await.map_err(|error| error.problem())
    }

    /// Signs out: removes the sign-in from wherever it is, whatever account it is for. Whether there was one.
    ///
    /// # Errors
    /// As [`Vault::lock`] and [`Locked::remove`].
    pub async fn sign_out(&self) -> Result<bool, Problem> {
        let mut locked = self.lock().await?;
        // What cannot be read is something too.
        let was_there = locked.read().await.map_or(true, |kept| kept.is_some());
        locked.remove().await?;
        tracing::info!("signed out");
        Ok(was_there)
    }

    async fn lock_within(&self, wait: Duration) -> Result<Locked, VaultError> {
        let deadline = Instant::now() + wait;
        let turn = timeout_at(deadline, self.shared.turn.clone().lock_owned())
            .await
            .map_err(|_| VaultError::Busy)?;
        let file = loop {
            match self.on_disk(Files::lock).await {
                Ok(Some(file)) => break Some(file),
                // Tried again and again instead of waited for, so that giving up leaves no thread behind.
                Ok(None) if Instant::now() < deadline => sleep(LOCK_RETRY).await,
                Ok(None) => return Err(VaultError::Busy),
                Err(error) => {
                    tracing::warn!(%error, "the sign-in is locked in this process alone");
                    break None;
                }
            }
        };
        Ok(Locked::new(self.clone(), turn, file))
    }

    /// Does something with the files, where a slow disk holds nobody up.
    async fn on_disk<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Files) -> Result<T, VaultError> + Send + 'static,
    ) -> Result<T, VaultError> {
        let files = self.shared.files.clone();
        let path = files.path();
        tokio::task::spawn_blocking(move || work(&files))
            .await
            .unwrap_or_else(|error| Err(VaultError::disk(&path, "reached")(error.into())))
    }

    /// Does something with our entry in the keyring.
    async fn in_keyring<T: Send + 'static>(
        &self,
        work: impl FnOnce(&dyn keyring::Keyring, &str) -> Result<T, KeyringError> + Send + 'static,
    ) -> Result<T, KeyringError> {
        let entry = self.shared.entry.clone();
        self.shared.keyring.ask(move |keyring| work(keyring, &entry)).await
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.shared.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vault")
            .field("keep", &self.shared.keep)
            .field("place", &self.place())
            .finish_non_exhaustive()
    }
}

/// What is done instead of what was wished.
fn instead(place: &Place) -> &'static str {
    match place {
        Place::Keyring(_) => "so it stays in the keyring",
        Place::File(_) => "so a file is used",
        Place::Memory => "so it is held in memory only",
    }
}

/// The words with a capital first letter.
fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
