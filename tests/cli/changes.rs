//! Threads locked and unlocked, threads and conversations deleted.

use std::fs;

use serde_json::Value;

use crate::support::{Desk, LAUNCH, desk, faulty, topics};

/// A thread of the launch group.
const PROOFS: &str = "Packaging proofs, round 3 (three files)";

#[test]
fn a_thread_is_locked_and_unlocked() {
    let desk = desk();
    let locked = || {
        desk.json(&["thread", "show", LAUNCH, "packaging proofs"])["isLocked"]
            .as_bool()
            .unwrap()
    };
    let planned = desk.out(&["thread", "lock", LAUNCH, "packaging proofs", "--dry-run"]);
    assert!(
        planned.starts_with("would lock the thread “Packaging proofs, round 3 (three files)” of “")
            && planned.contains("\nPATCH /groups/")
            && planned.ends_with("\n{\"isLocked\":true}\n"),
        "{planned}"
    );
    assert!(!locked());
    for (command, is_locked) in [("lock", true), ("unlock", false)] {
        let ran = desk.run(&["thread", command, LAUNCH, "packaging proofs"]);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), ""), "{}", ran.stderr);
        assert!(
            ran.stderr
                .starts_with(&format!("{command}ed: the thread “Packaging proofs")),
            "{}",
            ran.stderr
        );
        assert_eq!(locked(), is_locked);
    }
    let done = desk.json(&["thread", "lock", LAUNCH, "packaging proofs"]);
    assert_eq!(
        (done["kind"].as_str(), done["outcome"].as_str()),
        (Some("change"), Some("done"))
    );
    let refused = desk.run(&["thread", "unlock", LAUNCH, "packaging proofs", "--read-only"]);
    assert_eq!(refused.code, Some(2), "{}", refused.stderr);
    assert!(locked());
}

