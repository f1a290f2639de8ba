//! The line works again: what could not be read for want of it is read again by itself.

use super::fixture::*;
use crate::app::{Cmd, What};
use crate::protocol::{Lane, Part, Payload, Problem, ProblemKind, Traffic};

fn line(stage: &mut Stage, offline: bool) -> Vec<Cmd> {
    stage.tell(What::Traffic(Traffic {
        offline,
        ..Traffic::default()
    }))
}

/// Group "B" is shown, whose members and threads could not be read.
fn cut_off(why: &Problem) -> Stage {
    let mut stage = Stage::with_threads();
    line(&mut stage, true);
    let cmds = stage.keys("1 j enter");
    for lane in [Lane::Members, Lane::Threads] {
        stage.answer(asked(&cmds, lane), Part::Last, Err(why.clone()));
    }
    stage
}

#[test]
fn panes_that_failed_for_want_of_the_line_are_read_again_once_it_works() {
    let mut stage = cut_off(&problem());
    assert_eq!(line(&mut stage, true), []);
    let cmds = line(&mut stage, false);
    assert_eq!(lanes(&cmds), [Lane::Members, Lane::Threads]);
    assert_eq!(line(&mut stage, false), [], "once");
    stage.reply(asked(&cmds, Lane::Members), members());
    stage.fail(asked(&cmds, Lane::Threads));
    assert_eq!(line(&mut stage, false), [], "it has not been away since");
    line(&mut stage, true);
    assert_eq!(lanes(&line(&mut stage, false)), [Lane::Threads]);
}

#[test]
fn what_failed_for_another_reason_is_not_read_again() {
    let refused = Problem::new(ProblemKind::Forbidden, "No.", "Ask.");
    let mut stage = cut_off(&refused);
    assert_eq!(line(&mut stage, false), []);
}

#[test]
fn whatever_lies_over_the_panes_is_read_again_too() {
    let shown = |keys: &str, lane: Lane| {
        let mut stage = Stage::with_threads();
        let cmds = stage.keys(keys);
        stage.fail(asked(&cmds, lane.clone()));
        line(&mut stage, true);
        let cmds = line(&mut stage, false);
        assert!(lanes(&cmds).contains(&lane), "{keys}: {cmds:?}");
        assert!(!lanes(&cmds).contains(&Lane::Groups));
    };
    shown("2 p", Lane::Profile);
    shown("2 t", Lane::Line(0));
    shown("2 n j j j l", Lane::Nested(["B", "A"].map(Into::into).into()));
    shown("2 w", Lane::Overlap);
    shown("@", Lane::Nearby);
    shown("3 v", Lane::Conversations);
    shown("3 enter", Lane::Posts);
}

#[test]
fn who_is_signed_in_is_asked_again_too() {
    let mut stage = Stage::new();
    stage.tell(What::Started);
    stage.fail(1);
    stage.fail(2);
    line(&mut stage, true);
    let cmds = line(&mut stage, false);
    assert_eq!(lanes(&cmds), [Lane::Groups, Lane::Me]);
    stage.reply(asked(&cmds, Lane::Groups), groups(&["A"]));
    let told: Payload = me();
    stage.reply(asked(&cmds, Lane::Me), told);
    assert!(stage.model.me.shown().is_some());
}
