//! What hangs on a post. <https://learn.microsoft.com/graph/api/post-list-attachments>

use super::client::Client;
use super::permits::Urgency;
use super::posts;
use super::request::Listing;
use crate::domain::{Attachment, Id};
use crate::protocol::Problem;

/// Descriptions of a post's attachments. Without the selection Graph would send every byte of them.
pub fn of_post(group: &Id, thread: &Id, post: &Id) -> Listing {
    posts::at(group, thread)
        .key(post)
        .word("attachments")
        .query("$select", "id,name,contentType,size,isInline")
        .listing()
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
