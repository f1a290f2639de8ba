//! Collections of directory objects: filtered, searched, ordered, counted, and cut into pages with opaque links.
//! <https://learn.microsoft.com/graph/aad-advanced-queries>, <https://learn.microsoft.com/graph/paging>

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;

use super::expansion::{Expansions, Levels};
use super::object::{Kind, Object, ObjectRef, Row, Selection};
use crate::demo::answer::Answer;
use crate::demo::call::Call;
use crate::demo::error::{GraphError, Result};
use crate::demo::ids::digest;
use crate::demo::odata::cell::Cell;
use crate::demo::odata::filter::Filter;
use crate::demo::odata::query::Query;
use crate::demo::odata::search::Search;
use crate::demo::request::percent_encode;
use crate::demo::state::place;

/// How many objects a page has when nobody asks.
const PAGE: usize = 100;

/// What Graph advises those who select nothing.
const TIPS: &str =
    "Use $select to choose only the properties your app needs, as this can lead to performance improvements.";

/// What is listed.
pub enum Source<'a> {
    /// Everyone.
    People(usize),
    /// Every group.
    Groups(usize),
    /// These, borrowed.
    Refs(&'a [ObjectRef]),
    /// These, gathered for the answer.
    Gathered(Vec<ObjectRef>),
}

impl Source<'_> {
    fn len(&self) -> usize {
        match self {
            Source::People(count) | Source::Groups(count) => *count,
            Source::Refs(refs) => refs.len(),
            Source::Gathered(refs) => refs.len(),
        }
    }

    fn at(&self, position: usize) -> Option<ObjectRef> {
        match self {
            Source::People(count) => (position < *count).then(|| ObjectRef::Person(place(position))),
            Source::Groups(count) => (position < *count).then(|| ObjectRef::Group(place(position))),
            Source::Refs(refs) => refs.get(position).copied(),
            Source::Gathered(refs) => refs.get(position).copied(),
        }
    }
}

/// A collection, and how it is named.
pub struct Listing<'a> {
    /// What is in it.
    pub source: Source<'a>,
    /// The kinds that it may hold.
    pub kinds: &'static [Kind],
    /// The kind it is narrowed to in the path.
    pub cast: Option<Kind>,
    /// Whether it hangs on another object, as members do: there filters and orderings are always advanced queries, and
    /// each object says its type unless the path narrows the collection to one.
    pub relation: bool,
}

/// What a request asks of a collection, checked.
struct Wanted<'a> {
    listing: Listing<'a>,
    filter: Option<Filter>,
    search: Option<Search>,
}

#[derive(Serialize)]
struct Page<'a> {
    #[serde(rename = "@odata.context")]
    context: String,
    #[serde(rename = "@odata.count", skip_serializing_if = "Option::is_none")]
    count: Option<usize>,
    #[serde(rename = "@odata.nextLink", skip_serializing_if = "Option::is_none")]
    next: Option<String>,
    #[serde(rename = "@microsoft.graph.tips", skip_serializing_if = "Option::is_none")]
    tips: Option<&'static str>,
    value: Vec<Row<'a>>,
}

/// One page of a collection, or the number of its objects where the path ends in `/$count`.
pub fn answer(call: &Call<'_>, listing: Listing<'_>) -> Result<Answer> {
    if call.counts() {
        count(call, listing)
    } else {
        page(call, listing)
    }
}

fn page(call: &Call<'_>, listing: Listing<'_>) -> Result<Answer> {
    let query = &call.query;
    let kinds: Vec<Kind> = listing.cast.map_or_else(|| listing.kinds.to_vec(), |kind| vec![kind]);
    let selection = Selection::new(call, query.select.as_deref(), &kinds, false)?;
    let expansions = Expansions::new(call, &kinds, Levels::None)?;
    if call.advanced() && !query.expand.is_empty() {
        return Err(GraphError::unsupported(
            "Expand is not supported in combination with advanced query capabilities.",
        ));
    }
    let typed = listing.relation && listing.cast.is_none();
    let context = context(call, &kinds, typed);
    let wanted = Wanted::new(call, listing)?;

    let start = query
        .skiptoken
        .as_deref()
        .map(|token| read_token(call, token))
        .transpose()?
        .unwrap_or_default();
    let size = query.top.unwrap_or(PAGE);
    let (found, next) = if query.orderby.is_empty() {
        wanted.stretch(call, start, size)
    } else {
        wanted.ordered(call, start, size)
    };
    let row = |object: ObjectRef| {
        let expanded = expansions.of(call, object);
        object.find(call.state).map(|object| Row {
            object,
            selection: &selection,
            typed,
            context: None,
            expanded,
        })
    };
    let page = Page {
        context,
        count: (call.advanced() && query.skiptoken.is_none()).then(|| wanted.count(call)),
        next: next.map(|position| next_link(call, position)),
        tips: (query.select.is_none() && !typed).then_some(TIPS),
        value: found.into_iter().filter_map(row).collect(),
    };
    Ok(Answer::json(200, serde_json::to_vec(&page)?))
}

