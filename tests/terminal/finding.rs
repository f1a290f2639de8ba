//! Finding people from wherever one is.

use crate::desk::{CTRL_U, Desk, ENTER, ESC, SMALL, WIDE};

#[test]
fn a_person_is_found_from_anywhere_and_looked_at() {
    let desk = Desk::new();
    for size in [WIDE, SMALL] {
        let mut folkmoot = desk.start(size);
        folkmoot.opens_the_thread();
        folkmoot.press("@");
        folkmoot.sees("Find a person");
        folkmoot.press("花子");
        folkmoot.sees("山田 花子");
        folkmoot.press(ESC);
        folkmoot.sees_no_more("Find a person");
        folkmoot.sees("Posts · 35 posts");
        folkmoot.press("@wickersham");
        folkmoot.sees("Ines Wickersham");
        folkmoot.press(ENTER);
        folkmoot.sees("Profile · Ines Wickersham");
        folkmoot.press(ESC);
        folkmoot.sees("Posts · 35 posts");
        folkmoot.quits();
    }
}

#[test]
fn the_org_tree_opens_around_a_person_and_shows_the_path_to_another() {
    let desk = Desk::new();
    for size in [WIDE, SMALL] {
        let mut folkmoot = desk.start(size);
        folkmoot.sees("Glow 2 Launch");
        folkmoot.press("@wickersham");
        folkmoot.sees("Group Product Manager");
        folkmoot.press(ENTER);
        folkmoot.sees("Profile · Ines Wickersham");
        folkmoot.press("t");
        folkmoot.sees("Org tree · Ines Wickersham");
        folkmoot.sees("Solveig Lyktestad");
        folkmoot.sees("Tobias Mottenfänger");
        folkmoot.press("T");
        folkmoot.sees("How Ines Wickersham stands to");
        folkmoot.press("solveig");
        folkmoot.sees("Chief Executive Officer");
        folkmoot.press(ENTER);
        folkmoot.sees("Solveig Lyktestad is the manager of Ines Wickersham");
        folkmoot.press(ESC);
        folkmoot.sees("Profile · Ines Wickersham");
        folkmoot.quits();
    }
}

#[test]
fn what_i_say_of_myself_is_changed_and_seen() {
    let desk = Desk::new();
    let mut folkmoot = desk.start(WIDE);
    // Who that is must be known first.
    folkmoot.sees("· Ines Wickersham · http");
    folkmoot.press("M");
    folkmoot.sees("Profile · Ines Wickersham");
    folkmoot.sees("I look after portable lanterns");
    // With the photo's row everything above has come.
    folkmoot.sees("96×96 pixels");
    let text = folkmoot.text();
    let row = |words: &str| text.lines().position(|line| line.contains(words)).unwrap();
    folkmoot.press("j".repeat(row("About me") - row("▌  Job")));
    folkmoot.sees("e edit");
    folkmoot.press("e");
    folkmoot.press(CTRL_U);
    folkmoot.press("提灯 and wicks");
    folkmoot.press(ENTER);
    folkmoot.sees("About me: saved.");
    folkmoot.sees_no_more("I look after portable lanterns");
    folkmoot.press(ESC);
    folkmoot.sees_no_more("Profile ·");
    folkmoot.press("M");
    folkmoot.sees("提灯 and wicks");
    let changes = desk
        .tenant()
        .requests()
        .into_iter()
        .filter(|seen| seen.method == "PATCH");
    assert_eq!(changes.count(), 1);
    folkmoot.quits();
}
