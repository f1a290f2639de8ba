//! What is told above a post besides its author: who gets the thread, and whom the post has added to it.

use super::posts::{PostsPane, Row};
use crate::domain::Recipient;

/// People who are told of in one row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Told<'a> {
    /// Who gets the thread's posts, besides the group.
    To(&'a [Recipient]),
    /// Who gets copies.
    Copies(&'a [Recipient]),
    /// Whom a post has added to the thread.
    Added(&'a [Recipient]),
}

impl PostsPane {
    /// What stands above the first post.
    fn head(&self) -> impl Iterator<Item = Told<'_>> {
        let (to, copies) = self
            .thread
            .as_ref()
            .map(|thread| (thread.to_recipients.as_slice(), thread.cc_recipients.as_slice()))
            .unwrap_or_default();
        // That the group itself gets it goes without saying.
        let to = (to.len() > 1).then_some(Told::To(to));
        to.into_iter()
            .chain((!copies.is_empty()).then_some(Told::Copies(copies)))
    }

    /// The rows of an entry down to its header.
    fn head_rows(&self, entry: usize) -> usize {
        if entry == 0 { self.head().count() } else { 0 }
    }

    /// The rows of an entry above its attachments and its body.
    pub(super) fn lead(&self, entry: usize) -> usize {
        let added = self
            .entries
            .get(entry)
            .is_some_and(|entry| !entry.post.new_participants.is_empty());
        self.head_rows(entry) + 1 + usize::from(added)
    }

    /// What stands in one of these rows.
    pub(super) fn lead_row(&self, entry: usize, row: usize) -> Option<Row<'_>> {
        let shown = self.entries.get(entry)?;
        match row.checked_sub(self.head_rows(entry)) {
            None => self.head().nth(row).map(Row::Told),
            Some(0) => Some(Row::Header(shown)),
            Some(_) => Some(Row::Told(Told::Added(&shown.post.new_participants))),
        }
    }
}
