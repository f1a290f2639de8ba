//! What `update` asks the world to do. Plain data, so that a test compares whole values.

use std::path::PathBuf;
use std::sync::Arc;

use super::columns::Order;
use super::export::Exporting;
use super::paths::Wanted;
use super::photo::PhotoOrder;
use super::raw::RawKind;
use super::search::LaidOut;
use super::welcome::Choice;
use crate::domain::{
    About, Attachment, Card, Conversation, Draft, DraftId, Group, Id, Member, OwnWords, Pages, Person, Post, Thread,
};
use crate::layout::Pane;
use crate::protocol::{Lane, Marking, Request, RequestId, SignIn};

/// One thing to be done outside.
#[derive(Debug, Clone, PartialEq)]
pub enum Cmd {
    /// Hand a request to the worker.
    Send(Request),
    /// Abort what is under way in a lane.
    Abandon(Lane),
    /// Abort every read under way and every file that is being saved: whoever asked for them is no longer signed in. Looking
    /// for what was sent goes on.
    AbandonAll,
    /// Lay posts out, off the UI thread, in this order. Answers: `Typeset`, with some of them each.
    Typeset {
        /// The posts.
        posts: Vec<Arc<Post>>,
        /// The width in cells.
        width: u16,
    },
    /// Read a photo and draw it, off the UI thread. Answers: `Photo`; what is kept first, where it is old.
    Photo(PhotoOrder),
    /// Find the items that match, off the UI thread. Answer: `Filtered`.
    Filter {
        /// Which list.
        list: Filterable,
        /// Which filtering this is.
        generation: u64,
        /// What was typed.
        needle: String,
        /// The items.
        haystack: Haystack,
        /// Only these need looking at: they matched a shorter needle.
        within: Option<Arc<[u32]>>,
    },
    /// Look for words in posts, off the UI thread. Answer: `Searched`.
    Search {
        /// What was typed.
        needle: String,
        /// Where to look.
        laid_out: Vec<LaidOut>,
    },
    /// Make the HTML that goes below a quoted reply. Answer: `Quoted`.
    Quote {
        /// The draft.
        draft: DraftId,
        /// The answered post.
        post: Arc<Post>,
    },
    /// Lay out what a draft becomes. Answer: `Previewed`.
    Preview {
        /// The draft.
        draft: Box<Draft>,
        /// The width in cells.
        width: u16,
    },
    /// Look at a file that is to go with a draft. Answer: `Enclosed`.
    Enclose {
        /// The draft.
        draft: DraftId,
        /// The file, as it was typed.
        path: PathBuf,
    },
    /// Make the text of a post, to be copied. Answer: `PlainText`.
    PlainText(Arc<Post>),
    /// Write out a post as Graph has it. Answer: `RawLaidOut` with this id.
    LayOutRaw {
        /// The order.
        id: RequestId,
        /// The post.
        post: Arc<Post>,
        /// What of it.
        kind: RawKind,
        /// The width in cells.
        width: u16,
    },
    /// Write out all of a post as Graph has it, to be copied. Answer: `PlainText`.
    RawText {
        /// The post.
        post: Arc<Post>,
        /// What of it.
        kind: RawKind,
    },
    /// Save an attachment. Answers: `Saving` with this id, as it comes.
    Save {
        /// The request.
        id: RequestId,
        /// What, and where.
        saving: Box<Saving>,
    },
    /// Write threads to files. Answers: `Exporting` with this id, as they are written.
    Export {
        /// The request.
        id: RequestId,
        /// What, and where.
        export: Box<Exporting>,
    },
    /// Stop saving an attachment, or writing threads; nothing is left that is not whole.
    StopSaving(RequestId),
    /// Open a file with the desktop's own program. Where there is no desktop, and the file is a text: `Readable`.
    OpenFile(PathBuf),
    /// Show clean text in the person's pager.
    Page(String),
    /// Read the person's templates. Answer: `Templates`.
    ReadTemplates,
    /// List a folder, as much as may be wanted of it. Answer: `Listed`.
    ListFolder {
        /// The request.
        id: RequestId,
        /// The folder as it was typed; nothing is the current one.
        folder: String,
        /// What is looked for in it.
        wanted: Wanted,
    },
    /// Put text on the person's clipboard.
    Copy(String),
    /// Open a link outside.
    OpenUrl(String),
    /// Save a card as a vCard, under the person's name. Answer: `CardSaved`.
    SaveCard {
        /// The folder as it was typed.
        folder: String,
        /// It is to be made where it is not there.
        make: bool,
        /// What the directory knows.
        card: Box<Card>,
        /// What the person says.
        about: Option<Box<About>>,
    },
    /// Keep how far threads of a group were read.
    KeepMark {
        /// The group.
        group: Id,
        /// What has changed.
        marking: Marking,
    },
    /// Let the person write a draft in `$EDITOR`; it is written to disk before. Answer: `Edited`.
    Edit(Box<Draft>),
    /// Write a draft to disk. Answer: `DraftSaved`.
    SaveDraft {
        /// The draft as it is to lie on disk.
        draft: Box<Draft>,
        /// Which state of its text this is.
        revision: u64,
    },
    /// Write a draft whose state has changed by the person's word, so that not even a power cut undoes it: it is to be sent,
    /// or it is text again. Answer, if it fails: `NotMarked`.
    MarkDraft(Box<Draft>),
    /// Take what other folkmoots have left since the start. Answer: `DraftsLeft`.
    TakeLeftDrafts,
    /// Remove a draft from disk: it has settled, or was discarded.
    RemoveDraft(DraftId),
    /// Keep what was typed of one's own profile. Answer: `OwnKept`.
    KeepOwn(OwnWords),
    /// Drop it.
    DropOwn {
        /// Whose profile it is.
        person: Id,
        /// Graph's name of the property.
        property: String,
    },
    /// Sign in; an attempt that is under way ends. Answers: `SignIn` with this id, step by step.
    SignIn {
        /// The attempt.
        id: RequestId,
        /// What is asked for.
        ask: SignIn,
    },
    /// Hand the attempt the address that the browser ended on.
    PasteAnswer(String),
    /// End the attempt.
    CancelSignIn,
    /// Remove the tokens. Answer: `SignedOut`.
    SignOut,
    /// Tell the sign-in as it stands. Answer: `Standing`.
    AskStanding,
    /// Begin what the person has chosen in the welcome. Answer: `Begun`.
    Begin(Choice),
    /// End this program and let the other have the terminal: after the welcome the client, after a first sign-in that was
    /// called off the welcome.
    ChangeOver,
    /// Draw everything anew.
    Redraw,
    /// Give the terminal back and stop, as ^Z does.
    Suspend,
    /// End the program, once what is to be saved is saved.
    Exit,
}

