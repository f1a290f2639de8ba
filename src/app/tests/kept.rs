//! Drafts that are kept: found at the start, opened where they belong, discarded.

use super::drafts::{draft, kept, text};
use super::fixture::*;
use crate::app::{Cmd, Outgoing, What};
use crate::domain::{Draft, DraftId, DraftState, Kind};
use crate::layout::Pane;
use crate::protocol::{Lane, Part};

#[test]
fn drafts_found_at_the_start_are_offered_or_looked_for() {
    let found = |mine: Vec<Draft>, elsewhere, unreadable| {
        let mut stage = Stage::new();
        stage.tell(What::Started);
        stage.tell(What::Drafts {
            mine,
            elsewhere,
            unreadable,
        });
        stage
    };
    let sending = Draft {
        state: DraftState::Sending { since: noon(-3) },
        ..draft(8, "sending")
    };
    let accepted = Draft {
        state: DraftState::Accepted { at: noon(-2) },
        ..draft(9, "accepted")
    };
    for (drafts, elsewhere, unreadable, said) in [
        (vec![], 0, 0, None),
        (vec![draft(7, "a")], 0, 0, Some("A draft was kept: D shows it.")),
        (
            vec![draft(6, "a"), draft(7, "b")],
            0,
            0,
            Some("2 drafts were kept: D shows them."),
        ),
        (vec![], 2, 0, Some("2 drafts are open in another folkmoot.")),
        (vec![], 1, 0, Some("A draft is open in another folkmoot.")),
        (
            vec![draft(7, "a")],
            0,
            1,
            Some("A draft could not be read; its file was put aside, not deleted."),
        ),
        (
            vec![],
            0,
            2,
            Some("2 drafts could not be read; their files were put aside, not deleted."),
        ),
    ] {
        let stage = found(drafts, elsewhere, unreadable);
        assert_eq!(stage.said(), said);
    }
    let mut stage = found(vec![draft(7, "mine"), sending, accepted], 0, 0);
    assert_eq!(kept(&stage), [("run-7", "mine")]);
    let cmds = stage.wait(0);
    let lane = |number: u64| Lane::Settle(DraftId(format!("run-{number}")));
    assert_eq!(lanes(&cmds), [lane(8), lane(9)], "looked for at once");
    stage.reply(1, groups(&["A"]));
    let cmds = stage.key("enter");
    stage.reply(asked(&cmds, Lane::Threads), threads(&["t1"]));
    let cmds = stage.key("enter");
    stage.reply(asked(&cmds, Lane::Posts), posts_of(vec![post("p1", 1)]));
    assert_eq!(stage.entries(), ["p1", "[run-8]", "[run-9]"]);
    stage.keys("[ [ r");
    assert_eq!(text(&stage), "mine", "only what was never sent is offered as text");
}

#[test]
fn a_kept_draft_is_opened_where_it_belongs() {
    let mut stage = Stage::with_threads();
    let mut other = draft(7, "for B");
    other.target.group = "B".into();
    other.target.kind = Kind::Reply {
        thread: "b1".into(),
        post: None,
    };
    let (mine, elsewhere, unreadable) = (vec![other], 0, 0);
    stage.tell(What::Drafts {
        mine,
        elsewhere,
        unreadable,
    });
    let cmds = stage.keys("D enter");
    assert_eq!(lanes(&cmds)[..3], [Lane::Members, Lane::Threads, Lane::Posts]);
    assert_eq!(stage.model.group, Some(group("B")));
    assert_eq!((stage.model.focus, text(&stage)), (Pane::Posts, "for B".to_owned()));
    assert_eq!(stage.model.overlay, None);
}

#[test]
fn discarding_takes_two_presses_on_the_same_draft() {
    let mut stage = Stage::new();
    let (mine, elsewhere, unreadable) = (vec![draft(1, "a"), draft(2, "b"), draft(3, "c")], 0, 0);
    stage.tell(What::Drafts {
        mine,
        elsewhere,
        unreadable,
    });
    stage.key("D");
    assert_eq!(stage.keys("x j x"), [], "moving takes the first press back");
    assert_eq!(stage.key("x"), [Cmd::RemoveDraft(DraftId("run-2".into()))]);
    let left = |stage: &Stage| {
        let names = stage
            .model
            .outbox
            .iter()
            .map(|Outgoing { draft, .. }| draft.id.0.clone());
        names.collect::<Vec<_>>()
    };
    assert_eq!(left(&stage), ["run-1", "run-3"]);
    stage.keys("x x");
    assert_eq!(left(&stage), ["run-3"]);
    stage.keys("x x");
    assert_eq!(
        (left(&stage).len(), &stage.model.overlay),
        (0, &None),
        "an empty list is closed"
    );
}

#[test]
fn a_second_press_never_means_another_draft_because_one_above_has_settled() {
    let mut stage = Stage::new();
    let sending = Draft {
        state: DraftState::Sending { since: noon(-3) },
        ..draft(1, "sending")
    };
    let (mine, elsewhere, unreadable) = (vec![sending, draft(2, "b"), draft(3, "c")], 0, 0);
    stage.tell(What::Drafts {
        mine,
        elsewhere,
        unreadable,
    });
    let look = asked(&stage.wait(0), Lane::Settle(DraftId("run-1".into())));
    stage.keys("D j x");
    let settled = landed("p9");
    stage.answer(look, Part::Last, Ok(settled));
    assert_eq!(
        stage.key("x"),
        [Cmd::RemoveDraft(DraftId("run-2".into()))],
        "the one that was pressed"
    );
}
