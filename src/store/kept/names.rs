//! The names of groups and people, for completing them.

use jiff::Timestamp;
use rusqlite::{Transaction, params};

use super::{Store, StoreError, count, stored};
use crate::domain::{Group, Text};

/// What has names to complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Noun {
    /// Groups.
    Groups,
    /// People.
    People,
}

/// The name of a group or a person, and the address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The display name.
    pub name: Text,
    /// The address.
    pub mail: Option<Text>,
}

impl Store {
    /// Names and addresses that begin with what was typed, by name, at most so many: for completing a command line.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn names(&self, noun: Noun, beginning: &str, most: usize) -> Result<Vec<Name>, StoreError> {
        let table = match noun {
            Noun::Groups => "groups",
            Noun::People => "people",
        };
        let mut statement = self.db.prepare_cached(&format!(
            "SELECT name, mail FROM {table} WHERE name LIKE ?1 ESCAPE '\\' OR mail LIKE ?1 ESCAPE '\\'
             ORDER BY name COLLATE NOCASE LIMIT ?2"
        ))?;
        let escaped = beginning.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        let rows = statement.query_map(params![format!("{escaped}%"), count(most)], |row| {
            Ok(Name {
                name: Text::new(&row.get::<_, String>(0)?),
                mail: row.get::<_, Option<String>>(1)?.map(|mail| Text::new(&mail)),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// Keeps what completes a group's name.
pub(super) fn keep_group(change: &Transaction<'_>, group: &Group, at: Timestamp) -> Result<(), StoreError> {
    if group.id.as_str().is_empty() {
        return Ok(());
    }
    let mail = group.mail.as_ref().map(Text::as_str);
    change
        .prepare_cached("INSERT OR REPLACE INTO groups (id, name, mail, read_at) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![group.id.as_str(), group.name.as_str(), mail, stored(at)])?;
    Ok(())
}
