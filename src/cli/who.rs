//! `folkmoot who TERM`: the look-up.

use std::num::NonZeroUsize;

use super::args::{Format, ListOutput, Who};
use super::desk::Desk;
use super::exit::Stop;
use super::output::{self, List};
use super::person::{self, Fit, Found};
use super::user::COLUMNS;
use crate::domain::{Person, Text};
use crate::graph::{Urgency, people};
use crate::protocol::{Problem, ProblemKind};

/// So many are shown where nobody says how many.
const USUAL: usize = 10;

/// Looks someone up: the card of the best match, with the manager, then a line for each of the others. Other formats list
/// all of them, the best first.
pub async fn run(desk: &Desk, args: Who) -> Result<(), Stop> {
    person::has_words(&args.term)?;
    let (found, all) = if args.all {
        let found = person::search(&desk.client, &args.term).await?;
        let count = found.len();
        (found, count)
    } else {
        let (found, all) = person::glance(&desk.client, &args.term).await?;
        match args.output.limit {
            Some(limit) if limit.get() > found.len() && all > found.len() => {
                (person::search(&desk.client, &args.term).await?, all)
            }
            _ => (found, all),
        }
    };
    let mut found = person::ranked(found, &args.term);
    let nobody = found.is_empty();
    // An address may be one that still arrives and is found by its owner's others only.
    if nobody && args.term.contains('@') {
        found.push((Fit::Whole, person::find(&desk.client, &args.term).await?));
    } else if nobody {
        return Err(Problem::new(
            ProblemKind::NotFound,
            &format!(
                "Nobody's name has “{}” in it, and no address begins with it.",
                args.term.trim()
            ),
            "Try another part of the name.",
        )
        .into());
    }
    if !args.all {
        found.truncate(args.output.limit.map_or(USUAL, NonZeroUsize::get));
    }
    if args.output.output.format() != Format::Table {
        return list(desk, &args.output, &found);
    }
    let mut others = found.into_iter();
    let Some((_, best)) = others.next() else {
        return Ok(());
    };
    let more = match args.output.output.select {
        None => vec![("manager", manager(desk, &best.person).await)],
        Some(_) => Vec::new(),
    };
    let Found { json, person } = &best;
    output::show_with(desk, &args.output.output, COLUMNS, json.get(), person, &more)?;
    let others: Vec<_> = others.collect();
    if others.is_empty() {
        return Ok(());
    }
    desk.out.print("\n")?;
    list(desk, &args.output, &others)?;
    match all.saturating_sub(others.len() + 1) {
        0 => Ok(()),
        more => desk.out.print(&format!("… and {more} more; --all shows them\n")),
    }
}

fn list(desk: &Desk, args: &ListOutput, found: &[(Fit, Found)]) -> Result<(), Stop> {
    let mut list = List::begin(desk, args, "people", COLUMNS)?;
    for (_, Found { json, person }) in found {
        list.add(json.get(), || Ok(person.clone()))?;
    }
    list.finish()
}

/// The manager's name and address. The card is worth having without them; the log says why they are missing.
async fn manager(desk: &Desk, person: &Person) -> Text {
    let Ok(manager) = desk
        .client
        .one::<Person>(people::manager(&person.id), Urgency::Person)
        .await
    else {
        return Text::default();
    };
    match manager.mail.or(manager.user_principal_name) {
        Some(mail) => Text::new(&format!("{} <{}>", manager.name.as_str(), mail.as_str())),
        None => manager.name,
    }
}
