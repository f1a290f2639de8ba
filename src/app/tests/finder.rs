//! The people finder: who is near at hand at once, whom the directory knows once typing pauses.

use jiff::Timestamp;

use super::fixture::*;
use crate::app::{Cmd, Remote, What};
use crate::domain::{Id, Person};
use crate::keys::Place;
use crate::protocol::{CardPart, Lane, Part, Payload, Query};

/// The finder over a group's threads, which was opened for the first time.
pub(super) fn opened() -> (Stage, Asked) {
    let mut stage = Stage::with_threads();
    let cmds = stage.key("@");
    let id = asked(&cmds, Lane::Nearby);
    assert_eq!(cmds, [read(id.0.0, Lane::Nearby, Query::Nearby)]);
    (stage, id)
}

pub(super) fn people(people: Vec<Person>) -> Payload {
    Payload::People {
        total: Some(people.len()),
        page: people.into(),
    }
}

pub(super) fn called(id: &str, name: &str) -> Person {
    Person {
        name: name.into(),
        ..person(id)
    }
}

/// The ids of those whom the finder shows.
pub(super) fn found(stage: &Stage) -> Vec<&str> {
    shown(&stage.model.finder.as_ref().unwrap().list)
}

pub(super) fn selected(stage: &Stage) -> Option<&str> {
    under_cursor(&stage.model.finder.as_ref().unwrap().list)
}

/// What typing has asked for comes: from the store these people, and the filtering of all.
pub(super) fn comes(stage: &mut Stage, cmds: &[Cmd], stored: Vec<(Person, Timestamp)>) -> Vec<Cmd> {
    stage.filter_all(cmds);
    let cmds = stage.reply(asked(cmds, Lane::Remembered), Payload::Remembered(stored));
    stage.filter_all(&cmds)
}

/// Types, has the near ones filtered, and lets the directory be asked.
fn types_and_asks(stage: &mut Stage, text: &str) -> Asked {
    let cmds = stage.types(text);
    comes(stage, &cmds, Vec::new());
    let cmds = stage.wait(200);
    asked(&cmds, Lane::People)
}

#[test]
fn whoever_is_near_at_hand_is_shown_at_once() {
    let (mut stage, id) = opened();
    assert_eq!(stage.model.place(), Place::Finder);
    assert_eq!(
        found(&stage),
        ["ines", "ren"],
        "people of the group, not its groups and devices"
    );
    let cmds = stage.reply(id, people(vec![person("mio"), person("ren")]));
    assert_eq!(cmds, []);
    assert_eq!(
        found(&stage),
        ["mio", "ren", "ines"],
        "those who matter come first, and once"
    );
    stage.key("esc");
    let cmds = stage.key("@");
    assert_eq!(cmds, [], "they are known by now");
    assert_eq!(found(&stage), ["mio", "ren", "ines"]);
}

#[test]
fn whoever_is_under_the_cursor_stays_there_when_others_come() {
    let (mut stage, id) = opened();
    stage.key("down");
    assert_eq!(selected(&stage), Some("ren"));
    stage.reply(id, people(vec![person("mio")]));
    assert_eq!(
        (selected(&stage), found(&stage)),
        (Some("ren"), vec!["ines", "ren", "mio"])
    );
}

#[test]
fn escape_leaves_everything_as_it_was() {
    for keys in ["3 j", "4 o", "M"] {
        let mut stage = Stage::with_posts(vec![post("p1", 3)]);
        stage.keys(keys);
        stage.model.notice = None;
        let before = stage.model.clone();
        stage.key("@");
        stage.types("ren");
        let cmds = stage.key("esc");
        assert_eq!(cmds, [Lane::People, Lane::Remembered].map(Cmd::Abandon));
        assert!(stage.model.finder.is_none());
        assert_eq!(stage.model.place(), before.place(), "{keys}");
        assert_eq!(
            (&stage.model.overlay, stage.model.focus),
            (&before.overlay, before.focus)
        );
        assert_eq!(stage.model.profiles, before.profiles);
        assert_eq!(stage.model.threads, before.threads);
    }
}

#[test]
fn the_directory_is_asked_once_typing_pauses() {
    let (mut stage, _) = opened();
    let cmds = stage.types("mi");
    assert_eq!(try_asked(&cmds, &Lane::People), None);
    stage.wait(150);
    stage.types("o");
    assert_eq!(stage.wait(199), []);
    let cmds = stage.wait(1);
    let id = asked(&cmds, Lane::People);
    assert_eq!(cmds, [read(id.0.0, Lane::People, Query::People { term: "mio".into() })]);
    stage.reply(id, people(vec![person("mio")]));
    stage.types("n");
    stage.key("backspace");
    assert_eq!(stage.wait(1000), [], "it has answered these words");
    stage.types(" ");
    assert_eq!(stage.wait(1000), [], "a space is no other word");
}

