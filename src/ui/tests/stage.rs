//! A model that is moved by messages, as the running program's is: what it asks for is answered by hand, and whatever
//! needs no network is done at once.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::data;
use crate::app::{
    Cmd, LaidOut, Model, Moment, Msg, PhotoOrder, PhotoOutcome, Picture, Searched, Settings, TimerId, What, filter,
    raw_rows, timers, update,
};
use crate::domain::{Id, Post};
use crate::layout::Size;
use crate::protocol::{Job, Lane, Part, Payload, Problem, Reply, Request, RequestId};
use crate::text::{find, typeset};

pub(super) struct Stage {
    pub(super) model: Model,
    now: Moment,
    asked: Vec<Request>,
    quotes: Vec<crate::domain::DraftId>,
    photo: Option<PhotoOrder>,
    others: Vec<Cmd>,
}

impl Stage {
    /// A program that has just started, at noon.
    pub(super) fn new(width: u16, height: u16) -> Self {
        Stage::with(width, height, |_| {})
    }

    pub(super) fn with(width: u16, height: u16, change: impl FnOnce(&mut Settings)) -> Self {
        let now = Moment {
            instant: Instant::now(),
            wall: "2026-11-21T12:00:00Z".parse().unwrap(),
        };
        let mut settings = Settings {
            tenant: "demo".into(),
            profile: "demo".into(),
            graph: "https://graph.example/v1.0".into(),
            session: "test".into(),
            ..Settings::default()
        };
        change(&mut settings);
        let mut stage = Stage {
            model: Model::new(settings, Size { width, height }, now),
            now,
            asked: Vec::new(),
            quotes: Vec::new(),
            photo: None,
            others: Vec::new(),
        };
        stage.tell(What::Started);
        stage
    }

    pub(super) fn tell(&mut self, what: What) -> &mut Self {
        let cmds = update(&mut self.model, Msg { at: self.now, what });
        for cmd in cmds {
            self.carry_out(cmd);
        }
        self
    }

    fn carry_out(&mut self, cmd: Cmd) {
        match cmd {
            Cmd::Send(request) => self.asked.push(request),
            Cmd::Typeset { posts, width } => {
                let lay_out = |post: Arc<Post>| LaidOut {
                    post: post.id.clone(),
                    set: Arc::new(typeset(&post.body, width)),
                };
                let laid_out = posts.into_iter().map(lay_out).collect();
                self.tell(What::Typeset { width, laid_out });
            }
            Cmd::Search { needle, laid_out } => {
                let search = |laid_out: LaidOut| Searched {
                    hits: find(&laid_out.set, &needle).into(),
                    laid_out,
                };
                let posts = laid_out.into_iter().map(search).collect();
                self.tell(What::Searched { needle, posts });
            }
            Cmd::Filter {
                list,
                generation,
                needle,
                haystack,
                within,
            } => {
                let shown = filter(&haystack, &needle, within.as_deref()).into();
                self.tell(What::Filtered {
                    list,
                    generation,
                    shown,
                });
            }
            Cmd::LayOutRaw { id, post, kind, width } => {
                let rows = raw_rows(&post, kind, width);
                self.tell(What::RawLaidOut { id, rows });
            }
            Cmd::SaveDraft { draft, revision } => {
                let (draft, result) = (draft.id, Ok(()));
                self.tell(What::DraftSaved {
                    draft,
                    revision,
                    result,
                });
            }
            Cmd::Quote { draft, .. } => self.quotes.push(draft),
            Cmd::Photo(order) => self.photo = Some(order),
            other => self.others.push(other),
        }
    }

    /// Presses keys, by their names.
    pub(super) fn keys(&mut self, names: &str) -> &mut Self {
        for name in names.split(' ') {
            let chord = name.parse().unwrap_or_else(|error| panic!("{error}"));
            self.tell(What::Key(chord));
            if self.model.asks_unseen() {
                self.tell(What::Shown);
            }
        }
        self
    }

