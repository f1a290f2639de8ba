//! A sign-in that nobody else may change.

use std::fs::File;

use tokio::sync::OwnedMutexGuard;

use super::document::{Holds, Record};
use super::error::VaultError;
use super::file::Files;
use super::keyring::KeyringError;
use super::{Keep, Kept, Place, Vault, Why, entries};
use crate::protocol::Problem;

/// The sign-in of a profile, locked until this is dropped.
#[derive(Debug)]
pub struct Locked {
    vault: Vault,
    // Dropped in this order: the lock on disk first.
    _file: Option<File>,
    _turn: OwnedMutexGuard<()>,
}

impl Locked {
    pub(super) fn new(vault: Vault, turn: OwnedMutexGuard<()>, file: Option<File>) -> Self {
        Locked {
            vault,
            _file: file,
            _turn: turn,
        }
    }

    /// As [`Vault::read`].
    ///
    /// # Errors
    /// As [`Vault::read`].
    pub async fn read(&self) -> Result<Option<Kept>, Problem> {
        self.vault.read().await
    }

    /// Keeps a sign-in in the place of the one before it, which leaves no other place behind.
    ///
    /// # Errors
    /// When it could not be kept on disk. It is then held in memory and good for this run; the problem is a warning.
    pub async fn write(&mut self, kept: &Kept) -> Result<(), Problem> {
        let written = match self.vault.shared.keep {
            Keep::Auto | Keep::Keyring => self.write_to_keyring(kept).await,
            Keep::File => self.write_to_file(kept, None, false).await,
            Keep::Memory => {
                self.settle(Some(kept), Place::Memory, None);
                self.remove_kept().await
            }
        };
        written.map_err(|error| {
            let problem = error.problem();
            self.settle(
                Some(kept),
                Place::Memory,
                Some(error.to_string().trim_end_matches('.').to_owned()),
            );
            problem
        })
    }

    /// Signs out: removes the sign-in from wherever it is.
    ///
    /// # Errors
    /// When something of it stays behind: in a keyring that does not answer, or on a disk that cannot be written.
    pub async fn remove(&mut self) -> Result<(), Problem> {
        self.vault.state().memory = None;
        self.remove_kept().await.map_err(|error| error.problem())
    }

    async fn write_to_keyring(&mut self, kept: &Kept) -> Result<(), VaultError> {
        let marker = Record {
            keyring: Holds::SignIn,
            sign_in: None,
        };
        let content = Record {
            keyring: Holds::Nothing,
            sign_in: Some(kept.clone()),
        };
        let file = self.vault.shared.files.path();
        let bytes = content
            .to_bytes()
            .map_err(|e| VaultError::disk(&file, "written")(e.into()))?;
        let can_be_left_there = !self.vault.shared.keyring.is_cut();
        // Written to the keyring first: the file that says so must not be ahead of it.
        let written = self
            .vault
            .in_keyring(move |keyring, entry| {
                entries::write(keyring, entry, &bytes)?;
                Ok(keyring.name())
            })
            .await;
        match written {
            Ok(name) => {
                self.vault.on_disk(move |files| files.replace(&marker)).await?;
                self.settle(None, Place::Keyring(name), None);
                Ok(())
            }
            // What the keyring has from before stays there: it is not by choice that this run goes on without it.
            Err(why) if self.vault.shared.keep == Keep::Keyring => {
                self.settle(Some(kept), Place::Memory, Some(why.to_string()));
                Ok(())
            }
            Err(why) => self.write_to_file(kept, Some(why), can_be_left_there).await,
        }
    }

    /// `may_be_in_keyring`: writing to it has just failed, and nobody knows how far that went.
    async fn write_to_file(
        &mut self,
        kept: &Kept,
        why: Option<KeyringError>,
        may_be_in_keyring: bool,
    ) -> Result<(), VaultError> {
        let stays_in_keyring = may_be_in_keyring || self.in_keyring_before().await != Holds::Nothing;
        let mut record = Record {
            keyring: if stays_in_keyring {
                Holds::Leftover
            } else {
                Holds::Nothing
            },
            sign_in: Some(kept.clone()),
        };
        let first = record.clone();
        self.vault.on_disk(move |files| files.replace(&first)).await?;
        if stays_in_keyring && self.vault.in_keyring(entries::remove).await.is_ok() {
            record.keyring = Holds::Nothing;
            self.vault.on_disk(move |files| files.replace(&record)).await?;
        }
        let place = Place::File(self.vault.shared.files.path());
        self.settle(None, place, why.map(|why| why.to_string()));
        Ok(())
    }

    /// Removes the sign-in from the keyring and the disk. While the keyring may still hold one, the file says so.
    async fn remove_kept(&mut self) -> Result<(), VaultError> {
        if self.in_keyring_before().await != Holds::Nothing
            && let Err(error) = self.vault.in_keyring(entries::remove).await
        {
            let leftover = Record {
                keyring: Holds::Leftover,
                sign_in: None,
            };
            self.vault.on_disk(move |files| files.replace(&leftover)).await?;
            return Err(VaultError::StillInKeyring(error));
        }
        self.vault.on_disk(Files::remove).await
    }

    /// What the keyring holds as far as the file tells. One that cannot be read tells nothing.
    async fn in_keyring_before(&self) -> Holds {
        match self.vault.on_disk(Files::read).await {
            Ok(Some(record)) => record.keyring,
            Ok(None) | Err(_) => Holds::Nothing,
        }
    }

    fn settle(&self, memory: Option<&Kept>, place: Place, why: Option<String>) {
        let mut state = self.vault.state();
        state.memory = memory.cloned();
        state.place = place;
        state.why = why.map(Why::NotAsWished);
    }
}
