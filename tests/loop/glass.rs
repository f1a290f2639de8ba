//! A console of wire, and a glass to look at it through from the test's own thread.

use std::io;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use folkmoot::app::Model;
use folkmoot::layout::Size;
use folkmoot::runtime::{Console, Input};
use folkmoot::ui::{Theme, view};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use tokio::sync::mpsc;

/// How long anything is waited for before the test gives up. Nothing takes nearly so long.
pub const LONGEST: Duration = Duration::from_secs(120);

/// What the terminal has been told.
#[derive(Default)]
pub struct Shown {
    pub model: Option<Model>,
    pub text: String,
    pub copied: Vec<String>,
    /// The next frame waits until this is false again.
    pub stuck: bool,
    /// A frame is waiting.
    pub waiting: bool,
    /// The terminal is gone.
    pub gone: bool,
    pub stepped_aside: usize,
}

/// Shared between the terminal, which is in the loop's thread, and the test.
#[derive(Default)]
pub struct Glass {
    shown: Mutex<Shown>,
    changed: Condvar,
}

impl Glass {
    pub fn change<T>(&self, change: impl FnOnce(&mut Shown) -> T) -> T {
        let done = change(&mut self.lock());
        self.changed.notify_all();
        done
    }

    pub fn wait_until<T>(&self, what: &str, mut found: impl FnMut(&Shown) -> Option<T>) -> T {
        let give_up = Instant::now() + LONGEST;
        let mut shown = self.lock();
        loop {
            if let Some(found) = found(&shown) {
                return found;
            }
            let left = give_up.saturating_duration_since(Instant::now());
            if left.is_zero() {
                let text = shown.text.clone();
                drop(shown);
                panic!("{what} did not come; the screen shows\n{text}");
            }
            let waited = self.changed.wait_timeout(shown, left);
            shown = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// A test that has failed must not fail again while it cleans up.
    fn lock(&self) -> MutexGuard<'_, Shown> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Keys come from the test, frames go where it sees them.
pub struct TestConsole {
    inputs: mpsc::UnboundedReceiver<Input>,
    glass: Arc<Glass>,
    area: Rect,
}

impl TestConsole {
    pub fn new(inputs: mpsc::UnboundedReceiver<Input>, glass: Arc<Glass>, size: Size) -> Self {
        let area = Rect::new(0, 0, size.width, size.height);
        TestConsole { inputs, glass, area }
    }
}

/// What a buffer shows.
fn text(buffer: &Buffer) -> String {
    let rows = buffer.content.chunks(usize::from(buffer.area.width));
    let row = |cells: &[ratatui::buffer::Cell]| {
        let (mut row, mut at) = (String::new(), 0);
        while let Some(cell) = cells.get(at) {
            row.push_str(cell.symbol());
            // What lies below the second half of a wide letter is not to be seen.
            at += folkmoot::text::cells(cell.symbol()).max(1);
        }
        row
    };
    rows.map(row).collect::<Vec<_>>().join("\n")
}

impl Console for TestConsole {
    async fn next(&mut self) -> Input {
        match self.inputs.recv().await {
            Some(input) => input,
            None => std::future::pending().await,
        }
    }

    async fn ready(&mut self) -> Option<Input> {
        self.inputs.try_recv().ok()
    }

    fn draw(&mut self, model: &Model) -> io::Result<()> {
        let mut buffer = Buffer::empty(self.area);
        view(model, &Theme::default(), &mut buffer);
        let text = text(&buffer);
        self.glass.change(|shown| {
            shown.model = Some(model.clone());
            shown.text = text;
        });
        while self.glass.change(|shown| {
            shown.waiting = shown.stuck;
            shown.stuck
        }) {
            self.glass
                .wait_until("a terminal that draws again", |shown| (!shown.stuck).then_some(()));
        }
        if self.glass.change(|shown| shown.gone) {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        Ok(())
    }

    fn redraw(&mut self) {}

    fn copy(&mut self, text: &str) -> io::Result<()> {
        self.glass.change(|shown| shown.copied.push(text.to_owned()));
        Ok(())
    }

    fn step_aside<T>(&mut self, work: impl FnOnce() -> T) -> io::Result<T> {
        self.glass.change(|shown| shown.stepped_aside += 1);
        Ok(work())
    }
}
