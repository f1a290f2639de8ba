//! What each command does. Nothing here waits, but for what the person asked to wait for: their editor, and ^Z.

use std::io;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use tokio::sync::mpsc;

use super::drafts::DraftsThread;
use super::drive::Console;
use super::keeper::Keeper;
use super::scratch::Scratch;
use super::{editor, files, listing, own, pages, templates};
use crate::app::{Cmd, What};
use crate::domain::{Draft, Text};
use crate::protocol::{Problem, ProblemKind};
use crate::{config, store};

/// How long leaving waits for the disk. A disk that hangs must not hold the terminal.
const LAST_WAIT: Duration = Duration::from_secs(3);

/// Carries commands out.
pub struct Effects {
    /// Drafts; the first run has none.
    pub drafts: Option<DraftsThread>,
    /// The worker.
    pub worker: mpsc::UnboundedSender<Cmd>,
    /// For what effects have to tell.
    pub inbox: mpsc::Sender<What>,
    /// The person's editor, as a shell command.
    pub editor: String,
    /// The person's pager, as a shell command; `None` where they want none.
    pub pager: Option<String>,
    /// Where the person's templates lie.
    pub templates: PathBuf,
    /// There is a screen that a desktop's programs can open on.
    pub display: bool,
    /// What lies on disk only while the program runs.
    pub parts: Scratch,
    /// What was read.
    pub keeper: Keeper,
}

/// Whether the loop goes on.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Next {
    GoOn,
    /// Another program has had the terminal. What came of it comes before every key that was pressed meanwhile.
    Back(Option<What>),
    End(Ending),
}

/// How the loop has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The person has left, or the terminal has gone.
    Left,
    /// Another program is to have the terminal.
    ChangedOver,
}

impl Effects {
    /// Carries a command out.
    pub(super) fn carry_out<C: Console>(&mut self, cmd: Cmd, console: &mut C) -> io::Result<Next> {
        match cmd {
            Cmd::Send(_)
            | Cmd::Abandon(_)
            | Cmd::AbandonAll
            | Cmd::Typeset { .. }
            | Cmd::Filter { .. }
            | Cmd::Search { .. }
            | Cmd::Photo(_)
            | Cmd::Quote { .. }
            | Cmd::PlainText(_)
            | Cmd::LayOutRaw { .. }
            | Cmd::RawText { .. }
            | Cmd::Save { .. }
            | Cmd::Export { .. }
            | Cmd::StopSaving(_)
            | Cmd::Preview { .. }
            | Cmd::SignIn { .. }
            | Cmd::PasteAnswer(_)
            | Cmd::CancelSignIn
            | Cmd::SignOut
            | Cmd::AskStanding
            | Cmd::Begin(_) => {
                if self.worker.send(cmd).is_err() {
                    tracing::error!("the worker has ended");
                }
            }
            // Not by the worker: what was read just before the end is to be known at the next start.
            Cmd::KeepMark { group, marking } => self.keeper.keep_mark(group, marking),
            Cmd::SaveDraft { .. }
            | Cmd::MarkDraft(_)
            | Cmd::RemoveDraft(_)
            | Cmd::TakeLeftDrafts
            | Cmd::KeepOwn(_)
            | Cmd::DropOwn { .. } => self.keep(cmd),
            Cmd::Enclose { draft, path } => self.off_the_loop(move || {
                let result = store::enclose(&config::from_home(&path)).map_err(|error| error.problem());
                What::Enclosed { draft, path, result }
            }),
            Cmd::Copy(text) => console.copy(&text)?,
            Cmd::OpenUrl(url) => self.open_url(url),
            Cmd::OpenFile(path) => self.open_file(path),
            Cmd::Page(text) => {
                let pager = self.pager.as_deref().unwrap_or(pages::USUAL);
                let shown = console.step_aside(|| pages::show(pager, &text))?;
                return Ok(Next::Back(shown.err().map(What::Failed)));
            }
            Cmd::ReadTemplates => {
                let folder = self.templates.clone();
                self.off_the_loop(move || What::Templates(templates::read(&folder)));
            }
            Cmd::ListFolder { id, folder, wanted } => self.off_the_loop(move || {
                let result = listing::list(&folder, wanted);
                What::Listed { id, result }
            }),
            Cmd::SaveCard {
                folder,
                make,
                card,
                about,
            } => self.off_the_loop(move || {
                let saved = own::save_card((&folder, make), &card, about.as_deref());
                What::CardSaved(saved.map(|path| path.display().to_string()))
            }),
            Cmd::Edit(draft) => {
                let result = self.edit(&draft, console)?;
                let draft = draft.id;
                return Ok(Next::Back(Some(What::Edited { draft, result })));
            }
            Cmd::Redraw => console.redraw(),
            Cmd::Suspend => {
                suspend(console)?;
                return Ok(Next::Back(None));
            }
            Cmd::ChangeOver => return Ok(Next::End(Ending::ChangedOver)),
            Cmd::Exit => return Ok(Next::End(Ending::Left)),
        }
        Ok(Next::GoOn)
    }

    /// The part of the commands that keeps what was typed.
    pub(super) fn keep(&mut self, cmd: Cmd) {
        let Some(drafts) = &self.drafts else { return };
        match cmd {
            Cmd::SaveDraft { draft, revision } => drafts.save(draft, revision),
            Cmd::MarkDraft(draft) => drafts.mark(draft),
            Cmd::RemoveDraft(id) => drafts.remove(id),
            Cmd::TakeLeftDrafts => drafts.take_left(),
            Cmd::KeepOwn(words) => drafts.keep_own(words),
            Cmd::DropOwn { person, property } => drafts.drop_own(person, property),
            _ => {}
        }
    }

