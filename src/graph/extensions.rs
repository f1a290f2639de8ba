//! Open extensions: what applications have hung on a group or on a post.
//! <https://learn.microsoft.com/graph/api/resources/opentypeextension>

use serde::Deserialize;
use serde_json::{Map, Value};

use super::client::Client;
use super::permits::Urgency;
use super::posts;
use super::request::{Read, Write};
use crate::domain::{Extension, Id};
use crate::protocol::Problem;

const TYPE: &str = "#microsoft.graph.openTypeExtension";

/// What extensions hang on: a group, or a post of one of its threads.
#[derive(Debug, Clone, PartialEq)]
pub struct Bearer {
    /// The group.
    pub group: Id,
    /// The thread and the post.
    pub post: Option<(Id, Id)>,
}

impl Bearer {
    fn at(&self) -> Read {
        match &self.post {
            Some((thread, post)) => posts::at(&self.group, thread).key(post),
            None => Read::of("groups").key(&self.group),
        }
    }

    /// All that hangs on it: Graph has no list of them that is documented for groups, and shows them where they are asked for.
    /// <https://learn.microsoft.com/graph/api/opentypeextension-get>
    pub fn with_extensions(&self) -> Read {
        self.at().query("$select", "id").query("$expand", "extensions")
    }

    /// One of them, by its name.
    pub fn by_name(&self, name: &Id) -> Read {
        self.at().word("extensions").key(name)
    }

    /// Hangs a new one on it. <https://learn.microsoft.com/graph/api/opentypeextension-post-opentypeextension>
    ///
    /// # Errors
    /// `General` where it cannot be written as JSON.
    pub fn add(&self, name: &Id, data: Map<String, Value>) -> Result<Write, Problem> {
        let mut body = data;
        body.insert("@odata.type".into(), TYPE.into());
        body.insert("extensionName".into(), name.as_str().into());
        Ok(self.sent(Write::post(self.at().word("extensions").path, &body, None)?))
    }

    /// Sets what is named in one that is there, and leaves the rest.
    /// <https://learn.microsoft.com/graph/api/opentypeextension-update>
    ///
    /// # Errors
    /// `General` where it cannot be written as JSON.
    pub fn change(&self, name: &Id, data: Map<String, Value>) -> Result<Write, Problem> {
        let mut body = data;
        body.insert("@odata.type".into(), TYPE.into());
        Ok(self.sent(Write::patch(self.by_name(name).path, &body)?))
    }

    /// Takes one away. <https://learn.microsoft.com/graph/api/opentypeextension-delete>
    pub fn remove(&self, name: &Id) -> Write {
        self.sent(Write::delete(self.by_name(name).path))
    }

    /// Posts lie in the group's mailbox, which takes few requests at a time; groups in the directory.
    fn sent(&self, write: Write) -> Write {
        match self.post {
            Some(_) => write.in_mailbox_of(&self.group),
            None => write,
        }
    }
}

/// What bears extensions, as Graph shows it with them.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Laden {
    extensions: Vec<Extension>,
}

impl Client {
    /// What applications have hung on a group or on a post.
    ///
    /// # Errors
    /// Whatever Graph or the network did.
    pub async fn extensions(&self, bearer: &Bearer, urgency: Urgency) -> Result<Vec<Extension>, Problem> {
        let laden: Laden = self.one(bearer.with_extensions(), urgency).await?;
        Ok(laden.extensions)
    }
}
