//! Collections in pages. The next page is under way before the last one is parsed.

#[cfg(test)]
mod tests;

use std::collections::HashSet;

use futures_util::StreamExt;
use jiff::Timestamp;
use memchr::memmem;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use tokio::sync::oneshot;
use tokio_util::task::AbortOnDropHandle;
use url::Url;

use super::body;
use super::client::Client;
use super::endpoint::Endpoint;
use super::exchange::Call;
use super::feed::{Feed, Out, crashed};
use super::permits::Urgency;
use super::request::Listing;
use crate::protocol::{Problem, ProblemKind};

/// So many pages are read until one has something in it.
const MOST_EMPTY: usize = 10;
/// So many empty pages in a row are read of a whole list. Graph may send some; a list of nothing else has no end.
const MOST_EMPTY_IN_A_ROW: usize = 100;

/// One page of a collection.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<T> {
    /// The items in the order they came; may be empty, even where more pages follow.
    pub items: Vec<T>,
    /// How many items there are in all, where Graph said so: on the first page, if on any.
    pub total: Option<usize>,
    /// Whether it is the last page.
    pub last: bool,
}

#[derive(Deserialize)]
#[serde(bound = "T: DeserializeOwned")]
struct Envelope<T> {
    value: Vec<T>,
    #[serde(rename = "@odata.nextLink", default)]
    next: Option<String>,
    #[serde(rename = "@odata.count", default)]
    count: Option<usize>,
}

/// A page that is being fetched and parsed by a task of its own.
struct Fetching<T> {
    call: Call,
    /// The next link, as soon as its bytes have arrived. A guess: the parsed page has the last word.
    next: oneshot::Receiver<String>,
    page: AbortOnDropHandle<Result<Envelope<T>, Problem>>,
}

impl Client {
    /// Reads a collection, page by page, following Graph's links as they are.
    pub fn pages<T>(&self, listing: Listing, urgency: Urgency) -> Feed<Page<T>>
    where
        T: DeserializeOwned + Send + 'static,
    {
        let client = self.clone();
        Feed::new(move |out| async move {
            let first = Call::get(client.endpoint(), &listing.first)?;
            client.turn_pages(first, listing.hurried, urgency, out).await
        })
    }

    /// Reads a collection that is sorted by time, newest first; with `since`, what is not older, and no request beyond it.
    pub(super) fn pages_since<T>(
        &self,
        listing: Listing,
        since: Option<Timestamp>,
        when: impl Fn(&T) -> Option<Timestamp> + Send + 'static,
        urgency: Urgency,
    ) -> Feed<Page<T>>
    where
        T: DeserializeOwned + Send + 'static,
    {
        let Some(since) = since else {
            return self.pages(listing, urgency);
        };
        let mut pages = self.pages::<T>(listing.unhurried(), urgency);
        Feed::new(move |out| async move {
            while let Some(page) = pages.next().await {
                let mut page = page?;
                let all = page.items.len();
                page.items.retain(|item| when(item).is_none_or(|at| at >= since));
                page.last |= page.items.len() < all;
                if page.last {
                    // Before the page is handed on: no more is to be asked for meanwhile.
                    drop(pages);
                    out.put(page).await;
                    return Ok(());
                }
                out.put(page).await;
            }
            Ok(())
        })
    }

    /// The first page of a collection that has something in it, and no request beyond it. Graph may send empty pages before
    /// it; of those a few are read. <https://learn.microsoft.com/graph/paging>
    ///
    /// # Errors
    /// Whatever Graph or the network did, in words.
    pub async fn first_page<T>(&self, listing: &Listing, urgency: Urgency) -> Result<Page<T>, Problem>
    where
        T: DeserializeOwned + Send + 'static,
    {
        let mut call = Call::get(self.endpoint(), &listing.first)?;
        let mut seen = HashSet::from([call.url().clone()]);
        let mut total = None;
        loop {
            let body = self.fetch(&call, urgency, &mut |_| {}).await?;
            let page: Envelope<T> = body::parse(body).await?;
            total = total.or(page.count);
            match page.next {
                Some(link) if page.value.is_empty() && seen.len() < MOST_EMPTY => {
                    let url = follow(self.endpoint(), &seen, &link)?;
                    seen.insert(url.clone());
                    call = call.page(url);
                }
                next => {
                    return Ok(Page {
                        items: page.value,
                        total,
                        last: next.is_none(),
                    });
                }
            }
        }
    }

