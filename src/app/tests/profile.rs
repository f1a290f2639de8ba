//! The profile viewer: a stack of people whose sections load by themselves.

use super::fixture::*;
use crate::app::{Cmd, ProfileRow};
use crate::domain::{ObjectKind, Text};
use crate::keys::Place;
use crate::layout::Size;
use crate::protocol::{CardPart, Lane, Part, Payload, Problem, ProblemKind, Query, Section};

pub(super) fn card(stage: &mut Stage, id: Asked, part: CardPart) -> Vec<Cmd> {
    stage.part(id, Payload::Card(part))
}

/// The model's rows as words: headings in capitals, hints in brackets.
pub(super) fn rows(stage: &Stage) -> Vec<String> {
    let profile = stage.model.profile().expect("no profile is shown");
    let word = |row: &ProfileRow| match row {
        ProfileRow::Heading(heading) => heading.to_uppercase(),
        ProfileRow::Field { label, first, line, .. } => {
            let label = if *first { label } else { "" };
            format!("{label}: {line}")
        }
        ProfileRow::Item { section, at, step } => {
            let item = profile
                .listed(*section, *at)
                .expect("a row of an item that is not there");
            format!("{}{}", "  ".repeat(*step), item.id().as_str())
        }
        ProfileRow::Hint(hint) => format!("[{hint}]"),
        ProfileRow::Note(note) => format!("({note})"),
    };
    profile.rows().iter().map(word).collect()
}

/// The profile of "ines" out of the members, nothing of it loaded.
pub(super) fn opened() -> (Stage, Asked) {
    let mut stage = Stage::with_threads();
    let cmds = stage.keys("2 p");
    let id = asked(&cmds, Lane::Profile);
    assert!(cmds.contains(&read(
        id.0.0,
        Lane::Profile,
        Query::Card {
            person: "ines".into(),
            mine: false
        }
    )));
    (stage, id)
}

#[test]
fn sections_come_by_themselves() {
    let (mut stage, id) = opened();
    assert_eq!(stage.model.place(), Place::Profile);
    assert_eq!(
        stage.model.profile().unwrap().title(),
        &Text::new("ines שרה"),
        "known from the list"
    );
    assert_eq!(
        rows(&stage),
        [
            "[Loading…]",
            "ABOUT",
            "[Loading…]",
            "MANAGERS",
            "[Loading…]",
            "REPORTS",
            "[Loading…]",
            "GROUPS",
            "[Loading…]",
            "TEAMS",
            "[Loading…]",
            "TRENDING DOCUMENTS",
            "[Loading…]"
        ]
    );
    card(&mut stage, id, CardPart::Managers(vec![person("boss"), person("top")]));
    card(&mut stage, id, CardPart::Hidden(Section::Groups, problem()));
    card(&mut stage, id, CardPart::Person(Box::new(person("ines").into())));
    card(&mut stage, id, CardPart::Reports(vec![]));
    card(&mut stage, id, CardPart::Photo(Some(photo(648))));
    card(&mut stage, id, CardPart::About(Box::default()));
    card(&mut stage, id, CardPart::Teams(vec![team("deck")]));
    card(
        &mut stage,
        id,
        CardPart::Documents(vec![document("d1", "https://folk.example/d1")]),
    );
    stage.reply(id, Payload::Nothing);
    assert_eq!(stage.model.profile().unwrap().title(), &Text::new("ines 花子"));
    assert_eq!(
        rows(&stage),
        [
            "Job: Keeper of the lanterns",
            "Photo: 648×648 pixels, image/jpeg",
            "CONTACT",
            "Mail: ines@folkvale.example",
            "ABOUT",
            "[Nothing was written here.]",
            "MANAGERS",
            "boss",
            "  top",
            "REPORTS",
            "[Nobody reports to this person.]",
            "GROUPS",
            "[The line is down.]",
            "[Try again.]",
            "TEAMS",
            "deck",
            "TRENDING DOCUMENTS",
            "d1",
        ]
    );
}

