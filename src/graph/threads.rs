//! Threads of a group's mailbox. <https://learn.microsoft.com/graph/api/group-list-threads>

use futures_util::StreamExt;
use jiff::Timestamp;

use super::client::Client;
use super::feed::Feed;
use super::pages::Page;
use super::permits::Urgency;
use super::request::{Listing, Read};
use crate::domain::{Id, Thread};

const FIELDS: &str = "id,topic,hasAttachments,lastDeliveredDateTime,uniqueSenders,preview,isLocked,toRecipients";
/// A screenful or two: the first page comes soon, and a look for news takes one.
const PAGE: &str = "50";

/// A group's threads, newest first.
pub fn newest_first(group: &Id) -> Listing {
    Read::of("groups")
        .key(group)
        .word("threads")
        .query("$orderby", "lastDeliveredDateTime desc")
        .query("$select", FIELDS)
        .query("$top", PAGE)
        .in_mailbox_of(group)
        .listing()
}

/// One thread.
pub fn by_id(group: &Id, thread: &Id) -> Read {
    Read::of("groups")
        .key(group)
        .word("threads")
        .key(thread)
        .query("$select", FIELDS)
        .in_mailbox_of(group)
}

impl Client {
    /// A group's threads, newest first; with `since`, those whose newest post is not older. Posts become visible late,
    /// so a reader that looks for news should leave an overlap.
    pub fn threads(&self, group: &Id, since: Option<Timestamp>, urgency: Urgency) -> Feed<Page<Thread>> {
        let listing = newest_first(group);
        let Some(since) = since else {
            return self.pages(listing, urgency);
        };
        let mut pages = self.pages::<Thread>(listing.unhurried(), urgency);
        Feed::new(move |out| async move {
            while let Some(page) = pages.next().await {
                let mut page = page?;
                let all = page.items.len();
                page.items
                    .retain(|thread| thread.last_delivered_date_time.is_none_or(|at| at >= since));
                page.last |= page.items.len() < all;
                let last = page.last;
                out.put(page).await;
                if last {
                    break;
                }
            }
            Ok(())
        })
    }
}
