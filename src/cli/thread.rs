//! `folkmoot thread …`

use futures_util::StreamExt;
use serde_json::value::RawValue;

use super::args::ThreadList;
use super::exit::Stop;
use super::output::{self, Cells, Column, List};
use super::resolve;
use super::session::Desk;
use crate::domain::{Text, Thread};
use crate::graph::{Urgency, threads};

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
        text: |(_, thread), times| {
            let most = if times.are_exact() { usize::MAX } else { MOST_NAMES };
            senders(&thread.unique_senders, most)
        },
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

/// The first names, and how many more there are.
fn senders(names: &[Text], most: usize) -> Text {
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

/// Lists threads, newest first. The numbers are what `post list` takes.
pub async fn list(desk: &Desk, args: ThreadList) -> Result<(), Stop> {
    let mut list = List::begin(desk, &args.output, "threads", COLUMNS)?;
    let group = resolve::group_id(&desk.client, &args.group).await?;
    let listing = list.ask(threads::newest_first(&group), &[]);
    let mut pages = desk.client.pages::<Box<RawValue>>(listing, Urgency::Person);
    while !list.is_full()
        && let Some(page) = pages.next().await
    {
        let page = page?;
        for thread in &page.items {
            let number = list.count() + 1;
            list.add(thread.get(), || Ok((number, output::read(thread.get())?)))?;
        }
        if !page.last {
            list.page(page.total)?;
        }
    }
    list.finish()
}
