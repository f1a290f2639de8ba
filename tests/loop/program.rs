//! The program with a keyboard of wire: what it shows can be waited for.

mod disk;

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use folkmoot::app::{Model, Moment, Settings, What};
use folkmoot::auth::StaticToken;
use folkmoot::demo::{Options, Seen, Tenant};
use folkmoot::graph::Endpoint;
use folkmoot::keys::Chord;
use folkmoot::layout::Size;
use folkmoot::protocol::TokenSource;
use folkmoot::runtime::{
    Brush, DraftsThread, Effects, Ending, Inbox, Input, Keeper, Scratch, SignsIn, StoreLocation, Unsaved, drive, worker,
};
use folkmoot::store::Drafts;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use tokio::sync::mpsc;

use self::disk::drafts_in;
use crate::glass::{Glass, LONGEST, TestConsole};

/// What stands for Graph's address in the store's name: that of a tenant changes.
const GRAPH: &str = "demo";
const SIZE: Size = Size { width: 120, height: 40 };

/// What a run may be given.
pub struct Setup {
    pub options: Options,
    pub faults: Vec<&'static str>,
    /// `None` takes the tenant's own token.
    pub tokens: Option<Arc<dyn TokenSource>>,
    /// Signs in and out.
    pub session: Option<Arc<dyn SignsIn>>,
    pub editor: &'static str,
    /// What attached texts are shown with.
    pub pager: Option<String>,
    pub read_only: bool,
    /// How long what is to be sent can be taken back.
    pub undo: Duration,
    /// What photos are drawn with.
    pub brush: Option<Brush>,
}

impl Default for Setup {
    fn default() -> Self {
        Setup {
            options: Options {
                visible_after: Duration::from_millis(300),
                ..Options::default()
            },
            faults: Vec::new(),
            tokens: None,
            session: None,
            editor: "false",
            pager: None,
            read_only: false,
            undo: Duration::ZERO,
            brush: None,
        }
    }
}

/// A running program, and the tenant and folder that outlive it.
pub struct Program {
    pub tenant: Arc<Tenant>,
    folder: Arc<tempfile::TempDir>,
    inputs: mpsc::UnboundedSender<Input>,
    /// Where workers tell what they have to tell.
    pub inbox: mpsc::Sender<What>,
    glass: Arc<Glass>,
    ended: Option<JoinHandle<Ended>>,
}

/// A run that has ended.
pub struct Ended {
    pub result: io::Result<Ending>,
    pub model: Model,
    /// Texts and states of the drafts on disk at the very end, when nobody writes any more.
    pub drafts: Vec<(String, String)>,
}

/// Starts a tenant, and a program that talks to it.
pub fn start(setup: Setup) -> Program {
    run_in(tenant(&setup), Arc::new(tempfile::tempdir().unwrap()), setup)
}

fn tenant(setup: &Setup) -> Arc<Tenant> {
    let tenant = Tenant::spawn(setup.options.clone()).unwrap();
    for fault in &setup.faults {
        tenant.add_fault(fault.parse().unwrap());
    }
    Arc::new(tenant)
}

