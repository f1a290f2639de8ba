//! However the program ends or steps aside, the terminal is as it was, and what was typed is on disk.

use std::time::{Duration, Instant};

use portable_pty::CommandBuilder;
use rustix::process::Signal;

use crate::desk::{CTRL_C, CTRL_Z, Desk, ESC, Folkmoot, LIMIT, SMALL, WIDE, eventually};
use crate::process::{self, Cpu};
use crate::pty;

/// The terminal is the shell's again.
#[track_caller]
pub fn assert_given_back(folkmoot: &mut Folkmoot) {
    let modes = folkmoot.pty.modes();
    assert!(modes == folkmoot.pty.first_modes(), "{modes:?}");
    let screen = folkmoot.pty.screen();
    assert!(!screen.alternate_screen(), "the alternate screen is left");
    assert!(!screen.hide_cursor(), "the cursor is shown");
    assert!(!screen.bracketed_paste(), "bracketed paste is off");
    assert_eq!(screen.contents().trim(), "", "nothing was written over what was there");
    let plain = vt100::Parser::default().screen().attributes_formatted();
    assert_eq!(screen.attributes_formatted(), plain, "no style is left on");
}

/// The terminal is ours.
#[track_caller]
pub fn assert_taken(folkmoot: &mut Folkmoot) {
    let modes = folkmoot.pty.modes();
    assert!(modes != folkmoot.pty.first_modes(), "{modes:?}");
    let screen = folkmoot.pty.screen();
    assert!(screen.alternate_screen() && screen.bracketed_paste());
}

/// A folkmoot in whose composer words were typed that nobody waited for to be saved.
fn typing(desk: &Desk) -> Folkmoot {
    let mut folkmoot = desk.start(WIDE);
    folkmoot.opens_the_thread();
    folkmoot.press("r");
    folkmoot.sees("Reply · saved");
    folkmoot.press("typed last");
    folkmoot.sees("typed last");
    assert_taken(&mut folkmoot);
    folkmoot
}

#[test]
fn quitting_gives_the_terminal_back() {
    let desk = Desk::new();
    for keys in ["q", CTRL_C] {
        let mut folkmoot = desk.start(SMALL);
        folkmoot.sees("Glow 2 Launch");
        assert_taken(&mut folkmoot);
        folkmoot.press(keys);
        assert_eq!(folkmoot.ends().exit_code(), 0);
        assert_given_back(&mut folkmoot);
    }
}

#[test]
fn a_post_that_has_not_gone_is_named_before_the_end_and_after_it() {
    let desk = Desk::new();
    for by_key in [true, false] {
        let mut folkmoot = desk.start_undoing(600, WIDE);
        folkmoot.sees("Glow 2 Launch");
        folkmoot.opens_the_thread();
        folkmoot.writes("日本語 that waits");
        folkmoot.sends();
        folkmoot.sees("u takes it back");
        if by_key {
            folkmoot.press("q");
            folkmoot.sees("A post has not gone yet: quit again to leave it in the outbox.");
            folkmoot.press("q");
            assert_eq!(folkmoot.ends().exit_code(), 0);
        } else {
            folkmoot.pty.signal(Signal::TERM);
            folkmoot.ends();
        }
        let left = folkmoot.pty.screen().contents();
        assert!(left.contains("note: 1 post has not gone yet"), "{left}");
    }
    assert!(desk.sent().is_empty());
}

#[test]
fn signals_give_the_terminal_back_and_keep_what_was_typed() {
    for signal in [Signal::TERM, Signal::HUP, Signal::INT] {
        let desk = Desk::new();
        let mut folkmoot = typing(&desk);
        folkmoot.pty.signal(signal);
        let status = folkmoot.ends();
        assert_eq!((status.exit_code(), status.signal()), (0, None), "{signal:?}");
        assert_given_back(&mut folkmoot);
        assert_eq!(desk.draft_text(), "typed last", "{signal:?}");
    }
}

#[test]
fn a_closed_terminal_ends_the_program_at_once_and_keeps_what_was_typed() {
    let desk = Desk::new();
    let mut folkmoot = typing(&desk);
    let before = Cpu::of(folkmoot.pty.pid());
    folkmoot.pty.close();
    let closed = Instant::now();
    let mut spent = Duration::ZERO;
    while folkmoot.pty.wait_for_end(Duration::ZERO).is_none() {
        assert!(closed.elapsed() < LIMIT, "it does not end");
        spent = Cpu::of(folkmoot.pty.pid()).since(&before).max(spent);
    }
    assert!(spent < Duration::from_secs(1), "it spins: {spent:?}");
    assert_eq!(desk.draft_text(), "typed last");
}

