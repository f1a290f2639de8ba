//! Paths that are completed while they are typed, wherever a file or a folder is asked for.
//!
//! The folder that is being typed is listed off the UI thread, once; what is typed in it chooses among what it holds. Nothing
//! is chosen until Tab or an arrow is pressed, so Enter takes the line as it stands.

use std::sync::Arc;

use super::cmd::Cmd;
use super::model::Model;
use super::movement::Step;
use super::{notice, prompt};
use crate::domain::{Field, Text};
use crate::keys::Action;
use crate::protocol::{Problem, ProblemKind, RequestId};

/// What a path is to lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// A folder: files are not offered.
    Folder,
    /// A file, in whatever folder.
    File,
}

/// What a folder holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathEntry {
    /// Its name, as it is.
    pub name: String,
    /// Whether it is a folder, or a link to one.
    pub is_folder: bool,
}

impl PathEntry {
    /// The name as it may be shown; a folder's ends as a folder's does.
    pub fn shown(&self) -> String {
        let slash = if self.is_folder { "/" } else { "" };
        format!("{}{slash}", Text::new(&self.name))
    }
}

/// A path that is being typed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Paths {
    /// The folder as it was typed, up to its last separator.
    folder: String,
    /// What is typed behind that.
    name: String,
    /// What it holds: folders first.
    entries: Arc<[PathEntry]>,
    /// The places of those that are offered.
    offered: Vec<usize>,
    /// The place among these of the chosen one.
    pub cursor: Option<usize>,
    /// Why the folder cannot be listed.
    pub problem: Option<Problem>,
    /// The newest listing that was asked for.
    awaited: Option<RequestId>,
    /// The folder that Enter was pressed for, while it is being looked at.
    accepted: Option<(RequestId, String)>,
    /// The folder that Enter was pressed for and is not there: Enter again makes it.
    missing: Option<String>,
}

impl Paths {
    /// Those that are offered.
    pub fn offered(&self) -> impl ExactSizeIterator<Item = Option<&PathEntry>> {
        self.offered.iter().map(|place| self.entries.get(*place))
    }

    /// What is typed of the name that is being completed.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether there is anything to be chosen.
    pub(super) fn is_open(&self) -> bool {
        !self.offered.is_empty()
    }

    /// Offers what begins with the name, whatever its letters' case. What is hidden is offered only where a dot was typed.
    fn offer(&mut self) {
        let begins = self.name.to_lowercase();
        let entries = self.entries.iter().enumerate();
        let meant = entries.filter(|(_, entry)| {
            (begins.starts_with('.') || !entry.name.starts_with('.')) && entry.name.to_lowercase().starts_with(&begins)
        });
        self.offered = meant.map(|(place, _)| place).collect();
        let is_whole = |entry: Option<&PathEntry>| entry.is_some_and(|it| !it.is_folder && it.name == self.name);
        if self.offered.len() == 1 && self.offered().any(is_whole) {
            // There is nothing left to complete.
            self.offered.clear();
        }
        self.cursor = None;
    }

    /// The longest beginning that all of the offered names share.
    fn shared(&self) -> Option<String> {
        let mut names = self.offered().flatten().map(|entry| entry.name.as_str());
        let mut shared = names.next()?.to_owned();
        for name in names {
            let same = shared.chars().zip(name.chars()).take_while(|(one, other)| one == other);
            let length = same.map(|(c, _)| c.len_utf8()).sum();
            shared.truncate(length);
        }
        Some(shared)
    }
}

/// The path that is being typed, before the cursor, and what it is to lead to.
fn typed(model: &Model) -> Option<(Wanted, String)> {
    if let Some(prompt) = &model.prompt {
        let wanted = prompt.purpose.path()?;
        return Some((wanted, prompt.line.before_cursor().to_owned()));
    }
    let header = &model.composer.as_ref()?.header;
    // In an empty line Tab goes to the next field.
    let is_path = header.at == Some(Field::Attachments) && !header.line.is_blank();
    is_path.then(|| (Wanted::File, header.line.before_cursor().to_owned()))
}

/// The folder of a path, up to its last separator, and the name behind it. A `~` alone is the home folder.
fn split(typed: &str) -> (&str, &str) {
    match typed.rfind(std::path::is_separator) {
        _ if typed == "~" => ("~/", ""),
        Some(at) => typed.split_at(at + 1),
        None => ("", typed),
    }
}

/// What is typed has changed: offers what it may become, and has another folder listed.
pub(super) fn follow(model: &mut Model) -> Vec<Cmd> {
    let Some((wanted, typed)) = typed(model) else {
        model.paths = None;
        return Vec::new();
    };
    let (folder, name) = split(&typed);
    if let Some(paths) = model.paths.as_mut().filter(|paths| paths.folder == folder) {
        if paths.name != name {
            name.clone_into(&mut paths.name);
            (paths.accepted, paths.missing) = (None, None);
            paths.offer();
        }
        return Vec::new();
    }
    let id = model.next_id();
    model.paths = Some(Paths {
        folder: folder.to_owned(),
        name: name.to_owned(),
        awaited: Some(id),
        ..Paths::default()
    });
    vec![Cmd::ListFolder {
        id,
        folder: folder.to_owned(),
        wanted,
    }]
}

