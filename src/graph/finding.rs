//! People whom one looks for: those around oneself, and those whom the directory finds.

use serde::Deserialize;

use super::client::Client;
use super::pages::Page;
use super::people;
use super::permits::Urgency;
use super::request::Listing;
use crate::domain::{Id, Person, Text};
use crate::protocol::{Problem, ProblemKind};

/// Of whom one finds, so many are enough: whoever is not among them types on.
const ENOUGH: &str = "100";

/// Someone who matters to the person who is signed in; maybe a group, maybe nobody of the directory.
/// <https://learn.microsoft.com/graph/api/resources/person>
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Near {
    id: Id,
    display_name: Option<Text>,
    job_title: Option<Text>,
    department: Option<Text>,
    company_name: Option<Text>,
    office_location: Option<Text>,
    user_principal_name: Option<Text>,
    #[serde(default)]
    scored_email_addresses: Vec<Scored>,
    person_type: Option<PersonType>,
}

#[derive(Deserialize)]
struct Scored {
    address: Option<Text>,
}

#[derive(Deserialize)]
struct PersonType {
    class: Option<Text>,
    subclass: Option<Text>,
}

impl Near {
    fn is(&self, kind: impl Fn(&PersonType) -> &Option<Text>, name: &str) -> bool {
        let kind = self.person_type.as_ref().and_then(|whole| kind(whole).as_ref());
        kind.is_some_and(|kind| kind.as_str().eq_ignore_ascii_case(name))
    }

    /// As a person; `None` for a group, and for whoever could not be looked up.
    fn person(self) -> Option<Person> {
        if !self.is(|kind| &kind.class, "Person") {
            return None;
        }
        let in_directory = self.is(|kind| &kind.subclass, "OrganizationUser");
        let mail = self
            .scored_email_addresses
            .into_iter()
            .find_map(|scored| given(scored.address));
        let user_principal_name = given(self.user_principal_name);
        // Whoever is known from one's mailbox only has an id there, which the directory does not know.
        let id = if in_directory {
            self.id
        } else {
            Id::new(user_principal_name.as_ref().or(mail.as_ref())?.as_str())
        };
        Some(Person {
            id,
            name: given(self.display_name).or_else(|| mail.clone())?,
            user_principal_name,
            mail,
            job_title: given(self.job_title),
            department: given(self.department),
            company_name: given(self.company_name),
            office_location: given(self.office_location),
            ..Person::default()
        })
    }
}

/// Graph writes what is not known as an empty string here.
fn given(text: Option<Text>) -> Option<Text> {
    text.filter(|text| !text.is_empty())
}

impl Client {
    /// The people who matter to whoever is signed in, those who matter most first: persons only.
    ///
    /// # Errors
    /// Whatever Graph or the network did.
    pub async fn nearby(&self, urgency: Urgency) -> Result<Vec<Person>, Problem> {
        let page = self.first_page::<Near>(&people::nearby(), urgency).await?;
        Ok(page.items.into_iter().filter_map(Near::person).collect())
    }

    /// The best of those of whom a name or an address has the words. Where the service cannot search, those of whom one
    /// begins with them; where no more may be seen of others than their names, that much.
    ///
    /// # Errors
    /// Whatever Graph or the network did.
    pub async fn find_people(&self, term: &str, urgency: Urgency) -> Result<Page<Person>, Problem> {
        let found = match self.glance(people::search(term), urgency).await {
            Err(problem) if cannot_search(&problem) => self.glance(people::beginning_with(term), urgency).await,
            found => found,
        };
        match found {
            Err(problem) if problem.kind == ProblemKind::Forbidden => {
                self.glance(basic(people::search(term)), urgency).await
            }
            found => found,
        }
    }

    async fn glance(&self, mut listing: Listing, urgency: Urgency) -> Result<Page<Person>, Problem> {
        set(&mut listing, "$top", ENOUGH);
        self.first_page(&listing, urgency).await
    }
}

/// Whether this is how a service answers that does not search.
fn cannot_search(problem: &Problem) -> bool {
    matches!(problem.status, Some(400 | 501))
}

/// The same, with what everyone may see.
fn basic(mut listing: Listing) -> Listing {
    set(&mut listing, "$select", people::BASIC_FIELDS);
    listing
}

fn set(listing: &mut Listing, option: &str, value: &str) {
    for (name, old) in &mut listing.first.query {
        if *name == option {
            value.clone_into(old);
        }
    }
}
