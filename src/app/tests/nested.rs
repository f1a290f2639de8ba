//! Groups in a group, as a tree.

use super::fixture::*;
use crate::app::{Below, Cmd, Nested};
use crate::domain::{Id, ObjectKind, Role};
use crate::keys::Place;
use crate::protocol::{Lane, Part, Payload, Problem, ProblemKind, Query};

pub(super) fn nested(stage: &Stage) -> &Nested {
    stage.model.nested.as_ref().expect("no tree is open")
}

/// The rows: an indent for each step, the sign of what is known of what is below, the id, and the cursor's mark.
pub(super) fn rows(stage: &Stage) -> Vec<String> {
    let nested = nested(stage);
    let row = |at: usize| {
        let row = nested.row(at).unwrap();
        let sign = match row.below {
            Below::Open => "-",
            Below::Closed => "+",
            Below::Nothing => ".",
            Below::Again => "@",
            Below::Hidden(_) => "!",
        };
        let here = if at == nested.tree.view().cursor { " <" } else { "" };
        let indent = "  ".repeat(row.depth.into());
        format!("{indent}{sign}{}{here}", row.item.object.id.as_str())
    };
    (0..nested.tree.len()).map(row).collect()
}

pub(super) fn page(members: &[(&str, ObjectKind)]) -> Payload {
    let member = |(id, kind): &(&str, ObjectKind)| member(id, kind.clone(), Role::Member);
    Payload::Members {
        page: members.iter().map(member).collect(),
        total: None,
    }
}

fn under_cursor_of(stage: &Stage) -> &str {
    nested(stage).selected().unwrap().id.as_str()
}

/// The read of a group, named from it upwards.
pub(super) fn group(line: &str) -> Lane {
    Lane::Nested(line.split(" in ").map(Id::new).collect())
}

/// The tree of group "A", whose members the pane has.
pub(super) fn opened() -> Stage {
    let mut stage = Stage::with_threads();
    stage.key("2");
    assert_eq!(stage.key("n"), [], "nothing is read twice");
    assert_eq!(stage.model.place(), Place::Nested);
    stage
}

#[test]
fn groups_open_and_close_and_what_was_read_is_not_read_again() {
    let mut stage = opened();
    assert_eq!(rows(&stage), ["-A <", "  .ines", "  .ren", "  +B", "  .kiosk"]);
    let cmds = stage.keys("j j j l");
    assert_eq!(lanes(&cmds), [group("B in A")]);
    stage.part(
        asked(&cmds, group("B in A")),
        page(&[("mio", ObjectKind::User), ("C", ObjectKind::Group)]),
    );
    stage.reply(asked(&cmds, group("B in A")), page(&[("A", ObjectKind::Group)]));
    let all = [
        "-A", "  .ines", "  .ren", "  -B <", "    .mio", "    +C", "    @A", "  .kiosk",
    ];
    assert_eq!(rows(&stage), all);
    assert_eq!(stage.keys("G k enter"), [], "the group that it is about");
    assert!(stage.said().unwrap().contains("already"));
    stage.keys("h");
    assert_eq!(rows(&stage)[3], "  -B <", "to the group above");
    stage.keys("h");
    assert_eq!(rows(&stage), ["-A", "  .ines", "  .ren", "  +B <", "  .kiosk"]);
    assert_eq!(stage.key("enter"), [], "its members are known");
    assert_eq!(rows(&stage).len(), 8);
    stage.key("l");
    assert_eq!(rows(&stage)[4], "    .mio <", "an open one is entered");
    stage.keys("h enter");
    assert_eq!(rows(&stage).len(), 5, "Enter closes it, too");
}

#[test]
fn people_are_shown_and_the_tree_is_there_afterwards() {
    let mut stage = opened();
    let cmds = stage.keys("j enter");
    assert_eq!(lanes(&cmds), [Lane::Profile]);
    assert_eq!(stage.model.place(), Place::Profile);
    stage.key("esc");
    assert_eq!(rows(&stage)[1], "  .ines <");
    let cmds = stage.key("t");
    assert_eq!(lanes(&cmds), [Lane::Line(0)]);
    stage.key("esc");
    assert_eq!(stage.model.place(), Place::Nested);
    stage.key("esc");
    assert_eq!(
        (stage.model.place(), stage.model.nested.is_some()),
        (Place::Members, false)
    );
}

#[test]
fn what_the_pane_has_not_is_read_and_what_fails_can_be_tried_again() {
    let mut stage = Stage::with_groups();
    let cmds = stage.wait(150);
    let members = asked(&cmds, Lane::Members);
    let cmds = stage.keys("2 n");
    assert_eq!(lanes(&cmds), [group("A")]);
    stage.reply(members, super::fixture::members());
    assert_eq!(rows(&stage), ["-A <"], "only what was asked for the tree");
    stage.fail(asked(&cmds, group("A")));
    assert_eq!(rows(&stage), ["!A <"]);
    let cmds = stage.key("l");
    let id = asked(&cmds, group("A"));
    let cmds = stage.key("ctrl-r");
    stage.reply(id, page(&[("stale", ObjectKind::User)]));
    stage.reply(asked(&cmds, group("A")), page(&[]));
    assert_eq!(rows(&stage), [".A <"]);
    assert_eq!(stage.key("esc"), []);
}

