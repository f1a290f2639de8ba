//! How many requests may be under way at a time, and when none may.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};

use crate::domain::Id;

/// Graph serves this many requests at a time for one app and mailbox.
/// <https://learn.microsoft.com/graph/throttling-limits>
pub(super) const PER_MAILBOX: usize = 4;
/// Of those, what fetching ahead may hold, so that something is left for people who come later.
pub(super) const AHEAD_PER_MAILBOX: usize = 2;
/// All requests together.
const IN_ALL: usize = 8;
const AHEAD_IN_ALL: usize = 4;

/// Whether a person waits for the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Urgency {
    /// A person waits.
    Person,
    /// It may be wanted soon; whoever waits goes first.
    Ahead,
}

/// The permits of a client: those of each mailbox, and those of the line as a whole.
pub(super) struct Permits {
    mailboxes: Mutex<HashMap<Id, Gate>>,
    line: Gate,
    /// Where Graph asked for quiet; `None` is whatever no mailbox serves.
    quiet: Mutex<HashMap<Option<Id>, Quiet>>,
}

/// How long it must be quiet somewhere.
#[derive(Clone, Copy)]
struct Quiet {
    until: Instant,
    /// Who has heard of it.
    heard: Heard,
}

/// Who has heard that Graph wants quiet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Heard {
    /// This run.
    Now,
    /// One before it.
    Before,
}

/// Permits held; dropping them gives them back.
pub(super) struct Held {
    _passes: Vec<Pass>,
}

#[derive(Clone)]
struct Gate {
    all: Arc<Semaphore>,
    ahead: Arc<Semaphore>,
    /// Told whenever permits may have been given back.
    freed: Arc<Notify>,
}

/// Leave to go through one gate, or a wait for it.
struct Pass {
    permits: Option<OwnedSemaphorePermit>,
    /// The place among those who fetch ahead, where this is one of them.
    ahead: Option<OwnedSemaphorePermit>,
    freed: Arc<Notify>,
}

impl Gate {
    fn new(all: usize, ahead: usize) -> Self {
        Gate {
            all: Arc::new(Semaphore::new(all)),
            ahead: Arc::new(Semaphore::new(ahead)),
            freed: Arc::default(),
        }
    }

    /// People stand in line. Fetching ahead stands aside, and takes what is left when nobody stands there: permits that
    /// are given back go to the line first.
    async fn pass(self, count: u32, urgency: Urgency) -> Pass {
        // Made first: whoever gives up waiting gives back what was set aside for them, and that is told too.
        let mut pass = Pass {
            permits: None,
            ahead: None,
            freed: self.freed,
        };
        match urgency {
            Urgency::Person => pass.permits = self.all.acquire_many_owned(count).await.ok(),
            Urgency::Ahead => {
                pass.ahead = self.ahead.acquire_many_owned(count).await.ok();
                while pass.permits.is_none() {
                    let freed = pass.freed.notified();
                    pass.permits = self.all.clone().try_acquire_many_owned(count).ok();
                    if pass.permits.is_none() {
                        freed.await;
                    }
                }
            }
        }
        pass
    }

    fn in_use(&self) -> bool {
        Arc::strong_count(&self.freed) > 1
    }
}

impl Drop for Pass {
    fn drop(&mut self) {
        drop(self.permits.take());
        drop(self.ahead.take());
        self.freed.notify_waiters();
    }
}

impl Permits {
    pub(super) fn new() -> Self {
        Permits {
            mailboxes: Mutex::default(),
            line: Gate::new(IN_ALL, AHEAD_IN_ALL),
            quiet: Mutex::default(),
        }
    }

    /// Waits for a permit of every mailbox named (as many as it is named, at most [`AHEAD_PER_MAILBOX`] in a batch) and
    /// one of the line. Mailboxes are taken in order, so that two batches cannot wait for each other.
    pub(super) async fn take(&self, mailboxes: &[Id], urgency: Urgency) -> Held {
        let mut counts = BTreeMap::<&Id, u32>::new();
        for mailbox in mailboxes {
            *counts.entry(mailbox).or_default() += 1;
        }
        let mut passes = Vec::with_capacity(counts.len() + 1);
        for (mailbox, count) in counts {
            passes.push(self.gate(mailbox).pass(count, urgency).await);
        }
        passes.push(self.line.clone().pass(1, urgency).await);
        Held { _passes: passes }
    }

    /// Graph asked for quiet in a place. What is refused meanwhile would still count against us.
    pub(super) fn hush(&self, mailbox: Option<&Id>, wait: Duration, heard: Heard) {
        let now = Instant::now();
        let Some(until) = now.checked_add(wait) else { return };
        let asked = Quiet { until, heard };
        let mut quiet = lock(&self.quiet);
        quiet.retain(|_, quiet| quiet.until > now);
        let longest = quiet.entry(mailbox.cloned()).or_insert(asked);
        if until > longest.until {
            *longest = asked;
        }
    }

    /// Where Graph has asked this run for quiet, and how long that lasts still.
    pub(super) fn heard(&self) -> Vec<(Option<Id>, Duration)> {
        let now = Instant::now();
        let quiet = lock(&self.quiet);
        let heard = quiet.iter().filter(|(_, quiet)| quiet.heard == Heard::Now);
        let left = heard.map(|(place, quiet)| (place.clone(), quiet.until.saturating_duration_since(now)));
        left.filter(|(_, left)| !left.is_zero()).collect()
    }

    /// How long it must still be quiet for a request to these mailboxes, or to none.
    pub(super) fn quiet(&self, mailboxes: &[Id]) -> Duration {
        let quiet = lock(&self.quiet);
        if quiet.is_empty() {
            return Duration::ZERO;
        }
        let now = Instant::now();
        let wait = |place: Option<Id>| {
            quiet
                .get(&place)
                .map(|quiet| quiet.until.saturating_duration_since(now))
        };
        let longest = if mailboxes.is_empty() {
            wait(None)
        } else {
            mailboxes.iter().cloned().map(Some).filter_map(wait).max()
        };
        longest.unwrap_or_default()
    }

    fn gate(&self, mailbox: &Id) -> Gate {
        let mut mailboxes = lock(&self.mailboxes);
        if let Some(gate) = mailboxes.get(mailbox) {
            return gate.clone();
        }
        mailboxes.retain(|_, gate| gate.in_use());
        let gate = Gate::new(PER_MAILBOX, AHEAD_PER_MAILBOX);
        mailboxes.insert(mailbox.clone(), gate.clone());
        gate
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
