//! The people finder, over whatever is shown: people near at hand at once, the directory's as one types.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::acquaintances::{Acquaintances, Recent};
use super::cmd::{Cmd, Filterable, Haystack};
use super::editor::Editor;
use super::filtering::{again, filter_list};
use super::list::List;
use super::model::Model;
use super::remote::Remote;
use super::{notice, org, profile};
use crate::domain::{Id, Person, Text};
use crate::protocol::{Lane, Part, Payload, Query, Reply, RequestId};

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
    /// Everybody in the list.
    known: Acquaintances,
    /// The words that the directory is asked for, or was.
    asked: String,
    /// When it is to be asked for what was typed.
    pub(super) ask_at: Option<Instant>,
}

/// What the person is looked for.
#[derive(Debug, Clone, PartialEq)]
pub enum Goal {
    /// To be shown.
    Profile,
    /// To be shown how this one stands to the other.
    PathFrom(Id, Text),
}

/// Whom the directory has found.
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

/// People who are near at hand in any finder of this run.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Nearby {
    /// Those whose profiles were opened, the last first.
    pub(super) recent: Recent,
    /// Those who matter to whoever is signed in, as Graph ranks them.
    pub relevant: Remote<Arc<[Person]>>,
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
}

/// Opens the finder, with the people near at hand.
pub(super) fn open(model: &mut Model, goal: Goal) -> Vec<Cmd> {
    let known = Acquaintances::of(model);
    let mut finder = Finder {
        goal,
        line: Editor::line(""),
        list: List::default(),
        directory: Remote::Idle,
        known,
        asked: String::new(),
        ask_at: None,
    };
    finder.show();
    model.finder = Some(Box::new(finder));
    match &model.nearby.relevant {
        Remote::Ready(_) | Remote::Loading { .. } => Vec::new(),
        Remote::Idle | Remote::Failed { .. } => vec![ask_who_matters(model)],
    }
}

fn ask_who_matters(model: &mut Model) -> Cmd {
    let (id, cmd) = model.read(Lane::Nearby, Query::Nearby);
    model.nearby.relevant.await_reply(id);
    cmd
}

/// Closes the finder; everything else is as it was.
pub(super) fn close(model: &mut Model) -> Vec<Cmd> {
    model.finder = None;
    vec![Cmd::Abandon(Lane::People)]
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
    let mut cmds = Vec::new();
    if words.chars().any(char::is_alphanumeric) {
        finder.ask_at = (words != finder.asked).then_some(now + ASK_AFTER);
    } else {
        finder.ask_at = None;
        finder.asked.clear();
        finder.directory = Remote::Idle;
        cmds.push(Cmd::Abandon(Lane::People));
    }
    cmds.extend(filter_list(
        Filterable::Finder,
        &mut finder.list,
        words,
        Haystack::People,
    ));
    cmds
}

/// Typing has paused: asks the directory.
pub(super) fn ask_directory(model: &mut Model) -> Vec<Cmd> {
    let Some(finder) = &mut model.finder else {
        return Vec::new();
    };
    finder.ask_at = None;
    let term = finder.words();
    finder.asked = term.clone();
    let (id, cmd) = model.read(Lane::People, Query::People { term });
    if let Some(finder) = &mut model.finder {
        finder.directory.await_reply(id);
    }
    vec![cmd]
}

/// Asks again for whatever there is to ask for.
pub(super) fn refresh(model: &mut Model) -> Vec<Cmd> {
    let mut cmds = vec![ask_who_matters(model)];
    if model.finder.as_ref().is_some_and(|finder| !finder.asked.is_empty()) {
        cmds.extend(ask_directory(model));
    }
    cmds
}

/// Whether somebody waits for this very request.
pub(super) fn awaits(model: &Model, id: RequestId) -> bool {
    model.finder.as_ref().is_some_and(|finder| finder.directory.awaits(id))
}

/// Takes people, if they were awaited.
pub(super) fn reply(model: &mut Model, reply: &Reply) -> Option<Vec<Cmd>> {
    if model.nearby.relevant.awaits(reply.id) {
        return Some(take_who_matters(model, reply));
    }
    let finder = model
        .finder
        .as_mut()
        .filter(|finder| finder.directory.awaits(reply.id))?;
    match &reply.result {
        Ok(Payload::People { page, total }) => {
            let found = Found {
                term: finder.asked.clone(),
                count: page.len(),
                total: *total,
                places: page.iter().map(|person| finder.known.meet(person)).collect(),
            };
            finder.directory.take_part(Part::Last, found);
            finder.show();
            Some(again(Filterable::Finder, &mut finder.list, Haystack::People))
        }
        Ok(_) => Some(Vec::new()),
        Err(problem) => {
            finder.directory.fail(problem.clone());
            Some(Vec::new())
        }
    }
}

fn take_who_matters(model: &mut Model, reply: &Reply) -> Vec<Cmd> {
    let page = match &reply.result {
        Ok(Payload::People { page, .. }) => page.clone(),
        Ok(_) => return Vec::new(),
        Err(problem) => {
            model.nearby.relevant.fail(problem.clone());
            return Vec::new();
        }
    };
    model.nearby.relevant.take_part(Part::Last, page.clone());
    let fresh = Acquaintances::of(model);
    let Some(finder) = &mut model.finder else {
        return Vec::new();
    };
    if finder.is_untouched() {
        // Nobody is under anybody's hands yet: those who matter come before those who are merely in sight.
        finder.known = fresh;
    } else {
        for person in page.iter() {
            finder.known.meet(person);
        }
    }
    finder.show();
    again(Filterable::Finder, &mut finder.list, Haystack::People)
}

/// Takes the places of those who match. Whom the directory has found for these very words may have been found by what is
/// not shown: those come behind the others.
pub(super) fn filtered(model: &mut Model, generation: u64, shown: &[u32]) {
    let Some(finder) = &mut model.finder else { return };
    let found = finder
        .directory
        .shown()
        .filter(|found| found.term == finder.list.needle);
    let others = found.map_or(&[][..], |found| &found.places);
    let matching: HashSet<u32> = shown.iter().copied().collect();
    let others = others.iter().copied().filter(|place| !matching.contains(place));
    let shown = shown.iter().copied().chain(others).collect();
    finder.list.take_filtered(generation, shown);
}

/// Enter: shows who it is, or how they stand to whom the finder was opened from. An address that nobody near at hand has is looked up.
pub(super) fn accept(model: &mut Model) -> Vec<Cmd> {
    let Some(finder) = &model.finder else {
        return Vec::new();
    };
    let words = finder.words();
    let (id, name) = match finder.list.selected() {
        Some(person) => (person.id.clone(), person.name.clone()),
        None if words.contains('@') => (Id::new(words.as_str()), Text::new(&words)),
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
    let mut cmds = close(model);
    model.overlay = None;
    cmds.extend(match goal {
        Goal::Profile => profile::open(model, id, name),
        Goal::PathFrom(from, called) => org::open_path(model, (from, called), (id, name)),
    });
    cmds
}

/// The address of the person under the cursor.
pub(super) fn copied(model: &Model) -> Option<String> {
    let person = model.finder.as_ref()?.list.selected()?;
    person.address().map(|address| address.to_string())
}
