//! `threads/*.toml`.

use serde::Deserialize;

use super::SeedError;

/// One thread as it is written down.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Thread {
    /// The file's name without its ending: what the ids are made of.
    #[serde(skip)]
    pub name: String,
    /// The group's key.
    pub group: String,
    /// The topic. Threads of a group with the same topic belong to one conversation.
    pub topic: String,
    /// Whether it takes no replies.
    #[serde(default)]
    pub locked: bool,
    /// Whether the signed-in person has not seen the latest.
    #[serde(default)]
    pub unseen: bool,
    /// Keys of those who get copies.
    #[serde(default)]
    pub cc: Vec<String>,
    /// The posts are gone through again until there are so many, spread evenly over their time.
    #[serde(default)]
    pub repeat: Option<usize>,
    /// The posts.
    #[serde(rename = "post")]
    pub posts: Vec<PostRow>,
}

/// One post.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct PostRow {
    /// The author's key; an outsider has a name and an address instead.
    #[serde(default)]
    pub from: Option<String>,
    /// An outsider's name.
    #[serde(default)]
    pub from_name: Option<String>,
    /// An outsider's address.
    #[serde(default)]
    pub from_address: Option<String>,
    /// How many minutes before the tenant's now.
    pub ago_minutes: f64,
    /// `html` or `text`.
    pub content_type: String,
    /// The body.
    pub body: String,
    /// Categories.
    #[serde(default)]
    pub categories: Vec<String>,
    /// Attachments.
    #[serde(default, rename = "attachment")]
    pub attachments: Vec<AttachmentRow>,
    /// Open extensions.
    #[serde(default, rename = "extension")]
    pub extensions: Vec<ExtensionRow>,
}

/// One open extension.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExtensionRow {
    /// Its name.
    pub name: String,
    /// What the application put into it.
    pub data: serde_json::Map<String, serde_json::Value>,
}

/// One attachment.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct AttachmentRow {
    /// Its name.
    pub name: String,
    /// Its media type.
    #[serde(default)]
    pub content_type: String,
    /// `file`, `item` or `reference`.
    pub kind: String,
    /// Whether the body shows it.
    #[serde(default)]
    pub inline: bool,
    /// What the body calls it.
    #[serde(default)]
    pub content_id: String,
    /// The name of a file beside the threads.
    #[serde(default)]
    pub file: Option<String>,
    /// The content itself.
    #[serde(default)]
    pub text: Option<String>,
}

impl Thread {
    /// Reads one file.
    pub fn read(name: &str, text: &str) -> Result<Thread, SeedError> {
        let mut thread: Thread = toml::from_str(text).map_err(|why| SeedError::new(name, why))?;
        if thread.posts.is_empty() {
            return Err(SeedError::new(name, "a thread has at least one post"));
        }
        thread.name = name.trim_end_matches(".toml").to_owned();
        Ok(thread)
    }
}
