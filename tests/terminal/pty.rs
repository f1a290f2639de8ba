//! A program in a pty, and a terminal emulator that reads what it writes.
//!
//! A thread of its own reads, so that nothing waits for the emulator and every chunk carries the time it came.

use std::ffi::OsStr;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};

/// A chunk as it was read, and when.
pub struct Chunk {
    pub at: Instant,
    pub bytes: Vec<u8>,
}

/// The program, the pty it runs in and the screen as a person would see it.
pub struct Pty {
    /// `None` once the terminal was closed.
    end: Option<End>,
    child: Box<dyn Child + Send + Sync>,
    chunks: Receiver<Chunk>,
    closing: Arc<AtomicBool>,
    emulator: vt100::Parser,
    /// When the program was started.
    pub started: Instant,
    /// What the terminal's own modes were before the program began.
    first_modes: Modes,
    /// Everything that was ever written, byte for byte.
    written: Vec<u8>,
}

/// A terminal's own modes: raw, echo and so on, to be compared.
#[derive(Debug, Clone, PartialEq)]
pub struct Modes(String);

/// Our end of the pty.
struct End {
    master: Box<dyn MasterPty + Send>,
    keyboard: Box<dyn Write + Send>,
}

/// A program started at the same moment in another thread would inherit a pty that is not yet closed for children.
static STARTING: Mutex<()> = Mutex::new(());

/// Begin and end of a synchronized update: in between, the screen is not to be looked at.
pub const BEGIN: &[u8] = b"\x1b[?2026h";
pub const END: &[u8] = b"\x1b[?2026l";

impl Pty {
    /// Starts a command in a pty of `(columns, rows)`.
    pub fn start(command: CommandBuilder, (columns, rows): (u16, u16)) -> Pty {
        let starting = STARTING.lock().unwrap_or_else(PoisonError::into_inner);
        let pair = native_pty_system().openpty(size(columns, rows)).unwrap();
        let first_modes = modes(pair.master.as_ref());
        let mut output = pair.master.try_clone_reader().unwrap();
        let keyboard = pair.master.take_writer().unwrap();
        let started = Instant::now();
        let child = pair.slave.spawn_command(command).unwrap();
        drop(starting);
        let (sender, chunks) = mpsc::channel();
        let closing = Arc::new(AtomicBool::new(false));
        let closed = closing.clone();
        thread::spawn(move || {
            let mut buffer = vec![0; 1 << 16];
            // The pty ends with an error or with nothing more when the last program has let go of it.
            while let Ok(count @ 1..) = output.read(&mut buffer) {
                let chunk = Chunk {
                    at: Instant::now(),
                    bytes: buffer[..count].to_vec(),
                };
                if closed.load(Ordering::SeqCst) || sender.send(chunk).is_err() {
                    return;
                }
            }
        });
        Pty {
            end: Some(End {
                master: pair.master,
                keyboard,
            }),
            child,
            chunks,
            closing,
            emulator: vt100::Parser::new(cells(rows), cells(columns), 0),
            started,
            first_modes,
            written: Vec::new(),
        }
    }

    fn end(&mut self) -> &mut End {
        self.end.as_mut().expect("the terminal was closed")
    }

    /// Presses keys, given as the bytes that a terminal sends for them.
    pub fn press(&mut self, keys: impl AsRef<[u8]>) {
        let keyboard = &mut self.end().keyboard;
        keyboard.write_all(keys.as_ref()).unwrap();
        keyboard.flush().unwrap();
    }

    /// Changes the size of the terminal.
    pub fn resize(&mut self, (columns, rows): (u16, u16)) {
        self.end().master.resize(size(columns, rows)).unwrap();
        self.emulator.set_size(cells(rows), cells(columns));
    }

    /// Closes the terminal window under the program.
    pub fn close(&mut self) {
        self.closing.store(true, Ordering::SeqCst);
        // The reading thread holds the pty, too, and lets go of it with the next thing it reads.
        self.resize((67, 19));
        self.end = None;
        while self.chunks.recv().is_ok() {}
    }

