//! A photo beside the rows of the profile viewer. Half blocks are cells like all others. Of the other ways to draw, the first
//! cell carries the whole picture and the rest are empty, so that it is there as a whole or not at all.

use ratatui::buffer::{Buffer, Cell, CellDiffOption};
use ratatui::layout::Rect;

use super::screen::Screen;
use crate::layout::{Area, PHOTO_GAP};

/// The number under which kitty knows the photo. There is one at a time, and each takes the place of the one before.
pub const KITTY_IMAGE: u32 = 0x66_6d_74;

/// How a command of kitty's begins.
const KITTY: &str = "\x1b_G";

/// Draws the photo, if there is one, and returns its place.
pub(super) fn draw(screen: &mut Screen<'_, '_>) -> Option<Area> {
    let (area, picture) = screen.model.photo()?;
    if let Some(picture) = picture {
        screen.put_picture(area, picture.cells());
    }
    Some(area)
}

/// What is free of a row beside the photo.
pub(super) fn beside(content: Area, photo: Option<Area>, row: u16) -> Area {
    match photo {
        Some(photo) if row < photo.height => Area {
            width: photo.x.saturating_sub(content.x).saturating_sub(PHOTO_GAP),
            ..content
        },
        _ => content,
    }
}

/// Takes the photo away again where something has come to lie over a part of it, if the terminal draws it as a whole.
pub(super) fn settle(screen: &mut Screen<'_, '_>) {
    if let Some((area, Some(picture))) = screen.model.photo()
        && picture.cells().content.iter().all(is_of_picture)
    {
        screen.keep_whole(area, is_of_picture);
    }
}

/// Whether it shows a part of a picture that is drawn as a whole. Such cells come from here only: text has neither empty
/// cells nor cells of a forced width.
pub(super) fn is_of_picture(cell: &Cell) -> bool {
    is_covered(cell) || carries_picture(cell)
}

/// Whether a picture covers it that another cell carries: there is nothing to be written for it.
pub(super) fn is_covered(cell: &Cell) -> bool {
    cell.symbol().is_empty()
}

/// Whether more than a letter is in it: a picture, or its part of one.
pub(super) fn carries_picture(cell: &Cell) -> bool {
    matches!(cell.diff_option, CellDiffOption::ForcedWidth(_))
}

/// What a cell makes the terminal do besides or instead of showing a letter.
pub(super) fn sequence(cell: &Cell) -> Option<&str> {
    let symbol = Some(cell.symbol()).filter(|symbol| symbol.starts_with('\x1b'));
    symbol.filter(|_| carries_picture(cell))
}

/// What makes the terminal forget the picture that a cell carried before: kitty keeps it, even where nothing shows it any
/// more. To others a picture has gone once letters lie over it.
pub(super) fn undoing(before: &Cell, after: &Cell) -> Option<String> {
    let is_kitty = |cell| sequence(cell).is_some_and(|sequence| sequence.starts_with(KITTY));
    (is_kitty(before) && !is_kitty(after)).then(|| format!("{KITTY}a=d,d=I,i={KITTY_IMAGE},q=2\x1b\\"))
}

/// Puts a picture into a frame, if all of it fits.
pub(super) fn put(frame: &mut Buffer, place: Rect, picture: &Buffer) {
    if frame.area.intersection(place) != place || picture.area.as_size() != place.as_size() {
        return;
    }
    for (at, cell) in place.positions().zip(&picture.content) {
        if let Some(shown) = frame.cell_mut(at) {
            shown.clone_from(cell);
        }
    }
}
