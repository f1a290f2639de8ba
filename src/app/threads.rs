//! The threads pane: newest first, and the regular look for news.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};

use super::cmd::Cmd;
use super::list::List;
use super::model::Model;
use super::{conversations, notice, reading, thread_changes};
use crate::domain::{Group, Id, Pages, Thread};
use crate::layout::Pane;
use crate::protocol::{Lane, Part, Payload, Query, Reply, RequestId};

/// How often the list is looked at for news.
const WATCH_EVERY: Duration = Duration::from_secs(60);
/// Posts become visible late, so each look reaches this far behind the newest thread.
const OVERLAP: SignedDuration = SignedDuration::from_mins(5);

/// The threads pane.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ThreadsPane {
    /// The threads.
    pub list: List<Thread>,
    /// When to look for news.
    pub(super) watch_at: Option<Instant>,
    watching: Option<(RequestId, Vec<Thread>)>,
}

impl ThreadsPane {
    /// Becomes the pane of another group, of whose threads these are known.
    pub(super) fn renew(&mut self, known: Option<Pages<Thread>>) {
        let mut list = std::mem::take(&mut self.list);
        list.renew(known);
        *self = ThreadsPane {
            list,
            ..ThreadsPane::default()
        };
    }
}

/// Reads the threads of a group; what is kept of them is shown meanwhile.
pub(super) fn load(model: &mut Model, group: &Group) -> Cmd {
    let query = conversations::threads_query(model, group.id.clone());
    let (id, cmd) = model.read(Lane::Threads, query);
    model.threads.list.await_reply(id);
    // A look for news that is still under way is older, or of another list.
    model.threads.watching = None;
    cmd
}

/// Takes an answer to the list.
pub(super) fn reply(model: &mut Model, reply: Reply) -> Vec<Cmd> {
    let mut cmds = Vec::new();
    match reply.result {
        Ok(Payload::Threads(page)) => {
            let page = thread_changes::as_turned(model, reply.id, page);
            if model.threads.list.take_page(reply.part, page) {
                freshen_open(model);
                cmds.extend(model.filter_again(Pane::Threads));
                if model.focus == Pane::Threads && model.posts.thread.is_none() {
                    model.rest(Pane::Threads);
                }
            }
            if reply.part == Part::Last {
                model.threads.watch_at = Some(model.now.instant + WATCH_EVERY);
            }
        }
        Ok(_) => {}
        Err(problem) => model.threads.list.fail(problem),
    }
    cmds
}

/// What the list knows of the open thread is newer: it may have been locked since.
fn freshen_open(model: &mut Model) {
    let Some(open) = &model.posts.thread else { return };
    let listed = model.threads.list.items.shown();
    let fresh = listed.and_then(|threads| threads.iter().find(|thread| thread.id == open.id));
    if let Some(fresh) = fresh.filter(|fresh| *fresh != open).cloned() {
        let rows = reading::rows(model);
        // Rows above the first post tell who gets it.
        model.posts.hold(rows, |posts| posts.thread = Some(fresh));
    }
}

/// Looks for news: threads at least as new as the newest known one, less the overlap.
pub(super) fn watch(model: &mut Model) -> Vec<Cmd> {
    model.threads.watch_at = Some(model.now.instant + WATCH_EVERY);
    let Some(group) = model.group.clone() else {
        return Vec::new();
    };
    if model.threads.list.items.is_loading() {
        return Vec::new();
    }
    if model.conversations.of.is_some() {
        return vec![load(model, &group)];
    }
    let since = newest(&model.threads).map(|newest| newest.saturating_sub(OVERLAP).unwrap_or(newest));
    let (id, cmd) = model.read(Lane::Watch, Query::Threads { group: group.id, since });
    model.threads.watching = Some((id, Vec::new()));
    vec![cmd]
}

fn newest(pane: &ThreadsPane) -> Option<Timestamp> {
    pane.list
        .items
        .shown()?
        .iter()
        .filter_map(|thread| thread.last_delivered_date_time)
        .max()
}

/// Takes an answer to a look for news, if one is awaited. A look that fails is made up for by the next.
pub(super) fn watch_reply(model: &mut Model, reply: &Reply) -> Option<Vec<Cmd>> {
    let (id, _) = model.threads.watching.as_ref()?;
    if *id != reply.id {
        return None;
    }
    match &reply.result {
        Ok(Payload::Threads(page)) => {
            let page = thread_changes::as_turned(model, *id, page.clone());
            let (_, seen) = model.threads.watching.as_mut()?;
            seen.extend(page.iter().cloned());
        }
        _ => {
            model.threads.watching = None;
            return Some(Vec::new());
        }
    }
    if reply.part == Part::More {
        return Some(Vec::new());
    }
    let (_, seen) = model.threads.watching.take()?;
    Some(merge(model, seen))
}

/// Puts what was seen before the rest, marks what is new, and never moves the cursor from its thread.
fn merge(model: &mut Model, seen: Vec<Thread>) -> Vec<Cmd> {
    let Some(old) = model.threads.list.items.shown() else {
        return Vec::new();
    };
    let known = |thread: &Thread| old.iter().find(|known| known.id == thread.id);
    if seen.iter().all(|thread| known(thread) == Some(thread)) {
        return Vec::new();
    }
    let open = model.posts.thread.as_ref().map(|thread| thread.id.clone());
    let read = model.posts.posts.shown().and_then(|posts| posts.last()?.when());
    let is_news = |thread: &&Thread| {
        let newest = thread.last_delivered_date_time;
        let listed = known(thread).is_some_and(|known| known.last_delivered_date_time >= newest);
        // Whoever has its newest post on the screen needs no word of it, nor is it read again.
        let on_screen = open.as_ref() == Some(&thread.id) && read >= newest;
        !listed && !on_screen && (open.as_ref() == Some(&thread.id) || model.is_unread(thread))
    };
    let news: Vec<Id> = seen.iter().filter(is_news).map(|thread| thread.id.clone()).collect();
    let seen_ids: HashSet<&Id> = seen.iter().map(|thread| &thread.id).collect();
    let rest = old.iter().filter(|thread| !seen_ids.contains(&thread.id)).cloned();
    let merged: Pages<Thread> = seen.iter().cloned().chain(rest).collect();
    model.threads.list.replace(merged);
    freshen_open(model);
    let mut cmds = model.filter_again(Pane::Threads);
    let elsewhere = news.iter().filter(|id| Some(*id) != open.as_ref()).count();
    if open.is_some_and(|open| news.contains(&open)) {
        cmds.extend(reading::read_again(model));
        if elsewhere == 0 {
            notice::say(model, "A new post has come in this thread.");
        }
    }
    match elsewhere {
        0 => {}
        1 => notice::say(model, "1 thread has something new."),
        n => notice::say(model, &format!("{n} threads have something new.")),
    }
    cmds
}
