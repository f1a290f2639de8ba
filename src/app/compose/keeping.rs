//! Drafts that are put down, and taken up again.

use super::super::cmd::Cmd;
use super::super::model::Model;
use super::super::outbox::{Outgoing, Stage};
use super::super::{notice, outbox};
use super::{Composer, change, laid_out, open};
use crate::domain::{Draft, DraftId, Kind, Target};
use crate::keys::{Action, Place};
use crate::protocol::Problem;

pub(in crate::app) fn kept_draft(model: &Model, target: &Target) -> Option<DraftId> {
    let same = |draft: &Draft| draft.target.group == target.group && draft.target.kind == target.kind;
    model
        .outbox
        .iter()
        .find(|out| out.stage == Stage::Kept && same(&out.draft))
        .map(|out| out.draft.id.clone())
}

/// Opens the composer with a kept draft.
pub(in crate::app) fn resume(model: &mut Model, id: &DraftId) -> Vec<Cmd> {
    let Some(at) = model
        .outbox
        .iter()
        .position(|out| out.draft.id == *id && out.stage == Stage::Kept)
    else {
        return Vec::new();
    };
    let kept = model.outbox.remove(at);
    let mut composer = Composer::new(kept.draft);
    composer.topic_given.clear();
    composer.awaited = kept.awaited;
    composer.send_problem = kept.problem;
    composer.save_problem = kept.save_problem;
    model.overlay = None;
    let cmds = open(model, composer);
    if kept.save_at.is_some() {
        change(model, |_| {});
    }
    cmds
}

/// Esc in the composer: closes it and keeps the draft.
pub(in crate::app) fn close(model: &mut Model) -> Vec<Cmd> {
    let Some(mut composer) = model.composer.take() else {
        return Vec::new();
    };
    let mut cmds: Vec<Cmd> = composer.put_down().into_iter().collect();
    if !composer.is_empty() {
        let how = match composer.target().kind {
            Kind::Reply { .. } => format!("{} on the same thread goes on with it", model.key(Action::Reply)),
            _ => format!("{} shows it", model.key(Action::ShowDrafts)),
        };
        notice::say(model, &format!("The draft is kept; {how}."));
        model.outbox.push(Outgoing {
            awaited: composer.awaited,
            save_problem: composer.save_problem.clone(),
            ..Outgoing::kept(composer.draft(), None)
        });
    }
    cmds.extend(laid_out(model));
    cmds
}

/// Puts a draft that was not sent back under the hands of the person, or keeps it if they are busy with another.
pub(in crate::app) fn give_back(model: &mut Model, draft: Draft, problem: Problem) -> Vec<Cmd> {
    notice::warn(model, &problem);
    let looking = outbox::is_shown(model, &draft.target);
    let id = draft.id.clone();
    // The worker has written it; should the disk have refused, this is another try.
    model.outbox.push(Outgoing {
        save_at: Some(model.now.instant),
        ..Outgoing::kept(draft, Some(problem))
    });
    if looking && model.place() == Place::Posts {
        resume(model, &id)
    } else {
        Vec::new()
    }
}
