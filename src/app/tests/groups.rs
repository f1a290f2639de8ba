//! The groups pane: starting, resting, opening, scopes, the server's search, unseen counts, opening by address.

use super::fixture::*;
use crate::app::{Cmd, TimerId, What};
use crate::domain::Id;
use crate::layout::Pane;
use crate::protocol::{Lane, Part, Payload, Query, Scope};

fn read_groups(id: u64, scope: Scope, term: Option<&str>) -> Cmd {
    let term = term.map(str::to_owned);
    read(id, Lane::Groups, Query::Groups { scope, term })
}

fn read_members(id: u64, group: &str) -> Cmd {
    read(id, Lane::Members, Query::Members { group: group.into() })
}

fn read_threads(id: u64, lane: Lane, group: &str) -> Cmd {
    let query = Query::Threads {
        group: group.into(),
        since: None,
    };
    read(id, lane, query)
}

#[test]
fn starting_asks_for_ones_groups_and_who_one_is() {
    let mut stage = Stage::new();
    let cmds = stage.tell(What::Started);
    let reads = [read_groups(1, Scope::Mine, None), read(2, Lane::Me, Query::Me)];
    assert_eq!(cmds.split_last(), Some((&Cmd::AskStanding, &reads[..])));
    stage.reply(2, me());
    assert_eq!(stage.model.me.shown().unwrap().person, person("me"));
}

#[test]
fn who_one_is_is_asked_again_with_a_refresh_after_it_failed() {
    let mut stage = Stage::new();
    stage.tell(What::Started);
    stage.fail(2);
    assert_eq!(stage.said(), Some("The line is down. Try again."));
    let cmds = stage.key("ctrl-r");
    assert_eq!(cmds, [read_groups(3, Scope::Mine, None), read(4, Lane::Me, Query::Me)]);
    stage.reply(4, me());
    assert_eq!(lanes(&stage.key("ctrl-r")), [Lane::Groups], "it is known now");
}

#[test]
fn resting_on_a_group_reads_its_members_and_threads_but_no_posts() {
    let mut stage = Stage::with_groups();
    assert_eq!(stage.due(TimerId::Rest), Some(150));
    let cmds = stage.wait(150);
    assert_eq!(
        cmds,
        [
            Cmd::Abandon(Lane::Posts),
            Cmd::Abandon(Lane::Attachments),
            read_members(4, "A"),
            read_threads(5, Lane::Threads, "A"),
            read_threads(6, Lane::Ahead(1), "B"),
        ]
    );
    assert_eq!(stage.model.group, Some(group("A")));
    assert_eq!(stage.model.focus, Pane::Groups);
    stage.reply(5, threads(&["t1"]));
    assert_eq!(
        lanes(&stage.wait(1_000)),
        [],
        "posts are not read before somebody looks at threads"
    );
}

#[test]
fn passing_over_groups_reads_nothing() {
    let mut stage = Stage::with_groups();
    let mut cmds = Vec::new();
    for _ in 0..2 {
        cmds.extend(stage.wait(100));
        cmds.extend(stage.key("j"));
    }
    assert_eq!(cmds, []);
    assert_eq!(lanes(&stage.wait(150)), [Lane::Members, Lane::Threads]);
    assert_eq!(stage.model.group, Some(group("C")));
}

#[test]
fn leaving_the_pane_is_as_good_as_resting() {
    let mut stage = Stage::with_groups();
    stage.wait(150);
    stage.key("j");
    let cmds = stage.key("tab");
    assert_eq!(lanes(&cmds), [Lane::Members, Lane::Threads, Lane::Ahead(1)]);
    stage.key("tab");
    assert_eq!(stage.model.focus, Pane::Threads);
    assert_eq!(
        stage.model.group,
        Some(group("B")),
        "the threads are those of the group under the cursor"
    );
}

#[test]
fn enter_opens_a_group_at_its_threads() {
    let mut stage = Stage::with_groups();
    let cmds = stage.key("enter");
    assert_eq!(lanes(&cmds), [Lane::Members, Lane::Threads, Lane::Ahead(1)]);
    assert_eq!(stage.model.focus, Pane::Threads);
    stage.reply(asked(&cmds, Lane::Threads), threads(&["t1", "t2"]));
    let cmds = stage.wait(150);
    let (group, thread) = ("A".into(), "t1".into());
    assert_eq!(cmds, [read(7, Lane::Posts, Query::Posts { group, thread })]);
}

#[test]
fn a_group_without_a_mailbox_is_never_asked_for_threads() {
    let mut stage = Stage::with_groups();
    stage.key("G");
    let cmds = stage.key("enter");
    assert_eq!(
        cmds,
        [
            Cmd::Abandon(Lane::Posts),
            Cmd::Abandon(Lane::Attachments),
            read_members(4, "list"),
            Cmd::Abandon(Lane::Threads),
        ]
    );
    assert_eq!(stage.model.focus, Pane::Members);
    stage.key("3");
    assert_eq!(stage.key("ctrl-r"), []);
    assert_eq!(lanes(&stage.wait(600_000)), []);
}

