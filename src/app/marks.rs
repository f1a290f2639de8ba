//! How far threads were read: what is unread, what marks it as read, and going from one to the next.
//!
//! What a person has had on the screen in an open thread was read; resting on a thread in the list is not reading it. A mark
//! has no gaps: below a post that was never on the screen nothing is read. What was there when a group was first seen counts
//! as read, but for as many of its newest threads as Graph counts as unseen.

use std::collections::HashSet;

use jiff::Timestamp;

use super::cmd::Cmd;
use super::model::Model;
use super::posts::Row;
use super::{groups, notice, reading};
use crate::domain::{Conversation, Group, Id, Pages, Post, Thread};
use crate::keys::{Action, Place};
use crate::layout::Pane;
use crate::protocol::{Landed, Mark, Marking, Marks, Scope};

/// The marks of a group, as this run knows them.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct GroupMarks {
    marks: Marks,
    /// Threads that were marked as unread in this run.
    unread: HashSet<Id>,
}

impl Model {
    /// Whether a thread of the shown group has something that was not read.
    pub fn is_unread(&self, thread: &Thread) -> bool {
        let marks = self.group.as_ref().and_then(|group| self.marks.get(&group.id));
        marks.is_some_and(|known| known.marks.is_unread(thread))
    }

    /// Whether a conversation of the shown group has got something that was not read.
    pub fn has_news(&self, conversation: &Conversation) -> bool {
        let marks = self.group.as_ref().and_then(|group| self.marks.get(&group.id));
        let may_be_of_it = |thread: &Id| !self.is_of_another(thread, conversation);
        marks.is_some_and(|known| known.marks.has_unread(conversation, may_be_of_it))
    }

    /// Whether a thread is rather of another conversation, which has its topic and whose newest post came when that of this
    /// one did: Graph's times are whole seconds.
    fn is_of_another(&self, thread: &Id, conversation: &Conversation) -> bool {
        let threads = self.threads.list.items.shown();
        let Some(thread) = threads.and_then(|threads| threads.iter().find(|it| it.id == *thread)) else {
            return false;
        };
        let is_its = |other: &Conversation| {
            other.last_delivered_date_time == conversation.last_delivered_date_time && other.topic == thread.topic
        };
        let mut conversations = self.conversations.list.items.shown().into_iter().flat_map(Pages::iter);
        thread.topic != conversation.topic && conversations.any(is_its)
    }

    /// How many posts of the open thread that were not read lie above what is on the screen, and how many below. What was
    /// marked as unread just now is not counted: whoever did that knows of it.
    pub fn unread_beyond(&self) -> (usize, usize) {
        let unread = first_unread(self).filter(|_| !self.posts.left_unread);
        unread.map_or((0, 0), |unread| beyond(self, unread))
    }
}

/// How many posts of others from a place on lie above what is on the screen, and how many below.
fn beyond(model: &Model, from: usize) -> (usize, usize) {
    let posts = model.posts.posts.shown().map_or(&[][..], Vec::as_slice);
    let on_screen: Vec<usize> = on_screen(model).collect();
    let (Some(first), Some(last)) = (on_screen.first(), on_screen.last()) else {
        return (0, 0);
    };
    let others = |from: usize, to: usize| {
        let between = posts.iter().take(to).skip(from);
        between.filter(|post| !is_mine(model, post)).count()
    };
    (others(from, *first), others(from.max(last + 1), posts.len()))
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

/// The place of the first post that was not read, one's own left out.
pub(super) fn first_unread(model: &Model) -> Option<usize> {
    let (group, thread) = (model.group.as_ref()?, model.posts.thread.as_ref()?);
    let marks = &model.marks.get(&group.id)?.marks;
    let posts = model.posts.posts.shown()?;
    let up_to = marks.up_to(&thread.id)?;
    let seen = marks.threads.get(&thread.id).and_then(|mark| mark.post.as_ref());
    let behind_seen = seen.and_then(|seen| posts.iter().position(|post| post.id == *seen));
    let is_later = |post: &Post| {
        post.when()
            .is_some_and(|when| when.as_millisecond() > up_to.as_millisecond())
    };
    let first = match behind_seen {
        Some(seen) => seen + 1,
        None => posts.iter().position(|post| is_later(post))?,
    };
    let mut rest = posts.iter().enumerate().skip(first);
    rest.find(|(_, post)| !is_mine(model, post)).map(|(place, _)| place)
}

fn is_mine(model: &Model, post: &Post) -> bool {
    let Some(me) = model.me.shown().map(|me| &me.person) else {
        return false;
    };
    let author = post.author().address.as_str();
    let mine = [&me.mail, &me.user_principal_name].into_iter().flatten();
    mine.into_iter().any(|mine| mine.as_str().eq_ignore_ascii_case(author))
}

/// Marks the thread in hand as read or as unread; among the posts as unread from the one under the cursor on.
pub(super) fn turn(model: &mut Model) -> Vec<Cmd> {
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
pub(super) fn read_all(model: &mut Model) -> Vec<Cmd> {
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

/// Goes to the next post that was not read: further down in the open thread, or above what is on the screen of it, else in
/// the next thread of the list that has one, and from its end on from its beginning.
pub(super) fn next_unread(model: &mut Model) -> Vec<Cmd> {
    let passed = model.unread_beyond().0 > 0;
    if model.focus == Pane::Posts
        && let Some(post) = first_unread(model).filter(|post| passed || *post > model.posts.cursor)
    {
        let rows = reading::rows(model);
        model.posts.go_to(post, rows);
        return Vec::new();
    }
    let list = &model.threads.list;
    let (from, count) = match model.focus {
        Pane::Posts => (list.cursor + 1, list.len()),
        Pane::Threads => (list.cursor, list.len()),
        Pane::Groups | Pane::Members => (0, list.len()),
    };
    let mut places = (from..from + count).map(|place| place % count);
    let next = places.find(|place| list.get(*place).is_some_and(|thread| model.is_unread(thread)));
    let Some(thread) = next.and_then(|place| list.get(place)).cloned() else {
        return go_elsewhere(model);
    };
    let page = model.arrangement().page(Pane::Threads);
    model.threads.list.move_to_key(&thread.id, page);
    reading::open(model, thread)
}

/// Nothing is unread here: perhaps in another group, where the same key goes when it is pressed once more.
fn go_elsewhere(model: &mut Model) -> Vec<Cmd> {
    let offered = model.offered.take();
    let list = &model.threads.list;
    if list.items.is_loading() && list.is_empty() {
        notice::say(model, "The threads are still being read.");
        return Vec::new();
    }
    let groups = model.groups.list.items.shown();
    let here = model.group.as_ref().map(|group| &group.id);
    let has_new = |group: &Group| {
        let count = *model.groups.unseen.get(&group.id)?;
        (Some(&group.id) != here && count > 0).then(|| (group.clone(), count))
    };
    let Some((group, count)) = groups.and_then(|groups| groups.iter().find_map(has_new)) else {
        notice::say(model, "Nothing is unread here.");
        return Vec::new();
    };
    if offered.as_ref() == Some(&group.id) {
        let page = model.arrangement().page(Pane::Groups);
        model.groups.list.move_to_key(&group.id, page);
        return groups::open(model, group);
    }
    let goes = model.key(Action::NextUnread);
    let said = format!(
        "Nothing is unread here; “{}” has {count} new: {goes} goes there.",
        group.shown()
    );
    notice::say(model, &said);
    model.offered = Some(group.id);
    Vec::new()
}
