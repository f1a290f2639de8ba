//! What was known before of what stands below an item, from the store or from an earlier answer: shown until Graph's answer
//! is complete, which then takes its place.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use jiff::Timestamp;

use super::{Forest, Node};
use crate::app::item::Item;
use crate::domain::Id;
use crate::protocol::Part;

/// What an item's children are renewed from.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Renewal<T> {
    /// When they were read, where they are the store's.
    pub(super) read_at: Option<Timestamp>,
    /// Those of the answer that have come so far.
    gathered: Vec<T>,
}

impl<T> Renewal<T> {
    /// Children that were read at that time, where they are the store's. Nothing has come yet to take their place.
    pub(super) fn of(read_at: Option<Timestamp>) -> Self {
        let gathered = Vec::new();
        Renewal { read_at, gathered }
    }
}

/// What has become of the rows and the items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::app) enum Renewed {
    /// Nothing: the answer is not complete.
    NotYet,
    /// Some have come; whatever was known is in the place as before among the items.
    Grown,
    /// Some have gone: the others have these places now.
    Moved(HashMap<Node, Node>),
}

impl<T: Item> Forest<T> {
    /// Shows what the store has of an item's children, where they are awaited and nothing of them has come. Returns
    /// before which row so many were put in; `None` where they are not shown.
    pub(in crate::app) fn take_kept(&mut self, node: Node, at: Timestamp, page: &Arc<[T]>) -> Option<(usize, usize)> {
        let tie = self.tie_mut(node)?;
        if tie.renewal.is_some() || tie.has_come {
            return None;
        }
        tie.renewal = Some(Box::new(Renewal::of(Some(at))));
        Some(self.append(node, page))
    }

    /// Takes a page of the answer that is to take the place of what is older.
    pub(in crate::app) fn renew(&mut self, node: Node, part: Part, page: &[T]) -> Renewed {
        let Some(renewal) = self.tie_mut(node).and_then(|tie| tie.renewal.as_mut()) else {
            return Renewed::NotYet;
        };
        renewal.gathered.extend_from_slice(page);
        if part != Part::Last {
            return Renewed::NotYet;
        }
        let fresh = std::mem::take(&mut renewal.gathered);
        if let Some(tie) = self.tie_mut(node) {
            tie.renewal = None;
        }
        self.replace_children(node, &fresh)
    }

    /// Forgets what the store had.
    pub(in crate::app) fn forget_kept(&mut self, node: Node) -> Renewed {
        match self.tie_mut(node).and_then(|tie| tie.renewal.take()) {
            Some(_) => self.replace_children(node, &[]),
            None => Renewed::NotYet,
        }
    }

    /// Puts these in the place of all children but those of the lines, which stay; whatever stays keeps what is below.
    fn replace_children(&mut self, node: Node, fresh: &[T]) -> Renewed {
        let old = self.children(node).to_vec();
        let mut places: HashMap<Id, Node> = HashMap::new();
        for child in &old {
            if let Some(item) = self.item(*child) {
                places.insert(item.key().clone(), *child);
            }
        }
        let mut listed: HashSet<&Id> = places.keys().collect();
        let new: Vec<&T> = fresh.iter().filter(|item| listed.insert((*item).key())).collect();
        let new: Arc<[T]> = new.into_iter().cloned().collect();
        let added = self.add_below(node, &new);
        places.extend(new.iter().map(|item| item.key().clone()).zip(added));
        let mut children: Vec<Node> = old.iter().filter(|node| **node < self.of_lines).copied().collect();
        let mut listed: HashSet<Node> = children.iter().copied().collect();
        let fresh_nodes = fresh.iter().filter_map(|item| places.get(item.key()).copied());
        children.extend(fresh_nodes.filter(|node| listed.insert(*node)));
        let gone: Vec<Node> = old.into_iter().filter(|node| !listed.contains(node)).collect();
        if let Some(tie) = self.tie_mut(node) {
            tie.children = children;
        }
        // Where they stand in an order, they are about to be sorted anew.
        self.arranged.remove(&node);
        self.refresh(fresh);
        if gone.is_empty() {
            self.unfold_all();
            return Renewed::Grown;
        }
        Renewed::Moved(self.remove(&gone))
    }

    /// Takes what is new of items that are known.
    pub(in crate::app) fn refresh(&mut self, items: &[T]) {
        let newer: HashMap<&Id, &T> = items.iter().map(|item| (item.key(), item)).collect();
        let old = self.items.iter();
        self.items = old
            .map(|item| newer.get(item.key()).copied().unwrap_or(item).clone())
            .collect();
    }
}
