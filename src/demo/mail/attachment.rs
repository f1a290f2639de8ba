//! An attachment of a post, and what Graph shows of each sort.
//! <https://learn.microsoft.com/graph/api/resources/attachment>

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use jiff::Timestamp;

use crate::demo::ids::digest;
use crate::demo::odata::cell::Cell;
use crate::demo::odata::property::{Property, Shown, always, selected};

/// What sort of attachment it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // Graph's own names
pub enum AttachmentKind {
    File,
    Item,
    Reference,
}

impl AttachmentKind {
    /// The `@odata.type`.
    pub fn type_name(self) -> &'static str {
        match self {
            AttachmentKind::File => "#microsoft.graph.fileAttachment",
            AttachmentKind::Item => "#microsoft.graph.itemAttachment",
            AttachmentKind::Reference => "#microsoft.graph.referenceAttachment",
        }
    }

    /// The kind of this name, in the assets (`file`) or in a request (`#microsoft.graph.fileAttachment`).
    pub fn named(name: &str) -> Option<AttachmentKind> {
        [
            ("file", AttachmentKind::File),
            ("item", AttachmentKind::Item),
            ("reference", AttachmentKind::Reference),
        ]
        .into_iter()
        .find(|(short, kind)| {
            name == *short
                || kind
                    .type_name()
                    .trim_start_matches('#')
                    .eq_ignore_ascii_case(name.trim_start_matches('#'))
        })
        .map(|(_, kind)| kind)
    }
}

/// One attachment.
#[derive(Clone, Debug)]
pub struct Attachment {
    /// Outlook's id.
    pub id: String,
    /// File name, subject or link title.
    pub name: String,
    /// Media type; empty for items.
    pub content_type: String,
    /// Its sort.
    pub kind: AttachmentKind,
    /// Whether the body shows it.
    pub inline: bool,
    /// What the body calls it, after `cid:`.
    pub content_id: String,
    /// The bytes: of the file, of the item's text, of the link.
    pub content: Cow<'static, [u8]>,
    /// When it was attached.
    pub modified: Timestamp,
}

impl Attachment {
    /// The `item` that an item attachment holds.
    pub fn item(&self) -> Cell<'_> {
        Cell::Map(vec![
            ("@odata.type", Cell::Text("#microsoft.graph.message")),
            ("id", Cell::Text("")),
            ("createdDateTime", Cell::Time(self.modified)),
            ("lastModifiedDateTime", Cell::Time(self.modified)),
            ("receivedDateTime", Cell::Time(self.modified)),
            ("subject", Cell::Text(&self.name)),
            (
                "body",
                Cell::Map(vec![
                    ("contentType", Cell::Text("text")),
                    (
                        "content",
                        Cell::Owned(String::from_utf8_lossy(&self.content).into_owned()),
                    ),
                ]),
            ),
        ])
    }
}

/// An attachment's id: the post's, with a tail.
pub fn attachment_id(post: &str, number: usize) -> String {
    let tail = digest(number as u64, post.as_bytes()).to_be_bytes();
    let head = post.trim_end_matches('=');
    let head = head.get(..head.len() / 4 * 4).unwrap_or(head);
    format!(
        "{head}{}",
        URL_SAFE.encode([&[0x04, 0x40, 0x04, 0x00][..], &tail].concat())
    )
}

/// What every attachment has. Only a file attachment has more: see [`FILE_PROPERTIES`].
pub static PROPERTIES: &[Property<Attachment>] = &[
    always("id", |it| Cell::Text(&it.id)),
    always("lastModifiedDateTime", |it| Cell::Time(it.modified)),
    always("name", |it| Cell::Text(&it.name)),
    always("contentType", |it| Cell::text(&it.content_type)),
    always("size", |it| {
        Cell::Number(i64::try_from(it.content.len()).unwrap_or(i64::MAX))
    }),
    always("isInline", |it| Cell::Bool(it.inline)),
];

/// What a file attachment has besides, in a `$select` written `microsoft.graph.fileAttachment/contentId`.
pub static FILE_PROPERTIES: &[Property<Attachment>] = &[
    Property {
        name: "contentId",
        shown: Shown::Always,
        filterable: false,
        get: |it| Cell::text(&it.content_id),
    },
    Property {
        name: "contentLocation",
        shown: Shown::Always,
        filterable: false,
        get: |_| Cell::Null,
    },
    selected("contentBytes", |it| Cell::Owned(STANDARD.encode(&it.content))),
];
