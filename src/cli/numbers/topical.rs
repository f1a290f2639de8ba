//! What conversations and threads have in common for whoever names one.

use serde::de::DeserializeOwned;

use crate::cli::desk::Desk;
use crate::domain::{Conversation, Id, Text, Thread};
use crate::graph::{Listing, Read, Urgency, conversations, threads};
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
    /// In which of them there is something that was not read, where it is known how far the group's threads were.
    async fn news(desk: &Desk, group: &Id, items: &[Self], marks: &Marks) -> Vec<bool>;
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

    async fn news(_: &Desk, _: &Id, items: &[Self], marks: &Marks) -> Vec<bool> {
        items.iter().map(|thread| marks.is_unread(thread)).collect()
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

    async fn news(desk: &Desk, group: &Id, items: &[Self], marks: &Marks) -> Vec<bool> {
        let mut news = Vec::with_capacity(items.len());
        for conversation in items {
            let any = marks.has_unread(conversation, |_| true);
            let is_apart = |other: &Self| {
                other.id == conversation.id || other.last_delivered_date_time != conversation.last_delivered_date_time
            };
            // Graph's times are whole seconds. Whose thread was read is asked where that makes a difference.
            let is_clear = items.iter().all(is_apart) || any == marks.has_unread(conversation, |_| false);
            news.push(match is_clear {
                true => any,
                false => own_news(desk, group, conversation, marks).await.unwrap_or(any),
            });
        }
        news
    }
}

/// Whether a conversation has something that was not read, by the marks of its own threads.
async fn own_news(desk: &Desk, group: &Id, conversation: &Conversation, marks: &Marks) -> Option<bool> {
    let listing = threads::of_conversation(group, &conversation.id);
    let own = desk.client.gather::<Thread>(listing, Urgency::Person).await;
    let own = own.inspect_err(|problem| tracing::warn!(%problem, "whose thread was read is not known"));
    let own = own.ok()?;
    Some(marks.has_unread(conversation, |id| own.iter().any(|thread| thread.id == *id)))
}
