//! Which posts drafts have become, over all runs: a post settles one draft. Two drafts of the same words, sent within
//! minutes, look the same in the group; without this, the post of one would speak for the other.

use serde::{Deserialize, Serialize};

use super::{Drafts, DraftsError};
use crate::domain::{DraftId, Id};

/// So many are remembered. Posts are only mixed up that were sent within minutes of each other.
const MOST: usize = 1000;

#[derive(Serialize, Deserialize)]
pub(super) struct Settled {
    draft: DraftId,
    post: Id,
}

impl Drafts {
    /// The posts that other drafts have become.
    ///
    /// # Errors
    /// When the folder cannot be locked or read.
    pub fn taken_by_others(&self, id: &DraftId) -> Result<Vec<Id>, DraftsError> {
        let _folder = self.files.lock_folder()?;
        let others = self.files.settled()?.into_iter().filter(|settled| settled.draft != *id);
        Ok(others.map(|settled| settled.post).collect())
    }

    /// Records that a draft has become a post. `false`, and nothing is done, where another draft has become that post.
    ///
    /// # Errors
    /// When the folder cannot be locked or written to.
    pub fn claim(&self, id: &DraftId, post: &Id) -> Result<bool, DraftsError> {
        let _folder = self.files.lock_folder()?;
        let mut all = self.files.settled()?;
        if let Some(settled) = all.iter().find(|settled| settled.post == *post) {
            return Ok(settled.draft == *id);
        }
        let (draft, post) = (id.clone(), post.clone());
        all.insert(0, Settled { draft, post });
        all.truncate(MOST);
        self.files.keep_settled(&all)?;
        Ok(true)
    }
}
