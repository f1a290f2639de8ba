//! What is typed of one's own profile, where the program ends before it is saved.

use std::fs;

use crate::desk::{CTRL_C, CTRL_U, Desk, ESC, Folkmoot, WIDE, eventually};

/// The number that is typed.
const TYPED: &str = "+81 90 山田";

/// Opens one's own profile, the cursor on the mobile phone.
fn opens_mine(folkmoot: &mut Folkmoot) {
    folkmoot.sees("Glow 2 Launch");
    folkmoot.press("M");
    folkmoot.sees("About me");
    folkmoot.settles();
    for _ in 0..40 {
        if folkmoot.text().contains("▌  Mobile") {
            return;
        }
        folkmoot.press("j");
        folkmoot.settles();
    }
    panic!("no row for the mobile phone:\n{}", folkmoot.text());
}

/// What lies on disk of it.
fn on_disk(desk: &Desk) -> String {
    fs::read_to_string(desk.drafts_folder().join(".own")).unwrap_or_default()
}

#[test]
fn killed_quit_or_left_with_esc_it_is_offered_again() {
    for end in ["killed", CTRL_C, ESC] {
        let desk = Desk::new();
        let mut folkmoot = desk.start(WIDE);
        opens_mine(&mut folkmoot);
        folkmoot.press("e");
        folkmoot.press([CTRL_U, TYPED].concat());
        folkmoot.sees(TYPED);
        match end {
            "killed" => {
                eventually("it is on disk", || on_disk(&desk).contains(TYPED));
                folkmoot.gets_killed();
            }
            ESC => {
                folkmoot.press(ESC);
                folkmoot.sees("set aside, not saved");
                folkmoot.quits();
            }
            _ => folkmoot.quits(),
        }
        let mut again = desk.start(WIDE);
        again.sees("What you typed of your profile is not saved yet");
        opens_mine(&mut again);
        again.sees(TYPED);
        again.sees("set aside, not saved");
        again.press("e");
        again.sees("Enter");
        again.press(CTRL_U);
        again.sees_no_more(TYPED);
        again.press(ESC);
        again.sees("What was set aside is dropped.");
        eventually("it is gone from the disk", || on_disk(&desk).trim() == "[]");
        again.quits();
        let requests = desk.tenant().requests();
        assert!(!requests.iter().any(|seen| seen.method == "PATCH"), "nothing is sent");
    }
}
