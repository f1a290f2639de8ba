//! Reading a thread: asking for its posts and attachments, having them laid out, and keeping the cursor on its post.

use std::collections::HashSet;
use std::sync::Arc;

use jiff::Timestamp;

use super::ahead;
use super::cmd::Cmd;
use super::model::Model;
use super::posts::{Entry, GUTTER, PostsPane, Top};
use super::remote::Remote;
use super::search::LaidOut;
use super::{looking, marks, outbox, search};
use crate::domain::{Attachment, Id, Post, Thread};
use crate::layout::{Open, Pane, arrange};
use crate::protocol::{Lane, Part, Payload, Query, Reply, RequestId};

/// Rows of the pane at the present size.
pub(super) fn rows(model: &Model) -> usize {
    model
        .arrangement()
        .pane(Pane::Posts)
        .map_or(1, |area| usize::from(area.content().height))
        .max(1)
}

/// The width that bodies are laid out for at the present size.
///
/// It is the width that the pane has, or would have: a pane that is hidden for a while keeps what was laid out.
fn width(model: &Model) -> u16 {
    let laid = arrange(model.size, Pane::Posts, Open::default());
    laid.posts
        .map_or(1, |area| area.width.saturating_sub(GUTTER + 1))
        .clamp(1, 120)
}

/// Shows a thread: what is kept of it at once, the rest as it comes.
pub(super) fn show(model: &mut Model, thread: Thread) -> Vec<Cmd> {
    let Some(group) = model.group.as_ref().map(|group| group.id.clone()) else {
        return Vec::new();
    };
    let again = model.posts.thread.as_ref().is_some_and(|shown| shown.id == thread.id);
    if again && model.posts.posts.problem().is_none() {
        return Vec::new();
    }
    leave(model, &group);
    let kept = model.ahead.posts.get(&(group, thread.id.clone())).cloned();
    model.posts = PostsPane {
        thread: Some(thread),
        single: model.posts.single,
        ..PostsPane::default()
    };
    let mut cmds = Vec::new();
    if let Some((posts, cut_short)) = kept {
        model.posts.posts = Remote::Ready(posts);
        model.posts.cut_short = cut_short;
        put_in_order(model);
        mark_news(model);
        let rows = rows(model);
        model.posts.go_to_news(rows);
        cmds.extend(lay_out(model));
    }
    cmds.extend(read_again(model));
    cmds
}

/// Leaves the shown thread of a group: keeps its posts.
pub(super) fn leave(model: &mut Model, group: &Id) {
    looking::forget_visible(model);
    if let (Some(thread), Remote::Ready(posts)) = (&model.posts.thread, &model.posts.posts) {
        let key = (group.clone(), thread.id.clone());
        model.ahead.posts.put(key, (posts.clone(), model.posts.cut_short));
    }
}

/// Reads the shown thread's posts from Graph.
pub(super) fn read_again(model: &mut Model) -> Vec<Cmd> {
    let (Some(group), Some(thread)) = (&model.group, &model.posts.thread) else {
        return Vec::new();
    };
    let query = Query::Posts {
        group: group.id.clone(),
        thread: thread.id.clone(),
    };
    let (id, cmd) = model.read(Lane::Posts, query);
    model.posts.posts.await_reply(id);
    vec![cmd]
}

/// Takes the posts.
pub(super) fn reply(model: &mut Model, reply: &Reply) -> Option<Vec<Cmd>> {
    if !model.posts.posts.awaits(reply.id) {
        return None;
    }
    Some(match &reply.result {
        Ok(Payload::Posts { posts, cut_short }) => {
            let rows = rows(model);
            let first = model.posts.posts.shown().is_none();
            let opening = !std::mem::replace(&mut model.posts.answered, true);
            // Whoever reads the end of the page sees what comes below it. Under an overlay the cursor holds still: the
            // overlay may be about its post.
            let following = model.posts.is_followed(rows) && model.overlay.is_none();
            let count = model.posts.entries.len();
            let fresh = reuse(model.posts.posts.shown(), posts);
            // All that was there before was read: what comes now is news.
            let caught_up = first || marks::first_unread(model).is_none();
            model.posts.posts = Remote::Ready(fresh);
            model.posts.cut_short = *cut_short;
            model.posts.kept = None;
            looking::drop_visible(model);
            put_in_order(model);
            let grown = model.posts.entries.len() > count;
            if grown {
                looking::look_soon(model);
            }
            if caught_up && grown {
                mark_news(model);
            }
            if first || (following && grown && (opening || caught_up)) {
                // What was shown until now had all been read before: reading goes on where that ends.
                model.posts.go_to_news(rows);
            } else if following && grown {
                model.posts.go_to_newest(rows);
            }
            let mut cmds = lay_out(model);
            cmds.extend(ask_for_attachments(model));
            cmds.extend(ahead::fetch_next_posts(model));
            cmds
        }
        Ok(_) => Vec::new(),
        Err(problem) => {
            let denied = model.posts.kept.is_some() && problem.denies();
            if denied {
                model.posts.kept = None;
                model.posts.posts = Remote::Idle;
            }
            model.posts.posts.fail(problem.clone());
            if denied { arrange_entries(model) } else { Vec::new() }
        }
    })
}

/// Shows what the store has of the awaited posts, read at that time, unless newer ones are shown already.
pub(super) fn take_kept(model: &mut Model, at: Timestamp, posts: Vec<Arc<Post>>, cut_short: bool) -> Vec<Cmd> {
    if model.posts.posts.shown().is_some() {
        return Vec::new();
    }
    let rows = rows(model);
    model.posts.posts.show(posts);
    model.posts.cut_short = cut_short;
    model.posts.kept = Some(at);
    put_in_order(model);
    mark_news(model);
    model.posts.go_to_news(rows);
    lay_out(model)
}

