//! Groups. <https://learn.microsoft.com/graph/api/resources/group>

use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;

use futures_util::StreamExt;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::client::Client;
use super::feed::Feed;
use super::known::Known;
use super::pages::Page;
use super::people::user;
use super::permits::Urgency;
use super::request::{LARGEST_PAGE, Listing, Read, literal, search_clause};
use crate::domain::{DirectoryObject, Group, Id, Person};
use crate::protocol::{Problem, ProblemKind, Scope};

const FIELDS: &str =
    "id,displayName,mail,mailNickname,description,groupTypes,mailEnabled,securityEnabled,visibility,createdDateTime";

/// How a group may be found by what a person calls it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Find {
    /// An id names one group.
    One(Read),
    /// An address, an alias or a name may fit several. The first listing that holds something counts.
    Among(Vec<Listing>),
}

/// Groups that the person belongs to or owns: owners need not be members. What two listings both hold is one group.
pub fn mine() -> Vec<Listing> {
    vec![belonging(), owned()]
}

/// Groups that the person is a direct member of.
pub fn belonging() -> Listing {
    list(Read::of("me").word("memberOf").word("microsoft.graph.group").advanced())
}

/// Groups that the person owns.
pub fn owned() -> Listing {
    list(
        Read::of("me")
            .word("ownedObjects")
            .word("microsoft.graph.group")
            .advanced(),
    )
}

/// Groups that someone is a direct member of or, `through` other groups too, a member of in any way.
pub fn of_person(person: &Id, through: bool) -> Listing {
    let word = if through { "transitiveMemberOf" } else { "memberOf" };
    list(user(person).word(word).word("microsoft.graph.group").advanced())
}

/// Groups that a group is a direct member of or, `through` other groups too, a member of in any way.
pub fn of_group(group: &Id, through: bool) -> Listing {
    let word = if through { "transitiveMemberOf" } else { "memberOf" };
    let read = Read::of("groups").key(group).word(word);
    list(read.word("microsoft.graph.group").advanced())
}

/// All groups of the organisation.
pub fn all() -> Listing {
    list(Read::of("groups").advanced().query("$orderby", "displayName"))
}

/// Groups whose name or description has the words, or whose address begins with them.
pub fn search(term: &str) -> Listing {
    let clauses = ["displayName", "description", "mail"].map(|property| search_clause(property, term));
    list(Read::of("groups").advanced().query("$search", clauses.join(" OR ")))
}

/// One group.
pub fn by_id(group: &Id) -> Read {
    Read::of("groups").key(group).query("$select", FIELDS)
}

/// What a person typed: an id, an SMTP address (the present one, or another that still arrives), an alias or a display
/// name.
pub fn find(key: &str) -> Find {
    let key = key.trim();
    if uuid::Uuid::try_parse(key).is_ok() {
        return Find::One(by_id(&Id::new(key)));
    }
    let value = literal(key);
    let filtered = |read: Read, filter: String| list(read.query("$filter", filter));
    let groups = Read::of("groups");
    Find::Among(if key.contains('@') {
        let old_address = literal(&format!("smtp:{key}"));
        vec![
            filtered(groups.clone(), format!("mail eq {value}")),
            filtered(groups.advanced(), format!("proxyAddresses/any(p:p eq {old_address})")),
        ]
    } else {
        vec![filtered(
            groups,
            format!("mailNickname eq {value} or displayName eq {value}"),
        )]
    })
}

fn list(read: Read) -> Listing {
    read.query("$select", FIELDS).query("$top", LARGEST_PAGE).listing()
}

/// Something with an id, by which it is known again.
pub trait Identified {
    /// Its id; empty where it has none.
    fn id(&self) -> Id;
}

impl Identified for Group {
    fn id(&self) -> Id {
        self.id.clone()
    }
}

impl Identified for Person {
    fn id(&self) -> Id {
        self.id.clone()
    }
}

impl Identified for DirectoryObject {
    fn id(&self) -> Id {
        self.id.clone()
    }
}

impl Identified for Box<RawValue> {
    fn id(&self) -> Id {
        #[derive(Deserialize)]
        struct Only {
            id: Id,
        }
        serde_json::from_str::<Only>(self.get()).map_or_else(|_| Id::default(), |only| only.id)
    }
}

