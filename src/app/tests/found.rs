//! What an earlier run had on its way, by how long ago that was.

use super::drafts::draft;
use super::fixture::*;
use crate::app::{Cmd, Overlay, Stage as Sending, TimerId, What};
use crate::domain::{Draft, DraftId, DraftState, Kind, Target};
use crate::keys::Place;
use crate::protocol::{Lane, Payload};

#[test]
fn what_was_sent_long_ago_is_looked_for_no_longer_than_if_the_program_had_run_on() {
    // (minutes ago, seconds between the looks that are still due after the first)
    for (ago, pauses) in [
        (0, vec![2, 4, 8, 15, 30, 60]),
        (1, vec![60]),
        (2, vec![]),
        (60 * 24, vec![]),
        // A clock that was set back.
        (-5, vec![2, 4, 8, 15, 30, 60]),
    ] {
        for state in [
            DraftState::Sending { since: noon(-ago) },
            DraftState::Accepted { at: noon(-ago) },
        ] {
            let mut stage = Stage::with_groups();
            let draft = sent(state);
            let settle = TimerId::Settle(draft.id.clone());
            let lane = Lane::Settle(draft.id.clone());
            let (mine, elsewhere, unreadable) = (vec![draft], 0, 0);
            stage.tell(What::Drafts {
                mine,
                elsewhere,
                unreadable,
            });
            let mut look = asked(&stage.wait(0), lane.clone());
            for pause in &pauses {
                stage.reply(look, Payload::Settled(None));
                assert_eq!(stage.due(settle.clone()), Some(pause * 1000), "{ago} minutes ago");
                look = asked(&stage.wait(*pause as u64 * 1000), lane.clone());
            }
            assert_ne!(stage.model.outbox[0].stage, Sending::Unsettled);
            stage.reply(look, Payload::Settled(None));
            assert_eq!(stage.model.outbox[0].stage, Sending::Unsettled, "{ago} minutes ago");
        }
    }
}

fn sent(state: DraftState) -> Draft {
    let mut draft = super::drafts::draft(1, "שלום");
    draft.id = DraftId("before-1".into());
    draft.writer = None;
    Draft { state, ..draft }
}

#[test]
fn what_was_forwarded_leaves_no_trace_so_it_is_never_looked_for_nor_sent_again() {
    let at = noon(-1);
    let forward = |state| Draft {
        target: Target {
            kind: Kind::Forward {
                thread: "t1".into(),
                post: "p1".into(),
            },
            ..sent(state).target
        },
        ..sent(state)
    };
    let tell = |stage: &mut Stage, state| {
        stage.tell(What::Drafts {
            mine: vec![forward(state)],
            elsewhere: 0,
            unreadable: 0,
        })
    };
    let mut stage = Stage::with_threads();
    let accepted = tell(&mut stage, DraftState::Accepted { at });
    assert_eq!(accepted, [Cmd::RemoveDraft(DraftId("before-1".into()))]);
    assert!(stage.model.outbox.is_empty());
    tell(&mut stage, DraftState::Sending { since: at });
    assert_eq!(stage.model.outbox[0].stage, Sending::Unsettled);
    assert!(stage.said().unwrap().contains("only you can tell"));
    assert_eq!(stage.due(TimerId::Settle(DraftId("before-1".into()))), None);
    stage.key("D");
    assert_eq!(stage.key("enter"), [], "there is nothing to look at");
    assert_eq!(stage.model.outbox[0].stage, Sending::Unsettled);
}

#[test]
fn what_another_folkmoot_leaves_is_there_when_the_drafts_are_looked_at() {
    let mut stage = Stage::with_groups();
    assert_eq!(stage.key("D"), [Cmd::TakeLeftDrafts]);
    assert_eq!(stage.said(), Some("No draft is kept, and nothing is on its way."));
    let left = |mine, elsewhere| What::DraftsLeft { mine, elsewhere };
    assert_eq!(stage.tell(left(vec![], 0)), []);
    assert_eq!(stage.said(), Some("No draft is kept, and nothing is on its way."));
    stage.tell(left(vec![], 2));
    assert_eq!(stage.said(), Some("2 drafts are open in another folkmoot."));
    stage.tell(left(vec![draft(1, "灯籠")], 1));
    assert_eq!(stage.said(), Some("A draft was kept: D shows it."));
    assert_eq!(stage.key("D"), [Cmd::TakeLeftDrafts]);
    assert_eq!(stage.model.place(), Place::Drafts);
    // A draft is there once, and the cursor stays on it.
    stage.tell(left(vec![draft(1, "灯籠"), draft(2, "שלום")], 0));
    let known: Vec<_> = stage.model.outbox.iter().map(|out| out.draft.text.as_str()).collect();
    assert_eq!(known, ["灯籠", "שלום"]);
    assert!(matches!(stage.model.overlay, Some(Overlay::Drafts { cursor: 0, .. })));
}
