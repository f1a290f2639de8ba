//! The files of a sign-in: `sign-in.json`, `sign-in.lock`, `sign-in.<random>.tmp` while one is written, and
//! `sign-in.unreadable-N` for what was put aside.

use std::fs::{self, File, Metadata, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::document::{Record, Unreadable};
use super::error::VaultError;
use crate::config::{make_private, sync};

/// A record is some ten thousand bytes. A file far beyond that is not ours.
const LARGEST: u64 = 1 << 20;

/// The files of one profile's sign-in.
#[derive(Debug, Clone)]
pub(super) struct Files {
    folder: PathBuf,
}

impl Files {
    pub fn new(folder: PathBuf) -> Self {
        Files { folder }
    }

    /// The file that holds the record.
    pub fn path(&self) -> PathBuf {
        self.folder.join("sign-in.json")
    }

    /// Reads the record; `None` when there is no file.
    pub fn read(&self) -> Result<Option<Record>, VaultError> {
        let path = self.path();
        self.check_folder()?;
        if self.check_kind()?.is_none() {
            return Ok(None);
        }
        let file = File::open(&path).map_err(VaultError::disk(&path, "read"))?;
        let about = file.metadata().map_err(VaultError::disk(&path, "read"))?;
        check_closed(&path, &about)?;
        if about.len() > LARGEST {
            return Err(VaultError::Unreadable(path, Unreadable::Broken));
        }
        // One byte more than there is, so that reading to the end need not grow it.
        let room = usize::try_from(about.len()).unwrap_or(0) + 1;
        let mut bytes = Zeroizing::new(Vec::with_capacity(room));
        file.take(LARGEST)
            .read_to_end(&mut bytes)
            .map_err(VaultError::disk(&path, "read"))?;
        match Record::from_bytes(&bytes) {
            Ok(record) => Ok(Some(record)),
            Err(why) => Err(VaultError::Unreadable(path, why)),
        }
    }

    /// Replaces the record: what is read is the old one or the new one, also after a power cut, and nobody else can
    /// read either. What is there and is no record is put aside. The caller holds the lock.
    pub fn replace(&self, record: &Record) -> Result<(), VaultError> {
        let path = self.path();
        self.check_folder()?;
        make_private(&self.folder).map_err(VaultError::disk(&self.folder, "made"))?;
        if self.check_kind()?.is_some() && self.read().is_err_and(|error| error.is_unreadable()) {
            self.put_aside()?;
        }
        self.remove_unfinished()?;
        let written = || -> io::Result<()> {
            let bytes = record.to_bytes()?;
            // Made with 0600. Dropped before `persist`, it removes itself.
            let mut file = tempfile::Builder::new()
                .prefix("sign-in.")
                .suffix(".tmp")
                .tempfile_in(&self.folder)?;
            file.write_all(&bytes)?;
            file.as_file().sync_all()?;
            file.persist(&path).map_err(|e| e.error)?;
            sync(&self.folder)
        };
        written().map_err(VaultError::disk(&path, "written"))
    }

    /// Removes the record, and whatever of a sign-in lies beside it. The caller holds the lock.
    pub fn remove(&self) -> Result<(), VaultError> {
        self.check_folder()?;
        for path in self.named(|name| is_unfinished(name) || name.starts_with("sign-in.unreadable-"))? {
            remove_file(&path)?;
        }
        remove_file(&self.path())
    }

    /// Takes the lock under which a sign-in is read, renewed and written, until the result is dropped; `None` when
    /// somebody else has it.
    pub fn lock(&self) -> Result<Option<File>, VaultError> {
        let path = self.folder.join("sign-in.lock");
        self.check_folder()?;
        make_private(&self.folder).map_err(VaultError::disk(&self.folder, "made"))?;
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        // One on a disk that became read-only can still be locked.
        let file = options
            .open(&path)
            .or_else(|error| File::open(&path).map_err(|_| error))
            .map_err(VaultError::disk(&path, "opened"))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(file)),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(e)) => Err(VaultError::disk(&path, "locked")(e)),
        }
    }

    /// A folder that others may write to can be given files that are not ours. One that is not there yet is fine.
    fn check_folder(&self) -> Result<(), VaultError> {
        match fs::metadata(&self.folder) {
            Ok(about) => check_not_writable(&self.folder, &about),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(e) => Err(VaultError::disk(&self.folder, "read")(e)),
        }
    }

    /// Refuses what is no plain file of this user's; `None` when there is nothing.
    fn check_kind(&self) -> Result<Option<()>, VaultError> {
        let path = self.path();
        match fs::symlink_metadata(&path) {
            Ok(about) if !about.is_file() => Err(VaultError::NotAFile(path)),
            Ok(about) => check_mine(&path, &about).map(Some),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(VaultError::disk(&path, "read")(e)),
        }
    }

    /// Renames what cannot be read to the first free `sign-in.unreadable-N`.
    fn put_aside(&self) -> Result<(), VaultError> {
        let path = self.path();
        let free = (1_u32..)
            .map(|n| self.folder.join(format!("sign-in.unreadable-{n}")))
            .find(|aside| fs::symlink_metadata(aside).is_err());
        if let Some(aside) = free {
            fs::rename(&path, &aside).map_err(VaultError::disk(&path, "put aside"))?;
            tracing::warn!(?path, ?aside, "a sign-in that cannot be read was put aside");
        }
        Ok(())
    }

    /// Removes what a killed folkmoot left half-written.
    fn remove_unfinished(&self) -> Result<(), VaultError> {
        self.named(is_unfinished)?.iter().try_for_each(|path| remove_file(path))
    }

    fn named(&self, wanted: impl Fn(&str) -> bool) -> Result<Vec<PathBuf>, VaultError> {
        let entries = match fs::read_dir(&self.folder) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            other => other.map_err(VaultError::disk(&self.folder, "read"))?,
        };
        let mut named = Vec::new();
        for entry in entries {
            let entry = entry.map_err(VaultError::disk(&self.folder, "read"))?;
            if entry.file_name().to_str().is_some_and(&wanted) {
                named.push(entry.path());
            }
        }
        Ok(named)
    }
}

