//! What hangs on a post.

use serde::{Deserialize, Serialize};

use super::lenient::odd_as_none;
use super::{AttachedItem, Id, Text};

/// An attachment's description, without its bytes.
/// <https://learn.microsoft.com/graph/api/resources/attachment>
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(from = "Wire", into = "Wire")]
pub struct Attachment {
    /// Outlook's id.
    pub id: Id,
    /// The file's name, for showing only: never a path.
    pub name: Text,
    /// The media type.
    pub content_type: Option<Text>,
    /// Bytes, as Graph counts them.
    pub size: u64,
    /// Whether it is shown inside the body.
    pub inline: bool,
    /// What the attachment is.
    pub kind: AttachmentKind,
    /// What an attached item says of itself, where that was read.
    pub item: Option<AttachedItem>,
}

/// The kinds of attachments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttachmentKind {
    /// Bytes.
    File,
    /// Another Outlook item.
    Item,
    /// A link to a file in the cloud.
    Reference,
    /// A kind newer than this program.
    Unknown,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wire {
    #[serde(rename = "@odata.type")]
    odata_type: Option<String>,
    #[serde(default)]
    id: Id,
    #[serde(default, deserialize_with = "odd_as_none")]
    name: Option<Text>,
    #[serde(default, deserialize_with = "odd_as_none")]
    content_type: Option<Text>,
    #[serde(default, deserialize_with = "odd_as_none")]
    size: Option<u64>,
    #[serde(default, deserialize_with = "odd_as_none")]
    is_inline: Option<bool>,
    #[serde(default, deserialize_with = "odd_as_none", skip_serializing_if = "Option::is_none")]
    item: Option<AttachedItem>,
}

impl From<Wire> for Attachment {
    fn from(wire: Wire) -> Self {
        let kind = wire.odata_type.as_deref().unwrap_or("").to_ascii_lowercase();
        Attachment {
            id: wire.id,
            name: wire.name.unwrap_or_default(),
            content_type: wire.content_type,
            size: wire.size.unwrap_or(0),
            inline: wire.is_inline.unwrap_or(false),
            kind: match kind.rsplit('.').next() {
                Some("fileattachment") => AttachmentKind::File,
                Some("itemattachment") => AttachmentKind::Item,
                Some("referenceattachment") => AttachmentKind::Reference,
                _ => AttachmentKind::Unknown,
            },
            item: wire.item,
        }
    }
}

impl From<Attachment> for Wire {
    fn from(attachment: Attachment) -> Self {
        let kind = match attachment.kind {
            AttachmentKind::File => Some("#microsoft.graph.fileAttachment"),
            AttachmentKind::Item => Some("#microsoft.graph.itemAttachment"),
            AttachmentKind::Reference => Some("#microsoft.graph.referenceAttachment"),
            AttachmentKind::Unknown => None,
        };
        Wire {
            odata_type: kind.map(str::to_owned),
            id: attachment.id,
            name: Some(attachment.name),
            content_type: attachment.content_type,
            size: Some(attachment.size),
            is_inline: Some(attachment.inline),
            item: attachment.item,
        }
    }
}
