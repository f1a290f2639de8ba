//! The outbox: what is to be sent can be taken back for a while, goes once, in order, and waits for the line by itself.

use std::time::Duration;

use super::fixture::*;
use super::outgoing::{delivered_of, id, refused, stages};
use crate::app::{Cmd, Stage as Sending, TimerId, What};
use crate::domain::{Draft, DraftId, DraftState};
use crate::keys::Place;
use crate::protocol::{Delivery, Job, Mutation, Problem, Request, RequestId, Traffic};

/// A thread with one post, and five seconds in which a reply can be taken back.
pub(super) fn stage() -> Stage {
    let mut stage = Stage::with_posts(vec![post("p1", 2)]);
    stage.model.settings.undo = Duration::from_secs(5);
    stage
}

/// Writes a reply and says that it is to be sent.
pub(super) fn say(stage: &mut Stage, text: &str) -> Vec<Cmd> {
    stage.key("r");
    stage.types(text);
    stage.key("ctrl-s");
    stage.key("y")
}

/// What the commands send.
pub(super) fn sends(cmds: &[Cmd]) -> Vec<(RequestId, DraftId)> {
    let sent = |cmd: &Cmd| match cmd {
        Cmd::Send(Request {
            id,
            job: Job::Write(_, Mutation::Deliver(draft)),
        }) => Some((*id, draft.id.clone())),
        _ => None,
    };
    cmds.iter().filter_map(sent).collect()
}

/// What the commands write to disk as a change of state.
fn marks(cmds: &[Cmd]) -> Vec<(DraftId, DraftState, String)> {
    let marked = |cmd: &Cmd| match cmd {
        Cmd::MarkDraft(draft) => Some((draft.id.clone(), draft.state, draft.text.clone())),
        _ => None,
    };
    cmds.iter().filter_map(marked).collect()
}

fn quiet() -> Problem {
    Problem {
        retry_at: Some(noon(2)),
        ..Problem::new(crate::protocol::ProblemKind::Throttled, "Graph wants quiet.", "Wait.")
    }
}

pub(super) fn found(state: DraftState, number: u64) -> Draft {
    Draft {
        id: id(number),
        state,
        ..super::drafts::draft(number, "from before")
    }
}

pub(super) fn find(stage: &mut Stage, mine: Vec<Draft>) {
    stage.tell(What::Drafts {
        mine,
        elsewhere: 0,
        unreadable: 0,
    });
}

#[test]
fn a_reply_waits_on_disk_until_the_time_to_take_it_back_has_passed_and_then_goes_once() {
    let mut stage = stage();
    let cmds = say(&mut stage, "hello 日本");
    let (since, tried) = (noon(0), false);
    assert_eq!(sends(&cmds), []);
    assert_eq!(
        marks(&cmds),
        [(
            id(1),
            DraftState::Queued {
                since,
                tried,
                until: None
            },
            "hello 日本".to_owned()
        )]
    );
    assert_eq!(stage.entries(), ["p1", "[run-1]"], "it stands in the thread at once");
    assert_eq!(stage.due(TimerId::Outbox), Some(5_000));
    assert_eq!(sends(&stage.wait(4_999)), []);
    let cmds = stage.wait(1);
    assert_eq!(sends(&cmds).len(), 1);
    assert_eq!(
        (stage.due(TimerId::Outbox), stage.due(TimerId::Countdown)),
        (None, None)
    );
    assert_eq!(sends(&stage.wait(600_000)), []);
}

/// What the disk tells that could not write a text as it was typed, or take down that it is to be sent.
fn full_disk() -> [What; 2] {
    let result = Err(problem());
    [
        What::DraftSaved {
            draft: id(1),
            revision: 1,
            result,
        },
        What::NotMarked {
            draft: id(1),
            problem: problem(),
        },
    ]
}

#[test]
fn the_time_to_take_it_back_begins_anew_where_it_passed_while_another_program_had_the_terminal() {
    let mut stage = stage();
    say(&mut stage, "hello");
    stage.wait(4_000);
    let since = stage.model.now.instant;
    stage.pass(Duration::from_secs(600));
    assert_eq!(sends(&stage.tell(What::Resumed { since })), []);
    let said = "What you wrote has waited for you, and goes soon: u takes it back.";
    assert_eq!(stage.said(), Some(said));
    assert_eq!(sends(&stage.wait(9_999)), []);
    assert_eq!(sends(&stage.wait(1)).len(), 1);
}

