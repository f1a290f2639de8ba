//! Reading a thread: asking for its posts and attachments, having them laid out, and keeping the cursor on its post.

mod arranging;
mod attached;

use arranging::put_in_order;
pub(super) use arranging::{arrange_entries, lay_out, typeset};
use attached::ask_for_attachments;
pub(super) use attached::{attachments_reply, take_kept_attachments};

use std::sync::Arc;

use jiff::Timestamp;

use super::ahead;
use super::cmd::Cmd;
use super::model::Model;
use super::posts::{GUTTER, PostsPane, Top};
use super::remote::Remote;
use super::{looking, marks};
use crate::domain::{Id, Post, Thread};
use crate::layout::{Open, Pane, arrange};
use crate::protocol::{Lane, Payload, Query, Reply};

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
