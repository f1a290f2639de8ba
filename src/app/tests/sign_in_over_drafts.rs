//! What becomes of reads and of what is written when somebody signs in.

use std::time::Duration;

use super::fixture::*;
use super::sign_in::*;
use crate::app::{Cmd, Remote, TimerId, What};
use crate::domain::{DraftId, DraftState};
use crate::keys::Place;
use crate::protocol::{Delivery, Job, Lane, Me, Mutation, Payload, Request};

#[test]
fn what_had_failed_is_read_again_and_a_refused_draft_is_offered_for_review() {
    let mut stage = stage();
    refuse(&mut stage, "3 ctrl-r", Lane::Threads);
    stage.key("esc");
    stage.keys("4 r");
    stage.types("日本語 text");
    let cmds = stage.keys("ctrl-s y");
    let id = cmds.iter().find_map(|cmd| match cmd {
        Cmd::Send(Request {
            id,
            job: Job::Write(_, Mutation::Deliver(_)),
        }) => Some(*id),
        _ => None,
    });
    let draft = DraftId("run-1".into());
    let outcome = Delivery::NotSent(ended());
    stage.reply(
        id.unwrap(),
        Payload::Delivery {
            draft,
            outcome,
            since: None,
        },
    );
    assert_eq!(stage.model.place(), Place::SignIn);
    let (id, _) = attempt(&stage.key("enter"));
    let cmds = stage.tell(What::SignIn { id, step: done() });
    assert_eq!(lanes(&cmds), [Lane::Me, Lane::Threads]);
    assert_eq!(cmds[0], Cmd::AskStanding);
    let composer = stage.model.composer.as_ref().unwrap();
    assert!(composer.review.is_some(), "offered for review, not sent");
    assert_eq!(composer.editor.text(), "日本語 text");
    assert_eq!(
        stage.said(),
        Some("Signed in as 山田 花子 <hanako@folk.example>; kept in the keyring.")
    );
}

#[test]
fn what_was_just_granted_is_not_missed_while_nobody_has_told_of_it() {
    let mut stage = stage();
    stage.tell(standing(&["User.Read"]));
    stage.keys("4 r x ctrl-s");
    assert_eq!(stage.model.place(), Place::SignIn, "the permission is missing");
    let (id, _) = attempt(&stage.key("enter"));
    stage.tell(What::SignIn { id, step: done() });
    assert!(stage.model.composer.as_ref().unwrap().review.is_some());
    stage.keys("n ctrl-s");
    assert!(stage.model.sign_in.is_none(), "not asked for again");
    assert!(stage.model.composer.as_ref().unwrap().review.is_some());
    // It was not granted after all.
    stage.key("n");
    stage.tell(standing(&["User.Read"]));
    stage.key("ctrl-s");
    assert_eq!(stage.model.place(), Place::SignIn);
}

#[test]
fn what_a_sending_lacks_is_told_by_what_is_written() {
    for (keys, said) in [
        ("4 r", "Sending a reply needs"),
        ("c esc", "Beginning a conversation needs"),
        ("4 f esc", "Forwarding a post needs"),
    ] {
        let mut stage = stage();
        stage.tell(standing(&["User.Read"]));
        stage.keys(keys);
        stage.types("灯籠");
        if let Some(composer) = &mut stage.model.composer {
            composer.target_mut().topic = "灯籠".into();
            composer.with_mut().people = vec![crate::domain::Recipient {
                name: "Kim".into(),
                address: "kim@elsewhere.example".into(),
            }];
        }
        stage.key("ctrl-s");
        let sign_in = stage.model.sign_in.as_ref().expect(keys);
        assert!(sign_in.why.as_str().starts_with(said), "{:?}", sign_in.why);
    }
}

