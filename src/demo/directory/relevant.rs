//! The people, and groups, that someone works with: most relevant first.
//! <https://learn.microsoft.com/graph/people-example>

use std::collections::HashMap;

use super::group::Group;
use super::groups::no_mailbox;
use super::object::ObjectRef;
use super::person::Person;
use crate::demo::answer::Answer;
use crate::demo::call::Call;
use crate::demo::error::{GraphError, Result};
use crate::demo::ids::Guid;
use crate::demo::mail::list::{self, Item};
use crate::demo::odata::cell::Cell;
use crate::demo::odata::property::{Property, always};
use crate::demo::odata::search::words;
use crate::demo::state::{State, index, place};

/// Larger groups make nobody relevant.
const CLOSE: usize = 80;
/// How much each tie counts.
const MANAGER: f64 = 30.0;
const REPORT: f64 = 25.0;
const PEER: f64 = 15.0;
const SAME_GROUP: f64 = 4.0;
const OWN_GROUP: f64 = 10.0;
/// The header that says where a search looks; the directory is no part of it unless it is named.
const SOURCES: &str = "x-peoplequery-querysources";

/// Someone relevant, or a group.
struct Relevant {
    id: Guid,
    display_name: String,
    given_name: String,
    surname: String,
    job_title: String,
    department: String,
    office_location: String,
    principal_name: String,
    address: String,
    phones: Vec<(&'static str, String)>,
    class: &'static str,
    subclass: &'static str,
    score: f64,
}

/// Every property of `person` that Graph v1.0 has, in its order.
static PROPERTIES: &[Property<Relevant>] = &[
    always("id", |it| Cell::Guid(it.id)),
    always("displayName", |it| Cell::Text(&it.display_name)),
    always("givenName", |it| Cell::text(&it.given_name)),
    always("surname", |it| Cell::text(&it.surname)),
    always("birthday", |_| Cell::Text("")),
    always("personNotes", |_| Cell::Text("")),
    always("isFavorite", |_| Cell::Bool(false)),
    always("jobTitle", |it| Cell::text(&it.job_title)),
    always("companyName", |_| Cell::Null),
    always("yomiCompany", |_| Cell::Text("")),
    always("department", |it| Cell::text(&it.department)),
    always("officeLocation", |it| Cell::text(&it.office_location)),
    always("profession", |_| Cell::Text("")),
    always("userPrincipalName", |it| Cell::Text(&it.principal_name)),
    always("imAddress", |it| match it.class {
        "Person" => Cell::Owned(format!("sip:{}", it.address)),
        _ => Cell::Null,
    }),
    always("scoredEmailAddresses", |it| {
        Cell::List(vec![Cell::Map(vec![
            ("address", Cell::text(&it.address)),
            ("relevanceScore", Cell::Real(it.score)),
            ("selectionLikelihood", Cell::Text("notSpecified")),
        ])])
    }),
    always("phones", |it| {
        let phone = |(kind, number): &'_ (&'static str, String)| {
            Cell::Map(vec![
                ("type", Cell::Text(kind)),
                ("number", Cell::Owned(number.clone())),
            ])
        };
        Cell::List(it.phones.iter().map(phone).collect())
    }),
    always("postalAddresses", |_| Cell::List(Vec::new())),
    always("websites", |_| Cell::List(Vec::new())),
    always("personType", |it| {
        Cell::Map(vec![
            ("class", Cell::Text(it.class)),
            ("subclass", Cell::Text(it.subclass)),
        ])
    }),
];

impl Relevant {
    fn person(person: &Person, score: f64) -> Relevant {
        let phones = [("mobile", &person.mobile_phone), ("business", &person.business_phone)];
        let known = phones.into_iter().filter(|(_, number)| !number.is_empty());
        Relevant {
            id: person.id,
            display_name: person.display_name.clone(),
            given_name: person.given_name.clone(),
            surname: person.surname.clone(),
            job_title: person.job_title.clone(),
            department: person.department.clone(),
            office_location: person.office_location.clone(),
            principal_name: person.principal_name.clone(),
            address: person.mail.clone(),
            phones: known.map(|(kind, number)| (kind, number.clone())).collect(),
            class: "Person",
            subclass: if person.guest {
                "ImplicitContact"
            } else {
                "OrganizationUser"
            },
            score,
        }
    }

    fn group(group: &Group, score: f64) -> Relevant {
        Relevant {
            id: group.id,
            display_name: group.display_name.clone(),
            given_name: String::new(),
            surname: String::new(),
            job_title: String::new(),
            department: String::new(),
            office_location: String::new(),
            principal_name: String::new(),
            address: group.mail.clone(),
            phones: Vec::new(),
            class: "Group",
            subclass: "UnifiedGroup",
            score,
        }
    }

    fn of(state: &State, object: ObjectRef, score: f64) -> Option<Relevant> {
        match object {
            ObjectRef::Person(at) => Some(Relevant::person(state.person(at)?, score)),
            ObjectRef::Group(at) => Some(Relevant::group(state.groups.get(index(at))?, score)),
            _ => None,
        }
    }

