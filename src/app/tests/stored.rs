//! What the store has: shown with its age until the answer comes, and never over anything newer.

use jiff::{SignedDuration, Timestamp};

use super::fixture::*;
use crate::app::{Model, TimerId, timers};
use crate::protocol::{CardPart, Lane, Part, Payload, Problem, ProblemKind, Section};

fn read_at() -> Timestamp {
    NOON.parse::<Timestamp>().unwrap() - SignedDuration::from_hours(2)
}

fn kept(stage: &mut Stage, id: impl Into<Asked>, payload: Payload) -> Vec<crate::app::Cmd> {
    stage.answer(id, Part::Kept(read_at()), Ok(payload))
}

fn problem(kind: ProblemKind) -> Problem {
    Problem::new(kind, "No.", "")
}

fn names(model: &Model) -> Vec<&str> {
    let groups = model.groups.list.items.shown().into_iter();
    groups
        .flat_map(|pages| pages.iter().map(|group| group.id.as_str()))
        .collect()
}

fn started() -> Stage {
    let mut stage = Stage::new();
    stage.tell(crate::app::What::Started);
    stage
}

#[test]
fn groups_are_shown_until_all_of_the_answer_has_come() {
    let mut stage = started();
    kept(&mut stage, 1, groups(&["A", "old"]));
    assert_eq!(
        (names(&stage.model), stage.model.groups.list.kept),
        (vec!["A", "old"], Some(read_at()))
    );
    assert!(stage.model.groups.list.items.is_loading());
    stage.key("j");
    stage.part(1, groups(&["new"]));
    assert_eq!(names(&stage.model), ["A", "old"]);
    stage.reply(1, groups(&["old", "A"]));
    assert_eq!(
        (names(&stage.model), stage.model.groups.list.kept),
        (vec!["new", "old", "A"], None)
    );
    assert_eq!(stage.model.groups.list.selected().unwrap().id.as_str(), "old");
    assert!(stage.model.groups.list.items.ready().is_some());
}

#[test]
fn the_first_group_is_opened_from_the_store_too() {
    let mut stage = started();
    kept(&mut stage, 1, groups(&["A", "B"]));
    kept(&mut stage, 2, me());
    assert!(stage.model.me.shown().is_some() && stage.model.me.is_loading());
    let cmds = stage.wait(200);
    kept(&mut stage, asked(&cmds, Lane::Members), members());
    kept(&mut stage, asked(&cmds, Lane::Threads), threads(&["t1", "t2"]));
    assert_eq!(
        (stage.model.members.list.loaded(), stage.model.threads.list.loaded()),
        (4, 2)
    );
    let cmds = stage.key("enter");
    let cmds = [cmds, stage.key("enter")].concat();
    kept(
        &mut stage,
        asked(&cmds, Lane::Posts),
        posts_of(vec![post("p1", 1), post("p2", 2)]),
    );
    assert_eq!((stage.model.posts.entries.len(), stage.model.posts.cursor), (2, 1));
    assert_eq!(stage.model.posts.kept, Some(read_at()));
    stage.reply(
        asked(&cmds, Lane::Posts),
        posts_of(vec![post("p1", 1), post("p2", 2), post("p3", 3)]),
    );
    assert_eq!((stage.model.posts.entries.len(), stage.model.posts.kept), (3, None));
}

#[test]
fn what_comes_too_late_changes_nothing() {
    let mut stage = started();
    stage.part(1, groups(&["A"]));
    for last in [false, true] {
        if last {
            stage.reply(1, groups(&["B"]));
        }
        let before = stage.model.clone();
        kept(&mut stage, 1, groups(&["old"]));
        assert_eq!(stage.model, before);
    }
    // Nor does what was meant for a read that is no longer awaited.
    let cmds = stage.key("ctrl-r");
    let before = stage.model.clone();
    kept(&mut stage, 1, groups(&["old"]));
    kept(&mut stage, asked(&cmds, Lane::Groups), groups(&["old"]));
    assert_eq!(stage.model, before);
}

