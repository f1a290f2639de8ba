//! Everything the program knows at one moment.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::ahead::{Ahead, ThreadKey};
use super::cmd::Cmd;
use super::compose::Composer;
use super::conversations::Conversations;
use super::downloads::Downloads;
use super::finder::Finder;
use super::groups::GroupsPane;
use super::leaving::Told;
use super::marks::GroupMarks;
use super::members::MembersPane;
use super::mention::Mention;
use super::msg::Moment;
use super::nearby::Nearby;
use super::nested::Nested;
use super::notice::Notice;
use super::org::Org;
use super::outbox::Outgoing;
use super::overlap::Choosing;
use super::overlay::Overlay;
use super::own::{OnDisk, OwnEdit};
use super::paths::Paths;
use super::photo::Photo;
use super::posts::PostsPane;
use super::profile::{Mine, Profile};
use super::prompt::Prompt;
use super::remote::Remote;
use super::settings::Settings;
use super::sign_in::{Asking, SigningIn};
use super::thread_changes::{ThreadEdit, Turned};
use super::threads::ThreadsPane;
use super::typed_ahead::TypedAhead;
use super::welcome::{Known, Welcome};
use crate::domain::{Conversation, Group, Id, Thread};
use crate::keys::{Action, Place};
use crate::layout::{Arrangement, Open, Pane, Size, arrange};
use crate::protocol::{Capability, Job, Lane, Me, Mutation, Query, Request, RequestId, Standing, Traffic};

/// How long the cursor rests on an item before what belongs to it is read.
pub(super) const REST: Duration = Duration::from_millis(150);

/// The whole state. `update` changes it, `view` reads it, nothing else does either.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// Choices that hold for the whole run.
    pub settings: Settings,
    /// The moment of the newest message: the only clock.
    pub now: Moment,
    /// The terminal's size.
    pub size: Size,
    /// The pane that has the keyboard when nothing lies over it.
    pub focus: Pane,
    /// Who is signed in.
    pub me: Remote<Me>,
    /// What of that person is to be shown once it is known who it is.
    pub(super) wanted_of_me: Option<Mine>,
    /// The sign-in as it was last told.
    pub standing: Option<Standing>,
    /// The granted scopes, where they are known.
    pub granted: Option<Arc<[String]>>,
    /// The first run: nothing else is there then.
    pub welcome: Option<Box<Welcome>>,
    /// A sign-in, over all else.
    pub sign_in: Option<Box<SigningIn>>,
    /// Whether a refusal opens it by itself.
    pub(super) asking: Asking,
    /// How busy the line is.
    pub traffic: Traffic,
    /// The groups pane.
    pub groups: GroupsPane,
    /// The group whose members and threads are shown.
    pub group: Option<Group>,
    /// The members pane.
    pub members: MembersPane,
    /// The threads pane.
    pub threads: ThreadsPane,
    /// The conversations, where they are listed instead.
    pub conversations: Conversations,
    /// The posts pane.
    pub posts: PostsPane,
    /// The profile viewer: the last is shown, Esc goes back to the one before.
    pub profiles: Vec<Profile>,
    /// The photo beside the shown one.
    pub(super) photo: Photo,
    /// Changes of one's own profile that Graph has not taken yet.
    pub own: Vec<OwnEdit>,
    /// What of them the disk was asked to keep.
    pub(super) own_on_disk: OnDisk,
    /// The org tree, in the place of the profile viewer.
    pub org: Option<Box<Org>>,
    /// The tree of nested groups, in the same place.
    pub nested: Option<Box<Nested>>,
    /// The composer, while it is open.
    pub composer: Option<Composer>,
    /// Drafts that are kept or under way; the one in the composer is not among them.
    pub outbox: Vec<Outgoing>,
    /// The group that was said to have news where nothing is unread; until another key than that for the next unread post.
    pub(super) offered: Option<Id>,
    /// How far threads were read, by group.
    pub(super) marks: HashMap<Id, GroupMarks>,
    /// Changes of threads that Graph has not carried out yet.
    pub thread_edits: Vec<ThreadEdit>,
    /// What was done to threads here, as far as answers may still tell otherwise.
    pub(super) turned: HashMap<ThreadKey, Turned>,
    /// Posts that drafts of this run have become: a post settles one draft.
    pub(super) settled: Vec<crate::domain::Id>,
    /// The pane that has the keyboard has the whole screen.
    pub zoomed: bool,
    /// What lies over the panes.
    pub overlay: Option<Overlay>,
    /// Help is open, over all else: its first visible row.
    pub help: Option<usize>,
    /// The people finder, over the panes and any overlay.
    pub finder: Option<Box<Finder>>,
    /// People whom any finder shows at once.
    pub nearby: Nearby,
    /// A group is to be chosen in the groups pane.
    pub choosing: Option<Choosing>,
    /// A line being typed in a pane's title.
    pub prompt: Option<Prompt>,
    /// The path that is being typed, where one is.
    pub paths: Option<Paths>,
    /// The folder that something was saved in last, as it was typed.
    pub(super) folder: String,
    /// Attachments that were asked for.
    pub downloads: Downloads,
    /// What was typed and waits for the answer to a filter.
    pub(super) typed_ahead: Option<TypedAhead>,
    /// What has just happened.
    pub notice: Option<Notice>,
    /// What was fetched before it was asked for, and what was seen before.
    pub(super) ahead: Ahead,
    /// When the cursor will have rested long enough, and in which pane.
    pub(super) resting: Option<(Pane, Instant)>,
    /// What was said when the person last asked to leave.
    pub(super) leaving: Told,
    /// The program is ending: no more timers.
    pub ending: bool,
    pub(super) last_id: u64,
    /// The last request that was made for whoever was signed in before.
    pub(super) last_of_another: u64,
    pub(super) last_draft: u64,
    pub(super) last_revision: u64,
}