fn run_in(tenant: Arc<Tenant>, folder: Arc<tempfile::TempDir>, setup: Setup) -> Program {
    let tokens = setup
        .tokens
        .unwrap_or_else(|| Arc::new(StaticToken::for_demo(tenant.token().to_owned().into())));
    let (inputs, keys) = mpsc::unbounded_channel();
    let glass = Arc::new(Glass::default());
    let (sender, traffic, inbox) = Inbox::new();
    let drafts = DraftsThread::open(folder.path().join("drafts"), sender.clone(), Unsaved::default());
    let location = StoreLocation {
        folder: folder.path().join("state"),
        graph: GRAPH.to_owned(),
    };
    let keeper = Keeper::start(location, tokens.clone(), sender.clone());
    let parts = Scratch::default();
    let orders = worker::start(
        worker::Setup {
            endpoint: Endpoint::parse(tenant.graph_url()).unwrap(),
            tokens,
            session: setup.session.clone(),
            drafts: drafts.clone(),
            keeper: keeper.clone(),
            read_only: setup.read_only,
            brush: setup.brush,
            scratch: parts.clone(),
            zone: TimeZone::UTC,
        },
        sender.clone(),
        traffic,
    )
    .unwrap();
    let effects = Effects {
        drafts: Some(drafts),
        worker: orders,
        inbox: sender.clone(),
        editor: setup.editor.to_owned(),
        pager: setup.pager,
        templates: folder.path().join("templates"),
        display: false,
        parts,
        keeper: keeper.clone(),
    };
    let console = TestConsole::new(keys, glass.clone(), SIZE);
    let settings = Settings {
        read_only: setup.read_only,
        undo: setup.undo,
        photos: setup.brush.is_some(),
        tenant: "demo".into(),
        profile: "demo".into(),
        graph: tenant.graph_url().into(),
        can_sign_in: setup.session.is_some(),
        session: Drafts::new_id().0,
        ..Settings::default()
    };
    let drafts = folder.path().join("drafts");
    let ended = thread::spawn(move || run(settings, console, effects, inbox, (drafts, keeper)));
    Program {
        tenant,
        folder,
        inputs,
        inbox: sender,
        glass,
        ended: Some(ended),
    }
}

/// What the program's own thread does.
fn run(
    settings: Settings,
    mut console: TestConsole,
    mut effects: Effects,
    mut inbox: Inbox,
    (drafts, keeper): (PathBuf, Keeper),
) -> Ended {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let now = Moment {
        instant: Instant::now(),
        wall: Timestamp::now(),
    };
    let mut model = Model::new(settings, SIZE, now);
    let result = runtime.block_on(drive(&mut model, &mut console, &mut effects, &mut inbox));
    runtime.block_on(keeper.flush());
    // The process ends here: what is not on disk now never will be.
    let drafts = drafts_in(&drafts);
    Ended { result, model, drafts }
}

impl Program {
    /// Sends an input.
    pub fn send(&self, input: Input) {
        self.inputs.send(input).unwrap();
    }

    /// Presses keys, by their names.
    pub fn keys(&self, names: &str) {
        for name in names.split(' ') {
            self.send(Input::What(What::Key(name.parse().unwrap())));
        }
    }

    /// Types text.
    pub fn types(&self, text: &str) {
        for c in text.chars() {
            self.send(Input::What(What::Key(Chord::char(c))));
        }
    }

    /// Waits for a model that is as wanted, and gives what was found in it.
    pub fn wait_for<T>(&self, what: &str, mut found: impl FnMut(&Model) -> Option<T>) -> T {
        self.glass
            .wait_until(what, |shown| shown.model.as_ref().and_then(&mut found))
    }

    /// Waits until something holds of the model.
    pub fn wait_until(&self, what: &str, mut holds: impl FnMut(&Model) -> bool) {
        self.wait_for(what, |model| holds(model).then_some(()));
    }

    /// Waits until the screen shows these words, in one row or broken at the end of it.
    pub fn wait_for_words(&self, words: &str) {
        self.glass.wait_until(words, |shown| {
            let flowing = || shown.text.split_whitespace().collect::<Vec<_>>().join(" ");
            (shown.text.contains(words) || flowing().contains(words)).then_some(())
        });
    }

    /// Opens the newest thread that takes replies, and waits for its posts. Gives how many there are.
    pub fn open_a_thread(&self) -> usize {
        self.wait_until("groups", |model| model.groups.list.items.ready().is_some());
        self.keys("enter");
        let locked = self.wait_for("threads", |model| {
            let threads = model.threads.list.items.ready()?;
            threads.iter().position(|thread| !thread.is_locked)
        });
        for _ in 0..locked {
            self.keys("j");
        }
        self.keys("enter");
        self.wait_for("posts, laid out", |model| {
            let posts = model.posts.posts.ready()?;
            let laid_out = posts.iter().all(|post| model.posts.typeset.contains_key(&post.id));
            (laid_out && !posts.is_empty()).then_some(posts.len())
        })
    }

