//! Leaving the program, from anywhere.

use super::drafts::{save, writing};
use super::fixture::*;
use crate::app::{Cmd, What};
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
