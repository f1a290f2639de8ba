//! Posts: what people say in a thread.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::lenient::{each, null_as_default, texts, time};
use super::{Attachment, Extension, Html, Id, Prose, Recipient, Text};

/// One post of a thread.
/// <https://learn.microsoft.com/graph/api/resources/post>
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Post {
    /// Outlook's id.
    pub id: Id,
    /// What was said.
    #[serde(deserialize_with = "null_as_default")]
    pub body: Body,
    /// When the mailbox received it; posts are sorted by this.
    #[serde(deserialize_with = "time")]
    pub received_date_time: Option<Timestamp>,
    /// When it was created.
    #[serde(deserialize_with = "time")]
    pub created_date_time: Option<Timestamp>,
    /// On whose behalf: normally the group's own address.
    #[serde(deserialize_with = "null_as_default")]
    pub from: Recipient,
    /// Who really wrote it: the author to show.
    #[serde(deserialize_with = "null_as_default")]
    pub sender: Recipient,
    /// The conversation that it is of; only on `$select`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conversation_id: Option<Id>,
    /// What it is filed under.
    #[serde(deserialize_with = "texts")]
    pub categories: Vec<Text>,
    /// Whom it added to the thread; only on `$select`.
    #[serde(deserialize_with = "each")]
    pub new_participants: Vec<Recipient>,
    /// Whether there are files; false when there are inline images only.
    #[serde(deserialize_with = "null_as_default")]
    pub has_attachments: bool,
    /// The files, where they were asked for.
    #[serde(skip)]
    pub attachments: Vec<Attachment>,
    /// What applications have hung on it, where that was asked for.
    #[serde(skip)]
    pub extensions: Vec<Extension>,
}

impl Post {
    /// Who wrote it: the sender, or whom it is from where Graph left the sender out.
    pub fn author(&self) -> &Recipient {
        if self.sender.shown().is_empty() {
            &self.from
        } else {
            &self.sender
        }
    }

    /// On whose behalf somebody else wrote it, where that is not the group with this address and name, which posts are
    /// from as a rule.
    pub fn on_behalf_of(&self, address: Option<&Text>, name: &Text) -> Option<&Recipient> {
        let same = |one: &Text, other: &Text| one.as_str().eq_ignore_ascii_case(other.as_str());
        let is_sender = same(&self.from.address, &self.sender.address);
        let is_group = address.is_some_and(|address| same(&self.from.address, address)) || self.from.name == *name;
        let is_known = !self.from.shown().is_empty() && !self.sender.shown().is_empty();
        (is_known && !is_sender && !is_group).then_some(&self.from)
    }

    /// When it was received, else created: the time to sort and show by.
    pub fn when(&self) -> Option<Timestamp> {
        self.received_date_time.or(self.created_date_time)
    }

    /// Whether it is worth asking for its attachments: Graph says "none" where there are only inline images.
    pub fn may_have_attachments(&self) -> bool {
        self.has_attachments || matches!(&self.body, Body::Html(html) if html.source().contains("cid:"))
    }
}

/// The body of a post: Graph's `itemBody`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(from = "Wire", into = "Wire")]
pub enum Body {
    /// HTML, exactly as sent.
    Html(Html),
    /// Plain text.
    Plain(Prose),
}

impl Default for Body {
    fn default() -> Self {
        Body::Plain(Prose::default())
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wire {
    content_type: Option<String>,
    content: Option<Box<str>>,
}

impl From<Wire> for Body {
    fn from(wire: Wire) -> Self {
        let content = wire.content.unwrap_or_default();
        match wire.content_type {
            Some(kind) if kind.eq_ignore_ascii_case("text") => Body::Plain(Prose::new(&content)),
            _ => Body::Html(Html::new(content)),
        }
    }
}

impl From<Body> for Wire {
    fn from(body: Body) -> Self {
        let (kind, content) = match &body {
            Body::Html(html) => ("html", html.source()),
            Body::Plain(prose) => ("text", prose.as_str()),
        };
        Wire {
            content_type: Some(kind.to_owned()),
            content: Some(content.into()),
        }
    }
}
