//! A reply that was looked for in vain: the person decides.

use super::fixture::*;
use super::outgoing::{accepted, id, look_after, nothing, seen, sought, stages};
use crate::app::outbox::lose_thread;
use crate::app::{Cmd, Stage as Sending, What};
use crate::domain::DraftState;
use crate::keys::Place;
use crate::protocol::{Part, Problem, ProblemKind, Reply};

/// A reply that was looked for in vain, and the list of drafts open.
pub(super) fn unsettled() -> Stage {
    let mut stage = accepted("hello");
    for seconds in [1, 2, 4, 8, 15, 30, 60] {
        let (look, _) = look_after(&mut stage, seconds);
        stage.reply(look, nothing());
    }
    stage.key("D");
    stage
}

#[test]
fn the_person_may_look_again() {
    let mut stage = unsettled();
    let (look, _) = sought(&stage.key("enter"));
    stage.reply(look, nothing());
    assert_eq!(stages(&stage), [&Sending::Unsettled]);
    let (look, _) = sought(&stage.key("enter"));
    let cmds = stage.reply(look, seen("p2"));
    assert_eq!(cmds[0], Cmd::RemoveDraft(id(1)));
}

#[test]
fn the_person_may_write_it_again() {
    let mut stage = unsettled();
    let cmds = stage.key("w");
    let Cmd::MarkDraft(draft) = &cmds[0] else {
        panic!("{cmds:?}")
    };
    assert_eq!((draft.state, draft.text.as_str()), (DraftState::Writing, "hello"));
    assert_eq!(stage.model.place(), Place::Composer);
    assert_eq!(stage.model.composer.as_ref().unwrap().editor.text(), "hello");
    assert_eq!(stage.entries(), ["p1"]);
}

#[test]
fn the_person_may_discard_it() {
    let mut stage = unsettled();
    assert_eq!(stage.key("x"), []);
    assert_eq!(stage.key("x"), [Cmd::RemoveDraft(id(1))]);
    assert_eq!(
        (stage.entries(), stage.model.overlay.is_none()),
        (vec!["p1".to_owned()], true)
    );
}

#[test]
fn what_could_not_be_recorded_as_written_again_is_recorded_later_and_at_the_end() {
    let mut stage = unsettled();
    stage.key("w");
    let not_marked = || What::NotMarked {
        draft: id(1),
        problem: problem(),
    };
    stage.tell(not_marked());
    let saves = |cmds: &[Cmd], expected: &str| match cmds {
        [Cmd::SaveDraft { draft, .. }, ..] => {
            assert_eq!((draft.state, draft.text.as_str()), (DraftState::Writing, expected));
        }
        other => panic!("{other:?}"),
    };
    assert!(!stage.model.composer.as_ref().unwrap().is_saved());
    saves(&stage.wait(5_000), "hello");
    stage.tell(not_marked());
    stage.types("!");
    assert_eq!(stage.key("ctrl-c"), [], "that it is not saved is said first");
    saves(&stage.key("ctrl-c"), "hello!");
}

#[test]
fn what_nobody_can_look_for_any_more_is_left_to_the_person() {
    for kind in [ProblemKind::NotFound, ProblemKind::Forbidden] {
        let mut stage = accepted("hello");
        let (look, _) = look_after(&mut stage, 1);
        let gone = Problem::new(kind, "It is gone.", "");
        stage.answer(look, Part::Last, Err(gone.clone()));
        assert_eq!(stages(&stage), [&Sending::Unsettled], "{kind:?}");
        assert_eq!(stage.model.outbox[0].problem, Some(gone));
        assert!(stage.said().unwrap().contains("D shows it"));
        stage.key("D");
        assert_eq!(stage.keys("x x"), [Cmd::RemoveDraft(id(1))]);
    }
}

#[test]
fn what_is_looked_for_in_a_thread_that_goes_is_left_to_the_person() {
    let mut stage = accepted("hello");
    let (look, _) = look_after(&mut stage, 1);
    lose_thread(&mut stage.model, &"A".into(), &["t1".into()], &problem());
    assert_eq!(stages(&stage), [&Sending::Unsettled]);
    let (id, part, result) = (look, Part::Last, Ok(nothing()));
    assert_ignored(&mut stage, What::Reply(Reply { id, part, result }));
}
