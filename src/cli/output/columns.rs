//! What a list shows of each of its items: one table of columns for tables and CSV.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::config::{Clock, Time};
use crate::domain::Text;
use crate::text::time;

/// One column.
pub struct Column<R> {
    /// The heading; in a table in capitals.
    pub name: &'static str,
    /// How it stands in a table.
    pub cells: Cells,
    /// What it says of an item.
    pub text: fn(&R, &Times) -> Text,
}

/// How a column stands in a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cells {
    /// As wide as it must be, for at least so many cells.
    Whole(usize),
    /// As `Whole`, to the right.
    Right(usize),
    /// Cut where the terminal is too narrow.
    Cut,
    /// In CSV only.
    Absent,
}

/// How times are written.
#[derive(Debug)]
pub struct Times {
    /// For programs: RFC 3339, UTC.
    exact: bool,
    zone: TimeZone,
    twelve_hours: bool,
}

impl Times {
    /// As the person wants them, or exactly.
    pub fn new(config: &Time, exact: bool) -> Self {
        Times {
            exact,
            zone: config.zone.clone().unwrap_or_else(TimeZone::system),
            twelve_hours: config.clock == Clock::Hours12,
        }
    }

    /// Whether they are for programs, and so is everything else.
    pub fn are_exact(&self) -> bool {
        self.exact
    }

    /// Writes a time; nothing where there is none.
    pub fn write(&self, at: Option<Timestamp>) -> Text {
        let words = at.map(|at| match self.exact {
            true => at.to_string(),
            false => time::absolute(at, &self.zone, self.twelve_hours),
        });
        Text::new(&words.unwrap_or_default())
    }
}
