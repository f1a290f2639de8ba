//! A tree on the screen: its rows, the cursor, and a filter over all that is known.

mod filtering;

use std::sync::Arc;

use jiff::Timestamp;

use super::{Below, Forest, Node, Renewed, TreeRow};
use crate::app::item::Item;
use crate::app::list::List;
use crate::app::movement::Step;
use crate::app::remote::Remote;
use crate::protocol::{Part, Problem, RequestId};

/// How a filter shows its hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::app) enum Hits {
    /// One below the other, the best first.
    Flat,
    /// In their places, with all that stands above them. Whatever has the better hits below it comes first.
    InPlace,
}

/// A tree while it is open.
#[derive(Debug, Clone, PartialEq)]
pub struct Tree<T> {
    pub(in crate::app) forest: Forest<T>,
    /// All that is known as a list, for filtering and sorting; its places are those of the forest.
    pub list: List<T>,
    view: View,
    hits: Hits,
    /// What a filter shows, once it has answered.
    found: Option<(Vec<TreeRow>, View)>,
}

/// What part of the rows is seen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct View {
    /// The row under the cursor.
    pub cursor: usize,
    /// The first visible row.
    pub top: usize,
}

/// One visible row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Seen<'a, T> {
    /// Who or what stands in it.
    pub item: &'a T,
    /// Steps below the top; 0 where hits stand one below the other.
    pub depth: u16,
    /// What is known of what stands right below it.
    pub below: Below<'a>,
    /// How much of that is known.
    pub count: usize,
    /// Whether more is being read.
    pub loading: bool,
    /// Whether all of it is known.
    pub counted: bool,
    /// What it stands right below, where that cannot be seen.
    pub under: Option<&'a T>,
}

/// What has come of opening the row under the cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::app) enum Unfolded {
    /// It is open, or there was no row.
    Done,
    /// What stands below it must be read.
    Unread(Node),
    /// It stands above already.
    Again,
}

impl<T: Item> Tree<T> {
    /// An empty tree. The id tells its filterings from those of the trees before it, so that an answer meant for one of
    /// those is never taken for one to this: none is filtered four thousand million times.
    pub(in crate::app) fn new(hits: Hits, id: RequestId) -> Self {
        let mut list = List::default();
        list.generation = id.0 << 32;
        Tree {
            forest: Forest::default(),
            list,
            view: View::default(),
            hits,
            found: None,
        }
    }

    /// Makes the tree anew, of lines as [`Forest::of_lines`] takes them.
    pub(in crate::app) fn plant(&mut self, lines: &[Vec<T>]) {
        self.forest = Forest::of_lines(lines);
        self.list.replace(self.forest.items.clone());
        self.view = View::default();
        self.found = None;
    }

    fn rows(&self) -> &[TreeRow] {
        self.found.as_ref().map_or(&self.forest.rows, |(rows, _)| rows)
    }

    /// The row under the cursor and the first visible one, of the tree or of what the filter shows.
    pub fn view(&self) -> View {
        self.found.as_ref().map_or(self.view, |(_, view)| *view)
    }

    fn view_mut(&mut self) -> &mut View {
        self.found.as_mut().map_or(&mut self.view, |(_, view)| view)
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows().len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How much is known.
    pub fn known(&self) -> usize {
        self.forest.items.len()
    }

    /// When the oldest of what is shown was read, where some of it comes from the store.
    pub fn kept(&self) -> Option<Timestamp> {
        self.forest.kept()
    }

    /// Why something older that is shown could not be read again.
    pub fn stale(&self) -> Option<&Problem> {
        self.forest.stale()
    }

    /// A row.
    pub fn row(&self, place: usize) -> Option<Seen<'_, T>> {
        let TreeRow { node, depth } = *self.rows().get(place)?;
        let all = self.forest.all(node);
        let filtered = self.found.is_some();
        let below = match self.forest.below(node) {
            Below::Open | Below::Closed if filtered && self.hits == Hits::InPlace => {
                let has_rows = self.rows().get(place + 1).is_some_and(|next| next.depth > depth);
                if has_rows { Below::Open } else { Below::Closed }
            }
            below => below,
        };
        let above = self.forest.parent(node).filter(|_| filtered && depth == 0);
        Some(Seen {
            item: self.forest.item(node)?,
            depth,
            below,
            count: self.forest.children(node).len(),
            loading: all.is_loading(),
            // What is older is all that was known then.
            counted: all.ready().is_some() || self.forest.is_older(node),
            under: above.and_then(|above| self.forest.item(above)),
        })
    }

    pub(in crate::app) fn selected_node(&self) -> Option<Node> {
        self.rows().get(self.view().cursor).map(|row| row.node)
    }

    /// Who or what is under the cursor.
    pub fn selected(&self) -> Option<&T> {
        self.forest.item(self.selected_node()?)
    }

    /// Puts the cursor on a row and brings it into view.
    pub(in crate::app) fn move_to(&mut self, row: usize, height: usize) {
        let (count, height) = (self.len(), height.max(1));
        let view = self.view_mut();
        view.cursor = row.min(count.saturating_sub(1));
        let first = (view.cursor + 1).saturating_sub(height);
        view.top = view.top.clamp(first, view.cursor).min(count.saturating_sub(height));
    }