fn count(call: &Call<'_>, listing: Listing<'_>) -> Result<Answer> {
    if !call.request.eventual() {
        return Err(GraphError::bad_request("$count is not currently supported."));
    }
    Ok(Answer::number(Wanted::new(call, listing)?.count(call)))
}

impl<'a> Wanted<'a> {
    fn new(call: &Call<'_>, listing: Listing<'a>) -> Result<Wanted<'a>> {
        let query = &call.query;
        let (filter, search) = (query.filter()?, query.search()?);
        // A request for `/$count` is an advanced query by itself.
        let advanced = call.advanced() || (call.request.eventual() && call.counts());
        if search.is_some() && !call.request.eventual() {
            return Err(GraphError::unsupported(
                "Request with $search query parameter only works through MSGraph with a special request header: \
                 'ConsistencyLevel: eventual'",
            ));
        }
        if !advanced {
            let transitive = call.found.route.path.contains("/transitive");
            if transitive && listing.cast.is_some() && search.is_none() {
                return Err(GraphError::needs_advanced("OData cast"));
            }
            if let Some(operator) = filter.as_ref().and_then(Filter::advanced) {
                return Err(GraphError::needs_advanced(operator));
            }
            let ordered = !query.orderby.is_empty() && search.is_none();
            if (filter.is_some() && ordered) || (listing.relation && (filter.is_some() || ordered)) {
                return Err(GraphError::needs_advanced("The combination of query parameters"));
            }
        }
        let kinds: Vec<Kind> = listing.cast.map_or_else(|| listing.kinds.to_vec(), |kind| vec![kind]);
        let named = filter
            .iter()
            .flat_map(Filter::properties)
            .filter(|name| !name.starts_with('$'));
        for name in named.chain(search.iter().flat_map(Search::properties)) {
            check_filterable(name, &kinds)?;
        }
        if let Some(filter) = &filter {
            let objects = || (0..listing.source.len()).filter_map(|at| listing.source.at(at)?.find(call.state));
            let given = |name: &str| {
                objects()
                    .map(|object| object.get(name))
                    .find(|cell| !matches!(cell, Cell::Null))
            };
            filter.check_types(&|name| given(name).unwrap_or(Cell::Null))?;
        }
        check_ordering(query, &kinds)?;
        Ok(Wanted {
            listing,
            filter,
            search,
        })
    }

    fn everything(&self) -> bool {
        self.filter.is_none() && self.search.is_none() && self.listing.cast.is_none()
    }

    fn takes(&self, object: Object<'_>) -> bool {
        let tokenised: &[&str] = match object.kind() {
            Kind::User => &["displayName"],
            _ => &["displayName", "description"],
        };
        let get = |name: &str| object.get(name);
        self.listing.cast.is_none_or(|kind| kind == object.kind())
            && self.filter.as_ref().is_none_or(|filter| filter.holds(&get))
            && self.search.as_ref().is_none_or(|search| search.finds(tokenised, &get))
    }

    fn count(&self, call: &Call<'_>) -> usize {
        if self.everything() {
            return self.listing.source.len();
        }
        self.matching(call, 0).count()
    }

    fn matching<'b>(&'b self, call: &'b Call<'_>, start: usize) -> impl Iterator<Item = (usize, ObjectRef)> + 'b {
        (start..self.listing.source.len())
            .filter_map(|position| Some((position, self.listing.source.at(position)?)))
            .filter(|(_, object)| self.everything() || object.find(call.state).is_some_and(|object| self.takes(object)))
    }

    /// A page in the collection's own order. The link resumes where the reading stopped, so the page behind it may be empty.
    fn stretch(&self, call: &Call<'_>, start: usize, size: usize) -> (Vec<ObjectRef>, Option<usize>) {
        let found: Vec<(usize, ObjectRef)> = self.matching(call, start).take(size).collect();
        let resume = found
            .last()
            .map(|(position, _)| position + 1)
            .filter(|_| found.len() == size);
        let next = resume.filter(|position| *position < self.listing.source.len());
        (found.into_iter().map(|(_, object)| object).collect(), next)
    }

    fn ordered(&self, call: &Call<'_>, start: usize, size: usize) -> (Vec<ObjectRef>, Option<usize>) {
        let mut found: Vec<ObjectRef> = self.matching(call, 0).map(|(_, object)| object).collect();
        for (name, descending) in call.query.orderby.iter().rev() {
            let key = |object: &ObjectRef| {
                let cell = object.find(call.state).map(|object| object.get(name));
                cell.and_then(|cell| cell.shown().map(|text| text.to_lowercase()))
            };
            found.sort_by_cached_key(key);
            if *descending {
                found.reverse();
            }
        }
        let next = Some(start + size).filter(|position| *position < found.len());
        (found.into_iter().skip(start).take(size).collect(), next)
    }
}

