//! Groups in a group, as a tree: its members, and below each group among them that group's own, read as they are opened. It
//! is sorted as the members are, and tells the same of each.

use std::sync::Arc;

use jiff::Timestamp;

use super::cmd::{Cmd, Filterable, Haystack};
use super::forest::{Below, Hits, Node, Seen, Tree, Unfolded};
use super::members::Levels;
use super::model::Model;
use super::{notice, profile};
use crate::domain::{DirectoryObject, Id, Member, ObjectKind, Pages, Role, Text};
use crate::protocol::{Lane, Part, Payload, Query, Reply, RequestId};

/// The tree while it is open.
#[derive(Debug, Clone, PartialEq)]
pub struct Nested {
    /// Who and what belongs to whom.
    pub tree: Tree<Member>,
}

impl Nested {
    /// The tree of a group, which stands at the top.
    fn of(top: Member, id: RequestId) -> Self {
        let mut tree = Tree::new(Hits::InPlace, id);
        tree.plant(&[vec![top]]);
        tree.forest.open(0);
        Nested { tree }
    }

    /// A row. Nothing stands below what is not a group.
    pub fn row(&self, place: usize) -> Option<Seen<'_, Member>> {
        let seen = self.tree.row(place)?;
        Some(match seen.item.object.kind {
            ObjectKind::Group => seen,
            _ => Seen {
                below: Below::Nothing,
                ..seen
            },
        })
    }

    /// Who or what is under the cursor.
    pub fn selected(&self) -> Option<&DirectoryObject> {
        self.tree.selected().map(|member| &member.object)
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
    let mut nested = Nested::of(top, model.next_id());
    let ready = model.members.list.items.ready();
    let known = ready.filter(|_| model.members.levels == Levels::Direct);
    let is_known = known.is_some();
    let nobody: Arc<[Member]> = [].into();
    let pages = known.into_iter().flat_map(Pages::pages);
    for page in pages.chain(is_known.then_some(&nobody)) {
        nested.tree.add(0, Part::Last, page);
    }
    model.nested = Some(Box::new(nested));
    if !is_known {
        cmds.extend(read_members(model, 0));
    }
    cmds.extend(sort(model));
    cmds
}

/// Closes the tree, and ends all reading for it.
pub(super) fn close(model: &mut Model) -> Vec<Cmd> {
    let Some(nested) = model.nested.take() else {
        return Vec::new();
    };
    let loading = nested.tree.forest.loading();
    loading.map(|node| Cmd::Abandon(lane(&nested, node))).collect()
}

/// Where a group is read: each place in the tree that it stands in is read by itself.
fn lane(nested: &Nested, node: Node) -> Lane {
    let forest = &nested.tree.forest;
    let line = forest.line(node).filter_map(|node| forest.item(node));
    Lane::Nested(line.map(|member| member.object.id.clone()).collect())
}

/// Esc: first the filter goes, the cursor stays on its item; then the tree.
pub(super) fn back(model: &mut Model) -> Vec<Cmd> {
    match &model.nested {
        Some(nested) if nested.tree.list.is_filtered() => filter(model, String::new()),
        _ => close(model),
    }
}

/// Reads again whatever was read. The tree stays as it is until the answers come.
pub(super) fn refresh(model: &mut Model) -> Vec<Cmd> {
    let nested = model.nested.as_ref();
    let asked: Vec<Node> = nested.map_or_else(Vec::new, |nested| nested.tree.forest.asked().collect());
    asked.into_iter().filter_map(|node| read_members(model, node)).collect()
}

