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
use crate::protocol::{Delivery, Payload, Problem, ProblemKind, Reply, RequestId, SignInStep, Standing, Traffic};
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
    /// Drafts found on disk when they were looked for again.
    DraftsLeft {
        /// Those that other folkmoots have left, which this program holds now.
        mine: Vec<Draft>,
        /// How many another running folkmoot holds.
        elsewhere: usize,
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
    /// The clean text of a file that was opened where there is no desktop.
    Readable(String),
    /// A deadline has come.
    Due(TimerId),
    /// The program is to end: by a signal, or because the terminal is gone.
    Quit,
}

impl What {
    /// What went wrong, where this tells of something that did.
    pub fn problem(&self) -> Option<&Problem> {
        match self {
            What::Failed(problem) | What::NotMarked { problem, .. } => Some(problem),
            What::Reply(reply) => match &reply.result {
                Ok(Payload::Changed(outcome) | Payload::Delivery { outcome, .. }) => match outcome {
                    Delivery::NotSent(problem) | Delivery::Unknown(problem) => Some(problem),
                    Delivery::Accepted { .. } => None,
                },
                Ok(_) => None,
                Err(problem) => Some(problem),
            },
            What::DraftSaved { result, .. } | What::OwnKept { result, .. } | What::Begun(result) => {
                result.as_ref().err()
            }
            What::Exporting { step, .. } => match step {
                ExportStep::Done(result) => result.as_ref().err(),
                ExportStep::Has(..) => None,
            },
            What::Saving { step, .. } => match step {
                SavingStep::Done(result) => result.as_ref().err(),
                SavingStep::Has(..) => None,
            },
            What::SignIn { step, .. } => match step {
                SignInStep::Rejected(problem) | SignInStep::Failed(problem) => Some(problem),
                SignInStep::Trying { .. }
                | SignInStep::OpenUrl { .. }
                | SignInStep::DeviceCode { .. }
                | SignInStep::FellBack { .. }
                | SignInStep::SignedIn { .. } => None,
            },
            What::Templates(result) => result.as_ref().err(),
            // Whoever types the name of a new folder has done nothing wrong.
            What::Listed { result, .. } => result
                .as_ref()
                .err()
                .filter(|problem| problem.kind != ProblemKind::NotFound),
            What::Enclosed { result, .. } => result.as_ref().err(),
            What::Edited { result, .. } | What::CardSaved(result) => result.as_ref().err(),
            What::SignedOut(result) => result.as_ref().err(),
            What::Standing { standing, .. } => standing.as_ref().err(),
            What::Started
            | What::Drafts { .. }
            | What::DraftsLeft { .. }
            | What::Resumed { .. }
            | What::Key(_)
            | What::Paste(_)
            | What::Resized(_)
            | What::Traffic(_)
            | What::Typeset { .. }
            | What::Searched { .. }
            | What::Photo { .. }
            | What::Filtered { .. }
            | What::OwnFound(_)
            | What::Quoted { .. }
            | What::Previewed { .. }
            | What::RawLaidOut { .. }
            | What::PlainText(_)
            | What::Shown
            | What::Due(_)
            | What::Readable(_)
            | What::Quit => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::Part;

    #[test]
    fn what_went_wrong_is_known_of_every_message_that_tells_it() {
        let problem = || Problem::new(ProblemKind::Forbidden, "Graph refused it.", "");
        let reply = |result| {
            What::Reply(Reply {
                id: RequestId(1),
                part: Part::Last,
                result,
            })
        };
        let draft = || DraftId("d".into());
        let delivery = |outcome| Payload::Delivery {
            draft: draft(),
            outcome,
            since: None,
        };
        let id = RequestId(1);
        for what in [
            What::Failed(problem()),
            reply(Err(problem())),
            reply(Ok(delivery(Delivery::NotSent(problem())))),
            reply(Ok(delivery(Delivery::Unknown(problem())))),
            reply(Ok(Payload::Changed(Delivery::NotSent(problem())))),
            What::Templates(Err(problem())),
            What::Begun(Err(problem())),
            What::SignedOut(Err(problem())),
            What::SignIn {
                id,
                step: SignInStep::Failed(problem()),
            },
            What::Saving {
                id,
                step: SavingStep::Done(Err(problem())),
            },
            What::Listed {
                id,
                result: Err(problem()),
            },
        ] {
            assert_eq!(what.problem(), Some(&problem()), "{what:?}");
        }
        let missing = Problem::new(ProblemKind::NotFound, "There is no such folder.", "");
        for what in [
            What::Started,
            reply(Ok(Payload::Nothing)),
            What::Listed {
                id,
                result: Err(missing),
            },
        ] {
            assert_eq!(what.problem(), None, "{what:?}");
        }
    }
}
