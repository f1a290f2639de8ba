//! A tenant, a home of its own, and what a run of the binary said.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use folkmoot::demo::{Options, Tenant};
use serde_json::Value;
use tempfile::TempDir;

/// A group of the demo tenant with threads, posts and attachments of every kind.
pub const LAUNCH: &str = "lantern-launch";

/// A tenant that stands still in time, and a home for folkmoot's files.
pub struct Desk {
    pub tenant: Tenant,
    pub home: TempDir,
}

/// What a run said.
pub struct Ran {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

pub fn desk() -> Desk {
    desk_with(Options::default())
}

pub fn desk_with(options: Options) -> Desk {
    Desk {
        tenant: Tenant::spawn(Options {
            now: Some("2026-11-21T12:00:00Z".parse().unwrap()),
            ..options
        })
        .unwrap(),
        home: tempfile::tempdir().unwrap(),
    }
}

/// A desk whose posts are seen at once, with a fault in what is sent; "" is none.
pub fn faulty(fault: &str) -> Desk {
    desk_with(Options {
        visible_after: Duration::ZERO,
        faults: (!fault.is_empty())
            .then(|| fault.parse().unwrap())
            .into_iter()
            .collect(),
        ..Options::default()
    })
}

/// A desk whose posts are seen at once.
pub fn quick() -> Desk {
    faulty("")
}

/// The binary with nothing of this machine's environment but a home.
pub fn folkmoot(home: &Path) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("folkmoot"));
    command.env_clear().env("HOME", home).env("TZ", "UTC").current_dir(home);
    command
}

impl Desk {
    /// The binary, signed in to the tenant.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = folkmoot(self.home.path());
        command
            .env("FOLKMOOT_GRAPH_URL", self.tenant.graph_url())
            .env("FOLKMOOT_ACCESS_TOKEN", self.tenant.token())
            .args(args);
        command
    }

    pub fn run(&self, args: &[&str]) -> Ran {
        ran(&mut self.command(args))
    }

    /// A run that must work and have nothing to say besides its output.
    pub fn out(&self, args: &[&str]) -> String {
        let ran = self.run(args);
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{args:?}");
        ran.stdout
    }

    /// The same with `--json`.
    pub fn json(&self, args: &[&str]) -> Value {
        let args = [args, &["--json"]].concat();
        serde_json::from_str(&self.out(&args)).unwrap()
    }
}

/// Runs it.
pub fn ran(command: &mut Command) -> Ran {
    let output = command.output().unwrap();
    ended(output, command.get_args().any(|arg| arg == "tsv"))
}

/// What a run said. Whatever it is, nothing of it may drive a terminal; `tabs` may stand in it.
pub fn ended(Output { status, stdout, stderr }: Output, tabs: bool) -> Ran {
    let ran = Ran {
        code: status.code(),
        stdout: String::from_utf8(stdout).unwrap(),
        stderr: String::from_utf8(stderr).unwrap(),
    };
    for said in [&ran.stdout, &ran.stderr] {
        let odd = said.chars().find(|c| {
            (c.is_control() && *c != '\n' && !(tabs && *c == '\t'))
                || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        });
        assert_eq!(odd, None, "{said:?}");
    }
    ran
}

/// The strings of one member of every item.
pub fn pluck<'a>(items: &'a Value, member: &str) -> Vec<&'a str> {
    let items = items.as_array().unwrap();
    items
        .iter()
        .map(|item| item[member].as_str().unwrap_or_default())
        .collect()
}

/// The topics of the threads of [`LAUNCH`].
pub fn topics(desk: &Desk) -> Vec<String> {
    let all = desk.json(&["thread", "list", LAUNCH]);
    pluck(&all, "topic").into_iter().map(str::to_owned).collect()
}

/// The names of the files in a folder, sorted.
pub fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// Waits for something that no output tells.
#[track_caller]
pub fn eventually(what: &str, mut holds: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(60);
    while !holds() {
        assert!(Instant::now() < deadline, "never: {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// The first words of each line after the heading, up to two spaces.
pub fn first_column(table: &str) -> Vec<&str> {
    let rows = table.lines().skip(1);
    rows.map(|line| line.trim_start().split("  ").next().unwrap()).collect()
}
