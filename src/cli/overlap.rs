//! `folkmoot common`, `diff` and `path`: what people and groups have in common, and why.

use std::collections::{HashMap, HashSet, VecDeque};

use serde_json::json;
use serde_json::value::RawValue;

use super::args::{Common, Diff, NestingPath};
use super::computed::{self, Item};
use super::exit::Stop;
use super::output::{self, Cells, Column};
use super::person::{self, Found};
use super::resolve;
use super::session::Desk;
use super::{group, member};
use crate::domain::{DirectoryObject, Group, Id, ObjectKind, Text};
use crate::graph::groups::{self, Identified};
use crate::graph::membership::{self, Member};
use crate::graph::{Listing, Urgency, members};
use crate::protocol::{Problem, ProblemKind};

/// An id as it is compared: GUIDs are the same in any case.
fn key(id: &Id) -> String {
    id.as_str().to_ascii_lowercase()
}

/// Lists the groups that two people share.
pub async fn common(desk: &Desk, args: Common) -> Result<(), Stop> {
    let client = &desk.client;
    let one = person::find(client, &args.people.one).await?;
    let other = person::find(client, &args.people.other).await?;
    let of = |found: &Found| groups::of_person(&found.person.id, args.transitive);
    let (mine, theirs) = tokio::try_join!(
        client.gather::<Box<RawValue>>(of(&one), Urgency::Person),
        client.gather::<Box<RawValue>>(of(&other), Urgency::Person)
    )?;
    let theirs: HashSet<String> = theirs.iter().map(|group| key(&group.id())).collect();
    let mut shared = Vec::new();
    for json in mine.into_iter().filter(|group| theirs.contains(&key(&group.id()))) {
        shared.push(resolve::Found::read(json)?);
    }
    shared.sort_by_cached_key(|found| found.group.name.as_str().to_lowercase());
    let items = shared.into_iter().map(|found| Item {
        json: found.json.get().to_owned(),
        row: found.group,
    });
    let head = [("of", format!("[{},{}]", one.json.get(), other.json.get()))];
    let items: Vec<Item<Group>> = items.collect();
    computed::print(
        desk,
        &args.people.output,
        ("common", "groups in common"),
        group::COLUMNS,
        &head,
        items,
    )
}

/// An object with what is to be said of it first.
#[derive(Clone)]
struct Marked {
    mark: Text,
    object: DirectoryObject,
}

/// The columns of marked objects, the mark under its own name.
const fn columns(mark: &'static str, cells: Cells) -> [Column<Marked>; 5] {
    [
        Column {
            name: "id",
            cells: Cells::Key,
            text: |it, _| Text::new(it.object.id.as_str()),
        },
        Column {
            name: mark,
            cells,
            text: |it, _| it.mark.clone(),
        },
        Column {
            name: "kind",
            cells: Cells::Whole(6),
            text: |it, _| member::kind(&it.object),
        },
        Column {
            name: "name",
            cells: Cells::Cut,
            text: |it, _| it.object.name.clone().unwrap_or_default(),
        },
        Column {
            name: "mail",
            cells: Cells::Cut,
            text: |it, _| it.object.mail.clone().unwrap_or_default(),
        },
    ]
}

/// A member of one group that is none of the other.
const ONLY: &[Column<Marked>] = &columns("only in", Cells::Cut);

