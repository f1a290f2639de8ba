//! A thread with its posts and what hangs on them.

use std::collections::HashMap;

use futures_util::{StreamExt, TryStreamExt, stream};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::domain::{Attachment, Id, Post, Thread};
use crate::graph::{Client, Urgency, attachments, posts, read_json, threads};
use crate::protocol::{Problem, ProblemKind};
use crate::runtime::files;

/// Graph serves so many requests of one mailbox at a time.
const AT_A_TIME: usize = 4;
/// A chain of answers is followed so far.
const LONGEST_CHAIN: usize = 50;

/// A thread as it is told from the oldest post on.
pub struct Story {
    /// The group.
    pub group: Id,
    /// What the thread is.
    pub thread: Thread,
    /// As Graph sent it.
    pub json: Box<RawValue>,
    /// Its posts, oldest first.
    pub posts: Vec<Told>,
    /// Graph handed out as many posts as it ever does.
    pub cut_short: bool,
}

/// One post of it.
pub struct Told {
    /// The post.
    pub post: Post,
    /// As Graph sent it.
    pub json: Box<RawValue>,
    /// The post that it answers, where Graph knows.
    pub parent: Option<Id>,
    /// What hangs on it.
    pub enclosed: Vec<Enclosed>,
}

/// What hangs on a post.
pub struct Enclosed {
    /// The attachment.
    pub attachment: Attachment,
    /// As Graph sent it.
    pub json: Box<RawValue>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answering {
    #[serde(default)]
    in_reply_to: Option<Parent>,
}

#[derive(Deserialize)]
struct Parent {
    id: Id,
}

impl Story {
    /// Reads a thread of a list that was read a while ago; `None` where it has been deleted since.
    ///
    /// # Errors
    /// Whatever Graph or the network did.
    pub async fn of_list(
        client: &Client,
        group: &Id,
        id: &Id,
        with_attachments: bool,
    ) -> Result<Option<Self>, Problem> {
        match Self::read(client, group, id, with_attachments).await {
            Err(problem) if problem.kind == ProblemKind::NotFound => Ok(None),
            story => story.map(Some),
        }
    }

    /// Reads a thread.
    ///
    /// # Errors
    /// Whatever Graph or the network did.
    pub async fn read(client: &Client, group: &Id, id: &Id, with_attachments: bool) -> Result<Self, Problem> {
        let json: Box<RawValue> = client.one(threads::by_id(group, id), Urgency::Person).await?;
        let all: Result<Vec<Box<RawValue>>, Problem> =
            client.gather(posts::with_parents(group, id), Urgency::Person).await;
        let all = match all {
            // A service that does not say what a post answers says what was posted.
            Err(problem) if matches!(problem.status, Some(400 | 500 | 501)) => {
                client.gather(posts::of_thread(group, id), Urgency::Person).await
            }
            all => all,
        };
        let mut told = all?.into_iter().map(Told::read).collect::<Result<Vec<_>, _>>()?;
        told.sort_by_key(|told| told.post.when());
        let cut_short = told.len() == posts::MOST;
        let told = stream::iter(told).map(|mut told: Told| async move {
            if with_attachments && told.post.may_have_attachments() {
                let listing = attachments::of_post(group, id, &told.post.id);
                for json in client.gather::<Box<RawValue>>(listing, Urgency::Person).await? {
                    let attachment = read(json.get())?;
                    told.enclosed.push(Enclosed { attachment, json });
                }
            }
            Ok::<_, Problem>(told)
        });
        Ok(Story {
            group: group.clone(),
            thread: read(json.get())?,
            json,
            posts: told.buffered(AT_A_TIME).try_collect().await?,
            cut_short,
        })
    }

    /// What a file of it is called: the day of its newest post, and the topic.
    pub fn name(&self) -> String {
        let day = self
            .thread
            .last_delivered_date_time
            .map(|at| at.strftime("%Y-%m-%d ").to_string());
        let topic = self.thread.topic.as_str();
        files::harmless(&format!("{}{topic}", day.unwrap_or_default()), "thread")
    }

    /// Everything that hangs on the posts, in their order.
    pub fn enclosed(&self) -> impl Iterator<Item = (&Post, &Enclosed)> {
        self.posts
            .iter()
            .flat_map(|told| told.enclosed.iter().map(move |it| (&told.post, it)))
    }

