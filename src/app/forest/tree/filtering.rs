//! A filter over all that is known of a tree, and the order of its rows.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::{Hits, Tree, View};
use crate::app::cmd::{Cmd, Filterable, Haystack};
use crate::app::filtering::{again, filter_list};
use crate::app::forest::{Node, TreeRow};
use crate::app::item::Item;
use crate::domain::Pages;

impl<T: Item> Tree<T> {
    /// Filters all that is known, off the UI thread. Nothing typed shows the tree again, the cursor on the same item.
    pub(in crate::app) fn filter(
        &mut self,
        which: Filterable,
        needle: String,
        haystack: impl Fn(Pages<T>) -> Haystack,
    ) -> Vec<Cmd> {
        if needle == self.list.needle {
            return Vec::new();
        }
        if needle.is_empty() {
            let node = self.selected_node();
            self.found = None;
            if let Some(row) = node.and_then(|node| self.forest.reveal(node)) {
                self.view.cursor = row;
            }
        }
        filter_list(which, &mut self.list, needle, haystack)
    }

    /// Looks again through what is known, where it is filtered or sorted.
    pub(in crate::app) fn look_again(
        &mut self,
        which: Filterable,
        haystack: impl Fn(Pages<T>) -> Haystack,
    ) -> Vec<Cmd> {
        again(which, &mut self.list, haystack)
    }

    /// Takes the places of what matches, best first or sorted.
    pub(in crate::app) fn filtered(&mut self, generation: u64, shown: Arc<[u32]>) {
        let to_best = self.list.awaits_best();
        let held = self.selected_node();
        if !self.list.take_filtered(generation, shown.clone()) {
            return;
        }
        if !self.list.is_filtered() {
            return self.arrange(Some(&shown));
        }
        let rows = self.rows_of(&shown);
        let best = shown.first().copied().filter(|_| to_best);
        let mut view = if to_best { View::default() } else { self.view() };
        view.follow(&rows, best.or(held));
        self.found = Some((rows, view));
    }

    /// Puts the rows in an order, or lets them stand as they came; the cursor stays on its item.
    pub(in crate::app) fn arrange(&mut self, order: Option<&[u32]>) {
        let held = self.forest.rows.get(self.view.cursor).map(|row| row.node);
        self.forest.arrange(order);
        self.view.follow(&self.forest.rows, held);
    }

    /// The rows that show these.
    fn rows_of(&self, shown: &[Node]) -> Vec<TreeRow> {
        if self.hits == Hits::Flat {
            return shown.iter().map(|node| TreeRow { node: *node, depth: 0 }).collect();
        }
        // What stands above a hit stands where the first hit below it does.
        let mut children: HashMap<Option<Node>, Vec<Node>> = HashMap::new();
        let mut placed: HashSet<Node> = HashSet::new();
        for node in shown {
            for node in self.forest.line(*node).take_while(|node| placed.insert(*node)) {
                children.entry(self.forest.parent(node)).or_default().push(node);
            }
        }
        let below = |node: Option<Node>, depth: u16| {
            let nodes = children.get(&node).map(Vec::as_slice).unwrap_or_default();
            nodes.iter().rev().map(move |node| TreeRow { node: *node, depth })
        };
        let mut rows = Vec::with_capacity(placed.len());
        let mut todo: Vec<TreeRow> = below(None, 0).collect();
        while let Some(row) = todo.pop() {
            rows.push(row);
            todo.extend(below(Some(row.node), row.depth.saturating_add(1)));
        }
        rows
    }
}