#[test]
fn the_time_to_take_it_back_begins_anew_where_it_passed_while_the_program_was_stopped() {
    let mut stage = stage();
    say(&mut stage, "hello");
    stage.wait(4_000);
    stage.pass(Duration::from_secs(600));
    assert_eq!(sends(&stage.tell(What::Due(TimerId::Outbox))), []);
    let said = "What you wrote has waited for you, and goes soon: u takes it back.";
    assert_eq!(stage.said(), Some(said));
    assert_eq!(sends(&stage.wait(9_999)), []);
    assert_eq!(sends(&stage.wait(1)).len(), 1);
}

#[test]
fn a_machine_that_has_slept_leaves_the_time_to_take_it_back_though_the_steady_clock_stood_still() {
    let mut stage = stage();
    say(&mut stage, "hello");
    stage.wait(4_000);
    stage.now.wall += jiff::SignedDuration::from_hours(8);
    assert_eq!(sends(&stage.wait(1_000)), []);
    assert_eq!(stage.said().map(|said| said.contains("has waited for you")), Some(true));
    assert_eq!(sends(&stage.wait(9_001)).len(), 1);
}

#[test]
fn what_waits_for_another_is_no_reason_to_begin_the_time_anew() {
    let mut stage = stage();
    say(&mut stage, "first");
    say(&mut stage, "second");
    let request = sends(&stage.wait(5_000))[0].0;
    // The second's time has passed; the first takes its own.
    stage.wait(60_000);
    delivered_of(&mut stage, request, 1, Delivery::Accepted { at: noon(0) });
    assert_eq!(sends(&stage.wait(0)).len(), 1);
}

#[test]
fn the_time_to_take_it_back_stays_where_it_did_not_pass_unseen() {
    let mut stage = stage();
    say(&mut stage, "hello");
    stage.wait(2_000);
    let since = stage.model.now.instant;
    stage.pass(Duration::from_secs(1));
    stage.tell(What::Resumed { since });
    assert_eq!(stage.due(TimerId::Outbox), Some(2_000));
}

#[test]
fn what_waits_and_is_not_on_disk_is_written_again_and_at_the_end() {
    for told in full_disk() {
        let mut stage = stage();
        stage.model.settings.undo = Duration::from_secs(60);
        say(&mut stage, "hello");
        let is_saved = |cmds: &[Cmd]| match cmds {
            [Cmd::SaveDraft { draft, .. }, ..] => {
                let (since, tried) = (noon(0), false);
                assert_eq!(
                    draft.state,
                    DraftState::Queued {
                        since,
                        tried,
                        until: None
                    }
                );
                assert_eq!(draft.text, "hello");
            }
            other => panic!("{other:?}"),
        };
        stage.tell(told.clone());
        is_saved(&stage.wait(5_000));
        stage.tell(told);
        assert_eq!(stage.key("ctrl-c"), [], "that it is not saved is said first");
        is_saved(&stage.key("ctrl-c"));
    }
}

#[test]
fn what_is_being_sent_is_written_by_whoever_sends_it_alone() {
    for told in full_disk() {
        let mut stage = stage();
        say(&mut stage, "hello");
        stage.wait(4_000);
        stage.tell(told.clone());
        assert_eq!(sends(&stage.wait(1_000)).len(), 1);
        stage.tell(told);
        assert_eq!(stage.due(TimerId::Save), None);
        assert_eq!(stage.key("ctrl-c"), [Cmd::Exit]);
    }
}

#[test]
fn within_its_time_it_is_taken_back_into_the_composer() {
    let mut stage = stage();
    say(&mut stage, "hello");
    stage.wait(4_000);
    let cmds = stage.key("u");
    assert_eq!(marks(&cmds), [(id(1), DraftState::Writing, "hello".to_owned())]);
    assert_eq!(stage.model.place(), Place::Composer);
    assert_eq!(super::drafts::text(&stage), "hello");
    assert_eq!(sends(&stage.wait(60_000)), []);
    stage.key("esc");
    stage.key("u");
    assert_eq!(stage.said(), Some("Nothing waits to be sent."));
}

