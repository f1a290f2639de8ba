//! Open extensions of posts: data that an application hangs on them.
//! <https://learn.microsoft.com/graph/api/resources/opentypeextension>

use serde_json::{Map, Value, json};

use super::compose::{argument, member};
use super::list;
use super::post::Post;
use super::{posts, threads};
use crate::demo::answer::Answer;
use crate::demo::call::Call;
use crate::demo::error::{GraphError, Result};

/// The `@odata.type`.
const TYPE: &str = "#microsoft.graph.openTypeExtension";
/// What stands before the name in an id, in its two spellings.
const PREFIXES: [&str; 2] = [
    "microsoft.graph.openTypeExtension.",
    "Microsoft.OutlookServices.OpenTypeExtension.",
];

/// One extension.
#[derive(Clone, Debug)]
pub struct Extension {
    /// Its name, unique on its post.
    pub name: String,
    /// Everything that the application put into it.
    pub data: Map<String, Value>,
}

impl Extension {
    /// Reads an extension as requests write it.
    pub fn read(fields: &Map<String, Value>) -> Result<Extension> {
        let is_open = member(fields, "@odata.type")
            .and_then(Value::as_str)
            .is_some_and(|name| {
                name.trim_start_matches('#')
                    .eq_ignore_ascii_case(TYPE.trim_start_matches('#'))
            });
        if !is_open {
            return Err(argument("@odata.type"));
        }
        let name = member(fields, "extensionName")
            .and_then(Value::as_str)
            .filter(|name| !name.is_empty())
            .ok_or_else(|| argument("extensionName"))?;
        let own = |name: &str| name.eq_ignore_ascii_case("extensionName") || name.eq_ignore_ascii_case("id");
        let data = fields
            .iter()
            .filter(|(name, _)| !own(name) && !name.starts_with('@'))
            .map(|(name, value)| (name.clone(), value.clone()));
        Ok(Extension {
            name: name.to_owned(),
            data: data.collect(),
        })
    }

    fn json(&self, context: Option<String>) -> Value {
        let mut json = Map::new();
        if let Some(context) = context {
            json.insert("@odata.context".to_owned(), context.into());
        }
        let [prefix, _] = PREFIXES;
        json.insert("@odata.type".to_owned(), TYPE.into());
        json.insert("id".to_owned(), json!(format!("{prefix}{}", self.name)));
        json.insert("extensionName".to_owned(), json!(self.name));
        json.extend(self.data.clone());
        Value::Object(json)
    }

    /// Whether this is meant: by its name, or by its id in either spelling.
    fn is_called(&self, id: &str) -> bool {
        let bare = PREFIXES.iter().find_map(|prefix| {
            let head = id.get(..prefix.len())?;
            head.eq_ignore_ascii_case(prefix).then(|| id.get(prefix.len()..))?
        });
        self.name.eq_ignore_ascii_case(bare.unwrap_or(id))
    }
}

/// `$expand=extensions` of a post.
pub fn expanded(post: &Post) -> Value {
    post.extensions.iter().map(|extension| extension.json(None)).collect()
}

/// `POST …/posts/{post}/extensions`: one of a name that is there already takes its place.
pub fn create(call: &mut Call<'_>) -> Result<Answer> {
    let extension = Extension::read(&call.request.fields()?)?;
    let json = extension.json(Some(format!("{}/$entity", list::context(call, ""))));
    let post = changed(call)?;
    post.extensions.retain(|other| !other.is_called(&extension.name));
    post.extensions.push(extension);
    Ok(Answer::json(201, serde_json::to_vec(&json)?))
}

/// `GET …/posts/{post}/extensions/{extension}`.
pub fn get(call: &mut Call<'_>) -> Result<Answer> {
    let post = posts::find(call, posts::thread(call)?)?;
    let id = call.parameter("extension")?;
    let extension = post.extensions.iter().find(|extension| extension.is_called(id));
    let json = extension
        .ok_or_else(GraphError::no_item)?
        .json(Some(list::entity_context(call)));
    Ok(Answer::json(200, serde_json::to_vec(&json)?))
}

/// `DELETE …/posts/{post}/extensions/{extension}`.
pub fn delete(call: &mut Call<'_>) -> Result<Answer> {
    let id = call.parameter("extension")?.to_owned();
    let post = changed(call)?;
    let before = post.extensions.len();
    post.extensions.retain(|extension| !extension.is_called(&id));
    if post.extensions.len() == before {
        return Err(GraphError::no_item());
    }
    Ok(Answer::empty(204))
}

/// The post in the path, to change it.
fn changed<'a>(call: &'a mut Call<'_>) -> Result<&'a mut Post> {
    let id = call.parameter("post")?.to_owned();
    threads::check_id(&id)?;
    let place = threads::thread_place(call, call.mailbox()?)?;
    let thread = call.mailbox_mut()?.threads.get_mut(place);
    thread
        .and_then(|thread| thread.posts.iter_mut().find(|post| post.id == id))
        .ok_or_else(GraphError::no_item)
}
