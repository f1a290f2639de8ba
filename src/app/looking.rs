//! Looking for sent replies in their threads, until each is seen or the person must decide.

use std::time::Duration;

use jiff::SignedDuration;

use super::cmd::Cmd;
use super::model::Model;
use super::outbox::{self, Outgoing, Stage};
use super::{marks, notice, reading, threads};
use crate::domain::{DraftId, DraftState, Kind};
use crate::keys::Action;
use crate::protocol::delivery::LOOKS;
use crate::protocol::{Job, Landed, Lane, Payload, Query, Reply, Request, Sought};

/// When to look for a reply the first time, counted from its sending.
pub(super) const FIRST: Duration = LOOKS[0];
/// How many looks would have been taken by now for a reply sent so long ago, but for the newest, which is taken anew.
pub(super) fn looks_past(age: SignedDuration) -> usize {
    let mut due = Duration::ZERO;
    let past = LOOKS.iter().take_while(|pause| {
        due += **pause;
        age >= SignedDuration::try_from(due).unwrap_or(SignedDuration::MAX)
    });
    past.count().saturating_sub(1)
}

/// Looks for an unsettled reply once more: the person wants to.
pub(super) fn once_more(model: &mut Model, id: &DraftId) -> Vec<Cmd> {
    if let Some(out) = model.outbox.iter_mut().find(|out| out.draft.id == *id) {
        out.stage = Stage::Seeking {
            looks: LOOKS.len() - 1,
            at: None,
            asked: None,
        };
    }
    look(model, id)
}

/// Looks for a reply in its thread.
pub(super) fn look(model: &mut Model, id: &DraftId) -> Vec<Cmd> {
    let taken = model.settled.clone();
    let request = model.next_id();
    let Some(out) = model.outbox.iter_mut().find(|out| out.draft.id == *id) else {
        return Vec::new();
    };
    let Stage::Seeking { at, asked, .. } = &mut out.stage else {
        return Vec::new();
    };
    (*at, *asked) = (None, Some(request));
    let when = match out.draft.state {
        DraftState::Accepted { at } => at,
        DraftState::Sending { since } => since,
        DraftState::Writing | DraftState::Queued { .. } => return Vec::new(),
    };
    let sought = Sought {
        draft: Box::new(out.draft.clone()),
        at: when,
        taken,
    };
    vec![Cmd::Send(Request {
        id: request,
        job: Job::Read(Lane::Settle(id.clone()), Query::Settle(sought)),
    })]
}

/// New posts have come in the shown thread: one of them may be a reply that is being looked for, which would stand there
/// twice. This look is one more than there would be.
pub(super) fn look_soon(model: &mut Model) {
    let (group, thread) = (model.group.clone(), model.posts.thread.clone());
    let (Some(group), Some(thread)) = (group, thread) else {
        return;
    };
    let now = model.now.instant;
    for out in &mut model.outbox {
        let target = &out.draft.target;
        if let Stage::Seeking {
            looks, at: Some(at), ..
        } = &mut out.stage
            && *at > now
            && (&target.group, target.thread()) == (&group.id, Some(&thread.id))
        {
            (*at, *looks) = (now, looks.saturating_sub(1));
        }
    }
}

/// Takes the outcome of a look, if it is one of ours.
pub(super) fn look_reply(model: &mut Model, reply: &Reply) -> Option<Vec<Cmd>> {
    let ours = |out: &Outgoing| matches!(out.stage, Stage::Seeking { asked: Some(id), .. } if id == reply.id);
    let at = model.outbox.iter().position(ours)?;
    let now = model.now.instant;
    let out = model.outbox.get_mut(at)?;
    let Stage::Seeking { looks, at: next, asked } = &mut out.stage else {
        return None;
    };
    *asked = None;
    match &reply.result {
        // Two drafts of the same words may have been looked for at once: a post settles one of them.
        Ok(Payload::Settled(Some(landed))) if model.settled.contains(&landed.post) => *next = Some(now),
        Ok(Payload::Settled(Some(landed))) => {
            let landed = landed.clone();
            return Some(settled(model, at, landed));
        }
        Ok(_) => {
            *looks += 1;
            match LOOKS.get(*looks) {
                Some(wait) => *next = Some(now + *wait),
                None => {
                    out.stage = Stage::Unsettled;
                    let shows = model.key(Action::ShowDrafts);
                    let said = format!("Your reply has not appeared. {shows} shows it: look again, or write it again.");
                    notice::say(model, &said);
                }
            }
        }
        // Nobody can look any more: the thread is gone, or may not be seen.
        Err(problem) if problem.denies() => {
            (out.stage, out.problem) = (Stage::Unsettled, Some(problem.clone()));
            let shows = model.key(Action::ShowDrafts);
            let said =
                format!("Whether your post has arrived can't be seen: what it was put to is gone. {shows} shows it.");
            notice::say(model, &said);
        }
        // A look that could not be taken does not count.
        Err(problem) => {
            *next = Some(now + LOOKS.get(*looks).copied().unwrap_or(LOOKS[6]).max(LOOKS[3]));
            out.problem = Some(problem.clone());
        }
    }
    Some(Vec::new())
}

/// The reply has become a post: the draft has done its work.
fn settled(model: &mut Model, at: usize, landed: Landed) -> Vec<Cmd> {
    let Some(out) = model.outbox.get_mut(at) else {
        return Vec::new();
    };
    let mut cmds = vec![Cmd::RemoveDraft(out.draft.id.clone())];
    let target = out.draft.target.clone();
    cmds.extend(marks::landed(model, &target.group, &landed));
    let post = landed.post;
    model.settled.push(post.clone());
    if outbox::is_shown(model, &target) {
        if let Some(out) = model.outbox.get_mut(at) {
            out.stage = Stage::Visible(post);
        }
        cmds.extend(reading::read_again(model));
    } else {
        model.outbox.remove(at);
    }
    if model.group.as_ref().is_some_and(|group| group.id == target.group) && target.thread().is_none() {
        cmds.extend(threads::watch(model));
    }
    let said = match target.kind {
        Kind::Reply { .. } => format!("Your reply is in “{}”.", target.topic),
        kind => format!("Your {} “{}” is in {}.", kind.noun(), target.topic, target.group_name),
    };
    notice::say(model, &said);
    cmds
}

/// Lets go of replies whose posts are on the screen now.
pub(super) fn drop_visible(model: &mut Model) {
    let shown = model.posts.posts.shown();
    model.outbox.retain(|out| match &out.stage {
        Stage::Visible(id) => !shown.is_some_and(|posts| posts.iter().any(|post| post.id == *id)),
        _ => true,
    });
}

/// Lets go of replies whose posts are in a thread that is shown no more: it will be read when it is opened again.
pub(super) fn forget_visible(model: &mut Model) {
    model.outbox.retain(|out| !matches!(out.stage, Stage::Visible(_)));
}
