//! Threads locked and unlocked, threads and conversations deleted.

use folkmoot::demo::Options;

use crate::support::{LAUNCH, desk, desk_with, topics};

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
            && planned.contains("\nPATCH /groups/"),
        "{planned}"
    );
    assert!(!locked());
    for (command, is_locked) in [("lock", true), ("unlock", false)] {
        let ran = desk.run(&["thread", command, LAUNCH, "packaging proofs"]);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), ""), "{}", ran.stderr);
        assert!(
            ran.stderr.starts_with(&format!("done: {command} the thread")),
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
            &["thread", "delete", LAUNCH, "packaging proofs", "--yes", "--read-only"],
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

    let ran = desk.run(&["thread", "delete", LAUNCH, "packaging proofs", "--yes"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(
        ran.stderr.starts_with("done: delete the thread “Packaging proofs"),
        "{}",
        ran.stderr
    );
    assert_eq!(topics(&desk).len(), before.len() - 1);
    let ran = desk.run(&["conversation", "delete", LAUNCH, "go / no-go", "--yes"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let left = topics(&desk);
    assert!(!left.iter().any(|topic| topic.contains("go / no-go")) && left.len() == before.len() - 2);
    let gone = desk.run(&["thread", "delete", LAUNCH, "packaging proofs", "--yes"]);
    assert_eq!(gone.code, Some(5), "{}", gone.stderr);
}

#[test]
fn what_may_have_happened_is_said() {
    let desk = desk_with(Options {
        faults: vec!["DELETE /groups/**@*=500".parse().unwrap()],
        ..Options::default()
    });
    let ran = desk.run(&["thread", "delete", LAUNCH, "packaging proofs", "--yes"]);
    assert_eq!(ran.code, Some(8), "{}", ran.stderr);
    assert!(
        ran.stderr
            .contains("Whether it has happened is not known; `folkmoot thread show "),
        "{}",
        ran.stderr
    );
}
