//! `folkmoot user check …` and `folkmoot group check …`: which of some groups hold somebody, directly or through others.

use serde_json::json;

use super::args::{GroupCheck, ListOutput, UserCheck};
use super::computed::{self, Item};
use super::desk::Desk;
use super::exit::{Stop, say};
use super::output::{Cells, Column, column};
use super::{member, person, resolve};
use crate::domain::{DirectoryObject, Id, ObjectKind, Text};
use crate::graph::Urgency;
use crate::graph::membership::Member;
use crate::protocol::ProblemKind;

#[derive(Clone)]
struct Checked {
    object: DirectoryObject,
    member: bool,
    /// The directory knows of no such object.
    unknown: bool,
}

const COLUMNS: &[Column<Checked>] = &[
    column("id", Cells::Key, |it, _| Text::new(it.object.id.as_str())),
    column("member", Cells::Whole(6), |it, _| {
        Text::new(if it.member { "yes" } else { "no" })
    }),
    column("name", Cells::Cut, |it, times| match it.unknown && !times.are_exact() {
        true => "(there is no such object)".into(),
        false => member::name(&it.object, times),
    }),
    column("mail", Cells::Cut, |it, _| it.object.mail.clone().unwrap_or_default()),
    column("kind", Cells::Absent, |it, _| member::kind(&it.object)),
];

/// Tells which groups a person belongs to.
pub async fn of_person(desk: &Desk, args: UserCheck) -> Result<(), Stop> {
    let person = person::whom(&desk.client, &args.user).await?;
    let member = person.as_ref().map_or(Member::Me, Member::Person);
    check(desk, &args.output, member, args.objects, &args.groups).await
}

/// Tells which groups hold a group.
pub async fn of_group(desk: &Desk, args: GroupCheck) -> Result<(), Stop> {
    let group = resolve::group_id(&desk.client, &args.group).await?;
    check(desk, &args.output, Member::Group(&group), args.objects, &args.groups).await
}

async fn check(
    desk: &Desk,
    args: &ListOutput,
    member: Member<'_>,
    of_any_kind: bool,
    keys: &[String],
) -> Result<(), Stop> {
    let mut objects = Vec::with_capacity(keys.len());
    for key in keys {
        objects.push(if of_any_kind && person::is_id(key) {
            DirectoryObject::of_kind(Id::new(key.as_str()), ObjectKind::Unknown(Text::new("object")))
        } else {
            DirectoryObject::from(resolve::group(&desk.client, key).await?.group)
        });
    }
    let ids: Vec<Id> = objects.iter().map(|object| object.id.clone()).collect();
    let client = &desk.client;
    let mut all_are_known = false;
    let holders = if of_any_kind {
        let nameless = objects.iter().filter(|object| object.name.is_none());
        let nameless: Vec<Id> = nameless.map(|object| object.id.clone()).collect();
        let (holders, named) = tokio::join!(
            client.object_holders(member, &ids, Urgency::Person),
            named(desk, &nameless)
        );
        all_are_known = named.is_some();
        for named in named.into_iter().flatten() {
            if let Some(object) = objects.iter_mut().find(|object| is_same(&object.id, &named.id)) {
                *object = named;
            }
        }
        holders?
    } else {
        client.holders(member, &ids, Urgency::Person).await?
    };
    let item = |object: DirectoryObject| {
        let member = holders.iter().any(|id| is_same(id, &object.id));
        let name = object.name.as_ref().map(Text::as_str);
        let json = json!({"id": object.id.as_str(), "displayName": name, "member": member});
        Item {
            json: json.to_string(),
            row: Checked {
                unknown: all_are_known && object.name.is_none(),
                object,
                member,
            },
        }
    };
    let items = objects.into_iter().map(item).collect();
    computed::print(desk, args, ("check", "groups"), COLUMNS, &[], items)
}

/// What objects are, where that may be known: the answer is worth having with bare ids.
async fn named(desk: &Desk, ids: &[Id]) -> Option<Vec<DirectoryObject>> {
    let named = desk.client.objects(ids, Urgency::Person).await;
    let named = named.inspect_err(|problem| {
        // In the place of each name stands which permission it needs.
        if problem.kind != ProblemKind::Forbidden {
            say(&format!("note: names are left out: {problem}"));
        }
    });
    named.ok()
}

fn is_same(one: &Id, other: &Id) -> bool {
    one.as_str().eq_ignore_ascii_case(other.as_str())
}
