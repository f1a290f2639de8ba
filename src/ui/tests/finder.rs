//! The people finder, in each of its states.

use super::stage::Stage;
use super::{data, look};
use crate::domain::Person;
use crate::protocol::{Lane, Payload, Problem, ProblemKind};

fn people(total: usize) -> Payload {
    let person = |id: &str, name: &str, job: Option<&str>, department: Option<&str>| Person {
        id: id.into(),
        name: name.into(),
        mail: Some(format!("{id}@folk.example").as_str().into()),
        job_title: job.map(Into::into),
        department: department.map(Into::into),
        user_type: id.starts_with("guest").then(|| "Guest".into()),
        ..Person::default()
    };
    let page = [
        person("hana", "山田 花枝", Some("デザイナー"), Some("東京オフィス")),
        person("hanan", "حنان الهدى", Some("مهندسة"), None),
        person(
            "guest-hannah",
            "Hannah 👩🏽‍💻 van der Lange-Achternaam",
            None,
            Some("Partners"),
        ),
        person(
            "johanna",
            "Johanna E\u{301}tienne",
            Some("A title that is longer than the column it stands in"),
            None,
        ),
        person("hans", "Hans Ōe", None, None),
    ];
    Payload::People {
        page: page.into(),
        total: Some(total),
    }
}

/// Whom the store has, as of an hour ago and of last year.
fn remembered() -> Payload {
    let Payload::People { page, .. } = people(5) else {
        unreachable!()
    };
    let ages = ["2026-11-21T11:00:00Z", "2025-02-03T00:00:00Z"];
    let ages = ages.iter().cycle().map(|age| age.parse().unwrap());
    Payload::Remembered(page.iter().skip(1).cloned().zip(ages).collect())
}

fn opened(stage: &mut Stage) -> &mut Stage {
    stage.with_thread().keys("@")
}

#[test]
fn people_near_at_hand() {
    look("finder-opening", opened);
    look("finder-near", |stage| opened(stage).answer(Lane::Nearby, people(5)));
    look("finder-kept", |stage| {
        opened(stage)
            .recall(Lane::Nearby, remembered())
            .recall(Lane::Nearby, people(5))
    });
    look("finder-nobody", |stage| {
        stage.keys("@").answer(
            Lane::Nearby,
            Payload::People {
                page: [].into(),
                total: None,
            },
        )
    });
}

#[test]
fn people_of_the_store() {
    look("finder-remembered", |stage| {
        opened(stage).types("han").answer(Lane::Remembered, remembered())
    });
    look("finder-reader", |stage| {
        opened(stage)
            .types("han")
            .answer(Lane::Remembered, remembered())
            .wait(1)
            .refuse(Lane::People, data::offline())
    });
}

#[test]
fn people_of_the_directory() {
    look("finder-asking", |stage| opened(stage).types("han"));
    look("finder-found", |stage| {
        opened(stage)
            .types("han")
            .answer(Lane::Remembered, remembered())
            .wait(1)
            .answer(Lane::People, people(1234))
            .keys("down")
    });
    look("finder-not-found", |stage| {
        opened(stage).types("zzz").wait(1).answer(
            Lane::People,
            Payload::People {
                page: [].into(),
                total: Some(0),
            },
        )
    });
}

#[test]
fn what_may_not_be_read_or_cannot() {
    let missing = Problem {
        missing: Some("People.Read"),
        ..Problem::new(ProblemKind::Forbidden, "No.", "Ask.")
    };
    look("finder-hidden", |stage| {
        opened(stage).refuse(Lane::Nearby, missing.clone())
    });
    look("finder-offline", |stage| {
        opened(stage).types("zzz").wait(1).refuse(Lane::People, data::offline())
    });
}

#[test]
fn an_address_that_nobody_near_has() {
    look("finder-address", |stage| {
        stage.with_thread().keys("r tab enter").types("kim@elsewhere.example")
    });
}
