//! The program without a terminal: the real model, the real worker and the demo tenant over HTTP, under a clock that
//! stands still but when it is told to move. Whatever is under way is waited for, so that the same keys always lead to the
//! same frame.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use folkmoot::app::{Cmd, Filterable, Model, Moment, Msg, Settings, TimerId, What, timers, update};
use folkmoot::auth::StaticToken;
use folkmoot::config::{Colours, Way};
use folkmoot::demo::{Options, Tenant};
use folkmoot::domain::Id;
use folkmoot::graph::Endpoint;
use folkmoot::keys::Chord;
use folkmoot::layout::Size;
use folkmoot::protocol::{Job, Lane, Part, RequestId};
use folkmoot::runtime::{Brush, DraftsThread, Inbox, Keeper, Scratch, Unsaved, worker};
use folkmoot::ui::{Theme, view};
use jiff::tz::TimeZone;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use tokio::sync::mpsc;

/// When the pictures are taken.
const NOW: &str = "2026-11-20T14:05:00Z";

/// How long anything may take before making the pictures is given up.
const LIMIT: Duration = Duration::from_secs(60);

/// A running program.
pub struct Film {
    model: Model,
    now: Moment,
    inbox: Inbox,
    orders: mpsc::UnboundedSender<Cmd>,
    drafts: DraftsThread,
    waiting: Waiting,
    /// Stops when dropped.
    _tenant: Tenant,
    _folder: tempfile::TempDir,
}

/// What has been asked for and not answered.
#[derive(Default)]
struct Waiting {
    requests: HashMap<RequestId, Option<Lane>>,
    posts: HashSet<Id>,
    /// The newest of each list: those before it may be left out.
    filterings: HashMap<Filterable, u64>,
    others: usize,
}

impl Film {
    /// Starts the program with the demo tenant. To be called within a tokio runtime.
    pub fn start(size: Size) -> Self {
        let wall = NOW.parse().expect("the moment of the pictures is a timestamp");
        let tenant = Tenant::spawn(Options {
            now: Some(wall),
            ..Options::default()
        });
        let tenant = tenant.expect("the demo tenant starts");
        let folder = tempfile::tempdir().expect("there is a folder for drafts");
        let (sender, traffic, inbox) = Inbox::new();
        let drafts = DraftsThread::open(folder.path().to_owned(), sender.clone(), Unsaved::default());
        let setup = worker::Setup {
            endpoint: Endpoint::parse(tenant.graph_url()).expect("the tenant's address is one"),
            tokens: Arc::new(StaticToken::for_demo(tenant.token().to_owned().into())),
            session: None,
            drafts: drafts.clone(),
            keeper: Keeper::none(),
            read_only: false,
            brush: Some(Brush {
                way: Way::HalfBlocks(Colours::All),
                cell: || None,
            }),
            scratch: Scratch::default(),
            zone: TimeZone::UTC,
        };
        let orders = worker::start(setup, sender, traffic).expect("the worker starts");
        let now = Moment {
            instant: Instant::now(),
            wall,
        };
        let settings = Settings {
            photos: true,
            tenant: "demo".into(),
            profile: "demo".into(),
            graph: tenant.graph_url().into(),
            session: "pictures".into(),
            ..Settings::default()
        };
        let mut film = Film {
            model: Model::new(settings, size, now),
            now,
            inbox,
            orders,
            drafts,
            waiting: Waiting::default(),
            _tenant: tenant,
            _folder: folder,
        };
        film.tell(What::Started);
        film
    }

    /// Presses keys, by their names; waits for what each leads to.
    pub async fn keys(&mut self, names: &str) {
        for name in names.split(' ') {
            self.tell(What::Key(name.parse::<Chord>().expect("a key's name")));
            self.rest().await;
        }
    }

    /// Types text.
    pub async fn types(&mut self, text: &str) {
        for c in text.chars() {
            self.tell(What::Key(Chord::char(c)));
        }
        self.rest().await;
    }

    /// Waits until nothing is under way and nothing will be by itself.
    pub async fn rest(&mut self) {
        let deadline = Instant::now() + LIMIT;
        loop {
            self.fall_due();
            if self.is_quiet() {
                break;
            }
            let left = deadline.saturating_duration_since(Instant::now());
            match tokio::time::timeout(left, self.next()).await {
                Ok(what) => self.tell(what),
                Err(_) => panic!("nothing came for a minute"),
            }
        }
    }

