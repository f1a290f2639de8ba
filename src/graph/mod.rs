//! Graph over HTTP.
//!
//! | file | what lives there |
//! |---|---|
//! | `groups`, `members`, `membership`, `overlap`, `conversations`, `threads`, `posts`, `attachments`, `extensions`, `seen`, `people`, `finding`, `around`, `profile`, `card`, `org`, `sending`, `extent` | one file per noun: each operation is one function that returns plain data ([`Read`], [`Listing`], [`Write`]); below them what [`Client`] makes of it |
//! | `request` | that plain data, and its encoding |
//! | `client` | what all requests share |
//! | `pages`, `feed`, `known` | collections in pages, as streams that run ahead of their reader; what has come already |
//! | `exchange`, `patience` | one attempt at a read, and the rule by which it is repeated |
//! | `download` | a read whose bytes go on as they come |
//! | `write` | the one attempt at a write |
//! | `raw` | requests as a person wrote them |
//! | `batch` | several reads in one request |
//! | `permits`, `line`, `clock`, `log` | how many requests at a time; who is told; the server's time; what the log says |
//! | `body`, `refused`, `codes`, `needs`, `challenge`, `network` | bodies; refusals and broken lines in plain words, and what they demand |
//! | `endpoint` | where Graph is, and so where the token may go |
//!
//! Every read takes an [`Urgency`]; dropping a future or a stream aborts its requests. The command line asks the same
//! operations for `Box<RawValue>` to get Graph's own objects.

pub mod around;
pub mod attachments;
mod batch;
mod body;
mod card;
mod challenge;
mod client;
mod clock;
mod codes;
pub mod conversations;
mod download;
mod endpoint;
mod exchange;
pub mod extensions;
mod extent;
mod feed;
mod finding;
pub mod groups;
mod known;
mod line;
mod log;
pub mod members;
pub mod membership;
mod needs;
mod network;
mod org;
mod overlap;
mod pages;
mod patience;
pub mod people;
mod permits;
pub mod posts;
pub mod profile;
mod raw;
mod refused;
mod request;
pub mod seen;
pub mod sending;
pub mod threads;
mod write;

pub use body::read_json;
pub use client::Client;
pub use download::Sink;
pub use endpoint::Endpoint;
pub use feed::Feed;
pub use members::RosterPage;
pub use pages::Page;
pub use patience::Patience;
pub use permits::Urgency;
pub use raw::{Answer, Deletion, Elsewhere, Raw, Refusal, Verb};
pub use request::{Header, Listing, Question, Read, Segment, Write};
pub use write::Departure;
