//! The members pane: columns, sorting, and what is made of it all.

use super::fixture::*;
use crate::app::{Cmd, Column, Haystack, Order};
use crate::domain::{ObjectKind, Role};
use crate::keys::Place;
use crate::layout::Pane;
use crate::protocol::{Lane, Payload};

/// The members have the keyboard.
fn in_members() -> Stage {
    let mut stage = Stage::with_threads();
    stage.key("2");
    stage
}

fn page(ids: &[&str]) -> Payload {
    Payload::Members {
        page: ids
            .iter()
            .map(|id| member(id, ObjectKind::User, Role::Member))
            .collect(),
        total: None,
    }
}

fn order(stage: &Stage) -> Option<(Column, bool)> {
    stage.model.members.order.map(|order| (order.column, order.reversed))
}

/// How many members each sorting looks at that commands ask for.
fn sortings(cmds: &[Cmd]) -> Vec<usize> {
    let looked_at = |cmd: &Cmd| match cmd {
        Cmd::Filter {
            haystack: Haystack::Members(pages, Some(_)),
            ..
        } => Some(pages.len()),
        _ => None,
    };
    cmds.iter().filter_map(looked_at).collect()
}

#[test]
fn sorting_goes_through_the_shown_columns_and_back_to_none() {
    let mut stage = in_members();
    let cmds = stage.key("o");
    assert_eq!(
        shown(&stage.model.members.list),
        ["ines", "ren", "B", "kiosk"],
        "not before the answer"
    );
    stage.filter_all(&cmds);
    assert_eq!(order(&stage), Some((Column::Name, false)));
    assert_eq!(
        shown(&stage.model.members.list),
        ["ines", "B", "kiosk", "ren"],
        "owners first"
    );
    stage.key("G");
    let cmds = stage.key("O");
    stage.filter_all(&cmds);
    assert_eq!(shown(&stage.model.members.list), ["ines", "ren", "kiosk", "B"]);
    assert_eq!(
        under_cursor(&stage.model.members.list),
        Some("ren"),
        "the cursor follows"
    );
    for column in [Column::Job, Column::Kind] {
        let cmds = stage.key("o");
        assert_eq!((order(&stage), sortings(&cmds)), (Some((column, false)), vec![4]));
        stage.filter_all(&cmds);
    }
    assert_eq!(shown(&stage.model.members.list), ["ines", "kiosk", "B", "ren"]);
    assert_eq!(stage.key("o"), []);
    assert_eq!(
        (order(&stage), shown(&stage.model.members.list)),
        (None, vec!["ines", "ren", "B", "kiosk"])
    );
    assert_eq!(under_cursor(&stage.model.members.list), Some("ren"));
    assert_eq!(stage.key("O"), []);
    assert!(stage.said().unwrap().contains("nothing is sorted"));
}

#[test]
fn what_matches_stays_sorted_and_so_does_everything_again() {
    let mut stage = in_members();
    let cmds = stage.keys("o O /");
    stage.filter_all(&cmds);
    let cmds = stage.types("n");
    stage.filter_all(&cmds);
    assert_eq!(shown(&stage.model.members.list), ["ines", "ren"]);
    let cmds = stage.key("enter");
    assert_eq!(cmds, []);
    let cmds = stage.key("o");
    stage.filter_all(&cmds);
    let cmds = stage.key("esc");
    assert_eq!(sortings(&cmds), [4], "all of them");
    stage.filter_all(&cmds);
    assert_eq!(shown(&stage.model.members.list).len(), 4);
    assert!(!stage.model.members.list.is_filtered());
}

#[test]
fn a_list_that_comes_is_sorted_whenever_it_has_doubled_and_at_its_end() {
    let mut stage = in_members();
    stage.key("o");
    let cmds = stage.keys("1 j");
    assert!(sortings(&cmds).is_empty());
    let cmds = stage.wait(150);
    let id = asked(&cmds, Lane::Members);
    let mut sorted = Vec::new();
    for at in 0..6 {
        let cmds = stage.part(id, page(&[&format!("b{at}"), &format!("a{at}")]));
        sorted.extend(sortings(&cmds));
        stage.filter_all(&cmds);
    }
    let cmds = stage.reply(id, page(&["c"]));
    sorted.extend(sortings(&cmds));
    stage.filter_all(&cmds);
    assert_eq!(sorted, [2, 4, 8, 13]);
    let all = [
        "a0", "a1", "a2", "a3", "a4", "a5", "b0", "b1", "b2", "b3", "b4", "b5", "c",
    ];
    assert_eq!(
        shown(&stage.model.members.list),
        all,
        "another group is sorted the same way"
    );
}

#[test]
fn a_list_that_breaks_off_is_sorted_as_far_as_it_came() {
    let mut stage = in_members();
    stage.keys("o 1 j");
    let cmds = stage.wait(150);
    let id = asked(&cmds, Lane::Members);
    for name in ["d", "c", "b"] {
        stage.part(id, page(&[name]));
    }
    let cmds = stage.fail(id);
    stage.filter_all(&cmds);
    assert_eq!(shown(&stage.model.members.list), ["b", "c", "d"]);
}

#[test]
fn the_chooser_shows_hides_and_sorts() {
    let mut stage = in_members();
    stage.key("c");
    assert_eq!(stage.model.place(), Place::Columns);
    stage.key("enter");
    assert_eq!(stage.said(), Some("The name is always shown."));
    stage.keys("j j enter");
    let cmds = stage.key("o");
    assert_eq!(sortings(&cmds), [4]);
    assert_eq!(order(&stage), Some((Column::Department, false)));
    stage.key("O");
    let (column, reversed) = (Column::Department, true);
    assert_eq!(stage.model.members.order, Some(Order { column, reversed }));
    stage.keys("k enter esc");
    assert_eq!(
        stage.model.members.columns.shown(),
        [Column::Name, Column::Department, Column::Kind]
    );
    stage.keys("c j j o");
    assert_eq!(order(&stage), None, "once more, and nothing is sorted");
}

#[test]
fn a_pane_has_the_whole_screen_until_it_gives_it_back() {
    let mut stage = in_members();
    stage.key("z");
    let laid = stage.model.arrangement();
    assert_eq!((laid.members, laid.groups, laid.threads), (Some(laid.body), None, None));
    stage.key("3");
    assert_eq!(
        stage.model.arrangement().threads,
        Some(laid.body),
        "whichever has the keyboard"
    );
    stage.keys("2 p");
    assert!(stage.model.arrangement().members.is_some_and(|area| area != laid.body));
    stage.keys("esc z");
    assert!(stage.model.arrangement().pane(Pane::Groups).is_some());
}
