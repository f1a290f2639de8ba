//! Groups in a group, as a tree: its members, and below each group among them that group's own, read as they are opened.

use std::sync::Arc;

use super::cmd::Cmd;
use super::forest::{Below, Forest, Node, TreeRow};
use super::members::Levels;
use super::model::Model;
use super::movement::Step;
use super::remote::Remote;
use super::{notice, profile};
use crate::domain::{DirectoryObject, Id, Member, ObjectKind, Pages, Role, Text};
use crate::protocol::{Lane, Part, Payload, Query, Reply, RequestId};

/// The tree while it is open.
#[derive(Debug, Clone, PartialEq)]
pub struct Nested {
    forest: Forest<Member>,
    /// The row under the cursor.
    pub cursor: usize,
    /// The first visible row.
    pub top: usize,
}

/// One visible row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NestedRow<'a> {
    /// Who or what stands in it.
    pub member: &'a Member,
    /// Steps below the group that the tree is about.
    pub depth: u16,
    /// What is known of the members of a group; of all else it is that there are none.
    pub below: Below<'a>,
    /// How many of them are known.
    pub count: usize,
    /// Whether more are being read.
    pub loading: bool,
    /// Whether all of them are known.
    pub counted: bool,
}

impl Nested {
    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.forest.rows.len()
    }

    /// Never: the group itself has a row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A row.
    pub fn row(&self, place: usize) -> Option<NestedRow<'_>> {
        let TreeRow { node, depth } = *self.forest.rows.get(place)?;
        let member = self.forest.item(node)?;
        let all = self.forest.all(node);
        let is_group = member.object.kind == ObjectKind::Group;
        Some(NestedRow {
            member,
            depth,
            below: if is_group {
                self.forest.below(node)
            } else {
                Below::Nothing
            },
            count: self.forest.children(node).len(),
            loading: all.is_loading(),
            counted: all.ready().is_some(),
        })
    }

    /// Who or what is under the cursor.
    pub fn selected(&self) -> Option<&DirectoryObject> {
        self.row(self.cursor).map(|row| &row.member.object)
    }

    /// How many are known, the group itself left out.
    pub fn known(&self) -> usize {
        self.forest.items.len().saturating_sub(1)
    }

    /// Puts the cursor on a row and brings it into view.
    pub(super) fn move_to(&mut self, row: usize, height: usize) {
        let (count, height) = (self.len(), height.max(1));
        self.cursor = row.min(count.saturating_sub(1));
        let first = (self.cursor + 1).saturating_sub(height);
        self.top = self.top.clamp(first, self.cursor).min(count.saturating_sub(height));
    }

    /// Moves the cursor.
    pub(super) fn step(&mut self, step: Step, height: usize) {
        self.move_to(step.from(self.cursor, self.len(), height), height);
    }

    /// Rows were put in: cursor and view stay with theirs.
    fn grown(&mut self, at: usize, count: usize) {
        for place in [&mut self.cursor, &mut self.top] {
            if *place >= at && at > 0 {
                *place += count;
            }
        }
    }
}

/// Opens the tree of the group that is shown. Its members are there where the pane has all of them.
pub(super) fn open(model: &mut Model) -> Vec<Cmd> {
    let Some(group) = model.group.clone() else {
        return Vec::new();
    };
    let top = Member {
        object: group.into(),
        role: Role::Member,
    };
    let mut cmds = close(model);
    let mut forest = Forest::of_lines(&[vec![top]]);
    forest.open(0);
    let ready = model.members.list.items.ready();
    let known = ready.filter(|_| model.members.levels == Levels::Direct);
    let is_known = known.is_some();
    let nobody: Arc<[Member]> = [].into();
    let pages = known.into_iter().flat_map(Pages::pages);
    for page in pages.chain(is_known.then_some(&nobody)) {
        forest.take_page(0, Part::Last, page);
    }
    let (cursor, top) = (0, 0);
    model.nested = Some(Box::new(Nested { forest, cursor, top }));
    if !is_known {
        cmds.extend(read_members(model, 0));
    }
    cmds
}

/// Closes the tree.
pub(super) fn close(model: &mut Model) -> Vec<Cmd> {
    let Some(nested) = model.nested.take() else {
        return Vec::new();
    };
    let loading = nested.forest.loading();
    loading.map(|id| Cmd::Abandon(Lane::Nested(id.clone()))).collect()
}

