//! The threads pane: the look for news and what it finds.

use super::fixture::*;
use crate::app::{Cmd, TimerId, What};
use crate::domain::Thread;
use crate::layout::Pane;
use crate::protocol::{Lane, Payload, Query};

fn unread(stage: &Stage) -> Vec<&str> {
    let threads = stage.model.threads.list.items.shown().unwrap().iter();
    let unread = threads.filter(|thread| stage.model.is_unread(thread));
    unread.map(|thread| thread.id.as_str()).collect()
}

/// Lets a minute pass, and gives the look for news that falls due then.
fn look(stage: &mut Stage) -> (Asked, Option<i64>) {
    let cmds = stage.wait(60_000);
    let since = cmds.iter().find_map(|cmd| match cmd {
        Cmd::Send(request) => match &request.job {
            crate::protocol::Job::Read(Lane::Watch, Query::Threads { since, .. }) => *since,
            _ => None,
        },
        _ => None,
    });
    let minutes = since.map(|since| since.duration_since(noon(0)).as_mins());
    (asked(&cmds, Lane::Watch), minutes)
}

fn news(threads: Vec<Thread>) -> Payload {
    Payload::Threads(threads.into())
}

#[test]
fn threads_are_looked_at_for_news_each_minute_with_an_overlap() {
    let mut stage = Stage::with_threads();
    assert_eq!(stage.due(TimerId::Watch), Some(60_000));
    stage.wait(1_000);
    let (id, since) = look(&mut stage);
    assert_eq!(since, Some(-6), "five minutes behind the newest, which is a minute old");
    stage.reply(id, threads(&["t1", "t2"]));
    assert_eq!(shown(&stage.model.threads.list).len(), 9);
    assert_eq!(stage.said(), None, "nothing new");
    assert_eq!(unread(&stage), Vec::<&str>::new());
    let (again, _) = look(&mut stage);
    assert_ne!(again, id);
}

#[test]
fn news_come_into_view_where_the_list_shows_its_beginning() {
    let seen = |key: &str| {
        let mut stage = Stage::with_threads().resized(80, 24);
        stage.key(key);
        let before = stage.model.threads.list.top;
        let (id, _) = look(&mut stage);
        stage.reply(id, threads(&["t0"]));
        let list = &stage.model.threads.list;
        assert_eq!(shown(list)[0], "t0");
        (
            before,
            list.top,
            list.cursor,
            list.page(1).next().unwrap().1.id.as_str().to_owned(),
        )
    };
    // The cursor stays on its thread, a row further down.
    assert_eq!(seen("g"), (0, 0, 1, "t0".to_owned()));
    // Whoever reads further down goes on reading there.
    let (before, top, cursor, first) = seen("G");
    assert!(before > 0);
    assert_eq!((top, cursor, first), (before + 1, 9, format!("t{}", before + 1)));
}

#[test]
fn an_empty_list_is_looked_at_from_the_beginning() {
    let mut stage = Stage::with_groups();
    let cmds = stage.key("enter");
    stage.reply(asked(&cmds, Lane::Threads), threads(&[]));
    let (id, since) = look(&mut stage);
    assert_eq!(since, None);
    stage.reply(id, threads(&["t1"]));
    assert_eq!(shown(&stage.model.threads.list), ["t1"]);
}

#[test]
fn what_is_new_comes_first_and_is_marked_and_the_cursor_stays() {
    let mut stage = Stage::with_threads();
    stage.know_marks();
    stage.keys("j j");
    let (id, _) = look(&mut stage);
    stage.part(id, news(vec![thread_at("n", 0), thread_at("t4", 0)]));
    assert_eq!(
        shown(&stage.model.threads.list).len(),
        9,
        "not before the look is complete"
    );
    stage.reply(id, news(vec![thread("t1")]));
    assert_eq!(
        shown(&stage.model.threads.list),
        ["n", "t4", "t1", "t2", "t3", "t5", "t6", "t7", "t8", "t9"]
    );
    assert_eq!(under_cursor(&stage.model.threads.list), Some("t3"));
    assert_eq!(stage.said(), Some("2 threads have something new."));
    assert_eq!(unread(&stage), ["n", "t4"]);
}

#[test]
fn a_look_for_news_that_is_older_than_the_list_changes_nothing() {
    let mut stage = Stage::with_threads();
    let (look, _) = look(&mut stage);
    let cmds = stage.key("ctrl-r");
    stage.reply(asked(&cmds, Lane::Threads), news(vec![thread_at("t1", 0)]));
    let before = stage.model.clone();
    assert_eq!(stage.reply(look, news(vec![thread("t1"), thread("deleted")])), []);
    assert_eq!(stage.model, before);
}

#[test]
fn opening_takes_the_mark_away_and_resting_does_not() {
    let mut stage = Stage::with_threads();
    stage.know_marks();
    let (id, _) = look(&mut stage);
    stage.reply(id, news(vec![thread_at("t2", 0)]));
    assert_eq!(stage.said(), Some("1 thread has something new."));
    stage.key("g");
    stage.wait(150);
    assert_eq!(
        stage.model.posts.thread.as_ref().map(|thread| thread.id.as_str()),
        Some("t2")
    );
    let cmds = stage.key("ctrl-r");
    stage.reply(
        asked(&cmds, Lane::Threads),
        news(vec![thread_at("t2", 0), thread("t1")]),
    );
    assert_eq!(unread(&stage), ["t2"], "resting is not having seen it");
    stage.key("4");
    let cmds = stage.key("ctrl-r");
    let cmds = stage.reply(asked(&cmds, Lane::Posts), posts_of(vec![post("p60", 1)]));
    stage.typeset_all(&cmds);
    assert_eq!(unread(&stage), Vec::<&str>::new());
}

