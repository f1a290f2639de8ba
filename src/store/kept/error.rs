//! Why nothing can be kept or found, and what was put aside.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use crate::domain::Text;
use crate::protocol::{Problem, ProblemKind};

/// Why the store could not be opened, read or written. Nothing is lost but what can be read from Graph again.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file system said no.
    #[error("{} cannot be {doing}: {source}", shown(.path))]
    Disk {
        /// The file or folder.
        path: PathBuf,
        /// What was tried, as a participle: "written".
        doing: &'static str,
        /// The reason.
        source: io::Error,
    },
    /// Another folkmoot works on the file and does not let go of it.
    #[error("another folkmoot is busy with {}", shown(.0))]
    Busy(PathBuf),
    /// The database said no. SQLite's words hold no values.
    #[error("the database refuses: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// What is to be kept cannot be written as JSON.
    #[error("it cannot be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
}

impl StoreError {
    /// For `map_err`: says which file and what was being done to it.
    pub(super) fn disk(path: &Path, doing: &'static str) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| StoreError::Disk { path, doing, source }
    }

    fn code(&self) -> Option<ErrorCode> {
        match self {
            StoreError::Sqlite(error) => error.sqlite_error_code(),
            _ => None,
        }
    }

    /// Whether the file is broken, or no database at all.
    pub fn is_corrupt(&self) -> bool {
        matches!(self.code(), Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase))
    }

    /// Whether another process was in the way: the next try may work.
    pub fn is_busy(&self) -> bool {
        matches!(self, StoreError::Busy(_))
            || matches!(
                self.code(),
                Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::SchemaChanged)
            )
    }

    /// The error in words for the person, with a next step.
    pub fn problem(&self) -> Problem {
        let what = format!("What is read is not kept for the next start: {self}.");
        let next = match (self, self.code()) {
            (_, Some(ErrorCode::DiskFull)) => "Make room on that disk; folkmoot works on without.",
            (StoreError::Busy(_), _) => "Look for a folkmoot that is stopped (`jobs`, `ps`) and end it.",
            (StoreError::Disk { .. }, _)
            | (_, Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::SystemIoFailure)) => {
                "Make its folder writable for you, or set `enabled = false` under [store] in the config file."
            }
            _ => "folkmoot works on without; `folkmoot store clear` begins anew.",
        };
        Problem::new(ProblemKind::General, &what, next)
    }
}

/// A file that could not be used and lies elsewhere now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Why.
    pub why: Aside,
    /// Where it lies now. It is never deleted but by `folkmoot store clear`.
    pub file: PathBuf,
}

/// Why a file is put aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aside {
    /// It is broken, or no database of folkmoot's.
    Corrupt,
    /// A newer folkmoot wrote it.
    Newer,
}

impl Aside {
    /// The word for it in the file's new name.
    pub(super) fn word(self) -> &'static str {
        match self {
            Aside::Corrupt => "corrupt",
            Aside::Newer => "newer",
        }
    }
}

impl Notice {
    /// In words for the person.
    pub fn problem(&self) -> Problem {
        let why = match self.why {
            Aside::Corrupt => "is damaged",
            Aside::Newer => "was written by a newer folkmoot",
        };
        let name = self.file.file_name().map(Path::new).unwrap_or(&self.file);
        Problem::new(
            ProblemKind::General,
            &format!("What was kept {why}, and was put aside as {}.", shown(name)),
            "It is read anew. `folkmoot store status` says where the old file lies, `folkmoot store clear` removes it.",
        )
    }
}

fn shown(path: &Path) -> Text {
    Text::new(&path.display().to_string())
}
