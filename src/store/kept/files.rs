//! The files of a profile: what is kept of each of its accounts, and what was put aside.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use aws_lc_rs::digest;
use jiff::Timestamp;

use super::opening::lock;
use super::{Store, StoreError, time};
use crate::protocol::Holder;

/// Where what is kept of an account lies in its profile's folder: what one account has read no other ever opens. `graph`
/// is the address of the Graph that it is at.
pub fn path(folder: &Path, graph: &str, holder: &Holder) -> PathBuf {
    let digest = digest::digest(&digest::SHA256, format!("{graph}\n{}", holder.0).as_bytes());
    let name: String = digest
        .as_ref()
        .iter()
        .take(12)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    folder.join(format!("{PREFIX}{name}.db"))
}

/// What all names of the store's files begin with.
const PREFIX: &str = "store-";

/// What is kept in one database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inventory {
    /// Answers to queries: lists, threads, cards.
    pub reads: u32,
    /// People.
    pub people: u32,
    /// Groups.
    pub groups: u32,
    /// Photos.
    pub photos: u32,
    /// When the newest answer was read.
    pub newest: Option<Timestamp>,
}

impl Store {
    /// Counts what is kept.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn inventory(&self) -> Result<Inventory, StoreError> {
        let number = |sql: &str| self.db.query_row(sql, [], |row| row.get::<_, u32>(0));
        let newest: Option<i64> = self
            .db
            .query_row("SELECT max(read_at) FROM reads", [], |row| row.get(0))?;
        Ok(Inventory {
            reads: number("SELECT count(*) FROM reads")?,
            people: number("SELECT count(*) FROM people")?,
            groups: number("SELECT count(*) FROM groups")?,
            photos: number("SELECT count(*) FROM photos WHERE bytes IS NOT NULL")?,
            newest: newest.map(time),
        })
    }
}

/// The store's files in a profile's folder, those put aside among them, with their sizes in bytes. Locks are left out.
///
/// # Errors
/// When the folder cannot be read; one that is not there has none.
pub fn files(folder: &Path) -> Result<Vec<(PathBuf, u64)>, StoreError> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(StoreError::disk(folder, "read"))?,
    };
    let mut files = Vec::new();
    for entry in entries {
        let entry = entry.map_err(StoreError::disk(folder, "read"))?;
        let name = entry.file_name();
        let is_ours = name
            .to_str()
            .is_some_and(|name| name.starts_with(PREFIX) && !name.ends_with(".lock"));
        if let (true, Ok(about)) = (is_ours, entry.metadata())
            && about.is_file()
        {
            files.push((entry.path(), about.len()));
        }
    }
    files.sort();
    Ok(files)
}

/// Removes everything that the store has in a profile's folder, of every account. How many bytes that were.
///
/// # Errors
/// When another folkmoot holds one of them, or the file system refuses.
pub fn clear(folder: &Path) -> Result<u64, StoreError> {
    let mut removed = 0;
    for base in bases(folder)? {
        removed += remove(&base)?;
    }
    Ok(removed)
}

/// The databases of a profile's folder, those among them of which only what was put aside is left.
fn bases(folder: &Path) -> Result<BTreeSet<PathBuf>, StoreError> {
    let bases = files(folder)?.into_iter().filter_map(|(file, _)| {
        let (stem, _) = file.file_name()?.to_str()?.split_once(".db")?;
        Some(folder.join(format!("{stem}.db")))
    });
    Ok(bases.collect())
}

/// Removes a database with all that belongs to it, those put aside among them. A folkmoot that has it open goes on with
/// what is no longer there. How many bytes that were.
///
/// # Errors
/// When another folkmoot holds it, or the file system refuses.
pub(super) fn remove(path: &Path) -> Result<u64, StoreError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
        return Ok(0);
    };
    if files(folder)?.is_empty() {
        return Ok(0);
    }
    let _lock = lock(path)?;
    let mut removed = 0;
    for (file, size) in files(folder)? {
        let belongs = file
            .file_name()
            .and_then(|file| file.to_str())
            .is_some_and(|file| file.starts_with(name));
        if belongs {
            match fs::remove_file(&file) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                done => done.map_err(StoreError::disk(&file, "removed"))?,
            }
            removed += size;
        }
    }
    Ok(removed)
}
