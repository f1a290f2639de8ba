//! Changing one's own profile.

use serde_json::{Value, json};

use super::fixture::*;
use crate::app::{Cmd, ProfileRow, What};
use crate::domain::{About, Card, Prose};
use crate::keys::Place;
use crate::protocol::own::OwnChange;
use crate::protocol::{
    CardPart, Delivery, Job, Lane, Mutation, Part, Payload, Problem, ProblemKind, Request, SignInStep,
};

pub(super) fn shown(stage: &Stage) -> Vec<String> {
    let profile = stage.model.profile().expect("no profile is shown");
    let word = |row: &ProfileRow| match row {
        ProfileRow::Field { label, line, .. } => format!("{label}: {line}"),
        ProfileRow::Note(note) => format!("({note})"),
        _ => String::new(),
    };
    profile.rows().iter().map(word).filter(|row| !row.is_empty()).collect()
}

/// My own profile, or ines', the cursor on the row of this name.
pub(super) fn at(mine: bool, label: &str, settings: impl FnOnce(&mut crate::app::Settings)) -> Stage {
    let mut stage = Stage::with_threads();
    settings(&mut stage.model.settings);
    let cmds = if mine { stage.key("M") } else { stage.keys("2 p") };
    let id = asked(&cmds, Lane::Profile);
    let card = Card::from(person(if mine { "me" } else { "ines" }));
    let about = About {
        about_me: Some(Prose::new("提灯\nעברית")),
        skills: vec!["和紙".into(), "paper".into()],
        ..About::default()
    };
    for part in [
        CardPart::Person(Box::new(card)),
        CardPart::About(Box::new(about)),
        CardPart::Photo(None),
    ] {
        stage.part(id, Payload::Card(part));
    }
    stage.reply(id, Payload::Nothing);
    go_to(&mut stage, label);
    stage
}

pub(super) fn go_to(stage: &mut Stage, label: &str) {
    stage.key("g");
    let is_it = |row: &ProfileRow| matches!(row, ProfileRow::Field { label: other, .. } if *other == label);
    let row = stage.model.profile().unwrap().rows().iter().position(is_it);
    for _ in 0..row.unwrap_or_else(|| panic!("no {label} in {:?}", shown(stage))) {
        stage.key("j");
    }
}

/// The only change that commands send.
pub(super) fn sent(cmds: &[Cmd]) -> (Asked, Mutation) {
    match cmds {
        [
            Cmd::Send(Request {
                id,
                job: Job::Write(_, mutation),
            }),
        ] => (Asked(*id), mutation.clone()),
        other => panic!("{other:?}"),
    }
}

fn change(cmds: &[Cmd]) -> (Asked, &'static str, Value) {
    match sent(cmds) {
        (id, Mutation::ChangeMine(OwnChange { property, value })) => (id, property.name, value),
        other => panic!("{other:?}"),
    }
}

pub(super) fn accepted() -> Payload {
    Payload::Changed(Delivery::Accepted { at: noon(0) })
}

fn refused() -> Problem {
    Problem {
        missing: Some("User.ReadWrite"),
        ..Problem::new(ProblemKind::Forbidden, "Not granted.", "Ask for it.")
    }
}

#[test]
fn what_i_say_of_myself_is_changed_line_by_line() {
    let mut stage = at(true, "About me", |_| {});
    assert_eq!(stage.key("e"), []);
    assert_eq!(stage.model.place(), Place::Prompt);
    stage.key("alt-enter");
    stage.types("灯籠 e");
    let (id, name, value) = change(&stage.key("enter"));
    assert_eq!((name, value), ("aboutMe", json!("提灯\nעברית\n灯籠 e")));
    let rows = shown(&stage);
    assert!(
        rows.contains(&"About me: 灯籠 e".to_owned()) && rows.contains(&"(saving…)".to_owned()),
        "{rows:?}"
    );
    assert_eq!(stage.key("e"), []);
    assert_eq!(stage.said(), Some("It is being saved."));
    assert_eq!(stage.reply(id, accepted()), []);
    assert_eq!(stage.said(), Some("About me: saved."));
    let rows = shown(&stage);
    assert!(
        rows.contains(&"About me: 灯籠 e".to_owned()) && !rows.contains(&"(saving…)".to_owned()),
        "{rows:?}"
    );
    assert_eq!(stage.keys("e enter"), [], "it is as it was");
}

