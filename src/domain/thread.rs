//! Threads.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::person::null_as_default;
use super::{Id, Recipient, Text};

/// A collection of posts.
/// <https://learn.microsoft.com/graph/api/resources/conversationthread>
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Thread {
    /// Outlook's id.
    pub id: Id,
    /// The subject.
    #[serde(deserialize_with = "null_as_default")]
    pub topic: Text,
    /// Whether any post has a file; inline images do not count.
    #[serde(deserialize_with = "null_as_default")]
    pub has_attachments: bool,
    /// When the newest post was delivered.
    pub last_delivered_date_time: Option<Timestamp>,
    /// Names of those who posted.
    #[serde(deserialize_with = "null_as_default")]
    pub unique_senders: Vec<Text>,
    /// The beginning of the newest post, as plain text.
    #[serde(deserialize_with = "null_as_default")]
    pub preview: Text,
    /// Whether replies are refused.
    #[serde(deserialize_with = "null_as_default")]
    pub is_locked: bool,
    /// Who gets the thread's posts; only on `$select`.
    #[serde(deserialize_with = "null_as_default")]
    pub to_recipients: Vec<Recipient>,
    /// Who gets copies of them; only on `$select`.
    #[serde(deserialize_with = "null_as_default")]
    pub cc_recipients: Vec<Recipient>,
}
