//! What is added to the fields that hold several things: people, categories and files.

use std::path::{Path, PathBuf};

use super::super::cmd::Cmd;
use super::super::compose::{self, Composer};
use super::super::editor::Editor;
use super::super::model::Model;
use super::super::{awaited, notice};
use super::address::addresses;
use super::enter;
use crate::domain::{DraftId, Enclosure, Field, Recipient};
use crate::keys::Action;
use crate::protocol::{Problem, delivery};

/// Adds what was typed in a field of several things, if it is something.
pub(in crate::app) fn add_typed(model: &mut Model) -> Vec<Cmd> {
    let Some(composer) = &mut model.composer else {
        return Vec::new();
    };
    let typed = composer.header.line.text().trim().to_owned();
    let field = composer.header.at;
    if typed.is_empty() || matches!(field, None | Some(Field::Topic)) {
        return Vec::new();
    }
    match field {
        Some(Field::People) => match addresses(&typed) {
            Some(people) => people.into_iter().for_each(|person| add_person(model, person)),
            None => {
                let [opens, clears] = [Action::Accept, Action::DeleteToLineStart].map(|action| model.key(action));
                notice::say(
                    model,
                    &format!("That is no address. {opens} opens the people finder with it, {clears} clears the line."),
                );
            }
        },
        Some(Field::Categories) => {
            compose::change(model, |composer| {
                let categories = &mut composer.with_mut().categories;
                if !categories.contains(&typed) {
                    categories.push(typed);
                }
            });
            enter(model, field);
        }
        Some(Field::Attachments) => {
            let draft = composer.id().clone();
            composer.awaited.files += 1;
            // On disk the path stays where it was typed until the file was looked at.
            enter(model, field);
            return vec![Cmd::Enclose {
                draft,
                path: PathBuf::from(typed),
            }];
        }
        Some(Field::Topic) | None => {}
    }
    Vec::new()
}

/// Adds somebody, once.
pub(in crate::app) fn add_person(model: &mut Model, person: Recipient) {
    compose::change(model, |composer| {
        let people = &mut composer.with_mut().people;
        let same = |other: &Recipient| other.address.as_str().eq_ignore_ascii_case(person.address.as_str());
        if !people.iter().any(same) {
            people.push(person);
        }
    });
    enter(model, Some(Field::People));
}

/// Takes a file that was looked at, also for a draft that was put aside meanwhile. What is too large is said at once.
pub(in crate::app) fn enclosed(
    model: &mut Model,
    id: &DraftId,
    path: &Path,
    result: Result<Enclosure, Problem>,
) -> Vec<Cmd> {
    let typed = model.composer.as_ref().filter(|open| open.id() == id);
    let typed = typed.map(Composer::draft);
    let Some((draft, under_way)) = awaited::being_written(model, id) else {
        return Vec::new();
    };
    under_way.files = under_way.files.saturating_sub(1);
    let attached = result.and_then(|file| {
        let mut whole = typed.unwrap_or_else(|| draft.clone());
        let files = &mut whole.with.attachments;
        files.retain(|other| other.path != file.path);
        files.push(file);
        match delivery::too_much(&whole) {
            Some(problem) => Err(problem),
            None => Ok(whole.with.attachments),
        }
    });
    match attached {
        Ok(files) => draft.with.attachments = files,
        Err(problem) => {
            notice::warn(model, &problem);
            type_again(model, id, path);
        }
    }
    awaited::changed(model, id)
}

/// A file cannot go with the draft: its path stands where it was typed, unless something else does by now.
fn type_again(model: &mut Model, id: &DraftId, path: &Path) {
    let open = model.composer.as_mut().filter(|open| open.id() == id);
    let header = open.map(|open| &mut open.header);
    if let Some(header) = header.filter(|it| it.at == Some(Field::Attachments) && it.line.is_blank()) {
        header.line = Editor::line(&path.to_string_lossy());
    }
}