#[test]
fn what_is_too_long_to_be_typed_into_says_so() {
    let mut stage = at(true, "About me", |_| {});
    stage.key("e");
    stage.paste(&"灯".repeat(100_000));
    assert_eq!(stage.said(), None);
    stage.types("x");
    let said = Some("That was not added: the text is too long to be typed into.");
    assert_eq!(stage.said(), said);
    let text = |stage: &Stage| stage.model.prompt.as_ref().unwrap().line.size();
    let before = text(&stage);
    stage.paste("more");
    assert_eq!((stage.said(), text(&stage)), (said, before));
    stage.key("ctrl-z");
    assert!(text(&stage) < before, "what came last can be taken back");
}

#[test]
fn lists_days_and_phones_are_typed_as_they_are_shown() {
    for (label, typed, name, value) in [
        ("Skills", ", עברית", "skills", json!(["和紙", "paper", "עברית"])),
        ("Birthday", "1990-03-21", "birthday", json!("1990-03-21T00:00:00Z")),
        ("Phone", "+81 6", "businessPhones", json!(["+81 6"])),
        ("Mobile", "+81 90", "mobilePhone", json!("+81 90")),
        (
            "Own site",
            "https://folk.example/me",
            "mySite",
            json!("https://folk.example/me"),
        ),
    ] {
        let mut stage = at(true, label, |_| {});
        stage.key("e");
        stage.types(typed);
        let (id, sent, wanted) = change(&stage.key("enter"));
        assert_eq!((sent, wanted), (name, value), "{label}");
        stage.reply(id, accepted());
        let row = shown(&stage).into_iter().find(|row| row.starts_with(label)).unwrap();
        assert!(row.ends_with(typed), "{row}");
    }
}

#[test]
fn what_was_refused_stays_with_its_row_until_it_is_taken() {
    let mut stage = at(true, "Skills", |settings| settings.can_sign_in = true);
    stage.key("e");
    stage.types(", 灯");
    let (id, ..) = change(&stage.key("enter"));
    stage.reply(id, Payload::Changed(Delivery::NotSent(refused())));
    let rows = shown(&stage);
    assert!(rows.contains(&"Skills: 和紙, paper, 灯".to_owned()), "{rows:?}");
    assert!(
        rows.contains(&"(not saved: needs User.ReadWrite)".to_owned()),
        "{rows:?}"
    );
    stage.key("P");
    assert_eq!(stage.model.sign_in.as_ref().unwrap().ask.scopes, ["User.ReadWrite"]);
    stage.key("esc");
    // Also where the profile is closed meanwhile.
    stage.key("esc");
    let again = asked(&stage.key("M"), Lane::Profile);
    let about = CardPart::About(Box::default());
    stage.part(again, Payload::Card(about));
    go_to(&mut stage, "Skills");
    stage.key("e");
    let (id, _, value) = change(&stage.key("enter"));
    assert_eq!(value, json!(["和紙", "paper", "灯"]));
    stage.fail(id);
    assert!(
        shown(&stage)
            .iter()
            .any(|row| row.starts_with("(perhaps saved: The line is down"))
    );
    stage.key("e");
    let (id, ..) = change(&stage.key("enter"));
    stage.reply(id, accepted());
    assert!(shown(&stage).iter().all(|row| !row.starts_with('(')));
}

#[test]
fn what_may_have_been_saved_is_read_again_and_settled_by_what_is_there() {
    let mut stage = at(true, "Skills", |_| {});
    stage.key("e");
    stage.types(", 灯");
    let (id, ..) = change(&stage.key("enter"));
    let unknown = Problem::new(ProblemKind::Network, "The line broke.", "");
    let cmds = stage.reply(id, Payload::Changed(Delivery::Unknown(unknown)));
    let said = "It may have been saved all the same. The line broke.";
    assert_eq!(stage.said(), Some(said));
    assert!(shown(&stage).contains(&"(perhaps saved: The line broke.)".to_owned()));
    let again = asked(&cmds, Lane::Profile);
    let about = |skills: &[&str]| {
        let skills = skills.iter().map(|skill| (*skill).into()).collect();
        Payload::Card(CardPart::About(Box::new(About {
            skills,
            ..About::default()
        })))
    };
    stage.part(again, about(&["和紙", "paper"]));
    assert!(
        shown(&stage).contains(&"Skills: 和紙, paper, 灯".to_owned()),
        "what was typed stays"
    );
    stage.part(again, about(&["和紙", "paper", "灯"]));
    assert_eq!(stage.said(), Some("Skills: saved."));
    assert!(!shown(&stage).iter().any(|row| row.contains("perhaps")));
}

