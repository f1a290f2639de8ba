//! The person's own editor, on a file that is theirs alone.

use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::NamedTempFile;

use crate::protocol::{Problem, ProblemKind};

/// What was written in an editor. Its file goes when this is dropped: whoever wants to lose nothing keeps the text first.
pub struct Written {
    /// The text, without the end of its last line.
    pub text: String,
    _file: NamedTempFile,
}

/// Lets the person write in their editor, a shell command, with a file in the folder `scratch`. It draws on `screen`.
///
/// # Errors
/// `General` where it could not be started, or ended with a failure.
pub fn edit(editor: &str, scratch: &Path, text: &str, screen: Stdio) -> Result<Written, Problem> {
    let failed = |what: String| {
        tracing::warn!(what, "no text from the editor");
        Problem::new(
            ProblemKind::General,
            &what,
            "Your text is as it was. Set $VISUAL or $EDITOR to an editor that works.",
        )
    };
    let disk = |error: io::Error| failed(format!("The file for the editor could not be made or read ({error})."));
    let file = tempfile::Builder::new()
        .prefix("folkmoot-")
        .suffix(".txt")
        .tempfile_in(scratch)
        .map_err(disk)?;
    std::fs::write(file.path(), text).map_err(disk)?;
    // As git does it: the editor is a shell command, and the file its last argument.
    let status = Command::new("sh")
        .arg("-c")
        .arg(format!("{editor} \"$@\""))
        .arg(editor)
        .arg(file.path())
        .stdout(screen)
        .status();
    match status {
        Ok(status) if status.success() => {
            let written = std::fs::read_to_string(file.path()).map_err(disk)?;
            // Editors end the last line; a post does not need it.
            let text = written.strip_suffix('\n').unwrap_or(&written).to_owned();
            Ok(Written { text, _file: file })
        }
        Ok(status) => Err(failed(format!("The editor `{editor}` ended with {status}."))),
        Err(error) => Err(failed(format!("The editor `{editor}` could not be started ({error})."))),
    }
}
