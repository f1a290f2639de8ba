//! What is kept on disk.
//!
//! | module | what lives there |
//! |---|---|
//! | `drafts` | what is being typed and sent: a file each |
//! | `kept` | what was read from Graph: one SQLite database for each account |

mod drafts;
mod kept;

pub use drafts::{Drafts, DraftsError, Opened};
pub use kept::{Aside, Inventory, Kept, Name, Notice, Noun, Photo, Store, StoreError, clear, files, path, remove};
