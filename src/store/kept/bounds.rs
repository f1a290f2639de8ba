//! How much is kept.

use super::kind::Kind;
use super::{Store, StoreError};

/// Bytes that the database may take. Beyond, what was read longest ago goes.
pub(super) const MOST: i64 = 200 << 20;

/// What goes to make room, a portion at a time; each statement once those before find nothing more.
const PORTIONS: &[&str] = &[
    "DELETE FROM photos WHERE rowid IN (SELECT rowid FROM photos ORDER BY read_at LIMIT 50)",
    "DELETE FROM reads WHERE rowid IN (SELECT rowid FROM reads WHERE kind NOT IN ('me', 'groups') ORDER BY read_at LIMIT 50)",
    "DELETE FROM people WHERE key IN (SELECT key FROM people ORDER BY read_at LIMIT 5000)",
];

impl Store {
    /// Removes what is beyond the bounds.
    pub(super) fn make_room(&mut self) -> Result<(), StoreError> {
        self.make_room_for(MOST)
    }

    pub(super) fn make_room_for(&mut self, most: i64) -> Result<(), StoreError> {
        for kind in Kind::ALL {
            let Some(most) = kind.most() else { continue };
            let count: i64 = self
                .db
                .prepare_cached("SELECT count(*) FROM reads WHERE kind = ?1")?
                .query_row([kind], |row| row.get(0))?;
            if count > most {
                // A tenth more, so that not every read that is kept pays for it.
                let many = count - most + most / 10;
                self.db.execute(
                    "DELETE FROM reads WHERE rowid IN (SELECT rowid FROM reads WHERE kind = ?1 ORDER BY read_at LIMIT ?2)",
                    rusqlite::params![kind, many],
                )?;
            }
        }
        if self.used()? <= most {
            return Ok(());
        }
        let enough = most - most / 10;
        for portion in PORTIONS {
            while self.used()? > enough && self.db.execute(portion, [])? > 0 {}
        }
        // The pages that have become free go back to the system.
        self.db.execute_batch("PRAGMA incremental_vacuum")?;
        Ok(())
    }

    /// Bytes in use.
    pub(super) fn used(&self) -> Result<i64, StoreError> {
        let number = |name: &str| self.db.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
        Ok((number("page_count")? - number("freelist_count")?) * number("page_size")?)
    }
}
