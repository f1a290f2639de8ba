//! What there is to show of a profile, row by row, and where a row leads. The rows are built when something of them
//! changes, not when they are drawn: a director of thousands has thousands.

use std::sync::Arc;

use super::Profile;
use super::fields::{ABOUT, ADDRESS, CONTACT, EMPLOYMENT, Field, PHOTO, WHO};
use super::listed::{Goto, count};
use crate::app::own::{Own, OwnStage};
use crate::domain::{About, Card, Id, Photo, Text};
use crate::protocol::{CardPart, Problem, Section};
use crate::text::wrap;

/// The cells that the names of properties take, and a space.
pub const LABEL: usize = 17;
/// The cells before a property's name: the mark of the cursor, and the indent.
pub(super) const BEFORE: usize = 3;

/// One row of the viewer.
#[derive(Debug, Clone, PartialEq)]
pub enum ProfileRow {
    /// The name of a section.
    Heading(&'static str),
    /// A line of a property.
    Field {
        /// What the property is called.
        label: &'static str,
        /// Whether the name is shown: on the first of its lines.
        first: bool,
        /// What fits on the line.
        line: Text,
        /// All of it.
        value: Arc<Value>,
    },
    /// An item of one of the lists.
    Item {
        /// Which list.
        section: Section,
        /// Its place there.
        at: usize,
        /// Steps up the chain of managers, or 0.
        step: usize,
    },
    /// Why a section is empty or incomplete.
    Hint(Text),
    /// What becomes of a change of the property above.
    Note(Text),
}

/// A property's value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// The whole of it, for copying.
    pub whole: String,
    /// What it leads to: an address for the browser, the mail program or the telephone.
    pub leads: Option<String>,
    /// What people may change of it in their own profile, and what Graph has there now.
    pub own: Option<(Own, String)>,
}

/// A part of the viewer: what it shows of which section.
struct Block {
    heading: Option<&'static str>,
    section: Section,
    shows: Shows,
    /// What to say where there is nothing. Without it the block is left out then.
    empty: &'static str,
}

