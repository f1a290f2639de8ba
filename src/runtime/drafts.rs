//! The thread that writes drafts. One thread, in order: what is sent was written before.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock, mpsc};
use std::thread;

use jiff::Timestamp;
use tokio::sync::{mpsc as async_mpsc, oneshot};

use super::send::Ledger;
use super::unsaved::Unsaved;
use crate::app::What;
use crate::domain::{Draft, DraftId, DraftState, Id, OwnWords};
use crate::protocol::{Problem, ProblemKind};
use crate::store::{Drafts, DraftsError};

/// Hands drafts to the thread that writes them. Cheap to clone; never waits.
#[derive(Debug, Clone)]
pub struct DraftsThread {
    orders: mpsc::Sender<Order>,
    drafts: Arc<OnceLock<Result<Drafts, Problem>>>,
    unsaved: Unsaved,
}

/// What is done with the drafts, or with why there are none.
type Work = Box<dyn FnOnce(&Result<Drafts, Problem>) + Send>;

enum Order {
    Save { draft: Arc<Draft>, revision: u64 },
    Mark(Arc<Draft>),
    Remove(DraftId),
    KeepOwn(Arc<OwnWords>),
    DropOwn(Id, String),
    TakeLeft,
    Do(Work),
    Flush(oneshot::Sender<()>),
}

impl DraftsThread {
    /// Opens the drafts folder on a thread of its own and tells what was found there. What is not on disk at the end is
    /// among what is unsaved.
    pub fn open(folder: PathBuf, inbox: async_mpsc::Sender<What>, unsaved: Unsaved) -> Self {
        let (orders, todo) = mpsc::channel();
        let drafts = Arc::new(OnceLock::new());
        let (opened, done) = (drafts.clone(), unsaved.clone());
        let work = move || {
            let (found, drafts) = open(&folder);
            let drafts = opened.get_or_init(|| drafts);
            tell(&inbox, found);
            match drafts.as_ref().map(Drafts::own) {
                Ok(Ok(words)) if !words.is_empty() => tell(&inbox, What::OwnFound(words)),
                Ok(Err(error)) => tell(&inbox, What::Failed(error.problem())),
                // Why there are no drafts was told.
                Ok(Ok(_)) | Err(_) => {}
            }
            serve(&todo, drafts, &done, &inbox);
        };
        if let Err(error) = thread::Builder::new().name("drafts".into()).spawn(work) {
            tracing::error!(%error, "no thread for drafts");
            drafts.get_or_init(|| Err(gone()));
        }
        DraftsThread {
            orders,
            drafts,
            unsaved,
        }
    }

    /// Does something with the drafts now, and waits for the disk: only for whoever keeps the person waiting anyway.
    ///
    /// # Errors
    /// Why there are no drafts, or what the work says.
    pub(super) fn at_once<T>(&self, work: impl FnOnce(&Drafts) -> Result<T, DraftsError>) -> Result<T, Problem> {
        on(self.drafts.wait(), work)
    }

    /// Writes what is being typed. Answer: `DraftSaved`.
    pub fn save(&self, draft: Box<Draft>, revision: u64) {
        let draft = self.unsaved.add(*draft);
        self.order(Order::Save { draft, revision });
    }

    /// Writes a draft whose state has changed, so that not even a power cut undoes it. Answer, if it fails: `NotMarked`.
    pub fn mark(&self, draft: Box<Draft>) {
        self.order(Order::Mark(self.unsaved.add(*draft)));
    }

    /// Removes a draft.
    pub fn remove(&self, id: DraftId) {
        self.unsaved.forget::<Draft>(&id);
        self.order(Order::Remove(id));
    }

    /// Keeps what was typed of one's own profile. Answer: `OwnKept`.
    pub fn keep_own(&self, words: OwnWords) {
        self.order(Order::KeepOwn(self.unsaved.add(words)));
    }

    /// Drops it.
    pub fn drop_own(&self, person: Id, property: String) {
        let name = (person, property);
        self.unsaved.forget::<OwnWords>(&name);
        self.order(Order::DropOwn(name.0, name.1));
    }

    /// Takes what other folkmoots have left since. Answer: `DraftsLeft`.
    pub fn take_left(&self) {
        self.order(Order::TakeLeft);
    }

    /// The groups whose mailboxes wanted quiet, as an earlier run has heard, each with the moment until which.
    ///
    /// # Errors
    /// When the drafts cannot be read.
    pub async fn quiet(&self) -> Result<Vec<(Id, Timestamp)>, Problem> {
        self.ask(|drafts| drafts.quiet()).await
    }

    /// Does something with the drafts after all that was ordered before.
    async fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Drafts) -> Result<T, DraftsError> + Send + 'static,
    ) -> Result<T, Problem> {
        let (answer, answered) = oneshot::channel();
        self.order(Order::Do(Box::new(move |drafts| {
            // Whoever asked may have gone; it is done all the same.
            let _ = answer.send(on(drafts, work));
        })));
        answered.await.unwrap_or_else(|_| Err(gone()))
    }

    /// Waits until everything ordered so far is done.
    pub async fn flush(&self) {
        let (answer, answered) = oneshot::channel();
        self.order(Order::Flush(answer));
        // An error means that the thread has ended: there is nothing left to wait for.
        let _ = answered.await;
    }

    fn order(&self, order: Order) {
        if self.orders.send(order).is_err() {
            tracing::error!("the drafts' thread has ended");
        }
    }
}