/// Lists the members of each of two groups that the other has not.
pub async fn diff(desk: &Desk, args: Diff) -> Result<(), Stop> {
    let client = &desk.client;
    let one = resolve::group(client, &args.one).await?;
    let other = resolve::group(client, &args.other).await?;
    let listing = |group: &Group| -> Listing {
        match args.transitive {
            true => members::transitive(&group.id),
            false => members::members(&group.id),
        }
    };
    let (left, right) = tokio::try_join!(
        client.gather::<Box<RawValue>>(listing(&one.group), Urgency::Person),
        client.gather::<Box<RawValue>>(listing(&other.group), Urgency::Person)
    )?;
    let ids = |objects: &[Box<RawValue>]| -> HashSet<String> { objects.iter().map(|it| key(&it.id())).collect() };
    let (in_left, in_right) = (ids(&left), ids(&right));
    let mut items = Vec::new();
    for (group, objects, others) in [(&one.group, left, in_right), (&other.group, right, in_left)] {
        for object in objects.iter().filter(|it| !others.contains(&key(&it.id()))) {
            items.push(Item {
                json: format!(
                    "{{\"onlyIn\":{},\"member\":{}}}",
                    json!(group.id.as_str()),
                    object.get()
                ),
                row: Marked {
                    mark: group.name.clone(),
                    object: output::read(object.get())?,
                },
            });
        }
    }
    let head = [("of", format!("[{},{}]", one.json.get(), other.json.get()))];
    computed::print(desk, &args.output, ("diff", "differences"), ONLY, &head, items)
}

/// One step from a person to a group.
const LINKS: &[Column<Marked>] = &columns("step", Cells::Right(4));

/// Shows a shortest way from a person through groups in groups to a group.
pub async fn path(desk: &Desk, args: NestingPath) -> Result<(), Stop> {
    let person = person::find(&desk.client, &args.user).await?;
    let target = resolve::group(&desk.client, &args.group).await?;
    let Some(way) = way(desk, &person.person.id, &target.group.id).await? else {
        let what = format!("{} is no member of {}.", person.person.name, target.group.name);
        let next = "Members by role, or of groups that hide their members from you, are not seen.";
        return Err(Problem::new(ProblemKind::NotFound, &what, next).into());
    };
    let mut steps = vec![person.json];
    steps.extend(way);
    steps.push(target.json);
    let mut items = Vec::new();
    for (step, json) in steps.into_iter().enumerate() {
        let mut object: DirectoryObject = output::read(json.get())?;
        // Graph names the type of an object in mixed lists only.
        object.kind = if step == 0 { ObjectKind::User } else { ObjectKind::Group };
        items.push(Item {
            json: format!("{{\"step\":{step},\"object\":{}}}", json.get()),
            row: Marked {
                mark: Text::new(&step.to_string()),
                object,
            },
        });
    }
    computed::print(desk, &args.output, ("path", "steps"), LINKS, &[], items)
}

/// The groups between a person and a group, in order; nothing where the person does not belong to it. From the group
/// downward only those groups are looked into that hold the person, too.
async fn way(desk: &Desk, person: &Id, target: &Id) -> Result<Option<Vec<Box<RawValue>>>, Stop> {
    let client = &desk.client;
    let member = Member::Person(person);
    let (around, direct) = tokio::try_join!(
        client.gather::<Box<RawValue>>(membership::groups_around(member, true), Urgency::Person),
        client.gather::<Box<RawValue>>(membership::groups_around(member, false), Urgency::Person)
    )?;
    let direct: HashSet<String> = direct.iter().map(|it| key(&it.id())).collect();
    let around: HashMap<String, Box<RawValue>> = around.into_iter().map(|it| (key(&it.id()), it)).collect();
    if !around.contains_key(&key(target)) {
        return Ok(None);
    }
    let mut above: HashMap<String, String> = HashMap::new();
    let mut waiting = VecDeque::from([target.clone()]);
    while let Some(at) = waiting.pop_front() {
        if direct.contains(&key(&at)) {
            let mut way = Vec::new();
            let mut step = key(&at);
            while step != key(target) {
                way.extend(around.get(&step).cloned());
                let Some(next) = above.get(&step) else { break };
                step.clone_from(next);
            }
            return Ok(Some(way));
        }
        let inner = client
            .gather::<Box<RawValue>>(membership::groups_in(&at), Urgency::Person)
            .await?;
        for group in inner.iter().map(Identified::id) {
            let known = key(&group) == key(target) || above.contains_key(&key(&group));
            if !known && around.contains_key(&key(&group)) {
                above.insert(key(&group), key(&at));
                waiting.push_back(group);
            }
        }
    }
    Ok(None)
}
