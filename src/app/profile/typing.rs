//! Where something of one's own is typed: in the place of the rows that show it.

use super::rows::BEFORE;
use super::{LABEL, Profile, ProfileRow};
use crate::app::own::Own;
use crate::app::prompt::{Prompt, Purpose};

/// So many rows are there for a text of several lines, at least.
const LEAST: usize = 4;

/// The cells before a value: the mark of the cursor, the indent and the name of the property.
pub const VALUE_AT: u16 = (BEFORE + LABEL) as u16;

/// Where something is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Typing {
    /// The first of its rows, counted from the first visible one.
    pub row: usize,
    /// How many rows it takes.
    pub rows: usize,
    /// Cells of each, behind the name of the property.
    pub width: u16,
    /// The name of the property.
    pub label: &'static str,
}

impl Profile {
    /// Where a line is typed that changes something of this profile, among so many visible rows.
    pub fn typing(&self, prompt: &Prompt, height: usize) -> Option<Typing> {
        let Purpose::Own(of) = prompt.purpose else { return None };
        let mut its = self
            .rows()
            .iter()
            .enumerate()
            .filter_map(|(at, row)| Some((at, label_of(row, of)?)));
        let (first, label) = its.next()?;
        let least = if prompt.line.takes_lines() { LEAST } else { 1 };
        let rows = (1 + its.count()).max(least).min(height);
        Some(Typing {
            row: first.saturating_sub(self.top).min(height - rows),
            rows,
            width: self.width.saturating_sub(VALUE_AT),
            label,
        })
    }
}

/// The name of the property, if this is a row of it.
fn label_of(row: &ProfileRow, of: Own) -> Option<&'static str> {
    match row {
        ProfileRow::Field { label, value, .. } if value.own.as_ref().is_some_and(|(own, _)| *own == of) => Some(label),
        _ => None,
    }
}