impl Ledger for DraftsThread {
    /// After all that was ordered before.
    async fn save_durably(&self, draft: Draft) -> Result<(), Problem> {
        // Of what has become of a sending no words can be lost: they lie on disk since before it.
        let draft = match draft.state {
            DraftState::Sending { .. } => self.unsaved.add(draft),
            _ => Arc::new(draft),
        };
        let unsaved = self.unsaved.clone();
        self.ask(move |drafts| {
            drafts.save_durably(&draft)?;
            unsaved.is_written(&draft);
            Ok(())
        })
        .await
    }

    async fn taken_by_others(&self, id: DraftId) -> Result<Vec<Id>, Problem> {
        self.ask(move |drafts| drafts.taken_by_others(&id)).await
    }

    async fn claim(&self, id: DraftId, post: Id) -> Result<bool, Problem> {
        self.ask(move |drafts| drafts.claim(&id, &post)).await
    }
}

fn gone() -> Problem {
    Problem::new(
        ProblemKind::General,
        "Drafts can't be written: their thread has ended.",
        "Copy your text, quit, and start folkmoot again.",
    )
}

fn open(folder: &std::path::Path) -> (What, Result<Drafts, Problem>) {
    match Drafts::open(folder).map_err(|error| error.problem()) {
        Ok(opened) => {
            for file in &opened.unreadable {
                tracing::warn!(file = %file.display(), "a draft could not be read");
            }
            let found = What::Drafts {
                mine: opened.mine,
                elsewhere: opened.elsewhere,
                unreadable: opened.unreadable.len(),
            };
            (found, Ok(opened.drafts))
        }
        Err(problem) => (What::Failed(problem.clone()), Err(problem)),
    }
}

fn serve(
    todo: &mpsc::Receiver<Order>,
    drafts: &Result<Drafts, Problem>,
    unsaved: &Unsaved,
    inbox: &async_mpsc::Sender<What>,
) {
    let mut next = None;
    while let Some(order) = next.take().or_else(|| todo.recv().ok()) {
        match order {
            Order::Save { draft, revision } => {
                // Where a newer state of the same text is waiting already, only that is worth writing.
                next = todo.try_recv().ok();
                if matches!(&next, Some(Order::Save { draft: newer, .. }) if newer.id == draft.id) {
                    continue;
                }
                let result = on(drafts, |drafts| drafts.save(&draft));
                if result.is_ok() {
                    unsaved.is_written(&draft);
                }
                tell(
                    inbox,
                    What::DraftSaved {
                        draft: draft.id.clone(),
                        revision,
                        result,
                    },
                );
            }
            Order::Mark(draft) => match on(drafts, |drafts| drafts.save_durably(&draft)) {
                Ok(()) => unsaved.is_written(&draft),
                Err(problem) => {
                    let draft = draft.id.clone();
                    tell(inbox, What::NotMarked { draft, problem });
                }
            },
            Order::Remove(id) => {
                if let Err(problem) = on(drafts, |drafts| drafts.remove(&id)) {
                    tell(inbox, What::Failed(problem));
                }
            }
            Order::KeepOwn(words) => {
                let result = on(drafts, |drafts| drafts.keep_own(&words));
                if result.is_ok() {
                    unsaved.is_written(&words);
                }
                let words = OwnWords::clone(&words);
                tell(inbox, What::OwnKept { words, result });
            }
            Order::DropOwn(person, property) => {
                if let Err(problem) = on(drafts, |drafts| drafts.drop_own(&person, &property)) {
                    tell(inbox, What::Failed(problem));
                }
            }
            Order::TakeLeft => match on(drafts, Drafts::take_left) {
                Ok((mine, elsewhere)) => tell(inbox, What::DraftsLeft { mine, elsewhere }),
                Err(problem) => tell(inbox, What::Failed(problem)),
            },
            Order::Do(work) => work(drafts),
            Order::Flush(answer) => drop(answer.send(())),
        }
    }
}

fn on<T>(drafts: &Result<Drafts, Problem>, work: impl FnOnce(&Drafts) -> Result<T, DraftsError>) -> Result<T, Problem> {
    let drafts = drafts.as_ref().map_err(Clone::clone)?;
    work(drafts).map_err(|error| {
        tracing::error!(%error, "a draft was not written");
        error.problem()
    })
}

fn tell(inbox: &async_mpsc::Sender<What>, what: What) {
    // The loop has ended when this fails; what matters is on disk.
    let _ = inbox.blocking_send(what);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_change_of_state_that_cannot_be_written_is_told_and_made_up_for_by_the_next_save() {
        let root = tempfile::tempdir().unwrap();
        let (inbox, mut told) = async_mpsc::channel(8);
        let drafts = DraftsThread::open(root.path().to_owned(), inbox, Unsaved::default());
        let draft = |state, text: &str| Draft {
            state,
            ..Draft::example(text)
        };
        let since = jiff::Timestamp::UNIX_EPOCH;
        drafts
            .save_durably(draft(DraftState::Sending { since }, "山田"))
            .await
            .unwrap();
        assert!(matches!(told.recv().await, Some(What::Drafts { .. })));
        // Nothing can be written where a folder is.
        let document = root.path().join("d.json");
        std::fs::remove_file(&document).unwrap();
        std::fs::create_dir(&document).unwrap();
        let text = || Box::new(draft(DraftState::Writing, "山田さん"));
        drafts.mark(text());
        let answer = told.recv().await;
        assert!(
            matches!(&answer, Some(What::NotMarked { draft, .. }) if draft.0 == "d"),
            "{answer:?}"
        );
        std::fs::remove_dir(&document).unwrap();
        drafts.save(text(), 7);
        let (draft, revision, result) = (DraftId("d".into()), 7, Ok(()));
        let saved = What::DraftSaved {
            draft,
            revision,
            result,
        };
        assert_eq!(told.recv().await, Some(saved));
    }
}