#[test]
fn the_directorys_people_join_those_near_and_an_answer_to_other_words_does_not() {
    let (mut stage, _) = opened();
    let old = types_and_asks(&mut stage, "r");
    assert_eq!(found(&stage), ["ren"]);
    let id = types_and_asks(&mut stage, "e");
    assert_ignored(
        &mut stage,
        What::Reply(crate::protocol::Reply {
            id: old.0,
            part: Part::Last,
            result: Ok(people(vec![person("rex")])),
        }),
    );
    let cmds = stage.reply(
        id,
        people(vec![called("reza", "Reza رضا"), person("ren"), called("x", "蓮")]),
    );
    stage.filter_all(&cmds);
    assert_eq!(selected(&stage), Some("ren"), "the cursor's person holds still");
    assert_eq!(found(&stage), ["ren", "reza", "x"], "found by what is not shown: last");
    let cmds = stage.types("z");
    comes(&mut stage, &cmds, Vec::new());
    assert_eq!(found(&stage), ["reza"], "it was found for other words");
    stage.keys("backspace backspace backspace");
    assert_eq!(
        found(&stage),
        ["ines", "ren", "reza", "x"],
        "they are near at hand from now on"
    );
    assert!(matches!(stage.model.finder.as_ref().unwrap().directory, Remote::Idle));
}

#[test]
fn a_person_met_by_address_and_by_id_is_one() {
    let mut stage = Stage::with_posts(vec![post("p1", 1)]);
    let cmds = stage.key("@");
    let (nearby, ren) = (asked(&cmds, Lane::Nearby), person("ren"));
    assert_eq!(found(&stage), ["ines", "ren"], "who wrote the post is a member, too");
    let other_case = Person {
        id: "REN@folkvale.example".into(),
        department: Some("Lanterns".into()),
        ..ren
    };
    stage.reply(nearby, people(vec![other_case]));
    let list = &stage.model.finder.as_ref().unwrap().list;
    let ren = list.get(0).unwrap();
    assert_eq!(ren.id, Id::new("ren"), "the directory's id");
    assert_eq!(ren.department, Some("Lanterns".into()));
}

#[test]
fn enter_shows_who_it_is_and_the_finder_remembers() {
    let mut stage = Stage::with_threads();
    stage.keys("? @");
    let cmds = stage.types("ren");
    let late = stage.key("enter");
    assert_eq!(late, [], "it waits for whom the letters bring up");
    let cmds = comes(&mut stage, &cmds, Vec::new());
    let card = asked(&cmds, Lane::Profile);
    assert!(cmds.contains(&read(
        card.0.0,
        Lane::Profile,
        Query::Card {
            person: "ren".into(),
            mine: false
        }
    )));
    assert_eq!((stage.model.place(), &stage.model.overlay), (Place::Profile, &None));
    stage.part(card, Payload::Card(CardPart::Person(Box::new(person("ren").into()))));
    stage.keys("esc @");
    assert_eq!(found(&stage), ["ren", "ines"]);
}

#[test]
fn an_address_that_nobody_near_has_is_looked_up() {
    let (mut stage, _) = opened();
    let cmds = stage.paste("kim@elsewhere.example\n");
    comes(&mut stage, &cmds, Vec::new());
    let cmds = stage.key("enter");
    let card = asked(&cmds, Lane::Profile);
    let person = "kim@elsewhere.example".into();
    assert!(cmds.contains(&read(card.0.0, Lane::Profile, Query::Card { person, mine: false })));
}

#[test]
fn enter_on_nobody_says_so() {
    let (mut stage, _) = opened();
    let cmds = stage.types("zzz");
    comes(&mut stage, &cmds, Vec::new());
    stage.key("enter");
    assert_eq!(stage.said(), Some("The directory is still being asked."));
    let cmds = stage.wait(200);
    stage.reply(asked(&cmds, Lane::People), people(vec![]));
    stage.key("enter");
    assert_eq!(stage.said(), Some("Nobody is selected."));
    assert_eq!(stage.model.place(), Place::Finder);
}

#[test]
fn addresses_are_copied() {
    let (mut stage, _) = opened();
    stage.key("down");
    assert_eq!(stage.key("alt-y"), [Cmd::Copy("ren@folkvale.example".into())]);
}

#[test]
fn what_cannot_be_read_is_read_again_on_demand_and_the_rest_works() {
    let (mut stage, id) = opened();
    stage.fail(id);
    assert!(stage.model.nearby.relevant.problem().is_some());
    assert_eq!(found(&stage), ["ines", "ren"]);
    let id = types_and_asks(&mut stage, "ren");
    stage.fail(id);
    assert_eq!(found(&stage), ["ren"]);
    let cmds = stage.key("ctrl-r");
    assert_eq!(lanes(&cmds), [Lane::Nearby, Lane::People]);
    stage.reply(asked(&cmds, Lane::People), people(vec![person("ren")]));
    assert!(stage.model.finder.as_ref().unwrap().directory.problem().is_none());
}

#[test]
fn the_list_scrolls_no_further_than_it_must() {
    let (mut stage, id) = opened();
    let many: Vec<Person> = (0..60).map(|at| person(&format!("p{at:02}"))).collect();
    stage.reply(id, people(many));
    let view = |stage: &Stage| {
        let list = &stage.model.finder.as_ref().unwrap().list;
        (list.top, list.cursor)
    };
    for (keys, expected) in [
        ("down", (0, 1)),
        (
            "down down down down down down down down down down down down down down down down down",
            (1, 18),
        ),
        ("up", (1, 17)),
    ] {
        stage.keys(keys);
        assert_eq!(view(&stage), expected, "{keys}");
    }
    stage.tell(What::Resized(crate::layout::Size { width: 80, height: 10 }));
    let (top, cursor) = view(&stage);
    assert!(top <= cursor && cursor == 17, "{top}");
}
