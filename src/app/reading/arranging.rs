//! The posts of the open thread in their order, and laid out.

use std::collections::HashSet;

use super::super::cmd::Cmd;
use super::super::model::Model;
use super::super::posts::{Entry, PostsPane};
use super::super::{outbox, search};
use super::{rows, width};
use crate::app::LaidOut;
use crate::domain::Id;

/// Puts posts and replies under way in order, and has laid out what is not yet. The cursor stays on its post.
pub(in crate::app) fn arrange_entries(model: &mut Model) -> Vec<Cmd> {
    put_in_order(model);
    lay_out(model)
}

/// Puts posts and replies under way in order. The cursor stays on its post.
pub(super) fn put_in_order(model: &mut Model) {
    let posts = model.posts.posts.shown().into_iter().flatten();
    let mut entries: Vec<Entry> = posts
        .map(|post| Entry {
            post: post.clone(),
            pending: None,
        })
        .collect();
    entries.extend(outbox::pending_entries(model));
    if entries != model.posts.entries {
        let rows = rows(model);
        model.posts.hold(rows, |posts| put(posts, entries));
    }
}

/// Puts other entries in the place of those shown; cursor and first row stay with their posts.
fn put(posts: &mut PostsPane, entries: Vec<Entry>) {
    let old = std::mem::replace(&mut posts.entries, entries);
    let place = |at: usize| {
        let id = &old.get(at)?.post.id;
        posts.entries.iter().position(|entry| entry.post.id == *id)
    };
    let (cursor, first) = (place(posts.cursor), place(posts.top.entry));
    posts.cursor = cursor
        .unwrap_or(posts.cursor)
        .min(posts.entries.len().saturating_sub(1));
    posts.top.entry = first.unwrap_or(posts.top.entry);
    // A draft may come back with another text: what was laid out for it goes with it.
    let ids: HashSet<&Id> = posts.entries.iter().map(|entry| &entry.post.id).collect();
    posts.typeset.retain(|id, _| ids.contains(id));
    posts.due.retain(|id| ids.contains(id));
    posts.search.keep(|id| ids.contains(id));
    posts.folding.retain(|id, _| ids.contains(id));
}

/// Has the posts laid out that are not yet, for the present width; those near the cursor first, for they are looked at first.
/// What was laid out for another width is shown until then.
pub(in crate::app) fn lay_out(model: &mut Model) -> Vec<Cmd> {
    let width = width(model);
    let PostsPane {
        entries,
        typeset,
        due,
        cursor,
        width: shown,
        ..
    } = &mut model.posts;
    let anew = std::mem::replace(shown, width) != width;
    let ids = entries.iter().map(|entry| &entry.post.id);
    due.extend(ids.filter(|id| anew || !typeset.contains_key(id)).cloned());
    if due.is_empty() {
        return Vec::new();
    }
    let is_due = |(_, entry): &(usize, &Entry)| due.contains(&entry.post.id);
    let mut posts: Vec<_> = entries.iter().enumerate().rev().filter(is_due).collect();
    posts.sort_by_key(|(at, _)| at.abs_diff(*cursor));
    let posts = posts.into_iter().map(|(_, entry)| entry.post.clone()).collect();
    vec![Cmd::Typeset { posts, width }]
}

/// Takes posts that were laid out.
pub(in crate::app) fn typeset(model: &mut Model, width: u16, laid_out: Vec<LaidOut>) -> Vec<Cmd> {
    let rows = rows(model);
    if width != model.posts.width {
        return Vec::new();
    }
    let posts = &model.posts;
    let is_shown = |post: &Id| posts.due.contains(post) || posts.typeset.contains_key(post);
    let laid_out: Vec<LaidOut> = laid_out.into_iter().filter(|laid| is_shown(&laid.post)).collect();
    if laid_out.is_empty() {
        return Vec::new();
    }
    model.posts.hold(rows, |posts| {
        let first = posts.entries.get(posts.top.entry).map(|entry| entry.post.id.clone());
        let first = first.filter(|id| posts.typeset.contains_key(id));
        let before = posts.height(posts.top.entry);
        for LaidOut { post, set } in &laid_out {
            posts.due.remove(post);
            posts.search.forget(post);
            posts.typeset.insert(post.clone(), set.clone());
        }
        if laid_out.iter().any(|laid| Some(&laid.post) == first.as_ref()) {
            // Laid out anew for another width: as far into the post as it was.
            posts.top.row = posts.top.row * posts.height(posts.top.entry) / before.max(1);
        }
    });
    search::look_through(model, laid_out)
}