/// A shell with jobs, whose script is handed the name of a file, `told`, and folkmoot's command.
fn shell_with_jobs(desk: &Desk, script: &str) -> CommandBuilder {
    let mut shell = pty::command("/bin/sh", desk.home());
    let program = desk.command();
    shell.args(["-c", &format!("set -m; told=$1; shift; {script}"), "sh"]);
    shell.arg(desk.home().join("told"));
    shell.args(program.get_argv());
    for (name, value) in program.iter_full_env_as_str() {
        shell.env(name, value);
    }
    shell
}

#[test]
fn what_the_shell_has_stopped_ends_when_it_is_told_to() {
    for signal in ["TERM", "HUP"] {
        let desk = Desk::new();
        let script = format!(r#""$@"; kill -s {signal} %1; bg; wait %1; echo "ENDED WITH $?""#);
        let mut folkmoot = desk.start_as(shell_with_jobs(&desk, &script), WIDE);
        folkmoot.opens_the_thread();
        folkmoot.press(CTRL_Z);
        folkmoot.sees("ENDED WITH 0");
        folkmoot.ends();
    }
}

#[test]
fn an_editor_is_stopped_and_goes_on_with_us() {
    let desk = Desk::new();
    let script = r#""$@"; echo STOPPED; until [ -e "$told" ]; do sleep 0.05; done; fg >/dev/null"#;
    let mut shell = shell_with_jobs(&desk, script);
    shell.env("EDITOR", "echo OPEN; read -r line; echo $line >");
    let mut folkmoot = desk.start_as(shell, WIDE);
    folkmoot.opens_the_thread();
    folkmoot.writes("before");
    folkmoot.press("\x0f");
    folkmoot.sees("OPEN");
    folkmoot.press(CTRL_Z);
    folkmoot.sees("STOPPED");
    std::fs::write(desk.home().join("told"), "").unwrap();
    folkmoot.press("after\r");
    folkmoot.sees_saved("after");
    folkmoot.quits();
    assert_eq!(desk.draft_text(), "after");
}

fn takes_keys_and_quits(mut folkmoot: Folkmoot) {
    folkmoot.press("?");
    folkmoot.sees("Help: posts");
    folkmoot.press(ESC);
    folkmoot.sees_no_more("Help: posts");
    folkmoot.quits();
}

#[test]
fn what_goes_on_in_the_background_takes_the_terminal_when_it_gets_it() {
    let desk = Desk::new();
    let script = r#""$@"; bg; until [ -e "$told" ]; do sleep 0.05; done; fg >/dev/null"#;
    let mut folkmoot = desk.start_as(shell_with_jobs(&desk, script), WIDE);
    folkmoot.opens_the_thread();
    folkmoot.press(CTRL_Z);
    folkmoot.waits("the shell's own screen", |screen| !screen.alternate_screen());
    std::fs::write(desk.home().join("told"), "").unwrap();
    folkmoot.waits("our screen", vt100::Screen::alternate_screen);
    takes_keys_and_quits(folkmoot);
}

#[test]
fn a_size_that_the_terminal_got_while_the_program_was_stopped_is_taken() {
    let desk = Desk::new();
    let told = desk.home().join("told");
    // What the shell has stopped hears of no new size.
    let script = r#""$@"; until [ -e "$told" ]; do sleep 0.05; done; fg >/dev/null"#;
    let mut folkmoot = desk.start_as(shell_with_jobs(&desk, script), WIDE);
    folkmoot.opens_the_thread();
    folkmoot.press(CTRL_Z);
    folkmoot.waits("the shell's own screen", |screen| !screen.alternate_screen());
    folkmoot.pty.resize(SMALL);
    std::fs::write(&told, "").unwrap();
    folkmoot.waits("our screen", vt100::Screen::alternate_screen);
    folkmoot.sees("? help");
    takes_keys_and_quits(folkmoot);
}

#[test]
fn a_stopped_program_gives_the_terminal_back_and_takes_it_again() {
    let desk = Desk::new();
    let mut folkmoot = typing(&desk);
    folkmoot.press(ESC);
    folkmoot.sees("The draft is kept");
    for by_key in [true, false] {
        if by_key {
            folkmoot.press(CTRL_Z);
        } else {
            folkmoot.pty.signal(Signal::TSTP);
        }
        eventually("it stops", || process::is_stopped(folkmoot.pty.pid()));
        folkmoot.waits("the shell's own screen", |screen| !screen.alternate_screen());
        assert_given_back(&mut folkmoot);
        // The terminal may have changed meanwhile.
        let size = if by_key { SMALL } else { WIDE };
        folkmoot.pty.resize(size);
        folkmoot.pty.signal(Signal::CONT);
        folkmoot.waits("our screen", vt100::Screen::alternate_screen);
        folkmoot.sees("Posts · 35 posts");
        assert_taken(&mut folkmoot);
        folkmoot.press("?");
        folkmoot.sees("Help: posts");
        folkmoot.press(ESC);
        folkmoot.sees_no_more("Help: posts");
    }
    folkmoot.quits();
}
