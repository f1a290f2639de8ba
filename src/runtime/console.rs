//! The real terminal.

use std::fs::File;
use std::future::poll_fn;
use std::io::{self, Stdout};
use std::task::Poll;
use std::thread;
use std::time::Duration;

use futures_util::StreamExt;
use ratatui::crossterm::clipboard::CopyToClipboard;
use ratatui::crossterm::event::{self, Event, EventStream};
use rustix::termios::{OptionalActions, tcgetattr, tcgetpgrp, tcsetattr};
use tokio::runtime::Builder;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::oneshot;

use super::drive::{Console, Input};
use super::effects::stop_here;
use super::frames::Frames;
use super::input;
use super::modes::TerminalModes;
use crate::app::{Model, What};
use crate::layout::Size;
use crate::ui::{self, Theme, Thrifty};

/// The person's terminal, in our modes.
pub(super) struct RealConsole {
    screen: Thrifty<Frames<Stdout>>,
    frames: Frames<Stdout>,
    /// `None` while another program has the terminal.
    modes: Option<TerminalModes>,
    /// Where stray words of libraries go while the terminal is ours.
    strays: File,
    /// `None` while another program has the terminal: two readers would fight for keys.
    events: Option<EventStream>,
    signals: Signals,
    theme: Theme,
    size: Size,
    /// The terminal was another's, who may have seen it resized.
    may_be_resized: bool,
    redraw: bool,
}

/// How soon it is seen that the shell has brought us to the foreground: nobody tells a program that runs already.
const LOOKS_AGAIN: Duration = Duration::from_millis(100);

/// Signals that end or stop a program, or tell of the terminal's new size.
struct Signals {
    resize: Signal,
    terminate: Signal,
    hang_up: Signal,
    interrupt: Signal,
    stop: Signal,
    /// Another program has had the terminal, and no key has come to us since: ^C and ^Z were for that program.
    of_another: bool,
}

impl Signals {
    /// The number of the signal that ^Z sends (signal(7)): tokio has no name for it.
    const TSTP: i32 = rustix::process::Signal::TSTP.as_raw();

    fn listen() -> io::Result<Self> {
        Ok(Signals {
            resize: signal(SignalKind::window_change())?,
            terminate: signal(SignalKind::terminate())?,
            hang_up: signal(SignalKind::hangup())?,
            interrupt: signal(SignalKind::interrupt())?,
            stop: signal(SignalKind::from_raw(Self::TSTP))?,
            of_another: false,
        })
    }

    /// What a signal means; `None` is a new size.
    async fn next(&mut self) -> Option<Input> {
        tokio::select! {
            _ = self.terminate.recv() => Some(Input::What(What::Quit)),
            _ = self.hang_up.recv() => Some(Input::What(What::Quit)),
            () = told(&mut self.interrupt, self.of_another) => Some(Input::What(What::Quit)),
            () = told(&mut self.stop, self.of_another) => Some(Input::Suspend),
            _ = self.resize.recv() => None,
        }
    }
}

impl RealConsole {
    /// Takes the terminal.
    ///
    /// # Errors
    /// When there is none.
    pub(super) fn take(theme: Theme, strays: File) -> io::Result<Self> {
        let signals = Signals::listen()?;
        let modes = Some(TerminalModes::begin(&strays)?);
        let (width, height) = ratatui::crossterm::terminal::size()?;
        let frames = Frames::new(io::stdout());
        Ok(RealConsole {
            screen: Thrifty::new(frames.clone(), Size { width, height }),
            frames,
            modes,
            strays,
            events: Some(EventStream::new()),
            signals,
            theme,
            size: Size { width, height },
            may_be_resized: false,
            redraw: false,
        })
    }

    /// The terminal's size.
    pub(super) fn size(&self) -> Size {
        self.size
    }

    /// Lets stray words of libraries go elsewhere from now on.
    ///
    /// # Errors
    /// Those of the system.
    pub(super) fn divert(&mut self, strays: File) -> io::Result<()> {
        self.strays = strays;
        match &self.modes {
            Some(modes) => modes.divert(&self.strays),
            None => Ok(()),
        }
    }

    /// The size that the terminal has after it was another's.
    fn size_after_return(&mut self) -> Option<Input> {
        self.modes.as_ref()?;
        std::mem::take(&mut self.may_be_resized)
            .then(|| self.take_size())
            .flatten()
    }

    /// Takes the terminal's new size. Even where it is the old one, the screen may have been another's in between.
    fn take_size(&mut self) -> Option<Input> {
        let (width, height) = ratatui::crossterm::terminal::size().ok()?;
        self.size = Size { width, height };
        self.redraw = true;
        Some(Input::What(What::Resized(self.size)))
    }

    /// Takes the terminal again, if the shell lets us: whoever takes it from the background is stopped, and hears no signal
    /// that would end it.
    fn take_again(&mut self) -> io::Result<()> {
        if self.modes.is_some() || !is_in_foreground() {
            return Ok(());
        }
        self.modes = Some(TerminalModes::begin(&self.strays)?);
        self.events = Some(EventStream::new());
        // The stream that was let go has called its reader away. Where nothing was being read, that call is taken only
        // now, and what else has come is forgotten with it: keys that were pressed meanwhile.
        event::poll(Duration::ZERO)?;
        tell_of_keys_again();
        Ok(())
    }

