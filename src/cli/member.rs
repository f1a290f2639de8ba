//! `folkmoot member …`

use std::collections::HashSet;

use futures_util::StreamExt;
use serde_json::value::RawValue;

use super::args::MemberList;
use super::exit::Stop;
use super::output::{self, Cells, Column, List};
use super::resolve;
use super::session::Desk;
use crate::domain::{DirectoryObject, Member, ObjectKind, Role, Text};
use crate::graph::groups::Identified;
use crate::graph::{Urgency, members};

const COLUMNS: &[Column<Member>] = &[
    Column {
        name: "role",
        cells: Cells::Whole(6),
        text: |member, _| Text::new(role(member.role)),
    },
    Column {
        name: "kind",
        cells: Cells::Whole(6),
        text: |member, _| kind(&member.object),
    },
    Column {
        name: "name",
        cells: Cells::Cut,
        text: |member, times| match &member.object.name {
            Some(name) => name.clone(),
            None if times.are_exact() => Text::default(),
            None => Text::new("(hidden from this sign-in)"),
        },
    },
    Column {
        name: "mail",
        cells: Cells::Cut,
        text: |member, _| member.object.mail.clone().unwrap_or_default(),
    },
    Column {
        name: "title",
        cells: Cells::Cut,
        text: |member, _| member.object.job_title.clone().unwrap_or_default(),
    },
    Column {
        name: "id",
        cells: Cells::Key,
        text: |member, _| Text::new(member.object.id.as_str()),
    },
];

fn role(role: Role) -> &'static str {
    match role {
        Role::Owner => "owner",
        Role::Member => "member",
    }
}

fn kind(object: &DirectoryObject) -> Text {
    let word = match &object.kind {
        ObjectKind::User if object.guest => "guest",
        ObjectKind::User => "person",
        ObjectKind::Group => "group",
        ObjectKind::Device => "device",
        ObjectKind::ServicePrincipal => "app",
        ObjectKind::Contact => "contact",
        ObjectKind::DirectoryRole => "role",
        ObjectKind::AdministrativeUnit => "unit",
        ObjectKind::Unknown(name) => return name.clone(),
    };
    Text::new(word)
}

/// Lists owners, then members who are not owners. Only the owners' ids are remembered: members may be very many.
pub async fn list(desk: &Desk, args: MemberList) -> Result<(), Stop> {
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
        add(&mut list, owner, Role::Owner)?;
    }
    let known: HashSet<_> = owners.iter().map(Identified::id).collect();
    while let Some(current) = page {
        let current = current?;
        for member in current.items.iter().filter(|member| !known.contains(&member.id())) {
            add(&mut list, member, Role::Member)?;
        }
        if !current.last {
            list.page(current.total)?;
        }
        page = if list.is_full() { None } else { pages.next().await };
    }
    list.finish()
}

/// JSON is Graph's own object; only rows tell owners from members.
fn add(list: &mut List<Member>, object: &RawValue, role: Role) -> Result<(), Stop> {
    list.add(object.get(), || {
        Ok(Member {
            object: output::read(object.get())?,
            role,
        })
    })
}
