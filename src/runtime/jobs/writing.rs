//! Changes: what each mutation asks of Graph, and that nothing is asked where nothing may be changed.

use std::path::Path;

use super::super::{own, send};
use super::Jobs;
use super::answer::Answer;
use crate::config::from_home;
use crate::domain::{Draft, DraftState};
use crate::graph::Client;
use crate::protocol::own::OwnChange;
use crate::protocol::{Delivery, Holder, Mutation, Payload, Problem, ProblemKind, RequestId};

/// What to do about `--read-only`.
const FOR_THE_PROFILE: &str = "Start it without --read-only to change your profile.";

impl Jobs {
    /// Changes something with the tokens of whoever has said it, and answers with what became of it.
    pub(in crate::runtime) async fn write(&self, id: RequestId, whose: Option<Holder>, mutation: Mutation) {
        let client = &self.client.acting_for(whose);
        let mut answer = Answer::new(&self.inbox, id, false);
        match mutation {
            Mutation::Deliver(draft) => {
                let mut draft = *draft;
                let outcome = self.deliver(client, &mut draft).await;
                let since = match draft.state {
                    DraftState::Sending { since } => Some(since),
                    _ => None,
                };
                let draft = draft.id;
                answer.only(Ok(Payload::Delivery { draft, outcome, since })).await;
            }
            Mutation::ChangeThread { group, thread, change } => {
                let outcome = self.change_thread(client, &group, &thread, &change).await;
                answer.only(Ok(Payload::Changed(outcome))).await;
            }
            Mutation::SeeGroup { group } => {
                let outcome = match self.read_only {
                    true => nothing_is_changed(""),
                    false => client.reset_unseen(&group).await,
                };
                answer.only(Ok(Payload::Changed(outcome))).await;
            }
            Mutation::ChangeMine(change) => {
                let outcome = self.change_mine(client, change).await;
                answer.only(Ok(Payload::Changed(outcome))).await;
            }
            Mutation::PutPhoto { file } => {
                let outcome = self.put_photo(client, file).await;
                answer.only(Ok(Payload::Changed(outcome))).await;
            }
        }
    }

    async fn deliver(&self, client: &Client, draft: &mut Draft) -> Delivery {
        if self.read_only {
            return Delivery::NotSent(Problem::new(
                ProblemKind::Usage,
                "folkmoot was started with --read-only: nothing is sent.",
                "Start it without --read-only to send this draft.",
            ));
        }
        send::send(client, &self.drafts, draft).await
    }

    async fn change_mine(&self, client: &Client, OwnChange { property, value }: OwnChange) -> Delivery {
        if self.read_only {
            return nothing_is_changed(FOR_THE_PROFILE);
        }
        let fields = std::iter::once((property.name.to_owned(), value)).collect();
        client.update_me(&fields).await
    }

    async fn put_photo(&self, client: &Client, file: String) -> Delivery {
        if self.read_only {
            return nothing_is_changed(FOR_THE_PROFILE);
        }
        let read = tokio::task::spawn_blocking(move || own::read_photo(&from_home(Path::new(&file)))).await;
        match read {
            Ok(Ok(jpeg)) => client.put_my_photo(jpeg).await,
            Ok(Err(problem)) => Delivery::NotSent(problem),
            Err(error) => {
                tracing::error!(panicked = error.is_panic(), "a photo could not be read");
                let what = "The photo could not be read.";
                Delivery::NotSent(Problem::new(ProblemKind::General, what, "The log says more."))
            }
        }
    }
}

/// What becomes of a change where nothing may be changed.
pub(in crate::runtime) fn nothing_is_changed(next: &str) -> Delivery {
    Delivery::NotSent(Problem::new(
        ProblemKind::Usage,
        "folkmoot was started with --read-only: nothing is changed.",
        next,
    ))
}
