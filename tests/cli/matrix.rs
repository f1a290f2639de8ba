//! Every command that asks Graph, in every format and through every way to end: one table.

use std::net::TcpListener;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

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
    /// Items in an envelope of this kind: what folkmoot itself has found out.
    Told(&'static str, &'static [&'static str]),
    /// No table: what it prints has no other format. Beside that it says what begins with these words.
    Plain(fn(&[u8]) -> bool, &'static str),
}

impl Shape {
    /// The formats that there are, each as arguments.
    fn formats(self) -> &'static [&'static [&'static str]] {
        const TABLES: &[&[&str]] = &[
            &["-o", "table"],
            &["-o", "json"],
            &["-o", "ndjson"],
            &["-o", "csv"],
            &["-o", "tsv"],
            &["-o", "md"],
        ];
        match self {
            Shape::Plain(..) => &[&[]],
            Shape::One(_) | Shape::Many(_) | Shape::Told(..) => TABLES,
        }
    }
}

const GROUP: &[&str] = &["id", "displayName", "mail", "groupTypes"];
const PERSON: &[&str] = &["id", "displayName", "userPrincipalName"];
const OBJECT: &[&str] = &["id", "@odata.type"];
const NAMED: &[&str] = &["id", "displayName"];
const STEP: &[&str] = &["person", "manager"];

fn is_jpeg(printed: &[u8]) -> bool {
    printed.starts_with(b"\xff\xd8")
}

fn is_vcard(printed: &[u8]) -> bool {
    let card = String::from_utf8_lossy(printed);
    card.starts_with("BEGIN:VCARD\r\nVERSION:3.0\r\n") && card.ends_with("END:VCARD\r\n") && card.contains("山田 花子")
}

fn is_a_person(printed: &[u8]) -> bool {
    serde_json::from_slice::<Value>(printed).unwrap()["userPrincipalName"].is_string()
}

fn is_a_path(printed: &[u8]) -> bool {
    printed.starts_with(b"saved/")
}

/// The portrait that is put up.
const PORTRAIT: &str = "portrait.jpg";

/// The folder that it lies in.
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

const ROWS: &[(&[&str], Key, Shape)] = &[
    (&["group", "list"], Key::None, Shape::Many(GROUP)),
    (&["group", "list", "--all"], Key::None, Shape::Many(GROUP)),
    (&["group", "list", "--search", "glow"], Key::None, Shape::Many(GROUP)),
    (&["group", "show", "product"], Key::Group(2), Shape::One(GROUP)),
    (
        &["group", "parents", "sg-office-goteborg"],
        Key::Group(2),
        Shape::Many(GROUP),
    ),
    (
        &["group", "parents", "sg-office-goteborg", "--transitive"],
        Key::Group(2),
        Shape::Many(GROUP),
    ),
    (
        &["group", "check", "sg-office-goteborg", "sg-everybody", "product"],
        Key::Group(2),
        Shape::Told("check", &["member", "id"]),
    ),
    (&["member", "list", "product"], Key::Group(2), Shape::Many(OBJECT)),
    (
        &["member", "list", "sg-everybody", "--transitive"],
        Key::Group(2),
        Shape::Many(OBJECT),
    ),
    (&["owner", "list", "product"], Key::Group(2), Shape::Many(OBJECT)),
    (
        &["diff", "product", "portable-lanterns"],
        Key::Group(1),
        Shape::Told("diff", &["onlyIn", "member"]),
    ),
    (
        &["diff", "product", "portable-lanterns"],
        Key::Group(2),
        Shape::Told("diff", &["onlyIn", "member"]),
    ),
    (&["user", "show", "hanako"], Key::Person(2), Shape::One(PERSON)),
    (&["user", "manager", "hanako"], Key::Person(2), Shape::One(PERSON)),
    (&["user", "reports", "solveig"], Key::Person(2), Shape::Many(PERSON)),
    (&["user", "groups", "hanako"], Key::Person(2), Shape::Many(GROUP)),
    (&["user", "search", "hana"], Key::None, Shape::Many(PERSON)),
    (&["user", "people"], Key::None, Shape::Many(NAMED)),
    (&["user", "people", "--search", "hanoko"], Key::None, Shape::Many(NAMED)),
    (
        &["user", "people", "hanako", "--groups"],
        Key::Person(2),
        Shape::Many(NAMED),
    ),
    (
        &["user", "trending", "hanako"],
        Key::Person(2),
        Shape::Many(&["id", "resourceVisualization"]),
    ),
    (&["user", "teams"], Key::None, Shape::Many(NAMED)),
    (&["user", "teams", "--associated"], Key::None, Shape::Many(&["id"])),
    (
        &["user", "check", "hanako", "product"],
        Key::Person(2),
        Shape::Told("check", &["member", "id"]),
    ),
    (
        &["user", "check", "me", "product"],
        Key::Group(3),
        Shape::Told("check", &["member", "id"]),
    ),
    (&["user", "photo", "hanako"], Key::Person(2), Shape::Plain(is_jpeg, "")),
    (&["user", "card", "hanako"], Key::Person(2), Shape::Plain(is_vcard, "")),
    (
        &["org", "tree", "solveig"],
        Key::Person(2),
        Shape::Told("org-tree", STEP),
    ),
    (
        &["org", "tree", "hanako", "--up"],
        Key::Person(2),
        Shape::Told("org-tree", STEP),
    ),
    (
        &["org", "path", "hanako", "solveig"],
        Key::Person(2),
        Shape::Told("org-path", STEP),
    ),
    (
        &["org", "path", "me", "hanako"],
        Key::Person(3),
        Shape::Told("org-path", STEP),
    ),
    (
        &["common", "hanako", "me"],
        Key::Person(1),
        Shape::Told("common", GROUP),
    ),
    (
        &["common", "me", "hanako"],
        Key::Person(2),
        Shape::Told("common", GROUP),
    ),
    (
        &["path", "hanako", "product"],
        Key::Person(1),
        Shape::Told("path", &["step", "object"]),
    ),
    (
        &["path", "me", "product"],
        Key::Group(2),
        Shape::Told("path", &["step", "object"]),
    ),
    (&["me", "show"], Key::None, Shape::One(PERSON)),
    (
        &["me", "update", "--mobile-phone", "+46 555 0199"],
        Key::None,
        Shape::Plain(<[u8]>::is_empty, "changed: mobilePhone"),
    ),
    (
        &["me", "photo", PORTRAIT],
        Key::None,
        Shape::Plain(<[u8]>::is_empty, "The photo is up."),
    ),
    (&["api", "GET", "/me"], Key::None, Shape::Plain(is_a_person, "")),
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
    (
        &[
            "attachment",
            "save",
            "lantern-launch",
            "packaging proofs",
            "--dir",
            "saved",
            "--force",
        ],
        Key::Group(2),
        Shape::Plain(is_a_path, ""),
    ),
    (
        &[
            "thread",
            "export",
            "lantern-launch",
            "packaging proofs",
            "--dir",
            "saved",
            "--force",
        ],
        Key::Group(2),
        Shape::Plain(is_a_path, ""),
    ),
    (
        &[
            "conversation",
            "new",
            "product",
            "--topic",
            "Wicks 灯",
            "--body",
            "x",
            "--yes",
            "--no-wait",
        ],
        Key::Group(2),
        TAKEN,
    ),
    (
        &[
            "thread",
            "new",
            "product",
            "--topic",
            "Glass",
            "--body",
            "x",
            "--yes",
            "--no-wait",
        ],
        Key::Group(2),
        TAKEN,
    ),
    (
        &["thread", "reply", "product", "1", "--body", "x", "--yes", "--no-wait"],
        Key::Group(2),
        TAKEN,
    ),
    (
        &[
            "post",
            "reply",
            "product",
            "1",
            "1",
            "--body",
            "x",
            "--yes",
            "--no-wait",
        ],
        Key::Group(2),
        TAKEN,
    ),
    (
        &["thread", "forward", "product", "1", "--to", "ada@else.example", "--yes"],
        Key::Group(2),
        DONE,
    ),
    (&["group", "seen", "product"], Key::Group(2), DONE),
    (
        &["thread", "mark", "product", "1", "--read"],
        Key::Group(2),
        Shape::Plain(<[u8]>::is_empty, "marked as read: "),
    ),
    (&["thread", "lock", "product", "1"], Key::Group(2), DONE),
    (&["thread", "unlock", "product", "1"], Key::Group(2), DONE),
    // The last of all: what they take away is there for the others.
    (&["thread", "delete", "product", "2", "--yes"], Key::Group(2), DONE),
    (
        &["conversation", "delete", "product", "1", "--yes"],
        Key::Group(2),
        DONE,
    ),
];

/// A change that was made.
const DONE: Shape = Shape::Plain(<[u8]>::is_empty, "done: ");
/// A post that Graph has taken.
const TAKEN: Shape = Shape::Plain(<[u8]>::is_empty, "taken by Graph: ");

/// Commands with tests of their own for all of this: whether there is such a draft is known before Graph is asked.
const ELSEWHERE: &[&str] = &["draft-send"];

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
            (*args, scope.spawn(move || ran(command(args).current_dir(folder()))))
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
        let json = || serde_json::from_str::<Value>(&out("json")).unwrap();
        let (properties, items) = match shape {
            Shape::Plain(fits, says) => {
                let ran = desk.command(args).current_dir(folder()).output().unwrap();
                let said = String::from_utf8(ran.stderr).unwrap();
                assert_eq!(ran.status.code(), Some(0), "{args:?}: {said}");
                assert!(
                    said.starts_with(says) && said.is_empty() == says.is_empty(),
                    "{args:?}: {said}"
                );
                assert!(fits(&ran.stdout), "{args:?}: {}", String::from_utf8_lossy(&ran.stdout));
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
                    "{args:?}"
                );
                (properties, told["items"].as_array().unwrap().clone())
            }
        };
        let has_all = |item: &Value| item.is_object() && properties.iter().all(|name| item.get(name).is_some());
        assert!(!items.is_empty() && items.iter().all(has_all), "{args:?}: {items:?}");
        let lines: Vec<Value> = out("ndjson")
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(lines, items, "{args:?}");
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
            "{args:?}"
        );
        assert_eq!(out("md").lines().count(), items.len() + 2, "{args:?}");
        assert!(out("table").lines().count() >= 1, "{args:?}");
        if !matches!(shape, Shape::One(_)) {
            let first = desk.out(&[*args, &["-o", "ndjson", "--limit", "1"]].concat());
            assert_eq!(first.lines().count(), 1, "{args:?}");
        }
        let selected = desk.out(&[*args, &["-o", "ndjson", "--select", properties[0]]].concat());
        let selected: Vec<Value> = selected
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(selected.len(), items.len(), "{args:?}");
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
    for (args, _, shape) in ROWS {
        for format in shape.formats() {
            let mut child = desk
                .command(&[*args, *format].concat())
                .current_dir(folder())
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap();
            drop(child.stdout.take());
            let output = child.wait_with_output().unwrap();
            let said = String::from_utf8(output.stderr).unwrap();
            let says = match shape {
                Shape::Plain(_, says) => says,
                Shape::One(_) | Shape::Many(_) | Shape::Told(..) => "",
            };
            let as_always = said.starts_with(says) && said.is_empty() == says.is_empty();
            assert!(as_always && output.status.success(), "{args:?} {format:?}: {said}");
        }
    }
}
