//! The line that `/` opens in the title of a pane, and those that ask for a group, a folder, or what a row of one's own
//! profile is to be.

use super::cmd::{Cmd, Filterable};
use super::editor::Editor;
use super::filtering::list_in;
use super::model::Model;
use super::own::{self, Own};
use super::paths::{self, Wanted};
use super::{attachments, conversations, export, groups, notice, numbered, reading, search};
use crate::domain::{Card, ExportFormat};
use crate::keys::Place;
use crate::layout::Pane;

/// A line being typed.
#[derive(Debug, Clone, PartialEq)]
pub struct Prompt {
    /// What it is for.
    pub purpose: Purpose,
    /// What is typed so far.
    pub line: Editor,
}

/// What a prompt's line means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Shows only what matches, in a list; in a tree also what stands above that.
    Filter(Filterable),
    /// Marks hits in the posts.
    Search,
    /// Goes to a link or to something attached, in their list.
    Find,
    /// Opens a group by id or address.
    OpenGroup,
    /// Changes something of one's own profile.
    Own(Own),
    /// Saves the shown profile's card in a folder.
    CardFolder,
    /// Writes threads to a folder.
    Export {
        /// All of the group, not only the one in hand.
        all: bool,
        /// What they are written as.
        format: ExportFormat,
        /// The pane in which they are.
        pane: Pane,
    },
    /// Saves attachments in a folder.
    SaveFolder {
        /// All of the post, not only the one under the cursor.
        all: bool,
    },
}

impl Purpose {
    /// What the line is to lead to, where it is a path.
    pub(super) fn path(self) -> Option<Wanted> {
        match self {
            Purpose::CardFolder | Purpose::SaveFolder { .. } | Purpose::Export { .. } => Some(Wanted::Folder),
            Purpose::Own(Own::Photo) => Some(Wanted::File),
            _ => None,
        }
    }
}

/// Opens the prompt of a pane, with what it looked for before.
pub(super) fn open(model: &mut Model, place: Place) {
    if place == Place::Conversations {
        conversations::stay(model);
    }
    let (purpose, text) = match list_in(place) {
        Some(list) => (Purpose::Filter(list), model.needle(list)),
        None if matches!(place, Place::Links | Place::Attachments) => (Purpose::Find, ""),
        None => (Purpose::Search, model.posts.search.needle.as_str()),
    };
    let line = Editor::line(text);
    model.prompt = Some(Prompt { purpose, line });
}

/// Opens the line that asks for a group.
pub(super) fn ask_for_group(model: &mut Model) {
    model.prompt = Some(Prompt {
        purpose: Purpose::OpenGroup,
        line: Editor::line(""),
    });
}

/// Opens the line that asks where the shown profile's card is to be saved.
pub(super) fn ask_where_to_save_the_card(model: &mut Model) -> Vec<Cmd> {
    if model.profile().is_none_or(|profile| profile.card().is_none()) {
        notice::say(model, "The card has not come yet.");
        return Vec::new();
    }
    ask_for_folder(model, Purpose::CardFolder)
}

/// Opens a line that asks for a folder, with the one that was given last.
pub(super) fn ask_for_folder(model: &mut Model, purpose: Purpose) -> Vec<Cmd> {
    let line = Editor::line(&model.folder);
    model.prompt = Some(Prompt { purpose, line });
    paths::follow(model)
}

/// Takes the folder that was asked for, which is to be made where that was said.
pub(super) fn with_folder(model: &mut Model, folder: String, make: bool) -> Vec<Cmd> {
    model.paths = None;
    let Some(prompt) = model.prompt.take() else {
        return Vec::new();
    };
    model.folder.clone_from(&folder);
    match prompt.purpose {
        Purpose::SaveFolder { all } => attachments::save(model, all, &folder, make),
        Purpose::Export { .. } => export::begin(model, prompt.purpose, folder, make),
        _ => save_card(model, folder, make),
    }
}

fn save_card(model: &Model, folder: String, make: bool) -> Vec<Cmd> {
    let Some(profile) = model.profile() else {
        return Vec::new();
    };
    let save = |card: &Card| Cmd::SaveCard {
        folder,
        make,
        card: Box::new(card.clone()),
        about: profile.about().cloned().map(Box::new),
    };
    profile.card().map(save).into_iter().collect()
}

/// Takes what was typed so far.
pub(super) fn typed(model: &mut Model) -> Vec<Cmd> {
    let Some(prompt) = &model.prompt else { return Vec::new() };
    let text = prompt.line.text();
    match prompt.purpose {
        Purpose::Filter(list) => model.filter(list, text),
        Purpose::Search => {
            if text == model.posts.search.needle {
                return Vec::new();
            }
            search::look_for(model, text)
        }
        Purpose::Find => {
            numbered::find(model, &text);
            Vec::new()
        }
        Purpose::OpenGroup => Vec::new(),
        Purpose::Own(_) | Purpose::CardFolder | Purpose::SaveFolder { .. } | Purpose::Export { .. } => {
            paths::follow(model)
        }
    }
}

/// Enter: the filter or search stays in force, the keyboard goes back to the pane.
pub(super) fn accept(model: &mut Model) -> Vec<Cmd> {
    let folder = model
        .prompt
        .as_ref()
        .filter(|prompt| prompt.purpose.path() == Some(Wanted::Folder));
    if let Some(typed) = folder.map(|prompt| prompt.line.text()) {
        return paths::accept_folder(model, &typed);
    }
    model.paths = None;
    let Some(prompt) = model.prompt.take() else {
        return Vec::new();
    };
    match prompt.purpose {
        Purpose::Filter(_) => Vec::new(),
        Purpose::Find => {
            numbered::settle(model, &prompt.line.text());
            Vec::new()
        }
        Purpose::Search => {
            // Down and Up may have walked to a hit already.
            if !search::is_walking(model) {
                search::walk(model, true);
            }
            reading::show_hit(model);
            Vec::new()
        }
        Purpose::OpenGroup => groups::open_by_key(model, prompt.line.text().trim().to_owned()),
        Purpose::Own(of) => own::accept(model, of, prompt.line),
        Purpose::CardFolder | Purpose::SaveFolder { .. } | Purpose::Export { .. } => Vec::new(),
    }
}

/// Esc: what was typed no longer counts; of one's own profile it waits with its row.
pub(super) fn cancel(model: &mut Model) -> Vec<Cmd> {
    model.paths = None;
    let Some(prompt) = model.prompt.take() else {
        return Vec::new();
    };
    match prompt.purpose {
        Purpose::Filter(list) => model.filter(list, String::new()),
        Purpose::Search => search::look_for(model, String::new()),
        Purpose::Own(of) => {
            own::put_aside(model, of, &prompt.line);
            Vec::new()
        }
        Purpose::Find
        | Purpose::OpenGroup
        | Purpose::CardFolder
        | Purpose::SaveFolder { .. }
        | Purpose::Export { .. } => Vec::new(),
    }
}