#[test]
fn all_levels_come_as_one_list_of_this_group_only() {
    let mut stage = Stage::with_threads();
    stage.key("2");
    let cmds = stage.key("v");
    let Some(Cmd::Send(request)) = cmds.first() else {
        panic!("{cmds:?}")
    };
    let group = "A".into();
    assert_eq!(
        request.job,
        crate::protocol::Job::Read(Lane::Members, Query::Everyone { group })
    );
    stage.reply(asked(&cmds, Lane::Members), page(&[("far", ObjectKind::User)]));
    assert_eq!(shown(&stage.model.members.list), ["far"]);
    stage.keys("1 j");
    let cmds = stage.wait(150);
    stage.reply(asked(&cmds, Lane::Members), page(&[("other", ObjectKind::User)]));
    stage.key("k");
    stage.wait(150);
    assert_eq!(
        shown(&stage.model.members.list),
        Vec::<&str>::new(),
        "not all levels in the place of the direct members"
    );
    stage.key("2");
    let cmds = stage.keys("v v");
    assert_eq!(lanes(&cmds), [Lane::Members, Lane::Members]);
}

/// The tree of "A" with "B" open, which holds "mio", another "ren" and "C"; nothing of "C" was read.
fn grown() -> Stage {
    let mut stage = opened();
    let cmds = stage.keys("j j j l");
    stage.reply(
        asked(&cmds, group("B in A")),
        page(&[
            ("mio", ObjectKind::User),
            ("ren", ObjectKind::User),
            ("C", ObjectKind::Group),
        ]),
    );
    stage
}

#[test]
fn a_filter_shows_hits_with_all_that_stands_above_them() {
    let mut stage = grown();
    stage.keys("k h g /");
    let cmds = stage.types("mi");
    stage.filter_all(&cmds);
    assert_eq!(rows(&stage), ["-A", "  -B", "    .mio <"], "what was closed, too");
    stage.key("enter");
    assert_eq!(stage.model.place(), Place::Nested);
    stage.keys("k h");
    assert_eq!(rows(&stage), ["-A", "  -B <", "    .mio"], "a filter's rows stay");
    let cmds = stage.keys("j enter");
    assert_eq!(lanes(&cmds), [Lane::Profile]);
    stage.keys("esc esc");
    assert_eq!(stage.model.place(), Place::Nested, "the filter goes first");
    let all = [
        "-A",
        "  .ines",
        "  .ren",
        "  -B",
        "    .mio <",
        "    .ren",
        "    +C",
        "  .kiosk",
    ];
    assert_eq!(rows(&stage), all);
    stage.keys("/");
    let cmds = stage.types("ren");
    stage.filter_all(&cmds);
    assert_eq!(rows(&stage), ["-A", "  .ren <", "  -B", "    .ren"], "in each place");
    stage.keys("enter G l");
    assert_eq!(rows(&stage)[5], "    .ren <", "to that one, not to the other");
    stage.keys("/");
    let cmds = stage.types("zz");
    stage.filter_all(&cmds);
    assert_eq!(rows(&stage), Vec::<String>::new());
    stage.key("esc");
    assert_eq!(rows(&stage).len(), 8);
}

#[test]
fn what_comes_while_a_filter_is_in_force_is_looked_through() {
    let mut stage = opened();
    let cmds = stage.keys("j j j l");
    let id = asked(&cmds, group("B in A"));
    stage.keys("/");
    let cmds = stage.types("mi");
    stage.filter_all(&cmds);
    assert_eq!(rows(&stage), Vec::<String>::new());
    let cmds = stage.part(id, page(&[("mio", ObjectKind::User)]));
    stage.filter_all(&cmds);
    assert_eq!(rows(&stage), ["-A <", "  -B", "    .mio"]);
    let old = stage.reply(id, page(&[("mia", ObjectKind::User)]));
    // An answer meant for the tree before is none to this.
    stage.keys("enter esc esc n /");
    stage.types("mi");
    let before = stage.model.clone();
    stage.filter_all(&old);
    assert_eq!(stage.model, before);
}

