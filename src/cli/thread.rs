//! `folkmoot thread …`

use futures_util::StreamExt;
use serde_json::value::RawValue;

use super::args::{ThreadChange, ThreadList, ThreadMark, ThreadOne};
use super::computed::envelope;
use super::confirm::{Plan, carry_out};
use super::conversation::counted;
use super::exit::{Stop, say};
use super::output::{self, Cells, Column, List, Times};
use super::session::Desk;
use super::{numbers, resolve};
use crate::domain::{Conversation, Id, Recipient, Text, Thread};
use crate::graph::{Urgency, threads};
use crate::protocol::{Mark, Marking, Problem, ProblemKind};
use crate::store::Listed;

/// A thread and its place in the list, from 1.
type Row = (usize, Thread);

/// So many senders of a thread are named in a table.
const MOST_NAMES: usize = 2;

const COLUMNS: &[Column<Row>] = &[
    Column {
        name: "#",
        cells: Cells::Right(4),
        text: |(number, _), _| Text::new(&number.to_string()),
    },
    Column {
        name: "when",
        cells: Cells::Whole(16),
        text: |(_, thread), times| times.write(thread.last_delivered_date_time),
    },
    Column {
        name: "who",
        cells: Cells::Cut,
        text: |(_, thread), times| senders(&thread.unique_senders, times),
    },
    Column {
        name: "topic",
        cells: Cells::Cut,
        text: |(_, thread), _| thread.topic.clone(),
    },
    Column {
        name: "marks",
        cells: Cells::Whole(0),
        text: |(_, thread), _| Text::new(marks(thread)),
    },
    Column {
        name: "preview",
        cells: Cells::Absent,
        text: |(_, thread), _| thread.preview.clone(),
    },
    Column {
        name: "id",
        cells: Cells::Key,
        text: |(_, thread), _| Text::new(thread.id.as_str()),
    },
];

/// The first names, and how many more there are; all of them for programs.
pub fn senders(names: &[Text], times: &Times) -> Text {
    let most = if times.are_exact() { usize::MAX } else { MOST_NAMES };
    let first: Vec<&str> = names.iter().take(most).map(Text::as_str).collect();
    let first = first.join(", ");
    match names.len().saturating_sub(most) {
        0 => Text::new(&first),
        more => Text::new(&format!("{first} +{more}")),
    }
}

fn marks(thread: &Thread) -> &'static str {
    match (thread.has_attachments, thread.is_locked) {
        (true, true) => "files, locked",
        (true, false) => "files",
        (false, true) => "locked",
        (false, false) => "",
    }
}

/// What a card shows of a thread.
const CARD: &[Column<Thread>] = &[
    of_card("topic", Cells::Cut, |it, _| it.topic.clone()),
    of_card("to", Cells::Cut, |it, _| addresses(&it.to_recipients)),
    of_card("copies", Cells::Cut, |it, _| addresses(&it.cc_recipients)),
    of_card("newest", Cells::Whole(16), |it, times| {
        times.write(it.last_delivered_date_time)
    }),
    of_card("senders", Cells::Cut, |it, _| {
        Text::new(
            &it.unique_senders
                .iter()
                .map(Text::as_str)
                .collect::<Vec<_>>()
                .join(", "),
        )
    }),
    of_card("marks", Cells::Whole(0), |it, _| Text::new(marks(it))),
    of_card("preview", Cells::Cut, |it, _| it.preview.clone()),
    of_card("id", Cells::Key, |it, _| Text::new(it.id.as_str())),
];

const fn of_card(name: &'static str, cells: Cells, text: fn(&Thread, &Times) -> Text) -> Column<Thread> {
    Column { name, cells, text }
}

/// Names with their addresses.
pub fn addresses(recipients: &[Recipient]) -> Text {
    let written = recipients.iter().map(|it| match it.name.is_empty() {
        true => it.address.to_string(),
        false => format!("{} <{}>", it.name, it.address),
    });
    Text::new(&written.collect::<Vec<_>>().join(", "))
}

/// Lists threads, newest first: of the group, or of one of its conversations.
pub async fn list(desk: &Desk, args: ThreadList) -> Result<(), Stop> {
    let mut list = List::begin(desk, &args.output, "threads", COLUMNS)?;
    let group = resolve::group_id(&desk.client, &args.group).await?;
    let listing = match &args.conversation {
        None => threads::newest_first(&group),
        Some(key) => threads::of_conversation(&group, &numbers::find::<Conversation>(desk, &group, key).await?),
    };
    let listing = list.ask(listing, &[]);
    let numbered = !args.output.output.format().is_json();
    let mut ids = Vec::new();
    let mut pages = desk.client.pages::<Box<RawValue>>(listing, Urgency::Person);
    while !list.is_full()
        && let Some(page) = pages.next().await
    {
        let page = page?;
        for thread in &page.items {
            let number = list.count() + 1;
            if numbered {
                ids.push(output::read::<Thread>(thread.get())?.id);
            }
            list.add(thread.get(), || Ok((number, output::read(thread.get())?)))?;
        }
        if !page.last {
            list.page(page.total)?;
        }
    }
    list.finish()?;
    numbers::remember(desk, Listed::Threads, &group, ids);
    Ok(())
}

