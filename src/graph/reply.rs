//! Replying to a thread or to one of its posts. <https://learn.microsoft.com/graph/api/conversationthread-reply>

use serde::Serialize;

use super::client::Client;
use super::request::{Segment, Write};
use crate::domain::{Id, Target};
use crate::protocol::{Delivery, Problem};

#[derive(Serialize)]
struct Body<'a> {
    post: Post<'a>,
}

#[derive(Serialize)]
struct Post<'a> {
    body: ItemBody<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ItemBody<'a> {
    content_type: &'static str,
    content: &'a str,
}

/// A reply whose body is HTML: to a post, where one is named, else to the thread.
///
/// # Errors
/// `General` where it cannot be written as JSON.
pub fn reply(group: &Id, thread: &Id, post: Option<&Id>, html: &str) -> Result<Write, Problem> {
    let mut path = vec![
        Segment::Word("groups"),
        Segment::Key(group.clone()),
        Segment::Word("threads"),
        Segment::Key(thread.clone()),
    ];
    if let Some(post) = post {
        path.extend([Segment::Word("posts"), Segment::Key(post.clone())]);
    }
    path.push(Segment::Word("reply"));
    let body = Body {
        post: Post {
            body: ItemBody {
                content_type: "html",
                content: html,
            },
        },
    };
    Write::post(path, &body, Some(group.clone()))
}

impl Client {
    /// Sends a reply, once. `html` is the whole body: what was typed, and the quoted post where there is one.
    pub async fn reply(&self, target: &Target, html: &str) -> Delivery {
        match reply(&target.group, &target.thread, target.post.as_ref(), html) {
            Ok(write) => self.send(write).await,
            Err(problem) => Delivery::NotSent(problem),
        }
    }
}
