//! Keys that come before the answer to a filter. Whoever types `/budget`, Enter, Enter in one go means the list that this
//! brings up, not the one still on the screen; so the keys wait for it.

use super::cmd::Cmd;
use super::model::Model;
use super::update;
use crate::keys::{Action, Chord, Place};

/// Puts a key aside, if it is to wait. What leaves the list behind works at once, and forgets the keys that wait.
pub(super) fn put_aside(model: &mut Model, place: Place, chord: Chord, action: Option<Action>) -> bool {
    match action {
        Some(Action::Back | Action::NextScope | Action::Quit | Action::Leave) => {
            model.typed_ahead.clear();
            return false;
        }
        Some(Action::Suspend | Action::Redraw) => return false,
        _ => {}
    }
    let waits = is_awaited(model, place) && !(place == Place::Finder && still_types(model, action));
    if waits {
        model.typed_ahead.push(chord);
    }
    waits
}

/// Whether a key only goes on with the finder's line. What comes behind a key that waits, waits too.
fn still_types(model: &Model, action: Option<Action>) -> bool {
    let chooses = matches!(
        action,
        Some(Action::Accept | Action::NextMatch | Action::PreviousMatch | Action::CopyAddress)
    );
    !chooses && model.typed_ahead.is_empty()
}

/// Takes the keys that no longer have to wait.
pub(super) fn take(model: &mut Model) -> Vec<Cmd> {
    if model.typed_ahead.is_empty() || is_awaited(model, model.place()) {
        return Vec::new();
    }
    let keys = std::mem::take(&mut model.typed_ahead);
    keys.into_iter().flat_map(|chord| update::key(model, chord)).collect()
}

fn is_awaited(model: &Model, place: Place) -> bool {
    match place {
        Place::Groups => model.groups.list.awaits_best(),
        Place::Members => model.members.list.awaits_best(),
        Place::Threads => model.threads.list.awaits_best(),
        Place::Finder => model.finder.as_ref().is_some_and(|finder| finder.list.awaits_best()),
        _ => false,
    }
}
