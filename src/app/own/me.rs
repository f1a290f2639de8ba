//! Who is signed in, which says whose profile is one's own.

use super::super::cmd::Cmd;
use super::super::model::Model;
use super::super::prompt::{Prompt, Purpose};
use super::super::{groups, handover, notice, profile, whose};
use super::{OwnEdit, OwnStage, me, put, show, waits_for};
use crate::keys::Action;
use crate::protocol::{Me, Part, Payload, Problem, ProblemKind, Reply};

/// Somebody else has signed in: what is being typed of a profile waits for whose it is.
pub(in crate::app) fn set_aside(model: &mut Model) {
    if let Some(Prompt {
        purpose: Purpose::Own(of),
        line,
    }) = model.prompt.take_if(|prompt| matches!(prompt.purpose, Purpose::Own(_)))
        && let Some(person) = me(model).cloned()
    {
        let why = Problem::new(
            ProblemKind::SignIn,
            "Somebody else has signed in.",
            "Save it again once it is you.",
        );
        let edit = OwnEdit {
            person: person.clone(),
            of,
            text: line.text(),
            stage: OwnStage::Refused(why),
        };
        put(model, &person, of, Some(edit));
    }
}

/// Takes who is signed in.
pub(in crate::app) fn me_reply(model: &mut Model, reply: &Reply) -> Option<Vec<Cmd>> {
    if !model.me.awaits(reply.id) {
        return None;
    }
    let mut cmds = Vec::new();
    match &reply.result {
        Ok(Payload::Me(me)) => {
            let is_other = |shown: &Me| shown.person.id != me.person.id;
            if model.me.shown().is_some_and(is_other) {
                cmds.extend(handover::clear(model));
                cmds.extend(groups::load(model));
                cmds.push(Cmd::AskStanding);
            }
            let was_known = model.me.shown().is_some();
            model.me.take_part(Part::Last, (**me).clone());
            whose::me_came(model);
            cmds.extend(i_am(model));
            if !was_known {
                tell_what_waits(model);
            }
        }
        Ok(_) => {}
        Err(problem) => {
            notice::warn(model, problem);
            model.me.fail(problem.clone());
            whose::me_came(model);
        }
    }
    cmds.extend(profile::me_came(model));
    Some(cmds)
}

/// It is known who is signed in, or that it is not known: that is whose profile is one's own.
fn i_am(model: &mut Model) -> Vec<Cmd> {
    let mine: Vec<bool> = model
        .profiles
        .iter()
        .map(|profile| profile::is_mine(model, &profile.person))
        .collect();
    let changed = model.profiles.last().map(|top| top.mine) != mine.last().copied();
    for (profile, mine) in model.profiles.iter_mut().zip(mine) {
        profile.mine = mine;
    }
    show(model);
    if changed { profile::refresh(model) } else { Vec::new() }
}

/// Tells who is back after somebody else was signed in what waits for them.
pub(super) fn tell_what_waits(model: &mut Model) {
    model.own_on_disk.untold = false;
    if me(model).is_some_and(|me| waits_for(model, me)) {
        let shows = model.key(Action::MyProfile);
        let said = format!("What you typed of your profile is not saved yet: {shows} shows it.");
        notice::say(model, &said);
    }
}
