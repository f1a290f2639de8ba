//! What was seen and read: Graph's count of a group, and folkmoot's own marks.

use std::fs;

use folkmoot::domain::{Id, Thread};
use folkmoot::protocol::Marks;
use folkmoot::store::{Store, files};
use serde_json::Value;

use crate::stub::Stub;
use crate::support::{Desk, Ran, desk};

const LAUNCH: &str = "lantern-launch";

fn done(ran: &Ran, said: &str) {
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), ""), "{}", ran.stderr);
    assert!(ran.stderr.starts_with(said), "{}", ran.stderr);
}

fn group(desk: &Desk) -> Id {
    Id::new(desk.json(&["group", "show", LAUNCH])["id"].as_str().unwrap())
}

/// Graph's count of what is new in the group.
fn count(desk: &Desk, group: &Id) -> u64 {
    let path = format!("/groups/{}?$select=unseenCount", group.as_str());
    let answer: Value = serde_json::from_str(&desk.out(&["api", "GET", &path])).unwrap();
    answer["unseenCount"].as_u64().unwrap()
}

fn resets(desk: &Desk) -> usize {
    let requests = desk.tenant.requests();
    requests
        .iter()
        .filter(|seen| seen.path.ends_with("/resetUnseenCount"))
        .count()
}

/// The marks of the group, as the screen would find them.
fn marks(desk: &Desk, group: &Id) -> Marks {
    let folder = desk.home.path().join(".local/state/folkmoot/default");
    let files = files(&folder).unwrap();
    let [file] = files
        .iter()
        .filter(|(file, _)| file.extension().is_some_and(|end| end == "db"))
        .collect::<Vec<_>>()[..]
    else {
        panic!("{files:?}")
    };
    Store::open(&file.0).unwrap().0.marks(group).unwrap()
}

#[test]
fn a_group_is_seen_at_graph() {
    let desk = desk();
    let group = group(&desk);
    assert!(count(&desk, &group) > 0);
    let planned = desk.out(&["group", "seen", LAUNCH, "--dry-run"]);
    let request = format!("POST /groups/{}/resetUnseenCount", group.as_str());
    assert!(
        planned.starts_with("would mark as seen the conversations of “") && planned.contains(&request),
        "{planned}"
    );
    let refused = desk.run(&["group", "seen", LAUNCH, "--read-only"]);
    assert_eq!(refused.code, Some(2));
    assert!(refused.stderr.contains("--read-only"), "{}", refused.stderr);
    assert_eq!(resets(&desk), 0);
    done(
        &desk.run(&["group", "seen", LAUNCH]),
        "marked as seen: the conversations of “",
    );
    assert_eq!((resets(&desk), count(&desk, &group)), (1, 0));
    let told = desk.run(&["group", "seen", LAUNCH, "--json"]);
    let told: Value = serde_json::from_str(&told.stdout).unwrap();
    assert_eq!(told["outcome"], "done");
}

#[test]
fn ones_own_post_makes_nothing_unread() {
    let desk = desk();
    let group = group(&desk);
    let newest = || {
        let listed = desk.json(&["thread", "list", LAUNCH]);
        serde_json::from_value::<Vec<Thread>>(listed).unwrap().swap_remove(0)
    };
    let is_unread = |thread: &Thread| marks(&desk, &group).is_unread(thread);
    done(&desk.run(&["thread", "mark", LAUNCH, "1", "--read"]), "marked as read");
    let thread = newest();
    let reply = ["thread", "reply", LAUNCH, thread.id.as_str(), "--yes", "--body"];
    done(
        &desk.run(&[&reply[..], &["灯籠 one"]].concat()),
        "sent: a reply to the thread “",
    );
    let answered = newest();
    assert_eq!(answered.id, thread.id);
    assert!(answered.last_delivered_date_time > thread.last_delivered_date_time);
    assert!(!is_unread(&answered));
    // What was not read stays so.
    let unread = ["thread", "mark", LAUNCH, thread.id.as_str(), "--unread"];
    done(&desk.run(&unread), "marked as unread");
    done(&desk.run(&[&reply[..], &["灯籠 two"]].concat()), "sent: ");
    assert!(is_unread(&newest()));
}

