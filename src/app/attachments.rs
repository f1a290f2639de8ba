//! The attachments of a post, to be saved in the current folder.

use super::cmd::{Cmd, Saving};
use super::model::Model;
use super::notice;
use super::overlay::Overlay;
use crate::domain::{AttachmentKind, Text};
use crate::protocol::Problem;

/// Shows what is attached to the post under the cursor.
pub(super) fn show(model: &mut Model) {
    if !model.posts.attached().is_empty() {
        model.overlay = Some(Overlay::Attachments { cursor: 0 });
    }
}

/// Saves what is under the cursor of the list, or all of it.
pub(super) fn save(model: &mut Model, all: bool) -> Vec<Cmd> {
    let Some(Overlay::Attachments { cursor }) = model.overlay else {
        return Vec::new();
    };
    let attached = model.posts.attached().iter().enumerate();
    let wanted = attached.filter(|(at, _)| all || *at == cursor).map(|(_, it)| it);
    let has_bytes = wanted.filter(|it| it.kind != AttachmentKind::Reference);
    let attachments: Vec<_> = has_bytes.cloned().collect();
    if attachments.is_empty() {
        notice::say(
            model,
            "That is a link to a file in the cloud: there are no bytes to save.",
        );
        return Vec::new();
    }
    let (Some(group), Some(thread), Some(entry)) = (&model.group, &model.posts.thread, model.posts.selected()) else {
        return Vec::new();
    };
    let saving = Saving {
        group: group.id.clone(),
        thread: thread.id.clone(),
        post: entry.post.id.clone(),
        attachments,
    };
    notice::say(model, "Saving…");
    model.overlay = None;
    vec![Cmd::Save(Box::new(saving))]
}

/// Says where they are.
pub(super) fn saved(model: &mut Model, result: Result<Vec<Text>, Problem>) {
    match result {
        Err(problem) => notice::warn(model, &problem),
        Ok(paths) => match paths.as_slice() {
            [] => {}
            [only] => notice::say(model, &format!("Saved as {only}.")),
            [.., last] => {
                let count = paths.len();
                notice::say(model, &format!("{count} files are saved, the last as {last}."));
            }
        },
    }
}