/// Shows one thread.
pub async fn show(desk: &Desk, args: ThreadOne) -> Result<(), Stop> {
    let group = resolve::group_id(&desk.client, &args.group).await?;
    let (_, json, thread) = one(desk, &group, &args.thread).await?;
    output::show(desk, &args.output, CARD, json.get(), &thread)
}

/// Marks a thread as read or unread, where the screen keeps such marks.
pub async fn mark(desk: &Desk, args: ThreadMark) -> Result<(), Stop> {
    let group = resolve::group(&desk.client, &args.group).await?.group;
    let (id, _, thread) = one(desk, &group.id, &args.thread).await?;
    let newest = thread.last_delivered_date_time.ok_or_else(|| {
        let what = "Graph does not tell when this thread's newest post came, so there is no telling what is new in it.";
        Problem::new(ProblemKind::General, what, "")
    })?;
    let marking = match args.how.read {
        true => Marking::Read(id.clone(), Mark::up_to(newest)),
        false => Marking::Unread(id.clone(), Mark::before(newest)),
    };
    desk.store()
        .await?
        .keep_mark(&group.id, &marking)
        .map_err(|error| error.problem())?;
    let as_what = if args.how.read { "read" } else { "unread" };
    if args.json {
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        let head = [
            ("group", quoted(group.id.as_str())),
            ("thread", quoted(id.as_str())),
            ("topic", quoted(thread.topic.as_str())),
            ("marked", quoted(as_what)),
        ];
        return desk.out.print(&(envelope("mark", &head) + "}\n"));
    }
    let topic = or_unnamed(&thread.topic);
    say(&format!(
        "marked as {as_what}: the thread “{topic}” of “{}”",
        group.name
    ));
    Ok(())
}

/// Locks a thread, or opens it again.
pub async fn lock(desk: &Desk, args: ThreadChange, locked: bool) -> Result<(), Stop> {
    let group = resolve::group(&desk.client, &args.group).await?.group;
    let (id, _, thread) = one(desk, &group.id, &args.thread).await?;
    let plan = Plan {
        what: format!(
            "{} the thread “{}” of “{}”",
            if locked { "lock" } else { "unlock" },
            or_unnamed(&thread.topic),
            group.name
        ),
        request: format!(
            "PATCH /groups/{}/threads/{} {{\"isLocked\":{locked}}}",
            group.id.as_str(),
            id.as_str()
        ),
        typed: None,
        look: format!("folkmoot thread show {} {}", group.id.as_str(), id.as_str()),
    };
    let change = desk.client.lock_thread(&group.id, &id, locked);
    carry_out(desk, &args.change, plan, change).await
}

/// Deletes a thread.
pub async fn delete(desk: &Desk, args: ThreadChange) -> Result<(), Stop> {
    let group = resolve::group(&desk.client, &args.group).await?.group;
    let (id, _, thread) = one(desk, &group.id, &args.thread).await?;
    let (posts, cut_short) = desk.client.posts(&group.id, &id, Urgency::Person).await?;
    let posts = counted(posts.len(), "post", "posts");
    let topic = or_unnamed(&thread.topic);
    let plan = Plan {
        what: format!(
            "delete the thread “{topic}” of “{}” with {}{posts}",
            group.name,
            if cut_short { "at least " } else { "" }
        ),
        request: format!("DELETE /groups/{}/threads/{}", group.id.as_str(), id.as_str()),
        typed: Some(&topic),
        look: format!("folkmoot thread show {} {}", group.id.as_str(), id.as_str()),
    };
    let change = desk.client.delete_thread(&group.id, &id);
    carry_out(desk, &args.change, plan, change).await
}

async fn one(desk: &Desk, group: &Id, key: &str) -> Result<(Id, Box<RawValue>, Thread), Stop> {
    let id = numbers::find::<Thread>(desk, group, key).await?;
    let read = threads::by_id(group, &id);
    let json: Box<RawValue> = desk.client.one(read, Urgency::Person).await?;
    let thread = output::read(json.get())?;
    Ok((id, json, thread))
}

/// A topic, or what to call something that has none.
pub fn or_unnamed(topic: &Text) -> Text {
    match topic.is_empty() {
        true => Text::new("no topic"),
        false => topic.clone(),
    }
}
