//! Every command that asks Graph, in every format and through every way to end.

use std::net::TcpListener;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use folkmoot::demo::Options;
use serde_json::Value;

use crate::commands::{BLIND, ELSEWHERE, Key, PORTRAIT, ROWS, Shape, words};
use crate::stub::Stub;
use crate::support::{Ran, desk, desk_with, folkmoot, ran};

/// The folder that the portrait lies in.
fn folder() -> &'static std::path::Path {
    static FOLDER: OnceLock<tempfile::TempDir> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let photo = desk().command(&["user", "photo", "hanako"]).output().unwrap().stdout;
        std::fs::write(folder.path().join(PORTRAIT), photo).unwrap();
        folder
    });
    folder.path()
}

/// Runs every command at the same time: some wait before they give up.
fn all(command: impl Fn(&[&str]) -> Command + Sync) -> Vec<(&'static str, Ran)> {
    std::thread::scope(|scope| {
        let runs = ROWS.iter().map(|(row, ..)| {
            let command = &command;
            let run = scope.spawn(move || ran(command(&words(row)).current_dir(folder())));
            (*row, run)
        });
        let runs: Vec<_> = runs.collect();
        runs.into_iter().map(|(row, run)| (row, run.join().unwrap())).collect()
    })
}

fn all_end_with(code: i32, says: &str, command: impl Fn(&[&str]) -> Command + Sync) {
    for (row, ran) in all(command) {
        let asked_nothing = says.is_empty() || code < 7 || !BLIND.iter().any(|blind| row.starts_with(blind));
        let code = if asked_nothing { code } else { 9 };
        assert_eq!(
            (ran.code, ran.stdout.as_str()),
            (Some(code), ""),
            "{row}: {}",
            ran.stderr
        );
        assert!(
            ran.stderr.starts_with("error: ") && ran.stderr.contains(says),
            "{row}: {}",
            ran.stderr
        );
    }
}

#[test]
fn every_command_that_needs_a_permission_is_here() {
    let home = tempfile::tempdir().unwrap();
    let ran = ran(folkmoot(home.path()).args(["man", "--dir", "."]));
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let mut commands = 0;
    for entry in std::fs::read_dir(home.path()).unwrap() {
        let path = entry.unwrap().path();
        let Some(name) = path
            .file_stem()
            .and_then(|name| name.to_str()?.strip_prefix("folkmoot-"))
        else {
            continue;
        };
        if std::fs::read_to_string(&path).unwrap().contains("\n.SH PERMISSIONS\n") {
            let command = name.replace('-', " ");
            let is_here = ROWS.iter().any(|(row, ..)| row.starts_with(&command)) || ELSEWHERE.contains(&name);
            assert!(is_here, "{name} is in no row");
            commands += 1;
        }
    }
    assert!(commands >= 12, "{commands}");
}

#[test]
fn every_format_has_its_shape() {
    let desk = desk();
    for (row, _, shape) in ROWS {
        let args = words(row);
        let out = |format: &str| desk.out(&[&args[..], &["-o", format]].concat());
        let json = || serde_json::from_str::<Value>(&out("json")).unwrap();
        let (properties, items) = match shape {
            Shape::Plain(fits, says) => {
                let ran = desk.command(&args).current_dir(folder()).output().unwrap();
                let said = String::from_utf8(ran.stderr).unwrap();
                assert_eq!(ran.status.code(), Some(0), "{row}: {said}");
                assert!(
                    said.starts_with(says) && said.is_empty() == says.is_empty(),
                    "{row}: {said}"
                );
                assert!(fits(&ran.stdout), "{row}: {}", String::from_utf8_lossy(&ran.stdout));
                continue;
            }
            Shape::One(properties) => {
                let one = json();
                assert_eq!(serde_json::from_str::<Value>(&out("ndjson")).unwrap(), one);
                (properties, vec![one])
            }
            Shape::Many(properties) => (properties, json().as_array().unwrap().clone()),
            Shape::Told(kind, properties) => {
                let told = json();
                assert_eq!(
                    (&told["folkmoot"], &told["kind"]),
                    (&1.into(), &(*kind).into()),
                    "{row}"
                );
                (properties, told["items"].as_array().unwrap().clone())
            }
        };
        let has_all = |item: &Value| item.is_object() && properties.iter().all(|name| item.get(name).is_some());
        assert!(!items.is_empty() && items.iter().all(has_all), "{row}: {items:?}");
        let lines: Vec<Value> = out("ndjson")
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(lines, items, "{row}");
        let records = |format: &str, delimiter| {
            let printed = out(format);
            let mut reader = csv::ReaderBuilder::new();
            let records = reader
                .delimiter(delimiter)
                .from_reader(printed.as_bytes())
                .into_records();
            records.map(Result::unwrap).count()
        };
        assert_eq!(
            (records("csv", b','), records("tsv", b'\t')),
            (items.len(), items.len()),
            "{row}"
        );
        assert_eq!(out("md").lines().count(), items.len() + 2, "{row}");
        // Whatever a heading says can be selected.
        let all = out("csv");
        let names = all.lines().next().unwrap();
        assert_eq!(
            desk.out(&[&args[..], &["-o", "csv", "--select", names]].concat()),
            all,
            "{row}"
        );
        assert!(out("table").lines().count() >= 1, "{row}");
        if !matches!(shape, Shape::One(_)) {
            let first = desk.out(&[&args[..], &["-o", "ndjson", "--limit", "1"]].concat());
            assert_eq!(first.lines().count(), 1, "{row}");
        }
        let selected = desk.out(&[&args[..], &["-o", "ndjson", "--select", properties[0]]].concat());
        let selected: Vec<Value> = selected
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(selected.len(), items.len(), "{row}");
        assert!(
            selected.iter().all(|item| item.as_object().unwrap().len() == 1),
            "{row}"
        );
        let none = desk.run(&[&args[..], &["--select", "no-such-column"]].concat());
        assert_eq!(
            (none.code, none.stdout.as_str()),
            (Some(2), ""),
            "{row}: {}",
            none.stderr
        );
    }
}

