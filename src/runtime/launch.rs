//! From the command line's choices to a running program.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::console::RealConsole;
use super::drafts::DraftsThread;
use super::drive::{Inbox, drive};
use super::effects::{Effects, Ending};
use super::keeper::{Keeper, StoreLocation};
use super::photos::Brush;
use super::scratch::Scratch;
use super::signing::SignsIn;
use super::unsaved::Unsaved;
use super::view::View;
use super::welcome::Reception;
use super::{hook, logging, pages, welcome, worker};
use crate::app::{Model, Moment, Settings, TimeStyle, What, unsent};
use crate::config::{Clock, Config, Dates, Loaded, Profile};
use crate::domain::Text;
use crate::graph::Endpoint;
use crate::keys::{Binding, Keymap};
use crate::protocol::{Problem, ProblemKind, TokenSource};
use crate::store::Drafts;
use crate::text::counted;
use crate::ui::Theme;

/// What the command line has chosen.
pub struct Launch {
    /// Where Graph is.
    pub endpoint: Endpoint,
    /// Where its tokens come from.
    pub tokens: Arc<dyn TokenSource>,
    /// Signs in and out; `None` where the token was got elsewhere.
    pub session: Option<Arc<dyn SignsIn>>,
    /// The welcome has just made the profile: signing in comes before the first read.
    pub after_welcome: bool,
    /// The profile.
    pub profile: Profile,
    /// What the status line calls the tenant until Graph has told its name.
    pub tenant: Text,
    /// Nothing may be sent.
    pub read_only: bool,
    /// What photos are drawn with; `None` where they are not.
    pub brush: Option<Brush>,
    /// `NO_COLOR` is set.
    pub no_color: bool,
    /// Whether links of posts are links of the terminal's own, too.
    pub hyperlinks: bool,
    /// The config file, as read.
    pub loaded: Loaded,
    /// The profile's drafts folder.
    pub drafts: PathBuf,
    /// The profile's own folder, for how the members are shown.
    pub state: PathBuf,
    /// Where what is read is kept; `None` where the person wants it nowhere.
    pub store: Option<StoreLocation>,
    /// Where the person's templates lie.
    pub templates: PathBuf,
    /// There is a screen that a desktop's programs can open on.
    pub display: bool,
    /// The profile's log file.
    pub log: PathBuf,
    /// The person's editor, as a shell command.
    pub editor: String,
    /// What `PAGER` says.
    pub pager: Option<String>,
    /// Problems that did not keep the program from starting, to be shown.
    pub warnings: Vec<Problem>,
}

/// What the terminal shows first.
pub enum Opening {
    /// The client.
    Client(Box<Launch>),
    /// The first run.
    Welcome(Box<Reception>),
}

/// Runs the program on the terminal until the person leaves.
///
/// # Errors
/// `Config` where the keys in the config file make no sense; `General` when there is no terminal, or it has gone, and where
/// what was written had to be put elsewhere.
pub fn run(opening: Opening) -> Result<(), Problem> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| broken(&error))?;
    hook::set();
    let unsaved = Unsaved::default();
    let elsewhere = tempfile::env::temp_dir();
    let shown = async {
        match opening {
            Opening::Client(launch) => {
                let settings = launch.settings()?;
                let theme = Theme::chosen(&launch.loaded.config, launch.no_color).with_hyperlinks(launch.hyperlinks);
                let mut console = take_terminal(theme, &launch.log)?;
                client(*launch, settings, &unsaved, &mut console)
                    .await
                    .map(|(_, unsent)| unsent)
            }
            Opening::Welcome(reception) => welcome::run(*reception, &unsaved).await,
        }
    };
    let ended = unsaved.through_a_panic(&elsewhere, || runtime.block_on(shown));
    // A reader thread that waits for keys must not hold the program.
    runtime.shutdown_background();
    // The terminal is the shell's again. Where what was written is counts for more than how it came to that.
    if let Err(problem) = &ended {
        tracing::error!(%problem, "the screen has ended");
    }
    let rescued = unsaved.rescue(&elsewhere);
    if let Ok(unsent @ 1..) = ended {
        let posts = counted(unsent, "post has", "posts have");
        // That stderr is closed is nothing that could be told.
        let _ = writeln!(
            io::stderr(),
            "note: {posts} not gone yet: the outbox keeps what was not sent."
        );
    }
    rescued.and(ended.map(drop))
}

/// Takes the terminal. What libraries say to it goes to the end of the log, if there is one by now.
///
/// # Errors
/// `General` where there is none.
pub(super) fn take_terminal(theme: Theme, log: &Path) -> Result<RealConsole, Problem> {
    strays(log)
        .and_then(|strays| RealConsole::take(theme, strays))
        .map_err(|error| no_terminal(&error))
}

