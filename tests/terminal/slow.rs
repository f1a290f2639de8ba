//! `kill -9` at every step of a reply and of a new conversation where the server is slow: it takes longer for each answer than
//! the program lives. Afterwards nothing is lost, nothing is sent twice, and nothing is sent by surprise.

use std::time::Duration;

use folkmoot::demo::Options;
use folkmoot::domain::DraftState;

use crate::desk::{CTRL_S, Desk, SMALL, WIDE, eventually};
use crate::kind::{Kind, WORDS};
use crate::screen::written;

const KINDS: [Kind; 2] = [Kind::Reply, Kind::Conversation];
/// Longer than any program lives here.
const FOR_EVER: &str = "latency:3600000";

/// A desk whose server takes its time for everything.
fn desk() -> Desk {
    Desk::with(Options {
        latency: Duration::from_millis(300),
        visible_after: Duration::from_millis(100),
        ..Options::default()
    })
}

#[test]
fn before_it_is_to_be_sent() {
    for kind in KINDS {
        for is_reviewed in [false, true] {
            let desk = desk();
            let mut folkmoot = written(kind, &desk);
            kind.fault(&desk, FOR_EVER);
            if is_reviewed {
                folkmoot.press(CTRL_S);
                folkmoot.sees(kind.asks());
            }
            folkmoot.gets_killed();
            assert_eq!(desk.draft_text(), WORDS);
            desk.tenant().clear_faults();
            kind.is_offered_again_and_sent_once(&desk);
        }
    }
}

#[test]
fn in_the_time_in_which_it_can_be_taken_back() {
    for kind in KINDS {
        let desk = desk();
        kind.fault(&desk, FOR_EVER);
        let mut folkmoot = desk.start_undoing(600, WIDE);
        kind.writes(&mut folkmoot);
        kind.sends(&mut folkmoot);
        eventually("it waits on disk", || {
            matches!(desk.drafts()[0].state, DraftState::Queued { tried: false, .. })
        });
        folkmoot.gets_killed();
        desk.tenant().clear_faults();
        kind.waits_for_a_word_and_is_sent_once(&desk);
    }
}

#[test]
fn while_the_server_has_the_request() {
    for kind in KINDS {
        let desk = desk();
        kind.fault(&desk, FOR_EVER);
        let mut folkmoot = written(kind, &desk);
        kind.sends(&mut folkmoot);
        eventually("the request arrives", || kind.sent(&desk).len() == 1);
        folkmoot.gets_killed();
        assert_eq!(desk.draft_text(), WORDS);
        assert!(matches!(desk.drafts()[0].state, DraftState::Sending { .. }));
        // It was never carried out, which only the person can tell, once it was looked for long enough.
        let mut folkmoot = desk.start(WIDE);
        folkmoot.sees("Glow 2 Launch");
        folkmoot.press("D");
        folkmoot.sees("perhaps sent; looking for it");
        folkmoot.gets_killed();
        desk.age_draft(Duration::from_secs(600));
        let mut folkmoot = desk.start(WIDE);
        folkmoot.sees("D shows it: look again, or write it again");
        assert_eq!(kind.sent(&desk).len(), 1);
        folkmoot.press("Dw");
        kind.is_saved(&mut folkmoot);
        desk.tenant().clear_faults();
        kind.sends(&mut folkmoot);
        folkmoot.sees(kind.done());
        assert_eq!(
            kind.sent(&desk).len(),
            2,
            "the one that was broken off, and the one that went"
        );
        eventually("the draft goes", || desk.drafts().is_empty());
        folkmoot.quits();
    }
}

#[test]
fn while_it_is_looked_for() {
    for kind in KINDS {
        let desk = desk();
        let mut folkmoot = written(kind, &desk);
        let reads = || {
            let requests = desk.tenant().requests();
            requests
                .iter()
                .filter(|seen| seen.method == "GET" && seen.path.ends_with("/posts"))
                .count()
        };
        let before = reads();
        desk.tenant()
            .add_fault(format!("GET /groups/**/posts@*={FOR_EVER}").parse().unwrap());
        kind.sends(&mut folkmoot);
        eventually("it is accepted", || {
            matches!(desk.drafts()[0].state, DraftState::Accepted { .. })
        });
        eventually("it is looked for", || reads() > before);
        folkmoot.gets_killed();
        desk.tenant().clear_faults();
        let mut folkmoot = desk.start(SMALL);
        kind.is_done(&desk, &mut folkmoot);
        folkmoot.quits();
    }
}
