//! Changing one's own profile, a property at a time, and the photo. What was typed stays with its property until Graph has
//! taken it, and on disk.

mod edit;
mod keeping;
mod me;

pub(super) use edit::THE_PHOTO;
pub use edit::{Own, OwnEdit, OwnStage};
pub(super) use keeping::{OnDisk, answered, follow, found, hand_over, next, refused};
use me::tell_what_waits;
pub(super) use me::{me_reply, set_aside};

use serde_json::Value;

use super::cmd::Cmd;
use super::editor::Editor;
use super::model::Model;
use super::prompt::{Prompt, Purpose};
use super::{notice, paths, photo, profile};
use crate::domain::{Id, Text};
use crate::keys::Action;
use crate::protocol::own::{OwnChange, Shape};
use crate::protocol::{Delivery, Mutation, Payload, Problem, Reply, RequestId};

const PHOTO_IS_UP: &str = "The photo is up. It takes some time until everybody sees it.";

/// Opens the line for the row under the cursor, with what was typed there before, or what is there now.
pub(super) fn edit(model: &mut Model) -> Vec<Cmd> {
    let Some((of, now)) = model.profile().and_then(profile::Profile::own_under_cursor) else {
        return Vec::new();
    };
    let mine = of_me(model);
    let kept = mine.iter().find(|edit| edit.of == of);
    let text = match kept {
        Some(OwnEdit {
            stage: OwnStage::Sending(..),
            ..
        }) => {
            notice::say(model, "It is being saved.");
            return Vec::new();
        }
        Some(OwnEdit { text, .. }) => text.clone(),
        None if of == Own::Photo => String::new(),
        None => now,
    };
    let several = matches!(of, Own::Property(property) if property.shape == Shape::Lines);
    let line = if several {
        Editor::composer(&text)
    } else {
        Editor::line(&text)
    };
    model.prompt = Some(Prompt {
        purpose: Purpose::Own(of),
        line,
    });
    paths::follow(model)
}

/// Sends what was typed, unless it changes nothing or cannot be that.
pub(super) fn accept(model: &mut Model, of: Own, line: Editor) -> Vec<Cmd> {
    let Some(me) = me(model).cloned() else {
        return Vec::new();
    };
    let text = line.text().trim().to_owned();
    if is_as_it_was(model, of, &text) || (of == Own::Photo && text.is_empty()) {
        put(model, &me, of, None);
        return Vec::new();
    }
    let (mutation, value) = match of {
        Own::Photo => (Mutation::PutPhoto { file: text.clone() }, mark_of_photo(model)),
        Own::Property(property) => match property.read(&text) {
            Ok(value) => (
                Mutation::ChangeMine(OwnChange {
                    property,
                    value: value.clone(),
                }),
                value,
            ),
            Err(why) => {
                notice::say(model, why);
                model.prompt = Some(Prompt {
                    purpose: Purpose::Own(of),
                    line,
                });
                return Vec::new();
            }
        },
    };
    let (id, cmd) = model.write(mutation);
    let edit = OwnEdit {
        person: me.clone(),
        of,
        text,
        stage: OwnStage::Sending(id, value),
    };
    put(model, &me, of, Some(edit));
    vec![cmd]
}

/// Graph's mark of the photo in hand, which every other photo has another of; nothing where there is none.
fn mark_of_photo(model: &Model) -> Value {
    let photo = model.profile().and_then(profile::Profile::photo);
    let mark = photo
        .and_then(|photo| photo.etag.as_ref())
        .filter(|mark| !mark.is_empty());
    mark.map_or(Value::Null, |mark| Value::String(mark.to_string()))
}

/// Whether a text is what Graph has there, as far as the profile in hand tells.
fn is_as_it_was(model: &Model, of: Own, text: &str) -> bool {
    let now = model.profile().and_then(profile::Profile::own_under_cursor);
    now.is_some_and(|(other, now)| other == of && now == text.trim())
}

/// Whether a text would be missed that is left unsent.
fn is_worth_keeping(model: &Model, of: Own, text: &str) -> bool {
    !text.trim().is_empty() && !is_as_it_was(model, of, text)
}

/// Esc in the line: what was typed waits with its row. A line that was emptied, or is as it was, drops what waited.
pub(super) fn put_aside(model: &mut Model, of: Own, line: &Editor) {
    let Some(person) = me(model).cloned() else { return };
    let text = line.text();
    let waited = of_me(model).into_iter().find(|edit| edit.of == of);
    if waited.as_ref().is_some_and(|edit| edit.text == text) {
        return;
    }
    if is_worth_keeping(model, of, &text) {
        let goes_on = model.key(Action::EditOwn);
        let said = format!("It is set aside, not saved: {goes_on} goes on with it, an emptied line drops it.");
        notice::say(model, &said);
        let stage = OwnStage::Aside;
        let edit = OwnEdit {
            person: person.clone(),
            of,
            text,
            stage,
        };
        put(model, &person, of, Some(edit));
    } else if waited.is_some() {
        notice::say(model, "What was set aside is dropped.");
        put(model, &person, of, None);
    }
}

