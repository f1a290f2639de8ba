//! The people finder, over whatever is shown: people near at hand at once; at each key whom the store has; the directory's
//! once typing pauses.

mod asking;

use asking::ask_store;
pub(super) use asking::{ask_directory, awaits, filtered, forget, met, refresh, reply};

use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::acquaintances::Acquaintances;
use super::cmd::{Cmd, Filterable, Haystack};
use super::editor::Editor;
use super::filtering::filter_list;
use super::list::List;
use super::model::Model;
use super::movement::Step;
use super::remote::Remote;
use super::{compose, header, nearby, notice, org, overlap, profile};
use crate::domain::{Id, Person, Recipient, Text};
use crate::layout::Area;
use crate::protocol::Lane;

/// People visible at once, at most.
const ROWS: usize = 18;
/// How long typing must pause before the directory is asked.
const ASK_AFTER: Duration = Duration::from_millis(200);

/// The finder while it is open.
#[derive(Debug, Clone, PartialEq)]
pub struct Finder {
    /// What for.
    pub goal: Goal,
    /// What is typed.
    pub line: Editor,
    /// The people who match, best first; before anything is typed, everybody near at hand.
    pub list: List<Arc<Person>>,
    /// What the directory has answered to the words it was asked for last.
    pub directory: Remote<Found>,
    /// What the store has answered to the words that are typed.
    store: Remote<Found>,
    /// Everybody in the list.
    known: Acquaintances,
    /// The words that the directory is asked for, or was.
    asked: String,
    /// When it is to be asked for what was typed.
    pub(super) ask_at: Option<Instant>,
    /// The cursor was moved by hand since something was typed.
    in_hand: bool,
}

/// What the person is looked for.
#[derive(Debug, Clone, PartialEq)]
pub enum Goal {
    /// To be shown.
    Profile,
    /// To get what is being written.
    Recipient,
    /// To be shown how this one stands to the other.
    PathFrom(Id, Text),
    /// To be shown which groups this one and the other share.
    CommonWith(Id, Text),
}

/// Whom the directory or the store has found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// The words that it was asked for.
    pub term: String,
    /// How many it sent.
    pub count: usize,
    /// How many there are in all, where it said so.
    pub total: Option<usize>,
    /// Their places in the list.
    places: Vec<u32>,
}

impl Finder {
    /// Whether the directory will be asked for what was typed, or is being asked.
    pub fn is_asking(&self) -> bool {
        self.ask_at.is_some() || self.directory.is_loading()
    }

    /// The words that are looked for.
    fn words(&self) -> String {
        self.line.text().trim().to_owned()
    }

    /// Shows everybody who is known.
    fn show(&mut self) {
        self.list.enrich(self.known.pages());
    }

    /// Whether nothing was typed and the cursor is where it was at first.
    fn is_untouched(&self) -> bool {
        self.line.is_blank() && self.list.cursor == 0
    }

    /// When the person at a place among those shown was read, where the store alone has told of them.
    pub fn age(&self, place: usize) -> Option<Timestamp> {
        self.known.age(self.list.index(place)?)
    }

    /// The rows of the box, of which the first has the line and the last says how it stands.
    pub const BOX: usize = ROWS + 2;

    /// The people visible at once in the inside of the box.
    pub fn rows(inside: Area) -> usize {
        usize::from(inside.height.saturating_sub(2)).max(1)
    }

    /// The ages of the people that can be seen at once.
    pub(super) fn ages(&self) -> impl Iterator<Item = Timestamp> {
        (self.list.top..self.list.top + ROWS).filter_map(|place| self.age(place))
    }

    /// Moves the cursor.
    pub(super) fn step(&mut self, step: Step, body: Area) {
        let rows = Self::rows(body.boxed(u16::MAX, Self::BOX).framed());
        let place = step.from(self.list.cursor, self.list.len(), rows);
        self.list.move_to(place, rows, false);
        self.in_hand = true;
    }

