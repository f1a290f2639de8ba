//! Changing a thread: once, and where the line broke meanwhile, finding out what is true.

use std::time::Duration;

use jiff::Timestamp;

use super::jobs::{Jobs, nothing_is_changed};
use crate::domain::{Id, Text};
use crate::graph::Client;
use crate::protocol::{Delivery, Problem, ProblemKind, ThreadChange};

/// When to look whether a change has come about whose answer was lost, each counted from the look before.
const LOOKS: [Duration; 3] = [Duration::ZERO, Duration::from_secs(1), Duration::from_secs(3)];

impl Jobs {
    /// Changes a thread. Nothing is ever sent a second time: after a broken line Graph is asked how things stand.
    pub(super) async fn change_thread(
        &self,
        client: &Client,
        group: &Id,
        thread: &Id,
        change: &ThreadChange,
    ) -> Delivery {
        if self.read_only {
            return nothing_is_changed("Start it without --read-only to change a thread.");
        }
        let delivery = match change {
            ThreadChange::Lock => client.lock_thread(group, thread, true).await,
            ThreadChange::Unlock => client.lock_thread(group, thread, false).await,
            ThreadChange::Delete => client.delete_thread(group, thread).await,
            ThreadChange::DeleteConversation { conversation, .. } => {
                client.delete_conversation(group, conversation).await
            }
        };
        let delivery = match delivery {
            Delivery::Unknown(problem) => self.find_out(group, thread, change, problem).await,
            told => told,
        };
        let gone = match &delivery {
            Delivery::Accepted { .. } => change.deletes(),
            Delivery::NotSent(problem) => problem.kind == ProblemKind::NotFound,
            Delivery::Unknown(_) => false,
        };
        if gone && let Some(held) = self.keeper.held().await {
            let threads = match change {
                ThreadChange::DeleteConversation { threads, .. } => threads.clone(),
                _ => vec![thread.clone()],
            };
            let group = group.clone();
            held.keep(move |store| store.forget_threads(&group, &threads));
        }
        delivery
    }

    /// What has become of a change whose answer was lost.
    async fn find_out(&self, group: &Id, thread: &Id, change: &ThreadChange, broken: Problem) -> Delivery {
        let mut last = Err(broken.clone());
        for wait in LOOKS {
            tokio::time::sleep(wait).await;
            last = self.has_come_about(group, thread, change).await;
            if let Ok(true) = last {
                return Delivery::Accepted { at: Timestamp::now() };
            }
        }
        let (why, next) = match last {
            Ok(_) => ("Graph shows no change so far.", "Look again before you try it again."),
            Err(problem) if problem.kind == ProblemKind::NotFound => return Delivery::NotSent(problem),
            Err(_) => (
                "Whether Graph has done it cannot be seen.",
                "Read the threads again when there is a connection.",
            ),
        };
        Delivery::Unknown(Problem {
            what: Text::new(&format!("{} {why}", broken.what)),
            next: Text::new(next),
            ..broken
        })
    }

    async fn has_come_about(&self, group: &Id, thread: &Id, change: &ThreadChange) -> Result<bool, Problem> {
        let client = &self.client;
        if let ThreadChange::DeleteConversation { conversation, .. } = change {
            return Ok(!client.has_conversation(group, conversation).await?);
        }
        match (client.is_locked(group, thread).await?, change) {
            (locked, ThreadChange::Delete) => Ok(locked.is_none()),
            (Some(locked), _) => Ok(locked == (*change == ThreadChange::Lock)),
            (None, _) => Err(Problem::new(
                ProblemKind::NotFound,
                "The thread is not there any more.",
                "",
            )),
        }
    }
}
