//! The profile viewer: one person, in sections that load by themselves.

mod rows;

use jiff::Timestamp;

pub use self::rows::{Goto, ProfileRow};

use super::cmd::Cmd;
use super::model::Model;
use super::notice;
use super::remote::Remote;
use crate::domain::{DirectoryObject, Id, Person, Text};
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

impl Profile {
    /// The name to show.
    pub fn title(&self) -> &Text {
        match self.details.shown() {
            Some(person) if !person.name.is_empty() => &person.name,
            _ => &self.name,
        }
    }

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

    /// Awaits all sections.
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
    model.nested = None;
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
