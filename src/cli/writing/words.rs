//! The text, wherever it comes from: the command line, a file, stdin, or the person's editor.

use std::fs;
use std::io::{self, IsTerminal, Read};
use std::path::Path;
use std::process::Stdio;

use super::review::noun;
use crate::cli::args;
use crate::cli::confirm;
use crate::cli::exit::{Stop, say};
use crate::cli::session::Desk;
use crate::cli::signals::aside;
use crate::config::make_private;
use crate::domain::{Target, Text};
use crate::protocol::{Problem, ProblemKind};
use crate::runtime::editor;

/// Graph takes no more, so nobody reads more.
const MOST: u64 = 4 << 20;

/// A text, and what it lies in until it is kept elsewhere.
pub struct Words {
    /// What was written.
    pub words: String,
    written: Option<editor::Written>,
}

impl Words {
    /// The text is kept elsewhere: what the editor has left may go.
    pub fn done(self) {
        if let Some(written) = self.written {
            written.done();
        }
    }

    /// Where the text lies, if an editor has left it.
    pub fn place(&self) -> Option<String> {
        let written = self.written.as_ref()?;
        let path = Text::new(&written.path.display().to_string());
        Some(format!("What you wrote is in {path}."))
    }

    /// A failure that says where the text lies, if an editor has left it.
    pub fn stopped(&self, stop: impl Into<Stop>) -> Stop {
        match self.place() {
            Some(place) => stop.into().saying(place),
            None => stop.into(),
        }
    }
}

/// The text that is meant. Line ends are newlines, and the last has none.
///
/// # Errors
/// `Usage` where it cannot be read, is no text, or nobody is there to write it; `General` where the editor failed.
pub async fn text(desk: &Desk, args: &args::Words, target: &Target) -> Result<Words, Stop> {
    let given = |words: String| Words {
        words: plain(&words),
        written: None,
    };
    match (&args.body, args.body_file.as_deref()) {
        (Some(body), _) => Ok(given(body.clone())),
        (None, Some(file)) if file == Path::new("-") => Ok(given(read(None).await?)),
        (None, Some(file)) => Ok(given(read(Some(file)).await?)),
        (None, None) if !io::stdin().is_terminal() => Ok(given(read(None).await?)),
        (None, None) if confirm::is_watched() => edited(desk, target).await,
        (None, None) => Err(Problem::new(
            ProblemKind::Usage,
            "There is no text, and no terminal to write one at.",
            "Give it with --body, --body-file, or on stdin.",
        )
        .into()),
    }
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

/// What the person writes in their editor.
async fn edited(desk: &Desk, target: &Target) -> Result<Words, Stop> {
    say(&format!(
        "Write {} in your editor; without a text nothing is sent.",
        noun(target)
    ));
    let (editor, folder) = (desk.editor.clone(), desk.folder.clone());
    let written = aside(move || {
        let disk = |error: io::Error| {
            let what = format!("{} cannot be made ({error}).", Text::new(&folder.display().to_string()));
            Problem::new(ProblemKind::General, &what, "Look whether you may write there.")
        };
        make_private(&folder).map_err(disk)?;
        // It draws where the person is, whatever stdout is.
        editor::edit(&editor, &folder, "", Stdio::from(io::stderr()))
    });
    let written = written.await??;
    Ok(Words {
        words: plain(&written.text),
        written: Some(written),
    })
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
