//! Every command that asks Graph, in every format and through every way to end: one table.

use std::net::TcpListener;
use std::process::{Command, Stdio};

use folkmoot::demo::Options;
use serde_json::Value;

use crate::stub::Stub;
use crate::support::{Ran, desk, desk_with, folkmoot, ran};

/// What a command is given to find something by.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Key {
    /// A group, the word at this place.
    Group(usize),
    /// A person, the word at this place.
    Person(usize),
    /// Words that are looked for among people.
    Look(usize),
    None,
}

/// What JSON there is, and properties of each object in it.
#[derive(Clone, Copy)]
enum Shape {
    One(&'static [&'static str]),
    Many(&'static [&'static str]),
}

const GROUP: &[&str] = &["id", "displayName", "mail", "groupTypes"];
const PERSON: &[&str] = &["id", "displayName", "userPrincipalName"];

const ROWS: &[(&[&str], Key, Shape)] = &[
    (&["group", "list"], Key::None, Shape::Many(GROUP)),
    (&["group", "list", "--all"], Key::None, Shape::Many(GROUP)),
    (&["group", "list", "--search", "glow"], Key::None, Shape::Many(GROUP)),
    (&["group", "show", "product"], Key::Group(2), Shape::One(GROUP)),
    (
        &["member", "list", "product"],
        Key::Group(2),
        Shape::Many(&["id", "@odata.type"]),
    ),
    (&["user", "show", "hanako"], Key::Person(2), Shape::One(PERSON)),
    (&["user", "manager", "hanako"], Key::Person(2), Shape::One(PERSON)),
    (&["user", "reports", "solveig"], Key::Person(2), Shape::Many(PERSON)),
    (&["user", "groups", "hanako"], Key::Person(2), Shape::Many(GROUP)),
    (&["user", "search", "hana"], Key::None, Shape::Many(PERSON)),
    (&["me", "show"], Key::None, Shape::One(PERSON)),
    (&["who", "hanako"], Key::Look(1), Shape::Many(PERSON)),
    (
        &["thread", "list", "product"],
        Key::Group(2),
        Shape::Many(&["id", "topic"]),
    ),
    (
        &["thread", "show", "product", "1"],
        Key::Group(2),
        Shape::One(&["id", "topic"]),
    ),
    (
        &["conversation", "list", "product"],
        Key::Group(2),
        Shape::Many(&["id", "topic"]),
    ),
    (
        &["conversation", "show", "product", "1"],
        Key::Group(2),
        Shape::One(&["id", "topic"]),
    ),
    (
        &["post", "show", "product", "1", "1"],
        Key::Group(2),
        Shape::One(&["id", "body"]),
    ),
    (
        &["attachment", "list", "lantern-launch", "packaging proofs"],
        Key::Group(2),
        Shape::Many(&["id", "name"]),
    ),
    (
        &["post", "list", "product", "1"],
        Key::Group(2),
        Shape::Many(&["id", "body"]),
    ),
];

/// Commands with tests of their own for all of this: they print no tables, have an envelope around their JSON, or change
/// something.
const ELSEWHERE: &[&str] = &[
    "api",
    "attachment-save",
    "common",
    "conversation-delete",
    "diff",
    "group-check",
    "group-parents",
    "me-photo",
    "me-update",
    "org-path",
    "org-tree",
    "owner-list",
    "path",
    "thread-delete",
    "thread-export",
    "thread-lock",
    "thread-unlock",
    "user-check",
    "user-people",
    "user-photo",
    "user-teams",
    "user-trending",
];

fn with(args: &[&str], at: usize, word: &'static str) -> Vec<String> {
    let mut args: Vec<String> = args.iter().map(|&arg| arg.to_owned()).collect();
    word.clone_into(&mut args[at]);
    args
}

/// Runs every command at the same time: some wait before they give up.
fn all(command: impl Fn(&[&str]) -> Command + Sync) -> Vec<(&'static [&'static str], Ran)> {
    std::thread::scope(|scope| {
        let runs = ROWS.iter().map(|(args, ..)| {
            let command = &command;
            (*args, scope.spawn(move || ran(&mut command(args))))
        });
        let runs: Vec<_> = runs.collect();
        runs.into_iter()
            .map(|(args, run)| (args, run.join().unwrap()))
            .collect()
    })
}