    /// Turns an event into an input.
    fn take_event(&mut self, event: Option<io::Result<Event>>) -> Option<Input> {
        match event {
            Some(Ok(Event::Resize(..))) => {
                tell_of_keys_again();
                None
            }
            Some(Ok(event)) => {
                self.signals.of_another = false;
                input::what(event).map(Input::What)
            }
            // The terminal is gone: its reader would spin for ever.
            Some(Err(_)) | None => Some(Input::What(What::Quit)),
        }
    }
}

/// Where a key and something else (a new size, a call away) come at the same moment, crossterm takes the one and forgets,
/// until the next of its kind, that the other is there. A size is not missed, because its signal is listened for here, too. Keys are told of once more
/// when the terminal's modes are set, be it to what they are: then the kernel wakes whoever waits for the terminal.
fn tell_of_keys_again() {
    let input = io::stdin();
    // Where standard input is no terminal there is nothing to tell of.
    if let Ok(modes) = tcgetattr(&input) {
        let _ = tcsetattr(&input, OptionalActions::Now, &modes);
    }
}

impl Console for RealConsole {
    async fn next(&mut self) -> Input {
        loop {
            if self.take_again().is_err() {
                // The terminal is gone.
                return Input::What(What::Quit);
            }
            if let Some(input) = self.size_after_return() {
                return input;
            }
            let input = tokio::select! {
                biased;
                signal = self.signals.next() => signal.or_else(|| self.take_size()),
                event = next_event(&mut self.events) => self.take_event(event),
                () = tokio::time::sleep(LOOKS_AGAIN), if self.modes.is_none() => None,
            };
            if let Some(input) = input {
                return input;
            }
        }
    }

    async fn ready(&mut self) -> Option<Input> {
        loop {
            if let Some(input) = self.size_after_return() {
                return Some(input);
            }
            let events = self.events.as_mut()?;
            // crossterm's stream keeps the first waker that found nothing until the next event, and no other. Asking it
            // without the loop's waker would leave the loop asleep beside waiting keys.
            let event = poll_fn(|context| match events.poll_next_unpin(context) {
                Poll::Ready(event) => Poll::Ready(Some(event)),
                Poll::Pending => Poll::Ready(None),
            })
            .await?;
            if let Some(input) = self.take_event(event) {
                return Some(input);
            }
        }
    }

    fn draw(&mut self, model: &Model) -> io::Result<()> {
        if self.modes.is_none() {
            return Ok(());
        }
        if std::mem::take(&mut self.redraw) {
            self.screen = Thrifty::new(self.frames.clone(), self.size);
            self.frames.begin_anew();
        }
        self.screen.show(|buffer| ui::view(model, &self.theme, buffer))?;
        self.frames.show()
    }

    fn redraw(&mut self) {
        self.redraw = true;
    }

    fn copy(&mut self, text: &str) -> io::Result<()> {
        let mut sequence = String::new();
        ratatui::crossterm::Command::write_ansi(&CopyToClipboard::to_clipboard_from(text), &mut sequence)
            .map_err(io::Error::other)?;
        self.frames.pass(sequence.as_bytes())
    }

    fn step_aside<T>(&mut self, work: impl FnOnce() -> T) -> io::Result<T> {
        self.events = None;
        self.modes = None;
        let done = stopping_beside(work);
        self.signals.of_another = true;
        // Whoever is stopped is told of no new size.
        self.may_be_resized = true;
        self.take_again()?;
        Ok(done)
    }
}

/// Waits for a signal that is for us.
async fn told(signal: &mut Signal, of_another: bool) {
    loop {
        signal.recv().await;
        if !of_another {
            return;
        }
    }
}

/// Does what holds the loop, and stops with the program that has the terminal: only when we are stopped, too, the shell
/// takes it back.
fn stopping_beside<T>(work: impl FnOnce() -> T) -> T {
    thread::scope(|scope| {
        let (ends, ended) = oneshot::channel::<()>();
        let listen = move || -> io::Result<()> {
            let runtime = Builder::new_current_thread().enable_io().build()?;
            runtime.block_on(async {
                let mut stop = signal(SignalKind::from_raw(Signals::TSTP))?;
                let stops = async {
                    while stop.recv().await.is_some() {
                        stop_here();
                    }
                };
                tokio::select! {
                    _ = ended => {}
                    () = stops => {}
                }
                Ok(())
            })
        };
        let listens = thread::Builder::new().name("beside".into()).spawn_scoped(scope, || {
            if let Err(error) = listen() {
                tracing::warn!(%error, "^Z in another program will not be heard");
            }
        });
        if let Err(error) = listens {
            tracing::warn!(%error, "^Z in another program will not be heard");
        }
        let done = work();
        drop(ends);
        done
    })
}

/// Whether the terminal hears us; where nobody can say, it is tried.
fn is_in_foreground() -> bool {
    tcgetpgrp(io::stdout()).map_or(true, |group| group == rustix::process::getpgrp())
}

async fn next_event(events: &mut Option<EventStream>) -> Option<io::Result<Event>> {
    match events {
        Some(events) => events.next().await,
        None => std::future::pending().await,
    }
}
