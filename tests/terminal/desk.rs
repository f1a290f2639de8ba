//! What the tests share: a home with a tenant to talk to, and folkmoots started in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use folkmoot::demo::{Options, Seen, Tenant};
use folkmoot::domain::{Draft, DraftState};
use portable_pty::{CommandBuilder, ExitStatus};
use rustix::process::Signal;
use tempfile::TempDir;

use crate::escapes;
use crate::pty::{self, Pty};

/// How long anything may take before a test gives up. Nothing waits so long where all is well.
pub const LIMIT: Duration = Duration::from_secs(60);
/// The usual sizes.
pub const WIDE: (u16, u16) = (120, 40);
pub const SMALL: (u16, u16) = (80, 24);

/// A thread of the demo tenant: the newest of the group that is listed first.
pub const THREAD: &str = "Launch stand-up notes";

pub const ENTER: &str = "\r";
pub const ESC: &str = "\x1b";
pub const CTRL_C: &str = "\x03";
pub const CTRL_L: &str = "\x0c";
pub const CTRL_R: &str = "\x12";
pub const CTRL_S: &str = "\x13";
pub const CTRL_U: &str = "\x15";
pub const CTRL_Z: &str = "\x1a";

/// The binary under test.
pub const FOLKMOOT: &str = env!("CARGO_BIN_EXE_folkmoot");

/// One person's home, and the tenant that they are signed in to.
pub struct Desk {
    tenant: Option<Tenant>,
    graph_url: String,
    token: String,
    home: TempDir,
}

impl Desk {
    pub fn new() -> Desk {
        Desk::with(Options::default())
    }

    pub fn with(options: Options) -> Desk {
        let tenant = Tenant::spawn(options).unwrap();
        Desk {
            graph_url: tenant.graph_url().to_owned(),
            token: tenant.token().to_owned(),
            tenant: Some(tenant),
            home: TempDir::new().unwrap(),
        }
    }

    /// A desk whose tenant lives elsewhere.
    pub fn far_from(graph_url: &str, token: &str) -> Desk {
        Desk {
            tenant: None,
            graph_url: graph_url.to_owned(),
            token: token.to_owned(),
            home: TempDir::new().unwrap(),
        }
    }

    /// Puts a tenant where the one before was: the same company, but nothing of what was done there since.
    pub fn serve_again(&mut self, options: Options) {
        let port = self
            .graph_url
            .split([':', '/'])
            .find_map(|part| part.parse().ok())
            .unwrap();
        self.serve_nothing();
        let again = Options { port, ..options };
        self.tenant = Some(Tenant::spawn(again).unwrap());
    }

    /// Takes the tenant away, with all its connections.
    pub fn serve_nothing(&mut self) {
        self.tenant = None;
    }

