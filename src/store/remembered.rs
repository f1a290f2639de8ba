//! Small files in a profile's folder that say what an earlier run has heard or shown. What cannot be read of them is as good
//! as nothing: they only save a look.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::config::make_private;

/// So long a run waits for another that changes the same file. One that is stopped in the middle holds nobody up.
const PATIENCE: Duration = Duration::from_millis(500);

/// What a file holds.
pub(super) fn read<T: DeserializeOwned>(folder: &Path, file: &str) -> Vec<T> {
    match fs::read(folder.join(file)) {
        Ok(bytes) => serde_json::from_slice(&bytes).unwrap_or_else(|error| {
            tracing::warn!(category = ?error.classify(), file, "what was remembered cannot be read");
            Vec::new()
        }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        Err(error) => {
            tracing::warn!(%error, file, "what was remembered cannot be read");
            Vec::new()
        }
    }
}

/// Changes what a file holds. No run undoes what another does at the same time.
///
/// # Errors
/// Those of the file system.
pub(super) fn change<T: Serialize + DeserializeOwned>(
    folder: &Path,
    file: &str,
    change: impl FnOnce(&mut Vec<T>),
) -> io::Result<()> {
    change_within(PATIENCE, folder, file, change)
}

fn change_within<T: Serialize + DeserializeOwned>(
    patience: Duration,
    folder: &Path,
    file: &str,
    change: impl FnOnce(&mut Vec<T>),
) -> io::Result<()> {
    make_private(folder)?;
    let _alone = alone(&folder.join(format!(".{file}.lock")), patience)?;
    let mut all = read(folder, file);
    change(&mut all);
    // It takes its place whole, and is for this user's eyes only.
    let mut written = tempfile::NamedTempFile::new_in(folder)?;
    written.write_all(&serde_json::to_vec(&all)?)?;
    written.persist(folder.join(file))?;
    Ok(())
}

/// Waits a moment until no other run changes the file; where the file system has no locks, not at all.
fn alone(path: &Path, patience: Duration) -> io::Result<File> {
    let lock = OpenOptions::new().write(true).create(true).truncate(false).open(path)?;
    let deadline = Instant::now() + patience;
    while let Err(TryLockError::WouldBlock) = lock.try_lock() {
        if Instant::now() >= deadline {
            tracing::warn!("another folkmoot holds on to a lock");
            break;
        }
        thread::sleep(Duration::from_millis(2));
    }
    Ok(lock)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_several_change_at_once_has_the_changes_of_all() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("profile");
        // However busy the machine is.
        let patience = Duration::from_secs(3600);
        thread::scope(|scope| {
            for number in 0..16 {
                let folder = &folder;
                let add = move |all: &mut Vec<i32>| all.push(number);
                scope.spawn(move || change_within(patience, folder, "numbers.json", add).unwrap());
            }
        });
        let mut all: Vec<i32> = read(&folder, "numbers.json");
        all.sort_unstable();
        assert_eq!(all, (0..16).collect::<Vec<_>>());
    }
}
