//! What lies on disk only while the program runs. Whatever is left of it when the program ends is removed then, for the
//! threads that would have done so are not waited for.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tempfile::TempDir;

use crate::protocol::{Problem, ProblemKind};

/// Files and folders that are being written and are not what they are to be yet, and a folder of the program's own, for what is opened.
/// Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Scratch(Arc<Mutex<Left>>);

#[derive(Debug, Default)]
struct Left {
    parts: HashSet<PathBuf>,
    own: Option<TempDir>,
}

impl Scratch {
    /// A file is being written, or a folder filled.
    pub(super) fn begin(&self, part: &Path) -> Part {
        self.lock().parts.insert(part.to_owned());
        Part {
            scratch: self.clone(),
            path: part.to_owned(),
        }
    }

    /// A folder that nobody else can look into (0700).
    ///
    /// # Errors
    /// `General` where the system has no room for one.
    pub(super) fn own_folder(&self) -> Result<PathBuf, Problem> {
        let own = &mut self.lock().own;
        if let Some(folder) = own {
            return Ok(folder.path().to_owned());
        }
        let mut builder = tempfile::Builder::new();
        builder.prefix("folkmoot-");
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
        let made = builder.tempdir().map_err(|error| {
            let what = format!("There is no folder to be had for what is opened ({error}).");
            Problem::new(ProblemKind::General, &what, "Save it in a folder of yours.")
        })?;
        Ok(own.insert(made).path().to_owned())
    }

    /// Removes what is left.
    pub(super) fn sweep(&self) {
        let Left { parts, own } = std::mem::take(&mut *self.lock());
        if let Some(Err(error)) = own.map(TempDir::close) {
            tracing::warn!(%error, "what was opened could not be removed");
        }
        for part in parts {
            // What is not there any more has become what it was to be.
            let removed = match part.is_dir() {
                true => std::fs::remove_dir_all(&part),
                false => std::fs::remove_file(&part),
            };
            if let Err(error) = removed
                && error.kind() != std::io::ErrorKind::NotFound
            {
                tracing::warn!(%error, "a file that was half written could not be removed");
            }
        }
    }

    /// Keeps everybody else from it, as a disk does that hangs.
    #[cfg(test)]
    pub(super) fn hang(&self, while_this: impl FnOnce()) {
        let _left = self.lock();
        while_this();
    }

    fn lock(&self) -> MutexGuard<'_, Left> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A file that is being written; it is not any more once this is dropped.
pub(super) struct Part {
    scratch: Scratch,
    path: PathBuf,
}

impl Drop for Part {
    fn drop(&mut self) {
        self.scratch.lock().parts.remove(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_half_written_at_the_end_is_removed_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str| {
            let path = folder.path().join(name);
            std::fs::write(&path, "x").unwrap();
            path
        };
        let scratch = Scratch::default();
        let (half, whole, gone) = (file("half 灯籠"), file("whole"), file("gone"));
        let _half = scratch.begin(&half);
        drop(scratch.begin(&whole));
        let _gone = scratch.begin(&gone);
        std::fs::remove_file(&gone).unwrap();
        scratch.sweep();
        assert!(!half.exists() && whole.exists());
    }

    #[test]
    fn what_is_opened_lies_in_a_folder_of_ones_own_until_the_end() {
        let scratch = Scratch::default();
        let folder = scratch.own_folder().unwrap();
        assert_eq!(scratch.own_folder().unwrap(), folder);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(std::fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700);
        }
        std::fs::write(folder.join("山田.pdf"), "x").unwrap();
        scratch.sweep();
        assert!(!folder.exists());
    }
}
