//! Leaving the program, from anywhere.

use std::time::Duration;

use super::drafts::{save, writing};
use super::fixture::*;
use crate::app::{Cmd, Wait, What, unsent};
use crate::domain::DraftId;

#[test]
fn leaving_saves_what_is_typed_whatever_is_open() {
    for (open, quit) in [("", "ctrl-c"), ("ctrl-s", "ctrl-c")] {
        let mut stage = writing();
        stage.types("typed");
        stage.wait(100);
        stage.types("!");
        let mut cmds = Vec::new();
        if !open.is_empty() {
            cmds.extend(stage.key(open));
        }
        cmds.extend(stage.key(quit));
        assert_eq!(cmds.last(), Some(&Cmd::Exit));
        assert!(cmds.contains(&save(1, "typed!", 6)), "{cmds:?}");
        assert_eq!(crate::app::timers(&stage.model), [], "nothing falls due any more");
    }
    let mut stage = writing();
    stage.paste("日本\n");
    assert_eq!(stage.tell(What::Quit), [save(1, "日本\n", 1), Cmd::Exit]);
}

#[test]
fn leaving_an_empty_composer_leaves_nothing_behind() {
    let mut stage = writing();
    stage.types("x");
    stage.wait(100);
    stage.key("backspace");
    let gone = Cmd::RemoveDraft(DraftId("run-1".into()));
    assert_eq!(stage.key("ctrl-c"), [gone, Cmd::Exit]);
}

#[test]
fn leaving_from_every_other_place_just_ends() {
    for keys in ["1", "2", "3", "4", "M", "?", ":", "/", "1 a"] {
        let mut stage = Stage::with_posts(vec![post("p1", 2)]);
        stage.keys(keys);
        assert_eq!(stage.key("ctrl-c"), [Cmd::Exit], "{keys}");
        assert!(stage.model.ending);
    }
    let mut stage = Stage::with_posts(vec![post("p1", 2)]);
    assert_eq!(stage.key("q"), [Cmd::Exit]);
}

/// A reply that the disk does not take.
fn refused() -> Stage {
    let mut stage = writing();
    stage.types("日本");
    stage.wait(100);
    let (draft, result) = (DraftId("run-1".into()), Err(problem()));
    stage.tell(What::DraftSaved {
        draft,
        revision: 2,
        result,
    });
    stage
}

#[test]
fn what_the_disk_does_not_take_is_left_only_by_who_was_told_so_just_before() {
    for (goes_on, quit) in [("x", "ctrl-c"), ("left", "ctrl-c"), ("esc", "q"), ("f1", "ctrl-c")] {
        let mut stage = refused();
        assert_eq!(stage.key("ctrl-c"), []);
        let said = stage.said().unwrap();
        assert!(
            said.starts_with("Not saved: The line is down.") && said.ends_with("quit again to leave all the same."),
            "{said}"
        );
        stage.key(goes_on);
        assert_eq!(stage.key(quit), [], "{goes_on} was something else");
        assert_eq!(stage.key(quit).last(), Some(&Cmd::Exit));
    }
    let mut stage = refused();
    stage.key("ctrl-c");
    stage.paste("x");
    assert_eq!(stage.key("ctrl-c"), []);
}

#[test]
fn nobody_is_held_for_what_lies_on_disk_or_is_on_its_way_there_or_by_a_signal() {
    let mut stage = refused();
    assert_eq!(stage.tell(What::Quit).last(), Some(&Cmd::Exit), "a signal");
    let mut stage = refused();
    assert!(matches!(&stage.wait(5_000)[..], [Cmd::SaveDraft { .. }]));
    let (draft, result) = (DraftId("run-1".into()), Ok(()));
    stage.tell(What::DraftSaved {
        draft,
        revision: 2,
        result,
    });
    stage.types("!");
    assert_eq!(stage.key("ctrl-c").last(), Some(&Cmd::Exit), "on its way");
    let mut stage = refused();
    stage.keys("backspace backspace");
    assert_eq!(stage.key("ctrl-c").last(), Some(&Cmd::Exit), "nothing is written");
}

/// A reply that can still be taken back.
fn waiting() -> Stage {
    let mut stage = Stage::with_posts(vec![post("p1", 2)]);
    stage.model.settings.undo = Duration::from_secs(60);
    stage.key("r");
    stage.types("日本語");
    stage.keys("ctrl-s y");
    assert_eq!(unsent(&stage.model), 1);
    stage
}

#[test]
fn a_post_that_has_not_gone_is_left_behind_only_by_who_was_told_so() {
    for quit in ["q", "ctrl-c"] {
        let mut stage = waiting();
        assert_eq!(stage.key(quit), []);
        let said = "A post has not gone yet: quit again to leave it in the outbox.";
        assert_eq!(stage.said(), Some(said));
        stage.key("j");
        assert_eq!(stage.key(quit), [], "something else was wanted in between");
        assert_eq!(stage.key(quit), [Cmd::Exit]);
    }
    let mut stage = waiting();
    assert_eq!(stage.tell(What::Quit), [Cmd::Exit], "a signal");
    let mut stage = waiting();
    stage.key("u");
    stage.key("esc");
    assert_eq!(stage.key("q"), [Cmd::Exit], "it was taken back");
    // What waits for one's word does not go by itself, whoever stays.
    let mut stage = waiting();
    stage.model.outbox[0].stage = crate::app::Stage::Queued(Wait::Word);
    assert_eq!((unsent(&stage.model), stage.key("q")), (0, vec![Cmd::Exit]));
}

#[test]
fn all_that_speaks_against_leaving_is_said_at_once() {
    let mut stage = refused();
    stage.model.settings.undo = Duration::from_secs(60);
    let more = waiting().model.outbox.remove(0);
    stage.model.outbox.push(more);
    assert_eq!(stage.key("ctrl-c"), []);
    let said = stage.said().unwrap();
    assert!(
        said.contains("Not saved") && said.contains("has not gone yet"),
        "{said}"
    );
    assert_eq!(stage.key("ctrl-c").last(), Some(&Cmd::Exit));
}
