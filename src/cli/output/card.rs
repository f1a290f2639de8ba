//! One thing as a card: a label and what it says on each line.

use super::{Column, Times};
use crate::cli::desk::Desk;
use crate::domain::Text;
use crate::text::{cells, pad, wrap};

/// All that is known of something, and `more` of it. What is empty has no line; what is long goes on below.
pub fn card<R>(desk: &Desk, columns: &[&Column<R>], row: &R, more: &[(&'static str, Text)]) -> String {
    let times = Times::new(&desk.config.time, false);
    let lines: Vec<(&str, Text)> = columns
        .iter()
        .map(|column| (column.name, (column.text)(row, &times)))
        .chain(more.iter().cloned())
        .filter(|(_, text)| !text.is_empty())
        .collect();
    let labels = lines.iter().map(|(label, _)| cells(label)).max().unwrap_or(0) + 2;
    let room = desk
        .screen
        .width
        .map_or(usize::MAX, |width| width.saturating_sub(labels).max(20));
    let mut card = String::new();
    for (label, text) in lines {
        for (at, line) in wrap(text.as_str(), room).iter().enumerate() {
            card.push_str(&pad(if at == 0 { label } else { "" }, labels));
            card.push_str(line);
            card.push('\n');
        }
    }
    card
}
