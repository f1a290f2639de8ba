//! Open extensions of posts and of groups: data that an application hangs on them. Posts lie in Exchange, groups in the
//! directory, which is why ids, limits and refusals differ.
//! <https://learn.microsoft.com/graph/api/resources/opentypeextension>

use serde_json::{Map, Value, json};

use super::answer::Answer;
use super::call::Call;
use super::directory::object::ObjectRef;
use super::error::{GraphError, Result};
use super::mail::compose::{argument, member};
use super::mail::{list, posts, threads};
use super::odata::cell::Cell;
use super::odata::filter::Filter;
use super::state::index;

/// The `@odata.type`.
const TYPE: &str = "#microsoft.graph.openTypeExtension";
/// What stands before the name in an id of Exchange, in its two spellings.
const PREFIXES: [&str; 2] = [
    "microsoft.graph.openTypeExtension.",
    "Microsoft.OutlookServices.OpenTypeExtension.",
];

/// How many an application may hang on an object of the directory.
const MOST_OF_A_GROUP: usize = 2;

/// One extension.
#[derive(Clone, Debug)]
pub struct Extension {
    /// Its name, unique on what it hangs on.
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

    fn json(&self, place: Place, context: Option<String>) -> Value {
        let mut json = Map::new();
        if let Some(context) = context {
            json.insert("@odata.context".to_owned(), context.into());
        }
        let [exchange, _] = PREFIXES;
        let prefix = match place {
            Place::Post => exchange,
            Place::Group => "",
        };
        json.insert("@odata.type".to_owned(), TYPE.into());
        json.insert("id".to_owned(), json!(format!("{prefix}{}", self.name)));
        json.insert("extensionName".to_owned(), json!(self.name));
        json.extend(self.data.clone());
        Value::Object(json)
    }

    /// Whether a filter, which knows it by its name or by its id in either spelling, lets it through.
    fn passes(&self, filter: &Filter) -> bool {
        let spellings = ["", PREFIXES[0], PREFIXES[1]];
        spellings.iter().any(|prefix| {
            filter.holds(&|name| match name.to_ascii_lowercase().as_str() {
                "id" | "extensionname" => Cell::Owned(format!("{prefix}{}", self.name)),
                _ => Cell::Null,
            })
        })
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

/// What an extension hangs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A post.
    Post,
    /// A group.
    Group,
}

impl Place {
    /// Where the path leads.
    fn of(call: &Call<'_>) -> Place {
        match call.found.parameter("post") {
            Some(_) => Place::Post,
            None => Place::Group,
        }
    }

    /// There is no such extension.
    fn lacks(self, id: &str) -> GraphError {
        match self {
            Place::Post => GraphError::no_item(),
            Place::Group => GraphError::no_object(id),
        }
    }
}

/// `$expand=extensions`: all of them, or those whose id or name the filter has.
pub fn expanded(extensions: &[Extension], place: Place, filter: Option<&Filter>) -> Value {
    let wanted = |extension: &&Extension| filter.is_none_or(|filter| extension.passes(filter));
    let found = extensions.iter().filter(wanted);
    found.map(|extension| extension.json(place, None)).collect()
}

/// `GET …/extensions`.
pub fn list(call: &mut Call<'_>) -> Result<Answer> {
    let place = Place::of(call);
    let extensions = hung(call)?.iter().map(|extension| extension.json(place, None));
    list::whole(call, extensions.collect(), None, None)
}

/// `POST …/extensions`. On a post, one of a name that is there already takes its place; the directory refuses it, and more
/// than it keeps for an application.
pub fn create(call: &mut Call<'_>) -> Result<Answer> {
    let place = Place::of(call);
    let extension = Extension::read(&call.request.fields()?)?;
    let json = extension.json(place, Some(format!("{}/$entity", list::context(call, ""))));
    let name = extension.name.clone();
    let extensions = hung_to_change(call)?;
    match place {
        Place::Post => extensions.retain(|other| !other.is_called(&name)),
        Place::Group if extensions.iter().any(|other| other.is_called(&name)) => {
            let message = "An extension already exists with given id.";
            return Err(GraphError::new(409, "Conflict", message));
        }
        Place::Group if extensions.len() >= MOST_OF_A_GROUP => {
            let message =
                format!("maximum number of extensions values supported per application is {MOST_OF_A_GROUP}.");
            return Err(GraphError::bad_request(message));
        }
        Place::Group => {}
    }
    extensions.push(extension);
    list::made(call, &name, &json)
}

/// `PATCH …/extensions/{extension}`: what is named is set, everything else stays.
pub fn update(call: &mut Call<'_>) -> Result<Answer> {
    let (place, id) = (Place::of(call), call.parameter("extension")?.to_owned());
    let data = data(&call.request.fields()?);
    let mut found = hung_to_change(call)?.iter_mut();
    let extension = found.find(|extension| extension.is_called(&id));
    extension.ok_or_else(|| place.lacks(&id))?.data.extend(data);
    get(call)
}

/// `GET …/extensions/{extension}`.
pub fn get(call: &mut Call<'_>) -> Result<Answer> {
    let (place, id) = (Place::of(call), call.parameter("extension")?);
    let extension = hung(call)?.iter().find(|extension| extension.is_called(id));
    let context = Some(list::entity_context(call));
    let json = extension.ok_or_else(|| place.lacks(id))?.json(place, context);
    Ok(Answer::json(200, serde_json::to_vec(&json)?))
}

/// `DELETE …/extensions/{extension}`.
pub fn delete(call: &mut Call<'_>) -> Result<Answer> {
    let (place, id) = (Place::of(call), call.parameter("extension")?.to_owned());
    let extensions = hung_to_change(call)?;
    let before = extensions.len();
    extensions.retain(|extension| !extension.is_called(&id));
    if extensions.len() == before {
        return Err(place.lacks(&id));
    }
    Ok(Answer::empty(204))
}

/// What hangs where the path leads.
fn hung<'a>(call: &'a Call<'_>) -> Result<&'a [Extension]> {
    match Place::of(call) {
        Place::Post => Ok(&posts::find(call, posts::thread(call)?)?.extensions),
        Place::Group => Ok(&call.group()?.extensions),
    }
}

/// The same, to change it. Groups are changed by their owners.
fn hung_to_change<'a>(call: &'a mut Call<'_>) -> Result<&'a mut Vec<Extension>> {
    if Place::of(call) == Place::Group {
        let me = ObjectRef::Person(call.caller.me);
        if !call.group()?.owners.contains(&me) {
            return Err(GraphError::denied());
        }
        let ObjectRef::Group(place) = call.group_ref()? else {
            return Err(GraphError::internal("the group is no group"));
        };
        let group = call.state.groups.get_mut(index(place));
        let group = group.ok_or_else(|| GraphError::internal("the group is gone"))?;
        return Ok(&mut group.extensions);
    }
    let id = call.parameter("post")?.to_owned();
    threads::check_id(&id)?;
    let place = threads::thread_place(call, call.mailbox()?)?;
    let thread = call.mailbox_mut()?.threads.get_mut(place);
    let post = thread.and_then(|thread| thread.posts.iter_mut().find(|post| post.id == id));
    Ok(&mut post.ok_or_else(GraphError::no_item)?.extensions)
}
