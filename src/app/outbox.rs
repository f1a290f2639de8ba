//! What has been written: kept drafts, replies being sent, and replies being looked for in their threads.
//!
//! Graph answers a reply with 202 and no id, and the post becomes visible later. So each reply is looked up until it is
//! seen; only what certainly was not sent is ever offered again as text.

use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::SignedDuration;

use super::cmd::Cmd;
use super::model::Model;
use super::overlay::Overlay;
use super::posts::Entry;
use super::{compose, groups, notice, reading};
use crate::domain::{Body, Draft, DraftId, DraftState, Id, Post, Prose, Recipient, Target, Thread};
use crate::layout::Pane;
use crate::protocol::{Delivery, Job, Lane, Mutation, Payload, Problem, Query, Reply, Request, RequestId, Sought};

/// When to look for a reply that Graph has taken, each counted from the look before. Then the person is asked.
const LOOKS: [Duration; 7] = [
    Duration::from_secs(1),
    Duration::from_secs(2),
    Duration::from_secs(4),
    Duration::from_secs(8),
    Duration::from_secs(15),
    Duration::from_secs(30),
    Duration::from_secs(60),
];

/// One draft outside the composer.
#[derive(Debug, Clone, PartialEq)]
pub struct Outgoing {
    /// The draft.
    pub draft: Draft,
    /// How far it has come.
    pub stage: Stage,
    /// What went wrong last.
    pub problem: Option<Problem>,
    /// When to write it to disk, where it may not be there.
    pub(super) save_at: Option<Instant>,
}

/// How far a draft has come, as this run knows it.
#[derive(Debug, Clone, PartialEq)]
pub enum Stage {
    /// Being written; not open in the composer.
    Kept,
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
            draft,
            stage: Stage::Kept,
            problem,
            save_at: None,
        }
    }

    /// Begins to look for it, as if so many looks had found nothing already.
    fn seek(&mut self, first: Instant, looks: usize) {
        self.stage = Stage::Seeking {
            looks,
            at: Some(first),
            asked: None,
        };
    }
}

/// Takes the drafts found at the start: what was on its way is looked up, what was being written is offered.
pub(super) fn found(model: &mut Model, drafts: Vec<Draft>, elsewhere: usize, unreadable: usize) {
    let now = model.now;
    for draft in drafts {
        let mut out = Outgoing::kept(draft, None);
        match out.draft.state {
            DraftState::Writing => {}
            DraftState::Sending { since: sent } | DraftState::Accepted { at: sent } => {
                out.seek(now.instant, looks_past(now.wall.duration_since(sent)));
            }
        }
        model.outbox.push(out);
    }
    let kept = model.outbox.iter().filter(|out| out.stage == Stage::Kept).count();
    let said = match (kept, elsewhere, unreadable) {
        (0, 0, 0) => return,
        (_, _, 1) => "A draft could not be read; its file was put aside, not deleted.".into(),
        (_, _, 2..) => format!("{unreadable} drafts could not be read; their files were put aside, not deleted."),
        (0, 1, _) => "A draft is open in another folkmoot.".into(),
        (0, n, _) => format!("{n} drafts are open in another folkmoot."),
        (1, ..) => "A draft was kept: D shows it.".into(),
        (n, ..) => format!("{n} drafts were kept: D shows them."),
    };
    notice::say(model, &said);
}

/// How many looks would have been taken by now for a reply sent so long ago, but for the newest, which is taken anew.
fn looks_past(age: SignedDuration) -> usize {
    let mut due = Duration::ZERO;
    let past = LOOKS.iter().take_while(|pause| {
        due += **pause;
        age >= SignedDuration::try_from(due).unwrap_or(SignedDuration::MAX)
    });
    past.count().saturating_sub(1)
}

/// Whether the posts pane shows the thread where a draft goes.
pub(super) fn is_shown(model: &Model, target: &Target) -> bool {
    let (group, thread) = (&model.group, &model.posts.thread);
    group.as_ref().is_some_and(|group| group.id == target.group)
        && thread.as_ref().is_some_and(|thread| thread.id == target.thread)
}

/// Sends a draft, once.
pub(super) fn send(model: &mut Model, mut draft: Draft) -> Vec<Cmd> {
    // Should the line break, the reply is looked for around this moment, however long the breaking took.
    draft.state = DraftState::Sending { since: model.now.wall };
    let id = model.next_id();
    model.outbox.push(Outgoing {
        stage: Stage::Sending(id),
        ..Outgoing::kept(draft.clone(), None)
    });
    vec![Cmd::Send(Request {
        id,
        job: Job::Write(Mutation::Reply(Box::new(draft))),
    })]
}

