//! An attachment of a post, and what Graph shows of each sort.
//! <https://learn.microsoft.com/graph/api/resources/attachment>

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::demo::ids::digest;
use crate::demo::odata::cell::Cell;
use crate::demo::odata::property::{Property, Shown, always, selected};

/// What sort of attachment it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // Graph's own names
pub enum AttachmentKind {
    File,
    Item,
    Reference,
}

impl AttachmentKind {
    /// The `@odata.type`.
    pub fn type_name(self) -> &'static str {
        match self {
            AttachmentKind::File => "#microsoft.graph.fileAttachment",
            AttachmentKind::Item => "#microsoft.graph.itemAttachment",
            AttachmentKind::Reference => "#microsoft.graph.referenceAttachment",
        }
    }

    /// The kind of this name, in the assets (`file`) or in a request (`#microsoft.graph.fileAttachment`).
    pub fn named(name: &str) -> Option<AttachmentKind> {
        [
            ("file", AttachmentKind::File),
            ("item", AttachmentKind::Item),
            ("reference", AttachmentKind::Reference),
        ]
        .into_iter()
        .find(|(short, kind)| {
            name == *short
                || kind
                    .type_name()
                    .trim_start_matches('#')
                    .eq_ignore_ascii_case(name.trim_start_matches('#'))
        })
        .map(|(_, kind)| kind)
    }
}

/// One attachment.
#[derive(Clone, Debug)]
pub struct Attachment {
    /// Outlook's id.
    pub id: String,
    /// File name, subject or link title.
    pub name: String,
    /// Media type; empty for items.
    pub content_type: String,
    /// Its sort.
    pub kind: AttachmentKind,
    /// Whether the body shows it.
    pub inline: bool,
    /// What the body calls it, after `cid:`.
    pub content_id: String,
    /// The bytes: of the file, of the item's text, of the link.
    pub content: Cow<'static, [u8]>,
    /// When it was attached.
    pub modified: Timestamp,
}

impl Attachment {
    /// The `item` that an item attachment holds: as it was sent to the tenant, or a mail made of its text. What lies in
    /// something else has no id.
    pub fn item(&self) -> Value {
        if let Some(mut sent) = self.sent_item() {
            let kind = format!("#{}", type_of(&sent));
            sent.insert("@odata.type".to_owned(), kind.into());
            sent.insert("id".to_owned(), "".into());
            return Value::Object(sent);
        }
        let text = String::from_utf8_lossy(&self.content);
        let (head, body) = Head::split(&text);
        let sent = head.date().unwrap_or(self.modified);
        let from = head.get("From").map(recipient);
        json!({
            "@odata.type": "#microsoft.graph.message",
            "id": "",
            "createdDateTime": self.modified,
            "lastModifiedDateTime": self.modified,
            "receivedDateTime": sent,
            "sentDateTime": sent,
            "hasAttachments": false,
            "subject": head.get("Subject").unwrap_or(&self.name),
            "importance": "normal",
            "body": {"contentType": "text", "content": body},
            "sender": from,
            "from": from,
        })
    }

    /// An item as MIME: a mail as it is, else what there is to say of it.
    pub fn mime(&self) -> Vec<u8> {
        let Some(item) = self.sent_item() else {
            let text = String::from_utf8_lossy(&self.content);
            if Head::split(&text).0.get("Subject").is_some() {
                return self.content.to_vec();
            }
            return [self.subject_line().as_bytes(), &self.content].concat();
        };
        let one_line = |name: &str| {
            item.get(name)
                .and_then(Value::as_str)
                .unwrap_or(&self.name)
                .replace(['\r', '\n'], " ")
        };
        match type_of(&item) {
            "microsoft.graph.event" => format!(
                "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nSUMMARY:{}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
                one_line("subject")
            ),
            "microsoft.graph.contact" => {
                format!(
                    "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{}\r\nEND:VCARD\r\n",
                    one_line("displayName")
                )
            }
            _ => {
                self.subject_line()
                    + item
                        .get("body")
                        .and_then(|body| body.get("content")?.as_str())
                        .unwrap_or_default()
            }
        }
        .into_bytes()
    }

