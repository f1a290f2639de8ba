//! What a folder holds, for a path that is being typed.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;
use std::sync::Arc;

use super::files::shown;
use crate::app::{PathEntry, Wanted};
use crate::config::from_home;
use crate::protocol::{Problem, ProblemKind};

/// So many entries are read: nobody chooses among more.
const MOST: usize = 20_000;

/// Lists a folder as it was typed: folders first, in the order of their names. What cannot be typed, having no name in
/// letters, is left out; so is what cannot be looked at.
///
/// # Errors
/// `NotFound` where there is no such folder, `General` where it cannot be read.
pub(super) fn list(folder: &str, wanted: Wanted) -> Result<Arc<[PathEntry]>, Problem> {
    let path = match folder {
        "" => Path::new(".").to_owned(),
        typed => from_home(Path::new(typed)),
    };
    let entries = fs::read_dir(&path).map_err(|error| unreadable(&path, &error))?;
    let mut listed: Vec<PathEntry> = entries
        .take(MOST)
        .filter_map(|entry| of_entry(&entry.ok()?))
        .filter(|entry| entry.is_folder || wanted == Wanted::File)
        .collect();
    listed.sort_by_cached_key(|entry| (!entry.is_folder, entry.name.to_lowercase(), entry.name.clone()));
    Ok(listed.into())
}

fn of_entry(entry: &fs::DirEntry) -> Option<PathEntry> {
    let kind = entry.file_type().ok()?;
    // A link is what it leads to.
    let is_folder = match kind.is_symlink() {
        true => fs::metadata(entry.path()).is_ok_and(|about| about.is_dir()),
        false => kind.is_dir(),
    };
    let name = entry.file_name().into_string().ok()?;
    Some(PathEntry { name, is_folder })
}

fn unreadable(path: &Path, error: &io::Error) -> Problem {
    let name = shown(path);
    let (kind, what) = match error.kind() {
        ErrorKind::NotFound => (ProblemKind::NotFound, format!("There is no folder {name}.")),
        ErrorKind::NotADirectory => (ProblemKind::General, format!("{name} is a file.")),
        _ => (ProblemKind::General, format!("{name} cannot be read ({error}).")),
    };
    Problem::new(kind, &what, "Choose another folder.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_come_first_and_files_only_where_they_are_wanted() {
        let root = tempfile::tempdir().unwrap();
        let at = root.path();
        for folder in ["beta", "Alpha", ".hidden", "山田 花子", "קבצים"] {
            fs::create_dir(at.join(folder)).unwrap();
        }
        for file in ["plan 2.pdf", "a\u{202e}fdp.exe", "\u{1b}[31mred"] {
            fs::write(at.join(file), "").unwrap();
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink(at.join("beta"), at.join("link")).unwrap();
        let names = |wanted| -> Vec<String> {
            let listed = list(at.to_str().unwrap(), wanted).unwrap();
            listed.iter().map(PathEntry::shown).collect()
        };
        let folders = [".hidden/", "Alpha/", "beta/", "link/", "קבצים/", "山田 花子/"];
        assert_eq!(names(Wanted::Folder), folders);
        assert_eq!(
            names(Wanted::File),
            [&folders[..], &["red", "afdp.exe", "plan 2.pdf"]].concat()
        );
    }

    #[test]
    fn why_a_folder_cannot_be_listed_is_told_apart() {
        let root = tempfile::tempdir().unwrap();
        let file = root.path().join("file");
        fs::write(&file, "").unwrap();
        let kind = |path: &Path| list(path.to_str().unwrap(), Wanted::File).unwrap_err().kind;
        assert_eq!(kind(&root.path().join("nowhere")), ProblemKind::NotFound);
        assert_eq!(kind(&file), ProblemKind::General);
    }
}
