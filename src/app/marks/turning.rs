//! Marking as read and as unread by hand.

use super::super::cmd::Cmd;
use super::super::model::Model;
use super::super::{notice, reading};
use super::mark;
use crate::domain::Thread;
use crate::layout::Pane;
use crate::protocol::{Mark, Marking};

/// Marks the thread in hand as read or as unread; among the posts as unread from the one under the cursor on.
pub(in crate::app) fn turn(model: &mut Model) -> Vec<Cmd> {
    let (Some(group), Some(thread)) = (model.group.clone(), model.thread_in_hand().cloned()) else {
        return Vec::new();
    };
    let Some(newest) = thread.last_delivered_date_time else {
        notice::say(model, "Graph does not tell how old this thread is.");
        return Vec::new();
    };
    let here = model.posts.thread.as_ref().is_some_and(|open| open.id == thread.id);
    if model.is_unread(&thread) {
        let posts = model.posts.posts.ready().filter(|_| here);
        let post = posts.and_then(|posts| posts.last()).map(|post| post.id.clone());
        let marking = Marking::Read(thread.id.clone(), Mark { up_to: newest, post });
        notice::say(model, "The thread is marked as read.");
        return vec![mark(model, &group.id, marking)];
    }
    let posts = model.posts.posts.shown().filter(|_| here);
    let from = posts.map(|posts| {
        let last = posts.len().saturating_sub(1);
        match model.focus {
            Pane::Posts => model.posts.cursor.min(last),
            _ => last,
        }
    });
    let before = from.and_then(|from| posts?.get(from.checked_sub(1)?));
    let first = from.and_then(|from| posts?.get(from)?.when());
    let up_to = match before.and_then(|before| before.when()) {
        Some(before) => before,
        None => Mark::before(first.unwrap_or(newest).min(newest)).up_to,
    };
    let marking = Marking::Unread(
        thread.id.clone(),
        Mark {
            up_to: up_to.min(Mark::before(newest).up_to),
            post: before.map(|before| before.id.clone()),
        },
    );
    let cmd = mark(model, &group.id, marking);
    if here {
        model.posts.left_unread = true;
        reading::mark_news(model);
    }
    notice::say(model, "The thread is marked as unread.");
    vec![cmd]
}

/// Marks all threads of the group as read.
pub(in crate::app) fn read_all(model: &mut Model) -> Vec<Cmd> {
    let Some(group) = model.group.as_ref().map(|group| group.id.clone()) else {
        return Vec::new();
    };
    let threads = model
        .threads
        .list
        .items
        .shown()
        .into_iter()
        .flat_map(|pages| pages.iter());
    let unread: Vec<&Thread> = threads.filter(|thread| model.is_unread(thread)).collect();
    let newest = unread.iter().filter_map(|thread| thread.last_delivered_date_time).max();
    let (count, Some(newest)) = (unread.len(), newest) else {
        notice::say(model, "Nothing is unread here.");
        return Vec::new();
    };
    let cmd = mark(model, &group, Marking::All(newest));
    let said = match count {
        1 => "1 thread is marked as read.".to_owned(),
        count => format!("{count} threads are marked as read."),
    };
    notice::say(model, &said);
    vec![cmd]
}