/// Enter: shows who it is; a group opens, or closes again.
pub(super) fn enter(model: &mut Model) -> Vec<Cmd> {
    let Some(nested) = &model.nested else {
        return Vec::new();
    };
    let filtered = nested.tree.list.is_filtered();
    let Some(row) = nested.row(nested.tree.view().cursor) else {
        return Vec::new();
    };
    match (&row.item.object.kind, row.below) {
        (ObjectKind::Group, Below::Open) if !filtered => {
            fold(model);
            Vec::new()
        }
        (ObjectKind::Group, _) => unfold(model),
        (ObjectKind::User, _) => {
            let person = person(model);
            person.map_or_else(Vec::new, |(id, name)| profile::open(model, id, name))
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
    if nested.tree.list.is_filtered() {
        return back(model);
    }
    if nested.selected().is_none_or(|object| object.kind != ObjectKind::Group) {
        return Vec::new();
    }
    match nested.tree.unfold() {
        Unfolded::Unread(node) => read_members(model, node).into_iter().collect(),
        Unfolded::Done => Vec::new(),
        Unfolded::Again => {
            notice::say(
                model,
                "This group stands above already: it holds itself through others.",
            );
            Vec::new()
        }
    }
}

/// Closes the group under the cursor; where nothing is open, goes to the group above.
pub(super) fn fold(model: &mut Model) {
    if let Some(nested) = &mut model.nested {
        nested.tree.fold();
    }
}

fn read_members(model: &mut Model, node: Node) -> Option<Cmd> {
    let nested = model.nested.as_ref()?;
    let group = nested.tree.forest.item(node)?.object.id.clone();
    let lane = lane(nested, node);
    let (id, cmd) = model.read(lane, Query::Members { group });
    model.nested.as_mut()?.tree.forest.await_children(node, id);
    Some(cmd)
}

/// Filters all that is known, off the UI thread.
pub(super) fn filter(model: &mut Model, needle: String) -> Vec<Cmd> {
    let order = model.members.order;
    let Some(nested) = &mut model.nested else {
        return Vec::new();
    };
    let haystack = |pages| Haystack::Members(pages, order);
    nested.tree.filter(Filterable::Nested, needle, haystack)
}

/// Sorts the tree as the members are sorted now.
pub(super) fn sort(model: &mut Model) -> Vec<Cmd> {
    let ordered = model.members.order.is_some();
    let Some(nested) = &mut model.nested else {
        return Vec::new();
    };
    if !ordered {
        nested.tree.arrange(None);
    }
    if nested.tree.list.order_by(ordered) {
        look_again(model)
    } else {
        Vec::new()
    }
}

fn look_again(model: &mut Model) -> Vec<Cmd> {
    let order = model.members.order;
    let Some(nested) = &mut model.nested else {
        return Vec::new();
    };
    let haystack = |pages| Haystack::Members(pages, order);
    nested.tree.look_again(Filterable::Nested, haystack)
}

/// Whether somebody waits for this very request.
pub(super) fn awaits(model: &Model, id: RequestId) -> bool {
    let nested = model.nested.as_ref();
    nested.is_some_and(|nested| nested.tree.forest.awaiting(id).is_some())
}

/// Takes a page of members, if it was awaited.
pub(super) fn reply(model: &mut Model, reply: &Reply) -> Option<Vec<Cmd>> {
    let nested = model.nested.as_mut()?;
    let page = match &reply.result {
        Ok(Payload::Members { page, .. }) => Ok(page),
        Ok(_) => Ok(&Arc::default()),
        Err(problem) => Err(problem),
    };
    let taken = nested.tree.take(reply.id, reply.part, page);
    taken.then(|| look_again(model))
}

/// Shows what the store has of a group, read at that time, where it is awaited and nothing newer is shown.
pub(super) fn take_kept(model: &mut Model, id: RequestId, at: Timestamp, page: &Arc<[Member]>) -> Vec<Cmd> {
    let nested = model.nested.as_mut();
    if nested.is_some_and(|nested| nested.tree.take_kept(id, at, page)) {
        look_again(model)
    } else {
        Vec::new()
    }
}

/// Who is under the cursor, where that is a person.
pub(super) fn person(model: &Model) -> Option<(Id, Text)> {
    let object = model.nested.as_ref()?.selected()?;
    (object.kind == ObjectKind::User).then(|| (object.id.clone(), object.shown()))
}
