//! The person's own editor, on a file that is theirs alone.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::domain::Text;
use crate::protocol::{Problem, ProblemKind};

/// What was written in an editor. It lies in a file, too, until whoever has it has kept it elsewhere.
#[must_use = "its file stays until it is done with"]
pub struct Written {
    /// The text, without the end of its last line.
    pub text: String,
    /// Where it lies.
    pub path: PathBuf,
}

impl Written {
    /// Removes the file: the text is kept elsewhere.
    pub fn done(self) {
        remove(&self.path);
    }
}

fn remove(path: &Path) {
    if let Err(error) = std::fs::remove_file(path) {
        tracing::warn!(%error, "the file for the editor stays");
    }
}

/// Lets the person write in their editor, a shell command, with a file in the folder `scratch`. It draws on `screen`.
///
/// # Errors
/// `General` where it could not be started, or ended with a failure. What was written until then stays in its file, and the
/// problem says where.
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
    let path = file.into_temp_path().keep().map_err(|error| disk(error.error))?;
    // As git does it: the editor is a shell command, and the file its last argument.
    let status = Command::new("sh")
        .arg("-c")
        .arg(format!("{editor} \"$@\""))
        .arg(editor)
        .arg(&path)
        .stdout(screen)
        .status();
    match status {
        Ok(status) if status.success() => match std::fs::read_to_string(&path) {
            Ok(written) => {
                // Editors end the last line; a post does not need it.
                let text = written.strip_suffix('\n').unwrap_or(&written).to_owned();
                Ok(Written { text, path })
            }
            Err(error) => Err(left_in(
                &path,
                failed(format!("What you wrote could not be read ({error}).")),
            )),
        },
        Ok(status) => {
            let problem = failed(format!("The editor `{editor}` ended with {status}."));
            if std::fs::read(&path).is_ok_and(|written| written == text.as_bytes()) {
                remove(&path);
                return Err(problem);
            }
            Err(left_in(&path, problem))
        }
        Err(error) => {
            remove(&path);
            Err(failed(format!("The editor `{editor}` could not be started ({error}).")))
        }
    }
}

/// A problem that says where the text lies.
fn left_in(path: &Path, problem: Problem) -> Problem {
    let next = format!("What you wrote is in {}.", path.display());
    Problem {
        next: Text::new(&next),
        ..problem
    }
}
