//! Writing a reply: the composer, saving, keeping, going on, reviewing, and leaving from anywhere.

use super::fixture::*;
use crate::app::{Cmd, Stage as Sending, TimerId, What};
use crate::domain::{Draft, DraftId, DraftState, Enclosed, Kind, Target, Writer};
use crate::keys::Place;
use crate::protocol::Lane;

/// A thread with one post, and the composer open to answer it.
pub(super) fn writing() -> Stage {
    let mut stage = Stage::with_posts(vec![post("p1", 2)]);
    assert_eq!(stage.key("r"), []);
    stage
}

/// The draft that answers post "p1" of thread "t1", as it is to lie on disk.
pub(super) fn draft(number: u64, text: &str) -> Draft {
    Draft {
        id: DraftId(format!("run-{number}")),
        target: Target {
            group: "A".into(),
            kind: Kind::Reply {
                thread: "t1".into(),
                post: Some("p1".into()),
            },
            group_name: group("A").name.to_string(),
            topic: thread("t1").topic.to_string(),
            quoted: None,
        },
        text: text.into(),
        with: Enclosed::default(),
        state: DraftState::Writing,
        begun: noon(0),
        writer: Some(Writer::of(&person("me"))),
    }
}

pub(super) fn save(number: u64, text: &str, revision: u64) -> Cmd {
    Cmd::SaveDraft {
        draft: Box::new(draft(number, text)),
        revision,
    }
}

fn saved(stage: &mut Stage, revision: u64) {
    let draft = DraftId("run-1".into());
    let result = Ok(());
    stage.tell(What::DraftSaved {
        draft,
        revision,
        result,
    });
}

pub(super) fn text(stage: &Stage) -> String {
    stage.model.composer.as_ref().expect("no composer").editor.text()
}

pub(super) fn kept(stage: &Stage) -> Vec<(&str, &str)> {
    let kept = stage.model.outbox.iter().filter(|out| out.stage == Sending::Kept);
    kept.map(|out| (out.draft.id.0.as_str(), out.draft.text.as_str()))
        .collect()
}

