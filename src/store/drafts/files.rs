//! The files of the drafts folder.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::document::{self, Content};
use super::settled::Settled;
use super::{DraftsError, Safety};
use crate::config::{make_private, sync};
use crate::domain::DraftId;

/// How long the folder's lock may be out of reach. It is held for a few system calls at a time.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);

/// Which posts drafts have become. Without an ending, it is no trace of a draft.
const SETTLED: &str = ".settled";

/// What was typed of one's own profile, likewise.
const OWN: &str = ".own";

/// Names in the folder: `.lock`, `.settled`, `.own`, `<id>.json`, `<id>.lock`, `<id>.txt`, `<id>.<random>.tmp`,
/// `<anything>.unreadable-N`.
#[derive(Debug)]
pub(super) struct Files {
    folder: PathBuf,
    /// How long is waited for the folder's lock.
    patience: Duration,
}

/// What lies in the folder.
#[derive(Default)]
pub(super) struct Listing {
    /// Every draft of which there is any trace (a document, a lock, an editor's file), with its unfinished writes.
    pub traces: BTreeMap<DraftId, Vec<PathBuf>>,
    /// JSON files whose name cannot be a draft's.
    pub misnamed: Vec<PathBuf>,
}

impl Files {
    pub fn new(folder: &Path, patience: Duration) -> Self {
        let folder = folder.to_owned();
        Files { folder, patience }
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    pub fn make_folder(&self) -> Result<(), DraftsError> {
        make_private(&self.folder).map_err(DraftsError::disk(&self.folder, "made"))
    }

    pub fn are_gone(&self) -> bool {
        !self.folder.exists()
    }

    /// The document of a draft. Only for ids that [`Files::lock`] has let through.
    pub fn path(&self, id: &DraftId) -> PathBuf {
        self.folder.join(format!("{}.json", id.0))
    }

    fn lock_path(&self, id: &DraftId) -> PathBuf {
        self.folder.join(format!("{}.lock", id.0))
    }

    /// Keeps every other folkmoot from taking or removing locks, until the result is dropped.
    pub fn lock_folder(&self) -> Result<File, DraftsError> {
        let path = self.folder.join(".lock");
        let file = open_lock_file(&path).map_err(DraftsError::disk(&path, "opened"))?;
        let deadline = Instant::now() + self.patience;
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(file),
                Err(TryLockError::Error(e)) => return Err(DraftsError::disk(&path, "locked")(e)),
                Err(TryLockError::WouldBlock) if Instant::now() >= deadline => {
                    return Err(DraftsError::Busy(self.folder.clone()));
                }
                Err(TryLockError::WouldBlock) => thread::sleep(Duration::from_millis(2)),
            }
        }
    }

    /// Takes the lock of one draft; `None` when somebody else has it. The caller holds the folder's lock.
    pub fn lock(&self, id: &DraftId) -> Result<Option<Lock>, DraftsError> {
        if !is_file_name(&id.0) {
            return Err(DraftsError::BadName(id.clone()));
        }
        let path = self.lock_path(id);
        let file = open_lock_file(&path).map_err(DraftsError::disk(&path, "opened"))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Lock(file))),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(e)) => Err(DraftsError::disk(&path, "locked")(e)),
        }
    }

    /// Removes the lock file of a draft whose lock we hold. The caller holds the folder's lock. One that stays is in
    /// nobody's way, and the next start tries again.
    pub fn remove_lock(&self, id: &DraftId) {
        let path = self.lock_path(id);
        if let Err(error) = remove_file(&path) {
            tracing::warn!(?path, %error, "a lock file stays behind");
        }
    }

    pub fn remove_draft(&self, id: &DraftId) -> Result<(), DraftsError> {
        let path = self.path(id);
        remove_file(&path).map_err(DraftsError::disk(&path, "removed"))
    }

    /// The document of a draft; `None` when there is none.
    pub fn read(&self, id: &DraftId) -> Result<Option<Vec<u8>>, DraftsError> {
        let path = self.path(id);
        match fs::read(&path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(DraftsError::disk(&path, "read")(e)),
        }
    }

    /// Replaces the document of a draft: what is read is the old one or the new one, never a part.
    pub fn replace(&self, id: &DraftId, bytes: &[u8], safety: Safety) -> Result<(), DraftsError> {
        self.put(&self.path(id), &format!("{}.", id.0), bytes, safety)
    }

    pub(super) fn put(&self, path: &Path, prefix: &str, bytes: &[u8], safety: Safety) -> Result<(), DraftsError> {
        let written = || -> io::Result<()> {
            // Made with 0600. Dropped before `persist`, it removes itself.
            let mut file = tempfile::Builder::new()
                .prefix(prefix)
                .suffix(".tmp")
                .tempfile_in(&self.folder)?;
            file.write_all(bytes)?;
            if safety == Safety::PowerCut {
                file.as_file().sync_all()?;
            }
            file.persist(path).map_err(|e| e.error)?;
            if safety == Safety::PowerCut {
                sync(&self.folder)?;
            }
            Ok(())
        };
        written().map_err(DraftsError::disk(path, "written"))
    }

    /// Which posts drafts have become, the newest first. What cannot be read is begun anew: it tells apart what only
    /// looks the same.
    pub fn settled(&self) -> Result<Vec<Settled>, DraftsError> {
        let path = self.folder.join(SETTLED);
        match fs::read(&path) {
            Ok(bytes) => Ok(serde_json::from_slice(&bytes).unwrap_or_else(|error| {
                tracing::warn!(category = ?error.classify(), "what drafts have become cannot be read");
                Vec::new()
            })),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
            Err(e) => Err(DraftsError::disk(&path, "read")(e)),
        }
    }

    /// Keeps which posts drafts have become. The caller holds the folder's lock.
    pub fn keep_settled(&self, all: &[Settled]) -> Result<(), DraftsError> {
        let path = self.folder.join(SETTLED);
        self.put(&path, ".settled.", &serde_json::to_vec(all)?, Safety::PowerCut)
    }

    /// What was typed of one's own profile. A file that holds none is put aside, and unfinished writes are removed. The
    /// caller holds the folder's lock.
    pub fn own(&self) -> Result<Vec<Value>, DraftsError> {
        for path in self.entries()? {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if name.starts_with(".own.") && name.ends_with(".tmp") {
                remove_file(&path).map_err(DraftsError::disk(&path, "removed"))?;
            }
        }
        let path = self.folder.join(OWN);
        match fs::read(&path) {
            Ok(bytes) => Ok(serde_json::from_slice(&bytes).unwrap_or_else(|error| {
                tracing::warn!(category = ?error.classify(), "what was typed of a profile cannot be read");
                self.put_aside(&path);
                Vec::new()
            })),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
            Err(e) => Err(DraftsError::disk(&path, "read")(e)),
        }
    }

    /// Keeps what was typed of one's own profile. The caller holds the folder's lock.
    pub fn keep_own(&self, all: &[Value], safety: Safety) -> Result<(), DraftsError> {
        self.put(
            &self.folder.join(OWN),
            ".own.",
            &serde_json::to_vec_pretty(all)?,
            safety,
        )
    }

    /// Cleans up behind a killed folkmoot. An unfinished write is dropped in favour of the document before it; where
    /// there is no document yet and the write was whole, it becomes the document. The caller holds the draft's lock.
    pub fn tidy(&self, id: &DraftId, unfinished: &[PathBuf]) -> Result<(), DraftsError> {
        let path = self.path(id);
        for temp in unfinished {
            let is_whole = || -> Result<bool, DraftsError> {
                let bytes = fs::read(temp).map_err(DraftsError::disk(temp, "read"))?;
                Ok(!matches!(document::read(&bytes, id), Content::Corrupt(_)))
            };
            if !path.try_exists().map_err(DraftsError::disk(&path, "read"))? && is_whole()? {
                fs::rename(temp, &path).map_err(DraftsError::disk(&path, "written"))?;
            } else {
                remove_file(temp).map_err(DraftsError::disk(temp, "removed"))?;
            }
        }
        Ok(())
    }

    pub fn list(&self) -> Result<Listing, DraftsError> {
        let mut listing = Listing::default();
        for path in self.entries()? {
            let Some(extension) = path.extension().and_then(|e| e.to_str()) else {
                continue;
            };
            let stem = match extension {
                "json" | "lock" | "txt" => path.file_stem().and_then(|stem| stem.to_str()),
                "tmp" => path.file_name().and_then(|name| name.to_str()?.split('.').next()),
                _ => continue,
            };
            match stem {
                Some(stem) if is_file_name(stem) => {
                    let unfinished = listing.traces.entry(DraftId(stem.to_owned())).or_default();
                    if extension == "tmp" {
                        unfinished.push(path);
                    }
                }
                _ if extension == "json" => listing.misnamed.push(path),
                _ => {}
            }
        }
        Ok(listing)
    }

    fn entries(&self) -> Result<Vec<PathBuf>, DraftsError> {
        fs::read_dir(&self.folder)
            .and_then(|entries| entries.map(|entry| entry.map(|e| e.path())).collect())
            .map_err(DraftsError::disk(&self.folder, "read"))
    }

    /// Renames a file that holds no draft to `<name>.unreadable-N`, and answers where it lies now. The caller holds the
    /// folder's lock, so that a free name stays free.
    pub fn put_aside(&self, path: &Path) -> PathBuf {
        let stem = path.file_stem().unwrap_or_default();
        let free = (1_u32..).find_map(|n| {
            let mut name = OsString::from(stem);
            name.push(format!(".unreadable-{n}"));
            let aside = path.with_file_name(name);
            fs::symlink_metadata(&aside).is_err().then_some(aside)
        });
        let Some(aside) = free else { return path.to_owned() };
        match fs::rename(path, &aside) {
            Ok(()) => aside,
            Err(error) => {
                tracing::warn!(?path, %error, "an unreadable draft stays where it is");
                path.to_owned()
            }
        }
    }
}

/// Whether a draft's name is harmless as the stem of a file's name on every system.
fn is_file_name(name: &str) -> bool {
    let starts_well = name.starts_with(|c: char| c.is_ascii_alphanumeric());
    starts_well && name.len() <= 100 && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
}

/// The lock of a draft. It is given back at once when this is dropped: a child process that is just being started still has
/// the file open for a moment, and closing ours alone would leave the lock to it.
#[derive(Debug)]
pub struct Lock(File);

impl Lock {
    /// The locked file.
    pub fn file(&self) -> &File {
        &self.0
    }

    /// Gives the lock back, whoever has the file open besides.
    pub fn give_back(&self) {
        if let Err(error) = self.0.unlock() {
            tracing::warn!(%error, "a lock is given back only when its file is closed");
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        self.give_back();
    }
}

/// Opens a file to lock it, made if missing, for this user only (0600). What it holds does not matter.
fn open_lock_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Removes a file; one that is gone already is as good.
pub(super) fn remove_file(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}
