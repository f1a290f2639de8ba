//! Photos.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};

use super::{Store, StoreError, stored, time};
use crate::domain::Id;

/// What is known of a photo.
#[derive(Clone, PartialEq, Eq)]
pub struct Photo {
    /// The image file as Graph sent it; `None` where the person has none.
    pub bytes: Option<Vec<u8>>,
    /// Graph's mark of it, which changes whenever the photo does; `None` where it was not known.
    pub etag: Option<String>,
    /// When it was read.
    pub read_at: Timestamp,
}

impl std::fmt::Debug for Photo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Photo({:?} bytes)", self.bytes.as_ref().map(Vec::len))
    }
}

impl Store {
    /// A person's photo, so many pixels wide; `None` where it was never asked for.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn photo(&self, person: &Id, size: u16) -> Result<Option<Photo>, StoreError> {
        let mut statement = self
            .db
            .prepare_cached("SELECT bytes, etag, read_at FROM photos WHERE person_id = ?1 AND size = ?2")?;
        let photo = statement.query_row(params![person.as_str(), size], |row| {
            Ok(Photo {
                bytes: row.get(0)?,
                etag: row.get(1)?,
                read_at: time(row.get(2)?),
            })
        });
        Ok(photo.optional()?)
    }

    /// Keeps a person's photo, or that there is none.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn keep_photo(&mut self, person: &Id, size: u16, photo: &Photo) -> Result<(), StoreError> {
        self.db
            .prepare_cached(
                "INSERT OR REPLACE INTO photos (person_id, size, bytes, etag, read_at) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![
                person.as_str(),
                size,
                photo.bytes,
                photo.etag,
                stored(photo.read_at)
            ])?;
        self.make_room()
    }

    /// Forgets a person's photo, in all sizes.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn forget_photo(&mut self, person: &Id) -> Result<(), StoreError> {
        self.db
            .prepare_cached("DELETE FROM photos WHERE person_id = ?1")?
            .execute([person.as_str()])?;
        Ok(())
    }
}
