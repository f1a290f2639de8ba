//! Drafts in one process.

mod damage;
mod lending;
mod locks;
mod one;
mod processes;

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::*;
use crate::domain::{Enclosed, Enclosure, Field, Format, Id, Kind, Recipient, Target, Unfinished, Writer};

/// Wide, combining, joined and right-to-left text, with line breaks and what a terminal would act on.
const TEXT: &str =
    "山田さん、\r\ncafe\u{301} 👩\u{200d}👩\u{200d}👧 می\u{200c}خواهم שלום \u{202e}rtl\t\u{1b}[31m\u{0}\n  end  \n";

fn draft(id: &str, text: &str) -> Draft {
    Draft {
        id: DraftId(id.to_owned()),
        target: Target {
            group: Id::new("02bd9fd6-8f93-4758-87c3-1fb73740a315"),
            kind: Kind::Reply {
                thread: Id::new("AAQkADg3+/="),
                post: Some(Id::new("AAMkADg3")),
            },
            group_name: "マーケティング".to_owned(),
            topic: "תוכנית השבוע".to_owned(),
            quoted: Some("<p>so said</p>".to_owned()),
        },
        text: text.to_owned(),
        with: Enclosed::default(),
        state: DraftState::Writing,
        begun: "2026-11-21T08:00:00Z".parse().unwrap(),
        writer: None,
    }
}

fn sending(id: &str, text: &str) -> Draft {
    let since = "2026-11-21T08:01:00Z".parse().unwrap();
    Draft {
        state: DraftState::Sending { since },
        ..draft(id, text)
    }
}

fn temp() -> (TempDir, PathBuf) {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("state/work/drafts");
    (root, folder)
}

fn open(folder: &Path) -> Opened {
    Drafts::open(folder).unwrap()
}

/// The names in the folder, but for its own lock.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<_> = entries.filter(|name| name != ".lock").collect();
    names.sort();
    names
}

fn only_path(opened: &Opened) -> &Path {
    assert_eq!(opened.unreadable.len(), 1, "{:?}", opened.unreadable);
    &opened.unreadable[0]
}

#[test]
fn a_draft_comes_back_exactly_as_typed() {
    let (_root, folder) = temp();
    let huge = TEXT.repeat(3000);
    assert!(huge.len() > 200_000);
    for (id, text) in [("one", TEXT), ("two", ""), ("three", huge.as_str())] {
        let written = draft(id, text);
        let opened = open(&folder);
        opened.drafts.save(&written).unwrap();
        drop(opened);
        let opened = open(&folder);
        assert_eq!(opened.mine, [written]);
        opened.drafts.remove(&opened.mine[0].id).unwrap();
        assert_eq!(names(&folder), [""; 0]);
    }
}

#[test]
fn the_newest_save_wins_and_leaves_nothing_beside_it() {
    let (_root, folder) = temp();
    let opened = open(&folder);
    for text in ["a", "ab", "a"] {
        opened.drafts.save(&draft("one", text)).unwrap();
    }
    opened.drafts.save_durably(&sending("one", "ab")).unwrap();
    assert_eq!(names(&folder), ["one.json", "one.lock"]);
    drop(opened);
    assert_eq!(open(&folder).mine, [sending("one", "ab")]);
}

#[test]
fn drafts_come_oldest_first() {
    let (_root, folder) = temp();
    let opened = open(&folder);
    let younger = Draft {
        begun: "2026-11-21T09:00:00Z".parse().unwrap(),
        ..draft("a", "younger")
    };
    opened.drafts.save(&younger).unwrap();
    opened.drafts.save(&draft("c", "old")).unwrap();
    opened.drafts.save(&draft("b", "old")).unwrap();
    drop(opened);
    assert_eq!(open(&folder).mine, [draft("b", "old"), draft("c", "old"), younger]);
}

#[test]
fn new_ids_are_unlike_each_other_and_name_files() {
    let ids: HashSet<_> = (0..10_000).map(|_| Drafts::new_id()).collect();
    assert_eq!(ids.len(), 10_000);
    let (_root, folder) = temp();
    let opened = open(&folder);
    for id in ids.into_iter().take(3) {
        opened.drafts.save(&Draft { id, ..draft("", "x") }).unwrap();
    }
    drop(opened);
    assert_eq!(open(&folder).mine.len(), 3);
}

#[test]
fn no_id_leads_out_of_the_folder() {
    let (root, folder) = temp();
    let opened = open(&folder);
    let long = "x".repeat(101);
    for id in [
        "",
        ".",
        "..",
        "../x",
        "a/b",
        "a\\b",
        "/etc/passwd",
        ".lock",
        "a.b",
        "-a",
        "a\0",
        "a\u{1b}[m",
        "日本",
        &long,
    ] {
        for refused in [
            opened.drafts.save(&draft(id, "x")),
            opened.drafts.remove(&DraftId(id.to_owned())),
        ] {
            assert!(matches!(refused, Err(DraftsError::BadName(_))), "{id:?}: {refused:?}");
            assert!(!refused.unwrap_err().problem().what.is_empty());
        }
    }
    assert_eq!(names(&folder), [""; 0]);
    assert_eq!(names(root.path()), ["state"]);
}