/// Marks where the posts begin that were not read yet; where all of them are, nothing needs to say so.
pub(super) fn mark_news(model: &mut Model) {
    let first = marks::first_unread(model);
    let posts = model.posts.posts.shown();
    model.posts.news = first.and_then(|first| posts?.get(first)).map(|post| post.id.clone());
}

/// Posts never change, so those known already are kept as they are, and what was laid out for them stays good.
fn reuse(known: Option<&Vec<Arc<Post>>>, posts: &[Arc<Post>]) -> Vec<Arc<Post>> {
    let same = |post| known.and_then(|known| known.iter().find(|old| *old == post));
    posts.iter().map(|post| same(post).unwrap_or(post).clone()).collect()
}

/// Puts posts and replies under way in order, and has laid out what is not yet. The cursor stays on its post.
pub(super) fn arrange_entries(model: &mut Model) -> Vec<Cmd> {
    put_in_order(model);
    lay_out(model)
}

/// Puts posts and replies under way in order. The cursor stays on its post.
fn put_in_order(model: &mut Model) {
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
pub(super) fn lay_out(model: &mut Model) -> Vec<Cmd> {
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
pub(super) fn typeset(model: &mut Model, width: u16, laid_out: Vec<LaidOut>) -> Vec<Cmd> {
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

/// Asks for the attachments of posts that may have some and were not asked about.
fn ask_for_attachments(model: &mut Model) -> Option<Cmd> {
    let (group, thread) = (
        model.group.as_ref()?.id.clone(),
        model.posts.thread.as_ref()?.id.clone(),
    );
    let wanted: Vec<Id> = model
        .posts
        .entries
        .iter()
        .filter(|entry| entry.pending.is_none() && entry.post.may_have_attachments())
        .map(|entry| entry.post.id.clone())
        .filter(|id| !model.posts.attachments.contains_key(id))
        .collect();
    if wanted.is_empty() {
        return None;
    }
    let (id, cmd) = model.read(
        Lane::Attachments,
        Query::Attachments {
            group,
            thread,
            posts: wanted,
        },
    );
    model.posts.awaited_attachments = Some(id);
    Some(cmd)
}

/// Takes attachments, if they were awaited.
pub(super) fn attachments_reply(model: &mut Model, reply: &Reply) -> Option<Vec<Cmd>> {
    if model.posts.awaited_attachments != Some(reply.id) {
        return None;
    }
    match &reply.result {
        Ok(Payload::Attachments { post, attachments }) => take_attachments(model, post, attachments),
        Ok(_) => {}
        Err(problem) => super::notice::warn(model, problem),
    }
    if reply.part == Part::Last {
        model.posts.awaited_attachments = None;
    }
    Some(Vec::new())
}

/// Shows what the store has of the awaited attachments, where nothing is known of them yet.
pub(super) fn take_kept_attachments(model: &mut Model, id: RequestId, post: &Id, attachments: &[Attachment]) {
    if model.posts.awaited_attachments == Some(id) && !model.posts.attachments.contains_key(post) {
        take_attachments(model, post, attachments);
    }
}

/// Attachments stand between header and body: rows of the body stay where they are on the screen.
fn take_attachments(model: &mut Model, post: &Id, attachments: &[Attachment]) {
    let rows = rows(model);
    let mut attachments = attachments.to_vec();
    // Pictures in the body come last: they are shown where they stand there.
    attachments.sort_by_key(|file| file.inline);
    model.posts.hold(rows, |posts| {
        let entry = posts.entries.iter().find(|entry| entry.post.id == *post).cloned();
        let files = |posts: &PostsPane| entry.as_ref().map_or(0, |entry| posts.files(entry).len());
        let known = files(posts);
        let at = posts.entries.iter().position(|entry| entry.post.id == *post);
        posts.attachments.insert(post.clone(), attachments);
        if at == Some(posts.top.entry) && posts.top.row >= posts.lead(posts.top.entry) + known {
            posts.top.row = posts.top.row + files(posts) - known;
        }
    });
}

/// Gives one post the whole pane, or shows the thread as one page again. It stays so from thread to thread.
pub(super) fn turn_single(model: &mut Model) {
    let rows = rows(model);
    model.posts.turn_single(rows);
}

/// Opening a thread is what counts as having seen it.
pub(super) fn open(model: &mut Model, thread: Thread) -> Vec<Cmd> {
    let cmds = show(model, thread);
    model.posts.left_unread = false;
    model.focus = Pane::Posts;
    model.resting = None;
    let mut cmds = cmds;
    cmds.extend(lay_out(model));
    cmds
}

/// Brings the present search hit into view.
pub(super) fn show_hit(model: &mut Model) {
    let rows = rows(model);
    let posts = &mut model.posts;
    let Some((place, hit)) = posts.hit() else { return };
    let line = hit.line as usize;
    posts.cursor = place;
    let Some(entry) = posts.entries.get(place) else {
        return;
    };
    let (post, files) = (entry.post.id.clone(), posts.files(entry).len());
    if posts.hides(&post, line) {
        posts.hold(rows, |posts| posts.unfold_line(&post, line));
    }
    let at = Top {
        entry: place,
        row: posts.lead(place) + files + posts.row_of_line(&post, line),
    };
    let offset = posts.offset(at);
    if offset < 0 || offset >= rows as isize {
        posts.top = posts.shifted(at, -(rows as isize / 3));
        posts.keep_in_view(rows);
    }
}
