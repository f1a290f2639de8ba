//! Commands that write to groups, killed with `kill -9` at every step. Afterwards nothing is lost, nothing is sent
//! twice, and the draft finds out what became of it.

use std::io::Write;
use std::process::{Child, Stdio};
use std::time::Duration;

use folkmoot::demo::Options;
use folkmoot::domain::DraftState;

use crate::desk::{Desk, Folkmoot, THREAD, WIDE, eventually};
use crate::kind::{Kind, TOPIC, WORDS, desk};

const GROUP: &str = "lantern-launch";

const KINDS: [Kind; 5] = [
    Kind::Conversation,
    Kind::Thread,
    Kind::Reply,
    Kind::ReplyToPost,
    Kind::Forward,
];

/// Those that can be found in the group once they were sent.
fn seen() -> impl Iterator<Item = Kind> {
    KINDS.into_iter().filter(|kind| kind.is_seen())
}

impl Kind {
    fn args(self) -> Vec<&'static str> {
        match self {
            Kind::Conversation => vec!["conversation", "new", GROUP, "--topic", TOPIC],
            Kind::Thread => vec!["thread", "new", GROUP, "--conversation", THREAD, "--topic", TOPIC],
            Kind::Reply => vec!["thread", "reply", GROUP, THREAD],
            Kind::ReplyToPost => vec!["post", "reply", GROUP, THREAD, "3"],
            Kind::Forward => vec!["thread", "forward", GROUP, THREAD, "--to", "ada@else.example"],
        }
    }

    /// Starts the command, with all that it asks for.
    fn starts(self, desk: &Desk) -> Child {
        let args = [&self.args()[..], &["--body", WORDS, "--yes"]].concat();
        desk.headless(&args)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    }

    /// Starts it, and waits until the tenant was asked.
    pub fn is_sent(self, desk: &Desk) -> Child {
        let child = self.starts(desk);
        eventually("the request arrives", || self.sent(desk).len() == 1);
        child
    }

    /// How often the words stand in the group.
    pub fn stands(self, desk: &Desk) -> usize {
        let topic = match self {
            Kind::Conversation | Kind::Thread => TOPIC,
            Kind::Reply | Kind::ReplyToPost | Kind::Forward => THREAD,
        };
        let (code, threads) = desk.runs(&["thread", "list", GROUP, "-o", "ndjson"]);
        assert_eq!(code, Some(0), "{threads}");
        let ids = threads.lines().filter(|line| line.contains(topic)).map(|line| {
            let thread: serde_json::Value = serde_json::from_str(line).unwrap();
            thread["id"].as_str().unwrap().to_owned()
        });
        let posts = ids.map(|id| desk.runs(&["post", "list", GROUP, &id, "-o", "ndjson"]).1);
        posts.map(|posts| posts.matches(WORDS).count()).sum()
    }
}

pub fn kill(mut child: Child) {
    child.kill().unwrap();
    child.wait().unwrap();
}

/// The only draft, by the name that the disk has for it.
pub fn id(desk: &Desk) -> String {
    assert_eq!(desk.draft_text(), WORDS);
    desk.drafts()[0].id.0.clone()
}

/// `draft send` on the only draft: how it ended, and what it said.
fn send_again(desk: &Desk, more: &[&str]) -> (Option<i32>, String) {
    let id = id(desk);
    desk.runs(&[&["draft", "send", &id][..], more].concat())
}

#[track_caller]
fn is_done(kind: Kind, desk: &Desk, (code, said): (Option<i32>, String), requests: usize) {
    assert_eq!(code, Some(0), "{kind:?}: {said}");
    assert_eq!(kind.sent(desk).len(), requests, "{kind:?}: {said}");
    assert!(desk.drafts().is_empty(), "{kind:?}: {said}");
    if kind.is_seen() {
        assert_eq!(kind.stands(desk), 1, "{kind:?}");
    }
}

#[test]
fn killed_while_it_reads_it_has_sent_and_kept_nothing() {
    for kind in KINDS {
        let desk = desk(100);
        let args = [&kind.args()[..], &["--body-file", "-", "--yes"]].concat();
        let mut child = desk.headless(&args).stdin(Stdio::piped()).spawn().unwrap();
        let mut text = child.stdin.take().unwrap();
        text.write_all(WORDS.as_bytes()).unwrap();
        text.flush().unwrap();
        // It has looked up where it goes, and waits for the end of the text.
        eventually("it has asked for the group", || !desk.tenant().requests().is_empty());
        kill(child);
        drop(text);
        assert_eq!((kind.sent(&desk).len(), desk.drafts().len()), (0, 0), "{kind:?}");
    }
}

/// At a terminal, until it asks.
pub fn asks(kind: Kind, desk: &Desk) -> Folkmoot {
    let mut command = desk.command();
    command.args([&kind.args()[..], &["--body", WORDS]].concat());
    let mut folkmoot = desk.start_as(command, WIDE);
    folkmoot.sees("Send it? [y/N]");
    folkmoot
}