    /// What a request said of the item, where one brought it.
    fn sent_item(&self) -> Option<Map<String, Value>> {
        let mut sent: Value = serde_json::from_slice(&self.content).ok()?;
        match sent.get_mut("item")?.take() {
            Value::Object(item) => Some(item),
            _ => None,
        }
    }

    /// The head of a mail without one.
    fn subject_line(&self) -> String {
        format!(
            "Subject: {}\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n",
            self.name.replace(['\r', '\n'], " ")
        )
    }
}

/// The type of an item; what a request names no type of is a message.
fn type_of(item: &Map<String, Value>) -> &str {
    let named = item.get("@odata.type").and_then(Value::as_str);
    named.unwrap_or("microsoft.graph.message").trim_start_matches('#')
}

/// The head of a mail, if its text has one.
struct Head<'a>(&'a str);

impl<'a> Head<'a> {
    /// The head, which may be empty, and the rest.
    fn split(text: &'a str) -> (Head<'a>, &'a str) {
        let is_of_head = |line: &str| {
            let name = line.split(':').next().unwrap_or_default();
            line.starts_with([' ', '\t']) || (line.contains(':') && !name.contains(' '))
        };
        match text.split_once("\n\n").or_else(|| text.split_once("\r\n\r\n")) {
            Some((head, body)) if head.lines().all(is_of_head) => (Head(head), body),
            _ => (Head(""), text),
        }
    }

    fn get(&self, name: &str) -> Option<&'a str> {
        let mut fields = self.0.lines().filter_map(|line| line.split_once(':'));
        fields
            .find(|(field, _)| field.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.trim())
    }

    fn date(&self) -> Option<Timestamp> {
        let date = jiff::fmt::rfc2822::parse(self.get("Date")?).ok()?;
        Some(date.timestamp())
    }
}

/// `"Ada Lovelace" <ada@else.example>` as Graph writes it.
fn recipient(written: &str) -> Value {
    let (name, address) = written.rsplit_once('<').unwrap_or(("", written));
    let (name, address) = (name.trim().trim_matches('"'), address.trim_end_matches('>'));
    json!({"emailAddress": {"name": name, "address": address}})
}

/// An attachment's id: the post's, with a tail.
pub fn attachment_id(post: &str, number: usize) -> String {
    let tail = digest(number as u64, post.as_bytes()).to_be_bytes();
    let head = post.trim_end_matches('=');
    let head = head.get(..head.len() / 4 * 4).unwrap_or(head);
    format!(
        "{head}{}",
        URL_SAFE.encode([&[0x04, 0x40, 0x04, 0x00][..], &tail].concat())
    )
}

/// What every attachment has. Only a file attachment has more: see [`FILE_PROPERTIES`].
pub static PROPERTIES: &[Property<Attachment>] = &[
    always("id", |it| Cell::Text(&it.id)),
    always("lastModifiedDateTime", |it| Cell::Time(it.modified)),
    always("name", |it| Cell::Text(&it.name)),
    always("contentType", |it| Cell::text(&it.content_type)),
    always("size", |it| {
        Cell::Number(i64::try_from(it.content.len()).unwrap_or(i64::MAX))
    }),
    always("isInline", |it| Cell::Bool(it.inline)),
];

/// What a file attachment has besides, in a `$select` written `microsoft.graph.fileAttachment/contentId`.
pub static FILE_PROPERTIES: &[Property<Attachment>] = &[
    Property {
        name: "contentId",
        shown: Shown::Always,
        filterable: false,
        get: |it| Cell::text(&it.content_id),
    },
    Property {
        name: "contentLocation",
        shown: Shown::Always,
        filterable: false,
        get: |_| Cell::Null,
    },
    selected("contentBytes", |it| Cell::Owned(STANDARD.encode(&it.content))),
];
