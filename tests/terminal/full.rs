//! A disk with no room left: what is typed stays on the screen and is saved once there is room, and of what is downloaded
//! nothing is left half. The system refuses to let any file of the program grow, which hits whoever runs it, root too.

#![cfg(target_os = "linux")]

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::PermissionsExt;

use portable_pty::CommandBuilder;
use rustix::process::{Pid, Resource, Rlimit, Signal, prlimit};

use crate::desk::{CTRL_C, CTRL_U, Desk, ENTER, ESC, FOLKMOOT, Folkmoot, SMALL, WIDE, eventually};

/// Starts a command that is not killed for what it writes beyond the limit: it hears of it from every write.
const HEEDLESS: [&str; 4] = ["sh", "-c", "trap '' XFSZ; exec \"$@\"", "sh"];

fn heedless(mut command: CommandBuilder) -> CommandBuilder {
    command.get_argv_mut().splice(0..0, HEEDLESS.map(OsString::from));
    command
}

/// Leaves no room, or takes the limit away.
fn room(folkmoot: &Folkmoot, is_there: bool) {
    let pid = Pid::from_raw(folkmoot.pty.pid().cast_signed()).unwrap();
    let current = (!is_there).then_some(0);
    prlimit(Some(pid), Resource::Fsize, Rlimit { current, maximum: None }).unwrap();
}

/// Runs a command that has no room: its exit code, and what it said.
fn runs_without_room(desk: &Desk, args: &[&str]) -> (Option<i32>, String) {
    let mut command = std::process::Command::new("sh");
    command.args(["-c", "trap '' XFSZ; ulimit -f 0; exec \"$@\"", "sh", FOLKMOOT]);
    let told = desk.headless(args);
    command.args(told.get_args()).env_clear().current_dir(desk.home());
    command.envs(told.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let output = command.output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(said).unwrap())
}

#[test]
fn what_is_typed_is_kept_on_the_screen_and_saved_once_there_is_room() {
    for size in [WIDE, SMALL] {
        let desk = Desk::new();
        let mut folkmoot = desk.start_as(heedless(desk.command()), size);
        folkmoot.opens_the_thread();
        folkmoot.writes("there was room");
        room(&folkmoot, false);
        folkmoot.press(" and then none: 山");
        folkmoot.sees("not safe on disk");
        folkmoot.sees("and then none: 山");
        assert_eq!(desk.draft_text(), "there was room");
        folkmoot.press(ESC);
        folkmoot.sees_no_more("and then none");
        room(&folkmoot, true);
        eventually("it is saved", || {
            desk.draft_text() == "there was room and then none: 山"
        });
        folkmoot.press("r");
        folkmoot.sees_saved("and then none: 山");
        folkmoot.quits();
    }
}

#[test]
fn who_leaves_where_nothing_can_be_written_is_told_and_has_the_text_on_the_terminal() {
    for size in [WIDE, SMALL] {
        let desk = Desk::new();
        let mut folkmoot = desk.start_as(heedless(desk.command()), size);
        folkmoot.opens_the_thread();
        folkmoot.writes("there was room");
        room(&folkmoot, false);
        folkmoot.press(" and then none: 山");
        folkmoot.sees("not safe on disk");
        folkmoot.press(CTRL_C);
        folkmoot.sees("quit again");
        folkmoot.press(CTRL_C);
        assert_eq!(folkmoot.ends().exit_code(), 1);
        let said = folkmoot.text();
        assert!(said.contains("there was room and then none: 山"), "{said}");
        assert!(said.contains("error: What you wrote could not be saved"), "{said}");
        assert_eq!(folkmoot.pty.modes(), folkmoot.pty.first_modes());
        assert_eq!(desk.draft_text(), "there was room");
    }
}

