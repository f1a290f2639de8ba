//! The Elm core. `update` is pure: no I/O, no clock, no channel, no randomness. It changes the [`Model`] and returns
//! [`Cmd`]s. Every message carries the time it happened, and that is the only clock.
//!
//! Words: an `Action` is what a person wants; a [`Cmd`] is what `update` asks the world to do; a [`Msg`] is something
//! that has happened. One file per feature; `update.rs` only hands messages on.

mod account;
mod acquaintances;
mod actions;
mod ahead;
mod attachments;
mod begin;
mod cmd;
mod columns;
mod compose;
mod copying;
mod editor;
mod facts;
mod filtering;
mod finder;
mod folding;
mod forest;
mod fuzzy;
mod groups;
mod header;
mod in_hand;
mod kept;
mod list;
mod looking;
mod members;
mod model;
mod movement;
mod msg;
mod nearby;
mod nested;
mod notice;
mod org;
mod outbox;
mod overlap;
mod overlay;
mod palette;
mod photo;
mod posts;
mod profile;
mod prompt;
mod queue;
mod raw;
mod reading;
mod remote;
mod saving;
mod search;
mod settings;
mod sign_in;
mod threads;
mod timers;
mod typed_ahead;
mod update;
mod welcome;

#[cfg(test)]
mod tests;

pub use account::{AccountRow, capabilities, rows as account_rows};
pub use cmd::{Cmd, Filterable, Haystack, Saving};
pub use columns::{Column, Columns, Order};
pub use compose::Composer;
pub use editor::Editor;
pub use facts::{facts, holds};
pub use finder::{Finder, Found, Goal};
pub use forest::Below;
pub use fuzzy::{Matcher, filter};
pub use groups::GroupsPane;
pub use header::shown as shown_address;
pub use list::{Item, List};
pub use members::{Levels, MembersPane};
pub use model::Model;
pub use msg::{Moment, Msg, What};
pub use nearby::Nearby;
pub use nested::{Nested, NestedRow};
pub use notice::{Notice, Tone};
pub use org::{Org, Seen, Subject};
pub use outbox::{Outgoing, Stage};
pub use overlap::{About, Choosing, Overlap};
pub use overlay::Overlay;
pub use palette::Palette;
pub use photo::{PhotoOrder, Picture};
pub use posts::{Entry, PostsPane, Row, Top};
pub use profile::{Goto, LABEL as PROFILE_LABEL, Listed, Profile, ProfileRow, Value};
pub use prompt::{Prompt, Purpose};
pub use queue::{Wait, undo_until};
pub use raw::{Raw, RawKind};
pub use remote::Remote;
pub use search::{PostHit, Search};
pub use settings::{Settings, TimeStyle};
pub use sign_in::{Code, Page, SigningIn, is_first as is_first_sign_in};
pub use threads::ThreadsPane;
pub use timers::{Timer, TimerId, timers};
pub use update::update;
pub use welcome::{Choice, Known, Pick, Question, Welcome};