    /// Whether each of these words is like one of the name's or the address's.
    fn is_like(&self, wanted: &[String]) -> bool {
        let local = self.address.split('@').next().unwrap_or_default();
        let own: Vec<String> = [self.display_name.as_str(), &self.given_name, &self.surname, local]
            .into_iter()
            .flat_map(words)
            .collect();
        wanted.iter().all(|wanted| own.iter().any(|own| alike(own, wanted)))
    }

    /// Whether the work has to do with a topic.
    fn is_about(&self, wanted: &[String]) -> bool {
        let own: Vec<String> = [&self.job_title, &self.department]
            .into_iter()
            .flat_map(|it| words(it))
            .collect();
        wanted
            .iter()
            .all(|wanted| own.iter().any(|own| own.starts_with(wanted.as_str())))
    }
}

/// Whether a word begins with another, or would but for a slip or two.
fn alike(own: &str, wanted: &str) -> bool {
    let length = wanted.chars().count();
    let slips = match length {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    };
    let beginning: String = own.chars().take(length).collect();
    own.starts_with(wanted)
        || (slips > 0
            && (strsim::damerau_levenshtein(own, wanted) <= slips
                || strsim::damerau_levenshtein(&beginning, wanted) < slips))
}

/// `GET …/people`.
pub fn list(call: &mut Call<'_>) -> Result<Answer> {
    let person = call.person()?;
    if call.state.person(person).is_some_and(|person| person.guest) {
        return Err(no_mailbox());
    }
    let near = near(call.state, person).into_iter();
    let mut people: Vec<Relevant> = near
        .filter_map(|(object, score)| Relevant::of(call.state, object, score))
        .collect();
    if let Some(search) = &call.query.search {
        people = found(call, person, people, search)?;
    }
    list::retain(call, PROPERTIES, "person", &mut people)?;
    let chosen = list::choose(call, PROPERTIES, "person")?;
    list::page(call, (PROPERTIES, "person"), people.iter().collect(), |item| {
        Item::plain(item, &chosen)
    })
}

/// Who and which groups are near a person, nearest first.
pub fn near(state: &State, person: u32) -> Vec<(ObjectRef, f64)> {
    let mut scores: HashMap<ObjectRef, f64> = HashMap::new();
    let mut tie = |object: ObjectRef, score: f64| *scores.entry(object).or_default() += score;
    if let Some(manager) = state.person(person).and_then(|person| person.manager) {
        tie(ObjectRef::Person(manager), MANAGER);
        state.reports_of(manager).into_iter().for_each(|peer| tie(peer, PEER));
    }
    state
        .reports_of(person)
        .into_iter()
        .for_each(|report| tie(report, REPORT));
    let me = ObjectRef::Person(person);
    for (at, group) in state
        .groups
        .iter()
        .enumerate()
        .filter(|(_, group)| group.members.has(me))
    {
        let members = group.members.all();
        let shared = if group.mailbox.is_some() {
            SAME_GROUP
        } else {
            SAME_GROUP / 4.0
        };
        if members.len() <= CLOSE {
            members.iter().for_each(|member| tie(*member, shared));
        }
        if group.mailbox.is_some() {
            tie(ObjectRef::Group(place(at)), OWN_GROUP);
        }
    }
    scores.remove(&me);
    let mut near: Vec<(ObjectRef, f64)> = scores.into_iter().collect();
    near.sort_by(|(a, near), (b, far)| far.total_cmp(near).then(a.cmp(b)));
    near
}

/// Those whom a search finds: among the relevant, and then in the directory where the header asks for it.
fn found(call: &Call<'_>, person: u32, people: Vec<Relevant>, search: &str) -> Result<Vec<Relevant>> {
    let invalid = |message: &str| GraphError::new(400, "ErrorInvalidRequest", message);
    if person != call.caller.me {
        return Err(invalid("Search is available for the signed-in user only."));
    }
    if call.query.skip > 0 {
        return Err(invalid("The query options $search and $skip cannot be combined."));
    }
    let term = search.trim().trim_matches('"');
    let by_topic = term.get(..6).is_some_and(|start| start.eq_ignore_ascii_case("topic:"));
    let wanted = words(if by_topic {
        term.get(6..).unwrap_or_default()
    } else {
        term
    });
    let fits = |relevant: &Relevant| {
        !wanted.is_empty()
            && if by_topic {
                relevant.is_about(&wanted)
            } else {
                relevant.is_like(&wanted)
            }
    };
    let mut found: Vec<Relevant> = people.into_iter().filter(fits).collect();
    let sources = call.request.header(SOURCES).unwrap_or_default().to_ascii_lowercase();
    if sources.split(',').any(|source| source.trim() == "directory") {
        let known: std::collections::HashSet<Guid> = found.iter().map(|relevant| relevant.id).collect();
        let others = call.state.people.iter().filter(|person| !known.contains(&person.id));
        found.extend(others.map(|person| Relevant::person(person, 0.0)).filter(fits));
    }
    Ok(found)
}
