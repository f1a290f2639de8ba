//! What people and groups have in common, over the panes: the groups that two people share, how the members of two groups
//! differ, through which groups a person belongs to one, and which of the listed groups hold a person.

mod choosing;

pub(super) use choosing::{check, choose_group, choose_person, chosen, common, named, ways};

use std::sync::Arc;

use super::cmd::Cmd;
use super::model::Model;
use super::movement::Step;
use super::overlay::Overlay;
use super::remote::Remote;
use super::{groups, notice, profile};
use crate::domain::{DirectoryObject, Group, Id, ObjectKind, Text};
use crate::protocol::{Lane, Overlapping, Part, Payload, Problem, Query, Reply, RequestId};

/// A person or a group, and what it is called.
pub type Named = (Id, Text);

/// What is asked.
#[derive(Debug, Clone, PartialEq)]
pub enum About {
    /// Which groups two people share.
    Common(Named, Named),
    /// How the members of two groups differ.
    Difference(Named, Named),
    /// Through which groups a person belongs to a group.
    Ways(Named, Named),
    /// Which of these groups hold a person.
    Check(Named, Arc<[Group]>),
}

/// A group that is to be chosen in the groups pane, and what for.
#[derive(Debug, Clone, PartialEq)]
pub enum Choosing {
    /// To be compared with this one.
    Compare(Named),
    /// To be told through which groups this person belongs to it.
    Ways(Named),
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
enum Found {
    /// A list for each part.
    Lists(Vec<Arc<[DirectoryObject]>>),
    /// Ways from a group downward, one below the other; each row with its steps below the group.
    Ways(Vec<(u16, DirectoryObject)>),
}

/// The answer while it is on the screen.
#[derive(Debug, Clone, PartialEq)]
pub struct Overlap {
    /// What is asked.
    pub about: About,
    /// Whether groups in groups count, where that makes a difference.
    pub through: bool,
    /// The part that is shown.
    pub part: usize,
    /// The row under the cursor.
    pub cursor: usize,
    found: Remote<Found>,
}

impl Overlap {
    /// What the parts are called, with how many rows each has.
    pub fn parts(&self) -> Vec<(String, Option<usize>)> {
        let names = match &self.about {
            About::Common(..) => vec!["groups of both".to_owned()],
            About::Difference((_, one), (_, other)) => {
                vec![
                    format!("only in {one}"),
                    format!("only in {other}"),
                    "in both".to_owned(),
                ]
            }
            About::Ways(..) => vec!["ways".to_owned()],
            About::Check(..) => vec!["in these groups".to_owned(), "not in these".to_owned()],
        };
        let count = |part: usize| match self.found.shown()? {
            Found::Lists(lists) => lists.get(part).map(|list| list.len()),
            Found::Ways(rows) => Some(rows.iter().filter(|(depth, _)| *depth == 0).count()),
        };
        names
            .into_iter()
            .enumerate()
            .map(|(at, name)| (name, count(at)))
            .collect()
    }

