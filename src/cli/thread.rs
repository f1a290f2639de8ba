//! `folkmoot thread …`

use super::args::{ThreadChange, ThreadList, ThreadMark, ThreadOne};
use super::computed::envelope;
use super::confirm::{Plan, carry_out, command};
use super::desk::Desk;
use super::exit::{Stop, say};
use super::mailbox::{self, or_unnamed, senders};
use super::output::{self, Cells, Column, List, column, escaped};
use super::{numbers, resolve};
use crate::domain::{Conversation, Recipient, Text, Thread};
use crate::graph::{Urgency, threads};
use crate::protocol::{Mark, Marking, Problem, ProblemKind};
use crate::text::counted;

type Row = mailbox::Numbered<Thread>;

const COLUMNS: &[Column<Row>] = &[
    column("#", Cells::Right(4), |it, _| Text::new(&it.number.to_string())),
    column("when", Cells::Whole(16), |it, times| {
        times.write(it.item.last_delivered_date_time)
    }),
    column("who", Cells::Cut, |it, times| senders(&it.item.unique_senders, times)),
    column("topic", Cells::Cut, |it, _| it.item.topic.clone()),
    column("marks", Cells::Whole(0), |it, _| marks(&it.item, it.unread)),
    column("preview", Cells::Absent, |it, _| it.item.preview.clone()),
    column("id", Cells::Key, |it, _| Text::new(it.item.id.as_str())),
];

fn marks(thread: &Thread, unread: bool) -> Text {
    mailbox::marks(&[
        (unread, "unread"),
        (thread.is_of_a_task(), "task"),
        (thread.has_attachments, "files"),
        (thread.is_locked, "locked"),
    ])
}

/// What a card shows of a thread.
const CARD: &[Column<Thread>] = &[
    column("topic", Cells::Cut, |it, _| it.topic.clone()),
    column("to", Cells::Cut, |it, _| {
        Text::new(&Recipient::listed(&it.to_recipients))
    }),
    column("copies", Cells::Cut, |it, _| {
        Text::new(&Recipient::listed(&it.cc_recipients))
    }),
    column("newest", Cells::Whole(16), |it, times| {
        times.write(it.last_delivered_date_time)
    }),
    column("senders", Cells::Cut, |it, _| {
        Text::new(
            &it.unique_senders
                .iter()
                .map(Text::as_str)
                .collect::<Vec<_>>()
                .join(", "),
        )
    }),
    column("marks", Cells::Whole(0), |it, _| marks(it, false)),
    column("preview", Cells::Cut, |it, _| it.preview.clone()),
    column("id", Cells::Key, |it, _| Text::new(it.id.as_str())),
];

/// Lists threads, newest first: of the group, or of one of its conversations.
pub async fn list(desk: &Desk, args: ThreadList) -> Result<(), Stop> {
    let list = List::begin(desk, &args.output, "threads", COLUMNS)?;
    let group = resolve::group_id(&desk.client, &args.group).await?;
    let listing = match &args.conversation {
        None => threads::newest_first(&group),
        Some(key) => threads::of_conversation(&group, &numbers::find::<Conversation>(desk, &group, key).await?),
    };
    mailbox::list(desk, list, &args.output, &group, listing).await
}

/// Shows one thread.
pub async fn show(desk: &Desk, args: ThreadOne) -> Result<(), Stop> {
    let group = resolve::group_id(&desk.client, &args.group).await?;
    let (_, json, thread) = numbers::one::<Thread>(desk, &group, &args.thread).await?;
    output::show(desk, &args.output, CARD, json.get(), &thread)
}

/// Marks a thread as read or unread, where the screen keeps such marks.
pub async fn mark(desk: &Desk, args: ThreadMark) -> Result<(), Stop> {
    let group = resolve::group(&desk.client, &args.group).await?.group;
    let (id, _, thread) = numbers::one::<Thread>(desk, &group.id, &args.thread).await?;
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
        let json = envelope("mark", &head) + "}";
        return desk.out.print(&format!("{}\n", escaped(&json)));
    }
    let topic = or_unnamed(&thread.topic);
    say(&format!(
        "marked as {as_what}: the thread “{topic}” of “{}”",
        group.shown()
    ));
    Ok(())
}

/// Locks a thread, or opens it again.
pub async fn lock(desk: &Desk, args: ThreadChange, locked: bool) -> Result<(), Stop> {
    let group = resolve::group(&desk.client, &args.group).await?.group;
    let (id, _, thread) = numbers::one::<Thread>(desk, &group.id, &args.thread).await?;
    let plan = Plan {
        verb: match locked {
            true => ["lock", "locked"],
            false => ["unlock", "unlocked"],
        },
        to: format!("the thread “{}” of “{}”", or_unnamed(&thread.topic), group.shown()),
        request: threads::set_lock(&group.id, &id, locked)?,
        typed: None,
        look: command("thread show", &[&group.id, &id]),
    };
    carry_out(desk, &args.change, plan).await
}

/// Deletes a thread.
pub async fn delete(desk: &Desk, args: ThreadChange) -> Result<(), Stop> {
    let group = resolve::group(&desk.client, &args.group).await?.group;
    let id = numbers::find_to_delete::<Thread>(desk, &group.id, &args.thread, !args.change.yes).await?;
    let thread: Thread = desk.client.one(threads::by_id(&group.id, &id), Urgency::Person).await?;
    let (posts, cut_short) = desk.client.posts(&group.id, &id, Urgency::Person).await?;
    let posts = counted(posts.len(), "post", "posts");
    let topic = or_unnamed(&thread.topic);
    let plan = Plan {
        verb: ["delete", "deleted"],
        to: format!(
            "the thread “{topic}” of “{}” with {}{posts}",
            group.shown(),
            if cut_short { "at least " } else { "" }
        ),
        request: threads::delete(&group.id, &id),
        typed: Some(&topic),
        look: command("thread show", &[&group.id, &id]),
    };
    carry_out(desk, &args.change, plan).await
}
