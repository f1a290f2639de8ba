//! Telling Graph what was seen of a group.

use super::fixture::*;
use super::marks::{seen, unread};
use crate::app::Cmd;
use crate::domain::Id;
use crate::protocol::{Delivery, Job, Lane, Mutation, Payload, Request};

/// The groups that Graph is told to have been seen.
fn told(cmds: &[Cmd]) -> Vec<(Asked, String)> {
    let group = |cmd: &Cmd| match cmd {
        Cmd::Send(Request {
            id,
            job: Job::Write(_, Mutation::SeeGroup { group }),
        }) => Some((Asked(*id), group.as_str().to_owned())),
        _ => None,
    };
    cmds.iter().filter_map(group).collect()
}

#[test]
fn graph_is_told_once_that_an_opened_group_was_seen() {
    let (mut stage, cmds) = seen(2, None);
    let (id, group) = told(&cmds).remove(0);
    assert_eq!((group.as_str(), told(&cmds).len()), ("A", 1));
    assert_eq!(
        stage.model.groups.unseen[&Id::new("A")],
        2,
        "not before Graph has said so"
    );
    let accepted = Payload::Changed(Delivery::Accepted { at: noon(0) });
    assert_eq!(stage.reply(id, accepted), []);
    assert_eq!(stage.model.groups.unseen[&Id::new("A")], 0);
    assert_eq!(unread(&stage), ["t1", "t2"], "that is not having read them");
    assert_eq!(told(&stage.keys("j k enter esc")), []);
}

#[test]
fn what_graph_refuses_to_be_told_is_told_again_only_when_it_has_counted_anew() {
    let (mut stage, cmds) = seen(2, None);
    let (id, _) = told(&cmds).remove(0);
    stage.reply(id, Payload::Changed(Delivery::NotSent(problem())));
    assert_eq!(stage.said(), None);
    assert_eq!(stage.model.groups.unseen[&Id::new("A")], 2);
    assert_eq!(told(&stage.keys("j k")), []);
    stage.key("1");
    let cmds = stage.key("ctrl-r");
    let cmds = stage.reply(asked(&cmds, Lane::Groups), groups(&["A", "B"]));
    stage.reply(asked(&cmds, Lane::Unseen), Payload::Unseen(vec![("A".into(), 1)]));
    assert_eq!(told(&stage.key("3")).len(), 1);
}

#[test]
fn a_group_is_not_seen_by_resting_on_it_nor_where_nothing_may_be_sent() {
    let mut stage = Stage::with_groups();
    stage.reply(3, Payload::Unseen(vec![("A".into(), 2)]));
    let cmds = stage.wait(150);
    stage.know_marks();
    let cmds = stage.reply(asked(&cmds, Lane::Threads), threads(&["t1"]));
    assert_eq!(told(&cmds), []);
    stage.model.settings.read_only = true;
    assert_eq!(told(&stage.key("3")), []);
}
