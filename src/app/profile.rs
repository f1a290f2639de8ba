//! The profile viewer: one person, in sections that load by themselves.
//!
//! | file | what lives there |
//! |---|---|
//! | `sections` | what has come of each section |
//! | `rows` | the table of what is shown of which section, and the rows built by it |
//! | `listed` | the items of its lists |
//! | `typing` | where one's own is typed |
//! | `fields`, `leads` | the tables of properties; where their values lead |

mod fields;
mod leads;
mod listed;
mod rows;
mod sections;
mod typing;

use jiff::Timestamp;

pub use self::listed::{Goto, Listed};
pub use self::rows::{LABEL, ProfileRow, Value};
pub use self::typing::{Typing, VALUE_AT};

use self::sections::Sections;
use super::cmd::Cmd;
use super::model::Model;
use super::own::OwnEdit;
use super::remote::Remote;
use super::{notice, org, own, update};
use crate::domain::{About, Card, Id, Photo, Text};
use crate::keys::Place;
use crate::protocol::own::OwnProperty;
use crate::protocol::{CardPart, Lane, Part, Payload, Problem, Query, Reply, RequestId, Section};

/// One person's profile on the screen.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// The person: the directory's id, or an address.
    pub person: Id,
    /// Whether it is who is signed in.
    pub mine: bool,
    /// The name known before anything has loaded.
    pub name: Text,
    sections: Sections,
    /// Changes that Graph has not taken yet; only one's own profile has any.
    own: Vec<OwnEdit>,
    rows: Vec<ProfileRow>,
    /// Where the rows of sections begin.
    begins: Vec<(usize, Section)>,
    /// The cells of a row, by which values were broken into lines.
    width: u16,
    /// When what is shown was read, where some of it comes from the store.
    pub kept: Option<Timestamp>,
    /// The selected row.
    pub cursor: usize,
    /// The first visible row.
    pub top: usize,
    awaited: Option<RequestId>,
}

impl Profile {
    fn new(person: Id, mine: bool, name: Text) -> Self {
        Profile {
            person,
            mine,
            name,
            sections: Sections::default(),
            own: Vec::new(),
            rows: Vec::new(),
            begins: Vec::new(),
            width: 0,
            kept: None,
            cursor: 0,
            top: 0,
            awaited: None,
        }
    }

    /// The name to show.
    pub fn title(&self) -> &Text {
        match self.card() {
            Some(card) if !card.person.name.is_empty() => &card.person.name,
            _ => &self.name,
        }
    }

    /// What has come of a section: its content, or what is awaited, or why there is none.
    pub fn section(&self, section: Section) -> &Remote<CardPart> {
        self.sections.of(section)
    }

    /// What the directory knows of the person, as far as it has come.
    pub fn card(&self) -> Option<&Card> {
        self.sections.card()
    }

    /// What the person says of themselves, as far as it has come.
    pub fn about(&self) -> Option<&About> {
        self.sections.about()
    }

    /// What is known of the photo, where there is one.
    pub fn photo(&self) -> Option<&Photo> {
        match self.section(Section::Photo).shown()? {
            CardPart::Photo(photo) => photo.as_ref(),
            _ => None,
        }
    }

    /// Why something of it could not be read, or changed: what a permission would mend goes first, that of the row under
    /// the cursor before that of its section, and that before any other.
    pub(super) fn problem(&self) -> Option<&Problem> {
        let row = self.own_under_cursor();
        let is_row = |edit: &&OwnEdit| row.as_ref().is_some_and(|(own, _)| *own == edit.of);
        let here = self.own.iter().filter(is_row).filter_map(OwnEdit::refusal);
        let section = self.section_under_cursor().and_then(|it| self.section(it).problem());
        let others = self.own.iter().filter_map(OwnEdit::refusal);
        let mut all = here.chain(section).chain(others).chain(self.sections.problems());
        let mends = all.find(|problem| problem.missing.is_some());
        mends.or_else(|| self.sections.problems().next())
    }

    /// The section whose row is under the cursor.
    fn section_under_cursor(&self) -> Option<Section> {
        let begun = self.begins.iter().rev().find(|(row, _)| *row <= self.cursor);
        begun.map(|(_, section)| *section)
    }

    /// All reasons why something of it could not be read, or changed.
    pub(super) fn problems(&self) -> impl Iterator<Item = &Problem> {
        self.problem().into_iter().chain(self.sections.problems())
    }

    /// Shows what is being changed.
    pub(super) fn show_own(&mut self, own: &[OwnEdit]) {
        self.change(|it| it.own = own.to_vec());
    }

    /// Shows another value of one's own property.
    pub(super) fn set(&mut self, property: &OwnProperty, value: &serde_json::Value) {
        self.change(|it| it.sections.set(property, value));
    }

    /// Whether this very request is awaited.
    pub(super) fn awaits(&self, id: RequestId) -> bool {
        self.awaited == Some(id)
    }

