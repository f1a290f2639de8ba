//! What is typed of one's own profile outlives Esc, quitting and being killed.

use super::fixture::*;
use super::own::{at, go_to, shown};
use crate::app::{Cmd, TimerId, What};
use crate::domain::{Card, OwnWords};
use crate::keys::Place;
use crate::protocol::{CardPart, Lane, Payload};

fn words(property: &str, text: &str) -> OwnWords {
    OwnWords {
        person: "me".into(),
        property: property.into(),
        text: text.into(),
    }
}

fn dropped(property: &str) -> Cmd {
    Cmd::DropOwn {
        person: "me".into(),
        property: property.into(),
    }
}

/// What is asked of the disk for one's own profile within a time.
fn written(stage: &mut Stage, millis: u64) -> Vec<Cmd> {
    let of_it = |cmd: &Cmd| matches!(cmd, Cmd::KeepOwn(_) | Cmd::DropOwn { .. });
    stage.wait(millis).into_iter().filter(of_it).collect()
}

fn has(stage: &Stage, row: &str) -> bool {
    shown(stage).iter().any(|other| other == row)
}

#[test]
fn what_is_typed_is_on_disk_within_a_tenth_of_a_second_and_esc_sets_it_aside() {
    let mut stage = at(true, "Skills", |_| {});
    stage.key("e");
    assert_eq!(written(&mut stage, 100), [], "nothing was typed");
    stage.types(", 灯");
    assert!(stage.due(TimerId::Save).is_some_and(|due| due <= 100));
    assert_eq!(
        written(&mut stage, 100),
        [Cmd::KeepOwn(words("skills", "和紙, paper, 灯"))]
    );
    assert_eq!(written(&mut stage, 100), []);
    assert_eq!(stage.due(TimerId::Save), None);
    assert_eq!(stage.key("esc"), []);
    assert!(stage.said().unwrap().contains("e goes on"), "{:?}", stage.said());
    assert!(has(&stage, "Skills: 和紙, paper, 灯") && has(&stage, "(set aside, not saved)"));
    assert_eq!(written(&mut stage, 100), [], "it is on disk");
    stage.key("e");
    assert_eq!(stage.model.prompt.as_ref().unwrap().line.text(), "和紙, paper, 灯");
    stage.types("籠");
    stage.key("esc");
    assert!(has(&stage, "Skills: 和紙, paper, 灯籠"));
    assert_eq!(
        written(&mut stage, 100),
        [Cmd::KeepOwn(words("skills", "和紙, paper, 灯籠"))]
    );
}

#[test]
fn a_line_that_is_emptied_or_is_as_it_was_drops_what_was_set_aside() {
    for emptied in [true, false] {
        let mut stage = at(true, "Skills", |_| {});
        stage.key("e");
        stage.types("x");
        stage.key("esc");
        assert_eq!(
            written(&mut stage, 100),
            [Cmd::KeepOwn(words("skills", "和紙, paperx"))]
        );
        stage.keys(if emptied { "e ctrl-u esc" } else { "e backspace esc" });
        assert!(has(&stage, "Skills: 和紙, paper"), "{:?}", shown(&stage));
        assert_eq!(stage.model.own, []);
        assert_eq!(written(&mut stage, 100), [dropped("skills")]);
    }
}

#[test]
fn quitting_in_the_middle_of_a_line_keeps_it() {
    let mut stage = at(true, "About me", |_| {});
    stage.keys("e alt-enter");
    stage.types("山田");
    let kept = Cmd::KeepOwn(words("aboutMe", "提灯\nעברית\n山田"));
    assert_eq!(stage.key("ctrl-c"), [kept, Cmd::Exit]);
}

#[test]
fn what_was_left_is_offered_to_whose_it_is() {
    for me_first in [true, false] {
        let mut stage = Stage::new();
        let me = asked(&stage.tell(What::Started), Lane::Me);
        let found = || {
            What::OwnFound(vec![
                words("skills", "灯"),
                words("hat", "of a newer folkmoot"),
                OwnWords {
                    person: "amara".into(),
                    ..words("mobilePhone", "12")
                },
            ])
        };
        if me_first {
            stage.reply(me, super::fixture::me());
        }
        assert_eq!(stage.tell(found()), []);
        if !me_first {
            assert_eq!(stage.said(), None, "whose it is is not known");
            stage.reply(me, super::fixture::me());
        }
        assert!(stage.said().unwrap().contains("M shows it"), "{:?}", stage.said());
        let id = asked(&stage.key("M"), Lane::Profile);
        let card = Card::from(person("me"));
        for part in [CardPart::Person(Box::new(card)), CardPart::About(Box::default())] {
            stage.part(id, Payload::Card(part));
        }
        assert!(has(&stage, "Skills: 灯") && !shown(&stage).iter().any(|row| row.ends_with("12")));
        go_to(&mut stage, "Skills");
        stage.key("e");
        assert_eq!(stage.model.prompt.as_ref().unwrap().line.text(), "灯");
        assert_eq!(written(&mut stage, 100), [], "it is on disk");
        stage.keys("ctrl-u esc");
        assert_eq!(written(&mut stage, 100), [dropped("skills")]);
    }
}

#[test]
fn a_disk_that_refuses_it_is_asked_again_and_holds_who_leaves() {
    let mut stage = at(true, "Mobile", |_| {});
    stage.key("e");
    stage.types("12");
    let kept = Cmd::KeepOwn(words("mobilePhone", "12"));
    assert_eq!(written(&mut stage, 100), std::slice::from_ref(&kept));
    let told = |stage: &mut Stage, result| {
        let words = words("mobilePhone", "12");
        stage.tell(What::OwnKept { words, result })
    };
    told(&mut stage, Err(problem()));
    assert_eq!(stage.said(), Some("The line is down. Try again."));
    assert_eq!(stage.key("ctrl-c"), []);
    assert!(stage.said().unwrap().contains("quit again"));
    assert_eq!(stage.model.place(), Place::Prompt);
    assert_eq!(written(&mut stage, 5_000), std::slice::from_ref(&kept));
    told(&mut stage, Err(problem()));
    stage.keys("backspace backspace");
    assert_eq!(stage.key("esc"), []);
    assert_eq!(
        written(&mut stage, 5_000),
        [dropped("mobilePhone")],
        "it may lie there from before"
    );
    stage.key("e");
    stage.types("12");
    assert_eq!(written(&mut stage, 100), [kept]);
    told(&mut stage, Ok(()));
    assert_eq!(stage.key("ctrl-c"), [Cmd::Exit]);
}
