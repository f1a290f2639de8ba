//! What is written to the terminal: nothing at rest, no colour where none is wanted, and never what came from outside.

use std::time::{Duration, Instant};

use crate::desk::{CTRL_S, Desk, ENTER, ESC, SMALL, WIDE};
use crate::escapes::{Sequence, sequences};
use crate::process::Cpu;

#[test]
fn at_rest_nothing_is_written_and_nothing_computed() {
    let desk = Desk::new();
    // Relative times would change on their own, once a minute.
    desk.configure("[time]\ndates = \"absolute\"\n");
    let mut folkmoot = desk.start(WIDE);
    folkmoot.opens_the_thread();
    folkmoot.settles();
    let (written, cpu) = (folkmoot.pty.written().len(), Cpu::of(folkmoot.pty.pid()));
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(5) {
        folkmoot.pty.read(Duration::from_millis(500));
    }
    let more = &folkmoot.pty.written()[written..];
    assert!(more.is_empty(), "{}", more.escape_ascii());
    let spent = Cpu::of(folkmoot.pty.pid()).since(&cpu);
    assert!(spent < Duration::from_millis(50), "{spent:?} of CPU");
    folkmoot.quits();
}

/// Whether a style sets a colour (ECMA-48 §8.3.117). Going back to the terminal's own colour sets none.
fn sets_colour(style: &str) -> bool {
    style.split([';', ':']).any(|part| {
        let number: u16 = part.parse().unwrap_or(0);
        matches!(number, 30..=38 | 40..=48 | 58 | 90..=97 | 100..=107)
    })
}

fn styles(written: &[u8]) -> Vec<String> {
    let style = |sequence| match sequence {
        Sequence::Csi(style, 'm') => Some(style),
        _ => None,
    };
    sequences(written).into_iter().filter_map(style).collect()
}

#[test]
fn no_colour_where_none_is_wanted() {
    let desk = Desk::new();
    for wanted in [true, false] {
        let mut command = desk.command();
        if !wanted {
            command.env("NO_COLOR", "1");
        }
        let mut folkmoot = desk.start_as(command, WIDE);
        folkmoot.opens_the_thread();
        folkmoot.press("/lit");
        folkmoot.sees("/lit");
        folkmoot.press([ENTER, "?"].concat());
        folkmoot.sees("Help: posts");
        folkmoot.press(ESC);
        folkmoot.sees_no_more("Help: posts");
        folkmoot.writes("no colours");
        let styles = styles(folkmoot.pty.written());
        assert!(!styles.is_empty());
        assert_eq!(styles.iter().any(|style| sets_colour(style)), wanted, "{styles:?}");
        folkmoot.quits();
    }
}

#[test]
fn a_screen_drawn_step_by_step_is_as_if_drawn_at_once() {
    let keys = [
        "j", "k", "j", "\x04", "\x15", "G", "g", "\t", "]", "[", "1", "2", "3", "4", "s", ENTER,
    ];
    let mut chance = fastrand::Rng::with_seed(11);
    for size in [WIDE, SMALL] {
        let desk = Desk::new();
        desk.configure("[time]\ndates = \"absolute\"\n");
        let mut folkmoot = desk.start(size);
        folkmoot.opens_the_thread();
        for _ in 0..8 {
            for _ in 0..chance.usize(1..20) {
                folkmoot.press(keys[chance.usize(0..keys.len())]);
                if chance.bool() {
                    folkmoot.pty.read(Duration::from_millis(chance.u64(0..50)));
                }
            }
            folkmoot.has_left_nothing_behind();
        }
        folkmoot.quits();
    }
}

/// Everything that a hostile sender can put on the screen. What was written is checked when folkmoot is let go.
#[test]
fn nothing_from_outside_drives_the_terminal() {
    for size in [WIDE, SMALL] {
        let desk = Desk::new();
        let mut folkmoot = desk.start(size);
        folkmoot.sees("Groups · mine · 22");
        folkmoot.press(["/folkva", ENTER, "3"].concat());
        folkmoot.sees("Security drill READ NOW");
        folkmoot.press(["/security", ENTER, ENTER].concat());
        folkmoot.sees("Wendeline Nachtwächter");
        // Up through every row of every post, attachments and all.
        folkmoot.press("g");
        folkmoot.sees("This is a drill");
        for _ in 0..80 {
            folkmoot.press("j");
        }
        folkmoot.has_left_nothing_behind();
        folkmoot.press("g]");
        folkmoot.sees("Your lantern password expires TODAY.");
        // Whoever wrote it, links and all.
        folkmoot.press("]o");
        folkmoot.sees("┌ Links");
        folkmoot.has_left_nothing_behind();
        folkmoot.press(ESC);
        folkmoot.sees_no_more("┌ Links");
        folkmoot.press("R");
        folkmoot.sees("with the post quoted");
        folkmoot.press(["seen", CTRL_S].concat());
        folkmoot.sees("Send this reply?");
        folkmoot.press("n");
        folkmoot.press(ESC);
        folkmoot.sees("The draft is kept");
        folkmoot.press("D");
        folkmoot.sees("Drafts");
        folkmoot.press(ESC);
        folkmoot.sees_no_more("┌ Drafts");
        assert!(!folkmoot.text().contains("owned"));
        folkmoot.quits();
    }
}

#[test]
fn what_is_copied_is_sent_to_the_terminal_as_harmless_letters() {
    let desk = Desk::new();
    let mut folkmoot = desk.start(WIDE);
    folkmoot.copies = true;
    folkmoot.opens_the_thread();
    folkmoot.press("y");
    folkmoot.sees("terminal");
    let copied = |sequence: &Sequence| matches!(sequence, Sequence::Osc(said) if said.starts_with("52;c;"));
    assert_eq!(
        sequences(folkmoot.pty.written())
            .iter()
            .filter(|sequence| copied(sequence))
            .count(),
        1
    );
    folkmoot.quits();
}
