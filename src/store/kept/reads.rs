//! What was read for a query, and when.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Transaction, params};

use super::kind::Kind;
use super::names::keep_group;
use super::payload;
use super::people::{keep_object, keep_person, keep_whole};
use super::{Store, StoreError, count, stored, time};
use crate::domain::Id;
use crate::protocol::{CardPart, Payload, Query, Scope};

/// What was read for a query at another time.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// When.
    pub read_at: Timestamp,
    /// The parts of the answer; a list comes as one page.
    pub parts: Vec<Payload>,
}

/// Under what a query's answer is kept: its kind, and what it is about.
struct Place {
    kind: Kind,
    about: String,
}

/// Where the answer to a query is kept; `None` where it is not: what was typed, and what is out of date at once.
fn place(query: &Query) -> Option<Place> {
    // Graph's ids have no spaces.
    let in_group = |kind, group: &Id, thread: &Id| (kind, format!("{} {}", group.as_str(), thread.as_str()));
    let (kind, about) = match query {
        Query::Me => (Kind::Me, String::new()),
        Query::Groups { scope, term: None } => {
            let scope = match scope {
                Scope::Mine => "mine",
                Scope::Owned => "owned",
                Scope::All => "all",
            };
            (Kind::Groups, scope.to_owned())
        }
        Query::Members { group } => (Kind::Members, group.as_str().to_owned()),
        Query::Threads { group, since: None } => (Kind::Threads, group.as_str().to_owned()),
        Query::Conversations { group, since: None } => (Kind::Conversations, group.as_str().to_owned()),
        Query::Posts { group, thread } => in_group(Kind::Posts, group, thread),
        Query::Attachments { group, thread, .. } => in_group(Kind::Attachments, group, thread),
        Query::Nearby => (Kind::Nearby, String::new()),
        Query::Card { person, .. } => (Kind::Card, person.as_str().to_owned()),
        Query::Line { person } => (Kind::Line, person.as_str().to_owned()),
        Query::Reports { person } => (Kind::Reports, person.as_str().to_owned()),
        Query::Groups { term: Some(_), .. }
        | Query::Threads { since: Some(_), .. }
        | Query::Conversations { since: Some(_), .. }
        | Query::ThreadsOf { .. }
        | Query::Group { .. }
        | Query::Everyone { .. }
        | Query::Overlap(_)
        | Query::Unseen { .. }
        | Query::Extent { .. }
        | Query::Extensions { .. }
        | Query::People { .. }
        | Query::Remembered { .. }
        | Query::Settle(_) => return None,
    };
    Some(Place { kind, about })
}

impl Store {
    /// Whether anything of the answer to a query is kept.
    pub fn keeps(query: &Query) -> bool {
        place(query).is_some() || matches!(query, Query::Groups { .. } | Query::Group { .. } | Query::People { .. })
    }

    /// Keeps a whole answer in the place of the one before, and the people and groups in it.
    ///
    /// # Errors
    /// When it cannot be written; then nothing of it is.
    pub fn keep(&mut self, query: &Query, parts: &[Payload], at: Timestamp) -> Result<(), StoreError> {
        let json = match place(query) {
            Some(place) => payload::write(parts)?.map(|json| (place, json)),
            None => None,
        };
        let change = self.change()?;
        if let Some((Place { kind, about }, json)) = json {
            change
                .prepare_cached(
                    "INSERT INTO reads (kind, about, read_at, size, payload) VALUES (?1, ?2, ?3, ?4, ?5)
                     ON CONFLICT (kind, about) DO UPDATE SET read_at = ?3, size = ?4, payload = ?5",
                )?
                .execute(params![kind, about, stored(at), count(json.len()), json])?;
        }
        keep_nouns(&change, parts, at)?;
        change.commit()?;
        self.make_room()
    }

