//! What was read from Graph, to be shown again at once: a SQLite database, one for each account of a profile. It is a
//! copy that can be read again at any time, so nothing in it is worth waiting for, and a file that cannot be read is put
//! aside for a new one.
//!
//! | file | what lives there |
//! |---|---|
//! | `opening` | opening, putting aside what cannot be opened, and locks |
//! | `schema` | the tables, version by version |
//! | `reads` | what was read for a query, when |
//! | `kind` | the kinds of queries that are kept, and how many of each |
//! | `gathered` | as much of an answer as was read for other queries |
//! | `payload` | what was read as JSON and back |
//! | `people`, `words` | people, and finding them by name or address |
//! | `names` | the names of groups and people, for completing them |
//! | `marks` | how far threads were read: the one thing here that is no copy |
//! | `threads` | threads that are gone |
//! | `photos` | photos |
//! | `bounds` | how much is kept |
//! | `files` | the files of a profile |
//! | `error` | why nothing can be kept or found |

mod bounds;
mod error;
mod files;
mod gathered;
mod kind;
mod marks;
mod names;
mod opening;
mod payload;
mod people;
mod photos;
mod reads;
mod schema;
#[cfg(test)]
mod tests;
mod threads;
mod words;

use std::path::Path;

use jiff::Timestamp;
use rusqlite::{Connection, Transaction, TransactionBehavior};

pub use self::error::{Aside, Notice, StoreError};
pub use self::files::{Inventory, clear, files, path};
pub use self::names::{Name, Noun};
pub use self::photos::Photo;
pub use self::reads::Kept;

/// What is kept of one account. Every method blocks on the disk: call them off the UI thread. Each thread opens its own;
/// those that read do not wait for one that writes.
#[derive(Debug)]
pub struct Store {
    db: Connection,
}

impl Store {
    /// Opens the database, made if missing (0600, its folder 0700), and brings it up to date. A file that is broken, is no
    /// database of ours, or was written by a newer folkmoot is renamed, and the notice says to what.
    ///
    /// # Errors
    /// When the file cannot be made, or another folkmoot holds it for longer than a moment.
    pub fn open(path: &Path) -> Result<(Self, Option<Notice>), StoreError> {
        let (db, notice) = opening::open(path, opening::Check::Quick)?;
        Ok((Store { db }, notice))
    }

    /// Opens the database to read from it only, as it is: a file that is broken, or of another version, stays where it is.
    ///
    /// # Errors
    /// When there is none, when it cannot be read, or when another folkmoot holds it at the moment.
    pub fn peek(path: &Path) -> Result<Self, StoreError> {
        Ok(Store {
            db: opening::peek(path)?,
        })
    }

    /// Opens the database after [`StoreError::is_corrupt`]: every page is looked at first.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn reopen(path: &Path) -> Result<(Self, Option<Notice>), StoreError> {
        let (db, notice) = opening::open(path, opening::Check::Thorough)?;
        Ok((Store { db }, notice))
    }

    /// A change that is made as a whole or not at all.
    fn change(&mut self) -> Result<Transaction<'_>, StoreError> {
        Ok(self.db.transaction_with_behavior(TransactionBehavior::Immediate)?)
    }
}

/// A count or a size, as SQLite counts.
fn count(many: usize) -> i64 {
    i64::try_from(many).unwrap_or(i64::MAX)
}

/// A time as it is stored: milliseconds since 1970.
fn stored(at: Timestamp) -> i64 {
    at.as_millisecond()
}

/// A stored time; one that is out of range counts as the beginning of 1970.
fn time(stored: i64) -> Timestamp {
    Timestamp::from_millisecond(stored).unwrap_or(Timestamp::UNIX_EPOCH)
}
