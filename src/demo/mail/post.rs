//! A post, and what Graph shows of one.
//! <https://learn.microsoft.com/graph/api/resources/post>

use std::sync::Arc;

use jiff::Timestamp;

use super::attachment::Attachment;
use super::extended::Extended;
use crate::demo::extension::Extension;
use crate::demo::ids::change_key;
use crate::demo::odata::cell::Cell;
use crate::demo::odata::property::{Property, always, selected};

/// A name with an address.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Address {
    /// The name.
    pub name: String,
    /// The address.
    pub address: String,
}

impl Address {
    /// Graph's `recipient`.
    pub fn recipient(&self) -> Cell<'_> {
        let fields = vec![("name", Cell::Text(&self.name)), ("address", Cell::Text(&self.address))];
        Cell::Map(vec![("emailAddress", Cell::Map(fields))])
    }

    /// Whether this is the address; letters count without case.
    pub fn is_at(&self, address: &str) -> bool {
        self.address.eq_ignore_ascii_case(address)
    }
}

/// One post of a thread.
#[derive(Clone, Debug)]
pub struct Post {
    /// Outlook's id.
    pub id: String,
    /// The thread's id.
    pub thread_id: Arc<str>,
    /// The conversation's id.
    pub conversation_id: Arc<str>,
    /// When the mailbox got it.
    pub received: Timestamp,
    /// On whose behalf: the group's own address.
    pub from: Arc<Address>,
    /// Who wrote it.
    pub sender: Arc<Address>,
    /// Whether the body is HTML.
    pub html: bool,
    /// The body, wrapped as Exchange does.
    pub body: Arc<str>,
    /// Categories.
    pub categories: Vec<String>,
    /// Whom the post added to the thread.
    pub new_participants: Vec<Address>,
    /// What is attached.
    pub attachments: Vec<Attachment>,
    /// What applications have hung on it.
    pub extensions: Vec<Extension>,
    /// MAPI properties that applications have set.
    pub extended: Vec<Extended>,
    /// The id of the post that it answers.
    pub in_reply_to: Option<String>,
}

impl Post {
    /// Outlook's: inline images do not count.
    pub fn has_attachments(&self) -> bool {
        self.attachments.iter().any(|attachment| !attachment.inline)
    }

    /// Exchange's version of it.
    pub fn change_key(&self) -> String {
        change_key(&self.id, 1)
    }
}

/// Everything Graph shows of a post. `@odata.etag` is written beside it.
pub static PROPERTIES: &[Property<Post>] = &[
    always("id", |it| Cell::Text(&it.id)),
    always("createdDateTime", |it| Cell::Time(it.received)),
    always("lastModifiedDateTime", |it| Cell::Time(it.received)),
    always("changeKey", |it| Cell::Owned(it.change_key())),
    always("categories", |it| Cell::texts(it.categories.iter().map(String::as_str))),
    always("receivedDateTime", |it| Cell::Time(it.received)),
    always("hasAttachments", |it| Cell::Bool(it.has_attachments())),
    always("body", |it| {
        let kind = if it.html { "html" } else { "text" };
        Cell::Map(vec![
            ("contentType", Cell::Text(kind)),
            ("content", Cell::Text(&it.body)),
        ])
    }),
    always("from", |it| it.from.recipient()),
    always("sender", |it| it.sender.recipient()),
    selected("conversationId", |it| Cell::Text(&it.conversation_id)),
    selected("conversationThreadId", |it| Cell::Text(&it.thread_id)),
    selected("newParticipants", |it| {
        Cell::List(it.new_participants.iter().map(Address::recipient).collect())
    }),
];
