//! Opening the database, and putting aside what cannot be opened.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::error::{Aside, Notice, StoreError};
use super::schema;
use crate::config::make_private;

/// How long to wait for another process. Whoever holds a lock for longer is stopped or stuck, and what is kept is not worth
/// waiting for.
const PATIENCE: Duration = Duration::from_millis(1500);
/// How long somebody waits who only wants to glance at it.
const MOMENT: Duration = Duration::from_millis(100);
/// "fmot": the mark of our databases.
const APPLICATION: i64 = 0x666d_6f74;

/// How closely a database is looked at when it is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Check {
    /// Its header and its schema.
    Quick,
    /// Every page.
    Thorough,
}

/// What was found at the path.
enum Found {
    Ready(Connection),
    Unusable(Aside),
}

/// Opens the database; one that cannot be used is renamed, and a new one made.
pub(super) fn open(path: &Path, check: Check) -> Result<(Connection, Option<Notice>), StoreError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    make_private(folder).map_err(StoreError::disk(folder, "made"))?;
    // Nobody else looks at the file, renames it or makes it anew meanwhile.
    let _lock = lock(path)?;
    let why = match look(path, check)? {
        Found::Ready(db) => return Ok((db, None)),
        Found::Unusable(why) => why,
    };
    let file = put_aside(path, why)?;
    tracing::warn!(?file, why = why.word(), "the store was put aside");
    match look(path, Check::Quick)? {
        Found::Ready(db) => Ok((db, Some(Notice { why, file }))),
        Found::Unusable(_) => Err(StoreError::disk(path, "made anew")(io::ErrorKind::InvalidData.into())),
    }
}

/// Opens the database to read from, as it is: nothing is made, brought up to date or put aside. One of an older folkmoot
/// answers what it has the tables for.
pub(super) fn peek(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(path, flags)?;
    db.busy_timeout(MOMENT)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    let number = |name: &str| db.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    if number("application_id")? != APPLICATION || !(1..=schema::LATEST).contains(&number("user_version")?) {
        return Err(StoreError::disk(path, "read")(io::ErrorKind::InvalidData.into()));
    }
    Ok(db)
}

fn look(path: &Path, check: Check) -> Result<Found, StoreError> {
    make_file(path).map_err(StoreError::disk(path, "opened"))?;
    match prepare(path, check) {
        Err(error) if error.is_corrupt() => Ok(Found::Unusable(Aside::Corrupt)),
        other => other,
    }
}

/// The file's own mode is also that of the files that SQLite puts beside it.
fn make_file(path: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    close_to_others(&file)
}

#[cfg(unix)]
fn close_to_others(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    if file.metadata()?.permissions().mode() & 0o077 != 0 {
        file.set_permissions(fs::Permissions::from_mode(0o600))?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn close_to_others(file: &File) -> io::Result<()> {
    file.metadata().map(drop)
}

fn prepare(path: &Path, check: Check) -> Result<Found, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(path, flags)?;
    db.busy_timeout(PATIENCE)?;
    // What stands in the file does not get to run anything.
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    let number = |name: &str| db.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let (application, version) = (number("application_id")?, number("user_version")?);
    let tables: i64 = db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if application != APPLICATION && (application, version, tables) != (0, 0, 0) {
        return Ok(Found::Unusable(Aside::Corrupt));
    }
    if !(0..=schema::LATEST).contains(&version) {
        return Ok(Found::Unusable(Aside::Newer));
    }
    if is_cut_short(path, number("page_count")? * number("page_size")?) {
        return Ok(Found::Unusable(Aside::Corrupt));
    }
    if check == Check::Thorough {
        let said: String = db.pragma_query_value(None, "quick_check", |row| row.get(0))?;
        if said != "ok" {
            return Ok(Found::Unusable(Aside::Corrupt));
        }
    }
    if application == 0 {
        // Only a database without tables learns to give room back.
        db.pragma_update(None, "auto_vacuum", "INCREMENTAL")?;
        db.pragma_update(None, "application_id", APPLICATION)?;
    }
    let journal: String = db.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
    if journal != "wal" {
        db.pragma_update(None, "journal_mode", "WAL")?;
    }
    // A power cut may cost the newest reads, never the database.
    db.pragma_update(None, "synchronous", "NORMAL")?;
    db.pragma_update(None, "journal_size_limit", 16 << 20)?;
    db.pragma_update(None, "secure_delete", "FAST")?;
    schema::migrate(&db)?;
    Ok(Found::Ready(db))
}

/// Whether the file's end is missing, so many bytes being expected. What is in the journal is counted, too, but need not
/// be in the file yet.
fn is_cut_short(path: &Path, expected: i64) -> bool {
    let length = |path: &Path| fs::metadata(path).map_or(0, |about| about.len());
    length(&beside(path, "-wal")) == 0 && u64::try_from(expected).is_ok_and(|expected| length(path) < expected)
}

/// The path with something added to its name.
pub(super) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.file_name().map(OsString::from).unwrap_or_default();
    name.push(suffix);
    path.with_file_name(name)
}

/// Keeps other processes from opening, renaming or removing the file, until the result is dropped.
pub(super) fn lock(path: &Path) -> Result<File, StoreError> {
    let lock = beside(path, ".lock");
    make_file(&lock).map_err(StoreError::disk(&lock, "opened"))?;
    let file = File::open(&lock).map_err(StoreError::disk(&lock, "opened"))?;
    let deadline = Instant::now() + PATIENCE;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::Error(error)) => return Err(StoreError::disk(&lock, "locked")(error)),
            Err(TryLockError::WouldBlock) if Instant::now() >= deadline => {
                return Err(StoreError::Busy(path.to_owned()));
            }
            Err(TryLockError::WouldBlock) => thread::sleep(Duration::from_millis(2)),
        }
    }
}

/// Renames the database and its journal, and answers where it lies now. The journal goes first: left behind, it would be
/// taken for that of the new database.
fn put_aside(path: &Path, why: Aside) -> Result<PathBuf, StoreError> {
    let stamp = Timestamp::now().strftime("%Y%m%dT%H%M%SZ").to_string();
    let free = (0_u32..).find_map(|n| {
        let again = if n == 0 { String::new() } else { format!("-{n}") };
        let aside = beside(path, &format!(".{}-{stamp}{again}", why.word()));
        fs::symlink_metadata(&aside).is_err().then_some(aside)
    });
    let aside = free.unwrap_or_else(|| path.to_owned());
    for suffix in ["-wal", "-shm", ""] {
        match fs::rename(beside(path, suffix), beside(&aside, suffix)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            renamed => renamed.map_err(StoreError::disk(path, "put aside"))?,
        }
    }
    Ok(aside)
}
