//! Threads.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::lenient::{each, null_as_default, texts, time};
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
    #[serde(deserialize_with = "time")]
    pub last_delivered_date_time: Option<Timestamp>,
    /// Names of those who posted.
    #[serde(deserialize_with = "texts")]
    pub unique_senders: Vec<Text>,
    /// The beginning of the newest post, as plain text.
    #[serde(deserialize_with = "null_as_default")]
    pub preview: Text,
    /// Whether replies are refused.
    #[serde(deserialize_with = "null_as_default")]
    pub is_locked: bool,
    /// Who gets the thread's posts; only on `$select`.
    #[serde(deserialize_with = "each")]
    pub to_recipients: Vec<Recipient>,
    /// Who gets copies of them; only on `$select`.
    #[serde(deserialize_with = "each")]
    pub cc_recipients: Vec<Recipient>,
}

/// How Planner names the threads that it keeps comments on tasks in, before the task's name, in the languages that it is
/// known in.
const PLANNER_TOPICS: [&str; 8] = [
    "Comments on task \"",
    "Kommentare zum Vorgang \"",
    "Kommentare zur Aufgabe \"",
    "Commentaires sur la tâche \"",
    "Comentarios sobre la tarea \"",
    "Comentários sobre a tarefa \"",
    "Commenti sull'attività \"",
    "Opmerkingen over taak \"",
];

impl Thread {
    /// Whether these are the comments on a task: Planner keeps them as a thread of its group's mailbox.
    pub fn is_of_a_task(&self) -> bool {
        is_of_a_task(&self.topic)
    }
}

/// Whether a thread or a conversation of this topic is made of comments on a task.
pub(super) fn is_of_a_task(topic: &Text) -> bool {
    PLANNER_TOPICS.iter().any(|start| topic.as_str().starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_on_a_task_are_told_from_talk_about_comments() {
        for (topic, expected) in [
            ("Comments on task \"Order badges 名札\"", true),
            ("Kommentare zum Vorgang \"Schilder\"", true),
            ("Comments on task forces", false),
            ("Re: Comments on task \"Order badges\"", false),
            ("", false),
        ] {
            let thread = Thread {
                topic: Text::new(topic),
                ..Thread::default()
            };
            assert_eq!(thread.is_of_a_task(), expected, "{topic}");
        }
    }
}
