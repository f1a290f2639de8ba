//! The review before sending: what goes, and to whom. `y` sends it.

use std::sync::Arc;

use super::cmd::Cmd;
use super::compose::{self, Composer};
use super::model::Model;
use super::{header, notice, outbox, queue, reading, sign_in};
use crate::domain::{DraftId, Kind};
use crate::protocol::{CAPABILITIES, Capability, delivery};
use crate::text::Typeset;

/// The permission to send replies (<https://learn.microsoft.com/graph/api/post-reply>).
const SENDING: &str = "Group.ReadWrite.All";

/// Opens the review, unless there is nothing to send.
pub(super) fn ask_to_send(model: &mut Model) -> Vec<Cmd> {
    let mut cmds = header::add_typed(model);
    let Some(composer) = &model.composer else { return cmds };
    if header::is_stuck(composer) {
        return cmds;
    }
    let objection = delivery::objection(&composer.draft()).map(|problem| problem.to_string());
    let blocked = match &model.composer {
        _ if !cmds.is_empty() => "The file is being looked at; try again in a moment.",
        Some(_) if objection.is_some() => objection.as_deref().unwrap_or_default(),
        Some(composer) if composer.quoting => "The quoted post is still being made ready; try again in a moment.",
        _ if model.settings.read_only => "folkmoot was started with --read-only: nothing is sent. The draft is kept.",
        _ => "",
    };
    if !blocked.is_empty() {
        notice::say(model, blocked);
        return cmds;
    }
    if sign_in::before_sending(model) {
        return model.composer.as_mut().and_then(Composer::save).into_iter().collect();
    }
    cmds.extend(open(model));
    cmds
}

/// Opens the review.
pub(super) fn open(model: &mut Model) -> Vec<Cmd> {
    let width = model.arrangement().composer.map_or(0, |area| area.content().width);
    match &mut model.composer {
        Some(composer) if !composer.is_empty() => {
            composer.review = true;
            composer.mention = None;
            composer.preview = None;
            let draft = Box::new(composer.draft());
            let mut cmds: Vec<Cmd> = composer.save().into_iter().collect();
            // A comment goes as it was typed.
            if !matches!(draft.target.kind, Kind::Forward { .. }) {
                cmds.push(Cmd::Preview { draft, width });
            }
            cmds
        }
        _ => Vec::new(),
    }
}

/// Takes what the text becomes, if it is still being reviewed.
pub(super) fn previewed(model: &mut Model, draft: &DraftId, set: Arc<Typeset>) {
    if let Some(composer) = model.composer.as_mut().filter(|composer| composer.id() == draft) {
        composer.preview = Some(set).filter(|_| composer.review);
    }
}

/// What sending a reply needs to be granted.
pub(super) fn capability() -> Option<&'static Capability> {
    CAPABILITIES.iter().find(|row| row.scopes.first() == Some(&SENDING))
}

/// Closes the review; the composer stays.
pub(super) fn keep_writing(model: &mut Model) {
    if let Some(composer) = &mut model.composer {
        composer.review = false;
        composer.preview = None;
    }
}

/// Sends what was reviewed.
pub(super) fn confirm_send(model: &mut Model) -> Vec<Cmd> {
    let Some(composer) = model.composer.take() else {
        return Vec::new();
    };
    let draft = composer.draft();
    let looking = outbox::is_shown(model, &draft.target);
    let mut cmds = queue::put(model, draft);
    cmds.extend(compose::laid_out(model));
    if looking {
        let rows = reading::rows(model);
        model.posts.go_to_newest(rows);
    }
    cmds
}
