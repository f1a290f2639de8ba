//! Sending a reply, and finding out what became of it.

use jiff::Timestamp;

use super::Problem;
use crate::domain::{DraftId, Id};

/// What became of one attempt to send. Graph answers a reply with 202 and no id, so nothing more is known at first.
#[derive(Debug, Clone, PartialEq)]
pub enum Delivery {
    /// Graph took it; it becomes visible later.
    Accepted {
        /// The server's own time.
        at: Timestamp,
    },
    /// It was certainly not sent: refused (any 4xx), or no connection was made. The draft is being written again.
    NotSent(Problem),
    /// It may have been sent: the line broke, or the server failed. The draft is looked up before anything else.
    Unknown(Problem),
}

/// A sent draft that is being looked for in its thread.
#[derive(Debug, Clone, PartialEq)]
pub struct Sought {
    /// The draft.
    pub draft: DraftId,
    /// The group.
    pub group: Id,
    /// The thread.
    pub thread: Id,
    /// What was typed.
    pub text: String,
    /// When it was sent, by the server's clock where that is known.
    pub at: Timestamp,
    /// Posts that other drafts have settled on: a post settles one draft.
    pub taken: Vec<Id>,
}
