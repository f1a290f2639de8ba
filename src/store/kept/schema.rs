//! The tables, version by version.

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::error::StoreError;

/// What leads from each version to the next; the first from an empty file. A row never changes once it was released.
/// Times are milliseconds since 1970; ids are Graph's, exactly.
pub(super) const MIGRATIONS: &[&str] = &["
    -- Facts about the whole, by name.
    CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

    -- What was read for a query, when: the kind of query, and what it was about.
    CREATE TABLE reads (
        kind TEXT NOT NULL, about TEXT NOT NULL, read_at INTEGER NOT NULL, size INTEGER NOT NULL, payload BLOB NOT NULL,
        PRIMARY KEY (kind, about)
    );
    CREATE INDEX reads_by_age ON reads (kind, read_at, size);

    -- People, as much of each as was read. `whole_at`: when all that a card shows was read.
    CREATE TABLE people (
        key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL, given_name TEXT, surname TEXT, mail TEXT, mail_nickname TEXT, user_principal_name TEXT,
        user_type TEXT, job_title TEXT, department TEXT, office_location TEXT, company_name TEXT, city TEXT, country TEXT,
        business_phone TEXT, mobile_phone TEXT, read_at INTEGER NOT NULL, whole_at INTEGER
    );
    CREATE INDEX people_by_age ON people (read_at);
    -- The words that people are found by: those of the name, and those of other names and addresses.
    CREATE VIRTUAL TABLE people_words USING fts5 (
        name, others, content = '', contentless_delete = 1, prefix = '1 2 3', tokenize = 'unicode61 remove_diacritics 2'
    );
    CREATE TRIGGER people_gone AFTER DELETE ON people BEGIN
        DELETE FROM people_words WHERE rowid = old.key;
    END;

    CREATE TABLE groups (
        id TEXT PRIMARY KEY, name TEXT NOT NULL, mail TEXT, alias TEXT, description TEXT, kind TEXT NOT NULL,
        visibility TEXT, dynamic INTEGER NOT NULL, created INTEGER, read_at INTEGER NOT NULL
    ) WITHOUT ROWID;

    -- Who was seen to belong to a group when its members were read.
    CREATE TABLE memberships (
        group_id TEXT NOT NULL, member_id TEXT NOT NULL, role TEXT NOT NULL, kind TEXT NOT NULL, read_at INTEGER NOT NULL,
        PRIMARY KEY (group_id, member_id)
    ) WITHOUT ROWID;
    CREATE INDEX memberships_by_member ON memberships (member_id);
    CREATE TRIGGER reads_gone AFTER DELETE ON reads WHEN old.kind = 'members' BEGIN
        DELETE FROM memberships WHERE group_id = old.about;
    END;

    -- Photos, by person and size in pixels. Without bytes: there was none.
    CREATE TABLE photos (
        person_id TEXT NOT NULL, size INTEGER NOT NULL, bytes BLOB, read_at INTEGER NOT NULL,
        PRIMARY KEY (person_id, size)
    );
    CREATE INDEX photos_by_age ON photos (read_at);
", "
    -- Graph's mark of the photo, which changes whenever the photo does.
    ALTER TABLE photos ADD COLUMN etag TEXT;
", "
    -- Groups whose threads were seen: what was delivered until then counts as read, but in threads with a mark.
    CREATE TABLE seen_groups (group_id TEXT PRIMARY KEY, since INTEGER NOT NULL) WITHOUT ROWID;
    -- How far threads were read: until when, and the newest post that was.
    CREATE TABLE marks (
        group_id TEXT NOT NULL, thread_id TEXT NOT NULL, up_to INTEGER NOT NULL, post_id TEXT,
        PRIMARY KEY (group_id, thread_id)
    ) WITHOUT ROWID;
", "
    -- Lists of members and groups are kept as they were read; beside them, only what completes a group's name.
    DROP TRIGGER reads_gone;
    DROP TABLE memberships;
    ALTER TABLE groups DROP COLUMN alias;
    ALTER TABLE groups DROP COLUMN description;
    ALTER TABLE groups DROP COLUMN kind;
    ALTER TABLE groups DROP COLUMN visibility;
    ALTER TABLE groups DROP COLUMN dynamic;
    ALTER TABLE groups DROP COLUMN created;
"];

/// The version of an up-to-date database.
pub(super) const LATEST: i64 = MIGRATIONS.len() as i64;

/// Brings a database up to date, a version at a time: a process that is killed leaves it at one of them.
pub(super) fn migrate(db: &Connection) -> Result<(), StoreError> {
    while version(db)? < LATEST {
        let change = Transaction::new_unchecked(db, TransactionBehavior::Immediate)?;
        let version = version(&change)?;
        if let Some(sql) = usize::try_from(version).ok().and_then(|at| MIGRATIONS.get(at)) {
            change.execute_batch(sql)?;
            change.pragma_update(None, "user_version", version + 1)?;
        }
        change.commit()?;
    }
    Ok(())
}

fn version(db: &Connection) -> Result<i64, StoreError> {
    Ok(db.pragma_query_value(None, "user_version", |row| row.get(0))?)
}
