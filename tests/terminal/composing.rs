//! Writing: typing while the server is silent, pasting, the person's own editor.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use rustix::process::Signal;

use crate::desk::{CTRL_C, CTRL_R, CTRL_S, Desk, ENTER, ESC, SMALL, WIDE, eventually};

const CTRL_O: &str = "\x0f";
const ALT_P: &str = "\x1bp";
const CTRL_Z: &str = "\x1a";
const CTRL_U: &str = "\x15";

#[test]
fn typing_echoes_while_the_server_is_silent() {
    let desk = Desk::new();
    let mut folkmoot = desk.start(WIDE);
    folkmoot.opens_the_thread();
    folkmoot.settles();
    desk.tenant().add_fault("/**@*=hang".parse().unwrap());
    folkmoot.press(CTRL_R);
    folkmoot.sees(" request");
    folkmoot.press("r");
    folkmoot.sees("Reply · saved");
    let mut typed = String::new();
    for word in ["I ", "am ", "not ", "frozen ", "山 ", "שלום ", "👩\u{200d}👧"] {
        folkmoot.press(word);
        folkmoot.sees(&format!("{typed}{}", word.trim_end()));
        typed.push_str(word);
    }
    folkmoot.sees_saved(&typed);
    folkmoot.press(ESC);
    folkmoot.sees("The draft is kept");
    folkmoot.press("kg/lit");
    folkmoot.sees("/lit");
    assert!(folkmoot.text().contains(" request"), "the server must still be silent");
    folkmoot.quits();
    assert_eq!(desk.draft_text(), typed);
}

#[test]
fn a_family_of_emoji_leaves_nothing_behind_where_it_is_drawn_one_by_one() {
    let desk = Desk::new();
    let mut folkmoot = desk.start(SMALL);
    folkmoot.opens_the_thread();
    folkmoot.press("r");
    folkmoot.sees("Reply · saved");
    // Far to the right, where nothing else is drawn later.
    let right = " ".repeat(55);
    folkmoot.press(format!("{ENTER}{right}the family 👩\u{200d}👩\u{200d}👧\u{200d}👦"));
    folkmoot.sees("the family 👩");
    folkmoot.press([CTRL_U, "\x7f"].concat());
    folkmoot.sees_no_more("the family");
    folkmoot.press(ESC);
    folkmoot.sees_no_more("Reply");
    folkmoot.has_left_nothing_behind();
    folkmoot.quits();
}

#[test]
fn a_large_paste_arrives_whole_and_submits_nothing() {
    let desk = Desk::new();
    let mut folkmoot = desk.start(SMALL);
    folkmoot.opens_the_thread();
    folkmoot.press("r");
    folkmoot.sees("Reply · saved");
    // Lines that would be commands if they were typed; terminals send a line end as a carriage return.
    let lines = [
        "y",
        "q",
        ":quit",
        "山田さん、これは貼り付けた行です。",
        "שורה מודבקת",
        "👩\u{200d}👧 family\tand a tab",
    ];
    let mut pasted = String::new();
    while pasted.len() < 100_000 {
        for line in lines {
            pasted.push_str(line);
            pasted.push('\n');
        }
    }
    pasted.push_str("the last line");
    folkmoot.press(format!("\x1b[200~{}\x1b[201~", pasted.replace('\n', "\r")));
    folkmoot.sees_saved("the last line");
    assert_eq!(desk.draft_text(), pasted);

    // In the review a paste is no answer, either.
    folkmoot.press(CTRL_S);
    folkmoot.sees("Send this reply?");
    folkmoot.press("\x1b[200~y\r\x1b[201~");
    folkmoot.press("n");
    folkmoot.sees_saved("the last line");
    assert_eq!(desk.draft_text(), pasted);
    assert!(desk.sent().is_empty());
    folkmoot.quits();
    assert_eq!(desk.draft_text(), pasted);
}

#[test]
fn what_is_too_long_to_be_typed_into_is_kept_and_can_be_sent_or_taken_back() {
    let desk = Desk::new();
    let mut folkmoot = desk.start(SMALL);
    folkmoot.opens_the_thread();
    folkmoot.press("r");
    folkmoot.sees("Reply · saved");
    folkmoot.press("before");
    folkmoot.sees_saved("before");
    let pasted = "灯籠 a line of a log\r".repeat(25_000);
    folkmoot.press(format!("\x1b[200~{pasted}\x1b[201~"));
    folkmoot.sees("too long to be typed into here");
    folkmoot.press("x");
    folkmoot.sees("That was not added");
    folkmoot.press(ALT_P);
    folkmoot.sees("as it will be read");
    folkmoot.sees("before灯籠 a line of a log");
    folkmoot.press(ESC);
    folkmoot.sees("too long to be typed into here");
    folkmoot.press(CTRL_S);
    folkmoot.sees("Send this reply?");
    folkmoot.press("n");
    folkmoot.sees_saved("too long to be typed into here");
    assert_eq!(desk.draft_text(), format!("before{}", pasted.replace('\r', "\n")));
    folkmoot.press(CTRL_Z);
    folkmoot.sees_no_more("too long to be typed into here");
    folkmoot.press(" and after");
    folkmoot.sees_saved("before and after");
    folkmoot.quits();
    assert_eq!(desk.draft_text(), "before and after");
}