/// Whether this very change is on its way.
pub(super) fn awaits(model: &Model, id: RequestId) -> bool {
    let is_awaited = |edit: &OwnEdit| matches!(edit.stage, OwnStage::Sending(sent, _) if sent == id);
    model.own.iter().any(is_awaited)
}

/// Takes what became of a change.
pub(super) fn reply(model: &mut Model, reply: &Reply) -> Option<Vec<Cmd>> {
    let is_awaited = |edit: &&OwnEdit| matches!(edit.stage, OwnStage::Sending(id, _) if id == reply.id);
    let edit = model.own.iter().find(is_awaited).cloned()?;
    let (problem, stage) = match &reply.result {
        Ok(Payload::Changed(Delivery::NotSent(problem))) => (problem.clone(), OwnStage::Refused(problem.clone())),
        // Nothing said that it was not taken, so it may have been.
        Ok(Payload::Changed(Delivery::Unknown(problem))) | Err(problem) => {
            let what = format!("It may have been saved all the same. {}", problem.what);
            let said = Problem {
                what: Text::new(&what),
                ..problem.clone()
            };
            let sent = match &edit.stage {
                OwnStage::Sending(_, value) => value.clone(),
                _ => Value::Null,
            };
            (said, OwnStage::Unknown(problem.clone(), sent))
        }
        Ok(_) => return Some(saved(model, edit)),
    };
    notice::warn(model, &problem);
    let is_open = matches!(stage, OwnStage::Unknown(..));
    let person = edit.person.clone();
    put(model, &person, edit.of, Some(OwnEdit { stage, ..edit }));
    // What is there as it was typed was taken.
    Some(if is_open {
        profile::refresh_mine(model)
    } else {
        Vec::new()
    })
}

/// One's own profile was read: what nobody knew of is settled where Graph shows it as it was typed.
pub(super) fn read_anew(model: &mut Model) {
    let Some(profile) = model.profiles.last().filter(|profile| profile.mine) else {
        return;
    };
    let is_taken = |edit: &OwnEdit| match (&edit.stage, edit.of) {
        (OwnStage::Unknown(_, before), Own::Photo) => profile.photo().is_some() && mark_of_photo(model) != *before,
        (OwnStage::Unknown(..), of) => profile.own_now(of).is_some_and(|now| now == edit.text.trim()),
        _ => false,
    };
    let taken: Vec<OwnEdit> = of_me(model).into_iter().filter(is_taken).collect();
    for edit in taken {
        put(model, &edit.person, edit.of, None);
        match edit.of {
            Own::Property(property) => notice::say(model, &format!("{}: saved.", property.label)),
            Own::Photo => notice::say(model, PHOTO_IS_UP),
        }
    }
}

/// Graph has taken it. It may go on telling the older value for a while, so the new one is shown as it was sent.
fn saved(model: &mut Model, edit: OwnEdit) -> Vec<Cmd> {
    put(model, &edit.person, edit.of, None);
    let is_me = me(model) == Some(&edit.person);
    match (edit.of, edit.stage) {
        (Own::Property(property), OwnStage::Sending(_, value)) => {
            for profile in model.profiles.iter_mut().filter(|profile| profile.mine && is_me) {
                profile.set(property, &value);
            }
            notice::say(model, &format!("{}: saved.", property.label));
            Vec::new()
        }
        _ => {
            notice::say(model, PHOTO_IS_UP);
            let mut cmds = profile::refresh_mine(model);
            cmds.extend(photo::refresh(model));
            cmds
        }
    }
}

/// Puts a change in the place of the one before, and shows it.
fn put(model: &mut Model, person: &Id, of: Own, edit: Option<OwnEdit>) {
    model.own.retain(|other| (other.of, &other.person) != (of, person));
    model.own.extend(edit);
    show(model);
}

/// Shows in one's own profile what is to be changed of it.
fn show(model: &mut Model) {
    let own = of_me(model);
    for profile in &mut model.profiles {
        profile.show_own(if profile.mine { &own } else { &[] });
    }
}

fn me(model: &Model) -> Option<&Id> {
    model.me.shown().map(|me| &me.person.id)
}

/// What who is signed in has changed of their profile.
pub(super) fn of_me(model: &Model) -> Vec<OwnEdit> {
    let mine = |edit: &&OwnEdit| Some(&edit.person) == me(model);
    model.own.iter().filter(mine).cloned().collect()
}

/// Whether something that this person has typed of their profile is not saved.
pub(super) fn waits_for(model: &Model, person: &Id) -> bool {
    model.own.iter().any(|edit| edit.person == *person)
}
