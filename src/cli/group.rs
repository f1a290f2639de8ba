//! `folkmoot group …`

use futures_util::StreamExt;
use serde_json::value::RawValue;

use super::args::{GroupList, GroupParents, GroupSeen, GroupShow};
use super::confirm::{Plan, carry_out, command};
use super::desk::Desk;
use super::exit::Stop;
use super::holders;
use super::output::{self, Cells, Column, List, column, fill};
use super::resolve::{self, Found};
use crate::domain::{Group, GroupKind, Id, Text, Visibility};
use crate::graph::{Listing, Urgency, groups, seen};
use crate::protocol::Scope;

/// What is shown of a group.
pub const COLUMNS: &[Column<Group>] = &[
    column("id", Cells::Key, |group, _| Text::new(group.id.as_str())),
    column("name", Cells::Cut, |group, _| group.name.clone()),
    column("mail", Cells::Cut, |group, _| group.mail.clone().unwrap_or_default()),
    column("alias", Cells::Absent, |group, _| {
        group.alias.clone().unwrap_or_default()
    }),
    column("kind", Cells::Whole(0), |group, _| Text::new(kind(group.kind))),
    column("membership", Cells::Absent, |group, _| Text::new(membership(group))),
    column("visibility", Cells::Whole(0), |group, _| {
        group.visibility.as_ref().map(visibility).unwrap_or_default()
    }),
    column("created", Cells::Absent, |group, times| times.write(group.created)),
    column("description", Cells::Absent, |group, _| {
        group.description.clone().unwrap_or_default()
    }),
];

fn kind(kind: GroupKind) -> &'static str {
    match kind {
        GroupKind::Microsoft365 => "Microsoft 365",
        GroupKind::Security => "security",
        GroupKind::MailSecurity => "security with mail",
        GroupKind::Distribution => "distribution",
        GroupKind::Unknown => "unknown",
    }
}

fn membership(group: &Group) -> &'static str {
    if group.dynamic { "by rule" } else { "assigned" }
}

fn visibility(visibility: &Visibility) -> Text {
    match visibility {
        Visibility::Public => "public".into(),
        Visibility::Private => "private".into(),
        Visibility::HiddenMembership => "hidden membership".into(),
        Visibility::Unknown(name) => name.clone(),
    }
}

/// Lists groups.
pub async fn list(desk: &Desk, args: GroupList) -> Result<(), Stop> {
    let scope = match &args {
        GroupList { all: true, .. } | GroupList { search: Some(_), .. } => Scope::All,
        GroupList { owned: true, .. } => Scope::Owned,
        _ => Scope::Mine,
    };
    let listings = groups::listings(scope, args.search.as_deref())?;
    let mut list = List::begin(desk, &args.output, "groups", COLUMNS)?;
    if scope == Scope::All {
        let listings = listings.into_iter().map(|listing| list.ask(listing, &["id"])).collect();
        let mut pages = desk.client.distinct::<Box<RawValue>>(listings, Urgency::Person);
        while !list.is_full()
            && let Some(page) = pages.next().await
        {
            let page = page?;
            for group in &page.items {
                list.add(group.get(), || output::read(group.get()))?;
            }
            if !page.last {
                list.page(page.total)?;
            }
        }
    } else {
        // All of them are sorted before the first is printed.
        let listings = listings
            .into_iter()
            .map(|listing| list.ask_all(listing, &["id", "displayName"]));
        for Found { json, group } in mine(desk, listings.collect()).await? {
            list.add(json.get(), || Ok(group.clone()))?;
        }
    }
    list.finish()
}

/// Groups that Graph lists in no order, sorted by name: one person's are few.
async fn mine(desk: &Desk, listings: Vec<Listing>) -> Result<Vec<Found>, Stop> {
    let mut pages = desk.client.distinct::<Box<RawValue>>(listings, Urgency::Person);
    let mut found = Vec::new();
    while let Some(page) = pages.next().await {
        for json in page?.items {
            found.push(Found::read(json)?);
        }
    }
    found.sort_by_cached_key(|found| (found.group.name.as_str().to_lowercase(), found.group.id.clone()));
    Ok(found)
}

/// Lists the groups that a group belongs to.
pub async fn parents(desk: &Desk, args: GroupParents) -> Result<(), Stop> {
    if args.objects {
        return holders::of_group(desk, args).await;
    }
    let list: List<Group> = List::begin(desk, &args.output, "groups", COLUMNS)?;
    let group = resolve::group_id(&desk.client, &args.group).await?;
    fill(desk, list, groups::of_group(&group, args.transitive)).await
}

/// Shows one group.
pub async fn show(desk: &Desk, args: GroupShow) -> Result<(), Stop> {
    let Found { json, group } = resolve::group(&desk.client, &args.group).await?;
    output::show(desk, &args.output, COLUMNS, json.get(), &group)
}

/// Tells Graph that the person has seen all of a group's conversations.
pub async fn seen(desk: &Desk, args: GroupSeen) -> Result<(), Stop> {
    let group = resolve::group(&desk.client, &args.group).await?.group;
    let count = Id::new(format!("/groups/{}?$select=unseenCount", group.id.as_str()));
    let plan = Plan {
        verb: ["mark as seen", "marked as seen"],
        to: format!("the conversations of “{}”", group.shown()),
        request: seen::reset(&group.id),
        typed: None,
        look: command("api GET", &[&count]),
    };
    carry_out(desk, &args.change, plan).await
}
