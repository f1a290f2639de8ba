//! Opening, browsing, replying.

use std::time::Duration;

use folkmoot::demo::Options;

use crate::desk::{CTRL_R, Desk, ENTER, SMALL, THREAD, WIDE, eventually};

fn open_browse_reply(size: (u16, u16)) {
    let desk = Desk::with(Options {
        visible_after: Duration::from_millis(300),
        ..Options::default()
    });
    let mut folkmoot = desk.start(size);
    folkmoot.sees("Folkvale Lantern Works · Ines Wickersham");
    folkmoot.sees("◆ Amara Okiti-Lumen");
    // Another group, its members, and back.
    folkmoot.press("j");
    folkmoot.sees("Members · 9");
    folkmoot.press("k");
    folkmoot.opens_the_thread();
    folkmoot.sees("Statistics: “lit” 41 times");
    folkmoot.press("g");
    folkmoot.sees("One line each, every morning");
    folkmoot.sees_no_more("Statistics: “lit” 41 times");
    folkmoot.press("G");
    folkmoot.sees("Statistics: “lit” 41 times");

    folkmoot.writes("Good evening 👩\u{200d}👧, שלום 山田さん\nThe terminal says hello.");
    folkmoot.press("\x13");
    folkmoot.sees("Send this reply?");
    folkmoot.sees("everyone in the group “🏮 Glow 2 Launch”");
    folkmoot.press("y");
    folkmoot.sees("Your reply is in");
    folkmoot.waits("the post, by its author", |screen| {
        let text = screen.contents();
        text.contains("The terminal says hello.") && text.contains("Ines Wickersham  now")
    });
    assert_eq!(desk.sent().len(), 1);
    eventually("the draft goes", || desk.drafts().is_empty());
    folkmoot.quits();
}

#[test]
fn open_browse_reply_on_a_wide_terminal() {
    open_browse_reply(WIDE);
}

#[test]
fn open_browse_reply_on_a_small_terminal() {
    open_browse_reply(SMALL);
}

#[test]
fn a_group_is_found_by_typing_and_its_thread_by_typing() {
    let desk = Desk::new();
    let mut folkmoot = desk.start(WIDE);
    folkmoot.sees("Groups · mine · 22");
    // Nobody waits for the screen: keys mean what the filter will bring up.
    folkmoot.press(["/folkva", ENTER, "3"].concat());
    folkmoot.sees("Security drill READ NOW");
    folkmoot.press(["/security", ENTER, ENTER].concat());
    folkmoot.sees("Posts · 6 posts · Security drill");
    folkmoot.quits();
}

#[test]
fn what_cannot_be_read_is_said_and_read_again_on_demand() {
    let desk = Desk::new();
    desk.tenant().add_fault("GET /groups/*/threads@*=500".parse().unwrap());
    let mut folkmoot = desk.start(WIDE);
    folkmoot.sees("HTTP 500");
    desk.tenant().clear_faults();
    folkmoot.press(["3", CTRL_R].concat());
    folkmoot.sees(THREAD);
    folkmoot.quits();
}
