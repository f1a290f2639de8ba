//! Keys that come before the answer to a filter.

use super::fixture::*;
use crate::app::{Cmd, TimerId, What};
use crate::layout::Pane;
use crate::protocol::{Lane, Part, Problem, ProblemKind};

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
fn typed_fast_comes_to_the_same_as_typed_slowly() {
    for typed in [
        "/ t enter j",
        "/ t enter j j enter k esc k",
        "/ t down enter",
        "/ t down down up 5 backspace enter",
        "/ t enter esc",
        "/ t enter / 3 enter r q s",
        "/ t enter 1 / C enter j k s",
        "/ t enter / q s esc j",
    ] {
        let end = |late: bool| {
            let mut stage = Stage::with_threads();
            let mut filtering = Vec::new();
            for name in typed.split(' ') {
                let cmds = stage.key(name);
                filtering.extend(if late { cmds } else { stage.filter_all(&cmds) });
            }
            while !filtering.is_empty() {
                filtering = stage.filter_all(&std::mem::take(&mut filtering));
            }
            let model = stage.model;
            let lists = (
                model.groups.list.cursor,
                model.threads.list.cursor,
                model.threads.list.needle.clone(),
            );
            let written = model.composer.as_ref().map(|composer| composer.editor.text());
            (
                lists,
                written,
                model.focus,
                model.groups.scope,
                model.prompt.clone(),
                model.group.clone(),
            )
        };
        assert_eq!(end(true), end(false), "{typed}");
    }
}

#[test]
fn a_paste_waits_its_turn() {
    let mut stage = Stage::with_threads();
    stage.key("/");
    let first = stage.types("t");
    stage.keys("enter /");
    assert_eq!(stage.paste("7"), []);
    assert_eq!(stage.said(), None);
    stage.filter_all(&first);
    assert_eq!(stage.model.threads.list.needle, "t7");
}

#[test]
fn what_is_for_the_program_as_a_whole_never_waits() {
    let mut stage = Stage::with_groups();
    stage.wait(150);
    stage.key("/");
    stage.types("C");
    assert_eq!(stage.keys("enter j ctrl-l"), [Cmd::Redraw]);
    assert_eq!(stage.key("ctrl-c"), [Cmd::Exit]);
}

#[test]
fn an_answer_that_never_comes_holds_nothing_up() {
    let mut stage = Stage::with_groups();
    stage.wait(150);
    stage.key("/");
    let late = stage.types("C");
    assert_eq!(stage.keys("enter j enter"), []);
    assert_eq!(stage.due(TimerId::TypedAhead), Some(2_000));
    stage.wait(1_000);
    stage.key("j");
    assert_eq!(stage.wait(1_000), [], "nothing is let loose on the list as it is");
    assert!(stage.said().unwrap().starts_with("What you typed ahead was let go"));
    assert_eq!(stage.due(TimerId::TypedAhead), None);
    stage.key("j");
    assert_eq!(
        under_cursor(&stage.model.groups.list),
        Some("B"),
        "from now on keys act at once"
    );
    stage.keys("j j");
    stage.filter_all(&late);
    assert_eq!(shown(&stage.model.groups.list), ["C"]);
}

#[test]
fn what_comes_to_the_screen_by_itself_is_not_typed_into() {
    let mut stage = Stage::with(120, 40, |settings| settings.can_sign_in = true);
    stage.tell(What::Started);
    stage.part(1, groups(&["A", "B", "C"]));
    stage.key("/");
    let filtering = stage.types("C");
    stage.keys("enter enter");
    let refused = Problem::new(ProblemKind::SignIn, "The sign-in has ended.", "Sign in again.");
    stage.answer(1, Part::Last, Err(refused));
    assert!(stage.model.sign_in.is_some());
    assert_eq!(stage.filter_all(&filtering), [], "Enter would begin the sign-in");
    assert!(stage.said().unwrap().starts_with("What you typed ahead was let go"));
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