    /// Moves the cursor.
    pub(in crate::app) fn step(&mut self, step: Step, height: usize) {
        self.move_to(step.from(self.view().cursor, self.len(), height), height);
    }

    /// Puts the cursor on a row of the tree, whatever a filter shows.
    pub(in crate::app) fn go_to(&mut self, row: usize) {
        self.view.cursor = row;
    }

    /// Takes what is new of items that are known.
    pub(in crate::app) fn refresh(&mut self, items: &[T]) {
        self.forest.refresh(items);
        self.list.enrich(self.forest.items.clone());
    }

    /// Opens the row under the cursor; where it is open, goes to the first below it. Where that could not be read, it is
    /// to be read again, and the cursor stays. Meant for where no filter is in force.
    pub(in crate::app) fn unfold(&mut self) -> Unfolded {
        let row = self.view.cursor;
        let Some(TreeRow { node, depth }) = self.forest.rows.get(row).copied() else {
            return Unfolded::Done;
        };
        if self.forest.is_again(node) {
            return Unfolded::Again;
        }
        let goes_in = self.forest.is_open(node) && self.forest.all(node).problem().is_none();
        let is_above = |next: &TreeRow| next.depth > depth;
        if self.forest.open(row) == 0 && goes_in && self.forest.rows.get(row + 1).is_some_and(is_above) {
            self.view.cursor = row + 1;
        }
        match self.forest.all(node) {
            Remote::Idle | Remote::Failed { .. } => Unfolded::Unread(node),
            Remote::Loading { .. } | Remote::Ready(()) => Unfolded::Done,
        }
    }

    /// Closes the row under the cursor; where nothing is open, goes to what it stands below. A filter's rows stay as they are.
    pub(in crate::app) fn fold(&mut self) {
        if self.list.is_filtered() {
            return;
        }
        let Some(TreeRow { node, .. }) = self.forest.rows.get(self.view.cursor).copied() else {
            return;
        };
        let had_rows = !self.forest.close(self.view.cursor).is_empty();
        let above = self.forest.parent(node);
        if !had_rows && let Some(row) = above.and_then(|above| self.forest.row_of(above)) {
            self.view.cursor = row;
        }
    }

    /// Takes a page of what was awaited, or why it does not come; returns whether it was.
    pub(in crate::app) fn take(&mut self, id: RequestId, part: Part, page: Result<&Arc<[T]>, &Problem>) -> bool {
        let Some(node) = self.forest.awaiting(id) else {
            return false;
        };
        match page {
            Ok(page) if self.forest.is_older(node) => {
                self.forest.has_come(node, part);
                self.renew(|forest| forest.renew(node, part, page));
            }
            Ok(page) => self.add(node, part, page),
            Err(problem) => {
                self.forest.fail(node, problem.clone());
                if self.forest.is_kept(node) && problem.denies() {
                    self.renew(|forest| forest.forget_kept(node));
                }
            }
        }
        true
    }

    /// Takes what stands below an item.
    pub(in crate::app) fn add(&mut self, node: Node, part: Part, page: &Arc<[T]>) {
        let (at, count) = self.forest.take_page(node, part, page);
        self.grown(at, count);
    }

    /// Shows what the store has, read at that time, where it is awaited and nothing newer is shown; returns whether it does.
    pub(in crate::app) fn take_kept(&mut self, id: RequestId, at: Timestamp, page: &Arc<[T]>) -> bool {
        let node = self.forest.awaiting(id);
        let put_in = node.and_then(|node| self.forest.take_kept(node, at, page));
        if let Some((before, count)) = put_in {
            self.grown(before, count);
        }
        put_in.is_some()
    }

    /// Rows were put in: cursor and view stay with theirs.
    fn grown(&mut self, at: usize, count: usize) {
        for place in [&mut self.view.cursor, &mut self.view.top] {
            if *place >= at && at > 0 {
                *place += count;
            }
        }
        self.list.enrich(self.forest.items.clone());
    }

    /// Changes what is older; the cursor stays with its item.
    fn renew(&mut self, change: impl FnOnce(&mut Forest<T>) -> Renewed) {
        let mut held = self.forest.rows.get(self.view.cursor).map(|row| row.node);
        match change(&mut self.forest) {
            Renewed::NotYet => return,
            Renewed::Grown => self.list.enrich(self.forest.items.clone()),
            Renewed::Moved(places) => {
                self.list.replace(self.forest.items.clone());
                held = held.and_then(|node| places.get(&node).copied());
                if let Some((rows, view)) = &mut self.found {
                    rows.retain_mut(|row| {
                        let place = places.get(&row.node);
                        row.node = place.copied().unwrap_or(row.node);
                        place.is_some()
                    });
                    view.cursor = view.cursor.min(rows.len().saturating_sub(1));
                }
            }
        }
        self.view.follow(&self.forest.rows, held);
    }
}

impl View {
    /// Rows have changed: the cursor stays with its item, and that item's row where it was on the screen. Where the item is
    /// gone, the cursor stays in its place.
    fn follow(&mut self, rows: &[TreeRow], held: Option<Node>) {
        let offset = self.cursor.saturating_sub(self.top);
        let found = rows.iter().position(|row| Some(row.node) == held);
        self.cursor = found.unwrap_or(self.cursor).min(rows.len().saturating_sub(1));
        self.top = self.cursor.saturating_sub(offset);
    }
}
