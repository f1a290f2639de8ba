//! Who reports to whom, as far as it is known: people in the order in which they came, the ties between them, and the rows
//! that this makes. Rows change where something opens or closes; no key builds all of them anew.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use jiff::Timestamp;

use super::renewal::Renewal;
use crate::app::remote::Remote;
use crate::domain::{Id, Pages, Person};
use crate::protocol::{Part, Problem, RequestId};

/// A tree begins with at most so many lines.
const LINES: usize = 2;

/// A person's place in the order in which people came.
pub type Node = u32;

/// A row of the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrgRow {
    /// Who stands in it.
    pub node: Node,
    /// Steps below the top.
    pub depth: u16,
}

/// What is known of a person's place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tie {
    manager: Option<Node>,
    /// Those who report to the person, as far as they are known.
    pub(super) reports: Vec<Node>,
    /// Whether all of them are.
    all: Remote<()>,
    /// Something of Graph's own answer has come.
    pub(super) has_come: bool,
    /// The store's are shown, until that is complete.
    pub(super) renewal: Option<Renewal>,
    /// Whether the reports have rows.
    open: bool,
    /// The person stands above in the same line: the directory's managers go in a circle.
    again: bool,
}

/// People and the ties between them.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Forest {
    pub(super) people: Pages<Arc<Person>>,
    ties: Vec<Tie>,
    /// Those without a manager.
    tops: Vec<Node>,
    /// The rows, from the top down.
    pub(super) rows: Vec<OrgRow>,
}

impl Forest {
    /// A tree of lines that begin at the same top, or a forest where they do not; each from the top down. All of it is open
    /// but for the ends.
    pub(super) fn of_lines(lines: &[&[Person]]) -> Self {
        let mut forest = Forest::default();
        let mut tops: Vec<Node> = Vec::new();
        for line in lines {
            let mut above: Option<Node> = None;
            for person in *line {
                let beside = match above {
                    Some(above) => forest.reports(above),
                    None => &tops,
                };
                let same = |node: &&Node| forest.person(**node).is_some_and(|other| other.id == person.id);
                let known = beside.iter().find(same).copied();
                let node = known.unwrap_or_else(|| forest.add([Arc::new(person.clone())].into(), above).start);
                match above.map(|above| forest.ties.get_mut(above as usize)) {
                    Some(Some(tie)) => {
                        tie.open = true;
                        if known.is_none() {
                            tie.reports.push(node);
                        }
                    }
                    _ if known.is_none() => tops.push(node),
                    _ => {}
                }
                above = Some(node);
            }
        }
        forest.tops = tops;
        forest.unfold_all();
        forest
    }

    /// Makes all rows anew.
    pub(super) fn unfold_all(&mut self) {
        self.rows = self.tops.iter().flat_map(|top| self.unfolded(*top, 0)).collect();
    }

    pub(super) fn tie_mut(&mut self, node: Node) -> Option<&mut Tie> {
        self.ties.get_mut(node as usize)
    }

    fn tie(&self, node: Node) -> Option<&Tie> {
        self.ties.get(node as usize)
    }

    /// Who stands in a place.
    pub(super) fn person(&self, node: Node) -> Option<&Arc<Person>> {
        self.people.get(node as usize)
    }

    /// The nearest manager who is known.
    pub(super) fn manager(&self, node: Node) -> Option<Node> {
        self.tie(node)?.manager
    }

    /// Those who report to a person, as far as they are known.
    pub(super) fn reports(&self, node: Node) -> &[Node] {
        self.tie(node).map_or(&[], |tie| &tie.reports)
    }

    /// Whether all who report to a person are known.
    pub(super) fn all(&self, node: Node) -> &Remote<()> {
        self.tie(node).map_or(&Remote::Idle, |tie| &tie.all)
    }

    pub(super) fn is_open(&self, node: Node) -> bool {
        self.tie(node).is_some_and(|tie| tie.open)
    }

    pub(super) fn is_again(&self, node: Node) -> bool {
        self.tie(node).is_some_and(|tie| tie.again)
    }

