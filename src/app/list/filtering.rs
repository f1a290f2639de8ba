//! What of a list is shown while it is filtered or sorted, off the UI thread.

use std::sync::Arc;

use super::super::item::Item;
use super::List;

impl<T: Item> List<T> {
    /// Whether the list must be looked through again for what is shown of it: it is filtered, or sorted. While the items of
    /// a sorted list come, it is sorted each time that they are twice as many, for that takes longer than matching.
    pub fn is_arranged_anew(&mut self) -> bool {
        if !self.ordered {
            return self.is_filtered();
        }
        let whole = !self.items.is_loading() || self.gathering.is_some();
        let due = whole || self.loaded() >= self.sorting * 2;
        if due {
            self.sorting = self.loaded();
        }
        due
    }

    /// Begins to be sorted, or shows all as they came. Returns whether it must be looked through again.
    pub fn order_by(&mut self, ordered: bool) -> bool {
        self.ordered = ordered;
        self.sorting = 0;
        self.look_through();
        if !ordered && self.needle.is_empty() {
            self.clear_filter();
            return false;
        }
        true
    }

    /// Another filtering begins, of the items as they are now: an answer to an older one is dropped.
    pub fn look_through(&mut self) {
        self.generation += 1;
        self.asked_of = self.additions;
    }

    /// Begins a filtering. An empty needle shows everything at once, unless it is sorted. Returns where to look, for the filtering that must
    /// now be computed: everywhere, or only where a shorter needle matched.
    pub fn filter_by(&mut self, needle: String) -> Option<Option<Arc<[u32]>>> {
        self.look_through();
        if needle.is_empty() && self.ordered {
            self.needle = needle;
            self.to_best = false;
            return Some(None);
        }
        if needle.is_empty() {
            self.clear_filter();
            return None;
        }
        let narrower = !self.answered.is_empty()
            && needle.starts_with(self.answered.as_str())
            && self.answered_of == self.additions;
        self.needle = needle;
        self.to_best = true;
        Some(self.shown.clone().filter(|_| narrower))
    }

    /// Shows everything again, the cursor on the same item.
    fn clear_filter(&mut self) {
        self.needle.clear();
        self.answered.clear();
        self.to_best = false;
        if let Some(shown) = self.shown.take() {
            let row = self.cursor.saturating_sub(self.top);
            // Where nothing matched, the cursor stood at the top.
            self.cursor = shown.get(self.cursor).map_or(0, |place| *place as usize);
            self.top = self.cursor.saturating_sub(row);
        }
    }

    /// Takes the answer to a filtering, if it answers the newest, and says whether it did. The cursor goes to the best
    /// match of a needle typed anew, and stays on its item where only the list has changed; at the first row of a list that
    /// is sorted it stays there.
    pub fn take_filtered(&mut self, generation: u64, shown: Arc<[u32]>) -> bool {
        if generation != self.generation || (self.needle.is_empty() && !self.ordered) {
            return false;
        }
        let show = |list: &mut Self| {
            list.shown = Some(shown);
            list.answered = list.needle.clone();
            list.answered_of = list.asked_of;
        };
        let untouched = self.cursor == 0 && self.needle.is_empty();
        if std::mem::take(&mut self.to_best) || untouched {
            show(self);
            (self.cursor, self.top) = (0, 0);
        } else {
            self.follow(show);
        }
        true
    }
}
