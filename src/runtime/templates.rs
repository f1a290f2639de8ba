//! The person's templates: `*.md` files in a folder beside the config file.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::Path;
use std::sync::Arc;

use super::files::shown;
use crate::app::{Template, UNREADABLE_TEMPLATE};
use crate::domain::Text;
use crate::protocol::{Problem, ProblemKind};

/// Nobody writes more by template.
const LARGEST: u64 = 64 << 10;
/// So many are read.
const MOST: usize = 500;

/// Reads the templates of a folder, in the order of their names.
///
/// # Errors
/// `NotFound` where there are none, `General` where the folder cannot be read.
pub(super) fn read(folder: &Path) -> Result<Arc<[Template]>, Problem> {
    let listed = match fs::read_dir(folder) {
        Ok(listed) => listed,
        Err(error) if error.kind() == ErrorKind::NotFound => return Err(none(folder)),
        Err(error) => {
            let what = format!("{} cannot be read ({error}).", shown(folder));
            return Err(Problem::new(ProblemKind::General, &what, "Check that you may read it."));
        }
    };
    let paths = listed.filter_map(|entry| Some(entry.ok()?.path()));
    let mut paths: Vec<_> = paths
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .take(MOST)
        .collect();
    paths.sort();
    let template = |path: &std::path::PathBuf| Template {
        name: Text::new(&path.file_stem().unwrap_or_default().to_string_lossy()),
        text: text(path),
    };
    match paths.is_empty() {
        true => Err(none(folder)),
        false => Ok(paths.iter().map(template).collect()),
    }
}

fn none(folder: &Path) -> Problem {
    let what = format!("There are no templates in {}.", shown(folder));
    Problem::new(ProblemKind::NotFound, &what, "Put a text there as NAME.md.")
}

/// What is in a file, and no more of it than may be; or why that cannot be used.
fn text(path: &Path) -> Result<String, &'static str> {
    let [unreadable, no_text, too_large] = UNREADABLE_TEMPLATE;
    let read = || -> io::Result<Vec<u8>> {
        // A pipe would never end.
        if !fs::metadata(path)?.is_file() {
            return Err(ErrorKind::InvalidInput.into());
        }
        let mut bytes = Vec::new();
        File::open(path)?.take(LARGEST + 1).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    let bytes = read().map_err(|error| {
        tracing::warn!(%error, "a template cannot be read");
        unreadable
    })?;
    if bytes.len() as u64 > LARGEST {
        return Err(too_large);
    }
    let text = String::from_utf8(bytes).map_err(|_| no_text)?;
    match text.contains('\0') {
        true => Err(no_text),
        // Editors end the last line.
        false => Ok(text.strip_suffix('\n').unwrap_or(&text).to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_are_read_by_name_and_what_is_none_says_why() {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path();
        assert_eq!(read(&at.join("templates")).unwrap_err().kind, ProblemKind::NotFound);
        assert_eq!(read(at).unwrap_err().kind, ProblemKind::NotFound);
        let [unreadable, no_text, too_large] = UNREADABLE_TEMPLATE;
        for (name, bytes) in [
            ("議事録.md", "# {{topic}}\n".as_bytes()),
            ("a b.md", b"hello"),
            ("huge.md", &[b'x'; (64 << 10) + 1]),
            ("binary.md", b"\x7fELF\0\0"),
            ("latin.md", b"gr\xfc\xdfe"),
            ("notes.txt", b"no template"),
        ] {
            fs::write(at.join(name), bytes).unwrap();
        }
        fs::create_dir(at.join("folder.md")).unwrap();
        let read = read(at).unwrap();
        let read: Vec<_> = read.iter().map(|it| (it.name.as_str(), it.text.as_deref())).collect();
        let expected: [(&str, Result<&str, &&str>); 6] = [
            ("a b", Ok("hello")),
            ("binary", Err(&no_text)),
            ("folder", Err(&unreadable)),
            ("huge", Err(&too_large)),
            ("latin", Err(&no_text)),
            ("議事録", Ok("# {{topic}}")),
        ];
        assert_eq!(read, expected);
    }
}
