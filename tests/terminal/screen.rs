//! `kill -9` at every step of writing and sending on the screen: a new conversation, a new thread in one, a reply, and a
//! forwarded post. Afterwards nothing is lost, nothing is sent twice, and nothing is sent by surprise.

use std::time::Duration;

use folkmoot::demo::Options;
use folkmoot::domain::DraftState;

use crate::desk::{CTRL_R, CTRL_S, CTRL_U, Desk, ENTER, ESC, Folkmoot, SMALL, THREAD, WIDE, drawn, eventually};
use crate::kind::{Kind, TOPIC, WORDS, desk};

const BACKTAB: &str = "\x1b[Z";
const CTRL_N: &str = "\x0e";
const TAB: &str = "\t";

const KINDS: [Kind; 4] = [Kind::Conversation, Kind::Thread, Kind::Reply, Kind::Forward];

/// Those that can be found in the group once they were sent.
fn seen() -> impl Iterator<Item = Kind> {
    KINDS.into_iter().filter(|kind| kind.is_seen())
}

impl Kind {
    /// How the composer is called.
    fn title(self) -> &'static str {
        match self {
            Kind::Conversation => "New conversation",
            Kind::Thread => "New thread",
            Kind::Reply | Kind::ReplyToPost => "Reply",
            Kind::Forward => "Forward",
        }
    }

    pub fn asks(self) -> &'static str {
        match self {
            Kind::Conversation => "Begin this conversation?",
            Kind::Thread => "Begin this thread?",
            Kind::Reply | Kind::ReplyToPost => "Send this reply?",
            Kind::Forward => "Forward this post out of the group?",
        }
    }

    /// What is said once it is done.
    pub fn done(self) -> &'static str {
        match self {
            Kind::Conversation => "Your conversation “Lantern night",
            Kind::Thread => "Your thread “Lantern night",
            Kind::Reply | Kind::ReplyToPost => "Your reply is in",
            Kind::Forward => "The post is forwarded to ada@folk.example",
        }
    }

    /// Begins it, and writes until all of it is on disk.
    pub fn writes(self, folkmoot: &mut Folkmoot) {
        match self {
            Kind::Conversation => {
                folkmoot.sees("Glow 2 Launch");
                folkmoot.press("3");
                folkmoot.sees(THREAD);
                folkmoot.press("c");
                folkmoot.sees(self.title());
                folkmoot.press(TOPIC);
                folkmoot.sees(TOPIC);
                folkmoot.press(BACKTAB);
            }
            Kind::Thread => {
                folkmoot.opens_the_thread();
                folkmoot.press(CTRL_N);
                folkmoot.sees(self.title());
                // It has the topic of the thread that is open.
                folkmoot.press(CTRL_U);
                folkmoot.press(TOPIC);
                folkmoot.sees(TOPIC);
                folkmoot.press(BACKTAB);
            }
            Kind::Reply | Kind::ReplyToPost => {
                folkmoot.opens_the_thread();
                folkmoot.press("r");
                folkmoot.sees("Reply · saved");
            }
            Kind::Forward => {
                folkmoot.opens_the_thread();
                folkmoot.press("f");
                folkmoot.sees("out of");
                folkmoot.press("ada@folk.example");
                folkmoot.press(ENTER);
                folkmoot.sees("ada@folk.example,");
                folkmoot.press(TAB);
            }
        }
        folkmoot.press(WORDS);
        self.is_saved(folkmoot);
    }

    pub fn is_saved(self, folkmoot: &mut Folkmoot) {
        let (title, words) = (format!("{} · saved", self.title()), drawn(WORDS));
        folkmoot.waits("all of it, saved", |screen| {
            let text = screen.contents();
            text.contains(&words) && text.contains(&title)
        });
    }

    pub fn sends(self, folkmoot: &mut Folkmoot) {
        folkmoot.press(CTRL_S);
        folkmoot.sees(self.asks());
        folkmoot.press("y");
    }

    /// The next start offers it again with all that belongs to it; it is sent, once.
    pub fn is_offered_again_and_sent_once(self, desk: &Desk) {
        let mut folkmoot = desk.start(WIDE);
        folkmoot.sees("A draft was kept: D shows it.");
        folkmoot.sees("Glow 2 Launch");
        folkmoot.press("D");
        folkmoot.sees(WORDS);
        folkmoot.press(ENTER);
        self.is_saved(&mut folkmoot);
        assert_eq!(self.sent(desk).len(), 0);
        self.sends(&mut folkmoot);
        self.is_done(desk, &mut folkmoot);
        folkmoot.quits();
    }

    /// What was to be sent waits at the next start for the person's word, and then goes once.
    pub fn waits_for_a_word_and_is_sent_once(self, desk: &Desk) {
        let mut folkmoot = desk.start(WIDE);
        folkmoot.sees("A post was not sent before folkmoot ended");
        folkmoot.sees("Glow 2 Launch");
        folkmoot.press("D");
        folkmoot.sees(WORDS);
        assert!(self.sent(desk).is_empty());
        folkmoot.press("s");
        folkmoot.press(ESC);
        self.is_done(desk, &mut folkmoot);
        folkmoot.quits();
    }

    pub fn is_done(self, desk: &Desk, folkmoot: &mut Folkmoot) {
        folkmoot.sees(self.done());
        assert_eq!(self.sent(desk).len(), 1);
        eventually("the draft goes", || desk.drafts().is_empty());
    }
}

