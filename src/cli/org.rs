//! `folkmoot org …`: who reports to whom.

use std::collections::{HashMap, HashSet};

use futures_util::{StreamExt, TryStreamExt};
use serde_json::Value;
use serde_json::value::RawValue;

use super::args::{Format, OrgTree, Output, TwoPeople};
use super::computed::{self, Item};
use super::desk::Desk;
use super::exit::Stop;
use super::output::{Cells, Column, column};
use super::person::{self, Found, Titles};
use crate::domain::{Id, Person, Text};
use crate::graph::{Client, Urgency, people};
use crate::protocol::{Problem, ProblemKind};
use crate::text::truncate;

/// So many levels below are shown where nobody says how many.
const USUAL_DEPTH: usize = 2;
/// So many people's reports are asked for at a time.
const AT_A_TIME: usize = 4;

/// Someone's place.
#[derive(Clone)]
struct Place {
    /// In a tree how deep, in a path which way.
    step: Step,
    person: Person,
    manager: Option<Id>,
}

#[derive(Clone, Copy)]
enum Step {
    Deep(usize),
    Way(&'static str),
}

const COLUMNS: &[Column<Place>] = &[
    column("id", Cells::Key, |it, _| Text::new(it.person.id.as_str())),
    column("step", Cells::Whole(4), |it, _| match it.step {
        Step::Deep(depth) => Text::new(&depth.to_string()),
        Step::Way(way) => Text::new(way),
    }),
    column("name", Cells::Cut, |it, _| it.person.name.clone()),
    column("title", Cells::Cut, |it, _| {
        it.person.job_title.clone().unwrap_or_default()
    }),
    column("department", Cells::Absent, |it, _| {
        it.person.department.clone().unwrap_or_default()
    }),
    column("mail", Cells::Cut, |it, _| it.person.mail.clone().unwrap_or_default()),
    column("manager", Cells::Absent, |it, _| {
        it.manager.as_ref().map(|id| Text::new(id.as_str())).unwrap_or_default()
    }),
];

impl Place {
    fn item(step: Step, found: Found, manager: Option<Id>) -> Item<Place> {
        let name = match step {
            Step::Deep(depth) => format!("\"depth\":{depth}"),
            Step::Way(way) => format!("\"step\":\"{way}\""),
        };
        let above = manager.as_ref().map_or(Value::Null, |id| id.as_str().into());
        Item {
            json: format!("{{{name},\"manager\":{above},\"person\":{}}}", found.json.get()),
            row: Place {
                step,
                person: found.person,
                manager,
            },
        }
    }
}

/// Shows a person with those below, or with those above.
pub async fn tree(desk: &Desk, args: OrgTree) -> Result<(), Stop> {
    let person = person::find(&desk.client, &args.user).await?;
    let depth = args.depth.map(std::num::NonZeroUsize::get);
    let items = if args.up {
        above(&desk.client, person, depth.unwrap_or(usize::MAX)).await?
    } else {
        below(&desk.client, person, depth.unwrap_or(USUAL_DEPTH)).await?
    };
    let titles = seen(&args.output.output, &items);
    if args.output.output.format() == Format::Table && args.output.output.select.is_none() {
        let most = args.output.limit.map_or(usize::MAX, std::num::NonZeroUsize::get);
        draw(desk, items.iter().take(most).map(|item| &item.row))?;
    } else {
        computed::print(desk, &args.output, ("org-tree", "people"), COLUMNS, &[], items)?;
    }
    titles.tell_hidden(desk, &args.output.output)
}

/// The titles of those who are shown. JSON is Graph's own.
fn seen(args: &Output, items: &[Item<Place>]) -> Titles {
    let titles = Titles::default();
    for item in items.iter().filter(|_| !args.format().is_json()) {
        titles.see(item.row.person.job_title.as_ref());
    }
    titles
}

/// The highest manager first, each a step deeper.
async fn above(client: &Client, person: Found, most: usize) -> Result<Vec<Item<Place>>, Stop> {
    let mut chain = managers(client, &person.person.id).await?;
    chain.truncate(most);
    let mut line: Vec<Found> = chain.into_iter().rev().collect();
    line.push(person);
    let mut manager = None;
    let place = |(depth, found): (usize, Found)| {
        let id = found.person.id.clone();
        Place::item(Step::Deep(depth), found, manager.replace(id))
    };
    Ok(line.into_iter().enumerate().map(place).collect())
}

/// A person's managers, the nearest first. A circle ends where it began.
async fn managers(client: &Client, person: &Id) -> Result<Vec<Found>, Stop> {
    let mut at: Value = client.one(people::with_managers(person), Urgency::Person).await?;
    let (mut chain, mut met) = (Vec::new(), HashSet::from([person.clone()]));
    while let Some(mut manager) = at.get_mut("manager").map(Value::take).filter(Value::is_object) {
        at = Value::Null;
        if let Some(fields) = manager.as_object_mut() {
            at = fields
                .remove("manager")
                .map_or(Value::Null, |above| serde_json::json!({ "manager": above }));
        }
        let found = Found::read(raw(&manager)?)?;
        if !met.insert(found.person.id.clone()) {
            break;
        }
        chain.push(found);
    }
    Ok(chain)
}

fn raw(value: &Value) -> Result<Box<RawValue>, Problem> {
    serde_json::value::to_raw_value(value)
        .map_err(|_| Problem::new(ProblemKind::General, "Graph's answer could not be taken apart.", ""))
}

/// A person, then the reports of each level, as far down as is wanted; in the order in which a tree is read.
async fn below(client: &Client, person: Found, most: usize) -> Result<Vec<Item<Place>>, Stop> {
    let root = person.person.id.clone();
    let mut met = HashSet::from([root.clone()]);
    let mut reports: HashMap<Id, Vec<Found>> = HashMap::new();
    let mut level = vec![root];
    for _ in 0..most {
        if level.is_empty() {
            break;
        }
        let asked = futures_util::stream::iter(level.drain(..)).map(async |manager| {
            let found = client
                .gather::<Box<RawValue>>(people::reports_whole(&manager), Urgency::Person)
                .await?;
            Ok::<_, Problem>((manager, found))
        });
        let answers: Vec<_> = asked.buffered(AT_A_TIME).try_collect().await?;
        for (manager, found) in answers {
            let found: Vec<Found> = found.into_iter().map(Found::read).collect::<Result<_, _>>()?;
            let mut new: Vec<Found> = found
                .into_iter()
                .filter(|it| met.insert(it.person.id.clone()))
                .collect();
            new.sort_by_cached_key(|it| it.person.name.as_str().to_lowercase());
            level.extend(new.iter().map(|it| it.person.id.clone()));
            reports.insert(manager, new);
        }
    }
    let mut items = Vec::new();
    let mut waiting = vec![(0, person, None)];
    while let Some((depth, found, manager)) = waiting.pop() {
        let id = found.person.id.clone();
        let own = reports.remove(&id).unwrap_or_default();
        waiting.extend(own.into_iter().rev().map(|it| (depth + 1, it, Some(id.clone()))));
        items.push(Place::item(Step::Deep(depth), found, manager));
    }
    Ok(items)
}

/// Draws a tree, a line for each, cut at the terminal's width.
fn draw<'a>(desk: &Desk, places: impl Iterator<Item = &'a Place>) -> Result<(), Stop> {
    let places: Vec<(usize, &Person)> = places
        .map(|it| match it.step {
            Step::Deep(depth) => (depth, &it.person),
            Step::Way(_) => (0, &it.person),
        })
        .collect();
    let mut drawing = String::new();
    for (at, (depth, person)) in places.iter().enumerate() {
        let mut line = String::new();
        for level in 1..=*depth {
            // Whether somebody follows on this level before the tree goes back above it.
            let rest = places.get(at + 1..).unwrap_or_default();
            let goes_on = rest
                .iter()
                .find(|(other, _)| *other <= level)
                .is_some_and(|(other, _)| *other == level);
            line.push_str(match (level == *depth, goes_on) {
                (true, true) => "├─ ",
                (true, false) => "└─ ",
                (false, true) => "│  ",
                (false, false) => "   ",
            });
        }
        line.push_str(person.name.as_str());
        if let Some(title) = &person.job_title {
            line.push_str("  ");
            line.push_str(title.as_str());
        }
        drawing.push_str(&truncate(&line, desk.screen.width.unwrap_or(usize::MAX)));
        drawing.push('\n');
    }
    desk.out.print(&drawing)
}