fn is_unfinished(name: &str) -> bool {
    name.starts_with("sign-in.") && name.ends_with(".tmp")
}

/// Removes a file; one that is gone already is as good.
fn remove_file(path: &Path) -> Result<(), VaultError> {
    match fs::remove_file(path) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other.map_err(VaultError::disk(path, "removed")),
    }
}

#[cfg(unix)]
fn check_mine(path: &Path, about: &Metadata) -> Result<(), VaultError> {
    use std::os::unix::fs::MetadataExt;
    if about.uid() == rustix::process::geteuid().as_raw() {
        Ok(())
    } else {
        Err(VaultError::NotMine(path.to_owned()))
    }
}

#[cfg(unix)]
fn check_closed(path: &Path, about: &Metadata) -> Result<(), VaultError> {
    use std::os::unix::fs::PermissionsExt;
    check_mine(path, about)?;
    if about.permissions().mode() & 0o077 == 0 {
        Ok(())
    } else {
        Err(VaultError::Wide(path.to_owned()))
    }
}

#[cfg(unix)]
fn check_not_writable(folder: &Path, about: &Metadata) -> Result<(), VaultError> {
    use std::os::unix::fs::PermissionsExt;
    check_mine(folder, about)?;
    if about.permissions().mode() & 0o022 == 0 {
        Ok(())
    } else {
        Err(VaultError::WideFolder(folder.to_owned()))
    }
}

// Elsewhere a folder under the user's own is closed by what it inherits.
#[cfg(not(unix))]
fn check_mine(_path: &Path, _about: &Metadata) -> Result<(), VaultError> {
    Ok(())
}

#[cfg(not(unix))]
use check_mine as check_closed;
#[cfg(not(unix))]
use check_mine as check_not_writable;
