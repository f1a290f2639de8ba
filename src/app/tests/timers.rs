//! Timers: a function of the model, and none when nothing moves.

use std::time::Duration;

use super::fixture::*;
use crate::app::{Timer, TimerId, What, timers};
use crate::layout::Size;
use crate::protocol::{Lane, Payload};

fn ids_of(timers: &[Timer]) -> Vec<&TimerId> {
    timers.iter().map(|timer| &timer.id).collect()
}

#[test]
fn where_nothing_moves_nothing_falls_due() {
    let mut stage = Stage::new();
    assert_eq!(timers(&stage.model), [], "before the start");
    stage.tell(What::Started);
    assert_eq!(timers(&stage.model), [], "answers come by themselves");
    stage.reply(1, groups(&["list"]));
    stage.reply(2, me());
    stage.wait(150);
    assert_eq!(
        timers(&stage.model),
        [],
        "a group without a mailbox is not looked at for news"
    );
}

#[test]
fn shown_threads_are_looked_at_and_their_ages_change() {
    let mut stage = Stage::with_threads();
    stage.wait(150);
    stage.wait(60_000);
    let due = timers(&stage.model);
    assert_eq!(ids_of(&due), [&TimerId::Watch, &TimerId::Clock]);
    let mut stage = Stage::with(120, 40, |settings| settings.times.absolute = true);
    stage.tell(What::Started);
    stage.reply(1, groups(&["A"]));
    let cmds = stage.key("enter");
    stage.reply(asked(&cmds, Lane::Threads), threads(&["t1"]));
    stage.wait(150);
    assert_eq!(ids_of(&timers(&stage.model)), [&TimerId::Watch], "dates do not change");
}

#[test]
fn the_clock_ticks_when_something_visible_changes_and_not_more_than_once_a_minute() {
    for (minutes, seconds) in [
        (0, 60),
        (1, 60),
        (59, 60),
        (90, 30 * 60),
        (60 * 5, 60 * 60),
        (60 * 24 * 3 + 60, 23 * 60 * 60),
    ] {
        let mut stage = Stage::with_threads();
        let cmds = stage.key("ctrl-r");
        let page = Payload::Threads([thread_at("t1", minutes)].into());
        stage.reply(asked(&cmds, Lane::Threads), page);
        let due = stage.due(TimerId::Clock).expect("an age is shown");
        assert_eq!(due, seconds * 1000, "{minutes} minutes old");
        stage.pass(Duration::from_secs(20));
        stage.tell(What::Traffic(Default::default()));
        assert!(
            stage.due(TimerId::Clock).unwrap() >= 60_000,
            "and drawing does not bring it nearer"
        );
    }
}

#[test]
fn what_is_not_visible_has_no_clock() {
    let mut stage = Stage::with_threads();
    assert!(stage.due(TimerId::Clock).is_some());
    for size in [(20, 4), (0, 0)] {
        let (width, height) = size;
        stage.tell(What::Resized(Size { width, height }));
        assert_eq!(stage.due(TimerId::Clock), None, "{size:?}");
    }
    stage.tell(What::Resized(Size { width: 80, height: 24 }));
    stage.key("1");
    assert_eq!(stage.due(TimerId::Clock), None, "threads are hidden");
}

#[test]
fn a_notice_goes_away_by_itself() {
    let mut stage = Stage::new();
    stage.key("D");
    assert!(stage.said().is_some());
    assert_eq!(stage.due(TimerId::Notice), Some(6_000));
    stage.wait(5_999);
    assert!(stage.said().is_some());
    stage.wait(1);
    assert_eq!((stage.said(), timers(&stage.model)), (None, vec![]));
}

#[test]
fn a_deadline_that_is_not_due_changes_nothing() {
    let mut stage = Stage::with_posts(vec![post("p1", 1)]);
    stage.key("r");
    stage.types("x");
    for id in [
        TimerId::Rest,
        TimerId::Save,
        TimerId::Notice,
        TimerId::Watch,
        TimerId::AskServer,
        TimerId::Settle(crate::domain::DraftId("run-1".into())),
        TimerId::Clock,
    ] {
        assert_ignored(&mut stage, What::Due(id));
    }
}

#[test]
fn what_was_due_is_no_longer_due_when_it_has_happened() {
    let mut stage = Stage::with_posts(vec![post("p1", 1)]);
    stage.keys("3 j");
    for _ in 0..200 {
        let Some(timer) = timers(&stage.model).into_iter().min_by_key(|timer| timer.due) else {
            break;
        };
        let wait = timer.due.saturating_duration_since(stage.now.instant);
        stage.pass(wait);
        stage.tell(What::Due(timer.id.clone()));
        let again = timers(&stage.model).into_iter().find(|other| other.id == timer.id);
        assert!(
            again.is_none_or(|again| again.due > timer.due),
            "{timer:?} would be due for ever"
        );
    }
}