#[test]
fn what_was_seen_of_a_group_is_shown_at_once_and_read_again() {
    let mut stage = Stage::with_threads();
    stage.wait(150);
    stage.keys("1 j");
    stage.wait(150);
    assert_eq!(stage.model.group, Some(group("B")));
    assert!(stage.model.threads.list.is_empty());
    stage.key("k");
    let cmds = stage.wait(150);
    assert_eq!(lanes(&cmds), [Lane::Members, Lane::Threads, Lane::Ahead(1)]);
    assert_eq!(shown(&stage.model.threads.list)[..2], ["t1", "t2"]);
    assert_eq!(shown(&stage.model.members.list), ["ines", "ren", "B", "kiosk"]);
    assert_eq!(stage.model.members.total, Some(4));
    assert!(stage.model.threads.list.items.is_loading());
}

#[test]
fn half_a_list_is_not_kept_as_if_it_were_whole() {
    let mut stage = Stage::with_groups();
    let cmds = stage.wait(150);
    stage.part(asked(&cmds, Lane::Threads), threads(&["t1"]));
    stage.answer(asked(&cmds, Lane::Members), Part::More, Ok(members()));
    stage.fail(asked(&cmds, Lane::Members));
    stage.key("j");
    stage.wait(150);
    stage.key("k");
    stage.wait(150);
    assert!(stage.model.threads.list.is_empty());
    assert!(stage.model.members.list.is_empty());
}

#[test]
fn posts_are_kept_when_another_group_is_shown() {
    let mut stage = Stage::with_posts(vec![post("p1", 3)]);
    stage.keys("1 j");
    stage.wait(150);
    assert_eq!(stage.model.posts.thread, None);
    stage.key("k");
    stage.wait(150);
    stage.key("3");
    stage.wait(150);
    assert_eq!(stage.entries(), ["p1"]);
    assert!(stage.model.posts.posts.is_loading(), "and read again");
}

#[test]
fn threads_of_the_next_group_are_fetched_ahead_once() {
    let mut stage = Stage::with_groups();
    let cmds = stage.wait(150);
    stage.reply(asked(&cmds, Lane::Ahead(1)), threads(&["b1"]));
    stage.key("j");
    let cmds = stage.wait(150);
    assert_eq!(lanes(&cmds), [Lane::Members, Lane::Threads, Lane::Ahead(1)]);
    assert_eq!(shown(&stage.model.threads.list), ["b1"], "at hand already");
    stage.key("k");
    assert_eq!(
        lanes(&stage.wait(150)),
        [Lane::Members, Lane::Threads],
        "B's are at hand"
    );
}

#[test]
fn a_stale_answer_changes_nothing() {
    let mut stage = Stage::with_groups();
    let first = stage.key("ctrl-r");
    let second = stage.key("ctrl-r");
    for id in [asked(&first, Lane::Groups).0, crate::protocol::RequestId(99)] {
        for part in [Part::More, Part::Last] {
            for result in [Ok(groups(&["X"])), Err(problem())] {
                assert_ignored(&mut stage, What::Reply(crate::protocol::Reply { id, part, result }));
            }
        }
    }
    stage.reply(asked(&second, Lane::Groups), groups(&["A", "C"]));
    assert_eq!(shown(&stage.model.groups.list), ["A", "C"]);
}

#[test]
fn a_refresh_that_fails_keeps_what_was_shown() {
    let mut stage = Stage::with_groups();
    let cmds = stage.key("ctrl-r");
    stage.part(asked(&cmds, Lane::Groups), groups(&["X"]));
    assert_eq!(stage.model.groups.list.gathered(), 1);
    stage.fail(asked(&cmds, Lane::Groups));
    assert_eq!(shown(&stage.model.groups.list), ["A", "B", "C", "list"]);
    assert_eq!(stage.model.groups.list.items.problem(), Some(&problem()));
}

#[test]
fn among_all_groups_the_server_searches_once_typing_pauses() {
    let mut stage = Stage::with_groups();
    stage.wait(150);
    stage.keys("s s");
    stage.reply(8, groups(&["A", "B"]));
    stage.key("/");
    for c in ["l", "a", "n"] {
        let cmds = stage.types(c);
        assert_eq!(lanes(&cmds), []);
        assert_eq!(lanes(&stage.wait(200)), []);
    }
    let cmds: Vec<Cmd> = stage.wait(50);
    assert_eq!(cmds, [read_groups(9, Scope::All, Some("lan"))]);
    stage.key("left");
    assert_eq!(stage.due(TimerId::AskServer), None, "nothing new was typed");
    stage.reply(9, groups(&["lantern"]));
    let cmds = stage.key("esc");
    assert_eq!(cmds, [read_groups(10, Scope::All, None)], "and all of them again");
}

