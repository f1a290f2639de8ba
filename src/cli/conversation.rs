//! `folkmoot conversation …`

use super::args::{ConversationChange, ConversationList, ConversationOne};
use super::confirm::{Plan, carry_out, command};
use super::desk::Desk;
use super::exit::Stop;
use super::mailbox::{self, or_unnamed, senders};
use super::output::{self, Cells, Column, List, column};
use super::{numbers, resolve};
use crate::domain::{Conversation, Text, Thread};
use crate::graph::{Urgency, conversations, threads};
use crate::text::counted;

type Row = mailbox::Numbered<Conversation>;

const COLUMNS: &[Column<Row>] = &[
    column("#", Cells::Right(4), |it, _| Text::new(&it.number.to_string())),
    column("when", Cells::Whole(16), |it, times| {
        times.write(it.item.last_delivered_date_time)
    }),
    column("who", Cells::Cut, |it, times| senders(&it.item.unique_senders, times)),
    column("topic", Cells::Cut, |it, _| it.item.topic.clone()),
    column("marks", Cells::Whole(0), |it, _| {
        mailbox::marks(&[
            (it.unread, "unread"),
            (it.item.is_of_a_task(), "task"),
            (it.item.has_attachments, "files"),
        ])
    }),
    column("preview", Cells::Absent, |it, _| it.item.preview.clone()),
    column("id", Cells::Key, |it, _| Text::new(it.item.id.as_str())),
];

const CARD: &[Column<Conversation>] = &[
    column("topic", Cells::Cut, |it, _| it.topic.clone()),
    column("newest", Cells::Whole(16), |it, times| {
        times.write(it.last_delivered_date_time)
    }),
    column("senders", Cells::Cut, |it, _| senders_all(&it.unique_senders)),
    column("files", Cells::Whole(3), |it, _| {
        Text::new(if it.has_attachments { "yes" } else { "" })
    }),
    column("preview", Cells::Cut, |it, _| it.preview.clone()),
    column("id", Cells::Key, |it, _| Text::new(it.id.as_str())),
];

fn senders_all(names: &[Text]) -> Text {
    Text::new(&names.iter().map(Text::as_str).collect::<Vec<_>>().join(", "))
}

/// Lists conversations, newest first.
pub async fn list(desk: &Desk, args: ConversationList) -> Result<(), Stop> {
    let list = List::begin(desk, &args.output, "conversations", COLUMNS)?;
    let group = resolve::group_id(&desk.client, &args.group).await?;
    mailbox::list(desk, list, &args.output, &group, conversations::newest_first(&group)).await
}

/// Shows one conversation.
pub async fn show(desk: &Desk, args: ConversationOne) -> Result<(), Stop> {
    let group = resolve::group_id(&desk.client, &args.group).await?;
    let (_, json, conversation) = numbers::one::<Conversation>(desk, &group, &args.conversation).await?;
    output::show(desk, &args.output, CARD, json.get(), &conversation)
}

/// Deletes a conversation.
pub async fn delete(desk: &Desk, args: ConversationChange) -> Result<(), Stop> {
    let group = resolve::group(&desk.client, &args.group).await?.group;
    let id = numbers::find_to_delete::<Conversation>(desk, &group.id, &args.conversation, !args.change.yes).await?;
    let read = conversations::by_id(&group.id, &id);
    let conversation: Conversation = desk.client.one(read, Urgency::Person).await?;
    let listing = threads::of_conversation(&group.id, &id);
    let threads: Vec<Thread> = desk.client.gather(listing, Urgency::Person).await?;
    let topic = or_unnamed(&conversation.topic);
    let plan = Plan {
        verb: ["delete", "deleted"],
        to: format!(
            "the conversation “{topic}” of “{}” with {}",
            group.shown(),
            counted(threads.len(), "thread", "threads")
        ),
        request: conversations::delete(&group.id, &id),
        typed: Some(&topic),
        look: command("conversation show", &[&group.id, &id]),
    };
    carry_out(desk, &args.change, plan).await
}
