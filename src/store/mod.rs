//! What is kept on disk.

mod drafts;
mod folder;

pub use drafts::{Drafts, DraftsError, Opened};
