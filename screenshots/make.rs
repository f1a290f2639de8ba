//! Makes the pictures of this folder anew: `cargo run --example screenshots`.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "pictures that can't be made are a reason to stop"
)]

mod film;
mod scenes;
mod svg;

use std::path::Path;

fn main() -> std::io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("screenshots");
    for picture in scenes::pictures() {
        let path = folder.join(format!("{}.svg", picture.name));
        std::fs::write(&path, picture.svg)?;
        println!("{}", path.display());
    }
    Ok(())
}
