//! Groups in a group, as a tree.

use super::fixture::*;
use crate::app::{Below, Cmd, Nested};
use crate::domain::{ObjectKind, Role};
use crate::keys::Place;
use crate::protocol::{Lane, Payload, Query};

fn nested(stage: &Stage) -> &Nested {
    stage.model.nested.as_ref().expect("no tree is open")
}

/// The rows: an indent for each step, the sign of what is known of what is below, the id, and the cursor's mark.
fn rows(stage: &Stage) -> Vec<String> {
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
        let here = if at == nested.cursor { " <" } else { "" };
        let indent = "  ".repeat(row.depth.into());
        format!("{indent}{sign}{}{here}", row.member.object.id.as_str())
    };
    (0..nested.len()).map(row).collect()
}

fn page(members: &[(&str, ObjectKind)]) -> Payload {
    let member = |(id, kind): &(&str, ObjectKind)| member(id, kind.clone(), Role::Member);
    Payload::Members {
        page: members.iter().map(member).collect(),
        total: None,
    }
}

fn group(id: &str) -> Lane {
    Lane::Nested(id.into())
}

/// The tree of group "A", whose members the pane has.
fn opened() -> Stage {
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
    assert_eq!(lanes(&cmds), [group("B")]);
    stage.part(
        asked(&cmds, group("B")),
        page(&[("mio", ObjectKind::User), ("C", ObjectKind::Group)]),
    );
    stage.reply(asked(&cmds, group("B")), page(&[("A", ObjectKind::Group)]));
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
    assert!(cmds.contains(&Cmd::Abandon(group("A"))));
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