/// Reads everything again.
pub(super) fn refresh(model: &mut Model) -> Vec<Cmd> {
    let Some(mut nested) = model.nested.take() else {
        return Vec::new();
    };
    let cmds = nested.forest.loading().map(|id| Cmd::Abandon(Lane::Nested(id.clone())));
    let mut cmds: Vec<Cmd> = cmds.collect();
    if let Some(top) = nested.forest.item(0).cloned() {
        nested.forest = Forest::of_lines(&[vec![top]]);
        nested.forest.open(0);
        nested.move_to(0, 1);
    }
    model.nested = Some(nested);
    cmds.extend(read_members(model, 0));
    cmds
}

/// Enter: shows who it is; a group opens, or closes again.
pub(super) fn enter(model: &mut Model) -> Vec<Cmd> {
    let Some(row) = model.nested.as_ref().and_then(|nested| nested.row(nested.cursor)) else {
        return Vec::new();
    };
    let object = &row.member.object;
    match (&object.kind, row.below) {
        (ObjectKind::Group, Below::Open) => {
            fold(model);
            Vec::new()
        }
        (ObjectKind::Group, _) => unfold(model),
        (ObjectKind::User, _) => {
            let (id, name) = (object.id.clone(), object.name.clone().unwrap_or_default());
            profile::open(model, id, name)
        }
        _ => {
            notice::say(model, "Only people and groups can be opened.");
            Vec::new()
        }
    }
}

/// Opens the group under the cursor; where it is open, goes to the first of its members.
pub(super) fn unfold(model: &mut Model) -> Vec<Cmd> {
    let Some(nested) = &mut model.nested else {
        return Vec::new();
    };
    let row = nested.cursor;
    let Some(TreeRow { node, depth }) = nested.forest.rows.get(row).copied() else {
        return Vec::new();
    };
    if nested.selected().is_none_or(|object| object.kind != ObjectKind::Group) {
        return Vec::new();
    }
    if nested.forest.is_again(node) {
        notice::say(
            model,
            "This group stands above already: it holds itself through others.",
        );
        return Vec::new();
    }
    let was_open = nested.forest.is_open(node);
    if nested.forest.open(row) == 0
        && was_open
        && nested.forest.rows.get(row + 1).is_some_and(|next| next.depth > depth)
    {
        nested.cursor = row + 1;
    }
    match nested.forest.all(node) {
        Remote::Idle | Remote::Failed { .. } => read_members(model, node).into_iter().collect(),
        Remote::Loading { .. } | Remote::Ready(()) => Vec::new(),
    }
}

/// Closes the group under the cursor; where nothing is open, goes to the group above.
pub(super) fn fold(model: &mut Model) {
    let Some(nested) = &mut model.nested else { return };
    let Some(TreeRow { node, .. }) = nested.forest.rows.get(nested.cursor).copied() else {
        return;
    };
    let had_rows = !nested.forest.close(nested.cursor).is_empty();
    let above = nested.forest.parent(node);
    if !had_rows && let Some(row) = above.and_then(|above| nested.forest.row_of(above)) {
        nested.cursor = row;
    }
}

fn read_members(model: &mut Model, node: Node) -> Option<Cmd> {
    let group = model.nested.as_ref()?.forest.item(node)?.object.id.clone();
    let (id, cmd) = model.read(Lane::Nested(group.clone()), Query::Members { group });
    model.nested.as_mut()?.forest.await_children(node, id);
    Some(cmd)
}

/// Whether somebody waits for this very request.
pub(super) fn awaits(model: &Model, id: RequestId) -> bool {
    model
        .nested
        .as_ref()
        .is_some_and(|nested| nested.forest.awaiting(id).is_some())
}

/// Takes a page of members, if it was awaited.
pub(super) fn reply(model: &mut Model, reply: &Reply) -> Option<Vec<Cmd>> {
    let nested = model.nested.as_mut()?;
    let node = nested.forest.awaiting(reply.id)?;
    match &reply.result {
        Ok(Payload::Members { page, .. }) => {
            let (at, count) = nested.forest.take_page(node, reply.part, page);
            nested.grown(at, count);
        }
        Ok(_) => {
            nested.forest.take_page(node, Part::Last, &[].into());
        }
        Err(problem) => nested.forest.fail(node, problem.clone()),
    }
    Some(Vec::new())
}

/// Who is under the cursor, where that is a person.
pub(super) fn person(model: &Model) -> Option<(Id, Text)> {
    let object = model.nested.as_ref()?.selected()?;
    (object.kind == ObjectKind::User).then(|| (object.id.clone(), object.name.clone().unwrap_or_default()))
}
