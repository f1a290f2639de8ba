//! How many requests may be under way at a time.

use std::collections::BTreeMap;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::domain::Id;

/// Graph serves this many requests at a time for one app and mailbox.
/// <https://learn.microsoft.com/graph/throttling-limits>
pub(super) const PER_MAILBOX: usize = 4;
/// Of those, what fetching ahead may hold or stand in line for, so that people go first.
pub(super) const AHEAD_PER_MAILBOX: usize = 2;
/// All requests together.
const IN_ALL: usize = 8;
const AHEAD_IN_ALL: usize = 4;

/// Whether a person waits for the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Urgency {
    /// A person waits.
    Person,
    /// It may be wanted soon; it never keeps a person waiting long.
    Ahead,
}

/// The permits of a client: those of each mailbox, and those of the line as a whole.
pub(super) struct Permits {
    mailboxes: Mutex<HashMap<Id, Gate>>,
    line: Gate,
}

/// Permits held; dropping them gives them back.
pub(super) struct Held {
    _permits: Vec<OwnedSemaphorePermit>,
}

#[derive(Clone)]
struct Gate {
    all: Arc<Semaphore>,
    ahead: Arc<Semaphore>,
}

impl Gate {
    fn new(all: usize, ahead: usize) -> Self {
        Gate {
            all: Arc::new(Semaphore::new(all)),
            ahead: Arc::new(Semaphore::new(ahead)),
        }
    }

    /// Fetching ahead takes a place among its own kind before it stands in the common line.
    async fn pass(self, count: u32, urgency: Urgency, held: &mut Vec<OwnedSemaphorePermit>) {
        if urgency == Urgency::Ahead {
            held.extend(self.ahead.acquire_many_owned(count).await);
        }
        held.extend(self.all.acquire_many_owned(count).await);
    }

    fn in_use(&self) -> bool {
        Arc::strong_count(&self.all) > 1 || Arc::strong_count(&self.ahead) > 1
    }
}

impl Permits {
    pub(super) fn new() -> Self {
        Permits {
            mailboxes: Mutex::default(),
            line: Gate::new(IN_ALL, AHEAD_IN_ALL),
        }
    }

    /// Waits for a permit of every mailbox named (as many as it is named, at most [`AHEAD_PER_MAILBOX`] in a batch) and
    /// one of the line. Mailboxes are taken in order, so that two batches cannot wait for each other.
    pub(super) async fn take(&self, mailboxes: &[Id], urgency: Urgency) -> Held {
        let mut counts = BTreeMap::<&Id, u32>::new();
        for mailbox in mailboxes {
            *counts.entry(mailbox).or_default() += 1;
        }
        let mut permits = Vec::with_capacity(2 * counts.len() + 2);
        for (mailbox, count) in counts {
            self.gate(mailbox).pass(count, urgency, &mut permits).await;
        }
        self.line.clone().pass(1, urgency, &mut permits).await;
        Held { _permits: permits }
    }

    fn gate(&self, mailbox: &Id) -> Gate {
        let mut mailboxes = self.mailboxes.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(gate) = mailboxes.get(mailbox) {
            return gate.clone();
        }
        mailboxes.retain(|_, gate| gate.in_use());
        let gate = Gate::new(PER_MAILBOX, AHEAD_PER_MAILBOX);
        mailboxes.insert(mailbox.clone(), gate.clone());
        gate
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    #[tokio::test]
    async fn four_to_a_mailbox_and_two_of_them_ahead() {
        let permits = Permits::new();
        let mailbox = [Id::new("a")];
        let _ahead = (
            permits.take(&mailbox, Urgency::Ahead).await,
            permits.take(&mailbox, Urgency::Ahead).await,
        );
        assert!(permits.take(&mailbox, Urgency::Ahead).now_or_never().is_none());
        let person = permits.take(&mailbox, Urgency::Person).await;
        let _other = permits.take(&mailbox, Urgency::Person).await;
        assert!(permits.take(&mailbox, Urgency::Person).now_or_never().is_none());
        assert!(permits.take(&[Id::new("b")], Urgency::Person).now_or_never().is_some());
        drop(person);
        assert!(permits.take(&mailbox, Urgency::Person).now_or_never().is_some());
    }

    #[tokio::test]
    async fn a_batch_takes_what_it_carries_and_gates_are_not_kept_for_ever() {
        let permits = Permits::new();
        let batch = ["a", "b", "a"].map(Id::new);
        let held = permits.take(&batch, Urgency::Person).await;
        let a = [Id::new("a")];
        let _two = (
            permits.take(&a, Urgency::Person).await,
            permits.take(&a, Urgency::Person).await,
        );
        assert!(permits.take(&a, Urgency::Person).now_or_never().is_none());
        drop((held, _two));
        let _c = permits.take(&[Id::new("c")], Urgency::Person).await;
        assert_eq!(permits.mailboxes.lock().unwrap().len(), 1);
    }
}