/// An attachment to be saved.
#[derive(Debug, Clone, PartialEq)]
pub struct Saving {
    /// The group.
    pub group: Id,
    /// The thread.
    pub thread: Id,
    /// The post on which it hangs.
    pub post: Id,
    /// What is to be saved; no link to a file in the cloud, which holds no bytes.
    pub attachment: Attachment,
    /// Where to.
    pub to: Destination,
}

/// Where an attachment goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// A folder of the person's choice.
    Folder {
        /// As it was typed.
        path: String,
        /// It is to be made where it is not there.
        make: bool,
    },
    /// A folder of this program's own, to be opened there; it goes when the program ends.
    Opened,
}

/// The lists that are filtered off the UI thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Filterable {
    /// That of a pane.
    Pane(Pane),
    /// The conversations, in the place of the threads.
    Conversations,
    /// The people of the finder.
    Finder,
    /// The people of the org tree.
    Org,
    /// The members of groups in a group.
    Nested,
}

/// A list to filter; cheap to hand to another thread.
#[derive(Debug, Clone, PartialEq)]
pub enum Haystack {
    /// Groups.
    Groups(Pages<Group>),
    /// Members, and how they are sorted.
    Members(Pages<Member>, Option<Order>),
    /// Threads.
    Threads(Pages<Thread>),
    /// Conversations.
    Conversations(Pages<Conversation>),
    /// People.
    People(Pages<Arc<Person>>),
}
