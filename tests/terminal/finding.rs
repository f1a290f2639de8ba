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