#[test]
fn where_only_some_properties_may_be_seen_they_are_shown_with_the_reason() {
    let (mut stage, id) = opened();
    card(&mut stage, id, CardPart::Person(Box::new(person("ines").into())));
    card(&mut stage, id, CardPart::Hidden(Section::Person, problem()));
    assert_eq!(
        rows(&stage)[..5],
        [
            "Job: Keeper of the lanterns",
            "[The line is down.]",
            "[Try again.]",
            "CONTACT",
            "Mail: ines@folkvale.example",
        ]
    );
    let missing = Problem {
        missing: Some("User.Read.All"),
        ..Problem::new(ProblemKind::Forbidden, "Not granted.", "Ask.")
    };
    card(&mut stage, id, CardPart::Person(Box::new(person("ines").into())));
    card(&mut stage, id, CardPart::Hidden(Section::Person, missing.clone()));
    card(&mut stage, id, CardPart::Hidden(Section::Photo, missing.clone()));
    card(&mut stage, id, CardPart::Hidden(Section::Managers, missing));
    assert_eq!(
        rows(&stage)[..13],
        [
            "Job: Keeper of the lanterns",
            "[hidden: needs User.Read.All]",
            "[Photo: hidden: needs User.Read.All]",
            "CONTACT",
            "Mail: ines@folkvale.example",
            "[hidden: needs User.Read.All]",
            "ADDRESS",
            "[hidden: needs User.Read.All]",
            "EMPLOYMENT",
            "[hidden: needs User.Read.All]",
            "ABOUT",
            "[Loading…]",
            "MANAGERS",
        ]
    );
    assert_eq!(rows(&stage)[13], "[hidden: needs User.Read.All]");
}

#[test]
fn the_cursor_stays_on_its_row_when_sections_come_above_it() {
    let (mut stage, id) = opened();
    let list = vec![object("B", ObjectKind::Group), object("C", ObjectKind::Group)];
    card(&mut stage, id, CardPart::Groups(list));
    stage.key("G");
    let here = |stage: &Stage| {
        let profile = stage.model.profile().unwrap();
        (rows(stage)[profile.cursor].clone(), profile.cursor - profile.top)
    };
    let (row, _) = here(&stage);
    assert_eq!(row, "[Loading…]", "of the documents");
    stage.keys("k k k k");
    let (row, _) = here(&stage);
    assert_eq!(row, "C");
    let many = (0..50).map(|at| person(&format!("m{at}"))).collect();
    card(&mut stage, id, CardPart::Managers(many));
    card(&mut stage, id, CardPart::Person(Box::new(person("ines").into())));
    assert_eq!(here(&stage).0, row);
    let height = usize::from(stage.model.arrangement().profile.unwrap().content().height);
    assert!(here(&stage).1 < height);
    let cmds = stage.key("enter");
    assert_eq!(lanes(&cmds), [Lane::Open]);
}

#[test]
fn a_cursor_that_has_not_moved_stays_at_the_top() {
    let (mut stage, id) = opened();
    card(&mut stage, id, CardPart::Person(Box::new(person("ines").into())));
    card(&mut stage, id, CardPart::Reports(vec![object("ren", ObjectKind::User)]));
    assert_eq!(stage.model.profile().unwrap().cursor, 0);
}

#[test]
fn what_was_not_read_when_the_answer_broke_off_says_why() {
    let (mut stage, id) = opened();
    card(&mut stage, id, CardPart::Person(Box::new(person("ines").into())));
    stage.fail(id);
    let rows = rows(&stage);
    assert_eq!(rows[0], "Job: Keeper of the lanterns", "what has come stays");
    assert_eq!(
        rows.iter().filter(|row| row.starts_with("[The line is down")).count(),
        6
    );
    let cmds = stage.key("ctrl-r");
    let id = asked(&cmds, Lane::Profile);
    card(&mut stage, id, CardPart::Managers(vec![]));
    assert!(self::rows(&stage).contains(&"[No manager is set.]".to_owned()));
}

