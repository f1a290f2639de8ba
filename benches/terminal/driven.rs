//! The program, driven by keys with a stopwatch.

use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::floor;
use crate::process::{self, Cpu};
use crate::pty::{END, Pty};
use crate::tenant::{EVERYONE, Tenant};

/// A response is complete when nothing more comes for so long.
const QUIET: Duration = Duration::from_millis(40);
/// What never comes is given up.
const LIMIT: Duration = Duration::from_secs(60);
/// The size of every screen here.
const SIZE: (u16, u16) = (120, 40);

pub const ENTER: &str = "\r";

/// What came of one key.
pub struct Response {
    /// From the key to the end of the first frame.
    pub first: Duration,
    /// From the key to the last byte.
    pub last: Duration,
    pub bytes: usize,
}

pub struct Driven {
    pub pty: Pty,
    pub home: TempDir,
}

impl Driven {
    /// Starts the program.
    pub fn start(tenant: &Tenant) -> Driven {
        Driven::configured(tenant, "[time]\ndates = \"absolute\"\n")
    }

    /// Starts the program with a config file.
    pub fn configured(tenant: &Tenant, toml: &str) -> Driven {
        let home = TempDir::new().unwrap();
        let folder = home.path().join("config/folkmoot");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("config.toml"), toml).unwrap();
        Driven::at_home(tenant, home)
    }

    /// Starts the program again, with all that it has kept.
    pub fn at_home(tenant: &Tenant, home: TempDir) -> Driven {
        let pty = Pty::start(tenant.command(home.path()), SIZE);
        Driven { pty, home }
    }

    /// Leaves, as a person does; what remains is what was kept.
    pub fn leave(mut self) -> TempDir {
        self.pty.press("q");
        self.pty.wait_for_end(LIMIT).expect("the program ends");
        self.home
    }

    /// Starts a program that only answers keys.
    pub fn floor() -> Driven {
        let home = TempDir::new().unwrap();
        let pty = Pty::start(floor::command(&home), SIZE);
        Driven { pty, home }
    }

    /// Reads until the screen has words on it; when the byte came that made it so.
    pub fn until(&mut self, words: &str) -> Instant {
        self.until_screen(words, |text| text.contains(words))
    }

    /// Reads until a frame is complete and the screen is as wanted; when its last byte came.
    pub fn until_screen(&mut self, what: &str, wanted: impl Fn(&str) -> bool) -> Instant {
        let deadline = Instant::now() + LIMIT;
        let mut newest = Instant::now();
        while !(self.pty.is_whole() && wanted(&self.pty.screen().contents())) {
            match self.pty.read(deadline.saturating_duration_since(Instant::now())) {
                Some(chunk) => newest = chunk.at,
                None => panic!("never seen: {what}\n{}", self.pty.screen().contents()),
            }
        }
        newest
    }

    /// When the first frame was complete.
    pub fn first_frame(&mut self) -> Instant {
        loop {
            let chunk = self.pty.read(LIMIT).expect("a frame");
            if contains(self.pty.written(), END) {
                return chunk.at;
            }
        }
    }

    /// Reads until nothing comes for half a second.
    pub fn settle(&mut self) {
        while self.pty.read(Duration::from_millis(500)).is_some() {}
    }

    /// Presses a key and takes the response.
    pub fn key(&mut self, key: &str) -> Response {
        while self.pty.read(Duration::ZERO).is_some() {}
        let written = self.pty.written().len();
        let pressed = Instant::now();
        self.pty.press(key);
        let (mut first, mut last) = (None, None);
        let mut patience = Duration::from_secs(2);
        while let Some(chunk) = self.pty.read(patience) {
            last = Some(chunk.at);
            if first.is_none() && contains(&self.pty.written()[written..], END) {
                first = last;
            }
            patience = QUIET.saturating_sub(chunk.at.elapsed());
        }
        let after = |at: Option<Instant>| at.map_or(Duration::MAX, |at| at - pressed);
        Response {
            first: after(first),
            last: after(last),
            bytes: self.pty.written().len() - written,
        }
    }

    /// Presses a key so often.
    pub fn keys(&mut self, key: &str, times: usize) -> Vec<Response> {
        (0..times).map(|_| self.key(key)).collect()
    }

    /// Waits for the groups, and opens the one that has everyone in it. Answers when its opening was asked for.
    pub fn opens_everyone(&mut self) -> Instant {
        self.until("Groups · mine · 22");
        self.settle();
        let asked = Instant::now();
        self.pty.press(["/", EVERYONE, ENTER, ENTER].concat());
        asked
    }

    /// Waits until all members have come, and answers when the last byte of that came.
    pub fn all_members(&mut self, count: usize) -> Instant {
        let all = format!("Members · {} ─", grouped(count));
        self.until(&all)
    }

    pub fn cpu(&self) -> Cpu {
        Cpu::of(self.pty.pid())
    }

    pub fn peak_memory(&self) -> u64 {
        process::peak_memory(self.pty.pid())
    }
}

fn contains(text: &[u8], part: &[u8]) -> bool {
    memchr::memmem::find(text, part).is_some()
}

/// `100,000`
pub fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let groups: Vec<&str> = digits
        .as_bytes()
        .rchunks(3)
        .rev()
        .map(|group| std::str::from_utf8(group).unwrap())
        .collect();
    groups.join(",")
}