    /// Keeps the cursor in view. Until it is moved by hand, the best stay in view, too.
    pub(super) fn keep_in_view(&mut self, body: Area) {
        let rows = Self::rows(body.boxed(u16::MAX, Self::BOX).framed());
        if !self.in_hand {
            self.list.top = 0;
        }
        self.list.move_to(self.list.cursor, rows, false);
    }
}

/// Opens the finder, with the people near at hand.
pub(super) fn open(model: &mut Model, goal: Goal) -> Vec<Cmd> {
    let known = Acquaintances::of(model);
    let mut finder = Finder {
        goal,
        line: Editor::line(""),
        list: List::default(),
        directory: Remote::Idle,
        store: Remote::Idle,
        known,
        asked: String::new(),
        ask_at: None,
        in_hand: false,
    };
    finder.show();
    model.finder = Some(Box::new(finder));
    nearby::ask_once(model)
}

/// Closes the finder; everything else is as it was.
pub(super) fn close(model: &mut Model) -> Vec<Cmd> {
    model.finder = None;
    [Lane::People, Lane::Remembered].map(Cmd::Abandon).into()
}

/// Changes the line, and finds again.
pub(super) fn edit(model: &mut Model, change: impl FnOnce(&mut Editor)) -> Vec<Cmd> {
    let now = model.now.instant;
    let Some(finder) = &mut model.finder else {
        return Vec::new();
    };
    change(&mut finder.line);
    let words = finder.words();
    if words == finder.list.needle {
        return Vec::new();
    }
    finder.in_hand = false;
    let mut cmds = Vec::new();
    if words.chars().any(char::is_alphanumeric) {
        finder.ask_at = (words != finder.asked).then_some(now + ASK_AFTER);
        cmds.push(ask_store(model, words.clone()));
    } else {
        finder.ask_at = None;
        finder.asked.clear();
        finder.directory = Remote::Idle;
        finder.store = Remote::Idle;
        cmds.extend([Lane::People, Lane::Remembered].map(Cmd::Abandon));
    }
    if let Some(finder) = &mut model.finder {
        let list = &mut finder.list;
        cmds.extend(filter_list(Filterable::Finder, list, words, Haystack::People));
    }
    cmds
}

/// Enter: shows who it is, or how they stand to whom the finder was opened from. An address that nobody near at hand has is looked up.
pub(super) fn accept(model: &mut Model) -> Vec<Cmd> {
    let Some(finder) = &model.finder else {
        return Vec::new();
    };
    let words = finder.words();
    if finder.goal == Goal::Recipient
        && finder.list.selected().is_none()
        && let Some(typed) = header::address(&words)
    {
        let mut cmds = close(model);
        model.overlay = None;
        header::add_person(model, typed);
        cmds.extend(compose::laid_out(model));
        return cmds;
    }
    let (id, name) = match finder.list.selected() {
        Some(person) => (person.id.clone(), person.shown()),
        None if words.contains('@') && finder.goal != Goal::Recipient => (Id::new(words.as_str()), Text::new(&words)),
        None if finder.is_asking() => {
            notice::say(model, "The directory is still being asked.");
            return Vec::new();
        }
        None => {
            notice::say(model, "Nobody is selected.");
            return Vec::new();
        }
    };
    let goal = finder.goal.clone();
    let address = finder.list.selected().and_then(|person| person.address()).cloned();
    let mut cmds = close(model);
    model.overlay = None;
    cmds.extend(match goal {
        Goal::Profile => profile::open(model, id, name),
        Goal::CommonWith(one, called) => overlap::common(model, (one, called), (id, name)),
        Goal::Recipient => {
            match address {
                Some(address) => header::add_person(model, Recipient { name, address }),
                None => notice::say(model, "Nothing tells the address of this person."),
            }
            compose::laid_out(model)
        }
        Goal::PathFrom(from, called) => org::open_path(model, (from, called), (id, name)),
    });
    cmds
}

/// The address of the person under the cursor.
pub(super) fn copied(model: &Model) -> Option<String> {
    let person = model.finder.as_ref()?.list.selected()?;
    person.address().map(|address| address.to_string())
}
