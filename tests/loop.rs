//! The real loop and the real worker over HTTP, against the demo tenant: only the keyboard and the terminal are the test's.
//! Waits are on what the model or the screen says.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

#[path = "loop/changing.rs"]
mod changing;
#[path = "loop/fetching.rs"]
mod fetching;
#[path = "loop/glass.rs"]
mod glass;
#[path = "loop/kept.rs"]
mod kept;
#[path = "loop/leaving.rs"]
mod leaving;
#[path = "loop/marks.rs"]
mod marks;
#[path = "loop/photos.rs"]
mod photos;
#[path = "loop/program.rs"]
mod program;
#[path = "loop/reading.rs"]
mod reading;
#[path = "loop/replying.rs"]
mod replying;
#[path = "loop/signing_in.rs"]
mod signing_in;
#[path = "loop/stepping_aside.rs"]
mod stepping_aside;
