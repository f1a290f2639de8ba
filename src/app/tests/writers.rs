//! Whose word a draft is: it goes in nobody else's name by itself.

use super::fixture::*;
use super::sign_in::{attempt, done};
use crate::app::{Cmd, Outgoing, What};
use crate::domain::{Draft, DraftState, Writer};
use crate::protocol::{Delivery, Job, Lane, Mutation, Payload, Request};

fn writer(id: &str) -> Option<Writer> {
    Some(Writer::of(&person(id)))
}

/// A draft of an earlier run that was on its way and came back.
fn tried(by: &str) -> Draft {
    Draft {
        state: DraftState::Queued {
            since: noon(-60),
            tried: true,
            until: None,
        },
        writer: writer(by),
        ..super::drafts::draft(1, "from before 日本")
    }
}

/// A program that has found a draft and doesn't know yet who is signed in, and the question who that is.
fn found(draft: Draft) -> (Stage, Asked) {
    let mut stage = Stage::new();
    let cmds = stage.tell(What::Started);
    stage.tell(What::Drafts {
        mine: vec![draft],
        elsewhere: 0,
        unreadable: 0,
    });
    (stage, asked(&cmds, Lane::Me))
}

/// The drafts that commands send.
fn sent(cmds: &[Cmd]) -> Vec<Draft> {
    let sent = |cmd: &Cmd| match cmd {
        Cmd::Send(Request {
            job: Job::Write(_, Mutation::Deliver(draft)),
            ..
        }) => Some((**draft).clone()),
        _ => None,
    };
    cmds.iter().filter_map(sent).collect()
}

#[test]
fn what_another_has_written_waits_for_ones_word_and_is_ones_own_then() {
    let (mut stage, who) = found(tried("ines"));
    stage.reply(who, me());
    let said = "A post waits that was written as ines 花子: D shows it.";
    assert_eq!(stage.said(), Some(said));
    assert_eq!(sent(&stage.wait(3_600_000)), []);
    let cmds = stage.keys("D s");
    let [draft] = &sent(&cmds)[..] else { panic!("{cmds:?}") };
    assert_eq!(draft.writer, writer("me"));
}

#[test]
fn what_oneself_has_written_goes_once_it_is_known_who_one_is() {
    let (mut stage, who) = found(tried("me"));
    assert_eq!(sent(&stage.wait(60_000)), [], "it might be another");
    stage.reply(who, me());
    assert_eq!(sent(&stage.wait(9_999)), [], "there is time to take it back");
    assert_eq!(sent(&stage.wait(1)).len(), 1);
}

/// A draft of an earlier run that came back and that nobody has signed.
fn unsigned() -> Draft {
    Draft {
        writer: None,
        ..tried("me")
    }
}

#[test]
fn what_nobody_has_signed_waits_for_ones_word_whether_or_not_it_is_known_who_one_is() {
    for is_known in [true, false] {
        let (mut stage, who) = found(unsigned());
        let said = "A post was not sent before folkmoot ended: D shows it, s there sends it.";
        assert_eq!(stage.said(), Some(said));
        tell_who(&mut stage, who, is_known);
        assert_eq!(sent(&stage.wait(3_600_000)), []);
        let cmds = stage.keys("D s");
        let [draft] = &sent(&cmds)[..] else { panic!("{cmds:?}") };
        assert_eq!(draft.writer, writer("me").filter(|_| is_known));
    }
}

#[test]
fn where_it_cannot_be_known_who_is_signed_in_ones_word_sends_and_no_writer_is_forgotten() {
    let (mut stage, who) = found(tried("ines"));
    stage.fail(who);
    assert_eq!(sent(&stage.wait(3_600_000)), []);
    let cmds = stage.keys("D s");
    let [draft] = &sent(&cmds)[..] else { panic!("{cmds:?}") };
    assert_eq!(draft.writer, writer("ines"));
}

#[test]
fn ones_word_waits_while_it_is_being_found_out_who_one_is_and_what_is_sent_is_ones_own() {
    for (draft, is_known) in [(unsigned(), true), (unsigned(), false), (tried("ines"), true)] {
        let (mut stage, who) = found(draft);
        assert_eq!(sent(&stage.keys("D s")), []);
        assert_eq!(stage.said(), Some("It goes once it is known who is signed in."));
        assert_eq!(sent(&stage.wait(60_000)), []);
        tell_who(&mut stage, who, is_known);
        let cmds = stage.wait(1);
        let [draft] = &sent(&cmds)[..] else { panic!("{cmds:?}") };
        assert_eq!(draft.writer, writer("me").filter(|_| is_known));
    }
}

