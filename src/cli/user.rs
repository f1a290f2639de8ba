//! `folkmoot user …` and `folkmoot me …`

use futures_util::StreamExt;
use serde_json::value::RawValue;

use super::args::{MeShow, UserGroups, UserList, UserOne, UserSearch, UserShow};
use super::desk::Desk;
use super::exit::{Stop, say};
use super::output::{self, Cells, Column, List, add_all, column, fill, fill_and_see, given};
use super::person::{self, Found, Titles};
use super::{everything, group, holders};
use crate::domain::{Group, Person, Text};
use crate::graph::{Urgency, groups, people};
use crate::protocol::{Problem, ProblemKind};

/// What is shown of a person.
pub const COLUMNS: &[Column<Person>] = &[
    column("id", Cells::Key, |person, _| Text::new(person.id.as_str())),
    column("name", Cells::Cut, |person, _| person.name.clone()),
    column("title", Cells::Cut, |person, _| given(&person.job_title)),
    column("department", Cells::Cut, |person, _| given(&person.department)),
    column("mail", Cells::Cut, |person, _| {
        given(if person.mail.is_some() {
            &person.mail
        } else {
            &person.user_principal_name
        })
    }),
    column("phone", Cells::Absent, |person, _| {
        person.business_phones.first().cloned().unwrap_or_default()
    }),
    column("mobile", Cells::Absent, |person, _| given(&person.mobile_phone)),
    column("office", Cells::Absent, |person, _| given(&person.office_location)),
    column("city", Cells::Absent, |person, _| given(&person.city)),
    column("country", Cells::Absent, |person, _| given(&person.country)),
    column("company", Cells::Absent, |person, _| given(&person.company_name)),
    column("kind", Cells::Absent, |person, _| {
        let kind = given(&person.user_type);
        Text::new(&kind.as_str().to_lowercase())
    }),
    column("sign-in", Cells::Absent, |person, _| given(&person.user_principal_name)),
];

/// Shows one person.
pub async fn show(desk: &Desk, args: UserShow) -> Result<(), Stop> {
    if args.full {
        let whom = person::whom(&desk.client, &args.user).await?;
        return everything::show(desk, &args.output, whom.as_ref()).await;
    }
    let Found { json, person } = person::find(&desk.client, &args.user).await?;
    output::show(desk, &args.output, COLUMNS, json.get(), &person)?;
    person::tell_hidden(desk, &person.into());
    Ok(())
}

/// Shows who is signed in.
pub async fn me(desk: &Desk, args: MeShow) -> Result<(), Stop> {
    if args.full {
        return everything::show(desk, &args.output, None).await;
    }
    let Found { json, person } = person::find(&desk.client, person::ME).await?;
    output::show(desk, &args.output, COLUMNS, json.get(), &person)
}

/// Shows a person's manager.
pub async fn manager(desk: &Desk, args: UserOne) -> Result<(), Stop> {
    let Found { person, .. } = person::find(&desk.client, &args.user).await?;
    let read = people::manager(&person.id);
    let json: Box<RawValue> = match desk.client.one(read, Urgency::Person).await {
        Ok(json) => json,
        Err(problem) if problem.kind == ProblemKind::NotFound => {
            let what = format!("{} has no manager in the directory.", person.shown());
            return Err(Problem::new(ProblemKind::NotFound, &what, "").into());
        }
        Err(problem) => return Err(problem.into()),
    };
    let manager: Person = output::read(json.get())?;
    output::show(desk, &args.output, COLUMNS, json.get(), &manager)
}

/// Lists those who report to a person.
pub async fn reports(desk: &Desk, args: UserList) -> Result<(), Stop> {
    let list = List::begin(desk, &args.output, "reports", COLUMNS)?;
    let person = person::id(&desk.client, &args.user).await?;
    let titles = Titles::default();
    let see = |person: &Person| titles.see(person.job_title.as_ref());
    fill_and_see(desk, list, people::reports_whole(&person), see).await?;
    titles.tell_hidden(desk, &args.output.output)
}

/// Lists the groups that a person belongs to.
pub async fn groups(desk: &Desk, args: UserGroups) -> Result<(), Stop> {
    if args.security_only || args.objects {
        return holders::of_person(desk, args).await;
    }
    let list: List<Group> = List::begin(desk, &args.output, "groups", group::COLUMNS)?;
    let person = person::id(&desk.client, &args.user).await?;
    fill(desk, list, groups::of_person(&person, args.transitive)).await
}

/// Finds people.
pub async fn search(desk: &Desk, args: UserSearch) -> Result<(), Stop> {
    let words = args.words.join(" ");
    person::has_words(&words)?;
    let mut list: List<Person> = List::begin(desk, &args.output, "people", COLUMNS)?;
    let listing = list.ask(people::search(&words), &[]);
    let mut pages = desk.client.pages::<Box<RawValue>>(listing, Urgency::Person).peekable();
    let titles = Titles::default();
    let see = |person: &Person| titles.see(person.job_title.as_ref());
    // Nothing has been printed yet: another way of asking may take its place.
    let refused = std::pin::Pin::new(&mut pages)
        .peek()
        .await
        .is_some_and(|page| matches!(page, Err(problem) if person::cannot_search(problem)));
    if refused {
        say("note: this service cannot search; only names and addresses that begin with it are shown");
        fill_and_see(desk, list, people::beginning_with(&words), see).await?;
    } else {
        add_all(list, pages, see).await?;
    }
    titles.tell_hidden(desk, &args.output.output)
}
