//! What a list shows of each of its items: one table of columns for every format but JSON.

use std::sync::OnceLock;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::cli::args::Names;
use crate::config::{Clock, Time};
use crate::domain::Text;
use crate::protocol::{Problem, ProblemKind};
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

/// A column, on one line of a list of them.
pub const fn column<R>(name: &'static str, cells: Cells, text: fn(&R, &Times) -> Text) -> Column<R> {
    Column { name, cells, text }
}

/// What a cell says of something that may not be known.
pub fn given(text: &Option<Text>) -> Text {
    text.clone().unwrap_or_default()
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
    /// Only where it is selected; then as `Cut`.
    Absent,
    /// Only where it is selected; then as `Whole`: half an id names nothing.
    Key,
}

/// Which columns are printed where nobody selects any.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Usually {
    /// Those that fit into a table.
    Table,
    /// All of them.
    All,
}

/// The columns to print: those of these names, in that order, or the usual ones. Upper and lower case are the same.
///
/// # Errors
/// `Usage` where there is no column of a name, with the names there are.
pub fn chosen<R>(
    columns: &'static [Column<R>],
    names: Option<&Names>,
    usually: Usually,
) -> Result<Vec<&'static Column<R>>, Problem> {
    let Some(names) = names else {
        let fits = |column: &&Column<R>| !matches!(column.cells, Cells::Absent | Cells::Key);
        return Ok(columns
            .iter()
            .filter(|column| usually == Usually::All || fits(column))
            .collect());
    };
    let of_name = |name: &str| {
        let column = columns.iter().find(|column| column.name.eq_ignore_ascii_case(name));
        column.ok_or_else(|| {
            let all: Vec<&str> = columns.iter().map(|column| column.name).collect();
            Problem::new(
                ProblemKind::Usage,
                &format!("There is no column “{name}” to select."),
                &format!(
                    "There is: {}. With --json, --select takes the names of Graph's own properties.",
                    all.join(", ")
                ),
            )
        })
    };
    names.iter().map(of_name).collect()
}

/// How times are written.
#[derive(Debug)]
pub struct Times {
    /// For programs: RFC 3339, UTC.
    exact: bool,
    /// The system's is looked for when the first time is written: all names of zones are read for that.
    zone: OnceLock<TimeZone>,
    twelve_hours: bool,
}

impl Times {
    /// As the person wants them, or exactly.
    pub fn new(config: &Time, exact: bool) -> Self {
        Times {
            exact,
            zone: config.zone.clone().map_or_else(OnceLock::new, OnceLock::from),
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
            false => time::absolute(at, self.zone.get_or_init(TimeZone::system), self.twelve_hours),
        });
        Text::new(&words.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: &[Column<()>] = &[
        Column {
            name: "name",
            cells: Cells::Cut,
            text: |(), _| Text::default(),
        },
        Column {
            name: "note",
            cells: Cells::Absent,
            text: |(), _| Text::default(),
        },
        Column {
            name: "id",
            cells: Cells::Key,
            text: |(), _| Text::default(),
        },
    ];

    #[test]
    fn columns_come_as_selected_or_as_usual() {
        let names = |select: Option<&str>, usually| {
            let select = select.map(|select| select.parse().unwrap());
            let chosen = chosen(COLUMNS, select.as_ref(), usually)?;
            Ok::<_, Problem>(chosen.iter().map(|column| column.name).collect::<Vec<_>>())
        };
        assert_eq!(names(None, Usually::Table).unwrap(), ["name"]);
        assert_eq!(names(None, Usually::All).unwrap(), ["name", "note", "id"]);
        for usually in [Usually::Table, Usually::All] {
            assert_eq!(names(Some("ID,name"), usually).unwrap(), ["id", "name"]);
        }
        let problem = names(Some("name,displayName"), Usually::All).unwrap_err();
        assert_eq!(problem.kind, ProblemKind::Usage);
        assert!(problem.what.as_str().contains("“displayName”"), "{problem}");
        assert!(problem.next.as_str().contains("name, note, id."), "{problem}");
    }
}
