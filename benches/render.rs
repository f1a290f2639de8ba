//! `folkmoot render` against `w3m -dump` and `lynx -dump`, processes from start to end, in one run: the bodies of
//! `tests/bodies` as they are, and large ones made of them. `cargo bench --bench render` prints the median and the largest of
//! the times beside the goals; nothing is asserted, because machines differ and are noisy. What is not installed is left out.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Runs of each program on each body; the best counts.
const ROUNDS: usize = 7;

/// The programs, and what they are started with before the file's name.
const PROGRAMS: [(&str, &[&str]); 3] = [
    (
        env!("CARGO_BIN_EXE_folkmoot"),
        &["render", "--no-fold", "--width", "80"],
    ),
    ("w3m", &["-dump", "-cols", "80", "-T", "text/html"]),
    ("lynx", &["-dump", "-nolist", "-width=80", "-force_html"]),
];

fn main() {
    let home = tempfile::tempdir().unwrap();
    let ordinary = bodies(home.path());
    let large = large(home.path());
    println!("{:<32} {:>10} {:>10} {:>10}", "", "folkmoot", "w3m", "lynx");
    let mut all: [Vec<Duration>; 3] = Default::default();
    for body in &ordinary {
        let times = measure(home.path(), body);
        row(&body.file_stem().unwrap().to_string_lossy(), &times);
        for (all, time) in all.iter_mut().zip(&times) {
            all.extend(time);
        }
    }
    let medians = all.map(|mut times| {
        times.sort();
        times.get(times.len() / 2).copied()
    });
    row("median; goal: ≤ the faster one", &medians);
    for body in &large {
        let times = measure(home.path(), body);
        let name = body.file_stem().unwrap().to_string_lossy().into_owned();
        row(&format!("{name}; goal: ≤ 1.3 × the slower"), &times);
    }
}

fn row(name: &str, times: &[Option<Duration>; 3]) {
    let ms = |time: &Option<Duration>| {
        time.map_or("–".to_owned(), |time| {
            format!("{:.1} ms", time.as_secs_f64() * 1000.0)
        })
    };
    println!(
        "{name:<32} {:>10} {:>10} {:>10}",
        ms(&times[0]),
        ms(&times[1]),
        ms(&times[2])
    );
}

/// The bodies that browsers read too.
fn bodies(home: &Path) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bodies");
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let mut files: Vec<PathBuf> = files
        .filter(|file| file.extension().is_some_and(|ending| ending == "html"))
        .collect();
    files.sort();
    let copied = files.iter().map(|file| {
        let copy = home.join(file.file_name().unwrap());
        fs::copy(file, &copy).unwrap();
        copy
    });
    copied.collect()
}

/// Bodies of about a megabyte: a mail as Word writes it with its history, a newsletter, and a table of many rows.
fn large(home: &Path) -> Vec<PathBuf> {
    const BYTES: usize = 1_000_000;
    let source = |name: &str| fs::read_to_string(home.join(name)).unwrap();
    let table = "<tr><td>Ann Müller<td>Owner<td>山田 花子 and a longer remark about nothing in particular</tr>";
    let sources = [
        ("a megabyte of Word", source("outlook-desktop-reply.html")),
        ("a megabyte of newsletters", source("newsletter-mailchimp.html")),
        ("a megabyte of table rows", table.to_owned()),
    ];
    let write = |(name, source): &(&str, String)| {
        let file = home.join(format!("{name}.html"));
        let start = if name.contains("rows") {
            "<table><tr><th>Name<th>Role<th>Remark</tr>"
        } else {
            ""
        };
        fs::write(&file, start.to_owned() + &source.repeat(BYTES / source.len())).unwrap();
        file
    };
    sources.iter().map(write).collect()
}

/// The best time of each program; `None` where there is no such program.
fn measure(home: &Path, body: &Path) -> [Option<Duration>; 3] {
    let mut best = [None; 3];
    for _ in 0..ROUNDS {
        for ((program, args), best) in PROGRAMS.iter().zip(&mut best) {
            let mut command = Command::new(program);
            command.args(*args).arg(body).env_clear();
            command
                .env("HOME", home)
                .env("PATH", std::env::var_os("PATH").unwrap_or_default())
                .env("LANG", "C.UTF-8");
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
            let start = Instant::now();
            let Ok(status) = command.status() else { continue };
            let time = start.elapsed();
            assert!(status.success(), "{program} {}", body.display());
            *best = Some(best.map_or(time, |best: Duration| best.min(time)));
        }
    }
    best
}
