//! The attachments of a post: what they are, and how those stand that were asked for.

use super::cmd::{Cmd, Saving};
use super::model::Model;
use super::overlay::Overlay;
use super::prompt::{self, Purpose};
use super::{downloads, notice};
use crate::domain::{Attachment, AttachmentKind, Id};

/// Shows what is attached to the post under the cursor.
pub(super) fn show(model: &mut Model) {
    if !model.posts.attached().is_empty() {
        model.overlay = Some(Overlay::Attachments { cursor: 0 });
    }
}

/// The attachment under the cursor of the list, and the post that it hangs on.
fn in_hand(model: &Model) -> Option<(Id, Attachment)> {
    let Some(Overlay::Attachments { cursor }) = model.overlay else {
        return None;
    };
    let attachment = model.posts.attached().get(cursor)?.clone();
    Some((model.posts.selected()?.post.id.clone(), attachment))
}

/// Those that have bytes, of the one under the cursor or of all.
fn with_bytes(model: &Model, all: bool) -> Vec<Attachment> {
    let Some(Overlay::Attachments { cursor }) = model.overlay else {
        return Vec::new();
    };
    let attached = model.posts.attached().iter().enumerate();
    let wanted = attached.filter(|(at, _)| all || *at == cursor).map(|(_, it)| it);
    wanted
        .filter(|it| it.kind != AttachmentKind::Reference)
        .cloned()
        .collect()
}

/// Asks for the folder that the attachment under the cursor is to be saved in, or all of them.
pub(super) fn ask_where(model: &mut Model, all: bool) -> Vec<Cmd> {
    if with_bytes(model, all).is_empty() {
        notice::say(
            model,
            "That is a link to a file in the cloud: there are no bytes to save.",
        );
        return Vec::new();
    }
    prompt::ask_for_folder(model, Purpose::SaveFolder { all })
}

/// Saves them in a folder, which is made first where that was asked for.
pub(super) fn save(model: &mut Model, all: bool, folder: &str, make: bool) -> Vec<Cmd> {
    let attachments = with_bytes(model, all);
    let wanted: Vec<Saving> = attachments
        .iter()
        .filter_map(|it| downloads::saving(model, it, (folder, make)))
        .collect();
    downloads::begin(model, wanted)
}

/// Stops saving the one under the cursor.
pub(super) fn stop(model: &mut Model) -> Vec<Cmd> {
    match in_hand(model) {
        Some((post, attachment)) => downloads::stop(model, &post, &attachment.id),
        None => Vec::new(),
    }
}
