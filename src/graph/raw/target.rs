//! From what a person typed to a URL that the token may go to, and what a DELETE of it would delete.

#[cfg(test)]
mod tests;

use percent_encoding::percent_decode_str;
use serde_json::Value;
use url::Url;

use super::{Deletion, Verb};
use crate::domain::Id;
use crate::graph::endpoint::Endpoint;
use crate::protocol::{Problem, ProblemKind};

/// Versions of Graph, by which a path that has one is known.
const VERSIONS: [&str; 2] = ["/v1.0", "/beta"];

/// Collections that refer to objects which live elsewhere. A DELETE of an object in one of them deletes the object itself,
/// where with `/$ref` after it, it takes the object out of the collection.
const REFERRING: &[&str] = &[
    "members",
    "transitiveMembers",
    "owners",
    "memberOf",
    "transitiveMemberOf",
    "ownedObjects",
    "directReports",
    "acceptedSenders",
    "rejectedSenders",
    "registeredOwners",
    "registeredUsers",
];

/// Collections whose next segment is a key.
const KEYED: &[&str] = &[
    "groups",
    "users",
    "threads",
    "conversations",
    "posts",
    "attachments",
    "events",
    "calendars",
    "messages",
    "mailFolders",
    "photos",
    "extensions",
    "directoryObjects",
    "deletedItems",
];

/// What some editors put before a text.
const BOM: &[u8] = b"\xef\xbb\xbf";

/// Parts of a group that its mailbox serves.
const MAIL: &[&str] = &["threads", "conversations", "events", "calendar", "calendarView"];

/// The URL of a target: a path below the endpoint, a path that begins with a version, or a full URL.
///
/// # Errors
/// `Usage` where it is none of them, or names another host.
pub(super) fn url(endpoint: &Endpoint, target: &str) -> Result<Url, Problem> {
    let wrong = |what: &str, next: &str| Err(Problem::new(ProblemKind::Usage, what, next));
    let target = target.trim();
    if target.is_empty() || target.contains(char::is_control) {
        return wrong("That is no path of Graph.", "Give one such as /me or /groups?$top=5.");
    }
    if target.contains('#') {
        return wrong(
            "A # begins what is never sent, so the path would be another one.",
            "Write %23 for it, as in /users/guest_contoso.com%23EXT%23@fabrikam.com.",
        );
    }
    let base = endpoint.as_str();
    // A query may hold a URL, too.
    let is_url = |(scheme, _): (&str, &str)| !scheme.contains(['/', '?']);
    let parsed = if target.split_once("://").is_some_and(is_url) {
        Url::parse(target)
    } else {
        let path = format!("/{}", target.trim_start_matches('/'));
        let after = |version: &str| path.strip_prefix(version);
        let has_version = |version| after(version).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']));
        match VERSIONS.into_iter().any(has_version) {
            true => Url::parse(base).and_then(|base| base.join(&path)),
            false => Url::parse(&format!("{base}{path}")),
        }
    };
    match parsed {
        Ok(url) if endpoint.owns(&url) => Ok(url),
        Ok(_) => wrong(
            "That is another address than this Graph's, which your token must not go to.",
            &format!("Give a path, or a URL that begins with {base}."),
        ),
        Err(_) => wrong("That is no path of Graph.", "Give one such as /me or /groups?$top=5."),
    }
}

/// The segments of the path below the version, decoded.
fn segments(endpoint: &Endpoint, url: &Url) -> Vec<String> {
    let base = Url::parse(endpoint.as_str()).map(|base| base.path().to_owned());
    let path = url.path();
    let below = base
        .ok()
        .iter()
        .map(String::as_str)
        .chain(VERSIONS)
        .filter(|base| *base != "/")
        .find_map(|base| {
            path.strip_prefix(base)
                .filter(|rest| rest.is_empty() || rest.starts_with('/'))
        })
        .unwrap_or(path);
    decoded(below)
}