#[test]
fn what_the_server_has_found_by_words_that_are_not_shown_comes_behind() {
    let mut stage = Stage::with_groups();
    stage.wait(150);
    stage.keys("s s");
    stage.reply(8, groups(&["A", "lantern", "B"]));
    stage.key("/");
    let cmds = stage.types("lantern");
    stage.filter_all(&cmds);
    assert_eq!(shown(&stage.model.groups.list), ["lantern"]);
    let asked = asked(&stage.wait(250), Lane::Groups);
    let cmds = stage.reply(asked, groups(&["by its description", "lantern"]));
    stage.filter_all(&cmds);
    assert_eq!(shown(&stage.model.groups.list), ["lantern", "by its description"]);
    let cmds = stage.types("s");
    stage.filter_all(&cmds);
    assert_eq!(
        shown(&stage.model.groups.list),
        [""; 0],
        "for other words it has not been asked yet"
    );
}

#[test]
fn the_server_is_asked_for_words_only_and_once() {
    let mut stage = Stage::with_groups();
    stage.wait(150);
    stage.keys("s s");
    stage.reply(8, groups(&["A", "B"]));
    stage.key("/");
    stage.types("!?");
    assert_eq!(stage.wait(250), [], "there is no word in it");
    stage.types("a");
    assert_eq!(lanes(&stage.wait(250)), [Lane::Groups]);
    stage.types("b");
    stage.key("backspace");
    assert_eq!(stage.wait(250), [], "the same words again");
}

#[test]
fn ones_own_groups_are_searched_here_alone() {
    let mut stage = Stage::with_groups();
    stage.key("/");
    let cmds = stage.types("B");
    assert_eq!(lanes(&cmds), []);
    assert_eq!(stage.due(TimerId::AskServer), None);
    assert_ignored(&mut stage, What::Due(TimerId::AskServer));
}

#[test]
fn unseen_counts_are_asked_for_groups_with_a_mailbox() {
    let mut stage = Stage::new();
    stage.tell(What::Started);
    assert_eq!(lanes(&stage.part(1, groups(&["A", "list"]))), []);
    let cmds = stage.reply(1, groups(&["B"]));
    let groups = ids(&["A", "B"]);
    assert_eq!(cmds, [read(3, Lane::Unseen, Query::Unseen { groups })]);
    stage.part(3, Payload::Unseen(vec![("A".into(), 2)]));
    stage.reply(3, Payload::Unseen(vec![("B".into(), 0)]));
    let counts = &stage.model.groups.unseen;
    assert_eq!(
        (counts.get(&Id::from("A")), counts.get(&"B".into())),
        (Some(&2), Some(&0))
    );
    assert_ignored(
        &mut stage,
        What::Reply(crate::protocol::Reply {
            id: crate::protocol::RequestId(3),
            part: Part::Last,
            result: Ok(Payload::Unseen(vec![("A".into(), 9)])),
        }),
    );
}

#[test]
fn of_all_groups_no_counts_are_asked() {
    let mut stage = Stage::with_groups();
    stage.keys("s s");
    assert_eq!(lanes(&stage.reply(5, groups(&["A", "B"]))), []);
}

#[test]
fn whoever_goes_on_before_the_groups_come_sees_the_first_of_each() {
    for (tabs, pane) in [(1, Pane::Members), (2, Pane::Threads), (3, Pane::Posts)] {
        let mut stage = Stage::new();
        stage.tell(What::Started);
        for _ in 0..tabs {
            stage.key("tab");
        }
        assert_eq!(stage.model.focus, pane);
        stage.wait(150);
        stage.reply(1, groups(&["A", "B"]));
        let cmds = stage.wait(150);
        assert_eq!(stage.model.group, Some(group("A")), "{pane:?}");
        stage.reply(asked(&cmds, Lane::Threads), threads(&["t1", "t2"]));
        let read_there = if pane == Pane::Members {
            vec![]
        } else {
            vec![Lane::Posts]
        };
        assert_eq!(lanes(&stage.wait(150)), read_there, "{pane:?}");
        assert_eq!(stage.model.focus, pane, "the keyboard stays where it was put");
    }
}

#[test]
fn a_list_of_groups_that_comes_later_takes_no_shown_group_away() {
    let mut stage = Stage::with_threads();
    stage.key("1");
    let cmds = stage.key("s");
    stage.key("3");
    stage.reply(asked(&cmds, Lane::Groups), groups(&["B", "C"]));
    stage.wait(150);
    assert_eq!(stage.model.group, Some(group("A")));
}
