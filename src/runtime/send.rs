//! One reply, sent once. `Sending` is durable before the first byte of the request goes out.

use jiff::Timestamp;

use super::desk::Desk;
use crate::domain::{Draft, DraftState};
use crate::graph::Client;
use crate::protocol::{Delivery, Problem, ProblemKind};
use crate::text;

/// Sends a draft and records on disk what became of it.
pub(super) async fn send(client: &Client, desk: &Desk, mut draft: Draft) -> Delivery {
    draft.state = DraftState::Sending {
        since: Timestamp::now(),
    };
    if let Err(problem) = desk.save_durably(draft.clone()).await {
        return Delivery::NotSent(problem);
    }
    let (typed, quoted) = (draft.text.clone(), draft.target.quoted.clone());
    let html = tokio::task::spawn_blocking(move || text::reply_html(&typed, quoted.as_deref())).await;
    let outcome = match html {
        Ok(html) => client.reply(&draft.target, &html).await,
        Err(error) => {
            // A panic's own words may quote the reply.
            tracing::error!(panicked = error.is_panic(), "a reply could not be turned into HTML");
            Delivery::NotSent(Problem::new(
                ProblemKind::General,
                "The reply could not be turned into HTML, so it was not sent.",
                "This is a mistake in folkmoot; the log says more. The draft is kept.",
            ))
        }
    };
    let state = match &outcome {
        Delivery::Accepted { at } => DraftState::Accepted { at: *at },
        Delivery::NotSent(_) => DraftState::Writing,
        // Whether it arrived is not known: it stays as it is until it has been looked for.
        Delivery::Unknown(_) => return outcome,
    };
    draft.state = state;
    if let Err(problem) = desk.save_durably(draft).await {
        // It still says `Sending`, so the next start looks it up, which is right in every case.
        tracing::error!(%problem, "the outcome of a sending could not be recorded");
    }
    outcome
}
