//! What goes when a thread or a conversation is deleted, and whether it has.

use super::client::Client;
use super::permits::Urgency;
use super::{conversations, posts, threads};
use crate::domain::{Conversation, Id, Post, Thread};
use crate::protocol::{Doomed, Extent, Problem, ProblemKind};

/// Of so many threads of a conversation the posts are counted; each takes a request.
const MOST_COUNTED: usize = 20;

impl Client {
    /// What goes with a thread, or with a whole conversation.
    ///
    /// # Errors
    /// Whatever Graph or the network did.
    pub async fn extent(&self, group: &Id, of: &Doomed, urgency: Urgency) -> Result<Extent, Problem> {
        let mut extent = Extent::default();
        let conversation = match of {
            Doomed::Conversation(conversation) => {
                extent.conversation = Some(conversation.clone());
                extent.conversation.clone()
            }
            Doomed::Thread(thread) | Doomed::ConversationOf(thread) => {
                self.count_posts(group, thread, &mut extent, urgency).await?;
                extent.threads.push(thread.clone());
                let is_whole = matches!(of, Doomed::ConversationOf(_));
                extent.conversation.clone().filter(|_| is_whole)
            }
        };
        if let Some(conversation) = conversation {
            let threads = threads::of_conversation(group, &conversation);
            let others: Vec<Thread> = self.gather(threads, urgency).await?;
            let others: Vec<Id> = others
                .into_iter()
                .map(|other| other.id)
                .filter(|other| !extent.threads.contains(other))
                .collect();
            for other in others.iter().take(MOST_COUNTED) {
                self.count_posts(group, other, &mut extent, urgency).await?;
            }
            extent.at_least |= others.len() > MOST_COUNTED;
            extent.threads.extend(others);
        }
        Ok(extent)
    }

    async fn count_posts(&self, group: &Id, thread: &Id, extent: &mut Extent, urgency: Urgency) -> Result<(), Problem> {
        let found: Vec<Post> = self.gather(posts::counted(group, thread), urgency).await?;
        extent.posts += found.len();
        extent.at_least |= found.len() == posts::MOST;
        let conversation = found.into_iter().find_map(|post| post.conversation_id);
        extent.conversation = extent.conversation.take().or(conversation);
        Ok(())
    }

    /// Whether a thread is locked now; `None` where there is no such thread.
    ///
    /// # Errors
    /// Whatever Graph or the network did.
    pub async fn is_locked(&self, group: &Id, thread: &Id) -> Result<Option<bool>, Problem> {
        let found: Option<Thread> = there(self.one(threads::by_id(group, thread), Urgency::Person).await)?;
        Ok(found.map(|thread| thread.is_locked))
    }

    /// Whether there is such a conversation now.
    ///
    /// # Errors
    /// Whatever Graph or the network did.
    pub async fn has_conversation(&self, group: &Id, conversation: &Id) -> Result<bool, Problem> {
        let found: Option<Conversation> = there(
            self.one(conversations::by_id(group, conversation), Urgency::Person)
                .await,
        )?;
        Ok(found.is_some())
    }
}

/// What was found; `None` where it is not there.
fn there<T>(found: Result<T, Problem>) -> Result<Option<T>, Problem> {
    match found {
        Err(problem) if problem.kind == ProblemKind::NotFound => Ok(None),
        found => found.map(Some),
    }
}
