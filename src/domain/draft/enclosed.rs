//! What goes with the text of a draft.

use std::path::PathBuf;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Field, is_default};
use crate::domain::Recipient;

/// What goes with the text. What is empty is not written to disk.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Enclosed {
    /// How the text is meant.
    #[serde(skip_serializing_if = "is_default")]
    pub format: Format,
    /// What goes below the text, typed in the same format.
    #[serde(skip_serializing_if = "is_default")]
    pub signature: Option<String>,
    /// See [`Field::People`].
    #[serde(skip_serializing_if = "is_default")]
    pub people: Vec<Recipient>,
    /// See [`Field::Categories`].
    #[serde(skip_serializing_if = "is_default")]
    pub categories: Vec<String>,
    /// See [`Field::Attachments`].
    #[serde(skip_serializing_if = "is_default")]
    pub attachments: Vec<Enclosure>,
    /// What was being typed in one of these fields when the draft was left.
    #[serde(skip_serializing_if = "is_default")]
    pub unfinished: Option<Unfinished>,
}

/// Words that were typed in a field of a draft and not added to it yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unfinished {
    /// The field.
    pub field: Field,
    /// The words, as they were typed.
    pub words: String,
}

/// How a text is meant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Format {
    /// As it stands.
    #[default]
    Plain,
    /// Markdown.
    Markdown,
}

/// A file of this machine that goes with a draft. The file stays where it is; what it was like when it was chosen tells
/// whether it is still the same when it is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enclosure {
    /// Where it lies.
    pub path: PathBuf,
    /// What it will be called.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// When it was last changed.
    pub modified: Timestamp,
    /// SHA-256 of what is in it, in hexadecimal digits.
    pub digest: String,
}
