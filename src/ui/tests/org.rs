//! The org tree and the path between two people.

use std::sync::Arc;

use super::stage::Stage;
use super::{data, look};
use crate::domain::Person;
use crate::protocol::{Lane, Payload, Problem, ProblemKind};

fn person(id: &str, name: &str, job: &str) -> Person {
    Person {
        id: id.into(),
        name: name.into(),
        job_title: Some(job.into()),
        user_type: id.starts_with("guest").then(|| "Guest".into()),
        ..Person::default()
    }
}

fn line() -> Payload {
    Payload::Line(vec![
        person("hanako", "山田 花子", "部長 (Head of 営業)"),
        person("boss", "Noor نور", "Chief"),
        person("ceo", "👩‍💼 Zoë", "Chief of all"),
    ])
}

fn page(people: &[(&str, &str, &str)]) -> Payload {
    Payload::Reports(
        people
            .iter()
            .map(|(id, name, job)| Arc::new(person(id, name, job)))
            .collect(),
    )
}

/// The tree around the second member.
fn opened(stage: &mut Stage) -> &mut Stage {
    stage.with_group().keys("2 j t")
}

fn grown(stage: &mut Stage) -> &mut Stage {
    opened(stage)
        .answer(Lane::Line(0), line())
        .answer(
            Lane::Reports("boss".into()),
            page(&[
                ("hanako", "山田 花子", ""),
                ("guest-ben", "Ben Ö", "Adviser"),
                ("dana", "דנה כהן", "ראש צוות"),
            ]),
        )
        .begin(
            Lane::Reports("hanako".into()),
            page(&[
                ("ceo", "👩‍💼 Zoë", "Chief of all"),
                (
                    "long",
                    "Johanna E\u{301}tienne van der Lange-Achternaam",
                    "A title that is long",
                ),
            ]),
        )
}

#[test]
fn the_tree() {
    look("org-loading", opened);
    look("org", grown);
    look("org-kept", |stage| {
        opened(stage)
            .recall(Lane::Line(0), line())
            .recall(Lane::Reports("hanako".into()), page(&[("dana", "דנה כהן", "ראש צוות")]))
            .refuse(Lane::Reports("boss".into()), data::offline())
            .refuse(Lane::Line(0), data::offline())
    });
    look("org-filter", |stage| grown(stage).keys("/").types("lange"));
}

#[test]
fn what_may_not_be_seen() {
    let forbidden = || Problem::new(ProblemKind::Forbidden, "No.", "Ask.");
    look("org-hidden", |stage| {
        opened(stage)
            .refuse(Lane::Line(0), forbidden())
            .refuse(Lane::Reports("hanako".into()), data::offline())
    });
}

#[test]
fn the_path_between_two_people() {
    look("org-path", |stage| {
        stage
            .with_group()
            .keys("2 j p T")
            .types("ana")
            .answer(Lane::Remembered, Payload::Remembered(Vec::new()))
            .keys("enter")
            .answer(Lane::Line(0), line());
        let other = Payload::Line(vec![
            person("ana", "Ana Souza", "Head of Engineering"),
            person("ceo", "👩‍💼 Zoë", "Chief of all"),
        ]);
        stage.answer(Lane::Line(1), other)
    });
    look("org-path-finding", |stage| stage.with_profile().keys("T"));
}
