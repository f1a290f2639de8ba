//! What an earlier run has left: the drafts that lie on disk at the start.

use super::cmd::Cmd;
use super::model::Model;
use super::outbox::{Outgoing, Stage};
use super::queue::{self, Wait};
use super::{looking, notice};
use crate::domain::{Draft, DraftState};
use crate::keys::Action;

/// Takes the drafts found at the start: what was on its way is looked up, what was being written is offered.
pub(super) fn found(model: &mut Model, drafts: Vec<Draft>, elsewhere: usize, unreadable: usize) -> Vec<Cmd> {
    let now = model.now;
    let mut cmds = Vec::new();
    let mut waiting = Vec::new();
    for draft in drafts {
        let mut out = Outgoing::kept(draft, None);
        let leaves_a_trace = out.draft.target.kind.is_seen_in_group();
        match out.draft.state {
            DraftState::Writing => {}
            DraftState::Queued { since, .. } => {
                out.since = since;
                out.stage = queue::found(model, &out.draft);
                waiting.push(out);
                continue;
            }
            DraftState::Accepted { .. } if !leaves_a_trace => {
                cmds.push(Cmd::RemoveDraft(out.draft.id));
                continue;
            }
            DraftState::Sending { .. } if !leaves_a_trace => out.stage = Stage::Unsettled,
            DraftState::Sending { since: sent } | DraftState::Accepted { at: sent } => {
                out.seek(now.instant, looking::looks_past(now.wall.duration_since(sent)));
            }
        }
        model.outbox.push(out);
    }
    waiting.sort_by_key(|out| out.since);
    model.outbox.extend(waiting);
    if let Some(said) = said(model, elsewhere, unreadable) {
        notice::say(model, &said);
    }
    cmds
}

/// Takes the drafts that other folkmoots have left since the start, or says that they still have some.
pub(super) fn left(model: &mut Model, mut drafts: Vec<Draft>, elsewhere: usize) -> Vec<Cmd> {
    drafts.retain(|draft| model.outbox.iter().all(|known| known.draft.id != draft.id));
    if !drafts.is_empty() {
        return found(model, drafts, elsewhere, 0);
    }
    if let Some(said) = open_elsewhere(elsewhere) {
        notice::say(model, &said);
    }
    Vec::new()
}

fn open_elsewhere(count: usize) -> Option<String> {
    match count {
        0 => None,
        1 => Some("A draft is open in another folkmoot.".into()),
        n => Some(format!("{n} drafts are open in another folkmoot.")),
    }
}

/// What is to be said of it: of all that has been left only the weightiest.
fn said(model: &Model, elsewhere: usize, unreadable: usize) -> Option<String> {
    let waits = || {
        model.outbox.iter().filter_map(|out| match &out.stage {
            Stage::Queued(wait) => Some(wait),
            _ => None,
        })
    };
    let held = waits().filter(|wait| **wait == Wait::Word).count();
    let goes = waits().count() - held;
    let soon = match waits().all(|wait| matches!(wait, Wait::Quiet { .. } | Wait::Word)) {
        true => "once Graph wants quiet no longer",
        false => "soon",
    };
    let kept = model.outbox.iter().filter(|out| out.stage == Stage::Kept).count();
    let unsettled = model.outbox.iter().any(|out| out.stage == Stage::Unsettled);
    let [shows, takes, sends] = [Action::ShowDrafts, Action::TakeBack, Action::SendNow].map(|action| model.key(action));
    Some(match (kept, elsewhere, unreadable) {
        (_, _, 0) if goes == 1 => {
            format!("A post waits in the outbox and goes {soon}: {takes} takes it back, {shows} shows it.")
        }
        (_, _, 0) if goes > 1 => {
            format!("{goes} posts wait in the outbox and go {soon}: {takes} takes one back, {shows} shows them.")
        }
        (_, _, 0) if held == 1 => {
            format!("A post was not sent before folkmoot ended: {shows} shows it, {sends} there sends it.")
        }
        (_, _, 0) if held > 1 => {
            format!("{held} posts were not sent before folkmoot ended: {shows} shows them, {sends} there sends one.")
        }
        (_, _, 0) if unsettled => {
            format!("A post may have been forwarded when folkmoot ended. {shows} shows it: only you can tell.")
        }
        (_, _, 1) => "A draft could not be read; its file was put aside, not deleted.".into(),
        (_, _, 2..) => format!("{unreadable} drafts could not be read; their files were put aside, not deleted."),
        (0, n, _) => return open_elsewhere(n),
        (1, ..) => format!("A draft was kept: {shows} shows it."),
        (n, ..) => format!("{n} drafts were kept: {shows} shows them."),
    })
}
