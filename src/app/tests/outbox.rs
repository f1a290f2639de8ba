//! A reply on its way: sent once, looked for until it is seen, given back only when it certainly was not sent.

use super::fixture::*;
use super::outgoing::*;
use crate::app::{Cmd, Stage as Sending, TimerId, What};
use crate::domain::{Draft, DraftState, Id};
use crate::keys::Place;
use crate::layout::Pane;
use crate::protocol::{Delivery, Lane, Part, Payload, Problem, ProblemKind, Reply, RequestId, Sought};

#[test]
fn a_sent_reply_stands_below_the_thread_at_once() {
    let (stage, request, draft) = sending("hello 日本");
    assert_eq!(stage.entries(), ["p1", "[run-1]"]);
    assert_eq!(draft.text, "hello 日本");
    let (since, tried) = (noon(0), false);
    assert_eq!(
        draft.state,
        DraftState::Queued {
            since,
            tried,
            until: None
        },
        "the worker makes it `Sending`"
    );
    assert_eq!(stages(&stage), [&Sending::Sending(request)]);
    assert_eq!(stage.model.posts.cursor, 1);
    let entry = stage.model.posts.selected().unwrap();
    assert_eq!(entry.post.author().name.as_str(), "me 花子");
    assert!(stage.model.posts.typeset.contains_key(&Id::from("draft:run-1")));
}

#[test]
fn an_accepted_reply_is_looked_for_ever_more_seldom_and_then_the_person_is_asked() {
    let (mut stage, request, draft) = sending("hello");
    let at = noon(0);
    delivered(&mut stage, request, Delivery::Accepted { at });
    for seconds in [1, 2, 4, 8, 15, 30, 60] {
        let (look, sought) = look_after(&mut stage, seconds);
        let expected = Sought {
            draft: Box::new(Draft {
                state: DraftState::Accepted { at },
                ..draft.clone()
            }),
            at,
            taken: vec![],
        };
        assert_eq!(sought, expected);
        assert_eq!(stage.due(TimerId::Settle(id(1))), None, "one look at a time");
        stage.reply(look, nothing());
    }
    assert_eq!(stages(&stage), [&Sending::Unsettled]);
    assert!(stage.said().unwrap().contains("has not appeared"));
    assert_eq!(
        stage.entries(),
        ["p1", "[run-1]"],
        "it is never offered as text by itself"
    );
    assert!(lanes(&stage.wait(3_600_000)).iter().all(|lane| *lane == Lane::Watch));
}

#[test]
fn a_reply_that_is_seen_gives_way_to_its_post() {
    let mut stage = accepted("hello");
    let (look, _) = look_after(&mut stage, 1);
    let cmds = stage.reply(look, seen("p2"));
    assert_eq!(cmds[0], Cmd::RemoveDraft(id(1)));
    assert_eq!(lanes(&cmds), [Lane::Posts]);
    assert_eq!(
        stage.said().unwrap(),
        format!("Your reply is in “{}”.", thread("t1").topic)
    );
    assert_eq!(stage.entries(), ["p1", "[run-1]"], "until the post is here");
    let cmds = stage.reply(asked(&cmds, Lane::Posts), posts_of(vec![post("p1", 2), post("p2", 1)]));
    stage.typeset_all(&cmds);
    assert_eq!(stage.entries(), ["p1", "p2"]);
    assert_eq!(stage.model.posts.cursor, 1);
    assert!(stage.model.outbox.is_empty());
    assert!(!stage.model.posts.typeset.contains_key(&Id::from("draft:run-1")));
}

#[test]
fn new_posts_are_looked_through_at_once_for_the_reply() {
    let mut stage = accepted("hello");
    for seconds in [1, 2, 4] {
        let (look, _) = look_after(&mut stage, seconds);
        stage.reply(look, nothing());
    }
    let cmds = stage.key("ctrl-r");
    stage.reply(asked(&cmds, Lane::Posts), posts_of(vec![post("p1", 2)]));
    assert_eq!(stage.due(TimerId::Settle(id(1))), Some(8_000), "nothing has come");
    let cmds = stage.key("ctrl-r");
    stage.reply(asked(&cmds, Lane::Posts), posts_of(vec![post("p1", 2), post("p2", 1)]));
    let (look, _) = look_after(&mut stage, 0);
    stage.reply(look, nothing());
    assert_eq!(
        stage.due(TimerId::Settle(id(1))),
        Some(8_000),
        "it was somebody else's: as before"
    );
}

#[test]
fn a_reply_that_is_seen_while_another_thread_is_shown_is_just_done() {
    for keys in ["3 j enter", "1 j enter"] {
        let mut stage = accepted("hello");
        stage.keys(keys);
        let cmds = stage.wait(1_000);
        let (look, _) = sought(&cmds);
        let cmds = stage.reply(look, seen("p2"));
        assert_eq!(cmds, [Cmd::RemoveDraft(id(1))]);
        assert!(stage.model.outbox.is_empty());
    }
}