    /// What was read for a query before, or as much of it as was read for others. What cannot be read any more counts as
    /// never read.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn recall(&self, query: &Query) -> Result<Option<Kept>, StoreError> {
        match self.recall_whole(query)? {
            None => self.recall_parts(query),
            whole => Ok(whole),
        }
    }

    pub(super) fn recall_whole(&self, query: &Query) -> Result<Option<Kept>, StoreError> {
        let Some(Place { kind, about }) = place(query) else {
            return Ok(None);
        };
        let mut statement = self
            .db
            .prepare_cached("SELECT read_at, payload FROM reads WHERE kind = ?1 AND about = ?2")?;
        let row = statement.query_row(params![kind, about], |row| {
            let json = row.get_ref(1)?.as_blob()?;
            Ok((row.get(0)?, payload::read(kind, json)))
        });
        match row.optional()? {
            Some((read_at, Ok(parts))) => Ok(Some(Kept {
                read_at: time(read_at),
                parts,
            })),
            Some((_, Err(error))) => {
                // Not its words: they may quote.
                tracing::warn!(kind = kind.name(), line = error.line(), "what was kept cannot be read");
                Ok(None)
            }
            None => Ok(None),
        }
    }

    /// Forgets what was read for a query: it is gone, or may not be seen any more.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn forget(&mut self, query: &Query) -> Result<(), StoreError> {
        if let Some(Place { kind, about }) = place(query) {
            self.db
                .prepare_cached("DELETE FROM reads WHERE kind = ?1 AND about = ?2")?
                .execute(params![kind, about])?;
        }
        Ok(())
    }

    /// Makes sure that everything here was read by this person; what somebody else has read is removed. Whether
    /// anything was.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn belongs_to(&mut self, person: &Id) -> Result<bool, StoreError> {
        let change = self.change()?;
        let before: Option<String> = change
            .query_row("SELECT value FROM meta WHERE name = 'me'", [], |row| row.get(0))
            .optional()?;
        let anothers = before.as_deref().is_some_and(|before| before != person.as_str());
        if anothers {
            for table in ["reads", "groups", "people", "photos", "seen_groups", "marks"] {
                change.execute(&format!("DELETE FROM {table}"), [])?;
            }
        }
        change.execute("INSERT OR REPLACE INTO meta VALUES ('me', ?1)", [person.as_str()])?;
        change.commit()?;
        Ok(anothers)
    }
}

/// Keeps the people and groups in an answer.
fn keep_nouns(change: &Transaction<'_>, parts: &[Payload], at: Timestamp) -> Result<(), StoreError> {
    for part in parts {
        match part {
            Payload::Me(me) => keep_whole(change, &me.person, at)?,
            Payload::Group(group) => keep_group(change, group, at)?,
            Payload::Groups(page) => {
                for group in page.iter() {
                    keep_group(change, group, at)?;
                }
            }
            Payload::Members { page, .. } => {
                for member in page.iter() {
                    keep_object(change, &member.object, at)?;
                }
            }
            Payload::Card(CardPart::Person(card)) => keep_whole(change, &card.person, at)?,
            Payload::People { page, .. } => {
                for person in page.iter() {
                    keep_person(change, person, at)?;
                }
            }
            Payload::Line(people) | Payload::Card(CardPart::Managers(people)) => {
                for person in people {
                    keep_person(change, person, at)?;
                }
            }
            Payload::Reports(page) => {
                for person in page.iter() {
                    keep_person(change, person, at)?;
                }
            }
            Payload::Card(CardPart::Reports(objects)) => {
                for object in objects {
                    keep_object(change, object, at)?;
                }
            }
            Payload::Card(
                CardPart::Photo(_)
                | CardPart::About(_)
                | CardPart::Groups(_)
                | CardPart::Teams(_)
                | CardPart::Documents(_)
                | CardPart::Hidden(..),
            )
            | Payload::Conversations(_)
            | Payload::Threads(_)
            | Payload::Posts { .. }
            | Payload::Attachments { .. }
            | Payload::Remembered(_)
            | Payload::Overlap(_)
            | Payload::Ways(_)
            | Payload::Unseen(_)
            | Payload::Extent(_)
            | Payload::Extensions(_)
            | Payload::Marks { .. }
            | Payload::Settled(_)
            | Payload::Changed(_)
            | Payload::Delivery { .. }
            | Payload::Nothing => {}
        }
    }
    Ok(())
}
