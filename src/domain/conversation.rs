//! Conversations.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::lenient::{null_as_default, texts, time};
use super::{Id, Text};

/// A collection of threads of one topic.
/// <https://learn.microsoft.com/graph/api/resources/conversation>
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Conversation {
    /// Outlook's id.
    pub id: Id,
    /// The subject.
    #[serde(deserialize_with = "null_as_default")]
    pub topic: Text,
    /// Whether any post has a file; inline images do not count.
    #[serde(deserialize_with = "null_as_default")]
    pub has_attachments: bool,
    /// When the newest post was delivered.
    #[serde(deserialize_with = "time")]
    pub last_delivered_date_time: Option<Timestamp>,
    /// Names of those who posted.
    #[serde(deserialize_with = "texts")]
    pub unique_senders: Vec<Text>,
    /// The beginning of the newest post, as plain text.
    #[serde(deserialize_with = "null_as_default")]
    pub preview: Text,
}

impl Conversation {
    /// Whether these are the comments on a task: Planner keeps them in its group's mailbox.
    pub fn is_of_a_task(&self) -> bool {
        super::thread::is_of_a_task(&self.topic)
    }
}
