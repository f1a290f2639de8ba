//! Commands that write to groups, killed with `kill -9` at every step, and several at once. Afterwards nothing is lost, nothing
//! is sent twice, and the draft finds out what became of it.

use std::io::Write;
use std::process::{Child, Stdio};
use std::time::Duration;

use folkmoot::demo::{Options, Seen};
use folkmoot::domain::DraftState;

use crate::desk::{CTRL_S, Desk, ENTER, Folkmoot, THREAD, WIDE, eventually};

const WORDS: &str = "Nothing of this may be lost: שלום 山田";
const GROUP: &str = "lantern-launch";
const TOPIC: &str = "Lantern night 灯籠";

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Conversation,
    Thread,
    Reply,
    ReplyToPost,
    Forward,
}

const KINDS: [Kind; 5] = [
    Kind::Conversation,
    Kind::Thread,
    Kind::Reply,
    Kind::ReplyToPost,
    Kind::Forward,
];
/// Those that can be found in the group once they were sent.
const SEEN: [Kind; 4] = [Kind::Conversation, Kind::Thread, Kind::Reply, Kind::ReplyToPost];

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

    fn route(self) -> &'static str {
        match self {
            Kind::Conversation => "/conversations",
            Kind::Thread => "/threads",
            Kind::Reply | Kind::ReplyToPost => "/reply",
            Kind::Forward => "/forward",
        }
    }

    /// The requests that the tenant was asked to take.
    fn sent(self, desk: &Desk) -> Vec<Seen> {
        let mut requests = desk.tenant().requests();
        requests.retain(|seen| seen.method == "POST" && seen.path.ends_with(self.route()));
        requests
    }

    fn fault(self, desk: &Desk, fault: &str) {
        let spec = format!("POST /groups/**{}@1={fault}", self.route());
        desk.tenant().add_fault(spec.parse().unwrap());
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
    fn is_sent(self, desk: &Desk) -> Child {
        let child = self.starts(desk);
        eventually("the request arrives", || self.sent(desk).len() == 1);
        child
    }

    /// How often the words stand in the group.
    fn stands(self, desk: &Desk) -> usize {
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

fn kill(mut child: Child) {
    child.kill().unwrap();
    child.wait().unwrap();
}

fn desk(visible_after: u64) -> Desk {
    Desk::with(Options {
        visible_after: Duration::from_millis(visible_after),
        ..Options::default()
    })
}

/// The only draft, by the name that the disk has for it.
fn id(desk: &Desk) -> String {
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
    if SEEN.contains(&kind) {
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
fn asks(kind: Kind, desk: &Desk) -> Folkmoot {
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
    for kind in SEEN {
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
    for kind in SEEN {
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
    for kind in SEEN {
        let mut desk = desk(100);
        kind.fault(&desk, "hang");
        let child = kind.is_sent(&desk);
        desk.serve_nothing();
        kill(child);
        let (code, said) = send_again(&desk, &["--yes", "--no-wait"]);
        assert_eq!(code, Some(7), "{kind:?}: {said}");
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
    folkmoot.ends();
    // It may have believed that something went out on the line that it had.
    let unknown = matches!(desk.drafts()[0].state, DraftState::Sending { .. });
    desk.serve_again(Options {
        visible_after: Duration::from_millis(100),
        ..Options::default()
    });
    if unknown {
        desk.age_draft(Duration::from_secs(600));
    }
    is_done(kind, &desk, send_again(&desk, &["--yes", "--again"]), 1);
}

#[test]
fn a_killed_command_is_gone_on_with_on_the_screen() {
    // What was only kept is offered as text.
    let desk = desk(100);
    asks(Kind::Reply, &desk).gets_killed();
    let mut folkmoot = desk.start(WIDE);
    folkmoot.sees("A draft was kept: D shows it.");
    folkmoot.sees("Glow 2 Launch");
    folkmoot.press("D");
    folkmoot.sees(WORDS);
    folkmoot.press(ENTER);
    folkmoot.sees_saved(WORDS);
    folkmoot.press(CTRL_S);
    folkmoot.sees("Send this reply?");
    folkmoot.press("y");
    folkmoot.sees("Your reply is in");
    eventually("the draft goes", || desk.drafts().is_empty());
    folkmoot.quits();
    assert_eq!((Kind::Reply.sent(&desk).len(), Kind::Reply.stands(&desk)), (1, 1));

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
