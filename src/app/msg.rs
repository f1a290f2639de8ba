//! What happens.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use jiff::Timestamp;

use super::cmd::Filterable;
use super::downloads::SavingStep;
use super::export::ExportStep;
use super::paths::PathEntry;
use super::photo::PhotoOutcome;
use super::search::{LaidOut, Searched};
use super::templates::Template;
use super::timers::TimerId;
use crate::domain::{Draft, DraftId, Enclosure, OwnWords};
use crate::keys::Chord;
use crate::layout::Size;
use crate::protocol::{Problem, Reply, RequestId, SignInStep, Standing, Traffic};
use crate::text::Typeset;

/// When something happened: on the steady clock, for timers, and on the wall clock, for what people read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moment {
    /// The steady clock.
    pub instant: Instant,
    /// The wall clock.
    pub wall: Timestamp,
}

/// Something that has happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Msg {
    /// When.
    pub at: Moment,
    /// What.
    pub what: What,
}

/// The kinds of things that happen.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// The program has started: ask for what the first screen needs.
    Started,
    /// Drafts found on disk at the start.
    Drafts {
        /// Those that this program holds.
        mine: Vec<Draft>,
        /// How many another running folkmoot holds.
        elsewhere: usize,
        /// How many could not be read and were put aside.
        unreadable: usize,
    },
    /// The program goes on after another had the terminal: the person could not see it, nor reach it.
    Resumed {
        /// Since when.
        since: Instant,
    },
    /// A key was pressed.
    Key(Chord),
    /// Text was pasted.
    Paste(String),
    /// The terminal has a new size.
    Resized(Size),
    /// The worker answered.
    Reply(Reply),
    /// The line's state changed.
    Traffic(Traffic),
    /// Posts were laid out.
    Typeset {
        /// For which width, in cells.
        width: u16,
        /// Each with its lines.
        laid_out: Vec<LaidOut>,
    },
    /// Posts were looked through for words.
    Searched {
        /// What was looked for.
        needle: String,
        /// Each with where it stands there; in a layout that has gone since it is dropped.
        posts: Vec<Searched>,
    },
    /// A photo was drawn, or could not be.
    Photo {
        /// The order.
        id: RequestId,
        /// What has come of it.
        outcome: PhotoOutcome,
    },
    /// A list was filtered.
    Filtered {
        /// Which list.
        list: Filterable,
        /// Which of its filterings this answers; older ones are dropped.
        generation: u64,
        /// The places of the items that match, best first.
        shown: Arc<[u32]>,
    },
    /// A draft was written to disk, or could not be.
    DraftSaved {
        /// The draft.
        draft: DraftId,
        /// Which state of its text.
        revision: u64,
        /// Why not.
        result: Result<(), Problem>,
    },
    /// A draft's new state could not be written to disk.
    NotMarked {
        /// The draft.
        draft: DraftId,
        /// Why not.
        problem: Problem,
    },
    /// What was typed of people's own profiles in earlier runs.
    OwnFound(Vec<OwnWords>),
    /// What was typed of one's own profile was written to disk, or could not be.
    OwnKept {
        /// As it was handed over.
        words: OwnWords,
        /// Why not.
        result: Result<(), Problem>,
    },
    /// The answered post's HTML is ready to go below a reply.
    Quoted {
        /// The draft.
        draft: DraftId,
        /// The HTML.
        html: String,
    },
    /// What becomes of threads that are being written to files.
    Exporting {
        /// The request.
        id: RequestId,
        /// How far they are.
        step: ExportStep,
    },
    /// How far an attachment has come that is being saved.
    Saving {
        /// The request.
        id: RequestId,
        /// How far.
        step: SavingStep,
    },
    /// The person's templates, by name, or why there are none to be had.
    Templates(Result<Arc<[Template]>, Problem>),
    /// What a folder holds: folders first.
    Listed {
        /// The request.
        id: RequestId,
        /// Its entries, or why it cannot be listed; `NotFound` where there is none.
        result: Result<Arc<[PathEntry]>, Problem>,
    },
    /// What a draft becomes, laid out.
    Previewed {
        /// The draft.
        draft: DraftId,
        /// Its lines.
        set: Arc<Typeset>,
    },
    /// A file that is to go with a draft was looked at.
    Enclosed {
        /// The draft.
        draft: DraftId,
        /// The file, as it was typed.
        path: PathBuf,
        /// What it is like, or why it cannot go with it.
        result: Result<Enclosure, Problem>,
    },
    /// A post was written out as Graph has it.
    RawLaidOut {
        /// The order.
        id: RequestId,
        /// Its rows.
        rows: Arc<[Box<str>]>,
    },
    /// The text of a post that is to be copied.
    PlainText(String),
    /// The person came back from `$EDITOR`.
    Edited {
        /// The draft.
        draft: DraftId,
        /// The new text.
        result: Result<String, Problem>,
    },
    /// A sign-in has come a step further.
    SignIn {
        /// The attempt.
        id: RequestId,
        /// The step.
        step: SignInStep,
    },
    /// The tokens were removed; `false` where there were none.
    SignedOut(Result<bool, Problem>),
    /// The sign-in as it stands.
    Standing {
        /// Who, where and for how long; `None` where nobody is signed in, or the token was got elsewhere.
        standing: Result<Option<Standing>, Problem>,
        /// The granted scopes, where they are known.
        granted: Option<Arc<[String]>>,
    },
    /// What the person chose in the welcome has begun, or could not.
    Begun(Result<(), Problem>),
    /// A card was saved as this file, or could not be.
    CardSaved(Result<String, Problem>),
    /// A question has come onto the screen ([`Model::asks_unseen`](super::Model::asks_unseen)): from now on it can be
    /// answered.
    Shown,
    /// Something the app had asked for could not be done.
    Failed(Problem),
    /// A deadline has come.
    Due(TimerId),
    /// The program is to end: by a signal, or because the terminal is gone.
    Quit,
}
