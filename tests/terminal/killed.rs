//! `kill -9` while a reply is written, and at every step of sending it. Afterwards nothing is lost, nothing is sent twice, and
//! it settles.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use folkmoot::demo::Options;
use folkmoot::domain::DraftState;
use rustix::process::Signal;

use crate::desk::{Desk, ENTER, FOLKMOOT, SMALL, THREAD, WIDE, drawn, eventually};
use crate::kind::{Kind, WORDS, desk};
use crate::process;
use crate::screen::written;

/// The next start finds the post in its thread, and sends nothing.
fn is_found_in_the_thread(desk: &Desk) {
    let mut folkmoot = desk.start(WIDE);
    folkmoot.sees("Your reply is in");
    eventually("the draft goes", || desk.drafts().is_empty());
    folkmoot.press("3");
    folkmoot.sees(THREAD);
    folkmoot.press(ENTER);
    folkmoot.sees(WORDS);
    folkmoot.settles();
    assert_eq!(folkmoot.text().matches(&drawn(WORDS)).count(), 1, "{}", folkmoot.text());
    assert_eq!(desk.sent().len(), 1);
    folkmoot.quits();
}

/// The next start looks for it, and goes on looking; it neither sends it nor lets go of it. As time has passed, it asks,
/// and the person may write it again.
fn is_looked_for_in_vain(desk: &Desk) {
    let sent = desk.sent().len();
    let mut folkmoot = desk.start(WIDE);
    folkmoot.sees("D drafts");
    folkmoot.press("D");
    folkmoot.sees(WORDS);
    folkmoot.sees("perhaps sent; looking for it");
    assert_eq!(desk.sent().len(), sent);
    folkmoot.quits();
    assert_eq!(desk.draft_text(), WORDS);
    assert!(matches!(desk.drafts()[0].state, DraftState::Sending { .. }));

    desk.age_draft(Duration::from_secs(600));
    let mut folkmoot = desk.start(WIDE);
    folkmoot.sees("Your reply has not appeared. D shows it");
    assert_eq!(desk.sent().len(), sent);
    folkmoot.press("Dw");
    folkmoot.sees("Reply · saved");
    folkmoot.sees(WORDS);
    desk.tenant().clear_faults();
    folkmoot.sends();
    folkmoot.sees("Your reply is in");
    assert_eq!(desk.sent().len(), sent + 1);
    eventually("the draft goes", || desk.drafts().is_empty());
    folkmoot.quits();
}

#[test]
fn in_the_middle_of_a_word() {
    let desk = desk(100);
    let mut folkmoot = desk.start(SMALL);
    folkmoot.opens_the_thread();
    folkmoot.press("r");
    folkmoot.sees("Reply · saved");
    let mut typed = String::new();
    let mut times = Vec::new();
    for c in "the quick brown fox jumps over the lazy dog ".repeat(8).chars() {
        folkmoot.press(c.to_string());
        typed.push(c);
        times.push(Instant::now());
        // A fast typist, and a terminal that goes on drawing.
        let _ = folkmoot.pty.read(Duration::from_millis(4));
    }
    let killed = Instant::now();
    folkmoot.gets_killed();
    let kept = desk.draft_text();
    assert!(typed.starts_with(&kept), "{kept:?}");
    // The promise is a tenth of a second; a busy machine gets ten times as much.
    let old_enough = |at: &&Instant| killed.duration_since(**at) > Duration::from_secs(1);
    let due = times.iter().filter(old_enough).count();
    assert!(
        kept.chars().count() >= due,
        "{} of {due} characters",
        kept.chars().count()
    );
}

#[test]
fn while_the_server_has_the_request_and_is_silent() {
    let desk = desk(100);
    Kind::Reply.fault(&desk, "hang");
    let mut folkmoot = written(Kind::Reply, &desk);
    folkmoot.sends();
    folkmoot.sees("sending…");
    eventually("the request arrives", || desk.sent().len() == 1);
    folkmoot.gets_killed();
    assert_eq!(desk.draft_text(), WORDS);
    is_looked_for_in_vain(&desk);
}

#[test]
fn after_the_server_has_accepted_and_before_it_is_visible() {
    let desk = desk(3000);
    let mut folkmoot = written(Kind::Reply, &desk);
    folkmoot.sends();
    folkmoot.sees("accepted; waiting for it to appear");
    folkmoot.gets_killed();
    assert!(matches!(desk.drafts()[0].state, DraftState::Accepted { .. }));
    is_found_in_the_thread(&desk);
}

