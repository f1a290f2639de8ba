//! Drafts one by one, for whoever leaves the others alone: looked at without being taken, and taken singly.

use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;

use super::document::{self, Content};
use super::files::{Files, PATIENCE};
use super::lending::Written;
use super::{Drafts, DraftsError, Taken};
use crate::domain::{Draft, DraftId, DraftState, Id};

/// How long whoever waits for nobody waits for the folder's lock.
const MOMENT: Duration = Duration::from_millis(100);

/// What lies in the drafts folder.
#[derive(Debug, Default)]
pub struct Glance {
    /// The drafts, oldest first.
    pub drafts: Vec<Glimpse>,
    /// Files that hold no draft that can be read.
    pub unreadable: Vec<PathBuf>,
}

/// A draft as it was a moment ago.
#[derive(Debug, Clone)]
pub struct Glimpse {
    /// The draft.
    pub draft: Draft,
    /// A running folkmoot has it.
    pub elsewhere: bool,
}

impl Drafts {
    /// Opens the folder, made if missing (0700), and takes none of the drafts in it.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn attach(folder: &Path) -> Result<Drafts, DraftsError> {
        let files = Files::new(folder, PATIENCE);
        files.make_folder()?;
        Ok(Drafts {
            files,
            book: Default::default(),
        })
    }

    /// As [`Drafts::glance`] at a folder that is not made if missing, for whoever waits for nobody.
    ///
    /// # Errors
    /// `Busy` when another folkmoot works on the folder; as [`Drafts::glance`].
    pub fn glance_at_once(folder: &Path) -> Result<Glance, DraftsError> {
        let drafts = Drafts {
            files: Files::new(folder, MOMENT),
            book: Default::default(),
        };
        drafts.glance()
    }

    /// Looks at every draft and takes none; what earlier runs have left stays as it is.
    ///
    /// # Errors
    /// When the folder cannot be read or locked.
    pub fn glance(&self) -> Result<Glance, DraftsError> {
        let _folder = self.files.lock_folder()?;
        let listing = self.files.list()?;
        let mut seen = Glance {
            unreadable: listing.misnamed,
            ..Glance::default()
        };
        for id in listing.traces.into_keys() {
            // Nobody keeps a lock that is only tried: it goes with the folder's.
            let elsewhere = self.files.lock(&id)?.is_none();
            if !elsewhere {
                self.files.remove_lock(&id);
            }
            match self.files.read(&id)?.map(|bytes| document::read(&bytes, &id)) {
                Some(Content::Draft(draft, _)) => {
                    let mut draft = *draft;
                    if !elsewhere && let Written::Newer(text) = self.files.written(&draft) {
                        draft.text = text;
                    }
                    seen.drafts.push(Glimpse { draft, elsewhere });
                }
                Some(Content::Corrupt(_) | Content::Newer) => seen.unreadable.push(self.files.path(&id)),
                None => {}
            }
        }
        let order = |it: &Glimpse| (it.draft.begun, it.draft.id.clone());
        seen.drafts.sort_by_key(order);
        Ok(seen)
    }

    /// The groups whose mailboxes wanted quiet when something was to be sent there, each with the moment until which.
    ///
    /// # Errors
    /// As [`Drafts::glance`].
    pub fn quiet(&self) -> Result<Vec<(Id, Timestamp)>, DraftsError> {
        let until = |it: Glimpse| match it.draft.state {
            DraftState::Queued { until, .. } => Some((it.draft.target.group, until?)),
            DraftState::Writing | DraftState::Sending { .. } | DraftState::Accepted { .. } => None,
        };
        Ok(self.glance()?.drafts.into_iter().filter_map(until).collect())
    }

    /// Takes one draft: it is locked by us, and read.
    ///
    /// # Errors
    /// `Missing`; `Elsewhere` when another folkmoot has it; `Unreadable`; `Disk`.
    pub fn take_one(&self, id: &DraftId) -> Result<Draft, DraftsError> {
        let mut book = self.book();
        let _folder = self.files.lock_folder()?;
        let unfinished = self.files.list()?.traces.remove(id);
        let unfinished = unfinished.ok_or_else(|| DraftsError::Missing(id.clone()))?;
        match self.take(id, &unfinished)? {
            Taken::Draft(draft, held) => {
                book.held.insert(id.clone(), held);
                Ok(*draft)
            }
            Taken::Elsewhere => Err(DraftsError::Elsewhere(id.clone())),
            Taken::Nothing => Err(DraftsError::Missing(id.clone())),
            Taken::Unreadable(path) => Err(DraftsError::Unreadable(path)),
        }
    }
}
