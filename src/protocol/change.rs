//! Changing a thread: locking it, opening it again, and deleting it or the conversation that it is of.

use crate::domain::Id;

/// What is to become of a thread.
/// <https://learn.microsoft.com/graph/api/resources/conversationthread>
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ThreadChange {
    /// It takes no replies.
    Lock,
    /// It takes replies again.
    Unlock,
    /// It goes, with its posts, for ever.
    Delete,
    /// The conversation that it is of goes, with all its threads, for ever.
    DeleteConversation {
        /// The conversation.
        conversation: Id,
        /// Its threads, as far as they are known.
        threads: Vec<Id>,
    },
}

impl ThreadChange {
    /// Whether something goes that cannot be brought back.
    pub fn deletes(&self) -> bool {
        matches!(self, ThreadChange::Delete | ThreadChange::DeleteConversation { .. })
    }
}

/// What is to be deleted, as far as it is known before it is counted what goes with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doomed {
    /// A thread.
    Thread(Id),
    /// The conversation that a thread is of: its posts tell which.
    ConversationOf(Id),
    /// A conversation.
    Conversation(Id),
}

/// What goes with a thread, or with a conversation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Extent {
    /// The conversation; a thread whose posts cannot be read does not tell it.
    pub conversation: Option<Id>,
    /// The threads: the one asked about, or all of its conversation.
    pub threads: Vec<Id>,
    /// How many posts they have.
    pub posts: usize,
    /// There are more posts than could be counted.
    pub at_least: bool,
}