#[test]
fn what_cannot_be_that_is_not_sent_and_stays_in_the_line() {
    for (label, typed) in [("Birthday", "yesterday"), ("Own site", "javascript:alert(1)")] {
        let mut stage = at(true, label, |_| {});
        stage.key("e");
        stage.types(typed);
        assert_eq!(stage.key("enter"), []);
        assert_eq!(stage.model.prompt.as_ref().unwrap().line.text(), typed);
        assert!(stage.said().is_some());
        assert_eq!(
            stage.keys("esc enter"),
            [],
            "the row leads nowhere, and nothing is sent"
        );
    }
}

#[test]
fn only_my_own_may_be_changed_and_not_when_nothing_is_to_be_sent() {
    for (mine, label, read_only, said) in [
        (false, "Skills", false, "This is not for you to change."),
        (true, "Job", false, "This is not for you to change."),
        (
            true,
            "Skills",
            true,
            "folkmoot was started with --read-only: nothing is sent.",
        ),
    ] {
        let mut stage = at(mine, label, |settings| settings.read_only = read_only);
        assert_eq!(stage.key("e"), []);
        assert_eq!((stage.said(), stage.model.place()), (Some(said), Place::Profile));
    }
    let stage = at(false, "Skills", |_| {});
    assert!(
        !shown(&stage).iter().any(|row| row.starts_with("Birthday")),
        "of others only what is set"
    );
}

#[test]
fn a_card_is_saved_in_a_folder() {
    let mut stage = at(false, "Skills", |_| {});
    stage.key("v");
    stage.types("鞄");
    let cmds = stage.key("enter");
    let [Cmd::ListFolder { id, .. }] = cmds.as_slice() else {
        panic!("{cmds:?}")
    };
    let (id, result) = (*id, Ok([].into()));
    let cmds = stage.tell(What::Listed { id, result });
    let [
        Cmd::SaveCard {
            folder,
            make,
            card,
            about,
        },
    ] = cmds.as_slice()
    else {
        panic!("{cmds:?}")
    };
    assert_eq!((folder.as_str(), make, &card.person), ("./鞄", &false, &person("ines")));
    assert_eq!(about.as_ref().unwrap().skills.len(), 2);
    stage.tell(What::CardSaved(Ok("./鞄/ines.vcf".into())));
    assert_eq!(stage.said(), Some("Saved as ./鞄/ines.vcf"));
    stage.tell(What::CardSaved(Err(problem())));
    assert_eq!(stage.said(), Some("The line is down. Try again."));
}

#[test]
fn what_one_person_has_typed_is_never_saved_for_another() {
    for refused_before in [true, false] {
        let mut stage = at(true, "Mobile", |settings| settings.can_sign_in = true);
        stage.key("e");
        stage.types("12");
        if refused_before {
            let (id, ..) = change(&stage.key("enter"));
            stage.answer(id, Part::Last, Err(refused()));
        }
        let signs_in = |stage: &mut Stage, address: &str, id: &str| {
            let cmds = crate::app::sign_in::start(&mut stage.model, "");
            let (attempt, _) = super::sign_in::attempt(&cmds);
            let cmds = stage.tell(What::SignIn {
                id: attempt,
                step: SignInStep::SignedIn {
                    name: id.into(),
                    address: address.into(),
                    kept: "memory".into(),
                    notice: None,
                },
            });
            assert_eq!(stage.model.place(), Place::Groups, "nothing of it is in hand");
            let said = stage.said().unwrap().to_owned();
            let whose = asked(&cmds, Lane::Me);
            stage.reply(whose, signed_in(id));
            said
        };
        let said = signs_in(&mut stage, "amara@folkvale.example", "amara");
        assert!(said.contains("waits for them"), "{said}");
        let opens_mine = |stage: &mut Stage, id: &str| {
            let cmds = stage.keys("esc M");
            assert_eq!(stage.model.profile().unwrap().person, id.into());
            let card = Card::from(person(id));
            stage.part(
                asked(&cmds, Lane::Profile),
                Payload::Card(CardPart::Person(Box::new(card))),
            );
            shown(stage)
                .iter()
                .any(|row| row.starts_with("Mobile") && row.ends_with("12"))
        };
        assert!(!opens_mine(&mut stage, "amara"), "{:?}", shown(&stage));
        signs_in(&mut stage, "me@folkvale.example", "me");
        assert!(stage.said().unwrap().contains("not saved yet"), "{:?}", stage.said());
        assert!(opens_mine(&mut stage, "me"), "{:?}", shown(&stage));
        go_to(&mut stage, "Mobile");
        stage.key("e");
        let (id, name, value) = change(&stage.key("enter"));
        assert_eq!((name, value), ("mobilePhone", json!("12")));
        stage.reply(id, accepted());
        assert_eq!(stage.model.own, []);
    }
}
