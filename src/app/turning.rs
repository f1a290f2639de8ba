//! Reading on and back in the posts: by rows, by half pages, by whole pages on slow lines, and post by post.

use super::posts::PostsPane;

impl PostsPane {
    /// Scrolls by rows; the cursor stays on its post as long as it is visible. Where the page can go no further, the cursor
    /// goes to its first or last post.
    pub(super) fn scroll(&mut self, delta: isize, rows: usize) {
        let before = self.top;
        self.top = self.shifted(self.top, delta);
        self.clamp(rows);
        if self.top == before && self.single {
            self.turn_to(self.cursor.saturating_add_signed(delta.signum()), delta < 0, rows);
            return;
        }
        if self.top == before {
            self.cursor = if delta < 0 {
                0
            } else {
                self.entries.len().saturating_sub(1)
            };
            return;
        }
        let bottom = self.shifted(self.top, rows.saturating_sub(1) as isize);
        // A post of which only the gap below it is left is not visible.
        let first = self.top.entry + usize::from(self.top > self.end(self.top.entry));
        self.cursor = self.cursor.clamp(first.min(bottom.entry), bottom.entry);
    }

    /// Reads on by a row: first what the post under the cursor still has below, then the next post. With `turning`, the view
    /// moves by whole pages: to where the post begins, or by all but two rows of a long one.
    pub(super) fn step_down(&mut self, rows: usize, turning: bool) {
        let page = rows.saturating_sub(2).max(1) as isize;
        if self.offset(self.end(self.cursor)) >= rows as isize {
            let above = self.offset(self.header());
            self.scroll(
                match turning {
                    true if above > 0 => above.min(page),
                    true => page,
                    false => 1,
                },
                rows,
            );
        } else if self.single {
            self.turn_to(self.cursor + 1, false, rows);
        } else if self.cursor + 1 < self.entries.len() {
            self.cursor += 1;
            let top = self.top;
            self.show_cursor(rows);
            if turning && self.top != top {
                self.top = self.header();
                self.clamp(rows);
            }
        }
    }

    /// Reads back by a row, the mirror of `step_down`.
    pub(super) fn step_up(&mut self, rows: usize, turning: bool) {
        let page = rows.saturating_sub(2).max(1) as isize;
        if self.offset(self.header()) < 0 {
            self.scroll(if turning { -page } else { -1 }, rows);
        } else if self.single {
            self.turn_to(self.cursor.saturating_sub(1), true, rows);
        } else if self.cursor > 0 {
            self.cursor -= 1;
            let end = self.end(self.cursor);
            if self.offset(end) < 0 {
                self.top = if turning {
                    self.shifted(end, 1 - rows as isize)
                } else {
                    end
                };
            }
        }
    }

    /// Turns to another post, where one has the whole pane: to its beginning, or to its end.
    fn turn_to(&mut self, entry: usize, to_end: bool, rows: usize) {
        if entry == self.cursor || entry >= self.entries.len() {
            return;
        }
        self.go_to(entry, rows);
        if to_end {
            self.top = self.lowest_top(rows);
        }
    }

    /// Gives one post the whole pane, or shows the thread as one page again.
    pub(super) fn turn_single(&mut self, rows: usize) {
        self.single = !self.single;
        self.go_to(self.cursor, rows);
    }
}
