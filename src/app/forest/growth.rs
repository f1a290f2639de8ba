//! Items that come into a forest, and that go out of it.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::{Forest, Node, Tie};
use crate::app::item::Item;
use crate::app::remote::Remote;
use crate::domain::Id;
use crate::protocol::Part;

impl<T: Item> Forest<T> {
    /// Takes a page of children; returns before which row so many were put in.
    pub(in crate::app) fn take_page(&mut self, node: Node, part: Part, page: &Arc<[T]>) -> (usize, usize) {
        self.has_come(node, part);
        self.append(node, page)
    }

    /// Graph's own answer has come, as far as this part.
    pub(in crate::app) fn has_come(&mut self, node: Node, part: Part) {
        if let Some(tie) = self.tie_mut(node) {
            tie.has_come = true;
            if part == Part::Last {
                tie.all = Some(Box::new(Remote::Ready(())));
            }
        }
    }

    /// Puts items behind the children; returns before which row so many were put in.
    pub(super) fn append(&mut self, node: Node, page: &Arc<[T]>) -> (usize, usize) {
        // Only what was known before the reading comes once more.
        let known = self.tie(node).map_or(0, |tie| tie.known as usize);
        let known: HashSet<Id> = self.ids(self.children(node).iter().take(known).copied()).collect();
        let page = if page.iter().any(|item| known.contains(item.key())) {
            page.iter()
                .filter(|item| !known.contains(item.key()))
                .cloned()
                .collect()
        } else {
            page.clone()
        };
        let added = self.add_below(node, &page);
        if let Some(tie) = self.tie_mut(node) {
            tie.children.extend(added.clone());
        }
        if let Some(arranged) = self.arranged.get_mut(&node) {
            arranged.extend(added.clone());
        }
        self.put_in(node, added)
    }

    /// Adds items that stand below another, but not to its children yet.
    pub(super) fn add_below(&mut self, node: Node, page: &Arc<[T]>) -> std::ops::Range<Node> {
        let above: Vec<Id> = self.ids(self.line(node)).collect();
        let added = self.add(page.clone(), Some(node));
        for (added, item) in added.clone().zip(page.iter()) {
            if let Some(tie) = self.tie_mut(added) {
                tie.again = above.contains(item.key());
            }
        }
        added
    }

    /// Takes items out, and all that stands below them; the rest have other places then, which are returned.
    pub(super) fn remove(&mut self, gone: &[Node]) -> HashMap<Node, Node> {
        let mut todo = gone.to_vec();
        let mut gone: HashSet<Node> = HashSet::new();
        while let Some(node) = todo.pop() {
            if gone.insert(node) {
                todo.extend(self.children(node));
            }
        }
        let nodes = 0..self.ties.len() as Node;
        let staying = nodes.filter(|node| !gone.contains(node));
        let places: HashMap<Node, Node> = staying.zip(0..).collect();
        let place = |node: &Node| places.get(node).copied();
        let stays = |node: Node| places.contains_key(&node);
        let items = (0..).zip(self.items.iter()).filter(|(node, _)| stays(*node));
        self.items = items.map(|(_, item)| item.clone()).collect();
        let ties = (0..)
            .zip(std::mem::take(&mut self.ties))
            .filter(|(node, _)| stays(*node));
        let ties = ties.map(|(_, tie)| Tie {
            parent: tie.parent.as_ref().and_then(place),
            children: tie.children.iter().filter_map(place).collect(),
            ..tie
        });
        self.ties = ties.collect();
        self.tops = self.tops.iter().filter_map(place).collect();
        self.arranged = std::mem::take(&mut self.arranged)
            .into_iter()
            .filter_map(|(node, nodes)| Some((place(&node)?, nodes.iter().filter_map(place).collect())))
            .collect();
        self.unfold_all();
        places
    }

    pub(super) fn add(&mut self, items: Arc<[T]>, parent: Option<Node>) -> std::ops::Range<Node> {
        let start = self.ties.len() as Node;
        let tie = || Tie {
            parent,
            children: Vec::new(),
            all: None,
            known: 0,
            has_come: false,
            renewal: None,
            open: false,
            again: false,
        };
        self.ties.extend(std::iter::repeat_with(tie).take(items.len()));
        self.items.push(items);
        start..self.ties.len() as Node
    }
}