    /// The person whose reports a request reads.
    pub(super) fn awaiting(&self, id: RequestId) -> Option<Node> {
        let place = self.ties.iter().position(|tie| tie.all.awaits(id))?;
        Some(place as Node)
    }

    /// Everybody whose reports are being read.
    pub(super) fn loading(&self) -> impl Iterator<Item = &Id> {
        let loading = (0..).zip(&self.ties).filter(|(_, tie)| tie.all.is_loading());
        loading.filter_map(|(node, _)| self.person(node).map(|person| &person.id))
    }

    pub(super) fn await_reports(&mut self, node: Node, id: RequestId) {
        if let Some(tie) = self.ties.get_mut(node as usize) {
            tie.all.await_reply(id);
        }
    }

    /// When the oldest of the store's that are shown were read.
    pub(super) fn kept(&self) -> Option<Timestamp> {
        let kept = self.ties.iter().filter_map(|tie| tie.renewal.as_ref());
        kept.map(|renewal| renewal.read_at).min()
    }

    /// Why the store's that are shown could not be read again.
    pub(super) fn stale(&self) -> Option<&Problem> {
        let kept = self.ties.iter().filter(|tie| tie.renewal.is_some());
        kept.filter_map(|tie| tie.all.problem()).next()
    }

    /// Whether the reports of a person that are shown are the store's.
    pub(super) fn is_kept(&self, node: Node) -> bool {
        self.tie(node).is_some_and(|tie| tie.renewal.is_some())
    }

    pub(super) fn fail(&mut self, node: Node, why: Problem) {
        if let Some(tie) = self.ties.get_mut(node as usize) {
            tie.all.fail(why);
        }
    }

    /// Takes a page of those who report to a person; returns before which row so many were put in.
    pub(super) fn take_page(&mut self, node: Node, part: Part, page: &Arc<[Arc<Person>]>) -> (usize, usize) {
        self.has_come(node, part);
        self.append(node, page)
    }

    /// Graph's own answer has come, as far as this part.
    pub(super) fn has_come(&mut self, node: Node, part: Part) {
        if let Some(tie) = self.tie_mut(node) {
            tie.has_come = true;
            if part == Part::Last {
                tie.all = Remote::Ready(());
            }
        }
    }

    /// Puts people behind those who report to a person; returns before which row so many were put in.
    pub(super) fn append(&mut self, node: Node, page: &Arc<[Arc<Person>]>) -> (usize, usize) {
        // Only those of whom the tree began are known before; all others come once.
        let known: Vec<Id> = self.ids(self.reports(node).iter().take(LINES).copied());
        let page = if page.iter().any(|person| known.contains(&person.id)) {
            page.iter()
                .filter(|person| !known.contains(&person.id))
                .cloned()
                .collect()
        } else {
            page.clone()
        };
        let added = self.add_below(node, &page);
        if let Some(tie) = self.tie_mut(node) {
            tie.reports.extend(added.clone());
        }
        self.put_in(node, added)
    }

    /// Adds people who report to a person, but not to the reports yet.
    pub(super) fn add_below(&mut self, node: Node, page: &Arc<[Arc<Person>]>) -> std::ops::Range<Node> {
        let above: Vec<Id> = self.ids(self.line(node));
        let added = self.add(page.clone(), Some(node));
        for (added, person) in added.clone().zip(page.iter()) {
            if let Some(tie) = self.ties.get_mut(added as usize) {
                tie.again = above.contains(&person.id);
            }
        }
        added
    }