enum Shows {
    Card(&'static [Field<Card>]),
    About(&'static [Field<About>]),
    Photo(&'static [Field<Option<Photo>>]),
    Items,
}

const fn block(heading: Option<&'static str>, section: Section, shows: Shows, empty: &'static str) -> Block {
    Block {
        heading,
        section,
        shows,
        empty,
    }
}

/// The viewer from top to bottom. A new section is a row here.
#[rustfmt::skip]
const BLOCKS: &[Block] = &[
    block(None, Section::Person, Shows::Card(WHO), "Nothing is known but the name."),
    block(None, Section::Photo, Shows::Photo(PHOTO), ""),
    block(Some("Contact"), Section::Person, Shows::Card(CONTACT), ""),
    block(Some("Address"), Section::Person, Shows::Card(ADDRESS), ""),
    block(Some("Employment"), Section::Person, Shows::Card(EMPLOYMENT), ""),
    block(Some("About"), Section::About, Shows::About(ABOUT), "Nothing was written here."),
    block(Some("Managers"), Section::Managers, Shows::Items, "No manager is set."),
    block(Some("Reports"), Section::Reports, Shows::Items, "Nobody reports to this person."),
    block(Some("Groups"), Section::Groups, Shows::Items, "No group that you may see."),
    block(Some("Teams"), Section::Teams, Shows::Items, "No team."),
    block(Some("Trending documents"), Section::Documents, Shows::Items, "No document that you may see."),
];

/// What a row is, so that it is found again among others.
#[derive(Debug, Clone, PartialEq)]
enum Key {
    Heading(&'static str),
    Field(&'static str, String),
    Item(Section, Id),
}

impl Profile {
    /// Everything there is to show, row by row.
    pub fn rows(&self) -> &[ProfileRow] {
        &self.rows
    }

    /// Changes something and builds the rows anew. The cursor goes back on its row, and the row where it was on the
    /// screen: sections above it may have come.
    pub(super) fn change<T>(&mut self, by: impl FnOnce(&mut Self) -> T) -> T {
        let held = self.rows.get(self.cursor).and_then(|row| self.key(row));
        let done = by(self);
        let (mut rows, mut begins) = (Vec::new(), Vec::new());
        for block in BLOCKS {
            begins.push((rows.len(), block.section));
            self.add(block, &mut rows);
        }
        (self.rows, self.begins) = (rows, begins);
        let is_held = |row: &ProfileRow| held.is_some() && self.key(row) == held;
        if let Some(place) = self.rows.iter().position(is_held) {
            self.top = (self.top + place).saturating_sub(self.cursor);
            self.cursor = place;
        }
        done
    }

    /// Adds what a block has to show. A block that says nothing of an empty section is left out as a whole then.
    fn add(&self, block: &Block, rows: &mut Vec<ProfileRow>) {
        let data = self.section(block.section);
        let speaks = !block.empty.is_empty();
        let mut found = self.content(block, data.shown());
        match data.problem() {
            Some(why) if speaks || why.missing.is_some() => found.extend(hints(why, &block.shows)),
            Some(_) => {}
            None if data.shown().is_none() && speaks => found.push(ProfileRow::Hint("Loading…".into())),
            None if found.is_empty() && speaks => found.push(ProfileRow::Hint(block.empty.into())),
            None => {}
        }
        if !found.is_empty() {
            rows.extend(block.heading.map(ProfileRow::Heading));
            rows.append(&mut found);
        }
    }

    fn content(&self, block: &Block, shown: Option<&CardPart>) -> Vec<ProfileRow> {
        let width = usize::from(self.width).saturating_sub(BEFORE + LABEL);
        match (&block.shows, shown) {
            (Shows::Card(fields), Some(CardPart::Person(card))) => self.lines(fields, card, width),
            (Shows::About(fields), Some(CardPart::About(about))) => self.lines(fields, about, width),
            (Shows::Photo(fields), Some(CardPart::Photo(photo))) => self.lines(fields, photo, width),
            (Shows::Items, Some(part)) => {
                let climbing = block.section == Section::Managers;
                let item = |at| ProfileRow::Item {
                    section: block.section,
                    at,
                    step: if climbing { at } else { 0 },
                };
                (0..count(part)).map(item).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The lines of properties, in so many cells. Of one's own profile also those that are not set but may be, and those
    /// that are being changed.
    fn lines<T>(&self, fields: &[Field<T>], of: &T, width: usize) -> Vec<ProfileRow> {
        let mut rows = Vec::new();
        for field in fields {
            let values = (field.values)(of);
            let own = field.changes().filter(|_| self.mine);
            let Some(own) = own else {
                let plain = |whole| (whole, None);
                add_lines(&mut rows, field, values.into_iter().map(plain), width);
                continue;
            };
            let edit = self.own.iter().find(|edit| edit.of == own);
            let now = values.join(", ");
            let shown = edit.map_or(&now, |edit| &edit.text).clone();
            add_lines(&mut rows, field, [(shown, Some((own, now)))], width);
            let note = edit.map(|edit| match &edit.stage {
                OwnStage::Sending(..) => "saving…".to_owned(),
                OwnStage::Refused(why) => not_saved(why),
                OwnStage::Unknown(why, _) => format!("perhaps saved: {} {}", why.what, why.next)
                    .trim_end()
                    .to_owned(),
                OwnStage::Aside => "set aside, not saved".to_owned(),
            });
            let notes = note.iter().flat_map(|note| wrap(note, width));
            rows.extend(notes.map(|line| ProfileRow::Note(Text::new(&line))));
        }
        rows
    }

    /// What people may change in the row under the cursor, and what Graph has there now.
    pub(in crate::app) fn own_under_cursor(&self) -> Option<(Own, String)> {
        match self.rows.get(self.cursor)? {
            ProfileRow::Field { value, .. } => value.own.clone(),
            _ => None,
        }
    }

    /// What Graph has of something that people may change, where a row shows it.
    pub(in crate::app) fn own_now(&self, of: Own) -> Option<&str> {
        self.rows.iter().find_map(|row| match row {
            ProfileRow::Field { value, .. } => {
                let (own, now) = value.own.as_ref()?;
                (*own == of).then_some(now.as_str())
            }
            _ => None,
        })
    }

    /// What a row is, where it is one that can be found again.
    fn key(&self, row: &ProfileRow) -> Option<Key> {
        match row {
            ProfileRow::Heading(heading) => Some(Key::Heading(heading)),
            ProfileRow::Field { label, line, .. } => Some(Key::Field(label, line.to_string())),
            ProfileRow::Item { section, at, .. } => Some(Key::Item(*section, self.listed(*section, *at)?.id().clone())),
            ProfileRow::Hint(_) | ProfileRow::Note(_) => None,
        }
    }

    /// Where Enter on the selected row leads.
    pub fn goto(&self) -> Option<Goto> {
        match self.rows.get(self.cursor)? {
            ProfileRow::Item { section, at, .. } => self.listed(*section, *at)?.goto(),
            ProfileRow::Field { value, .. } => value.leads.clone().map(Goto::Link),
            ProfileRow::Heading(_) | ProfileRow::Hint(_) | ProfileRow::Note(_) => None,
        }
    }

    /// What copying the selected row copies.
    pub fn copied(&self) -> Option<String> {
        match self.rows.get(self.cursor)? {
            ProfileRow::Field { value, .. } => Some(value.whole.clone()),
            ProfileRow::Item { section, at, .. } => self.listed(*section, *at)?.copied(),
            ProfileRow::Heading(_) | ProfileRow::Hint(_) | ProfileRow::Note(_) => None,
        }
    }
}

/// Adds the lines of a property's values, in so many cells.
fn add_lines<T>(
    rows: &mut Vec<ProfileRow>,
    field: &Field<T>,
    values: impl IntoIterator<Item = (String, Option<(Own, String)>)>,
    width: usize,
) {
    let mut first = true;
    for (whole, own) in values {
        let leads = field.leads.to(&whole);
        let lines = wrap(&whole, width);
        let value = Arc::new(Value { whole, leads, own });
        rows.extend(lines.iter().map(|line| ProfileRow::Field {
            label: field.label,
            first: std::mem::take(&mut first),
            line: Text::new(line),
            value: value.clone(),
        }));
    }
}

/// Why a change was not saved: the permission that it needs, or what went wrong.
fn not_saved(why: &Problem) -> String {
    match why.missing {
        Some(permission) => format!("not saved: needs {permission}"),
        None => format!("not saved: {} {}", why.what, why.next).trim_end().to_owned(),
    }
}

/// Why a section is empty or incomplete: the permission that it needs, or what went wrong and what to do.
fn hints(why: &Problem, shows: &Shows) -> Vec<ProfileRow> {
    let said = match why.missing {
        Some(permission) => vec![Text::new(&format!("hidden: needs {permission}"))],
        None => vec![why.what.clone(), why.next.clone()],
    };
    let said = said.into_iter().filter(|said| !said.is_empty());
    // The photo has no heading that would tell of what is spoken.
    let of = if matches!(shows, Shows::Photo(_)) {
        "Photo: "
    } else {
        ""
    };
    said.map(|said| ProfileRow::Hint(Text::new(&format!("{of}{said}"))))
        .collect()
}
