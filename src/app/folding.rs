//! Quotes and signatures folded into one row each. What is folded at first the `text` room says; a person may have it
//! otherwise, post by post or for the whole thread.

use super::model::Model;
use super::posts::PostsPane;
use super::reading;
use crate::domain::Id;
use crate::text::{Fold, Line, Typeset};

/// What stands in one row of a body.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum BodyRow<'a> {
    /// A line, with its number.
    Line(usize, &'a Line),
    /// A stretch that is folded.
    Folded(&'a Fold),
}

impl PostsPane {
    /// What is folded of a post, top to bottom.
    fn folded<'a>(&'a self, post: &Id, set: &'a Typeset) -> impl Iterator<Item = &'a Fold> {
        let wanted = self.folding.get(post);
        let is_folded =
            move |place: usize, fold: &Fold| wanted.and_then(|all| all.get(place)).copied().unwrap_or(fold.folded);
        let folds = set.folds.iter().enumerate();
        folds
            .filter(move |(place, fold)| is_folded(*place, fold))
            .map(|(_, fold)| fold)
    }

    /// Whether anything of a post is folded.
    fn is_folded(&self, post: &Id) -> bool {
        let set = self.typeset.get(post);
        set.is_some_and(|set| self.folded(post, set).next().is_some())
    }

    /// How many rows a post's body takes.
    pub(super) fn body_rows(&self, post: &Id, set: &Typeset) -> usize {
        let hidden: usize = self.folded(post, set).map(hidden).sum();
        set.lines.len().saturating_sub(hidden)
    }

    /// What stands in a row of a post's body.
    pub(super) fn body_row<'a>(&'a self, post: &Id, set: &'a Typeset, row: usize) -> Option<BodyRow<'a>> {
        let mut line = row;
        for fold in self.folded(post, set) {
            match line {
                above if above < fold.lines.start => break,
                here if here == fold.lines.start => return Some(BodyRow::Folded(fold)),
                _ => line += hidden(fold),
            }
        }
        set.lines.get(line).map(|shown| BodyRow::Line(line, shown))
    }

    /// The row of a post's body in which a line stands, or is folded away.
    pub(super) fn row_of_line(&self, post: &Id, line: usize) -> usize {
        let Some(set) = self.typeset.get(post) else { return line };
        let above = self.folded(post, set).take_while(|fold| fold.lines.start < line);
        let hidden: usize = above.map(|fold| hidden(fold).min(line - fold.lines.start)).sum();
        line - hidden
    }

    /// Folds a post's quotes and signatures, or unfolds them.
    fn fold(&mut self, post: &Id, folded: impl Fn(&Fold, bool) -> bool) {
        let Some(set) = self.typeset.get(post) else { return };
        let now = self.folding.get(post);
        let wanted = set.folds.iter().enumerate().map(|(place, fold)| {
            let is_folded = now.and_then(|all| all.get(place)).copied().unwrap_or(fold.folded);
            folded(fold, is_folded)
        });
        let wanted = wanted.collect();
        self.folding.insert(post.clone(), wanted);
    }

    /// Whether a line of a post is folded away.
    pub(super) fn hides(&self, post: &Id, line: usize) -> bool {
        let set = self.typeset.get(post);
        set.is_some_and(|set| self.folded(post, set).any(|fold| fold.lines.contains(&line)))
    }

    /// Unfolds what hides a line of a post.
    pub(super) fn unfold_line(&mut self, post: &Id, line: usize) {
        self.fold(post, |fold, folded| folded && !fold.lines.contains(&line));
    }

    /// Whether there is anything to fold in the post under the cursor.
    pub(super) fn has_folds(&self) -> bool {
        let set = self.selected().and_then(|entry| self.typeset.get(&entry.post.id));
        set.is_some_and(|set| !set.folds.is_empty())
    }
}

/// The lines of which nothing is seen when they are folded into one row.
fn hidden(fold: &Fold) -> usize {
    fold.lines.len().saturating_sub(1)
}

/// Unfolds the post under the cursor, or folds it if nothing of it is.
pub(super) fn turn(model: &mut Model) {
    if let Some(post) = model.posts.selected().map(|entry| entry.post.id.clone()) {
        turn_these(model, &[post]);
    }
}

/// Unfolds all posts, or folds them if nothing of any is.
pub(super) fn turn_all(model: &mut Model) {
    let posts: Vec<Id> = model.posts.entries.iter().map(|entry| entry.post.id.clone()).collect();
    turn_these(model, &posts);
}

fn turn_these(model: &mut Model, posts: &[Id]) {
    let rows = reading::rows(model);
    let fold = !posts.iter().any(|post| model.posts.is_folded(post));
    model.posts.hold(rows, |pane| {
        posts.iter().for_each(|post| pane.fold(post, |_, _| fold));
    });
}