#[test]
fn killed_while_it_asks_it_has_kept_a_draft() {
    for kind in KINDS {
        let desk = desk(100);
        asks(kind, &desk).gets_killed();
        assert_eq!(desk.drafts()[0].state, DraftState::Writing);
        assert_eq!(kind.sent(&desk).len(), 0);
        is_done(kind, &desk, send_again(&desk, &["--yes"]), 1);
    }
}

#[test]
fn interrupted_while_it_asks_it_says_what_it_has_kept() {
    let desk = desk(100);
    let mut folkmoot = asks(Kind::Reply, &desk);
    folkmoot.press("\x03");
    folkmoot.sees("Nothing was sent. The draft is kept");
    assert_eq!(folkmoot.ends().exit_code(), 130);
    assert_eq!(desk.drafts()[0].state, DraftState::Writing);
}

#[test]
fn killed_while_the_server_is_silent_it_is_looked_for_and_never_sent_again_unasked() {
    for kind in KINDS {
        let desk = desk(100);
        kind.fault(&desk, "hang");
        kill(kind.is_sent(&desk));
        assert!(matches!(desk.drafts()[0].state, DraftState::Sending { .. }));
        let (code, said) = send_again(&desk, &["--yes", "--no-wait"]);
        assert_eq!(code, Some(9), "{kind:?}: {said}");
        assert!(said.contains("Give --again"), "{said}");
        assert_eq!(kind.sent(&desk).len(), 1);
        // As time has passed, one look tells.
        desk.age_draft(Duration::from_secs(600));
        is_done(kind, &desk, send_again(&desk, &["--again"]), 2);
    }
}

#[test]
fn killed_after_the_line_broke_though_the_server_had_done_it_it_is_found() {
    for kind in seen() {
        let desk = desk(2500);
        kind.fault(&desk, "drop");
        kill(kind.is_sent(&desk));
        assert!(matches!(desk.drafts()[0].state, DraftState::Sending { .. }));
        is_done(kind, &desk, send_again(&desk, &["--yes"]), 1);
    }
    let (kind, desk) = (Kind::Forward, desk(100));
    kind.fault(&desk, "drop");
    let mut child = kind.is_sent(&desk);
    assert_eq!(child.wait().unwrap().code(), Some(9));
    let (code, said) = send_again(&desk, &["--yes"]);
    assert!(code == Some(9) && said.contains("leaves no trace"), "{said}");
    assert_eq!(kind.sent(&desk).len(), 1);
    assert_eq!(desk.runs(&["draft", "discard", &id(&desk), "--yes"]).0, Some(0));
}

#[test]
fn a_slow_server_is_waited_for() {
    for kind in KINDS {
        let desk = desk(100);
        kind.fault(&desk, "latency:1500");
        let code = kind.is_sent(&desk).wait().unwrap().code();
        is_done(kind, &desk, (code, String::new()), 1);
    }
}

#[test]
fn killed_between_the_answer_and_the_settling_it_is_found() {
    for kind in seen() {
        let desk = desk(2500);
        let child = kind.is_sent(&desk);
        eventually("it is accepted", || {
            matches!(desk.drafts()[0].state, DraftState::Accepted { .. })
        });
        kill(child);
        is_done(kind, &desk, send_again(&desk, &["--yes"]), 1);
    }
}

#[test]
fn killed_after_a_silent_server_has_gone_it_is_looked_for_where_there_is_one() {
    for kind in seen() {
        let mut desk = desk(100);
        kind.fault(&desk, "hang");
        let child = kind.is_sent(&desk);
        desk.serve_nothing();
        kill(child);
        // Nobody can look, and so nobody knows, whatever else is asked for.
        for more in [&["--yes", "--no-wait"][..], &["--again"]] {
            let (code, said) = send_again(&desk, more);
            assert_eq!(code, Some(9), "{kind:?}: {said}");
            assert!(said.contains("It may have been sent, and may not."), "{kind:?}: {said}");
        }
        assert!(matches!(desk.drafts()[0].state, DraftState::Sending { .. }));
        desk.serve_again(Options {
            visible_after: Duration::from_millis(100),
            ..Options::default()
        });
        let (code, said) = send_again(&desk, &["--yes", "--no-wait"]);
        assert_eq!(code, Some(9), "{kind:?}: {said}");
        assert_eq!(kind.sent(&desk).len(), 0);
        desk.age_draft(Duration::from_secs(600));
        is_done(kind, &desk, send_again(&desk, &["--again"]), 1);
    }
}

#[test]
fn what_no_server_was_there_for_stays_a_draft_and_goes_when_it_is_told_to() {
    let (kind, mut desk) = (Kind::Reply, desk(100));
    let mut folkmoot = asks(kind, &desk);
    desk.serve_nothing();
    folkmoot.press("y\r");
    let code = folkmoot.ends().exit_code();
    // It may have believed that something went out on the line that it had; then it says so.
    let unknown = matches!(desk.drafts()[0].state, DraftState::Sending { .. });
    assert_eq!(code, if unknown { 9 } else { 7 });
    desk.serve_again(Options {
        visible_after: Duration::from_millis(100),
        ..Options::default()
    });
    if unknown {
        desk.age_draft(Duration::from_secs(600));
    }
    is_done(kind, &desk, send_again(&desk, &["--yes", "--again"]), 1);
}