    /// How many rows the shown part has.
    pub fn len(&self) -> usize {
        match self.found.shown() {
            Some(Found::Lists(lists)) => lists.get(self.part).map_or(0, |list| list.len()),
            Some(Found::Ways(rows)) => rows.len(),
            None => 0,
        }
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A row: the steps below the group that a way leads to, and what stands there.
    pub fn row(&self, place: usize) -> Option<(u16, &DirectoryObject)> {
        match self.found.shown()? {
            Found::Lists(lists) => Some((0, lists.get(self.part)?.get(place)?)),
            Found::Ways(rows) => rows.get(place).map(|(depth, object)| (*depth, object)),
        }
    }

    /// Whether the answer is on its way.
    pub fn is_loading(&self) -> bool {
        self.found.is_loading()
    }

    /// Why there is none.
    pub fn problem(&self) -> Option<&Problem> {
        self.found.problem()
    }

    /// Whether groups in groups can count or not.
    pub fn has_levels(&self) -> bool {
        matches!(self.about, About::Common(..) | About::Difference(..))
    }

    fn query(&self) -> Query {
        let through = self.through;
        Query::Overlap(match self.about.clone() {
            About::Common((one, _), (other, _)) => Overlapping::Common { one, other, through },
            About::Difference((one, _), (other, _)) => Overlapping::Difference { one, other, through },
            About::Ways((person, _), (group, _)) => Overlapping::Ways { person, group },
            About::Check((person, _), groups) => Overlapping::Check { person, groups },
        })
    }

    /// Moves the cursor.
    pub(super) fn step(&mut self, step: Step, height: usize) {
        self.cursor = step.from(self.cursor, self.len(), height);
    }
}

/// Asks, and shows the answer as it comes.
fn open(model: &mut Model, about: About) -> Vec<Cmd> {
    let overlap = Overlap {
        about,
        through: true,
        part: 0,
        cursor: 0,
        found: Remote::Idle,
    };
    model.overlay = Some(Overlay::Overlap(Box::new(overlap)));
    ask(model)
}

fn ask(model: &mut Model) -> Vec<Cmd> {
    let Some(query) = shown(model).map(|overlap| overlap.query()) else {
        return Vec::new();
    };
    let (id, cmd) = model.read(Lane::Overlap, query);
    if let Some(overlap) = shown(model) {
        overlap.found.await_reply(id);
    }
    vec![cmd]
}

fn shown(model: &mut Model) -> Option<&mut Overlap> {
    match &mut model.overlay {
        Some(Overlay::Overlap(overlap)) => Some(overlap),
        _ => None,
    }
}

/// Shows the next part.
pub(super) fn next_part(model: &mut Model) {
    if let Some(overlap) = shown(model) {
        overlap.part = (overlap.part + 1) % overlap.parts().len().max(1);
        overlap.cursor = 0;
    }
}

/// Counts groups in groups, or leaves them out.
pub(super) fn change_levels(model: &mut Model) -> Vec<Cmd> {
    match shown(model) {
        Some(overlap) if overlap.has_levels() => {
            overlap.through = !overlap.through;
            overlap.cursor = 0;
            ask(model)
        }
        _ => Vec::new(),
    }
}

/// Asks again.
pub(super) fn refresh(model: &mut Model) -> Vec<Cmd> {
    ask(model)
}

/// Esc: the panes are as they were.
pub(super) fn close(model: &mut Model) -> Vec<Cmd> {
    model.overlay = None;
    vec![Cmd::Abandon(Lane::Overlap)]
}

/// Enter: shows the person under the cursor, or goes to the group.
pub(super) fn enter(model: &mut Model) -> Vec<Cmd> {
    let Some(object) = selected(model).cloned() else {
        return Vec::new();
    };
    match object.kind {
        ObjectKind::User => {
            let mut cmds = close(model);
            cmds.extend(profile::open(model, object.id, object.name.unwrap_or_default()));
            cmds
        }
        ObjectKind::Group => {
            let mut cmds = close(model);
            cmds.extend(profile::close_all(model));
            cmds.extend(groups::open_by_key(model, object.id.as_str().to_owned()));
            cmds
        }
        _ => {
            notice::say(model, "Only people and groups can be opened.");
            Vec::new()
        }
    }
}

/// Who or what is under the cursor.
pub(super) fn selected(model: &Model) -> Option<&DirectoryObject> {
    match &model.overlay {
        Some(Overlay::Overlap(overlap)) => overlap.row(overlap.cursor).map(|(_, object)| object),
        _ => None,
    }
}

/// Whether somebody waits for this very request.
pub(super) fn awaits(model: &Model, id: RequestId) -> bool {
    matches!(&model.overlay, Some(Overlay::Overlap(overlap)) if overlap.found.awaits(id))
}

/// Takes the answer, if it is awaited.
pub(super) fn reply(model: &mut Model, reply: &Reply) -> Option<Vec<Cmd>> {
    let overlap = shown(model).filter(|overlap| overlap.found.awaits(reply.id))?;
    match &reply.result {
        Ok(Payload::Overlap(lists)) => overlap.found.take_part(Part::Last, Found::Lists(lists.clone())),
        Ok(Payload::Ways(ways)) => {
            let rows = rows(&overlap.about, ways);
            overlap.found.take_part(Part::Last, Found::Ways(rows));
        }
        Ok(_) => {}
        Err(problem) => overlap.found.fail(problem.clone()),
    }
    overlap.cursor = overlap.cursor.min(overlap.len().saturating_sub(1));
    Some(Vec::new())
}

/// Each way from the group down to the person.
fn rows(about: &About, ways: &[Vec<Group>]) -> Vec<(u16, DirectoryObject)> {
    let About::Ways(person, group) = about else {
        return Vec::new();
    };
    let object = |(id, name): &Named, kind| DirectoryObject {
        name: Some(name.clone()),
        ..DirectoryObject::of_kind(id.clone(), kind)
    };
    let mut rows = Vec::new();
    for way in ways {
        let top = std::iter::once(object(group, ObjectKind::Group));
        let between = way.iter().rev().cloned().map(DirectoryObject::from);
        let person = std::iter::once(object(person, ObjectKind::User));
        rows.extend((0..).zip(top.chain(between).chain(person)));
    }
    rows
}
