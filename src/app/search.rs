//! Looking for words in the posts of a thread: `/` marks hits, `n` and `N` walk them.

use super::model::Model;
use crate::text;

/// A search within the open thread.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Search {
    /// What is looked for; empty when there is no search.
    pub needle: String,
    /// Where it stands, top to bottom.
    pub hits: Vec<PostHit>,
    /// The hit that was walked to last.
    pub at: Option<usize>,
}

/// One place where the needle stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PostHit {
    /// The place of the post in the thread.
    pub entry: usize,
    /// The line of its body.
    pub line: usize,
    /// The first cell.
    pub start: usize,
    /// The cell behind the last.
    pub end: usize,
}

/// Looks for other words.
pub(super) fn look_for(model: &mut Model, needle: String) {
    model.posts.search = Search {
        needle,
        ..Search::default()
    };
    find_hits(model);
}

/// Finds the hits again: posts have come, or were laid out anew.
pub(super) fn find_hits(model: &mut Model) {
    let posts = &mut model.posts;
    if posts.search.needle.trim().is_empty() {
        posts.search.hits.clear();
        return;
    }
    let mut hits = Vec::new();
    for (entry, shown) in posts.entries.iter().enumerate() {
        let Some(set) = posts.typeset.get(&shown.post.id) else {
            continue;
        };
        hits.extend(
            text::find(&set.lines, &posts.search.needle)
                .into_iter()
                .map(|hit| PostHit {
                    entry,
                    line: hit.line,
                    start: hit.start_cell,
                    end: hit.end_cell,
                }),
        );
    }
    posts.search.hits = hits;
    posts.search.at = posts.search.at.filter(|at| *at < posts.search.hits.len());
}

/// Goes to the first hit at or below the cursor, else to the first of all.
pub(super) fn to_first(model: &mut Model) {
    let cursor = model.posts.cursor;
    let search = &mut model.posts.search;
    search.at = search
        .hits
        .iter()
        .position(|hit| hit.entry >= cursor)
        .or((!search.hits.is_empty()).then_some(0));
}

/// Walks to the next hit, or to the one before; around the ends.
pub(super) fn walk(model: &mut Model, forward: bool) {
    let search = &mut model.posts.search;
    let count = search.hits.len();
    if count == 0 {
        return;
    }
    search.at = Some(match (search.at, forward) {
        (None, true) => 0,
        (None, false) => count - 1,
        (Some(at), true) => (at + 1) % count,
        (Some(at), false) => (at + count - 1) % count,
    });
}
