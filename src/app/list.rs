//! A list that loads in pages, filters off the UI thread, and whose cursor follows the item, not the index.

mod filtering;

use std::sync::Arc;

use jiff::Timestamp;

use super::item::Item;
use super::remote::Remote;
use crate::domain::{Id, Pages};
use crate::protocol::{Part, Problem, RequestId};

/// A list on the screen.
#[derive(Debug, Clone, PartialEq)]
pub struct List<T> {
    /// The items, in the order they came.
    pub items: Remote<Pages<T>>,
    /// While a list is read again, the new pages gather here and replace the old when they are complete.
    gathering: Option<Pages<T>>,
    /// The place of the selected item among those shown.
    pub cursor: usize,
    /// The place of the first visible item among those shown.
    pub top: usize,
    /// What the filter looks for; empty when there is none.
    pub needle: String,
    /// Counts filterings; an answer to an older one is dropped.
    pub generation: u64,
    /// The items are sorted, off the UI thread; `shown` has them in their order.
    ordered: bool,
    /// How many items the sorting under way, or the one before, has looked at.
    sorting: usize,
    /// The places of the items that match, best first or sorted; `None` shows all as they came.
    shown: Option<Arc<[u32]>>,
    /// The needle that `shown` answers.
    answered: String,
    /// Counts what comes to the items: what matched before it is not all that matches now.
    additions: u64,
    /// As many additions the filtering that was asked for last looks at.
    asked_of: u64,
    /// As many additions `shown` answers.
    answered_of: u64,
    /// The needle was typed anew: its answer puts the cursor on the best match.
    to_best: bool,
    /// When what is shown was read, where it comes from the store.
    pub kept: Option<Timestamp>,
}

impl<T> Default for List<T> {
    fn default() -> Self {
        List {
            items: Remote::Idle,
            gathering: None,
            cursor: 0,
            top: 0,
            needle: String::new(),
            generation: 0,
            ordered: false,
            sorting: 0,
            shown: None,
            answered: String::new(),
            additions: 0,
            asked_of: 0,
            answered_of: 0,
            to_best: false,
            kept: None,
        }
    }
}

impl<T: Item> List<T> {
    /// Begins another list, which shows older data until an answer comes. Filterings are counted on, so that an answer
    /// meant for the list before is never taken for one to this.
    pub fn renew(&mut self, pages: Option<Pages<T>>) {
        *self = List {
            items: pages.map_or(Remote::Idle, Remote::Ready),
            generation: self.generation + 1,
            ordered: self.ordered,
            ..List::default()
        };
    }

    /// How many items are shown.
    pub fn len(&self) -> usize {
        match &self.shown {
            Some(shown) => shown.len(),
            None => self.loaded(),
        }
    }

    /// Whether no item is shown.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many items have been loaded, shown or not.
    pub fn loaded(&self) -> usize {
        self.items.shown().map_or(0, Pages::len)
    }

    /// How many items the answer under way has brought so far.
    pub fn gathered(&self) -> usize {
        self.gathering.as_ref().map_or(self.loaded(), Pages::len)
    }

    /// The place in the whole list of the item at a place among those shown.
    pub fn index(&self, place: usize) -> Option<usize> {
        match &self.shown {
            Some(shown) => shown.get(place).map(|index| *index as usize),
            None => (place < self.loaded()).then_some(place),
        }
    }

    /// The item at a place among those shown.
    pub fn get(&self, place: usize) -> Option<&T> {
        self.items.shown()?.get(self.index(place)?)
    }

    /// The item under the cursor.
    pub fn selected(&self) -> Option<&T> {
        self.get(self.cursor)
    }

    /// The items of a page, with their places.
    pub fn page(&self, rows: usize) -> impl Iterator<Item = (usize, &T)> {
        (self.top..self.len().min(self.top + rows)).filter_map(|place| Some((place, self.get(place)?)))
    }

    /// Whether a filter is in force or being computed.
    pub fn is_filtered(&self) -> bool {
        !self.needle.is_empty()
    }

    /// Whether the shown places answer the needle that was typed last.
    pub fn is_filter_current(&self) -> bool {
        self.answered == self.needle
    }

    /// Whether an answer under way will put the cursor on another item.
    pub fn awaits_best(&self) -> bool {
        self.to_best && self.items.shown().is_some()
    }

    /// Another answer is to put the cursor on the best match.
    pub fn await_best(&mut self) {
        self.to_best = true;
    }

    /// The answer under way leaves the cursor on its item.
    pub fn stop_awaiting_best(&mut self) {
        self.to_best = false;
    }

