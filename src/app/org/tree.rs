//! The tree as a value: whom it is about, and how fresh it is.

use std::sync::Arc;

use jiff::Timestamp;

use crate::app::forest::{Hits, Tree};
use crate::app::remote::Remote;
use crate::domain::{Id, Person, Text};
use crate::layout::Area;
use crate::protocol::capability::DETAILS;
use crate::protocol::{Problem, ProblemKind, RequestId};
use crate::text::wrap;

/// Cells left of what stands above the rows.
pub const HEAD_INDENT: u16 = 2;

/// The tree while it is open.
#[derive(Debug, Clone, PartialEq)]
pub struct Org {
    /// Whom it is about: one person, or two, and then how they stand to each other.
    pub about: Vec<Subject>,
    /// Over how many profiles it lies; those opened from it lie over it.
    pub(super) over: usize,
    /// Who stands above whom.
    pub tree: Tree<Arc<Person>>,
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

impl Org {
    pub(super) fn of(about: impl IntoIterator<Item = (Id, Text)>, over: usize, id: RequestId) -> Self {
        let subject = |(id, name)| Subject {
            id,
            name,
            line: Remote::Idle,
            kept: None,
        };
        Org {
            about: about.into_iter().map(subject).collect(),
            over,
            tree: Tree::new(Hits::Flat, id),
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
        lines.chain(self.tree.kept()).min()
    }

    /// Why something older that is shown could not be read again.
    pub fn stale(&self) -> Option<&Problem> {
        let mut older = self.about.iter().filter(|subject| subject.line.shown().is_some());
        let line = older.find_map(|subject| subject.line.problem());
        line.or_else(|| self.tree.stale())
    }

    /// Why something could not be read, shown or not.
    pub(in crate::app) fn problems(&self) -> impl Iterator<Item = &Problem> {
        let lines = self.about.iter().filter_map(|subject| subject.line.problem());
        lines.chain(self.tree.forest.problems())
    }

    /// Whether the tree is yet to be made, and waits for somebody's line of managers.
    pub(super) fn is_bare(&self) -> bool {
        let bare = |subject: &Subject| subject.line.is_loading() && subject.line.shown().is_none();
        self.tree.known() == 0 && self.about.iter().any(bare)
    }

    /// What stands above the rows, in lines for an area that keeps at least half of its rows: how the two stand to each
    /// other, or why that cannot be seen.
    pub fn head(&self, content: Area) -> Vec<String> {
        let said = match (&self.relation, self.problem()) {
            (Some(relation), _) => relation.to_string(),
            (None, Some(why)) if why.kind == ProblemKind::Forbidden => {
                let scope = why.missing.unwrap_or(DETAILS.scope());
                format!("hidden: needs {scope} — the line of managers")
            }
            (None, Some(why)) => why.what.to_string(),
            (None, None) => return Vec::new(),
        };
        let mut lines = wrap(&said, usize::from(content.width.saturating_sub(HEAD_INDENT)));
        lines.truncate(usize::from(content.height / 2).max(1));
        lines
    }

    /// Rows of an area that are left below the head.
    pub(in crate::app) fn page(&self, content: Area) -> usize {
        usize::from(content.height).saturating_sub(self.head(content).len())
    }

    /// Whether it is about this person.
    pub fn is_about(&self, person: &Person) -> bool {
        self.about.iter().any(|subject| subject.id == person.id)
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