fn decoded(path: &str) -> Vec<String> {
    let parts = path.split('/').filter(|part| !part.is_empty());
    parts
        .map(|part| percent_decode_str(part).decode_utf8_lossy().into_owned())
        .collect()
}

fn is_one_of(words: &[&str], segment: &str) -> bool {
    words.iter().any(|word| word.eq_ignore_ascii_case(segment))
}

/// The path with `{id}` for whatever may be an id or a name: those stay out of the log.
pub(super) fn template(endpoint: &Endpoint, url: &Url) -> String {
    let mut template = String::new();
    let mut key_next = false;
    for segment in segments(endpoint, url) {
        let graphs_own = segment.starts_with('$') || segment.starts_with("microsoft.graph.");
        let is_word = segment.len() <= 40 && segment.chars().all(|c| c.is_ascii_alphabetic() || "$.".contains(c));
        let is_key = !graphs_own && (key_next || !is_word);
        template.push('/');
        template.push_str(if is_key { "{id}" } else { &segment });
        key_next = !is_key && (is_one_of(KEYED, &segment) || is_one_of(REFERRING, &segment));
    }
    template
}

/// The group whose mailbox serves it.
pub(super) fn mailbox(endpoint: &Endpoint, url: &Url) -> Option<Id> {
    match segments(endpoint, url).as_slice() {
        [groups, id, part, ..] if is_one_of(&["groups"], groups) && is_one_of(MAIL, part) => Some(Id::new(id.as_str())),
        _ => None,
    }
}

/// Whether a request deletes an object of the directory through a collection that only refers to it, as a whole or in
/// one part of a batch.
pub(super) fn deletion(verb: Verb, url: &Url, body: Option<&[u8]>) -> Deletion {
    let path = decoded(url.path());
    if verb == Verb::Delete {
        return Deletion::found(ends_in_what_a_list_holds(&path));
    }
    let is_batch = path.last().is_some_and(|last| last.eq_ignore_ascii_case("$batch"));
    match body.filter(|_| is_batch) {
        Some(batch) => parts(batch).map_or(Deletion::Unknown, |parts| {
            Deletion::found(parts.iter().any(part_deletes))
        }),
        None => Deletion::None,
    }
}

/// The requests of a batch; `None` where it is none. A byte order mark is no part of it.
fn parts(batch: &[u8]) -> Option<Vec<Value>> {
    let batch: Value = serde_json::from_slice(batch.strip_prefix(BOM).unwrap_or(batch)).ok()?;
    match member(&batch, "requests")? {
        Value::Array(parts) => Some(parts.clone()),
        _ => None,
    }
}

/// Whether a request of a batch deletes an object through such a collection. One without a method or an address does nothing.
fn part_deletes(part: &Value) -> bool {
    let word = |name| member(part, name).and_then(Value::as_str).unwrap_or_default();
    let path = word("url").split(['?', '#']).next().unwrap_or_default();
    word("method").trim().eq_ignore_ascii_case("DELETE") && ends_in_what_a_list_holds(&decoded(path))
}

/// A member of an object, however a lenient reader may take its name.
fn member<'a>(of: &'a Value, name: &str) -> Option<&'a Value> {
    let mut members = of.as_object()?.iter();
    members.find_map(|(known, value)| known.eq_ignore_ascii_case(name).then_some(value))
}

fn ends_in_what_a_list_holds(path: &[String]) -> bool {
    // OData has two ways to write a key: members/{id} and members('{id}'). A type may stand between.
    let mut path = path.iter().rev().filter(|part| !part.starts_with("microsoft.graph."));
    let Some(last) = path.next() else {
        return false;
    };
    match last.split_once('(') {
        Some((collection, _)) => is_one_of(REFERRING, collection),
        None => !last.starts_with('$') && path.next().is_some_and(|collection| is_one_of(REFERRING, collection)),
    }
}
