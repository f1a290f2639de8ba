//! The regular look for news in a list: what it brings is put before the rest once it is complete.

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};

use super::item::Item;
use crate::domain::{Id, Pages};
use crate::protocol::{Part, RequestId};

/// Posts become visible late, so each look reaches this far behind the newest item.
const OVERLAP: SignedDuration = SignedDuration::from_mins(5);

/// A look for news, where one is under way.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Watching<T> {
    under_way: Option<(RequestId, Vec<T>)>,
}

impl<T> Default for Watching<T> {
    fn default() -> Self {
        Watching { under_way: None }
    }
}

impl<T: Item> Watching<T> {
    /// Awaits the answer to a look.
    pub(super) fn begin(&mut self, id: RequestId) {
        self.under_way = Some((id, Vec::new()));
    }

    /// Awaits it no more: the list is another, or is being read as a whole.
    pub(super) fn give_up(&mut self) {
        self.under_way = None;
    }

    /// Whether this very look is awaited.
    pub(super) fn awaits(&self, id: RequestId) -> bool {
        self.under_way.as_ref().is_some_and(|(look, _)| *look == id)
    }

    /// Takes a part of the awaited answer; all of it, once it is complete.
    pub(super) fn take(&mut self, part: Part, page: &[T]) -> Option<Vec<T>> {
        let (_, seen) = self.under_way.as_mut()?;
        seen.extend(page.iter().cloned());
        match part {
            Part::More | Part::Kept(_) => None,
            Part::Last => self.under_way.take().map(|(_, seen)| seen),
        }
    }
}

/// From when on a look asks: somewhat before the newest item.
pub(super) fn since<T>(items: &Pages<T>, when: impl Fn(&T) -> Option<Timestamp>) -> Option<Timestamp> {
    let newest = items.iter().filter_map(when).max()?;
    Some(newest.saturating_sub(OVERLAP).unwrap_or(newest))
}

/// What was seen, before the rest of what was there.
pub(super) fn merged<T: Item>(old: &Pages<T>, seen: &[T]) -> Pages<T> {
    let keys: HashSet<&Id> = seen.iter().map(Item::key).collect();
    let rest = old.iter().filter(|item| !keys.contains(item.key()));
    seen.iter().chain(rest).cloned().collect()
}
