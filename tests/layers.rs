//! The import rules of the house, as data: which room lies on which floor, and where outside crates may be used. The map
//! at the top of `src/lib.rs` says the same in words.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

#[path = "layers/maps.rs"]
mod maps;
#[path = "layers/paths.rs"]
mod paths;
#[path = "layers/planted.rs"]
mod planted;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use paths::{Used, tests_declared, used};

/// A folder or file right below `src/`.
struct Room {
    name: &'static str,
    /// It may import from floors below this one. `None`: it imports nothing of ours, and only `OPENERS` import it.
    floor: Option<u8>,
    /// Rooms on its own floor that it may import from nevertheless.
    neighbours: &'static [&'static str],
}

const ROOMS: &[Room] = &[
    room("main", 6, &["cli"]),
    room("cli", 6, &[]),
    room("runtime", 5, &[]),
    room("ui", 4, &[]),
    room("app", 3, &[]),
    room("graph", 2, &[]),
    room("auth", 2, &[]),
    room("store", 2, &[]),
    room("keys", 2, &[]),
    room("protocol", 1, &[]),
    room("text", 1, &[]),
    room("layout", 1, &[]),
    // A wrong setting is a `Problem` like any other.
    room("config", 1, &["protocol"]),
    room("domain", 0, &[]),
    Room {
        name: "demo",
        floor: None,
        neighbours: &[],
    },
];

