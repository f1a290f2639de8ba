//! The review before sending: what goes, and to whom. `y` sends it.

use std::sync::Arc;

use super::cmd::Cmd;
use super::compose::{self, Composer};
use super::editor::Edit;
use super::model::Model;
use super::movement::Step;
use super::{header, notice, outbox, queue, reading, reviewed, sign_in};
use crate::domain::DraftId;
use crate::keys::{Action, Place};
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
    if let Some(why) = objection(model, composer) {
        notice::say(model, &why);
        return cmds;
    }
    if sign_in::before_sending(model) {
        return model.composer.as_mut().and_then(Composer::save).into_iter().collect();
    }
    cmds.extend(open(model));
    cmds
}

/// Why what is in the composer is not sent now.
fn objection(model: &Model, composer: &Composer) -> Option<String> {
    if composer.awaited.files > 0 {
        return Some("The file is being looked at; try again in a moment.".into());
    }
    if let Some(problem) = delivery::objection(&composer.draft()) {
        return Some(problem.to_string());
    }
    if composer.awaited.quote {
        return Some("The quoted post is still being made ready; try again in a moment.".into());
    }
    let read_only = "folkmoot was started with --read-only: nothing is sent. The draft is kept.";
    model.settings.read_only.then(|| read_only.into())
}

/// Opens the review.
pub(super) fn open(model: &mut Model) -> Vec<Cmd> {
    let width = model.arrangement().composer.map_or(0, |area| area.content().width);
    match &mut model.composer {
        Some(composer) if !composer.is_empty() => {
            (composer.review, composer.review_seen) = (Some(0), false);
            composer.mention = None;
            composer.looking = None;
            composer.preview = None;
            let mut cmds: Vec<Cmd> = composer.save().into_iter().collect();
            cmds.push(preview(composer, width));
            cmds
        }
        _ => Vec::new(),
    }
}

/// Has what is written laid out as it will be read.
fn preview(composer: &Composer, width: u16) -> Cmd {
    let draft = Box::new(composer.draft());
    Cmd::Preview { draft, width }
}

/// Shows what is written as it will be read, in the place of the text; or the text again, the cursor where it was.
pub(super) fn look(model: &mut Model) -> Vec<Cmd> {
    let Some(composer) = &mut model.composer else {
        return Vec::new();
    };
    composer.mention = None;
    composer.preview = None;
    composer.looking = match composer.looking {
        None => Some(0),
        Some(_) => None,
    };
    compose::laid_out(model)
}

/// The preview's width may be another, or it was just opened, or something else goes with the text: has it laid out anew.
pub(super) fn preview_again(model: &Model) -> Option<Cmd> {
    let area = model.arrangement().composer?;
    let is_shown = |composer: &&Composer| composer.review.is_some() || composer.looking.is_some();
    let composer = model.composer.as_ref().filter(is_shown)?;
    Some(preview(composer, area.content().width))
}

/// Moves the preview, or the review. Nothing is typed there.
pub(super) fn scroll(model: &mut Model, edit: Edit) {
    let height = model
        .arrangement()
        .composer
        .map_or(1, |area| area.content().height.max(1));
    let Some(composer) = &model.composer else { return };
    let (rows, height) = match (composer.review, &composer.preview) {
        // The keys stay where they are.
        (Some(_), _) => (reviewed::rows(model, composer).len(), height.saturating_sub(1)),
        (None, Some(set)) => (set.lines.len(), height),
        (None, None) => (composer.editor.line_count(), height),
    };
    let (page, last) = (usize::from(height), rows.saturating_sub(height.into()));
    let Some(composer) = &mut model.composer else { return };
    if let Some(top) = composer.review.as_mut().or(composer.looking.as_mut()) {
        let step = match edit {
            Edit::Up => Step::Line(-1),
            Edit::Down => Step::Line(1),
            Edit::PageUp => Step::Line(-(page as isize)),
            Edit::PageDown => Step::Line(page as isize),
            Edit::Top => Step::First,
            Edit::Bottom => Step::Last,
            Edit::NewLine
            | Edit::Left
            | Edit::Right
            | Edit::WordLeft
            | Edit::WordRight
            | Edit::LineStart
            | Edit::LineEnd
            | Edit::DeleteBack
            | Edit::DeleteForward
            | Edit::DeleteWord
            | Edit::DeleteToLineEnd
            | Edit::DeleteToLineStart
            | Edit::Undo
            | Edit::Redo => return,
        };
        *top = step.from(*top, last + 1, page);
    }
}

/// Takes what the text becomes, if it is still being looked at.
pub(super) fn previewed(model: &mut Model, draft: &DraftId, set: Arc<Typeset>) {
    if let Some(composer) = model.composer.as_mut().filter(|composer| composer.id() == draft) {
        composer.preview = Some(set).filter(|_| composer.review.is_some() || composer.looking.is_some());
    }
}

/// What sending a reply needs to be granted.
pub(super) fn capability() -> Option<&'static Capability> {
    CAPABILITIES.iter().find(|row| row.scopes.first() == Some(&SENDING))
}

/// Closes the review; the composer stays.
pub(super) fn keep_writing(model: &mut Model) {
    if let Some(composer) = &mut model.composer {
        composer.review = None;
        composer.preview = None;
    }
}

impl Model {
    /// Whether the keyboard is in a review that has not been on the screen yet. Whoever says yes to it has not seen it.
    pub fn asks_unseen(&self) -> bool {
        let unseen = self.composer.as_ref().is_some_and(|composer| !composer.review_seen);
        unseen && self.place() == Place::Review
    }
}

/// The review is on the screen.
pub(super) fn seen(model: &mut Model) {
    if model.asks_unseen()
        && let Some(composer) = &mut model.composer
    {
        composer.review_seen = true;
    }
}

/// Sends what was reviewed.
pub(super) fn confirm_send(model: &mut Model) -> Vec<Cmd> {
    let why = match &model.composer {
        Some(composer) if !composer.review_seen => {
            let sends = model.key(Action::ConfirmSend);
            Some(format!("Here is what would go; {sends} sends it."))
        }
        Some(composer) => objection(model, composer),
        None => None,
    };
    if let Some(why) = why {
        notice::say(model, &why);
        return Vec::new();
    }
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
