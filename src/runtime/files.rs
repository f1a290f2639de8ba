//! Files made of what others have named: harmless names, nothing overwritten unasked, nothing left half.

mod names;

use std::collections::HashSet;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

pub use self::names::{TELLING, ending_of_item, harmless, name_of, numbered};
use crate::domain::Text;
use crate::protocol::{Problem, ProblemKind};

/// So many files of one name are told apart by numbers.
const MOST: usize = 10_000;
/// A file that is being written beside the place that it is to have. Dropping it leaves nothing.
pub struct NewFile {
    folder: PathBuf,
    file: BufWriter<NamedTempFile>,
}

impl NewFile {
    /// Begins a file in a folder.
    ///
    /// # Errors
    /// `General` where the folder takes none.
    pub fn in_folder(folder: &Path) -> Result<Self, Problem> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(".folkmoot-");
        // As any new file: what the umask leaves of this.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let file = builder
            .tempfile_in(folder)
            .map_err(|error| cannot_write(folder, &error))?;
        Ok(NewFile {
            folder: folder.to_owned(),
            file: BufWriter::new(file),
        })
    }

    /// Where it lies while it is written.
    pub(super) fn path(&self) -> &Path {
        self.file.get_ref().path()
    }

    /// Throws away what was written.
    ///
    /// # Errors
    /// `General` where the file system does not let it.
    pub fn begin_again(&mut self) -> Result<(), Problem> {
        let mut again = || -> io::Result<()> {
            self.file.flush()?;
            let file = self.file.get_mut().as_file_mut();
            file.set_len(0)?;
            io::Seek::rewind(file)
        };
        again().map_err(|error| cannot_write(&self.folder, &error))
    }

    /// Writes more.
    ///
    /// # Errors
    /// `General` where the disk is full, or the like.
    pub fn add(&mut self, bytes: &[u8]) -> Result<(), Problem> {
        self.file
            .write_all(bytes)
            .map_err(|error| cannot_write(&self.folder, &error))
    }

    /// Gives the file a harmless name in its folder. Where there is a file of that name it is replaced with `force`, and
    /// without it the new one has a number; so it has after a file of the same name in this run. A link of that name is
    /// never followed.
    ///
    /// # Errors
    /// `General` where the file system does not let it.
    pub fn keep(self, name: &str, force: bool, given: &mut Given) -> Result<PathBuf, Problem> {
        let folder = self.folder;
        let cannot = |error: io::Error| cannot_write(&folder, &error);
        let mut file = self.file.into_inner().map_err(|error| cannot(error.into_error()))?;
        for name in (1..=MOST).map(|number| numbered(name, number)) {
            if given.has(&name) {
                continue;
            }
            let place = folder.join(&name);
            let kept = match force {
                true => file.persist(&place),
                false => file.persist_noclobber(&place),
            };
            match kept {
                Ok(_) => {
                    given.0.insert(name.to_lowercase());
                    return Ok(place);
                }
                // A folder is never replaced.
                Err(taken)
                    if matches!(
                        taken.error.kind(),
                        io::ErrorKind::AlreadyExists | io::ErrorKind::IsADirectory
                    ) =>
                {
                    file = taken.file;
                }
                Err(other) => return Err(cannot(other.error)),
            }
        }
        Err(Problem::new(
            ProblemKind::General,
            "There are too many files of one name.",
            "Choose another folder.",
        ))
    }
}

/// Names of files that one run has made in a folder, so that it never replaces one of its own.
#[derive(Debug, Default)]
pub struct Given(HashSet<String>);

impl Given {
    /// Whether this name was given. Some file systems do not tell letters by their case.
    pub fn has(&self, name: &str) -> bool {
        self.0.contains(&name.to_lowercase())
    }
}

/// Makes a folder, and those above it, where they are missing.
///
/// # Errors
/// `General` where the file system does not let it.
pub fn make_folder(folder: &Path) -> Result<(), Problem> {
    fs::create_dir_all(folder).map_err(|error| cannot_write(folder, &error))
}

/// A path as it may be shown.
pub fn shown(path: &Path) -> Text {
    Text::new(&path.display().to_string())
}

fn cannot_write(folder: &Path, error: &io::Error) -> Problem {
    let what = format!("In {} nothing can be written ({error}).", shown(folder));
    Problem::new(ProblemKind::General, &what, "Choose another folder, or make room.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(folder: &Path, name: &str, text: &str, force: bool) -> PathBuf {
        let mut file = NewFile::in_folder(folder).unwrap();
        file.add(b"the beginning of something else").unwrap();
        file.begin_again().unwrap();
        file.add(text.as_bytes()).unwrap();
        file.keep(name, force, &mut Given::default()).unwrap()
    }

    #[test]
    fn nothing_is_overwritten_unasked_and_nothing_is_left_half() {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path();
        assert_eq!(written(at, "a.txt", "one", false), at.join("a.txt"));
        assert_eq!(written(at, "a.txt", "two", false), at.join("a (2).txt"));
        assert_eq!(fs::read_to_string(at.join("a.txt")).unwrap(), "one");
        assert_eq!(written(at, "a.txt", "three", true), at.join("a.txt"));
        assert_eq!(fs::read_to_string(at.join("a.txt")).unwrap(), "three");
        fs::create_dir(at.join("b.txt")).unwrap();
        assert_eq!(written(at, "b.txt", "four", true), at.join("b (2).txt"));
        let mut dropped = NewFile::in_folder(at).unwrap();
        dropped.add(b"half").unwrap();
        drop(dropped);
        assert_eq!(fs::read_dir(at).unwrap().count(), 4);
    }

    #[test]
    fn a_run_replaces_no_file_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let mut given = Given::default();
        let mut names = Vec::new();
        for name in ["image.png", "IMAGE.png", "image.png"] {
            let file = NewFile::in_folder(folder.path()).unwrap();
            let place = file.keep(name, true, &mut given).unwrap();
            names.push(place.file_name().unwrap().to_str().unwrap().to_owned());
        }
        assert_eq!(names, ["image.png", "IMAGE (2).png", "image (3).png"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path();
        fs::write(at.join("precious"), "untouched").unwrap();
        std::os::unix::fs::symlink(at.join("precious"), at.join("a.txt")).unwrap();
        assert_eq!(written(at, "a.txt", "new", false), at.join("a (2).txt"));
        assert_eq!(written(at, "a.txt", "new", true), at.join("a.txt"));
        assert_eq!(fs::read_to_string(at.join("precious")).unwrap(), "untouched");
        assert!(!at.join("a.txt").is_symlink());
    }
}
