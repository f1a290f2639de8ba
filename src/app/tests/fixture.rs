//! What the tests share: a model that is moved by messages, a clock that only they move, and nouns in every script.

use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::SignedDuration;

use crate::app::{
    Cmd, Item, LaidOut, List, Model, Moment, Msg, Notice, Searched, Settings, TimerId, Top, What, filter, timers,
    update,
};
use crate::domain::Post;
use crate::keys::Chord;
use crate::layout::{Pane, Size};
use crate::protocol::{Job, Lane, Marks, Part, Payload, Problem, ProblemKind, Query, Reply, Request, RequestId};
use crate::text::{find, typeset};

pub(super) use super::nouns::*;

/// A model, and the commands that the newest message has brought.
pub(super) struct Stage {
    pub(super) model: Model,
    /// The moment of the next message.
    pub(super) now: Moment,
}

pub(super) fn settings() -> Settings {
    Settings {
        photos: true,
        tenant: "demo".into(),
        profile: "demo".into(),
        graph: "https://graph.example/v1.0".into(),
        session: "run".into(),
        ..Settings::default()
    }
}

impl Stage {
    /// A program that has not started yet, in a terminal that shows all four panes.
    pub(super) fn new() -> Self {
        Stage::sized(120, 40)
    }

    pub(super) fn sized(width: u16, height: u16) -> Self {
        Stage::with(width, height, |_| {})
    }

    pub(super) fn with(width: u16, height: u16, change: impl FnOnce(&mut Settings)) -> Self {
        let now = Moment {
            instant: Instant::now(),
            wall: NOON.parse().unwrap(),
        };
        let mut settings = settings();
        change(&mut settings);
        Stage {
            model: Model::new(settings, Size { width, height }, now),
            now,
        }
    }

    /// A program that shows the groups "A", "B", "C" and "list", the last without a mailbox. Nothing more has been read.
    pub(super) fn with_groups() -> Self {
        let mut stage = Stage::new();
        stage.tell(What::Started);
        stage.reply(1, groups(&["A", "B", "C", "list"]));
        stage.reply(2, me());
        stage
    }

    /// A program that shows group "A" with the members "ines" (an owner), "ren", the nested group "B" and a device, and
    /// the threads "t1" to "t9", newest first. The threads have the keyboard.
    pub(super) fn with_threads() -> Self {
        let mut stage = Stage::with_groups();
        let cmds = stage.key("enter");
        stage.reply(asked(&cmds, Lane::Members), members());
        let names = ["t1", "t2", "t3", "t4", "t5", "t6", "t7", "t8", "t9"];
        stage.reply(asked(&cmds, Lane::Threads), threads(&names));
        stage
    }

    /// Of group "A" the store has that everything was read until "t1" came.
    pub(super) fn know_marks(&mut self) -> Vec<Cmd> {
        let marks = Marks {
            since: Some(noon(-1)),
            ..Marks::default()
        };
        let group = "A".into();
        self.answer(1, Part::Kept(noon(-9)), Ok(Payload::Marks { group, marks }))
    }

    /// The same, with thread "t1" open and these posts in it, laid out.
    pub(super) fn with_posts(posts: Vec<Post>) -> Self {
        let mut stage = Stage::with_threads();
        let cmds = stage.key("enter");
        let cmds = stage.reply(asked(&cmds, Lane::Posts), posts_of(posts));
        stage.typeset_all(&cmds);
        stage
    }

    /// The same in a terminal of another size.
    pub(super) fn resized(mut self, width: u16, height: u16) -> Self {
        let cmds = self.tell(What::Resized(Size { width, height }));
        self.typeset_all(&cmds);
        self
    }

    /// Sends a message.
    pub(super) fn tell(&mut self, what: What) -> Vec<Cmd> {
        update(&mut self.model, Msg { at: self.now, what })
    }

    /// Presses a key, by its name, and looks at what it has done.
    pub(super) fn key(&mut self, name: &str) -> Vec<Cmd> {
        let chord: Chord = name.parse().unwrap_or_else(|error| panic!("{error}"));
        let cmds = self.tell(What::Key(chord));
        if self.model.asks_unseen() {
            assert_eq!(self.tell(What::Shown), []);
        }
        cmds
    }

