//! Replies: accepted at once, visible later.
//! <https://learn.microsoft.com/graph/api/conversationthread-reply>

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value};

use super::attachment::{Attachment, AttachmentKind, attachment_id};
use super::body::{wrapped, wrapped_text};
use super::post::{Address, Post};
use super::threads;
use crate::demo::answer::Answer;
use crate::demo::call::Call;
use crate::demo::clock::later;
use crate::demo::error::{GraphError, Result};

/// A file inside a request must be smaller than this.
const LARGEST_FILE: usize = 3 * 1024 * 1024;
/// What a reply may say. Everything else that a post has is Exchange's to set.
const SETTABLE: [&str; 8] = [
    "body",
    "newParticipants",
    "categories",
    "attachments",
    "extensions",
    "singleValueExtendedProperties",
    "multiValueExtendedProperties",
    "@odata.type",
];

/// `POST …/threads/{thread}/reply`.
pub fn to_thread(call: &mut Call<'_>) -> Result<Answer> {
    reply(call, false)
}

/// `POST …/posts/{post}/reply`.
pub fn to_post(call: &mut Call<'_>) -> Result<Answer> {
    reply(call, true)
}

fn reply(call: &mut Call<'_>, to_post: bool) -> Result<Answer> {
    let said = said(call)?;
    let parent = if to_post {
        Some(call.parameter("post")?.to_owned())
    } else {
        None
    };
    let mailbox = call.mailbox_to_answer()?;
    let place = threads::thread_place(call, mailbox)?;
    let thread = mailbox.threads.get(place).ok_or_else(GraphError::no_item)?;
    if thread.locked {
        return Err(GraphError::access_denied());
    }
    if let Some(parent) = &parent {
        threads::check_id(parent)?;
        thread
            .posts
            .iter()
            .find(|post| post.id == *parent)
            .ok_or_else(GraphError::no_item)?;
    }
    let (sender, number) = (call.state.address(call.me), mailbox.next_number(place));
    let mut post = mailbox
        .draft(place, number, sender, call.now)
        .ok_or_else(GraphError::no_item)?;
    post.in_reply_to = parent;
    fill(&mut post, &said)?;
    let visible = later(call.now, call.state.visible_after);
    // What others write is news to the signed-in person.
    let unseen = call.me != call.state.me;
    call.mailbox_mut()?.accept(place, post, visible, unseen);
    Ok(Answer::empty(202))
}

/// The `post` in the request's body.
fn said(call: &Call<'_>) -> Result<Map<String, Value>> {
    let (mut post, mut others) = (None, Vec::new());
    for (name, value) in call.request.fields()? {
        if name.eq_ignore_ascii_case("post") {
            post = Some(value)
        } else {
            others.push(name)
        }
    }
    if let Some(other) = others.first() {
        let message = format!(
            "The parameter '{other}' in the request payload is not a valid parameter for the operation 'reply'."
        );
        return Err(GraphError::new(400, "BadRequest", message));
    }
    match post {
        Some(Value::Object(post)) => Ok(post),
        _ => Err(GraphError::new(
            400,
            "ErrorInvalidArgument",
            "The parameter 'Post' is missing or empty.",
        )),
    }
}

fn fill(post: &mut Post, said: &Map<String, Value>) -> Result<()> {
    if let Some(unknown) = said.keys().find(|name| !SETTABLE.contains(&name.as_str())) {
        let message = format!(
            "The property '{unknown}' does not exist on type 'microsoft.graph.post' or cannot be set. Make sure to only \
             use property names that are defined by the type."
        );
        return Err(GraphError::new(400, "RequestBodyRead", message));
    }
    let body = said
        .get("body")
        .and_then(Value::as_object)
        .ok_or_else(|| argument("body"))?;
    let content = body
        .get("content")
        .and_then(Value::as_str)
        .ok_or_else(|| argument("body"))?;
    let kind = body.get("contentType").and_then(Value::as_str).unwrap_or("text");
    post.body = match kind.to_ascii_lowercase().as_str() {
        "html" => wrapped(content).into(),
        "text" | "" => wrapped_text(content).into(),
        _ => return Err(argument("contentType")),
    };
    for category in items(said, "categories")? {
        post.categories
            .push(category.as_str().ok_or_else(|| argument("categories"))?.to_owned());
    }
    for participant in items(said, "newParticipants")? {
        let field = |name: &str| participant.get("emailAddress")?.get(name)?.as_str();
        let address = field("address").ok_or_else(|| argument("newParticipants"))?;
        let name = field("name").unwrap_or(address).to_owned();
        post.new_participants.push(Address {
            name,
            address: address.to_owned(),
        });
    }
    for (number, item) in items(said, "attachments")?.iter().enumerate() {
        let attachment = attachment(item, post, number)?;
        post.attachments.push(attachment);
    }
    Ok(())
}

fn items<'a>(said: &'a Map<String, Value>, name: &str) -> Result<&'a [Value]> {
    match said.get(name) {
        None | Some(Value::Null) => Ok(&[]),
        Some(Value::Array(items)) => Ok(items),
        Some(_) => Err(argument(name)),
    }
}

fn argument(name: &str) -> GraphError {
    GraphError::new(
        400,
        "ErrorInvalidArgument",
        format!("The value of '{name}' is invalid."),
    )
}

fn attachment(item: &Value, post: &Post, number: usize) -> Result<Attachment> {
    let text = |name: &str| item.get(name).and_then(Value::as_str);
    let kind = text("@odata.type")
        .and_then(AttachmentKind::named)
        .ok_or_else(|| argument("@odata.type"))?;
    let content = match kind {
        AttachmentKind::File => {
            let encoded = text("contentBytes").ok_or_else(|| argument("contentBytes"))?;
            STANDARD.decode(encoded).map_err(|_| argument("contentBytes"))?
        }
        AttachmentKind::Item | AttachmentKind::Reference => item.to_string().into_bytes(),
    };
    if content.len() >= LARGEST_FILE {
        let message = "The size of the attachment exceeds the limit of 3 MB.";
        return Err(GraphError::new(413, "ErrorMessageSizeExceeded", message));
    }
    Ok(Attachment {
        id: attachment_id(&post.id, number),
        name: text("name").ok_or_else(|| argument("name"))?.to_owned(),
        content_type: text("contentType").unwrap_or("application/octet-stream").to_owned(),
        kind,
        inline: item.get("isInline").and_then(Value::as_bool).unwrap_or(false),
        content_id: text("contentId").unwrap_or_default().to_owned(),
        content: Cow::Owned(content),
        modified: post.received,
    })
}
