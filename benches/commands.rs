//! Commands as a script runs them: the real program against one curl that asks the same of the same tenant, on one
//! connection and with the same Accept-Encoding. `cargo bench --bench commands` prints the best of a few rounds beside its
//! goal; nothing is asserted, because machines differ and are noisy. Linux only: it reads memory from /proc.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::fs::File;
use std::io::Read;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use folkmoot::demo::{Options, Tenant};

const ROUNDS: usize = 15;

/// What is compared, the goal, and the command.
const COMMANDS: &[(&str, &str, &[&str])] = &[
    ("who hanako", "≤ 1.3 × + 5 ms, 15 MB", &["who", "hanako"]),
    ("user show", "≤ 1.3 × + 5 ms, 15 MB", &["user", "show", "hanako"]),
    (
        "member list of 250",
        "≤ 1.3 × + 5 ms, 15 MB",
        &["member", "list", "all-folkvale"],
    ),
];

const MANY: &[&str] = &["member", "list", "all-folkvale", "-o", "ndjson"];

fn main() {
    let home = tempfile::tempdir().unwrap();
    println!("{:<28} {:>9} {:>9} {:>9}  goal", "", "folkmoot", "against", "memory");
    let nothing = best(&mut Command::new("/bin/true"), 40);
    for (name, args) in [
        ("--version", &["--version"][..]),
        ("--help", &["--help"]),
        ("group list --help", &["group", "list", "--help"]),
    ] {
        let time = best(folkmoot(home.path()).args(args), 40);
        row(name, time, nothing, None, "≤ 3 ms more than /bin/true");
    }
    let small = Tenant::spawn(Options::default()).unwrap();
    for (name, goal, args) in COMMANDS {
        compare(name, goal, args, &small, home.path(), ROUNDS);
    }
    drop(small);
    let large = Tenant::spawn(Options {
        people: Some(100_000),
        ..Options::default()
    })
    .unwrap();
    compare("member list of 100,000", "≤ 1.2 ×, 20 MB", MANY, &large, home.path(), 5);
}

fn row(name: &str, time: Duration, against: Duration, memory: Option<u64>, goal: &str) {
    let ms = |time: Duration| format!("{:.1} ms", time.as_secs_f64() * 1000.0);
    let memory = memory.map_or_else(String::new, |kb| format!("{:.1} MB", kb as f64 / 1024.0));
    println!("{name:<28} {:>9} {:>9} {memory:>9}  {goal}", ms(time), ms(against));
}

/// The program with nothing of this machine's environment but a home.
fn folkmoot(home: &std::path::Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_folkmoot"));
    command.env_clear().env("HOME", home);
    command
}

fn compare(name: &str, goal: &str, args: &[&str], tenant: &Tenant, home: &std::path::Path, rounds: usize) {
    let mut ours = folkmoot(home);
    ours.args(args)
        .env("FOLKMOOT_GRAPH_URL", tenant.graph_url())
        .env("FOLKMOOT_ACCESS_TOKEN", tenant.token());
    let before = tenant.requests().len();
    let memory = peak(&mut ours);
    let mut curl = Command::new("curl");
    curl.args(["--silent", "--fail", "--http1.1", "-H", "Accept-Encoding: gzip"]);
    curl.args(["-H", &format!("Authorization: Bearer {}", tenant.token())]);
    curl.args(["-H", "ConsistencyLevel: eventual"]);
    for seen in &tenant.requests()[before..] {
        let query = if seen.query.is_empty() {
            String::new()
        } else {
            format!("?{}", seen.query)
        };
        // The path has the version that the address ends in.
        let root = tenant.graph_url().trim_end_matches("/v1.0");
        let url = format!("{root}{}{query}", seen.path);
        // It must not read braces and brackets as patterns.
        curl.args(["--globoff", "-o", "/dev/null", &url]);
    }
    let (mut time, mut against) = (Duration::MAX, Duration::MAX);
    for _ in 0..rounds {
        time = time.min(timed(&mut ours));
        against = against.min(timed(&mut curl));
    }
    row(name, time, against, Some(memory), goal);
}

fn best(command: &mut Command, rounds: usize) -> Duration {
    (0..rounds).map(|_| timed(command)).min().unwrap()
}

fn timed(command: &mut Command) -> Duration {
    let begun = Instant::now();
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).status().unwrap();
    let time = begun.elapsed();
    assert!(status.success(), "{command:?}");
    time
}

/// The most memory that it held at a time, in kB: the system keeps the mark, and the last look at it counts.
fn peak(command: &mut Command) -> u64 {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn().unwrap();
    let path = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    while child.try_wait().unwrap().is_none() {
        let mut status = String::new();
        if File::open(&path)
            .and_then(|mut file| file.read_to_string(&mut status))
            .is_ok()
        {
            let mark = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
            let mark = mark.and_then(|mark| mark.trim().split(' ').next()?.parse().ok());
            peak = peak.max(mark.unwrap_or(0));
        }
        std::thread::sleep(Duration::from_micros(200));
    }
    peak
}
