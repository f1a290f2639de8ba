//! One thing as a card: a label and what it says on each line.

use super::{Column, Times};
use crate::cli::desk::Desk;
use crate::domain::Text;
use crate::text::{cells, pad, wrap};

/// Where the labels and the words of a card stand.
pub struct Card {
    labels: usize,
    room: usize,
}

impl Card {
    /// A card of an item, as text, and how to go on with it: `more` is what it may say further. What is empty has no line.
    pub fn of<R>(desk: &Desk, columns: &[&Column<R>], row: &R, more: &[&str]) -> (Self, String) {
        let times = Times::new(&desk.config.time, false);
        let lines: Vec<(&str, Text)> = columns
            .iter()
            .map(|column| (column.name, (column.text)(row, &times)))
            .filter(|(_, text)| !text.is_empty())
            .collect();
        let labels = lines.iter().map(|(label, _)| *label).chain(more.iter().copied());
        let labels = labels.map(cells).max().unwrap_or(0) + 2;
        let room = desk
            .screen
            .width
            .map_or(usize::MAX, |width| width.saturating_sub(labels).max(20));
        let card = Card { labels, room };
        let text = lines.iter().map(|(label, text)| card.line(label, text)).collect();
        (card, text)
    }

    /// What it says under a label; what is long goes on below.
    pub fn line(&self, label: &str, text: &Text) -> String {
        if text.is_empty() {
            return String::new();
        }
        let mut lines = String::new();
        for (at, line) in wrap(text.as_str(), self.room).iter().enumerate() {
            lines.push_str(&pad(if at == 0 { label } else { "" }, self.labels));
            lines.push_str(line);
            lines.push('\n');
        }
        lines
    }
}
