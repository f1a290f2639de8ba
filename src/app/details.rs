//! All that is known of a thread and of the post under the cursor, or of a conversation, where the panes have no room for it.

use jiff::Timestamp;

use super::model::Model;
use super::overlay::Overlay;
use crate::domain::{Conversation, Recipient, Text, Thread};
use crate::keys::Place;
use crate::text::{time, wrap};

/// Cells inside its box, at most.
pub const WIDTH: u16 = 96;
/// Cells for the labels.
pub const LABEL: usize = 14;

/// A row of it: a label, empty where the row goes on with the one before, and what is told.
pub type Detail = (&'static str, String);

/// Shows the details.
pub(super) fn open(model: &mut Model) {
    model.overlay = Some(Overlay::Details { top: 0 });
}

/// The rows, as they are now. What is longer than a row goes on in the next.
pub fn rows(model: &Model) -> Vec<Detail> {
    let inside = model.arrangement().body.boxed(WIDTH, 1).framed().width;
    let width = usize::from(inside).saturating_sub(LABEL);
    let details = told(model).into_iter();
    details
        .flat_map(|(label, value)| list(label, wrap(&value, width).into_iter()))
        .collect()
}

fn told(model: &Model) -> Vec<Detail> {
    if let Some(conversation) = model.conversation_in_hand() {
        return of_conversation(model, conversation);
    }
    let Some(thread) = model.thread_in_hand() else {
        return Vec::new();
    };
    let mut rows = of_thread(model, thread);
    if model.pane_place() == Place::Posts {
        rows.extend(of_post(model));
    }
    rows
}

/// What a conversation has of its own; who gets its posts, and whether replies are taken, its threads say.
fn of_conversation(model: &Model, conversation: &Conversation) -> Vec<Detail> {
    let mut rows = of_topic(model, &conversation.topic, conversation.is_of_a_task());
    rows.extend(written(
        model,
        &conversation.unique_senders,
        conversation.last_delivered_date_time,
    ));
    rows.extend(files(conversation.has_attachments));
    rows
}

fn of_topic(model: &Model, topic: &Text, of_a_task: bool) -> Vec<Detail> {
    let mut rows = vec![("Topic", topic.to_string())];
    if of_a_task {
        rows.push(("Kind", "comments on a task of Planner".into()));
    }
    if let Some(group) = &model.group {
        rows.push(("Group", group.name.to_string()));
    }
    rows
}

/// Who wrote posts, and when the newest came.
fn written(model: &Model, senders: &[Text], newest: Option<Timestamp>) -> Vec<Detail> {
    let mut rows: Vec<Detail> = list("Written by", senders.iter().map(Text::to_string)).collect();
    rows.extend(newest.map(|then| ("Newest post", both_ways(model, then))));
    rows
}

fn files(attached: bool) -> Option<Detail> {
    attached.then(|| ("Files", "attached to some of its posts".into()))
}

fn of_thread(model: &Model, thread: &Thread) -> Vec<Detail> {
    let mut rows = of_topic(model, &thread.topic, thread.is_of_a_task());
    rows.extend(list("To", thread.to_recipients.iter().map(Recipient::addressed)));
    rows.extend(list("Cc", thread.cc_recipients.iter().map(Recipient::addressed)));
    rows.extend(written(model, &thread.unique_senders, thread.last_delivered_date_time));
    let replies = if thread.is_locked {
        "locked: none are taken"
    } else {
        "taken"
    };
    rows.push(("Replies", replies.into()));
    rows.extend(files(thread.has_attachments));
    rows
}

fn of_post(model: &Model) -> Vec<Detail> {
    let posts = &model.posts;
    let Some(entry) = posts.selected() else {
        return Vec::new();
    };
    let post = &entry.post;
    let place = format!("{} of {}", posts.cursor + 1, posts.entries.len());
    let mut rows = vec![
        ("", String::new()),
        ("Post", place),
        ("From", post.author().addressed()),
    ];
    let group = model.group.as_ref();
    let behalf = group.and_then(|group| post.on_behalf_of(group.mail.as_ref(), &group.name));
    rows.extend(behalf.map(|behalf| ("On behalf of", behalf.addressed())));
    for (label, then) in [
        ("Received", post.received_date_time),
        ("Created", post.created_date_time),
    ] {
        rows.extend(then.map(|then| (label, both_ways(model, then))));
    }
    rows.extend(list("Added", post.new_participants.iter().map(Recipient::addressed)));
    rows.extend(list("Categories", post.categories.iter().map(Text::to_string)));
    rows.extend(list(
        "Attached",
        posts.attached().iter().map(|file| file.name.to_string()),
    ));
    rows
}

/// A row for each, with the label in front of the first.
fn list(label: &'static str, values: impl Iterator<Item = String>) -> impl Iterator<Item = Detail> {
    let labels = std::iter::once(label).chain(std::iter::repeat(""));
    labels.zip(values)
}

/// A moment, absolute and relative, whichever of them the panes show.
fn both_ways(model: &Model, then: Timestamp) -> String {
    let settings = &model.settings;
    let absolute = time::absolute(then, &settings.zone, settings.times.twelve_hours);
    let ago = time::ago(then, model.now.wall, &settings.zone);
    match absolute.starts_with(&ago) {
        true => absolute,
        false => format!("{absolute}, {ago}"),
    }
}
