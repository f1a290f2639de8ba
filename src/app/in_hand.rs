//! The person that an action is about, wherever one is, and what can be asked of them.

use super::actions;
use super::cmd::Cmd;
use super::finder::{self, Goal};
use super::model::Model;
use super::overlap::{self, Choosing, Named};
use super::{nested, notice, org, profile};
use crate::domain::{Id, ObjectKind};
use crate::keys::{Fact, Place};
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
fn person_in_hand(model: &Model, place: Place) -> Option<Named> {
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
    of_person(model, place, |model, (id, name)| org::open(model, id, name))
}

/// Asks for another person, to show how the two stand to each other.
pub(super) fn find_path(model: &mut Model, place: Place) -> Vec<Cmd> {
    of_person(model, place, |model, (id, name)| {
        finder::open(model, Goal::PathFrom(id, name))
    })
}

/// Asks for another person, to show which groups the two share.
pub(super) fn common(model: &mut Model, place: Place) -> Vec<Cmd> {
    of_person(model, place, overlap::choose_person)
}

/// Shows which of the listed groups the person belongs to.
pub(super) fn check(model: &mut Model, place: Place) -> Vec<Cmd> {
    of_person(model, place, overlap::check)
}

/// Shows through which groups the person belongs to a group: among the members to theirs, beside a profile to any.
pub(super) fn ways(model: &mut Model, place: Place) -> Vec<Cmd> {
    let theirs = model.group.clone().filter(|_| place != Place::Profile);
    of_person(model, place, |model, person| match theirs {
        Some(group) => overlap::ways(model, person, &group),
        None => {
            let cmds = actions::focus(model, Pane::Groups);
            overlap::choose_group(model, Choosing::Ways(person));
            cmds
        }
    })
}

fn of_person(model: &mut Model, place: Place, then: impl FnOnce(&mut Model, Named) -> Vec<Cmd>) -> Vec<Cmd> {
    match person_in_hand(model, place) {
        Some(person) => then(model, person),
        None => {
            notice::say(model, Fact::APerson.missing());
            Vec::new()
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
