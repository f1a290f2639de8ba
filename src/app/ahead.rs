//! What was fetched before it was asked for, and what was seen before: shown at once, then read again.

use std::sync::Arc;

use super::cmd::Cmd;
use super::model::Model;
use crate::domain::{Group, Id, Member, Pages, Post, Thread};
use crate::layout::Pane;
use crate::protocol::{Lane, Part, Payload, Query, Reply, RequestId};

/// How many lists of each kind are kept.
const KEPT: usize = 12;
/// Lists longer than this are not kept: they would hold the memory of many others.
const LONGEST: usize = 5_000;

/// The newest few values, by key.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Newest<K, V> {
    rows: Vec<(K, V)>,
}

impl<K, V> Default for Newest<K, V> {
    fn default() -> Self {
        Newest { rows: Vec::new() }
    }
}

impl<K: PartialEq, V> Newest<K, V> {
    /// Keeps a value; the one kept longest makes room.
    pub(super) fn put(&mut self, key: K, value: V) {
        self.rows.retain(|(kept, _)| *kept != key);
        if self.rows.len() == KEPT {
            self.rows.remove(0);
        }
        self.rows.push((key, value));
    }

    /// What is kept for a key.
    pub(super) fn get(&self, key: &K) -> Option<&V> {
        self.rows.iter().find(|(kept, _)| kept == key).map(|(_, value)| value)
    }
}

/// Names a thread: ids are Outlook's own and only unique within a mailbox.
pub(super) type ThreadKey = (Id, Id);

/// The posts of a thread, and whether Graph cut them short.
pub(super) type ThreadPosts = (Vec<Arc<Post>>, bool);

/// Everything kept at hand.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Ahead {
    pub(super) members: Newest<Id, (Pages<Member>, Option<usize>)>,
    pub(super) threads: Newest<Id, Pages<Thread>>,
    pub(super) posts: Newest<ThreadKey, ThreadPosts>,
    awaited_posts: Option<(RequestId, ThreadKey)>,
    awaited_threads: Option<(RequestId, Id, Pages<Thread>)>,
}

impl Ahead {
    /// Keeps a group's lists when another group takes their place.
    pub(super) fn keep_lists(
        &mut self,
        group: &Group,
        members: Option<(Pages<Member>, Option<usize>)>,
        threads: Option<Pages<Thread>>,
    ) {
        if let Some(members) = members.filter(|(pages, _)| pages.len() <= LONGEST) {
            self.members.put(group.id.clone(), members);
        }
        if let Some(threads) = threads.filter(|pages| pages.len() <= LONGEST) {
            self.threads.put(group.id.clone(), threads);
        }
    }
}

/// Fetches the posts of the thread below the one in hand, if they are not at hand already.
pub(super) fn fetch_next_posts(model: &mut Model) -> Option<Cmd> {
    if !matches!(model.focus, Pane::Threads | Pane::Posts) {
        return None;
    }
    let group = model.group.as_ref()?.id.clone();
    let thread = model.threads.list.get(model.threads.list.cursor + 1)?.id.clone();
    let key = (group.clone(), thread.clone());
    if model.ahead.posts.get(&key).is_some() {
        return None;
    }
    let (id, cmd) = model.read(Lane::Ahead(0), Query::Posts { group, thread });
    model.ahead.awaited_posts = Some((id, key));
    Some(cmd)
}

/// Fetches the threads of the group below the one under the cursor, if they are not at hand already.
pub(super) fn fetch_next_threads(model: &mut Model) -> Option<Cmd> {
    if model.focus != Pane::Groups {
        return None;
    }
    let next = model.groups.list.get(model.groups.list.cursor + 1)?;
    let group = next.id.clone();
    if !next.has_mailbox() || model.ahead.threads.get(&group).is_some() {
        return None;
    }
    let (id, cmd) = model.read(
        Lane::Ahead(1),
        Query::Threads {
            group: group.clone(),
            since: None,
        },
    );
    model.ahead.awaited_threads = Some((id, group, Pages::default()));
    Some(cmd)
}

/// Takes an answer to a fetch ahead. Failures are silent: nobody has asked yet, and whoever asks is told then.
pub(super) fn reply(model: &mut Model, reply: &Reply) -> Option<Vec<Cmd>> {
    let ahead = &mut model.ahead;
    if let Some((_, key)) = ahead.awaited_posts.take_if(|(id, _)| *id == reply.id) {
        if let Ok(Payload::Posts { posts, cut_short }) = &reply.result {
            ahead.posts.put(key, (posts.clone(), *cut_short));
        }
        return Some(Vec::new());
    }
    let (_, group, mut pages) = ahead.awaited_threads.take_if(|(id, ..)| *id == reply.id)?;
    let Ok(Payload::Threads(page)) = &reply.result else {
        return Some(Vec::new());
    };
    pages.push(page.clone());
    match reply.part {
        Part::More => ahead.awaited_threads = Some((reply.id, group, pages)),
        Part::Last if pages.len() <= LONGEST => ahead.threads.put(group, pages),
        Part::Last | Part::Kept(_) => {}
    }
    Some(Vec::new())
}
