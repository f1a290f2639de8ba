//! Threads of a group's mailbox. <https://learn.microsoft.com/graph/api/group-list-threads>

use jiff::Timestamp;

use super::client::Client;
use super::conversations;
use super::feed::Feed;
use super::pages::Page;
use super::permits::Urgency;
use super::request::{Listing, Read, Write};
use crate::domain::{Id, Thread};
use crate::protocol::{Delivery, Problem};

const FIELDS: &str = "id,topic,hasAttachments,lastDeliveredDateTime,uniqueSenders,preview,isLocked,toRecipients,\
     ccRecipients";
/// A screenful or two: the first page comes soon, and a look for news takes one.
const PAGE: &str = "50";

/// A group's threads, newest first.
pub fn newest_first(group: &Id) -> Listing {
    sorted(Read::of("groups").key(group).word("threads").in_mailbox_of(group))
}

/// The threads of one conversation, newest first. A conversation has a second one where somebody answered without one of
/// the others. <https://learn.microsoft.com/graph/api/conversation-list-threads>
pub fn of_conversation(group: &Id, conversation: &Id) -> Listing {
    sorted(conversations::at(group, conversation).word("threads"))
}

fn sorted(threads: Read) -> Listing {
    threads
        .query("$orderby", "lastDeliveredDateTime desc")
        .query("$select", FIELDS)
        .query("$top", PAGE)
        .listing()
}

/// One thread, with those who get copies.
pub fn by_id(group: &Id, thread: &Id) -> Read {
    at(group, thread).query("$select", FIELDS)
}

pub(super) fn at(group: &Id, thread: &Id) -> Read {
    Read::of("groups")
        .key(group)
        .word("threads")
        .key(thread)
        .in_mailbox_of(group)
}

/// Locks a thread, so that it takes no replies, or opens it again. Nothing else of a thread can be changed.
/// <https://learn.microsoft.com/graph/api/group-update-thread>
///
/// # Errors
/// `General` where it cannot be written as JSON.
pub fn set_lock(group: &Id, thread: &Id, locked: bool) -> Result<Write, Problem> {
    let write = Write::patch(at(group, thread).path, &serde_json::json!({"isLocked": locked}))?;
    Ok(write.in_mailbox_of(group))
}

/// Deletes a thread with its posts, for ever. <https://learn.microsoft.com/graph/api/group-delete-thread>
pub fn delete(group: &Id, thread: &Id) -> Write {
    Write::delete(at(group, thread).path).in_mailbox_of(group)
}

impl Client {
    /// A group's threads, newest first; with `since`, those whose newest post is not older. Posts become visible late,
    /// so a reader that looks for news should leave an overlap.
    pub fn threads(&self, group: &Id, since: Option<Timestamp>, urgency: Urgency) -> Feed<Page<Thread>> {
        let when = |thread: &Thread| thread.last_delivered_date_time;
        self.pages_since(newest_first(group), since, when, urgency)
    }

    /// The threads of one conversation, newest first.
    pub fn threads_of(&self, group: &Id, conversation: &Id, urgency: Urgency) -> Feed<Page<Thread>> {
        self.pages(of_conversation(group, conversation), urgency)
    }

    /// Locks a thread or opens it again, once.
    pub async fn lock_thread(&self, group: &Id, thread: &Id, locked: bool) -> Delivery {
        match set_lock(group, thread, locked) {
            Ok(write) => self.send(write).await,
            Err(problem) => Delivery::NotSent(problem),
        }
    }

    /// Deletes a thread with its posts, once.
    pub async fn delete_thread(&self, group: &Id, thread: &Id) -> Delivery {
        self.send(delete(group, thread)).await
    }
}
