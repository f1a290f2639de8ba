//! What is unread: in lists, and around what is on the screen.

use super::super::cmd::Cmd;
use super::super::model::Model;
use super::super::{groups, notice, reading};
use super::on_screen;
use crate::domain::{Conversation, Group, Id, Pages, Post, Thread};
use crate::keys::Action;
use crate::layout::Pane;

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

/// The place of the first post that was not read, one's own left out.
pub(in crate::app) fn first_unread(model: &Model) -> Option<usize> {
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

/// Goes to the next post that was not read: further down in the open thread, or above what is on the screen of it, else in
/// the next thread of the list that has one, and from its end on from its beginning.
pub(in crate::app) fn next_unread(model: &mut Model) -> Vec<Cmd> {
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
