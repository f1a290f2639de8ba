//! `folkmoot who TERM`: the look-up.

use std::num::NonZeroUsize;

use super::args::{Format, ListOutput, Who};
use super::desk::Desk;
use super::exit::{Stop, say};
use super::output::{self, List};
use super::person::{self, Fit, Found, Titles};
use super::user::COLUMNS;
use crate::domain::{Person, Text};
use crate::graph::{Urgency, people};
use crate::protocol::capability::DETAILS;
use crate::protocol::{Problem, ProblemKind};

/// So many are shown where nobody says how many.
const USUAL: usize = 10;
/// What the card says of the manager stands beside this.
const MANAGER: &str = "manager";
/// The rows that there are beside those of the others: the manager's, which may wrap, a heading, two that tell them apart.
const AROUND_OTHERS: usize = 6;

/// Looks someone up: the card of the best match, with the manager, then a line for each of the others. Other formats list
/// all of them, the best first.
pub async fn run(desk: &Desk, args: Who) -> Result<(), Stop> {
    let (found, all) = look_up(desk, &args).await?;
    let output = &args.output.output;
    let titles = Titles::default();
    for (_, Found { person, .. }) in found.iter().filter(|_| !output.format().is_json()) {
        titles.see(person.job_title.as_ref());
    }
    if output.format() != Format::Table {
        list(desk, &args.output, &found)?;
        return titles.tell_hidden(desk, output);
    }
    let mut others = found.into_iter();
    let Some((_, best)) = others.next() else {
        return Ok(());
    };
    let others: Vec<_> = others.collect();
    let wants_manager = output.select.is_none();
    let more: &[&str] = if wants_manager { &[MANAGER] } else { &[] };
    let (card, text) = output::card(desk, output, COLUMNS, &best.person, more)?;
    desk.out.print(&text)?;
    if wants_manager {
        desk.out.show_so_far(others.len() + AROUND_OTHERS)?;
        let manager = manager(desk, &best.person).await;
        desk.out.print(&card.line(MANAGER, &manager))?;
    }
    if !others.is_empty() {
        desk.out.print("\n")?;
        list(desk, &args.output, &others)?;
        let more = all.saturating_sub(others.len() + 1);
        if more > 0 {
            desk.out.print(&format!("… and {more} more; --all shows them\n"))?;
        }
    }
    titles.tell_hidden(desk, output)
}

/// Those who are to be shown, the best first, and how many there are.
///
/// # Errors
/// `NotFound` where there is nobody, and whatever Graph or the network did.
async fn look_up(desk: &Desk, args: &Who) -> Result<(Vec<(Fit, Found)>, usize), Stop> {
    let term = args.term.join(" ");
    person::has_words(&term)?;
    let (found, all) = if args.all {
        let found = person::search(&desk.client, &term).await?;
        let count = found.len();
        (found, count)
    } else {
        let (found, all) = person::glance(&desk.client, &term).await?;
        match args.output.limit {
            Some(limit) if limit.get() > found.len() && all > found.len() => {
                (person::search(&desk.client, &term).await?, all)
            }
            _ => (found, all),
        }
    };
    let mut found = person::ranked(found, &term);
    let nobody = found.is_empty();
    // An address may be one that still arrives and is found by its owner's others only.
    if nobody && term.contains('@') {
        found.push((Fit::Whole, person::find(&desk.client, &term).await?));
    } else if nobody {
        return Err(Problem::new(
            ProblemKind::NotFound,
            &format!(
                "Nobody's name has “{}” in it, and no address begins with it.",
                term.trim()
            ),
            "Try another part of the name.",
        )
        .into());
    }
    if !args.all {
        found.truncate(args.output.limit.map_or(USUAL, NonZeroUsize::get));
    }
    Ok((found, all))
}

fn list(desk: &Desk, args: &ListOutput, found: &[(Fit, Found)]) -> Result<(), Stop> {
    let mut list = List::begin(desk, args, "people", COLUMNS)?;
    for (_, Found { json, person }) in found {
        list.add(json.get(), || Ok(person.clone()))?;
    }
    list.finish()
}

/// The manager's name and address, or the permission that they need. The card is worth having without them.
async fn manager(desk: &Desk, person: &Person) -> Text {
    if desk.client.lacks(&DETAILS).is_some() {
        return Text::new(&format!("(hidden: needs {})", DETAILS.scope()));
    }
    let manager: Person = match desk.client.one(people::manager(&person.id), Urgency::Person).await {
        Ok(manager) => manager,
        Err(problem) if problem.kind == ProblemKind::NotFound => return Text::default(),
        Err(problem) => {
            say(&format!("note: the manager is left out: {problem}"));
            return Text::default();
        }
    };
    match manager.mail.or(manager.user_principal_name) {
        Some(mail) => Text::new(&format!("{} <{}>", manager.name.as_str(), mail.as_str())),
        None => manager.name,
    }
}
