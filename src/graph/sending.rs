//! Sending: replies, new conversations and threads, forwarded posts. Each is one POST.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use serde_json::json;

use super::client::Client;
use super::request::{Segment, Write};
use super::write::Departure;
use crate::domain::{Kind, Recipient, Target};
use crate::protocol::{Delivery, Problem};

/// What is put to a target.
#[derive(Debug, Clone, Copy, Default)]
pub struct Content<'a> {
    /// The whole body, HTML; of a forwarded post the comment, plain text.
    pub body: &'a str,
    /// People who get it besides the group; of a forwarded post, those who get it at all.
    pub people: &'a [Recipient],
    /// Categories, plain words.
    pub categories: &'a [String],
    /// Files.
    pub files: &'a [File],
}

/// A file that goes with a post.
#[derive(Clone)]
pub struct File {
    /// What it is called.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for File {
    /// What is in it is nobody's business.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "File({} bytes)", self.bytes.len())
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Post<'a> {
    body: ItemBody<'a>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    new_participants: &'a [Recipient],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    categories: &'a [String],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attachments: Vec<FileAttachment<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ItemBody<'a> {
    content_type: &'static str,
    content: &'a str,
}

/// <https://learn.microsoft.com/graph/api/resources/fileattachment>
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FileAttachment<'a> {
    #[serde(rename = "@odata.type")]
    odata_type: &'static str,
    name: &'a str,
    content_bytes: String,
}

/// The one request that brings the content to the target.
///
/// # Errors
/// `Usage` where it is more than Graph takes; `General` where it cannot be written as JSON.
pub fn request(target: &Target, content: &Content<'_>) -> Result<Write, Problem> {
    let post = Post {
        body: ItemBody {
            content_type: "html",
            content: content.body,
        },
        new_participants: content.people,
        categories: content.categories,
        attachments: content.files.iter().map(attachment).collect(),
    };
    let topic = &target.topic;
    let body = match &target.kind {
        Kind::Reply { .. } => json!({ "post": post }),
        Kind::Conversation => json!({ "topic": topic, "threads": [{ "posts": [post] }] }),
        Kind::Thread { .. } => json!({ "topic": topic, "posts": [post] }),
        Kind::Forward { .. } => json!({ "comment": content.body, "toRecipients": content.people }),
    };
    let write = Write::post(path(target), &body, Some(target.group.clone()))?;
    write.fits()?;
    Ok(write)
}

fn path(target: &Target) -> Vec<Segment> {
    use Segment::{Key, Word};
    let rest = match &target.kind {
        Kind::Reply { thread, post: None } => vec![Word("threads"), Key(thread.clone()), Word("reply")],
        Kind::Reply {
            thread,
            post: Some(post),
        } => vec![
            Word("threads"),
            Key(thread.clone()),
            Word("posts"),
            Key(post.clone()),
            Word("reply"),
        ],
        Kind::Conversation => vec![Word("conversations")],
        Kind::Thread { conversation } => vec![Word("conversations"), Key(conversation.clone()), Word("threads")],
        Kind::Forward { thread, post } => vec![
            Word("threads"),
            Key(thread.clone()),
            Word("posts"),
            Key(post.clone()),
            Word("forward"),
        ],
    };
    [Word("groups"), Key(target.group.clone())]
        .into_iter()
        .chain(rest)
        .collect()
}

fn attachment(file: &File) -> FileAttachment<'_> {
    FileAttachment {
        odata_type: "#microsoft.graph.fileAttachment",
        name: &file.name,
        content_bytes: STANDARD.encode(&file.bytes),
    }
}

impl Client {
    /// Sends something to a group, once, after what its departure needs.
    pub async fn deliver(&self, target: &Target, content: &Content<'_>, departure: &mut impl Departure) -> Delivery {
        match request(target, content) {
            Ok(write) => self.send_after(departure, write).await,
            Err(problem) => Delivery::NotSent(problem),
        }
    }
}
