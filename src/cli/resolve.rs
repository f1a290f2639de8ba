//! From what a person calls a group to the one that is meant. Every command goes this way.

use serde_json::value::RawValue;

use super::exit::Stop;
use super::output;
use crate::domain::{Group, Id, Text};
use crate::graph::groups::{self, Find};
use crate::graph::{Client, Urgency};
use crate::protocol::{Problem, ProblemKind};
use crate::text::{cells, pad, truncate};

/// Of more candidates than this only the number is told.
pub const MOST_CANDIDATES: usize = 12;
/// No candidate's column is wider.
const WIDEST: usize = 48;

/// A group, as Graph sent it and as we read it.
pub struct Found {
    pub json: Box<RawValue>,
    pub group: Group,
}

impl Found {
    /// Reads a group.
    ///
    /// # Errors
    /// `Server` where it has a shape that we do not know.
    pub fn read(json: Box<RawValue>) -> Result<Self, Problem> {
        let group = output::read(json.get())?;
        Ok(Found { json, group })
    }
}

/// The id of the group that is meant. An id is taken as it is: whether it names a group, the next request will tell.
///
/// # Errors
/// As [`group`].
pub async fn group_id(client: &Client, key: &str) -> Result<Id, Stop> {
    let key = key.trim();
    match groups::find(key) {
        Find::One(_) => Ok(Id::new(key)),
        Find::Among(_) => Ok(group(client, key).await?.group.id),
    }
}

/// The group that is meant: by id, address, alias or whole name; else the only one whose name, alias or address begins
/// with what was typed; else the only one that has it in its name. Upper and lower case are the same.
///
/// # Errors
/// `NotFound` where there is none, `Usage` with the candidates where there are several, and whatever Graph or the
/// network did.
pub async fn group(client: &Client, key: &str) -> Result<Found, Stop> {
    let mut found = Vec::new();
    for json in client.find::<Box<RawValue>>(key, Urgency::Person).await? {
        found.push(Found::read(json)?);
    }
    let is_id = matches!(groups::find(key), Find::One(_));
    if found.is_empty() && !is_id && key.chars().any(char::is_alphanumeric) {
        for json in client
            .gather::<Box<RawValue>>(groups::search(key), Urgency::Person)
            .await?
        {
            found.push(Found::read(json)?);
        }
        found = nearest(found, key);
    }
    let several = found.len();
    match found.pop() {
        Some(group) if several == 1 => Ok(group),
        None => Err(Problem::new(
            ProblemKind::NotFound,
            &format!("There is no group “{key}”, or you may not see it."),
            "Give its id, its address, its alias or its name; `folkmoot group list` shows yours.",
        )
        .into()),
        Some(last) => {
            found.push(last);
            let rows = found.iter().map(|Found { group, .. }| {
                let mail = group.mail.clone().unwrap_or_default();
                vec![group.name.clone(), mail, Text::new(group.id.as_str())]
            });
            Err(ambiguous(
                &format!("“{key}” fits {several} groups."),
                "Give the address or the id of the one you mean:",
                rows.collect(),
            ))
        }
    }
}

/// Of what a search found, those that begin with `key`, or else those that have it in their name.
fn nearest(found: Vec<Found>, key: &str) -> Vec<Found> {
    let key = key.trim().to_lowercase();
    let begins = |text: Option<&Text>| text.is_some_and(|text| text.as_str().to_lowercase().starts_with(&key));
    let (first, rest): (Vec<_>, Vec<_>) = found.into_iter().partition(|Found { group, .. }| {
        [Some(&group.name), group.alias.as_ref(), group.mail.as_ref()]
            .into_iter()
            .any(begins)
    });
    if !first.is_empty() {
        return first;
    }
    rest.into_iter()
        .filter(|Found { group, .. }| group.name.as_str().to_lowercase().contains(&key))
        .collect()
}

/// What a name fits, as aligned lines; the last column, an id, whole.
pub fn ambiguous(what: &str, next: &str, rows: Vec<Vec<Text>>) -> Stop {
    let columns = rows.first().map_or(0, Vec::len);
    let widths: Vec<usize> = (0..columns)
        .map(|column| {
            let width = |row: &Vec<Text>| row.get(column).map_or(0, |text| cells(text.as_str()));
            rows.iter()
                .take(MOST_CANDIDATES)
                .map(width)
                .max()
                .unwrap_or(0)
                .min(WIDEST)
        })
        .collect();
    let mut lines: Vec<String> = rows
        .iter()
        .take(MOST_CANDIDATES)
        .map(|row| {
            let mut line = String::new();
            for (at, (text, width)) in row.iter().zip(&widths).enumerate() {
                if at + 1 == columns {
                    line.push_str(text.as_str());
                } else {
                    line.push_str(&pad(&truncate(text.as_str(), *width), *width));
                    line.push_str("  ");
                }
            }
            line
        })
        .collect();
    if let Some(others) = rows.len().checked_sub(MOST_CANDIDATES + 1) {
        lines.push(format!("… and {} more", others + 1));
    }
    Stop::with_lines(Problem::new(ProblemKind::Usage, what, next), lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(name: &str, alias: &str) -> Found {
        let json = serde_json::json!({"id": name, "displayName": name, "mailNickname": alias}).to_string();
        Found::read(RawValue::from_string(json).unwrap()).unwrap()
    }

    #[test]
    fn a_beginning_goes_before_a_part() {
        let all = || {
            vec![
                found("Product", "product"),
                found("Old products", "old"),
                found("Ünits", "prod-units"),
            ]
        };
        for (key, names) in [
            ("prod", vec!["Product", "Ünits"]),
            ("OLD", vec!["Old products"]),
            ("ducts", vec!["Old products"]),
            ("üNI", vec!["Ünits"]),
            ("nothing", vec![]),
        ] {
            let near = nearest(all(), key);
            let near: Vec<&str> = near.iter().map(|found| found.group.name.as_str()).collect();
            assert_eq!(near, names, "{key}");
        }
    }
}
