//! What an earlier run was to send and has not: it goes by itself only where that is what the person expects.

use super::fixture::*;
use super::outgoing::{id, stages};
use super::queue::{find, found, say, sends, stage};
use crate::app::{Cmd, Stage as Sending, TimerId, Wait};
use crate::domain::{Draft, DraftState};

#[test]
fn leaving_in_that_time_leaves_it_on_disk_as_it_is_and_it_waits_for_the_persons_word() {
    let mut stage = stage();
    say(&mut stage, "hello");
    assert_eq!(stage.key("ctrl-c"), [], "it is said first");
    assert_eq!(stage.key("ctrl-c"), [Cmd::Exit]);
    let mut stage = super::queue::stage();
    let (since, tried) = (noon(-60), false);
    find(
        &mut stage,
        vec![found(
            DraftState::Queued {
                since,
                tried,
                until: None,
            },
            1,
        )],
    );
    assert!(
        stage
            .said()
            .unwrap()
            .starts_with("A post was not sent before folkmoot ended")
    );
    assert_eq!(stages(&stage), [&Sending::Queued(Wait::Word)]);
    assert_eq!(
        sends(&stage.wait(3_600_000)),
        [],
        "whoever leaves may have meant to take it back"
    );
    assert_eq!(sends(&stage.keys("D s")).len(), 1);
}

#[test]
fn what_an_earlier_run_tried_goes_once_that_was_said() {
    let mut stage = stage();
    let tried = true;
    let mine = vec![
        found(
            DraftState::Queued {
                since: noon(-1),
                tried,
                until: None,
            },
            1,
        ),
        found(
            DraftState::Queued {
                since: noon(-2),
                tried,
                until: None,
            },
            2,
        ),
    ];
    find(&mut stage, mine);
    assert!(
        stage
            .said()
            .unwrap()
            .starts_with("2 posts wait in the outbox and go soon")
    );
    assert_eq!(stage.due(TimerId::Outbox), Some(10_000));
    assert_eq!(sends(&stage.wait(10_000))[0].1, id(2), "what was said first");
}

/// A draft that an earlier run tried when Graph wanted quiet, until so many minutes from now.
fn told_to_wait(number: u64, minutes: i64) -> Draft {
    let (since, tried, until) = (noon(-1), true, Some(noon(minutes)));
    found(DraftState::Queued { since, tried, until }, number)
}

#[test]
fn what_graph_told_an_earlier_run_to_keep_waits_until_then_or_for_the_persons_word() {
    let mut stage = stage();
    find(&mut stage, vec![told_to_wait(1, 60)]);
    let said = "A post waits in the outbox and goes once Graph wants quiet no longer: u takes it back, D shows it.";
    assert_eq!(stage.said(), Some(said));
    assert_eq!(stage.due(TimerId::Outbox), Some(3_600_000));
    assert_eq!(sends(&stage.wait(3_599_999)), []);
    assert_eq!(sends(&stage.wait(1)).len(), 1);

    let mut stage = super::queue::stage();
    find(&mut stage, vec![told_to_wait(1, 60)]);
    assert_eq!(sends(&stage.keys("D s")).len(), 1);
}

#[test]
fn once_graph_wants_quiet_no_longer_what_an_earlier_run_tried_goes_as_anything_does() {
    let mut stage = stage();
    find(&mut stage, vec![told_to_wait(1, -60)]);
    let said = "A post waits in the outbox and goes soon: u takes it back, D shows it.";
    assert_eq!(stage.said(), Some(said));
    assert_eq!(sends(&stage.wait(9_999)), []);
    assert_eq!(sends(&stage.wait(1)).len(), 1);
}

#[test]
fn read_only_sends_nothing_that_waits() {
    let mut stage = stage();
    stage.model.settings.read_only = true;
    find(
        &mut stage,
        vec![found(
            DraftState::Queued {
                since: noon(-1),
                tried: true,
                until: None,
            },
            1,
        )],
    );
    assert_eq!(sends(&stage.wait(60_000)), []);
    assert_eq!(sends(&stage.keys("D s")), []);
    assert!(stage.said().unwrap().contains("--read-only"));
}
