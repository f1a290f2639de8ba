//! Enter among things: opens what is under the cursor.

use super::super::cmd::Cmd;
use super::super::model::Model;
use super::super::overlay::Overlay;
use super::super::{
    account, attachments, columns, conversations, groups, nested, notice, org, outbox, overlap, profile, reading,
    welcome,
};
use crate::domain::ObjectKind;
use crate::keys::Place;

/// Enter: opens what is under the cursor.
pub(in crate::app) fn open(model: &mut Model, place: Place) -> Vec<Cmd> {
    if place == Place::Groups
        && let Some(cmds) = overlap::chosen(model)
    {
        return cmds;
    }
    match place {
        Place::Groups => match model.groups.list.selected().cloned() {
            Some(group) => groups::open(model, group),
            None => Vec::new(),
        },
        Place::Members => match model.members.list.selected().map(|member| member.object.clone()) {
            Some(object) if object.kind == ObjectKind::Group => {
                groups::open_by_key(model, object.id.as_str().to_owned())
            }
            Some(object) if object.kind == ObjectKind::User => {
                profile::open(model, object.id, object.name.unwrap_or_default())
            }
            Some(_) => {
                notice::say(model, "Only people and groups can be opened.");
                Vec::new()
            }
            None => Vec::new(),
        },
        Place::Conversations => conversations::open(model),
        Place::Threads => match model.threads.list.selected().cloned() {
            Some(thread) => reading::open(model, thread),
            None => Vec::new(),
        },
        Place::Profile => match model.profiles.last().and_then(profile::Profile::goto) {
            Some(profile::Goto::Person(id, name)) => profile::open(model, id, name),
            Some(profile::Goto::Group(id)) => {
                let mut cmds: Vec<Cmd> = profile::close_all(model).into_iter().collect();
                cmds.extend(groups::open_by_key(model, id.as_str().to_owned()));
                cmds
            }
            Some(profile::Goto::Link(url)) => open_outside(model, url),
            None => {
                notice::say(model, "Nothing here can be opened.");
                Vec::new()
            }
        },
        Place::Org => org::show_profile(model),
        Place::Nested => nested::enter(model),
        Place::Overlap => overlap::enter(model),
        Place::Links => {
            let Some(Overlay::Links { cursor, .. }) = model.overlay else {
                return Vec::new();
            };
            let url = model.posts.links().get(cursor).map(|link| link.url.clone());
            model.overlay = None;
            url.map(Cmd::OpenUrl).into_iter().collect()
        }
        Place::Attachments => attachments::open(model, false),
        Place::Columns => {
            columns::toggle(model);
            Vec::new()
        }
        Place::Capabilities => {
            account::ask_for_capability(model);
            Vec::new()
        }
        Place::Welcome => welcome::choose(model),
        Place::Drafts => selected_draft(model)
            .map(|at| outbox::open(model, at))
            .unwrap_or_default(),
        Place::Posts
        | Place::Raw
        | Place::Details
        | Place::Help
        | Place::Account
        | Place::SignIn
        | Place::Composer
        | Place::Header
        | Place::Completion
        | Place::Templates
        | Place::Prompt
        | Place::Palette
        | Place::Outline
        | Place::Finder
        | Place::Confirm
        | Place::Redirect
        | Place::Answer
        | Place::Preview
        | Place::Review => Vec::new(),
    }
}

/// The draft under the cursor of their list, by its place in it.
pub(super) fn selected_draft(model: &Model) -> Option<usize> {
    match model.overlay {
        Some(Overlay::Drafts { cursor, .. }) => Some(cursor),
        _ => None,
    }
}

/// Opens an address with whatever the desktop has for it, and says so.
fn open_outside(model: &mut Model, url: String) -> Vec<Cmd> {
    notice::say(model, &format!("Opening {url}"));
    vec![Cmd::OpenUrl(url)]
}

/// Opens the only link of a post, or shows them all.
pub(super) fn open_link(model: &mut Model) -> Vec<Cmd> {
    match model.posts.links() {
        [] => Vec::new(),
        [only] if !only.elsewhere => vec![Cmd::OpenUrl(only.url.clone())],
        _ => {
            model.overlay = Some(Overlay::Links { cursor: 0, typed: 0 });
            Vec::new()
        }
    }
}