/// Runs the client until the person leaves, or goes back to the welcome. How many posts have not gone then.
///
/// # Errors
/// `General` when the terminal has gone, or the system has no thread to give.
pub(super) async fn client(
    launch: Launch,
    settings: Settings,
    unsaved: &Unsaved,
    console: &mut RealConsole,
) -> Result<(Ending, usize), Problem> {
    let (sender, traffic, mut inbox) = Inbox::new();
    let drafts = DraftsThread::open(launch.drafts, sender.clone(), unsaved.clone());
    let keeper = match launch.store {
        Some(location) => Keeper::start(location, launch.tokens.clone(), sender.clone()),
        None => Keeper::none(),
    };
    let parts = Scratch::default();
    let setup = worker::Setup {
        keeper: keeper.clone(),
        endpoint: launch.endpoint,
        tokens: launch.tokens,
        session: launch.session,
        drafts: drafts.clone(),
        read_only: launch.read_only,
        brush: launch.brush,
        scratch: parts.clone(),
        zone: settings.zone.clone(),
    };
    let worker = worker::start(setup, sender.clone(), traffic).map_err(|error| broken(&error))?;
    for warning in launch.warnings {
        // The inbox is all but empty yet.
        let _ = sender.try_send(What::Failed(warning));
    }
    let view = View::read(&launch.state);
    let mut effects = Effects {
        drafts: Some(drafts),
        worker,
        inbox: sender,
        editor: launch.editor,
        pager: pages::chosen(launch.pager.as_deref()),
        templates: launch.templates,
        display: launch.display,
        parts,
        keeper: keeper.clone(),
    };
    let mut model = Model::new(settings, console.size(), now());
    view.apply(&mut model.members);
    let ended = drive(&mut model, console, &mut effects, &mut inbox).await;
    View::of(&model.members).keep(launch.state, &view).await;
    keeper.flush().await;
    let ended = ended.map_err(|error| broken(&error))?;
    Ok((ended, unsent(&model)))
}

pub(super) fn now() -> Moment {
    Moment {
        instant: Instant::now(),
        wall: Timestamp::now(),
    }
}

impl Launch {
    /// What holds for the whole run.
    pub(super) fn settings(&self) -> Result<Settings, Problem> {
        Ok(Settings {
            named_profile: self.profile != Profile::default() && self.profile != Profile::demo(),
            profile: Text::new(self.profile.as_str()),
            graph: Text::new(self.endpoint.as_str()),
            photos: self.brush.is_some(),
            can_sign_in: self.session.is_some(),
            has_token_command: self.session.as_ref().is_some_and(|it| it.has_token_command()),
            after_welcome: self.after_welcome,
            signature: self.loaded.signature(&self.profile),
            ..settings(&self.loaded, self.read_only, self.tenant.clone())?
        })
    }
}

/// The settings of a run, from the config file.
///
/// # Errors
/// `Config` with line and column where a key binding makes no sense.
pub fn settings(loaded: &Loaded, read_only: bool, tenant: Text) -> Result<Settings, Problem> {
    let Config {
        time,
        layout,
        keys,
        compose,
        ..
    } = &loaded.config;
    let bindings: Vec<Binding> = keys
        .iter()
        .map(|binding| Binding {
            action: binding.action.get_ref().clone(),
            keys: binding.keys.iter().map(|key| key.get_ref().clone()).collect(),
        })
        .collect();
    let (keymap, errors) = Keymap::with(&bindings);
    if let Some((at, error)) = errors.first() {
        let span = keys.get(*at).map(|binding| binding.action.span()).unwrap_or_default();
        let next = "`folkmoot config init` writes a file that lists every action.";
        let error = error.to_string();
        let end = if error.ends_with(['?', '…']) { "" } else { "." };
        return Err(loaded.source.problem(span, &format!("{error}{end}"), next));
    }
    Ok(Settings {
        keymap: Arc::new(keymap),
        read_only,
        low_bandwidth: layout.low_bandwidth,
        times: TimeStyle {
            absolute: time.dates == Dates::Absolute,
            twelve_hours: time.clock == Clock::Hours12,
        },
        zone: time.zone.clone().unwrap_or_else(TimeZone::system),
        tenant,
        undo: Duration::from_secs(u64::from(compose.undo_seconds)),
        format: compose.format,
        session: Drafts::new_id().0,
        ..Settings::default()
    })
}

/// Where a library's words to standard error go: to the end of the log, or nowhere where it cannot be written.
pub(super) fn strays(log: &Path) -> io::Result<File> {
    let open = |path: &Path| File::options().append(true).open(path);
    logging::check(log)
        .and_then(|()| open(log))
        .or_else(|_| open(Path::new("/dev/null")))
}

fn no_terminal(error: &io::Error) -> Problem {
    Problem::new(
        ProblemKind::General,
        &format!("There is no terminal to draw on ({error})."),
        "Start folkmoot in a terminal, or use its commands, which need none: folkmoot --help.",
    )
}

pub(super) fn broken(error: &io::Error) -> Problem {
    Problem::new(
        ProblemKind::General,
        &format!("The terminal or the system failed ({error})."),
        "What you typed is kept.",
    )
}
