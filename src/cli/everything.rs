//! Everything that the directory and people themselves say of a person.

use serde_json::value::RawValue;

use super::args::Output;
use super::desk::Desk;
use super::exit::{Stop, say};
use super::output::{self, Cells, Column, column, given};
use super::person;
use crate::domain::{About, Card, Id, Prose, Text};
use crate::graph::{Urgency, people};
use crate::protocol::{Problem, ProblemKind};

/// A person as the directory has them and as they say themselves.
#[derive(Clone)]
pub struct Everything {
    /// Graph's two answers as one object.
    json: String,
    /// What the directory has.
    pub card: Card,
    /// What people say themselves, as far as it could be read. It is kept elsewhere: a card without it is one, too.
    pub about: Option<About>,
}

const COLUMNS: &[Column<Everything>] = &[
    column("id", Cells::Key, |it, _| Text::new(it.card.person.id.as_str())),
    column("name", Cells::Cut, |it, _| it.card.person.name.clone()),
    column("given-name", Cells::Cut, |it, _| given(&it.card.person.given_name)),
    column("surname", Cells::Cut, |it, _| given(&it.card.person.surname)),
    column("title", Cells::Cut, |it, _| given(&it.card.person.job_title)),
    column("department", Cells::Cut, |it, _| given(&it.card.person.department)),
    column("company", Cells::Cut, |it, _| given(&it.card.person.company_name)),
    column("office", Cells::Cut, |it, _| given(&it.card.person.office_location)),
    column("kind", Cells::Cut, |it, _| {
        let kind = given(&it.card.person.user_type);
        Text::new(&kind.as_str().to_lowercase())
    }),
    column("phone", Cells::Cut, |it, _| joined(&it.card.person.business_phones)),
    column("mobile", Cells::Cut, |it, _| given(&it.card.person.mobile_phone)),
    column("fax", Cells::Cut, |it, _| given(&it.card.fax_number)),
    column("mail", Cells::Cut, |it, _| given(&it.card.person.mail)),
    column("other-mail", Cells::Cut, |it, _| joined(&it.card.other_mails)),
    column("messages", Cells::Cut, |it, _| joined(&it.card.im_addresses)),
    column("sign-in", Cells::Cut, |it, _| {
        given(&it.card.person.user_principal_name)
    }),
    column("addresses", Cells::Cut, |it, _| joined(&it.card.proxy_addresses)),
    column("street", Cells::Cut, |it, _| given(&it.card.street_address)),
    column("postal-code", Cells::Cut, |it, _| given(&it.card.postal_code)),
    column("city", Cells::Cut, |it, _| given(&it.card.person.city)),
    column("state", Cells::Cut, |it, _| given(&it.card.state)),
    column("country", Cells::Cut, |it, _| given(&it.card.person.country)),
    column("employee", Cells::Cut, |it, _| given(&it.card.employee_id)),
    column("employed-as", Cells::Cut, |it, _| given(&it.card.employee_type)),
    column("since", Cells::Cut, |it, _| day(&it.card.employee_hire_date)),
    column("language", Cells::Cut, |it, _| given(&it.card.preferred_language)),
    column("account", Cells::Cut, |it, _| {
        Text::new(match it.card.account_enabled {
            Some(false) => "disabled",
            Some(true) => "enabled",
            None => "",
        })
    }),
    column("made", Cells::Cut, |it, _| day(&it.card.created_date_time)),
    column("custom", Cells::Cut, |it, _| {
        let named = it.card.on_premises_extension_attributes.iter();
        let said: Vec<String> = named.map(|(name, value)| format!("{name}: {value}")).collect();
        Text::new(&said.join(", "))
    }),
    column("about", Cells::Cut, |it, _| {
        let words = it.about.as_ref().and_then(|about| about.about_me.as_ref());
        Text::new(words.map_or("", Prose::as_str).trim())
    }),
    column("responsibilities", Cells::Cut, |it, _| {
        said(it, |about| &about.responsibilities)
    }),
    column("skills", Cells::Cut, |it, _| said(it, |about| &about.skills)),
    column("interests", Cells::Cut, |it, _| said(it, |about| &about.interests)),
    column("past-projects", Cells::Cut, |it, _| {
        said(it, |about| &about.past_projects)
    }),
    column("schools", Cells::Cut, |it, _| said(it, |about| &about.schools)),
    column("birthday", Cells::Cut, |it, _| {
        it.about.as_ref().map(|about| day(&about.birthday)).unwrap_or_default()
    }),
    column("site", Cells::Cut, |it, _| {
        it.about.as_ref().map(|about| given(&about.my_site)).unwrap_or_default()
    }),
];

