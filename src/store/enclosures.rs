//! Files that go with a draft: looked at when they are chosen, read when they are sent. They are never copied: what is sent
//! is what lies there then, if it is still what was chosen.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use aws_lc_rs::digest::{Context, SHA256};
use jiff::Timestamp;

use crate::domain::{Enclosure, Text};
use crate::protocol::delivery::{LARGEST_FILE, too_large};
use crate::protocol::{Problem, ProblemKind};

/// Why a file cannot go with a draft.
#[derive(Debug, thiserror::Error)]
pub enum EnclosureError {
    /// The disk does not give it out.
    #[error("{} cannot be read: {source}", Text::new(&.path.display().to_string()))]
    Disk {
        /// The file.
        path: PathBuf,
        /// The reason.
        source: io::Error,
    },
    /// It is a folder, a pipe or the like.
    #[error("{} is not a file", Text::new(&.0.display().to_string()))]
    NoFile(PathBuf),
    /// Graph does not take it.
    #[error("{0}")]
    TooLarge(Problem),
    /// It is not what was chosen any more.
    #[error("{} has changed since it was attached", Text::new(&.0.display().to_string()))]
    Changed(PathBuf),
}

impl EnclosureError {
    /// The error in words for the person, with a next step.
    pub fn problem(&self) -> Problem {
        let next = match self {
            EnclosureError::TooLarge(problem) => return problem.clone(),
            EnclosureError::Disk { .. } => "Check the path, and that you may read the file.",
            EnclosureError::NoFile(_) => "Attach a file; a folder can be packed into one.",
            EnclosureError::Changed(_) => "Look at the file, then attach it again.",
        };
        Problem::new(ProblemKind::Usage, &format!("{self}."), next)
    }
}

/// Looks at a file that is to go with a draft. Blocks on the disk.
///
/// # Errors
/// When it cannot be read, is no file, or is larger than Graph takes.
pub fn enclose(path: &Path) -> Result<Enclosure, EnclosureError> {
    let path = std::path::absolute(path).map_err(disk(path))?;
    let (bytes, modified) = read(&path)?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    Ok(Enclosure {
        name: name.unwrap_or_default(),
        size: bytes.len() as u64,
        modified,
        digest: digest(&bytes),
        path,
    })
}

/// Reads a file that goes with a draft. Blocks on the disk.
///
/// # Errors
/// As [`enclose`], and `Changed` when it is not what was chosen.
pub fn enclosed(file: &Enclosure) -> Result<Vec<u8>, EnclosureError> {
    let (bytes, _) = read(&file.path)?;
    // Whether it was touched meanwhile says little; what is in it says all.
    if bytes.len() as u64 != file.size || digest(&bytes) != file.digest {
        return Err(EnclosureError::Changed(file.path.clone()));
    }
    Ok(bytes)
}

fn read(path: &Path) -> Result<(Vec<u8>, Timestamp), EnclosureError> {
    let about = std::fs::metadata(path).map_err(disk(path))?;
    if !about.is_file() {
        return Err(EnclosureError::NoFile(path.to_owned()));
    }
    let large = |size| EnclosureError::TooLarge(too_large(&path.display().to_string(), size));
    if about.len() >= LARGEST_FILE {
        return Err(large(about.len()));
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(disk(path))?;
    // It may grow while it is read.
    file.take(LARGEST_FILE).read_to_end(&mut bytes).map_err(disk(path))?;
    if bytes.len() as u64 >= LARGEST_FILE {
        return Err(large(LARGEST_FILE));
    }
    let modified = about.modified().ok().and_then(|at| Timestamp::try_from(at).ok());
    Ok((bytes, modified.unwrap_or(Timestamp::UNIX_EPOCH)))
}

fn disk(path: &Path) -> impl FnOnce(io::Error) -> EnclosureError {
    let path = path.to_owned();
    move |source| EnclosureError::Disk { path, source }
}

fn digest(bytes: &[u8]) -> String {
    let mut context = Context::new(&SHA256);
    context.update(bytes);
    let digest = context.finish();
    digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_was_chosen_or_it_is_not_sent() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("名簿 שלום.csv");
        std::fs::write(&path, "a,b").unwrap();
        let file = enclose(&path).unwrap();
        assert_eq!((file.name.as_str(), file.size), ("名簿 שלום.csv", 3));
        assert_eq!(enclosed(&file).unwrap(), b"a,b");
        std::fs::write(&path, "a,c").unwrap();
        assert!(matches!(enclosed(&file), Err(EnclosureError::Changed(_))));
        std::fs::remove_file(&path).unwrap();
        assert!(matches!(enclosed(&file), Err(EnclosureError::Disk { .. })));
    }

    #[test]
    fn what_graph_does_not_take_is_refused_with_its_size_and_the_limit() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("film.mov");
        File::create(&path).unwrap().set_len(LARGEST_FILE).unwrap();
        let problem = enclose(&path).unwrap_err().problem();
        assert!(
            problem.what.as_str().contains("film.mov") && problem.what.as_str().contains("3.1 MB"),
            "{problem}"
        );
        File::create(&path).unwrap().set_len(LARGEST_FILE - 1).unwrap();
        assert_eq!(enclose(&path).unwrap().size, LARGEST_FILE - 1);
        assert!(matches!(enclose(root.path()), Err(EnclosureError::NoFile(_))));
    }
}
