//! The first run: a program of its own on the same terminal, and the way from there to the client and back.

use std::path::PathBuf;
use std::sync::Arc;

use tokio::sync::mpsc;

use super::console::RealConsole;
use super::drive::{Inbox, drive};
use super::effects::{Effects, Ending};
use super::keeper::Keeper;
use super::launch::{Launch, broken, client, now, settings, strays, take_terminal};
use super::scratch::Scratch;
use super::unsaved::Unsaved;
use crate::app::{Choice, Cmd, Known, Model, What};
use crate::config::Loaded;
use crate::domain::Text;
use crate::protocol::{Problem, ProblemKind};
use crate::ui::Theme;

/// Makes a choice of the person come true, as far as that takes no terminal.
pub trait Begins: Send + Sync {
    /// What the client is started with. It may wait for the disk: it is called on a thread of its own.
    ///
    /// # Errors
    /// Whatever is in the way; the person is told, and may choose again.
    fn begin(&self, choice: Choice) -> Result<Launch, Problem>;
}

/// What the first run is made of.
pub struct Reception {
    /// The config file, as read.
    pub loaded: Loaded,
    /// `NO_COLOR` is set.
    pub no_color: bool,
    /// Nothing may be sent.
    pub read_only: bool,
    /// What is known before anything is asked.
    pub known: Known,
    /// The log file, where libraries may write what would spoil the screen. It need not exist.
    pub log: PathBuf,
    /// Makes the choice come true.
    pub guide: Arc<dyn Begins>,
}

/// Asks what the person wants, starts the client with it, and asks again where they call its first sign-in off. How many
/// posts have not gone when they leave.
pub(super) async fn run(reception: Reception, unsaved: &Unsaved) -> Result<usize, Problem> {
    let settings = settings(&reception.loaded, reception.read_only, Text::new("first run"))?;
    let theme = Theme::chosen(&reception.loaded.config, reception.no_color);
    let mut console = take_terminal(theme, &reception.log)?;
    let mut model = Model::welcoming(settings, console.size(), now(), reception.known);
    while let Some(launch) = ask(&mut model, &reception.guide, &mut console).await? {
        let settings = launch.settings()?;
        // By now the profile has a log.
        strays(&launch.log)
            .and_then(|strays| console.divert(strays))
            .map_err(|error| broken(&error))?;
        let (ending, unsent) = client(launch, settings, unsaved, &mut console).await?;
        if ending == Ending::Left {
            return Ok(unsent);
        }
        model.size = console.size();
    }
    Ok(0)
}

/// Runs the welcome until something has begun; `None` when the person leaves.
async fn ask(model: &mut Model, guide: &Arc<dyn Begins>, console: &mut RealConsole) -> Result<Option<Launch>, Problem> {
    let (sender, _traffic, mut inbox) = Inbox::new();
    let (orders, mut todo) = mpsc::unbounded_channel();
    let (begun, mut launches) = mpsc::unbounded_channel();
    let (guide, answers) = (Arc::clone(guide), sender.clone());
    tokio::spawn(async move {
        while let Some(order) = todo.recv().await {
            let Cmd::Begin(choice) = order else { continue };
            let guide = Arc::clone(&guide);
            let result = tokio::task::spawn_blocking(move || guide.begin(choice)).await;
            let result = result.unwrap_or_else(|_| Err(broken_off())).map(|launch| {
                // The welcome has ended where nobody takes it.
                let _ = begun.send(launch);
            });
            let _ = answers.send(What::Begun(result)).await;
        }
    });
    let mut effects = Effects {
        drafts: None,
        worker: orders,
        inbox: sender,
        editor: String::new(),
        pager: None,
        templates: PathBuf::new(),
        display: false,
        parts: Scratch::default(),
        keeper: Keeper::none(),
    };
    let ending = drive(model, console, &mut effects, &mut inbox)
        .await
        .map_err(|error| broken(&error))?;
    Ok(match ending {
        Ending::Left => None,
        Ending::ChangedOver => launches.try_recv().ok(),
    })
}

fn broken_off() -> Problem {
    Problem::new(
        ProblemKind::General,
        "folkmoot made a mistake while it was starting.",
        "Try again, or choose something else.",
    )
}
