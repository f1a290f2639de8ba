//! What people say of themselves, which lives in SharePoint, and how a person is changed.
//! <https://learn.microsoft.com/graph/api/user-update>

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::person::{self, Person};
use crate::demo::answer::Answer;
use crate::demo::call::Call;
use crate::demo::error::{GraphError, Result};
use crate::demo::odata::cell::Cell;
use crate::demo::odata::property::find;
use crate::demo::state::index;

/// What SharePoint keeps of a person. Empty text stands for `null`.
#[derive(Clone, Debug, Default)]
#[allow(missing_docs)] // Graph's own names
pub struct Profile {
    pub about_me: String,
    pub birthday: Option<Timestamp>,
    pub my_site: String,
    pub interests: Vec<String>,
    pub past_projects: Vec<String>,
    pub responsibilities: Vec<String>,
    pub schools: Vec<String>,
    pub skills: Vec<String>,
}

/// How Graph writes a day that nobody gave.
const NO_DAY: Cell<'static> = Cell::Text("0001-01-01T00:00:00Z");

impl Person {
    /// A text of the profile.
    pub fn told(&self, which: fn(&Profile) -> &String) -> Cell<'_> {
        self.profile
            .as_deref()
            .map_or(Cell::Null, |profile| Cell::text(which(profile)))
    }

    /// A list of the profile.
    pub fn listed(&self, which: fn(&Profile) -> &Vec<String>) -> Cell<'_> {
        let items = self.profile.as_deref().map(which).into_iter().flatten();
        Cell::texts(items.map(String::as_str))
    }

    /// The day of birth.
    pub fn birthday(&self) -> Cell<'_> {
        let day = self.profile.as_deref().and_then(|profile| profile.birthday);
        day.map_or(NO_DAY, Cell::Time)
    }
}

/// Where a property is kept, and so what it may be changed together with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Store {
    Directory,
    SharePoint,
}

/// Sets a property; `false` where the value is of another type than the property's.
type Set = fn(&mut Person, &Value) -> bool;

/// What people may change of themselves.
const OWN: &[(&str, Store, Set)] = &[
    ("mobilePhone", Store::Directory, |it, value| {
        text(&mut it.mobile_phone, value)
    }),
    ("businessPhones", Store::Directory, |it, value| {
        match value.as_array().map(Vec::as_slice) {
            Some([]) => text(&mut it.business_phone, &Value::Null),
            Some([one]) => text(&mut it.business_phone, one),
            _ => false,
        }
    }),
    ("aboutMe", Store::SharePoint, |it, value| {
        text(&mut profile(it).about_me, value)
    }),
    ("birthday", Store::SharePoint, |it, value| {
        let day = value.as_str().and_then(|day| day.parse().ok());
        profile(it).birthday = day;
        day.is_some() || value.is_null()
    }),
    ("interests", Store::SharePoint, |it, value| {
        texts(&mut profile(it).interests, value)
    }),
    ("mySite", Store::SharePoint, |it, value| {
        text(&mut profile(it).my_site, value)
    }),
    ("pastProjects", Store::SharePoint, |it, value| {
        texts(&mut profile(it).past_projects, value)
    }),
    ("responsibilities", Store::SharePoint, |it, value| {
        texts(&mut profile(it).responsibilities, value)
    }),
    ("schools", Store::SharePoint, |it, value| {
        texts(&mut profile(it).schools, value)
    }),
    ("skills", Store::SharePoint, |it, value| {
        texts(&mut profile(it).skills, value)
    }),
];

/// What only an administrator may change, and nobody of this company signs in as one.
const ADMINISTRATORS: &[&str] = &[
    "accountEnabled",
    "city",
    "companyName",
    "country",
    "department",
    "displayName",
    "employeeHireDate",
    "employeeId",
    "employeeType",
    "faxNumber",
    "givenName",
    "jobTitle",
    "mailNickname",
    "officeLocation",
    "onPremisesExtensionAttributes",
    "otherMails",
    "passwordProfile",
    "postalCode",
    "preferredLanguage",
    "state",
    "streetAddress",
    "surname",
    "usageLocation",
    "userPrincipalName",
    "userType",
];

fn profile(person: &mut Person) -> &mut Profile {
    person.profile.get_or_insert_default()
}

fn text(place: &mut String, value: &Value) -> bool {
    match value {
        Value::Null => place.clear(),
        Value::String(text) => place.clone_from(text),
        _ => return false,
    }
    true
}

fn texts(place: &mut Vec<String>, value: &Value) -> bool {
    let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
    let texts: Vec<String> = items.iter().filter_map(Value::as_str).map(str::to_owned).collect();
    let fits = texts.len() == items.len() && (value.is_array() || value.is_null());
    *place = texts;
    fits
}

/// `PATCH /me` and `PATCH /users/{user}`. Directory and SharePoint are not changed in one request, and either all of a
/// request's properties are changed or none.
pub fn update(call: &mut Call<'_>) -> Result<Answer> {
    let at = call.person()?;
    let fields = call.request.fields()?;
    let mut changed = call
        .state
        .person(at)
        .cloned()
        .ok_or_else(|| GraphError::internal("the person is gone"))?;
    let settings = settings(&fields)?;
    let in_store = |store: Store| settings.iter().any(|(_, of, ..)| *of == store);
    if in_store(Store::Directory) && in_store(Store::SharePoint) {
        let message = "The request is currently not supported on the targeted entity set";
        return Err(GraphError::new(400, "BadRequest", message));
    }
    if at != call.caller.me && in_store(Store::SharePoint) {
        return Err(GraphError::access_denied());
    }
    if at != call.caller.me || settings.iter().any(|(.., set)| set.is_none()) {
        return Err(GraphError::denied());
    }
    for ((name, value), (.., set)) in fields.iter().filter(|(name, _)| !name.starts_with('@')).zip(settings) {
        if !set.is_some_and(|set| set(&mut changed, value)) {
            let message = format!("Invalid value specified for property '{name}' of resource 'User'.");
            return Err(GraphError::bad_request(message));
        }
    }
    if let Some(person) = call.state.people.get_mut(index(at)) {
        *person = changed;
    }
    Ok(Answer::empty(204))
}

/// How each property is set; nothing stands for what only an administrator may.
fn settings(fields: &Map<String, Value>) -> Result<Vec<(&'static str, Store, Option<Set>)>> {
    let one = |name: &String| {
        let is = |known: &&str| known.eq_ignore_ascii_case(name);
        if let Some((known, store, set)) = OWN.iter().find(|(known, ..)| is(known)) {
            return Ok((*known, *store, Some(*set)));
        }
        if let Some(known) = ADMINISTRATORS.iter().find(|known| is(known)) {
            return Ok((*known, Store::Directory, None));
        }
        Err(GraphError::bad_request(match find(person::PROPERTIES, name) {
            Some(_) => format!("Property '{name}' is read-only and cannot be set."),
            None => format!("Property '{name}' does not exist as a declared property or extension property."),
        }))
    };
    fields.keys().filter(|name| !name.starts_with('@')).map(one).collect()
}