/// What a collection of these kinds is one of.
fn name_of(kinds: &[Kind]) -> &'static str {
    match kinds {
        [kind] => kind.name(),
        _ => "directoryObject",
    }
}

fn check_filterable(name: &str, kinds: &[Kind]) -> Result<()> {
    let name = name.split('/').next().unwrap_or(name);
    let answers: Vec<bool> = kinds.iter().filter_map(|kind| kind.filterable(name)).collect();
    let kind = name_of(kinds);
    if answers.is_empty() {
        let message = format!(
            "Invalid filter clause: Could not find a property named '{name}' on type 'microsoft.graph.{kind}'."
        );
        return Err(GraphError::new(400, "BadRequest", message));
    }
    if answers.contains(&true) {
        return Ok(());
    }
    let message =
        format!("Unsupported or invalid query filter clause specified for property '{name}' of resource '{kind}'.");
    Err(GraphError::unsupported(message))
}

fn check_ordering(query: &Query, kinds: &[Kind]) -> Result<()> {
    for (name, _) in &query.orderby {
        let sortable = [
            "displayName",
            "userPrincipalName",
            "mail",
            "createdDateTime",
            "givenName",
            "surname",
            "mailNickname",
        ];
        if !kinds.iter().any(|kind| kind.filterable(name).is_some()) {
            let of = name_of(kinds);
            let message = format!("Could not find a property named '{name}' on type 'microsoft.graph.{of}'.");
            return Err(GraphError::new(400, "BadRequest", message));
        }
        if !sortable.iter().any(|it| it.eq_ignore_ascii_case(name)) {
            return Err(GraphError::unsupported("Sorting not supported for current query."));
        }
    }
    Ok(())
}

fn context(call: &Call<'_>, kinds: &[Kind], typed: bool) -> String {
    let set = match kinds {
        [Kind::User, ..] if !typed => "users",
        [Kind::Group, ..] if !typed => "groups",
        _ => "directoryObjects",
    };
    let chosen = call
        .query
        .select
        .as_ref()
        .map(|names| format!("({})", names.join(",")))
        .unwrap_or_default();
    format!("{}/$metadata#{set}{chosen}", call.request.base)
}

/// What makes a token good for one request only: its path and options.
fn fingerprint(call: &Call<'_>) -> u64 {
    let options = call.query.raw.iter().filter(|(name, _)| name != "$skiptoken");
    let text: Vec<String> = options.map(|(name, value)| format!("{name}={value}")).collect();
    digest(11, format!("{}?{}", call.request.path, text.join("&")).as_bytes())
}

fn next_link(call: &Call<'_>, position: usize) -> String {
    let mut token = b"DSpt\n\0\x01".to_vec();
    token.extend((position as u64).to_be_bytes());
    token.extend(fingerprint(call).to_be_bytes());
    let kept = call.query.raw.iter().filter(|(name, _)| name != "$skiptoken");
    let mut options: Vec<String> = kept
        .map(|(name, value)| format!("{name}={}", percent_encode(value)))
        .collect();
    options.push(format!("$skiptoken={}", URL_SAFE_NO_PAD.encode(token)));
    format!("{}{}?{}", call.request.base, call.request.path, options.join("&"))
}

fn read_token(call: &Call<'_>, token: &str) -> Result<usize> {
    let expired = || {
        let message = "The specified page token value has expired and can no longer be included in your request.";
        GraphError::new(400, "Directory_ExpiredPageToken", message)
    };
    let bytes = URL_SAFE_NO_PAD.decode(token).map_err(|_| expired())?;
    let number = |from: usize| -> Option<u64> { Some(u64::from_be_bytes(bytes.get(from..from + 8)?.try_into().ok()?)) };
    match (number(7), number(15)) {
        (Some(position), Some(made_for)) if made_for == fingerprint(call) => {
            usize::try_from(position).map_err(|_| expired())
        }
        _ => Err(expired()),
    }
}
