//! What becomes of the screen, and of drafts, when a thread is deleted.

use super::fixture::*;
use super::thread_changes::{accepted, delete, not_sent, plain};
use crate::app::{Cmd, Remote};
use crate::domain::{Conversation, DraftState};
use crate::layout::Pane;
use crate::protocol::{Lane, Payload, ProblemKind};

#[test]
fn the_open_thread_leaves_the_screen_when_it_is_gone() {
    let mut stage = Stage::with_posts(vec![post("p1", 1)]);
    let id = delete(&mut stage, "delete 3 posts");
    assert_eq!(stage.entries(), ["p1"], "not before Graph has said so");
    stage.reply(id, accepted());
    assert_eq!(stage.model.posts.thread, None);
    assert_eq!(stage.model.focus, Pane::Threads);
    assert_eq!(under_cursor(&stage.model.threads.list), Some("t2"));
    let cmds = stage.wait(150);
    assert_eq!(
        lanes(&cmds),
        [Lane::Posts],
        "the next is read when the cursor has rested"
    );
}

#[test]
fn what_was_gone_already_is_taken_from_the_list() {
    let mut stage = plain();
    let id = delete(&mut stage, "topic t1");
    stage.reply(id, not_sent(ProblemKind::NotFound));
    assert_eq!(shown(&stage.model.threads.list), ["t2", "t3", "t4"]);
    assert_eq!(stage.said(), Some("“Topic t1” was gone already."));
}

#[test]
fn what_is_deleted_does_not_come_back_with_an_older_answer() {
    let mut stage = plain();
    let id = delete(&mut stage, "topic t1");
    let older = stage.key("ctrl-r");
    stage.reply(id, accepted());
    stage.reply(asked(&older, Lane::Threads), threads(&["t1", "t2"]));
    assert_eq!(shown(&stage.model.threads.list), ["t2"]);
    let cmds = stage.wait(60_000);
    stage.reply(asked(&cmds, Lane::Watch), threads(&["t0", "t1"]));
    assert_eq!(shown(&stage.model.threads.list), ["t0", "t2"]);
}

#[test]
fn a_draft_for_it_stays_and_says_that_its_thread_is_gone() {
    let mut stage = Stage::with_posts(vec![post("p1", 1)]);
    stage.model.settings.undo = std::time::Duration::from_secs(5);
    stage.key("r");
    stage.types("hello");
    stage.wait(150);
    stage.keys("ctrl-s y");
    assert!(matches!(stage.model.outbox[0].stage, crate::app::Stage::Queued(_)));
    let id = delete(&mut stage, "delete 3 posts");
    let cmds = stage.reply(id, accepted());
    let out = &stage.model.outbox[0];
    assert_eq!(out.stage, crate::app::Stage::Kept, "it is not sent");
    assert_eq!(out.draft.state, DraftState::Writing);
    assert!(cmds.contains(&Cmd::MarkDraft(Box::new(out.draft.clone()))));
    let why = out.problem.as_ref().unwrap().what.as_str();
    assert_eq!(why, "The thread that this answers was deleted.");
}

#[test]
fn a_change_of_a_group_that_is_shown_no_more_is_told_and_shown_when_it_is_shown_again() {
    let mut stage = plain();
    let id = delete(&mut stage, "topic t1");
    stage.keys("1 j");
    stage.wait(150);
    stage.reply(id, accepted());
    assert_eq!(stage.said(), Some("“Topic t1” is deleted."));
    stage.keys("k enter");
    let cmds = stage.key("ctrl-r");
    stage.reply(asked(&cmds, Lane::Threads), threads(&["t1", "t2"]));
    assert_eq!(shown(&stage.model.threads.list), ["t2"]);
    assert!(matches!(stage.model.threads.list.items, Remote::Ready(_)));
}

#[test]
fn a_deleted_thread_may_have_been_the_last_of_its_conversation() {
    let mut stage = plain();
    let cmds = stage.key("v");
    stage.reply(
        asked(&cmds, Lane::Conversations),
        Payload::Conversations([Conversation::default()].into()),
    );
    stage.key("v");
    let id = delete(&mut stage, "Topic t1");
    let cmds = stage.reply(id, accepted());
    asked(&cmds, Lane::Conversations);
}
