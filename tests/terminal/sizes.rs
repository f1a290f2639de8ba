//! Terminals of every size, and such as change it.

use rustix::process::Signal;

use crate::desk::{Desk, SMALL, WIDE, eventually, text};
use crate::process;

#[test]
fn a_storm_of_resizes_ends_with_a_right_screen() {
    let desk = Desk::new();
    // Relative times would change on their own.
    desk.configure("[time]\ndates = \"absolute\"\n");
    let mut folkmoot = desk.start(WIDE);
    folkmoot.opens_the_thread();
    folkmoot.settles();
    let before = folkmoot.text();
    let mut chance = fastrand::Rng::with_seed(7);
    for _ in 0..100 {
        let size = (chance.u16(1..=200), chance.u16(1..=60));
        folkmoot.pty.resize(size);
        if chance.bool() {
            // Sometimes it has the time to draw, sometimes not.
            folkmoot.pty.read(std::time::Duration::from_millis(chance.u64(0..20)));
        }
    }
    for corner in [(1, 1), (200, 1), (1, 60), (200, 60)] {
        folkmoot.pty.resize(corner);
        folkmoot.settles();
    }
    folkmoot.pty.resize(WIDE);
    folkmoot.waits("the screen as it was", |screen| text(screen) == before);
    folkmoot.pty.resize(SMALL);
    folkmoot.sees("Posts · 35 posts");
    folkmoot.quits();
}

#[test]
fn a_key_that_comes_with_a_new_size_is_taken_and_so_is_the_size() {
    let desk = Desk::new();
    let mut folkmoot = desk.start(WIDE);
    folkmoot.opens_the_thread();
    folkmoot.press("r");
    folkmoot.sees("Reply · saved");
    let mut typed = String::new();
    for (round, c) in ('a'..='z').cycle().take(60).enumerate() {
        let size = if round % 2 == 0 { SMALL } else { WIDE };
        typed.push(c);
        // Both wait when the program goes on, or the one comes while it takes the other.
        let stopped = round % 3 == 0;
        if stopped {
            folkmoot.pty.signal(Signal::STOP);
            eventually("it stops", || process::is_stopped(folkmoot.pty.pid()));
        }
        folkmoot.pty.resize(size);
        folkmoot.press(c.to_string());
        if stopped {
            folkmoot.pty.signal(Signal::CONT);
        }
        // At the smaller size the composer stands at the left edge, at the larger beside groups and members.
        folkmoot.waits("key and size", |screen| {
            let left = screen.contents().lines().any(|line| line.starts_with(&typed));
            left == (size == SMALL) && screen.contents().contains(&typed)
        });
    }
    folkmoot.quits();
    assert_eq!(desk.draft_text(), typed);
}

#[test]
fn one_pane_at_a_time_where_there_is_little_room() {
    let desk = Desk::new();
    let mut folkmoot = desk.start((40, 12));
    folkmoot.opens_the_thread();
    folkmoot.sees("Lit. 🔥");
    folkmoot.writes("a small reply");
    folkmoot.quits();
    assert_eq!(desk.draft_text(), "a small reply");
}

#[test]
fn too_small_a_terminal_is_told_so() {
    let desk = Desk::new();
    let mut folkmoot = desk.start((20, 5));
    folkmoot.sees("folkmoot needs 24×6");
    folkmoot.pty.resize((40, 12));
    folkmoot.sees("Glow 2 Launch");
    folkmoot.pty.resize((3, 2));
    folkmoot.sees("fol");
    folkmoot.quits();
}

#[test]
fn a_terminal_that_understands_nothing_is_told_so() {
    let desk = Desk::new();
    let mut command = desk.command();
    command.env("TERM", "dumb");
    let mut folkmoot = desk.start_as(command, WIDE);
    let status = folkmoot.ends();
    assert_eq!(status.exit_code(), 1);
    assert!(folkmoot.text().contains("TERM=dumb"), "{}", folkmoot.text());
    assert!(!folkmoot.pty.written().contains(&b'\x1b'));
}
