//! The loop: messages in, commands out, and a frame when something has changed.

use std::io;
use std::time::Instant;

use jiff::Timestamp;
use tokio::sync::{mpsc, watch};

use super::effects::{Effects, Ending, Next};
use super::pace::Pace;
use crate::app::{Cmd, Model, Moment, Msg, What, timers, update};
use crate::domain::Text;
use crate::protocol::Traffic;

/// How many messages are taken between two frames: a flood must not keep the screen still.
const BATCH: usize = 512;
/// How many messages may wait for the loop before workers wait for it.
const WAITING: usize = 256;

/// Where keys come from and frames go: the real terminal, or a test's.
#[allow(async_fn_in_trait)]
pub trait Console {
    /// The next key, paste, new size or signal.
    async fn next(&mut self) -> Input;

    /// What has come already. Answers at once, but in the loop's own task: a source that has nothing remembers whom to
    /// wake, and must remember the loop.
    async fn ready(&mut self) -> Option<Input>;

    /// Draws a frame.
    ///
    /// # Errors
    /// When the terminal is gone.
    fn draw(&mut self, model: &Model) -> io::Result<()>;

    /// Draws everything anew with the next frame.
    fn redraw(&mut self);

    /// Asks the terminal to put text on the clipboard.
    ///
    /// # Errors
    /// When the terminal is gone.
    fn copy(&mut self, text: &str) -> io::Result<()>;

    /// Gives the terminal back while `work` runs, and takes it again.
    ///
    /// # Errors
    /// When the terminal is gone.
    fn step_aside<T>(&mut self, work: impl FnOnce() -> T) -> io::Result<T>;
}

/// What workers tell.
#[derive(Debug)]
pub struct Inbox {
    /// Answers, in order; full, it makes workers wait.
    pub messages: mpsc::Receiver<What>,
    /// How busy the line is: only the newest state counts.
    pub traffic: watch::Receiver<Traffic>,
}

impl Inbox {
    /// An inbox, and the ends that workers hold.
    pub fn new() -> (mpsc::Sender<What>, watch::Sender<Traffic>, Self) {
        let (sender, messages) = mpsc::channel(WAITING);
        let (observer, traffic) = watch::channel(Traffic::default());
        (sender, observer, Inbox { messages, traffic })
    }

    async fn next(&mut self) -> What {
        tokio::select! {
            Some(what) = self.messages.recv() => what,
            Ok(()) = self.traffic.changed() => What::Traffic(*self.traffic.borrow_and_update()),
            else => std::future::pending().await,
        }
    }
}

/// What a console tells.
#[derive(Debug, Clone, PartialEq)]
pub enum Input {
    /// A message for the model.
    What(What),
    /// Stop as ^Z does: another process asked.
    Suspend,
}

/// Runs until the program is to end. What is typed is on disk when this returns.
///
/// # Errors
/// When the terminal is gone; what was typed is on disk then, too.
pub async fn drive<C: Console>(
    model: &mut Model,
    console: &mut C,
    effects: &mut Effects,
    inbox: &mut Inbox,
) -> io::Result<Ending> {
    let mut pace = Pace::default();
    pace.wants_a_frame();
    let mut next = take(model, console, effects, What::Started)?;
    let ended = loop {
        if let Next::End(ending) = next {
            break Ok(ending);
        }
        if pace.due().is_some_and(|due| due <= Instant::now()) {
            next = match show(model, console, effects) {
                Ok(next) => next,
                Err(error) => break Err(error),
            };
            pace.drawn(Instant::now());
            if next != Next::GoOn {
                continue;
            }
        }
        next = match wait(model, console, inbox, pace.due()).await {
            Some(input) => {
                pace.wants_a_frame();
                match batch(model, console, effects, inbox, input).await {
                    Ok(next) => next,
                    Err(error) => break Err(error),
                }
            }
            None => Next::GoOn,
        };
    };
    if ended.is_err() {
        // The terminal is gone, but what was typed is not.
        for cmd in update(model, message(What::Quit)) {
            effects.keep(cmd);
        }
    }
    // Whoever still has something to tell must not wait for a loop that has ended: the drafts' thread least of all.
    inbox.messages.close();
    effects.finish().await;
    ended
}