#[test]
fn a_reply_whose_post_was_not_read_yet_is_let_go_with_its_thread() {
    let mut stage = accepted("hello");
    let (look, _) = look_after(&mut stage, 1);
    let cmds = stage.reply(look, seen("p2"));
    stage.fail(asked(&cmds, Lane::Posts));
    assert_eq!(stages(&stage), [&Sending::Visible("p2".into())]);
    stage.keys("3 j enter");
    assert!(stage.model.outbox.is_empty());
}

#[test]
fn what_was_refused_comes_back_as_text() {
    let (mut stage, request, _) = sending("hello");
    delivered(&mut stage, request, Delivery::NotSent(refused()));
    assert_eq!(
        stage.model.place(),
        Place::Composer,
        "under the hands of whoever looks at the thread"
    );
    let composer = stage.model.composer.as_ref().unwrap();
    assert_eq!(composer.editor.text(), "hello");
    assert_eq!(composer.send_problem, Some(refused()));
    assert_eq!(stage.said(), Some("It was refused. Ask an owner."));
    assert_eq!(stage.entries(), ["p1"]);
    stage.types("!");
    let cmds = stage.wait(100);
    let Some(Cmd::SaveDraft { draft, .. }) = cmds.first() else {
        panic!("{cmds:?}")
    };
    assert_eq!((draft.state, draft.text.as_str()), (DraftState::Writing, "hello!"));
}

#[test]
fn what_was_refused_is_kept_while_the_person_is_busy() {
    for keys in ["1", "r w", "M", "?", "3 j enter"] {
        let (mut stage, request, _) = sending("hello");
        stage.keys(keys);
        let before = (stage.model.place(), stage.model.composer.clone());
        delivered(&mut stage, request, Delivery::NotSent(refused()));
        assert_eq!((stage.model.place(), stage.model.composer.clone()), before, "{keys}");
        assert_eq!(stages(&stage), [&Sending::Kept]);
        assert_eq!(stage.model.outbox[0].draft.state, DraftState::Writing);
    }
}

#[test]
fn a_text_changed_before_it_is_sent_again_is_the_one_that_is_shown() {
    let (mut stage, request, _) = sending("first");
    delivered(&mut stage, request, Delivery::NotSent(refused()));
    stage.types(" and more");
    stage.key("ctrl-s");
    let cmds = stage.key("y");
    stage.typeset_all(&cmds);
    let set = &stage.model.posts.typeset[&Id::from("draft:run-1")];
    assert_eq!(set.lines[0].text(), "first and more");
}

#[test]
fn a_reply_of_unknown_fate_is_looked_for_around_the_moment_it_was_sent() {
    for fate in [
        Ok(Payload::Delivery {
            draft: id(1),
            outcome: Delivery::Unknown(problem()),
            since: Some(noon(5)),
        }),
        Err(problem()),
    ] {
        // It may have waited for its turn, or for a token.
        let when = noon(if fate.is_ok() { 5 } else { 0 });
        let (mut stage, request, _) = sending("hello");
        // A laptop that slept in the middle of it.
        stage.wait(3_600_000);
        stage.answer(request, Part::Last, fate);
        assert!(stage.said().unwrap().starts_with("The line broke while sending."));
        assert_eq!(stage.model.composer, None, "never offered as text");
        let (look, sought) = look_after(&mut stage, 1);
        assert_eq!(sought.at, when);
        stage.reply(look, seen("p2"));
        assert_eq!(stages(&stage), [&Sending::Visible("p2".into())]);
    }
}

#[test]
fn what_would_have_gone_in_another_name_is_kept_and_it_is_found_out_who_is_signed_in() {
    let (mut stage, request, _) = sending("hello");
    let another = Problem::new(ProblemKind::OtherAccount, "Somebody else has signed in.", "");
    let cmds = delivered(&mut stage, request, Delivery::NotSent(another));
    assert!(lanes(&cmds).contains(&Lane::Me), "{cmds:?}");
    assert_eq!(stage.model.composer.as_ref().unwrap().editor.text(), "hello");
}

#[test]
fn a_failure_of_graphs_is_not_told_as_one_of_the_line() {
    let (mut stage, request, _) = sending("hello");
    let failed = Problem {
        status: Some(500),
        ..Problem::new(ProblemKind::Server, "Graph failed.", "")
    };
    delivered(&mut stage, request, Delivery::Unknown(failed));
    let said = stage.said().unwrap();
    assert!(
        said.starts_with("Graph failed (HTTP 500) while sending. Looking"),
        "{said}"
    );
}

