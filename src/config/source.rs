//! Reading `config.toml`, and pointing at what is wrong in it.

use std::fs;
use std::io::{self, Read, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::{Config, Paths, Profile, make_private};
use crate::protocol::{Problem, ProblemKind};

/// A config file, with every setting at its default and explained.
pub fn default_file() -> &'static str {
    include_str!("default.toml")
}

/// What was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Loaded {
    /// The settings.
    pub config: Config,
    /// Where they stand, for whoever finds a mistake in them later.
    pub source: Source,
}

impl Loaded {
    /// What goes below what a profile writes.
    pub fn signature(&self, profile: &Profile) -> Option<String> {
        self.config.profiles.get(profile)?.signature.clone()
    }

    /// The editor to start, as a shell command; `environment` is what `VISUAL` and `EDITOR` say.
    pub fn editor<'a>(&'a self, environment: Option<&'a str>) -> &'a str {
        self.config.compose.editor(environment)
    }
}

/// The text of a config file; empty when there is no file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    path: PathBuf,
    text: String,
}

/// No config file is longer, in bytes.
const LONGEST: u64 = 1 << 20;

/// Reads the config file. Where there is none, everything is at its default. A pipe is read to its end, as a shell's
/// `<(…)` is one; of devices only `/dev/null`, which is an empty file.
///
/// # Errors
/// `Config` when the file cannot be read, is no file or too long, or is wrong: with line and column, what is wrong, and what would be right; and
/// when there is none although it was asked for.
pub fn load(paths: &Paths) -> Result<Loaded, Problem> {
    let path = &paths.config_file;
    let text = match read(path) {
        Ok(text) => text,
        Err(e) if e.kind() == io::ErrorKind::NotFound && !paths.config_asked_for => String::new(),
        Err(e) => {
            let next = match e.kind() {
                io::ErrorKind::NotFound => "Name another file, or make this one with `folkmoot config init`.",
                io::ErrorKind::InvalidData => "Save it as UTF-8.",
                io::ErrorKind::InvalidInput | io::ErrorKind::FileTooLarge => "Name another file with --config.",
                _ => "Make it readable for you, or name another file with --config.",
            };
            return Err(failure(&format!("{} cannot be read ({e}).", path.display()), next));
        }
    };
    Source::new(path, &text).load()
}

fn read(path: &Path) -> io::Result<String> {
    // Before it is opened: some devices do something then.
    if is_device(fs::metadata(path)?.file_type()) && path != Path::new("/dev/null") {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is a device"));
    }
    let mut bytes = Vec::new();
    let count = fs::File::open(path)?.take(LONGEST + 1).read_to_end(&mut bytes)?;
    if u64::try_from(count).is_ok_and(|count| count <= LONGEST) {
        return String::from_utf8(bytes)
            .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error.utf8_error()));
    }
    Err(io::Error::new(io::ErrorKind::FileTooLarge, "it is longer than 1 MiB"))
}

#[cfg(unix)]
fn is_device(kind: fs::FileType) -> bool {
    use std::os::unix::fs::FileTypeExt;
    kind.is_char_device() || kind.is_block_device()
}

#[cfg(not(unix))]
fn is_device(_: fs::FileType) -> bool {
    false
}

/// Writes the default file for a person to change (0600), with the folders above it. A file that is there already stays as
/// it is.
///
/// # Errors
/// `Config` when there is a file already, or none can be written.
pub fn init(path: &Path) -> Result<(), Problem> {
    let written = whole(path, default_file()).and_then(|file| file.persist_noclobber(path).map_err(|e| e.error));
    written.map(drop).map_err(|e| match e.kind() {
        io::ErrorKind::AlreadyExists if path.is_file() => failure(
            &format!("{} is there already.", path.display()),
            "It was left as it is: edit it, or move it away.",
        ),
        _ => unwritable(path, &e),
    })
}

/// A file (0600) beside `path` that holds the text, to be given that name now that it is whole. Missing folders are made.
pub(super) fn whole(path: &Path, text: &str) -> io::Result<NamedTempFile> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    if !folder.is_dir() {
        make_private(folder)?;
    }
    let mut file = NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    Ok(file)
}

pub(super) fn unwritable(path: &Path, error: &io::Error) -> Problem {
    failure(
        &format!("{} cannot be written ({error}).", path.display()),
        "Name another file with --config, or make its folder writable for you.",
    )
}

impl Source {
    /// Windows editors like to begin with a byte order mark; it is no part of the text.
    pub(super) fn new(path: &Path, text: &str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text).to_owned();
        Source {
            path: path.to_owned(),
            text,
        }
    }

    /// Reads the text as a config file.
    pub(super) fn load(self) -> Result<Loaded, Problem> {
        let loaded = Loaded {
            config: self.parse()?,
            source: self,
        };
        loaded.check_profiles()?;
        Ok(loaded)
    }

    fn parse(&self) -> Result<Config, Problem> {
        toml::from_str(&self.text).map_err(|error| {
            let (what, next) = explain(error.message());
            self.problem(error.span().unwrap_or_default(), &what, &next)
        })
    }

    /// A problem that points at a place in the file: `config.toml:3:7: what`. `what` is a clause, `next` a sentence.
    pub fn problem(&self, span: Range<usize>, what: &str, next: &str) -> Problem {
        failure(&format!("{}: {what}", self.place(span.start)), next)
    }

    /// A byte of the file as a person finds it: `config.toml:3:7`.
    pub(super) fn place(&self, byte: usize) -> String {
        let (line, column) = self.position(byte);
        format!("{}:{line}:{column}", self.path.display())
    }

    /// The text as it was read.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The file's name.
    pub(super) fn file(&self) -> String {
        self.path.display().to_string()
    }

    /// Line and column of a byte of the text, each from 1; a column is a character.
    fn position(&self, byte: usize) -> (usize, usize) {
        let before = self.text.get(..byte).unwrap_or(&self.text);
        let start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = before.matches('\n').count() + 1;
        (
            line,
            before.chars().count() - before.get(..start).unwrap_or_default().chars().count() + 1,
        )
    }
}

pub(super) fn failure(what: &str, next: &str) -> Problem {
    Problem::new(ProblemKind::Config, what, next)
}

/// Says serde's message in our words. It quotes the wrong word first and then the right ones, between backticks.
fn explain(message: &str) -> (String, String) {
    let mut quoted = message.split('`').skip(1).step_by(2);
    let kind = [("unknown field", "setting"), ("unknown variant", "value")]
        .into_iter()
        .find_map(|(start, kind)| message.starts_with(start).then_some(kind));
    let (Some(kind), Some(wrong)) = (kind, quoted.next()) else {
        // toml's words for an enum that is not a word.
        let plain = message.replace("wanted string or table", "a word in quotes is expected");
        let mut what = plain.trim().replace('\n', ", ");
        if !what.ends_with('.') {
            what.push('.');
        }
        return (
            what,
            "Correct it, or remove the line: every setting has a default.".to_owned(),
        );
    };
    let right: Vec<&str> = quoted.collect();
    let near = right
        .iter()
        .map(|known| (strsim::jaro_winkler(wrong, known), known))
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .filter(|(likeness, _)| *likeness > 0.8)
        .map(|(_, known)| format!("Did you mean `{known}`? "))
        .unwrap_or_default();
    let list = right
        .iter()
        .map(|known| format!("`{known}`"))
        .collect::<Vec<_>>()
        .join(", ");
    (
        format!("there is no {kind} `{wrong}` here."),
        format!("{near}There is: {list}."),
    )
}

#[cfg(test)]
mod tests;
