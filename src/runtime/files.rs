//! Files made of what others have named: harmless names, nothing overwritten unasked, nothing left half.

use std::collections::HashSet;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::domain::{Attachment, AttachmentKind, Text};
use crate::protocol::{Problem, ProblemKind};
use crate::text::graphemes;

/// Names have at most so many bytes; file systems take 255, and a number may come to them.
const LONGEST: usize = 200;
/// Endings longer than this are no endings.
const LONGEST_ENDING: usize = 16;
/// So many files of one name are told apart by numbers.
const MOST: usize = 10_000;
/// What Windows takes for devices, whatever follows after a dot.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];

/// A name that is one in every file system and names nothing but a file in its folder: no separators, no control
/// characters, no device, no option of a command, no hidden file.
pub fn harmless(name: &str, otherwise: &str) -> String {
    let cleaned = Text::new(name);
    let replaced: String = cleaned
        .as_str()
        .chars()
        .map(|c| match c {
            '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '_',
            // Other white space looks like a space and is none.
            c if c.is_whitespace() => ' ',
            c => c,
        })
        .collect();
    // What is cut off may be what made it harmless, so it is cut first.
    let short = bounded(replaced.trim_end_matches(['.', ' ']).trim_start());
    let trimmed = short.trim_end_matches(['.', ' ']);
    let mut name = match trimmed.chars().next() {
        None => otherwise.to_owned(),
        Some('.' | '-' | '~') => format!("_{}", trimmed.get(1..).unwrap_or_default()),
        Some(_) => trimmed.to_owned(),
    };
    if is_device(&name) {
        name.insert(0, '_');
    }
    name
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let numbered = ["com", "lpt"].iter().any(|device| {
        stem.strip_prefix(device)
            .is_some_and(|rest| rest.chars().count() == 1 && rest.chars().all(|c| c.is_numeric() || "¹²³".contains(c)))
    });
    numbered || DEVICES.contains(&stem.as_str())
}

/// Cuts the middle out of a name that is too long: the ending stays, and there is room for one byte before it all.
fn bounded(name: &str) -> String {
    let longest = LONGEST - 1;
    if name.len() <= longest {
        return name.to_owned();
    }
    let (stem, ending) = split(name);
    let room = longest - ending.len();
    let ends = graphemes(stem).scan(0, |end, (letter, _)| {
        *end += letter.len();
        (*end <= room).then_some(*end)
    });
    // One letter may have more marks than there is room for.
    let end = ends.last().unwrap_or_else(|| {
        let ends = stem.char_indices().map(|(at, _)| at);
        ends.take_while(|end| *end <= room).last().unwrap_or_default()
    });
    format!("{}{ending}", stem.get(..end).unwrap_or_default().trim_end())
}

/// A name in two: the ending with its dot, empty where there is none.
fn split(name: &str) -> (&str, &str) {
    match name
        .rfind('.')
        .filter(|dot| *dot > 0 && name.len() - dot <= LONGEST_ENDING)
    {
        Some(dot) => name.split_at(dot),
        None => (name, ""),
    }
}

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
                Err(taken) if taken.error.kind() == io::ErrorKind::AlreadyExists => file = taken.file,
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

/// The name of the second, third … of a name: `plan (2).pdf`.
pub fn numbered(name: &str, number: usize) -> String {
    if number == 1 {
        return name.to_owned();
    }
    let (stem, ending) = split(name);
    format!("{stem} ({number}){ending}")
}

/// Makes a folder, and those above it, where they are missing.
///
/// # Errors
/// `General` where the file system does not let it.
pub fn make_folder(folder: &Path) -> Result<(), Problem> {
    fs::create_dir_all(folder).map_err(|error| cannot_write(folder, &error))
}

/// What an item begins with, as far as it is known by that, and the ending of its file.
const ITEMS: [(&str, &str); 2] = [("BEGIN:VCARD", "vcf"), ("BEGIN:VCALENDAR", "ics")];

/// How many bytes of an item tell what it is.
pub const TELLING: usize = 15;

/// The ending of an item's file: that of a mail, unless it begins as something else does.
pub fn ending_of_item(bytes: &[u8]) -> &'static str {
    let known = ITEMS.iter().find(|(begins, _)| bytes.starts_with(begins.as_bytes()));
    known.map_or("eml", |(_, ending)| ending)
}

