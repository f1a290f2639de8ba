//! The real program in a real pty, read by a terminal emulator: what a person at the keyboard sees, and what is left when
//! the program, the server or the terminal goes away at the worst moment.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "terminal/commands.rs"]
mod commands;
#[path = "terminal/completing.rs"]
mod completing;
#[path = "terminal/composing.rs"]
mod composing;
#[path = "terminal/desk.rs"]
mod desk;
#[path = "terminal/editing.rs"]
mod editing;
#[path = "terminal/elsewhere.rs"]
mod elsewhere;
#[path = "terminal/escapes.rs"]
mod escapes;
#[path = "terminal/finding.rs"]
mod finding;
#[path = "terminal/first_run.rs"]
mod first_run;
#[path = "terminal/full.rs"]
mod full;
#[path = "terminal/kept.rs"]
mod kept;
#[path = "terminal/killed.rs"]
mod killed;
#[path = "terminal/kind.rs"]
mod kind;
#[path = "terminal/leaving.rs"]
mod leaving;
#[path = "terminal/membership.rs"]
mod membership;
#[path = "terminal/named_by_others.rs"]
mod named_by_others;
#[path = "terminal/own.rs"]
mod own;
#[path = "terminal/photos.rs"]
mod photos;
#[path = "terminal/process.rs"]
#[allow(dead_code, reason = "the bench uses the rest")]
mod process;
// Others share it, each with needs of its own.
#[allow(dead_code)]
#[path = "terminal/pty.rs"]
mod pty;
#[path = "terminal/reading.rs"]
mod reading;
#[path = "terminal/rivals.rs"]
mod rivals;
#[path = "terminal/screen.rs"]
mod screen;
#[path = "terminal/signing_in.rs"]
mod signing_in;
#[path = "terminal/sizes.rs"]
mod sizes;
#[path = "terminal/slow.rs"]
mod slow;
#[path = "terminal/two.rs"]
mod two;
#[path = "terminal/written.rs"]
mod written;
