//! Who belongs to a group, sorted, as a tree, and why.

use crate::desk::{Desk, ENTER, ESC, SMALL, WIDE};

#[test]
fn nested_groups_open_and_a_way_into_one_is_shown() {
    for size in [WIDE, SMALL] {
        // Each has a home of its own: how the members are sorted is kept from one run to the next.
        let desk = Desk::new();
        let mut folkmoot = desk.start(size);
        folkmoot.sees("Glow 2 Launch");
        folkmoot.press("ss");
        folkmoot.sees("Groups · all");
        folkmoot.press("/region-north");
        folkmoot.press(ENTER);
        folkmoot.sees("Urs Hausschuh");
        folkmoot.press("2");
        folkmoot.sees("▌ Members");
        folkmoot.press("n");
        folkmoot.sees("Nested groups · 4 members");
        folkmoot.press("jj");
        folkmoot.press(ENTER);
        folkmoot.sees("Absalom Taperfield");
        // Through which group in the group somebody is in it, whom the list of its own members does not name.
        folkmoot.press("jjw");
        folkmoot.sees("How Herbert Fusebox belongs to sg-region-north");
        folkmoot.sees("└ sg-office-goteborg");
        folkmoot.sees("  └ Herbert Fusebox");
        folkmoot.press(ESC);
        folkmoot.sees_no_more("How Herbert Fusebox");
        folkmoot.press(ESC);
        folkmoot.sees_no_more("Nested groups");
        folkmoot.press("o");
        folkmoot.sees("name ↑");
        folkmoot.press("Gw");
        folkmoot.sees("How Urs Hausschuh belongs to sg-region-north");
        folkmoot.sees("ways 1");
        folkmoot.press(ESC);
        folkmoot.sees_no_more("How Urs Hausschuh");
        folkmoot.quits();
    }
}
