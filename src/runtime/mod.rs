//! The event loop, the terminal session, effects and the workers: what joins the rooms below together.
//!
//! | file | what lives there |
//! |---|---|
//! | `launch` | from the command line's choices to a running program |
//! | `welcome` | the first run, and the way from there to the client and back |
//! | `drive`, `pace` | the loop: messages in, commands out, frames when something changed; how close together |
//! | `console`, `modes`, `input`, `frames` | the real terminal: modes and their undoing, keys, frames as single writes |
//! | `effects` | what each command does |
//! | `worker`, `tasks`, `jobs`, `typesetting` | the thread that talks to Graph and does what takes long |
//! | `overlap` | what people and groups have in common |
//! | `photos` | photos, read and drawn for this terminal |
//! | `filtering`, `searching`, `background` | filtering lists; searching posts; threads that give way to the one that draws |
//! | `send`, `settle` | what was written, sent once; and finding it again |
//! | `postbox` | the same for a command without a screen |
//! | `editor`, `pages` | the person's own editor; their pager, for texts that are attached |
//! | `signing` | signing in and out, and how the sign-in stands |
//! | `drafts`, `unsaved` | the thread that writes drafts; what it could not write, put elsewhere at the end |
//! | `files`, `downloading`, `scratch` | files made of what others have named; attachments saved; what is removed at the end |
//! | `listing`, `templates` | what a folder holds, for a path that is being typed; the person's templates |
//! | `export/` | threads as Markdown, web pages, mails and JSON |
//! | `changing` | changes of threads, and finding out what has become of them |
//! | `outfile` | a file that a person has named for what a command prints |
//! | `own` | files of the person's own: the photo that is put up, the card that is saved |
//! | `typing` | what is typed while a command without a screen waits |
//! | `keeper` | the threads that read and write what was read before |
//! | `view` | how the members were shown, from one run to the next |
//! | `logging`, `hook` | the log file; what happens at a panic, and what does not at a crash |

mod background;
mod changing;
mod console;
mod downloading;
mod drafts;
mod drive;
pub mod editor;
mod effects;
pub mod export;
pub mod files;
mod filtering;
mod frames;
mod hook;
mod input;
mod jobs;
mod keeper;
mod launch;
mod listing;
pub mod logging;
mod modes;
pub mod outfile;
mod overlap;
mod own;
mod pace;
pub mod pages;
mod photos;
mod postbox;
mod scratch;
mod searching;
mod send;
mod settle;
mod signing;
mod tasks;
mod templates;
mod typesetting;
mod typing;
mod unsaved;
mod view;
mod welcome;
pub mod worker;

pub use drafts::DraftsThread;
pub use drive::{Console, Inbox, Input, drive};
pub use effects::{Effects, Ending};
pub use hook::{set_plain as set_panic_hook, write_no_core};
pub use keeper::{Held, Keeper, StoreLocation};
pub use launch::{Launch, Opening, run, settings};
pub use own::read_photo;
pub use photos::{Brush, Cell};
pub use postbox::Postbox;
pub use scratch::Scratch;
pub use signing::{Signed, SignsIn};
pub use typing::{Typed, Typing};
pub use unsaved::Unsaved;
pub use welcome::{Begins, Reception};
