//! What is known of the terminal, if there is one.

use std::io::{self, IsTerminal};

use crate::config::Environment;

/// Where stdout and stderr go.
#[derive(Debug, Clone, Copy)]
pub struct Screen {
    /// The cells of a line on stdout; `None` where it is no terminal, and lines are as long as they are.
    pub width: Option<usize>,
    /// The lines of the terminal on stdout; `None` where it is none, or understands no escape sequences.
    pub height: Option<usize>,
    /// The cells of a line of running text, wherever it goes.
    pub page: usize,
    /// Whether stdout takes colours.
    pub colour: bool,
    /// Whether a line on stderr may be written over: stderr is a terminal, and stdout is not, so that nothing else is
    /// drawn there.
    pub progress: bool,
    /// Whether a person reads stderr as it comes.
    pub watched: bool,
}

/// Where nothing tells how wide a line is.
const USUAL_WIDTH: usize = 80;

impl Screen {
    /// Looks at this process's stdout and stderr.
    pub fn of(environment: &Environment) -> Self {
        let terminal = io::stdout().is_terminal();
        let watched = io::stderr().is_terminal();
        let size = terminal_size::terminal_size_of(io::stdout());
        let wide = || size.map(|(width, _)| width.0);
        let width = environment.columns.or_else(wide).filter(|width| *width > 0);
        let height = size.filter(|_| terminal && !environment.dumb_terminal);
        let page = width.map_or(USUAL_WIDTH, usize::from);
        let takes_colour = terminal && !environment.dumb_terminal;
        Screen {
            width: terminal.then_some(page),
            height: height.map(|(_, height)| height.0.into()),
            page,
            colour: !environment.no_color && (takes_colour || environment.force_color),
            progress: watched && !terminal,
            watched,
        }
    }
}
