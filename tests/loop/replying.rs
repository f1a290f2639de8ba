//! Replying: sent once, seen again, given back only when it was not sent.

use std::time::Duration;

use folkmoot::app::{Model, Stage};
use folkmoot::demo::Options;
use folkmoot::keys::Place;
use jiff::{SignedDuration, Timestamp};

use crate::program::{Program, Setup, start};

const TEXT: &str = "Agreed, 花子 — see you there.\n\nשלום & <goodbye> 👩\u{200d}👧";

/// Writes a reply to the open thread and sends it.
pub fn reply(program: &Program, text: &str) {
    program.keys("r");
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            program.keys("enter");
        }
        program.types(line);
    }
    program.wait_for_text(text);
    program.keys("ctrl-s");
    program.wait_until("the review", |model| model.place() == Place::Review);
    program.keys("y");
}

/// How many replies the tenant was sent.
fn posted(program: &Program) -> usize {
    program.seen("POST", "/reply").len()
}

/// Waits until so many posts are shown and no reply is under way.
pub fn wait_until_settled(program: &Program, posts: usize) {
    let settled = |model: &Model| {
        let shown = model.posts.posts.ready().is_some_and(|shown| shown.len() == posts);
        shown && model.outbox.is_empty() && model.posts.entries.len() == posts
    };
    program.wait_until("the reply as a post", settled);
}

#[test]
fn a_reply_is_sent_and_seen_as_a_post() {
    let mut program = start(Setup::default());
    let before = program.open_a_thread();
    reply(&program, TEXT);
    program.wait_until("the reply on its way", |model| {
        model.posts.entries.last().is_some_and(|entry| entry.pending.is_some())
    });
    wait_until_settled(&program, before + 1);
    assert_eq!(posted(&program), 1);
    program.wait_for_words("Agreed, 花子");
    let ended = program.quit();
    assert!(ended.model.outbox.is_empty());
    assert_eq!(ended.drafts, [], "the draft has done its work");
}

#[test]
fn a_reply_whose_line_breaks_after_it_was_taken_is_found_and_not_sent_again() {
    let mut program = start(Setup {
        faults: vec!["POST /groups/**/reply@1=drop"],
        ..Setup::default()
    });
    let before = program.open_a_thread();
    reply(&program, TEXT);
    program.wait_for_words("The line broke while sending.");
    wait_until_settled(&program, before + 1);
    assert_eq!(posted(&program), 1);
    assert_eq!(program.quit().drafts, []);
}

#[test]
fn a_reply_whose_line_breaks_is_found_where_this_machines_clock_is_wrong() {
    for hours in [-1, 1] {
        let options = Options {
            now: Some(Timestamp::now() + SignedDuration::from_hours(hours)),
            ..Setup::default().options
        };
        let mut program = start(Setup {
            options,
            faults: vec!["POST /groups/**/reply@1=drop"],
            ..Setup::default()
        });
        let before = program.open_a_thread();
        reply(&program, TEXT);
        program.wait_for_words("The line broke while sending.");
        wait_until_settled(&program, before + 1);
        assert_eq!(posted(&program), 1);
        assert_eq!(program.quit().drafts, []);
    }
}

#[test]
fn a_reply_that_was_refused_comes_back_as_text_and_can_be_sent_again() {
    let mut program = start(Setup {
        faults: vec!["POST /groups/**/reply@1=403"],
        ..Setup::default()
    });
    let before = program.open_a_thread();
    reply(&program, TEXT);
    program.wait_until("the text back", |model| {
        let open = model.composer.as_ref();
        open.is_some_and(|open| open.editor.text() == TEXT && open.send_problem.is_some())
    });
    assert_eq!(posted(&program), 1, "nothing is sent again by itself");
    program.wait_until("the text on disk", |model| {
        model.composer.as_ref().is_some_and(|open| open.is_saved())
    });
    assert_eq!(program.drafts(), [(TEXT.to_owned(), "writing".to_owned())]);
    program.keys("ctrl-s y");
    wait_until_settled(&program, before + 1);
    assert_eq!(posted(&program), 2);
    program.quit();
}

#[test]
fn a_reply_that_graph_asks_to_wait_with_goes_by_itself() {
    let mut program = start(Setup {
        faults: vec!["POST /groups/**/reply@1=429:1"],
        ..Setup::default()
    });
    let before = program.open_a_thread();
    reply(&program, TEXT);
    wait_until_settled(&program, before + 1);
    assert_eq!(posted(&program), 2, "the first was surely not taken");
    assert_eq!(program.quit().drafts, []);
}

#[test]
fn two_replies_of_the_same_words_become_two_posts() {
    let mut program = start(Setup::default());
    let before = program.open_a_thread();
    reply(&program, "ok");
    reply(&program, "ok");
    wait_until_settled(&program, before + 2);
    assert_eq!(posted(&program), 2);
    assert_eq!(program.quit().drafts, []);
}

#[test]
fn leaving_while_a_reply_is_sent_leaves_it_to_be_looked_for() {
    let mut program = start(Setup {
        faults: vec!["POST /groups/**/reply@1=hang"],
        ..Setup::default()
    });
    program.open_a_thread();
    reply(&program, TEXT);
    program.wait_until_seen("the reply", |seen| {
        seen.iter().any(|seen| seen.path.ends_with("/reply"))
    });
    let ended = program.quit();
    assert!(matches!(ended.model.outbox[0].stage, Stage::Sending(_)));
    assert_eq!(ended.drafts, [(TEXT.to_owned(), "sending".to_owned())]);
}

#[test]
fn a_reply_that_is_accepted_but_not_seen_is_recorded_as_accepted() {
    let mut program = start(Setup {
        options: Options {
            visible_after: Duration::from_secs(3600),
            ..Options::default()
        },
        ..Setup::default()
    });
    program.open_a_thread();
    reply(&program, TEXT);
    program.wait_until("a look that found nothing", |model| {
        model
            .outbox
            .first()
            .is_some_and(|out| matches!(out.stage, Stage::Seeking { looks: 1.., .. }))
    });
    assert_eq!(program.quit().drafts, [(TEXT.to_owned(), "accepted".to_owned())]);
}

#[test]
fn a_program_that_may_not_write_sends_nothing() {
    let mut program = start(Setup {
        read_only: true,
        ..Setup::default()
    });
    program.open_a_thread();
    program.keys("r");
    program.wait_for_words("--read-only");
    program.quit();
    assert_eq!(posted(&program), 0);
}