    /// The pages of a collection whose first page is `first`.
    pub(super) fn pages_of<T>(&self, first: Call, hurried: bool, urgency: Urgency) -> Feed<Page<T>>
    where
        T: DeserializeOwned + Send + 'static,
    {
        let client = self.clone();
        Feed::new(move |out| client.turn_pages(first, hurried, urgency, out))
    }

    async fn turn_pages<T>(self, first: Call, hurried: bool, urgency: Urgency, out: Out<Page<T>>) -> Result<(), Problem>
    where
        T: DeserializeOwned + Send + 'static,
    {
        let mut seen = HashSet::from([first.url().clone()]);
        let mut empty = 0;
        let mut current = self.fetch_page::<T>(first, urgency);
        loop {
            let mut following = None;
            if hurried
                && let Ok(link) = (&mut current.next).await
                && let Ok(url) = follow(self.endpoint(), &seen, &link)
            {
                following = Some(self.fetch_page::<T>(current.call.page(url), urgency));
            }
            let page = current.page.await.unwrap_or_else(|_| Err(crashed()))?;
            empty = if page.value.is_empty() { empty + 1 } else { 0 };
            let next = page.next.map(|link| match empty {
                0..MOST_EMPTY_IN_A_ROW => follow(self.endpoint(), &seen, &link),
                _ => Err(endless()),
            });
            out.put(Page {
                items: page.value,
                total: page.count,
                last: next.is_none(),
            })
            .await;
            let Some(url) = next.transpose()? else {
                return Ok(());
            };
            if !hurried {
                out.taken().await;
            }
            seen.insert(url.clone());
            current = match following {
                Some(guessed) if *guessed.call.url() == url => guessed,
                _ => self.fetch_page(current.call.page(url), urgency),
            };
        }
    }

    fn fetch_page<T>(&self, call: Call, urgency: Urgency) -> Fetching<T>
    where
        T: DeserializeOwned + Send + 'static,
    {
        let (found, next) = oneshot::channel();
        let client = self.clone();
        let page = AbortOnDropHandle::new(tokio::spawn({
            let call = call.clone();
            async move {
                let mut lookout = Lookout {
                    searched: 0,
                    found: Some(found),
                };
                let body = client.fetch(&call, urgency, &mut |bytes| lookout.look(bytes)).await?;
                drop(lookout);
                body::parse(body).await
            }
        }));
        Fetching { call, next, page }
    }
}

/// Where the token may go, and where it has not been yet.
fn follow(endpoint: &Endpoint, seen: &HashSet<Url>, link: &str) -> Result<Url, Problem> {
    let url = Url::parse(link).ok().filter(|url| endpoint.owns(url)).ok_or_else(|| {
        Problem::new(
            ProblemKind::Server,
            "The list goes on at another address, which your token must not go to; what is shown is not all.",
            "Check the Graph address in the configuration, and the proxy.",
        )
    })?;
    if seen.contains(&url) {
        return Err(Problem::new(
            ProblemKind::Server,
            "The list repeats itself; what is shown may not be all.",
            "Read it again.",
        ));
    }
    Ok(url)
}

fn endless() -> Problem {
    Problem::new(
        ProblemKind::Server,
        "The list goes on with one empty page after another; what is shown may not be all.",
        "Read it again.",
    )
}

/// Looks for the next link in bytes that are still arriving.
struct Lookout {
    searched: usize,
    found: Option<oneshot::Sender<String>>,
}

impl Lookout {
    /// Inside a JSON string a quote is escaped, so these bytes can only be a member's name.
    const KEY: &'static [u8] = b"\"@odata.nextLink\":";

    fn look(&mut self, bytes: &[u8]) {
        let Some(found) = self.found.take() else {
            return;
        };
        // After a broken read the bytes begin again.
        if bytes.len() < self.searched {
            self.searched = 0;
        }
        let rest = bytes.get(self.searched..).unwrap_or_default();
        match memmem::find(rest, Self::KEY) {
            None => {
                self.searched = bytes.len().saturating_sub(Self::KEY.len());
                self.found = Some(found);
            }
            Some(at) => {
                let value = rest.get(at + Self::KEY.len()..).unwrap_or_default();
                let mut values = serde_json::Deserializer::from_slice(value).into_iter::<String>();
                match values.next() {
                    // Nobody waits any more where the reader has gone.
                    Some(Ok(link)) => drop(found.send(link)),
                    // The link's end has not arrived.
                    _ => {
                        self.searched += at;
                        self.found = Some(found);
                    }
                }
            }
        }
    }
}
