//! The org tree: the line of managers above a person, and whoever reports to any of them, read as it is opened.

mod relation;
mod tree;

use std::sync::Arc;

use jiff::Timestamp;

use super::cmd::{Cmd, Filterable, Haystack};
use super::filtering::{again, filter_list};
use super::forest::{Forest, Node, Renewed, TreeRow};
use super::model::Model;
use super::profile;
use super::remote::Remote;
use crate::domain::{Id, Person, Text};
use crate::protocol::{Lane, Part, Payload, Query, Reply, RequestId};

pub use tree::{Org, Seen, Subject};

/// Opens the tree around a person.
pub(super) fn open(model: &mut Model, id: Id, name: Text) -> Vec<Cmd> {
    show(model, Org::of([(id, name)], model.profiles.len()))
}

/// Shows how two people stand to each other.
pub(super) fn open_path(model: &mut Model, from: (Id, Text), to: (Id, Text)) -> Vec<Cmd> {
    show(model, Org::of([from, to], model.profiles.len()))
}

/// Opens one's own tree.
pub(super) fn open_mine(model: &mut Model) -> Vec<Cmd> {
    match profile::myself(model) {
        Some((id, name)) => open(model, id, name),
        None => Vec::new(),
    }
}

fn show(model: &mut Model, mut org: Org) -> Vec<Cmd> {
    let mut cmds = close(model);
    for (lane, subject) in (0..).zip(&mut org.about) {
        let person = subject.id.clone();
        let (id, cmd) = model.read(Lane::Line(lane), Query::Line { person });
        subject.line.await_reply(id);
        cmds.push(cmd);
    }
    model.org = Some(Box::new(org));
    cmds
}

/// Closes the tree; what it lies over is shown again.
pub(super) fn close(model: &mut Model) -> Vec<Cmd> {
    let Some(org) = model.org.take() else {
        return Vec::new();
    };
    let lanes = (0..).zip(&org.about).map(|(lane, _)| Lane::Line(lane));
    let reports = org.forest.loading().map(|id| Lane::Reports(id.clone()));
    lanes.chain(reports).map(Cmd::Abandon).collect()
}

/// Esc: first the filter goes, the cursor stays with its person; then the tree.
pub(super) fn back(model: &mut Model) -> Vec<Cmd> {
    match &mut model.org {
        Some(org) if org.list.is_filtered() => {
            let node = org.selected_node();
            org.list.filter_by(String::new());
            if let Some(row) = node.and_then(|node| org.forest.reveal(node)) {
                org.cursor = row;
            }
            Vec::new()
        }
        _ => close(model),
    }
}

/// Reads everything again.
pub(super) fn refresh(model: &mut Model) -> Vec<Cmd> {
    match &model.org {
        Some(org) => {
            let about: Vec<_> = org
                .about
                .iter()
                .map(|subject| (subject.id.clone(), subject.name.clone()))
                .collect();
            let again = Org::of(about, org.over);
            show(model, again)
        }
        None => Vec::new(),
    }
}

/// Enter: shows the profile of whoever is under the cursor.
pub(super) fn show_profile(model: &mut Model) -> Vec<Cmd> {
    let selected = model.org.as_ref().and_then(|org| org.selected());
    match selected.map(|person| (person.id.clone(), person.name.clone())) {
        Some((id, name)) => profile::open(model, id, name),
        None => Vec::new(),
    }
}