/// Written and saved.
pub fn written(kind: Kind, desk: &Desk) -> Folkmoot {
    let mut folkmoot = desk.start(SMALL);
    kind.writes(&mut folkmoot);
    folkmoot
}

#[test]
fn in_the_composer_once_it_says_saved() {
    for kind in KINDS {
        let desk = desk(100);
        written(kind, &desk).gets_killed();
        assert_eq!(desk.draft_text(), WORDS);
        kind.is_offered_again_and_sent_once(&desk);
    }
}

#[test]
fn in_the_review() {
    for kind in KINDS {
        let desk = desk(100);
        let mut folkmoot = written(kind, &desk);
        folkmoot.press(CTRL_S);
        folkmoot.sees(kind.asks());
        folkmoot.gets_killed();
        assert!(kind.sent(&desk).is_empty());
        kind.is_offered_again_and_sent_once(&desk);
    }
}

#[test]
fn in_the_time_in_which_it_can_be_taken_back() {
    for kind in KINDS {
        let desk = desk(100);
        let mut folkmoot = desk.start_undoing(600, WIDE);
        kind.writes(&mut folkmoot);
        kind.sends(&mut folkmoot);
        folkmoot.sees("u takes it back");
        eventually("it waits on disk", || {
            matches!(desk.drafts()[0].state, DraftState::Queued { tried: false, .. })
        });
        folkmoot.gets_killed();
        kind.waits_for_a_word_and_is_sent_once(&desk);
    }
}

#[test]
fn while_graph_wants_quiet() {
    for kind in KINDS {
        let desk = desk(100);
        kind.fault(&desk, "429:3600");
        let mut folkmoot = written(kind, &desk);
        kind.sends(&mut folkmoot);
        folkmoot.sees("Graph wants quiet");
        eventually("it waits on disk", || {
            matches!(desk.drafts()[0].state, DraftState::Queued { until: Some(_), .. })
        });
        folkmoot.gets_killed();
        let mut folkmoot = desk.start(WIDE);
        folkmoot.sees("goes once Graph wants quiet no longer");
        folkmoot.sees("Glow 2 Launch");
        folkmoot.press("D");
        folkmoot.sees("as Graph asks");
        // Nor does anybody's word break it.
        folkmoot.press("s");
        folkmoot.press(ESC);
        folkmoot.sees("Graph wants quiet");
        folkmoot.settles();
        assert_eq!(kind.sent(&desk).len(), 1, "it has not forgotten");
        folkmoot.gets_killed();
        desk.age_draft(Duration::from_secs(7200));
        let mut folkmoot = desk.start(WIDE);
        folkmoot.sees(kind.done());
        assert_eq!(
            kind.sent(&desk).len(),
            2,
            "the one that was refused, and the one that went"
        );
        eventually("the draft goes", || desk.drafts().is_empty());
        folkmoot.quits();
    }
}

