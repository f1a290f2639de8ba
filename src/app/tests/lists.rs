//! Lists: pages, the cursor that follows its item, filters.

use super::fixture::*;
use crate::app::{Cmd, Filterable, What};
use crate::layout::Pane;
use crate::protocol::{Lane, Payload};

#[test]
fn the_first_page_is_shown_at_once_and_the_rest_joins_it() {
    let mut stage = Stage::new();
    stage.tell(What::Started);
    stage.part(1, groups(&["A", "B"]));
    assert_eq!(shown(&stage.model.groups.list), ["A", "B"]);
    assert!(stage.model.groups.list.items.is_loading());
    stage.key("j");
    stage.part(1, groups(&["C"]));
    stage.reply(1, groups(&[]));
    assert_eq!(shown(&stage.model.groups.list), ["A", "B", "C"]);
    assert_eq!(under_cursor(&stage.model.groups.list), Some("B"));
    assert!(!stage.model.groups.list.items.is_loading());
}

#[test]
fn a_problem_after_the_first_page_keeps_the_page() {
    let mut stage = Stage::new();
    stage.tell(What::Started);
    stage.part(1, groups(&["A", "B"]));
    stage.fail(1);
    assert_eq!(shown(&stage.model.groups.list), ["A", "B"]);
    assert_eq!(stage.model.groups.list.items.problem(), Some(&problem()));
}

#[test]
fn a_list_read_again_is_replaced_when_it_is_complete_and_the_cursor_follows_its_item() {
    for (fresh, under, rest) in [
        (vec!["X", "C", "B", "A"], "B", "the item, wherever it is"),
        (vec!["X", "Y"], "Y", "the place, where the item is gone"),
        (vec!["X"], "X", "the last, where the place is gone too"),
    ] {
        let mut stage = Stage::with_groups();
        stage.key("j");
        let cmds = stage.key("ctrl-r");
        let id = asked(&cmds, Lane::Groups);
        let (first, more) = fresh.split_at(1);
        stage.part(id, groups(first));
        assert_eq!(shown(&stage.model.groups.list), ["A", "B", "C", "list"]);
        assert_eq!(stage.model.groups.list.gathered(), 1);
        stage.reply(id, groups(more));
        assert_eq!(shown(&stage.model.groups.list), fresh);
        assert_eq!(under_cursor(&stage.model.groups.list), Some(under), "{rest}");
    }
}

