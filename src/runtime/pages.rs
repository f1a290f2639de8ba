//! Texts that are attached, in the person's pager: over SSH there is no desktop to open them on.

use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::domain::{Prose, Text};
use crate::protocol::{Problem, ProblemKind};
use crate::text;

/// The pager where nobody names one.
pub const USUAL: &str = "less";
/// How a shell says that there is no such program.
pub const NO_SUCH_PROGRAM: i32 = 127;
/// As much of a file as is shown, in bytes. Nobody reads more in a pager.
const MOST: u64 = 16 << 20;

/// Whether `PAGER` says that nothing is to be paged: it is empty, or `cat`.
pub fn is_none(named: &str) -> bool {
    matches!(named.trim(), "" | "cat")
}

/// The pager that `PAGER` names, for what is read beside the screen. less is to stay where all fits on the screen, too: what
/// it has shown would be gone at once.
pub fn chosen(named: Option<&str>) -> Option<String> {
    let named = named.map_or(USUAL, str::trim);
    let program = named.split_whitespace().next()?;
    match program.rsplit('/').next() {
        _ if is_none(named) => None,
        Some("less") => Some(format!("{named} -+F -+X")),
        _ => Some(named.to_owned()),
    }
}

/// What a file says, clean; `None` where it is no text, or cannot be read.
pub fn text_of(path: &Path) -> Option<String> {
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(MOST).read_to_end(&mut bytes));
    if let Err(error) = read {
        tracing::warn!(%error, "an opened file cannot be read");
        return None;
    }
    let text = text::decoded(&bytes, false);
    // Escape sequences stand in texts, too; other control characters do not.
    let is_odd = |c: char| c.is_ascii_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1b}');
    (!text.contains(is_odd)).then(|| Prose::new(&text).as_str().to_owned())
}

/// Lets the person read a text, until they leave the pager.
///
/// # Errors
/// `General` where it could not be started.
pub fn show(pager: &str, text: &str) -> Result<(), Problem> {
    let failed = |why: &str| {
        let what = format!("The pager `{}` could not be started: {why}.", Text::new(pager));
        Problem::new(
            ProblemKind::General,
            &what,
            "Set PAGER to one that works, or save the file.",
        )
    };
    let mut command = Command::new("sh");
    let started = command.arg("-c").arg(pager).stdin(Stdio::piped()).spawn();
    let mut child = started.map_err(|error| failed(&error.to_string()))?;
    if let Some(mut pipe) = child.stdin.take() {
        // Whoever leaves it before the end wants to read no more.
        let _ = pipe.write_all(text.as_bytes());
    }
    match child.wait() {
        Ok(status) if status.code() == Some(NO_SUCH_PROGRAM) => Err(failed("there is no such program")),
        Ok(_) => Ok(()),
        Err(error) => Err(failed(&error.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn less_stays_and_nothing_and_cat_are_no_pager() {
        for (named, expected) in [
            (None, Some("less -+F -+X")),
            (Some("less -FRX"), Some("less -FRX -+F -+X")),
            (Some("/usr/bin/less"), Some("/usr/bin/less -+F -+X")),
            (Some(" most -s "), Some("most -s")),
            (Some("cat"), None),
            (Some(" "), None),
        ] {
            assert_eq!(chosen(named).as_deref(), expected, "{named:?}");
        }
    }

    #[test]
    fn texts_are_read_clean_and_nothing_else_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        let utf16: Vec<u8> = "\u{feff}山田\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for (bytes, expected) in [
            ("Name;Menge\r\n山田;3\n".as_bytes(), Some("Name;Menge\n山田;3\n")),
            (b"M\xfcller;3\n", Some("Müller;3\n")),
            (&utf16, Some("山田\n")),
            (b"a\x1b]52;c;aGk=\x07b\x1b[2J", None),
            ("red \u{1b}[31mtext \u{202e}txt".as_bytes(), Some("red text txt")),
            (b"\x89PNG\r\n\x1a\n\0\0", None),
            (b"", Some("")),
        ] {
            std::fs::write(&path, bytes).unwrap();
            assert_eq!(text_of(&path).as_deref(), expected, "{bytes:?}");
        }
        assert_eq!(text_of(&folder.path().join("none")), None);
    }

    #[test]
    fn a_pager_that_is_not_there_is_named() {
        let problem = show("folkmoot-has-no-such-pager", "text").unwrap_err();
        assert!(
            problem.what.as_str().contains("`folkmoot-has-no-such-pager`"),
            "{problem:?}"
        );
        assert!(
            show("true", &"long\n".repeat(100_000)).is_ok(),
            "it may be left before the end"
        );
    }
}
