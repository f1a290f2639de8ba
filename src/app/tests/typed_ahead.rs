//! Keys that come before the answer to a filter.

use super::fixture::*;
use crate::app::{Cmd, What};
use crate::layout::Pane;
use crate::protocol::Lane;

/// The group that the commands read the threads of.
fn opened(stage: &Stage, cmds: &[Cmd]) -> Option<String> {
    let reads = lanes(cmds).contains(&Lane::Threads);
    reads.then(|| stage.model.group.as_ref().unwrap().id.as_str().to_owned())
}

#[test]
fn enter_opens_what_the_filter_brings_up_however_late_it_comes() {
    for late in [false, true] {
        let mut stage = Stage::with_groups();
        stage.wait(150);
        stage.key("/");
        let mut filtering = stage.types("C");
        if !late {
            stage.filter_all(&std::mem::take(&mut filtering));
        }
        let mut cmds = stage.keys("enter enter");
        cmds.extend(stage.filter_all(&filtering));
        assert_eq!(opened(&stage, &cmds).as_deref(), Some("C"), "late: {late}");
        assert_eq!(stage.model.focus, Pane::Threads);
    }
}

#[test]
fn keys_wait_in_order_and_those_after_them_too() {
    let mut stage = Stage::with_threads();
    stage.key("/");
    let first = stage.types("t");
    assert_eq!(stage.keys("enter j j / g o n e"), []);
    let second = stage.filter_all(&first);
    assert_eq!(stage.model.threads.list.cursor, 2);
    assert_eq!(
        stage.model.threads.list.needle, "tgone",
        "the line goes on from what it looked for before"
    );
    assert!(stage.model.prompt.is_some());
    stage.filter_all(&second);
    assert!(stage.model.threads.list.is_empty());
}

#[test]
fn leaving_the_pane_leaves_it_with_what_the_filter_brings_up() {
    let mut stage = Stage::with_groups();
    stage.wait(150);
    stage.key("/");
    let filtering = stage.types("B");
    stage.keys("enter 3");
    assert_eq!(stage.model.focus, Pane::Groups);
    stage.filter_all(&filtering);
    assert_eq!(stage.model.focus, Pane::Threads);
    assert_eq!(stage.model.group, Some(group("B")));
}

#[test]
fn what_leaves_the_list_behind_never_waits() {
    let mut stage = Stage::with_groups();
    stage.wait(150);
    stage.key("/");
    let filtering = stage.types("C");
    stage.keys("enter enter esc");
    assert_eq!(stage.model.focus, Pane::Groups);
    assert!(!stage.model.groups.list.is_filtered());
    assert_eq!(stage.filter_all(&filtering), [], "the Enter is forgotten");
    assert_eq!(under_cursor(&stage.model.groups.list), Some("A"));

    stage.key("/");
    stage.types("C");
    assert_eq!(stage.keys("enter q"), [Cmd::Exit]);
}

#[test]
fn keys_do_not_wait_for_a_list_that_has_not_come() {
    let mut stage = Stage::new();
    stage.tell(What::Started);
    stage.key("/");
    stage.types("C");
    stage.keys("enter 3");
    assert_eq!(stage.model.focus, Pane::Threads);
}
