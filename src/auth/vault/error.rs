//! Why a sign-in could not be read or kept.

use std::io;
use std::path::{Path, PathBuf};

use super::document::Unreadable;
use super::keyring::KeyringError;
use crate::protocol::{Problem, ProblemKind};

/// Why a sign-in could not be read or kept. It repeats nothing of the sign-in.
#[derive(Debug, thiserror::Error)]
pub(super) enum VaultError {
    #[error("{0:?} can be read by others.")]
    Wide(PathBuf),
    #[error("The folder {0:?}, which holds your sign-in, can be written by others.")]
    WideFolder(PathBuf),
    #[error("{0:?} belongs to somebody else.")]
    NotMine(PathBuf),
    #[error("{0:?} is not a plain file.")]
    NotAFile(PathBuf),
    #[error("{0:?}, which holds your sign-in, cannot be read: {1}.")]
    Unreadable(PathBuf, Unreadable),
    #[error("{path:?} cannot be {doing}: {source}.")]
    Disk {
        path: PathBuf,
        doing: &'static str,
        source: io::Error,
    },
    #[error("Another folkmoot has been renewing the sign-in of this profile for a long time.")]
    Busy,
    #[error("Your sign-in is in the keyring, and it cannot be had from there: {0}.")]
    InKeyring(KeyringError),
    #[error("The sign-in in the keyring cannot be read: {0}.")]
    KeyringUnreadable(Unreadable),
    #[error("You are signed out here, but the keyring may still hold the old sign-in: {0}.")]
    StillInKeyring(KeyringError),
}

impl VaultError {
    /// Says what could not be done to a path.
    pub fn disk(path: &Path, doing: &'static str) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| VaultError::Disk { path, doing, source }
    }

    /// Whether the file is to be put aside before another takes its place.
    pub fn is_unreadable(&self) -> bool {
        matches!(self, VaultError::Unreadable(..))
    }

    /// In words for the person.
    pub fn problem(&self) -> Problem {
        let (kind, next) = match self {
            VaultError::Wide(file) => (
                ProblemKind::SignIn,
                format!("Close it with `chmod 600 {}`, or sign in again.", quoted(file)),
            ),
            VaultError::WideFolder(folder) => (
                ProblemKind::SignIn,
                format!("Close it with `chmod 700 {}`.", quoted(folder)),
            ),
            VaultError::NotMine(path) => (
                ProblemKind::SignIn,
                format!(
                    "Look who put it there; remove it, or make it yours with `chown \"$USER\" {}`.",
                    quoted(path)
                ),
            ),
            VaultError::NotAFile(file) => (
                ProblemKind::SignIn,
                format!(
                    "Look who put it there; remove it, or put a file of your own in its place and close it with \
                     `chmod 600 {}`.",
                    quoted(file)
                ),
            ),
            VaultError::Unreadable(..) => (
                ProblemKind::SignIn,
                "Sign in again; the file is then put aside.".to_owned(),
            ),
            VaultError::KeyringUnreadable(_) => (ProblemKind::SignIn, "Sign in again.".to_owned()),
            VaultError::InKeyring(_) => (
                ProblemKind::SignIn,
                "Unlock the keyring and start folkmoot again, or sign in again.".to_owned(),
            ),
            VaultError::StillInKeyring(_) => (
                ProblemKind::General,
                "Unlock the keyring and sign out once more.".to_owned(),
            ),
            VaultError::Disk { path, .. } => (
                ProblemKind::General,
                format!(
                    "Check that {:?} is writable for you and the disk has room.",
                    path.parent().unwrap_or(path)
                ),
            ),
            VaultError::Busy => (
                ProblemKind::General,
                "Wait a little and try again, or end the other folkmoot.".to_owned(),
            ),
        };
        Problem::new(kind, &self.to_string(), &next)
    }
}

/// A path as a POSIX shell takes it.
fn quoted(path: &Path) -> String {
    let path = path.to_string_lossy();
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-+@:,".contains(c);
    if !path.is_empty() && path.chars().all(plain) {
        path.into_owned()
    } else {
        format!("'{}'", path.replace('\'', r"'\''"))
    }
}
