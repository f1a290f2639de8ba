//! What was handed over to be written and is not on disk. What is left of it when the program ends goes elsewhere: into
//! files of the temporary folder, or, where that fails too, onto the terminal.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write};
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::domain::{Draft, DraftId, Id, OwnWords, Prose, Text};
use crate::protocol::{Problem, ProblemKind};

/// For so long a program that ends by a panic waits for what is being written.
const LAST_WAIT: Duration = Duration::from_secs(2);

/// What was handed over to be written, until it is. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Unsaved(Arc<Mutex<Left>>);

/// Each in its newest state.
#[derive(Debug, Default)]
pub(super) struct Left {
    drafts: BTreeMap<DraftId, Arc<Draft>>,
    own: BTreeMap<(Id, String), Arc<OwnWords>>,
}

/// What is typed and written to disk.
pub(super) trait Typed: Sized {
    /// There is one of each.
    type Name: Ord;

    fn name(&self) -> Self::Name;

    /// Where those of its kind are.
    fn of(left: &mut Left) -> &mut BTreeMap<Self::Name, Arc<Self>>;
}

impl Typed for Draft {
    type Name = DraftId;

    fn name(&self) -> DraftId {
        self.id.clone()
    }

    fn of(left: &mut Left) -> &mut BTreeMap<DraftId, Arc<Draft>> {
        &mut left.drafts
    }
}

impl Typed for OwnWords {
    type Name = (Id, String);

    fn name(&self) -> (Id, String) {
        OwnWords::name(self)
    }

    fn of(left: &mut Left) -> &mut BTreeMap<(Id, String), Arc<OwnWords>> {
        &mut left.own
    }
}

impl Unsaved {
    /// Something is to be written; what it was before need not be any more.
    pub(super) fn add<T: Typed>(&self, typed: T) -> Arc<T> {
        let typed = Arc::new(typed);
        T::of(&mut self.lock()).insert(typed.name(), Arc::clone(&typed));
        typed
    }

    /// Something is on disk as it was handed over. A newer state of it may not be.
    pub(super) fn is_written<T: Typed>(&self, typed: &Arc<T>) {
        let mut left = self.lock();
        let (all, name) = (T::of(&mut left), typed.name());
        if all.get(&name).is_some_and(|newest| Arc::ptr_eq(newest, typed)) {
            all.remove(&name);
        }
    }

    /// Something is wanted no more.
    pub(super) fn forget<T: Typed>(&self, name: &T::Name) {
        T::of(&mut self.lock()).remove(name);
    }

    /// Puts what is not on disk into files of a folder, for this user only (0600), or onto the terminal. Call it when the
    /// terminal is the shell's again.
    ///
    /// # Errors
    /// `General` where there was anything: it says where that is now.
    pub(super) fn rescue(&self, folder: &Path) -> Result<(), Problem> {
        let Left { drafts, own } = std::mem::take(&mut *self.lock());
        let drafts = drafts.values().map(|it| (heading(it), it.text.as_str()));
        let own = own.values().map(|it| (of_profile(it), it.text.as_str()));
        let left: Vec<(Prose, &str)> = drafts.chain(own).collect();
        if left.is_empty() {
            return Ok(());
        }
        let (mut files, mut told, mut lost) = (Vec::new(), false, false);
        for (heading, text) in &left {
            match write(folder, heading, text) {
                Ok(file) => files.push(Text::new(&file.display().to_string()).to_string()),
                Err(error) => {
                    tracing::error!(%error, "nor can what is typed be written to the temporary folder");
                    match tell(heading, text) {
                        Ok(()) => told = true,
                        Err(_) => lost = true,
                    }
                }
            }
        }
        let mut next = Vec::new();
        if !files.is_empty() {
            tracing::error!(?files, "what could not be saved lies elsewhere");
            next.push(format!("It lies in {}.", files.join(" and ")));
        }
        if told {
            next.push("It stands above; copy it.".to_owned());
        }
        if lost {
            next.push("Nothing else could take it, either: it is lost.".to_owned());
        }
        let what = "What you wrote could not be saved with the drafts; the log says why.";
        Err(Problem::new(ProblemKind::General, what, &next.join(" ")))
    }

    /// Does something; where that ends in a panic, what was typed is on disk before the panic goes on, or elsewhere, and the
    /// person is told which. The thread that writes drafts may have some of it in hand yet.
    pub(super) fn through_a_panic<T>(&self, folder: &Path, work: impl FnOnce() -> T) -> T {
        // Of what it has touched only what is unsaved is looked at, behind a lock of its own.
        let panicked = match panic::catch_unwind(AssertUnwindSafe(work)) {
            Ok(done) => return done,
            Err(panicked) => panicked,
        };
        let deadline = Instant::now() + LAST_WAIT;
        while !self.is_empty() && Instant::now() < deadline {
            thread::sleep(Duration::from_millis(10));
        }
        let said = match self.rescue(folder) {
            Ok(()) => "What you typed is kept as a draft.".to_owned(),
            Err(problem) => problem.to_string(),
        };
        // That stderr is closed is nothing that could be told.
        let _ = writeln!(io::stderr(), "{said}");
        panic::resume_unwind(panicked)
    }

    fn is_empty(&self) -> bool {
        let left = self.lock();
        left.drafts.is_empty() && left.own.is_empty()
    }

    fn lock(&self) -> MutexGuard<'_, Left> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Writes it for a person to read.
fn write(folder: &Path, heading: &Prose, text: &str) -> io::Result<PathBuf> {
    // Made with 0600. Dropped before `keep`, it removes itself.
    let mut file = tempfile::Builder::new()
        .prefix("folkmoot-draft-")
        .suffix(".txt")
        .tempfile_in(folder)?;
    writeln!(file, "{heading}\n{text}")?;
    file.as_file().sync_all()?;
    let (_, path) = file.keep().map_err(|error| error.error)?;
    Ok(path)
}

/// Shows it on the terminal, if there is one.
fn tell(heading: &Prose, text: &str) -> io::Result<()> {
    let (mut stderr, mut stdout) = (io::stderr(), io::stdout());
    let out: &mut dyn Write = match (stderr.is_terminal(), stdout.is_terminal()) {
        (true, _) => &mut stderr,
        (false, true) => &mut stdout,
        (false, false) => return Err(io::ErrorKind::NotFound.into()),
    };
    writeln!(out, "{heading}\n{}\n", Prose::new(text))?;
    out.flush()
}

/// What goes with a draft's words, a line each. Nothing in it can do the terminal harm.
fn heading(draft: &Draft) -> Prose {
    let (target, with) = (&draft.target, &draft.with);
    let mut lines = format!("{}: {} ({})\n", target.kind.noun(), target.topic, target.group_name);
    let people: Vec<String> = with.people.iter().map(|person| person.shown().to_string()).collect();
    let files: Vec<String> = with
        .attachments
        .iter()
        .map(|file| file.path.display().to_string())
        .collect();
    let unfinished: Vec<String> = with.unfinished.iter().map(|it| it.words.clone()).collect();
    for (name, words) in [
        ("to", people),
        ("categories", with.categories.clone()),
        ("files", files),
        ("unfinished", unfinished),
    ] {
        if !words.is_empty() {
            // Writing to a string does not fail.
            let _ = writeln!(lines, "{name}: {}", words.join(", "));
        }
    }
    Prose::new(&lines)
}

/// What the words are of.
fn of_profile(words: &OwnWords) -> Prose {
    Prose::new(&format!("your profile: {}\n", words.property))
}