    /// Puts the cursor on a place and brings it into view. With `turning`, the view moves by whole pages.
    pub fn move_to(&mut self, place: usize, rows: usize, turning: bool) {
        self.cursor = place.min(self.len().saturating_sub(1));
        let rows = rows.max(1);
        if self.cursor < self.top {
            self.top = if turning {
                self.cursor.saturating_sub(rows - 1)
            } else {
                self.cursor
            };
        } else if self.cursor >= self.top + rows {
            self.top = if turning { self.cursor } else { self.cursor + 1 - rows };
        }
        let last_top = self.len().saturating_sub(rows);
        if !turning {
            self.top = self.top.min(last_top);
        }
    }

    /// Puts the cursor on an item, if it is shown, and says whether it was.
    pub fn move_to_key(&mut self, key: &Id, rows: usize) -> bool {
        let place = self.place_of(key);
        if let Some(place) = place {
            self.move_to(place, rows, false);
        }
        place.is_some()
    }

    fn place_of(&self, key: &Id) -> Option<usize> {
        (0..self.len()).find(|place| self.get(*place).is_some_and(|item| item.key() == key))
    }

    /// Changes what is shown. The cursor stays on its item, and the item on its screen row; where the item is gone, the
    /// cursor stays at its place. A list that shows its beginning goes on showing it: news comes in there, and would else
    /// pass unseen above the view. Where the cursor is then below the view, the view follows it.
    fn follow(&mut self, change: impl FnOnce(&mut Self)) {
        let held = self.selected().map(|item| item.key().clone());
        let row = self.cursor.saturating_sub(self.top);
        change(self);
        let found = held.and_then(|key| self.place_of(&key));
        self.cursor = found.unwrap_or(self.cursor).min(self.len().saturating_sub(1));
        if self.top > 0 {
            self.top = self.cursor.saturating_sub(row);
        }
    }

    /// Awaits a request. What is shown stays until the answer is complete.
    pub fn await_reply(&mut self, id: RequestId) {
        self.gathering = self
            .items
            .shown()
            .is_some_and(|pages| !pages.is_empty())
            .then(Pages::default);
        self.items.await_reply(id);
    }

    /// Takes a page of the awaited answer. Returns whether what is shown has changed.
    pub fn take_page(&mut self, part: Part, page: Arc<[T]>) -> bool {
        if let Some(mut fresh) = self.gathering.take() {
            fresh.push(page);
            if part == Part::More {
                self.gathering = Some(fresh);
                return false;
            }
            self.replace(fresh);
            self.items.finish();
            self.kept = None;
            return true;
        }
        self.kept = None;
        self.additions += 1;
        let mut pages = self.items.shown_mut().map(std::mem::take).unwrap_or_default();
        // A group opened by its address may have been put before the list while it loaded: it does not come twice.
        let first = pages.get(0).map(|item| item.key().clone());
        pages.push(match first {
            Some(first) if page.iter().any(|item| *item.key() == first) => {
                page.iter().filter(|item| *item.key() != first).cloned().collect()
            }
            _ => page,
        });
        self.items.take_part(part, pages);
        true
    }

    /// Shows what the store has of the awaited list, read at that time, until the answer is complete. Where something is
    /// shown already, that is at least as new. Returns whether what is shown has changed.
    pub fn take_kept(&mut self, at: Timestamp, page: Arc<[T]>) -> bool {
        if !self.items.is_loading() || self.items.shown().is_some() {
            return false;
        }
        let mut pages = Pages::default();
        pages.push(page);
        self.items.show(pages);
        self.gathering = Some(Pages::default());
        self.kept = Some(at);
        true
    }

    /// Ends the awaited answer with a problem. A list that was being read anew keeps what it showed, unless that comes from
    /// the store and Graph says that it is gone or may not be seen.
    pub fn fail(&mut self, why: Problem) {
        self.gathering = None;
        if self.kept.is_some() && why.denies() {
            self.kept = None;
            self.follow(|list| {
                list.items = Remote::Idle;
                list.shown = None;
                list.answered.clear();
            });
        }
        self.items.fail(why);
    }

    /// Puts other items in the place of those shown. The cursor stays on its item, and the item on its screen row.
    pub fn replace(&mut self, pages: Pages<T>) {
        self.follow(|list| {
            list.items.show(pages);
            // The places that matched were places in the old list.
            list.shown = None;
            list.answered.clear();
        });
    }

    /// Changes items or takes them out, also those that the answer under way has brought.
    pub fn revise(&mut self, revised: impl Fn(&T) -> Option<T>) {
        let revise = |pages: &Pages<T>| pages.iter().filter_map(&revised).collect();
        self.gathering = self.gathering.as_ref().map(revise);
        if let Some(pages) = self.items.shown().map(revise) {
            self.replace(pages);
        }
    }

    /// Puts further items behind those shown, and more of the same in their places. What has matched so far still does.
    pub fn enrich(&mut self, pages: Pages<T>) {
        self.additions += 1;
        self.items.show(pages);
    }
}
