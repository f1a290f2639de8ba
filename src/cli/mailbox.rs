//! What conversations and threads have in common: their lists, and how senders and topics are told.

use futures_util::StreamExt;
use serde_json::value::RawValue;

use super::args::ListOutput;
use super::desk::Desk;
use super::exit::Stop;
use super::numbers::{self, Topical};
use super::output::{self, List, Times};
use crate::domain::{Id, Text};
use crate::graph::{Listing, Urgency};
use crate::protocol::Marks;
use crate::store::{self, Store};

/// So many senders of a thread are named in a table.
const MOST_NAMES: usize = 2;

/// What a listing shows of a thread or a conversation.
pub struct Numbered<T> {
    /// Its place in the list, from 1.
    pub number: usize,
    /// What it is.
    pub item: T,
    /// Whether there is something in it that was not read on this computer.
    pub unread: bool,
}

/// Words for what is special about one, as in "unread, files".
pub fn marks(words: &[(bool, &str)]) -> Text {
    let words = words.iter().filter_map(|(holds, word)| holds.then_some(*word));
    Text::new(&words.collect::<Vec<_>>().join(", "))
}

/// How far a group's threads were read, as far as this computer knows: a list is worth having without.
async fn read_marks(desk: &Desk, group: &Id) -> Marks {
    if !desk.config.store.enabled {
        return Marks::default();
    }
    let Some(holder) = desk.tokens.holder().await else {
        return Marks::default();
    };
    let store = Store::peek(&store::path(&desk.folder, &desk.graph, &holder));
    store.and_then(|store| store.marks(group)).unwrap_or_else(|error| {
        tracing::info!(%error, "it is not known how far threads were read");
        Marks::default()
    })
}

/// Lists what a listing holds, each with its place from 1, and remembers what the places mean.
pub async fn list<T: Topical>(
    desk: &Desk,
    mut list: List<Numbered<T>>,
    args: &ListOutput,
    group: &Id,
    listing: Listing,
) -> Result<(), Stop> {
    let listing = list.ask(listing, &[]);
    let numbered = !args.output.format().is_json();
    let read = if numbered {
        read_marks(desk, group).await
    } else {
        Marks::default()
    };
    let mut ids = Vec::new();
    let mut pages = desk.client.pages::<Box<RawValue>>(listing, Urgency::Person);
    while !list.is_full()
        && let Some(page) = pages.next().await
    {
        let page = page?;
        let mut items = Vec::new();
        if numbered {
            for item in &page.items {
                items.push(output::read::<T>(item.get()).map_err(output::json_is_as_it_is)?);
            }
        }
        let news = T::news(desk, group, &items, &read).await;
        ids.extend(items.iter().map(|item| item.id().clone()));
        for (place, item) in page.items.iter().enumerate() {
            let number = list.count() + 1;
            list.add(item.get(), || {
                let item: T = output::read(item.get())?;
                let unread = news.get(place).copied().unwrap_or_default();
                Ok(Numbered { number, item, unread })
            })?;
        }
        if !page.last {
            list.page(page.total)?;
        }
    }
    // What a limit left out has no number.
    ids.truncate(list.count());
    list.finish()?;
    numbers::remember(desk, T::LISTED, group, ids);
    Ok(())
}

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

/// A topic, or what to call something that has none.
pub fn or_unnamed(topic: &Text) -> Text {
    match topic.is_empty() {
        true => Text::new("no topic"),
        false => topic.clone(),
    }
}
