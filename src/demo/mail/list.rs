//! Collections of the mailbox: ordered, cut into pages whose links say `$skip`.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::demo::answer::Answer;
use crate::demo::call::Call;
use crate::demo::error::{GraphError, Result};
use crate::demo::odata::cell::Cell;
use crate::demo::odata::property::{Chosen, Property, find};
use crate::demo::request::percent_encode;

/// How many items a page has when nobody asks.
const PAGE: usize = 10;
/// How many a page has at most; a larger `$top` is cut to this without a word.
const LARGEST: usize = 1000;

/// A collection on its way to JSON.
#[derive(Serialize)]
pub struct Collection<T: Serialize> {
    #[serde(rename = "@odata.context")]
    context: String,
    #[serde(rename = "@odata.count", skip_serializing_if = "Option::is_none")]
    count: Option<usize>,
    #[serde(rename = "@odata.nextLink", skip_serializing_if = "Option::is_none")]
    next: Option<String>,
    value: Vec<T>,
}

/// One page of all these items, made into JSON by `row`, or their number where the path ends in `/$count`. `items` come in
/// the service's own order; `kind` is the type's name, for the error about a property that it does not have.
pub fn page<'a, T, R: Serialize>(
    call: &Call<'_>,
    (table, kind): (&'static [Property<T>], &str),
    mut items: Vec<&'a T>,
    row: impl Fn(&'a T) -> R,
) -> Result<Answer> {
    for (name, descending) in call.query.orderby.iter().rev() {
        let property = find(table, name).ok_or_else(|| GraphError::no_property(name, kind))?;
        items.sort_by(|a, b| {
            let order = (property.get)(a).order(&(property.get)(b));
            if *descending { order.reverse() } else { order }
        });
    }
    let total = items.len();
    if call.counts() {
        return Ok(Answer::number(total));
    }
    let size = call.query.top.unwrap_or(PAGE).min(LARGEST);
    let end = call.query.skip.saturating_add(size);
    let value = items.into_iter().skip(call.query.skip).take(size).map(row).collect();
    let next = (end < total && size > 0).then(|| next_link(call, end));
    whole(call, value, call.query.count.then_some(total), next)
}

/// Keeps what meets the filter, which may name parts of complex properties: `personType/class eq 'Person'`.
pub fn retain<T>(call: &Call<'_>, table: &'static [Property<T>], kind: &str, items: &mut Vec<T>) -> Result<()> {
    let Some(filter) = call.query.filter()? else {
        return Ok(());
    };
    let mut named = filter.properties().into_iter();
    if let Some(unknown) = named.find(|path| root(table, path).is_none()) {
        return Err(GraphError::no_property(unknown, kind));
    }
    let given = |path: &str| {
        let mut values = items.iter().map(|item| value(table, item, path));
        values.find(|cell| !matches!(cell, Cell::Null)).unwrap_or(Cell::Null)
    };
    filter.check_types(&given)?;
    items.retain(|item| filter.holds(&|path| value(table, item, path)));
    Ok(())
}

/// The property where a path begins.
fn root<T>(table: &'static [Property<T>], path: &str) -> Option<&'static Property<T>> {
    find(table, path.split('/').next()?)
}

/// What a path leads to.
fn value<'a, T>(table: &'static [Property<T>], item: &'a T, path: &str) -> Cell<'a> {
    root(table, path).map_or(Cell::Null, |it| (it.get)(item).follow(path.split('/').skip(1)))
}

/// A collection that is never cut into pages.
pub fn whole<T: Serialize>(
    call: &Call<'_>,
    value: Vec<T>,
    count: Option<usize>,
    next: Option<String>,
) -> Result<Answer> {
    let collection = Collection {
        context: context(call, ""),
        count,
        next,
        value,
    };
    Ok(Answer::json(200, serde_json::to_vec(&collection)?))
}

/// The `@odata.context` of a path in a mailbox: `groups('…')/threads('…')/posts`.
pub fn context(call: &Call<'_>, suffix: &str) -> String {
    let segments = call.request.segments().unwrap_or_default();
    let mut path = String::new();
    for segment in segments {
        let is_key = call.found.parameters.iter().any(|(_, value)| *value == segment);
        match (is_key, path.is_empty()) {
            (true, _) => path.push_str(&format!("('{}')", percent_encode(&segment))),
            (false, true) => path.push_str(&segment),
            (false, false) => path.push_str(&format!("/{segment}")),
        }
    }
    format!("{}/$metadata#{path}{suffix}", call.request.base)
}

/// The answer to what made an item: what is said of it, and where it is.
pub fn made(call: &Call<'_>, id: &str, body: &serde_json::Value) -> Result<Answer> {
    let mut answer = Answer::json(201, serde_json::to_vec(body)?);
    let place = format!("{}{}('{}')", call.request.base, call.request.path, percent_encode(id));
    answer.headers.push(("location", place));
    Ok(answer)
}

/// The context of one item: that of its collection, with `/$entity`.
pub fn entity_context(call: &Call<'_>) -> String {
    let context = context(call, "");
    let cut = context.rfind("('").and_then(|at| context.get(..at)).unwrap_or(&context);
    format!("{cut}/$entity")
}

fn next_link(call: &Call<'_>, skip: usize) -> String {
    let kept = call.query.raw.iter().filter(|(name, _)| name != "$skip");
    let mut options: Vec<String> = kept
        .map(|(name, value)| format!("{name}={}", percent_encode(value)))
        .collect();
    options.push(format!("$skip={skip}"));
    format!("{}{}?{}", call.request.base, call.request.path, options.join("&"))
}

/// An item of the mailbox as JSON. Outlook always shows the id, whatever is selected.
pub struct Item<'a, T: 'static> {
    /// The `@odata.context` of a single item.
    pub context: Option<String>,
    /// The `@odata.etag`.
    pub etag: Option<String>,
    /// The `@odata.type`.
    pub type_name: Option<&'static str>,
    /// The item.
    pub item: &'a T,
    /// What is shown of it.
    pub chosen: &'a Chosen<T>,
    /// What comes after: properties of a derived type, and what `$expand` asked for.
    pub more: Vec<(&'static str, serde_json::Value)>,
}

impl<'a, T> Item<'a, T> {
    /// An item that is nothing but its properties.
    pub fn plain(item: &'a T, chosen: &'a Chosen<T>) -> Self {
        Item {
            context: None,
            etag: None,
            type_name: None,
            item,
            chosen,
            more: Vec::new(),
        }
    }
}

impl<T> Serialize for Item<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if let Some(context) = &self.context {
            map.serialize_entry("@odata.context", context)?;
        }
        if let Some(type_name) = self.type_name {
            map.serialize_entry("@odata.type", type_name)?;
        }
        if let Some(etag) = &self.etag {
            map.serialize_entry("@odata.etag", etag)?;
        }
        for property in self.chosen {
            map.serialize_entry(property.name, &(property.get)(self.item))?;
        }
        for (name, value) in &self.more {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

/// What `$select` names, and the id.
pub fn choose<T>(call: &Call<'_>, table: &'static [Property<T>], kind: &str) -> Result<Chosen<T>> {
    with_id(call.query.select.as_deref(), table, kind)
}

/// The same of the items that a request expands, where it does: `name` is the only property of `of` that it may expand.
pub fn choose_expanded<T>(
    call: &Call<'_>,
    (name, of): (&str, &str),
    table: &'static [Property<T>],
    kind: &str,
) -> Result<Option<Chosen<T>>> {
    check_expansions(call, &[name], of)?;
    let expand = call.query.expand.first();
    expand
        .map(|expand| with_id(expand.select.as_deref(), table, kind))
        .transpose()
}

fn with_id<T>(names: Option<&[String]>, table: &'static [Property<T>], kind: &str) -> Result<Chosen<T>> {
    let names = names.map(|names| [names, &["id".to_owned()]].concat());
    crate::demo::odata::property::choose(table, names.as_deref(), kind, true)
}

/// Refuses every expansion but these.
pub fn check_expansions(call: &Call<'_>, known: &[&str], kind: &str) -> Result<()> {
    let is_known = |name: &str| known.iter().any(|known| known.eq_ignore_ascii_case(name));
    match call.query.expand.iter().find(|expand| !is_known(&expand.name)) {
        Some(unknown) => Err(GraphError::no_property(&unknown.name, kind)),
        None => Ok(()),
    }
}
