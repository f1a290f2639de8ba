//! One value of one property, borrowed from the tenant where that is possible.

use std::borrow::Cow;
use std::cmp::Ordering;

use jiff::Timestamp;
use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::demo::ids::Guid;

/// A property's value on its way to JSON, to a filter or to an ordering.
#[derive(Clone, Debug)]
pub enum Cell<'a> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Number(i64),
    /// Any number.
    Real(f64),
    /// Text of the tenant's.
    Text(&'a str),
    /// Text made for the answer.
    Owned(String),
    /// A directory id.
    Guid(Guid),
    /// A time, printed in whole seconds of UTC.
    Time(Timestamp),
    /// A collection.
    List(Vec<Cell<'a>>),
    /// A complex value.
    Map(Vec<(&'static str, Cell<'a>)>),
}

impl<'a> Cell<'a> {
    /// Text, or `null` where it is empty.
    pub fn text(text: &'a str) -> Cell<'a> {
        if text.is_empty() { Cell::Null } else { Cell::Text(text) }
    }

    /// A collection of texts.
    pub fn texts<I: IntoIterator<Item = &'a str>>(texts: I) -> Cell<'a> {
        Cell::List(texts.into_iter().map(Cell::Text).collect())
    }

    /// What a path such as `personType/class` leads to; `null` where that is nothing. Names count without case.
    pub fn follow<'p>(self, mut path: impl Iterator<Item = &'p str>) -> Cell<'a> {
        path.try_fold(self, |cell, name| match cell {
            Cell::Map(fields) => fields
                .into_iter()
                .find(|(known, _)| known.eq_ignore_ascii_case(name))
                .map(|(_, cell)| cell),
            _ => None,
        })
        .unwrap_or(Cell::Null)
    }

    /// As a reader would see it; nothing for `null`, collections and complex values.
    pub fn shown(&self) -> Option<Cow<'_, str>> {
        match self {
            Cell::Null | Cell::List(_) | Cell::Map(_) => None,
            Cell::Bool(yes) => Some(Cow::Borrowed(if *yes { "true" } else { "false" })),
            Cell::Number(number) => Some(Cow::Owned(number.to_string())),
            Cell::Real(number) => Some(Cow::Owned(number.to_string())),
            Cell::Text(text) => Some(Cow::Borrowed(text)),
            Cell::Owned(text) => Some(Cow::Borrowed(text)),
            Cell::Guid(id) => Some(Cow::Owned(id.to_string())),
            Cell::Time(time) => Some(Cow::Owned(seconds(*time))),
        }
    }

    /// The order in which `$orderby` puts two values: nothing first, text without case.
    pub fn order(&self, other: &Cell<'_>) -> Ordering {
        match (self, other) {
            (Cell::Time(a), Cell::Time(b)) => a.cmp(b),
            (Cell::Number(a), Cell::Number(b)) => a.cmp(b),
            (Cell::Real(a), Cell::Real(b)) => a.total_cmp(b),
            _ => {
                let folded = |cell: &Cell<'_>| cell.shown().map(|text| text.to_lowercase());
                folded(self).cmp(&folded(other))
            }
        }
    }
}

/// A time as Graph prints it.
pub fn seconds(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

impl Serialize for Cell<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Cell::Null => serializer.serialize_unit(),
            Cell::Bool(yes) => serializer.serialize_bool(*yes),
            Cell::Number(number) => serializer.serialize_i64(*number),
            Cell::Real(number) => serializer.serialize_f64(*number),
            Cell::Text(text) => serializer.serialize_str(text),
            Cell::Owned(text) => serializer.serialize_str(text),
            Cell::Guid(id) => serializer.collect_str(id),
            Cell::Time(time) => serializer.collect_str(&time.strftime("%Y-%m-%dT%H:%M:%SZ")),
            Cell::List(cells) => serializer.collect_seq(cells),
            Cell::Map(fields) => {
                let mut map = serializer.serialize_map(Some(fields.len()))?;
                for (name, cell) in fields {
                    map.serialize_entry(name, cell)?;
                }
                map.end()
            }
        }
    }
}
