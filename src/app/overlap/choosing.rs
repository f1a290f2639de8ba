//! What is compared with what: chosen in the finder, or among the groups.

use std::sync::Arc;

use super::super::cmd::Cmd;
use super::super::finder::{self, Goal};
use super::super::model::Model;
use super::super::notice;
use super::{About, Choosing, Named, open};
use crate::domain::Group;
use crate::keys::Action;

/// Of the listed groups so many are asked about, at most: twenty to a request.
const MOST_ASKED: usize = 200;

/// Asks for the other person of two whose groups are to be shown.
pub(in crate::app) fn choose_person(model: &mut Model, one: Named) -> Vec<Cmd> {
    finder::open(model, Goal::CommonWith(one.0, one.1))
}

/// The groups that two people share.
pub(in crate::app) fn common(model: &mut Model, one: Named, other: Named) -> Vec<Cmd> {
    open(model, About::Common(one, other))
}

/// Through which groups a person belongs to a group.
pub(in crate::app) fn ways(model: &mut Model, person: Named, group: &Group) -> Vec<Cmd> {
    open(model, About::Ways(person, named(group)))
}

/// Which of the groups in the groups pane hold a person.
pub(in crate::app) fn check(model: &mut Model, person: Named) -> Vec<Cmd> {
    let list = &model.groups.list;
    let listed: Arc<[Group]> = (0..list.len().min(MOST_ASKED))
        .filter_map(|place| list.get(place).cloned())
        .collect();
    if listed.is_empty() {
        notice::say(model, "No group is listed that could be asked about.");
        return Vec::new();
    }
    if model.groups.list.len() > listed.len() {
        let said =
            format!("Only the first {MOST_ASKED} of the listed groups are asked about; a filter (/) chooses others.");
        notice::say(model, &said);
    }
    open(model, About::Check(person, listed))
}

/// Lets a group be chosen in the groups pane.
pub(in crate::app) fn choose_group(model: &mut Model, choosing: Choosing) {
    let opens = model.key(Action::Open);
    let said = match &choosing {
        Choosing::Compare((_, name)) => {
            format!("Go to the group that “{name}” is to be compared with, and press {opens}.")
        }
        Choosing::Ways((_, name)) => format!("Go to the group that {name} belongs to, and press {opens}."),
    };
    model.choosing = Some(choosing);
    notice::say(model, &said);
}

/// Takes the group under the cursor, if one is to be chosen.
pub(in crate::app) fn chosen(model: &mut Model) -> Option<Vec<Cmd>> {
    model.choosing.as_ref()?;
    let group = model.groups.list.selected().cloned()?;
    let about = match model.choosing.take()? {
        Choosing::Compare(one) if one.0 == group.id => {
            model.choosing = Some(Choosing::Compare(one));
            notice::say(model, "This is the same group: go to another one.");
            return Some(Vec::new());
        }
        Choosing::Compare(one) => About::Difference(one, named(&group)),
        Choosing::Ways(person) => About::Ways(person, named(&group)),
    };
    // What it said to do is done.
    model.notice = None;
    Some(open(model, about))
}

/// A group with its name.
pub(in crate::app) fn named(group: &Group) -> Named {
    (group.id.clone(), group.shown())
}
