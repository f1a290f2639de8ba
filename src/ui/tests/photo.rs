//! A photo beside a profile: cells that are drawn like others, and pictures that are there as a whole or not at all.

use insta::assert_snapshot;
use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::{Position, Rect};
use ratatui::style::Color;

use super::picture::{draw, picture};
use super::stage::Stage;
use crate::app::Picture;
use crate::layout::{PHOTO, Size};
use crate::ui::{Theme, view};

/// A picture in half blocks, a colour for each row.
fn blocks(size: Size) -> Picture {
    let mut cells = Buffer::empty(Rect::new(0, 0, size.width, size.height));
    for at in cells.area.positions() {
        let colour = |part: u16| Color::Indexed((16 + part) as u8);
        cells[at]
            .set_symbol("▀")
            .set_fg(colour(2 * at.y))
            .set_bg(colour(2 * at.y + 1));
    }
    Picture::new(cells)
}

/// A picture that the first cell carries.
fn whole(size: Size) -> Picture {
    let mut cells = Buffer::empty(Rect::new(0, 0, size.width, size.height));
    for cell in &mut cells.content {
        cell.set_symbol("");
    }
    let one = CellDiffOption::ForcedWidth(std::num::NonZeroU16::MIN);
    cells[(0, 0)].set_symbol("\x1bPq#0~-\x1b\\").set_diff_option(one);
    Picture::new(cells)
}

/// The profile viewer with a photo, if there is room.
fn with_photo(width: u16, height: u16, drawn: fn(Size) -> Picture) -> Stage {
    let mut stage = Stage::with(width, height, |settings| settings.photos = true);
    stage.with_profile().wait(1).draw_photo(drawn);
    stage
}

/// The cells where the photo is, or would be.
fn cells_of(stage: &Stage) -> Vec<ratatui::buffer::Cell> {
    let (frame, _) = draw(&stage.model, &Theme::default());
    let (area, _) = stage.model.photo().unwrap();
    let place = Rect::new(area.x, area.y, area.width, area.height);
    place.positions().map(|at| frame[at].clone()).collect()
}

#[test]
fn beside_the_rows() {
    for (width, height) in [(120, 40), (80, 24), (60, 20), (40, 12)] {
        let stage = with_photo(width, height, blocks);
        assert_snapshot!(
            format!("photo-{width}x{height}"),
            picture(&stage.model, &Theme::default())
        );
    }
}

#[test]
fn its_cells_are_those_that_were_drawn() {
    for drawn in [blocks, whole] {
        let stage = with_photo(120, 40, drawn);
        assert_eq!(cells_of(&stage), drawn(PHOTO).cells().content);
    }
}

#[test]
fn what_lies_over_half_blocks_leaves_the_rest_of_them() {
    let mut stage = with_photo(120, 40, blocks);
    let before = cells_of(&stage);
    stage.keys(":");
    let after = cells_of(&stage);
    let same = before
        .iter()
        .zip(&after)
        .filter(|(before, after)| before == after)
        .count();
    assert!(same > 0 && same < before.len(), "{same}");
}

#[test]
fn what_lies_over_a_whole_picture_takes_it_away() {
    for over in [":", "?", "@"] {
        let mut stage = with_photo(80, 24, whole);
        stage.keys(over);
        let left = cells_of(&stage);
        let covered = |cell: &ratatui::buffer::Cell| !cell.symbol().is_empty() && !cell.symbol().contains('\x1b');
        assert!(left.iter().all(covered), "{over}");
        stage.keys("esc");
        assert_eq!(cells_of(&stage), whole(PHOTO).cells().content, "{over}");
    }
}

#[test]
fn a_frame_that_is_smaller_than_the_model_has_all_of_it_or_none() {
    for drawn in [blocks, whole] {
        let stage = with_photo(120, 40, drawn);
        for (width, height) in [(119, 40), (120, 9), (110, 5), (1, 1)] {
            let mut frame = Buffer::empty(Rect::new(0, 0, width, height));
            view(&stage.model, &Theme::default(), &mut frame);
            let is_other = |at: Position| !["", "▀"].contains(&frame[at].symbol());
            assert!(frame.area.positions().all(is_other), "{width}×{height}");
        }
    }
}
