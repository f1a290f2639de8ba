//! A draft as JSON. Members that a newer folkmoot has added are kept when this one saves the draft again.

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::domain::{Draft, DraftId};

/// The newest format that this folkmoot understands. It is raised when an older folkmoot would misread a draft, not
/// when a member is added.
const VERSION: u64 = 2;
/// The format of replies that are nothing but text. A draft that it can say is written in it, so that an older folkmoot
/// goes on with it.
const PLAIN_REPLIES: u64 = 1;

/// What a file holds.
pub(super) enum Content {
    /// A draft, with the members that this folkmoot does not know.
    Draft(Box<Draft>, Unknown),
    /// A draft that only a newer folkmoot understands.
    Newer,
    /// No draft, with the reason, which tells nothing of what was typed.
    Corrupt(String),
}

/// Members of a draft's document that this folkmoot does not know.
#[derive(Default)]
pub(super) struct Unknown(Map<String, Value>);

/// Reads the draft called `id`.
pub(super) fn read(bytes: &[u8], id: &DraftId) -> Content {
    let whole: Map<String, Value> = match serde_json::from_slice(bytes) {
        Ok(whole) => whole,
        Err(error) => return Content::Corrupt(place(&error)),
    };
    if whole
        .get("version")
        .and_then(Value::as_u64)
        .is_some_and(|version| version > VERSION)
    {
        return Content::Newer;
    }
    match Draft::deserialize(&whole) {
        Ok(draft) if draft.id == *id => match document(&draft) {
            Ok(known) => Content::Draft(Box::new(draft), Unknown(without(&whole, &known))),
            Err(error) => Content::Corrupt(place(&error)),
        },
        Ok(_) => Content::Corrupt("it names another draft".to_owned()),
        Err(_) => Content::Corrupt("it has not the members of a draft".to_owned()),
    }
}

/// Where a document stops being JSON: serde's own words quote what they stumble over.
fn place(error: &serde_json::Error) -> String {
    format!("it is not JSON at line {}, column {}", error.line(), error.column())
}

/// Writes a draft, together with what was unknown when it was read.
///
/// # Errors
/// None that a draft can cause; the signature is serde's.
pub(super) fn write(draft: &Draft, unknown: &Unknown) -> serde_json::Result<Vec<u8>> {
    let mut whole = document(draft)?;
    fill(&mut whole, &unknown.0);
    let mut bytes = serde_json::to_vec_pretty(&whole)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// The members that this folkmoot knows.
fn document(draft: &Draft) -> serde_json::Result<Map<String, Value>> {
    let mut members = match serde_json::to_value(draft)? {
        Value::Object(members) => members,
        other => Map::from_iter([("draft".to_owned(), other)]),
    };
    let version = if draft.is_plain_reply() { PLAIN_REPLIES } else { VERSION };
    members.insert("version".to_owned(), version.into());
    Ok(members)
}

/// Members of `whole` that `known` lacks, at any depth.
fn without(whole: &Map<String, Value>, known: &Map<String, Value>) -> Map<String, Value> {
    let mut rest = Map::new();
    for (name, value) in whole {
        match (value, known.get(name)) {
            (_, None) => {
                rest.insert(name.clone(), value.clone());
            }
            (Value::Object(whole), Some(Value::Object(known))) => {
                let inner = without(whole, known);
                if !inner.is_empty() {
                    rest.insert(name.clone(), inner.into());
                }
            }
            _ => {}
        }
    }
    rest
}

/// Adds what is missing, at any depth; what is there already stays as it is.
fn fill(whole: &mut Map<String, Value>, missing: &Map<String, Value>) {
    for (name, value) in missing {
        match (whole.get_mut(name), value) {
            (None, _) => {
                whole.insert(name.clone(), value.clone());
            }
            (Some(Value::Object(whole)), Value::Object(missing)) => fill(whole, missing),
            _ => {}
        }
    }
}
