//! Changes of threads: locking, opening again, deleting. A thread stays as it is on the screen, with a mark of what is under
//! way, until Graph has said that it is otherwise.

use std::sync::Arc;

use super::cmd::Cmd;
use super::model::Model;
use super::posts::PostsPane;
use super::{conversations, groups, notice, outbox};
use crate::domain::{Conversation, Id, Text, Thread};
use crate::keys::Action;
use crate::layout::Pane;
use crate::protocol::{Delivery, Mutation, Payload, Problem, ProblemKind, Reply, RequestId, ThreadChange};

/// Why nothing is asked of what is being changed.
pub(super) const UNDER_WAY: &str = "It is being changed already.";

/// A change of a thread that Graph has not carried out yet.
#[derive(Debug, Clone, PartialEq)]
pub struct ThreadEdit {
    id: RequestId,
    group: Id,
    thread: Id,
    topic: Text,
    change: ThreadChange,
}

/// What has become of a thread here, or of a conversation, whose ids are of the same kind.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Turned {
    /// It is deleted. Graph may go on telling of it for a moment.
    Deleted,
    /// It is locked, or it is not: what was asked before does not know.
    Locked { is: bool, since: RequestId },
}

impl ThreadEdit {
    /// What is under way for a thread of a group.
    pub fn of<'a>(model: &'a Model, group: &Id, thread: &Id) -> Option<&'a ThreadChange> {
        let about = |edit: &&ThreadEdit| {
            let among = match &edit.change {
                ThreadChange::DeleteConversation { threads, .. } => threads.contains(thread),
                _ => edit.thread == *thread,
            };
            edit.group == *group && among
        };
        model.thread_edits.iter().find(about).map(|edit| &edit.change)
    }

    /// Whether a conversation of the shown group is being deleted.
    pub fn deletes(model: &Model, conversation: &Id) -> bool {
        let it = |edit: &ThreadEdit| matches!(&edit.change, ThreadChange::DeleteConversation { conversation: other, .. } if other == conversation);
        model.thread_edits.iter().any(it)
    }
}

/// A topic as it is said.
pub(super) fn called(topic: &Text) -> String {
    match topic.is_empty() {
        true => "The thread without a topic".into(),
        false => format!("“{topic}”"),
    }
}

/// The thread in hand, unless something is under way for it already, which is then said.
pub(super) fn free_thread(model: &mut Model) -> Option<Thread> {
    let thread = model.thread_in_hand()?.clone();
    let group = model.group.as_ref()?.id.clone();
    if ThreadEdit::of(model, &group, &thread.id).is_some() {
        notice::say(model, UNDER_WAY);
        return None;
    }
    Some(thread)
}

/// Locks the thread in hand, or opens it again.
pub(super) fn turn_lock(model: &mut Model) -> Vec<Cmd> {
    let Some(thread) = free_thread(model) else {
        return Vec::new();
    };
    let change = match thread.is_locked {
        true => ThreadChange::Unlock,
        false => ThreadChange::Lock,
    };
    send(model, thread.id, thread.topic, change)
}

/// Has a thread changed, once, or the conversation that it is of.
pub(super) fn send(model: &mut Model, thread: Id, topic: Text, change: ThreadChange) -> Vec<Cmd> {
    let Some(group) = model.group.as_ref().map(|group| group.id.clone()) else {
        return Vec::new();
    };
    let (id, cmd) = model.write(Mutation::ChangeThread {
        group: group.clone(),
        thread: thread.clone(),
        change: change.clone(),
    });
    model.thread_edits.push(ThreadEdit {
        id,
        group,
        thread,
        topic,
        change,
    });
    vec![cmd]
}

/// Whether this very change is on its way.
pub(super) fn awaits(model: &Model, id: RequestId) -> bool {
    model.thread_edits.iter().any(|edit| edit.id == id)
}

/// Takes what became of a change, if it is one of these.
pub(super) fn reply(model: &mut Model, reply: &Reply) -> Option<Vec<Cmd>> {
    let at = model.thread_edits.iter().position(|edit| edit.id == reply.id)?;
    let edit = model.thread_edits.remove(at);
    let (problem, is_open) = match &reply.result {
        Ok(Payload::Changed(Delivery::NotSent(problem))) => (Some(problem), false),
        // Nothing said that it was not carried out, so it may have been.
        Ok(Payload::Changed(Delivery::Unknown(problem))) | Err(problem) => (Some(problem), true),
        Ok(_) => (None, false),
    };
    Some(match problem {
        None => changed(model, &edit),
        Some(problem) if is_open => {
            let what = format!("It may have been done all the same. {}", problem.what);
            let said = Problem {
                what: Text::new(&what),
                ..problem.clone()
            };
            notice::warn(model, &said);
            match is_shown(model, &edit.group) {
                true => groups::refresh_shown(model, Pane::Threads),
                false => Vec::new(),
            }
        }
        Some(problem) if problem.kind == ProblemKind::NotFound => {
            let cmds = take_away(model, &edit);
            notice::say(model, &format!("{} was gone already.", called(&edit.topic)));
            cmds
        }
        Some(problem) => {
            notice::warn(model, problem);
            Vec::new()
        }
    })
}

