//! Finding people from wherever one is.

use crate::desk::{Desk, ENTER, ESC, SMALL, WIDE};

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