    /// The next chunk, already on the screen; `None` when none came in time or the program has let go of the pty.
    pub fn read(&mut self, patience: Duration) -> Option<Chunk> {
        match self.chunks.recv_timeout(patience) {
            Ok(chunk) => {
                self.emulator.process(&chunk.bytes);
                self.written.extend_from_slice(&chunk.bytes);
                Some(chunk)
            }
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => None,
        }
    }

    /// Reads until the screen is as wanted; half a frame is no screen. Whether it was, when the time is up.
    pub fn wait_until(&mut self, limit: Duration, wanted: impl Fn(&vt100::Screen) -> bool) -> bool {
        self.read_until(limit, |pty| pty.is_whole() && wanted(pty.screen()))
    }

    /// Reads until something holds. Whether it did, when the time is up.
    pub fn read_until(&mut self, limit: Duration, holds: impl Fn(&Pty) -> bool) -> bool {
        let deadline = Instant::now() + limit;
        while !holds(self) {
            let left = deadline.saturating_duration_since(Instant::now());
            if self.read(left).is_none() {
                return holds(self);
            }
        }
        true
    }

    /// Whether no synchronized update is under way.
    pub fn is_whole(&self) -> bool {
        let last = |marker: &[u8]| self.written.windows(marker.len()).rposition(|window| window == marker);
        last(BEGIN) <= last(END)
    }

    /// The screen.
    pub fn screen(&self) -> &vt100::Screen {
        self.emulator.screen()
    }

    /// Everything that was written so far.
    pub fn written(&self) -> &[u8] {
        &self.written
    }

    /// The terminal's own modes.
    pub fn modes(&mut self) -> Modes {
        modes(self.end().master.as_ref())
    }

    /// The terminal's own modes as they were before the program began.
    pub fn first_modes(&self) -> Modes {
        self.first_modes.clone()
    }

    /// The number of the process.
    pub fn pid(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// Sends a signal.
    pub fn signal(&self, signal: Signal) {
        let pid = Pid::from_raw(self.pid().cast_signed()).unwrap();
        kill_process(pid, signal).unwrap();
    }

    /// Waits until the program has ended, and reads what it still has to say. `None` when the time is up.
    pub fn wait_for_end(&mut self, limit: Duration) -> Option<ExitStatus> {
        let deadline = Instant::now() + limit;
        loop {
            // A program blocks on a pty that nobody reads.
            while self.read(Duration::ZERO).is_some() {}
            if let Some(status) = self.child.try_wait().unwrap() {
                while self.read(Duration::from_millis(200)).is_some() {}
                return Some(status);
            }
            if Instant::now() >= deadline {
                return None;
            }
            thread::sleep(Duration::from_millis(2));
        }
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        // Both fail where the program has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A command in an empty environment but for what a terminal sets, and its own home.
pub fn command(program: impl AsRef<OsStr>, home: &std::path::Path) -> CommandBuilder {
    let mut command = CommandBuilder::new(program);
    command.env_clear();
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.env("HOME", home);
    command.env("XDG_CONFIG_HOME", home.join("config"));
    command.env("XDG_STATE_HOME", home.join("state"));
    command.env("TERM", "xterm-256color");
    command.env("LANG", "C.UTF-8");
    command.env("TZ", "UTC");
    command.cwd(home);
    command
}

/// A command that runs one ignored test of this test binary, with whatever it writes.
pub fn this_test(name: &str, home: &std::path::Path) -> CommandBuilder {
    let mut command = command(std::env::current_exe().unwrap(), home);
    command.args(["--exact", name, "--ignored", "--nocapture"]);
    command
}

fn modes(master: &dyn MasterPty) -> Modes {
    Modes(format!("{:?}", master.get_termios().unwrap()))
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize {
        rows,
        cols: columns,
        pixel_width: 0,
        pixel_height: 0,
    }
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).expect("a terminal has cells")
}