/// Graph has carried it out.
fn changed(model: &mut Model, edit: &ThreadEdit) -> Vec<Cmd> {
    let topic = called(&edit.topic);
    let locked = match &edit.change {
        ThreadChange::Lock => true,
        ThreadChange::Unlock => false,
        ThreadChange::Delete => {
            let cmds = take_away(model, edit);
            notice::say(model, &format!("{topic} is deleted."));
            return cmds;
        }
        ThreadChange::DeleteConversation { .. } => {
            let cmds = take_away(model, edit);
            notice::say(model, &format!("The conversation {topic} is deleted."));
            return cmds;
        }
    };
    set_lock(model, edit, locked);
    let key = model.settings.keymap.chords(Action::TurnLock).next();
    let key = key.map_or_else(|| format!(":{}", Action::TurnLock.name()), |chord| chord.to_string());
    let said = match locked {
        true => format!("{topic} is locked: it takes no replies. {key} opens it again."),
        false => format!("{topic} takes replies again. {key} locks it."),
    };
    notice::say(model, &said);
    model.filter_again(Pane::Threads)
}

fn is_shown(model: &Model, group: &Id) -> bool {
    model.group.as_ref().is_some_and(|shown| shown.id == *group)
}

/// Shows a thread as it is now.
fn set_lock(model: &mut Model, edit: &ThreadEdit, locked: bool) {
    let key = (edit.group.clone(), edit.thread.clone());
    let since = model.next_id();
    model.turned.insert(key, Turned::Locked { is: locked, since });
    if !is_shown(model, &edit.group) {
        return;
    }
    if let Some(open) = model.posts.thread.as_mut().filter(|open| open.id == edit.thread) {
        open.is_locked = locked;
    }
    model.threads.list.revise(|thread| match thread.id == edit.thread {
        true => Some(Thread {
            is_locked: locked,
            ..thread.clone()
        }),
        false => Some(thread.clone()),
    });
}

/// Takes threads from the screen that are gone. What was written for them stays, and says so.
fn take_away(model: &mut Model, edit: &ThreadEdit) -> Vec<Cmd> {
    let gone = match &edit.change {
        ThreadChange::DeleteConversation { threads, .. } => threads.clone(),
        _ => vec![edit.thread.clone()],
    };
    let keys = gone.iter().map(|thread| (edit.group.clone(), thread.clone()));
    model.turned.extend(keys.map(|key| (key, Turned::Deleted)));
    if let ThreadChange::DeleteConversation { conversation, .. } = &edit.change {
        let key = (edit.group.clone(), conversation.clone());
        model.turned.insert(key, Turned::Deleted);
    }
    let problem = Problem::new(
        ProblemKind::NotFound,
        "The thread that this answers was deleted.",
        "Copy what you need of it, or discard it.",
    );
    let mut cmds = outbox::lose_thread(model, &edit.group, &gone, &problem);
    if !is_shown(model, &edit.group) {
        return cmds;
    }
    if model.posts.thread.as_ref().is_some_and(|open| gone.contains(&open.id)) {
        model.posts = PostsPane::default();
        if model.focus == Pane::Posts {
            model.focus = Pane::Threads;
        }
    }
    let list = &mut model.threads.list;
    list.revise(|thread| (!gone.contains(&thread.id)).then(|| thread.clone()));
    if model.focus == Pane::Threads {
        model.rest(Pane::Threads);
    }
    cmds.extend(model.filter_again(Pane::Threads));
    cmds.extend(conversations::thread_gone(model, &edit.change));
    cmds
}

/// The conversations of a page without those that were deleted here.
pub(super) fn without_deleted(model: &Model, page: Arc<[Conversation]>) -> Arc<[Conversation]> {
    let Some(group) = model.group.as_ref().filter(|_| !model.turned.is_empty()) else {
        return page;
    };
    let is_there = |known: &&Conversation| {
        let turned = model.turned.get(&(group.id.clone(), known.id.clone()));
        turned != Some(&Turned::Deleted)
    };
    page.iter().filter(is_there).cloned().collect()
}

/// The threads of a page that was asked for, as they are after what was done to them here.
pub(super) fn as_turned(model: &Model, asked: RequestId, page: Arc<[Thread]>) -> Arc<[Thread]> {
    let Some(group) = model.group.as_ref().filter(|_| !model.turned.is_empty()) else {
        return page;
    };
    let as_it_is = |thread: &Thread| match model.turned.get(&(group.id.clone(), thread.id.clone())) {
        Some(Turned::Deleted) => None,
        Some(Turned::Locked { is, since }) if asked < *since => Some(Thread {
            is_locked: *is,
            ..thread.clone()
        }),
        _ => Some(thread.clone()),
    };
    page.iter().filter_map(as_it_is).collect()
}
