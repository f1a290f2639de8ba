//! What there is to show of a profile, row by row, and where a row leads.

use super::Profile;
use crate::app::remote::Remote;
use crate::domain::{DirectoryObject, Id, ObjectKind, Person, Text};
use crate::protocol::Problem;

/// One row of the viewer.
#[derive(Debug, Clone, PartialEq)]
pub enum ProfileRow {
    /// The name of a section.
    Heading(&'static str),
    /// A property with its name.
    Field(&'static str, Text),
    /// A person or group that Enter leads to, indented by so many steps.
    Object {
        /// Who or what.
        object: DirectoryObject,
        /// Steps up the chain of managers, or 0.
        step: usize,
    },
    /// Why a section is empty or incomplete.
    Hint(Text),
}

/// Where Enter on a row leads.
#[derive(Debug, Clone, PartialEq)]
pub enum Goto {
    /// To a person's profile.
    Person(Id, Text),
    /// To a group.
    Group(Id),
}

impl Profile {
    /// Everything there is to show, row by row.
    pub fn rows(&self) -> Vec<ProfileRow> {
        let mut rows = Vec::new();
        if let Some(person) = self.details.shown() {
            rows.extend(fields(person).map(|(label, value)| ProfileRow::Field(label, value)));
        }
        match (&self.details, self.details.shown()) {
            // Some of the properties may be all that there is to see.
            (Remote::Failed { why, .. }, _) => rows.extend(hints(why)),
            (_, None) => rows.push(ProfileRow::Hint(Text::new("Loading…"))),
            (_, Some(_)) => {}
        }
        if let Some(photo) = self.photo.shown() {
            let shown = photo.map_or("none".into(), |(width, height)| format!("{width}×{height} pixels"));
            rows.push(ProfileRow::Field("Photo", Text::new(&shown)));
        }
        section(
            &mut rows,
            "Managers",
            &self.managers,
            "No manager is set.",
            |managers, rows| {
                rows.extend(managers.iter().enumerate().map(|(step, person)| ProfileRow::Object {
                    object: as_object(person),
                    step,
                }));
            },
        );
        section(
            &mut rows,
            "Reports",
            &self.reports,
            "Nobody reports to this person.",
            objects,
        );
        section(&mut rows, "Groups", &self.groups, "No group that you may see.", objects);
        rows
    }

    /// Where Enter on the selected row leads.
    pub fn goto(&self) -> Option<Goto> {
        match self.rows().into_iter().nth(self.cursor)? {
            ProfileRow::Object { object, .. } => match object.kind {
                ObjectKind::User => Some(Goto::Person(object.id, object.name.unwrap_or_default())),
                ObjectKind::Group => Some(Goto::Group(object.id)),
                _ => None,
            },
            _ => None,
        }
    }

    /// What copying the selected row copies.
    pub fn copied(&self) -> Option<String> {
        match self.rows().into_iter().nth(self.cursor)? {
            ProfileRow::Field(_, value) => Some(value.to_string()),
            ProfileRow::Object { object, .. } => object.mail.or(object.name).map(|text| text.to_string()),
            ProfileRow::Heading(_) | ProfileRow::Hint(_) => None,
        }
    }
}

fn fields(person: &Person) -> impl Iterator<Item = (&'static str, Text)> {
    let guest = person
        .user_type
        .as_ref()
        .filter(|kind| kind.as_str() == "Guest")
        .cloned();
    let phones: Vec<&str> = person.business_phones.iter().map(Text::as_str).collect();
    let phones = Some(Text::new(&phones.join(", "))).filter(|text| !text.is_empty());
    [
        ("Job", person.job_title.clone()),
        ("Department", person.department.clone()),
        ("Company", person.company_name.clone()),
        ("Office", person.office_location.clone()),
        ("City", person.city.clone()),
        ("Country", person.country.clone()),
        ("Phone", phones),
        ("Mobile", person.mobile_phone.clone()),
        ("Mail", person.mail.clone()),
        ("Sign-in", person.user_principal_name.clone()),
        ("Kind", guest),
    ]
    .into_iter()
    .filter_map(|(label, value)| Some((label, value.filter(|value| !value.is_empty())?)))
}

fn section<T>(
    rows: &mut Vec<ProfileRow>,
    heading: &'static str,
    data: &Remote<Vec<T>>,
    empty: &str,
    add: impl Fn(&[T], &mut Vec<ProfileRow>),
) {
    rows.push(ProfileRow::Heading(heading));
    match (data, data.shown()) {
        (Remote::Failed { why, .. }, _) => rows.extend(hints(why)),
        (_, Some(items)) if items.is_empty() => rows.push(ProfileRow::Hint(Text::new(empty))),
        (_, Some(items)) => add(items, rows),
        (_, None) => rows.push(ProfileRow::Hint(Text::new("Loading…"))),
    }
}

fn objects(objects: &[DirectoryObject], rows: &mut Vec<ProfileRow>) {
    rows.extend(objects.iter().map(|object| ProfileRow::Object {
        object: object.clone(),
        step: 0,
    }));
}

/// A row says what went wrong, another what to do.
fn hints(why: &Problem) -> impl Iterator<Item = ProfileRow> {
    let hints = [&why.what, &why.next].map(|said| ProfileRow::Hint(said.clone()));
    hints
        .into_iter()
        .filter(|row| *row != ProfileRow::Hint(Text::default()))
}

fn as_object(person: &Person) -> DirectoryObject {
    DirectoryObject {
        id: person.id.clone(),
        kind: ObjectKind::User,
        name: Some(person.name.clone()),
        mail: person.mail.clone().or_else(|| person.user_principal_name.clone()),
        user_principal_name: None,
        job_title: person.job_title.clone(),
        department: person.department.clone(),
        guest: false,
    }
}
