//! Lists that show what Graph lists, item by item.

use futures_util::{Stream, StreamExt};
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::{List, read};
use crate::cli::desk::Desk;
use crate::cli::exit::Stop;
use crate::graph::{Listing, Page, Urgency};
use crate::protocol::Problem;

/// Adds whatever a listing holds, as far as the list takes it.
pub async fn fill<R>(desk: &Desk, list: List<R>, listing: Listing) -> Result<(), Stop>
where
    R: DeserializeOwned + 'static,
{
    fill_and_see(desk, list, listing, |_| {}).await
}

/// The same, and `see` sees each that is read for it.
pub async fn fill_and_see<R>(desk: &Desk, mut list: List<R>, listing: Listing, see: impl Fn(&R)) -> Result<(), Stop>
where
    R: DeserializeOwned + 'static,
{
    let listing = list.ask(listing, &[]);
    let pages = desk.client.pages::<Box<RawValue>>(listing, Urgency::Person);
    add_all(list, pages, see).await
}

/// Adds the items of pages, as far as the list takes them; `see` sees each that is read for it.
pub async fn add_all<R>(
    mut list: List<R>,
    mut pages: impl Stream<Item = Result<Page<Box<RawValue>>, Problem>> + Unpin,
    see: impl Fn(&R),
) -> Result<(), Stop>
where
    R: DeserializeOwned + 'static,
{
    while !list.is_full()
        && let Some(page) = pages.next().await
    {
        let page = page?;
        for item in &page.items {
            list.add(item.get(), || read(item.get()).inspect(&see))?;
        }
        if !page.last {
            list.page(page.total)?;
        }
    }
    list.finish()
}