    /// Presses keys, by their names.
    pub(super) fn keys(&mut self, names: &str) -> Vec<Cmd> {
        names.split(' ').flat_map(|name| self.key(name)).collect()
    }

    /// Types text.
    pub(super) fn types(&mut self, text: &str) -> Vec<Cmd> {
        text.chars()
            .flat_map(|c| self.tell(What::Key(Chord::char(c))))
            .collect()
    }

    pub(super) fn paste(&mut self, text: &str) -> Vec<Cmd> {
        self.tell(What::Paste(text.into()))
    }

    /// Sends the last part of an answer.
    pub(super) fn reply(&mut self, id: impl Into<Asked>, payload: Payload) -> Vec<Cmd> {
        self.answer(id, Part::Last, Ok(payload))
    }

    /// Sends a part of an answer that goes on.
    pub(super) fn part(&mut self, id: impl Into<Asked>, payload: Payload) -> Vec<Cmd> {
        self.answer(id, Part::More, Ok(payload))
    }

    /// Ends an answer with a problem.
    pub(super) fn fail(&mut self, id: impl Into<Asked>) -> Vec<Cmd> {
        self.answer(id, Part::Last, Err(problem()))
    }

    pub(super) fn answer(&mut self, id: impl Into<Asked>, part: Part, result: Result<Payload, Problem>) -> Vec<Cmd> {
        let Asked(id) = id.into();
        self.tell(What::Reply(Reply { id, part, result }))
    }

    /// Lets time pass. Nothing falls due.
    pub(super) fn pass(&mut self, time: Duration) {
        self.now.instant += time;
        self.now.wall += SignedDuration::try_from(time).unwrap();
    }

    /// Lets time pass; what falls due meanwhile happens, each at its own moment.
    pub(super) fn wait(&mut self, millis: u64) -> Vec<Cmd> {
        let until = self.now.instant + Duration::from_millis(millis);
        let mut cmds = Vec::new();
        while let Some(timer) = timers(&self.model)
            .into_iter()
            .filter(|timer| timer.due <= until && timer.id != TimerId::Clock)
            .min_by_key(|timer| timer.due)
        {
            self.pass(timer.due.saturating_duration_since(self.now.instant));
            cmds.extend(self.tell(What::Due(timer.id)));
        }
        self.pass(until.saturating_duration_since(self.now.instant));
        cmds
    }

    /// How long until something falls due, in milliseconds.
    pub(super) fn due(&self, id: TimerId) -> Option<u128> {
        let timer = timers(&self.model).into_iter().find(|timer| timer.id == id)?;
        Some(timer.due.saturating_duration_since(self.now.instant).as_millis())
    }

    /// Lays out every post that the commands ask for.
    pub(super) fn typeset_all(&mut self, cmds: &[Cmd]) {
        for cmd in cmds {
            let Cmd::Typeset { posts, width } = cmd else { continue };
            for post in posts {
                let laid_out = vec![laid_out(post, *width)];
                let cmds = self.tell(What::Typeset {
                    width: *width,
                    laid_out,
                });
                self.search_all(&cmds);
            }
        }
    }

    /// Looks for what the commands ask for in posts.
    pub(super) fn search_all(&mut self, cmds: &[Cmd]) {
        for cmd in cmds {
            let Cmd::Search { needle, laid_out } = cmd else {
                continue;
            };
            self.tell(searched(needle, laid_out));
        }
    }

    /// Computes every filtering that the commands ask for.
    pub(super) fn filter_all(&mut self, cmds: &[Cmd]) -> Vec<Cmd> {
        let mut more = Vec::new();
        for cmd in cmds {
            let Cmd::Filter {
                list,
                generation,
                needle,
                haystack,
                within,
            } = cmd
            else {
                continue;
            };
            let shown = filter(haystack, needle, within.as_deref()).into();
            more.extend(self.tell(What::Filtered {
                list: *list,
                generation: *generation,
                shown,
            }));
        }
        more
    }

    /// What the notice says.
    pub(super) fn said(&self) -> Option<&str> {
        self.model.notice.as_ref().map(|Notice { text, .. }| text.as_str())
    }

