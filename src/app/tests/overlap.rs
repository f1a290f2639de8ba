//! What people and groups have in common.

use super::fixture::*;
use crate::app::{About, Cmd, Overlap, Overlay};
use crate::domain::{DirectoryObject, ObjectKind};
use crate::keys::Place;
use crate::protocol::{CardPart, Job, Lane, Overlapping, Payload, Query, Request};

fn overlap(stage: &Stage) -> &Overlap {
    match &stage.model.overlay {
        Some(Overlay::Overlap(overlap)) => overlap,
        other => panic!("{other:?}"),
    }
}

/// What the commands ask of people and groups together.
fn question(cmds: &[Cmd]) -> &Overlapping {
    let asked = cmds.iter().find_map(|cmd| match cmd {
        Cmd::Send(Request {
            job: Job::Read(Lane::Overlap, Query::Overlap(asked)),
            ..
        }) => Some(asked),
        _ => None,
    });
    asked.unwrap_or_else(|| panic!("nothing is asked by {cmds:#?}"))
}

fn list(ids: &[&str], kind: &ObjectKind) -> std::sync::Arc<[DirectoryObject]> {
    ids.iter().map(|id| object(id, kind.clone())).collect()
}

fn rows(stage: &Stage) -> Vec<String> {
    let overlap = overlap(stage);
    let row = |at: usize| {
        let (depth, object) = overlap.row(at).unwrap();
        format!("{}{}", " ".repeat(depth.into()), object.id.as_str())
    };
    (0..overlap.len()).map(row).collect()
}

#[test]
fn two_groups_are_compared_and_each_part_is_shown() {
    let mut stage = Stage::with_threads();
    stage.key("2");
    assert_eq!(stage.key("d"), []);
    assert_eq!(stage.model.place(), Place::Groups);
    assert_eq!(stage.key("enter"), [], "not with itself");
    assert!(stage.said().unwrap().contains("same group"));
    let cmds = stage.keys("j enter");
    let (one, other) = ("A".into(), "B".into());
    let through = true;
    assert_eq!(*question(&cmds), Overlapping::Difference { one, other, through });
    let user = ObjectKind::User;
    let lists = vec![list(&["ines", "ren"], &user), list(&[], &user), list(&["mio"], &user)];
    stage.reply(asked(&cmds, Lane::Overlap), Payload::Overlap(lists));
    assert_eq!(rows(&stage), ["ines", "ren"]);
    stage.keys("j tab");
    assert_eq!((rows(&stage).len(), overlap(&stage).cursor), (0, 0));
    stage.key("tab");
    assert_eq!(rows(&stage), ["mio"]);
    let cmds = stage.key("v");
    assert!(matches!(
        question(&cmds),
        Overlapping::Difference { through: false, .. }
    ));
    assert_eq!(rows(&stage), ["mio"], "what was found stays meanwhile");
    let cmds = stage.key("enter");
    assert_eq!(cmds[0], Cmd::Abandon(Lane::Overlap));
    assert_eq!(
        (stage.model.place(), lanes(&cmds)),
        (Place::Profile, vec![Lane::Profile])
    );
}

#[test]
fn choosing_a_group_can_be_called_off() {
    let mut stage = Stage::with_threads();
    stage.keys("1 d esc");
    assert_eq!(stage.model.choosing, None);
    let cmds = stage.key("enter");
    assert!(stage.model.overlay.is_none() && cmds.is_empty(), "Enter opens again");
}

#[test]
fn ways_are_drawn_from_the_group_down_to_the_person() {
    let mut stage = Stage::with_threads();
    let cmds = stage.keys("2 w");
    let (person, to) = ("ines".into(), "A".into());
    assert_eq!(*question(&cmds), Overlapping::Ways { person, group: to });
    let ways = vec![vec![], vec![group("near"), group("far")]];
    stage.reply(asked(&cmds, Lane::Overlap), Payload::Ways(ways));
    assert_eq!(rows(&stage), ["A", " ines", "A", " far", "  near", "   ines"]);
    assert_eq!(overlap(&stage).parts(), [("ways".to_owned(), Some(2))]);
    assert_eq!(stage.key("v"), [], "there are no levels to leave out");
    let cmds = stage.keys("j j j enter");
    assert_eq!(lanes(&cmds), [Lane::Open], "a group is gone to");
}

#[test]
fn a_profile_leads_to_what_two_people_share_and_to_the_listed_groups() {
    let mut stage = Stage::with_threads();
    let cmds = stage.keys("2 enter");
    let card = Payload::Card(CardPart::Person(Box::new(person("ines").into())));
    stage.part(asked(&cmds, Lane::Profile), card);
    stage.keys("c");
    assert_eq!(stage.model.place(), Place::Finder);
    let cmds = stage.types("ren");
    let more = stage.reply(asked(&cmds, Lane::Remembered), Payload::Remembered(Vec::new()));
    stage.filter_all(&more);
    let cmds = stage.key("enter");
    let (one, other) = ("ines".into(), "ren".into());
    let through = true;
    assert_eq!(*question(&cmds), Overlapping::Common { one, other, through });
    let stale = asked(&cmds, Lane::Overlap);
    assert_eq!(stage.key("esc"), [Cmd::Abandon(Lane::Overlap)]);
    stage.reply(stale, Payload::Overlap(vec![list(&["A"], &ObjectKind::Group)]));
    assert!(stage.model.overlay.is_none());
    let cmds = stage.key("W");
    let Overlapping::Check { person, groups } = question(&cmds) else {
        panic!("{cmds:?}")
    };
    let names: Vec<&str> = groups.iter().map(|group| group.id.as_str()).collect();
    assert_eq!((person.as_str(), names), ("ines", vec!["A", "B", "C", "list"]));
    stage.fail(asked(&cmds, Lane::Overlap));
    assert_eq!(overlap(&stage).problem(), Some(&problem()));
    assert_eq!(lanes(&stage.key("ctrl-r")), [Lane::Overlap]);
    stage.keys("esc w");
    assert_eq!((stage.model.place(), stage.model.profiles.len()), (Place::Groups, 0));
    let cmds = stage.keys("j enter");
    assert!(matches!(question(&cmds), Overlapping::Ways { .. }));
    assert!(matches!(overlap(&stage).about, About::Ways(..)));
}
