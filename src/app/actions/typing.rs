//! What the keys of a text do: in the composer, in the fields above it, and in every line that is typed.

use super::super::cmd::Cmd;
use super::super::editor::{Edit, Editor};
use super::super::model::Model;
use super::super::{
    compose, deletion, finder, header, keyboard, mention, outline, palette, paths, prompt, review, sign_in, templates,
    welcome,
};
use crate::keys::Place;

/// Enter in a line: takes what was typed, or what is offered for it.
pub(super) fn accept(model: &mut Model, place: Place) -> Vec<Cmd> {
    match place {
        Place::Completion => match &model.paths {
            Some(paths) => match paths.cursor {
                Some(chosen) => paths::take(model, chosen),
                None => accept(model, model.place_below_completion()),
            },
            None => mention::accept(model),
        },
        Place::Prompt => prompt::accept(model),
        Place::Redirect => sign_in::hand_over(model),
        Place::Answer => welcome::answer(model),
        Place::Finder => finder::accept(model),
        Place::Templates => templates::accept(model),
        Place::Header => header::accept(model),
        Place::Confirm => deletion::accept(model),
        Place::Outline => {
            outline::accept(model);
            Vec::new()
        }
        Place::Palette => palette::accept(model),
        Place::Groups
        | Place::Members
        | Place::Threads
        | Place::Conversations
        | Place::Posts
        | Place::Profile
        | Place::Org
        | Place::Nested
        | Place::Overlap
        | Place::Links
        | Place::Attachments
        | Place::Raw
        | Place::Details
        | Place::Drafts
        | Place::Help
        | Place::Account
        | Place::Capabilities
        | Place::Columns
        | Place::Welcome
        | Place::SignIn
        | Place::Composer
        | Place::Preview
        | Place::Review => Vec::new(),
    }
}

/// Tab: takes what a list of completions offers.
pub(super) fn complete(model: &mut Model) -> Vec<Cmd> {
    match model.paths {
        Some(_) => paths::complete(model),
        None => mention::take(model),
    }
}

/// Hands what is written to the person's own editor.
pub(super) fn external_editor(model: &mut Model) -> Vec<Cmd> {
    let Some(composer) = &mut model.composer else {
        return Vec::new();
    };
    let mut cmds: Vec<Cmd> = composer.save().into_iter().collect();
    cmds.push(Cmd::Edit(Box::new(composer.draft())));
    cmds
}

/// Does to whichever text has the keyboard what a key says.
pub(super) fn edit(model: &mut Model, edit: Edit) -> Vec<Cmd> {
    match model.place_below_completion() {
        Place::Composer => compose::edit(model, edit),
        Place::Header => header::act(model, edit),
        Place::Preview | Place::Review => {
            review::scroll(model, edit);
            Vec::new()
        }
        place => {
            let act = |line: &mut Editor| {
                line.act(edit);
            };
            keyboard::edit_line(model, place, act).unwrap_or_default()
        }
    }
}