#[test]
fn pasted_escapes_are_kept_as_typed_and_drive_nothing() {
    let desk = Desk::new();
    let mut folkmoot = desk.start(SMALL);
    folkmoot.opens_the_thread();
    folkmoot.press("r");
    folkmoot.sees("Reply · saved");
    let nasty = "before \x1b]52;c;b3duZWQ=\x07\x1b[2J\x1b[6n\u{9b}31m\x08 after";
    folkmoot.press(format!("\x1b[200~{nasty}\x1b[201~"));
    folkmoot.waits("what is harmless of it", |screen| {
        let text = screen.contents();
        text.contains("before") && text.contains("after") && text.contains("Reply · saved")
    });
    folkmoot.press(CTRL_S);
    folkmoot.sees("Send this reply?");
    folkmoot.press("n");
    folkmoot.quits();
    assert_eq!(desk.draft_text(), nasty);
}

#[test]
fn the_persons_own_editor_has_the_terminal_to_itself() {
    let desk = Desk::new();
    let editor = desk.home().join("editor");
    // It shows that the terminal is an ordinary one, and takes a line from the keyboard.
    let script = "#!/bin/sh\nstty -a | grep -q ' icanon' && printf 'EDITOR %s\\n' \"$(cat \"$1\")\"\nread -r line\n\
                  printf '%s\\nand from the editor: %s\\n' \"$(cat \"$1\")\" \"$line\" > \"$1\"\n";
    fs::write(&editor, script).unwrap();
    fs::set_permissions(&editor, fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = desk.command();
    command.env("EDITOR", &editor);
    let mut folkmoot = desk.start_as(command, SMALL);
    folkmoot.opens_the_thread();
    folkmoot.writes("from the composer 山");
    folkmoot.press(CTRL_O);
    folkmoot.sees("EDITOR from the composer 山");
    assert!(!folkmoot.pty.screen().alternate_screen());
    assert!(!folkmoot.pty.screen().hide_cursor());
    folkmoot.press(format!("keys for the editor, jkq שלום{ENTER}"));
    folkmoot.sees_saved("and from the editor: keys for the editor, jkq שלום");
    assert!(folkmoot.pty.screen().alternate_screen());
    folkmoot.press("!");
    folkmoot.sees_saved("jkq שלום!");
    let text = "from the composer 山\nand from the editor: keys for the editor, jkq שלום!";
    eventually("the draft is on disk", || desk.draft_text() == text);
    folkmoot.quits();
}

#[test]
fn an_editor_that_fails_leaves_the_text_as_it_was() {
    let desk = Desk::new();
    let mut command = desk.command();
    command.env("EDITOR", "false");
    let mut folkmoot = desk.start_as(command, WIDE);
    folkmoot.opens_the_thread();
    folkmoot.writes("still here");
    folkmoot.press(CTRL_O);
    folkmoot.sees("The editor `false` ended with");
    folkmoot.sees_saved("still here");
    folkmoot.quits();
    assert_eq!(desk.draft_text(), "still here");
}

#[test]
fn an_interrupt_in_an_editor_ends_the_editor_alone() {
    let desk = Desk::new();
    let mut command = desk.command();
    command.env("EDITOR", "echo OPEN; while :; do sleep 0.02; done;");
    let mut folkmoot = desk.start_as(command, SMALL);
    folkmoot.opens_the_thread();
    folkmoot.writes("still here");
    folkmoot.press(CTRL_O);
    folkmoot.sees("OPEN");
    folkmoot.press(CTRL_C);
    folkmoot.sees("ended with signal: 2");
    folkmoot.press(" and more");
    folkmoot.sees_saved("still here and more");
    // From elsewhere it ends folkmoot still.
    folkmoot.pty.signal(Signal::INT);
    assert!(folkmoot.ends().success());
    assert_eq!(desk.draft_text(), "still here and more");
}

#[test]
fn keys_pressed_while_an_editor_has_the_terminal_are_taken_when_it_ends() {
    let desk = Desk::new();
    let editor = desk.home().join("editor");
    let script = "#!/bin/sh\nwas=$(stty -g)\nstty raw -echo\nprintf ' edited' >> \"$1\"\necho OPEN\n\
                  while [ ! -e go ]; do sleep 0.02; done\nstty \"$was\"\n";
    fs::write(&editor, script).unwrap();
    fs::set_permissions(&editor, fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = desk.command();
    command.env("EDITOR", &editor);
    let mut folkmoot = desk.start_as(command, WIDE);
    folkmoot.opens_the_thread();
    folkmoot.writes("first");
    folkmoot.press(CTRL_O);
    folkmoot.sees("OPEN");
    folkmoot.press(" AHEAD 先");
    fs::write(desk.home().join("go"), "").unwrap();
    folkmoot.sees_saved("first edited AHEAD 先");
    folkmoot.quits();
}
