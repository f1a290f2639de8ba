//! What has been written: kept drafts, what waits to be sent, what is being sent, and what is being looked for.
//!
//! Graph answers a reply with 202 and no id, and the post becomes visible later. So each is looked up until it is seen; only
//! what certainly was not sent is ever offered again as text, or sent again.

use std::sync::Arc;
use std::time::Instant;

use jiff::Timestamp;

use super::awaited::Awaited;
use super::cmd::Cmd;
use super::model::Model;
use super::overlay::Overlay;
use super::posts::Entry;
use super::queue::{self, Wait};
use super::{compose, groups, looking, notice, reading};
use crate::domain::{Body, Draft, DraftState, Id, Kind, Post, Prose, Recipient, Target, Thread};
use crate::keys::Action;
use crate::layout::Pane;
use crate::protocol::{Delivery, Payload, Problem, ProblemKind, Reply, RequestId};

/// One draft outside the composer.
#[derive(Debug, Clone, PartialEq)]
pub struct Outgoing {
    /// The draft.
    pub draft: Draft,
    /// How far it has come.
    pub stage: Stage,
    /// What went wrong last.
    pub problem: Option<Problem>,
    /// What is still being made ready to go with it.
    pub(super) awaited: Awaited,
    /// When to write it to disk, where it may not be there.
    pub(super) save_at: Option<Instant>,
    /// Why the last writing failed.
    pub(super) save_problem: Option<Problem>,
    /// How often it came back for want of a connection.
    pub(super) tries: usize,
    /// When the person said that it is to be sent.
    pub(super) since: Timestamp,
    /// The person has said that it is to be sent while it was not known who they are: it is theirs, whoever that is.
    pub(super) theirs: bool,
}

/// How far a draft has come, as this run knows it.
#[derive(Debug, Clone, PartialEq)]
pub enum Stage {
    /// Being written; not open in the composer.
    Kept,
    /// To be sent, and certainly not sent yet.
    Queued(Wait),
    /// The request is under way.
    Sending(RequestId),
    /// Being looked for in its thread.
    Seeking {
        /// How many looks have found nothing.
        looks: usize,
        /// When to look next; `None` while a look is under way.
        at: Option<Instant>,
        /// The look under way.
        asked: Option<RequestId>,
    },
    /// Looked for long enough: the person must decide.
    Unsettled,
    /// It has become this post, which the posts pane has not read yet.
    Visible(Id),
}

impl Outgoing {
    /// A draft that waits to be gone on with.
    pub(super) fn kept(draft: Draft, problem: Option<Problem>) -> Self {
        Outgoing {
            since: draft.begun,
            draft,
            stage: Stage::Kept,
            problem,
            awaited: Awaited::default(),
            save_at: None,
            save_problem: None,
            tries: 0,
            theirs: false,
        }
    }

    /// Begins to look for it, as if so many looks had found nothing already.
    pub(super) fn seek(&mut self, first: Instant, looks: usize) {
        self.stage = Stage::Seeking {
            looks,
            at: Some(first),
            asked: None,
        };
    }
}

/// Whether the posts pane shows the thread where a draft goes.
pub(super) fn is_shown(model: &Model, target: &Target) -> bool {
    let (group, thread) = (&model.group, &model.posts.thread);
    group.as_ref().is_some_and(|group| group.id == target.group)
        && thread
            .as_ref()
            .is_some_and(|thread| target.thread() == Some(&thread.id))
}

