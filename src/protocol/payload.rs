//! What a worker answers.

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Delivery, Extent, Holder, Landed, Marks, Problem};
use crate::domain::{
    About, Attachment, Card, Conversation, DirectoryObject, Document, DraftId, Extension, Group, Id, Member, Person,
    Photo, Post, Team, Text, Thread,
};

/// Who is signed in.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Me {
    /// The person.
    pub person: Person,
    /// The organisation's name.
    pub organisation: Option<Text>,
    /// Whose tokens Graph was asked with, where that is known: what the person says goes with no other's.
    pub holder: Option<Holder>,
}

/// The sections of a card: each loads, and is refused, by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Section {
    /// What the directory knows of the person.
    Person,
    /// The photo, as far as it can be told.
    Photo,
    /// What the person says of themselves.
    About,
    /// The chain of managers.
    Managers,
    /// Direct reports.
    Reports,
    /// Groups.
    Groups,
    /// Teams.
    Teams,
    /// Documents that are trending around the person.
    Documents,
}

impl Section {
    /// All of them.
    pub const ALL: [Section; 8] = [
        Section::Person,
        Section::Photo,
        Section::About,
        Section::Managers,
        Section::Reports,
        Section::Groups,
        Section::Teams,
        Section::Documents,
    ];
}

/// One part of a card: a section's content, or why there is none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum CardPart {
    /// The properties.
    Person(Box<Card>),
    /// What is known of the photo; `None` when there is none.
    Photo(Option<Photo>),
    /// What the person says of themselves.
    About(Box<About>),
    /// The chain of managers, nearest first; empty when none is set.
    Managers(Vec<Person>),
    /// Direct reports.
    Reports(Vec<DirectoryObject>),
    /// Groups the person belongs to.
    Groups(Vec<DirectoryObject>),
    /// Teams the person belongs to.
    Teams(Vec<Team>),
    /// Documents around the person, the most trending first.
    Documents(Vec<Document>),
    /// A section that could not be read, with the reason.
    #[serde(skip)]
    Hidden(Section, Problem),
}

impl CardPart {
    /// The section that it is of.
    pub fn section(&self) -> Section {
        match self {
            CardPart::Person(_) => Section::Person,
            CardPart::Photo(_) => Section::Photo,
            CardPart::About(_) => Section::About,
            CardPart::Managers(_) => Section::Managers,
            CardPart::Reports(_) => Section::Reports,
            CardPart::Groups(_) => Section::Groups,
            CardPart::Teams(_) => Section::Teams,
            CardPart::Documents(_) => Section::Documents,
            CardPart::Hidden(section, _) => *section,
        }
    }
}

/// What was read or done.
#[derive(Debug, Clone, PartialEq)]
pub enum Payload {
    /// To `Query::Me`.
    Me(Box<Me>),
    /// To `Query::Groups`: a page.
    Groups(Arc<[Group]>),
    /// To `Query::Group`.
    Group(Box<Group>),
    /// To `Query::Unseen`: counts of some of the groups.
    Unseen(Vec<(Id, u32)>),
    /// To `Query::Members` and `Query::Everyone`: a page.
    Members {
        /// Owners come before members; nobody comes twice.
        page: Arc<[Member]>,
        /// How many there are in all, where Graph said so.
        total: Option<usize>,
    },
    /// To `Query::Conversations`: a page.
    Conversations(Arc<[Conversation]>),
    /// To `Query::Threads` and `Query::ThreadsOf`: a page.
    Threads(Arc<[Thread]>),
    /// To `Query::Posts`: sorted, oldest first.
    Posts {
        /// The posts.
        posts: Vec<Arc<Post>>,
        /// Graph sent exactly as many as it ever sends: there may be more that it keeps back.
        cut_short: bool,
    },
    /// Beside what is kept for `Query::Threads`: how far the threads of the group were read.
    Marks {
        /// The group.
        group: Id,
        /// As far as this.
        marks: Marks,
    },
    /// To `Query::Extent`.
    Extent(Extent),
    /// To `Query::Extensions`.
    Extensions(Vec<Extension>),
    /// To `Query::Attachments`: those of one post.
    Attachments {
        /// The post.
        post: Id,
        /// Its attachments.
        attachments: Vec<Attachment>,
    },
    /// To `Query::Nearby` and `Query::People`: the best of them.
    People {
        /// The people.
        page: Arc<[Person]>,
        /// How many there are in all, where Graph said so.
        total: Option<usize>,
    },
    /// To `Query::Remembered`: the best of them, each with the time of reading.
    Remembered(Vec<(Person, Timestamp)>),
    /// To `Query::Line`: the person, then the managers, nearest first.
    Line(Vec<Person>),
    /// To `Query::Reports`: a page.
    Reports(Arc<[Arc<Person>]>),
    /// To `Query::Card`: one section.
    Card(CardPart),
    /// To `Query::Overlap`: as many lists as it has parts, each sorted by name.
    Overlap(Vec<Arc<[DirectoryObject]>>),
    /// To `Query::Overlap`, of a person and a group: the ways, the shortest first; of each the groups in between, the
    /// nearest to the person first.
    Ways(Vec<Vec<Group>>),
    /// To `Query::Settle`: the post that the draft has become, if it is visible.
    Settled(Option<Landed>),
    /// To a mutation that sends no draft: what became of it.
    Changed(Delivery),
    /// Ends an answer whose parts have all come.
    Nothing,
    /// To `Mutation::Deliver`.
    Delivery {
        /// The draft.
        draft: DraftId,
        /// What became of it.
        outcome: Delivery,
        /// Where that is not known: when it went, by this machine's clock.
        since: Option<Timestamp>,
    },
}
