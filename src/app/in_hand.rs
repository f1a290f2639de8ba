//! The person that an action is about, wherever one is, and what can be asked of them.

use super::actions;
use super::cmd::Cmd;
use super::finder::{self, Goal};
use super::model::Model;
use super::overlap::{self, Choosing};
use super::{nested, notice, org, profile};
use crate::domain::{Id, ObjectKind, Text};
use crate::keys::{Action, Fact, Place};
use crate::layout::Pane;

/// Shows who it is.
pub(super) fn show_profile(model: &mut Model, place: Place) -> Vec<Cmd> {
    if matches!(place, Place::Members | Place::Nested) {
        return actions::open(model, place);
    }
    let author = model.posts.selected().map(|entry| entry.post.author().clone());
    match author.filter(|author| !author.address.is_empty()) {
        Some(author) => profile::open(model, Id::new(author.address.as_str()), author.name),
        None => {
            notice::say(model, "Graph does not say who wrote this.");
            Vec::new()
        }
    }
}

/// The person that an action is about: under the cursor, the author, or whose profile is shown.
fn person_in_hand(model: &Model, place: Place) -> Option<(Id, Text)> {
    match place {
        Place::Members => {
            let object = &model.members.list.selected()?.object;
            (object.kind == ObjectKind::User).then(|| (object.id.clone(), object.shown()))
        }
        Place::Profile => {
            let profile = model.profile()?;
            let id = profile.card().map_or(&profile.person, |card| &card.person.id);
            Some((id.clone(), profile.title().clone()))
        }
        Place::Nested => nested::person(model),
        Place::Org => {
            let person = model.org.as_ref()?.tree.selected()?;
            Some((person.id.clone(), person.shown()))
        }
        _ => {
            let author = model.posts.selected()?.post.author();
            (!author.address.is_empty()).then(|| (Id::new(author.address.as_str()), author.name.clone()))
        }
    }
}

/// Opens the org tree around the person.
pub(super) fn show_org(model: &mut Model, place: Place) -> Vec<Cmd> {
    match person_in_hand(model, place) {
        Some((id, name)) => org::open(model, id, name),
        None => {
            notice::say(model, Fact::APerson.missing());
            Vec::new()
        }
    }
}

/// Asks for another person, to show how the two stand to each other.
pub(super) fn find_path(model: &mut Model, place: Place) -> Vec<Cmd> {
    match person_in_hand(model, place) {
        Some((id, name)) => finder::open(model, Goal::PathFrom(id, name)),
        None => Vec::new(),
    }
}

/// What is asked of the person in hand and the groups they belong to.
pub(super) fn ask(model: &mut Model, place: Place, action: Action) -> Vec<Cmd> {
    let Some(person) = person_in_hand(model, place) else {
        notice::say(model, Fact::APerson.missing());
        return Vec::new();
    };
    match (action, model.group.clone()) {
        (Action::Common, _) => overlap::choose_person(model, person),
        (Action::Check, _) => overlap::check(model, person),
        // Beside a profile any group may be meant; among the members it is theirs.
        (_, Some(group)) if place != Place::Profile => overlap::ways(model, person, &group),
        _ => {
            let cmds = actions::focus(model, Pane::Groups);
            overlap::choose_group(model, Choosing::Ways(person));
            cmds
        }
    }
}

/// Lets another group be chosen to compare the members with.
pub(super) fn compare(model: &mut Model, place: Place) {
    let group = match place {
        Place::Members => model.group.as_ref(),
        _ => model.groups.list.selected(),
    };
    if let Some(one) = group.map(overlap::named) {
        model.focus = Pane::Groups;
        overlap::choose_group(model, Choosing::Compare(one));
    }
}
