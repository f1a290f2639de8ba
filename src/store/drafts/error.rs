//! Why a draft could not be kept, and what to do about it.

use std::io;
use std::path::{Path, PathBuf};

use crate::domain::{DraftId, Text};
use crate::protocol::{Problem, ProblemKind};

/// Why a draft could not be opened, saved or removed. What was typed is in the caller's hands still.
#[derive(Debug, thiserror::Error)]
pub enum DraftsError {
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
    /// Another folkmoot works on the folder and does not let go of it.
    #[error("another folkmoot is busy in {}", shown(.0))]
    Busy(PathBuf),
    /// Another folkmoot has this draft, or left it behind: it is not ours to change.
    #[error("the draft {} belongs to another folkmoot", Text::new(&.0.0))]
    Elsewhere(DraftId),
    /// The draft is being sent or has been: a keystroke that comes late must not make it text to send once more.
    #[error("the draft {} is being sent", Text::new(&.0.0))]
    InFlight(DraftId),
    /// The draft was settled or discarded; it stays so.
    #[error("the draft {} was settled or discarded", Text::new(&.0.0))]
    Gone(DraftId),
    /// There is no such draft.
    #[error("there is no draft {}", Text::new(&.0.0))]
    Missing(DraftId),
    /// Its file holds no draft that this folkmoot can read.
    #[error("no draft can be read from {}", shown(.0))]
    Unreadable(PathBuf),
    /// What was written in an editor is no text.
    #[error("what was written is no text in UTF-8; it lies in {}", shown(.0))]
    NoText(PathBuf),
    /// The draft's name is no file name.
    #[error("{:?} cannot name a draft", .0.0)]
    BadName(DraftId),
    /// The draft is not JSON.
    #[error("the draft cannot be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
}

impl DraftsError {
    /// For `map_err`: says which file and what was being done to it.
    pub(super) fn disk(path: &Path, doing: &'static str) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| DraftsError::Disk { path, doing, source }
    }

    /// The error in words for the person, with a next step.
    pub fn problem(&self) -> Problem {
        let what = match self {
            DraftsError::Disk { path, doing, source } => {
                format!(
                    "The draft is not safe on disk: {} cannot be {doing} ({source}).",
                    shown(path)
                )
            }
            other => format!("The draft is not safe on disk: {other}."),
        };
        Problem::new(ProblemKind::General, &what, &self.next_step())
    }

    fn next_step(&self) -> String {
        match self {
            DraftsError::Disk { path, source, .. } => match source.kind() {
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
                    format!(
                        "Make room on the disk that holds {}, then type on: the next save tries again.",
                        shown(path)
                    )
                }
                io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => format!(
                    "Make {} writable for you, or start folkmoot with XDG_STATE_HOME set to a folder that is.",
                    shown(path)
                ),
                io::ErrorKind::Unsupported => {
                    "This file system has no locks: start folkmoot with XDG_STATE_HOME set to a folder on a local disk."
                        .to_owned()
                }
                _ => "Copy the text somewhere safe before you quit.".to_owned(),
            },
            DraftsError::Busy(_) => "Look for a folkmoot that is stopped (`jobs`, `ps`) and end it.".to_owned(),
            DraftsError::Elsewhere(_) => "Go on in the other folkmoot, or end it and start this one again.".to_owned(),
            DraftsError::InFlight(_) | DraftsError::Gone(_) => "Copy the text into a new reply to send it.".to_owned(),
            DraftsError::Missing(_) => "Look which there are.".to_owned(),
            DraftsError::Unreadable(_) => "The file is kept: a newer folkmoot may read it.".to_owned(),
            DraftsError::NoText(_) => "Convert it with iconv, and paste it.".to_owned(),
            DraftsError::BadName(_) | DraftsError::Json(_) => {
                "Copy the text somewhere safe before you quit; this is a bug in folkmoot.".to_owned()
            }
        }
    }
}

fn shown(path: &Path) -> Text {
    Text::new(&path.display().to_string())
}
