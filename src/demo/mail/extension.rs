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
use crate::demo::odata::cell::Cell;
use crate::demo::odata::filter::Filter;

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
        Ok(Extension {
            name: name.to_owned(),
            data: data(fields),
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

    /// The property of this name that a filter may use.
    fn named(&self, name: &str) -> Cell<'_> {
        match name.to_ascii_lowercase().as_str() {
            "id" | "extensionname" => Cell::Text(&self.name),
            _ => Cell::Null,
        }
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

/// What is the application's own in an extension.
fn data(fields: &Map<String, Value>) -> Map<String, Value> {
    let own = |name: &str| {
        !["extensionName", "id"]
            .iter()
            .any(|known| known.eq_ignore_ascii_case(name))
    };
    let data = fields.iter().filter(|(name, _)| own(name) && !name.starts_with('@'));
    data.map(|(name, value)| (name.clone(), value.clone())).collect()
}

/// `$expand=extensions` of a post: all of them, or those whose id or name the filter has.
pub fn expanded(post: &Post, filter: Option<&Filter>) -> Value {
    let wanted = |extension: &&Extension| filter.is_none_or(|filter| filter.holds(&|name| extension.named(name)));
    let found = post.extensions.iter().filter(wanted);
    found.map(|extension| extension.json(None)).collect()
}

/// `GET …/posts/{post}/extensions`.
pub fn list(call: &mut Call<'_>) -> Result<Answer> {
    let post = posts::find(call, posts::thread(call)?)?;
    let extensions = post.extensions.iter().map(|extension| extension.json(None));
    list::whole(call, extensions.collect(), None, None)
}

/// `POST …/posts/{post}/extensions`: one of a name that is there already takes its place.
pub fn create(call: &mut Call<'_>) -> Result<Answer> {
    let extension = Extension::read(&call.request.fields()?)?;
    let json = extension.json(Some(format!("{}/$entity", list::context(call, ""))));
    let name = extension.name.clone();
    let post = changed(call)?;
    post.extensions.retain(|other| !other.is_called(&extension.name));
    post.extensions.push(extension);
    list::made(call, &name, &json)
}

/// `PATCH …/posts/{post}/extensions/{extension}`: what is named is set, everything else stays.
pub fn update(call: &mut Call<'_>) -> Result<Answer> {
    let id = call.parameter("extension")?.to_owned();
    let data = data(&call.request.fields()?);
    let mut found = changed(call)?.extensions.iter_mut();
    let extension = found.find(|extension| extension.is_called(&id));
    extension.ok_or_else(GraphError::no_item)?.data.extend(data);
    get(call)
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