impl Model {
    /// The model of a program that has just started.
    pub fn new(settings: Settings, size: Size, now: Moment) -> Self {
        Model {
            settings,
            now,
            size,
            focus: Pane::Groups,
            me: Remote::Idle,
            wanted_of_me: None,
            standing: None,
            granted: None,
            welcome: None,
            sign_in: None,
            asking: Asking::After(RequestId(0)),
            traffic: Traffic::default(),
            groups: GroupsPane::default(),
            group: None,
            members: MembersPane::default(),
            threads: ThreadsPane::default(),
            conversations: Conversations::default(),
            posts: PostsPane::default(),
            profiles: Vec::new(),
            photo: Photo::default(),
            own: Vec::new(),
            own_on_disk: OnDisk::default(),
            org: None,
            nested: None,
            composer: None,
            outbox: Vec::new(),
            offered: None,
            marks: HashMap::new(),
            thread_edits: Vec::new(),
            turned: HashMap::new(),
            settled: Vec::new(),
            zoomed: false,
            overlay: None,
            help: None,
            finder: None,
            nearby: Nearby::default(),
            choosing: None,
            prompt: None,
            paths: None,
            folder: "./".to_owned(),
            downloads: Downloads::default(),
            typed_ahead: None,
            notice: None,
            ahead: Ahead::default(),
            resting: None,
            leaving: Told::default(),
            ending: false,
            last_id: 0,
            last_of_another: 0,
            last_draft: 0,
            last_revision: 0,
        }
    }

    /// The model of the first run.
    pub fn welcoming(settings: Settings, size: Size, now: Moment, known: Known) -> Self {
        Model {
            welcome: Some(Box::new(Welcome::new(known))),
            ..Model::new(settings, size, now)
        }
    }

    /// Where everything lies on the screen.
    pub fn arrangement(&self) -> Arrangement {
        arrange(
            self.size,
            self.focus,
            Open {
                composer: self.composer.is_some(),
                profile: self.shows_profile() || self.shows_org() || self.shows_nested(),
                zoomed: self.zoomed,
            },
        )
    }

    /// The person that is being named in the text.
    pub fn mention(&self) -> Option<&Mention> {
        self.composer.as_ref()?.mention.as_deref()
    }

    /// The thread that an action is about: the open one, or the one under the cursor.
    pub fn thread_in_hand(&self) -> Option<&Thread> {
        match self.focus {
            Pane::Posts => self.posts.thread.as_ref(),
            Pane::Threads if self.conversations.listed => None,
            Pane::Threads => self.threads.list.selected(),
            Pane::Groups | Pane::Members => None,
        }
    }

    /// The conversation under the cursor, where conversations are listed.
    pub fn conversation_in_hand(&self) -> Option<&Conversation> {
        let listed = self.pane_place() == Place::Conversations;
        self.conversations.list.selected().filter(|_| listed)
    }

    /// The granted scopes, where they are known.
    pub fn scopes(&self) -> Option<&[String]> {
        let told = match &self.standing {
            Some(standing) => Some(standing.scopes.as_slice()),
            None => self.granted.as_deref(),
        };
        told.filter(|scopes| !scopes.is_empty())
    }

    /// Whether a permission was not granted; where that is not known, none is taken to be missing.
    pub fn lacks(&self, capability: &Capability) -> bool {
        self.scopes().is_some_and(|scopes| !capability.is_granted(scopes))
    }

    /// The foremost key of an action, as a person reads it; where the configuration has taken all of them away, what the
    /// palette finds it by.
    pub fn key(&self, action: Action) -> String {
        let mut chords = self.settings.keymap.chords(action);
        let found_by = || format!(":{}", action.name());
        chords.next().map_or_else(found_by, |chord| chord.to_string())
    }

    /// The newest request.
    pub(super) fn newest_id(&self) -> RequestId {
        RequestId(self.last_id)
    }

    /// The next id for a request.
    pub(super) fn next_id(&mut self) -> RequestId {
        self.last_id += 1;
        RequestId(self.last_id)
    }

    /// The next name for a draft: unique over all runs, because the session's name is.
    pub(super) fn next_draft(&mut self) -> crate::domain::DraftId {
        self.last_draft += 1;
        crate::domain::DraftId(format!("{}-{}", self.settings.session, self.last_draft))
    }

    /// The next state of a draft's text: counted over all drafts, so that the disk's word for one is never taken for
    /// another.
    pub(super) fn next_revision(&mut self) -> u64 {
        self.last_revision += 1;
        self.last_revision
    }

    /// A read, and the id its answers will carry.
    pub(super) fn read(&mut self, lane: Lane, query: Query) -> (RequestId, Cmd) {
        let id = self.next_id();
        let job = Job::Read(lane, query);
        (id, Cmd::Send(Request { id, job }))
    }

    /// A change in the name of whoever is signed in, and the id its answer will carry.
    pub(super) fn write(&mut self, mutation: Mutation) -> (RequestId, Cmd) {
        let id = self.next_id();
        let whose = self.me.shown().and_then(|me| me.holder.clone());
        let job = Job::Write(whose, mutation);
        (id, Cmd::Send(Request { id, job }))
    }

    /// The cursor has moved: what belongs to the item is read once it rests.
    pub(super) fn rest(&mut self, pane: Pane) {
        self.resting = Some((pane, self.now.instant + REST));
        if pane == Pane::Groups {
            self.groups.sought = None;
        }
    }
}
