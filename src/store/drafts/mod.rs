//! Drafts on disk. A draft is `<id>.json`; whoever works on it holds the operating system's lock on `<id>.lock`, which a
//! killed process gives back. Locks are taken and lock files removed only under the folder's own lock (`.lock`), so that
//! nobody ever holds the lock of a file that has been removed. While a draft's text is in the person's editor it is
//! `<id>.txt`, too. What was typed of one's own profile is `.own`.

mod document;
mod error;
mod files;
mod lending;
mod one;
mod own;
mod settled;
#[cfg(test)]
mod tests;

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;

use self::document::{Content, Unknown};
pub use self::error::DraftsError;
use self::files::{Files, Lock};
pub use self::lending::Lent;
pub use self::one::{Glance, Glimpse};
use crate::domain::{Draft, DraftId, DraftState, Id};

/// The drafts folder of one profile. Every method blocks on the disk: call them off the UI thread. Threads may share it.
#[derive(Debug)]
pub struct Drafts {
    files: Files,
    book: Mutex<Book>,
}

/// What is known of single drafts.
#[derive(Debug, Default)]
struct Book {
    /// The drafts that are locked by us.
    held: HashMap<DraftId, Held>,
    /// The drafts that were settled or discarded in this run.
    gone: HashSet<DraftId>,
    /// What was typed of one's own profile, as we have read or written it last.
    own: HashMap<(Id, String), String>,
}

/// A draft that is locked by us.
struct Held {
    /// Its lock, for as long as this lives, or its text is in an editor.
    lock: Arc<Lock>,
    /// How far the draft on disk has come; `None` before it was first written.
    state: Option<DraftState>,
    /// It is no longer being sent, or was never to be, and that could not be written: the next write makes up for it.
    owes: bool,
    /// What a newer folkmoot has added to it.
    unknown: Unknown,
}

/// What was found when the folder was opened.
#[derive(Debug)]
pub struct Opened {
    /// The folder.
    pub drafts: Drafts,
    /// Drafts that earlier runs have left, now locked by us; oldest first.
    pub mine: Vec<Draft>,
    /// How many drafts another running folkmoot has.
    pub elsewhere: usize,
    /// Files that hold no draft that can be read. Broken ones were renamed to `*.unreadable-N`; those of a newer
    /// folkmoot, and those that the disk does not give out, lie where they lay. None is ever deleted.
    pub unreadable: Vec<PathBuf>,
}

impl Drafts {
    /// Opens the folder, made if missing (0700), and takes every draft that no running folkmoot has. Leftovers of a
    /// killed one are cleaned up.
    ///
    /// # Errors
    /// When the folder cannot be made, read or locked.
    pub fn open(folder: &Path) -> Result<Opened, DraftsError> {
        let files = Files::new(folder, files::PATIENCE);
        files.make_folder()?;
        let drafts = Drafts {
            files,
            book: Mutex::default(),
        };
        let found = drafts.take_free()?;
        Ok(Opened {
            drafts,
            mine: found.mine,
            elsewhere: found.elsewhere,
            unreadable: found.unreadable,
        })
    }

    /// Takes every draft that others have left since, oldest first, and counts those that another running folkmoot has.
    ///
    /// # Errors
    /// When the folder cannot be read or locked.
    pub fn take_left(&self) -> Result<(Vec<Draft>, usize), DraftsError> {
        let found = self.take_free()?;
        Ok((found.mine, found.elsewhere))
    }

    /// A name that no other draft has, on this machine or another that shares the folder. Names sort by time.
    pub fn new_id() -> DraftId {
        let now = Timestamp::now().strftime("%Y%m%dT%H%M%SZ");
        DraftId(format!("{now}-{}", uuid::Uuid::new_v4().simple()))
    }

    /// Replaces the draft on disk as a whole (0600): a process that is killed after this returns has lost nothing, and
    /// one that is killed before leaves the draft as it was. Takes the draft's lock at its first save.
    ///
    /// # Errors
    /// `InFlight` when the draft on disk is being sent and this would say that it is not, unless `save_durably` was to
    /// say so and failed: that is made up for, as durably. `Gone` after `remove`; `Elsewhere` when another folkmoot has
    /// it; `Disk`. The draft on disk is then as it was before.
    pub fn save(&self, draft: &Draft) -> Result<(), DraftsError> {
        self.write(draft, Safety::Kill)
    }

    /// As [`Drafts::save`], and a power cut after it returns loses nothing either. Every change of state goes this way,
    /// `Sending` before the first byte of the request above all; it may also take a draft back to `Writing`.
    ///
    /// # Errors
    /// As [`Drafts::save`] without `InFlight`.
    pub fn save_durably(&self, draft: &Draft) -> Result<(), DraftsError> {
        self.write(draft, Safety::PowerCut)
    }

