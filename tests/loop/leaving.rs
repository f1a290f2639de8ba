//! Whatever ends the program, what was typed lies on disk.

use folkmoot::app::What;
use folkmoot::protocol::{Problem, ProblemKind};
use folkmoot::runtime::Input;

use crate::program::{Program, Setup, start};

const TEXT: &str = "half a thought, 山田";

fn writing() -> Program {
    let program = start(Setup::default());
    program.open_a_thread();
    program.keys("r");
    program.types(TEXT);
    program.wait_for_text(TEXT);
    program
}

fn on_disk(text: &str) -> (String, String) {
    (text.to_owned(), "writing".to_owned())
}

#[test]
fn drafts_on_disk_are_what_was_typed() {
    let mut program = writing();
    program.types(" and more");
    program.keys("ctrl-c");
    let ended = program.end();
    ended.result.unwrap();
    assert_eq!(ended.drafts, [on_disk(&format!("{TEXT} and more"))]);
}

#[test]
fn a_signal_saves_too() {
    let mut program = writing();
    program.types("!");
    program.send(Input::What(What::Quit));
    let ended = program.end();
    ended.result.unwrap();
    assert_eq!(ended.drafts, [on_disk(&format!("{TEXT}!"))]);
}

#[test]
fn a_terminal_that_is_gone_saves_too() {
    let mut program = writing();
    program.break_the_terminal();
    program.types("!");
    let ended = program.end();
    assert_eq!(ended.result.unwrap_err().kind(), std::io::ErrorKind::BrokenPipe);
    assert_eq!(ended.drafts.len(), 1);
    assert!(ended.drafts[0].0.starts_with(TEXT), "{:?}", ended.drafts);
}

#[test]
fn a_draft_put_aside_and_another_are_both_kept() {
    let mut program = writing();
    program.keys("esc 3 r");
    program.types("to the whole thread");
    program.wait_for_text("to the whole thread");
    program.keys("ctrl-c");
    let ended = program.end();
    ended.result.unwrap();
    assert_eq!(ended.drafts, [on_disk(TEXT), on_disk("to the whole thread")]);
}

#[test]
fn a_full_inbox_does_not_keep_the_disk_from_what_was_typed() {
    let mut program = writing();
    program.wait_until("the text on disk", |model| {
        model.composer.as_ref().is_some_and(|open| open.is_saved())
    });
    // Keys that write two drafts and leave, all taken before any message, and no room for the disk to tell of the first.
    program.hold_the_terminal();
    program.types("!");
    program.keys("esc 3 r");
    program.types("another");
    program.keys("ctrl-c");
    let problem = Problem::new(ProblemKind::General, "one of many", "");
    while program.inbox.try_send(What::Failed(problem.clone())).is_ok() {}
    program.let_the_terminal_go();
    let ended = program.end();
    ended.result.unwrap();
    assert_eq!(ended.drafts, [on_disk(&format!("{TEXT}!")), on_disk("another")]);
}

#[test]
fn a_draft_left_behind_is_offered_by_the_next_run() {
    let mut program = writing();
    program.keys("ctrl-c");
    program.end().result.unwrap();
    let program = program.again();
    program.wait_for_words("A draft was kept");
    program.keys("D enter");
    program.wait_for_text(TEXT);
}
