//! What hangs on a post. <https://learn.microsoft.com/graph/api/post-list-attachments>

use super::client::Client;
use super::permits::Urgency;
use super::posts;
use super::request::{Listing, Read};
use crate::domain::{Attachment, Id};
use crate::protocol::Problem;

const FIELDS: &str = "id,name,contentType,size,isInline";

/// Descriptions of a post's attachments. Without the selection Graph would send every byte of them.
pub fn of_post(group: &Id, thread: &Id, post: &Id) -> Listing {
    posts::at(group, thread)
        .key(post)
        .word("attachments")
        .query("$select", FIELDS)
        .listing()
}

/// One attachment as Graph has it, bytes and all; of an item attachment what it holds.
/// <https://learn.microsoft.com/graph/api/attachment-get>
pub fn by_id(group: &Id, thread: &Id, post: &Id, attachment: &Id) -> Read {
    at(group, thread, post, attachment)
}

/// The bytes of an attachment: those of a file, or an item as MIME. A reference has none, and Graph answers 405.
pub fn content(group: &Id, thread: &Id, post: &Id, attachment: &Id) -> Read {
    at(group, thread, post, attachment).word("$value")
}

fn at(group: &Id, thread: &Id, post: &Id, attachment: &Id) -> Read {
    posts::at(group, thread).key(post).word("attachments").key(attachment)
}

impl Client {
    /// Descriptions of a post's attachments, those inside the body among them.
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
        self.gather(of_post(group, thread, post), urgency).await
    }
}
