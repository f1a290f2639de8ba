//! What lies on disk only while the program runs. Whatever is left of it when the program ends is removed then, for the
//! threads that would have done so are not waited for.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Files that are being written, and not what they are to be yet. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Scratch {
    parts: Arc<Mutex<HashSet<PathBuf>>>,
}

impl Scratch {
    /// A file is being written.
    pub(super) fn begin(&self, part: &Path) -> Part {
        self.lock().insert(part.to_owned());
        Part {
            scratch: self.clone(),
            path: part.to_owned(),
        }
    }

    /// Removes what is left.
    pub(super) fn sweep(&self) {
        for part in self.lock().drain() {
            // What is not there any more has become what it was to be.
            if let Err(error) = std::fs::remove_file(&part)
                && error.kind() != std::io::ErrorKind::NotFound
            {
                tracing::warn!(%error, "a file that was half written could not be removed");
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashSet<PathBuf>> {
        self.parts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A file that is being written; it is not any more once this is dropped.
pub(super) struct Part {
    scratch: Scratch,
    path: PathBuf,
}

impl Drop for Part {
    fn drop(&mut self) {
        self.scratch.lock().remove(&self.path);
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
}
