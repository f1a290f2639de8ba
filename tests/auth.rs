//! Signing in, renewing and signing out, against the demo tenant's authority over real HTTP.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

#[path = "auth/browser.rs"]
mod browser;
#[path = "auth/command.rs"]
mod command;
#[path = "auth/device.rs"]
mod device;
#[path = "auth/provider.rs"]
mod provider;
#[path = "auth/renewal.rs"]
mod renewal;
// The tests of Graph need the rest.
#[allow(dead_code)]
#[path = "graph/stub.rs"]
mod stub;
#[path = "auth/support.rs"]
mod support;
