//! Commands and screens with one draft between them: one after the other, and at the same moment.

use std::process::{Child, Stdio};
use std::time::Duration;

use folkmoot::domain::DraftState;

use crate::commands::{asks, id, kill};
use crate::desk::{WIDE, eventually};
use crate::kind::{Kind, WORDS, desk};

#[test]
fn a_killed_command_is_gone_on_with_on_the_screen() {
    // What was only kept is offered as text.
    let desk = desk(100);
    asks(Kind::Reply, &desk).gets_killed();
    Kind::Reply.is_offered_again_and_sent_once(&desk);
    assert_eq!(Kind::Reply.stands(&desk), 1);

    // What was on its way is looked for.
    for (kind, says) in [
        (Kind::Reply, "Your reply is in"),
        (Kind::Conversation, "Your conversation “Lantern night"),
    ] {
        let desk = self::desk(2500);
        kind.fault(&desk, "drop");
        kill(kind.is_sent(&desk));
        let mut folkmoot = desk.start(WIDE);
        folkmoot.sees(says);
        eventually("the draft goes", || desk.drafts().is_empty());
        folkmoot.quits();
        assert_eq!((kind.sent(&desk).len(), kind.stands(&desk)), (1, 1));
    }
}

#[test]
fn the_post_of_a_command_does_not_speak_for_the_same_words_of_a_screen() {
    let (kind, desk) = (Kind::Reply, desk(50));
    assert_eq!(kind.is_sent(&desk).wait().unwrap().code(), Some(0));
    desk.tenant().add_fault("POST /groups/**/reply@*=hang".parse().unwrap());
    let mut folkmoot = desk.start(WIDE);
    folkmoot.opens_the_thread_with(36);
    folkmoot.writes(WORDS);
    eventually("all of it is on disk", || {
        desk.drafts().iter().any(|draft| draft.text == WORDS)
    });
    folkmoot.sends();
    eventually("the request arrives", || kind.sent(&desk).len() == 2);
    folkmoot.gets_killed();
    let reads = || {
        let requests = desk.tenant().requests();
        requests
            .iter()
            .filter(|seen| seen.method == "GET" && seen.path.ends_with("/posts"))
            .count()
    };
    let before = reads();
    let mut folkmoot = desk.start(WIDE);
    folkmoot.sees("D drafts");
    eventually("it is looked for", || {
        let _ = folkmoot.pty.read(Duration::from_millis(20));
        reads() >= before + 3
    });
    folkmoot.settles();
    assert!(
        matches!(desk.drafts()[0].state, DraftState::Sending { .. }),
        "{}",
        folkmoot.text()
    );
    folkmoot.quits();
    assert_eq!((desk.drafts().len(), kind.stands(&desk)), (1, 1));
}

/// So many times two of them are let loose on one draft.
const ROUNDS: usize = 12;

#[test]
fn commands_that_send_one_draft_at_the_same_moment_send_it_once() {
    let desk = desk(50);
    for round in 1..=ROUNDS {
        asks(Kind::Reply, &desk).gets_killed();
        let id = id(&desk);
        let send = || {
            let mut command = desk.headless(&["draft", "send", &id, "--yes"]);
            command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
        };
        let all: Vec<Child> = std::iter::repeat_with(send).take(4).collect();
        let mut codes: Vec<_> = all
            .into_iter()
            .map(|child| {
                let output = child.wait_with_output().unwrap();
                (output.status.code(), String::from_utf8(output.stderr).unwrap())
            })
            .collect();
        codes.sort();
        assert_eq!(
            codes.iter().filter(|(code, _)| *code == Some(0)).count(),
            1,
            "{codes:?}"
        );
        assert_eq!(Kind::Reply.sent(&desk).len(), round, "{codes:?}");
        assert!(desk.drafts().is_empty());
    }
    assert_eq!(Kind::Reply.stands(&desk), ROUNDS);
}

#[test]
fn a_draft_that_waits_on_a_screen_is_refused_to_commands_and_goes_once() {
    let desk = desk(50);
    let mut folkmoot = desk.start_undoing(1, WIDE);
    folkmoot.opens_the_thread();
    for round in 1..=ROUNDS {
        folkmoot.writes(WORDS);
        // The words stand on the screen since the first round.
        eventually("all of it is on disk", || {
            desk.drafts().iter().any(|draft| draft.text == WORDS)
        });
        let id = id(&desk);
        folkmoot.sends();
        // Before, while and after it goes.
        let mut tries = 0;
        while Kind::Reply.sent(&desk).len() < round || tries < 2 {
            let (code, said) = desk.runs(&["draft", "send", &id, "--yes"]);
            // It is the screen's, or it is settled and gone.
            assert!(matches!(code, Some(2 | 5)), "{code:?}: {said}");
            tries += 1;
        }
        folkmoot.waits("the thread again", |screen| {
            screen.contents().contains("Your reply is in")
        });
        eventually("the draft goes", || desk.drafts().is_empty());
        assert_eq!(Kind::Reply.sent(&desk).len(), round);
    }
    folkmoot.quits();
    assert_eq!(Kind::Reply.stands(&desk), ROUNDS);
}

#[test]
fn a_queued_draft_left_behind_goes_once_whoever_is_first() {
    for _ in 0..4 {
        let desk = desk(50);
        let mut killed = desk.start_undoing(600, WIDE);
        killed.opens_the_thread();
        killed.writes(WORDS);
        killed.sends();
        eventually("it waits on disk", || {
            matches!(desk.drafts()[0].state, DraftState::Queued { .. })
        });
        killed.gets_killed();
        let id = id(&desk);
        let mut folkmoot = desk.start(WIDE);
        let (code, said) = desk.runs(&["draft", "send", &id, "--yes"]);
        folkmoot.sees("Glow 2 Launch");
        match code {
            Some(0) => folkmoot.settles(),
            // The screen has it, and waits for a word.
            Some(2) => {
                folkmoot.press("D");
                folkmoot.sees(WORDS);
                folkmoot.press("s");
            }
            other => panic!("{other:?}: {said}"),
        }
        eventually("the draft goes", || desk.drafts().is_empty());
        assert_eq!((Kind::Reply.sent(&desk).len(), Kind::Reply.stands(&desk)), (1, 1));
        folkmoot.quits();
    }
}
