//! A thread and a conversation, and what Graph shows of them.
//! <https://learn.microsoft.com/graph/api/resources/conversationthread>

use std::sync::Arc;

use jiff::Timestamp;

use super::body::preview;
use super::post::{Address, Post};
use crate::demo::odata::cell::Cell;
use crate::demo::odata::property::{Property, always, selected};

/// What a list says of the posts below.
#[derive(Clone, Debug)]
pub struct Summary {
    /// When the last post came.
    pub last_delivered: Timestamp,
    /// Its first words.
    pub preview: String,
    /// Everyone who wrote, by name, in the order of their first post.
    pub senders: Vec<String>,
    /// Whether a post has a real attachment.
    pub attachments: bool,
}

impl Summary {
    /// A summary of nothing yet.
    pub fn empty() -> Summary {
        Summary {
            last_delivered: Timestamp::UNIX_EPOCH,
            preview: String::new(),
            senders: Vec::new(),
            attachments: false,
        }
    }

    /// Takes one more post into account; in any order.
    pub fn add(&mut self, post: &Post) {
        self.note(post);
        if post.received >= self.last_delivered {
            self.last_delivered = post.received;
            self.preview = preview(&post.body, post.html);
        }
    }

    /// A summary of all these posts: only the last one's body is looked at.
    pub fn of(posts: &[Post]) -> Summary {
        let mut summary = Summary::empty();
        posts.iter().for_each(|post| summary.note(post));
        if let Some(last) = posts.iter().max_by_key(|post| post.received) {
            summary.last_delivered = last.received;
            summary.preview = preview(&last.body, last.html);
        }
        summary
    }

    /// Two summaries as one.
    pub fn merge(&mut self, other: &Summary) {
        for sender in &other.senders {
            if !self.senders.contains(sender) {
                self.senders.push(sender.clone());
            }
        }
        self.attachments |= other.attachments;
        if other.last_delivered >= self.last_delivered {
            self.last_delivered = other.last_delivered;
            self.preview.clone_from(&other.preview);
        }
    }

    fn note(&mut self, post: &Post) {
        if !self.senders.contains(&post.sender.name) {
            self.senders.push(post.sender.name.clone());
        }
        self.attachments |= post.has_attachments();
    }
}

/// A thread.
#[derive(Clone, Debug)]
pub struct Thread {
    /// Outlook's id.
    pub id: Arc<str>,
    /// The conversation's place in the mailbox.
    pub conversation: usize,
    /// The topic.
    pub topic: Arc<str>,
    /// Whether it takes no replies.
    pub locked: bool,
    /// Whom it goes to: the group, and whom posts have added.
    pub to: Vec<Arc<Address>>,
    /// Who gets copies.
    pub cc: Vec<Arc<Address>>,
    /// The posts, oldest first.
    pub posts: Vec<Post>,
    /// What lists say of it.
    pub summary: Summary,
}

/// A conversation.
#[derive(Clone, Debug)]
pub struct Conversation {
    /// Outlook's id.
    pub id: Arc<str>,
    /// The topic.
    pub topic: Arc<str>,
    /// The places of its threads in the mailbox.
    pub threads: Vec<usize>,
    /// What lists say of it.
    pub summary: Summary,
}

/// Everything Graph shows of a thread.
pub static THREAD: &[Property<Thread>] = &[
    always("id", |it| Cell::Text(&it.id)),
    always("topic", |it| Cell::Text(&it.topic)),
    always("hasAttachments", |it| Cell::Bool(it.summary.attachments)),
    always("lastDeliveredDateTime", |it| Cell::Time(it.summary.last_delivered)),
    always("uniqueSenders", |it| {
        Cell::texts(it.summary.senders.iter().map(String::as_str))
    }),
    always("preview", |it| Cell::Text(&it.summary.preview)),
    always("isLocked", |it| Cell::Bool(it.locked)),
    selected("toRecipients", |it| {
        Cell::List(it.to.iter().map(|address| address.recipient()).collect())
    }),
    selected("ccRecipients", |it| {
        Cell::List(it.cc.iter().map(|address| address.recipient()).collect())
    }),
];

/// Everything Graph shows of a conversation.
pub static CONVERSATION: &[Property<Conversation>] = &[
    always("id", |it| Cell::Text(&it.id)),
    always("topic", |it| Cell::Text(&it.topic)),
    always("hasAttachments", |it| Cell::Bool(it.summary.attachments)),
    always("lastDeliveredDateTime", |it| Cell::Time(it.summary.last_delivered)),
    always("uniqueSenders", |it| {
        Cell::texts(it.summary.senders.iter().map(String::as_str))
    }),
    always("preview", |it| Cell::Text(&it.summary.preview)),
];
