//! `folkmoot conversation …`

use futures_util::StreamExt;
use serde_json::value::RawValue;

use super::args::{ConversationChange, ConversationList, ConversationOne};
use super::confirm::{Plan, carry_out};
use super::exit::Stop;
use super::output::{self, Cells, Column, List, Times};
use super::session::Desk;
use super::thread::{or_unnamed, senders};
use super::{numbers, resolve};
use crate::domain::{Conversation, Id, Text, Thread};
use crate::graph::{Urgency, conversations, threads};
use crate::store::Listed;

/// A conversation and its place in the list, from 1.
type Row = (usize, Conversation);

const COLUMNS: &[Column<Row>] = &[
    column("#", Cells::Right(4), |(number, _), _| Text::new(&number.to_string())),
    column("when", Cells::Whole(16), |(_, it), times| {
        times.write(it.last_delivered_date_time)
    }),
    column("who", Cells::Cut, |(_, it), times| senders(&it.unique_senders, times)),
    column("topic", Cells::Cut, |(_, it), _| it.topic.clone()),
    column("marks", Cells::Whole(0), |(_, it), _| {
        Text::new(if it.has_attachments { "files" } else { "" })
    }),
    column("preview", Cells::Absent, |(_, it), _| it.preview.clone()),
    column("id", Cells::Key, |(_, it), _| Text::new(it.id.as_str())),
];

const CARD: &[Column<Conversation>] = &[
    of_card("topic", Cells::Cut, |it, _| it.topic.clone()),
    of_card("newest", Cells::Whole(16), |it, times| {
        times.write(it.last_delivered_date_time)
    }),
    of_card("senders", Cells::Cut, |it, _| senders_all(&it.unique_senders)),
    of_card("files", Cells::Whole(3), |it, _| {
        Text::new(if it.has_attachments { "yes" } else { "" })
    }),
    of_card("preview", Cells::Cut, |it, _| it.preview.clone()),
    of_card("id", Cells::Key, |it, _| Text::new(it.id.as_str())),
];

const fn column(name: &'static str, cells: Cells, text: fn(&Row, &Times) -> Text) -> Column<Row> {
    Column { name, cells, text }
}

const fn of_card(name: &'static str, cells: Cells, text: fn(&Conversation, &Times) -> Text) -> Column<Conversation> {
    Column { name, cells, text }
}

fn senders_all(names: &[Text]) -> Text {
    Text::new(&names.iter().map(Text::as_str).collect::<Vec<_>>().join(", "))
}

/// Lists conversations, newest first.
pub async fn list(desk: &Desk, args: ConversationList) -> Result<(), Stop> {
    let mut list = List::begin(desk, &args.output, "conversations", COLUMNS)?;
    let group = resolve::group_id(&desk.client, &args.group).await?;
    let listing = list.ask(conversations::newest_first(&group), &[]);
    let numbered = !args.output.output.format().is_json();
    let mut ids: Vec<Id> = Vec::new();
    let mut pages = desk.client.pages::<Box<RawValue>>(listing, Urgency::Person);
    while !list.is_full()
        && let Some(page) = pages.next().await
    {
        let page = page?;
        for item in &page.items {
            let number = list.count() + 1;
            if numbered {
                ids.push(output::read::<Conversation>(item.get())?.id);
            }
            list.add(item.get(), || Ok((number, output::read(item.get())?)))?;
        }
        if !page.last {
            list.page(page.total)?;
        }
    }
    list.finish()?;
    numbers::remember(desk, Listed::Conversations, &group, ids);
    Ok(())
}

/// Shows one conversation.
pub async fn show(desk: &Desk, args: ConversationOne) -> Result<(), Stop> {
    let group = resolve::group_id(&desk.client, &args.group).await?;
    let (_, json, conversation) = one(desk, &group, &args.conversation).await?;
    output::show(desk, &args.output, CARD, json.get(), &conversation)
}

/// Deletes a conversation.
pub async fn delete(desk: &Desk, args: ConversationChange) -> Result<(), Stop> {
    let group = resolve::group(&desk.client, &args.group).await?.group;
    let (id, _, conversation) = one(desk, &group.id, &args.conversation).await?;
    let listing = threads::of_conversation(&group.id, &id);
    let threads: Vec<Thread> = desk.client.gather(listing, Urgency::Person).await?;
    let topic = or_unnamed(&conversation.topic);
    let plan = Plan {
        what: format!(
            "delete the conversation “{topic}” of “{}” with {}",
            group.name,
            counted(threads.len(), "thread", "threads")
        ),
        request: format!("DELETE /groups/{}/conversations/{}", group.id.as_str(), id.as_str()),
        typed: Some(&topic),
        look: format!("folkmoot conversation show {} {}", group.id.as_str(), id.as_str()),
    };
    let change = desk.client.delete_conversation(&group.id, &id);
    carry_out(desk, &args.change, plan, change).await
}

async fn one(desk: &Desk, group: &Id, key: &str) -> Result<(Id, Box<RawValue>, Conversation), Stop> {
    let id = numbers::find::<Conversation>(desk, group, key).await?;
    let read = conversations::by_id(group, &id);
    let json: Box<RawValue> = desk.client.one(read, Urgency::Person).await?;
    let conversation = output::read(json.get())?;
    Ok((id, json, conversation))
}

/// How many there are, in words.
pub fn counted(count: usize, one: &str, many: &str) -> String {
    match count {
        1 => format!("1 {one}"),
        count => format!("{count} {many}"),
    }
}
