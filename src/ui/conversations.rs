//! The conversations of a group, in the place of its threads.

use super::groups::traits;
use super::screen::Screen;
use super::{message, threads, title};
use crate::app::{Filterable, ThreadEdit};
use crate::domain::{Conversation, Thread};
use crate::keys::Action;
use crate::layout::{Area, Pane};

pub(super) fn draw(screen: &mut Screen<'_, '_>, area: Area) {
    let model = screen.model;
    let list = &model.conversations.list;
    let focused = screen.has_focus(Pane::Threads);
    let mut parts = title::of_list(screen, Filterable::Conversations, list, None);
    if let Some(group) = &model.group {
        parts.push(title::Part::Words(format!(
            "{} · {}",
            group.shown(),
            traits(group, true)
        )));
    }
    title::draw(screen, area, focused, "Conversations", &parts);
    let content = area.content();
    if list.is_empty() {
        return empty(screen, content);
    }
    let tall = Pane::Threads.rows_per_item();
    let shown = usize::from(content.height).div_ceil(tall);
    for (at, (place, conversation)) in list.page(shown).enumerate() {
        let row = (at * tall) as u16;
        let shown = threads::Shown {
            here: place == list.cursor,
            unread: model.has_news(conversation),
            focused,
            under_way: ThreadEdit::deletes(model, &conversation.id).then_some("deleting…"),
        };
        threads::draw_thread(screen, content, row, &as_thread(conversation), shown);
    }
}

/// A conversation reads as a thread does.
fn as_thread(conversation: &Conversation) -> Thread {
    Thread {
        topic: conversation.topic.clone(),
        has_attachments: conversation.has_attachments,
        last_delivered_date_time: conversation.last_delivered_date_time,
        unique_senders: conversation.unique_senders.clone(),
        preview: conversation.preview.clone(),
        ..Thread::default()
    }
}

fn empty(screen: &mut Screen<'_, '_>, area: Area) {
    let list = &screen.model.conversations.list;
    if message::is_said_of(screen, area, list) {
        return;
    }
    let next = format!("Press {} to look again.", screen.key(Action::Refresh));
    message::note(screen, area, "This group has no conversations.", &next);
}
