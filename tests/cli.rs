//! The binary as a script and a person at a terminal see it, over real HTTP against the demo tenant.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "cli/api.rs"]
mod api;
#[path = "cli/attached_items.rs"]
mod attached_items;
#[path = "cli/attachments.rs"]
mod attachments;
#[path = "cli/auth.rs"]
mod auth;
#[path = "cli/browser.rs"]
mod browser;
#[path = "cli/changes.rs"]
mod changes;
#[path = "cli/commands.rs"]
mod commands;
#[path = "cli/directory.rs"]
mod directory;
#[path = "cli/drafts.rs"]
mod drafts;
#[path = "cli/ends.rs"]
mod ends;
#[path = "cli/export.rs"]
mod export;
#[path = "cli/extensions.rs"]
mod extensions;
#[path = "cli/kept_sign_in.rs"]
mod kept_sign_in;
#[path = "cli/lists.rs"]
mod lists;
#[path = "cli/local.rs"]
mod local;
#[path = "cli/mail.rs"]
mod mail;
#[path = "cli/marks.rs"]
mod marks;
#[path = "cli/matrix.rs"]
mod matrix;
#[path = "cli/names.rs"]
mod names;
#[path = "cli/own.rs"]
mod own;
#[path = "cli/pages.rs"]
mod pages;
#[path = "cli/people.rs"]
mod people;
#[path = "cli/profiles.rs"]
mod profiles;
#[path = "cli/render.rs"]
mod render;
#[path = "cli/secure.rs"]
mod secure;
#[path = "cli/signing_in.rs"]
mod signing_in;
#[path = "cli/store.rs"]
mod store;
#[path = "cli/stub.rs"]
mod stub;
#[path = "cli/support.rs"]
mod support;
#[cfg(unix)]
#[path = "cli/terminal.rs"]
mod terminal;
#[path = "cli/who.rs"]
mod who;
#[path = "cli/writing.rs"]
mod writing;