    async fn next(&mut self) -> What {
        tokio::select! {
            Some(what) = self.inbox.messages.recv() => what,
            Ok(()) = self.inbox.traffic.changed() => What::Traffic(*self.inbox.traffic.borrow_and_update()),
            else => panic!("the worker has ended"),
        }
    }

    fn is_quiet(&self) -> bool {
        let waiting = &self.waiting;
        waiting.requests.is_empty()
            && waiting.posts.is_empty()
            && waiting.filterings.is_empty()
            && waiting.others == 0
            && !self.model.posts.is_searching()
            && self.model.traffic.in_flight == 0
            && !self.inbox.traffic.has_changed().unwrap_or(false)
    }

    /// Lets what rests, saves and asks come due, and nothing that only passes.
    fn fall_due(&mut self) {
        while let Some(timer) = timers(&self.model).into_iter().find(|timer| {
            matches!(
                timer.id,
                TimerId::Rest | TimerId::Save | TimerId::AskServer | TimerId::AskDirectory | TimerId::Photo
            )
        }) {
            self.now.instant = self.now.instant.max(timer.due);
            self.tell(What::Due(timer.id));
        }
    }

    /// Lets notices go.
    pub fn pass(&mut self, time: Duration) {
        self.now.instant += time;
        self.tell(What::Due(TimerId::Notice));
    }

    fn tell(&mut self, what: What) {
        self.waiting.answered(&what);
        for cmd in update(&mut self.model, Msg { at: self.now, what }) {
            self.waiting.asked(&cmd);
            match cmd {
                Cmd::SaveDraft { draft, revision } => self.drafts.save(draft, revision),
                Cmd::RemoveDraft(id) => self.drafts.remove(id),
                Cmd::Send(_)
                | Cmd::Abandon(_)
                | Cmd::Typeset { .. }
                | Cmd::Filter { .. }
                | Cmd::Search { .. }
                | Cmd::Quote { .. }
                | Cmd::PlainText(_)
                | Cmd::Preview { .. }
                | Cmd::Photo(_) => {
                    self.orders.send(cmd).expect("the worker runs");
                }
                // Who is signed in, and until when, is in no picture, and no second run asks what was read in this one.
                Cmd::AskStanding | Cmd::KeepMark { .. } => {}
                other => panic!("not for a picture: {other:?}"),
            }
        }
    }

    /// The frame, and where the cursor is if it can be seen.
    pub fn frame(&self) -> (Buffer, Option<Position>) {
        let size = self.model.size;
        let mut buffer = Buffer::empty(Rect::new(0, 0, size.width, size.height));
        let cursor = view(&self.model, &Theme::default(), &mut buffer).cursor;
        (buffer, cursor)
    }
}

impl Waiting {
    fn asked(&mut self, cmd: &Cmd) {
        match cmd {
            Cmd::Send(request) => {
                let lane = match &request.job {
                    Job::Read(lane, _) => Some(lane.clone()),
                    Job::Write(..) => None,
                };
                self.abandoned(lane.as_ref());
                self.requests.insert(request.id, lane);
            }
            Cmd::Photo(order) => {
                self.abandoned(Some(&Lane::Photo));
                self.requests.insert(order.id, Some(Lane::Photo));
            }
            Cmd::Abandon(lane) => self.abandoned(Some(lane)),
            Cmd::Typeset { posts, .. } => self.posts.extend(posts.iter().map(|post| post.id.clone())),
            Cmd::Filter { list, generation, .. } => drop(self.filterings.insert(*list, *generation)),
            Cmd::Quote { .. } | Cmd::PlainText(_) | Cmd::Preview { .. } | Cmd::SaveDraft { .. } => self.others += 1,
            _ => {}
        }
    }

    /// What is read anew in a lane, or given up, is not answered.
    fn abandoned(&mut self, lane: Option<&Lane>) {
        if lane.is_some() {
            self.requests.retain(|_, of| of.as_ref() != lane);
        }
    }

    fn answered(&mut self, what: &What) {
        match what {
            What::Reply(reply) if reply.part == Part::Last => drop(self.requests.remove(&reply.id)),
            What::Photo { id, .. } => drop(self.requests.remove(id)),
            What::Typeset { laid_out, .. } => self.posts.retain(|id| laid_out.iter().all(|laid| laid.post != *id)),
            What::Filtered { list, generation, .. } if self.filterings.get(list) == Some(generation) => {
                self.filterings.remove(list);
            }
            What::Quoted { .. } | What::PlainText(_) | What::Previewed { .. } | What::DraftSaved { .. } => {
                self.others = self.others.saturating_sub(1);
            }
            _ => {}
        }
    }
}
