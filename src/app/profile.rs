//! The profile viewer: one person, in sections that load by themselves.

use jiff::Timestamp;

use super::cmd::Cmd;
use super::model::Model;
use super::notice;
use super::remote::Remote;
use crate::domain::{DirectoryObject, Id, ObjectKind, Person, Text};
use crate::protocol::{CardPart, Lane, Part, Payload, Problem, Query, Reply, RequestId};

/// One person's profile on the screen.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// The person: the directory's id, or an address.
    pub person: Id,
    /// The name known before anything has loaded.
    pub name: Text,
    /// The properties.
    pub details: Remote<Person>,
    /// The chain of managers, nearest first.
    pub managers: Remote<Vec<Person>>,
    /// Direct reports.
    pub reports: Remote<Vec<DirectoryObject>>,
    /// Groups the person belongs to.
    pub groups: Remote<Vec<DirectoryObject>>,
    /// The photo's size.
    pub photo: Remote<Option<(u32, u32)>>,
    /// When what is shown was read, where some of it comes from the store.
    pub kept: Option<Timestamp>,
    /// The selected row.
    pub cursor: usize,
    /// The first visible row.
    pub top: usize,
    awaited: Option<RequestId>,
}

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
    /// The name to show.
    pub fn title(&self) -> &Text {
        match self.details.shown() {
            Some(person) if !person.name.is_empty() => &person.name,
            _ => &self.name,
        }
    }

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

    /// Awaits all sections.
    /// Why something of it could not be read.
    pub(super) fn problem(&self) -> Option<&Problem> {
        self.details
            .problem()
            .or_else(|| self.managers.problem())
            .or_else(|| self.reports.problem())
            .or_else(|| self.groups.problem())
    }

    /// Whether this very request is awaited.
    pub(super) fn awaits(&self, id: RequestId) -> bool {
        self.awaited == Some(id)
    }

    fn await_reply(&mut self, id: RequestId) {
        self.awaited = Some(id);
        self.details.await_reply(id);
        self.managers.await_reply(id);
        self.reports.await_reply(id);
        self.groups.await_reply(id);
        self.photo.await_reply(id);
    }

    /// The selected row, where it is one that can be found again.
    fn held(&self) -> Option<ProfileRow> {
        let row = self.rows().into_iter().nth(self.cursor)?;
        Some(row).filter(|row| !matches!(row, ProfileRow::Hint(_)))
    }

    /// Puts the cursor back on its row, and the row where it was on the screen: sections above it may have come.
    fn follow(&mut self, held: Option<ProfileRow>) {
        if let Some(place) = held.and_then(|row| self.rows().iter().position(|other| *other == row)) {
            self.top = (self.top + place).saturating_sub(self.cursor);
            self.cursor = place;
        }
    }

    fn is_loading(&self) -> bool {
        self.details.is_loading()
            || self.managers.is_loading()
            || self.reports.is_loading()
            || self.groups.is_loading()
            || self.photo.is_loading()
    }

    /// Puts the cursor on a row and brings it into view.
    pub(super) fn move_to(&mut self, row: usize, height: usize) {
        self.cursor = row.min(self.rows().len().saturating_sub(1));
        self.top = self
            .top
            .min(self.cursor)
            .max((self.cursor + 1).saturating_sub(height.max(1)));
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
        job_title: person.job_title.clone(),
        guest: false,
    }
}

/// Opens the profile of a person on top of what is shown.
pub(super) fn open(model: &mut Model, person: Id, name: Text) -> Vec<Cmd> {
    let (awaited, cmd) = model.read(Lane::Profile, Query::Card { person: person.clone() });
    let mut profile = Profile {
        person,
        name,
        details: Remote::Idle,
        managers: Remote::Idle,
        reports: Remote::Idle,
        groups: Remote::Idle,
        photo: Remote::Idle,
        kept: None,
        cursor: 0,
        top: 0,
        awaited: None,
    };
    profile.await_reply(awaited);
    model.profiles.push(profile);
    vec![cmd]
}

/// Closes the shown profile; the one below is shown. Where that had not loaded yet, this one's read has ended its own.
pub(super) fn close(model: &mut Model) -> Vec<Cmd> {
    model.profiles.pop();
    match model.profiles.last() {
        Some(below) if below.is_loading() => refresh(model),
        _ => vec![Cmd::Abandon(Lane::Profile)],
    }
}