#[test]
fn looks_that_fail_do_not_count() {
    let mut stage = accepted("hello");
    for _ in 0..20 {
        let cmds = stage.wait(60_000);
        let look = asked(&cmds, lane(1));
        stage.fail(look);
    }
    let Sending::Seeking { looks: 0, .. } = stages(&stage)[0] else {
        panic!("{:?}", stages(&stage))
    };
    assert_eq!(stage.model.outbox[0].problem, Some(problem()));
    assert_eq!(stage.due(TimerId::Settle(id(1))), Some(8_000), "and come seldom");
}

#[test]
fn answers_to_old_looks_and_sendings_are_stale() {
    let mut stage = accepted("hello");
    let (look, _) = look_after(&mut stage, 1);
    stage.reply(look, nothing());
    let outcome = Delivery::NotSent(problem());
    for (old, result) in [
        (look, Ok(seen("p2"))),
        (look, Err(problem())),
        (
            RequestId(7),
            Ok(Payload::Delivery {
                draft: id(1),
                outcome,
                since: None,
            }),
        ),
    ] {
        let part = Part::Last;
        assert_ignored(&mut stage, What::Reply(Reply { id: old, part, result }));
    }
    assert_ignored(&mut stage, What::Due(TimerId::Settle(id(1))));
    assert_ignored(&mut stage, What::Due(TimerId::Settle(id(9))));
}

#[test]
fn two_drafts_of_the_same_words_settle_on_different_posts() {
    let (mut stage, first, _) = sending("ok");
    stage.key("r");
    stage.types("ok");
    stage.keys("ctrl-s y");
    let accepted = Delivery::Accepted { at: noon(0) };
    delivered(&mut stage, first, accepted.clone());
    // Once the first has gone.
    let (second, _) = sent(&stage.wait(0));
    let (draft, outcome) = (id(2), accepted);
    stage.reply(
        second,
        Payload::Delivery {
            draft,
            outcome,
            since: None,
        },
    );
    let cmds = stage.wait(1_000);
    let (one, two) = (asked(&cmds, lane(1)), asked(&cmds, lane(2)));
    // Both looks were taken before either had settled, so both have found the same post.
    stage.reply(one, seen("p2"));
    let cmds = stage.reply(two, seen("p2"));
    assert_eq!(cmds, []);
    let (look, sought) = sought(&stage.wait(0));
    assert_eq!((sought.draft.id, sought.taken), (id(2), ids(&["p2"])));
    let cmds = stage.reply(look, seen("p3"));
    assert_eq!(cmds[0], Cmd::RemoveDraft(id(2)));
}

#[test]
fn what_is_on_its_way_can_neither_be_called_back_nor_written_again() {
    let (mut stage, request, _) = sending("hello");
    stage.key("D");
    for (key, said) in [
        ("x", "It is on its way and can't be called back."),
        ("w", "Only what waits, or was looked for in vain, can be written again."),
        ("s", "It is on its way."),
        ("enter", "It is on its way: folkmoot is looking for it."),
    ] {
        assert_eq!(stage.keys(key), []);
        assert_eq!(stage.said(), Some(said));
    }
    assert_eq!(stages(&stage), [&Sending::Sending(request)]);
}

#[test]
fn leaving_while_a_reply_is_sent_leaves_it_as_it_is() {
    let (mut stage, _, _) = sending("hello");
    assert_eq!(
        stage.key("q"),
        [Cmd::Exit],
        "nothing is written over what the worker writes"
    );
}

#[test]
fn a_reply_under_way_belongs_to_its_group_alone() {
    let mut stage = accepted("hello");
    stage.keys("1 j");
    let cmds = stage.key("enter");
    // Ids of threads are unique within a mailbox only.
    stage.reply(asked(&cmds, Lane::Threads), threads(&["t1"]));
    let cmds = stage.key("enter");
    stage.reply(asked(&cmds, Lane::Posts), posts_of(vec![post("q1", 1)]));
    assert_eq!(
        (stage.entries(), stage.model.focus),
        (vec!["q1".to_owned()], Pane::Posts)
    );
}

#[test]
fn a_reply_sent_from_elsewhere_does_not_move_the_thread_that_is_shown() {
    let mut stage = Stage::with_posts(vec![post("p1", 40), post("p2", 1)]);
    stage.key("g");
    let other = Draft::example("hello");
    let (mine, elsewhere, unreadable) = (vec![other], 0, 0);
    stage.tell(What::Drafts {
        mine,
        elsewhere,
        unreadable,
    });
    stage.keys("D enter");
    stage.keys("ctrl-s y");
    assert_eq!(stage.model.posts.cursor, 0);
    assert_eq!(stage.entries(), ["p1", "p2"]);
}
