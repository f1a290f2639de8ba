//! How far threads were read. Unlike all else in the database these are no copies of anything; where they are lost, groups
//! are seen for the first time again, and what is there then counts as read.
//!
//! A thread without a mark of its own is read as far as its group: up to what was there when the group was first seen, or
//! when all of it was marked as read. Marks go forward only, whichever process writes them, until a person wants something
//! unread. What was delivered more than [`LONGEST`] ago counts as read, so that there are never more marks than threads of
//! that time.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{OptionalExtension, params};

use super::{Store, StoreError, stored, time};
use crate::domain::Id;
use crate::protocol::{Mark, Marking, Marks};

/// For so long it is kept whether a thread was read.
pub(super) const LONGEST: SignedDuration = SignedDuration::from_hours(400 * 24);

impl Store {
    /// The marks of a group.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn marks(&self, group: &Id) -> Result<Marks, StoreError> {
        let since = self
            .db
            .prepare_cached("SELECT since FROM seen_groups WHERE group_id = ?1")?
            .query_row([group.as_str()], |row| row.get(0))
            .optional()?;
        let mut statement = self
            .db
            .prepare_cached("SELECT thread_id, up_to, post_id FROM marks WHERE group_id = ?1")?;
        let rows = statement.query_map([group.as_str()], |row| {
            let mark = Mark {
                up_to: time(row.get(1)?),
                post: row.get::<_, Option<String>>(2)?.map(Id::new),
            };
            Ok((Id::new(row.get::<_, String>(0)?), mark))
        })?;
        Ok(Marks {
            since: since.map(time),
            threads: rows.collect::<Result<_, _>>()?,
        })
    }

    /// Keeps a change of the marks of a group.
    ///
    /// # Errors
    /// When it cannot be written; then nothing of it is.
    pub fn keep_mark(&mut self, group: &Id, marking: &Marking) -> Result<(), StoreError> {
        let group = group.as_str();
        let change = self.change()?;
        match marking {
            Marking::Begin(since) => {
                change
                    .prepare_cached("INSERT INTO seen_groups VALUES (?1, ?2) ON CONFLICT DO NOTHING")?
                    .execute(params![group, stored(*since)])?;
            }
            Marking::Read(thread, mark) => {
                change
                    .prepare_cached(
                        "INSERT INTO marks VALUES (?1, ?2, ?3, ?4)
                         ON CONFLICT DO UPDATE SET up_to = ?3, post_id = ?4 WHERE up_to < ?3",
                    )?
                    .execute(params![group, thread.as_str(), stored(mark.up_to), post(mark)])?;
            }
            Marking::Unread(thread, mark) => {
                change
                    .prepare_cached("INSERT OR REPLACE INTO marks VALUES (?1, ?2, ?3, ?4)")?
                    .execute(params![group, thread.as_str(), stored(mark.up_to), post(mark)])?;
            }
            Marking::All(until) => {
                change
                    .prepare_cached(
                        "INSERT INTO seen_groups VALUES (?1, ?2)
                         ON CONFLICT DO UPDATE SET since = ?2 WHERE since < ?2",
                    )?
                    .execute(params![group, stored(*until)])?;
                change
                    .prepare_cached("DELETE FROM marks WHERE group_id = ?1 AND up_to <= ?2")?
                    .execute(params![group, stored(*until)])?;
            }
        }
        Ok(change.commit()?)
    }

    /// Forgets marks that lie so long ago that what they tell of counts as read: a thread that has something newer stays
    /// unread, for its group is read up to then and no farther. How many were forgotten.
    ///
    /// # Errors
    /// When it cannot be written; then nothing of it is.
    pub fn forget_old_marks(&mut self, now: Timestamp) -> Result<usize, StoreError> {
        let Ok(until) = now.checked_sub(LONGEST).map(stored) else {
            return Ok(0);
        };
        let change = self.change()?;
        change.execute("UPDATE seen_groups SET since = ?1 WHERE since < ?1", [until])?;
        let forgotten = change.execute("DELETE FROM marks WHERE up_to <= ?1", [until])?;
        change.commit()?;
        Ok(forgotten)
    }
}

fn post(mark: &Mark) -> Option<&str> {
    mark.post.as_ref().map(Id::as_str)
}