    /// Types text.
    pub(super) fn types(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            self.tell(What::Key(crate::keys::Chord::char(c)));
        }
        self
    }

    /// Lets time pass, and whatever falls due in it happen, but for looks for news.
    pub(super) fn wait(&mut self, seconds: u64) -> &mut Self {
        let until = self.now.instant + Duration::from_secs(seconds);
        loop {
            let due = timers(&self.model)
                .into_iter()
                .filter(|timer| timer.due <= until && !matches!(timer.id, TimerId::Watch | TimerId::Clock))
                .min_by_key(|timer| timer.due);
            let Some(timer) = due else { break };
            self.pass(timer.due.saturating_duration_since(self.now.instant));
            self.tell(What::Due(timer.id));
        }
        self.pass(until.saturating_duration_since(self.now.instant));
        self
    }

    /// Looks for news, as it does once a minute.
    pub(super) fn look_for_news(&mut self) -> &mut Self {
        self.pass(Duration::from_secs(60));
        self.tell(What::Due(TimerId::Watch));
        self
    }

    fn pass(&mut self, time: Duration) {
        self.now.instant += time;
        self.now.wall += jiff::SignedDuration::try_from(time).unwrap();
    }

    /// The newest request in a lane, which is then no longer waiting.
    fn request(&mut self, lane: &Lane) -> RequestId {
        let of_lane = |request: &Request| matches!(&request.job, Job::Read(at, _) if at == lane);
        let at = self.asked.iter().rposition(of_lane);
        self.asked[at.unwrap_or_else(|| panic!("nothing was asked for in {lane:?}"))].id
    }

    /// Answers the newest request in a lane with its last part.
    pub(super) fn answer(&mut self, lane: Lane, payload: Payload) -> &mut Self {
        self.reply(lane, Part::Last, Ok(payload))
    }

    /// Answers with a part that is not the last.
    pub(super) fn begin(&mut self, lane: Lane, payload: Payload) -> &mut Self {
        self.reply(lane, Part::More, Ok(payload))
    }

    /// Shows what the store has for the newest request in a lane, read two hours ago.
    pub(super) fn recall(&mut self, lane: Lane, payload: Payload) -> &mut Self {
        let read_at = self.now.wall - jiff::SignedDuration::from_hours(2);
        self.reply(lane, Part::Kept(read_at), Ok(payload))
    }

    /// Answers the newest request in a lane with a problem.
    pub(super) fn refuse(&mut self, lane: Lane, problem: Problem) -> &mut Self {
        self.reply(lane, Part::Last, Err(problem))
    }

    fn reply(&mut self, lane: Lane, part: Part, result: Result<Payload, Problem>) -> &mut Self {
        let id = self.request(&lane);
        self.tell(What::Reply(Reply { id, part, result }));
        self
    }

    /// Answers the newest write.
    pub(super) fn written(&mut self, payload: Payload) -> &mut Self {
        let writes = |request: &Request| matches!(request.job, Job::Write(..));
        let id = self.asked.iter().rfind(|request| writes(request)).unwrap().id;
        self.tell(What::Reply(Reply {
            id,
            part: Part::Last,
            result: Ok(payload),
        }));
        self
    }

    /// Draws the photo that was asked for last, if one was.
    pub(super) fn draw_photo(&mut self, drawn: fn(Size) -> Picture) -> &mut Self {
        if let Some(PhotoOrder { id, size, .. }) = self.photo.take() {
            let outcome = PhotoOutcome::Drawn(drawn(size));
            self.tell(What::Photo { id, outcome });
        }
        self
    }

    /// The newest listing of a folder that was asked for.
    pub(super) fn listing(&self) -> RequestId {
        let id = |cmd: &Cmd| match cmd {
            Cmd::ListFolder { id, .. } => Some(*id),
            _ => None,
        };
        self.others.iter().rev().find_map(id).unwrap()
    }

    /// The newest attachment that was asked for.
    pub(super) fn saving(&self) -> Option<Cmd> {
        let is_saving = |cmd: &&Cmd| matches!(cmd, Cmd::Save { .. });
        self.others.iter().rev().find(is_saving).cloned()
    }

    /// Hands over the quoted post that was asked for last.
    pub(super) fn quoted(&mut self) -> &mut Self {
        let draft = self.quotes.pop().unwrap();
        let html = "<blockquote type=cite>quoted</blockquote>".into();
        self.tell(What::Quoted { draft, html });
        self
    }
}

impl Stage {
    /// Groups have come, with unseen counts, and who is signed in is known.
    pub(super) fn with_groups(&mut self) -> &mut Self {
        self.answer(Lane::Me, Payload::Me(Box::new(data::me())))
            .answer(Lane::Groups, Payload::Groups(data::groups().into()))
            .answer(
                Lane::Unseen,
                Payload::Unseen(vec![("eng".into(), 2), ("tokyo".into(), 17), ("long".into(), 130)]),
            )
    }

    /// The first group is shown: members and threads have come.
    pub(super) fn with_group(&mut self) -> &mut Self {
        self.with_groups().wait(1);
        let total = Some(data::members().len());
        let page = data::members().into();
        self.answer(Lane::Members, Payload::Members { page, total })
            .answer(Lane::Threads, Payload::Threads(data::threads().into()))
    }

    /// The first thread is open, with its posts and attachments; the focus is on the posts.
    pub(super) fn with_thread(&mut self) -> &mut Self {
        self.with_group().keys("enter enter").with_posts(data::posts(), false)
    }

    pub(super) fn with_posts(&mut self, posts: Vec<Post>, cut_short: bool) -> &mut Self {
        let has_files = posts.iter().any(|post| post.has_attachments);
        let posts = posts.into_iter().map(Arc::new).collect();
        self.answer(Lane::Posts, Payload::Posts { posts, cut_short });
        if has_files {
            let (post, attachments) = (Id::new("p2"), data::attachments());
            self.answer(Lane::Attachments, Payload::Attachments { post, attachments });
        }
        self
    }

    /// The profile viewer is open on the second member, with every section.
    pub(super) fn with_profile(&mut self) -> &mut Self {
        self.with_group().keys("2 j enter");
        for part in data::card() {
            self.begin(Lane::Profile, Payload::Card(part));
        }
        self
    }
}
