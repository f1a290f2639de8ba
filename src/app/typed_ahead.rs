//! Keys that come before the answer to a filter. Whoever types `/budget`, Enter, Enter in one go means the list that this
//! brings up, not the one still on the screen; so what is typed waits for it, in order, and then does what it would have
//! done had it been typed slowly. It never waits long.

use std::time::{Duration, Instant};

use super::cmd::{Cmd, Filterable};
use super::filtering::list_in;
use super::model::Model;
use super::prompt::Purpose;
use super::{keyboard, notice};
use crate::keys::{Action, Chord, Place};
use crate::layout::Pane;

/// How long what is typed waits. A filter answers within a small part of this, unless something is wrong.
const LONGEST: Duration = Duration::from_secs(2);

/// What was typed and waits.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct TypedAhead {
    inputs: Vec<Input>,
    /// Where the keyboard was.
    place: Place,
    /// When it has waited long enough.
    pub(super) until: Instant,
}

/// What comes from the keyboard.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Input {
    Key(Chord),
    Paste(String),
}

/// Puts an input aside, if it is to wait: for the answer, or behind what waits already. What is for the program as a whole
/// never does.
pub(super) fn put_aside(model: &mut Model, input: &Input) -> bool {
    let place = model.place();
    let action = match input {
        Input::Key(chord) => model.settings.keymap.action(place, *chord),
        Input::Paste(_) => None,
    };
    if matches!(action, Some(Action::Leave | Action::Suspend | Action::Redraw)) {
        return false;
    }
    if let Some(waiting) = &mut model.typed_ahead {
        waiting.inputs.push(input.clone());
        return true;
    }
    let waits = awaited(model, place, action).is_some();
    if waits {
        model.typed_ahead = Some(TypedAhead {
            inputs: vec![input.clone()],
            place,
            until: model.now.instant + LONGEST,
        });
    }
    waits
}

/// Takes what no longer has to wait.
pub(super) fn take(model: &mut Model) -> Vec<Cmd> {
    let place = model.place();
    let Some(waiting) = &model.typed_ahead else {
        return Vec::new();
    };
    if waiting.place != place {
        // Something else has come to the screen by itself: it was not meant for that.
        forget(model);
        return Vec::new();
    }
    if list_of(model, place).is_some_and(|list| model.awaits_best(list)) {
        return Vec::new();
    }
    let inputs = model
        .typed_ahead
        .take()
        .map(|waiting| waiting.inputs)
        .unwrap_or_default();
    inputs
        .into_iter()
        .flat_map(|input| keyboard::input(model, input))
        .collect()
}

/// The answer has not come: the list is used as it is. What was typed for another is not let loose on it.
pub(super) fn give_up(model: &mut Model) {
    if let Some(list) = list_of(model, model.place()) {
        model.stop_awaiting_best(list);
    }
    forget(model);
}

fn forget(model: &mut Model) {
    model.typed_ahead = None;
    notice::say(
        model,
        "What you typed ahead was let go: the list that it was meant for has not come.",
    );
}

/// The list whose filter an action in a place has to wait for. Where a line is typed, that is what chooses; the rest only
/// goes on with the line, or leaves it.
fn awaited(model: &Model, place: Place, action: Option<Action>) -> Option<Filterable> {
    use Action::{Accept, CopyAddress, NextMatch, PreviousMatch};
    let waits = match place {
        // Enter goes to a hit.
        Place::Prompt if is_search(model) => matches!(action, Some(Accept | NextMatch | PreviousMatch)),
        Place::Prompt => matches!(action, Some(NextMatch | PreviousMatch)),
        Place::Finder => matches!(action, Some(Accept | NextMatch | PreviousMatch | CopyAddress)),
        _ => true,
    };
    list_of(model, place).filter(|list| waits && model.awaits_best(*list))
}

/// The list that the keyboard is at.
fn list_of(model: &Model, place: Place) -> Option<Filterable> {
    if place != Place::Prompt {
        return list_in(place);
    }
    match model.prompt.as_ref()?.purpose {
        Purpose::Filter(list) => Some(list),
        Purpose::Search => Some(Filterable::Pane(Pane::Posts)),
        _ => None,
    }
}

fn is_search(model: &Model) -> bool {
    let prompt = model.prompt.as_ref();
    prompt.is_some_and(|prompt| prompt.purpose == Purpose::Search)
}
