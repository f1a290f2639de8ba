//! What is kept on disk.
//!
//! | module | what lives there |
//! |---|---|
//! | `drafts` | what is being typed and sent: a file each |
//! | `enclosures` | files that go with a draft: looked at, and read when it is sent |
//! | `listings` | what numbers stood for in the last listings |
//! | `quiet` | where Graph wanted quiet, and until when |
//! | `remembered` | the files of those two |
//! | `kept` | what was read from Graph: one SQLite database for each account |

mod drafts;
mod enclosures;
mod kept;
mod listings;
mod quiet;
mod remembered;

pub use drafts::{Drafts, DraftsError, Glance, Glimpse, Lent, Opened};
pub use enclosures::{EnclosureError, enclose, enclosed};
pub use kept::{Aside, Inventory, Kept, Name, Notice, Noun, Photo, Store, StoreError, clear, files, path};
pub use listings::{Listed, Listing, newest, recall, remember};
pub use quiet::{hush, quiet};
