//! Asking the store and the directory for people, and what they answer.

use std::collections::HashSet;

use super::super::acquaintances::Acquaintances;
use super::super::cmd::{Cmd, Filterable, Haystack};
use super::super::filtering::again;
use super::super::model::Model;
use super::super::nearby;
use super::super::remote::Remote;
use super::Found;
use crate::protocol::{Lane, Part, Payload, Query, Reply, RequestId};

/// Others are near at hand. As long as nobody is under anybody's hands, `anew` puts all of them in order: those who matter
/// come before those who are merely in sight. Otherwise they come behind whoever is there.
pub(in crate::app) fn met(model: &mut Model, anew: bool, add: impl FnOnce(&mut Acquaintances)) -> Vec<Cmd> {
    let fresh = Acquaintances::of(model);
    let Some(finder) = &mut model.finder else {
        return Vec::new();
    };
    if anew && finder.is_untouched() {
        finder.known = fresh;
    } else {
        add(&mut finder.known);
    }
    finder.show();
    again(Filterable::Finder, &mut finder.list, Haystack::People)
}

/// Somebody may not be seen any more: shows who else is near at hand.
pub(in crate::app) fn forget(model: &mut Model) -> Vec<Cmd> {
    let fresh = Acquaintances::of(model);
    let Some(finder) = &mut model.finder else {
        return Vec::new();
    };
    finder.known = fresh;
    finder.list.replace(finder.known.pages());
    let mut cmds = again(Filterable::Finder, &mut finder.list, Haystack::People);
    // These have found people in places of the list before: they are asked again.
    let has_words = !matches!(finder.store, Remote::Idle);
    let has_asked = !finder.asked.is_empty() && finder.ask_at.is_none();
    (finder.store, finder.directory) = (Remote::Idle, Remote::Idle);
    let words = finder.words();
    if has_words {
        cmds.push(ask_store(model, words));
    }
    if has_asked {
        cmds.extend(ask_directory(model));
    }
    cmds
}

pub(super) fn ask_store(model: &mut Model, term: String) -> Cmd {
    let (id, cmd) = model.read(Lane::Remembered, Query::Remembered { term });
    if let Some(finder) = &mut model.finder {
        finder.store.await_reply(id);
    }
    cmd
}

/// Typing has paused: asks the directory.
pub(in crate::app) fn ask_directory(model: &mut Model) -> Vec<Cmd> {
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
pub(in crate::app) fn refresh(model: &mut Model) -> Vec<Cmd> {
    let mut cmds = vec![nearby::ask(model)];
    if model.finder.as_ref().is_some_and(|finder| !finder.asked.is_empty()) {
        cmds.extend(ask_directory(model));
    }
    cmds
}

/// Whether somebody waits for this very request.
pub(in crate::app) fn awaits(model: &Model, id: RequestId) -> bool {
    model.finder.as_ref().is_some_and(|finder| finder.directory.awaits(id))
}

/// Takes people, if they were awaited.
pub(in crate::app) fn reply(model: &mut Model, reply: &Reply) -> Option<Vec<Cmd>> {
    let finder = model.finder.as_mut()?;
    if finder.store.awaits(reply.id) {
        let mut found = Found {
            term: finder.words(),
            ..Found::default()
        };
        if let Ok(Payload::Remembered(people)) = &reply.result {
            let places = people
                .iter()
                .map(|(person, read_at)| finder.known.remember(person, *read_at));
            found.places = places.collect();
        }
        finder.store.take_part(Part::Last, found);
        finder.show();
        // Also where nobody came: what is typed ahead waits for this.
        return Some(again(Filterable::Finder, &mut finder.list, Haystack::People));
    }
    if !finder.directory.awaits(reply.id) {
        return None;
    }
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

/// Takes the places of those who match. Whom the directory or the store has found for these very words may have been found
/// by what is not shown: those come behind the others. Where the store is yet to answer, the best is yet to come.
pub(in crate::app) fn filtered(model: &mut Model, generation: u64, shown: &[u32]) {
    let Some(finder) = &mut model.finder else { return };
    let found = [&finder.directory, &finder.store].map(Remote::shown);
    let found = found.into_iter().flatten();
    let others = found
        .filter(|found| found.term == finder.list.needle)
        .flat_map(|found| &found.places);
    let mut known = HashSet::new();
    let shown = shown.iter().chain(others).copied();
    let shown = shown.filter(|place| known.insert(*place)).collect();
    let waits = finder.store.is_loading() && finder.list.awaits_best();
    if finder.list.take_filtered(generation, shown) && waits {
        finder.list.await_best();
    }
}
