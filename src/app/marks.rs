//! How far threads were read: what is unread, what marks it as read, and going from one to the next.
//!
//! What a person has had on the screen in an open thread was read; resting on a thread in the list is not reading it. A mark
//! has no gaps: below a post that was never on the screen nothing is read. What was there when a group was first seen counts
//! as read, but for as many of its newest threads as Graph counts as unseen.

mod turning;
mod unread;

pub(super) use turning::{read_all, turn};
pub(super) use unread::{first_unread, next_unread};

use std::collections::HashSet;

use jiff::Timestamp;

use super::cmd::Cmd;
use super::model::Model;
use super::posts::Row;
use super::reading;
use crate::domain::{Conversation, Id, Thread};
use crate::keys::Place;
use crate::protocol::{Landed, Mark, Marking, Marks, Scope};

/// The marks of a group, as this run knows them.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct GroupMarks {
    marks: Marks,
    /// Threads that were marked as unread in this run.
    unread: HashSet<Id>,
}

/// The entries of the open thread of which something is on the screen, row by row.
fn on_screen(model: &Model) -> impl Iterator<Item = usize> {
    let visible = model.posts.visible(reading::rows(model));
    let shows = visible.filter(|(_, row)| !matches!(row, Row::Gap | Row::News));
    shows.map(|(entry, _)| entry)
}

/// Takes what the store has of a group's marks. What was read in this run counts, and what another has read meanwhile.
pub(super) fn take_kept(model: &mut Model, group: Id, kept: Marks) {
    let Some(known) = model.marks.get_mut(&group) else {
        let unread = HashSet::new();
        model.marks.insert(group, GroupMarks { marks: kept, unread });
        return;
    };
    known.marks.since = known.marks.since.max(kept.since);
    for (thread, mark) in kept.threads {
        if !known.unread.contains(&thread) {
            known.marks.take(&Marking::Read(thread, mark));
        }
    }
}

/// Changes the marks of a group, here and in the store.
fn mark(model: &mut Model, group: &Id, marking: Marking) -> Cmd {
    let known = model.marks.entry(group.clone()).or_default();
    match &marking {
        Marking::Unread(thread, _) => drop(known.unread.insert(thread.clone())),
        Marking::Read(thread, _) => drop(known.unread.remove(thread)),
        Marking::All(_) => known.unread.clear(),
        Marking::Begin(_) => {}
    }
    known.marks.take(&marking);
    Cmd::KeepMark {
        group: group.clone(),
        marking,
    }
}

/// Follows what a person sees: the first sight of a group, and posts that come on the screen.
pub(super) fn follow(model: &mut Model) -> Vec<Cmd> {
    let mut cmds = begin(model).unwrap_or_default();
    cmds.extend(see(model));
    cmds
}

/// Whether it is known how far the threads of a group were read.
pub(super) fn are_known(model: &Model, group: &Id) -> bool {
    let known = model.marks.get(group);
    known.is_some_and(|known| known.marks.since.is_some())
}

/// A conversation of the shown group is opened: what it has got until now is no news any more.
pub(super) fn opened(model: &mut Model, conversation: &Conversation) -> Option<Cmd> {
    let newest = conversation
        .last_delivered_date_time
        .filter(|_| model.has_news(conversation))?;
    let group = model.group.as_ref()?.id.clone();
    let marking = Marking::Read(conversation.id.clone(), Mark::up_to(newest));
    Some(mark(model, &group, marking))
}

