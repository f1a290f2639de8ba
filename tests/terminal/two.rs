//! Two folkmoots at once on one state folder.

use std::time::Duration;

use folkmoot::demo::Options;

use crate::desk::{Desk, ENTER, SMALL, WIDE, eventually};

fn desk() -> Desk {
    Desk::with(Options {
        visible_after: Duration::from_millis(100),
        ..Options::default()
    })
}

#[test]
fn a_draft_belongs_to_the_one_that_writes_it() {
    let desk = desk();
    let mut one = desk.start(SMALL);
    one.opens_the_thread();
    one.writes("written in the first");
    let mut other = desk.start(WIDE);
    other.sees("A draft is open in another folkmoot.");
    // A reply to the same thread is another draft there.
    other.opens_the_thread();
    other.press("r");
    other.sees("Reply · saved");
    assert!(!other.text().contains("written in the first"));
    other.press("written in the other");
    other.sees_saved("written in the other");
    assert_eq!(desk.drafts().len(), 2);
    one.sends();
    one.sees("Your reply is in");
    assert_eq!(desk.sent().len(), 1);
    eventually("one draft goes", || desk.draft_text() == "written in the other");
    one.quits();
    other.quits();
    assert_eq!(desk.sent().len(), 1);
    assert_eq!(desk.draft_text(), "written in the other");
}

#[test]
fn a_draft_left_behind_is_offered_in_one_of_two_that_start_together() {
    let desk = desk();
    let mut killed = desk.start(SMALL);
    killed.opens_the_thread();
    killed.writes("left behind");
    killed.gets_killed();

    let mut both = [desk.start(WIDE), desk.start(WIDE)];
    let kept = "A draft was kept: D shows it.";
    let elsewhere = "A draft is open in another folkmoot.";
    for folkmoot in &mut both {
        folkmoot.waits("one of the two notices", |screen| {
            let text = screen.contents();
            text.contains(kept) || text.contains(elsewhere)
        });
    }
    let has_it = both.each_ref().map(|folkmoot| folkmoot.text().contains(kept));
    assert!(has_it[0] != has_it[1], "{has_it:?}");
    for (folkmoot, has_it) in both.iter_mut().zip(has_it) {
        folkmoot.sees("Glow 2 Launch");
        folkmoot.press("D");
        if has_it {
            folkmoot.press(ENTER);
            folkmoot.sees_saved("left behind");
            folkmoot.sends();
            folkmoot.sees("Your reply is in");
        } else {
            // It is looked for once more, and the other has it still, or has sent it.
            folkmoot.waits("where the draft is", |screen| {
                let text = screen.contents();
                text.contains("No draft is kept, and nothing is on its way.") || text.contains(elsewhere)
            });
        }
    }
    assert_eq!(desk.sent().len(), 1);
    eventually("the draft goes", || desk.drafts().is_empty());
    both.into_iter().for_each(|folkmoot| folkmoot.quits());
}
