//! Trees of what is read as it is opened: items in the order in which they came, the ties between them, and the rows that
//! this makes. Rows change where something opens or closes; no key builds all of them anew.

mod growth;
mod renewal;
mod rows;
mod tree;

use std::collections::HashMap;

use jiff::Timestamp;

use renewal::Renewal;
use renewal::Renewed;
pub(super) use tree::{Hits, Unfolded};
pub use tree::{Seen, Tree, View};

use super::item::Item;
use super::remote::Remote;
use crate::domain::{Id, Pages};
use crate::protocol::{Problem, RequestId};

/// An item's place in the order in which they came.
pub type Node = u32;

/// A row of a tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TreeRow {
    /// What stands in it.
    pub node: Node,
    /// Steps below the top.
    pub depth: u16,
}

/// What is known of what stands right below an item.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Below<'a> {
    /// It has rows.
    Open,
    /// It has none; how much there is may not be known.
    Closed,
    /// There is nothing.
    Nothing,
    /// The item stands above already: the tree goes in a circle.
    Again,
    /// It could not be read.
    Hidden(&'a Problem),
}

/// What is known of an item's place.
#[derive(Debug, Clone, PartialEq)]
struct Tie<T> {
    parent: Option<Node>,
    /// What stands right below it, as far as that is known.
    children: Vec<Node>,
    /// Whether all of that is known; nothing where nobody has asked, which is so for most.
    all: Option<Box<Remote<()>>>,
    /// So many of them were known before the reading under way: of the lines that the tree began with, or of a reading that
    /// failed half-way.
    known: u32,
    /// Something of Graph's own answer has come.
    has_come: bool,
    /// Older children are shown, until an answer is complete.
    renewal: Option<Box<Renewal<T>>>,
    /// Whether what is below has rows.
    open: bool,
    /// It stands above in the same line: the tree goes in a circle.
    again: bool,
}

/// Items and the ties between them.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Forest<T> {
    pub(super) items: Pages<T>,
    ties: Vec<Tie<T>>,
    /// What stands below nothing.
    tops: Vec<Node>,
    /// So many items, the first, are of the lines that the forest was made of: they stay, whatever is read.
    of_lines: Node,
    /// The rows, from the top down.
    pub(super) rows: Vec<TreeRow>,
    /// What stands below an item in another order than that in which it came, where one is wanted.
    arranged: HashMap<Node, Vec<Node>>,
}

impl<T> Default for Forest<T> {
    fn default() -> Self {
        Forest {
            items: Pages::default(),
            ties: Vec::new(),
            tops: Vec::new(),
            of_lines: 0,
            rows: Vec::new(),
            arranged: HashMap::new(),
        }
    }
}

impl<T: Item> Forest<T> {
    /// A tree of lines that begin at the same top, or a forest where they do not; each from the top down. All of it is open
    /// but for the ends.
    pub(super) fn of_lines(lines: &[Vec<T>]) -> Self {
        let mut forest = Forest::default();
        let mut tops: Vec<Node> = Vec::new();
        for line in lines {
            let mut above: Option<Node> = None;
            for item in line {
                let beside = match above {
                    Some(above) => forest.children(above),
                    None => &tops,
                };
                let same = |node: &&Node| forest.item(**node).is_some_and(|other: &T| other.key() == item.key());
                let known = beside.iter().find(same).copied();
                let node = known.unwrap_or_else(|| forest.add([item.clone()].into(), above).start);
                match above.map(|above| forest.ties.get_mut(above as usize)) {
                    Some(Some(tie)) => {
                        tie.open = true;
                        if known.is_none() {
                            tie.children.push(node);
                        }
                    }
                    _ if known.is_none() => tops.push(node),
                    _ => {}
                }
                above = Some(node);
            }
        }
        forest.tops = tops;
        forest.of_lines = forest.ties.len() as Node;
        forest.unfold_all();
        forest
    }

    fn tie_mut(&mut self, node: Node) -> Option<&mut Tie<T>> {
        self.ties.get_mut(node as usize)
    }

    fn tie(&self, node: Node) -> Option<&Tie<T>> {
        self.ties.get(node as usize)
    }

    /// What stands in a place.
    pub(super) fn item(&self, node: Node) -> Option<&T> {
        self.items.get(node as usize)
    }

    /// What it stands right below.
    pub(super) fn parent(&self, node: Node) -> Option<Node> {
        self.tie(node)?.parent
    }