/// How the program is ended.
#[derive(Debug, Clone, Copy)]
enum End {
    Twice(&'static str),
    By(Signal),
    /// The terminal goes.
    Closed,
}

#[test]
fn what_the_drafts_folder_does_not_take_at_the_end_lies_in_the_temporary_one() {
    for end in [
        End::Twice(CTRL_C),
        End::By(Signal::TERM),
        End::By(Signal::HUP),
        End::Closed,
    ] {
        let desk = Desk::new();
        let temporary = desk.home().join("temporary");
        fs::create_dir(&temporary).unwrap();
        let mut command = desk.command();
        command.env("TMPDIR", &temporary);
        let mut folkmoot = desk.start_as(command, WIDE);
        folkmoot.opens_the_thread();
        folkmoot.writes("before");
        // Where the folder was is none, as if what it is mounted from had gone.
        fs::rename(desk.drafts_folder(), desk.home().join("gone")).unwrap();
        fs::write(desk.drafts_folder(), "").unwrap();
        folkmoot.press(" and after: 山田");
        folkmoot.sees("not safe on disk");
        match end {
            End::Twice(key) => {
                folkmoot.press(key);
                folkmoot.sees("quit again");
                folkmoot.press(key);
            }
            End::By(signal) => folkmoot.pty.signal(signal),
            End::Closed => folkmoot.pty.close(),
        }
        assert_eq!(folkmoot.ends().exit_code(), 1, "{end:?}");
        let files = names(&desk, "temporary");
        let [file] = files.as_slice() else {
            panic!("{end:?}: {files:?}")
        };
        let path = temporary.join(file);
        let held = fs::read_to_string(&path).unwrap();
        assert!(held.starts_with("reply: Launch stand-up notes"), "{held}");
        assert!(held.ends_with("\n\nbefore and after: 山田\n"), "{held}");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        if !matches!(end, End::Closed) {
            assert!(folkmoot.text().replace('\n', "").contains(file), "{}", folkmoot.text());
        }
    }
}

#[test]
fn what_cannot_be_kept_is_not_sent() {
    let desk = Desk::new();
    for args in [
        &[
            "thread",
            "reply",
            "lantern-launch",
            "packaging proofs",
            "--body",
            "x",
            "--yes",
        ][..],
        &[
            "conversation",
            "new",
            "lantern-launch",
            "--topic",
            "t",
            "--body",
            "x",
            "--yes",
        ],
    ] {
        let (code, said) = runs_without_room(&desk, args);
        assert_eq!(code, Some(1), "{said}");
        assert!(said.contains("error: The draft is not safe on disk"), "{said}");
        assert!(said.contains("File too large"), "{said}");
    }
    let writes = desk.tenant().requests().into_iter().filter(|seen| seen.method != "GET");
    assert_eq!(writes.count(), 0);
    assert!(desk.drafts().is_empty());
}

/// What lies in a folder.
fn names(desk: &Desk, folder: &str) -> Vec<String> {
    let entries = fs::read_dir(desk.home().join(folder)).unwrap();
    entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

#[test]
fn nothing_that_is_downloaded_is_left_half() {
    let desk = Desk::new();
    let thread = ["lantern-launch", "packaging proofs", "--dir", "proofs"];
    for command in [&["attachment", "save"][..], &["thread", "export"]] {
        let (code, said) = runs_without_room(&desk, &[command, &thread].concat());
        assert_eq!(code, Some(1), "{said}");
        assert!(said.contains("nothing can be written (File too large"), "{said}");
        assert!(said.contains("or make room"), "{said}");
    }
    let folders = names(&desk, "proofs");
    for name in folders {
        assert_eq!(names(&desk, &format!("proofs/{}", name)), [""; 0]);
    }
}

#[test]
fn a_download_on_the_screen_says_so_and_can_be_tried_again() {
    let desk = Desk::new();
    fs::create_dir(desk.home().join("proofs")).unwrap();
    let mut folkmoot = desk.start_as(heedless(desk.command()), WIDE);
    folkmoot.sees("Glow 2 Launch");
    folkmoot.press("3");
    folkmoot.sees("Packaging proofs");
    folkmoot.press(["/packaging", ENTER, ENTER].concat());
    folkmoot.sees("Posts · 4 posts");
    folkmoot.press("g");
    folkmoot.sees("glow-2-datasheet.pdf  1.4 kB");
    folkmoot.press("A");
    folkmoot.sees("┌ Attachments");
    let saves_all = |folkmoot: &mut Folkmoot| {
        folkmoot.press("S");
        folkmoot.sees("save in folder:");
        folkmoot.press([CTRL_U, "proofs", ENTER].concat());
    };
    room(&folkmoot, false);
    saves_all(&mut folkmoot);
    folkmoot.sees("nothing can be written (File too large");
    folkmoot.settles();
    assert_eq!(names(&desk, "proofs"), [""; 0]);
    room(&folkmoot, true);
    saves_all(&mut folkmoot);
    folkmoot.sees("3 files are saved");
    assert_eq!(names(&desk, "proofs").len(), 3);
    folkmoot.quits();
}
