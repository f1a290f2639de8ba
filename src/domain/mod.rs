//! The nouns: what Graph calls things, as plain values, and the string types that keep hostile text out of the terminal.
//!
//! Every type here reads Graph's JSON by serde. All members but ids are optional on the wire: Graph leaves out what was
//! not selected and nulls what may not be seen, and a missing value is never an error.

mod attached_item;
mod attachment;
mod card;
mod conversation;
mod directory_object;
mod draft;
mod export;
mod extension;
mod group;
mod lenient;
mod naming;
mod own;
mod pages;
mod person;
mod post;
mod recipient;
mod strings;
mod thread;

pub use attached_item::{AttachedItem, ItemKind};
pub use attachment::{Attachment, AttachmentKind};
pub use card::{About, Card, Document, Photo, Reference, Team, Visualization};
pub use conversation::Conversation;
pub use directory_object::{DirectoryObject, Member, ObjectKind, Role};
pub use draft::{Draft, DraftId, DraftState, Enclosed, Enclosure, Field, Format, Kind, Target, Unfinished, Writer};
pub use export::ExportFormat;
pub use extension::Extension;
pub use group::{Group, GroupKind, Visibility};
pub use own::OwnWords;
pub use pages::Pages;
pub use person::Person;
pub use post::{Body, Post};
pub use recipient::Recipient;
pub use strings::{Html, Id, Prose, Text};
pub use thread::Thread;