#[test]
fn news_in_the_open_thread_are_read() {
    let mut stage = Stage::with_posts(vec![post("p1", 2)]);
    stage.know_marks();
    let (id, _) = look(&mut stage);
    let cmds = stage.reply(id, news(vec![thread_at("t1", 0)]));
    assert_eq!(lanes(&cmds), [Lane::Posts]);
    assert_eq!(stage.said(), Some("A new post has come in this thread."));
    assert_eq!(unread(&stage), ["t1"], "it is not on the screen yet");
    let cmds = stage.reply(asked(&cmds, Lane::Posts), posts_of(vec![post("p1", 2), post("p2", 1)]));
    stage.typeset_all(&cmds);
    assert_eq!(unread(&stage), Vec::<&str>::new());
    assert_eq!(stage.entries(), ["p1", "p2"]);
}

#[test]
fn what_has_been_read_is_no_news_but_is_listed_anew() {
    let mut stage = Stage::with_posts(vec![post("p1", 2)]);
    stage.know_marks();
    // A reply of one's own settles: the posts are read, and hold it.
    let cmds = stage.key("ctrl-r");
    stage.reply(asked(&cmds, Lane::Posts), posts_of(vec![post("p1", 2), post("p60", 1)]));
    let (id, _) = look(&mut stage);
    let cmds = stage.reply(id, news(vec![thread_at("t1", 0)]));
    assert_eq!(lanes(&cmds), []);
    assert_eq!(stage.said(), None);
    let listed = stage.model.threads.list.items.shown().unwrap().iter().next().cloned();
    assert_eq!(listed, Some(thread_at("t1", 0)));
}

#[test]
fn an_open_thread_that_was_locked_meanwhile_takes_no_replies() {
    let locked = Thread {
        is_locked: true,
        ..thread("t1")
    };
    let mut stage = Stage::with_posts(vec![post("p1", 2)]);
    stage.key("3");
    let cmds = stage.key("ctrl-r");
    stage.reply(asked(&cmds, Lane::Threads), news(vec![locked]));
    stage.key("4");
    assert_eq!(stage.key("r"), []);
    assert_eq!(stage.said(), Some("This thread is locked: it takes no replies."));
}

#[test]
fn a_look_that_fails_is_made_up_for_by_the_next() {
    let mut stage = Stage::with_threads();
    let (id, _) = look(&mut stage);
    stage.fail(id);
    assert_eq!(shown(&stage.model.threads.list).len(), 9);
    assert_eq!(stage.said(), None);
    let (id, since) = look(&mut stage);
    assert_eq!(since, Some(-6));
    stage.reply(id, threads(&["t0"]));
    assert_eq!(shown(&stage.model.threads.list)[0], "t0");
}

#[test]
fn a_look_at_another_group_is_stale() {
    let mut stage = Stage::with_threads();
    let (Asked(id), _) = look(&mut stage);
    stage.keys("1 j");
    stage.wait(150);
    for part in [crate::protocol::Part::More, crate::protocol::Part::Last] {
        let result = Ok(threads(&["t0"]));
        assert_ignored(&mut stage, What::Reply(crate::protocol::Reply { id, part, result }));
    }
}

#[test]
fn there_is_no_look_while_the_list_is_read() {
    let mut stage = Stage::with_threads();
    stage.wait(59_000);
    stage.key("ctrl-r");
    assert_eq!(lanes(&stage.wait(1_000)), []);
    assert_eq!(stage.due(TimerId::Watch), Some(60_000), "but a minute later");
}

#[test]
fn under_a_filter_news_join_what_is_filtered() {
    let mut stage = Stage::with_threads();
    stage.key("/");
    let cmds = stage.types("t2");
    stage.filter_all(&cmds);
    stage.key("enter");
    assert_eq!(shown(&stage.model.threads.list), ["t2"]);
    let (id, _) = look(&mut stage);
    let cmds = stage.reply(id, threads(&["t0", "t20"]));
    stage.filter_all(&cmds);
    assert_eq!(under_cursor(&stage.model.threads.list), Some("t2"));
    assert_eq!(shown(&stage.model.threads.list).len(), 2);
    assert_eq!(stage.model.focus, Pane::Threads);
}

#[test]
fn a_thread_under_the_cursor_is_read_when_it_rests() {
    let mut stage = Stage::with_threads();
    stage.key("j");
    let cmds = stage.wait(150);
    let posts = |id, thread: &str| {
        let query = Query::Posts {
            group: "A".into(),
            thread: thread.into(),
        };
        read(id, Lane::Posts, query)
    };
    assert_eq!(cmds, [posts(7, "t2")]);
    let cmds = stage.reply(7, posts_of(vec![post("p1", 1)]));
    assert_eq!(lanes(&cmds), [Lane::Ahead(0)], "the one below is fetched ahead");
    stage.reply(asked(&cmds, Lane::Ahead(0)), posts_of(vec![post("q1", 1)]));
    stage.key("j");
    let cmds = stage.wait(150);
    assert_eq!(stage.entries(), ["q1"], "shown at once");
    assert_eq!(lanes(&cmds), [Lane::Posts], "and read again");
}

#[test]
fn moving_on_before_the_thread_is_read_opens_the_one_under_the_cursor() {
    let mut stage = Stage::with_posts(vec![post("p1", 1)]);
    stage.key("esc");
    stage.key("j");
    let cmds = stage.key("4");
    assert_eq!(lanes(&cmds), [Lane::Posts]);
    assert_eq!(stage.model.posts.thread, Some(thread("t2")));
}
