//! What people and groups have in common.

use std::sync::Arc;

use super::stage::Stage;
use super::{data, look};
use crate::domain::{DirectoryObject, Group, ObjectKind};
use crate::protocol::{Lane, Payload};

fn group(id: &str, name: &str) -> Group {
    serde_json::from_value(serde_json::json!({"id": id, "displayName": name})).unwrap()
}

fn people() -> Arc<[DirectoryObject]> {
    data::members().into_iter().map(|member| member.object).collect()
}

/// The first group and the second.
fn comparing(stage: &mut Stage) -> &mut Stage {
    stage.with_group().keys("1 d j enter")
}

#[test]
fn the_members_of_two_groups() {
    look("overlap-choosing", |stage| stage.with_group().keys("1 d j"));
    look("overlap-loading", comparing);
    look("overlap-difference", |stage| {
        let lists = vec![people(), people().iter().take(2).cloned().collect(), [].into()];
        comparing(stage)
            .answer(Lane::Overlap, Payload::Overlap(lists))
            .keys("j j j")
    });
    look("overlap-nobody", |stage| {
        let lists = vec![people(), [].into(), [].into()];
        comparing(stage)
            .answer(Lane::Overlap, Payload::Overlap(lists))
            .keys("tab tab")
    });
    look("overlap-refused", |stage| {
        comparing(stage).refuse(Lane::Overlap, data::forbidden())
    });
}

#[test]
fn the_ways_to_a_group() {
    let long = "E\u{301}quipe 👩‍👩‍👧 with a name that is far longer than any column it could stand in, and then some more";
    let ways = move || {
        let (tokyo, tel_aviv) = (group("tokyo", "東京オフィスのみなさん"), group("tlv", "צוות תל אביב"));
        Payload::Ways(vec![
            vec![],
            vec![tokyo.clone()],
            vec![tel_aviv, group("long", long), tokyo],
        ])
    };
    look("overlap-ways", |stage| {
        stage.with_group().keys("2 j w").answer(Lane::Overlap, ways()).keys("j")
    });
    look("overlap-no-way", |stage| {
        stage
            .with_group()
            .keys("2 j w")
            .answer(Lane::Overlap, Payload::Ways(Vec::new()))
    });
}

#[test]
fn the_groups_of_people() {
    let groups = || -> Arc<[DirectoryObject]> {
        let groups = [group("eng", "Engineering"), group("tokyo", "東京オフィスのみなさん")];
        groups.into_iter().map(DirectoryObject::from).collect()
    };
    look("overlap-common", |stage| {
        stage
            .with_profile()
            .keys("c")
            .types("ana")
            .answer(Lane::Remembered, Payload::Remembered(Vec::new()))
            .keys("enter")
            .answer(Lane::Overlap, Payload::Overlap(vec![groups()]))
    });
    look("overlap-check", |stage| {
        let none = DirectoryObject::of_kind("x".into(), ObjectKind::Group);
        stage
            .with_profile()
            .keys("W")
            .answer(Lane::Overlap, Payload::Overlap(vec![groups(), [none].into()]))
            .keys("tab")
    });
}
