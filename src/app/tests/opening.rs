//! Opening a group by its id or address.

use super::fixture::*;
use crate::app::{Remote, What};
use crate::layout::Pane;
use crate::protocol::{Lane, Payload, Query};

#[test]
fn a_group_is_opened_by_address_and_joins_the_list() {
    let mut stage = Stage::with_groups();
    stage.key("a");
    stage.types(" z@folkvale.example ");
    let cmds = stage.key("enter");
    let key = "z@folkvale.example".to_owned();
    assert_eq!(cmds, [read(4, Lane::Open, Query::Group { key })]);
    let cmds = stage.reply(4, Payload::Group(Box::new(group("Z"))));
    assert_eq!(lanes(&cmds)[..2], [Lane::Members, Lane::Threads]);
    assert_eq!(shown(&stage.model.groups.list), ["Z", "A", "B", "C", "list"]);
    assert_eq!(under_cursor(&stage.model.groups.list), Some("Z"));
    assert_eq!(stage.model.focus, Pane::Threads);
}

#[test]
fn a_group_in_the_list_is_opened_where_it_stands() {
    let mut stage = Stage::with_groups();
    stage.key("/");
    let cmds = stage.types("A");
    stage.filter_all(&cmds);
    stage.keys("enter a");
    stage.types("C");
    stage.key("enter");
    stage.reply(4, Payload::Group(Box::new(group("C"))));
    assert_eq!(
        shown(&stage.model.groups.list),
        ["A", "B", "C", "list"],
        "no filter any more"
    );
    assert_eq!(under_cursor(&stage.model.groups.list), Some("C"));
}

#[test]
fn a_group_opened_while_the_list_loads_does_not_end_the_loading() {
    let mut stage = Stage::new();
    stage.tell(What::Started);
    stage.key("a");
    stage.types("B");
    stage.key("enter");
    stage.reply(3, Payload::Group(Box::new(group("B"))));
    stage.part(1, groups(&["A", "B"]));
    stage.reply(1, groups(&["C"]));
    assert_eq!(shown(&stage.model.groups.list), ["B", "A", "C"]);
    assert!(matches!(stage.model.groups.list.items, Remote::Ready(_)));
    assert_eq!(under_cursor(&stage.model.groups.list), Some("B"));
}

#[test]
fn a_group_that_comes_late_takes_nothing_from_under_the_hands() {
    let mut stage = Stage::with_posts(vec![post("p1", 2)]);
    stage.keys("1 a");
    stage.types("Z");
    let cmds = stage.key("enter");
    stage.keys("4 r");
    stage.types("hello");
    let cmds = stage.reply(asked(&cmds, Lane::Open), Payload::Group(Box::new(group("Z"))));
    assert_eq!(cmds, []);
    assert_eq!(stage.model.group, Some(group("A")));
    assert_eq!(stage.model.composer.as_ref().unwrap().editor.text(), "hello");
    assert_eq!(shown(&stage.model.groups.list)[0], "Z");
    assert!(stage.said().unwrap().contains("is in the list of groups now"));
}

#[test]
fn a_group_that_cannot_be_opened_is_a_notice() {
    let mut stage = Stage::with_groups();
    stage.key("a");
    assert_eq!(stage.key("enter"), [], "nothing was typed");
    stage.key("a");
    stage.types("nowhere");
    stage.key("enter");
    stage.fail(4);
    assert_eq!(stage.said(), Some("The line is down. Try again."));
    assert_eq!(stage.model.focus, Pane::Groups);
}
