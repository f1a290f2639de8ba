//! Lists of what Graph has no word for. Their JSON has an envelope that says what it is and in which version of its shape;
//! every other format is that of any list.

use super::args::{Format, ListOutput, Names};
use super::desk::Desk;
use super::exit::{Stop, say};
use super::output::{self, Column, List};
use crate::protocol::{Problem, ProblemKind};
pub use crate::text::json::envelope;

/// One row, and what JSON has in its place.
pub struct Item<R> {
    /// A JSON object.
    pub json: String,
    pub row: R,
}

/// Prints a list: of, say, the `kind` `common` and of `groups`. `head` is what else the envelope says: names and JSON.
///
/// # Errors
/// `Usage` where something was selected that there is not, and what writing says.
pub fn print<R: Clone + 'static>(
    desk: &Desk,
    args: &ListOutput,
    (kind, nouns): (&str, &'static str),
    columns: &'static [Column<R>],
    head: &[(&str, String)],
    mut items: Vec<Item<R>>,
) -> Result<(), Stop> {
    if args.output.format() != Format::Json {
        let mut list = List::begin(desk, args, nouns, columns)?;
        for item in &items {
            list.add(&item.json, || Ok(item.row.clone()))?;
        }
        return list.finish();
    }
    if let Some(limit) = args.limit {
        items.truncate(limit.get());
    }
    let rows = items
        .iter()
        .map(|item| selected(&item.json, args.output.select.as_ref()));
    let rows: Vec<String> = rows.collect::<Result<_, _>>()?;
    let mut json = envelope(kind, head);
    json.push_str(",\"items\":[");
    json.push_str(&rows.join(","));
    json.push_str("]}");
    desk.out.print(&format!("{}\n", output::escaped(&json)))?;
    if items.is_empty() {
        say(&format!("No {nouns}."));
    }
    Ok(())
}

/// The properties of an item that were asked for.
fn selected(json: &str, names: Option<&Names>) -> Result<String, Problem> {
    let Some(names) = names else {
        return Ok(json.to_owned());
    };
    let item = output::members(json)?;
    let mut parts = Vec::new();
    for name in names.iter() {
        let value = item.get(name).ok_or_else(|| {
            let there: Vec<&str> = item.keys().map(|name| name.as_ref()).collect();
            Problem::new(
                ProblemKind::Usage,
                &format!("There is no property “{name}” to select."),
                &format!("There is: {}.", there.join(", ")),
            )
        })?;
        parts.push(format!("\"{name}\":{}", value.get()));
    }
    Ok(format!("{{{}}}", parts.join(",")))
}
