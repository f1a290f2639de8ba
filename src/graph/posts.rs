//! Posts of a thread. <https://learn.microsoft.com/graph/api/conversationthread-list-posts>

use super::client::Client;
use super::permits::Urgency;
use super::request::{Listing, Read};
use super::threads;
use crate::domain::{Id, Post};
use crate::protocol::Problem;

const FIELDS: &str = "id,body,receivedDateTime,createdDateTime,from,sender,hasAttachments,categories,conversationId,\
     newParticipants";
/// Graph sends at most this many posts of a thread, in no order, and no link to more.
pub const MOST: usize = 100;

/// All posts of a thread that Graph hands out. It ignores order and page size here.
pub fn of_thread(group: &Id, thread: &Id) -> Listing {
    at(group, thread).query("$select", FIELDS).listing()
}

/// The same, and of each post no more than is needed to count it.
pub fn counted(group: &Id, thread: &Id) -> Listing {
    at(group, thread).query("$select", "id,conversationId").listing()
}

/// One post, with those whom it added to the thread.
/// <https://learn.microsoft.com/graph/api/post-get>
pub fn by_id(group: &Id, thread: &Id, post: &Id) -> Read {
    at(group, thread)
        .key(post)
        .query("$select", format!("{FIELDS},conversationThreadId"))
}

/// All posts of a thread, and of each the one that it answers, where Graph knows that.
pub fn with_parents(group: &Id, thread: &Id) -> Listing {
    at(group, thread)
        .query("$select", FIELDS)
        .query("$expand", "inReplyTo($select=id)")
        .listing()
}

pub(super) fn at(group: &Id, thread: &Id) -> Read {
    threads::at(group, thread).word("posts")
}

impl Client {
    /// The posts of a thread, oldest first, and whether the list was cut short: Graph sends a hundred at most.
    ///
    /// # Errors
    /// Whatever Graph or the network did.
    pub async fn posts(&self, group: &Id, thread: &Id, urgency: Urgency) -> Result<(Vec<Post>, bool), Problem> {
        let mut posts: Vec<Post> = self.gather(of_thread(group, thread), urgency).await?;
        let cut_short = posts.len() == MOST;
        posts.sort_by_key(Post::when);
        Ok((posts, cut_short))
    }
}