#[test]
fn a_thread_is_marked_where_the_screen_keeps_its_marks() {
    let desk = desk();
    let group = group(&desk);
    let listed = desk.json(&["thread", "list", LAUNCH]);
    let threads: Vec<Thread> = serde_json::from_value(listed).unwrap();
    let before = desk.tenant.requests().len();
    let mark = |number: &str, how: &str| desk.run(&["--read-only", "thread", "mark", LAUNCH, number, how]);
    done(&mark("1", "--unread"), "marked as unread: the thread “");
    done(&mark("2", "--read"), "marked as read: the thread “");
    let known = marks(&desk, &group);
    assert_eq!(known.since, None, "the group was not opened yet");
    assert_eq!(
        [&threads[0], &threads[1]].map(|thread| known.is_unread(thread)),
        [true, false]
    );
    assert_eq!(known.up_to(&threads[1].id), threads[1].last_delivered_date_time);
    done(&mark("1", "--read"), "marked as read: ");
    let told = desk.json(&["thread", "mark", LAUNCH, "2", "--unread"]);
    assert_eq!(told["marked"], "unread");
    assert_eq!(told["thread"], threads[1].id.as_str());
    let known = marks(&desk, &group);
    assert_eq!(
        [&threads[0], &threads[1]].map(|thread| known.is_unread(thread)),
        [false, true]
    );
    for list in ["thread", "conversation"] {
        let rows = desk.out(&[list, "list", LAUNCH, "-o", "tsv", "--select", "#,marks,topic"]);
        let rows: Vec<&str> = rows.lines().collect();
        assert!(
            !rows[1].contains("unread") && rows[2].starts_with("2\tunread"),
            "{rows:?}"
        );
        let task = rows.iter().find(|row| row.contains("Comments on task")).unwrap();
        assert!(task.contains("\ttask\t"), "{task}");
    }
    let asked = desk.tenant.requests();
    assert!(
        asked[before..].iter().all(|seen| seen.method == "GET"),
        "nothing is changed at Graph"
    );
}

const GROUP: &str = "6d5e0caa-a0f5-4d40-a9bc-ab1b0c14d341";

/// A group of which two conversations got something in the same second.
fn twins(path: &str) -> (u16, &'static str) {
    let path = path
        .split_once("/groups/6d5e0caa-a0f5-4d40-a9bc-ab1b0c14d341")
        .unwrap()
        .1;
    let body = match path.split(['?']).next().unwrap() {
        "" => r#"{"id":"6d5e0caa-a0f5-4d40-a9bc-ab1b0c14d341","displayName":"G","groupTypes":["Unified"]}"#,
        "/threads/AAQkThreadOfTheFirst01" => {
            r#"{"id":"AAQkThreadOfTheFirst01","topic":"first","lastDeliveredDateTime":"2026-11-21T12:00:00Z"}"#
        }
        "/conversations" => {
            r#"{"value":[
            {"id":"AAQkTheFirst0123456789","topic":"first","lastDeliveredDateTime":"2026-11-21T12:00:00Z"},
            {"id":"AAQkTheSecond123456789","topic":"second","lastDeliveredDateTime":"2026-11-21T12:00:00Z"}]}"#
        }
        "/conversations/AAQkTheFirst0123456789/threads" => r#"{"value":[{"id":"AAQkThreadOfTheFirst01"}]}"#,
        "/conversations/AAQkTheSecond123456789/threads" => r#"{"value":[{"id":"AAQkThreadOfTheSecond1"}]}"#,
        other => panic!("{other}"),
    };
    (200, body)
}

#[test]
fn conversations_of_one_second_are_told_apart() {
    let stub = Stub::answering(twins);
    let mark = ["thread", "mark", GROUP, "AAQkThreadOfTheFirst01", "--unread"];
    done(&stub.run(&mark), "marked as unread: ");
    let listed = stub.run(&["conversation", "list", GROUP, "-o", "tsv", "--select", "marks,topic"]);
    assert_eq!(
        listed.stdout, "marks\ttopic\nunread\tfirst\n\tsecond\n",
        "{}",
        listed.stderr
    );
}

#[test]
fn what_a_limit_leaves_out_has_no_number() {
    // It sends more than it was asked for.
    let stub = Stub::answering(twins);
    let listed = stub.run(&[
        "conversation",
        "list",
        GROUP,
        "-o",
        "tsv",
        "--select",
        "topic",
        "--limit",
        "1",
    ]);
    assert_eq!(listed.stdout, "topic\nfirst\n", "{}", listed.stderr);
    let ran = stub.run(&["conversation", "delete", GROUP, "2", "--dry-run"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{}", ran.stderr);
    assert!(ran.stderr.contains("has told you what 2 is"), "{}", ran.stderr);
}

#[test]
fn a_mark_is_one_of_two_and_needs_a_place() {
    let desk = desk();
    for more in [&[][..], &["--read", "--unread"]] {
        let ran = desk.run(&[&["thread", "mark", LAUNCH, "1"], more].concat());
        assert_eq!(ran.code, Some(2), "{more:?}");
        assert!(
            ran.stderr.contains("--read") && ran.stderr.contains("--unread"),
            "{}",
            ran.stderr
        );
    }
    let config = desk.home.path().join(".config/folkmoot");
    fs::create_dir_all(&config).unwrap();
    fs::write(config.join("config.toml"), "[store]\nenabled = false\n").unwrap();
    let ran = desk.run(&["thread", "mark", LAUNCH, "1", "--read"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(10), ""), "{}", ran.stderr);
    assert!(ran.stderr.contains("[store]"), "{}", ran.stderr);
}
