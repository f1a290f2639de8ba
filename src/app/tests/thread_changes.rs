//! Locking threads, and deleting them and conversations.

use super::fixture::*;
use super::outgoing::refused;
use crate::app::{Cmd, Overlay, ThreadEdit, What};
use crate::domain::{Conversation, Thread};
use crate::keys::Place;
use crate::protocol::{
    Delivery, Doomed, Extent, Job, Lane, Mutation, Part, Payload, Problem, ProblemKind, Query, Reply, Request,
    ThreadChange,
};

/// The only change that commands send.
fn sent(cmds: &[Cmd]) -> (Asked, String, ThreadChange) {
    match cmds {
        [
            Cmd::Send(Request {
                id,
                job: Job::Write(_, Mutation::ChangeThread { thread, change, .. }),
            }),
        ] => (Asked(*id), thread.as_str().to_owned(), change.clone()),
        other => panic!("{other:?}"),
    }
}

pub(super) fn accepted() -> Payload {
    Payload::Changed(Delivery::Accepted { at: noon(0) })
}

pub(super) fn not_sent(kind: ProblemKind) -> Payload {
    Payload::Changed(Delivery::NotSent(Problem::new(
        kind,
        "It was refused.",
        "Ask an owner.",
    )))
}

fn extent(posts: usize) -> Payload {
    Payload::Extent(Extent {
        conversation: Some("c".into()),
        threads: vec!["t1".into(), "t4".into()],
        posts,
        at_least: false,
    })
}

/// A group whose threads have topics that any keyboard has; the cursor is on "t1".
pub(super) fn plain() -> Stage {
    let mut stage = Stage::with_threads();
    let cmds = stage.key("ctrl-r");
    let plain = |id: &&str| Thread {
        topic: format!("Topic {id}").as_str().into(),
        ..thread(id)
    };
    let page = ["t1", "t2", "t3", "t4"].iter().map(plain).collect();
    stage.reply(asked(&cmds, Lane::Threads), Payload::Threads(page));
    stage
}

fn objection(stage: &Stage) -> Option<&'static str> {
    match &stage.model.overlay {
        Some(Overlay::Deletion(deletion)) => deletion.objection,
        other => panic!("{other:?}"),
    }
}

fn under_way<'a>(stage: &'a Stage, thread: &str) -> Option<&'a ThreadChange> {
    ThreadEdit::of(&stage.model, &"A".into(), &thread.into())
}

/// Has the thread under the cursor deleted; gives the request.
pub(super) fn delete(stage: &mut Stage, typed: &str) -> Asked {
    let cmds = stage.key("X");
    stage.reply(asked(&cmds, Lane::Extent), extent(3));
    stage.types(typed);
    let (id, _, change) = sent(&stage.key("enter"));
    assert_eq!(change, ThreadChange::Delete);
    id
}

#[test]
fn a_thread_is_locked_and_opened_again_by_one_key() {
    let mut stage = plain();
    stage.key("j");
    let (id, thread, change) = sent(&stage.key("L"));
    assert_eq!((thread.as_str(), change), ("t2", ThreadChange::Lock));
    assert_eq!(under_way(&stage, "t2"), Some(&ThreadChange::Lock));
    let is_locked = |stage: &Stage| stage.model.threads.list.selected().unwrap().is_locked;
    assert!(!is_locked(&stage), "not before Graph has said so");
    assert_eq!(stage.key("L"), []);
    assert_eq!(stage.said(), Some("It is being changed already."));
    assert_eq!(stage.reply(id, accepted()), []);
    assert!(is_locked(&stage));
    assert_eq!(under_way(&stage, "t2"), None);
    assert_eq!(
        stage.said(),
        Some("“Topic t2” is locked: it takes no replies. L opens it again.")
    );
    assert_eq!(stage.key("r"), []);
    assert_eq!(stage.said(), Some("This thread is locked: it takes no replies."));
    let (id, _, change) = sent(&stage.key("L"));
    assert_eq!(change, ThreadChange::Unlock);
    stage.reply(id, accepted());
    assert!(!is_locked(&stage));
    assert_eq!(stage.said(), Some("“Topic t2” takes replies again. L locks it."));
}

#[test]
fn an_open_thread_that_is_locked_takes_no_replies() {
    let mut stage = Stage::with_posts(vec![post("p1", 1)]);
    let (id, ..) = sent(&stage.key("L"));
    stage.reply(id, accepted());
    assert!(stage.model.posts.thread.as_ref().unwrap().is_locked);
    stage.key("r");
    assert!(stage.model.composer.is_none());
}

