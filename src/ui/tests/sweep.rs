//! Every place at every size: nothing panics, nothing leaves its area.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::stage::Stage;
use super::{Theme, data};
use crate::app::What;
use crate::layout::Size;
use crate::protocol::Lane;
use crate::ui::view;

/// Ways to each place.
const WAYS: &[&str] = &[
    "1",
    "2",
    "3",
    "4",
    "1 /",
    "4 / f r e",
    "?",
    ":",
    ": r",
    "o",
    "r",
    "r x ctrl-s",
    "r x alt-p down",
    "r @ n",
    "g ] A s",
    "D",
    "@",
    "@ a",
    "2 t",
    "2 t T",
    "2 p",
    "2 o",
    "2 c",
    "2 z",
    "2 n",
    "2 w",
    "1 d j enter",
    "J tab tab",
    "i",
    "#",
    "# z z",
    "v ]",
    "3 v",
];

fn draw(stage: &Stage, size: Size) {
    let mut buffer = Buffer::empty(Rect::new(0, 0, size.width, size.height));
    view(&stage.model, &Theme::default(), &mut buffer);
}

/// Draws at every size up to the smallest at which there is something to see, and around each at which the panes change.
fn draw_all(stage: &mut Stage) {
    for width in (1..=42).chain([60, 79, 80, 98, 99, 100, 101, 130]) {
        for height in (1..=12).chain([16, 17, 18, 19, 23, 24, 25, 45]) {
            let size = Size { width, height };
            stage.tell(What::Resized(size));
            draw(stage, size);
        }
    }
}

#[test]
fn every_size_and_place() {
    for way in WAYS {
        let mut stage = Stage::new(120, 40);
        stage.with_thread().keys("g r x esc").keys(way);
        if way.ends_with('p') {
            stage.refuse(Lane::Profile, data::forbidden());
        }
        draw_all(&mut stage);
    }
}

#[test]
fn every_size_of_the_first_run() {
    for way in [
        "j",
        "j enter",
        "j enter enter enter x enter",
        "j j enter enter enter",
        "j enter enter f1",
    ] {
        let mut stage = super::welcome::stage(120, 40);
        stage.keys(way);
        draw_all(&mut stage);
    }
}

#[test]
fn a_frame_of_another_size_than_the_model() {
    for way in WAYS {
        let mut stage = Stage::new(120, 40);
        stage.with_thread().keys("g r x esc").keys(way);
        for (width, height) in [(1, 1), (10, 50), (119, 39), (200, 3), (200, 60)] {
            draw(&stage, Size { width, height });
        }
    }
}
