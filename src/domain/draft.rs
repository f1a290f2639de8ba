//! Drafts: what a person has typed and where it is to go. A draft outlives the program.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Id;

/// Names a draft; it is also the stem of its file's name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DraftId(pub String);

/// One draft, as it lies on disk.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// Its name.
    pub id: DraftId,
    /// Where it goes.
    pub target: Target,
    /// What was typed, exactly as typed.
    pub text: String,
    /// How far it has come.
    pub state: DraftState,
    /// When it was begun.
    pub begun: Timestamp,
}

/// Where a reply goes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Target {
    /// The group.
    pub group: Id,
    /// The thread.
    pub thread: Id,
    /// The post that is answered; `None` answers the thread.
    pub post: Option<Id>,
    /// What a person calls the group, to tell drafts apart without the network.
    pub group_name: String,
    /// The thread's topic, likewise.
    pub topic: String,
    /// HTML that goes below what was typed: the quoted post, where quoting was asked for.
    pub quoted: Option<String>,
}

/// How far a draft has come. Whatever was `Sending` or `Accepted` when the program ended is looked up in the thread,
/// never offered again as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "camelCase")]
pub enum DraftState {
    /// Being written; nothing has been sent.
    Writing,
    /// Durable before the first byte went out; whether it arrived is not known.
    Sending {
        /// When sending began, by this machine's clock.
        since: Timestamp,
    },
    /// Graph answered 202; the post is not visible yet.
    Accepted {
        /// The server's own time of the answer.
        at: Timestamp,
    },
}
