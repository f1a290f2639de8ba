//! The person's own editor, on a draft's text.

use std::process::{Command, Stdio};

use crate::protocol::{Problem, ProblemKind};
use crate::store::Lent;

/// Lets the person write a draft in their editor, a shell command. It draws on `screen`.
///
/// # Errors
/// `General` where it could not be started, or ended with a failure.
pub fn edit(editor: &str, lent: &Lent, screen: Stdio) -> Result<(), Problem> {
    let failed = |what: String| {
        tracing::warn!(what, "no text from the editor");
        Problem::new(
            ProblemKind::General,
            &what,
            "Your text is as it was. Set $VISUAL or $EDITOR to an editor that works.",
        )
    };
    // As git does it: the editor is a shell command, and the file its last argument.
    let mut command = Command::new("sh");
    command.arg("-c").arg(format!("{editor} \"$@\"")).arg(editor);
    command.arg(lent.path()).stdout(screen);
    let started = lent.for_the_editor().and_then(|lock| {
        let child = command.spawn();
        drop(lock);
        child
    });
    match started.and_then(|mut child| child.wait()) {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(failed(format!("The editor `{editor}` ended with {status}."))),
        Err(error) => Err(failed(format!("The editor `{editor}` could not be started ({error})."))),
    }
}
