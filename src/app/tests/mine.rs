//! One's own profile and tree, asked for before it is known who one is.

use super::fixture::*;
use crate::app::What;
use crate::keys::Place;
use crate::protocol::{Lane, Part};

/// A program that has asked who is signed in, and not been told.
fn unknown() -> (Stage, Asked) {
    let mut stage = Stage::new();
    let me = asked(&stage.tell(What::Started), Lane::Me);
    (stage, me)
}

#[test]
fn my_profile_and_my_tree_open_by_themselves_once_it_is_known_who_i_am() {
    for (kept, tree) in [(false, false), (true, false), (false, true)] {
        let (mut stage, me) = unknown();
        if tree {
            stage.key(":");
            stage.types("around yourself");
            assert_eq!(stage.key("enter"), []);
        } else {
            assert_eq!(stage.key("M"), []);
        }
        assert!(stage.said().unwrap().contains("as soon as it is known"));
        assert_eq!(stage.model.place(), Place::Groups);
        let cmds = if kept {
            stage.answer(me, Part::Kept(noon(-60)), Ok(super::fixture::me()))
        } else {
            stage.reply(me, super::fixture::me())
        };
        let (lane, place) = if tree {
            (Lane::Line(0), Place::Org)
        } else {
            (Lane::Profile, Place::Profile)
        };
        assert_eq!((lanes(&cmds), stage.model.place()), (vec![lane], place));
        stage.key("esc");
        assert_eq!(stage.reply(me, super::fixture::me()), [], "once");
    }
}

#[test]
fn who_has_gone_elsewhere_is_not_taken_from_there() {
    for keys in ["?", ":", "@", "/"] {
        let (mut stage, me) = unknown();
        stage.keys(&format!("M {keys}"));
        let place = stage.model.place();
        stage.reply(me, super::fixture::me());
        assert_eq!((stage.model.place(), stage.model.profiles.len()), (place, 0), "{keys}");
    }
    let (mut stage, me) = unknown();
    stage.key("M");
    stage.fail(me);
    assert_eq!(stage.model.place(), Place::Groups);
    let cmds = stage.key("M");
    assert_eq!(lanes(&cmds), [Lane::Me], "it is asked again");
    stage.reply(asked(&cmds, Lane::Me), super::fixture::me());
    assert_eq!(stage.model.place(), Place::Profile);
}
