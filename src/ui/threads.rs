//! The threads pane: two rows to a thread.

use super::groups::{mark, traits};
use super::screen::Screen;
use super::{conversations, message, title, words};
use crate::app::{Filterable, Model, Outgoing, Stage, ThreadEdit};
use crate::domain::{Group, Text, Thread};
use crate::keys::Action;
use crate::layout::{Area, Pane};
use crate::protocol::ThreadChange;

/// The mark of a thread that has something unread.
const UNREAD: &str = "•";

pub(super) fn draw(screen: &mut Screen<'_, '_>, area: Area) {
    let model = screen.model;
    if model.conversations.listed {
        return conversations::draw(screen, area);
    }
    let list = &model.threads.list;
    let focused = screen.has_focus(Pane::Threads);
    let mut parts = title::of_list(screen, Filterable::Pane(Pane::Threads), list, None);
    if let Some(conversation) = &model.conversations.of {
        parts.push(title::Part::Words(format!("of “{}”", conversation.topic)));
    }
    if let Some(group) = &model.group {
        parts.push(title::Part::Words(format!(
            "{} · {}",
            group.shown(),
            traits(group, true)
        )));
    }
    title::draw(screen, area, focused, "Threads", &parts);
    let content = area.content();
    if list.is_empty() {
        return empty(screen, content);
    }
    let tall = Pane::Threads.rows_per_item();
    // The last thread may show its first row only.
    let threads = usize::from(content.height).div_ceil(tall);
    for (at, (place, thread)) in list.page(threads).enumerate() {
        let shown = Shown {
            here: place == list.cursor,
            unread: model.is_unread(thread),
            focused,
            under_way: under_way(model, thread),
        };
        draw_thread(screen, content, (at * tall) as u16, thread, shown);
    }
}

/// How a thread, or a conversation, stands in its list.
pub(super) struct Shown {
    /// The cursor is on it.
    pub here: bool,
    /// It has something unread.
    pub unread: bool,
    /// The list has the keyboard.
    pub focused: bool,
    /// What is being done to it.
    pub under_way: Option<&'static str>,
}

pub(super) fn draw_thread(screen: &mut Screen<'_, '_>, area: Area, row: u16, thread: &Thread, shown: Shown) {
    let (model, theme) = (screen.model, screen.theme);
    let Shown {
        here,
        unread,
        focused,
        under_way,
    } = shown;
    let time = thread
        .last_delivered_date_time
        .map(|then| words::when(model, then))
        .unwrap_or_default();
    let bar = mark(here, focused);
    let name = match (here && focused, unread) {
        (true, _) => theme.cursor,
        (false, true) => theme.heading,
        (false, false) => theme.text,
    };
    let mut strip = screen.row(area, row);
    strip.put_right(&time, theme.secondary, 8);
    if let Some(word) = under_way {
        strip.put_right(word, theme.warning, 8);
    }
    for (holds, word, style) in [
        (thread.is_locked, "locked", theme.secondary),
        (thread.has_attachments, "file", theme.secondary),
        (thread.is_of_a_task(), "task", theme.secondary),
        (has_draft(model, thread), "draft", theme.accent),
    ] {
        if holds {
            strip.put_right(word, style, 8);
        }
    }
    strip.put(bar, theme.mark).put_if(unread, UNREAD, theme.accent);
    strip.put(&senders(&thread.unique_senders), name);
    let topic = if thread.topic.is_empty() {
        "(no topic)"
    } else {
        thread.topic.as_str()
    };
    let mut strip = screen.row(area, row + 1);
    strip
        .put(bar, theme.mark)
        .skip(1)
        .put(topic, if unread { theme.accent } else { theme.text });
    if !thread.preview.is_empty() {
        strip
            .put(" — ", theme.secondary)
            .put(thread.preview.as_str(), theme.secondary);
    }
}

/// Whether something is kept that was written for a thread.
fn has_draft(model: &Model, thread: &Thread) -> bool {
    let is_for = |out: &Outgoing| out.stage == Stage::Kept && out.draft.target.thread() == Some(&thread.id);
    model.outbox.iter().any(is_for)
}

/// What is being done to a thread.
pub(super) fn under_way(model: &Model, thread: &Thread) -> Option<&'static str> {
    let change = ThreadEdit::of(model, &model.group.as_ref()?.id, &thread.id)?;
    Some(match change {
        ThreadChange::Lock => "locking…",
        ThreadChange::Unlock => "unlocking…",
        ThreadChange::Delete | ThreadChange::DeleteConversation { .. } => "deleting…",
    })
}

/// `Ana Souza, 山田 花子 +2`
fn senders(names: &[Text]) -> String {
    match names {
        [] => "(nobody named)".into(),
        [one] => one.to_string(),
        [one, two] => format!("{one}, {two}"),
        [one, two, rest @ ..] => format!("{one}, {two} +{}", rest.len()),
    }
}

fn empty(screen: &mut Screen<'_, '_>, area: Area) {
    let model = screen.model;
    let list = &model.threads.list;
    let Some(group) = &model.group else {
        return message::note(
            screen,
            area,
            "No group is open.",
            "Rest on a group to see its conversations.",
        );
    };
    if message::is_said_of(screen, area, list) {
        return;
    }
    if !group.has_mailbox() {
        no_mailbox(screen, area, group);
    } else {
        let next = format!("Press {} to look again.", screen.key(Action::Refresh));
        message::note(screen, area, "Nobody has written to this group yet.", &next);
    }
}

fn no_mailbox(screen: &mut Screen<'_, '_>, area: Area, group: &Group) {
    let next = format!(
        "It is a {} group; only Microsoft 365 groups have conversations. Press {} for its members.",
        traits(group, true),
        screen.key(Action::FocusMembers)
    );
    message::note(
        screen,
        area,
        "This group has no mailbox, so it has no conversations.",
        &next,
    );
}