#[test]
fn after_the_line_broke_though_the_server_had_done_it() {
    let desk = desk(3000);
    Kind::Reply.fault(&desk, "drop");
    let mut folkmoot = written(Kind::Reply, &desk);
    folkmoot.sends();
    folkmoot.sees("perhaps sent; looking for it");
    folkmoot.gets_killed();
    assert!(matches!(desk.drafts()[0].state, DraftState::Sending { .. }));
    is_found_in_the_thread(&desk);
}

#[test]
fn not_at_all_when_the_line_broke_though_the_server_had_done_it() {
    let desk = desk(1500);
    Kind::Reply.fault(&desk, "drop");
    let mut folkmoot = written(Kind::Reply, &desk);
    folkmoot.sends();
    folkmoot.sees("The line broke while sending.");
    folkmoot.sees("Your reply is in");
    assert_eq!(desk.sent().len(), 1);
    eventually("the draft goes", || desk.drafts().is_empty());
    folkmoot.quits();
}

#[test]
fn after_a_silent_server_has_gone() {
    let mut server = Command::new(FOLKMOOT)
        .args([
            "demo",
            "serve",
            "--port",
            "0",
            "--fault",
            "POST /groups/*/threads/**@1=hang",
        ])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut announced = String::new();
    BufReader::new(server.stdout.take().unwrap())
        .read_line(&mut announced)
        .unwrap();
    let announced: serde_json::Value = serde_json::from_str(&announced).unwrap();
    let part = |name: &str| announced[name].as_str().unwrap().to_owned();
    let mut desk = Desk::far_from(&part("graph_url"), &part("token"));
    let mut folkmoot = written(Kind::Reply, &desk);
    folkmoot.sends();
    folkmoot.sees("sending…");
    eventually("it is on its way", || {
        matches!(desk.drafts()[0].state, DraftState::Sending { .. })
    });
    folkmoot.sees(" request");
    server.kill().unwrap();
    server.wait().unwrap();
    folkmoot.sees("The line broke while sending.");
    folkmoot.gets_killed();
    desk.serve_again(Options {
        visible_after: Duration::from_millis(100),
        ..Options::default()
    });
    is_looked_for_in_vain(&desk);
    assert_eq!(desk.sent().len(), 1, "only what the person sent again");
}

#[test]
fn stopped_from_outside_within_its_time_it_can_still_be_taken_back() {
    let desk = desk(100);
    let undo = 6;
    let mut folkmoot = desk.start_undoing(undo, WIDE);
    folkmoot.opens_the_thread();
    folkmoot.writes(WORDS);
    folkmoot.sends();
    folkmoot.sees("u takes it back");
    folkmoot.pty.signal(Signal::STOP);
    eventually("it stops", || process::is_stopped(folkmoot.pty.pid()));
    // Its time passes unseen.
    std::thread::sleep(Duration::from_secs(u64::from(undo) + 1));
    folkmoot.pty.signal(Signal::CONT);
    folkmoot.sees("has waited for you");
    folkmoot.press("u");
    folkmoot.sees_saved(WORDS);
    assert!(desk.sent().is_empty());
    folkmoot.quits();
}

#[test]
fn after_it_was_taken_back() {
    let desk = desk(100);
    let mut folkmoot = desk.start_undoing(600, WIDE);
    folkmoot.opens_the_thread();
    folkmoot.writes(WORDS);
    folkmoot.sends();
    folkmoot.sees("u takes it back");
    folkmoot.press("u");
    folkmoot.sees_saved(WORDS);
    eventually("it is text again on disk", || {
        desk.drafts()[0].state == DraftState::Writing
    });
    folkmoot.gets_killed();
    desk.configure("[compose]\nundo_seconds = 0\n");
    Kind::Reply.is_offered_again_and_sent_once(&desk);
}

#[test]
fn what_nobody_is_known_to_have_written_goes_at_their_word_alone() {
    let desk = desk(100);
    desk.tenant().add_fault("GET /me@*=500".parse().unwrap());
    Kind::Reply.fault(&desk, "429:3600");
    let mut folkmoot = desk.start(WIDE);
    folkmoot.opens_the_thread();
    folkmoot.writes(WORDS);
    // It can't be known who is signed in: whoever says that it is to go is the writer.
    folkmoot.sends();
    eventually("it came back", || {
        matches!(desk.drafts()[0].state, DraftState::Queued { tried: true, .. })
    });
    folkmoot.gets_killed();
    desk.age_draft(Duration::from_secs(7200));
    let mut folkmoot = desk.start(WIDE);
    folkmoot.sees("A post was not sent before folkmoot ended: D shows it, s there sends it.");
    folkmoot.sees("Glow 2 Launch");
    folkmoot.press("D");
    folkmoot.sees("it waits for your word");
    folkmoot.settles();
    assert_eq!(desk.sent().len(), 1);
    folkmoot.press("s");
    eventually("it is sent", || desk.sent().len() == 2);
    folkmoot.quits();
}