const fn room(name: &'static str, floor: u8, neighbours: &'static [&'static str]) -> Room {
    Room {
        name,
        floor: Some(floor),
        neighbours,
    }
}

/// Who never waits, and who waits for a network or a disk: what lies below is asked by messages, not called.
const NEVER: &[(&str, &[&str])] = &[
    ("app", &["graph", "auth", "store"]),
    ("ui", &["graph", "auth", "store"]),
];

/// Start-up code: besides tests, only this may import a room that has no floor.
const OPENERS: &[&str] = &["main", "cli"];

/// Where a crate, or a part of one, may be used. Every row that fits a path counts.
const HOMES: &[(&str, &[&str])] = &[
    // The screen.
    // A photo is drawn once, as cells, and kept by the model.
    ("ratatui", &["ui", "runtime", "app::editor", "app::photo"]),
    ("ratatui_image", &["runtime::photos"]),
    ("ratatui::crossterm", &["runtime"]),
    ("crossterm", &[]),
    ("ratatui_macros", &["ui"]),
    ("tui_textarea", &["app::editor"]),
    ("crokey", &["keys"]),
    ("nucleo_matcher", &["app", "runtime"]),
    // Bodies, and the one place that knows how wide text is.
    ("html2text", &["text"]),
    ("ammonia", &["text"]),
    ("pulldown_cmark", &["text"]),
    ("html5ever", &["text"]),
    ("linkify", &["text"]),
    ("textwrap", &["text"]),
    ("unicode_width", &["text"]),
    ("calcard", &["text::vcard"]),
    ("encoding_rs", &["text"]),
    // The network.
    // The demo tenant's own tests are a client of it.
    ("reqwest", &["graph", "auth", "demo::tests"]),
    ("oauth2", &["auth"]),
    (
        "image",
        &["demo::directory::portrait", "demo::tests", "runtime::photos"],
    ),
    ("hyper", &["demo", "auth::listener"]),
    // The doctor asks which proxy applies as the HTTP library does.
    (
        "hyper_util",
        &["demo", "auth::listener", "auth::doctor", "protocol::connection"],
    ),
    ("http_body_util", &["demo"]),
    ("flate2", &["demo"]),
    (
        "base64",
        &["graph", "demo", "auth::identity", "text", "runtime::photos::tests"],
    ),
    ("aws_lc_rs", &["demo", "store", "auth"]),
    ("tokio", &["graph", "auth", "store", "runtime", "cli", "demo"]),
    ("tokio_util", &["graph", "auth", "store", "runtime", "cli", "demo"]),
    ("futures_util", &["graph", "auth", "store", "runtime", "cli", "demo"]),
    ("fastrand", &["graph", "auth", "demo"]),
    ("uuid", &["graph", "store", "demo"]),
    // Files and the command line.
    ("rusqlite", &["store"]),
    ("toml", &["config", "demo::seed", "text::tests"]),
    ("toml_edit", &["config"]),
    ("directories", &["config"]),
    ("tempfile", &["config", "store", "runtime", "auth", "cli::completion"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("csv", &["cli", "demo::seed"]),
    ("mail_builder", &["runtime::export::mbox"]),
    ("terminal_size", &["cli"]),
    ("open", &["runtime", "cli", "auth::browser"]),
    ("tracing_subscriber", &["runtime"]),
    ("tracing_appender", &["runtime"]),
    // Secrets at rest.
    ("keyring_core", &["auth::vault::system"]),
    ("zbus_secret_service_keyring_store", &["auth::vault::system"]),
    ("linux_keyutils_keyring_store", &["auth::vault::system"]),
    ("apple_native_keyring_store", &["auth::vault::system"]),
    ("windows_native_keyring_store", &["auth::vault::system"]),
    ("zeroize", &["auth"]),
    // The world outside the process. Test code may touch it.
    ("std::env", &["config"]),
    ("std::fs", &["config", "store", "runtime", "cli", "auth::vault"]),
    ("std::net", &["graph", "auth", "runtime", "demo"]),
    ("rustix", &["runtime", "store::drafts", "auth::vault", "auth::command"]),
    ("std::process", &["runtime", "cli", "main", "auth::command"]),
];

/// Crates of plain values and pure functions.
const ANYWHERE: &[&str] = &[
    "jiff",
    "memchr",
    "percent_encoding",
    "secrecy",
    "serde",
    "serde_json",
    "strsim",
    "thiserror",
    "tracing",
    "unicode_segmentation",
    "url",
];

/// A source file: the path of its module, and its text.
struct Source {
    module: Vec<String>,
    text: String,
}

impl Source {
    /// `file` is relative to `src/`.
    fn new(file: &str, text: &str) -> Self {
        let stem = file.strip_suffix(".rs").unwrap();
        let stem = stem.strip_suffix("/mod").unwrap_or(stem);
        let module = if stem == "lib" {
            Vec::new()
        } else {
            stem.split('/').map(str::to_owned).collect()
        };
        Source {
            module,
            text: text.to_owned(),
        }
    }
}

/// Every import that runs upward or sideways, and every crate away from home.
fn violations(sources: &[Source]) -> Vec<String> {
    let tests: Vec<Vec<String>> = sources
        .iter()
        .flat_map(|s| tests_declared(&s.text, &s.module))
        .collect();
    let mut found = Vec::new();
    for source in sources {
        let is_test = tests.iter().any(|test| source.module.starts_with(test));
        for path in used(&source.text, &source.module) {
            let path = Used {
                in_test: path.in_test || is_test,
                ..path
            };
            if let Err(why) = judge(&source.module, &path) {
                found.push(format!(
                    "{}:{}: {}: {why}",
                    source.module.join("::"),
                    path.line,
                    path.segments.join("::")
                ));
            }
        }
    }
    found
}

fn judge(module: &[String], used: &Used) -> Result<(), String> {
    let here = module.join("::");
    let is_in = |homes: &[&str]| {
        homes
            .iter()
            .any(|home| here == *home || here.starts_with(&format!("{home}::")))
    };
    let whole = used.segments.join("::");
    if !used.ours {
        let away = |(name, homes): &&(&str, &[&str])| {
            let fits = whole == *name || whole.starts_with(&format!("{name}::"));
            fits && !is_in(homes) && !(used.in_test && name.starts_with("std::"))
        };
        return match HOMES.iter().find(away) {
            Some((name, homes)) => Err(format!("{name} may be used in {homes:?} only")),
            None => Ok(()),
        };
    }
    let from = module.first().map_or("lib", String::as_str);
    let to = used.segments.first().map_or("", String::as_str);
    if from == to {
        return Ok(());
    }
    let find = |name: &str| {
        ROOMS
            .iter()
            .find(|room| room.name == name)
            .ok_or_else(|| format!("there is no room {name:?}"))
    };
    match (find(from)?, find(to)?) {
        (_, Room { floor: None, .. }) if used.in_test || is_in(OPENERS) => Ok(()),
        (_, Room { floor: None, .. }) => Err(format!("only start-up code imports {to}")),
        (from, to)
            if NEVER
                .iter()
                .any(|(name, those)| *name == from.name && those.contains(&to.name)) =>
        {
            Err(format!(
                "{} never waits, and so asks {} by messages",
                from.name, to.name
            ))
        }
        (from, to) if to.floor < from.floor || from.neighbours.contains(&to.name) => Ok(()),
        (from, to) => Err(format!(
            "{} is on floor {:?}, {} on floor {:?}",
            from.name, from.floor, to.name, to.floor
        )),
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn tree() -> Vec<Source> {
    fn gather(folder: &Path, files: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                gather(&path, files);
            } else if path.extension().is_some_and(|e| e == "rs") {
                files.push(path);
            }
        }
    }
    let src = root().join("src");
    let mut files = Vec::new();
    gather(&src, &mut files);
    let name = |file: &Path| file.strip_prefix(&src).unwrap().to_str().unwrap().replace('\\', "/");
    files
        .iter()
        .map(|file| Source::new(&name(file), &fs::read_to_string(file).unwrap()))
        .collect()
}

#[test]
fn every_import_runs_downward_and_every_crate_is_at_home() {
    let sources = tree();
    assert!(sources.len() > 30, "the tree was read");
    let found = violations(&sources);
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn every_room_has_a_row_and_every_row_a_room() {
    let there: BTreeSet<String> = tree()
        .iter()
        .filter_map(|source| source.module.first().cloned())
        .collect();
    let known: BTreeSet<String> = ROOMS.iter().map(|room| room.name.to_owned()).collect();
    assert_eq!(there, known);
}

#[test]
fn the_map_in_lib_rs_names_every_room_on_its_floor() {
    let lib = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let mut map = BTreeMap::new();
    for row in lib.lines().filter_map(|line| line.strip_prefix("//! | ")) {
        let mut cells = row.split(" | ");
        let (Some(floor), Some(names)) = (cells.next(), cells.next()) else {
            continue;
        };
        for name in names.split('`').skip(1).step_by(2) {
            let floor = if floor == "–" {
                None
            } else {
                Some(floor.parse::<u8>().unwrap())
            };
            assert_eq!(
                map.insert(name.trim_end_matches(".rs").to_owned(), floor),
                None,
                "{name} is on the map twice"
            );
        }
    }
    let rooms: BTreeMap<_, _> = ROOMS.iter().map(|room| (room.name.to_owned(), room.floor)).collect();
    assert_eq!(map, rooms);
}

#[test]
fn every_dependency_has_a_home() {
    let manifest: toml::Table = fs::read_to_string(root().join("Cargo.toml")).unwrap().parse().unwrap();
    let platforms = manifest
        .get("target")
        .and_then(toml::Value::as_table)
        .into_iter()
        .flat_map(|t| t.values());
    let tables = platforms
        .map(|t| t.get("dependencies"))
        .chain([manifest.get("dependencies")]);
    for name in tables.flatten().flat_map(|table| table.as_table().unwrap().keys()) {
        let name = name.replace('-', "_");
        let is_known = ANYWHERE.contains(&name.as_str()) || HOMES.iter().any(|(home, _)| *home == name);
        assert!(is_known, "say in tests/layers.rs where {name} may be used");
    }
}
