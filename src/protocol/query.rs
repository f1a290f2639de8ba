//! Requests: what is to be read or changed.

use jiff::Timestamp;

use super::own::OwnChange;
use super::{Doomed, Holder, Overlapping, Sought, ThreadChange};
use crate::domain::{Draft, DraftId, Id};

/// Tells one request from all others of a run. The model hands them out in rising order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct RequestId(pub u64);

/// One thing the app wants of the worker.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// Its id, which every answer carries.
    pub id: RequestId,
    /// What is to be done.
    pub job: Job,
}

/// Reading or changing.
#[derive(Debug, Clone, PartialEq)]
pub enum Job {
    /// A read. A newer read in the same lane aborts it.
    Read(Lane, Query),
    /// A change, and whose tokens it may go with, where that is known. Nothing ever aborts it.
    Write(Option<Holder>, Mutation),
}

/// A place on the screen that wants data: at most one read is under way for it. The key of what is read is in the
/// query, not here.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Lane {
    /// Who is signed in.
    Me,
    /// The list of groups.
    Groups,
    /// A group opened by id or address.
    Open,
    /// Unseen counts beside the groups.
    Unseen,
    /// The members pane.
    Members,
    /// The threads pane.
    Threads,
    /// The conversations, where they are listed instead.
    Conversations,
    /// The regular look for news in the list of threads.
    Watch,
    /// The same in the list of conversations.
    WatchConversations,
    /// The posts pane.
    Posts,
    /// Descriptions of the attachments of the shown posts.
    Attachments,
    /// What would go with what is to be deleted.
    Extent,
    /// What applications have hung on the post that is shown as Graph has it.
    Extensions,
    /// The profile viewer.
    Profile,
    /// The photo beside a profile.
    Photo,
    /// A line of managers in the org tree: the first or the second.
    Line(u8),
    /// Those who report to a person in the org tree.
    Reports(Id),
    /// Who belongs to a group in the tree of nested groups. It may stand in several places: all that it stands below is
    /// named, too, from it upwards.
    Nested(Vec<Id>),
    /// What people and groups have in common.
    Overlap,
    /// The people around whoever is signed in.
    Nearby,
    /// The people of the directory that the finder looks for.
    People,
    /// The people of the store that the finder looks for.
    Remembered,
    /// What is likely next, fetched before it is asked for.
    Ahead(u8),
    /// Looking a sent draft up in its thread.
    Settle(DraftId),
}

impl Lane {
    /// Whether a person waits for it. Fetching ahead gives way to people.
    pub fn is_urgent(&self) -> bool {
        !matches!(
            self,
            Lane::Ahead(_) | Lane::Photo | Lane::Watch | Lane::WatchConversations | Lane::Settle(_) | Lane::Unseen
        )
    }
}

/// Which groups are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Scope {
    /// Groups the person belongs to or owns.
    #[default]
    Mine,
    /// Groups the person owns.
    Owned,
    /// All groups of the organisation.
    All,
}

/// What can be read.
#[derive(Debug, Clone, PartialEq)]
pub enum Query {
    /// Who is signed in, and the organisation. Answer: `Me`.
    Me,
    /// Groups of a scope; with a term, those that match it on the server. Answer: pages of `Groups`.
    Groups {
        /// Which groups.
        scope: Scope,
        /// Words to look for in names and descriptions; only with `Scope::All`.
        term: Option<String>,
    },
    /// One group by id or by address. Answer: `Group`.
    Group {
        /// What the person typed: a GUID or an SMTP address.
        key: String,
    },
    /// How many conversations of each group have something new. Answer: parts of `Unseen`.
    Unseen {
        /// Microsoft 365 groups only; others have no mailbox.
        groups: Vec<Id>,
    },
    /// Owners first, then members. Answer: pages of `Members`.
    Members {
        /// The group.
        group: Id,
    },
    /// Owners first, then whoever belongs to the group, through groups in it, too. Answer: pages of `Members`.
    Everyone {
        /// The group.
        group: Id,
    },
    /// Threads, newest first. Answer: pages of `Threads`.
    Threads {
        /// The group.
        group: Id,
        /// Stop at threads older than this; `None` reads all.
        since: Option<Timestamp>,
    },
    /// A group's conversations, newest first. Answer: pages of `Conversations`.
    Conversations {
        /// The group.
        group: Id,
        /// Stop at conversations older than this; `None` reads all.
        since: Option<Timestamp>,
    },
    /// The threads of one conversation, newest first.
    ThreadsOf {
        /// The group.
        group: Id,
        /// The conversation.
        conversation: Id,
    },
    /// All posts of a thread, sorted by time. Answer: `Posts`.
    Posts {
        /// The group.
        group: Id,
        /// The thread.
        thread: Id,
    },
    /// What would go with what is to be deleted. Answer: `Extent`.
    Extent {
        /// The group.
        group: Id,
        /// What is to be deleted.
        of: Doomed,
    },
    /// What applications have hung on a post. Answer: `Extensions`.
    Extensions {
        /// The group.
        group: Id,
        /// The thread.
        thread: Id,
        /// The post.
        post: Id,
    },
    /// Descriptions of attachments. Answer: parts of `Attachments`.
    Attachments {
        /// The group.
        group: Id,
        /// The thread.
        thread: Id,
        /// The posts to ask for.
        posts: Vec<Id>,
    },
    /// People who matter to whoever is signed in, those who matter most first. Answer: `People`; of the store `Remembered`,
    /// too: whose profiles were read last.
    Nearby,
    /// People of the directory of whom a name or an address has the words. Answer: `People`.
    People {
        /// What the person typed.
        term: String,
    },
    /// People whom the store has; Graph is not asked. Answer: `Remembered`.
    Remembered {
        /// What the person typed.
        term: String,
    },
    /// A person and the managers above. Answer: `Line`.
    Line {
        /// The person's id, user principal name or address.
        person: Id,
    },
    /// Those who report to a person. Answer: pages of `Reports`.
    Reports {
        /// The person's id.
        person: Id,
    },
    /// A person's card. Answer: parts of `Card`.
    Card {
        /// The person's id, user principal name or address.
        person: Id,
        /// Whether it is who is signed in: people may see more of themselves.
        mine: bool,
    },
    /// What people and groups have in common. Answer: `Overlap`, or `Ways`.
    Overlap(Overlapping),
    /// Whether a sent draft has become visible. Answer: `Settled`.
    Settle(Sought),
}

/// What can be changed.
#[derive(Debug, Clone, PartialEq)]
pub enum Mutation {
    /// Makes the draft durable as `Sending`, sends it once, and records the outcome. Answer: `Delivery`.
    Deliver(Box<Draft>),
    /// Changes a thread, once. Where the line breaks, Graph is asked what is true. Answer: `Changed`.
    ChangeThread {
        /// The group.
        group: Id,
        /// The thread.
        thread: Id,
        /// What is to become of it.
        change: ThreadChange,
    },
    /// Says that the person has seen what is new in a group, once. Answer: `Changed`.
    SeeGroup {
        /// The group.
        group: Id,
    },
    /// Changes a property of one's own, once. Answer: `Changed`.
    ChangeMine(OwnChange),
    /// Puts up one's own photo, once. Answer: `Changed`.
    PutPhoto {
        /// The path of the file as it was typed.
        file: String,
    },
}
