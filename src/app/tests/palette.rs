//! The palette of all actions.

use super::fixture::*;
use super::overlays::in_place;
use crate::app::Overlay;
use crate::keys::{Action, Place};
use crate::layout::Pane;

#[test]
fn the_palette_finds_actions_of_the_place_and_does_them() {
    let mut stage = in_place(Place::Threads);
    stage.key(":");
    let found = |stage: &Stage| match &stage.model.overlay {
        Some(Overlay::Palette(palette)) => palette.found.clone(),
        other => panic!("{other:?}"),
    };
    let all = found(&stage);
    assert!(all.iter().all(|(action, _)| action.places().contains(&Place::Threads)));
    assert!(!all.contains(&(Action::ShowPalette, true)));
    let ready = all.iter().take_while(|(_, ready)| *ready).count();
    assert!(
        ready < all.len() && all[ready..].iter().all(|(_, ready)| !ready),
        "what makes sense comes first"
    );
    stage.types("quoted");
    assert_eq!(found(&stage)[0], (Action::ReplyQuoted, true));
    stage.keys("backspace backspace backspace backspace backspace backspace");
    assert_eq!(found(&stage), all);
    stage.types("groups");
    let at = found(&stage)
        .iter()
        .position(|(action, _)| *action == Action::FocusGroups)
        .unwrap();
    for _ in 0..at {
        stage.key("down");
    }
    stage.key("enter");
    assert_eq!((stage.model.focus, &stage.model.overlay), (Pane::Groups, &None));
}

#[test]
fn an_action_that_makes_no_sense_says_why() {
    let mut stage = in_place(Place::Threads);
    stage.key(":");
    stage.types("drafts");
    stage.key("enter");
    assert_eq!(stage.said(), Some("No draft is kept, and nothing is on its way."));
    let mut stage = in_place(Place::Palette);
    stage.types("zzzzzz");
    assert_eq!(stage.keys("down up enter"), [], "nothing is found");
    assert_eq!(stage.model.overlay, None);
}

#[test]
fn the_palette_tells_where_an_action_works_that_does_nothing_here() {
    let mut stage = in_place(Place::Posts);
    stage.key(":");
    // Its name is a part of another's, which deletes.
    stage.types("conversations");
    stage.key("enter");
    assert_eq!(
        stage.said(),
        Some("Not here but in: threads. (List conversations instead of threads)")
    );
    assert_eq!(stage.model.overlay, None);
    stage.key(":");
    stage.types("comp");
    let Some(Overlay::Palette(palette)) = &stage.model.overlay else {
        panic!("{:?}", stage.model.overlay);
    };
    let here = palette.found.iter().take_while(|(action, _)| palette.means(*action));
    let (here, all) = (here.count(), palette.found.len());
    assert!(
        palette.found[here..]
            .iter()
            .all(|(action, ready)| !palette.means(*action) && !ready)
    );
    assert!(here < all && palette.found.contains(&(Action::Compare, false)));
}