    /// Awaits all sections.
    fn await_reply(&mut self, id: RequestId) {
        self.awaited = Some(id);
        self.change(|it| it.sections.await_reply(id));
    }

    /// Breaks the values into lines for a width, and brings the row under the cursor into view.
    pub(super) fn lay_out(&mut self, width: u16, height: usize) {
        if self.width != width {
            self.change(|it| it.width = width);
        }
        self.move_to(self.cursor, height);
    }

    /// Puts the cursor on a row and brings it into view.
    pub(super) fn move_to(&mut self, row: usize, height: usize) {
        self.cursor = row.min(self.rows.len().saturating_sub(1));
        self.top = self
            .top
            .min(self.cursor)
            .max((self.cursor + 1).saturating_sub(height.max(1)));
    }
}

/// Opens the profile of a person on top of what is shown.
pub(super) fn open(model: &mut Model, person: Id, name: Text) -> Vec<Cmd> {
    let mine = is_mine(model, &person);
    let mut profile = Profile::new(person, mine, name);
    if mine {
        profile.own = own::of_me(model);
    }
    model.profiles.push(profile);
    refresh(model)
}

/// Whether an id, a name to sign in with or an address is of who is signed in.
pub(super) fn is_mine(model: &Model, person: &Id) -> bool {
    let Some(me) = model.me.shown().map(|me| &me.person) else {
        return false;
    };
    let is_named = |name: &Option<Text>| {
        let name = name.as_ref().map_or("", Text::as_str);
        !name.is_empty() && name.eq_ignore_ascii_case(person.as_str())
    };
    me.id == *person || is_named(&me.user_principal_name) || is_named(&me.mail)
}

/// Closes the shown profile; the one below is shown. Where that had not loaded yet, this one's read has ended its own.
pub(super) fn close(model: &mut Model) -> Vec<Cmd> {
    model.profiles.pop();
    match model.profiles.last() {
        Some(below) if below.sections.is_loading() => refresh(model),
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
    let Some((person, mine)) = model
        .profiles
        .last()
        .map(|profile| (profile.person.clone(), profile.mine))
    else {
        return Vec::new();
    };
    let (id, cmd) = model.read(Lane::Profile, Query::Card { person, mine });
    if let Some(profile) = model.profiles.last_mut() {
        profile.await_reply(id);
    }
    vec![cmd]
}

/// Reads one's own profile again, where it is shown.
pub(super) fn refresh_mine(model: &mut Model) -> Vec<Cmd> {
    match model.profiles.last() {
        Some(profile) if profile.mine => refresh(model),
        _ => Vec::new(),
    }
}

/// What there is to be shown of who is signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mine {
    Profile,
    Org,
}

/// Shows something of who is signed in; where that is not known yet, once it is.
pub(super) fn open_mine(model: &mut Model, what: Mine) -> Vec<Cmd> {
    model.wanted_of_me = Some(what);
    if model.me.shown().is_some() {
        return me_came(model);
    }
    notice::say(model, "It opens by itself as soon as it is known who you are.");
    if model.me.is_loading() {
        Vec::new()
    } else {
        vec![update::ask_who_i_am(model)]
    }
}

/// It is known who is signed in: shows what was waiting for that, unless the person has gone elsewhere meanwhile.
pub(super) fn me_came(model: &mut Model) -> Vec<Cmd> {
    let wanted = model.wanted_of_me.take();
    let me = model.me.shown().map(|me| &me.person);
    let Some((id, name)) = me.map(|person| (person.id.clone(), person.name.clone())) else {
        return Vec::new();
    };
    match wanted.filter(|_| Place::PANES.contains(&model.place())) {
        Some(Mine::Profile) => open(model, id, name),
        Some(Mine::Org) => org::open(model, id, name),
        None => Vec::new(),
    }
}

/// Takes a section, if a profile awaits it; also one that lies below the shown one.
pub(super) fn reply(model: &mut Model, reply: &Reply) -> Option<Vec<Cmd>> {
    let profile = model.profiles.iter_mut().find(|profile| profile.awaits(reply.id))?;
    profile.change(|profile| match &reply.result {
        Ok(Payload::Card(part)) => profile.sections.take(part.clone()),
        Ok(_) => {}
        Err(problem) => {
            profile.sections.miss(problem);
            if problem.denies() {
                profile.kept = None;
            }
        }
    });
    if reply.part == Part::Last {
        profile.awaited = None;
        if reply.result.is_ok() {
            profile.kept = None;
        }
    }
    if let Some(card) = profile.sections.card() {
        model.nearby.recent.looked_at(&card.person);
    }
    own::read_anew(model);
    Some(Vec::new())
}

/// Shows a section that the store has, read at that time, unless a newer one is shown already.
pub(super) fn take_kept(model: &mut Model, id: RequestId, at: Timestamp, part: CardPart) {
    let awaiting = model.profiles.iter_mut().find(|profile| profile.awaits(id));
    if let Some(profile) = awaiting
        && profile.change(|profile| profile.sections.take_kept(part))
    {
        profile.kept = Some(at);
    }
}