    /// What stands right below, as far as it is known.
    pub(super) fn children(&self, node: Node) -> &[Node] {
        self.tie(node).map_or(&[], |tie| &tie.children)
    }

    /// Whether all that stands right below is known.
    pub(super) fn all(&self, node: Node) -> &Remote<()> {
        let all = self.tie(node).and_then(|tie| tie.all.as_deref());
        all.unwrap_or(&Remote::Idle)
    }

    /// What is known of what stands right below.
    pub(super) fn below(&self, node: Node) -> Below<'_> {
        match self.all(node) {
            _ if self.is_again(node) => Below::Again,
            Remote::Failed { why, .. } if !self.is_older(node) => Below::Hidden(why),
            all if self.children(node).is_empty() && (all.ready().is_some() || self.is_older(node)) => Below::Nothing,
            _ if self.is_open(node) => Below::Open,
            _ => Below::Closed,
        }
    }

    pub(super) fn is_open(&self, node: Node) -> bool {
        self.tie(node).is_some_and(|tie| tie.open)
    }

    pub(super) fn is_again(&self, node: Node) -> bool {
        self.tie(node).is_some_and(|tie| tie.again)
    }

    /// What a request reads the children of.
    pub(super) fn awaiting(&self, id: RequestId) -> Option<Node> {
        let awaits = |tie: &Tie<T>| tie.all.as_deref().is_some_and(|all| all.awaits(id));
        Some(self.ties.iter().position(awaits)? as Node)
    }

    /// Everything whose children are being read.
    pub(super) fn loading(&self) -> impl Iterator<Item = Node> {
        let is_loading = |tie: &Tie<T>| tie.all.as_deref().is_some_and(Remote::is_loading);
        let loading = (0..).zip(&self.ties).filter(move |(_, tie)| is_loading(tie));
        loading.map(|(node, _)| node)
    }

    /// Everything whose children were asked for.
    pub(super) fn asked(&self) -> impl Iterator<Item = Node> {
        let asked = (0..).zip(&self.ties).filter(|(_, tie)| tie.all.is_some());
        asked.map(|(node, _)| node)
    }

    /// Awaits the children. Where all of them are known, they are shown until the answer is complete.
    pub(super) fn await_children(&mut self, node: Node, id: RequestId) {
        if let Some(tie) = self.ties.get_mut(node as usize) {
            let all = tie.all.get_or_insert_default();
            if all.ready().is_some() || tie.renewal.is_some() {
                let read_at = tie.renewal.as_ref().and_then(|renewal| renewal.read_at);
                tie.renewal = Some(Box::new(Renewal::of(read_at)));
            }
            tie.known = tie.children.len() as u32;
            all.await_reply(id);
        }
    }

    /// When the oldest of what is shown from the store was read.
    pub(super) fn kept(&self) -> Option<Timestamp> {
        let kept = self.ties.iter().filter_map(|tie| tie.renewal.as_ref());
        kept.filter_map(|renewal| renewal.read_at).min()
    }

    /// Why something older that is shown could not be read again.
    pub(super) fn stale(&self) -> Option<&Problem> {
        let older = self.ties.iter().filter(|tie| tie.renewal.is_some());
        older.filter_map(|tie| tie.all.as_deref()?.problem()).next()
    }

    /// Why something could not be read, shown or not.
    pub(super) fn problems(&self) -> impl Iterator<Item = &Problem> {
        self.ties.iter().filter_map(|tie| tie.all.as_deref()?.problem())
    }

    /// Whether the children that are shown are older than the answer that is awaited, or has failed.
    pub(super) fn is_older(&self, node: Node) -> bool {
        self.tie(node).is_some_and(|tie| tie.renewal.is_some())
    }

    /// Whether the children that are shown are the store's.
    pub(super) fn is_kept(&self, node: Node) -> bool {
        let renewal = self.tie(node).and_then(|tie| tie.renewal.as_ref());
        renewal.is_some_and(|renewal| renewal.read_at.is_some())
    }

    pub(super) fn fail(&mut self, node: Node, why: Problem) {
        if let Some(tie) = self.ties.get_mut(node as usize) {
            tie.all.get_or_insert_default().fail(why);
        }
    }

    fn ids(&self, nodes: impl Iterator<Item = Node>) -> impl Iterator<Item = Id> {
        nodes.filter_map(|node| Some(self.item(node)?.key().clone()))
    }

    /// An item and all above it that are known.
    pub(super) fn line(&self, node: Node) -> impl Iterator<Item = Node> {
        std::iter::successors(Some(node), |node| self.parent(*node))
    }
}
