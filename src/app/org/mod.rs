//! The org tree: the line of managers above a person, and whoever reports to any of them, read as it is opened.

mod relation;
mod tree;

use std::sync::Arc;

use jiff::Timestamp;

use super::cmd::{Cmd, Filterable, Haystack};
use super::forest::{Node, Tree, TreeRow, Unfolded};
use super::model::Model;
use super::profile;
use super::remote::Remote;
use crate::domain::{Id, Person, Text};
use crate::protocol::{Lane, Payload, Query, Reply, RequestId};

pub use tree::{HEAD_INDENT, Org, Subject};

/// Opens the tree around a person.
pub(super) fn open(model: &mut Model, id: Id, name: Text) -> Vec<Cmd> {
    show(model, vec![(id, name)])
}

/// Shows how two people stand to each other.
pub(super) fn open_path(model: &mut Model, from: (Id, Text), to: (Id, Text)) -> Vec<Cmd> {
    show(model, vec![from, to])
}

fn show(model: &mut Model, about: Vec<(Id, Text)>) -> Vec<Cmd> {
    let mut cmds = close(model);
    let org = Org::of(about, model.profiles.len(), model.next_id());
    model.org = Some(Box::new(org));
    cmds.extend(read_lines(model));
    cmds
}

fn read_lines(model: &mut Model) -> Vec<Cmd> {
    let Some(mut org) = model.org.take() else {
        return Vec::new();
    };
    let mut cmds = Vec::new();
    for (lane, subject) in (0..).zip(&mut org.about) {
        let person = subject.id.clone();
        let (id, cmd) = model.read(Lane::Line(lane), Query::Line { person });
        subject.line.await_reply(id);
        cmds.push(cmd);
    }
    model.org = Some(org);
    cmds
}

/// Closes the tree; what it lies over is shown again.
pub(super) fn close(model: &mut Model) -> Vec<Cmd> {
    let Some(org) = model.org.take() else {
        return Vec::new();
    };
    let lanes = (0..).zip(&org.about).map(|(lane, _)| Lane::Line(lane));
    lanes.map(Cmd::Abandon).chain(abandon_reports(&org)).collect()
}

fn abandon_reports(org: &Org) -> impl Iterator<Item = Cmd> {
    let forest = &org.tree.forest;
    let loading = forest.loading().filter_map(|node| forest.item(node));
    loading.map(|person| Cmd::Abandon(Lane::Reports(person.id.clone())))
}

/// Esc: first the filter goes, the cursor stays with its person; then the tree.
pub(super) fn back(model: &mut Model) -> Vec<Cmd> {
    match &model.org {
        Some(org) if org.tree.list.is_filtered() => filter(model, String::new()),
        _ => close(model),
    }
}

/// Reads again whatever was read. The tree stays as it is until the answers come.
pub(super) fn refresh(model: &mut Model) -> Vec<Cmd> {
    let mut cmds = read_lines(model);
    let org = model.org.as_ref();
    let asked: Vec<Node> = org.map_or_else(Vec::new, |org| org.tree.forest.asked().collect());
    cmds.extend(asked.into_iter().filter_map(|node| read_reports(model, node)));
    cmds
}

/// Enter: shows the profile of whoever is under the cursor.
pub(super) fn show_profile(model: &mut Model) -> Vec<Cmd> {
    let selected = model.org.as_ref().and_then(|org| org.tree.selected());
    match selected.map(|person| (person.id.clone(), person.name.clone())) {
        Some((id, name)) => profile::open(model, id, name),
        None => Vec::new(),
    }
}

/// Opens the reports of whoever is under the cursor; where they are open, goes to the first of them.
pub(super) fn unfold(model: &mut Model) -> Vec<Cmd> {
    match &mut model.org {
        Some(org) if org.tree.list.is_filtered() => back(model),
        Some(org) => match org.tree.unfold() {
            Unfolded::Unread(node) => read_reports(model, node).into_iter().collect(),
            Unfolded::Again | Unfolded::Done => Vec::new(),
        },
        None => Vec::new(),
    }
}

/// Closes the reports of whoever is under the cursor; where they are closed, goes to the manager.
pub(super) fn fold(model: &mut Model) {
    if let Some(org) = &mut model.org {
        org.tree.fold();
    }
}

fn read_reports(model: &mut Model, node: Node) -> Option<Cmd> {
    let person = model.org.as_ref()?.tree.forest.item(node)?.id.clone();
    let (id, cmd) = model.read(Lane::Reports(person.clone()), Query::Reports { person });
    model.org.as_mut()?.tree.forest.await_children(node, id);
    Some(cmd)
}

/// Filters whoever is known, off the UI thread.
pub(super) fn filter(model: &mut Model, needle: String) -> Vec<Cmd> {
    let org = model.org.as_mut();
    org.map_or_else(Vec::new, |org| {
        org.tree.filter(Filterable::Org, needle, Haystack::People)
    })
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
    let page = match &reply.result {
        Ok(Payload::Reports(page)) => Ok(page),
        Ok(_) => Ok(&Arc::default()),
        Err(problem) => Err(problem),
    };
    let taken = org.tree.take(reply.id, reply.part, page);
    taken.then(|| org.tree.look_again(Filterable::Org, Haystack::People))
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
        Payload::Reports(page) if org.tree.take_kept(id, at, page) => {
            org.tree.look_again(Filterable::Org, Haystack::People)
        }
        _ => Vec::new(),
    }
}

/// Takes the answer to a line. Where the tree was made from the same line before, it stays as it is.
fn take_line(model: &mut Model, reply: &Reply) -> Vec<Cmd> {
    let Some(org) = &mut model.org else { return Vec::new() };
    let is_planted = org.tree.known() > 0;
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
            org.tree.refresh(&people);
        }
        Ok(_) => {}
        Err(problem) => {
            if problem.denies() && subject.kept.take().is_some() {
                subject.line = Remote::Idle;
            }
            subject.line.fail(problem.clone());
        }
    }
    let stays = is_planted && ids(&subject.line) == before;
    if stays || org.is_bare() {
        Vec::new()
    } else {
        plant(model)
    }
}

/// All lines are here: makes the tree of them, with the cursor on the person, and reads who stands beside and below.
fn plant(model: &mut Model) -> Vec<Cmd> {
    let Some(org) = &mut model.org else { return Vec::new() };
    let mut cmds: Vec<Cmd> = abandon_reports(org).collect();
    let held = org.tree.selected().map(|person| person.id.clone());
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
    org.tree.plant(&lines.collect::<Vec<_>>());
    let tree = &mut org.tree;
    let row_of = |tree: &Tree<Arc<Person>>, person: Option<&Id>| {
        let is_person = |row: &TreeRow| tree.forest.item(row.node).map(|person| &person.id) == person;
        tree.forest.rows.iter().position(is_person)
    };
    let row = row_of(tree, org.about.first().map(|subject| &subject.id)).unwrap_or(0);
    let here = tree.forest.rows.get(row).map(|row| row.node);
    tree.go_to(row_of(tree, held.as_ref()).unwrap_or(row));
    let mut wanted = [None; 2];
    if let ([_], Some(here)) = (&org.about[..], here) {
        tree.forest.open(row);
        wanted = [Some(here), tree.forest.parent(here)];
    }
    cmds.extend(tree.look_again(Filterable::Org, Haystack::People));
    cmds.extend(
        wanted
            .into_iter()
            .flatten()
            .filter_map(|node| read_reports(model, node)),
    );
    cmds
}