#[test]
fn where_no_server_is_there() {
    for kind in KINDS {
        let mut desk = desk(100);
        let mut folkmoot = written(kind, &desk);
        desk.serve_nothing();
        // Until it has noticed that the line is dead, it may believe that something went out.
        folkmoot.press(ESC);
        folkmoot.sees("The draft is kept");
        folkmoot.press(CTRL_R);
        folkmoot.sees("offline");
        folkmoot.press("D");
        folkmoot.sees(WORDS);
        folkmoot.press(ENTER);
        kind.is_saved(&mut folkmoot);
        kind.sends(&mut folkmoot);
        eventually("it waits on disk", || {
            matches!(desk.drafts()[0].state, DraftState::Queued { tried: true, .. })
        });
        folkmoot.gets_killed();
        desk.serve_again(Options {
            visible_after: Duration::from_millis(100),
            ..Options::default()
        });
        let mut folkmoot = desk.start(WIDE);
        folkmoot.sees("A post waits in the outbox and goes soon");
        kind.is_done(&desk, &mut folkmoot);
        folkmoot.quits();
    }
}

#[test]
fn what_the_server_was_silent_about_is_looked_for_and_never_sent_again_by_itself() {
    seen().for_each(is_looked_for_and_never_sent_again_by_itself);
}

fn is_looked_for_and_never_sent_again_by_itself(kind: Kind) {
    let desk = desk(100);
    kind.fault(&desk, "hang");
    let mut folkmoot = written(kind, &desk);
    kind.sends(&mut folkmoot);
    eventually("the request arrives", || kind.sent(&desk).len() == 1);
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
    assert_eq!(kind.sent(&desk).len(), 2);
    eventually("the draft goes", || desk.drafts().is_empty());
    folkmoot.quits();
}

#[test]
fn what_was_made_is_found_whatever_became_of_the_answer() {
    let cases = seen().flat_map(|kind| [(kind, None), (kind, Some("drop"))]);
    for (kind, fault) in cases {
        let desk = desk(3000);
        if let Some(fault) = fault {
            kind.fault(&desk, fault);
        }
        let mut folkmoot = written(kind, &desk);
        kind.sends(&mut folkmoot);
        eventually("the request arrives", || kind.sent(&desk).len() == 1);
        let accepted = |state| matches!(state, DraftState::Accepted { .. });
        if fault.is_none() {
            eventually("it is accepted", || accepted(desk.drafts()[0].state));
        } else {
            folkmoot.sees("The line broke while sending.");
        }
        folkmoot.gets_killed();
        let mut folkmoot = desk.start(WIDE);
        kind.is_done(&desk, &mut folkmoot);
        folkmoot.quits();
    }
}

#[test]
fn a_forwarding_whose_answer_did_not_come_is_for_the_person_to_decide() {
    for (fault, dies) in [("hang", true), ("drop", true), ("drop", false)] {
        let (kind, desk) = (Kind::Forward, desk(100));
        kind.fault(&desk, fault);
        let mut folkmoot = written(kind, &desk);
        kind.sends(&mut folkmoot);
        eventually("the request arrives", || kind.sent(&desk).len() == 1);
        if fault == "drop" {
            folkmoot.sees("a forwarded post leaves no trace");
        }
        if dies {
            folkmoot.gets_killed();
            folkmoot = desk.start(WIDE);
            folkmoot.sees("only you can tell");
        }
        folkmoot.settles();
        assert_eq!(kind.sent(&desk).len(), 1);
        assert!(matches!(desk.drafts()[0].state, DraftState::Sending { .. }));
        folkmoot.press("Dx");
        folkmoot.sees("again to discard it");
        folkmoot.press("x");
        eventually("the draft goes", || desk.drafts().is_empty());
        folkmoot.quits();
    }
}

#[test]
fn a_post_that_was_forwarded_is_done() {
    let (kind, desk) = (Kind::Forward, desk(100));
    let mut folkmoot = written(kind, &desk);
    kind.sends(&mut folkmoot);
    kind.is_done(&desk, &mut folkmoot);
    folkmoot.gets_killed();
    let mut folkmoot = desk.start(WIDE);
    folkmoot.sees("Glow 2 Launch");
    folkmoot.settles();
    assert_eq!(kind.sent(&desk).len(), 1);
    folkmoot.quits();
}