    /// Takes people out, and whoever is below them; the rest have other places then.
    pub(super) fn remove(&mut self, gone: &[Node]) {
        let mut todo = gone.to_vec();
        let mut gone: HashSet<Node> = HashSet::new();
        while let Some(node) = todo.pop() {
            if gone.insert(node) {
                todo.extend(self.reports(node));
            }
        }
        let nodes = 0..self.ties.len() as Node;
        let staying = nodes.filter(|node| !gone.contains(node));
        let places: HashMap<Node, Node> = staying.zip(0..).collect();
        let place = |node: &Node| places.get(node).copied();
        let stays = |node: Node| places.contains_key(&node);
        let people = (0..).zip(self.people.iter()).filter(|(node, _)| stays(*node));
        self.people = people.map(|(_, person)| person.clone()).collect();
        let ties = (0..)
            .zip(std::mem::take(&mut self.ties))
            .filter(|(node, _)| stays(*node));
        let ties = ties.map(|(_, tie)| Tie {
            manager: tie.manager.as_ref().and_then(place),
            reports: tie.reports.iter().filter_map(place).collect(),
            ..tie
        });
        self.ties = ties.collect();
        self.tops = self.tops.iter().filter_map(place).collect();
        self.unfold_all();
    }

    fn ids(&self, nodes: impl Iterator<Item = Node>) -> Vec<Id> {
        nodes.filter_map(|node| Some(self.person(node)?.id.clone())).collect()
    }

    /// A person and all managers who are known.
    fn line(&self, node: Node) -> impl Iterator<Item = Node> {
        std::iter::successors(Some(node), |node| self.manager(*node))
    }

    fn add(&mut self, people: Arc<[Arc<Person>]>, manager: Option<Node>) -> std::ops::Range<Node> {
        let start = self.ties.len() as Node;
        let tie = Tie {
            manager,
            reports: Vec::new(),
            all: Remote::Idle,
            has_come: false,
            renewal: None,
            open: false,
            again: false,
        };
        self.ties.extend(std::iter::repeat_n(tie, people.len()));
        self.people.push(people);
        start..self.ties.len() as Node
    }

    /// The rows of a person and of everything open below.
    fn unfolded(&self, top: Node, depth: u16) -> Vec<OrgRow> {
        let mut rows = Vec::new();
        let mut todo = vec![OrgRow { node: top, depth }];
        while let Some(row) = todo.pop() {
            rows.push(row);
            if let Some(tie) = self.tie(row.node).filter(|tie| tie.open) {
                let reports = tie.reports.iter().rev();
                let depth = row.depth.saturating_add(1);
                todo.extend(reports.map(|node| OrgRow { node: *node, depth }));
            }
        }
        rows
    }

    /// The row of a person.
    pub(super) fn row_of(&self, node: Node) -> Option<usize> {
        self.rows.iter().position(|row| row.node == node)
    }

    /// The rows below a row that belong to it.
    fn below(&self, row: usize) -> std::ops::Range<usize> {
        let depth = self.rows.get(row).map_or(0, |row| row.depth);
        let first = row + 1;
        let rest = self.rows.get(first..).unwrap_or_default();
        let count = rest.iter().take_while(|row| row.depth > depth).count();
        first..first + count
    }

    /// Gives new reports rows, below all that the person's row has; returns before which row so many were put in.
    fn put_in(&mut self, node: Node, added: std::ops::Range<Node>) -> (usize, usize) {
        let Some(row) = self.row_of(node).filter(|_| self.is_open(node)) else {
            return (0, 0);
        };
        let at = self.below(row).end;
        let depth = self.rows.get(row).map_or(0, |row| row.depth).saturating_add(1);
        let count = added.len();
        self.rows.splice(at..at, added.map(|node| OrgRow { node, depth }));
        (at, count)
    }

    /// Gives a row's person's reports rows, and what is open below them.
    pub(super) fn open(&mut self, row: usize) -> usize {
        let Some(OrgRow { node, depth }) = self.rows.get(row).copied() else {
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
    pub(super) fn close(&mut self, row: usize) -> std::ops::Range<usize> {
        let below = self.below(row);
        if let Some(tie) = self.rows.get(row).and_then(|row| self.ties.get_mut(row.node as usize)) {
            tie.open = false;
        }
        self.rows.drain(below.clone());
        below
    }

    /// Opens everything above a person, so that there is a row; returns which.
    pub(super) fn reveal(&mut self, node: Node) -> Option<usize> {
        let mut line: Vec<Node> = self.line(node).skip(1).collect();
        line.reverse();
        for above in line {
            let row = self.row_of(above)?;
            self.open(row);
        }
        self.row_of(node)
    }
}