#[test]
fn what_is_refused_stays_as_it_was() {
    for (payload, says, reads) in [
        (not_sent(ProblemKind::Forbidden), "It was refused. Ask an owner.", 0),
        (
            Payload::Changed(Delivery::Unknown(refused())),
            "It may have been done all the same. It was refused.",
            1,
        ),
    ] {
        let mut stage = plain();
        let (id, ..) = sent(&stage.key("L"));
        let cmds = stage.reply(id, payload);
        let lanes = lanes(&cmds);
        assert_eq!(
            lanes.iter().filter(|lane| **lane == Lane::Threads).count(),
            reads,
            "{cmds:?}"
        );
        assert!(!stage.model.threads.list.selected().unwrap().is_locked);
        assert_eq!(under_way(&stage, "t1"), None);
        assert!(stage.said().unwrap().starts_with(says), "{:?}", stage.said());
    }
}

#[test]
fn nothing_is_changed_where_nothing_may_be_sent() {
    let mut stage = plain();
    stage.model.settings.read_only = true;
    for key in ["L", "X"] {
        assert_eq!(stage.key(key), [], "{key}");
        assert!(stage.said().unwrap().contains("--read-only"));
        assert!(stage.model.overlay.is_none());
    }
}

#[test]
fn a_thread_is_deleted_once_its_topic_is_typed() {
    let mut stage = plain();
    stage.key("j");
    let cmds = stage.key("X");
    let query = Query::Extent {
        group: "A".into(),
        of: Doomed::Thread("t2".into()),
    };
    let Asked(id) = asked(&cmds, Lane::Extent);
    assert_eq!(cmds, [read(id.0, Lane::Extent, query)]);
    assert_eq!(stage.model.place(), Place::Confirm);
    stage.types("topic");
    assert_eq!(stage.key("enter"), []);
    assert_eq!(objection(&stage), Some("It is still being counted what goes."));
    stage.reply(id, extent(3));
    assert_eq!(stage.key("enter"), []);
    assert_eq!(objection(&stage), Some("That is not it: nothing is deleted."));
    stage.types("   T2 ");
    assert_eq!(objection(&stage), None);
    let (id, thread, change) = sent(&stage.key("enter"));
    assert_eq!((thread.as_str(), change), ("t2", ThreadChange::Delete));
    assert!(stage.model.overlay.is_none());
    assert_eq!(shown(&stage.model.threads.list), ["t1", "t2", "t3", "t4"], "not yet");
    assert_eq!(under_way(&stage, "t2"), Some(&ThreadChange::Delete));
    stage.reply(id, accepted());
    assert_eq!(shown(&stage.model.threads.list), ["t1", "t3", "t4"]);
    assert_eq!(under_cursor(&stage.model.threads.list), Some("t3"));
    assert_eq!(stage.said(), Some("“Topic t2” is deleted."));
}

#[test]
fn a_topic_that_not_every_keyboard_has_can_be_stood_in_for() {
    let typed = ["delete 3 posts", "DELETE  3 posts", "Topic t1 会議 👩\u{200d}💻"];
    for typed in typed {
        let mut stage = Stage::with_threads();
        let cmds = stage.key("X");
        stage.reply(asked(&cmds, Lane::Extent), extent(3));
        stage.key("enter");
        assert!(objection(&stage).is_some(), "nothing confirms nothing");
        stage.paste(typed);
        sent(&stage.key("enter"));
    }
    let mut stage = Stage::with_threads();
    let cmds = stage.key("X");
    stage.reply(asked(&cmds, Lane::Extent), extent(3));
    stage.types("delete 4 posts");
    assert_eq!(stage.key("enter"), []);
    assert!(objection(&stage).is_some());
}

#[test]
fn esc_keeps_the_thread_and_a_late_count_changes_nothing() {
    let mut stage = plain();
    let cmds = stage.key("X");
    let Asked(id) = asked(&cmds, Lane::Extent);
    stage.types("Topic t1");
    assert_eq!(stage.key("esc"), []);
    assert_eq!(stage.model.place(), Place::Threads);
    let (part, result) = (Part::Last, Ok(extent(1)));
    assert_ignored(&mut stage, What::Reply(Reply { id, part, result }));
}

#[test]
fn what_cannot_be_counted_is_not_deleted() {
    let mut stage = plain();
    let cmds = stage.key("X");
    stage.fail(asked(&cmds, Lane::Extent));
    stage.types("Topic t1");
    assert_eq!(stage.key("enter"), []);
    assert_eq!(
        objection(&stage),
        Some("What goes cannot be told, so nothing is deleted.")
    );
}

#[test]
fn a_conversation_goes_with_all_its_threads() {
    let mut stage = plain();
    stage.key(":");
    stage.types("delete-conversation");
    let cmds = stage.key("enter");
    stage.reply(asked(&cmds, Lane::Extent), extent(7));
    stage.types("topic t1");
    let (id, thread, change) = sent(&stage.key("enter"));
    let whole = ThreadChange::DeleteConversation {
        conversation: "c".into(),
        threads: vec!["t1".into(), "t4".into()],
    };
    assert_eq!((thread.as_str(), &change), ("t1", &whole));
    assert_eq!(under_way(&stage, "t4"), Some(&whole));
    stage.reply(id, accepted());
    assert_eq!(shown(&stage.model.threads.list), ["t2", "t3"]);
    assert_eq!(stage.said(), Some("The conversation “Topic t1” is deleted."));
}