#[test]
fn without_a_network_it_stays_and_what_is_denied_goes() {
    for (kind, stays) in [
        (ProblemKind::Network, true),
        (ProblemKind::Throttled, true),
        (ProblemKind::SignIn, true),
        (ProblemKind::Forbidden, false),
        (ProblemKind::NotFound, false),
    ] {
        let mut stage = started();
        kept(&mut stage, 1, groups(&["A", "B"]));
        stage.key("j");
        stage.answer(1, Part::Last, Err(problem(kind)));
        assert_eq!(stage.model.groups.list.kept.is_some(), stays, "{kind:?}");
        assert_eq!(names(&stage.model).len(), if stays { 2 } else { 0 }, "{kind:?}");
        assert_eq!(stage.model.groups.list.len(), if stays { 2 } else { 0 }, "{kind:?}");
        assert!(stage.model.groups.list.items.problem().is_some());
    }
    let mut stage = Stage::with_threads();
    let cmds = stage.key("enter");
    let posts = asked(&cmds, Lane::Posts);
    kept(&mut stage, posts, posts_of(vec![post("p1", 1)]));
    stage.answer(posts, Part::Last, Err(problem(ProblemKind::Forbidden)));
    assert!(stage.model.posts.entries.is_empty() && stage.model.posts.posts.shown().is_none());
    // What this run has read itself stays, as before.
    let cmds = stage.keys("1 ctrl-r");
    stage.answer(
        asked(&cmds, Lane::Groups),
        Part::Last,
        Err(problem(ProblemKind::Forbidden)),
    );
    assert_eq!(names(&stage.model), ["A", "B", "C", "list"]);
}

#[test]
fn a_list_that_was_empty_is_shown_as_such() {
    let mut stage = started();
    kept(&mut stage, 1, groups(&[]));
    assert_eq!(stage.model.groups.list.kept, Some(read_at()));
    stage.reply(1, groups(&["A"]));
    assert_eq!((names(&stage.model), stage.model.groups.list.kept), (vec!["A"], None));
}

#[test]
fn the_age_of_an_empty_list_goes_when_it_is_read_later() {
    let mut stage = started();
    kept(&mut stage, 1, groups(&[]));
    stage.answer(1, Part::Last, Err(problem(ProblemKind::Network)));
    assert_eq!(stage.model.groups.list.kept, Some(read_at()));
    let cmds = stage.key("ctrl-r");
    stage.reply(asked(&cmds, Lane::Groups), groups(&["A"]));
    assert_eq!((names(&stage.model), stage.model.groups.list.kept), (vec!["A"], None));
}

#[test]
fn sections_of_a_profile_are_shown_until_each_has_come() {
    let mut stage = Stage::with_groups();
    let cmds = stage.key("M");
    let card = asked(&cmds, Lane::Profile);
    kept(
        &mut stage,
        card,
        Payload::Card(CardPart::Person(Box::new(person("old").into()))),
    );
    kept(
        &mut stage,
        card,
        Payload::Card(CardPart::Managers(vec![person("boss")])),
    );
    stage.part(card, Payload::Card(CardPart::Person(Box::new(person("new").into()))));
    let profile = stage.model.profile().unwrap();
    assert_eq!(profile.card().map(|card| card.person.id.as_str()), Some("new"));
    assert!(profile.section(Section::Person).ready().is_some());
    assert!(profile.section(Section::Managers).shown().is_some());
    assert_eq!(profile.kept, Some(read_at()));
    let hidden = CardPart::Hidden(Section::Managers, problem(ProblemKind::Forbidden));
    stage.part(card, Payload::Card(hidden));
    let profile = stage.model.profile().unwrap();
    assert!(profile.section(Section::Managers).shown().is_none());
    stage.reply(card, Payload::Nothing);
    assert_eq!(stage.model.profile().unwrap().kept, None);
}

#[test]
fn an_age_on_the_screen_is_drawn_anew() {
    let mut stage = started();
    let ticks = |model: &Model| timers(model).iter().any(|timer| timer.id == TimerId::Clock);
    assert!(!ticks(&stage.model));
    kept(&mut stage, 1, groups(&["A"]));
    assert!(ticks(&stage.model));
}