#[test]
fn moving_stays_in_the_list_and_in_view() {
    let names: Vec<String> = (0..50).map(|at| format!("g{at}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    // (keys, place of the cursor, first visible) with 18 rows.
    let rows = [
        ("k", 0, 0),
        ("j", 1, 0),
        ("G", 49, 32),
        ("k", 48, 32),
        ("g", 0, 0),
        ("ctrl-d", 9, 0),
        ("pagedown", 18, 1),
        ("space", 27, 10),
        ("ctrl-u", 18, 10),
        ("pageup", 9, 9),
        ("up", 8, 8),
        ("end", 49, 32),
        ("j", 49, 32),
        ("home", 0, 0),
    ];
    let mut stage = Stage::new();
    stage.tell(What::Started);
    stage.reply(1, groups(&names));
    assert_eq!(stage.model.arrangement().page(Pane::Groups), 18);
    for (key, cursor, top) in rows {
        stage.key(key);
        let list = &stage.model.groups.list;
        assert_eq!((list.cursor, list.top), (cursor, top), "after {key}");
    }
    stage.key("G");
    stage = stage.resized(120, 24);
    let list = &stage.model.groups.list;
    assert_eq!(
        (list.cursor, list.top),
        (49, 40),
        "a smaller pane keeps the cursor in view"
    );
    stage = stage.resized(120, 100);
    assert_eq!(stage.model.groups.list.top, 2, "and a larger one is filled");
}

#[test]
fn on_slow_lines_pages_turn() {
    let names: Vec<String> = (0..50).map(|at| format!("g{at}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut stage = Stage::with(120, 40, |settings| settings.low_bandwidth = true);
    stage.tell(What::Started);
    stage.reply(1, groups(&names));
    for _ in 0..18 {
        stage.key("j");
    }
    let list = &stage.model.groups.list;
    assert_eq!((list.cursor, list.top), (18, 18));
    stage.key("k");
    let list = &stage.model.groups.list;
    assert_eq!((list.cursor, list.top), (17, 0));
}

/// The needle, the generation and where to look, of the one filtering that commands ask for.
fn filtering(cmds: &[Cmd]) -> (&str, u64, Option<&[u32]>) {
    match cmds {
        [
            Cmd::Filter {
                needle,
                generation,
                within,
                ..
            },
        ] => (needle, *generation, within.as_deref()),
        other => panic!("not one filtering: {other:?}"),
    }
}

#[test]
fn a_filter_narrows_as_it_is_typed() {
    let mut stage = Stage::with_groups();
    let members = stage.wait(150);
    stage.reply(asked(&members, Lane::Members), super::fixture::members());
    stage.keys("2 /");
    let cmds = stage.types("r");
    assert_eq!(filtering(&cmds), ("r", 2, None));
    assert_eq!(
        shown(&stage.model.members.list).len(),
        4,
        "nothing is hidden before the answer"
    );
    assert!(!stage.model.members.list.is_filter_current());
    stage.filter_all(&cmds);
    assert_eq!(shown(&stage.model.members.list), ["ren"]);
    let cmds = stage.types("e");
    assert_eq!(filtering(&cmds), ("re", 3, Some(&[1][..])), "only what matched before");
    stage.filter_all(&cmds);
    let cmds = stage.key("backspace");
    assert_eq!(filtering(&cmds), ("r", 4, None), "a shorter needle looks everywhere");
    assert_eq!(stage.key("left"), [], "nothing was typed");
    stage.filter_all(&cmds);
    stage.key("enter");
    assert!(stage.model.members.list.is_filtered(), "Enter keeps the filter");
    stage.key("esc");
    assert_eq!(shown(&stage.model.members.list), ["ines", "ren", "B", "kiosk"]);
    assert_eq!(
        under_cursor(&stage.model.members.list),
        Some("ren"),
        "and the cursor its item"
    );
    assert_eq!(stage.model.focus, Pane::Members, "the first Esc only clears");
    stage.key("esc");
    assert_eq!(stage.model.focus, Pane::Groups);
}

#[test]
fn only_the_newest_filtering_is_answered() {
    let mut stage = Stage::with_groups();
    stage.key("/");
    let old = stage.types("A");
    let new = stage.types("@");
    let Cmd::Filter { generation, .. } = &old[0] else {
        panic!("{old:?}")
    };
    assert_ignored(
        &mut stage,
        What::Filtered {
            list: Filterable::Pane(Pane::Groups),
            generation: *generation,
            shown: [2].into(),
        },
    );
    stage.filter_all(&new);
    assert_eq!(shown(&stage.model.groups.list), ["A"]);
    stage.key("esc");
    assert_ignored(
        &mut stage,
        What::Filtered {
            list: Filterable::Pane(Pane::Groups),
            generation: 2,
            shown: [2].into(),
        },
    );
}

#[test]
fn a_filter_puts_the_cursor_on_the_best_match_and_rests_there() {
    let mut stage = Stage::with_groups();
    stage.wait(150);
    stage.keys("G /");
    let cmds = stage.types("C");
    stage.filter_all(&cmds);
    assert_eq!(under_cursor(&stage.model.groups.list), Some("C"));
    stage.wait(150);
    assert_eq!(stage.model.group, Some(group("C")));
}

#[test]
fn down_and_up_walk_the_matches_while_typing() {
    let mut stage = Stage::with_groups();
    stage.key("/");
    let cmds = stage.types("folkvale");
    stage.filter_all(&cmds);
    let start = under_cursor(&stage.model.groups.list).map(str::to_owned);
    stage.keys("down ctrl-n");
    assert_eq!(stage.model.groups.list.cursor, 2);
    stage.keys("up ctrl-p");
    assert_eq!(under_cursor(&stage.model.groups.list), start.as_deref());
    assert!(stage.model.prompt.is_some());
}

#[test]
fn items_that_come_under_a_filter_are_filtered_and_the_cursor_stays() {
    let mut stage = Stage::new();
    stage.tell(What::Started);
    stage.part(1, groups(&["A1", "B1", "A2"]));
    stage.key("/");
    let cmds = stage.types("A");
    stage.filter_all(&cmds);
    stage.keys("enter j");
    let under = under_cursor(&stage.model.groups.list).map(str::to_owned);
    let cmds = stage.reply(1, groups(&["A0", "B0"]));
    assert_eq!(filtering(&cmds[..1]), ("A", 2, None));
    stage.filter_all(&cmds);
    assert_eq!(stage.model.groups.list.len(), 3);
    assert_eq!(under_cursor(&stage.model.groups.list), under.as_deref());
    let cmds = stage.key("ctrl-r");
    let cmds = stage.reply(asked(&cmds, Lane::Groups), groups(&["A9", "A2", "A1", "B1"]));
    stage.filter_all(&cmds);
    assert_eq!(stage.model.groups.list.len(), 3);
    assert_eq!(under_cursor(&stage.model.groups.list), under.as_deref());
}

#[test]
fn a_longer_needle_looks_at_what_came_meanwhile_too() {
    let mut stage = Stage::new();
    stage.tell(What::Started);
    stage.part(1, groups(&["A1", "B1"]));
    stage.key("/");
    let cmds = stage.types("A");
    stage.filter_all(&cmds);
    // Another page comes, and typing goes on before it has been looked through.
    let unanswered = stage.reply(1, groups(&["A12", "B12"]));
    assert_eq!(filtering(&unanswered[..1]), ("A", 2, None));
    let cmds = stage.types("1");
    assert_eq!(filtering(&cmds), ("A1", 3, None));
    stage.filter_all(&cmds);
    assert_eq!(shown(&stage.model.groups.list), ["A1", "A12"]);
    let cmds = stage.types("2");
    assert_eq!(filtering(&cmds), ("A12", 4, Some(&[0, 2][..])));
}

#[test]
fn a_filtered_list_keeps_its_cursor_in_view() {
    let names: Vec<String> = (0..100).map(|at| format!("g{at}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut stage = Stage::new();
    stage.tell(What::Started);
    stage.part(1, groups(&names));
    stage.key("/");
    let cmds = stage.types("g");
    stage.filter_all(&cmds);
    stage.keys("enter G k");
    let row = stage.model.groups.list.cursor - stage.model.groups.list.top;
    let cmds = stage.reply(1, groups(&["last"]));
    stage.filter_all(&cmds);
    let list = &stage.model.groups.list;
    assert_eq!(list.cursor - list.top, row, "on the same row of the screen");
}

#[test]
fn a_filter_that_matches_nothing_shows_nothing_and_opens_nothing() {
    let mut stage = Stage::with_groups();
    stage.wait(150);
    stage.key("/");
    let cmds = stage.types("zzzz");
    stage.filter_all(&cmds);
    assert!(stage.model.groups.list.is_empty());
    assert_eq!(stage.wait(150), []);
    assert_eq!(stage.keys("enter enter j k G g y"), []);
    stage.key("esc");
    assert_eq!(under_cursor(&stage.model.groups.list), Some("A"));
}

#[test]
fn members_of_a_page_join_and_the_total_is_kept() {
    let mut stage = Stage::with_groups();
    let cmds = stage.wait(150);
    let id = asked(&cmds, Lane::Members);
    stage.part(id, members());
    let more = Payload::Members {
        page: [].into(),
        total: None,
    };
    stage.reply(id, more);
    assert_eq!(stage.model.members.total, Some(4));
    assert_eq!(shown(&stage.model.members.list), ["ines", "ren", "B", "kiosk"]);
}

#[test]
fn marks_stand_for_themselves_in_a_filter_and_each_letter_narrows_it() {
    for mark in ["!", "^", "'", "$", "!^'"] {
        let mut stage = Stage::new();
        stage.tell(What::Started);
        let named = format!("{mark}bu 会議");
        stage.reply(1, groups(&["bus", "other", &named, "bye"]));
        stage.key("/");
        let typed = format!("{mark}bu");
        for (count, letter) in typed.chars().enumerate() {
            let cmds = stage.types(&letter.to_string());
            stage.filter_all(&cmds);
            let letters: String = typed.chars().take(count + 1).collect();
            assert_eq!(shown(&stage.model.groups.list), [&named], "{letters}");
        }
    }
}
