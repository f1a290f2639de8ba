//! What the store has of who reports to whom: shown until Graph's answer is complete, which then takes its place.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use jiff::Timestamp;

use super::forest::{Forest, Node};
use crate::domain::{Id, Person};
use crate::protocol::Part;

/// What a person's reports are renewed from.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Renewal {
    /// When those of the store were read.
    pub(super) read_at: Timestamp,
    /// So many of the reports were known without the store: they are of the line that the tree began with.
    known: usize,
    /// Those of the answer that have come so far.
    gathered: Vec<Arc<Person>>,
}

/// What has become of the rows and the people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Renewed {
    /// Nothing: the answer is not complete.
    NotYet,
    /// Some have come; whoever was known is in the place as before among the people.
    Grown,
    /// Some have gone: the people have other places.
    Moved,
}

impl Forest {
    /// Shows whom the store has of those who report to a person, where they are awaited and nothing of them has come. Returns
    /// before which row so many were put in; `None` where they are not shown.
    pub(super) fn take_kept(&mut self, node: Node, at: Timestamp, page: &Arc<[Arc<Person>]>) -> Option<(usize, usize)> {
        let known = self.reports(node).len();
        let tie = self.tie_mut(node)?;
        if tie.renewal.is_some() || tie.has_come {
            return None;
        }
        tie.renewal = Some(Renewal {
            read_at: at,
            known,
            gathered: Vec::new(),
        });
        Some(self.append(node, page))
    }

    /// Takes a page of the answer that is to take the place of whom the store had.
    pub(super) fn renew(&mut self, node: Node, part: Part, page: &[Arc<Person>]) -> Renewed {
        let Some(renewal) = self.tie_mut(node).and_then(|tie| tie.renewal.as_mut()) else {
            return Renewed::NotYet;
        };
        renewal.gathered.extend_from_slice(page);
        if part != Part::Last {
            return Renewed::NotYet;
        }
        let (known, fresh) = (renewal.known, std::mem::take(&mut renewal.gathered));
        if let Some(tie) = self.tie_mut(node) {
            tie.renewal = None;
        }
        self.replace_reports(node, known, &fresh)
    }

    /// Forgets whom the store had.
    pub(super) fn forget_kept(&mut self, node: Node) -> Renewed {
        match self.tie_mut(node).and_then(|tie| tie.renewal.take()) {
            Some(renewal) => self.replace_reports(node, renewal.known, &[]),
            None => Renewed::NotYet,
        }
    }

    /// Puts these people in the place of all reports but the first so many, which stay; whoever stays keeps what is below.
    fn replace_reports(&mut self, node: Node, known: usize, fresh: &[Arc<Person>]) -> Renewed {
        let old = self.reports(node).to_vec();
        let mut places: HashMap<Id, Node> = HashMap::new();
        for report in &old {
            if let Some(person) = self.person(*report) {
                places.insert(person.id.clone(), *report);
            }
        }
        let is_new = |person: &&Arc<Person>| !places.contains_key(&person.id);
        let new: Arc<[Arc<Person>]> = fresh.iter().filter(is_new).cloned().collect();
        let added = self.add_below(node, &new);
        places.extend(new.iter().map(|person| person.id.clone()).zip(added));
        let mut reports: Vec<Node> = old.iter().take(known).copied().collect();
        let mut listed: HashSet<Node> = reports.iter().copied().collect();
        let fresh_nodes = fresh.iter().filter_map(|person| places.get(&person.id).copied());
        reports.extend(fresh_nodes.filter(|node| listed.insert(*node)));
        let gone: Vec<Node> = old.into_iter().filter(|node| !listed.contains(node)).collect();
        if let Some(tie) = self.tie_mut(node) {
            tie.reports = reports;
        }
        self.refresh(fresh);
        if gone.is_empty() {
            self.unfold_all();
            return Renewed::Grown;
        }
        self.remove(&gone);
        Renewed::Moved
    }

    /// Takes what is new of people who are known.
    pub(super) fn refresh(&mut self, people: &[Arc<Person>]) {
        let newer: HashMap<&Id, &Arc<Person>> = people.iter().map(|person| (&person.id, person)).collect();
        let old = self.people.iter();
        self.people = old
            .map(|person| Arc::clone(newer.get(&person.id).copied().unwrap_or(person)))
            .collect();
    }
}
