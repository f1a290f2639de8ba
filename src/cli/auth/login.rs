//! `folkmoot auth login`: signs in, and lets the person paste meanwhile.

use std::io::{self, IsTerminal};
use std::process::ExitCode;
use std::time::Duration;

use tokio::sync::mpsc;

use super::standing::refuse_demo;
use super::teller::Teller;
use crate::cli::args::Login;
use crate::cli::exit::Stop;
use crate::cli::signals::run_async;
use crate::cli::start::Start;
use crate::config::is_scope;
use crate::domain::Text;
use crate::protocol::{Keep, Problem, ProblemKind, SignIn, SignInStep};
use crate::runtime::{Typed, Typing};

/// Signs in.
pub fn run(start: &Start, args: Login) -> Result<ExitCode, Stop> {
    if let Some(scope) = args.scopes.iter().find(|scope| !is_scope(scope)) {
        let what = format!("`{}` is no scope.", Text::new(scope));
        return Err(Problem::new(ProblemKind::Usage, &what, "Give each with a --scope of its own.").into());
    }
    refuse_demo(start)?;
    let configured = start.configure()?;
    let session = start.session(&configured, &configured.profile)?;
    if session.account().keep == Keep::Memory {
        return Err(Problem::new(
            ProblemKind::Config,
            "The profile keeps its sign-in in memory (keep = \"memory\"), where it would end with this command.",
            "Start `folkmoot` and sign in there, or change keep.",
        )
        .into());
    }
    let _logging = start.log(&configured);
    let ask = SignIn {
        method: args.method.0,
        scopes: args.scopes,
    };
    let teller = Teller::new(&start.environment, args.json);
    let (sender, mut typed) = mpsc::unbounded_channel();
    // A program that reads our lines may write us some; otherwise what is not a terminal is meant for somebody else.
    let typing = (args.json || io::stdin().is_terminal()).then(|| Typing::begin(sender));
    let ended = run_async(async {
        let (paste, pasted) = mpsc::unbounded_channel();
        let tell = |step: SignInStep| teller.tell(&step);
        let signing = session.sign_in(ask, pasted, &tell);
        tokio::pin!(signing);
        let mut seconds = tokio::time::interval(Duration::from_secs(1));
        let mut is_open = typing.is_some();
        loop {
            tokio::select! {
                done = &mut signing => break done?,
                _ = seconds.tick() => teller.draw(),
                input = typed.recv(), if is_open => match input {
                    Some(Typed::Part(bytes)) => teller.typed(bytes),
                    Some(Typed::Line(line)) => {
                        teller.typed(0);
                        // Where nothing is waited for any more, it came too late.
                        let _ = paste.send(line);
                    }
                    None => is_open = false,
                },
            }
        }
        teller.written()?;
        match session.outlives_this_run().await {
            true => Ok(()),
            false => Err(nothing_kept().into()),
        }
    });
    drop(typing);
    // Whatever is said next begins a line.
    drop(teller);
    ended
}

fn nothing_kept() -> Problem {
    Problem::new(
        ProblemKind::General,
        "The sign-in worked and could not be kept, so it has ended with this command.",
        "Give folkmoot a folder that it can write to (XDG_STATE_HOME), or start `folkmoot` and sign in there.",
    )
}
