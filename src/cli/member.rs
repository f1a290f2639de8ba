//! `folkmoot member …`

use std::collections::HashSet;

use futures_util::StreamExt;
use serde_json::value::RawValue;

use super::args::{MemberList, OwnerList};
use super::desk::Desk;
use super::exit::Stop;
use super::output::{self, Cells, Column, List, Times, column, fill_and_see, given};
use super::person::Titles;
use super::resolve;
use crate::domain::{DirectoryObject, Member, ObjectKind, Role, Text};
use crate::graph::groups::Identified;
use crate::graph::{Urgency, members, membership};

const COLUMNS: &[Column<Member>] = &[
    column("role", Cells::Whole(6), |member, _| Text::new(role(member.role))),
    column("kind", Cells::Whole(6), |member, _| kind(&member.object)),
    column("name", Cells::Cut, |member, times| name(&member.object, times)),
    column("mail", Cells::Cut, |member, _| given(&member.object.mail)),
    column("title", Cells::Cut, |member, _| given(&member.object.job_title)),
    column("id", Cells::Key, |member, _| Text::new(member.object.id.as_str())),
];

const NESTED: &[Column<Nested>] = &[
    column("way", Cells::Whole(6), |it, _| Text::new(it.way)),
    column("kind", Cells::Whole(6), |it, _| kind(&it.object)),
    column("name", Cells::Cut, |it, times| name(&it.object, times)),
    column("mail", Cells::Cut, |it, _| given(&it.object.mail)),
    column("title", Cells::Cut, |it, _| given(&it.object.job_title)),
    column("id", Cells::Key, |it, _| Text::new(it.object.id.as_str())),
];

/// What is shown of an object of any kind.
pub const OBJECTS: &[Column<DirectoryObject>] = &[
    column("kind", Cells::Whole(6), |it, _| kind(it)),
    column("name", Cells::Cut, name),
    column("mail", Cells::Cut, |it, _| given(&it.mail)),
    column("title", Cells::Cut, |it, _| given(&it.job_title)),
    column("id", Cells::Key, |it, _| Text::new(it.id.as_str())),
];

/// A member of a group, or of a group in it.
struct Nested {
    way: &'static str,
    object: DirectoryObject,
}

/// The name of an object, or the permission that would show it.
pub fn name(object: &DirectoryObject, times: &Times) -> Text {
    match &object.name {
        Some(name) => name.clone(),
        None if times.are_exact() => Text::default(),
        None => Text::new(&format!("(hidden: needs {})", object.kind.permission())),
    }
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Owner => "owner",
        Role::Member => "member",
    }
}

/// The kind of an object in one word.
pub fn kind(object: &DirectoryObject) -> Text {
    Text::new(object.kind_in_words())
}

/// Lists a group's owners.
pub async fn owners(desk: &Desk, args: OwnerList) -> Result<(), Stop> {
    let list: List<DirectoryObject> = List::begin(desk, &args.output, "owners", OBJECTS)?;
    let group = resolve::group_id(&desk.client, &args.group).await?;
    let titles = Titles::default();
    fill_and_see(desk, list, members::owners(&group), |object| see(&titles, object)).await?;
    titles.tell_hidden(desk, &args.output.output)
}

/// Sees whether a person has a title; groups and devices have none.
fn see(titles: &Titles, object: &DirectoryObject) {
    if object.kind == ObjectKind::User {
        titles.see(object.job_title.as_ref());
    }
}

/// Lists everyone and everything that belongs to a group, through groups in it, too. The ids of the direct members tell
/// who is nested.
async fn nested(desk: &Desk, args: MemberList) -> Result<(), Stop> {
    let titles = Titles::default();
    let mut list = List::begin(desk, &args.output, "members", NESTED)?;
    let group = resolve::group_id(&desk.client, &args.group).await?;
    let listing = list.ask(members::transitive(&group), &["id"]);
    let mut pages = desk.client.pages::<Box<RawValue>>(listing, Urgency::Person);
    let direct = desk
        .client
        .gather::<Box<RawValue>>(membership::member_ids(&group), Urgency::Person);
    let (direct, mut page) = tokio::join!(direct, pages.next());
    let direct: HashSet<_> = direct?.iter().map(Identified::id).collect();
    while let Some(current) = page {
        let current = current?;
        for object in &current.items {
            let way = if direct.contains(&object.id()) {
                "direct"
            } else {
                "nested"
            };
            list.add(object.get(), || {
                let object = output::read(object.get()).inspect(|object| see(&titles, object))?;
                Ok(Nested { way, object })
            })?;
        }
        if !current.last {
            list.page(current.total)?;
        }
        page = if list.is_full() { None } else { pages.next().await };
    }
    list.finish()?;
    titles.tell_hidden(desk, &args.output.output)
}

/// Lists owners, then members who are not owners. Only the owners' ids are remembered: members may be very many.
pub async fn list(desk: &Desk, args: MemberList) -> Result<(), Stop> {
    if args.transitive {
        return nested(desk, args).await;
    }
    let titles = Titles::default();
    let mut list = List::begin(desk, &args.output, "members", COLUMNS)?;
    let group = resolve::group_id(&desk.client, &args.group).await?;
    // An owner is known again by the id.
    let listing = list.ask(members::members(&group), &["id"]);
    let mut pages = desk.client.pages::<Box<RawValue>>(listing, Urgency::Person);
    let listing = list.ask_all(members::owners(&group), &["id"]);
    let owners = desk.client.gather::<Box<RawValue>>(listing, Urgency::Person);
    // The first page is on its way while the owners come.
    let (owners, mut page) = if args.owners {
        (owners.await?, None)
    } else {
        let (owners, page) = tokio::join!(owners, pages.next());
        (owners?, page)
    };

    for owner in &owners {
        add(&mut list, owner, Role::Owner, &titles)?;
    }
    // Nobody comes twice, so an owner who has come as a member is no longer looked for.
    let mut unseen: HashSet<_> = owners.iter().map(Identified::id).collect();
    while let Some(current) = page {
        let current = current?;
        for member in &current.items {
            if unseen.is_empty() || !unseen.remove(&member.id()) {
                add(&mut list, member, Role::Member, &titles)?;
            }
        }
        if !current.last {
            list.page(current.total)?;
        }
        page = if list.is_full() { None } else { pages.next().await };
    }
    list.finish()?;
    titles.tell_hidden(desk, &args.output.output)
}

/// JSON is Graph's own object; only rows tell owners from members.
fn add(list: &mut List<Member>, object: &RawValue, role: Role, titles: &Titles) -> Result<(), Stop> {
    list.add(object.get(), || {
        Ok(Member {
            object: output::read(object.get()).inspect(|object| see(titles, object))?,
            role,
        })
    })
}