#[test]
fn what_the_first_folkmoot_wrote_is_read_and_it_can_read_what_we_write_of_a_plain_reply() {
    let (_root, folder) = temp();
    drop(open(&folder));
    let old = serde_json::json!({
        "id": "one",
        "target": {
            "group": "02bd9fd6-8f93-4758-87c3-1fb73740a315",
            "thread": "AAQkADg3+/=",
            "post": "AAMkADg3",
            "group_name": "マーケティング",
            "topic": "תוכנית השבוע",
            "quoted": "<p>so said</p>"
        },
        "text": TEXT,
        "state": { "state": "writing" },
        "begun": "2026-11-21T08:00:00Z",
        "version": 1
    });
    let path = folder.join("one.json");
    let lies = || serde_json::from_slice::<serde_json::Value>(&fs::read(&path).unwrap()).unwrap();
    fs::write(&path, serde_json::to_vec(&old).unwrap()).unwrap();
    let opened = open(&folder);
    assert_eq!(opened.mine, [draft("one", TEXT)]);
    opened.drafts.save(&draft("one", TEXT)).unwrap();
    assert_eq!(lies(), old);

    let since = "2026-11-21T08:01:00Z".parse().unwrap();
    let mut more = draft("one", TEXT);
    more.state = DraftState::Queued {
        since,
        tried: true,
        until: None,
    };
    opened.drafts.save_durably(&more).unwrap();
    assert_eq!(lies()["version"], 2, "the first folkmoot knows no queue");
    assert_eq!(
        lies()["state"].get("until"),
        None,
        "as it was before Graph's wish for quiet was kept"
    );
    drop(opened);
    let opened = open(&folder);
    assert_eq!(opened.mine, [more.clone()]);
    let until = Some("2026-11-21T09:01:00Z".parse().unwrap());
    more.state = DraftState::Queued {
        since,
        tried: true,
        until,
    };
    opened.drafts.save_durably(&more).unwrap();
    drop(opened);
    assert_eq!(open(&folder).mine, [more]);
}

#[test]
fn who_wrote_a_draft_is_kept_and_an_older_folkmoot_goes_on_with_it() {
    let (_root, folder) = temp();
    let signed = Draft {
        writer: Some(Writer {
            id: "ines".into(),
            name: "Ines 花子".into(),
            addresses: vec!["ines@folk.example".into()],
        }),
        ..draft("one", TEXT)
    };
    let opened = open(&folder);
    opened.drafts.save(&signed).unwrap();
    drop(opened);
    assert_eq!(open(&folder).mine, [signed]);
    let json: serde_json::Value = serde_json::from_slice(&fs::read(folder.join("one.json")).unwrap()).unwrap();
    assert_eq!((&json["version"], &json["writer"]["id"]), (&1.into(), &"ines".into()));
}

#[test]
fn every_kind_of_draft_comes_back_as_it_was() {
    let (_root, folder) = temp();
    let opened = open(&folder);
    let (thread, post) = (Id::new("AAQk+/="), Id::new("AAMk+/="));
    let conversation = Id::new("AAQkC");
    let with = Enclosed {
        format: Format::Markdown,
        signature: Some("花子".into()),
        people: vec![Recipient {
            name: "Ada שלום".into(),
            address: "ada@folk.example".into(),
        }],
        categories: vec!["緊急".into()],
        attachments: vec![Enclosure {
            path: "/home/花子/名簿.csv".into(),
            name: "名簿.csv".into(),
            size: 3,
            modified: "2026-11-21T07:00:00Z".parse().unwrap(),
            digest: "00ff".into(),
        }],
        unfinished: Some(Unfinished {
            field: Field::People,
            words: "עדה Ada".into(),
        }),
    };
    let kinds = [
        ("a", Kind::Conversation),
        ("b", Kind::Thread { conversation }),
        ("c", Kind::Forward { thread, post }),
    ];
    let mut drafts = Vec::new();
    for (id, kind) in kinds {
        let mut draft = draft(id, TEXT);
        draft.target.kind = kind;
        drafts.push(draft.clone());
        opened.drafts.save(&draft).unwrap();
    }
    drafts[0].with = with;
    opened.drafts.save(&drafts[0]).unwrap();
    drop(opened);
    let opened = open(&folder);
    assert_eq!(opened.mine, drafts);
    drafts[0].with = Enclosed::default();
    opened.drafts.save(&drafts[0]).unwrap();
    drop(opened);
    assert_eq!(open(&folder).mine, drafts, "what was taken away stays away");
    for (id, missing) in [("b", "conversation"), ("c", "post")] {
        let path = folder.join(format!("{id}.json"));
        let mut json: serde_json::Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        json["target"].as_object_mut().unwrap().remove(missing).unwrap();
        fs::write(&path, serde_json::to_vec(&json).unwrap()).unwrap();
    }
    assert_eq!(open(&folder).unreadable.len(), 2);
}

#[cfg(unix)]
#[test]
fn nobody_else_can_look() {
    use std::os::unix::fs::PermissionsExt;
    let (root, folder) = temp();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o7777;
    fs::create_dir_all(&folder).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    let opened = open(&folder);
    opened.drafts.save(&draft("one", "x")).unwrap();
    opened.drafts.save_durably(&draft("one", "x")).unwrap();
    assert_eq!(mode(&folder), 0o700);
    for name in [".lock", "one.json", "one.lock"] {
        assert_eq!(mode(&folder.join(name)), 0o600, "{name}");
    }
    let other = root.path().join("a/b/drafts");
    open(&other);
    assert_eq!(other.ancestors().take(3).map(mode).collect::<Vec<_>>(), [0o700; 3]);
}

#[test]
fn debug_does_not_tell_what_was_typed() {
    let (_root, folder) = temp();
    let opened = open(&folder);
    opened.drafts.save(&draft("one", "x")).unwrap();
    drop(opened);
    let path = folder.join("one.json");
    let json = fs::read_to_string(&path)
        .unwrap()
        .replacen('{', "{\"words\":\"secret\",", 1);
    fs::write(&path, json).unwrap();
    let opened = open(&folder);
    assert_eq!(opened.mine, [draft("one", "x")]);
    let debug = format!("{:?}", opened.drafts);
    assert!(debug.contains("Writing") && !debug.contains("secret"), "{debug}");
}
