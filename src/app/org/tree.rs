//! The tree as a value: its rows, the cursor, and what each row says.

use std::sync::Arc;

use jiff::Timestamp;

use crate::app::forest::{Below, Forest, Node, TreeRow};
use crate::app::list::List;
use crate::app::movement::Step;
use crate::app::remote::Remote;
use crate::domain::{Id, Person, Text};
use crate::protocol::Problem;

/// The tree while it is open.
#[derive(Debug, Clone, PartialEq)]
pub struct Org {
    /// Whom it is about: one person, or two, and then how they stand to each other.
    pub about: Vec<Subject>,
    /// Over how many profiles it lies; those opened from it lie over it.
    pub(super) over: usize,
    pub(super) forest: Forest<Arc<Person>>,
    /// The people as a list, for filtering.
    pub list: List<Arc<Person>>,
    /// The row under the cursor.
    pub cursor: usize,
    /// The first visible row.
    pub top: usize,
    /// How the two people stand to each other.
    pub relation: Option<Text>,
}

/// Someone whom the tree is about.
#[derive(Debug, Clone, PartialEq)]
pub struct Subject {
    /// The person's id, or an address.
    pub id: Id,
    /// The name known from the start.
    pub name: Text,
    /// The person and the managers, nearest first.
    pub line: Remote<Vec<Person>>,
    /// When that was read, where the store alone has told.
    pub(super) kept: Option<Timestamp>,
}

/// One visible row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Seen<'a> {
    /// Who stands in it.
    pub person: &'a Person,
    /// Steps below the top; 0 where a filter is in force.
    pub depth: u16,
    /// What is known of the person's reports.
    pub reports: Below<'a>,
    /// How many reports are known.
    pub count: usize,
    /// Whether more are being read.
    pub loading: bool,
    /// The tree is about this person.
    pub subject: bool,
    /// Whom the person reports to, where a filter is in force.
    pub manager: Option<&'a Person>,
}

impl Org {
    pub(super) fn of(about: impl IntoIterator<Item = (Id, Text)>, over: usize) -> Self {
        let subject = |(id, name)| Subject {
            id,
            name,
            line: Remote::Idle,
            kept: None,
        };
        Org {
            about: about.into_iter().map(subject).collect(),
            over,
            forest: Forest::default(),
            list: List::default(),
            cursor: 0,
            top: 0,
            relation: None,
        }
    }

    /// Whether it lies over as many profiles as there are.
    pub(in crate::app) fn is_above(&self, profiles: usize) -> bool {
        self.over == profiles
    }

    /// Why the line of managers of somebody cannot be seen.
    pub fn problem(&self) -> Option<&Problem> {
        self.about.iter().find_map(|subject| subject.line.problem())
    }

    /// When the oldest of what is shown was read, where some of it comes from the store.
    pub fn kept(&self) -> Option<Timestamp> {
        let lines = self.about.iter().filter_map(|subject| subject.kept);
        lines.chain(self.forest.kept()).min()
    }

    /// Why something of it could not be read again.
    pub fn stale(&self) -> Option<&Problem> {
        self.problem().or_else(|| self.forest.stale())
    }

    /// Whether there is nothing yet to show of somebody's line of managers.
    pub(super) fn is_bare(&self) -> bool {
        let bare = |subject: &Subject| subject.line.is_loading() && subject.line.shown().is_none();
        self.about.iter().any(bare)
    }

    /// What stands above the rows: how the two stand to each other, or what is missing.
    pub fn has_head(&self) -> bool {
        self.relation.is_some() || self.problem().is_some()
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        if self.list.is_filtered() {
            self.list.len()
        } else {
            self.forest.rows.len()
        }
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many people are known.
    pub fn known(&self) -> usize {
        self.forest.items.len()
    }

    /// A row.
    pub fn row(&self, place: usize) -> Option<Seen<'_>> {
        let filtered = self.list.is_filtered();
        let (node, depth) = if filtered {
            (self.list.index(place)? as Node, 0)
        } else {
            let row = self.forest.rows.get(place)?;
            (row.node, row.depth)
        };
        let person = self.forest.item(node)?;
        let above = self.forest.parent(node).filter(|_| filtered);
        Some(Seen {
            person,
            depth,
            reports: self.forest.below(node),
            count: self.forest.children(node).len(),
            loading: self.forest.all(node).is_loading(),
            subject: self.about.iter().any(|subject| subject.id == person.id),
            manager: above.and_then(|above| self.forest.item(above)).map(|person| &**person),
        })
    }

    /// Whether all who report to the person in a row are known.
    pub fn is_counted(&self, place: usize) -> bool {
        let row = self.forest.rows.get(place);
        row.is_some_and(|row| self.forest.all(row.node).ready().is_some())
    }

    pub(super) fn selected_node(&self) -> Option<Node> {
        if self.list.is_filtered() {
            self.list.index(self.list.cursor).map(|index| index as Node)
        } else {
            self.forest.rows.get(self.cursor).map(|row| row.node)
        }
    }

    /// Who is under the cursor.
    pub fn selected(&self) -> Option<&Person> {
        self.selected_node()
            .and_then(|node| self.forest.item(node))
            .map(|person| &**person)
    }

    /// Puts the cursor on a row and brings it into view.
    pub(in crate::app) fn move_to(&mut self, row: usize, height: usize) {
        let height = height.max(1);
        if self.list.is_filtered() {
            return self.list.move_to(row, height, false);
        }
        let count = self.forest.rows.len();
        self.cursor = row.min(count.saturating_sub(1));
        let last_top = count.saturating_sub(height);
        self.top = self
            .top
            .min(self.cursor)
            .max((self.cursor + 1).saturating_sub(height))
            .min(last_top);
    }

    /// The row under the cursor and the first visible one, of the tree or of what the filter shows.
    pub fn view(&self) -> (usize, usize) {
        if self.list.is_filtered() {
            (self.list.cursor, self.list.top)
        } else {
            (self.cursor, self.top)
        }
    }

    /// Moves the cursor.
    pub(in crate::app) fn step(&mut self, step: Step, height: usize) {
        let row = step.from(self.view().0, self.len(), height);
        self.move_to(row, height);
    }

    /// Rows have changed: the cursor stays with its person, and that person's row where it was on the screen. Where the
    /// person is gone, the cursor stays in its place.
    pub(super) fn follow(&mut self, held: Option<Id>) {
        let offset = self.cursor.saturating_sub(self.top);
        let is_held = |row: &TreeRow| self.forest.item(row.node).map(|person| &person.id) == held.as_ref();
        let found = self.forest.rows.iter().position(is_held);
        let last = self.forest.rows.len().saturating_sub(1);
        self.cursor = found.unwrap_or(self.cursor).min(last);
        self.top = self.cursor.saturating_sub(offset);
    }

    /// Rows were put in: cursor and view stay with theirs.
    pub(super) fn grown(&mut self, at: usize, count: usize) {
        for place in [&mut self.cursor, &mut self.top] {
            if *place >= at && at > 0 {
                *place += count;
            }
        }
        self.list.enrich(self.forest.items.clone());
    }
}

impl Subject {
    /// The line from the top down; the person alone where nothing more may be seen.
    pub(super) fn top_down(&self) -> Vec<Person> {
        let mut line: Vec<Person> = self.line.shown().cloned().unwrap_or_default();
        if line.is_empty() {
            line.push(Person {
                id: self.id.clone(),
                name: self.name.clone(),
                ..Person::default()
            });
        }
        line.reverse();
        line
    }
}
