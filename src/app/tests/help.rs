//! Help, which lies over all else, and notices, which make way.

use super::overlays::in_place;
use crate::keys::{Action, Place};

#[test]
fn help_lies_over_all_else_tells_of_it_and_leaves_it_as_it_was() {
    for place in Place::EVERYWHERE.iter().filter(|place| **place != Place::Help) {
        let mut stage = in_place(*place);
        let key = if Place::TYPING.contains(place) { "f1" } else { "?" };
        let has_help = |action: &Action| action.places().contains(place);
        if ![Action::ShowHelp, Action::ShowHelpWhileTyping].iter().any(has_help) {
            continue;
        }
        stage.model.notice = None;
        let before = stage.model.clone();
        stage.key(key);
        assert_eq!(
            (stage.model.place(), stage.model.place_below_help()),
            (Place::Help, *place)
        );
        assert!(!crate::app::help(&stage.model).is_empty());
        stage.keys("j k esc");
        assert!(stage.model == before, "{place:?}");
    }
}

#[test]
fn from_help_one_goes_on_only_to_what_is_there_where_the_keyboard_was() {
    let mut stage = in_place(Place::Posts);
    stage.keys("? @");
    assert_eq!((stage.model.place(), stage.model.help), (Place::Finder, None));
    let mut stage = in_place(Place::Confirm);
    let before = stage.model.clone();
    stage.keys("f1 @ : esc");
    assert!(stage.model == before);
}

#[test]
fn a_notice_makes_way_at_the_next_key_once_there_was_time_to_read_it() {
    let mut stage = in_place(Place::Posts);
    stage.keys("u");
    assert_eq!(stage.said(), Some("Nothing waits to be sent."));
    stage.pass(std::time::Duration::from_millis(900));
    stage.key("?");
    assert_eq!(stage.said(), Some("Nothing waits to be sent."));
    stage.pass(std::time::Duration::from_millis(200));
    stage.key("ctrl-l");
    assert_eq!(
        stage.said(),
        Some("Nothing waits to be sent."),
        "the same screen once more"
    );
    stage.key("j");
    assert_eq!(stage.said(), None);
}
