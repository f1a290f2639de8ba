//! How far threads were read, as it is kept.

use rusqlite::Connection;

use super::*;
use crate::domain::Thread;
use crate::protocol::{Mark, Marking, Marks, Payload, Query};
use crate::store::kept::marks::LONGEST;
use crate::store::kept::schema::MIGRATIONS;

fn mark(second: i64) -> Mark {
    Mark {
        up_to: at(second),
        post: Some(Id::new("AAMk=")),
    }
}

fn read(second: i64) -> Marking {
    Marking::Read(Id::new("t"), mark(second))
}

fn unread(second: i64) -> Marking {
    Marking::Unread(Id::new("t"), mark(second))
}

#[test]
fn what_is_kept_is_what_would_be_in_memory() {
    for markings in [
        vec![],
        vec![Marking::Begin(at(5)), Marking::Begin(at(8))],
        vec![Marking::Begin(at(5)), read(7), read(6)],
        vec![Marking::Begin(at(5)), read(7), unread(2)],
        vec![Marking::Begin(at(5)), unread(2), read(3)],
        vec![Marking::Begin(at(5)), unread(2), Marking::All(at(6))],
        vec![Marking::Begin(at(5)), read(9), Marking::All(at(6))],
        vec![Marking::Begin(at(5)), Marking::All(at(3))],
        vec![Marking::All(at(3))],
    ] {
        let (_folder, path) = place();
        let mut store = open(&path);
        let mut expected = Marks::default();
        for marking in &markings {
            store.keep_mark(&Id::new("g"), marking).unwrap();
            expected.take(marking);
        }
        assert_eq!(store.marks(&Id::new("g")).unwrap(), expected, "{markings:?}");
        assert_eq!(open(&path).marks(&Id::new("g")).unwrap(), expected, "after a restart");
        assert_eq!(store.marks(&Id::new("other")).unwrap(), Marks::default());
    }
}

#[test]
fn of_two_processes_the_one_that_has_read_farther_counts() {
    let (_folder, path) = place();
    let (mut one, mut other) = (open(&path), open(&path));
    one.keep_mark(&Id::new("g"), &read(9)).unwrap();
    other.keep_mark(&Id::new("g"), &read(4)).unwrap();
    other.keep_mark(&Id::new("g"), &Marking::Begin(at(1))).unwrap();
    one.keep_mark(&Id::new("g"), &Marking::Begin(at(3))).unwrap();
    let marks = one.marks(&Id::new("g")).unwrap();
    assert_eq!((marks.since, marks.up_to(&Id::new("t"))), (Some(at(1)), Some(at(9))));
}

#[test]
fn a_store_of_an_older_version_keeps_what_it_had_and_learns_marks() {
    let (_folder, path) = place();
    let query = Query::Threads {
        group: Id::new("g"),
        since: None,
    };
    let parts = [Payload::Threads([].into())];
    let (_other, newer) = place();
    open(&newer).keep(&query, &parts, at(1)).unwrap();
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    let db = Connection::open(&path).unwrap();
    db.pragma_update(None, "application_id", 0x666d_6f74).unwrap();
    for sql in &MIGRATIONS[..2] {
        db.execute_batch(sql).unwrap();
    }
    db.pragma_update(None, "user_version", 2).unwrap();
    db.execute("ATTACH ?1 AS newer", [newer.to_str().unwrap()]).unwrap();
    db.execute_batch(
        "INSERT INTO reads SELECT * FROM newer.reads;
         INSERT INTO reads VALUES ('members', 'g', 1, 2, '[]');
         INSERT INTO groups VALUES ('g', '灯籠', 'g@contoso.com', 'g', NULL, 'microsoft365', NULL, 0, NULL, 1);
         INSERT INTO memberships VALUES ('g', 'p', 'owner', 'user', 1);",
    )
    .unwrap();
    drop(db);
    let mut store = open(&path);
    assert_eq!(store.recall(&query).unwrap().unwrap().parts, parts);
    assert_eq!(store.names(Noun::Groups, "灯", 9).unwrap().len(), 1);
    store.forget(&Query::Members { group: Id::new("g") }).unwrap();
    store.keep_mark(&Id::new("g"), &read(7)).unwrap();
    assert_eq!(store.marks(&Id::new("g")).unwrap().up_to(&Id::new("t")), Some(at(7)));
}

#[test]
fn marks_of_long_ago_are_forgotten_and_what_is_new_stays_unread() {
    let (_folder, path) = place();
    let mut store = open(&path);
    let long_ago = |seconds: i64| -(LONGEST.as_secs()) + seconds;
    let (old, busy, new, fresh) = (Id::new("旧"), Id::new("busy"), Id::new("new"), Id::new("fresh"));
    for (group, since) in [("g", long_ago(-9)), ("h", 0)] {
        store.keep_mark(&Id::new(group), &Marking::Begin(at(since))).unwrap();
    }
    for (thread, up_to) in [(&old, long_ago(-5)), (&busy, long_ago(0)), (&new, long_ago(1))] {
        let marking = Marking::Unread(thread.clone(), mark(up_to));
        store.keep_mark(&Id::new("g"), &marking).unwrap();
    }
    assert_eq!(store.forget_old_marks(at(0)).unwrap(), 2);
    assert_eq!(store.forget_old_marks(at(0)).unwrap(), 0, "once");
    let marks = store.marks(&Id::new("g")).unwrap();
    assert_eq!(marks.threads.keys().collect::<Vec<_>>(), [&new]);
    let is_unread = |id: &Id, newest: i64| {
        let delivered = Thread {
            id: id.clone(),
            last_delivered_date_time: Some(at(newest)),
            ..Thread::default()
        };
        marks.is_unread(&delivered)
    };
    assert!(!is_unread(&old, long_ago(-3)), "nobody looks for what is so old");
    assert!(is_unread(&busy, -3), "it was unread, and has a newer post");
    assert!(is_unread(&new, -3) && !is_unread(&new, long_ago(1)));
    assert!(is_unread(&fresh, -3), "as far as its group was read");
    assert_eq!(store.marks(&Id::new("h")).unwrap().since, Some(at(0)), "never back");
}

#[test]
fn marks_go_with_the_thread_and_with_whoever_read_it() {
    let (_folder, path) = place();
    let mut store = open(&path);
    store.belongs_to(&Id::new("ines")).unwrap();
    let other = Marking::Read(Id::new("other"), mark(7));
    for marking in [Marking::Begin(at(5)), read(7), other] {
        store.keep_mark(&Id::new("g"), &marking).unwrap();
    }
    store.forget_threads(&Id::new("g"), &[Id::new("t")]).unwrap();
    let marks = store.marks(&Id::new("g")).unwrap();
    assert_eq!(marks.threads.keys().map(Id::as_str).collect::<Vec<_>>(), ["other"]);
    assert!(store.belongs_to(&Id::new("ren")).unwrap());
    assert_eq!(store.marks(&Id::new("g")).unwrap(), Marks::default());
}
