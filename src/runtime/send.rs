//! One draft, sent once. `Sending` is durable before the first byte of the request goes out.

use jiff::Timestamp;

use super::desk::Desk;
use crate::domain::{Draft, DraftState, Kind};
use crate::graph::Client;
use crate::graph::sending::{Content, File};
use crate::protocol::{Delivery, Problem, ProblemKind, delivery};
use crate::{store, text};

/// Sends a draft and records on disk what became of it.
pub(super) async fn send(client: &Client, desk: &Desk, mut draft: Draft) -> Delivery {
    let queued_at = match draft.state {
        DraftState::Queued { since, .. } => since,
        DraftState::Writing | DraftState::Sending { .. } | DraftState::Accepted { .. } => Timestamp::now(),
    };
    draft.state = DraftState::Sending {
        since: Timestamp::now(),
    };
    if let Err(problem) = desk.save_durably(draft.clone()).await {
        return Delivery::NotSent(problem);
    }
    let outcome = match packed(draft.clone()).await {
        Ok((body, files)) => {
            let content = Content {
                body: &body,
                people: &draft.with.people,
                categories: &draft.with.categories,
                files: &files,
            };
            client.deliver(&draft.target, &content).await
        }
        Err(problem) => Delivery::NotSent(problem),
    };
    draft.state = match &outcome {
        Delivery::Accepted { at } => DraftState::Accepted { at: *at },
        Delivery::NotSent(problem) if problem.passes() => DraftState::Queued {
            since: queued_at,
            tried: true,
        },
        Delivery::NotSent(_) => DraftState::Writing,
        // Whether it arrived is not known: it stays as it is until it has been looked for.
        Delivery::Unknown(_) => return outcome,
    };
    if let Err(problem) = desk.save_durably(draft).await {
        // It still says `Sending`, so the next start looks it up, which is right in every case.
        tracing::error!(%problem, "the outcome of a sending could not be recorded");
    }
    outcome
}

/// What goes out: the body, and the files as they lie on disk now.
async fn packed(draft: Draft) -> Result<(String, Vec<File>), Problem> {
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
        Ok((body(&draft), files?))
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

/// The whole body. Graph takes no HTML with a forwarded post, only a comment.
fn body(draft: &Draft) -> String {
    let (text, with) = (&draft.text, &draft.with);
    match (&draft.target.kind, &with.signature) {
        (Kind::Forward { .. }, None) => text.clone(),
        (Kind::Forward { .. }, Some(signature)) => format!("{text}\n\n-- \n{signature}"),
        _ => text::draft_html(text, with, draft.target.quoted.as_deref()),
    }
}
