//! What conversations and threads have in common for whoever names one.

use serde::de::DeserializeOwned;

use crate::domain::{Conversation, Id, Text, Thread};
use crate::graph::{Listing, Read, conversations, threads};
use crate::protocol::Marks;
use crate::store::Listed;

/// What has a topic, and a number in listings.
pub trait Topical: DeserializeOwned + Send + 'static {
    /// What listings of it are kept as.
    const LISTED: Listed;
    /// One, and several.
    const NOUN: [&'static str; 2];
    /// One of a group's by its id.
    fn by_id(group: &Id, id: &Id) -> Read;
    /// All of a group's, newest first.
    fn newest_first(group: &Id) -> Listing;
    /// Its id.
    fn id(&self) -> &Id;
    /// Its topic.
    fn topic(&self) -> &Text;
    /// Whether there is something in it that was not read, where it is known how far the group's threads were.
    fn is_unread(&self, marks: &Marks) -> bool;
}

impl Topical for Thread {
    const LISTED: Listed = Listed::Threads;
    const NOUN: [&'static str; 2] = ["thread", "threads"];

    fn by_id(group: &Id, id: &Id) -> Read {
        threads::by_id(group, id)
    }

    fn newest_first(group: &Id) -> Listing {
        threads::newest_first(group)
    }

    fn id(&self) -> &Id {
        &self.id
    }

    fn topic(&self) -> &Text {
        &self.topic
    }

    fn is_unread(&self, marks: &Marks) -> bool {
        marks.is_unread(self)
    }
}

impl Topical for Conversation {
    const LISTED: Listed = Listed::Conversations;
    const NOUN: [&'static str; 2] = ["conversation", "conversations"];

    fn by_id(group: &Id, id: &Id) -> Read {
        conversations::by_id(group, id)
    }

    fn newest_first(group: &Id) -> Listing {
        conversations::newest_first(group)
    }

    fn id(&self) -> &Id {
        &self.id
    }

    fn topic(&self) -> &Text {
        &self.topic
    }

    fn is_unread(&self, marks: &Marks) -> bool {
        marks.has_unread(self, |_| true)
    }
}
