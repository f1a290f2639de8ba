//! Where the page of posts stands: its first visible row, and what stays where it is on the screen as posts come.

use super::{PostsPane, Top};

impl PostsPane {
    /// How many rows lie between the first visible row and a row of an entry; negative when it lies above.
    pub(in crate::app) fn offset(&self, to: Top) -> isize {
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
    pub(in crate::app) fn shifted(&self, from: Top, delta: isize) -> Top {
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
    pub(in crate::app) fn lowest_top(&self, rows: usize) -> Top {
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
    pub(in crate::app) fn is_at_end(&self, rows: usize) -> bool {
        self.cursor + 1 >= self.entries.len() && self.offset(self.end(self.cursor)) < rows as isize
    }

    /// Whether the cursor is on the first post that is news.
    fn is_on_news(&self) -> bool {
        self.news.is_some() && self.selected().map(|entry| &entry.post.id) == self.news.as_ref()
    }

    /// Whether whoever looks at the page sees what comes below it: its last row is visible, and the cursor on its last post
    /// or where the news begin.
    pub(in crate::app) fn is_followed(&self, rows: usize) -> bool {
        let last = self.entries.len().saturating_sub(1);
        self.is_at_end(rows) || (self.is_on_news() && self.offset(self.end(last)) < rows as isize)
    }

    /// Whether whoever looks at the page has the newest post on it from its header on, as much of it as fits.
    fn shows_newest(&self, rows: usize) -> bool {
        let header = self.offset(self.header());
        self.cursor + 1 >= self.entries.len() && (header == 0 || header > 0 && self.is_at_end(rows))
    }

    /// The pane has another height: the newest post, where it was shown, is shown again, as much of it as fits.
    pub(in crate::app) fn resized(&mut self, before: usize, after: usize) {
        if self.shows_newest(before) {
            self.go_to_newest(after);
        }
    }

    /// Changes posts, and keeps what is being read where it is on the screen. That is the header of the post under the
    /// cursor, or, where it lies above the view, the page's last row or the first visible one. The newest post, shown
    /// from its header on, stays in view as it grows; so do the news, shown from their beginning to the page's end.
    pub(in crate::app) fn hold(&mut self, rows: usize, change: impl FnOnce(&mut Self)) {
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
    pub(in crate::app) fn header(&self) -> Top {
        Top {
            entry: self.cursor,
            row: 0,
        }
    }

    /// The last row of an entry, the gap below it left out.
    pub(in crate::app) fn end(&self, entry: usize) -> Top {
        let row = self.height(entry).saturating_sub(2);
        Top { entry, row }
    }

    /// Brings the post under the cursor into view, whatever has become of the pane's height.
    pub(in crate::app) fn keep_in_view(&mut self, rows: usize) {
        self.clamp(rows);
        let end = self.end(self.cursor);
        if self.offset(end) < 0 {
            self.top = end;
        } else if self.offset(self.header()) >= rows as isize {
            self.show_cursor(rows);
        }
    }

    /// Brings as much of the post under the cursor into view as fits below its header.
    pub(in crate::app) fn show_whole(&mut self, rows: usize) {
        let hidden = self.offset(self.end(self.cursor)) - (rows as isize - 1);
        let above = self.offset(self.header());
        if hidden > 0 && above > 0 {
            self.top = self.shifted(self.top, hidden.min(above));
        }
    }

    /// Keeps cursor and first row within the page.
    pub(in crate::app) fn clamp(&mut self, rows: usize) {
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
    pub(in crate::app) fn show_cursor(&mut self, rows: usize) {
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
    pub(in crate::app) fn go_to(&mut self, entry: usize, rows: usize) {
        self.cursor = entry.min(self.entries.len().saturating_sub(1));
        self.top = self.header();
        self.clamp(rows);
    }

    /// Goes to the first post that is news, with the line above it that says so; where none is, to the newest.
    pub(in crate::app) fn go_to_news(&mut self, rows: usize) {
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
    pub(in crate::app) fn go_to_newest(&mut self, rows: usize) {
        self.go_to(self.entries.len().saturating_sub(1), rows);
    }
}
