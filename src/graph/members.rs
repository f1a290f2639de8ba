//! Owners and members. <https://learn.microsoft.com/graph/api/group-list-members>

use std::sync::Arc;

use futures_util::StreamExt;

use super::client::Client;
use super::feed::Feed;
use super::known::Known;
use super::permits::Urgency;
use super::request::{LARGEST_PAGE, Listing, Read};
use crate::domain::{DirectoryObject, Id, Member, Role};

const FIELDS: &str = "id,displayName,mail,userPrincipalName,jobTitle,department,userType";

/// Room is made for this many at once, whatever Graph says there will be.
const LARGEST_RESERVE: usize = 1 << 20;

/// Some rows of a roster.
#[derive(Debug, Clone, PartialEq)]
pub struct RosterPage {
    /// Owners come before members; nobody comes twice.
    pub members: Arc<[Member]>,
    /// How many rows there will be: as Graph counts the members, and on the last page as they were.
    pub total: Option<usize>,
    /// Whether it is the last page.
    pub last: bool,
}

/// A group's owners.
pub fn owners(group: &Id) -> Listing {
    list(group, "owners")
}

/// A group's direct members, with their count.
pub fn members(group: &Id) -> Listing {
    list(group, "members")
}

/// Everyone and everything that belongs to a group, through groups in it, too, with their count.
/// <https://learn.microsoft.com/graph/api/group-list-transitivemembers>
pub fn transitive(group: &Id) -> Listing {
    list(group, "transitiveMembers")
}

fn list(group: &Id, word: &'static str) -> Listing {
    Read::of("groups")
        .key(group)
        .word(word)
        .advanced()
        .query("$select", FIELDS)
        .query("$top", LARGEST_PAGE)
        .listing()
}

impl Client {
    /// Owners, then members who are not owners. Both are read at the same time. An object that may not be read comes
    /// with its kind and id.
    pub fn roster(&self, group: &Id, urgency: Urgency) -> Feed<RosterPage> {
        self.owners_and(members(group), group, urgency)
    }

    /// The same with everyone and everything that belongs to the group through groups in it, too.
    pub fn everyone(&self, group: &Id, urgency: Urgency) -> Feed<RosterPage> {
        self.owners_and(transitive(group), group, urgency)
    }

    fn owners_and(&self, others: Listing, group: &Id, urgency: Urgency) -> Feed<RosterPage> {
        let client = self.clone();
        let owners = owners(group);
        Feed::new(move |out| async move {
            let mut pages = client.pages::<DirectoryObject>(others, urgency);
            let (owners, mut page) = tokio::join!(client.gather::<DirectoryObject>(owners, urgency), pages.next());

            let mut known = Known::default();
            let mut rows = Vec::new();
            let mut given = 0;
            enlist(owners?, Role::Owner, &mut known, &mut rows);
            let mut total = None;
            while let Some(next) = page {
                let next = next?;
                if total.is_none() {
                    total = next.total;
                    known.reserve(total.unwrap_or(0).min(LARGEST_RESERVE));
                }
                enlist(next.items, Role::Member, &mut known, &mut rows);
                given += rows.len();
                out.put(RosterPage {
                    members: std::mem::take(&mut rows).into(),
                    total: if next.last { Some(given) } else { total },
                    last: next.last,
                })
                .await;
                page = pages.next().await;
            }
            Ok(())
        })
    }
}

/// Adds those who are not known yet.
fn enlist(objects: Vec<DirectoryObject>, role: Role, known: &mut Known, rows: &mut Vec<Member>) {
    rows.reserve(objects.len());
    for object in objects {
        if known.is_new(&object.id) {
            rows.push(Member { object, role });
        }
    }
}
