//! Sending a draft, and finding out what became of it.

use std::time::Duration;

use jiff::Timestamp;

use super::{Problem, ProblemKind};
use crate::domain::{Draft, Field, Id, Kind, Text};

/// A file that goes with a post must be smaller, in bytes.
/// <https://learn.microsoft.com/graph/api/post-post-attachments>
pub const LARGEST_FILE: u64 = 3 << 20;
/// A request must be smaller, in bytes.
pub const LARGEST_REQUEST: u64 = 4 << 20;

/// When to look for what Graph has taken, each counted from the look before. After the last only a person can decide.
pub const LOOKS: [Duration; 7] = [
    Duration::from_secs(1),
    Duration::from_secs(2),
    Duration::from_secs(4),
    Duration::from_secs(8),
    Duration::from_secs(15),
    Duration::from_secs(30),
    Duration::from_secs(60),
];

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

/// A sent draft that is being looked for: in its thread, or, where it is to make one, in the newest threads of its group.
#[derive(Debug, Clone, PartialEq)]
pub struct Sought {
    /// The draft.
    pub draft: Box<Draft>,
    /// When it was sent, by the server's clock where that is known.
    pub at: Timestamp,
    /// Posts that other drafts have settled on: a post settles one draft.
    pub taken: Vec<Id>,
}

/// Where a sent draft was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Landed {
    /// The thread.
    pub thread: Id,
    /// The post in it.
    pub post: Id,
    /// When the post came there.
    pub at: Option<Timestamp>,
    /// When the newest of those before it had come.
    pub before: Option<Timestamp>,
}

/// Why a draft cannot be sent as it is, if it cannot: nothing in it, something missing, or more than Graph takes.
pub fn objection(draft: &Draft) -> Option<Problem> {
    let kind = &draft.target.kind;
    let missing = |what: &str, next: &str| Some(Problem::new(ProblemKind::Usage, what, next));
    if kind.fields().contains(&Field::Topic) && draft.target.topic.trim().is_empty() {
        return missing("It has no topic yet.", "Give it one: Tab goes there.");
    }
    let forward = matches!(kind, Kind::Forward { .. });
    if forward && draft.with.people.is_empty() {
        return missing(
            "Nobody is named yet to forward it to.",
            "Name somebody: Tab goes there.",
        );
    }
    if let Some(odd) = draft.with.people.iter().find(|person| !person.has_domain()) {
        let what = format!(
            "“{}” is no whole address: Graph takes none without a domain.",
            odd.address
        );
        return missing(&what, "Open it in folkmoot, and take it away or write the whole of it.");
    }
    // A post can be forwarded without a word.
    if draft.text.trim().is_empty() && !forward {
        return missing("There is nothing to send yet.", "");
    }
    if let Some(left) = &draft.with.unfinished {
        let words = Text::new(&left.words);
        let what = format!("“{words}” was typed beside the text, and is not added to it yet.");
        return missing(&what, "Open it in folkmoot, and add it or take it away.");
    }
    too_much(draft)
}

/// What of a draft is more than Graph takes, if anything is.
pub fn too_much(draft: &Draft) -> Option<Problem> {
    let files = &draft.with.attachments;
    if let Some(file) = files.iter().find(|file| file.size >= LARGEST_FILE) {
        return Some(too_large(&file.name, file.size));
    }
    // In a request, three bytes of a file become four.
    let carried: u64 = files.iter().map(|file| file.size.div_ceil(3) * 4 + 200).sum();
    let said = draft.text.len() + draft.target.quoted.as_ref().map_or(0, String::len);
    if carried + said as u64 >= LARGEST_REQUEST {
        let (with, next) = match files.len() {
            0 => (String::new(), "Make it shorter, or attach it."),
            count => (
                format!(" with its {count} files"),
                "Leave a file out, or put it where the group's files are and send a link.",
            ),
        };
        let what = format!(
            "It is too large to send: about {}{with}, and Graph takes less than {}.",
            bytes(carried + said as u64),
            bytes(LARGEST_REQUEST)
        );
        return Some(Problem::new(ProblemKind::Usage, &what, next));
    }
    None
}

/// What is said of a file that is too large.
pub fn too_large(name: &str, size: u64) -> Problem {
    Problem::new(
        ProblemKind::Usage,
        &format!(
            "{} is too large to attach: it has {}, and Graph takes less than {} a file.",
            Text::new(name),
            bytes(size),
            bytes(LARGEST_FILE)
        ),
        "Put it where the group's files are and send a link.",
    )
}

/// `3.1 MB`, in decimal units.
fn bytes(size: u64) -> String {
    format!("{:.1} MB", size as f64 / 1e6)
}
