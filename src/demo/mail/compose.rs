//! What a request says of a new post: its body, whom it adds, its categories, attachments, open extensions and extended
//! properties.
//! <https://learn.microsoft.com/graph/api/resources/post>

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value};

use super::attachment::{Attachment, AttachmentKind, attachment_id};
use super::body::{wrapped, wrapped_text};
use super::extended;
use super::post::{Address, Post};
use crate::demo::error::{GraphError, Result};
use crate::demo::extension::Extension;

/// A file inside a request must be smaller than this.
const LARGEST_FILE: usize = 3 * 1024 * 1024;
/// What can be said of a new post. Everything else that a post has is Exchange's to set.
const SETTABLE: [&str; 8] = [
    "body",
    "newParticipants",
    "categories",
    "attachments",
    "extensions",
    extended::Kind::Single.name(),
    extended::Kind::Multi.name(),
    "@odata.type",
];

/// A member of an object; its name counts without case.
pub fn member<'a>(of: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    of.iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name))
        .map(|(_, value)| value)
}

/// Refuses every member but these.
pub fn check_members(of: &Map<String, Value>, known: &[&str], kind: &str) -> Result<()> {
    let is_known = |name: &String| known.iter().any(|known| known.eq_ignore_ascii_case(name));
    let Some(unknown) = of.keys().find(|name| !is_known(name)) else {
        return Ok(());
    };
    let message = format!(
        "The property '{unknown}' does not exist on type 'microsoft.graph.{kind}' or cannot be set. Make sure to only use \
         property names that are defined by the type."
    );
    Err(GraphError::new(400, "RequestBodyRead", message))
}

/// The items of a collection, none where it is missing.
pub fn items<'a>(of: &'a Map<String, Value>, name: &str) -> Result<&'a [Value]> {
    match member(of, name) {
        None | Some(Value::Null) => Ok(&[]),
        Some(Value::Array(items)) => Ok(items),
        Some(_) => Err(argument(name)),
    }
}

/// A value that makes no sense.
pub fn argument(name: &str) -> GraphError {
    GraphError::new(
        400,
        "ErrorInvalidArgument",
        format!("The value of '{name}' is invalid."),
    )
}

/// Recipients, as requests write them.
pub fn addresses(of: &Map<String, Value>, name: &str) -> Result<Vec<Address>> {
    let address = |item: &Value| {
        let mail = member(item.as_object()?, "emailAddress")?.as_object()?;
        let text = |name: &str| member(mail, name).and_then(Value::as_str);
        let address = text("address").filter(|address| !address.is_empty())?;
        Some(Address {
            name: text("name").unwrap_or(address).to_owned(),
            address: address.to_owned(),
        })
    };
    let read = |item: &Value| address(item).ok_or_else(|| argument(name));
    items(of, name)?.iter().map(read).collect()
}

/// Fills a post in with what was said of it.
pub fn fill(post: &mut Post, said: &Map<String, Value>) -> Result<()> {
    check_members(said, &SETTABLE, "post")?;
    let body = member(said, "body")
        .and_then(Value::as_object)
        .ok_or_else(|| argument("body"))?;
    let text = |name: &str| member(body, name).and_then(Value::as_str);
    let content = text("content").ok_or_else(|| argument("body"))?;
    post.body = match text("contentType").unwrap_or("text").to_ascii_lowercase().as_str() {
        "html" => wrapped(content).into(),
        "text" | "" => wrapped_text(content).into(),
        _ => return Err(argument("contentType")),
    };
    for category in items(said, "categories")? {
        let category = category.as_str().ok_or_else(|| argument("categories"))?;
        post.categories.push(category.to_owned());
    }
    post.new_participants = addresses(said, "newParticipants")?;
    for (number, item) in items(said, "attachments")?.iter().enumerate() {
        let attachment = attachment(item, post, number)?;
        post.attachments.push(attachment);
    }
    for item in items(said, "extensions")? {
        let fields = item.as_object().ok_or_else(|| argument("extensions"))?;
        post.extensions.push(Extension::read(fields)?);
    }
    for kind in extended::Kind::ALL {
        for item in items(said, kind.name())? {
            post.extended
                .push(kind.read(item).ok_or_else(|| argument(kind.name()))?);
        }
    }
    Ok(())
}

fn attachment(item: &Value, post: &Post, number: usize) -> Result<Attachment> {
    let text = |name: &str| item.as_object().and_then(|item| member(item, name)?.as_str());
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
    let flag = item.as_object().and_then(|item| member(item, "isInline")?.as_bool());
    Ok(Attachment {
        id: attachment_id(&post.id, number),
        name: text("name").ok_or_else(|| argument("name"))?.to_owned(),
        content_type: text("contentType").unwrap_or("application/octet-stream").to_owned(),
        kind,
        inline: flag.unwrap_or(false),
        content_id: text("contentId").unwrap_or_default().to_owned(),
        content: Cow::Owned(content),
        modified: post.received,
    })
}