#[test]
fn deleting_asks_and_nobody_there_means_no() {
    let desk = desk();
    let before = topics(&desk);
    for (args, says) in [
        (&["thread", "delete", LAUNCH, "packaging proofs"][..], "Give --yes"),
        (&["conversation", "delete", LAUNCH, "packaging proofs"], "Give --yes"),
        (
            &["thread", "delete", LAUNCH, PROOFS, "--yes", "--read-only"],
            "--read-only",
        ),
    ] {
        let ran = desk.run(args);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{}", ran.stderr);
        assert!(ran.stderr.contains(says), "{}", ran.stderr);
    }
    let planned = desk.out(&[
        "conversation",
        "delete",
        LAUNCH,
        "packaging proofs",
        "--dry-run",
        "--read-only",
    ]);
    assert!(planned.contains("with 1 thread\nDELETE /groups/"), "{planned}");
    assert_eq!(topics(&desk), before);

    let ran = desk.run(&["thread", "delete", LAUNCH, PROOFS, "--yes"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(
        ran.stderr.starts_with("deleted: the thread “Packaging proofs"),
        "{}",
        ran.stderr
    );
    assert_eq!(topics(&desk).len(), before.len() - 1);
    let go = whole(&before, "go / no-go");
    let ran = desk.run(&["conversation", "delete", LAUNCH, &go, "--yes"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let left = topics(&desk);
    assert!(!left.iter().any(|topic| topic.contains("go / no-go")) && left.len() == before.len() - 2);
    let gone = desk.run(&["thread", "delete", LAUNCH, PROOFS, "--yes"]);
    assert_eq!(gone.code, Some(5), "{}", gone.stderr);
}

/// The topic that has this in it.
fn whole(topics: &[String], part: &str) -> String {
    let has_it = |topic: &&String| topic.to_lowercase().contains(part);
    topics.iter().find(has_it).unwrap().clone()
}

#[test]
fn a_part_of_a_topic_deletes_nothing_unasked() {
    let desk = desk();
    let before = topics(&desk);
    for noun in ["thread", "conversation"] {
        let ran = desk.run(&[noun, "delete", LAUNCH, "packaging proofs", "--yes"]);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{}", ran.stderr);
        assert!(
            ran.stderr.contains("is only a part of a topic") && ran.stderr.contains(PROOFS),
            "{}",
            ran.stderr
        );
        assert_eq!(topics(&desk), before);
    }
    // A second run of what has deleted one by its whole topic finds nothing that the topic is a part of.
    let longer = format!("{PROOFS} and more");
    let args = [
        "conversation",
        "new",
        LAUNCH,
        "--topic",
        &longer,
        "--body",
        "hello",
        "--yes",
    ];
    let ran = desk.run(&args);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let delete = || desk.run(&["thread", "delete", LAUNCH, PROOFS, "--yes"]);
    assert_eq!(delete().code, Some(0));
    let again = delete();
    assert_eq!(again.code, Some(2), "{}", again.stderr);
    assert!(topics(&desk).contains(&longer));
}

/// A deletion that happens, and whose answer never comes.
fn losing_the_answer(noun: &str) -> Desk {
    faulty(&format!("DELETE /groups/*/{noun}/*@1=drop"))
}

#[test]
fn what_may_have_happened_is_said_and_is_not_done_to_another() {
    for noun in ["thread", "conversation"] {
        let desk = losing_the_answer(&format!("{noun}s"));
        let before = topics(&desk);
        // Nobody has seen a number yet.
        let delete = |more: &[&str]| desk.run(&[&[noun, "delete", LAUNCH, "2", "--yes"], more].concat());
        let unseen = delete(&[]);
        assert_eq!(
            (unseen.code, unseen.stdout.as_str()),
            (Some(2), ""),
            "{}",
            unseen.stderr
        );
        assert!(
            unseen
                .stderr
                .contains(&format!("List them first with `folkmoot {noun} list`")),
            "{}",
            unseen.stderr
        );
        assert_eq!(topics(&desk), before);

        desk.out(&[noun, "list", LAUNCH]);
        let ran = delete(&["--json"]);
        assert_eq!(ran.code, Some(9), "{}", ran.stderr);
        let told: Value = serde_json::from_str(&ran.stdout).unwrap();
        assert_eq!(told["outcome"], "unknown");
        let look = format!("\n  Whether it has happened is not known. Look first: `folkmoot {noun} show ");
        assert!(
            ran.stderr.contains(&look) && !ran.stderr.contains("Try again"),
            "{}",
            ran.stderr
        );
        let left = topics(&desk);
        assert_eq!(left.len(), before.len() - 1, "it has happened");
        let command = ran.stderr.split('`').nth(1).unwrap();
        let command: Vec<&str> = command.split(' ').skip(1).collect();
        assert_eq!(desk.run(&command).code, Some(5), "{command:?}");
        let again = delete(&[]);
        assert_eq!(again.code, Some(5), "{}", again.stderr);
        assert_eq!(topics(&desk), left);

        // Nor does an old list tell what a number is, nor a list that is shorter.
        let file = desk.home.path().join(".local/state/folkmoot/default/listings.json");
        let mut kept: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        kept[0]["at"] = "2020-01-01T00:00:00Z".into();
        fs::write(&file, kept.to_string()).unwrap();
        let old = delete(&[]);
        assert!(
            old.code == Some(2) && old.stderr.contains("is old: 2 may be another by now"),
            "{}",
            old.stderr
        );
        for number in ["0", "99", "99999999999999999999999"] {
            let none = desk.run(&[noun, "delete", LAUNCH, number, "--yes"]);
            assert_eq!(none.code, Some(2), "{}", none.stderr);
        }
        assert_eq!(topics(&desk), left);
    }
}

#[test]
fn a_server_that_fails_may_have_done_it() {
    let desk = faulty("PATCH /groups/**@*=500");
    let ran = desk.run(&["thread", "lock", LAUNCH, "packaging proofs"]);
    assert_eq!(ran.code, Some(9), "{}", ran.stderr);
    assert!(
        ran.stderr.contains("is not known. Look first: `folkmoot thread show ") && !ran.stderr.contains("Try again"),
        "{}",
        ran.stderr
    );
}

#[test]
fn a_dry_run_prints_the_request_that_is_sent() {
    let desk = desk();
    let (name, go) = (PROOFS, whole(&topics(&desk), "go / no-go"));
    for (args, body) in [
        (&["thread", "lock", LAUNCH, name][..], r#"{"isLocked":true}"#),
        (&["thread", "unlock", LAUNCH, name], r#"{"isLocked":false}"#),
        (&["group", "seen", LAUNCH], "null"),
        (&["thread", "delete", LAUNCH, name, "--yes"], "null"),
        (&["conversation", "delete", LAUNCH, &go, "--yes"], "null"),
    ] {
        let planned = desk.json(&[args, &["--dry-run"]].concat());
        assert_eq!(planned["outcome"], "planned");
        assert_eq!(planned["body"].to_string(), body, "{args:?}");
        let in_words = desk.out(&[args, &["--dry-run"]].concat());
        let line = planned["request"].as_str().unwrap();
        assert!(in_words.contains(&format!("\n{line}\n")), "{in_words}");
        desk.json(args);
        let sent = desk
            .tenant
            .requests()
            .into_iter()
            .rfind(|seen| seen.method != "GET")
            .unwrap();
        assert_eq!(
            line,
            format!("{} {}", sent.method, sent.path.strip_prefix("/v1.0").unwrap())
        );
    }
}
