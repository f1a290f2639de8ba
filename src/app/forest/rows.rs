//! The rows of a forest, from the top down: which there are, and in what order.

use super::{Forest, Node, TreeRow};
use crate::app::item::Item;

impl<T: Item> Forest<T> {
    /// Makes all rows anew.
    pub(super) fn unfold_all(&mut self) {
        self.rows = self.tops.iter().flat_map(|top| self.unfolded(*top, 0)).collect();
    }

    /// Lets everything stand in this order, each below the same as before; `None` is as it came.
    pub(in crate::app) fn arrange(&mut self, order: Option<&[Node]>) {
        self.arranged.clear();
        for node in order.unwrap_or_default() {
            if let Some(parent) = self.parent(*node) {
                self.arranged.entry(parent).or_default().push(*node);
            }
        }
        self.unfold_all();
    }

    /// What stands right below, in the order in which it is shown.
    fn in_order(&self, node: Node) -> &[Node] {
        self.arranged
            .get(&node)
            .map_or_else(|| self.children(node), Vec::as_slice)
    }

    /// The rows of an item and of everything open below.
    fn unfolded(&self, top: Node, depth: u16) -> Vec<TreeRow> {
        let mut rows = Vec::new();
        let mut todo = vec![TreeRow { node: top, depth }];
        while let Some(row) = todo.pop() {
            rows.push(row);
            if self.is_open(row.node) {
                let children = self.in_order(row.node).iter().rev();
                let depth = row.depth.saturating_add(1);
                todo.extend(children.map(|node| TreeRow { node: *node, depth }));
            }
        }
        rows
    }

    /// The row of an item.
    pub(in crate::app) fn row_of(&self, node: Node) -> Option<usize> {
        self.rows.iter().position(|row| row.node == node)
    }

    /// The rows below a row that belong to it.
    fn rows_below(&self, row: usize) -> std::ops::Range<usize> {
        let depth = self.rows.get(row).map_or(0, |row| row.depth);
        let first = row + 1;
        let rest = self.rows.get(first..).unwrap_or_default();
        let count = rest.iter().take_while(|row| row.depth > depth).count();
        first..first + count
    }

    /// Gives new children rows, below all that their parent's row has; returns before which row so many were put in.
    pub(super) fn put_in(&mut self, node: Node, added: std::ops::Range<Node>) -> (usize, usize) {
        let Some(row) = self.row_of(node).filter(|_| self.is_open(node)) else {
            return (0, 0);
        };
        let at = self.rows_below(row).end;
        let depth = self.rows.get(row).map_or(0, |row| row.depth).saturating_add(1);
        let count = added.len();
        self.rows.splice(at..at, added.map(|node| TreeRow { node, depth }));
        (at, count)
    }

    /// Gives what stands right below a row rows of its own, and what is open below that; returns how many.
    pub(in crate::app) fn open(&mut self, row: usize) -> usize {
        let Some(TreeRow { node, depth }) = self.rows.get(row).copied() else {
            return 0;
        };
        match self.ties.get_mut(node as usize) {
            Some(tie) if !tie.open && !tie.again => tie.open = true,
            _ => return 0,
        }
        let mut rows = self.unfolded(node, depth);
        rows.remove(0);
        let count = rows.len();
        self.rows.splice(row + 1..row + 1, rows);
        count
    }

    /// Takes the rows below a row away; returns which they were.
    pub(in crate::app) fn close(&mut self, row: usize) -> std::ops::Range<usize> {
        let below = self.rows_below(row);
        if let Some(tie) = self.rows.get(row).and_then(|row| self.ties.get_mut(row.node as usize)) {
            tie.open = false;
        }
        self.rows.drain(below.clone());
        below
    }

    /// Opens everything above an item, so that it has a row; returns which.
    pub(in crate::app) fn reveal(&mut self, node: Node) -> Option<usize> {
        let mut line: Vec<Node> = self.line(node).skip(1).collect();
        line.reverse();
        for above in line {
            let row = self.row_of(above)?;
            self.open(row);
        }
        self.row_of(node)
    }
}
