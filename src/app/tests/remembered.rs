//! Whom the store remembers, in the people finder: at each key, and where Graph says nothing.

use jiff::Timestamp;

use super::finder::{called, comes, found, opened, people, selected};
use super::fixture::*;
use crate::app::{TimerId, What, timers};
use crate::protocol::{Lane, Part, Payload, Problem, ProblemKind, Query, Reply};

/// Who is shown, each with the age that is shown.
fn ages(stage: &Stage) -> Vec<(&str, Option<Timestamp>)> {
    let finder = stage.model.finder.as_ref().unwrap();
    let place = |at| Some((finder.list.get(at)?.id.as_str(), finder.age(at)));
    (0..finder.list.len()).filter_map(place).collect()
}

#[test]
fn the_store_is_asked_at_each_key_and_an_older_answer_is_dropped() {
    let (mut stage, _) = opened();
    let first = asked(&stage.types("r"), Lane::Remembered);
    let cmds = stage.types("e");
    let second = asked(&cmds, Lane::Remembered);
    let term = "re".into();
    assert!(cmds.contains(&read(second.0.0, Lane::Remembered, Query::Remembered { term })));
    let (id, part) = (first.0, Part::Last);
    let result = Ok(Payload::Remembered(vec![(person("rex"), noon(-60))]));
    assert_ignored(&mut stage, What::Reply(Reply { id, part, result }));
    comes(
        &mut stage,
        &cmds,
        vec![(person("rea"), noon(-60)), (person("ren"), noon(-60))],
    );
    assert_eq!(
        ages(&stage),
        [("ren", None), ("rea", Some(noon(-60)))],
        "whoever is in a pane has no age"
    );
}

#[test]
fn the_best_of_near_ones_and_stored_ones_is_under_the_cursor_whichever_comes_first() {
    for store_first in [true, false] {
        let (mut stage, id) = opened();
        stage.reply(id, people(vec![called("1", "Ob Rena"), called("2", "Or Wen")]));
        let cmds = stage.types("ren");
        if !store_first {
            stage.filter_all(&cmds);
            assert_eq!(selected(&stage), Some("ren"));
        }
        let stored = vec![(called("3", "Ren"), noon(-60)), (called("4", "蓮"), noon(-60))];
        let again = stage.reply(asked(&cmds, Lane::Remembered), Payload::Remembered(stored));
        if store_first {
            stage.filter_all(&cmds);
        }
        stage.filter_all(&again);
        let found = found(&stage);
        assert_eq!((found[0], found.last()), (selected(&stage).unwrap(), Some(&"4")));
        assert!(found.contains(&"3") && found.contains(&"1"), "{found:?}");
    }
}

#[test]
fn enter_waits_for_the_store_too_and_a_store_that_fails_holds_nothing_up() {
    let (mut stage, _) = opened();
    let cmds = stage.types("zoe");
    assert_eq!(stage.key("enter"), []);
    stage.filter_all(&cmds);
    assert!(stage.model.finder.is_some(), "nobody near is called so");
    let stored = Payload::Remembered(vec![(called("z", "Zoë 👩\u{200d}💻"), noon(-60))]);
    let cmds = stage.reply(asked(&cmds, Lane::Remembered), stored);
    let cmds = stage.filter_all(&cmds);
    let card = asked(&cmds, Lane::Profile);
    assert!(cmds.contains(&read(
        card.0.0,
        Lane::Profile,
        Query::Card {
            person: "z".into(),
            mine: false
        }
    )));
    stage.key("@");
    let cmds = stage.types("ren");
    stage.key("enter");
    stage.filter_all(&cmds);
    let cmds = stage.answer(asked(&cmds, Lane::Remembered), Part::Last, Err(problem()));
    let cmds = stage.filter_all(&cmds);
    asked(&cmds, Lane::Profile);
}