fn all_end_with(code: i32, says: &str, command: impl Fn(&[&str]) -> Command + Sync) {
    for (args, ran) in all(command) {
        assert_eq!(
            (ran.code, ran.stdout.as_str()),
            (Some(code), ""),
            "{args:?}: {}",
            ran.stderr
        );
        assert!(
            ran.stderr.starts_with("error: ") && ran.stderr.contains(says),
            "{args:?}: {}",
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
            let words = |args: &&[&str]| args.join(" ").starts_with(&name.replace('-', " "));
            let is_here = ROWS.iter().any(|(args, ..)| words(args)) || ELSEWHERE.contains(&name);
            assert!(is_here, "{name} is in no row");
            commands += 1;
        }
    }
    assert!(commands >= 12, "{commands}");
}

#[test]
fn every_format_has_its_shape() {
    let desk = desk();
    for (args, _, shape) in ROWS {
        let out = |format: &str| desk.out(&[*args, &["-o", format]].concat());
        let (properties, count) = match shape {
            Shape::One(properties) => {
                let one: Value = serde_json::from_str(&out("json")).unwrap();
                assert!(one.is_object(), "{args:?}");
                assert_eq!(serde_json::from_str::<Value>(&out("ndjson")).unwrap(), one);
                assert!(properties.iter().all(|name| one.get(name).is_some()), "{args:?}: {one}");
                (properties, 1)
            }
            Shape::Many(properties) => {
                let many: Value = serde_json::from_str(&out("json")).unwrap();
                let many = many.as_array().unwrap();
                let has_all = |item: &Value| properties.iter().all(|name| item.get(name).is_some());
                assert!(!many.is_empty() && many.iter().all(has_all), "{args:?}: {many:?}");
                assert_eq!(out("ndjson").lines().count(), many.len(), "{args:?}");
                (properties, many.len())
            }
        };
        assert_eq!(out("csv").lines().count(), count + 1, "{args:?}");
        assert_eq!(out("tsv").lines().count(), count + 1, "{args:?}");
        assert_eq!(out("md").lines().count(), count + 2, "{args:?}");
        assert!(out("table").lines().count() >= 1, "{args:?}");
        let selected = desk.out(&[*args, &["-o", "ndjson", "--select", properties[0]]].concat());
        let selected: Vec<Value> = selected
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(selected.len(), count, "{args:?}");
        assert!(
            selected.iter().all(|item| item.as_object().unwrap().len() == 1),
            "{args:?}"
        );
        let none = desk.run(&[*args, &["--select", "no-such-column"]].concat());
        assert_eq!(
            (none.code, none.stdout.as_str()),
            (Some(2), ""),
            "{args:?}: {}",
            none.stderr
        );
    }
}

#[test]
fn a_name_that_fits_several_or_nothing_is_told() {
    let desk = desk();
    let run = |args: &[String]| desk.run(&args.iter().map(String::as_str).collect::<Vec<_>>());
    for (args, key, _) in ROWS {
        let (at, several, nobody) = match key {
            Key::Group(at) => (at, Some(("sg-region", "fits 2 groups")), "There is no group “xyzzyx”"),
            Key::Person(at) => (at, Some(("an", "people")), "There is nobody called “xyzzyx”"),
            Key::Look(at) => (at, None, "Nobody's name has “xyzzyx” in it"),
            Key::None => continue,
        };
        if let Some((name, says)) = several {
            let ran = run(&with(args, *at, name));
            assert_eq!(
                (ran.code, ran.stdout.as_str()),
                (Some(2), ""),
                "{args:?}: {}",
                ran.stderr
            );
            assert!(
                ran.stderr.contains(says) && ran.stderr.lines().count() > 2,
                "{args:?}: {}",
                ran.stderr
            );
        }
        let ran = run(&with(args, *at, "xyzzyx"));
        assert_eq!(
            (ran.code, ran.stdout.as_str()),
            (Some(5), ""),
            "{args:?}: {}",
            ran.stderr
        );
        assert!(ran.stderr.contains(nobody), "{args:?}: {}", ran.stderr);
    }
}

#[test]
fn every_refusal_has_its_code() {
    for (fault, code, says) in [
        ("/**@*=429:600", 6, "[HTTP 429"),
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
    all_end_with(7, "error: ", |args| {
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
    for (args, ..) in ROWS {
        for format in ["table", "json", "ndjson", "csv", "tsv", "md"] {
            let mut child = desk
                .command(&[*args, &["-o", format][..]].concat())
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap();
            drop(child.stdout.take());
            let output = child.wait_with_output().unwrap();
            assert_eq!(
                (output.status.code(), output.stderr.as_slice()),
                (Some(0), &b""[..]),
                "{args:?} {format}"
            );
        }
    }
}
