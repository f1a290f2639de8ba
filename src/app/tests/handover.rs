//! Somebody else signs in, or whoever was signs out: nothing that was read for the one is shown to the other.

use super::fixture::*;
use super::sign_in::{attempt, done};
use crate::app::{Cmd, Remote, What, sign_in};
use crate::keys::Place;
use crate::protocol::{Job, Lane, Part, Payload, Query};

/// What only whoever was signed in may know: a group, a thread, a post, a person.
const THEIRS: [&str; 4] = ["\"B\"", "\"t1\"", "\"p1\"", "\"ines"];

/// Which of it there is anywhere in the model.
fn known(stage: &Stage) -> Vec<&'static str> {
    let all = format!("{:?}", stage.model);
    THEIRS.into_iter().filter(|word| all.contains(word)).collect()
}

/// A program that shows a thread, with a profile, an overlay and a filter over it, signed in as somebody else than `done`.
fn shown_to_me() -> Stage {
    let mut stage = Stage::with_posts(vec![post("p1", 2)]);
    stage.model.settings.can_sign_in = true;
    stage.know_marks();
    let cmds = stage.keys("2 p");
    let card = crate::protocol::CardPart::Person(Box::new(person("ines").into()));
    stage.part(asked(&cmds, Lane::Profile), Payload::Card(card));
    assert_eq!(known(&stage), THEIRS);
    stage
}

fn another_signs_in(stage: &mut Stage) -> Vec<Cmd> {
    let (id, _) = attempt(&sign_in::start(&mut stage.model, ""));
    stage.tell(What::SignIn { id, step: done() })
}

#[test]
fn nothing_of_the_one_before_is_anywhere_and_all_is_read_anew() {
    let mut stage = shown_to_me();
    let size = stage.model.size;
    let cmds = another_signs_in(&mut stage);
    assert_eq!(known(&stage), [""; 0]);
    assert!(cmds.contains(&Cmd::AbandonAll), "{cmds:?}");
    assert_eq!(lanes(&cmds), [Lane::Groups, Lane::Me]);
    assert_eq!((stage.model.place(), stage.model.size), (Place::Groups, size));
    let said = "Signed in as 山田 花子 <hanako@folk.example>; kept in the keyring.";
    assert_eq!(stage.said(), Some(said));
    stage.reply(asked(&cmds, Lane::Groups), groups(&["C"]));
    stage.reply(asked(&cmds, Lane::Me), signed_in("hanako"));
    assert_eq!(shown(&stage.model.groups.list), ["C"]);
    assert!(stage.model.group.is_none());
}

#[test]
fn no_answer_that_was_meant_for_the_one_before_is_taken() {
    let mut stage = shown_to_me();
    let cmds = stage.keys("esc 3 ctrl-r 1 ctrl-r");
    let late = [
        (asked(&cmds, Lane::Threads), Part::Last, threads(&["t1"])),
        (asked(&cmds, Lane::Groups), Part::Last, groups(&["B"])),
        (asked(&cmds, Lane::Groups), Part::Kept(noon(-9)), groups(&["B"])),
    ];
    stage.key("/");
    let filtering = stage.types("B");
    stage.key("esc");
    another_signs_in(&mut stage);
    for (Asked(id), part, payload) in late {
        let result = Ok(payload);
        assert_ignored(&mut stage, What::Reply(crate::protocol::Reply { id, part, result }));
    }
    stage.know_marks();
    stage.filter_all(&filtering);
    assert_eq!(known(&stage), [""; 0]);
    assert!(stage.model.marks.is_empty());
}

#[test]
fn what_was_typed_stays_for_whoever_sits_there() {
    let mut stage = Stage::with_posts(vec![post("p1", 2)]);
    stage.model.settings.can_sign_in = true;
    stage.keys("4 r");
    stage.types("日本語 and שלום");
    another_signs_in(&mut stage);
    assert_eq!(stage.model.place(), Place::Composer);
    assert_eq!(stage.model.composer.as_ref().unwrap().editor.text(), "日本語 and שלום");
    let revision = stage.model.last_revision;
    stage.types("!");
    assert!(stage.model.last_revision > revision);
    stage.key("esc");
    assert_eq!(stage.model.outbox.len(), 1);
}

#[test]
fn whoever_has_signed_out_leaves_nothing_on_the_screen() {
    let mut stage = shown_to_me();
    let cmds = stage.tell(What::SignedOut(Ok(true)));
    assert_eq!(cmds, [Cmd::AskStanding, Cmd::AbandonAll]);
    assert_eq!(known(&stage), [""; 0]);
    let said = "Signed out: the tokens are removed. S signs in.";
    assert_eq!((stage.said(), stage.model.place()), (Some(said), Place::Groups));
    assert_eq!(stage.model.groups.list.items, Remote::Idle);
    let cmds = another_signs_in(&mut stage);
    assert_eq!(lanes(&cmds), [Lane::Groups, Lane::Me]);
}

#[test]
fn what_waits_to_be_sent_waits_for_ones_word_after_signing_out() {
    let mut stage = super::sign_in_over_drafts::signing_in_over_what_waits("alice@folk.example");
    let is_sent = |cmd: &Cmd| matches!(cmd, Cmd::Send(request) if matches!(request.job, Job::Write(..)));
    assert!(
        !stage.wait(60_000).iter().any(is_sent),
        "nothing goes while somebody signs in"
    );
    stage.key("esc");
    let cmds = stage.tell(What::SignedOut(Ok(true)));
    assert!(
        matches!(cmds[..], [Cmd::AskStanding, Cmd::MarkDraft(_), Cmd::AbandonAll]),
        "{cmds:?}"
    );
    assert_eq!(stage.wait(600_000), []);
}

#[test]
fn whose_tokens_another_gives_is_seen_when_graph_tells_who_it_is() {
    let mut stage = shown_to_me();
    let (id, cmd) = stage.model.read(Lane::Me, Query::Me);
    assert_eq!(lanes(&[cmd]), [Lane::Me]);
    stage.model.me.await_reply(id);
    let cmds = stage.reply(id, signed_in("hanako"));
    assert_eq!(known(&stage), [""; 0]);
    assert_eq!(lanes(&cmds), [Lane::Groups]);
    assert_eq!(stage.model.me.ready().map(|me| &me.person), Some(&person("hanako")));
}
