//! The pictures that are kept are those that the program makes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may panic")]

#[path = "../screenshots/film.rs"]
mod film;
#[path = "../screenshots/scenes.rs"]
mod scenes;
#[path = "../screenshots/svg.rs"]
mod svg;

use std::path::Path;

#[test]
fn pictures_are_fresh() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("screenshots");
    for picture in scenes::pictures() {
        let path = folder.join(format!("{}.svg", picture.name));
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            kept == picture.svg,
            "{} is stale: run `cargo run --example screenshots`, and look at it",
            path.display()
        );
    }
}
