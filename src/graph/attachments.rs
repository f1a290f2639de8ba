//! What hangs on a post. <https://learn.microsoft.com/graph/api/post-list-attachments>

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;

use super::client::Client;
use super::permits::Urgency;
use super::posts;
use super::request::{Listing, Read};
use crate::domain::{Attachment, AttachmentKind, Id};
use crate::protocol::{Problem, ProblemKind};

const FIELDS: &str = "id,name,contentType,size,isInline";

/// Descriptions of a post's attachments. Without the selection Graph would send every byte of them.
pub fn of_post(group: &Id, thread: &Id, post: &Id) -> Listing {
    posts::at(group, thread)
        .key(post)
        .word("attachments")
        .query("$select", FIELDS)
        .listing()
}

/// One attachment as Graph has it, bytes and all; of an item not what it holds.
/// <https://learn.microsoft.com/graph/api/attachment-get>
pub fn by_id(group: &Id, thread: &Id, post: &Id, attachment: &Id) -> Read {
    at(group, thread, post, attachment)
}

/// An attached item with what it holds: a message, an event or a contact.
/// <https://learn.microsoft.com/graph/api/attachment-get>
pub fn item(group: &Id, thread: &Id, post: &Id, attachment: &Id) -> Read {
    at(group, thread, post, attachment).query("$expand", "microsoft.graph.itemattachment/item")
}

/// The bytes of an attachment: those of a file, or an item as MIME. A reference has none, and Graph answers 405.
pub fn content(group: &Id, thread: &Id, post: &Id, attachment: &Id) -> Read {
    at(group, thread, post, attachment).word("$value")
}

fn at(group: &Id, thread: &Id, post: &Id, attachment: &Id) -> Read {
    posts::at(group, thread).key(post).word("attachments").key(attachment)
}

/// A picture that a body shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// What the body calls it, after `cid:`.
    pub content_id: Option<String>,
    /// The picture.
    pub bytes: Vec<u8>,
}

/// What only a file attachment says. <https://learn.microsoft.com/graph/api/resources/fileattachment>
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct FileAttachment {
    content_id: Option<String>,
    content_bytes: Option<String>,
}

impl Client {
    /// A picture inside a body, with what the body calls it.
    ///
    /// # Errors
    /// Whatever Graph or the network did.
    pub async fn picture(
        &self,
        group: &Id,
        thread: &Id,
        post: &Id,
        attachment: &Id,
        urgency: Urgency,
    ) -> Result<Picture, Problem> {
        let file: FileAttachment = self.one(by_id(group, thread, post, attachment), urgency).await?;
        let bytes = STANDARD.decode(file.content_bytes.unwrap_or_default()).map_err(|_| {
            Problem::new(
                ProblemKind::Server,
                "Graph's answer holds a picture that cannot be read.",
                "Try again.",
            )
        })?;
        Ok(Picture {
            content_id: file.content_id.filter(|id| !id.is_empty()),
            bytes,
        })
    }

    /// Descriptions of a post's attachments, those inside the body among them. Items are asked one by one what they hold;
    /// one that does not tell is only named.
    ///
    /// # Errors
    /// Whatever Graph or the network did.
    pub async fn attachments(
        &self,
        group: &Id,
        thread: &Id,
        post: &Id,
        urgency: Urgency,
    ) -> Result<Vec<Attachment>, Problem> {
        let mut all: Vec<Attachment> = self.gather(of_post(group, thread, post), urgency).await?;
        for attachment in all.iter_mut().filter(|it| it.kind == AttachmentKind::Item) {
            let read = item(group, thread, post, &attachment.id);
            match self.one::<Attachment>(read, urgency).await {
                Ok(whole) => attachment.item = whole.item,
                Err(problem) => tracing::info!(kind = ?problem.kind, status = problem.status, "an item does not tell"),
            }
        }
        Ok(all)
    }
}