    /// Removes a draft that was settled or discarded, and its lock. It cannot be saved again.
    ///
    /// # Errors
    /// `Elsewhere` when another folkmoot has it; `Disk`.
    pub fn remove(&self, id: &DraftId) -> Result<(), DraftsError> {
        let mut book = self.book();
        let _folder = self.files.lock_folder()?;
        if !book.held.contains_key(id) && self.files.lock(id)?.is_none() {
            return Err(DraftsError::Elsewhere(id.clone()));
        }
        self.files.part_from_lent(id)?;
        self.files.remove_draft(id)?;
        self.files.remove_lock(id);
        book.held.remove(id);
        book.gone.insert(id.clone());
        Ok(())
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self, draft: &Draft, safety: Safety) -> Result<(), DraftsError> {
        let mut book = self.book();
        match self.write_held(&mut book, draft, safety) {
            // Somebody has cleaned up while we were running: the folder, and every lock in it, are gone.
            Err(DraftsError::Disk { source, .. })
                if source.kind() == io::ErrorKind::NotFound && self.files.are_gone() =>
            {
                self.files.make_folder()?;
                book.held.clear();
                self.write_held(&mut book, draft, safety)
            }
            other => other,
        }
    }

    fn write_held(&self, book: &mut Book, draft: &Draft, safety: Safety) -> Result<(), DraftsError> {
        let id = &draft.id;
        if book.gone.contains(id) {
            return Err(DraftsError::Gone(id.clone()));
        }
        let held = match book.held.entry(id.clone()) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => entry.insert(self.begin(id)?),
        };
        let in_flight = |state| matches!(state, DraftState::Sending { .. } | DraftState::Accepted { .. });
        let lands = !in_flight(draft.state);
        let safety = if held.owes { Safety::PowerCut } else { safety };
        if held.state.is_some_and(in_flight) && lands && safety == Safety::Kill {
            return Err(DraftsError::InFlight(id.clone()));
        }
        let written = self.files.replace(id, &document::write(draft, &held.unknown)?, safety);
        match written {
            Ok(()) => (held.state, held.owes) = (Some(draft.state), false),
            Err(_) => held.owes |= lands && safety == Safety::PowerCut,
        }
        written
    }

    /// Locks a draft that is not on disk yet.
    fn begin(&self, id: &DraftId) -> Result<Held, DraftsError> {
        let _folder = self.files.lock_folder()?;
        match self.files.lock(id)? {
            Some(_) if self.files.path(id).exists() => Err(DraftsError::Elsewhere(id.clone())),
            Some(lock) => Ok(Held {
                lock: Arc::new(lock),
                state: None,
                owes: false,
                unknown: Unknown::default(),
            }),
            None => Err(DraftsError::Elsewhere(id.clone())),
        }
    }

    /// Locks and reads every draft that nobody has, we neither.
    fn take_free(&self) -> Result<Found, DraftsError> {
        let mut book = self.book();
        let _folder = self.files.lock_folder()?;
        let listing = self.files.list()?;
        let mut found = Found::default();
        for path in listing.misnamed {
            found.unreadable.push(self.files.put_aside(&path));
        }
        for (id, unfinished) in listing.traces {
            if book.held.contains_key(&id) {
                continue;
            }
            match self.take(&id, &unfinished) {
                Ok(Taken::Draft(draft, held)) => {
                    book.held.insert(id, held);
                    found.mine.push(*draft);
                }
                Ok(Taken::Elsewhere) => found.elsewhere += usize::from(self.files.path(&id).exists()),
                Ok(Taken::Nothing) => {}
                Ok(Taken::Unreadable(path)) => found.unreadable.push(path),
                Err(error) => {
                    tracing::warn!(%error, "a draft stays where it is");
                    found.unreadable.push(self.files.path(&id));
                }
            }
        }
        found.mine.sort_by(|a, b| (a.begun, &a.id).cmp(&(b.begun, &b.id)));
        Ok(found)
    }

    /// Locks and reads one draft of which there is a trace.
    fn take(&self, id: &DraftId, unfinished: &[PathBuf]) -> Result<Taken, DraftsError> {
        let Some(lock) = self.files.lock(id)? else {
            return Ok(Taken::Elsewhere);
        };
        self.files.tidy(id, unfinished)?;
        let path = self.files.path(id);
        let taken = match self.files.read(id)?.map(|bytes| document::read(&bytes, id)) {
            Some(Content::Draft(mut draft, unknown)) => {
                self.files.take_over(&mut draft, &unknown)?;
                let held = Held {
                    lock: Arc::new(lock),
                    state: Some(draft.state),
                    owes: false,
                    unknown,
                };
                return Ok(Taken::Draft(draft, held));
            }
            Some(Content::Corrupt(why)) => {
                tracing::warn!(?path, why, "no draft can be read from this file");
                Taken::Unreadable(self.files.put_aside(&path))
            }
            Some(Content::Newer) => Taken::Unreadable(path),
            None => self.files.orphan(id)?.map_or(Taken::Nothing, Taken::Unreadable),
        };
        self.files.remove_lock(id);
        Ok(taken)
    }
}

/// What became of a trace of a draft.
enum Taken {
    /// A draft, now locked by us.
    Draft(Box<Draft>, Held),
    /// Another running folkmoot has it.
    Elsewhere,
    /// There was nothing but leftovers.
    Nothing,
    /// No draft that can be read; it lies there.
    Unreadable(PathBuf),
}

/// What `take_free` has found.
#[derive(Default)]
struct Found {
    mine: Vec<Draft>,
    elsewhere: usize,
    unreadable: Vec<PathBuf>,
}

/// What a write has to survive.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Safety {
    /// The process is killed.
    Kill,
    /// The power is cut.
    PowerCut,
}

impl std::fmt::Debug for Held {
    /// Unknown members may hold what was typed: they are not told.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Held")
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}
