//! The posts pane: a thread as one page, oldest first, and a cursor that stands on a post.

mod scrolling;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use jiff::Timestamp;

use super::folding::BodyRow;
use super::remote::Remote;
use super::search::Search;
use super::told::Told;
use crate::domain::{Attachment, DraftId, Id, Post, Text, Thread};
use crate::protocol::RequestId;
use crate::text::{Fold, Line, Link, Typeset};

/// Cells left of a body: the mark of the post under the cursor, and a space.
pub(super) const GUTTER: u16 = 2;

/// The posts pane.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PostsPane {
    /// The thread whose posts are shown.
    pub thread: Option<Thread>,
    /// The posts as Graph has them, oldest first.
    pub posts: Remote<Vec<Arc<Post>>>,
    /// Graph sent as many as it ever sends: there may be more.
    pub cut_short: bool,
    /// When the posts were read, where they come from the store.
    pub kept: Option<Timestamp>,
    /// Graph has answered since the thread was opened; before, what is shown is of an earlier look at it.
    pub(super) answered: bool,
    /// The posts, and below them the replies that are under way.
    pub entries: Vec<Entry>,
    /// Posts laid out, by id: for the present width, or for the one before until the new layout comes.
    pub typeset: HashMap<Id, Arc<Typeset>>,
    /// Those that are still to be laid out for the present width.
    pub(super) due: HashSet<Id>,
    /// The width that bodies are laid out for, in cells.
    pub width: u16,
    /// Descriptions of attachments, by post.
    pub attachments: HashMap<Id, Vec<Attachment>>,
    /// The post under the cursor, as a place among the entries.
    pub cursor: usize,
    /// The first visible row.
    pub top: Top,
    /// One post has the whole pane, instead of the thread as one page.
    pub single: bool,
    /// The first post that was not read when they were shown: a line above it says so.
    pub news: Option<Id>,
    /// The thread was marked as unread while it was open: what is on the screen stays unread until it is opened again.
    pub(super) left_unread: bool,
    /// Words looked for, and where they stand.
    pub search: Search,
    pub(super) awaited_attachments: Option<RequestId>,
    /// What of each post is to be folded, where a person wants it otherwise than it is at first: a value for each of its
    /// folds.
    pub(super) folding: HashMap<Id, Vec<bool>>,
}

/// One post on the page, or a reply on its way.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The post; for a reply on its way, made from the draft.
    pub post: Arc<Post>,
    /// The draft, for a reply on its way.
    pub pending: Option<DraftId>,
}

/// The first visible row: a row of an entry. It holds still while posts above are laid out or come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Top {
    /// The entry.
    pub entry: usize,
    /// The row within the entry, 0 being its header.
    pub row: usize,
}

/// What stands in one row of the page.
#[derive(Debug, Clone, PartialEq)]
pub enum Row<'a> {
    /// Author and time.
    Header(&'a Entry),
    /// People whom it concerns.
    Told(Told<'a>),
    /// One attachment.
    Attachment(&'a Attachment),
    /// A line of the body, with its number in it.
    Body(usize, &'a Line),
    /// A quote or a signature that is folded, and its first line.
    Folded(&'a Fold, Option<&'a Line>),
    /// The body is not laid out yet.
    Rendering,
    /// What the reader should know of how the body is shown.
    Notice(&'a Text),
    /// Space between posts.
    Gap,
    /// The same, where all below is new.
    News,
}

impl PostsPane {
    /// The entry under the cursor.
    pub fn selected(&self) -> Option<&Entry> {
        self.entries.get(self.cursor)
    }

    /// The links of the post under the cursor.
    pub fn links(&self) -> &[Link] {
        self.selected()
            .and_then(|entry| self.typeset.get(&entry.post.id))
            .map_or(&[], |set| &set.links)
    }

    /// What is attached to the post under the cursor, the pictures in its body behind the rest.
    pub fn attached(&self) -> &[Attachment] {
        self.selected()
            .and_then(|entry| self.attachments.get(&entry.post.id))
            .map_or(&[], Vec::as_slice)
    }

    /// The post nearest to the cursor that something is attached to: its place, and how much that is.
    pub(super) fn nearest_with_attachments(&self) -> Option<(usize, usize)> {
        let attached = |entry: &Entry| self.attachments.get(&entry.post.id).map_or(0, Vec::len);
        let counts = self.entries.iter().map(attached).enumerate();
        let with_some = counts.filter(|(_, count)| *count > 0);
        with_some.min_by_key(|(at, _)| at.abs_diff(self.cursor))
    }

    /// What is shown above the body: pictures in it are shown where they stand.
    pub(super) fn files(&self, entry: &Entry) -> &[Attachment] {
        let attached = self.attachments.get(&entry.post.id).map_or(&[][..], Vec::as_slice);
        let files = attached.partition_point(|it| !it.inline);
        attached.get(..files).unwrap_or_default()
    }

    /// How many rows an entry takes.
    pub fn height(&self, entry: usize) -> usize {
        let Some(shown) = self.entries.get(entry) else { return 0 };
        let body = self.typeset.get(&shown.post.id).map_or(1, |set| {
            self.body_rows(&shown.post.id, set) + usize::from(set.notice.is_some())
        });
        self.lead(entry) + self.files(shown).len() + body + 1
    }

    /// What stands in a row of an entry.
    pub fn row(&self, entry: usize, row: usize) -> Option<Row<'_>> {
        let shown = self.entries.get(entry)?;
        let Some(row) = row.checked_sub(self.lead(entry)) else {
            return self.lead_row(entry, row);
        };
        let files = self.files(shown);
        if let Some(file) = files.get(row) {
            return Some(Row::Attachment(file));
        }
        let row = row - files.len();
        let Some(set) = self.typeset.get(&shown.post.id) else {
            return match row {
                0 => Some(Row::Rendering),
                1 => Some(self.gap(entry)),
                _ => None,
            };
        };
        match self.body_row(&shown.post.id, set, row) {
            Some(BodyRow::Line(number, line)) => return Some(Row::Body(number, line)),
            Some(BodyRow::Folded(fold)) => return Some(Row::Folded(fold, set.lines.get(fold.lines.start))),
            None => {}
        }
        match (row.saturating_sub(self.body_rows(&shown.post.id, set)), &set.notice) {
            (0, Some(notice)) => Some(Row::Notice(notice)),
            (0, None) | (1, Some(_)) => Some(self.gap(entry)),
            _ => None,
        }
    }

    /// The space below an entry.
    fn gap(&self, entry: usize) -> Row<'_> {
        let below = self.entries.get(entry + 1).map(|below| &below.post.id);
        match below.is_some() && below == self.news.as_ref() {
            true => Row::News,
            false => Row::Gap,
        }
    }

    /// The visible rows, each with the place of its entry.
    pub fn visible(&self, rows: usize) -> impl Iterator<Item = (usize, Row<'_>)> {
        let last = if self.single {
            self.top.entry + 1
        } else {
            self.entries.len()
        };
        (self.top.entry..last.min(self.entries.len()))
            .flat_map(move |entry| {
                let first = if entry == self.top.entry { self.top.row } else { 0 };
                (first..self.height(entry)).filter_map(move |row| Some((entry, self.row(entry, row)?)))
            })
            .take(rows)
    }
}
