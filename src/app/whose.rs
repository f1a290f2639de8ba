//! Whose word it is that waits to be sent: it goes in nobody else's name unless they say so.

use super::cmd::Cmd;
use super::model::Model;
use super::notice;
use super::outbox::{Outgoing, Stage};
use super::queue::{self, Wait};
use crate::domain::{DraftState, Writer};
use crate::keys::Action;

/// Said of what is to go while it is being found out in whose name.
pub(super) const UNKNOWN: &str = "It goes once it is known who is signed in.";

/// Whoever is signed in, as the writer of a draft.
pub(super) fn me(model: &Model) -> Option<Writer> {
    model.me.shown().map(|me| Writer::of(&me.person))
}

/// The person says that a draft is to be sent: it is theirs from then on. Where it is not known who they are, it is once
/// that is known.
pub(super) fn take_over(me: Option<Writer>, out: &mut Outgoing) {
    out.theirs = me.is_none();
    if me.is_some() {
        out.draft.writer = me;
    }
}

/// Whether a draft is the word of whoever is signed in, as far as is known. While it is being found out who that is,
/// everything waits; where that can't be found out, what the person has said in this run is theirs.
pub fn is_ones_own(model: &Model, out: &Outgoing) -> bool {
    match (&out.draft.writer, model.me.shown()) {
        (Some(writer), Some(me)) => writer.id == me.person.id,
        (None, Some(_)) => false,
        (_, None) => out.theirs && !model.me.is_loading(),
    }
}

/// It is known who is signed in, or that it can't be known: what the person has said before is theirs, what has waited for
/// that can be taken back from now on, and a notice says where something is another's word.
pub(super) fn me_came(model: &mut Model) {
    let now = model.now.instant;
    if let Some(me) = me(model) {
        for out in model.outbox.iter_mut().filter(|out| out.theirs) {
            (out.draft.writer, out.theirs) = (Some(me.clone()), false);
        }
    }
    queue::begin_anew(model, |until| until <= now);
    let waits = |out: &&Outgoing| matches!(out.stage, Stage::Queued(_)) && !is_ones_own(model, out);
    let Some(me) = model.me.shown() else { return };
    let of_another = |out: &Outgoing| Some(out.draft.of_another(&me.person.id)?.name.clone());
    let mut others = model.outbox.iter().filter(waits).filter_map(of_another);
    let Some(name) = others.next() else { return };
    let more = others.count();
    let shows = model.key(Action::ShowDrafts);
    let said = match more {
        0 => format!("A post waits that was written as {name}: {shows} shows it."),
        more => format!(
            "{} posts wait that were written as {name} or others: {shows} shows them.",
            more + 1
        ),
    };
    notice::say(model, &said);
}

/// Somebody has signed in. Where that is another, what waits would go in their name, so it waits for the person's word, in
/// the next run, too. Where it was not known who was signed in before, that may be another: what was said then waits, too.
pub(super) fn hold(model: &mut Model, another: bool) -> Vec<Cmd> {
    let mut cmds = Vec::new();
    for out in &mut model.outbox {
        let is_held = std::mem::take(&mut out.theirs) || another;
        if let Stage::Queued(wait) = &mut out.stage
            && is_held
        {
            *wait = Wait::Word;
            let (since, tried, until) = (out.since, false, None);
            out.draft.state = DraftState::Queued { since, tried, until };
            cmds.push(Cmd::MarkDraft(Box::new(out.draft.clone())));
        }
    }
    cmds
}
