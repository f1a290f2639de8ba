//! Conversations of a group's mailbox: threads of one topic. <https://learn.microsoft.com/graph/api/group-list-conversations>

use jiff::Timestamp;

use super::client::Client;
use super::feed::Feed;
use super::pages::Page;
use super::permits::Urgency;
use super::request::{Listing, Read, Write};
use crate::domain::{Conversation, Id};
use crate::protocol::Delivery;

const FIELDS: &str = "id,topic,hasAttachments,lastDeliveredDateTime,uniqueSenders,preview";
/// A screenful or two.
const PAGE: &str = "50";

/// A group's conversations, newest first. Graph refuses every filter here.
pub fn newest_first(group: &Id) -> Listing {
    Read::of("groups")
        .key(group)
        .word("conversations")
        .query("$orderby", "lastDeliveredDateTime desc")
        .query("$select", FIELDS)
        .query("$top", PAGE)
        .in_mailbox_of(group)
        .listing()
}

/// One conversation.
pub fn by_id(group: &Id, conversation: &Id) -> Read {
    at(group, conversation).query("$select", FIELDS)
}

pub(super) fn at(group: &Id, conversation: &Id) -> Read {
    Read::of("groups")
        .key(group)
        .word("conversations")
        .key(conversation)
        .in_mailbox_of(group)
}

/// Deletes a conversation with its threads and posts, for ever.
/// <https://learn.microsoft.com/graph/api/group-delete-conversation>
pub fn delete(group: &Id, conversation: &Id) -> Write {
    Write::delete(at(group, conversation).path).in_mailbox_of(group)
}

impl Client {
    /// A group's conversations, newest first; with `since`, those whose newest post is not older.
    pub fn conversations(&self, group: &Id, since: Option<Timestamp>, urgency: Urgency) -> Feed<Page<Conversation>> {
        let when = |conversation: &Conversation| conversation.last_delivered_date_time;
        self.pages_since(newest_first(group), since, when, urgency)
    }

    /// Deletes a conversation with its threads and posts, once.
    pub async fn delete_conversation(&self, group: &Id, conversation: &Id) -> Delivery {
        self.send(delete(group, conversation)).await
    }
}
