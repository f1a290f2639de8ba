//! No command: the screen.

use std::process::ExitCode;
use std::sync::Arc;

use super::exit::Stop;
use super::session::{Settled, Start};
use crate::protocol::{Problem, ProblemKind};
use crate::runtime::{self, Launch, SignsIn};

/// Opens the screen, until the person leaves it.
///
/// # Errors
/// `General` where there is no terminal that can show it, and whatever keeps it from starting.
pub fn run(start: &Start) -> Result<ExitCode, Stop> {
    if start.environment.dumb_terminal {
        let problem = Problem::new(
            ProblemKind::General,
            "This terminal understands no escape sequences (TERM=dumb), so the screen cannot be drawn.",
            "Start folkmoot in another terminal, or use its commands, which need none: folkmoot --help.",
        );
        return Err(problem.into());
    }
    let settled = start.settle()?;
    let connection = start.connect(&settled)?;
    // Dropped last, when the terminal is its old self again.
    let logging = start.log(&settled);
    let Settled { paths, loaded, profile } = settled;
    let editor = loaded
        .config
        .compose
        .editor(start.environment.editor.as_deref())
        .to_owned();
    runtime::run(Launch {
        endpoint: connection.endpoint,
        tokens: connection.tokens,
        session: connection.session.map(|session| session as Arc<dyn SignsIn>),
        sign_in_first: false,
        profile: profile.clone(),
        tenant: connection.tenant,
        read_only: start.global.read_only,
        no_color: start.environment.no_color,
        loaded,
        drafts: paths.drafts(&profile),
        state: paths.profile(&profile),
        log: paths.log(&profile),
        editor,
        warning: logging.warning.clone(),
    })?;
    // With --demo the company lives as long as the screen.
    drop(connection.demo);
    Ok(ExitCode::SUCCESS)
}