#[test]
fn what_is_typed_is_saved_within_a_tenth_of_a_second_however_long_one_types() {
    let mut stage = writing();
    assert_eq!(stage.due(TimerId::Save), None, "nothing was typed");
    let mut unsaved_for = 0;
    for c in "the quick brown 狐 jumps over".chars() {
        stage.types(&c.to_string());
        let due = stage.due(TimerId::Save).expect("unsaved text is to be saved");
        assert!(due + unsaved_for <= 100, "{due} ms after {unsaved_for} ms");
        match &stage.wait(30)[..] {
            [] => unsaved_for += 30,
            [Cmd::SaveDraft { draft, .. }] => {
                assert_eq!(draft.text, text(&stage));
                unsaved_for = 0;
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(stage.due(TimerId::Save).is_some(), unsaved_for > 0);
}

#[test]
fn a_save_holds_the_whole_draft_and_the_disk_answers_for_that_state_alone() {
    let mut stage = writing();
    stage.types("hé");
    assert_eq!(stage.wait(100), [save(1, "hé", 2)]);
    stage.types("y");
    saved(&mut stage, 2);
    let is_saved = |stage: &Stage| stage.model.composer.as_ref().unwrap().is_saved();
    assert!(!is_saved(&stage), "the newest letter is not on disk");
    assert_eq!(stage.wait(100), [save(1, "héy", 3)]);
    saved(&mut stage, 3);
    assert!(is_saved(&stage));
    stage.key("left");
    assert_eq!(stage.due(TimerId::Save), None, "moving changes nothing");
    stage.key("backspace");
    assert_eq!(stage.wait(100), [save(1, "hy", 4)]);
}

#[test]
fn a_disk_that_fails_is_told_and_tried_again() {
    let mut stage = writing();
    stage.types("a");
    stage.wait(100);
    let (draft, revision) = (DraftId("run-1".into()), 1);
    let result = Err(problem());
    stage.tell(What::DraftSaved {
        draft,
        revision,
        result,
    });
    let composer = stage.model.composer.as_ref().unwrap();
    assert_eq!((composer.is_saved(), &composer.save_problem), (false, &Some(problem())));
    assert_eq!(stage.wait(5_000), [save(1, "a", 1)]);
    saved(&mut stage, 1);
    let composer = stage.model.composer.as_ref().unwrap();
    assert_eq!((composer.is_saved(), &composer.save_problem), (true, &None));
    assert_eq!(stage.due(TimerId::Save), None);
}

#[test]
fn a_kept_draft_that_could_not_be_written_is_tried_again_and_once_more_at_the_end() {
    let fails = |stage: &mut Stage, revision| {
        let (draft, result) = (DraftId("run-1".into()), Err(problem()));
        stage.tell(What::DraftSaved {
            draft,
            revision,
            result,
        });
    };
    let mut stage = writing();
    stage.types("a");
    assert_eq!(stage.key("esc"), [save(1, "a", 1)]);
    fails(&mut stage, 1);
    assert_eq!(stage.said(), Some("The line is down. Try again."));
    let Some(Cmd::SaveDraft { draft, revision }) = stage.wait(5_000).pop() else {
        panic!("it is not written again")
    };
    assert_eq!((draft.text.as_str(), stage.due(TimerId::Save)), ("a", None));
    fails(&mut stage, revision);
    stage.key("r");
    assert!(!stage.model.composer.as_ref().unwrap().is_saved());
    let Some(Cmd::SaveDraft { revision, .. }) = stage.key("esc").pop() else {
        panic!("it is not written when it is left")
    };
    fails(&mut stage, revision);
    assert_eq!(stage.key("q"), [], "it is not on disk");
    let said = stage.said().unwrap();
    assert!(
        said.contains("Not saved: The line is down.") && said.contains("quit again"),
        "{said}"
    );
    let cmds = stage.key("q");
    assert!(matches!(&cmds[..], [Cmd::SaveDraft { .. }, Cmd::Exit]), "{cmds:?}");
}

#[test]
fn a_reply_answers_the_post_under_the_cursor_or_the_thread() {
    let mut stage = Stage::with_posts(vec![post("p1", 1), post("p2", 1)]);
    stage.keys("[ r");
    let target = |stage: &Stage| stage.model.composer.as_ref().unwrap().target().clone();
    assert_eq!(target(&stage), draft(1, "").target);
    stage.keys("esc 3 r");
    assert_eq!(target(&stage).post(), None);
    assert_eq!(target(&stage).thread(), Some(&"t1".into()));
    stage.keys("esc 3 j");
    let cmds = stage.key("r");
    assert_eq!(lanes(&cmds), [Lane::Posts], "the thread that is answered is shown");
    assert_eq!(target(&stage).thread(), Some(&"t2".into()));
    assert_eq!(stage.model.place(), Place::Composer);
}

#[test]
fn escape_keeps_what_was_written_and_r_goes_on_with_it() {
    let mut stage = writing();
    stage.types("half a thought");
    let cmds = stage.key("esc");
    assert_eq!(
        cmds,
        [save(1, "half a thought", 14)],
        "before the deadline, for it is left"
    );
    assert_eq!(kept(&stage), [("run-1", "half a thought")]);
    assert_eq!(stage.model.place(), Place::Posts);
    assert_eq!(stage.entries(), ["p1"], "a kept draft is no reply under way");
    assert_eq!(stage.key("r"), []);
    assert_eq!(text(&stage), "half a thought");
    assert!(stage.model.outbox.is_empty());
    stage.types("s");
    assert_eq!(text(&stage), "half a thoughts", "the cursor is at the end");
    stage.keys("esc 3 r");
    assert_eq!(text(&stage), "", "a reply to the whole thread is another one");
}

#[test]
fn an_old_word_from_the_disk_is_not_taken_for_a_new_state() {
    let mut stage = writing();
    stage.types("abc");
    stage.keys("esc r");
    stage.types("def");
    saved(&mut stage, 3);
    assert!(!stage.model.composer.as_ref().unwrap().is_saved());
    assert_eq!(stage.wait(100), [save(1, "abcdef", 6)]);
    saved(&mut stage, 6);
    assert!(stage.model.composer.as_ref().unwrap().is_saved());
}

#[test]
fn a_draft_of_nothing_is_not_kept() {
    for typed in ["", "  \t", "x"] {
        let mut stage = writing();
        stage.types(typed);
        if typed == "x" {
            stage.wait(100);
            stage.key("backspace");
        }
        let cmds = stage.key("esc");
        assert_eq!(cmds, [Cmd::RemoveDraft(DraftId("run-1".into()))], "{typed:?}");
        assert!(stage.model.outbox.is_empty());
    }
}

#[test]
fn a_review_longer_than_its_room_is_moved_to_its_end_and_no_further() {
    let mut stage = Stage::with_threads();
    stage.keys("4 r");
    stage.tell(What::Paste("line\n".repeat(100)));
    stage.key("ctrl-s");
    let top = |stage: &Stage| stage.model.composer.as_ref().unwrap().review;
    let rows = |stage: &Stage| crate::app::review_rows(&stage.model, stage.model.composer.as_ref().unwrap()).len();
    let page = usize::from(stage.model.arrangement().composer.unwrap().content().height) - 1;
    assert_eq!(top(&stage), Some(0));
    stage.keys("down down up");
    assert_eq!(top(&stage), Some(1));
    stage.keys("ctrl-end down pagedown");
    assert_eq!(top(&stage), Some(rows(&stage) - page));
    stage.keys("pageup");
    assert_eq!(top(&stage), Some(rows(&stage) - 2 * page));
    stage.keys("n ctrl-s");
    assert_eq!(top(&stage), Some(0));
}

#[test]
fn enter_is_a_new_line_and_nothing_is_sent_without_a_review() {
    let mut stage = writing();
    stage.types("a");
    stage.key("enter");
    stage.types("y");
    assert_eq!(text(&stage), "a\ny");
    let cmds = stage.key("ctrl-s");
    let width = stage.model.arrangement().composer.unwrap().content().width;
    let draft = Box::new(draft(1, "a\ny"));
    let preview = Cmd::Preview { draft, width };
    assert_eq!(
        cmds,
        [save(1, "a\ny", 3), preview.clone()],
        "on disk before anything else"
    );
    assert_eq!(stage.model.place(), Place::Review);
    for back in ["n", "esc"] {
        stage.key(back);
        assert_eq!(stage.model.place(), Place::Composer);
        assert_eq!(stage.key("ctrl-s"), [save(1, "a\ny", 3), preview.clone()]);
    }
    assert_eq!(stage.types("xqj "), [], "only y sends");
    assert_eq!(stage.model.place(), Place::Review);
    stage.key("y");
    assert_eq!(stage.model.place(), Place::Posts);
    assert_eq!(stage.entries(), ["p1", "[run-1]"]);
}

#[test]
fn a_reader_who_may_not_write_writes_nothing() {
    let mut stage = Stage::with(120, 40, |settings| settings.read_only = true);
    let (mine, elsewhere, unreadable) = (vec![draft(9, "from before")], 0, 0);
    stage.tell(What::Drafts {
        mine,
        elsewhere,
        unreadable,
    });
    stage.tell(What::Started);
    stage.reply(1, groups(&["A"]));
    let cmds = stage.key("enter");
    stage.reply(asked(&cmds, Lane::Threads), threads(&["t1"]));
    assert_eq!(stage.key("r"), []);
    assert_eq!(
        stage.said(),
        Some("folkmoot was started with --read-only: nothing is sent.")
    );
    stage.keys("D enter");
    assert_eq!(text(&stage), "from before", "what was written can be read and changed");
    stage.key("ctrl-s");
    assert_eq!(stage.model.place(), Place::Composer);
    assert!(stage.said().unwrap().contains("--read-only"));
}

#[test]
fn an_editor_outside_gets_the_text_and_gives_it_back() {
    let mut stage = writing();
    stage.types("before");
    let cmds = stage.key("ctrl-o");
    let id = DraftId("run-1".into());
    let edit = Cmd::Edit(Box::new(draft(1, "before")));
    assert_eq!(cmds, [save(1, "before", 6), edit]);
    let (draft, result) = (id.clone(), Ok("after\n後".to_owned()));
    stage.tell(What::Edited { draft, result });
    assert_eq!(text(&stage), "after\n後");
    assert_eq!(stage.wait(100), [save(1, "after\n後", 7)]);
    let (draft, result) = (id, Err(problem()));
    stage.tell(What::Edited { draft, result });
    assert_eq!(text(&stage), "after\n後", "as it was");
    assert_eq!(stage.said(), Some("The line is down. Try again."));
}

#[test]
fn opening_the_composer_keeps_the_answered_post_in_view() {
    for (width, height) in [(120, 40), (80, 24), (60, 20)] {
        let posts = (0..6).map(|at| post(&format!("p{at}"), 3)).collect();
        let mut stage = Stage::with_posts(posts).resized(width, height);
        stage.key("r");
        assert!(stage.posts_rows() > 0);
        for row in 0..=3 {
            assert!(stage.visible().contains(&(5, row)), "{width}×{height}");
        }
        assert_eq!(stage.model.posts.cursor, 5);
    }
}

#[test]
fn moving_over_wrapped_lines_goes_by_the_layouts_width() {
    let mut stage = writing();
    stage.types(&"word ".repeat(60));
    let cursor = |stage: &Stage| stage.model.composer.as_ref().unwrap().editor.cursor();
    let wide = cursor(&stage).1;
    stage.key("up");
    let one_up = cursor(&stage).1;
    assert!(one_up < wide, "a wrapped line higher");
    stage.key("down");
    stage = stage.resized(60, 40);
    let (_, end) = cursor(&stage);
    stage.key("up");
    assert!(end - cursor(&stage).1 < wide - one_up, "lines are shorter now");
}