#[test]
fn a_conversation_is_deleted_from_the_list_of_conversations() {
    let mut stage = plain();
    let listed = |ids: &[&str]| {
        let conversation = |id: &&str| Conversation {
            id: (*id).into(),
            topic: format!("Topic {id}").as_str().into(),
            ..Conversation::default()
        };
        Payload::Conversations(ids.iter().map(conversation).collect())
    };
    let cmds = stage.key("v");
    stage.reply(asked(&cmds, Lane::Conversations), listed(&["b", "c", "d"]));
    stage.key("j");
    let cmds = stage.key("X");
    let query = Query::Extent {
        group: "A".into(),
        of: Doomed::Conversation("c".into()),
    };
    let Asked(id) = asked(&cmds, Lane::Extent);
    assert_eq!(cmds, [read(id.0, Lane::Extent, query)]);
    stage.reply(id, extent(7));
    stage.types("topic c");
    let (id, thread, change) = sent(&stage.key("enter"));
    let whole = ThreadChange::DeleteConversation {
        conversation: "c".into(),
        threads: vec!["t1".into(), "t4".into()],
    };
    assert_eq!((thread.as_str(), &change), ("t1", &whole));
    assert!(ThreadEdit::deletes(&stage.model, &"c".into()));
    assert_eq!(stage.key("X"), []);
    assert_eq!(stage.said(), Some("It is being changed already."));
    let cmds = stage.reply(id, accepted());
    assert_eq!(shown(&stage.model.conversations.list), ["b", "d"]);
    assert_eq!(stage.said(), Some("The conversation “Topic c” is deleted."));
    // Graph tells of it for a while yet.
    stage.reply(asked(&cmds, Lane::Conversations), listed(&["b", "c", "d"]));
    assert_eq!(shown(&stage.model.conversations.list), ["b", "d"]);
    let cmds = stage.wait(60_000);
    stage.reply(asked(&cmds, Lane::WatchConversations), listed(&["e", "c"]));
    assert_eq!(shown(&stage.model.conversations.list), ["e", "b", "d"]);
    assert_eq!(stage.model.place(), Place::Conversations);
}

#[test]
fn posts_that_tell_no_conversation_let_none_be_deleted() {
    let mut stage = plain();
    stage.key(":");
    stage.types("delete-conversation");
    let cmds = stage.key("enter");
    stage.reply(asked(&cmds, Lane::Extent), Payload::Extent(Extent::default()));
    stage.types("topic t1");
    assert_eq!(stage.key("enter"), []);
    assert!(objection(&stage).unwrap().contains("which conversation"));
}

#[test]
fn what_is_locked_is_not_open_again_with_an_older_answer() {
    let mut stage = plain();
    let older = stage.key("ctrl-r");
    let (id, ..) = sent(&stage.key("L"));
    stage.reply(id, accepted());
    stage.reply(asked(&older, Lane::Threads), threads(&["t1", "t2"]));
    let locked = |stage: &Stage| stage.model.threads.list.selected().unwrap().is_locked;
    assert!(locked(&stage));
    // What is asked for afterwards tells how it is.
    let newer = stage.key("ctrl-r");
    stage.reply(asked(&newer, Lane::Threads), threads(&["t1", "t2"]));
    assert!(!locked(&stage));
}

#[test]
fn what_has_come_of_an_answer_is_changed_with_what_is_shown() {
    let mut stage = plain();
    let list = stage.key("ctrl-r");
    stage.part(asked(&list, Lane::Threads), threads(&["t1", "t2"]));
    let (id, ..) = sent(&stage.key("L"));
    stage.reply(id, accepted());
    stage.key("j");
    let id = delete(&mut stage, "topic t2");
    stage.reply(id, accepted());
    stage.reply(asked(&list, Lane::Threads), threads(&["t3"]));
    assert_eq!(shown(&stage.model.threads.list), ["t1", "t3"]);
    stage.key("k");
    assert!(stage.model.threads.list.selected().unwrap().is_locked);
    // The same while news are looked for.
    let news = stage.wait(60_000);
    stage.part(
        asked(&news, Lane::Watch),
        Payload::Threads(
            [Thread {
                is_locked: true,
                ..thread("t1")
            }]
            .into(),
        ),
    );
    let (id, ..) = sent(&stage.key("L"));
    stage.reply(id, accepted());
    stage.reply(asked(&news, Lane::Watch), threads(&["t0"]));
    assert_eq!(shown(&stage.model.threads.list), ["t1", "t0", "t3"]);
    assert!(!stage.model.threads.list.selected().unwrap().is_locked);
}