    pub fn tenant(&self) -> &Tenant {
        self.tenant.as_ref().unwrap()
    }

    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// Writes the config file.
    pub fn configure(&self, toml: &str) {
        let folder = self.home().join("config/folkmoot");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("config.toml"), toml).unwrap();
    }

    /// The command that starts folkmoot here.
    pub fn command(&self) -> CommandBuilder {
        let config = self.home().join("config/folkmoot/config.toml");
        if !config.exists() {
            self.configure("[compose]\nundo_seconds = 0\n");
        }
        let mut command = pty::command(FOLKMOOT, self.home());
        command.args(["--graph-url", &self.graph_url]);
        command.env("FOLKMOOT_ACCESS_TOKEN", &self.token);
        command
    }

    /// A command that needs no terminal.
    pub fn headless(&self, args: &[&str]) -> Command {
        let mut command = Command::new(FOLKMOOT);
        command.env_clear();
        // As it is started on a terminal.
        for (name, value) in self.command().iter_full_env_as_str() {
            command.env(name, value);
        }
        command.args(["--graph-url", &self.graph_url]).args(args);
        command.current_dir(self.home()).stdin(Stdio::null());
        command
    }

    /// Runs a command that needs no terminal: its exit code, and what it said.
    pub fn runs(&self, args: &[&str]) -> (Option<i32>, String) {
        let output = self.headless(args).output().unwrap();
        let said = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8(said).unwrap())
    }

    pub fn start(&self, size: (u16, u16)) -> Folkmoot {
        self.start_as(self.command(), size)
    }

    /// Starts it with this much time to take back what is sent. Elsewhere there is none.
    pub fn start_undoing(&self, seconds: u16, size: (u16, u16)) -> Folkmoot {
        self.configure(&format!("[compose]\nundo_seconds = {seconds}\n"));
        self.start(size)
    }

    pub fn start_as(&self, command: CommandBuilder, size: (u16, u16)) -> Folkmoot {
        Folkmoot {
            pty: Pty::start(command, size),
            home: self.home().to_owned(),
            copies: false,
        }
    }

    /// The drafts on disk, as the next run will find them.
    pub fn drafts(&self) -> Vec<Draft> {
        let Ok(entries) = fs::read_dir(self.drafts_folder()) else {
            return Vec::new();
        };
        let files = entries.map(|entry| entry.unwrap().path());
        let documents = files.filter(|path| path.extension().is_some_and(|extension| extension == "json"));
        // A draft may be replaced or removed while the folder is read.
        documents
            .filter_map(|path| serde_json::from_slice(&fs::read(path).ok()?).unwrap())
            .collect()
    }

    /// The text of the only draft.
    pub fn draft_text(&self) -> String {
        let drafts = self.drafts();
        assert_eq!(drafts.len(), 1, "{drafts:?}");
        drafts[0].text.clone()
    }

    /// Makes the only draft so much older, as if the machine had been off.
    pub fn age_draft(&self, by: Duration) {
        let draft = &mut self.drafts()[0];
        match &mut draft.state {
            DraftState::Queued { until: Some(at), .. }
            | DraftState::Sending { since: at }
            | DraftState::Accepted { at } => *at -= by,
            DraftState::Writing | DraftState::Queued { until: None, .. } => {}
        }
        let path = self.drafts_folder().join(format!("{}.json", draft.id.0));
        fs::write(path, serde_json::to_vec(draft).unwrap()).unwrap();
    }

    pub fn drafts_folder(&self) -> PathBuf {
        self.home().join("state/folkmoot/default/drafts")
    }

    /// The replies that the tenant was asked to take.
    pub fn sent(&self) -> Vec<Seen> {
        let requests = self.tenant().requests();
        requests
            .into_iter()
            .filter(|seen| seen.method == "POST" && seen.path.ends_with("/reply"))
            .collect()
    }
}

/// Waits for something that no screen shows.
#[track_caller]
pub fn eventually(what: &str, mut holds: impl FnMut() -> bool) {
    let deadline = Instant::now() + LIMIT;
    while !holds() {
        assert!(Instant::now() < deadline, "never: {what}");
        thread::sleep(Duration::from_millis(5));
    }
}

/// The rows of a screen. Cells that were never written and such as hold a space look the same.
pub fn text(screen: &vt100::Screen) -> String {
    let (_, columns) = screen.size();
    let rows: Vec<String> = screen.rows(0, columns.get()).collect();
    let rows: Vec<&str> = rows.iter().map(|row| row.trim_end()).collect();
    rows.join("\n")
}

/// What is left of words on the screen. Like many terminals, the emulator takes no family of emoji for one character; what
/// it draws of the others is written over.
pub fn drawn(words: &str) -> String {
    words.replace("\u{200d}👧", "\u{200d}")
}

/// A running folkmoot, and whoever looks at it. When it is let go, everything that it has ever written is checked.
pub struct Folkmoot {
    pub pty: Pty,
    home: PathBuf,
    /// It was asked to copy something.
    pub copies: bool,
}

impl Folkmoot {
    /// Presses keys. What follows Esc must wait until its effect is seen: bytes that come together are Alt and a key.
    pub fn press(&mut self, keys: impl AsRef<[u8]>) {
        self.pty.press(keys);
    }

    /// The rows of the screen, without the spaces at their ends.
    pub fn text(&self) -> String {
        text(self.pty.screen())
    }

    /// Waits for words on the screen.
    #[track_caller]
    pub fn sees(&mut self, words: &str) {
        let drawn = drawn(words);
        self.waits(words, |screen| screen.contents().contains(&drawn));
    }