/// Takes the outcome of a sending, if it is one of ours.
pub(super) fn sent_reply(model: &mut Model, reply: &Reply) -> Option<Vec<Cmd>> {
    let at = model
        .outbox
        .iter()
        .position(|out| out.stage == Stage::Sending(reply.id))?;
    let (outcome, since) = match &reply.result {
        Ok(Payload::Delivery { outcome, since, .. }) => (outcome.clone(), *since),
        Ok(_) => return None,
        // Nothing said that it was not sent, so it may have been.
        Err(problem) => (Delivery::Unknown(problem.clone()), None),
    };
    let first_look = model.now.instant + looking::FIRST;
    let out = model.outbox.get_mut(at)?;
    if let Some(since) = since {
        out.draft.state = DraftState::Sending { since };
    }
    match outcome {
        Delivery::NotSent(problem) if problem.passes() => return Some(queue::came_back(model, at, problem)),
        Delivery::NotSent(problem) => {
            let mut draft = model.outbox.remove(at).draft;
            draft.state = DraftState::Writing;
            let mut cmds = compose::give_back(model, draft, problem);
            cmds.extend(reading::arrange_entries(model));
            return Some(cmds);
        }
        Delivery::Accepted { .. } if !out.draft.target.kind.is_seen_in_group() => {
            let draft = model.outbox.remove(at).draft;
            let to = draft.with.people.iter().map(|person| person.shown().as_str());
            let to = to.collect::<Vec<_>>().join(", ");
            notice::say(model, &format!("The post is forwarded to {to}."));
            return Some(vec![Cmd::RemoveDraft(draft.id)]);
        }
        Delivery::Accepted { at } => {
            out.draft.state = DraftState::Accepted { at };
            out.seek(first_look, 0);
        }
        Delivery::Unknown(problem) if !out.draft.target.kind.is_seen_in_group() => {
            let broke = broken(&problem);
            out.problem = Some(problem);
            out.stage = Stage::Unsettled;
            let shows = model.key(Action::ShowDrafts);
            let said = format!(
                "{broke} while forwarding, and a forwarded post leaves no trace in the group. {shows} shows it: only you can tell."
            );
            notice::say(model, &said);
        }
        Delivery::Unknown(problem) => {
            let said = format!(
                "{} while sending. Looking whether your reply has arrived…",
                broken(&problem)
            );
            out.problem = Some(problem);
            out.seek(first_look, 0);
            notice::say(model, &said);
        }
    }
    Some(Vec::new())
}

/// What kept it from being known whether something was sent.
fn broken(problem: &Problem) -> String {
    match (problem.status, problem.kind) {
        (Some(status), _) => format!("Graph failed (HTTP {status})"),
        (None, ProblemKind::General) => "folkmoot made a mistake".to_owned(),
        (None, _) => "The line broke".to_owned(),
    }
}

/// Threads are gone: what was written for them stays, says so, and is not sent.
pub(super) fn lose_thread(model: &mut Model, group: &Id, threads: &[Id], why: &Problem) -> Vec<Cmd> {
    let is_for = |target: &Target| {
        let thread = target.thread().is_some_and(|thread| threads.contains(thread));
        thread && target.group == *group
    };
    if let Some(composer) = model.composer.as_mut().filter(|open| is_for(open.target())) {
        composer.send_problem = Some(why.clone());
    }
    let mut cmds = Vec::new();
    for out in model.outbox.iter_mut().filter(|out| is_for(&out.draft.target)) {
        out.problem = Some(why.clone());
        match out.stage {
            Stage::Queued(_) => {
                out.stage = Stage::Kept;
                out.draft.state = DraftState::Writing;
                cmds.push(Cmd::MarkDraft(Box::new(out.draft.clone())));
            }
            // Nobody can look for it any more.
            Stage::Seeking { .. } => out.stage = Stage::Unsettled,
            Stage::Kept | Stage::Sending(_) | Stage::Unsettled | Stage::Visible(_) => {}
        }
    }
    cmds
}

/// The replies under way in the shown thread, as posts.
pub(super) fn pending_entries(model: &Model) -> Vec<Entry> {
    let me = model.me.shown().map(|me| &me.person);
    let under_way = |out: &&Outgoing| {
        let is_reply = matches!(out.draft.target.kind, Kind::Reply { .. });
        is_reply && out.stage != Stage::Kept && is_shown(model, &out.draft.target)
    };
    model
        .outbox
        .iter()
        .filter(under_way)
        .map(|out| Entry {
            post: Arc::new(Post {
                id: Id::new(format!("draft:{}", out.draft.id.0)),
                body: Body::Plain(Prose::new(&out.draft.text)),
                sender: Recipient {
                    name: me.map_or_else(|| "You".into(), |person| person.name.clone()),
                    address: me.and_then(|person| person.mail.clone()).unwrap_or_default(),
                },
                ..Post::default()
            }),
            pending: Some(out.draft.id.clone()),
        })
        .collect()
}

