//! Keeping the disk up with what is typed of one's own profile: in the line, and with the rows that wait.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use super::{Own, OwnEdit, OwnStage, is_worth_keeping, me, show, tell_what_waits};
use crate::app::cmd::Cmd;
use crate::app::model::Model;
use crate::app::notice;
use crate::app::prompt::{Prompt, Purpose};
use crate::domain::{Id, OwnWords};
use crate::protocol::Problem;

/// How far the disk may be behind the keys.
const SAVE_AFTER: Duration = Duration::from_millis(40);
/// How soon what could not be written is written again.
const AGAIN: Duration = Duration::from_secs(5);

/// What the disk was asked to keep.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::app) struct OnDisk {
    /// By whose and what it is, as it was handed over; `None` where the disk has refused that.
    handed: BTreeMap<(Id, String), Option<String>>,
    /// When what differs from that is to be handed over.
    save_at: Option<Instant>,
    /// Why the last writing failed.
    problem: Option<Problem>,
    /// Something was found that nobody has been told of.
    pub(super) untold: bool,
}

/// All that is typed and is to outlive the program.
pub(in crate::app) fn words(model: &Model) -> BTreeMap<(Id, String), String> {
    let edits = model.own.iter();
    let mut all: BTreeMap<_, _> = edits
        .map(|edit| ((edit.person.clone(), edit.of.name().to_owned()), edit.text.clone()))
        .collect();
    if let Some(Prompt {
        purpose: Purpose::Own(of),
        line,
    }) = &model.prompt
        && let Some(person) = me(model)
    {
        // The line began with what waits of the same.
        let name = (person.clone(), of.name().to_owned());
        let text = line.text();
        if is_worth_keeping(model, *of, &text) {
            all.insert(name, text);
        } else {
            all.remove(&name);
        }
    }
    all
}

/// Has what was typed written soon, and tells what waits from before, once it is known whose it is and nothing else is
/// being said.
pub(in crate::app) fn follow(model: &mut Model) {
    let disk = &model.own_on_disk;
    if disk.save_at.is_none() && is_behind(model) {
        model.own_on_disk.save_at = Some(model.now.instant + SAVE_AFTER);
    }
    if model.own_on_disk.untold && model.notice.is_none() && me(model).is_some() {
        tell_what_waits(model);
    }
}

fn is_behind(model: &Model) -> bool {
    let (words, handed) = (words(model), &model.own_on_disk.handed);
    let is_handed = |(name, text): (&_, &String)| handed.get(name).is_some_and(|it| it.as_ref() == Some(text));
    words.len() != handed.len() || !words.iter().all(is_handed)
}

/// When the next of it is to be written.
pub(in crate::app) fn next(model: &Model) -> Option<Instant> {
    model.own_on_disk.save_at
}

/// Hands over what is not on disk as it is to be.
pub(in crate::app) fn hand_over(model: &mut Model) -> Vec<Cmd> {
    let words = words(model);
    let disk = &mut model.own_on_disk;
    disk.save_at = None;
    let before = std::mem::take(&mut disk.handed);
    let mut cmds = Vec::new();
    for (name, text) in words {
        if before.get(&name).and_then(Option::as_ref) != Some(&text) {
            let (person, property) = name.clone();
            let text = text.clone();
            cmds.push(Cmd::KeepOwn(OwnWords { person, property, text }));
        }
        disk.handed.insert(name, Some(text));
    }
    for (person, property) in before.into_keys() {
        if !disk.handed.contains_key(&(person.clone(), property.clone())) {
            cmds.push(Cmd::DropOwn { person, property });
        }
    }
    cmds
}

/// Takes what earlier runs have left. What was typed since is newer.
pub(in crate::app) fn found(model: &mut Model, found: Vec<OwnWords>) -> Vec<Cmd> {
    for words in found {
        // Only a newer folkmoot knows the others; they stay where they are.
        let Some(of) = Own::named(&words.property) else {
            continue;
        };
        let is_same = |edit: &OwnEdit| (edit.of, &edit.person) == (of, &words.person);
        model.own_on_disk.handed.insert(words.name(), Some(words.text.clone()));
        model.own_on_disk.untold = true;
        if !model.own.iter().any(is_same) {
            let (person, text) = (words.person, words.text);
            let stage = OwnStage::Aside;
            model.own.push(OwnEdit {
                person,
                of,
                text,
                stage,
            });
        }
    }
    show(model);
    Vec::new()
}

/// Takes the word of the disk. What it could not write it is asked to write again.
pub(in crate::app) fn answered(model: &mut Model, words: &OwnWords, result: Result<(), Problem>) -> Vec<Cmd> {
    let again = model.now.instant + AGAIN;
    let disk = &mut model.own_on_disk;
    match result {
        Ok(()) if disk.handed.values().all(Option::is_some) => disk.problem = None,
        Ok(()) => {}
        Err(problem) => {
            if let Some(handed) = disk.handed.get_mut(&words.name()) {
                *handed = None;
                disk.save_at = Some(again);
                disk.problem = Some(problem.clone());
            }
            notice::warn(model, &problem);
        }
    }
    Vec::new()
}

/// Why something of it is not on disk, where the disk has said so.
pub(in crate::app) fn refused(model: &Model) -> Option<&Problem> {
    model.own_on_disk.problem.as_ref().filter(|_| !words(model).is_empty())
}
