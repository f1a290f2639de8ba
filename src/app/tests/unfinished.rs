//! What was typed beside a text, or is still being made ready to go with it.

use std::path::Path;

use super::drafts::writing;
use super::fields::file;
use super::fixture::*;
use super::outgoing::{id, sent};
use crate::app::{Cmd, Stage as Sending, What};
use crate::domain::{Draft, Field, Unfinished};
use crate::keys::Place;
use crate::protocol::{Problem, delivery};

fn written(stage: &Stage) -> Draft {
    stage.model.composer.as_ref().expect("no composer").draft()
}

/// What is saved by the newest of these commands that saves.
fn saved(cmds: &[Cmd]) -> Draft {
    let saved = cmds.iter().rev().find_map(|cmd| match cmd {
        Cmd::SaveDraft { draft, .. } => Some((**draft).clone()),
        _ => None,
    });
    saved.unwrap_or_else(|| panic!("{cmds:?}"))
}

fn unfinished(field: Field, words: &str) -> Option<Unfinished> {
    let words = words.into();
    Some(Unfinished { field, words })
}

fn looked_at(stage: &mut Stage, path: &str, result: Result<u64, Problem>) -> Vec<Cmd> {
    stage.tell(What::Enclosed {
        draft: id(1),
        path: path.into(),
        result: result.map(|size| file(Path::new(path), size)),
    })
}

#[test]
fn words_in_a_field_are_part_of_the_draft_and_stand_there_again() {
    let mut stage = Stage::with_posts(vec![post("p1", 2)]);
    stage.key("f");
    stage.types("山田 ada");
    assert_eq!(
        saved(&stage.wait(100)).with.unfinished,
        unfinished(Field::People, "山田 ada")
    );
    stage.types("!");
    let mut found = saved(&stage.key("ctrl-c"));
    assert_eq!(
        found.with.unfinished,
        unfinished(Field::People, "山田 ada!"),
        "nothing else is written"
    );
    assert!(delivery::objection(&found).is_some());
    found.id = id(7);

    let mut stage = Stage::with_threads();
    stage.tell(What::Drafts {
        mine: vec![found],
        elsewhere: 0,
        unreadable: 0,
    });
    stage.keys("D enter");
    assert_eq!(stage.model.place(), Place::Header);
    let header = &stage.model.composer.as_ref().unwrap().header;
    assert_eq!(
        (header.at, header.line.text()),
        (Some(Field::People), "山田 ada!".into())
    );
    stage.keys("ctrl-u esc");
    assert_eq!(written(&stage).with.unfinished, None);
    assert_eq!(stage.model.place(), Place::Composer);
}

#[test]
fn leaving_a_field_adds_what_was_typed() {
    let mut stage = Stage::with_posts(vec![post("p1", 2)]);
    stage.key("f");
    stage.types("partner@elsewhere.example");
    stage.key("esc");
    assert_eq!(stage.model.place(), Place::Composer);
    assert_eq!(
        written(&stage).with.people[0].address.as_str(),
        "partner@elsewhere.example"
    );
    let mut stage = writing();
    stage.keys("tab tab");
    stage.types("緊急");
    stage.keys("esc esc");
    assert_eq!(stage.model.outbox[0].draft.with.categories, ["緊急"]);
}

#[test]
fn a_file_that_is_looked_at_is_waited_for() {
    let mut stage = writing();
    stage.types("see below");
    stage.key("backtab");
    stage.types("/tmp/名簿.csv");
    stage.keys("enter esc ctrl-s");
    assert_eq!(stage.model.place(), Place::Composer);
    assert_eq!(
        stage.said(),
        Some("The file is being looked at; try again in a moment.")
    );
    looked_at(&mut stage, "/tmp/名簿.csv", Ok(3));
    stage.key("ctrl-s");
    assert_eq!(sent(&stage.key("y")).1.with.attachments.len(), 1);
}

#[test]
fn a_file_that_is_looked_at_joins_a_draft_that_was_put_aside() {
    let mut stage = writing();
    stage.key("backtab");
    stage.types("/tmp/名簿.csv");
    stage.keys("enter esc esc");
    assert_eq!(stage.model.composer, None);
    let cmds = looked_at(&mut stage, "/tmp/名簿.csv", Ok(3));
    assert_eq!(saved(&cmds).with.attachments.len(), 1);
    stage.key("r");
    assert_eq!(written(&stage).with.attachments.len(), 1);
}

#[test]
fn the_path_of_a_file_that_cannot_go_stands_where_it_was_typed() {
    let mut stage = writing();
    stage.key("backtab");
    stage.types("/tmp/名薄.csv");
    stage.key("enter");
    looked_at(&mut stage, "/tmp/名薄.csv", Err(problem()));
    assert_eq!(
        written(&stage).with.unfinished,
        unfinished(Field::Attachments, "/tmp/名薄.csv")
    );
    stage.keys("ctrl-u");
    stage.types("/tmp/a");
    stage.key("enter");
    stage.types("/tmp/b");
    looked_at(&mut stage, "/tmp/a", Err(problem()));
    assert_eq!(
        written(&stage).with.unfinished,
        unfinished(Field::Attachments, "/tmp/b")
    );
}

#[test]
fn a_quote_is_waited_for_after_the_draft_was_put_aside_too() {
    let mut stage = Stage::with_posts(vec![post("p1", 2)]);
    stage.key("R");
    stage.types("x");
    stage.keys("esc r ctrl-s");
    assert_eq!(stage.model.place(), Place::Composer);
    assert!(stage.said().unwrap().contains("quoted post"));
    let (draft, html) = (id(1), "<p>quoted</p>".to_owned());
    stage.tell(What::Quoted { draft, html });
    stage.key("ctrl-s");
    assert_eq!(sent(&stage.key("y")).1.target.quoted.as_deref(), Some("<p>quoted</p>"));
}

#[test]
fn a_review_waits_for_the_quote_and_shows_it() {
    let mut stage = writing();
    stage.types("x");
    stage.key("ctrl-s");
    // As where a sign-in has opened it.
    stage.model.composer.as_mut().unwrap().awaited.quote = true;
    stage.key("y");
    assert_eq!(stage.model.place(), Place::Review);
    let (draft, html) = (id(1), "<p>quoted</p>".to_owned());
    let cmds = stage.tell(What::Quoted { draft, html });
    let quoted = |cmd: &Cmd| match cmd {
        Cmd::Preview { draft, .. } => draft.target.quoted.clone(),
        _ => None,
    };
    assert_eq!(cmds.iter().find_map(quoted).as_deref(), Some("<p>quoted</p>"));
    sent(&stage.key("y"));
}

#[test]
fn a_yes_to_a_review_that_was_never_on_the_screen_is_none() {
    let mut stage = writing();
    stage.types("x");
    stage.tell(What::Key("ctrl-s".parse().unwrap()));
    assert!(stage.model.asks_unseen());
    assert_eq!(stage.tell(What::Key("y".parse().unwrap())), []);
    assert_eq!(stage.model.place(), Place::Review);
    assert_eq!(stage.model.outbox, []);
    stage.tell(What::Shown);
    assert!(!stage.model.asks_unseen());
    assert_eq!(sent(&stage.key("y")).1.text, "x");
    assert_ignored(&mut stage, What::Shown);
    assert!(matches!(stage.model.outbox[0].stage, Sending::Sending(_)));
}