/// The listings that make up a scope.
///
/// # Errors
/// `Usage` where a term has no word in it, or the scope cannot be searched on the server.
pub fn listings(scope: Scope, term: Option<&str>) -> Result<Vec<Listing>, Problem> {
    match (scope, term) {
        (Scope::Mine, None) => Ok(mine()),
        (Scope::Owned, None) => Ok(vec![owned()]),
        (Scope::All, None) => Ok(vec![all()]),
        (Scope::All, Some(term)) if term.chars().any(char::is_alphanumeric) => Ok(vec![search(term)]),
        (Scope::All, Some(_)) => Err(Problem::new(
            ProblemKind::Usage,
            "There is no word to search for.",
            "Type a word of the group's name or description.",
        )),
        (_, Some(_)) => Err(Problem::new(
            ProblemKind::Usage,
            "Only all groups of the organisation can be searched on the server.",
            "Search among all groups, or filter your own.",
        )),
    }
}

impl Client {
    /// The groups of a scope, in pages as they come, none twice.
    pub fn groups(&self, scope: Scope, term: Option<&str>, urgency: Urgency) -> Feed<Page<Group>> {
        match listings(scope, term) {
            Ok(listings) => self.distinct(listings, urgency),
            Err(problem) => Feed::new(|_| async { Err(problem) }),
        }
    }

    /// Several listings, one after the other, with nothing twice. All are read from the beginning, but the order is
    /// theirs, not the network's. Only the very last page says that it is the last; a total is known for a single
    /// listing only.
    pub fn distinct<T>(&self, listings: Vec<Listing>, urgency: Urgency) -> Feed<Page<T>>
    where
        T: Identified + DeserializeOwned + Send + 'static,
    {
        let client = self.clone();
        Feed::new(move |out| async move {
            let single = listings.len() == 1;
            let mut open = listings.len();
            let mut feeds: Vec<_> = listings
                .into_iter()
                .map(|listing| client.pages::<T>(listing, urgency).peekable())
                .collect();
            for feed in &mut feeds {
                // A first look begins the reading; the page waits until it is this listing's turn.
                poll_fn(|context| {
                    let _ = Pin::new(&mut *feed).poll_peek(context);
                    Poll::Ready(())
                })
                .await;
            }
            let mut known = Known::default();
            for mut feed in feeds {
                while let Some(page) = feed.next().await {
                    let mut page = page?;
                    page.items.retain(|item| known.is_new(&item.id()));
                    open -= usize::from(page.last);
                    out.put(Page {
                        items: page.items,
                        total: page.total.filter(|_| single),
                        last: open == 0,
                    })
                    .await;
                }
            }
            Ok(())
        })
    }

    /// The groups that fit what a person typed: none, one, or candidates.
    ///
    /// # Errors
    /// Whatever Graph or the network did; an id that names no group is no error but an empty answer.
    pub async fn find<T>(&self, key: &str, urgency: Urgency) -> Result<Vec<T>, Problem>
    where
        T: DeserializeOwned + Send + 'static,
    {
        match find(key) {
            Find::One(read) => match self.one(read, urgency).await {
                Ok(group) => Ok(vec![group]),
                Err(problem) if problem.kind == ProblemKind::NotFound => Ok(Vec::new()),
                Err(problem) => Err(problem),
            },
            Find::Among(listings) => {
                for listing in listings {
                    let groups = self.gather(listing, urgency).await?;
                    if !groups.is_empty() {
                        return Ok(groups);
                    }
                }
                Ok(Vec::new())
            }
        }
    }

    /// The one group that fits what a person typed.
    ///
    /// # Errors
    /// `NotFound` where there is none, `Usage` where there are several, and whatever Graph or the network did.
    pub async fn group(&self, key: &str, urgency: Urgency) -> Result<Group, Problem> {
        let mut groups = self.find::<Group>(key, urgency).await?;
        match (groups.pop(), groups.len()) {
            (Some(group), 0) => Ok(group),
            (Some(_), others) => Err(Problem::new(
                ProblemKind::Usage,
                &format!("{} groups are called “{key}”.", others + 1),
                "Give the address or the id of the one you mean.",
            )),
            (None, _) => Err(Problem::new(
                ProblemKind::NotFound,
                &format!("There is no group “{key}”, or you may not see it."),
                "Give its id, its address, its alias or its whole name.",
            )),
        }
    }

    /// All items of a listing.
    ///
    /// # Errors
    /// Whatever Graph or the network did.
    pub async fn gather<T>(&self, listing: Listing, urgency: Urgency) -> Result<Vec<T>, Problem>
    where
        T: DeserializeOwned + Send + 'static,
    {
        let mut all = Vec::new();
        let mut pages = self.pages(listing, urgency);
        while let Some(page) = pages.next().await {
            all.extend(page?.items);
        }
        Ok(all)
    }
}