#[test]
fn a_smaller_viewer_keeps_the_cursor_in_view() {
    let (mut stage, id) = opened();
    let many = (0..80).map(|at| object(&format!("g{at}"), ObjectKind::Group)).collect();
    card(&mut stage, id, CardPart::Groups(many));
    stage.key("G");
    stage.tell(crate::app::What::Resized(Size { width: 60, height: 10 }));
    let profile = stage.model.profile().unwrap();
    assert_eq!(profile.cursor, rows(&stage).len() - 1);
    assert_eq!(profile.top, profile.cursor + 1 - 7);
    let _ = stage.answer(id, Part::Last, Err(problem()));
    assert!(stage.model.profile().unwrap().cursor < rows(&stage).len());
}

#[test]
fn who_is_signed_in_is_asked_for_as_such() {
    let mut stage = Stage::with_groups();
    let asks = |cmds: &[Cmd]| {
        cmds.iter().any(|cmd| match cmd {
            Cmd::Send(request) => matches!(
                &request.job,
                crate::protocol::Job::Read(_, Query::Card { mine: true, .. })
            ),
            _ => false,
        })
    };
    assert!(asks(&stage.key("M")));
    assert!(asks(&stage.key("ctrl-r")));
    assert!(stage.model.profile().unwrap().mine);
}

#[test]
fn older_data_goes_where_it_may_not_be_seen_any_more() {
    let (mut stage, id) = opened();
    card(&mut stage, id, CardPart::Managers(vec![person("boss")]));
    stage.reply(id, Payload::Nothing);
    let id = asked(&stage.key("ctrl-r"), Lane::Profile);
    assert!(rows(&stage).contains(&"boss".to_owned()), "while it is read again");
    let denied = Problem::new(ProblemKind::Forbidden, "Not yours.", "");
    card(&mut stage, id, CardPart::Hidden(Section::Managers, denied));
    let rows = rows(&stage);
    assert!(!rows.contains(&"boss".to_owned()) && rows.contains(&"[Not yours.]".to_owned()));
}

#[test]
fn the_permission_of_the_section_in_hand_is_asked_for_and_else_the_first() {
    let (mut stage, id) = opened();
    stage.model.settings.can_sign_in = true;
    let needs = |scope| Problem {
        missing: Some(scope),
        ..Problem::new(ProblemKind::Forbidden, "You may not.", "")
    };
    card(&mut stage, id, CardPart::Person(Box::new(person("ines").into())));
    card(&mut stage, id, CardPart::Photo(None));
    card(&mut stage, id, CardPart::About(Box::default()));
    card(&mut stage, id, CardPart::Managers(Vec::new()));
    for (section, scope) in [
        (Section::Reports, "User.Read.All"),
        (Section::Teams, "Team.ReadBasic.All"),
        (Section::Documents, "Sites.Read.All"),
    ] {
        card(&mut stage, id, CardPart::Hidden(section, needs(scope)));
    }
    card(&mut stage, id, CardPart::Groups(Vec::new()));
    for (row, scope) in [
        ("TEAMS", "Team.ReadBasic.All"),
        ("[hidden: needs Team.ReadBasic.All]", "Team.ReadBasic.All"),
        ("[hidden: needs Sites.Read.All]", "Sites.Read.All"),
        ("REPORTS", "User.Read.All"),
        ("GROUPS", "User.Read.All"),
    ] {
        stage.key("g");
        let at = rows(&stage).iter().position(|other| other == row);
        for _ in 0..at.unwrap_or_else(|| panic!("no {row} in {:#?}", rows(&stage))) {
            stage.key("j");
        }
        stage.key("P");
        assert_eq!(stage.model.sign_in.as_ref().unwrap().ask.scopes, [scope], "{row}");
        stage.key("esc");
    }
}
