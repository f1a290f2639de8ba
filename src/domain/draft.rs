//! Drafts: what a person has written and where it is to go. A draft outlives the program.

mod enclosed;
mod target_on_disk;

pub use enclosed::{Enclosed, Enclosure, Format, Unfinished};
use target_on_disk::Wire;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Id, Person};

/// Names a draft; it is also the stem of its file's name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DraftId(pub String);

/// One draft, as it lies on disk.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// Its name.
    pub id: DraftId,
    /// Where it goes.
    pub target: Target,
    /// What was typed, exactly as typed.
    pub text: String,
    /// What goes with the text.
    #[serde(flatten)]
    pub with: Enclosed,
    /// How far it has come.
    pub state: DraftState,
    /// When it was begun.
    pub begun: Timestamp,
    /// Who has begun it, or was the last to say that it is to be sent; `None` where that was not known.
    #[serde(default, skip_serializing_if = "is_default")]
    pub writer: Option<Writer>,
}

/// Whose word a draft is: it goes in nobody else's name unless they say so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Writer {
    /// The id in the directory.
    pub id: Id,
    /// What a person calls them, to tell without the network.
    pub name: String,
    /// The addresses that a post of theirs may come from.
    pub addresses: Vec<String>,
}

impl Writer {
    /// Of a person who is signed in.
    pub fn of(person: &Person) -> Self {
        let mut addresses: Vec<String> = Vec::new();
        for address in [&person.mail, &person.user_principal_name].into_iter().flatten() {
            if !addresses
                .iter()
                .any(|known| known.eq_ignore_ascii_case(address.as_str()))
            {
                addresses.push(address.to_string());
            }
        }
        let name = if person.name.is_empty() {
            person.address()
        } else {
            Some(&person.name)
        };
        Writer {
            id: person.id.clone(),
            name: name.map(ToString::to_string).unwrap_or_default(),
            addresses,
        }
    }
}

impl Draft {
    /// Its writer, where that is somebody else than this person.
    pub fn of_another(&self, me: &Id) -> Option<&Writer> {
        self.writer.as_ref().filter(|writer| writer.id != *me)
    }

    /// Whether a folkmoot that knows nothing but replies of plain text would send it as it is meant.
    pub fn is_plain_reply(&self) -> bool {
        matches!(self.target.kind, Kind::Reply { .. })
            && self.with == Enclosed::default()
            && !matches!(self.state, DraftState::Queued { .. })
    }
}

/// Where it goes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct Target {
    /// The group.
    pub group: Id,
    /// What it is, and what it is put to.
    pub kind: Kind,
    /// What a person calls the group, to tell drafts apart without the network.
    pub group_name: String,
    /// The thread's topic, likewise; of what is new, the topic that was typed for it.
    pub topic: String,
    /// HTML that goes below what was typed: the quoted post, where quoting was asked for.
    pub quoted: Option<String>,
}

impl Target {
    /// The thread that it is put to, or that the forwarded post is of.
    pub fn thread(&self) -> Option<&Id> {
        match &self.kind {
            Kind::Reply { thread, .. } | Kind::Forward { thread, .. } => Some(thread),
            Kind::Conversation | Kind::Thread { .. } => None,
        }
    }

    /// The post that is answered or forwarded.
    pub fn post(&self) -> Option<&Id> {
        match &self.kind {
            Kind::Reply { post, .. } => post.as_ref(),
            Kind::Forward { post, .. } => Some(post),
            Kind::Conversation | Kind::Thread { .. } => None,
        }
    }
}

/// What a draft becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A post in a thread. <https://learn.microsoft.com/graph/api/conversationthread-reply>
    Reply {
        /// The thread.
        thread: Id,
        /// The post that is answered; `None` answers the thread.
        post: Option<Id>,
    },
    /// A conversation of the group. <https://learn.microsoft.com/graph/api/group-post-conversations>
    Conversation,
    /// A thread in a conversation. <https://learn.microsoft.com/graph/api/conversation-post-threads>
    Thread {
        /// The conversation.
        conversation: Id,
    },
    /// A copy of a post, to people outside the thread. <https://learn.microsoft.com/graph/api/post-forward>
    Forward {
        /// The thread of the post.
        thread: Id,
        /// The post.
        post: Id,
    },
}

/// A part of a draft besides its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Field {
    /// People who get it besides the group; of a forwarded post, those who get it at all.
    People,
    /// What it is about.
    Topic,
    /// Categories, plain words.
    Categories,
    /// Files.
    Attachments,
}

impl Kind {
    /// What it is called.
    pub fn noun(&self) -> &'static str {
        match self {
            Kind::Reply { .. } => "reply",
            Kind::Conversation => "conversation",
            Kind::Thread { .. } => "thread",
            Kind::Forward { .. } => "forwarded post",
        }
    }

    /// What it has besides its text, as Graph takes it: a forwarded post carries nothing but a comment.
    pub fn fields(&self) -> &'static [Field] {
        match self {
            Kind::Reply { .. } => &[Field::People, Field::Categories, Field::Attachments],
            Kind::Conversation | Kind::Thread { .. } => {
                &[Field::Topic, Field::People, Field::Categories, Field::Attachments]
            }
            Kind::Forward { .. } => &[Field::People],
        }
    }

    /// Whether it can be found in the group once it was sent: a forwarded post leaves no trace there.
    pub fn is_seen_in_group(&self) -> bool {
        !matches!(self, Kind::Forward { .. })
    }
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// How far a draft has come. Whatever was `Sending` or `Accepted` when the program ended is looked up in the group,
/// never offered again as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "camelCase")]
pub enum DraftState {
    /// Being written; nothing has been sent.
    Writing,
    /// The person has said that it is to be sent, and it certainly was not.
    Queued {
        /// When the person said so: what was said first is sent first.
        since: Timestamp,
        /// It was on its way and came back for want of a connection, or because Graph wanted quiet.
        tried: bool,
        /// Until when Graph wants quiet.
        #[serde(default, skip_serializing_if = "is_default")]
        until: Option<Timestamp>,
    },
    /// Durable before the first byte went out; whether it arrived is not known.
    Sending {
        /// When sending began, by this machine's clock.
        since: Timestamp,
    },
    /// Graph took it; it is not visible yet.
    Accepted {
        /// The server's own time of the answer.
        at: Timestamp,
    },
}

#[cfg(test)]
impl Draft {
    /// An answer that is being written, for tests.
    pub(crate) fn example(text: &str) -> Self {
        Draft {
            id: DraftId("d".into()),
            target: Target {
                group: "g".into(),
                kind: Kind::Reply {
                    thread: "t".into(),
                    post: None,
                },
                group_name: "灯籠".into(),
                topic: "שלום".into(),
                quoted: None,
            },
            text: text.into(),
            with: Enclosed::default(),
            state: DraftState::Writing,
            begun: Timestamp::UNIX_EPOCH,
            writer: None,
        }
    }
}
