//! What looks otherwise in a frame than on the screen.

use ratatui::buffer::Cell;

use super::pen::look_alike;
use super::widths::{is_surely_wide, width};

/// A cell that is to be written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Change {
    pub x: u16,
    pub y: u16,
    /// An emoji comes over letters. A terminal that draws it narrower would leave some of them beside it.
    pub over_letters: bool,
}

/// Takes note of what looks otherwise in a row. The cells that a wide letter covers are made blank: so they are once
/// something narrow takes its place. All of them are written then, for a terminal whose erasing ends within a wide letter
/// may keep half of it.
pub(super) fn compare_row(y: u16, shown: &[Cell], wanted: &mut [Cell], changed: &mut Vec<Change>) {
    let mut at = 0;
    // Up to here the terminal shows what a letter that goes has covered.
    let mut uncovered = 0;
    while let (Some(before), Some(cell)) = (shown.get(at), wanted.get(at)) {
        let mut change = !look_alike(before, cell);
        if change && before.symbol().len() > 1 {
            uncovered = at + usize::from(width(before));
        }
        change |= at < uncovered;
        let mut over_letters = false;
        // Almost every cell is one letter of ASCII, and the same as before.
        if !change && cell.symbol().len() == 1 {
            at += 1;
            continue;
        }
        let end = at + usize::from(width(cell));
        if end > at + 1 {
            let covered = at + 1..end.min(shown.len());
            over_letters = covered
                .clone()
                .any(|at| shown.get(at).is_some_and(|cell| !look_alike(cell, &Cell::EMPTY)));
            change |= over_letters;
            over_letters &= !is_surely_wide(cell.symbol());
            wanted.get_mut(covered).unwrap_or_default().fill(Cell::EMPTY);
        }
        if change {
            let x = at as u16;
            changed.push(Change { x, y, over_letters });
        }
        at = end;
    }
}
