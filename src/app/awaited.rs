//! What is being made ready to go with a draft: it joins the draft when it comes, in the composer or put aside.

use super::cmd::Cmd;
use super::model::Model;
use super::outbox::{Outgoing, Stage};
use super::{compose, review};
use crate::domain::{Draft, DraftId};

/// What is being made ready to go with a draft. It is not sent before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Awaited {
    /// The quoted post.
    pub quote: bool,
    /// How many files are being looked at.
    pub files: usize,
}

/// A draft that is being written, in the composer or put aside, and what is being made ready for it.
pub(super) fn being_written<'a>(model: &'a mut Model, id: &DraftId) -> Option<(&'a mut Draft, &'a mut Awaited)> {
    if let Some(open) = model.composer.as_mut().filter(|open| open.draft.id == *id) {
        return Some((&mut open.draft, &mut open.awaited));
    }
    let kept = |out: &&mut Outgoing| out.draft.id == *id && out.stage == Stage::Kept;
    let out = model.outbox.iter_mut().find(kept)?;
    Some((&mut out.draft, &mut out.awaited))
}

/// What goes with a draft that is being written has changed: has it saved, and shown where it is on the screen.
pub(super) fn changed(model: &mut Model, id: &DraftId) -> Vec<Cmd> {
    if model.composer.as_ref().is_some_and(|open| open.draft.id == *id) {
        compose::change(model, |_| {});
        return review::preview_again(model).into_iter().collect();
    }
    let revision = model.next_revision();
    let Some((draft, _)) = being_written(model, id) else {
        return Vec::new();
    };
    let draft = Box::new(draft.clone());
    vec![Cmd::SaveDraft { draft, revision }]
}

/// Takes the quoted post, made ready; also for a draft that was put aside meanwhile.
pub(super) fn quoted(model: &mut Model, id: &DraftId, html: String) -> Vec<Cmd> {
    let Some((draft, awaited)) = being_written(model, id) else {
        return Vec::new();
    };
    draft.target.quoted = Some(html);
    awaited.quote = false;
    changed(model, id)
}
