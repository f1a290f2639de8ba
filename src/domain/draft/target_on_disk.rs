//! Where a draft goes, as it lies on disk.

use serde::{Deserialize, Serialize};

use super::{Kind, Target, is_default};
use crate::domain::Id;

/// A target as it lies on disk. Drafts of the first format name no kind: all of them are replies.
#[derive(Serialize, Deserialize)]
pub(super) struct Wire {
    #[serde(default, skip_serializing_if = "is_default")]
    kind: Name,
    group: Id,
    #[serde(skip_serializing_if = "Option::is_none")]
    conversation: Option<Id>,
    #[serde(skip_serializing_if = "Option::is_none")]
    thread: Option<Id>,
    post: Option<Id>,
    group_name: String,
    topic: String,
    quoted: Option<String>,
}

#[derive(Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Name {
    #[default]
    Reply,
    Conversation,
    Thread,
    Forward,
}

impl TryFrom<Wire> for Target {
    type Error = &'static str;

    fn try_from(wire: Wire) -> Result<Self, Self::Error> {
        let thread = wire.thread.ok_or("a thread is missing");
        let kind = match wire.kind {
            Name::Reply => Kind::Reply {
                thread: thread?,
                post: wire.post,
            },
            Name::Conversation => Kind::Conversation,
            Name::Thread => Kind::Thread {
                conversation: wire.conversation.ok_or("a conversation is missing")?,
            },
            Name::Forward => Kind::Forward {
                thread: thread?,
                post: wire.post.ok_or("a post is missing")?,
            },
        };
        Ok(Target {
            group: wire.group,
            kind,
            group_name: wire.group_name,
            topic: wire.topic,
            quoted: wire.quoted,
        })
    }
}

impl From<Target> for Wire {
    fn from(target: Target) -> Self {
        let (kind, conversation, thread, post) = match target.kind {
            Kind::Reply { thread, post } => (Name::Reply, None, Some(thread), post),
            Kind::Conversation => (Name::Conversation, None, None, None),
            Kind::Thread { conversation } => (Name::Thread, Some(conversation), None, None),
            Kind::Forward { thread, post } => (Name::Forward, None, Some(thread), Some(post)),
        };
        Wire {
            kind,
            group: target.group,
            conversation,
            thread,
            post,
            group_name: target.group_name,
            topic: target.topic,
            quoted: target.quoted,
        }
    }
}
