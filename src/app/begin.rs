//! Beginning what is no reply: a conversation, a thread in one, a forwarded post.

use super::cmd::Cmd;
use super::compose::{self, Composer};
use super::header;
use super::model::Model;
use super::movement::rested;
use super::notice;
use crate::domain::{Draft, DraftState, Enclosed, Field, Kind, Target, Writer};
use crate::layout::Pane;

/// Opens the composer for a new conversation of the group in hand.
pub(super) fn conversation(model: &mut Model) -> Vec<Cmd> {
    let mut cmds = rested(model);
    cmds.extend(begin(model, Kind::Conversation, String::new()));
    cmds
}

/// Opens the composer for a new thread in the conversation that the thread in hand is of.
pub(super) fn thread(model: &mut Model) -> Vec<Cmd> {
    let shown = model.posts.thread.as_ref().map(|thread| &thread.id);
    let in_hand = model.thread_in_hand();
    let topic = in_hand.map(|thread| thread.topic.to_string()).unwrap_or_default();
    let posts = model
        .posts
        .posts
        .shown()
        .filter(|_| shown == in_hand.map(|thread| &thread.id));
    // A thread does not tell its conversation; its posts do.
    let conversation = posts.and_then(|posts| posts.iter().find_map(|post| post.conversation_id.clone()));
    match conversation {
        Some(conversation) => begin(model, Kind::Thread { conversation }, topic),
        None => {
            notice::say(
                model,
                "The thread's posts tell its conversation, and have not come yet; try again in a moment.",
            );
            Vec::new()
        }
    }
}

/// Opens the composer to forward the post under the cursor.
pub(super) fn forward(model: &mut Model) -> Vec<Cmd> {
    let post = model.posts.selected().filter(|entry| entry.pending.is_none());
    let (Some(post), Some(thread)) = (post, &model.posts.thread) else {
        notice::say(model, "This post is still on its way.");
        return Vec::new();
    };
    let kind = Kind::Forward {
        thread: thread.id.clone(),
        post: post.post.id.clone(),
    };
    let topic = thread.topic.to_string();
    begin(model, kind, topic)
}

fn begin(model: &mut Model, kind: Kind, topic: String) -> Vec<Cmd> {
    let Some(group) = model.group.clone() else {
        return Vec::new();
    };
    if !group.has_mailbox() {
        notice::say(model, "This group has no mailbox, so it has no conversations.");
        return Vec::new();
    }
    let first = match kind {
        Kind::Forward { .. } => Field::People,
        _ => Field::Topic,
    };
    let target = Target {
        group_name: group.shown().to_string(),
        group: group.id,
        kind,
        topic,
        quoted: None,
    };
    if model.focus == Pane::Groups {
        model.focus = Pane::Threads;
    }
    if let Some(kept) = compose::kept_draft(model, &target) {
        notice::say(model, "Your draft of this was kept; here it is.");
        return compose::resume(model, &kept);
    }
    let draft = draft(model, target);
    let cmds = compose::open(model, Composer::new(draft));
    header::enter(model, Some(first));
    let mut cmds = cmds;
    cmds.extend(compose::laid_out(model));
    cmds
}

/// An empty draft, as the settings have it.
pub(super) fn draft(model: &mut Model, target: Target) -> Draft {
    let is_forward = matches!(target.kind, Kind::Forward { .. });
    let with = Enclosed {
        format: if is_forward {
            Default::default()
        } else {
            model.settings.format
        },
        signature: model.settings.signature.clone(),
        ..Enclosed::default()
    };
    Draft {
        id: model.next_draft(),
        target,
        text: String::new(),
        with,
        state: DraftState::Writing,
        begun: model.now.wall,
        writer: model.me.shown().map(|me| Writer::of(&me.person)),
    }
}
