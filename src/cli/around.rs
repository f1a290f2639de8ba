//! `folkmoot user people`, `trending` and `teams`: what lies around a person.

use serde::Deserialize;

use super::args::{UserPeople, UserTeams, UserTrending};
use super::desk::Desk;
use super::exit::Stop;
use super::output::{Cells, Column, List, column, fill, given};
use super::person;
use crate::domain::{Document, Id, Team, Text};
use crate::graph::around;
use crate::protocol::{Problem, ProblemKind};

/// Whom someone works with. <https://learn.microsoft.com/graph/api/resources/person>
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Near {
    id: Id,
    display_name: Option<Text>,
    job_title: Option<Text>,
    department: Option<Text>,
    office_location: Option<Text>,
    user_principal_name: Option<Text>,
    #[serde(default)]
    scored_email_addresses: Vec<Scored>,
    #[serde(default)]
    phones: Vec<Phone>,
    person_type: Option<PersonType>,
}

#[derive(Clone, Deserialize)]
struct Scored {
    address: Option<Text>,
}

#[derive(Clone, Deserialize)]
struct Phone {
    number: Option<Text>,
}

#[derive(Clone, Deserialize)]
struct PersonType {
    class: Option<Text>,
}

const NEAR: &[Column<Near>] = &[
    column("id", Cells::Key, |it, _| Text::new(it.id.as_str())),
    column("name", Cells::Cut, |it, _| given(&it.display_name)),
    column("title", Cells::Cut, |it, _| given(&it.job_title)),
    column("department", Cells::Cut, |it, _| given(&it.department)),
    column("mail", Cells::Cut, |it, _| {
        let address = it
            .scored_email_addresses
            .iter()
            .find_map(|scored| scored.address.clone());
        address.or_else(|| it.user_principal_name.clone()).unwrap_or_default()
    }),
    column("phone", Cells::Absent, |it, _| {
        it.phones
            .iter()
            .find_map(|phone| phone.number.clone())
            .unwrap_or_default()
    }),
    column("office", Cells::Absent, |it, _| given(&it.office_location)),
    column("kind", Cells::Absent, |it, _| {
        let class = it
            .person_type
            .as_ref()
            .map(|kind| given(&kind.class))
            .unwrap_or_default();
        Text::new(&class.as_str().to_lowercase())
    }),
];

const DOCUMENTS: &[Column<Document>] = &[
    column("id", Cells::Absent, |it, _| Text::new(it.id.as_str())),
    column("title", Cells::Cut, |it, _| given(&it.resource_visualization.title)),
    column("kind", Cells::Whole(5), |it, _| {
        given(&it.resource_visualization.r#type)
    }),
    column("where", Cells::Cut, |it, _| {
        given(&it.resource_visualization.container_display_name)
    }),
    column("changed", Cells::Absent, |it, times| {
        times.write(it.last_modified_date_time)
    }),
    column("begins", Cells::Absent, |it, _| {
        given(&it.resource_visualization.preview_text)
    }),
    column("url", Cells::Key, |it, _| given(&it.resource_reference.web_url)),
];

const TEAMS: &[Column<Team>] = &[
    column("id", Cells::Key, |it, _| Text::new(it.id.as_str())),
    column("name", Cells::Cut, |it, _| it.name.clone()),
    column("archived", Cells::Whole(8), |it, _| match it.is_archived {
        None => Text::default(),
        Some(archived) => Text::new(if archived { "yes" } else { "no" }),
    }),
    column("description", Cells::Cut, |it, _| given(&it.description)),
];

/// Lists whom a person works with.
pub async fn people(desk: &Desk, args: UserPeople) -> Result<(), Stop> {
    let list: List<Near> = List::begin(desk, &args.output, "people", NEAR)?;
    let person = person::whom(&desk.client, &args.user).await?;
    if let Some(term) = &args.search {
        person::has_words(term)?;
        if person.is_some() {
            let what = "Graph searches only among the people that you work with yourself.";
            let next = "Leave the user out, or use `folkmoot user search`.";
            return Err(Problem::new(ProblemKind::Usage, what, next).into());
        }
    }
    fill(
        desk,
        list,
        around::relevant(person.as_ref(), args.search.as_deref(), !args.groups),
    )
    .await
}

/// Lists documents around a person.
pub async fn trending(desk: &Desk, args: UserTrending) -> Result<(), Stop> {
    let list: List<Document> = List::begin(desk, &args.output, "documents", DOCUMENTS)?;
    let person = person::whom(&desk.client, &args.user).await?;
    fill(desk, list, around::trending(person.as_ref(), args.kind.as_deref())).await
}

/// Lists a person's teams.
pub async fn teams(desk: &Desk, args: UserTeams) -> Result<(), Stop> {
    let list: List<Team> = List::begin(desk, &args.output, "teams", TEAMS)?;
    let person = person::whom(&desk.client, &args.user).await?;
    let listing = match args.associated {
        true => around::associated_teams(person.as_ref()),
        false => around::joined_teams(person.as_ref()),
    };
    fill(desk, list, listing).await
}
