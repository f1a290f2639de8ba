//! What lies over the panes and takes the keyboard.

use super::palette::Palette;

/// An overlay. Only one is open at a time.
#[derive(Debug, Clone, PartialEq)]
pub enum Overlay {
    /// What works where the keyboard was.
    Help {
        /// The first visible row.
        top: usize,
    },
    /// Every action, found by typing.
    Palette(Box<Palette>),
    /// The links of the post under the cursor.
    Links {
        /// The selected link.
        cursor: usize,
    },
    /// Drafts that are kept or under way.
    Drafts {
        /// The selected draft.
        cursor: usize,
        /// The first press of "discard" was for this draft.
        discarding: bool,
    },
}
