//! Changing one's own profile, a property at a time, and the photo. What was typed stays with its property until Graph has
//! taken it.

use serde_json::Value;

use super::cmd::Cmd;
use super::editor::Editor;
use super::model::Model;
use super::prompt::{Prompt, Purpose};
use super::{notice, paths, photo, profile};
use crate::protocol::own::{OwnChange, OwnProperty, Shape};
use crate::protocol::{Delivery, Job, Mutation, Payload, Problem, Reply, Request, RequestId};

/// What may be changed of one's own profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Own {
    /// A property.
    Property(&'static OwnProperty),
    /// The photo: what is typed is the path of a file.
    Photo,
}

/// A change that Graph has not taken yet.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnEdit {
    /// What is to be changed.
    pub of: Own,
    /// What was typed.
    pub text: String,
    /// What becomes of it.
    pub stage: OwnStage,
}

/// What becomes of a change.
#[derive(Debug, Clone, PartialEq)]
pub enum OwnStage {
    /// It is on its way.
    Sending(RequestId, Value),
    /// It was refused, or nobody knows: what was typed waits for another try.
    Refused(Problem),
}

/// Opens the line for the row under the cursor, with what was typed there before, or what is there now.
pub(super) fn edit(model: &mut Model) -> Vec<Cmd> {
    let Some((of, now)) = model.profile().and_then(profile::Profile::own_under_cursor) else {
        return Vec::new();
    };
    let kept = model.own.iter().find(|edit| edit.of == of);
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
    let text = line.text().trim().to_owned();
    let now = model.profile().and_then(profile::Profile::own_under_cursor);
    let same = now.is_some_and(|(other, now)| other == of && now == text);
    if same || (of == Own::Photo && text.is_empty()) {
        put(model, of, None);
        return Vec::new();
    }
    let (mutation, value) = match of {
        Own::Photo => (Mutation::PutPhoto { file: text.clone() }, Value::Null),
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
    let id = model.next_id();
    put(
        model,
        of,
        Some(OwnEdit {
            of,
            text,
            stage: OwnStage::Sending(id, value),
        }),
    );
    vec![Cmd::Send(Request {
        id,
        job: Job::Write(mutation),
    })]
}

/// Whether this very change is on its way.
pub(super) fn awaits(model: &Model, id: RequestId) -> bool {
    let is_awaited = |edit: &OwnEdit| matches!(edit.stage, OwnStage::Sending(sent, _) if sent == id);
    model.own.iter().any(is_awaited)
}

/// Takes what became of a change.
pub(super) fn reply(model: &mut Model, reply: &Reply) -> Option<Vec<Cmd>> {
    let is_awaited = |edit: &&OwnEdit| matches!(edit.stage, OwnStage::Sending(id, _) if id == reply.id);
    let OwnEdit { of, text, stage } = model.own.iter().find(is_awaited).cloned()?;
    let problem = match &reply.result {
        Ok(Payload::Changed(Delivery::NotSent(problem) | Delivery::Unknown(problem))) | Err(problem) => problem,
        Ok(_) => return Some(saved(model, of, stage)),
    };
    notice::warn(model, problem);
    put(
        model,
        of,
        Some(OwnEdit {
            of,
            text,
            stage: OwnStage::Refused(problem.clone()),
        }),
    );
    Some(Vec::new())
}

/// Graph has taken it. It may go on telling the older value for a while, so the new one is shown as it was sent.
fn saved(model: &mut Model, of: Own, stage: OwnStage) -> Vec<Cmd> {
    put(model, of, None);
    match (of, stage) {
        (Own::Property(property), OwnStage::Sending(_, value)) => {
            for profile in model.profiles.iter_mut().filter(|profile| profile.mine) {
                profile.set(property, &value);
            }
            notice::say(model, &format!("{}: saved.", property.label));
            Vec::new()
        }
        _ => {
            notice::say(model, "The photo is up. It takes some time until everybody sees it.");
            let mut cmds = profile::refresh_mine(model);
            cmds.extend(photo::refresh(model));
            cmds
        }
    }
}

/// Puts a change in the place of the one before, and shows it.
fn put(model: &mut Model, of: Own, edit: Option<OwnEdit>) {
    model.own.retain(|other| other.of != of);
    model.own.extend(edit);
    let own = &model.own;
    for profile in model.profiles.iter_mut().filter(|profile| profile.mine) {
        profile.show_own(own);
    }
}
