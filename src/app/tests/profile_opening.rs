//! Ways into a profile, and out of it.

use super::fixture::*;
use super::profile::{card, opened, rows};
use crate::app::Cmd;
use crate::domain::{ObjectKind, Role, Text};
use crate::keys::Place;
use crate::layout::Pane;
use crate::protocol::{CardPart, Lane, Payload, Query};

#[test]
fn enter_goes_deeper_and_escape_comes_back() {
    let (mut stage, id) = opened();
    card(&mut stage, id, CardPart::Person(Box::new(person("ines").into())));
    card(&mut stage, id, CardPart::Managers(vec![person("boss")]));
    card(&mut stage, id, CardPart::Reports(vec![]));
    card(&mut stage, id, CardPart::Groups(vec![]));
    card(&mut stage, id, CardPart::Photo(None));
    for part in [
        CardPart::About(Box::default()),
        CardPart::Teams(vec![]),
        CardPart::Documents(vec![]),
    ] {
        card(&mut stage, id, part);
    }
    stage.reply(id, Payload::Nothing);
    stage.keys("j j j j j j j");
    let cmds = stage.key("enter");
    assert_eq!(lanes(&cmds), [Lane::Profile]);
    assert_eq!(stage.model.profiles.len(), 2);
    assert_eq!(
        stage.key("esc"),
        [Cmd::Abandon(Lane::Profile)],
        "the one below is complete"
    );
    assert_eq!(rows(&stage)[7], "boss");
    assert_eq!(stage.model.profile().unwrap().cursor, 7);
    assert_eq!(stage.key("esc"), [Cmd::Abandon(Lane::Profile)]);
    assert_eq!(stage.model.place(), Place::Members);
}

#[test]
fn a_profile_whose_reading_was_cut_off_by_one_above_it_is_read_again() {
    let (mut stage, id) = opened();
    card(&mut stage, id, CardPart::Managers(vec![person("boss")]));
    stage.keys("j j j j");
    let above = asked(&stage.key("enter"), Lane::Profile);
    let cmds = stage.key("esc");
    assert_eq!(lanes(&cmds), [Lane::Profile]);
    let again = asked(&cmds, Lane::Profile);
    card(&mut stage, again, CardPart::Person(Box::new(person("ines").into())));
    card(&mut stage, above, CardPart::Person(Box::new(person("stale").into())));
    assert_eq!(stage.model.profile().unwrap().title(), &Text::new("ines 花子"));
}

#[test]
fn a_nested_group_is_opened_and_closes_the_profiles() {
    let (mut stage, id) = opened();
    card(&mut stage, id, CardPart::Groups(vec![object("B", ObjectKind::Group)]));
    let cmds = stage.keys("G k k k k enter");
    assert_eq!(cmds[0], Cmd::Abandon(Lane::Profile));
    stage.reply(asked(&cmds, Lane::Open), Payload::Group(Box::new(group("B"))));
    assert_eq!(stage.model.group, Some(group("B")));
    assert_eq!(stage.model.place(), Place::Threads);
}

#[test]
fn keys_of_the_panes_close_it() {
    for (key, pane) in [("1", Pane::Groups), ("2", Pane::Members), ("3", Pane::Threads)] {
        let (mut stage, _) = opened();
        assert_eq!(stage.key(key)[0], Cmd::Abandon(Lane::Profile));
        assert_eq!((stage.model.profiles.len(), stage.model.focus), (0, pane));
    }
}

#[test]
fn ones_own_profile_and_an_authors() {
    let mut stage = Stage::with_posts(vec![post("p1", 1)]);
    let cmds = stage.key("M");
    let person = |cmds: &[Cmd]| match cmds {
        [Cmd::Send(request)] => match &request.job {
            crate::protocol::Job::Read(Lane::Profile, Query::Card { person, .. }) => person.as_str().to_owned(),
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    };
    assert_eq!(person(&cmds), "me");
    stage.key("esc");
    assert_eq!(
        person(&stage.key("p")),
        "ren@folkvale.example",
        "Graph names authors by address only"
    );
    stage.key("esc");
    stage = Stage::with_posts(vec![crate::domain::Post {
        sender: crate::domain::Recipient::default(),
        ..post("p1", 1)
    }]);
    assert_eq!(stage.key("p"), []);
    assert_eq!(stage.said(), Some("Graph does not say who wrote this."));
}

#[test]
fn members_open_as_what_they_are() {
    let mut stage = Stage::with_threads();
    stage.key("2");
    for (key, lane) in [("g", Lane::Profile), ("j", Lane::Profile), ("j", Lane::Open)] {
        stage.key(key);
        assert_eq!(lanes(&stage.key("enter")), [lane]);
        stage.key("2");
    }
    stage.keys("G enter");
    assert_eq!(stage.said(), Some("Only people and groups can be opened."));
    let device = member("kiosk", ObjectKind::Device, Role::Member);
    assert_eq!(stage.model.members.list.selected(), Some(&device));
}