    /// Gives a draft to the person's editor, and takes it back.
    fn edit<C: Console>(&self, draft: &Draft, console: &mut C) -> io::Result<Result<String, Problem>> {
        let Some(drafts) = &self.drafts else {
            return Ok(Ok(draft.text.clone()));
        };
        let lent = match drafts.at_once(|drafts| drafts.lend(draft)) {
            Ok(lent) => lent,
            Err(problem) => return Ok(Err(problem)),
        };
        let edited = console.step_aside(|| editor::edit(&self.editor, &lent, Stdio::inherit()))?;
        Ok(match edited {
            Ok(()) => drafts.at_once(|drafts| drafts.take_back(&lent)),
            Err(problem) => match drafts.at_once(|drafts| drafts.leave(&lent, draft)) {
                Ok(Some(path)) => Err(Problem {
                    next: Text::new(&format!(
                        "Your text is as it was; what you wrote is in {}.",
                        path.display()
                    )),
                    ..problem
                }),
                Ok(None) | Err(_) => Err(problem),
            },
        })
    }

    /// Waits until what was typed is on disk and what is to go has gone, within reason.
    pub(super) async fn finish(&self) {
        if let Some(drafts) = &self.drafts
            && tokio::time::timeout(LAST_WAIT, drafts.flush()).await.is_err()
        {
            tracing::error!("the disk did not answer; the newest words of a draft may be missing");
        }
        let parts = self.parts.clone();
        let sweeping = tokio::task::spawn_blocking(move || parts.sweep());
        if tokio::time::timeout(LAST_WAIT, sweeping).await.is_err() {
            tracing::warn!("a disk did not answer; a file that was half written may be left");
        }
    }

    fn tell(&mut self, what: What) {
        if let Err(error) = self.inbox.try_send(what) {
            // The loop that would empty the inbox is the one that runs this, so it cannot wait here.
            let inbox = self.inbox.clone();
            let what = error.into_inner();
            tokio::spawn(async move { drop(inbox.send(what).await) });
        }
    }

    /// Does what may have to wait for a slow disk, and tells what came of it.
    fn off_the_loop(&mut self, work: impl FnOnce() -> What + Send + 'static) {
        let inbox = self.inbox.clone();
        tokio::task::spawn_blocking(move || {
            // The loop has ended when this fails.
            let _ = inbox.blocking_send(work());
        });
    }

    /// Opens a file with the desktop's own program. Without a desktop, a text can be read all the same.
    fn open_file(&mut self, path: PathBuf) {
        let there = format!("It lies at {} until folkmoot ends.", files::shown(&path));
        let problem = move |what: &str| Problem::new(ProblemKind::General, what, &there);
        if !self.display {
            let has_pager = self.pager.is_some();
            return self.off_the_loop(move || match pages::text_of(&path).filter(|_| has_pager) {
                Some(text) => What::Readable(text),
                None => What::Failed(problem("There is no screen here to open it on.")),
            });
        }
        let inbox = self.inbox.clone();
        tokio::task::spawn_blocking(move || {
            if let Err(error) = open::that_detached(&path) {
                tracing::info!(%error, "no program to open a file");
                // The loop has ended when this fails.
                let _ = inbox.blocking_send(What::Failed(problem("No program here opens it.")));
            }
        });
    }

    /// Opens a link with the desktop's own program, if its scheme is harmless.
    fn open_url(&mut self, url: String) {
        let harmless =
            url::Url::parse(&url).is_ok_and(|url| matches!(url.scheme(), "http" | "https" | "mailto" | "tel"));
        if !harmless {
            let shown = Text::new(&url);
            let what = format!("This link is neither a web page nor an address: {shown}.");
            self.tell(What::Failed(Problem::new(
                ProblemKind::General,
                &what,
                "It was not opened; it can be copied from the list of links.",
            )));
            return;
        }
        let inbox = self.inbox.clone();
        tokio::task::spawn_blocking(move || {
            if let Err(error) = open::that_detached(&url) {
                tracing::info!(%error, "no program to open a link");
                let what = format!("No program here opens links: {}", Text::new(&url));
                let problem = Problem::new(ProblemKind::General, &what, "Copy it from the list of links.");
                // The loop has ended when this fails.
                let _ = inbox.blocking_send(What::Failed(problem));
            }
        });
    }
}

/// Stops as ^Z does, until the shell lets the program go on.
fn suspend<C: Console>(console: &mut C) -> io::Result<()> {
    console.step_aside(stop_here)
}

/// Stops this process, until somebody lets it go on.
pub(super) fn stop_here() {
    let stopped = rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::STOP);
    if let Err(error) = stopped {
        tracing::warn!(%error, "could not suspend");
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc as sync_mpsc;

    use super::*;

    #[tokio::test]
    async fn a_disk_that_hangs_while_files_are_removed_holds_nobody() {
        let (worker, _orders) = mpsc::unbounded_channel();
        let (inbox, _told) = mpsc::channel(1);
        let effects = Effects {
            drafts: None,
            worker,
            inbox,
            editor: String::new(),
            pager: None,
            templates: PathBuf::new(),
            display: false,
            parts: Scratch::default(),
            keeper: Keeper::none(),
        };
        let parts = effects.parts.clone();
        let (holds, held) = sync_mpsc::channel();
        let (lets_go, let_go) = sync_mpsc::channel::<()>();
        let hanging = std::thread::spawn(move || {
            parts.hang(|| {
                holds.send(()).unwrap();
                let _ = let_go.recv();
            });
        });
        held.recv().unwrap();
        effects.finish().await;
        drop(lets_go);
        hanging.join().unwrap();
    }
}
