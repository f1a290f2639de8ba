//! The posts pane: a thread as one page, oldest first, and a cursor that stands on a post.

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

    /// How many rows lie between the first visible row and a row of an entry; negative when it lies above.
    pub(super) fn offset(&self, to: Top) -> isize {
        let rows = |from: Top, to: Top| -> isize {
            let between: usize = (from.entry..to.entry).map(|entry| self.height(entry)).sum();
            between as isize + to.row as isize - from.row as isize
        };
        if to >= self.top {
            rows(self.top, to)
        } else {
            -rows(to, self.top)
        }
    }

    /// The row that lies `delta` rows from another, within the page: the thread, or the one post.
    pub(super) fn shifted(&self, from: Top, delta: isize) -> Top {
        if self.single {
            let last = self.height(from.entry).saturating_sub(1);
            let row = from.row.saturating_add_signed(delta).min(last);
            return Top { row, ..from };
        }
        let mut at = from;
        let mut left = delta;
        while left > 0 {
            let rest = self.height(at.entry).saturating_sub(at.row) as isize;
            if left < rest || at.entry + 1 >= self.entries.len() {
                at.row = (at.row as isize + left.min(rest - 1).max(0)) as usize;
                return at;
            }
            left -= rest;
            at = Top {
                entry: at.entry + 1,
                row: 0,
            };
        }
        while left < 0 {
            if at.row as isize >= -left {
                at.row -= left.unsigned_abs();
                return at;
            }
            if at.entry == 0 {
                return Top::default();
            }
            left += at.row as isize + 1;
            at = Top {
                entry: at.entry - 1,
                row: self.height(at.entry - 1).saturating_sub(1),
            };
        }
        at
    }

    /// The lowest first row that leaves no empty space below the page's end.
    pub(super) fn lowest_top(&self, rows: usize) -> Top {
        let Some(last) = self.entries.len().checked_sub(1) else {
            return Top::default();
        };
        let entry = if self.single { self.cursor } else { last };
        let end = Top {
            entry,
            row: self.height(entry).saturating_sub(1),
        };
        self.shifted(end, 1 - rows.max(1) as isize)
    }

    /// Whether the cursor is on the last post and its last row visible.
    pub(super) fn is_at_end(&self, rows: usize) -> bool {
        self.cursor + 1 >= self.entries.len() && self.offset(self.end(self.cursor)) < rows as isize
    }

    /// Whether the cursor is on the first post that is news.
    fn is_on_news(&self) -> bool {
        self.news.is_some() && self.selected().map(|entry| &entry.post.id) == self.news.as_ref()
    }

    /// Whether whoever looks at the page sees what comes below it: its last row is visible, and the cursor on its last post
    /// or where the news begin.
    pub(super) fn is_followed(&self, rows: usize) -> bool {
        let last = self.entries.len().saturating_sub(1);
        self.is_at_end(rows) || (self.is_on_news() && self.offset(self.end(last)) < rows as isize)
    }

    /// Whether whoever looks at the page has the newest post on it from its header on, as much of it as fits.
    fn shows_newest(&self, rows: usize) -> bool {
        let header = self.offset(self.header());
        self.cursor + 1 >= self.entries.len() && (header == 0 || header > 0 && self.is_at_end(rows))
    }

    /// The pane has another height: the newest post, where it was shown, is shown again, as much of it as fits.
    pub(super) fn resized(&mut self, before: usize, after: usize) {
        if self.shows_newest(before) {
            self.go_to_newest(after);
        }
    }

    /// Changes posts, and keeps what is being read where it is on the screen. That is the header of the post under the
    /// cursor, or, where it lies above the view, the page's last row or the first visible one. The newest post, shown
    /// from its header on, stays in view as it grows; so do the news, shown from their beginning to the page's end.
    pub(super) fn hold(&mut self, rows: usize, change: impl FnOnce(&mut Self)) {
        let is_last = |posts: &Self| posts.cursor + 1 >= posts.entries.len();
        let (header, end) = (self.offset(self.header()), self.offset(self.end(self.cursor)));
        let at_end = self.is_at_end(rows);
        let newest = self.shows_newest(rows);
        let news = header >= 0 && self.is_on_news() && self.is_followed(rows);
        change(self);
        if news && self.is_on_news() {
            self.go_to_news(rows);
        } else if header < 0 {
            if at_end && is_last(self) {
                self.top = self.shifted(self.end(self.cursor), -end);
            }
        } else if newest && is_last(self) {
            self.go_to_newest(rows);
        } else {
            self.top = self.shifted(self.header(), -header);
        }
        self.clamp(rows);
    }

    /// The header of the post under the cursor.
    pub(super) fn header(&self) -> Top {
        Top {
            entry: self.cursor,
            row: 0,
        }
    }

    /// The last row of an entry, the gap below it left out.
    pub(super) fn end(&self, entry: usize) -> Top {
        let row = self.height(entry).saturating_sub(2);
        Top { entry, row }
    }

    /// Brings the post under the cursor into view, whatever has become of the pane's height.
    pub(super) fn keep_in_view(&mut self, rows: usize) {
        self.clamp(rows);
        let end = self.end(self.cursor);
        if self.offset(end) < 0 {
            self.top = end;
        } else if self.offset(self.header()) >= rows as isize {
            self.show_cursor(rows);
        }
    }

    /// Brings as much of the post under the cursor into view as fits below its header.
    pub(super) fn show_whole(&mut self, rows: usize) {
        let hidden = self.offset(self.end(self.cursor)) - (rows as isize - 1);
        let above = self.offset(self.header());
        if hidden > 0 && above > 0 {
            self.top = self.shifted(self.top, hidden.min(above));
        }
    }

    /// Keeps cursor and first row within the page.
    pub(super) fn clamp(&mut self, rows: usize) {
        self.cursor = self.cursor.min(self.entries.len().saturating_sub(1));
        if self.single && self.top.entry != self.cursor {
            self.top = self.header();
        }
        self.top = self.top.min(self.lowest_top(rows));
        if let Some(height) = self.height(self.top.entry).checked_sub(1) {
            self.top.row = self.top.row.min(height);
        }
    }

    /// Brings the header of the post under the cursor, and what fits of its beginning, into view.
    pub(super) fn show_cursor(&mut self, rows: usize) {
        let header = self.header();
        let wanted = self.height(self.cursor).saturating_sub(1).clamp(1, 3).min(rows) as isize;
        let offset = self.offset(header);
        if offset < 0 {
            self.top = header;
        } else if offset + wanted > rows as isize {
            self.top = self.shifted(self.top, offset + wanted - rows as isize);
        }
    }

    /// Goes to a post and puts its header first, where the page is long enough.
    pub(super) fn go_to(&mut self, entry: usize, rows: usize) {
        self.cursor = entry.min(self.entries.len().saturating_sub(1));
        self.top = self.header();
        self.clamp(rows);
    }

    /// Goes to the first post that is news, with the line above it that says so; where none is, to the newest.
    pub(super) fn go_to_news(&mut self, rows: usize) {
        let news = self.news.as_ref();
        let Some(first) = news.and_then(|id| self.entries.iter().position(|entry| entry.post.id == *id)) else {
            return self.go_to_newest(rows);
        };
        self.go_to(first, rows);
        if let Some(above) = first.checked_sub(1).filter(|_| !self.single) {
            self.top = self.shifted(
                Top {
                    entry: above,
                    row: self.height(above).saturating_sub(1),
                },
                0,
            );
            self.clamp(rows);
        }
    }

    /// Goes to the newest post: all of it is visible, or its beginning when it is longer than the pane.
    pub(super) fn go_to_newest(&mut self, rows: usize) {
        self.go_to(self.entries.len().saturating_sub(1), rows);
    }
}
