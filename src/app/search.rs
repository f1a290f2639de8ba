//! Looking for words in the posts of a thread: `/` marks hits, `n` and `N` walk them.

use super::model::Model;
use super::posts::PostsPane;
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

/// Finds all hits again: other words are looked for, or posts have come or gone.
pub(super) fn find_hits(model: &mut Model) {
    let hits = (0..model.posts.entries.len()).flat_map(|entry| hits_in(&model.posts, entry));
    model.posts.search.hits = hits.collect();
    model.posts.search.at = None;
}

/// Finds the hits in one post again: it was laid out. The walk goes on from the hit where it stands.
pub(super) fn find_hits_in(model: &mut Model, entry: usize) {
    let fresh = hits_in(&model.posts, entry);
    let search = &mut model.posts.search;
    let here = search.at.and_then(|at| search.hits.get(at)).copied();
    search.hits.retain(|hit| hit.entry != entry);
    let before = search.hits.partition_point(|hit| hit.entry < entry);
    search.hits.splice(before..before, fresh);
    search.at = here.and_then(|here| search.hits.iter().position(|hit| *hit == here));
}

/// Where the needle stands in a post.
fn hits_in(posts: &PostsPane, entry: usize) -> Vec<PostHit> {
    let set = posts
        .entries
        .get(entry)
        .and_then(|shown| posts.typeset.get(&shown.post.id));
    let (Some(set), false) = (set, posts.search.needle.trim().is_empty()) else {
        return Vec::new();
    };
    text::find(&set.lines, &posts.search.needle)
        .into_iter()
        .map(|hit| PostHit {
            entry,
            line: hit.line,
            start: hit.start_cell,
            end: hit.end_cell,
        })
        .collect()
}

/// Walks to the next hit, or to the one before; around the ends. A walk begins at the cursor.
pub(super) fn walk(model: &mut Model, forward: bool) {
    let cursor = model.posts.cursor;
    let search = &mut model.posts.search;
    let count = search.hits.len();
    if count == 0 {
        return;
    }
    let to = match (search.at, forward) {
        (None, true) => search.hits.partition_point(|hit| hit.entry < cursor),
        (None, false) => search.hits.partition_point(|hit| hit.entry <= cursor) + count - 1,
        (Some(at), true) => at + 1,
        (Some(at), false) => at + count - 1,
    };
    search.at = Some(to % count);
}
