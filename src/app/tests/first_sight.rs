//! What is unread at the first sight of a group, by what Graph counts and by what the store has.

use super::fixture::*;
use super::marks::{begun, but_for_the_newest, kept, marks, seen, unread};
use crate::domain::Conversation;
use crate::protocol::{Lane, Marking, Marks, Part, Payload};

#[test]
fn at_first_sight_what_graph_counts_as_unseen_is_unread() {
    for (unseen, expected) in [(0, &[][..]), (2, &["t1", "t2"]), (9, &["t1", "t2", "t3", "t4"])] {
        let (stage, cmds) = seen(unseen, None);
        assert_eq!(unread(&stage), expected);
        let newest = expected
            .iter()
            .zip(1..)
            .map(|(thread, at)| but_for_the_newest(thread, -at));
        let all: Vec<Marking> = std::iter::once(begun(-1)).chain(newest).collect();
        assert_eq!(kept(&cmds), all);
    }
}

#[test]
fn the_first_sight_waits_for_the_counts_and_for_the_store() {
    let mut stage = Stage::with_groups();
    let lane = asked(&stage.key("enter"), Lane::Threads);
    let (group, marks) = ("A".into(), Marks::default());
    let known = Ok(Payload::Marks { group, marks });
    let steps: [(Asked, Part, _); 3] = [
        (lane, Part::Last, Ok(threads(&["t1", "t2"]))),
        (3.into(), Part::Last, Ok(Payload::Unseen(vec![("A".into(), 1)]))),
        (lane, Part::Kept(noon(-9)), known),
    ];
    for order in [[0, 1, 2], [2, 0, 1], [1, 2, 0], [0, 2, 1]] {
        let mut stage = Stage {
            model: stage.model.clone(),
            now: stage.now,
        };
        let mut all = Vec::new();
        for (at, step) in order.into_iter().enumerate() {
            assert_eq!(kept(&all), [], "before step {at} of {order:?}");
            let (id, part, result) = steps[step].clone();
            all = stage.answer(id, part, result);
        }
        assert_eq!(kept(&all), [begun(-1), but_for_the_newest("t1", -1)], "{order:?}");
        assert_eq!(unread(&stage), ["t1"]);
    }
}

#[test]
fn in_an_empty_group_whatever_comes_is_unread() {
    let mut stage = Stage::with_groups();
    stage.reply(3, Payload::Unseen(Vec::new()));
    let cmds = stage.key("enter");
    let (group, marks) = ("A".into(), Marks::default());
    stage.answer(1, Part::Kept(noon(-9)), Ok(Payload::Marks { group, marks }));
    stage.reply(asked(&cmds, Lane::Threads), threads(&[]));
    let cmds = stage.wait(60_000);
    stage.reply(asked(&cmds, Lane::Watch), threads(&["t1"]));
    assert_eq!(unread(&stage), ["t1"]);
}

#[test]
fn what_was_marked_before_the_first_sight_stays_as_it_was_marked() {
    let marked = Marks {
        since: None,
        ..marks(0, &[("t1", -1), ("t3", -8)])
    };
    let (stage, cmds) = seen(2, Some(marked));
    assert_eq!(kept(&cmds), [begun(-1), but_for_the_newest("t2", -2)]);
    assert_eq!(unread(&stage), ["t2", "t3"]);
}

#[test]
fn the_threads_of_one_conversation_are_not_the_first_sight_of_a_group() {
    let mut stage = Stage::with_groups();
    stage.reply(3, Payload::Unseen(Vec::new()));
    let cmds = stage.key("enter");
    let (group, marks) = ("A".into(), Marks::default());
    let lane = asked(&cmds, Lane::Threads);
    stage.answer(lane, Part::Kept(noon(-9)), Ok(Payload::Marks { group, marks }));
    let cmds = stage.key("v");
    let page = Payload::Conversations([Conversation::default()].into());
    stage.reply(asked(&cmds, Lane::Conversations), page);
    let cmds = stage.key("enter");
    let cmds = stage.reply(asked(&cmds, Lane::Threads), threads(&["t3", "t4"]));
    assert_eq!(kept(&cmds), []);
    let cmds = stage.keys("esc v");
    let cmds = stage.reply(asked(&cmds, Lane::Threads), threads(&["t1", "t3", "t4"]));
    assert_eq!(kept(&cmds), [begun(-1)]);
}

#[test]
fn what_the_store_has_counts_not_what_graph_counts() {
    let (stage, cmds) = seen(4, Some(marks(-3, &[("t2", -2), ("t4", -9)])));
    assert_eq!(unread(&stage), ["t1", "t4"]);
    assert_eq!(kept(&cmds), []);
}

#[test]
fn an_older_list_of_the_store_tells_what_is_new() {
    let mut stage = Stage::with_groups();
    let cmds = stage.key("enter");
    let lane = asked(&cmds, Lane::Threads);
    let (group, marks) = ("A".into(), Marks::default());
    stage.answer(lane, Part::Kept(noon(-9)), Ok(Payload::Marks { group, marks }));
    let cmds = stage.answer(lane, Part::Kept(noon(-9)), Ok(threads(&["t3", "t4"])));
    assert_eq!(kept(&cmds), [begun(-3)]);
    stage.reply(lane, threads(&["t1", "t3", "t4"]));
    assert_eq!(unread(&stage), ["t1"]);
}