/// Takes the outcome of a sending, if it is one of ours.
pub(super) fn sent_reply(model: &mut Model, reply: &Reply) -> Option<Vec<Cmd>> {
    let at = model
        .outbox
        .iter()
        .position(|out| out.stage == Stage::Sending(reply.id))?;
    let outcome = match &reply.result {
        Ok(Payload::Delivery { outcome, .. }) => outcome.clone(),
        Ok(_) => return None,
        // Nothing said that it was not sent, so it may have been.
        Err(problem) => Delivery::Unknown(problem.clone()),
    };
    let first_look = model.now.instant + LOOKS[0];
    let out = model.outbox.get_mut(at)?;
    match outcome {
        Delivery::NotSent(problem) => {
            let mut draft = model.outbox.remove(at).draft;
            draft.state = DraftState::Writing;
            let mut cmds = compose::give_back(model, draft, problem);
            cmds.extend(reading::arrange_entries(model));
            return Some(cmds);
        }
        Delivery::Accepted { at } => {
            out.draft.state = DraftState::Accepted { at };
            out.seek(first_look, 0);
        }
        Delivery::Unknown(problem) => {
            out.problem = Some(problem);
            out.seek(first_look, 0);
            notice::say(
                model,
                "The line broke while sending. Looking whether your reply has arrived…",
            );
        }
    }
    Some(Vec::new())
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
        DraftState::Writing => return Vec::new(),
    };
    let sought = Sought {
        draft: id.clone(),
        group: out.draft.target.group.clone(),
        thread: out.draft.target.thread.clone(),
        text: out.draft.text.clone(),
        at: when,
        taken,
    };
    vec![Cmd::Send(Request {
        id: request,
        job: Job::Read(Lane::Settle(id.clone()), Query::Settle(sought)),
    })]
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
        Ok(Payload::Settled(Some(post))) if model.settled.contains(post) => *next = Some(now),
        Ok(Payload::Settled(Some(post))) => {
            let post = post.clone();
            return Some(settled(model, at, post));
        }
        Ok(_) => {
            *looks += 1;
            match LOOKS.get(*looks) {
                Some(wait) => *next = Some(now + *wait),
                None => {
                    out.stage = Stage::Unsettled;
                    notice::say(
                        model,
                        "Your reply has not appeared. D shows it: look again, or write it again.",
                    );
                }
            }
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
fn settled(model: &mut Model, at: usize, post: Id) -> Vec<Cmd> {
    let Some(out) = model.outbox.get_mut(at) else {
        return Vec::new();
    };
    let mut cmds = vec![Cmd::RemoveDraft(out.draft.id.clone())];
    let target = out.draft.target.clone();
    model.settled.push(post.clone());
    if is_shown(model, &target) {
        if let Some(out) = model.outbox.get_mut(at) {
            out.stage = Stage::Visible(post);
        }
        cmds.extend(reading::read_again(model));
    } else {
        model.outbox.remove(at);
    }
    let topic = target.topic;
    notice::say(model, &format!("Your reply is in “{topic}”."));
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

/// The replies under way in the shown thread, as posts.
pub(super) fn pending_entries(model: &Model) -> Vec<Entry> {
    let me = model.me.shown().map(|me| &me.person);
    let under_way = |out: &&Outgoing| out.stage != Stage::Kept && is_shown(model, &out.draft.target);
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
            if model.group.as_ref().is_some_and(|group| group.id == target.group) {
                let listed = model.threads.list.items.shown();
                let listed = listed.and_then(|threads| threads.iter().find(|thread| thread.id == target.thread));
                let thread = listed.cloned().unwrap_or_else(|| Thread {
                    id: target.thread.clone(),
                    topic: target.topic.as_str().into(),
                    ..Thread::default()
                });
                cmds.extend(reading::show(model, thread));
            }
            model.focus = Pane::Posts;
            cmds.extend(compose::resume(model, &id));
            cmds
        }
        Stage::Unsettled => {
            out.stage = Stage::Seeking {
                looks: LOOKS.len() - 1,
                at: None,
                asked: None,
            };
            look(model, &id)
        }
        _ => {
            notice::say(model, "It is on its way: folkmoot is looking for it in the thread.");
            Vec::new()
        }
    }
}

/// The person says that an unsettled reply was not sent: it is a draft again.
pub(super) fn write_again(model: &mut Model, at: usize) -> Vec<Cmd> {
    let Some(out) = model.outbox.get_mut(at) else {
        return Vec::new();
    };
    if out.stage != Stage::Unsettled {
        notice::say(model, "Only a reply that was looked for in vain can be written again.");
        return Vec::new();
    }
    out.stage = Stage::Kept;
    out.draft.state = DraftState::Writing;
    let mut cmds = vec![Cmd::ReopenDraft(Box::new(out.draft.clone()))];
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
        Some(Stage::Kept | Stage::Unsettled) => {}
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