    /// Waits until words are no longer on the screen.
    #[track_caller]
    pub fn sees_no_more(&mut self, words: &str) {
        self.waits(&format!("no {words}"), |screen| !screen.contents().contains(words));
    }

    /// Waits for a screen.
    #[track_caller]
    pub fn waits(&mut self, what: &str, wanted: impl Fn(&vt100::Screen) -> bool) {
        if !self.pty.wait_until(LIMIT, wanted) {
            panic!("never seen: {what}\n{}", self.described());
        }
    }

    /// Reads until nothing has been written for a while.
    pub fn settles(&mut self) {
        let deadline = Instant::now() + LIMIT;
        while self.pty.read(Duration::from_millis(400)).is_some() {
            assert!(Instant::now() < deadline, "never quiet\n{}", self.described());
        }
    }

    /// Draws everything anew, and checks that nothing was left of what had been there before.
    #[track_caller]
    pub fn has_left_nothing_behind(&mut self) {
        self.settles();
        let before = self.text();
        self.press(CTRL_L);
        self.settles();
        let after = self.text();
        let rows = before.lines().zip(after.lines());
        let differing: Vec<_> = rows.filter(|(before, after)| before != after).collect();
        assert!(differing.is_empty(), "{differing:#?}");
    }

    /// Opens [`THREAD`] and sees its posts.
    #[track_caller]
    pub fn opens_the_thread(&mut self) {
        self.opens_the_thread_with(35);
    }

    /// The same once there are so many posts in it.
    #[track_caller]
    pub fn opens_the_thread_with(&mut self, posts: usize) {
        self.sees("Glow 2 Launch");
        self.press("3");
        self.sees(THREAD);
        self.press(ENTER);
        self.sees(&format!("Posts · {posts} posts"));
    }

    /// Begins a reply and writes until all of it is on disk.
    #[track_caller]
    pub fn writes(&mut self, text: &str) {
        self.press("r");
        self.sees("Reply · saved");
        self.press(text.replace('\n', ENTER));
        self.sees_saved(text.lines().last().unwrap());
    }

    /// Waits until words stand in the composer and on disk.
    #[track_caller]
    pub fn sees_saved(&mut self, words: &str) {
        let drawn = drawn(words);
        self.waits(&format!("{words}, saved"), |screen| {
            let text = screen.contents();
            text.contains(&drawn) && text.contains("Reply · saved")
        });
    }

    /// Asks to send, and says yes.
    #[track_caller]
    pub fn sends(&mut self) {
        self.press(CTRL_S);
        self.sees("Send this reply?");
        self.press("y");
    }

    /// Ends it as nothing can be hindered from.
    pub fn gets_killed(mut self) {
        self.pty.signal(Signal::KILL);
        self.ends();
    }

    /// Waits for its end.
    #[track_caller]
    pub fn ends(&mut self) -> ExitStatus {
        match self.pty.wait_for_end(LIMIT) {
            Some(status) => status,
            None => panic!("it does not end\n{}", self.described()),
        }
    }

    /// Quits, and checks that it says so.
    #[track_caller]
    pub fn quits(mut self) {
        self.press(CTRL_C);
        assert_eq!(self.ends().exit_code(), 0);
    }

    /// The screen, the end of what was written and the log, for whoever has to find out what went wrong.
    fn described(&self) -> String {
        let screen = self.pty.screen();
        let (rows, columns) = screen.size();
        let lines: Vec<String> = screen.rows(0, columns.get()).map(|row| format!("│{row}")).collect();
        let written = self.pty.written();
        let tail = written[written.len().saturating_sub(300)..].escape_ascii();
        let log = self.home.join("state/folkmoot/default/folkmoot.log");
        let log = fs::read_to_string(log).unwrap_or_else(|error| error.to_string());
        let log: Vec<&str> = log.lines().collect();
        let log = log[log.len().saturating_sub(20)..].join("\n");
        format!(
            "screen of {columns}×{rows}, cursor at {:?}:\n{}\nwritten last: {tail}\nlog:\n{log}",
            screen.cursor_position(),
            lines.join("\n")
        )
    }
}

impl Drop for Folkmoot {
    fn drop(&mut self) {
        if !thread::panicking() {
            escapes::check(self.pty.written(), self.copies);
        }
    }
}
