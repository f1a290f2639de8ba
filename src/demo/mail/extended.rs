//! Extended properties of posts: the MAPI properties that Graph has no name for.
//! <https://learn.microsoft.com/graph/api/resources/extended-properties-overview>

use serde_json::{Value, json};

use super::compose::member;
use super::post::Post;
use crate::demo::error::{GraphError, Result};
use crate::demo::odata::cell::Cell;
use crate::demo::odata::filter::Filter;

/// The two sorts, each a collection of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One value.
    Single,
    /// A list of values.
    Multi,
}

impl Kind {
    /// Both.
    pub const ALL: [Kind; 2] = [Kind::Single, Kind::Multi];

    /// The navigation property.
    pub const fn name(self) -> &'static str {
        match self {
            Kind::Single => "singleValueExtendedProperties",
            Kind::Multi => "multiValueExtendedProperties",
        }
    }

    /// Reads one as requests write it.
    pub fn read(self, item: &Value) -> Option<Extended> {
        let fields = item.as_object()?;
        let id = member(fields, "id")?.as_str().filter(|id| !id.is_empty())?.to_owned();
        let value = member(fields, "value")?;
        let fits = match self {
            Kind::Single => value.is_string(),
            Kind::Multi => value.as_array()?.iter().all(Value::is_string),
        };
        let (kind, value) = (self, value.clone());
        fits.then_some(Extended { kind, id, value })
    }

    /// What `$expand` shows of a post: those that the filter names. Without one Graph cannot know which are wanted.
    pub fn expanded(self, post: &Post, filter: Option<&Filter>) -> Result<Value> {
        let Some(filter) = filter else {
            let message = format!("The $expand of '{}' needs a $filter on id.", self.name());
            return Err(GraphError::new(400, "ErrorInvalidRequest", message));
        };
        let wanted = |it: &&Extended| {
            it.kind == self
                && filter.holds(&|name| match name.eq_ignore_ascii_case("id") {
                    true => Cell::Text(&it.id),
                    false => Cell::Null,
                })
        };
        let found = post.extended.iter().filter(wanted);
        Ok(found.map(|it| json!({"id": it.id, "value": it.value})).collect())
    }
}

/// One property.
#[derive(Clone, Debug)]
pub struct Extended {
    kind: Kind,
    /// Its MAPI type, and its number or name: `String {00020329-…} Name Lamp`.
    id: String,
    value: Value,
}
