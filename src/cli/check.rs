//! `folkmoot user check …` and `folkmoot group check …`: which of some groups hold somebody, directly or through others.

use serde_json::json;

use super::args::{GroupCheck, ListOutput, UserCheck};
use super::computed::{self, Item};
use super::desk::Desk;
use super::exit::Stop;
use super::output::{Cells, Column, column};
use super::{person, resolve};
use crate::domain::{Group, Id, Text};
use crate::graph::Urgency;
use crate::graph::membership::Member;

#[derive(Clone)]
struct Checked {
    group: Group,
    member: bool,
}

const COLUMNS: &[Column<Checked>] = &[
    column("id", Cells::Key, |it, _| Text::new(it.group.id.as_str())),
    column("member", Cells::Whole(6), |it, _| {
        Text::new(if it.member { "yes" } else { "no" })
    }),
    column("name", Cells::Cut, |it, _| it.group.name.clone()),
    column("mail", Cells::Cut, |it, _| it.group.mail.clone().unwrap_or_default()),
];

/// Tells which groups a person belongs to.
pub async fn of_person(desk: &Desk, args: UserCheck) -> Result<(), Stop> {
    let person = person::whom(&desk.client, &args.user).await?;
    let member = person.as_ref().map_or(Member::Me, Member::Person);
    check(desk, &args.output, member, &args.groups).await
}

/// Tells which groups hold a group.
pub async fn of_group(desk: &Desk, args: GroupCheck) -> Result<(), Stop> {
    let group = resolve::group_id(&desk.client, &args.group).await?;
    check(desk, &args.output, Member::Group(&group), &args.groups).await
}

async fn check(desk: &Desk, args: &ListOutput, member: Member<'_>, keys: &[String]) -> Result<(), Stop> {
    let mut groups = Vec::with_capacity(keys.len());
    for key in keys {
        groups.push(resolve::group(&desk.client, key).await?.group);
    }
    let ids: Vec<Id> = groups.iter().map(|group| group.id.clone()).collect();
    let holders = desk.client.holders(member, &ids, Urgency::Person).await?;
    let item = |group: Group| {
        let member = holders
            .iter()
            .any(|id| id.as_str().eq_ignore_ascii_case(group.id.as_str()));
        let json = json!({"id": group.id.as_str(), "displayName": group.name.as_str(), "member": member});
        Item {
            json: json.to_string(),
            row: Checked { group, member },
        }
    };
    let items = groups.into_iter().map(item).collect();
    computed::print(desk, args, ("check", "groups"), COLUMNS, &[], items)
}