fn joined(texts: &[Text]) -> Text {
    let texts: Vec<&str> = texts.iter().map(Text::as_str).collect();
    Text::new(&texts.join(", "))
}

fn said(it: &Everything, of: fn(&About) -> &Vec<Text>) -> Text {
    it.about.as_ref().map(|about| joined(of(about))).unwrap_or_default()
}

/// The day of a moment as Graph wrote it. The year 1 stands for no day.
fn day(written: &Option<Text>) -> Text {
    let day = written.as_ref().map_or("", Text::as_str).split('T').next();
    Text::new(day.filter(|day| !day.starts_with("0001-")).unwrap_or_default())
}

/// Reads it all: of others as much as may be read.
///
/// # Errors
/// Whatever Graph or the network did to the card.
pub async fn read(desk: &Desk, whom: Option<&Id>) -> Result<Everything, Stop> {
    let (card, about) = tokio::join!(card(desk, whom), about(desk, whom));
    let (card_json, card) = card?;
    let about = about.inspect_err(|problem| {
        say(&format!(
            "note: what they say of themselves is left out: {}",
            problem.what
        ))
    });
    let (about_json, about) = about.ok().unzip();
    Ok(Everything {
        json: match about_json {
            Some(about) => merged(card_json.get(), about.get())?,
            None => card_json.get().to_owned(),
        },
        card,
        about,
    })
}

/// Shows it all.
pub async fn show(desk: &Desk, args: &Output, whom: Option<&Id>) -> Result<(), Stop> {
    let it = read(desk, whom).await?;
    output::show(desk, args, COLUMNS, &it.json, &it)
}

/// What the directory knows of a person; where not all may be read, what everybody may see.
async fn card(desk: &Desk, whom: Option<&Id>) -> Result<(Box<RawValue>, Card), Stop> {
    let (json, is_refused): (Box<RawValue>, bool) =
        match (desk.client.one(people::card(whom), Urgency::Person).await, whom) {
            (Err(problem), Some(id)) if problem.kind == ProblemKind::Forbidden => {
                (desk.client.one(people::person_basic(id), Urgency::Person).await?, true)
            }
            (card, _) => (card?, false),
        };
    let card: Card = output::read(json.get())?;
    if is_refused {
        say(person::HIDDEN);
    } else if whom.is_some() {
        person::tell_hidden(desk, &card);
    }
    Ok((json, card))
}

async fn about(desk: &Desk, whom: Option<&Id>) -> Result<(Box<RawValue>, About), Problem> {
    let json: Box<RawValue> = desk.client.one(people::about(whom), Urgency::Person).await?;
    let about = output::read(json.get())?;
    Ok((json, about))
}

/// One object with the members of both; annotations are those of the first.
fn merged(card: &str, about: &str) -> Result<String, Stop> {
    let there = output::members(card)?;
    let card = card.trim_end();
    let mut json = card.strip_suffix('}').unwrap_or(card).to_owned();
    for (name, value) in output::members(about)? {
        if !name.starts_with('@') && !there.contains_key(&name) {
            json.push_str(&format!(",{}:{}", serde_json::json!(name), value.get()));
        }
    }
    json.push('}');
    Ok(json)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_answers_are_one_object_and_nothing_comes_twice() {
        let card = r#"{"@odata.context":"c","id":"1","addresses":{"a":{}}} "#;
        let about = r#"{"@odata.context":"d","id":"1","skills":["a\"}"],"aboutMe":null}"#;
        let json = merged(card, about).unwrap();
        let read: serde_json::Value = serde_json::from_str(&json).unwrap();
        let expected = serde_json::json!({
            "@odata.context": "c", "id": "1", "addresses": {"a": {}}, "skills": ["a\"}"], "aboutMe": null
        });
        assert_eq!(read, expected);
    }

    #[test]
    fn a_day_is_no_moment_and_the_year_one_is_none() {
        assert_eq!(day(&Some("2019-03-01T00:00:00Z".into())).as_str(), "2019-03-01");
        assert_eq!(day(&Some("0001-01-01T00:00:00Z".into())).as_str(), "");
        assert_eq!(day(&None).as_str(), "");
    }
}
