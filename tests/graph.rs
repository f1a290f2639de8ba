//! Graph over real HTTP: against a little server that does exactly what a test tells it, and against the demo tenant.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "graph/cards.rs"]
mod cards;
#[path = "graph/certificates.rs"]
mod certificates;
#[path = "graph/demo.rs"]
mod demo;
#[path = "graph/departing.rs"]
mod departing;
#[path = "graph/examples.rs"]
mod examples;
#[path = "graph/files.rs"]
mod files;
#[path = "graph/finding.rs"]
mod finding;
#[path = "graph/log.rs"]
mod log;
#[path = "graph/mail.rs"]
mod mail;
#[path = "graph/nouns.rs"]
mod nouns;
#[path = "graph/overlap.rs"]
mod overlap;
#[path = "graph/paging.rs"]
mod paging;
#[path = "graph/permits.rs"]
mod permits;
#[path = "graph/reading.rs"]
mod reading;
#[path = "graph/refusals.rs"]
mod refusals;
#[path = "graph/stub.rs"]
mod stub;
#[path = "graph/support.rs"]
mod support;
#[path = "graph/visit.rs"]
mod visit;
#[path = "graph/writing.rs"]
mod writing;
