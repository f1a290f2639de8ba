//! Esc: one step back, whatever has the keyboard.

use super::super::cmd::Cmd;
use super::super::filtering::list_in;
use super::super::model::Model;
use super::super::{
    compose, conversations, finder, header, mention, nested, notice, org, overlap, profile, prompt, review, search,
    sign_in, welcome,
};
use super::focus;
use crate::keys::Place;
use crate::layout::Pane;

/// Leaves what has the keyboard, or undoes the last step that was taken in it.
pub(super) fn back(model: &mut Model, place: Place) -> Vec<Cmd> {
    if place == Place::Groups && model.choosing.take().is_some() {
        notice::say(model, "No group is chosen.");
        return Vec::new();
    }
    if Place::PANES.contains(&place)
        && let Some(list) = list_in(place).filter(|list| !model.needle(*list).is_empty())
    {
        return model.filter(list, String::new());
    }
    match place {
        Place::SignIn | Place::Redirect => return sign_in::close(model),
        Place::Help => model.help = None,
        Place::Palette
        | Place::Links
        | Place::Attachments
        | Place::Drafts
        | Place::Account
        | Place::Capabilities
        | Place::Raw
        | Place::Confirm
        | Place::Details
        | Place::Outline
        | Place::Columns => model.overlay = None,
        Place::Welcome | Place::Answer => welcome::back(model),
        Place::Finder => return finder::close(model),
        Place::Prompt => return prompt::cancel(model),
        Place::Review => review::keep_writing(model),
        Place::Preview => return review::look(model),
        Place::Templates => model.overlay = None,
        Place::Header => return header::leave(model),
        Place::Completion if model.paths.is_some() => return back(model, model.place_below_completion()),
        Place::Completion => mention::dismiss(model),
        Place::Composer => return compose::close(model),
        Place::Org => return org::back(model),
        Place::Nested => return nested::back(model),
        Place::Overlap => return overlap::close(model),
        Place::Profile => return profile::close(model),
        Place::Posts if !model.posts.search.needle.is_empty() => return search::look_for(model, String::new()),
        Place::Posts => return focus(model, Pane::Threads),
        Place::Threads if model.conversations.of.is_some() => return conversations::back(model).unwrap_or_default(),
        Place::Members | Place::Threads | Place::Conversations => return focus(model, Pane::Groups),
        Place::Groups => {}
    }
    Vec::new()
}
