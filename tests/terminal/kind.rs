//! What is written to a group, on the screen or by a command, and what the tenant has seen of it.

use std::time::Duration;

use folkmoot::demo::{Options, Seen};

use crate::desk::Desk;

/// What is written. Whoever reads must find all of it again.
pub const WORDS: &str = "Nothing of this may be lost: שלום 山田 👩\u{200d}👧";
/// The topic of what is begun.
pub const TOPIC: &str = "Lantern night 灯籠";

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    Conversation,
    Thread,
    Reply,
    ReplyToPost,
    Forward,
}

impl Kind {
    /// Whether it can be found in the group once it was sent.
    pub fn is_seen(self) -> bool {
        self != Kind::Forward
    }

    fn route(self) -> &'static str {
        match self {
            Kind::Conversation => "/conversations",
            Kind::Thread => "/threads",
            Kind::Reply | Kind::ReplyToPost => "/reply",
            Kind::Forward => "/forward",
        }
    }

    /// The requests that the tenant was asked to take.
    pub fn sent(self, desk: &Desk) -> Vec<Seen> {
        let mut requests = desk.tenant().requests();
        requests.retain(|seen| seen.method == "POST" && seen.path.ends_with(self.route()));
        requests
    }

    /// Makes the first request go wrong.
    pub fn fault(self, desk: &Desk, fault: &str) {
        let spec = format!("POST /groups/**{}@1={fault}", self.route());
        desk.tenant().add_fault(spec.parse().unwrap());
    }
}

/// A desk whose posts are seen so many milliseconds after they were taken.
pub fn desk(visible_after: u64) -> Desk {
    Desk::with(Options {
        visible_after: Duration::from_millis(visible_after),
        ..Options::default()
    })
}