#[test]
fn help_names_what_rows_of_our_own_have() {
    let desk = desk();
    let mut told = 0;
    for (row, _, shape) in ROWS {
        let Shape::Told(..) = shape else { continue };
        let args = words(row);
        let of_rows = desk.json(&args)["items"][0].clone();
        let path: Vec<&str> = args.iter().copied().take_while(|word| is_command(word)).collect();
        let help = desk.out(&[&path[..], &["--help"]].concat());
        let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
        let Some((_, names)) = help.split_once("Each row of JSON has ") else {
            assert!(
                help.contains("JSON is Graph's own") && of_rows["id"].is_string(),
                "{row}: {help}"
            );
            continue;
        };
        let (names, _) = names.split_once(", and --select names those").unwrap();
        let mut names: Vec<&str> = names.split(", ").collect();
        names.sort_unstable();
        let there: Vec<&String> = of_rows.as_object().unwrap().keys().collect();
        assert_eq!(names, there, "{row}");
        told += 1;
    }
    assert!(told >= 5, "{told}");
}

/// Whether it is one of the words that name a command of ours of two words, or of one.
fn is_command(word: &str) -> bool {
    ["org", "tree", "path", "diff", "common", "user", "group", "check"].contains(&word)
}

#[test]
fn a_name_that_fits_several_or_nothing_is_told() {
    let desk = desk();
    for (row, key, _) in ROWS {
        let with = |at: usize, word| {
            let mut args = words(row);
            args[at] = word;
            desk.run(&args)
        };
        let (at, several, nobody) = match key {
            Key::Group(at) => (at, Some(("sg-region", "fits 2 groups")), "There is no group “xyzzyx”"),
            Key::Person(at) => (at, Some(("an", "people")), "There is nobody called “xyzzyx”"),
            Key::Look(at) => (at, None, "Nobody's name has “xyzzyx” in it"),
            Key::Nothing => continue,
        };
        if let Some((name, says)) = several {
            let ran = with(*at, name);
            assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{row}: {}", ran.stderr);
            assert!(
                ran.stderr.contains(says) && ran.stderr.lines().count() > 2,
                "{row}: {}",
                ran.stderr
            );
        }
        let ran = with(*at, "xyzzyx");
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(5), ""), "{row}: {}", ran.stderr);
        assert!(ran.stderr.contains(nobody), "{row}: {}", ran.stderr);
    }
}

#[test]
fn every_refusal_has_its_code() {
    for (fault, code, says) in [
        // Some hear of it from those that have asked.
        ("/**@*=429:600", 6, "Graph takes requests again at "),
        ("/**@*=500", 8, "[HTTP 500"),
        ("/**@*=expired", 3, ""),
    ] {
        let desk = desk_with(Options {
            faults: vec![fault.parse().unwrap()],
            ..Options::default()
        });
        all_end_with(code, says, |args| desk.command(args));
    }
    let refusing = Stub::answering(|_| {
        (
            403,
            r#"{"error":{"code":"Authorization_RequestDenied","message":"no"}}"#,
        )
    });
    all_end_with(4, "[HTTP 403", |args| refusing.command(args));
}

#[test]
fn a_server_that_is_gone_or_breaks_off_is_seven() {
    let desk = desk();
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let url = format!("http://{closed}/v1.0");
    all_end_with(7, "", |args| {
        let mut command = desk.command(args);
        command.env("FOLKMOOT_GRAPH_URL", &url);
        command
    });
    let breaking = desk_with(Options {
        faults: vec!["/**@*=drop".parse().unwrap()],
        ..Options::default()
    });
    all_end_with(7, "error: ", |args| breaking.command(args));
}

#[test]
fn a_reader_that_has_gone_is_no_failure() {
    let desk = desk();
    for (row, _, shape) in ROWS {
        let args = words(row);
        for format in shape.formats() {
            let mut child = desk
                .command(&[&args[..], *format].concat())
                .current_dir(folder())
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap();
            drop(child.stdout.take());
            let output = child.wait_with_output().unwrap();
            let said = String::from_utf8(output.stderr).unwrap();
            let says = shape.says();
            let as_always = said.starts_with(says) && said.is_empty() == says.is_empty();
            assert!(as_always && output.status.success(), "{row} {format:?}: {said}");
        }
    }
}
