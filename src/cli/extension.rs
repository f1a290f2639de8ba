//! `folkmoot extension …`

use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::args::{ExtensionBearer, ExtensionDelete, ExtensionList, ExtensionOne, ExtensionSet};
use super::confirm::{Plan, carry_out, command, quoted};
use super::desk::Desk;
use super::exit::Stop;
use super::output::{self, Cells, Column, List, column};
use super::{numbers, post, resolve};
use crate::domain::{Extension, Group, Id, Text, Thread};
use crate::graph::Urgency;
use crate::graph::extensions::Bearer;
use crate::protocol::{Problem, ProblemKind};

const COLUMNS: &[Column<Extension>] = &[
    column("name", Cells::Cut, |it, _| it.extension_name.clone()),
    column("data", Cells::Cut, |it, _| {
        Text::new(&Value::Object(it.data()).to_string())
    }),
    column("id", Cells::Key, |it, _| Text::new(it.id.as_str())),
];

/// What bears extensions, as Graph shows it with them.
#[derive(Deserialize)]
struct Laden {
    #[serde(default)]
    extensions: Vec<Box<RawValue>>,
}

/// Lists the extensions of a group or of a post.
pub async fn list(desk: &Desk, args: ExtensionList) -> Result<(), Stop> {
    let mut list = List::begin(desk, &args.output, "extensions", COLUMNS)?;
    let (bearer, _) = find(desk, &args.bearer).await?;
    let laden: Laden = desk.client.one(bearer.with_extensions(), Urgency::Person).await?;
    for json in laden.extensions {
        list.add(json.get(), || output::read(json.get()))?;
    }
    list.finish()
}

/// Shows one extension.
pub async fn show(desk: &Desk, args: ExtensionOne) -> Result<(), Stop> {
    let name = named(&args.name)?;
    let (bearer, _) = find(desk, &args.bearer).await?;
    let json: Box<RawValue> = desk.client.one(bearer.by_name(&name), Urgency::Person).await?;
    let extension = output::read(json.get())?;
    output::show(desk, &args.output, COLUMNS, json.get(), &extension)
}

/// Hangs an extension on a group or a post, or changes the one of this name.
pub async fn set(desk: &Desk, args: ExtensionSet) -> Result<(), Stop> {
    let name = named(&args.name)?;
    let data = read(&args.data)?;
    let (bearer, group) = find(desk, &args.bearer).await?;
    let laden: Laden = desk.client.one(bearer.with_extensions(), Urgency::Person).await?;
    let mut known = laden
        .extensions
        .iter()
        .filter_map(|json| output::read::<Extension>(json.get()).ok());
    let there = known.any(|it| it.extension_name.as_str().eq_ignore_ascii_case(name.as_str()));
    let (verb, request) = match there {
        true => (["change", "changed"], bearer.change(&name, data)?),
        false => (["add", "added"], bearer.add(&name, data)?),
    };
    let plan = Plan {
        verb,
        to: told(&args.name, &bearer, &group),
        request,
        typed: None,
        look: look(&bearer, &name),
    };
    carry_out(desk, &args.change, plan).await
}

/// Takes an extension away.
pub async fn delete(desk: &Desk, args: ExtensionDelete) -> Result<(), Stop> {
    let name = named(&args.name)?;
    let (bearer, group) = find(desk, &args.bearer).await?;
    let plan = Plan {
        verb: ["delete", "deleted"],
        to: told(&args.name, &bearer, &group),
        request: bearer.remove(&name),
        typed: Some(&Text::new(&args.name)),
        look: look(&bearer, &name),
    };
    carry_out(desk, &args.change, plan).await
}

/// What is meant, and the group that it is or belongs to.
async fn find(desk: &Desk, args: &ExtensionBearer) -> Result<(Bearer, Group), Stop> {
    let group = resolve::group(&desk.client, &args.group).await?.group;
    let post = match (&args.thread, &args.post) {
        (Some(thread), Some(post)) => {
            let thread = numbers::find::<Thread>(desk, &group.id, thread).await?;
            let (_, post) = post::find(desk, &group.id, &thread, post).await?;
            Some((thread, post))
        }
        _ => None,
    };
    let bearer = Bearer {
        group: group.id.clone(),
        post,
    };
    Ok((bearer, group))
}

/// What a change is about.
fn told(name: &str, bearer: &Bearer, group: &Group) -> String {
    let post = bearer.post.as_ref().map_or("", |_| "a post of ");
    format!("the extension “{name}” of {post}“{}”", group.shown())
}

/// The command that shows whether it has happened.
fn look(bearer: &Bearer, name: &Id) -> String {
    let command = command("extension show", &[&bearer.group, name]);
    match &bearer.post {
        Some((thread, post)) => format!("{command} --thread {} --post {}", quoted(thread), quoted(post)),
        None => command,
    }
}

/// A name that can stand in a path.
fn named(name: &str) -> Result<Id, Problem> {
    match name.trim() {
        "" => Err(Problem::new(
            ProblemKind::Usage,
            "An extension needs a name.",
            "Give a domain of yours backwards, as in com.contoso.billing.",
        )),
        name => Ok(Id::new(name)),
    }
}

/// The data of an extension.
fn read(json: &str) -> Result<Map<String, Value>, Problem> {
    let wrong = |why: &str| {
        let next = "Give an object, as in '{\"costCentre\": 7}'.";
        Problem::new(ProblemKind::Usage, &format!("The data is no JSON object: {why}."), next)
    };
    match serde_json::from_str(json) {
        Ok(Value::Object(data)) => Ok(data),
        Ok(_) => Err(wrong("it has no names in it")),
        Err(error) => Err(wrong(&error.to_string())),
    }
}
