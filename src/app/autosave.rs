//! Keeping the disk up with what is written.

use std::time::{Duration, Instant};

use super::cmd::Cmd;
use super::model::Model;
use super::outbox::Stage;
use super::{notice, own};
use crate::domain::DraftId;
use crate::protocol::Problem;

/// How soon a text that could not be written is written again.
const AGAIN: Duration = Duration::from_secs(5);

/// When the next of what is typed is to be written.
pub(super) fn next(model: &Model) -> Option<Instant> {
    let open = model.composer.as_ref().and_then(|composer| composer.save_at);
    let kept = model.outbox.iter().filter_map(|out| out.save_at);
    open.into_iter().chain(kept).chain(own::next(model)).min()
}

/// Writes what is due.
pub(super) fn due(model: &mut Model) -> Vec<Cmd> {
    let now = model.now.instant;
    let mut cmds = kept(model, |due| due <= now);
    if let Some(composer) = &mut model.composer
        && composer.save_at.is_some_and(|due| due <= now)
    {
        cmds.extend(composer.save());
    }
    if own::next(model).is_some_and(|due| due <= now) {
        cmds.extend(own::hand_over(model));
    }
    cmds
}

/// Writes, or removes, what is not on disk as it is to be when the program ends.
pub(super) fn before_leaving(model: &mut Model) -> Vec<Cmd> {
    let mut cmds = kept(model, |_| true);
    cmds.extend(model.composer.as_mut().and_then(|composer| composer.put_down()));
    cmds.extend(own::hand_over(model));
    cmds
}

/// Writes drafts outside the composer that may not be on disk.
fn kept(model: &mut Model, wanted: impl Fn(Instant) -> bool) -> Vec<Cmd> {
    let mut cmds = Vec::new();
    for at in 0..model.outbox.len() {
        let out = model.outbox.get_mut(at);
        if let Some(out) = out.filter(|out| out.save_at.is_some_and(&wanted)) {
            out.save_at = None;
            let draft = Box::new(out.draft.clone());
            let revision = model.next_revision();
            cmds.push(Cmd::SaveDraft { draft, revision });
        }
    }
    cmds
}

/// Takes the word of the disk. What it could not write it is asked to write again.
pub(super) fn answered(model: &mut Model, draft: &DraftId, revision: u64, result: Result<(), Problem>) -> Vec<Cmd> {
    let again = model.now.instant + AGAIN;
    if let Some(composer) = model.composer.as_mut().filter(|composer| composer.id() == draft) {
        composer.saved(revision, result, again);
        return Vec::new();
    }
    let kept = model.outbox.iter_mut().find(|out| out.draft.id == *draft);
    if let Some(out) = kept.filter(|out| matches!(out.stage, Stage::Kept | Stage::Queued(_))) {
        out.save_problem = result.as_ref().err().cloned();
        if out.save_problem.is_some() {
            out.save_at = Some(again);
        }
    }
    if let Err(problem) = result {
        notice::warn(model, &problem);
    }
    Vec::new()
}

/// Why something that was written is not on disk, where the disk has said so. What is only on its way there is waited for
/// at the end.
pub(super) fn refused(model: &Model) -> Option<&Problem> {
    let open = model.composer.iter().filter(|composer| !composer.is_empty());
    let open = open.filter_map(|composer| composer.save_problem.as_ref());
    let kept = model.outbox.iter().filter_map(|out| out.save_problem.as_ref());
    open.chain(kept).chain(own::refused(model)).next()
}

/// A change of state is not on disk: the draft is written as it stands now, again and again, until it is.
pub(super) fn not_marked(model: &mut Model, draft: &DraftId, problem: Problem) -> Vec<Cmd> {
    let revision = model.next_revision();
    answered(model, draft, revision, Err(problem))
}