/// The harmless name for an attachment that begins so.
pub fn name_of(attachment: &Attachment, begins: &[u8]) -> String {
    let name = harmless(attachment.name.as_str(), "attachment");
    if attachment.kind != AttachmentKind::Item {
        return name;
    }
    let ending = ending_of_item(begins);
    match name.to_lowercase().ends_with(&format!(".{ending}")) {
        true => name,
        false => harmless(&format!("{name}.{ending}"), "attachment"),
    }
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
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_name_from_outside_is_a_file_in_its_folder_and_nothing_else() {
        for (name, harmless_name) in [
            ("plan.pdf", "plan.pdf"),
            ("../../etc/passwd", "_._.._etc_passwd"),
            ("..", "otherwise"),
            ("...", "otherwise"),
            (".bashrc", "_bashrc"),
            ("-rf", "_rf"),
            ("~root", "_root"),
            ("C:\\Windows\\x.dll", "C__Windows_x.dll"),
            ("a\0b\u{1b}[31mc\r\nd.txt", "abc d.txt"),
            ("gpj.\u{202e}exe", "gpj.exe"),
            ("CON", "_CON"),
            ("nul.txt", "_nul.txt"),
            ("COM1", "_COM1"),
            ("com¹.log", "_com¹.log"),
            ("company.txt", "company.txt"),
            ("a\u{a0}b\u{3000}c.txt", "a b c.txt"),
            ("trailing. . .", "trailing"),
            (&*format!("COM1e{}", "\u{301}".repeat(120)), "_COM1"),
            ("", "otherwise"),
            (" \t ", "otherwise"),
            ("山田 👩\u{200d}👧.jpg", "山田 👩\u{200d}👧.jpg"),
        ] {
            assert_eq!(harmless(name, "otherwise"), harmless_name, "{name:?}");
        }
    }

    #[test]
    fn a_long_name_keeps_its_ending() {
        let name = harmless(&format!("{}.pdf", "山".repeat(300)), "x");
        assert!(name.len() <= LONGEST && name.ends_with("山.pdf"), "{name}");
        let name = harmless(&"é".repeat(400), "x");
        assert!(name.len() <= LONGEST && name.chars().all(|c| c == 'é'));
        // Not even where all before it is one letter.
        let name = harmless(&format!("a{}.bash_profile", "\u{301}".repeat(100)), "x");
        assert!(name.len() <= LONGEST && name.starts_with("a\u{301}"), "{name}");
        assert!(name.ends_with("\u{301}.bash_profile"), "{name}");
        // With what keeps it from being a device it is no longer either.
        let name = harmless(&format!("con.pdf.{}", "山".repeat(80)), "x");
        assert!(name.len() <= LONGEST && name.starts_with("_con.pdf.山"), "{name}");
    }

    #[test]
    fn the_second_of_a_name_has_a_number() {
        for (name, second) in [
            ("plan.pdf", "plan (2).pdf"),
            ("plan", "plan (2)"),
            ("a.b.tar.gz", "a.b.tar (2).gz"),
            (
                "v1.0 and much more than an ending",
                "v1.0 and much more than an ending (2)",
            ),
        ] {
            assert_eq!(numbered(name, 2), second);
        }
    }

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
        let mut dropped = NewFile::in_folder(at).unwrap();
        dropped.add(b"half").unwrap();
        drop(dropped);
        assert_eq!(fs::read_dir(at).unwrap().count(), 2);
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

    proptest! {
        #[test]
        fn any_name_stays_in_its_folder(raw in prop_oneof![
            any::<String>(),
            "(\\.|/|\\\\| |:|~|-|con|COM1|nul|\u{202e}|e\u{301}|e\u{301}{120}|ש|山{80}|\\.pdf|\\.bashrc|\u{a0}|\u{0}){0,9}",
        ]) {
            let name = harmless(&raw, "otherwise");
            prop_assert!(!name.is_empty() && name.len() <= LONGEST);
            prop_assert!(!name.contains(['/', '\\', '\0']) && !name.chars().any(char::is_control));
            let mut parts = Path::new(&name).components();
            prop_assert!(matches!(parts.next(), Some(std::path::Component::Normal(_))));
            prop_assert_eq!(parts.next(), None);
            prop_assert!(!name.starts_with(['.', '-', '~']));
            // Windows drops dots and spaces at the end, and takes some names for devices.
            prop_assert!(!name.ends_with(['.', ' ']) && !is_device(&name), "{name:?}");
            let second = numbered(&name, MOST);
            prop_assert!(second.len() <= 255 && second != name && !second.contains(['/', '\\']));
        }
    }
}