/// Closes all profiles.
pub(super) fn close_all(model: &mut Model) -> Option<Cmd> {
    let open = !model.profiles.is_empty();
    model.profiles.clear();
    model.org = None;
    open.then_some(Cmd::Abandon(Lane::Profile))
}

/// Reads the shown profile again.
pub(super) fn refresh(model: &mut Model) -> Vec<Cmd> {
    let Some(person) = model.profiles.last().map(|profile| profile.person.clone()) else {
        return Vec::new();
    };
    let (id, cmd) = model.read(Lane::Profile, Query::Card { person });
    if let Some(profile) = model.profiles.last_mut() {
        profile.await_reply(id);
    }
    vec![cmd]
}

/// Opens one's own profile.
pub(super) fn open_mine(model: &mut Model) -> Vec<Cmd> {
    match model
        .me
        .shown()
        .map(|me| (me.person.id.clone(), me.person.name.clone()))
    {
        Some((id, name)) => open(model, id, name),
        None => {
            notice::say(model, "Who you are is not known yet; press ^r in a moment.");
            Vec::new()
        }
    }
}

/// Takes a section, if a profile awaits it; also one that lies below the shown one.
pub(super) fn reply(model: &mut Model, reply: &Reply) -> bool {
    let Some(profile) = model
        .profiles
        .iter_mut()
        .find(|profile| profile.awaited == Some(reply.id))
    else {
        return false;
    };
    let held = profile.held();
    match &reply.result {
        Ok(Payload::Card(part)) => match part.clone() {
            CardPart::Person(person) => profile.details = Remote::Ready(*person),
            CardPart::Managers(managers) => profile.managers = Remote::Ready(managers),
            CardPart::Reports(reports) => profile.reports = Remote::Ready(reports),
            CardPart::Groups(groups) => profile.groups = Remote::Ready(groups),
            CardPart::Photo(photo) => profile.photo = Remote::Ready(photo),
            CardPart::Hidden(section, why) => {
                let kept = profile.kept.is_some();
                match section {
                    "managers" => hide(&mut profile.managers, why, kept),
                    "reports" => hide(&mut profile.reports, why, kept),
                    "groups" => hide(&mut profile.groups, why, kept),
                    "photo" => hide(&mut profile.photo, why, kept),
                    _ => hide(&mut profile.details, why, kept),
                }
            }
        },
        Ok(_) => {}
        Err(problem) => {
            // Sections that have come stay; those still awaited will not come.
            let kept = profile.kept.is_some();
            miss(&mut profile.details, problem, kept);
            miss(&mut profile.managers, problem, kept);
            miss(&mut profile.reports, problem, kept);
            miss(&mut profile.groups, problem, kept);
            miss(&mut profile.photo, problem, kept);
            if problem.denies() {
                profile.kept = None;
            }
        }
    }
    if reply.part == Part::Last {
        profile.awaited = None;
        if reply.result.is_ok() {
            profile.kept = None;
        }
    }
    profile.follow(held);
    if let Some(person) = profile.details.shown() {
        model.nearby.recent.looked_at(person);
    }
    true
}

/// Shows a section that the store has, read at that time, unless a newer one is shown already.
pub(super) fn take_kept(model: &mut Model, id: RequestId, at: Timestamp, part: CardPart) {
    let awaiting = model.profiles.iter_mut().find(|profile| profile.awaited == Some(id));
    let Some(profile) = awaiting else { return };
    let held = profile.held();
    let shown = match part {
        CardPart::Person(person) => show_kept(&mut profile.details, *person),
        CardPart::Managers(managers) => show_kept(&mut profile.managers, managers),
        CardPart::Reports(reports) => show_kept(&mut profile.reports, reports),
        CardPart::Groups(groups) => show_kept(&mut profile.groups, groups),
        CardPart::Photo(photo) => show_kept(&mut profile.photo, photo),
        CardPart::Hidden(..) => false,
    };
    if shown {
        profile.kept = Some(at);
    }
    profile.follow(held);
}

fn show_kept<T>(section: &mut Remote<T>, data: T) -> bool {
    let empty = section.is_loading() && section.shown().is_none();
    if empty {
        section.show(data);
    }
    empty
}

fn miss<T>(section: &mut Remote<T>, problem: &Problem, kept: bool) {
    if section.is_loading() {
        hide(section, problem.clone(), kept);
    }
}

/// Ends a section with a problem. What the store has of it goes where Graph says that it may not be seen.
fn hide<T>(section: &mut Remote<T>, why: Problem, kept: bool) {
    if kept && why.denies() {
        *section = Remote::Idle;
    }
    section.fail(why);
}
