//! Whose word a draft is: it goes in nobody else's name by itself.

use super::fixture::*;
use crate::app::{Cmd, Outgoing, What};
use crate::domain::{Draft, DraftState, Writer};
use crate::protocol::{Job, Lane, Mutation, Request};

fn writer(id: &str) -> Option<Writer> {
    Some(Writer::of(&person(id)))
}

/// A draft of an earlier run that was on its way and came back.
fn tried(by: &str) -> Draft {
    Draft {
        state: DraftState::Queued {
            since: noon(-60),
            tried: true,
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
            job: Job::Write(Mutation::Deliver(draft)),
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

#[test]
fn what_nobody_has_signed_goes_as_before() {
    let unsigned = Draft {
        writer: None,
        ..tried("me")
    };
    let (mut stage, _) = found(unsigned);
    assert_eq!(sent(&stage.wait(60_000)).len(), 1);
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
