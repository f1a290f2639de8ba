//! Threads that are gone.

use rusqlite::params;

use super::kind::Kind;
use super::{Store, StoreError, count, payload, stored};
use crate::domain::{Id, Thread};
use crate::protocol::{Payload, Query};

impl Store {
    /// Forgets threads of a group that were deleted: their posts, how far they were read, and their places in the list of
    /// threads; the list of conversations as a whole, for some may have gone with them.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn forget_threads(&mut self, group: &Id, threads: &[Id]) -> Result<(), StoreError> {
        for thread in threads {
            self.db
                .prepare_cached("DELETE FROM marks WHERE group_id = ?1 AND thread_id = ?2")?
                .execute(params![group.as_str(), thread.as_str()])?;
            let (group, thread) = (group.clone(), thread.clone());
            self.forget(&Query::Posts {
                group: group.clone(),
                thread: thread.clone(),
            })?;
            let posts = Vec::new();
            self.forget(&Query::Attachments { group, thread, posts })?;
        }
        self.forget(&Query::Conversations {
            group: group.clone(),
            since: None,
        })?;
        let query = Query::Threads {
            group: group.clone(),
            since: None,
        };
        let Some(kept) = self.recall_whole(&query)? else {
            return Ok(());
        };
        let listed = kept.parts.iter().flat_map(|part| match part {
            Payload::Threads(page) => &page[..],
            _ => &[],
        });
        let rest: Vec<Thread> = listed.filter(|thread| !threads.contains(&thread.id)).cloned().collect();
        let Some(json) = payload::write(&[Payload::Threads(rest.into())])? else {
            return Ok(());
        };
        // Another list may have been kept meanwhile: that is newer, and stays.
        self.db
            .prepare_cached("UPDATE reads SET size = ?4, payload = ?5 WHERE kind = ?1 AND about = ?2 AND read_at = ?3")?
            .execute(params![
                Kind::Threads,
                group.as_str(),
                stored(kept.read_at),
                count(json.len()),
                json
            ])?;
        Ok(())
    }
}