    /// The posts that led to each post, the first of the thread first: as far as it is known what answers what, and from
    /// the first post where it is not.
    pub fn ancestors(&self) -> Vec<Vec<&Id>> {
        let parents: HashMap<&Id, &Id> = self
            .posts
            .iter()
            .filter_map(|told| Some((&told.post.id, told.parent.as_ref()?)))
            .collect();
        let first = self.posts.first().map(|told| &told.post.id);
        let chain = |told: &Told| {
            let own = &told.post.id;
            let mut chain: Vec<&Id> = Vec::new();
            let mut next = parents.get(own);
            while let Some(parent) = next.filter(|parent| **parent != own && !chain.contains(parent)) {
                chain.push(parent);
                next = parents.get(parent).filter(|_| chain.len() < LONGEST_CHAIN);
            }
            chain.extend(first.filter(|first| *first != own && !chain.contains(first)));
            chain.reverse();
            chain
        };
        self.posts.iter().map(chain).collect()
    }
}

impl Told {
    fn read(json: Box<RawValue>) -> Result<Self, Problem> {
        let answering: Answering = read(json.get())?;
        let parent = answering.in_reply_to.map(|parent| parent.id);
        Ok(Told {
            post: read(json.get())?,
            parent: parent.filter(|id| !id.as_str().is_empty()),
            enclosed: Vec::new(),
            json,
        })
    }
}

/// Reads what Graph sent.
fn read<T: serde::de::DeserializeOwned>(json: &str) -> Result<T, Problem> {
    read_json(json.as_bytes()).map_err(|error| {
        tracing::warn!(category = ?error.classify(), line = error.line(), column = error.column(), "unreadable item");
        Problem::new(
            ProblemKind::Server,
            "Graph's answer has a shape that this version does not know.",
            "As JSON you get it as it is.",
        )
    })
}

#[cfg(test)]
pub mod tests {
    use jiff::Timestamp;
    use serde_json::{Value, json};

    use super::*;

    /// A story of these posts: an id, the parent's id, minutes, and the body.
    pub fn story(posts: &[(&str, Option<&str>, i64, &str)]) -> Story {
        let raw = |value: Value| RawValue::from_string(value.to_string()).unwrap();
        let thread = json!({
            "id": "T/1+a==",
            "topic": "Glow 2: dämmerung 夕暮れ / שקיעה",
            "lastDeliveredDateTime": "2026-11-20T10:00:00Z",
            "toRecipients": [{"emailAddress": {"name": "Lantern launch", "address": "launch@folk.example"}}],
        });
        let told = posts.iter().map(|(id, parent, minutes, body)| {
            let received = "2026-11-18T08:26:40Z".parse::<Timestamp>().unwrap().as_second() + minutes * 60;
            Told::read(raw(json!({
                "id": id,
                "inReplyTo": parent.map(|id| json!({"id": id})),
                "receivedDateTime": Timestamp::from_second(received).unwrap().to_string(),
                "categories": ["Blue"],
                "sender": {"emailAddress": {"name": "山田 花子", "address": "hanako@folk.example"}},
                "body": {"contentType": "html", "content": body},
            })))
            .unwrap()
        });
        Story {
            group: Id::new("g"),
            thread: serde_json::from_value(thread.clone()).unwrap(),
            json: raw(thread),
            posts: told.collect(),
            cut_short: false,
        }
    }

    #[test]
    fn every_post_hangs_on_the_first() {
        let story = story(&[
            ("a", None, 0, "x"),
            ("b", Some("a"), 1, "x"),
            ("c", Some("b"), 2, "x"),
            ("d", None, 3, "x"),
            ("e", Some("gone"), 4, "x"),
            ("f", Some("g"), 5, "x"),
            ("g", Some("f"), 6, "x"),
        ]);
        let chains: Vec<String> = story
            .ancestors()
            .into_iter()
            .map(|chain| chain.into_iter().map(Id::as_str).collect::<Vec<_>>().join(" "))
            .collect();
        assert_eq!(chains, ["", "a", "a b", "a", "a gone", "a g", "a f"]);
    }

    #[test]
    fn a_file_has_a_day_and_a_harmless_topic() {
        assert_eq!(story(&[]).name(), "2026-11-20 Glow 2_ dämmerung 夕暮れ _ שקיעה");
    }
}
