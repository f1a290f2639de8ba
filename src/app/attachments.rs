//! The attachments of a post: what they are, and how those stand that were asked for.

use super::cmd::{Cmd, Destination, Saving};
use super::downloads::Fetching;
use super::model::Model;
use super::overlay::Overlay;
use super::prompt::{self, Purpose};
use super::{downloads, harmful, notice};
use crate::domain::{Attachment, AttachmentKind, Id};
use crate::keys::Action;

/// Shows what is attached to the post under the cursor.
pub(super) fn show(model: &mut Model) {
    if !model.posts.attached().is_empty() {
        let (cursor, typed, warned) = (0, 0, false);
        model.overlay = Some(Overlay::Attachments { cursor, typed, warned });
    }
}

/// The attachment under the cursor of the list, and the post that it hangs on.
fn in_hand(model: &Model) -> Option<(Id, Attachment)> {
    let Some(Overlay::Attachments { cursor, .. }) = model.overlay else {
        return None;
    };
    let attachment = model.posts.attached().get(cursor)?.clone();
    Some((model.posts.selected()?.post.id.clone(), attachment))
}

/// Those that have bytes, of the one under the cursor or of all.
fn with_bytes(model: &Model, all: bool) -> Vec<Attachment> {
    let Some(Overlay::Attachments { cursor, .. }) = model.overlay else {
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
        .filter_map(|it| {
            let path = folder.to_owned();
            downloads::saving(model, it, Destination::Folder { path, make })
        })
        .collect();
    downloads::begin(model, wanted)
}

/// Opens the one under the cursor: fetches it, and hands it to the desktop. What may do more than show something is opened
/// only once the person has said so.
pub(super) fn open(model: &mut Model, sure: bool) -> Vec<Cmd> {
    let Some((post, attachment)) = in_hand(model) else {
        return Vec::new();
    };
    if attachment.kind == AttachmentKind::Reference {
        follow(model, &attachment);
        return Vec::new();
    }
    let warned = matches!(model.overlay, Some(Overlay::Attachments { warned: true, .. }));
    match harmful::kind(&attachment) {
        _ if sure && !warned => return Vec::new(),
        Some(kind) if !sure => {
            warn(model, true);
            let name = &attachment.name;
            let opens = model.key(Action::OpenAnyway);
            notice::say(model, &format!("{name} is {kind}. {opens} opens it all the same."));
            return Vec::new();
        }
        _ => warn(model, false),
    }
    let known = model.downloads.of(&post, &attachment.id);
    match known
        .filter(|it| it.saving.to == Destination::Opened)
        .map(|it| &it.stage)
    {
        Some(Fetching::Saved(path)) => vec![downloads::open(model, path.clone())],
        Some(Fetching::Waiting | Fetching::Coming { .. }) => {
            notice::say(model, "It is on its way.");
            Vec::new()
        }
        _ => {
            let wanted = downloads::saving(model, &attachment, Destination::Opened);
            downloads::begin(model, wanted.into_iter().collect())
        }
    }
}

/// Shows a text that was opened, unless the person has gone on to something else meanwhile.
pub(super) fn read(model: &mut Model, text: String) -> Vec<Cmd> {
    if matches!(model.overlay, Some(Overlay::Attachments { .. })) && model.prompt.is_none() {
        return vec![Cmd::Page(text)];
    }
    notice::say(model, "What you have opened is there: open it again to read it.");
    Vec::new()
}

fn warn(model: &mut Model, is_warned: bool) {
    if let Some(Overlay::Attachments { warned, .. }) = &mut model.overlay {
        *warned = is_warned;
    }
}

/// A link to a file in the cloud. Graph does not tell where it leads
/// (<https://learn.microsoft.com/graph/api/resources/referenceattachment>); the text of the post has it, as a rule.
fn follow(model: &mut Model, attachment: &Attachment) {
    let name = attachment.name.as_str();
    let is_it = |label: &str| !name.is_empty() && label.contains(name);
    match model.posts.links().iter().position(|link| is_it(link.label.as_str())) {
        Some(cursor) => model.overlay = Some(Overlay::Links { cursor, typed: 0 }),
        None => notice::say(
            model,
            "Graph does not tell where this link leads, and the text does not name it.",
        ),
    }
}

/// Whether the one under the cursor is on its way, or waits for its turn.
pub(super) fn is_coming(model: &Model) -> bool {
    in_hand(model).is_some_and(|(post, attachment)| model.downloads.is_coming(&post, &attachment.id))
}

/// Stops saving the one under the cursor.
pub(super) fn stop(model: &mut Model) -> Vec<Cmd> {
    match in_hand(model) {
        Some((post, attachment)) => downloads::stop(model, &post, &attachment.id),
        None => Vec::new(),
    }
}
