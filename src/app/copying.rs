//! Copying what is under the cursor.

use super::cmd::Cmd;
use super::model::Model;
use super::overlay::Overlay;
use super::{account, finder, notice, overlap, profile, raw};
use crate::domain::{DirectoryObject, Text};
use crate::keys::Place;
use crate::text;

/// Copies what is under the cursor. A post's text is laid out first, which may take a while.
pub(super) fn copy(model: &mut Model) -> Vec<Cmd> {
    if model.place() == Place::Posts
        && let Some(entry) = model.posts.selected()
    {
        return vec![Cmd::PlainText(entry.post.clone())];
    }
    if model.place() == Place::Raw {
        return raw::copy(model);
    }
    let text = copied(model).unwrap_or_default();
    hand_over(model, text)
}

/// Hands text to the terminal.
pub(super) fn hand_over(model: &mut Model, copied: String) -> Vec<Cmd> {
    if copied.is_empty() {
        notice::say(model, "There is nothing to copy here.");
        return Vec::new();
    }
    // A line has room for no more.
    let shown = Text::new(text::start_of(&copied, 1_000));
    notice::say(
        model,
        &format!(
            "Sent to the terminal's clipboard: {}",
            text::truncate(shown.as_str(), 60)
        ),
    );
    vec![Cmd::Copy(copied)]
}

/// An address, else a name, else the id.
fn of_object(object: &DirectoryObject) -> String {
    let said = object.mail.as_ref().or(object.name.as_ref());
    // Whatever it is pasted into must not be driven by it.
    said.cloned()
        .unwrap_or_else(|| Text::new(object.id.as_str()))
        .to_string()
}

/// What copying means where the keyboard is.
fn copied(model: &Model) -> Option<String> {
    let text = |text: &Text| text.to_string();
    match model.place() {
        Place::Groups => model
            .groups
            .list
            .selected()
            .map(|group| text(group.mail.as_ref().unwrap_or(&group.name))),
        Place::Members => model.members.list.selected().map(|member| of_object(&member.object)),
        Place::Overlap => overlap::selected(model).map(of_object),
        Place::Nested => model.nested.as_ref()?.selected().map(of_object),
        Place::Conversations => model
            .conversations
            .list
            .selected()
            .map(|conversation| text(&conversation.topic)),
        Place::Threads => model.threads.list.selected().map(|thread| text(&thread.topic)),
        Place::Profile => model.profiles.last().and_then(profile::Profile::copied),
        Place::Org => {
            let person = model.org.as_ref().and_then(|org| org.tree.selected())?;
            Some(text(person.address().unwrap_or(&person.name)))
        }
        Place::Finder => finder::copied(model),
        Place::Links => match model.overlay {
            Some(Overlay::Links { cursor, .. }) => model.posts.links().get(cursor).map(|link| link.url.clone()),
            _ => None,
        },
        Place::SignIn => model.sign_in.as_ref().and_then(|sign_in| sign_in.copied()),
        Place::Account => {
            let rows = account::rows(model);
            Some(
                rows.iter()
                    .map(|(label, value)| format!("{label}: {value}"))
                    .collect::<Vec<_>>()
                    .join("\n"),
            )
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Id, ObjectKind};

    #[test]
    fn an_id_that_is_copied_drives_nothing_that_it_is_pasted_into() {
        let object = DirectoryObject::of_kind(Id::new("d-1\u{1b}]0;x\nrm -r\u{202e}"), ObjectKind::Device);
        let copied = of_object(&object);
        assert!(copied.starts_with("d-1"), "{copied:?}");
        assert!(
            !copied.contains(|c: char| c.is_control() || c == '\u{202e}'),
            "{copied:?}"
        );
    }
}