/// A group is seen for the first time once all its threads are there, and the store has said that it was not seen before.
fn begin(model: &mut Model) -> Option<Vec<Cmd>> {
    let group = model.group.as_ref()?.id.clone();
    let all_threads = model.conversations.of.is_none();
    if !all_threads || !model.marks.contains_key(&group) || are_known(model, &group) {
        return None;
    }
    let list = &model.threads.list;
    let unseen = if list.items.ready().is_some() {
        if model.groups.scope != Scope::All && model.groups.is_counting() {
            return None;
        }
        model.groups.unseen.get(&group).copied().unwrap_or(0)
    } else if list.kept.is_some() {
        // What has come since it was kept is new.
        0
    } else {
        return None;
    };
    let threads = list.items.shown()?.iter();
    let dated = |thread: &Thread| Some((thread.last_delivered_date_time?, thread.id.clone()));
    let mut dated: Vec<(Timestamp, Id)> = threads.filter_map(dated).collect();
    dated.sort_unstable_by(|(one, _), (other, _)| other.cmp(one));
    let since = dated.first().map_or(Timestamp::UNIX_EPOCH, |(newest, _)| *newest);
    let mut cmds = vec![mark(model, &group, Marking::Begin(since))];
    for (newest, thread) in dated.into_iter().take(usize::try_from(unseen).unwrap_or(usize::MAX)) {
        if has_a_mark(model, &group, &thread) {
            continue;
        }
        let marking = Marking::Unread(thread, Mark::before(newest));
        cmds.push(mark(model, &group, marking));
    }
    if let Some(known) = model.marks.get_mut(&group) {
        // Graph's word, not the person's.
        known.unread.clear();
    }
    Some(cmds)
}

/// Whether a thread was marked by itself, which may have come before the first sight of its group.
fn has_a_mark(model: &Model, group: &Id, thread: &Id) -> bool {
    let known = model.marks.get(group);
    known.is_some_and(|known| known.marks.threads.contains_key(thread))
}

/// Marks what is on the screen of an open thread.
fn see(model: &mut Model) -> Option<Cmd> {
    let group = model.group.as_ref()?.id.clone();
    let known = model.marks.get(&group)?;
    let thread = model.posts.thread.as_ref()?;
    if model.place() != Place::Posts || model.posts.left_unread {
        return None;
    }
    let posts = &model.posts;
    let newest = posts.posts.shown().and_then(|posts| posts.last()?.when());
    let newest = newest.max(thread.last_delivered_date_time)?;
    if !known.marks.is_beyond(&thread.id, newest) {
        return None;
    }
    let laid_out = |entry: &usize| {
        let entry = posts.entries.get(*entry);
        entry.is_some_and(|entry| entry.pending.is_none() && posts.typeset.contains_key(&entry.post.id))
    };
    let first = on_screen(model).next()?;
    if first_unread(model).is_some_and(|unread| unread < first) {
        return None;
    }
    // All of it is on the screen, or it is longer than that.
    let rows = reading::rows(model);
    let is_seen = |entry: &usize| *entry == first || posts.offset(posts.end(*entry)) < rows as isize;
    let last = on_screen(model)
        .take_while(|entry| laid_out(entry) && is_seen(entry))
        .last()?;
    let post = &posts.entries.get(last)?.post;
    let mut up_to = post.when()?;
    let shown = posts.posts.shown().map_or(0, Vec::len);
    if last + 1 >= shown && posts.posts.ready().is_some() {
        // Graph's time for the thread may be a little after that of its newest post.
        up_to = up_to.max(thread.last_delivered_date_time.unwrap_or(up_to));
    }
    if !known.marks.is_beyond(&thread.id, up_to) {
        return None;
    }
    let post = Some(post.id.clone());
    let marking = Marking::Read(thread.id.clone(), Mark { up_to, post });
    Some(mark(model, &group, marking))
}

/// One's own post is in its thread: that makes nothing unread, nor anything read that came before it.
pub(super) fn landed(model: &mut Model, group: &Id, own: &Landed) -> Option<Cmd> {
    let up_to = own.at?;
    let known = model.marks.get(group)?;
    let shown = model.group.as_ref().is_some_and(|shown| shown.id == *group);
    let listed = model.threads.list.items.shown().filter(|_| shown);
    let listed = listed.and_then(|threads| threads.iter().find(|thread| thread.id == own.thread));
    let newest = listed.and_then(|thread| thread.last_delivered_date_time);
    let answered = newest.is_some_and(|newest| newest > up_to);
    if answered || known.unread.contains(&own.thread) {
        return None;
    }
    let marking = known.marks.after_own(own)?;
    Some(mark(model, group, marking))
}
