//! Mine, owned or all groups: what is shown when another scope is chosen.

use super::fixture::*;
use crate::protocol::{Lane, Query, Scope};

#[test]
fn the_scope_goes_round() {
    let mut stage = Stage::with_groups();
    for (id, scope) in [(4, Scope::Owned), (5, Scope::All), (6, Scope::Mine)] {
        let query = Query::Groups { scope, term: None };
        assert_eq!(stage.key("s"), [read(id, Lane::Groups, query)]);
        assert!(stage.model.groups.list.is_empty());
    }
}

#[test]
fn the_cursor_stays_on_its_group_in_another_scope() {
    let mut stage = Stage::with_groups();
    stage.key("j");
    stage.wait(150);
    let cmds = stage.keys("s s");
    stage.part(asked(&cmds, Lane::Groups), groups(&["X", "Y"]));
    assert_eq!(lanes(&stage.wait(1_000)), [], "it may still come");
    stage.part(asked(&cmds, Lane::Groups), groups(&["A", "B"]));
    assert_eq!(under_cursor(&stage.model.groups.list), Some("B"));
    stage.reply(asked(&cmds, Lane::Groups), groups(&["C"]));
    assert_eq!(lanes(&stage.wait(1_000)), [], "it is shown already");
    assert_eq!(stage.model.group, Some(group("B")));
}

#[test]
fn where_another_scope_does_not_have_the_group_the_panes_follow_the_cursor() {
    let mut stage = Stage::with_groups();
    stage.wait(150);
    let cmds = stage.key("s");
    stage.reply(asked(&cmds, Lane::Groups), groups(&["X", "Y"]));
    assert_eq!(lanes(&stage.wait(150))[..2], [Lane::Members, Lane::Threads]);
    assert_eq!(stage.model.group, Some(group("X")));
}

#[test]
fn a_cursor_that_was_moved_meanwhile_is_left_where_it_is() {
    let mut stage = Stage::with_groups();
    stage.wait(150);
    let cmds = stage.key("s");
    stage.part(asked(&cmds, Lane::Groups), groups(&["X", "Y"]));
    stage.key("j");
    stage.reply(asked(&cmds, Lane::Groups), groups(&["A"]));
    assert_eq!(under_cursor(&stage.model.groups.list), Some("Y"));
    stage.wait(150);
    assert_eq!(stage.model.group, Some(group("Y")));
}

#[test]
fn a_scope_that_cannot_be_read_leaves_the_panes_as_they_are() {
    let mut stage = Stage::with_groups();
    stage.wait(150);
    let cmds = stage.key("s");
    stage.part(asked(&cmds, Lane::Groups), groups(&["X"]));
    stage.key("3");
    stage.fail(asked(&cmds, Lane::Groups));
    stage.wait(1_000);
    assert_eq!(stage.model.group, Some(group("A")), "somebody reads there");
    stage.key("1");
    stage.wait(150);
    assert_eq!(stage.model.group, Some(group("X")));
}

#[test]
fn the_panes_follow_when_the_group_under_the_cursor_is_gone_from_a_list_read_again() {
    let mut stage = Stage::with_groups();
    stage.wait(150);
    let cmds = stage.key("ctrl-r");
    stage.reply(asked(&cmds, Lane::Groups), groups(&["B", "C"]));
    stage.wait(150);
    assert_eq!(stage.model.group, Some(group("B")));
}

#[test]
fn an_answer_to_a_filter_of_another_scope_is_stale() {
    let mut stage = Stage::with_groups();
    stage.key("/");
    let first = stage.types("B");
    stage.filter_all(&first);
    let cmds = stage.keys("enter ctrl-r");
    let old = stage.reply(asked(&cmds, Lane::Groups), groups(&["A", "B"]));
    let cmds = stage.key("s");
    stage.reply(asked(&cmds, Lane::Groups), groups(&["D", "E"]));
    stage.key("/");
    let new = stage.types("E");
    stage.filter_all(&old);
    assert_eq!(
        shown(&stage.model.groups.list),
        ["D", "E"],
        "not B's place in the old list"
    );
    stage.filter_all(&new);
    assert_eq!(shown(&stage.model.groups.list), ["E"]);
}