    /// The posts that are shown, replies under way in brackets.
    pub(super) fn entries(&self) -> Vec<String> {
        let shown = |entry: &crate::app::Entry| match &entry.pending {
            Some(draft) => format!("[{}]", draft.0),
            None => entry.post.id.as_str().to_owned(),
        };
        self.model.posts.entries.iter().map(shown).collect()
    }

    /// The visible rows of the posts pane: each entry's place and the row within it.
    pub(super) fn visible(&self) -> Vec<(usize, usize)> {
        let rows = self.posts_rows();
        let posts = &self.model.posts;
        let Top { entry, row } = posts.top;
        let end = if posts.single { entry + 1 } else { posts.entries.len() };
        let all = (entry..end.min(posts.entries.len())).flat_map(|at| {
            let first = if at == entry { row } else { 0 };
            (first..posts.height(at)).map(move |row| (at, row))
        });
        all.take(rows).collect()
    }

    pub(super) fn posts_rows(&self) -> usize {
        let area = self.model.arrangement().pane(Pane::Posts);
        area.map_or(0, |area| usize::from(area.content().height))
    }
}

/// A post, laid out.
pub(super) fn laid_out(post: &Post, width: u16) -> LaidOut {
    LaidOut {
        post: post.id.clone(),
        set: Arc::new(typeset(&post.body, width)),
    }
}

/// What is found of words in posts.
pub(super) fn searched(needle: &str, laid_out: &[LaidOut]) -> What {
    let search = |laid_out: &LaidOut| Searched {
        laid_out: laid_out.clone(),
        hits: find(&laid_out.set, needle).into(),
    };
    What::Searched {
        needle: needle.into(),
        posts: laid_out.iter().map(search).collect(),
    }
}

/// The number of a request.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Asked(pub(super) RequestId);

impl From<u64> for Asked {
    fn from(id: u64) -> Self {
        Asked(RequestId(id))
    }
}

impl From<RequestId> for Asked {
    fn from(id: RequestId) -> Self {
        Asked(id)
    }
}

/// The newest request that commands make in a lane.
pub(super) fn asked(cmds: &[Cmd], lane: Lane) -> Asked {
    try_asked(cmds, &lane).unwrap_or_else(|| panic!("nothing asked in {lane:?} by {cmds:#?}"))
}

pub(super) fn try_asked(cmds: &[Cmd], lane: &Lane) -> Option<Asked> {
    cmds.iter().rev().find_map(|cmd| match cmd {
        Cmd::Send(Request {
            id,
            job: Job::Read(other, _),
        }) if other == lane => Some(Asked(*id)),
        _ => None,
    })
}

/// The lanes in which commands ask.
pub(super) fn lanes(cmds: &[Cmd]) -> Vec<Lane> {
    let lane = |cmd: &Cmd| match cmd {
        Cmd::Send(Request {
            job: Job::Read(lane, _),
            ..
        }) => Some(lane.clone()),
        _ => None,
    };
    cmds.iter().filter_map(lane).collect()
}

/// The command that reads.
pub(super) fn read(id: u64, lane: Lane, query: Query) -> Cmd {
    Cmd::Send(Request {
        id: RequestId(id),
        job: Job::Read(lane, query),
    })
}

/// Asserts that a message changes nothing but the clock, and does nothing.
pub(super) fn assert_ignored(stage: &mut Stage, what: What) {
    // What comes of the time that has passed comes before.
    stage.tell(What::Due(TimerId::Clock));
    let before = stage.model.clone();
    let cmds = stage.tell(what.clone());
    assert_eq!(cmds, [], "{what:?}");
    stage.model.now = before.now;
    assert!(stage.model == before, "{what:?} has changed the model");
}

/// The keys of the items that a list shows.
pub(super) fn shown<T: Item>(list: &List<T>) -> Vec<&str> {
    (0..list.len())
        .filter_map(|at| Some(list.get(at)?.key().as_str()))
        .collect()
}

/// The key of the item under a list's cursor.
pub(super) fn under_cursor<T: Item>(list: &List<T>) -> Option<&str> {
    list.selected().map(|item| item.key().as_str())
}

pub(super) fn problem() -> Problem {
    Problem::new(ProblemKind::Network, "The line is down.", "Try again.")
}