fn tell_who(stage: &mut Stage, who: Asked, is_known: bool) {
    if is_known {
        stage.reply(who, me());
    } else {
        stage.fail(who);
    }
}

/// A reply that was said to be sent while it was being found out who is signed in; that question, and what came of it.
fn said_before_one_is_known() -> (Stage, Asked, Vec<Cmd>) {
    let mut stage = Stage::with_posts(vec![post("p1", 1)]);
    stage.model.settings.can_sign_in = true;
    stage.model.me = crate::app::Remote::Idle;
    let who = stage.model.next_id();
    stage.model.me.await_reply(who);
    stage.key("r");
    stage.types("שלום");
    let cmds = stage.keys("ctrl-s y");
    (stage, who.into(), cmds)
}

#[test]
fn a_reply_waits_while_it_is_being_found_out_who_one_is() {
    let (mut stage, who, cmds) = said_before_one_is_known();
    assert_eq!(sent(&cmds), []);
    let waits = |cmd: &Cmd| matches!(cmd, Cmd::MarkDraft(draft) if draft.writer.is_none());
    assert!(cmds.iter().any(waits), "it waits on disk: {cmds:?}");
    let said = "It goes once it is known who is signed in. u takes it back.";
    assert_eq!(stage.said(), Some(said));
    assert_eq!(sent(&stage.wait(60_000)), []);
    stage.reply(who, me());
    let said = "What you wrote has waited for you, and goes soon: u takes it back.";
    assert_eq!(stage.said(), Some(said));
    let cmds = stage.wait(10_000);
    let [draft] = &sent(&cmds)[..] else { panic!("{cmds:?}") };
    assert_eq!(draft.writer, writer("me"));
}

/// Somebody signs in; the question who that is.
fn somebody_signs_in(stage: &mut Stage) -> Asked {
    let (id, _) = attempt(&stage.keys("S enter"));
    let cmds = stage.tell(What::SignIn { id, step: done() });
    asked(&cmds, Lane::Me)
}

#[test]
fn what_was_said_before_one_was_known_waits_for_ones_word_once_somebody_signs_in() {
    let (mut stage, _, _) = said_before_one_is_known();
    let who = somebody_signs_in(&mut stage);
    let said = stage.said().unwrap();
    assert!(said.contains("was said before it was known who you are"), "{said}");
    stage.reply(who, me());
    assert_eq!(sent(&stage.wait(3_600_000)), []);
    assert_eq!(sent(&stage.keys("D s")).len(), 1);
}

#[test]
fn what_comes_back_after_somebody_has_signed_in_waits_for_ones_word() {
    let (mut stage, who, _) = said_before_one_is_known();
    stage.fail(who);
    let cmds = stage.wait(10_000);
    let Some(Cmd::Send(Request { id: request, .. })) = cmds.first() else {
        panic!("{cmds:?}")
    };
    let [draft] = &sent(&cmds)[..] else { panic!("{cmds:?}") };
    let who = somebody_signs_in(&mut stage);
    let (draft, outcome) = (draft.id.clone(), Delivery::NotSent(problem()));
    stage.reply(
        *request,
        Payload::Delivery {
            draft,
            outcome,
            since: None,
        },
    );
    let said = "Not sent yet. There is no connection: it waits in the outbox (D) for your word.";
    assert_eq!(stage.said(), Some(said));
    stage.reply(who, me());
    assert_eq!(sent(&stage.wait(3_600_000)), []);
    assert_eq!(sent(&stage.keys("D s")).len(), 1);
}

#[test]
fn a_draft_names_whoever_has_begun_it_and_then_whoever_sends_it() {
    let mut stage = Stage::with_posts(vec![post("p1", 1)]);
    stage.key("r");
    assert_eq!(stage.model.composer.as_ref().unwrap().draft().writer, writer("me"));
    let kept = Draft {
        state: DraftState::Writing,
        ..tried("ines")
    };
    let mut stage = Stage::with_posts(vec![post("p1", 1)]);
    stage.tell(What::Drafts {
        mine: vec![kept],
        elsewhere: 0,
        unreadable: 0,
    });
    stage.keys("D enter ctrl-s y");
    let [Outgoing { draft, .. }] = &stage.model.outbox[..] else {
        panic!("{:?}", stage.model.outbox)
    };
    assert_eq!(draft.writer, writer("me"));
}

#[test]
fn with_nobody_known_a_draft_names_nobody() {
    let mut stage = Stage::with_posts(vec![post("p1", 1)]);
    stage.model.me = crate::app::Remote::Idle;
    stage.key("r");
    stage.types("שלום");
    let cmds = stage.keys("ctrl-s y");
    let [draft] = &sent(&cmds)[..] else { panic!("{cmds:?}") };
    assert_eq!(draft.writer, None);
}
