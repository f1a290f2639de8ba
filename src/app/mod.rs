//! The Elm core. `update` is pure: no I/O, no clock, no channel, no randomness. It changes the [`Model`] and returns
//! [`Cmd`]s. Every message carries the time it happened, and that is the only clock.
//!
//! Words: an `Action` is what a person wants; a [`Cmd`] is what `update` asks the world to do; a [`Msg`] is something
//! that has happened. One file per feature; `update.rs` only hands messages on.
//!
//! | file | what lives there |
//! |---|---|
//! | `model`, `msg`, `cmd`, `update` | the core: all that is known, what happens, what the world is asked to do, and the way from one to the next |
//! | `timers`, `settings`, `remote`, `handover`, `recovery` | deadlines; what was chosen; data from afar; another account; reading again what could not be read |
//! | `keyboard`, `typed_ahead`, `place`, `actions`, `facts`, `movement`, `in_hand`, `in_view` | from a key to what it does: where the keyboard is, what makes sense there, what it is about |
//! | `overlay`, `notice`, `help`, `palette`, `leaving`, `copying` | what lies over the panes, and what is the same everywhere |
//! | `list`, `item`, `filtering`, `fuzzy`, `forest/`, `numbered`, `prompt`, `paths`, `editor` | lists, trees and lines of text, whatever they hold |
//! | `groups`, `members`, `columns`, `nested`, `overlap` | groups and who belongs to them |
//! | `threads`, `conversations`, `thread_changes`, `deletion`, `details`, `marks`, `seen`, `watching` | threads: their lists, changing them, what is unread, and looking for news |
//! | `posts`, `reading`, `turning`, `told`, `folding`, `search`, `outline`, `raw` | the posts of the open thread |
//! | `attachments`, `downloads`, `harmful`, `export` | files from posts, and threads as files |
//! | `begin`, `compose`, `header`, `mention`, `templates`, `awaited`, `autosave`, `review`, `reviewed` | writing, up to the word that it is to be sent |
//! | `outbox`, `queue`, `looking`, `whose`, `earlier_run` | what becomes of what was written |
//! | `finder`, `acquaintances`, `nearby`, `profile`, `photo`, `own`, `org` | people |
//! | `ahead`, `kept` | what was read before it was asked for, and in an earlier run |
//! | `account`, `sign_in`, `welcome` | signing in and out, and the first run |

mod account;
mod acquaintances;
mod actions;
mod ahead;
mod attachments;
mod autosave;
mod awaited;
mod begin;
mod cmd;
mod columns;
mod compose;
mod conversations;
mod copying;
mod deletion;
mod details;
mod downloads;
mod earlier_run;
mod editor;
mod export;
mod facts;
mod filtering;
mod finder;
mod folding;
mod forest;
mod fuzzy;
mod groups;
mod handover;
mod harmful;
mod header;
mod help;
mod in_hand;
mod in_view;
mod item;
mod kept;
mod keyboard;
mod leaving;
mod list;
mod looking;
mod marks;
mod members;
mod mention;
mod model;
mod movement;
mod msg;
mod nearby;
mod nested;
mod notice;
mod numbered;
mod org;
mod outbox;
mod outline;
mod overlap;
mod overlay;
mod own;
mod palette;
mod paths;
mod photo;
mod place;
mod posts;
mod profile;
mod prompt;
mod queue;
mod raw;
mod reading;
mod recovery;
mod remote;
mod review;
mod reviewed;
mod search;
mod seen;
mod settings;
mod sign_in;
mod templates;
mod thread_changes;
mod threads;
mod timers;
mod told;
mod turning;
mod typed_ahead;
mod update;
mod watching;
mod welcome;
mod whose;

#[cfg(test)]
mod tests;

pub use account::{AccountRow, capabilities, rows as account_rows};
pub use awaited::Awaited;
pub use cmd::{Cmd, Destination, Filterable, Haystack, Saving};
pub use columns::{Column, Columns, Order};
pub use compose::Composer;
pub use conversations::Conversations;
pub use deletion::Deletion;
pub use details::{Detail, LABEL as DETAIL_LABEL, WIDTH as DETAILS_WIDTH, rows as details};
pub use downloads::{Download, Downloads, Fetching, SavingStep};
pub use editor::{Edit, Editor};
pub use export::{Export, ExportStep, Exported, Exporting};
pub use facts::{facts, holds};
pub use finder::{Finder, Found, Goal};
pub use forest::{Below, Seen, Tree, View};
pub use fuzzy::{Matcher, filter};
pub use groups::GroupsPane;
pub use header::address;
pub use help::{Row as HelpRow, WIDTH as HELP_WIDTH, rows as help};
pub use item::Item;
pub use leaving::unsent;
pub use list::List;
pub use members::{Levels, MembersPane};
pub use mention::Mention;
pub use model::Model;
pub use msg::{Moment, Msg, What};
pub use nearby::Nearby;
pub use nested::Nested;
pub use notice::{Notice, Tone};
pub use org::{HEAD_INDENT as ORG_INDENT, Org, Subject};
pub use outbox::{Outgoing, Stage};
pub use outline::{Heading, Outline};
pub use overlap::{About, Choosing, Overlap};
pub use overlay::Overlay;
pub use own::{Own, OwnEdit, OwnStage};
pub use palette::Palette;
pub use paths::{PathEntry, Paths, Wanted};
pub use photo::{PhotoOrder, PhotoOutcome, Picture};
pub use posts::{Entry, PostsPane, Row, Top};
pub use profile::{Goto, LABEL as PROFILE_LABEL, Listed, Profile, ProfileRow, Typing, VALUE_AT, Value};
pub use prompt::{Prompt, Purpose};
pub use queue::{Wait, undo_until};
pub use raw::{Raw, RawKind, raw_rows, raw_text};
pub use remote::Remote;
pub use reviewed::{INDENT as REVIEW_INDENT, LABEL as REVIEW_LABEL, ReviewRow, rows as review_rows};
pub use search::{LaidOut, Search, Searched};
pub use settings::{Settings, TimeStyle};
pub use sign_in::{Code, Page, SigningIn, is_first as is_first_sign_in};
pub use templates::{Template, Templates, UNREADABLE as UNREADABLE_TEMPLATE};
pub use thread_changes::ThreadEdit;
pub use threads::ThreadsPane;
pub use timers::{Timer, TimerId, timers};
pub use told::Told;
pub use update::update;
pub use welcome::{Choice, Known, Pick, Question, Welcome};
pub use whose::is_ones_own;
