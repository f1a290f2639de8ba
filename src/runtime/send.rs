//! One draft, sent once. `Sending` is durable before the first byte of the request goes out.

use jiff::Timestamp;

use crate::domain::{Draft, DraftId, DraftState, Id};
use crate::graph::sending::{self, Content, File};
use crate::graph::{Client, Departure, Write};
use crate::protocol::{Delivery, Problem, ProblemKind, delivery};
use crate::{store, text};

/// Where the states of drafts are made durable.
pub(super) trait Ledger: Sync {
    /// Writes a change of state, so that not even a power cut undoes it.
    fn save_durably(&self, draft: Draft) -> impl Future<Output = Result<(), Problem>> + Send;

    /// The posts that other drafts have become, in this run and in others.
    fn taken_by_others(&self, id: DraftId) -> impl Future<Output = Result<Vec<Id>, Problem>> + Send;

    /// Records that a draft has become a post; `false` where another has.
    fn claim(&self, id: DraftId, post: Id) -> impl Future<Output = Result<bool, Problem>> + Send;
}

/// A draft about to go: from then on it may have arrived, and is looked for around that moment.
struct Departing<'a, L> {
    ledger: &'a L,
    draft: &'a mut Draft,
}

impl<L: Ledger> Departure for Departing<'_, L> {
    async fn departs(&mut self) -> Result<(), Problem> {
        let since = Timestamp::now();
        let going = Draft {
            state: DraftState::Sending { since },
            ..self.draft.clone()
        };
        self.ledger.save_durably(going).await?;
        self.draft.state = DraftState::Sending { since };
        Ok(())
    }
}

/// Sends a draft and records on disk, and in the draft, what became of it. What was queued and could not go is queued
/// still; what was not is text again.
pub(super) async fn send(client: &Client, ledger: &impl Ledger, draft: &mut Draft) -> Delivery {
    let queued_at = match draft.state {
        DraftState::Queued { since, .. } => Some(since),
        DraftState::Writing | DraftState::Sending { .. } | DraftState::Accepted { .. } => None,
    };
    let before = draft.state;
    let outcome = match packed(draft.clone()).await {
        Ok((wording, files)) => {
            let whole = draft.clone();
            let content = content(&whole, &wording, &files);
            let mut departing = Departing { ledger, draft };
            client.deliver(&whole.target, &content, &mut departing).await
        }
        Err(problem) => Delivery::NotSent(problem),
    };
    draft.state = match (&outcome, queued_at) {
        (Delivery::Accepted { at }, _) => DraftState::Accepted { at: *at },
        (Delivery::NotSent(problem), Some(since)) if problem.passes() => DraftState::Queued {
            since,
            tried: true,
            until: problem.retry_at,
        },
        // An earlier attempt may have arrived, whatever became of this one.
        (Delivery::NotSent(_), _) if matches!(before, DraftState::Sending { .. } | DraftState::Accepted { .. }) => {
            before
        }
        (Delivery::NotSent(_), _) => DraftState::Writing,
        // Whether it arrived is not known: it stays as it is until it has been looked for.
        (Delivery::Unknown(_), _) => return outcome,
    };
    if let Err(problem) = ledger.save_durably(draft.clone()).await {
        // It still says `Sending`, so the next start looks it up, or what it said before it was to go.
        tracing::error!(%problem, "the outcome of a sending could not be recorded");
    }
    outcome
}

/// The one request that a draft would be sent with, as it stands.
///
/// # Errors
/// `Usage` where it cannot be sent as it is.
pub(super) async fn request(draft: &Draft) -> Result<Write, Problem> {
    let (wording, files) = packed(draft.clone()).await?;
    sending::request(&draft.target, &content(draft, &wording, &files))
}

fn content<'a>(draft: &'a Draft, wording: &'a text::Wording, files: &'a [File]) -> Content<'a> {
    Content {
        body: wording.content(),
        people: &draft.with.people,
        categories: &draft.with.categories,
        files,
    }
}

/// What goes out: the body, and the files as they lie on disk now.
async fn packed(draft: Draft) -> Result<(text::Wording, Vec<File>), Problem> {
    if let Some(problem) = delivery::objection(&draft) {
        return Err(problem);
    }
    let packed = tokio::task::spawn_blocking(move || {
        let file = |file: &crate::domain::Enclosure| {
            let bytes = store::enclosed(file).map_err(|error| error.problem())?;
            let name = file.name.clone();
            Ok(File { name, bytes })
        };
        let files: Result<Vec<File>, Problem> = draft.with.attachments.iter().map(file).collect();
        Ok((text::Wording::of(&draft), files?))
    });
    packed.await.unwrap_or_else(|error| {
        // A panic's own words may quote the draft.
        tracing::error!(panicked = error.is_panic(), "a draft could not be turned into HTML");
        Err(Problem::new(
            ProblemKind::General,
            "The draft could not be turned into HTML, so it was not sent.",
            "This is a mistake in folkmoot; the log says more. The draft is kept.",
        ))
    })
}
