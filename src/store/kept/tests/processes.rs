//! Two folkmoots with one store; and one that is killed.

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::*;
use crate::protocol::{Payload, Query};

/// What a child is to do, and to which file. Without it the test below does nothing.
const TASK: &str = "FOLKMOOT_TEST_STORE_TASK";

/// This test binary again, as another process that runs only [`child`].
fn spawn(task: &str, path: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "store::kept::tests::processes::child", "--nocapture"])
        .env(TASK, format!("{task}:{}", path.display()))
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

/// Runs in the other process.
#[test]
fn child() {
    let Ok(task) = std::env::var(TASK) else { return };
    let (task, path) = task.split_once(':').unwrap();
    let path = Path::new(path);
    let mut store = open(path);
    let groups: Vec<Group> = (0..300).map(|n| group(&format!("g{n}"), "From the child")).collect();
    match task {
        "write for ever" => loop {
            keep_groups(&mut store, &groups, at(1)).unwrap();
            std::fs::write(path.with_extension("ready"), "").unwrap();
        },
        "hold" => {
            let change = store.change().unwrap();
            change.execute("DELETE FROM groups", []).unwrap();
            std::fs::write(path.with_extension("ready"), "").unwrap();
            std::thread::sleep(Duration::from_secs(600));
        }
        "hold the lock" => {
            let _lock = opening::lock(path).unwrap();
            std::fs::write(path.with_extension("ready"), "").unwrap();
            std::thread::sleep(Duration::from_secs(600));
        }
        other => panic!("{other}"),
    }
}

fn wait_until_ready(path: &Path) {
    let deadline = Instant::now() + Duration::from_secs(60);
    while !path.with_extension("ready").exists() {
        assert!(Instant::now() < deadline, "the child does not get ready");
        std::thread::sleep(Duration::from_millis(2));
    }
}

#[test]
fn a_process_killed_in_a_write_leaves_a_store_that_opens_with_all_or_nothing() {
    let (_folder, path) = place();
    for round in 0..5 {
        let mut writer = spawn("write for ever", &path);
        wait_until_ready(&path);
        std::thread::sleep(Duration::from_millis(3 * round));
        writer.kill().unwrap();
        writer.wait().unwrap();
        let (store, notice) = Store::reopen(&path).unwrap();
        assert_eq!(notice, None);
        assert_eq!(store.inventory().unwrap().groups % 300, 0);
        std::fs::remove_file(path.with_extension("ready")).unwrap();
    }
}

#[test]
fn another_process_in_a_write_keeps_nobody_from_reading_and_a_writer_gives_up() {
    let (_folder, path) = place();
    let mut store = open(&path);
    keep_groups(&mut store, &[group("a", "Mine")], at(1)).unwrap();
    let mut holder = spawn("hold", &path);
    wait_until_ready(&path);
    assert_eq!(store.inventory().unwrap().groups, 1);
    assert_eq!(open(&path).inventory().unwrap().groups, 1, "and it opens");
    let query = Query::Members { group: Id::new("g") };
    let parts = [Payload::Members {
        page: [].into(),
        total: None,
    }];
    let error = store.keep(&query, &parts, at(2)).unwrap_err();
    assert!(error.is_busy(), "{error}");
    holder.kill().unwrap();
    holder.wait().unwrap();
    store.keep(&query, &parts, at(2)).unwrap();
}

#[test]
fn whoever_is_stopped_while_opening_is_not_waited_for() {
    let (_folder, path) = place();
    let mut holder = spawn("hold the lock", &path);
    wait_until_ready(&path);
    let error = Store::open(&path).unwrap_err();
    assert!(error.is_busy(), "{error}");
    holder.kill().unwrap();
    holder.wait().unwrap();
    open(&path);
}

#[test]
fn two_read_and_write_side_by_side() {
    let (_folder, path) = place();
    let path = &path;
    std::thread::scope(|scope| {
        for writer in 0..2 {
            scope.spawn(move || {
                let mut store = open(path);
                for n in 0..30 {
                    let groups = [group(&format!("{writer}-{n}"), "G")];
                    keep_groups(&mut store, &groups, at(n)).unwrap();
                    store.names(Noun::Groups, "", 100).unwrap();
                }
            });
        }
    });
    assert_eq!(open(path).inventory().unwrap().groups, 60);
}
