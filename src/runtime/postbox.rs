//! Drafts sent and settled by a command without a screen: the same store, the same one request, the same looks.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::OnceCell;

use super::send::{self, Ledger};
use super::settle;
use crate::domain::{Draft, DraftId, DraftState, Id, Person, Writer};
use crate::graph::{Client, Urgency, Write};
use crate::protocol::delivery::LOOKS;
use crate::protocol::{Delivery, Landed, Me, Problem, ProblemKind, Sought};
use crate::store::{Drafts, DraftsError, Lent};

/// The drafts of a profile, and the Graph that they go to.
pub struct Postbox<'a> {
    client: &'a Client,
    drafts: DraftsFolder,
    me: OnceCell<Me>,
}

/// The drafts, off the threads that others wait for.
#[derive(Clone)]
struct DraftsFolder(Arc<Drafts>);

impl DraftsFolder {
    async fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Drafts) -> Result<T, DraftsError> + Send + 'static,
    ) -> Result<T, Problem> {
        let drafts = self.0.clone();
        match tokio::task::spawn_blocking(move || work(&drafts)).await {
            Ok(done) => done.map_err(|error| {
                tracing::error!(%error, "the drafts");
                error.problem()
            }),
            // A panic's own words may quote a draft.
            Err(error) => {
                tracing::error!(panicked = error.is_panic(), "the drafts");
                Err(Problem::new(
                    ProblemKind::General,
                    "The drafts cannot be read or written.",
                    "The log says more.",
                ))
            }
        }
    }
}

impl Ledger for DraftsFolder {
    async fn save_durably(&self, draft: Draft) -> Result<(), Problem> {
        self.ask(move |drafts| drafts.save_durably(&draft)).await
    }

    async fn taken_by_others(&self, id: DraftId) -> Result<Vec<Id>, Problem> {
        self.ask(move |drafts| drafts.taken_by_others(&id)).await
    }

    async fn claim(&self, id: DraftId, post: Id) -> Result<bool, Problem> {
        self.ask(move |drafts| drafts.claim(&id, &post)).await
    }
}

impl<'a> Postbox<'a> {
    /// For the drafts of an open folder.
    pub fn new(client: &'a Client, drafts: Drafts) -> Self {
        Postbox {
            client,
            drafts: DraftsFolder(Arc::new(drafts)),
            me: OnceCell::new(),
        }
    }

    /// Who is signed in. It is asked once.
    ///
    /// # Errors
    /// Whatever Graph or the network did.
    pub async fn me(&self) -> Result<&Person, Problem> {
        let ask = || self.client.me(Urgency::Person);
        Ok(&self.me.get_or_try_init(ask).await?.person)
    }

    /// Who writes what is to be sent now; `None` where that can't be told.
    pub async fn writer(&self) -> Option<Writer> {
        let me = self.me().await;
        let me = me.inspect_err(|problem| tracing::warn!(%problem, "who writes a draft is not known"));
        me.ok().map(Writer::of)
    }

    /// The one request that a draft would be sent with, as it stands. Nothing is sent.
    ///
    /// # Errors
    /// `Usage` where it cannot be sent as it is.
    pub async fn request(draft: &Draft) -> Result<Write, Problem> {
        send::request(draft).await
    }

    /// Leaves those mailboxes in peace that wanted quiet when something was to be sent there before.
    ///
    /// # Errors
    /// `General` where the drafts cannot be read.
    pub async fn keep_quiet(&self) -> Result<(), Problem> {
        for (group, until) in self.drafts.ask(|drafts| drafts.quiet()).await? {
            self.client.keep_quiet(Some(&group), until);
        }
        Ok(())
    }

    /// Takes a draft; `None` where another folkmoot has it.
    ///
    /// # Errors
    /// `General` where there is none such, or it cannot be read.
    pub async fn take(&self, id: &DraftId) -> Result<Option<Draft>, Problem> {
        let id = id.clone();
        let take = move |drafts: &Drafts| match drafts.take_one(&id) {
            Err(DraftsError::Elsewhere(_)) => Ok(None),
            taken => taken.map(Some),
        };
        self.drafts.ask(take).await
    }

    /// Writes a draft to disk, so that not even a power cut undoes it.
    ///
    /// # Errors
    /// `General` when it is not on disk.
    pub async fn keep(&self, draft: &Draft) -> Result<(), Problem> {
        self.drafts.save_durably(draft.clone()).await
    }

    /// Keeps a draft, and puts its text into a file for the person's editor.
    ///
    /// # Errors
    /// `General` when it is not on disk.
    pub async fn lend(&self, draft: &Draft) -> Result<Lent, Problem> {
        let draft = draft.clone();
        self.drafts.ask(move |drafts| drafts.lend(&draft)).await
    }

    /// Takes back what was written in the editor: it is the draft's text, and on disk.
    ///
    /// # Errors
    /// `General` where it cannot be read, or is not on disk.
    pub async fn take_back(&self, lent: Arc<Lent>) -> Result<String, Problem> {
        self.drafts.ask(move |drafts| drafts.take_back(&lent)).await
    }

    /// Removes a draft for good.
    ///
    /// # Errors
    /// `General` when it is still there.
    pub async fn remove(&self, id: &DraftId) -> Result<(), Problem> {
        let id = id.clone();
        self.drafts.ask(move |drafts| drafts.remove(&id)).await
    }

    /// Sends a draft once, in the name of whoever was asked for as its writer, and records on disk, and in the draft, what
    /// became of it.
    pub async fn send(&self, draft: &mut Draft) -> Delivery {
        let whose = self.me.get().and_then(|me| me.holder.clone());
        send::send(&self.client.acting_for(whose), &self.drafts, draft).await
    }

    /// Looks for a sent draft, again and again until it is seen or the time is over; then it is removed. A look that
    /// could not be taken counts for nothing.
    ///
    /// # Errors
    /// Why the last look could not be taken; `General` when the disk failed.
    pub async fn settle(&self, draft: &Draft, wait: Duration) -> Result<Option<Landed>, Problem> {
        let deadline = Instant::now() + wait;
        let mut last = Ok(None);
        let pauses = LOOKS.iter().chain(LOOKS.last().into_iter().cycle());
        for pause in pauses {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break;
            }
            tokio::time::sleep((*pause).min(left)).await;
            last = self.look(draft).await;
            if let Ok(Some(_)) = last {
                break;
            }
        }
        last
    }

    /// Looks for a sent draft once; where it is seen, it is removed.
    ///
    /// # Errors
    /// Whatever Graph, the network or the disk did.
    pub async fn look(&self, draft: &Draft) -> Result<Option<Landed>, Problem> {
        let (DraftState::Sending { since: at } | DraftState::Accepted { at }) = draft.state else {
            return Ok(None);
        };
        let known = match draft.writer {
            Some(_) => &[],
            None => std::slice::from_ref(self.me().await?),
        };
        let senders = settle::senders(draft, known);
        let sought = Sought {
            draft: Box::new(draft.clone()),
            at,
            taken: Vec::new(),
        };
        let found = settle::settle(self.client, &self.drafts, sought, &senders, Urgency::Person).await?;
        if found.is_some() {
            // Killed before this, it finds its own post again.
            self.remove(&draft.id).await?;
        }
        Ok(found)
    }
}
