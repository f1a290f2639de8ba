//! What lies over the panes and takes the keyboard.

use super::deletion::Deletion;
use super::model::Model;
use super::outline::Outline;
use super::overlap::Overlap;
use super::palette::Palette;
use super::raw::Raw;
use super::templates::Templates;
use crate::domain::DraftId;

/// An overlay. Only one is open at a time.
#[derive(Debug, Clone, PartialEq)]
pub enum Overlay {
    /// Every action, found by typing.
    Palette(Box<Palette>),
    /// The links of the post under the cursor.
    Links {
        /// The selected link.
        cursor: usize,
        /// The number that was typed last, 0 where none was.
        typed: usize,
    },
    /// The attachments of the post under the cursor.
    Attachments {
        /// The selected attachment.
        cursor: usize,
        /// The number that was typed last, 0 where none was.
        typed: usize,
        /// It was said what it may do when it is opened.
        warned: bool,
    },
    /// A post as Graph has it.
    Raw(Box<Raw>),
    /// The person's templates, found by typing.
    Templates(Box<Templates>),
    /// The question whether something is to be deleted.
    Deletion(Box<Deletion>),
    /// All that is known of a thread and of the post under the cursor.
    Details {
        /// The first visible row.
        top: usize,
    },
    /// The posts of the thread, to jump to one.
    Outline(Box<Outline>),
    /// Drafts that are kept or under way.
    Drafts {
        /// The selected draft.
        cursor: usize,
        /// The first press of "discard" was for this draft.
        discarding: bool,
    },
    /// Who is signed in, how, and where that is kept.
    Account {
        /// The first press of "sign out".
        leaving: bool,
    },
    /// What people and groups have in common.
    Overlap(Box<Overlap>),
    /// The columns of the members, to be chosen.
    Columns {
        /// The selected column.
        cursor: usize,
    },
    /// What folkmoot can do, and the permission for each of it.
    Capabilities {
        /// The selected row.
        cursor: usize,
    },
}

/// The draft under the cursor of the list of drafts.
pub(super) fn selected_draft(model: &Model) -> Option<DraftId> {
    match model.overlay {
        Some(Overlay::Drafts { cursor, .. }) => model.outbox.get(cursor).map(|out| out.draft.id.clone()),
        _ => None,
    }
}

/// Keeps the cursor of the list of drafts on its draft, for drafts come and go by themselves. Where it has gone, a second
/// press of "discard" must not mean another one.
pub(super) fn follow_draft(model: &mut Model, held: Option<DraftId>) {
    let Some(Overlay::Drafts { cursor, discarding }) = &mut model.overlay else {
        return;
    };
    match model.outbox.iter().position(|out| Some(&out.draft.id) == held.as_ref()) {
        Some(place) => *cursor = place,
        None if model.outbox.is_empty() => model.overlay = None,
        None => {
            *cursor = (*cursor).min(model.outbox.len() - 1);
            *discarding = false;
        }
    }
}