    /// The text in the composer, once it is as wanted.
    pub fn wait_for_text(&self, text: &str) {
        let written = |model: &Model| model.composer.as_ref().is_some_and(|open| open.editor.text() == text);
        self.wait_until(text, written);
    }

    /// What was asked of the tenant by this method, where the path holds these words.
    pub fn seen(&self, method: &str, part: &str) -> Vec<Seen> {
        let mut requests = self.tenant.requests();
        requests.retain(|seen| seen.method == method && seen.path.contains(part));
        requests
    }

    /// Waits until the tenant has seen what is wanted.
    pub fn wait_until_seen(&self, what: &str, holds: impl Fn(&[Seen]) -> bool) {
        let give_up = Instant::now() + LONGEST;
        while !holds(&self.tenant.requests()) {
            assert!(Instant::now() < give_up, "the tenant did not see {what}");
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// What was put on the clipboard.
    pub fn wait_for_copy(&self) -> String {
        self.glass
            .wait_until("something copied", |shown| shown.copied.last().cloned())
    }

    /// How often the terminal was given to another program, once it was.
    pub fn wait_for_stepping_aside(&self) -> usize {
        self.glass.wait_until("stepping aside", |shown| {
            (shown.stepped_aside > 0).then_some(shown.stepped_aside)
        })
    }

    /// Makes the terminal take no frame, and waits until the loop is held up by it.
    pub fn hold_the_terminal(&self) {
        self.glass.change(|shown| shown.stuck = true);
        self.send(Input::What(What::Resized(SIZE)));
        self.glass
            .wait_until("a frame held up", |shown| shown.waiting.then_some(()));
    }

    pub fn let_the_terminal_go(&self) {
        self.glass.change(|shown| (shown.stuck, shown.waiting) = (false, false));
    }

    /// Takes the terminal away: the next frame fails.
    pub fn break_the_terminal(&self) {
        self.glass.change(|shown| shown.gone = true);
    }

    /// Waits for the end of the program.
    pub fn end(&mut self) -> Ended {
        let running = self.ended.take().expect("it has ended already");
        let give_up = Instant::now() + LONGEST;
        while !running.is_finished() {
            assert!(Instant::now() < give_up, "the program does not end");
            thread::sleep(Duration::from_millis(5));
        }
        running.join().unwrap()
    }

    /// Leaves the program, and waits for its end.
    pub fn quit(&mut self) -> Ended {
        self.send(Input::What(What::Quit));
        let ended = self.end();
        assert!(ended.result.is_ok(), "{:?}", ended.result);
        ended
    }

    /// Another run with the same tenant and folder, once this one has let go of its drafts.
    pub fn again(&self) -> Program {
        self.again_in(Setup::default())
    }

    /// The same with tokens of somebody else.
    pub fn again_as(&self, tokens: Arc<dyn TokenSource>) -> Program {
        self.again_in(Setup {
            tokens: Some(tokens),
            ..Setup::default()
        })
    }

    fn again_in(&self, setup: Setup) -> Program {
        assert!(self.ended.is_none(), "it is still running");
        let drafts = self.folder.path().join("drafts");
        let give_up = Instant::now() + LONGEST;
        // The threads of the run that has ended end by themselves.
        while Drafts::open(&drafts).unwrap().elsewhere > 0 {
            assert!(Instant::now() < give_up, "the drafts are still held");
            thread::sleep(Duration::from_millis(5));
        }
        run_in(self.tenant.clone(), self.folder.clone(), setup)
    }

    /// Another run in the same folder, with another tenant of the same address.
    pub fn again_with(&self, setup: Setup) -> Program {
        assert!(self.ended.is_none(), "it is still running");
        run_in(tenant(&setup), self.folder.clone(), setup)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // A test that fails leaves the loop running: it must not wait for a frame for ever.
        self.let_the_terminal_go();
        let _ = self.inputs.send(Input::What(What::Quit));
    }
}
