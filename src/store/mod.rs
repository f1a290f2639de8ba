//! What is kept on disk.

mod drafts;

pub use drafts::{Drafts, DraftsError, Opened};