#[test]
fn it_is_sorted_as_the_members_are_and_below_each_group() {
    let mut stage = grown();
    let cmds = stage.key("o");
    stage.filter_all(&cmds);
    let by_name = [
        "-A", "  .ines", "  -B <", "    +C", "    .mio", "    .ren", "  .kiosk", "  .ren",
    ];
    assert_eq!(rows(&stage), by_name, "owners first, the cursor on its group");
    assert_eq!(shown(&stage.model.members.list), ["ines", "B", "kiosk", "ren"]);
    let cmds = stage.key("O");
    stage.filter_all(&cmds);
    let backwards = [
        "-A", "  .ines", "  .ren", "  .kiosk", "  -B <", "    .ren", "    .mio", "    +C",
    ];
    assert_eq!(rows(&stage), backwards);
    // More comes: at the end, until it is sorted.
    let cmds = stage.keys("G l");
    let cmds = stage.reply(
        asked(&cmds, group("C in B in A")),
        page(&[("ana", ObjectKind::User), ("zoe", ObjectKind::User)]),
    );
    assert_eq!(rows(&stage)[8..], ["      .ana", "      .zoe"]);
    stage.filter_all(&cmds);
    assert_eq!(rows(&stage)[7..], ["    -C <", "      .zoe", "      .ana"]);
    // By the columns that are left, and then as they came.
    let cmds = stage.keys("o o o");
    stage.filter_all(&cmds);
    let came = ["-A", "  .ines", "  .ren", "  -B", "    .mio", "    .ren", "    -C <"];
    assert_eq!(
        (stage.model.members.order, &rows(&stage)[..7]),
        (None, &came.map(str::to_owned)[..])
    );
    // The next tree is sorted from the start.
    let cmds = stage.keys("o esc n");
    stage.filter_all(&cmds);
    assert_eq!(rows(&stage), ["-A <", "  .ines", "  +B", "  .kiosk", "  .ren"]);
}

#[test]
fn what_the_store_has_of_a_group_is_shown_at_once_with_its_age() {
    let mut stage = opened();
    let cmds = stage.keys("j j j l");
    let below = asked(&cmds, group("B in A"));
    let kept = page(&[
        ("gone", ObjectKind::User),
        ("mio", ObjectKind::User),
        ("C", ObjectKind::Group),
    ]);
    stage.answer(below, Part::Kept(noon(-120)), Ok(kept));
    assert_eq!(
        rows(&stage)[3..],
        ["  -B <", "    .gone", "    .mio", "    +C", "  .kiosk"]
    );
    assert_eq!(nested(&stage).tree.kept(), Some(noon(-120)));
    stage.keys("j j j");
    stage.part(below, page(&[("new", ObjectKind::User), ("C", ObjectKind::Group)]));
    assert_eq!(
        rows(&stage)[4..],
        ["    .gone", "    .mio", "    +C <", "  .kiosk"],
        "not yet complete"
    );
    stage.reply(below, page(&[("mio", ObjectKind::User), ("mio", ObjectKind::User)]));
    assert_eq!(rows(&stage)[4..], ["    .new", "    +C <", "    .mio", "  .kiosk"]);
    assert_eq!((nested(&stage).tree.kept(), nested(&stage).tree.known()), (None, 8));
    // Without a network it is the store's; what is denied goes.
    for (why, shown) in [
        (problem(), true),
        (Problem::new(ProblemKind::Forbidden, "No.", ""), false),
    ] {
        let mut stage = opened();
        let cmds = stage.keys("j j j l");
        let below = asked(&cmds, group("B in A"));
        stage.answer(below, Part::Kept(noon(-120)), Ok(page(&[("mio", ObjectKind::User)])));
        stage.answer(below, Part::Last, Err(why));
        assert_eq!(rows(&stage)[4].as_str() == "    .mio", shown);
        assert_eq!(nested(&stage).tree.kept().is_some(), shown);
    }
}

#[test]
fn a_group_that_stands_in_two_places_is_read_in_both_at_once() {
    // "C" is in "B", and in "A" as well.
    let mut stage = Stage::with_threads();
    let cmds = stage.keys("2 ctrl-r");
    let both = page(&[("B", ObjectKind::Group), ("C", ObjectKind::Group)]);
    stage.reply(asked(&cmds, Lane::Members), both);
    let cmds = stage.keys("n j l");
    stage.reply(asked(&cmds, group("B in A")), page(&[("C", ObjectKind::Group)]));
    assert_eq!(rows(&stage), ["-A", "  -B <", "    +C", "  +C"]);
    let first = asked(&stage.keys("j l"), group("C in B in A"));
    let second = asked(&stage.keys("j l"), group("C in A"));
    for id in [first, second] {
        stage.reply(id, page(&[("mio", ObjectKind::User)]));
    }
    assert_eq!(
        rows(&stage),
        ["-A", "  -B", "    -C", "      .mio", "  -C <", "    .mio"]
    );
}

#[test]
fn what_failed_half_way_comes_once_when_it_is_read_again() {
    let mut stage = opened();
    let cmds = stage.keys("j j j l");
    let id = asked(&cmds, group("B in A"));
    let half = ["p1", "p2", "p3", "p4"].map(|id| (id, ObjectKind::User));
    stage.part(id, page(&half));
    stage.fail(id);
    let cmds = stage.key("l");
    assert_eq!(under_cursor_of(&stage), "B", "it is read again, and not entered");
    let id = asked(&cmds, group("B in A"));
    stage.part(id, page(&half));
    stage.reply(id, page(&[("p5", ObjectKind::User)]));
    assert_eq!(
        rows(&stage)[3..],
        [
            "  -B <", "    .p1", "    .p2", "    .p3", "    .p4", "    .p5", "  .kiosk"
        ]
    );
}
