//! `folkmoot common`, `diff` and `path`: what people and groups have in common, and why.

use serde_json::json;
use serde_json::value::RawValue;

use super::args::{Common, Diff, NestingPath};
use super::computed::{self, Item};
use super::desk::Desk;
use super::exit::Stop;
use super::output::{self, Cells, Column, column};
use super::person;
use super::resolve;
use super::{group, member};
use crate::domain::{DirectoryObject, Group, ObjectKind, Text};
use crate::graph::Urgency;
use crate::protocol::{Problem, ProblemKind};

/// Lists the groups that two people share.
pub async fn common(desk: &Desk, args: Common) -> Result<(), Stop> {
    let client = &desk.client;
    let (one, other) = tokio::join!(
        person::find(client, &args.people.one),
        person::find(client, &args.people.other)
    );
    let (one, other) = (one?, other?);
    let (mine, theirs) = (&one.person.id, &other.person.id);
    let groups = client.groups_in_common::<Box<RawValue>>(mine, theirs, args.transitive, Urgency::Person);
    let found: Result<Vec<_>, _> = groups.await?.into_iter().map(resolve::Found::read).collect();
    let mut shared = found?;
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
        column("id", Cells::Key, |it, _| Text::new(it.object.id.as_str())),
        column(mark, cells, |it, _| it.mark.clone()),
        column("kind", Cells::Whole(6), |it, _| member::kind(&it.object)),
        column("name", Cells::Cut, |it, times| member::name(&it.object, times)),
        column("mail", Cells::Cut, |it, _| it.object.mail.clone().unwrap_or_default()),
    ]
}

/// A member of one group that is none of the other.
const ONLY: &[Column<Marked>] = &columns("only-in", Cells::Cut);

/// Lists the members of each of two groups that the other has not.
pub async fn diff(desk: &Desk, args: Diff) -> Result<(), Stop> {
    let client = &desk.client;
    let (one, other) = tokio::join!(resolve::group(client, &args.one), resolve::group(client, &args.other));
    let (one, other) = (one?, other?);
    let (left, right) = (&one.group, &other.group);
    let found = client
        .difference::<Box<RawValue>>(&left.id, &right.id, args.transitive, Urgency::Person)
        .await?;
    let mut items = Vec::new();
    for (group, objects) in [(left, found.only_one), (right, found.only_other)] {
        for object in objects {
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
    let (person, target) = tokio::join!(
        person::find(&desk.client, &args.user),
        resolve::group(&desk.client, &args.group)
    );
    let (person, target) = (person?, target?);
    let (user, group) = (&person.person.id, &target.group.id);
    let mut ways = desk
        .client
        .ways::<Box<RawValue>>(user, group, 1, Urgency::Person)
        .await?;
    let Some(way) = ways.pop() else {
        let what = format!("{} is no member of {}.", person.person.shown(), target.group.shown());
        let next = "Owners need not be members. Members by role, or of groups that hide theirs from you, are not seen.";
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