/// Opens the reports of whoever is under the cursor; where they are open, goes to the first of them.
pub(super) fn unfold(model: &mut Model) -> Vec<Cmd> {
    let Some(org) = &mut model.org else { return Vec::new() };
    if org.list.is_filtered() {
        return back(model);
    }
    let row = org.cursor;
    let Some(TreeRow { node, depth }) = org.forest.rows.get(row).copied() else {
        return Vec::new();
    };
    let was_open = org.forest.is_open(node);
    if org.forest.open(row) > 0 {
        org.top = org.top.min(row);
    } else if was_open && org.forest.rows.get(row + 1).is_some_and(|next| next.depth > depth) {
        org.cursor = row + 1;
    }
    match org.forest.all(node) {
        Remote::Idle | Remote::Failed { .. } if !org.forest.is_again(node) => {
            read_reports(model, node).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// Closes the reports of whoever is under the cursor; where they are closed, goes to the manager.
pub(super) fn fold(model: &mut Model) {
    let Some(org) = &mut model.org else { return };
    if org.list.is_filtered() {
        return;
    }
    let Some(TreeRow { node, .. }) = org.forest.rows.get(org.cursor).copied() else {
        return;
    };
    let has_rows = !org.forest.close(org.cursor).is_empty();
    if !has_rows && let Some(row) = org.forest.parent(node).and_then(|manager| org.forest.row_of(manager)) {
        org.cursor = row;
    }
}

fn read_reports(model: &mut Model, node: Node) -> Option<Cmd> {
    let person = model.org.as_ref()?.forest.item(node)?.id.clone();
    let (id, cmd) = model.read(Lane::Reports(person.clone()), Query::Reports { person });
    model.org.as_mut()?.forest.await_children(node, id);
    Some(cmd)
}

/// Filters whoever is known, off the UI thread.
pub(super) fn filter(model: &mut Model, needle: String) -> Vec<Cmd> {
    match &mut model.org {
        Some(org) if needle != org.list.needle => filter_list(Filterable::Org, &mut org.list, needle, Haystack::People),
        _ => Vec::new(),
    }
}

/// Takes the places of those who match.
pub(super) fn filtered(model: &mut Model, generation: u64, shown: Arc<[u32]>) {
    if let Some(org) = &mut model.org {
        org.list.take_filtered(generation, shown);
    }
}

/// Whether somebody waits for this very request.
pub(super) fn awaits(model: &Model, id: RequestId) -> bool {
    model
        .org
        .as_ref()
        .is_some_and(|org| org.about.iter().any(|subject| subject.line.awaits(id)))
}

/// Takes a line of managers or a page of reports, if it was awaited.
pub(super) fn reply(model: &mut Model, reply: &Reply) -> Option<Vec<Cmd>> {
    let org = model.org.as_mut()?;
    if org.about.iter().any(|subject| subject.line.awaits(reply.id)) {
        return Some(take_line(model, reply));
    }
    let node = org.forest.awaiting(reply.id)?;
    let kept = org.forest.is_kept(node);
    match &reply.result {
        Ok(Payload::Reports(page)) if kept => {
            let renewed = |forest: &mut Forest<Arc<Person>>| {
                forest.has_come(node, reply.part);
                forest.renew(node, reply.part, page)
            };
            return Some(renew(org, renewed));
        }
        Ok(Payload::Reports(page)) => {
            let (at, count) = org.forest.take_page(node, reply.part, page);
            org.grown(at, count);
            return Some(again(Filterable::Org, &mut org.list, Haystack::People));
        }
        Ok(_) => org.forest.has_come(node, Part::Last),
        Err(problem) => {
            org.forest.fail(node, problem.clone());
            if kept && problem.denies() {
                return Some(renew(org, |forest| forest.forget_kept(node)));
            }
        }
    }
    Some(Vec::new())
}

/// Shows what the store has, read at that time, where it is awaited and nothing newer is shown.
pub(super) fn take_kept(model: &mut Model, id: RequestId, at: Timestamp, payload: &Payload) -> Vec<Cmd> {
    let Some(org) = &mut model.org else { return Vec::new() };
    match payload {
        Payload::Line(line) => {
            let awaiting = org.about.iter_mut().find(|subject| subject.line.awaits(id));
            let Some(subject) = awaiting.filter(|subject| subject.line.shown().is_none()) else {
                return Vec::new();
            };
            subject.line.show(line.clone());
            subject.kept = Some(at);
            if org.is_bare() { Vec::new() } else { plant(model) }
        }
        Payload::Reports(page) => {
            let Some(node) = org.forest.awaiting(id) else {
                return Vec::new();
            };
            let Some((before, count)) = org.forest.take_kept(node, at, page) else {
                return Vec::new();
            };
            org.grown(before, count);
            again(Filterable::Org, &mut org.list, Haystack::People)
        }
        _ => Vec::new(),
    }
}

/// Changes whom the store had; the cursor stays with its person.
fn renew(org: &mut Org, change: impl FnOnce(&mut Forest<Arc<Person>>) -> Renewed) -> Vec<Cmd> {
    let row = org.forest.rows.get(org.cursor);
    let held = row.and_then(|row| Some(org.forest.item(row.node)?.id.clone()));
    match change(&mut org.forest) {
        Renewed::NotYet => return Vec::new(),
        Renewed::Grown => org.list.enrich(org.forest.items.clone()),
        Renewed::Moved => org.list.replace(org.forest.items.clone()),
    }
    org.follow(held);
    again(Filterable::Org, &mut org.list, Haystack::People)
}

/// Takes the answer to a line. Where the tree was made from the same line of the store, it stays as it is.
fn take_line(model: &mut Model, reply: &Reply) -> Vec<Cmd> {
    let Some(org) = &mut model.org else { return Vec::new() };
    let Some(subject) = org.about.iter_mut().find(|subject| subject.line.awaits(reply.id)) else {
        return Vec::new();
    };
    let ids = |line: &Remote<Vec<Person>>| {
        let line = line.shown()?;
        Some(line.iter().map(|person| person.id.clone()).collect::<Vec<_>>())
    };
    let before = ids(&subject.line);
    match &reply.result {
        Ok(Payload::Line(line)) => {
            subject.line = Remote::Ready(line.clone());
            subject.kept = None;
            let people: Vec<Arc<Person>> = line.iter().cloned().map(Arc::new).collect();
            org.forest.refresh(&people);
            org.list.enrich(org.forest.items.clone());
        }
        Ok(_) => {}
        Err(problem) => {
            if problem.denies() && subject.kept.take().is_some() {
                subject.line = Remote::Idle;
            }
            subject.line.fail(problem.clone());
        }
    }
    let same = before.is_some() && org.about.iter().any(|subject| ids(&subject.line) == before);
    if same || org.is_bare() {
        Vec::new()
    } else {
        plant(model)
    }
}

/// All lines are here: makes the tree of them, with the cursor on the person, and reads who stands beside and below.
fn plant(model: &mut Model) -> Vec<Cmd> {
    let Some(org) = &mut model.org else { return Vec::new() };
    let held = org.selected().map(|person| person.id.clone());
    for subject in &mut org.about {
        if let Some(person) = subject.line.shown().and_then(|line| line.first()) {
            (subject.id, subject.name) = (person.id.clone(), person.name.clone());
        }
    }
    let lines: Vec<Vec<Person>> = org.about.iter().map(Subject::top_down).collect();
    let mut lines: Vec<&[Person]> = lines.iter().map(Vec::as_slice).collect();
    if let [a, b] = lines[..] {
        let known = org.about.iter().all(|subject| subject.line.shown().is_some());
        let shared = relation::shared(a, b);
        org.relation = known.then(|| relation::said(a, b, shared));
        lines = lines
            .iter()
            .filter_map(|line| line.get(shared.saturating_sub(1)..))
            .collect();
    }
    let lines = lines.iter().map(|line| line.iter().cloned().map(Arc::new).collect());
    org.forest = Forest::of_lines(&lines.collect::<Vec<_>>());
    org.list.replace(org.forest.items.clone());
    let subject = org.about.first().map(|subject| subject.id.clone());
    let row_of = |person: Option<Id>| {
        let is_person = |row: &TreeRow| org.forest.item(row.node).map(|person| &person.id) == person.as_ref();
        org.forest.rows.iter().position(is_person)
    };
    let row = row_of(subject).unwrap_or(0);
    let here = org.forest.rows.get(row).map(|row| row.node);
    org.cursor = row_of(held).unwrap_or(row);
    match here {
        Some(here) if org.about.len() == 1 => {
            org.forest.open(row);
            let beside = org.forest.parent(here);
            let wanted = [Some(here), beside];
            wanted
                .into_iter()
                .flatten()
                .filter_map(|node| read_reports(model, node))
                .collect()
        }
        _ => Vec::new(),
    }
}
