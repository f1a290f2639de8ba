//! The hook and the session in a terminal of their own. Nothing makes the program itself panic on demand, so the test
//! runs itself once more, in a pty, as a program that does.

use std::fs::File;
use std::io::{self, Read, Write};
use std::thread;
use std::time::Duration;

// The pty of the terminal tests, of which this one needs a part.
#[allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
#[path = "../../../tests/terminal/pty.rs"]
mod pty;

use super::super::modes::TerminalModes;
use super::super::unsaved::Unsaved;

const LIMIT: Duration = Duration::from_secs(60);

#[test]
#[ignore = "the program that panics: the test below runs it in a terminal"]
fn a_program_that_panics() {
    let strays = File::options().write(true).open("/dev/null").unwrap();
    super::set();
    let panicking = || -> () {
        let _modes = TerminalModes::begin(&strays).unwrap();
        let worker = thread::spawn(|| panic!("on a worker"));
        worker.join().unwrap_err();
        eprintln!("a stray word");
        // The panic comes in the middle of a frame.
        io::stdout()
            .write_all(b"\x1b[?2026h\x1b[3;1H\x1b[35mstill here")
            .unwrap();
        io::stdout().write_all(b"\x1b[?2026l\x1b[?2026h\x1b[1mhalf").unwrap();
        io::stdout().flush().unwrap();
        let _ = io::stdin().read(&mut [0]);
        panic!("on the UI thread, with secret words");
    };
    Unsaved::default().through_a_panic(&tempfile::env::temp_dir(), panicking);
}

#[test]
fn a_panic_gives_the_terminal_back_on_the_ui_thread_alone() {
    let home = tempfile::tempdir().unwrap();
    let command = pty::this_test("runtime::hook::tests::a_program_that_panics", home.path());
    let mut pty = pty::Pty::start(command, (80, 24));
    let seen = pty.read_until(LIMIT, |pty| pty.screen().contents().contains("still here"));
    assert!(seen, "{}", pty.screen().contents());
    let screen = pty.screen();
    assert!(screen.alternate_screen() && screen.bracketed_paste() && screen.hide_cursor());
    assert!(!screen.contents().contains("stray"), "{}", screen.contents());
    assert!(pty.modes() != pty.first_modes());

    pty.press("x");
    let status = pty.wait_for_end(LIMIT).unwrap();
    assert_eq!(status.exit_code(), 101);
    assert_eq!(pty.modes(), pty.first_modes());
    let screen = pty.screen();
    assert!(!screen.alternate_screen() && !screen.bracketed_paste() && !screen.hide_cursor());
    let said = screen.contents();
    assert!(
        said.contains("folkmoot made a mistake at src/runtime/hook/tests.rs"),
        "{said}"
    );
    assert!(said.contains("What you typed is kept as a draft."), "{said}");
    assert!(!said.contains("secret words"), "{said}");
    assert!(pty.written().ends_with(b"\n"));
}

#[test]
#[ignore = "the command that panics: the test below runs it"]
fn a_command_that_panics() {
    super::set_plain();
    panic!("with secret words");
}

#[test]
fn a_panic_of_a_command_tells_its_place_and_not_what_it_was_about() {
    let home = tempfile::tempdir().unwrap();
    let mut command = pty::this_test("runtime::hook::tests::a_command_that_panics", home.path());
    command.env("RUST_BACKTRACE", "1");
    let mut pty = pty::Pty::start(command, (120, 24));
    assert_eq!(pty.wait_for_end(LIMIT).unwrap().exit_code(), 101);
    let said = pty.screen().contents();
    assert!(
        said.contains("folkmoot made a mistake at src/runtime/hook/tests.rs"),
        "{said}"
    );
    assert!(!said.contains("secret words"), "{said}");
}