/// A reply waits to be sent, and its writer's address is known; then somebody signs in with the address of `done`.
fn waiting_while_somebody_signs_in(mail: &str) -> (Stage, Vec<Cmd>) {
    let mut stage = signing_in_over_what_waits(mail);
    let id = stage
        .model
        .sign_in
        .as_ref()
        .and_then(|sign_in| sign_in.attempt)
        .unwrap();
    let cmds = stage.tell(What::SignIn { id, step: done() });
    (stage, cmds)
}

pub(super) fn signing_in_over_what_waits(mail: &str) -> Stage {
    let mut stage = stage();
    stage.model.settings.undo = Duration::from_secs(60);
    let mut me = Me::default();
    me.person.mail = Some(mail.into());
    stage.model.me = Remote::Ready(me);
    stage.keys("4 r");
    stage.types("日本語 text");
    stage.keys("ctrl-s y");
    attempt(&stage.keys("S enter"));
    stage
}

#[test]
fn what_waits_does_not_go_in_the_name_of_another_who_signs_in() {
    let (mut stage, cmds) = waiting_while_somebody_signs_in("alice@folk.example");
    let marked = cmds.iter().find_map(|cmd| match cmd {
        Cmd::MarkDraft(draft) => Some(draft.state),
        _ => None,
    });
    assert!(
        matches!(marked, Some(DraftState::Queued { tried: false, .. })),
        "it waits in the next run, too: {cmds:?}"
    );
    assert!(
        stage
            .said()
            .unwrap()
            .ends_with("What waits in the outbox was to go in another name: D shows it, s there sends it in yours."),
        "{:?}",
        stage.said()
    );
    let is_sent = |cmds: &[Cmd]| {
        cmds.iter().any(|cmd| match cmd {
            Cmd::Send(request) => matches!(request.job, Job::Write(_, Mutation::Deliver(_))),
            _ => false,
        })
    };
    assert!(!is_sent(&stage.wait(600_000)));
    assert_eq!(stage.model.me.shown(), None, "nobody is taken for the other");
    assert!(!is_sent(&stage.keys("D s")), "it waits until it is known whose it is");
    stage.reply(asked(&cmds, Lane::Me), super::fixture::me());
    assert!(is_sent(&stage.wait(60_000)));
    let writer = stage.model.outbox[0].draft.writer.as_ref();
    assert_eq!(writer.map(|writer| writer.id.as_str()), Some("me"));
}

#[test]
fn what_waits_goes_on_waiting_where_the_same_person_signs_in_again() {
    let (stage, cmds) = waiting_while_somebody_signs_in("Hanako@folk.example");
    assert!(!cmds.iter().any(|cmd| matches!(cmd, Cmd::MarkDraft(_))), "{cmds:?}");
    assert!(stage.due(TimerId::Outbox).is_some());
}

#[test]
fn a_reply_asks_for_its_permission_first_and_keeps_the_draft() {
    let mut stage = stage();
    stage.tell(standing(&["User.Read", "Group.Read.All"]));
    stage.keys("4 r");
    stage.types("hello");
    stage.key("ctrl-s");
    assert_eq!(stage.model.place(), Place::SignIn);
    let sign_in = stage.model.sign_in.as_ref().unwrap();
    assert!(sign_in.why.as_str().contains("Group.ReadWrite.All"), "{}", sign_in.why);
    assert_eq!(sign_in.attempt, None, "the reason stands there first");
    let (id, ask) = attempt(&stage.key("enter"));
    assert_eq!(ask.scopes, ["Group.ReadWrite.All"]);
    stage.tell(What::SignIn { id, step: done() });
    assert_eq!(stage.model.place(), Place::Review);
    // It was not granted after all, and whoever does not want to ask again goes back to the text.
    stage.tell(standing(&["User.Read", "Group.Read.All"]));
    stage.keys("n ctrl-s");
    assert_eq!(stage.model.place(), Place::SignIn);
    stage.key("esc");
    assert_eq!(stage.model.place(), Place::Composer);
    assert_eq!(stage.model.composer.as_ref().unwrap().editor.text(), "hello");
}