/// Takes what a folder holds, if it was awaited.
pub(super) fn listed(model: &mut Model, id: RequestId, result: Result<Arc<[PathEntry]>, Problem>) -> Vec<Cmd> {
    let Some(paths) = &mut model.paths else {
        return Vec::new();
    };
    if paths.awaited == Some(id) {
        match result {
            Ok(entries) => paths.entries = entries,
            Err(problem) => paths.problem = Some(problem),
        }
        paths.offer();
        return Vec::new();
    }
    let Some((_, folder)) = paths.accepted.take_if(|(asked, _)| *asked == id) else {
        return Vec::new();
    };
    match result {
        Ok(_) => return prompt::with_folder(model, folder, false),
        Err(problem) if problem.kind == ProblemKind::NotFound => {
            let name = Text::new(&folder);
            paths.missing = Some(folder);
            let said = format!(
                "There is no folder {name}. {} again makes it.",
                model.key(Action::Accept)
            );
            notice::say(model, &said);
        }
        Err(problem) => notice::warn(model, &problem),
    }
    Vec::new()
}

/// Enter in a line that asks for a folder: it is looked at first, and made only when Enter is pressed again.
pub(super) fn accept_folder(model: &mut Model, typed: &str) -> Vec<Cmd> {
    let folder = match typed.trim() {
        "" => ".".to_owned(),
        typed => typed.to_owned(),
    };
    if model.paths.as_ref().and_then(|paths| paths.missing.as_ref()) == Some(&folder) {
        return prompt::with_folder(model, folder, true);
    }
    let id = model.next_id();
    model.paths.get_or_insert_default().accepted = Some((id, folder.clone()));
    vec![Cmd::ListFolder {
        id,
        folder,
        wanted: Wanted::Folder,
    }]
}

/// Chooses another.
pub(super) fn step(model: &mut Model, step: Step) {
    let Some(paths) = &mut model.paths else { return };
    let count = paths.offered.len();
    paths.cursor = match (paths.cursor, step) {
        (None, Step::Line(1..)) => Some(0),
        (None, _) => Some(count.saturating_sub(1)),
        // Up from the first is back to the line as it stands.
        (Some(0), Step::Line(..=-1)) => None,
        (Some(at), step) => Some(step.from(at, count, count)),
    };
}

/// Tab: takes what is chosen; else as much as all that is offered has in common; else chooses the first.
pub(super) fn complete(model: &mut Model) -> Vec<Cmd> {
    let Some(paths) = &mut model.paths else {
        return Vec::new();
    };
    let only = (paths.offered.len() == 1).then_some(0);
    if let Some(chosen) = paths.cursor.or(only) {
        return take(model, chosen);
    }
    // Names that differ in the case of their letters may share less than was typed.
    let shared = paths
        .shared()
        .filter(|shared| shared.chars().count() > paths.name.chars().count());
    match shared {
        Some(shared) => put(model, &shared),
        None => {
            paths.cursor = Some(0);
            Vec::new()
        }
    }
}

/// Puts one that is offered into the line.
pub(super) fn take(model: &mut Model, place: usize) -> Vec<Cmd> {
    let chosen = model
        .paths
        .as_ref()
        .and_then(|paths| paths.offered().nth(place).flatten());
    let Some(chosen) = chosen else { return Vec::new() };
    let slash = if chosen.is_folder { "/" } else { "" };
    let name = format!("{}{slash}", chosen.name);
    put(model, &name)
}

/// Puts a name in the place of the one that is being typed.
fn put(model: &mut Model, name: &str) -> Vec<Cmd> {
    let Some((_, typed)) = typed(model) else {
        return Vec::new();
    };
    let (folder, before) = split(&typed);
    let line = match (&mut model.prompt, &mut model.composer) {
        (Some(prompt), _) => &mut prompt.line,
        (None, Some(composer)) => &mut composer.header.line,
        (None, None) => return Vec::new(),
    };
    match typed == "~" {
        true => line.replace_before(1, &format!("{folder}{name}")),
        false => line.replace_before(before.chars().count(), name),
    }
    follow(model)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_a_folder_and_a_name() {
        for (typed, folder, name) in [
            ("", "", ""),
            ("plan", "", "plan"),
            ("~", "~/", ""),
            ("~/山田/pl", "~/山田/", "pl"),
            ("/", "/", ""),
            ("../x y/", "../x y/", ""),
        ] {
            assert_eq!(split(typed), (folder, name), "{typed}");
        }
    }
}
