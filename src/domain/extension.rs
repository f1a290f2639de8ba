//! Open extensions: what applications have hung on a group or on a post.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::lenient::null_as_default;
use super::{Id, Text};

/// One open extension.
/// <https://learn.microsoft.com/graph/api/resources/opentypeextension>
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Extension {
    /// Graph's id: for posts a long form of the name.
    pub id: Id,
    /// Its name, mostly a domain backwards.
    #[serde(deserialize_with = "null_as_default")]
    pub extension_name: Text,
    /// All else, as Graph has it.
    #[serde(flatten)]
    pub rest: Map<String, Value>,
}

impl Extension {
    /// What the application put into it.
    pub fn data(&self) -> Map<String, Value> {
        let own = self.rest.iter().filter(|(name, _)| !name.contains('@'));
        own.map(|(name, value)| (name.clone(), value.clone())).collect()
    }
}
