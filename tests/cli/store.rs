//! `folkmoot store`: what is kept, where, how big it is, and that it can be removed.

use std::fs;
use std::path::PathBuf;

use folkmoot::domain::{Id, Person};
use folkmoot::protocol::{Payload, Query};
use folkmoot::store::Store;
use serde_json::Value;

use crate::support::{Ran, folkmoot, ran};

/// A home whose profile keeps two people, and its state folder.
fn home() -> (tempfile::TempDir, PathBuf) {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join(".local/state/folkmoot/default");
    let (mut store, _) = Store::open(&folder.join("store-1.db")).unwrap();
    let people = ["a", "b"].map(|id| Person {
        id: Id::new(id),
        ..Person::default()
    });
    let query = Query::People { term: "a".to_owned() };
    let (page, total) = (people.to_vec().into(), None);
    let now = "2026-11-21T12:00:00Z".parse().unwrap();
    store.keep(&query, &[Payload::People { page, total }], now).unwrap();
    (home, folder)
}

#[test]
fn what_is_kept_can_be_seen_and_removed() {
    let (home, folder) = home();
    let run = |args: &[&str]| -> Ran {
        let ran = ran(folkmoot(home.path()).args(args));
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        ran
    };
    let json = |args: &[&str]| -> Value { serde_json::from_str(&run(args).stdout).unwrap() };
    fs::write(
        folder.join("store-2.db"),
        "no database, but as long as the header of one would be",
    )
    .unwrap();
    let status = run(&["store", "status"]);
    assert!(
        status.stderr.contains("put aside as store-2.db.corrupt-"),
        "{}",
        status.stderr
    );
    let status = run(&["store", "status"]);
    assert!(
        status.stdout.contains("2 people, 0 groups") && status.stdout.contains("put aside"),
        "{}",
        status.stdout
    );
    let facts = json(&["store", "status", "--json"]);
    assert_eq!(
        (&facts["enabled"], &facts["stores"][0]["people"]),
        (&true.into(), &2.into())
    );
    assert_eq!(facts["put_aside"].as_array().map(Vec::len), Some(1));
    assert!(facts["bytes"].as_u64().unwrap() > 0);
    let info = json(&["info", "--json"]);
    assert_eq!(info["store"], folder.join("store-*.db").display().to_string());
    let info = run(&["info"]).stdout;
    assert!(
        info.lines()
            .any(|line| line.starts_with("store ") && line.ends_with(" MB)")),
        "{info}"
    );

    let removed = json(&["store", "clear", "--json"]);
    assert_eq!(removed["removed_bytes"], facts["bytes"]);
    assert!(run(&["store", "clear"]).stderr.contains("nothing to remove"));
    assert_eq!(run(&["store", "status"]).stdout, "Nothing is kept yet.\n");
    let left: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert!(
        left.iter().all(|name| name.to_str().unwrap().ends_with(".lock")),
        "{left:?}"
    );
}

#[test]
fn each_profile_has_its_own_and_the_config_file_turns_it_off() {
    let (home, folder) = home();
    fs::write(home.path().join("c.toml"), "[store]\nenabled = false\n").unwrap();
    let out = |args: &[&str]| ran(folkmoot(home.path()).args(args)).stdout;
    assert_eq!(
        out(&["--profile", "other", "store", "status"]),
        "Nothing is kept yet.\n"
    );
    assert_eq!(out(&["--demo", "store", "status"]), "Nothing is kept yet.\n");
    ran(folkmoot(home.path()).args(["--demo", "store", "clear"]));
    assert!(folder.join("store-1.db").exists());
    let status = out(&["-c", "c.toml", "store", "status"]);
    assert!(
        status.starts_with("What is read is not kept") && status.contains("2 people"),
        "{status}"
    );
    assert!(out(&["-c", "c.toml", "info"]).contains("(turned off; "));
}
