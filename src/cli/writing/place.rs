//! Where something goes: the group, the thread, the post.

use crate::cli::desk::Desk;
use crate::cli::exit::Stop;
use crate::cli::{numbers, post, resolve};
use crate::domain::{Conversation, Group, Id, Kind, Post, Target, Thread};
use crate::graph::{Urgency, threads};
use crate::protocol::{Problem, ProblemKind};
use crate::text;

/// A group that has mail.
pub struct Place(Group);

impl Place {
    /// The group that is meant.
    ///
    /// # Errors
    /// As [`resolve::group`], and `Usage` where it has no mailbox.
    pub async fn find(desk: &Desk, key: &str) -> Result<Self, Stop> {
        let group = resolve::group(&desk.client, key).await?.group;
        if !group.has_mailbox() {
            let what = format!("“{}” has no mailbox, so nobody can write to it.", group.shown());
            return Err(Problem::new(ProblemKind::Usage, &what, "Only Microsoft 365 groups have one.").into());
        }
        Ok(Place(group))
    }

    /// Something that is put to the group.
    pub fn target(&self, kind: Kind, topic: String) -> Target {
        Target {
            group: self.0.id.clone(),
            kind,
            group_name: self.0.shown().to_string(),
            topic,
            quoted: None,
        }
    }

    /// A thread in the conversation that is meant.
    ///
    /// # Errors
    /// As [`numbers::find`].
    pub async fn conversation(&self, desk: &Desk, key: &str) -> Result<Kind, Stop> {
        let conversation = numbers::find::<Conversation>(desk, &self.0.id, key).await?;
        Ok(Kind::Thread { conversation })
    }

    /// A reply to the thread that is meant, or to a post of it.
    ///
    /// # Errors
    /// As [`numbers::find`] and [`post::find`]; `NotFound` where there is nothing to quote; `Forbidden` where the thread is
    /// locked.
    pub async fn reply(&self, desk: &Desk, thread: &str, key: Option<&str>, quote: bool) -> Result<Target, Stop> {
        let thread = self.thread(desk, thread).await?;
        if thread.is_locked {
            return Err(locked(thread.topic.as_str()).into());
        }
        let post = match (key, quote) {
            (Some(key), _) => Some(self.post(desk, &thread.id, Some(key)).await?),
            (None, true) => Some(self.post(desk, &thread.id, None).await?),
            (None, false) => None,
        };
        let quoted = post.as_ref().filter(|_| quote).map(|post| quoted(desk, post));
        let kind = Kind::Reply {
            thread: thread.id,
            post: post.filter(|_| key.is_some()).map(|post| post.id),
        };
        Ok(Target {
            quoted,
            ..self.target(kind, thread.topic.to_string())
        })
    }

    /// A post of the thread that is meant, forwarded; without a key the newest.
    ///
    /// # Errors
    /// As [`numbers::find`] and [`post::find`].
    pub async fn forward(&self, desk: &Desk, thread: &str, key: Option<&str>) -> Result<Target, Stop> {
        let thread = self.thread(desk, thread).await?;
        let post = self.post(desk, &thread.id, key).await?.id;
        let kind = Kind::Forward {
            thread: thread.id,
            post,
        };
        Ok(self.target(kind, thread.topic.to_string()))
    }

    async fn thread(&self, desk: &Desk, key: &str) -> Result<Thread, Stop> {
        let id = numbers::find::<Thread>(desk, &self.0.id, key).await?;
        Ok(desk
            .client
            .one(threads::by_id(&self.0.id, &id), Urgency::Person)
            .await?)
    }

    /// The post that is meant; without a key the newest.
    async fn post(&self, desk: &Desk, thread: &Id, key: Option<&str>) -> Result<Post, Stop> {
        match key {
            Some(key) => {
                let (_, id) = post::find(desk, &self.0.id, thread, key).await?;
                let read = crate::graph::posts::by_id(&self.0.id, thread, &id);
                Ok(desk.client.one(read, Urgency::Person).await?)
            }
            None => {
                let (posts, _) = desk.client.posts(&self.0.id, thread, Urgency::Person).await?;
                let newest = posts.into_iter().next_back();
                newest.ok_or_else(|| Problem::new(ProblemKind::NotFound, "The thread has no posts.", "").into())
            }
        }
    }
}

/// Looks whether the thread that a reply goes to is locked by now.
///
/// # Errors
/// `Forbidden` where it is; whatever Graph or the network did.
pub async fn still_open(desk: &Desk, target: &Target) -> Result<(), Problem> {
    let Kind::Reply { thread, .. } = &target.kind else {
        return Ok(());
    };
    match desk.client.is_locked(&target.group, thread).await? {
        Some(true) => Err(locked(&target.topic)),
        // That it is gone is Graph's to say.
        Some(false) | None => Ok(()),
    }
}

fn locked(topic: &str) -> Problem {
    let what = format!("“{topic}” is locked: it takes no replies.");
    Problem::new(
        ProblemKind::Forbidden,
        &what,
        "`folkmoot thread unlock` opens it again for whoever may do that.",
    )
}

/// A post, as it stands below a reply.
fn quoted(desk: &Desk, post: &Post) -> String {
    let zone = desk.config.time.zone.clone().unwrap_or_else(jiff::tz::TimeZone::system);
    let when = post.when().map(|when| text::time::absolute(when, &zone, false));
    text::quote_of(&post.body, post.author().shown().as_str(), &when.unwrap_or_default())
}