/// Shows the way from one person up to the manager that both have, and down to the other.
pub async fn path(desk: &Desk, args: TwoPeople) -> Result<(), Stop> {
    let (one, other) = tokio::join!(line(&desk.client, &args.one), line(&desk.client, &args.other));
    let (one, other) = (one?, other?);
    let place = |found: &Found| other.iter().position(|it| it.person.id == found.person.id);
    let Some((up, down)) = one.iter().enumerate().find_map(|(at, found)| Some((at, place(found)?))) else {
        let name = |line: &[Found]| line.first().map(|it| it.person.name.clone()).unwrap_or_default();
        let what = format!("{} and {} have no manager in common.", name(&one), name(&other));
        return Err(Problem::new(ProblemKind::NotFound, &what, "").into());
    };
    let manager_of = |line: &[Found], at: usize| line.get(at + 1).map(|it| it.person.id.clone());
    let mut items = Vec::new();
    let above: Vec<Option<Id>> = (0..one.len()).map(|at| manager_of(&one, at)).collect();
    let beside: Vec<Option<Id>> = (0..other.len()).map(|at| manager_of(&other, at)).collect();
    for ((at, found), manager) in one.into_iter().enumerate().zip(above).take(up + 1) {
        let way = if at == up { "top" } else { "up" };
        items.push(Place::item(Step::Way(way), found, manager));
    }
    let descent: Vec<_> = other.into_iter().zip(beside).take(down).collect();
    for (found, manager) in descent.into_iter().rev() {
        items.push(Place::item(Step::Way("down"), found, manager));
    }
    computed::print(desk, &args.output, ("org-path", "people"), COLUMNS, &[], items)
}

/// A person and the managers above.
async fn line(client: &Client, key: &str) -> Result<Vec<Found>, Stop> {
    let person = person::find(client, key).await?;
    let managers = managers(client, &person.person.id).await?;
    Ok(std::iter::once(person).chain(managers).collect())
}