/// Enter on a draft: goes on writing a kept one, looks again for an unsettled one.
pub(super) fn open(model: &mut Model, at: usize) -> Vec<Cmd> {
    let Some(out) = model.outbox.get_mut(at) else {
        return Vec::new();
    };
    let (id, target) = (out.draft.id.clone(), out.draft.target.clone());
    match out.stage {
        Stage::Kept => {
            let group = model
                .groups
                .list
                .items
                .shown()
                .and_then(|groups| groups.iter().find(|group| group.id == target.group))
                .cloned();
            let mut cmds = group.map(|group| groups::show(model, group)).unwrap_or_default();
            if let Some(id) = target.thread()
                && model.group.as_ref().is_some_and(|group| group.id == target.group)
            {
                let listed = model.threads.list.items.shown();
                let listed = listed.and_then(|threads| threads.iter().find(|thread| thread.id == *id));
                let thread = listed.cloned().unwrap_or_else(|| Thread {
                    id: id.clone(),
                    topic: target.topic.as_str().into(),
                    ..Thread::default()
                });
                cmds.extend(reading::show(model, thread));
            }
            model.focus = Pane::Posts;
            cmds.extend(compose::resume(model, &id));
            cmds
        }
        Stage::Unsettled if !target.kind.is_seen_in_group() => {
            notice::say(
                model,
                "A forwarded post leaves no trace in the group: ask somebody who was to get it.",
            );
            Vec::new()
        }
        Stage::Unsettled => looking::once_more(model, &id),
        Stage::Seeking { at: Some(_), .. } => looking::look(model, &id),
        Stage::Queued(_) => {
            let keys = [Action::WriteAgain, Action::SendNow, Action::Discard];
            let [takes, sends, discards] = keys.map(|action| model.key(action));
            let said =
                format!("It waits to be sent: {takes} takes it back, {sends} sends it now, {discards} discards it.");
            notice::say(model, &said);
            Vec::new()
        }
        Stage::Sending(_) | Stage::Seeking { .. } | Stage::Visible(_) => {
            notice::say(model, "It is on its way: folkmoot is looking for it.");
            Vec::new()
        }
    }
}

/// What waits is taken back; of what was looked for in vain the person says that it was not sent: it is a draft again.
pub(super) fn write_again(model: &mut Model, at: usize) -> Vec<Cmd> {
    let Some(out) = model.outbox.get_mut(at) else {
        return Vec::new();
    };
    if !matches!(out.stage, Stage::Unsettled | Stage::Queued(_)) {
        notice::say(
            model,
            "Only what waits, or was looked for in vain, can be written again.",
        );
        return Vec::new();
    }
    out.stage = Stage::Kept;
    out.draft.state = DraftState::Writing;
    let mut cmds = vec![Cmd::MarkDraft(Box::new(out.draft.clone()))];
    cmds.extend(open(model, at));
    cmds
}

/// Discards a draft, at the second press; never one that is being sent.
pub(super) fn discard(model: &mut Model) -> Vec<Cmd> {
    let Some(Overlay::Drafts { cursor, discarding }) = &mut model.overlay else {
        return Vec::new();
    };
    let at = *cursor;
    match model.outbox.get(at).map(|out| &out.stage) {
        None => return Vec::new(),
        Some(Stage::Sending(_) | Stage::Seeking { .. } | Stage::Visible(_)) => {
            notice::say(model, "It is on its way and can't be called back.");
            return Vec::new();
        }
        Some(Stage::Kept | Stage::Queued(_) | Stage::Unsettled) => {}
    }
    if !*discarding {
        *discarding = true;
        return Vec::new();
    }
    *discarding = false;
    *cursor = cursor.saturating_sub(1);
    let gone = model.outbox.remove(at);
    if model.outbox.is_empty() {
        model.overlay = None;
    }
    let mut cmds = vec![Cmd::RemoveDraft(gone.draft.id)];
    cmds.extend(reading::arrange_entries(model));
    cmds
}