#[test]
fn without_a_connection_it_is_tried_again_ever_more_seldom_and_at_once_when_the_line_is_back() {
    let mut stage = stage();
    say(&mut stage, "hello");
    let mut request = sends(&stage.wait(5_000))[0].0;
    for pause in [5_000, 10_000, 20_000, 40_000, 60_000, 60_000] {
        delivered_of(&mut stage, request, 1, Delivery::NotSent(problem()));
        assert_eq!(stage.model.composer, None, "it is not given back");
        assert_eq!(stage.due(TimerId::Outbox), Some(pause));
        request = sends(&stage.wait(pause as u64))[0].0;
    }
    delivered_of(&mut stage, request, 1, Delivery::NotSent(problem()));
    let traffic = |offline| {
        What::Traffic(Traffic {
            offline,
            ..Traffic::default()
        })
    };
    stage.tell(traffic(true));
    assert_eq!(stage.due(TimerId::Outbox), Some(60_000));
    stage.tell(traffic(false));
    let request = sends(&stage.wait(0))[0].0;
    delivered_of(&mut stage, request, 1, Delivery::Accepted { at: noon(0) });
    assert_eq!(stage.due(TimerId::Settle(id(1))), Some(1_000));
}

#[test]
fn where_graph_wants_quiet_it_waits_so_long() {
    let mut stage = stage();
    say(&mut stage, "hello");
    let request = sends(&stage.wait(5_000))[0].0;
    delivered_of(&mut stage, request, 1, Delivery::NotSent(quiet()));
    assert_eq!(stage.due(TimerId::Outbox), Some(115_000));
    assert_eq!(sends(&stage.wait(115_000)).len(), 1);
}

#[test]
fn what_may_have_been_sent_is_never_tried_again_by_itself() {
    let mut stage = stage();
    say(&mut stage, "hello");
    let request = sends(&stage.wait(5_000))[0].0;
    delivered_of(&mut stage, request, 1, Delivery::Unknown(problem()));
    assert_eq!(stage.due(TimerId::Outbox), None);
    assert_eq!(sends(&stage.wait(3_600_000)), []);
}

#[test]
fn in_a_group_things_go_one_after_the_other_in_the_order_in_which_they_were_said() {
    let mut stage = stage();
    say(&mut stage, "first");
    say(&mut stage, "second");
    let mut other = found(
        DraftState::Queued {
            since: noon(0),
            tried: true,
            until: None,
        },
        9,
    );
    other.target.group = "B".into();
    find(&mut stage, vec![other]);
    let cmds = stage.wait(5_000);
    let [(first, _)] = sends(&cmds)[..] else {
        panic!("{cmds:?}")
    };
    let cmds = stage.wait(5_000);
    let (_, draft) = &sends(&cmds)[0];
    assert_eq!(
        (sends(&cmds).len(), draft),
        (1, &id(9)),
        "another mailbox does not wait"
    );
    delivered_of(&mut stage, first, 1, Delivery::NotSent(problem()));
    assert_eq!(
        stage.due(TimerId::Outbox),
        Some(5_000),
        "the second waits for the first"
    );
    let cmds = stage.wait(5_000);
    let [(first, _)] = sends(&cmds)[..] else {
        panic!("{cmds:?}")
    };
    delivered_of(&mut stage, first, 1, Delivery::Accepted { at: noon(0) });
    assert_eq!(sends(&stage.wait(0))[0].1, id(2));
}

#[test]
fn what_is_refused_makes_room_for_the_next() {
    let mut stage = stage();
    say(&mut stage, "first");
    say(&mut stage, "second");
    stage.key("1");
    let first = sends(&stage.wait(5_000))[0].0;
    delivered_of(&mut stage, first, 1, Delivery::NotSent(refused()));
    let request = sends(&stage.wait(0))[0].0;
    assert_eq!(stages(&stage), [&Sending::Sending(request), &Sending::Kept]);
}

#[test]
fn what_waits_is_discarded_at_the_second_press() {
    let mut stage = stage();
    say(&mut stage, "hello");
    stage.key("D");
    assert_eq!(stage.key("x"), []);
    assert!(stage.keys("x").contains(&Cmd::RemoveDraft(id(1))));
    assert_eq!(sends(&stage.wait(60_000)), []);
    assert_eq!(stage.entries(), ["p1"]);
}
