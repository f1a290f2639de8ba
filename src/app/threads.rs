//! The threads pane: newest first, and the regular look for news.

use std::time::{Duration, Instant};

use super::cmd::Cmd;
use super::list::List;
use super::model::Model;
use super::watching::{self, Watching};
use super::{conversations, notice, reading, thread_changes};
use crate::domain::{Group, Id, Pages, Thread};
use crate::layout::Pane;
use crate::protocol::{Lane, Part, Payload, Query, Reply};
use crate::text::counted;

/// How often the lists of threads and of conversations are looked at for news.
pub(super) const WATCH_EVERY: Duration = Duration::from_secs(60);

/// The threads pane.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ThreadsPane {
    /// The threads.
    pub list: List<Thread>,
    /// When to look for news.
    pub(super) watch_at: Option<Instant>,
    watching: Watching<Thread>,
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
    model.threads.watching.give_up();
    cmd
}

/// Takes an answer to the list.
pub(super) fn reply(model: &mut Model, reply: &Reply) -> Option<Vec<Cmd>> {
    if !model.threads.list.items.awaits(reply.id) {
        return None;
    }
    let mut cmds = Vec::new();
    match &reply.result {
        Ok(Payload::Threads(page)) => {
            let page = thread_changes::as_turned(model, reply.id, page.clone());
            if model.threads.list.take_page(reply.part, page) {
                freshen_open(model);
                cmds.extend(model.filter_again(Pane::Threads));
                show_one(model);
            }
            if reply.part == Part::Last {
                model.threads.watch_at = Some(model.now.instant + WATCH_EVERY);
            }
        }
        Ok(_) => {}
        Err(problem) => model.threads.list.fail(problem.clone()),
    }
    cmds.extend(conversations::threads_came(model, reply));
    Some(cmds)
}

/// The list has come: the thread under its cursor is read for whoever rests there, or waits for it at the posts.
pub(super) fn show_one(model: &mut Model) {
    if matches!(model.focus, Pane::Threads | Pane::Posts) && model.posts.thread.is_none() {
        model.rest(Pane::Threads);
    }
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

/// Looks for news: in the threads, and in the conversations where these are listed.
pub(super) fn watch(model: &mut Model) -> Vec<Cmd> {
    model.threads.watch_at = Some(model.now.instant + WATCH_EVERY);
    let look = look(model);
    look.into_iter().chain(conversations::look(model)).collect()
}

/// Looks for threads that are about as new as the newest known one, or newer; of one conversation for all there are.
fn look(model: &mut Model) -> Option<Cmd> {
    let group = model.group.as_ref()?.id.clone();
    let items = &model.threads.list.items;
    let known = items.shown().filter(|_| !items.is_loading())?;
    let mut query = conversations::threads_query(model, group);
    if let Query::Threads { since, .. } = &mut query {
        *since = watching::since(known, |thread| thread.last_delivered_date_time);
    }
    let (id, cmd) = model.read(Lane::Watch, query);
    model.threads.watching.begin(id);
    Some(cmd)
}

/// Takes an answer to a look for news, if one is awaited. A look that fails is made up for by the next.
pub(super) fn watch_reply(model: &mut Model, reply: &Reply) -> Option<Vec<Cmd>> {
    if !model.threads.watching.awaits(reply.id) {
        return None;
    }
    let Ok(Payload::Threads(page)) = &reply.result else {
        model.threads.watching.give_up();
        return Some(Vec::new());
    };
    let Some(seen) = model.threads.watching.take(reply.part, page) else {
        return Some(Vec::new());
    };
    // Something may have been done while the pages came.
    let seen = thread_changes::as_turned(model, reply.id, seen.into());
    Some(merge(model, &seen))
}

/// Puts what was seen before the rest, marks what is new, and never moves the cursor from its thread.
fn merge(model: &mut Model, seen: &[Thread]) -> Vec<Cmd> {
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
    let merged = watching::merged(old, seen);
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
    // Whoever has the conversations listed is told of those.
    if elsewhere > 0 && !model.conversations.listed {
        let said = counted(elsewhere, "thread has", "threads have");
        notice::say(model, &format!("{said} something new."));
    }
    cmds
}
