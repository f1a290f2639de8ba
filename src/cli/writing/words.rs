//! The text, wherever it comes from: the command line, a file, stdin, or the person's editor.

use std::fs;
use std::io::{self, IsTerminal, Read};
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;

use super::review::noun;
use super::sending::kept;
use crate::cli::args;
use crate::cli::confirm;
use crate::cli::desk::Desk;
use crate::cli::exit::{Stop, say};
use crate::cli::signals::{aside, unless_called_off};
use crate::domain::{Draft, Text};
use crate::protocol::{Problem, ProblemKind, delivery};
use crate::runtime::{Postbox, editor};

/// Graph takes no more, so nobody reads more.
const MOST: u64 = 4 << 20;

/// The text that is given; `None` where the person is to write it in their editor. Line ends are newlines, and the last has
/// none.
///
/// # Errors
/// `Usage` where it cannot be read, is no text, or nobody is there to write it.
pub async fn given(args: &args::Words) -> Result<Option<String>, Stop> {
    let words = match (&args.body, args.body_file.as_deref()) {
        (Some(body), _) => body.clone(),
        (None, Some(file)) if file == Path::new("-") => read(None).await?,
        (None, Some(file)) => read(Some(file)).await?,
        (None, None) if !io::stdin().is_terminal() => read(None).await?,
        (None, None) if confirm::is_watched() => return Ok(None),
        (None, None) => {
            return Err(Problem::new(
                ProblemKind::Usage,
                "There is no text, and no terminal to write one at.",
                "Give it with --body, --body-file, or on stdin.",
            )
            .into());
        }
    };
    Ok(Some(plain(&words)))
}

fn plain(words: &str) -> String {
    let words = words.strip_prefix('\u{feff}').unwrap_or(words).replace("\r\n", "\n");
    words.strip_suffix('\n').unwrap_or(&words).to_owned()
}

/// All of a file, or of stdin.
async fn read(file: Option<&Path>) -> Result<String, Stop> {
    let name = file.map_or_else(|| "stdin".to_owned(), |file| file.display().to_string());
    let file = file.map(Path::to_owned);
    let all = tokio::task::spawn_blocking(move || -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        match file {
            Some(file) => fs::File::open(file)?.take(MOST).read_to_end(&mut bytes)?,
            None => io::stdin().take(MOST).read_to_end(&mut bytes)?,
        };
        Ok(bytes)
    });
    let unusable = |why: String, next: &str| {
        let what = format!("{} {why}.", Text::new(&name));
        Problem::new(ProblemKind::Usage, &what, next)
    };
    let bytes = match all.await {
        Ok(Ok(bytes)) => bytes,
        Ok(Err(error)) => return Err(unusable(format!("cannot be read ({error})"), "Check the path.").into()),
        Err(_) => return Err(unusable("cannot be read".to_owned(), "").into()),
    };
    if bytes.len() as u64 == MOST {
        return Err(unusable(
            "is too long: Graph takes less than 4 MB".to_owned(),
            "Attach it instead.",
        )
        .into());
    }
    let text = String::from_utf8(bytes);
    Ok(text.map_err(|_| unusable("is no text in UTF-8".to_owned(), "Attach it, or convert it with iconv."))?)
}

/// Has the person write a draft in their editor. It is on disk from the beginning, and whatever ends folkmoot meanwhile, it
/// is what was written last. One that nothing was written to is gone.
///
/// # Errors
/// `General` where the editor failed, `Usage` where it is too much for Graph; both say what has become of the draft. The
/// signal that broke it off.
pub async fn edited(desk: &Desk, postbox: &Postbox<'_>, draft: &mut Draft) -> Result<(), Stop> {
    say(&format!(
        "Write {} in your editor; without a text nothing is sent.",
        noun(&draft.target)
    ));
    let lent = Arc::new(postbox.lend(draft).await?);
    let (editor, file) = (desk.editor.clone(), lent.clone());
    // It draws where the person is, whatever stdout is.
    let editing = aside(move || editor::edit(&editor, &file, Stdio::from(io::stderr())));
    let ended = match unless_called_off(editing).await {
        Ok(ended) => ended?,
        Err(code) => return Err(Stop::CalledOff(code, vec![kept(draft)])),
    };
    let stays = |problem| Stop::with_lines(problem, vec![kept(draft)]);
    let written = postbox.take_back(lent).await.map_err(stays)?;
    if written.trim().is_empty() {
        postbox.remove(&draft.id).await?;
        ended?;
        return Err(no_text().into());
    }
    draft.text = plain(&written);
    let usable = ended.map_err(|problem| Problem {
        next: Text::new("What you wrote is kept. Set $VISUAL or $EDITOR to an editor that works."),
        ..problem
    });
    let usable = usable.and_then(|()| delivery::too_much(draft).map_or(Ok(()), Err));
    usable.map_err(|problem| Stop::with_lines(problem, vec![kept(draft)]))
}

/// Nothing was written.
pub fn no_text() -> Problem {
    let next = "Give a text with --body, --body-file, or on stdin.";
    Problem::new(ProblemKind::Usage, "There is no text, so nothing was sent.", next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_with_newlines_and_the_last_with_nothing() {
        for (typed, expected) in [
            ("", ""),
            ("one", "one"),
            ("one\n", "one"),
            ("\u{feff}山\r\nשלום\r\n", "山\nשלום"),
            ("one\n\n", "one\n"),
        ] {
            assert_eq!(plain(typed), expected, "{typed:?}");
        }
    }
}
