//! No command: the screen.

use std::io::{self, IsTerminal};
use std::process::ExitCode;
use std::sync::Arc;

use super::exit::Stop;
use super::start::{Configured, Connection, Start};
use super::welcome;
use crate::config::{Config, Drawing, Theme};
use crate::protocol::{Problem, ProblemKind};
use crate::runtime::{self, Brush, Launch, Opening, SignsIn, StoreLocation};

/// Opens the screen, until the person leaves it.
///
/// # Errors
/// `General` where there is no terminal that can show it, and whatever keeps it from starting.
pub fn run(start: Start) -> Result<ExitCode, Stop> {
    if start.environment.dumb_terminal {
        let problem = Problem::new(
            ProblemKind::General,
            "This terminal understands no escape sequences (TERM=dumb), so the screen cannot be drawn.",
            "Start folkmoot in another terminal, or use its commands, which need none: folkmoot --help.",
        );
        return Err(problem.into());
    }
    let configured = start.configure()?;
    // Where nobody can answer, what there is to do is told instead.
    let somebody_is_here = io::stdin().is_terminal() && io::stdout().is_terminal();
    if somebody_is_here && welcome::is_due(&start, &configured) {
        return welcome::run(start, configured);
    }
    let mut connection = start.connect(&configured)?;
    // With --demo the company lives as long as the screen.
    let _demo = connection.demo.take();
    // Dropped last, when the terminal is its old self again.
    let logging = start.log(&configured);
    let warnings = logging.warning.iter().cloned().collect();
    let launch = launch(&start, configured, connection, warnings);
    runtime::run(Opening::Client(Box::new(launch)))?;
    Ok(ExitCode::SUCCESS)
}

/// How photos are drawn in this terminal, and why so.
pub fn photos(start: &Start, config: &Config) -> (Option<Brush>, Drawing) {
    let colourless = config.theme == Theme::Monochrome || start.environment.no_color;
    Brush::choose(&config.layout, colourless, &start.environment.emulator)
}

/// What the screen is started with. The demo is not kept alive by it.
pub fn launch(start: &Start, configured: Configured, connection: Connection, warnings: Vec<Problem>) -> Launch {
    let Configured { paths, loaded, profile } = configured;
    let editor = loaded.editor(start.environment.editor.as_deref());
    let store = loaded.config.store.enabled.then(|| StoreLocation {
        folder: paths.profile(&profile),
        graph: connection.graph,
    });
    let (brush, _) = photos(start, &loaded.config);
    Launch {
        brush,
        store,
        endpoint: connection.endpoint,
        tokens: connection.tokens,
        session: connection.session.map(|session| session as Arc<dyn SignsIn>),
        after_welcome: false,
        tenant: connection.tenant,
        read_only: start.global.read_only,
        display: start.environment.surroundings.display,
        no_color: start.environment.no_color,
        hyperlinks: loaded.config.layout.links(start.environment.links),
        editor: editor.to_owned(),
        pager: start.environment.pager.clone(),
        loaded,
        drafts: paths.drafts(&profile),
        templates: paths.templates(),
        state: paths.profile(&profile),
        log: paths.log(&profile),
        profile,
        warnings,
    }
}