/// Draws a frame. What had waited for it before was pressed by somebody who had not seen it.
fn show<C: Console>(model: &mut Model, console: &mut C, effects: &mut Effects) -> io::Result<Next> {
    console.draw(model)?;
    if model.asks_unseen() {
        return take(model, console, effects, What::Shown);
    }
    Ok(Next::GoOn)
}

/// Waits for whatever comes first; `None` when it is only time to draw. Keys go before replies.
async fn wait<C: Console>(model: &Model, console: &mut C, inbox: &mut Inbox, frame: Option<Instant>) -> Option<Input> {
    let timer = timers(model).into_iter().min_by_key(|timer| timer.due);
    let due = timer.as_ref().map(|timer| timer.due);
    tokio::select! {
        biased;
        input = console.next() => Some(input),
        what = inbox.next() => Some(Input::What(what)),
        () = until(due), if due.is_some() => timer.map(|timer| Input::What(What::Due(timer.id))),
        () = until(frame), if frame.is_some() => None,
    }
}

async fn until(due: Option<Instant>) {
    if let Some(due) = due {
        tokio::time::sleep_until(due.into()).await;
    }
}

/// Takes an input and all that has come meanwhile, keys first.
async fn batch<C: Console>(
    model: &mut Model,
    console: &mut C,
    effects: &mut Effects,
    inbox: &mut Inbox,
    first: Input,
) -> io::Result<Next> {
    let mut input = Some(first);
    for _ in 0..BATCH {
        let next = match input {
            None => return Ok(Next::GoOn),
            Some(input) => take_input(model, console, effects, input)?,
        };
        if next != Next::GoOn {
            return Ok(next);
        }
        input = console
            .ready()
            .await
            .or_else(|| inbox.messages.try_recv().ok().map(Input::What));
    }
    // Nothing may be lost: what was taken last is still to be done.
    match input {
        Some(input) => take_input(model, console, effects, input),
        None => Ok(Next::GoOn),
    }
}

fn take_input<C: Console>(model: &mut Model, console: &mut C, effects: &mut Effects, input: Input) -> io::Result<Next> {
    match input {
        Input::What(what) => take(model, console, effects, what),
        Input::Suspend => obey(model, console, effects, Cmd::Suspend),
    }
}

/// Updates the model and carries the commands out.
fn take<C: Console>(model: &mut Model, console: &mut C, effects: &mut Effects, what: What) -> io::Result<Next> {
    log(&what);
    for cmd in update(model, message(what)) {
        if let end @ Next::End(_) = obey(model, console, effects, cmd)? {
            return Ok(end);
        }
    }
    Ok(Next::GoOn)
}

/// Carries a command out. Where that gave the terminal to another program, the model hears of it, and of what came of it,
/// before any key that was pressed and any deadline that has passed meanwhile.
fn obey<C: Console>(model: &mut Model, console: &mut C, effects: &mut Effects, cmd: Cmd) -> io::Result<Next> {
    let since = Instant::now();
    let told = match effects.carry_out(cmd, console)? {
        Next::Back(told) => told,
        next => return Ok(next),
    };
    for what in [Some(What::Resumed { since }), told].into_iter().flatten() {
        if let end @ Next::End(_) = take(model, console, effects, what)? {
            return Ok(end);
        }
    }
    Ok(Next::GoOn)
}

/// Logs what went wrong, but not in the words that the person sees: they may hold names, a link, or a server's own words.
fn log(what: &What) {
    let Some(problem) = what.problem() else { return };
    tracing::warn!(
        kind = ?problem.kind,
        status = problem.status,
        code = problem.code.as_ref().map(Text::as_str),
        graph = problem.request_id.as_ref().map(Text::as_str),
        "told"
    );
}

fn message(what: What) -> Msg {
    Msg {
        at: Moment {
            instant: Instant::now(),
            wall: Timestamp::now(),
        },
        what,
    }
}