#[test]
fn the_directory_confirms_whom_the_store_has_and_no_row_moves_from_under_a_hand() {
    let (mut stage, _) = opened();
    let stored = |ids: &[&str]| ids.iter().map(|id| (called(id, "Zoe"), noon(-60))).collect();
    let cmds = stage.types("zoe");
    comes(&mut stage, &cmds, stored(&["a", "b", "c"]));
    stage.keys("down down");
    let row = |stage: &Stage| {
        let list = &stage.model.finder.as_ref().unwrap().list;
        (selected(stage).unwrap().to_owned(), list.cursor - list.top)
    };
    assert_eq!(row(&stage), ("c".to_owned(), 2));
    let directory = asked(&stage.wait(200), Lane::People);
    // "Zo" is a better match of nothing; the exact names stay in order, and a shorter one comes before them.
    let cmds = stage.reply(
        directory,
        people(vec![called("c", "Zoe"), called("n", "Zoe New"), called("b", "Zoe")]),
    );
    stage.filter_all(&cmds);
    assert_eq!(row(&stage), ("c".to_owned(), 2));
    let shown = ages(&stage);
    let aged: Vec<&str> = shown
        .iter()
        .filter(|(_, age)| age.is_some())
        .map(|(id, _)| *id)
        .collect();
    assert_eq!((aged, shown.len()), (vec!["a"], 4), "each once: {shown:?}");
}

#[test]
fn whoever_was_near_at_hand_in_an_earlier_run_is_shown_with_ages_until_graph_answers() {
    let (mut stage, id) = opened();
    let kept = |stage: &mut Stage, payload| stage.answer(id, Part::Kept(noon(-120)), Ok(payload));
    kept(&mut stage, Payload::Remembered(vec![(person("seen"), noon(-600))]));
    kept(&mut stage, people(vec![person("mio"), person("gone"), person("seen")]));
    assert_eq!(
        ages(&stage),
        [
            ("seen", Some(noon(-120))),
            ("mio", Some(noon(-120))),
            ("gone", Some(noon(-120))),
            ("ines", None),
            ("ren", None)
        ]
    );
    assert!(timers(&stage.model).iter().any(|timer| timer.id == TimerId::Clock));
    stage.reply(id, people(vec![person("new"), person("mio"), person("seen")]));
    assert_eq!(
        ages(&stage),
        [
            ("seen", None),
            ("mio", None),
            ("gone", Some(noon(-120))),
            ("ines", None),
            ("ren", None),
            ("new", None)
        ],
        "nobody on the screen changes place"
    );
    stage.keys("esc @");
    assert_eq!(found(&stage), ["seen", "new", "mio", "ines", "ren"]);
}

#[test]
fn offline_the_finder_reads_what_the_store_has_and_what_is_denied_goes() {
    for (kind, stays) in [(ProblemKind::Network, true), (ProblemKind::Forbidden, false)] {
        let (mut stage, id) = opened();
        stage.answer(id, Part::Kept(noon(-120)), Ok(people(vec![person("mio")])));
        stage.answer(id, Part::Last, Err(Problem::new(kind, "No.", "")));
        assert_eq!(found(&stage).contains(&"mio"), stays, "{kind:?}");
        let cmds = stage.types("zo");
        comes(&mut stage, &cmds, vec![(called("z", "Zora"), noon(-60))]);
        let directory = asked(&stage.wait(200), Lane::People);
        stage.answer(directory, Part::Last, Err(Problem::new(kind, "No.", "")));
        assert_eq!(found(&stage), ["z"]);
    }
}

#[test]
fn whoever_was_found_is_asked_for_again_when_somebody_may_not_be_seen_any_more() {
    let (mut stage, near) = opened();
    let kept = people(vec![called("k1", "Kim"), called("k2", "Kim")]);
    stage.answer(near, Part::Kept(noon(-60)), Ok(kept));
    let cmds = stage.types("ann");
    comes(&mut stage, &cmds, vec![(called("a", "Ann"), noon(-60))]);
    let cmds = stage.wait(200);
    // One of them is found by what is not shown, and stands where another will.
    let sent = || people(vec![called("b", "Anna"), called("k1", "Kim")]);
    let cmds = stage.reply(asked(&cmds, Lane::People), sent());
    stage.filter_all(&cmds);
    assert_eq!(found(&stage), ["a", "b", "k1"]);
    let denied = Problem::new(ProblemKind::Forbidden, "No.", "");
    let cmds = stage.answer(near, Part::Last, Err(denied));
    stage.filter_all(&cmds);
    assert_eq!(found(&stage), Vec::<&str>::new(), "nobody else in their places");
    assert!(stage.model.finder.as_ref().unwrap().is_asking());
    comes(&mut stage, &cmds, vec![(called("a", "Ann"), noon(-60))]);
    let cmds = stage.reply(asked(&cmds, Lane::People), sent());
    stage.filter_all(&cmds);
    assert_eq!(found(&stage), ["a", "b", "k1"]);
}
