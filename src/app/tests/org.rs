//! The org tree: the line above a person, whoever reports to any of them, and how two people stand to each other.

use std::sync::Arc;

use super::fixture::*;
use crate::app::{Below, Cmd, Filterable, Org};
use crate::domain::Person;
use crate::keys::Place;
use crate::protocol::{CardPart, Lane, Part, Payload, Problem, ProblemKind, Query};

pub(super) fn line(ids: &[&str]) -> Payload {
    Payload::Line(ids.iter().map(|id| person(id)).collect())
}

pub(super) fn page(ids: &[&str]) -> Payload {
    Payload::Reports(ids.iter().map(|id| Arc::new(person(id))).collect())
}

pub(super) fn org(stage: &Stage) -> &Org {
    stage.model.org.as_ref().expect("no tree is open")
}

/// The rows: an indent for each step, the sign of what is known of the reports, the id, and the cursor's mark.
pub(super) fn rows(stage: &Stage) -> Vec<String> {
    let org = org(stage);
    (0..org.tree.len())
        .map(|at| {
            let seen = org.tree.row(at).unwrap();
            let sign = match seen.below {
                Below::Open => "-",
                Below::Closed => "+",
                Below::Nothing => ".",
                Below::Again => "@",
                Below::Hidden(_) => "!",
            };
            let here = if at == org.tree.view().cursor { " <" } else { "" };
            let indent = "  ".repeat(seen.depth.into());
            format!("{indent}{sign}{}{here}", seen.item.id.as_str())
        })
        .collect()
}

/// The tree around "ines", who reports to "boss", who reports to "top". Nothing below the line was read.
pub(super) fn opened() -> (Stage, Vec<Cmd>) {
    let mut stage = Stage::with_threads();
    stage.key("2");
    let cmds = stage.key("t");
    assert_eq!(lanes(&cmds), [Lane::Line(0)]);
    assert_eq!(stage.model.place(), Place::Org);
    let cmds = stage.reply(asked(&cmds, Lane::Line(0)), line(&["ines", "boss", "top"]));
    (stage, cmds)
}

pub(super) fn reports(id: &str) -> Lane {
    Lane::Reports(id.into())
}

#[test]
fn the_line_is_shown_with_peers_and_reports_as_they_come() {
    let (mut stage, cmds) = opened();
    assert_eq!(rows(&stage), ["-top", "  -boss", "    -ines <"]);
    assert_eq!(lanes(&cmds), [reports("ines"), reports("boss")]);
    stage.part(asked(&cmds, reports("boss")), page(&["ren", "ines", "mio"]));
    assert_eq!(
        rows(&stage),
        ["-top", "  -boss", "    -ines <", "    +ren", "    +mio"],
        "nobody twice"
    );
    stage.reply(asked(&cmds, reports("boss")), page(&["kai"]));
    stage.reply(asked(&cmds, reports("ines")), page(&["a", "b"]));
    let all = [
        "-top",
        "  -boss",
        "    -ines <",
        "      +a",
        "      +b",
        "    +ren",
        "    +mio",
        "    +kai",
    ];
    assert_eq!(rows(&stage), all);
    let counted = |row| org(&stage).tree.row(row).unwrap().counted;
    assert!(counted(1) && !counted(0));
}

#[test]
fn rows_open_lazily_and_close_and_what_was_read_is_not_read_again() {
    let (mut stage, cmds) = opened();
    stage.reply(asked(&cmds, reports("ines")), page(&["a", "b"]));
    stage.keys("j");
    let cmds = stage.key("l");
    assert_eq!(lanes(&cmds), [reports("a")]);
    stage.reply(asked(&cmds, reports("a")), page(&["deep"]));
    assert_eq!(rows(&stage)[3..], ["      -a <", "        +deep", "      +b"]);
    assert_eq!(stage.key("l"), []);
    assert_eq!(rows(&stage)[4], "        +deep <", "an open one is entered");
    stage.key("h");
    assert_eq!(rows(&stage)[3], "      -a <", "a closed one leads to the manager");
    stage.keys("g h");
    assert_eq!(rows(&stage), ["+top <"]);
    let cmds = stage.key("l");
    assert_eq!(lanes(&cmds), [reports("top")], "of the line only one of them was known");
    let all = [
        "-top <",
        "  -boss",
        "    -ines",
        "      -a",
        "        +deep",
        "      +b",
    ];
    assert_eq!(rows(&stage), all, "all is as it was");
    stage.reply(asked(&cmds, reports("top")), page(&["boss"]));
    stage.keys("h");
    assert_eq!(stage.key("l"), []);
}

#[test]
fn pages_that_come_above_the_cursor_leave_it_on_its_person() {
    let (mut stage, cmds) = opened();
    stage.reply(asked(&cmds, reports("boss")), page(&["ren"]));
    stage.key("G");
    assert_eq!(rows(&stage)[3], "    +ren <");
    stage.reply(asked(&cmds, reports("ines")), page(&["a", "b"]));
    assert_eq!(rows(&stage)[5], "    +ren <");
}

#[test]
fn a_circle_and_nobody_are_said() {
    let (mut stage, cmds) = opened();
    stage.reply(asked(&cmds, reports("ines")), page(&["top"]));
    stage.reply(asked(&cmds, reports("boss")), page(&[]));
    assert_eq!(rows(&stage), ["-top", "  -boss", "    -ines <", "      @top"]);
    stage.key("j");
    assert_eq!(stage.key("l"), [], "it stands above already");
    let mut alone = Stage::with_threads();
    let cmds = alone.keys("2 t");
    let cmds = alone.reply(asked(&cmds, Lane::Line(0)), line(&["ines"]));
    alone.reply(asked(&cmds, reports("ines")), page(&[]));
    assert_eq!(rows(&alone), [".ines <"], "no manager: the top");
}

#[test]
fn what_may_not_be_seen_is_said_and_the_rest_is_shown() {
    let forbidden = || Err(Problem::new(ProblemKind::Forbidden, "No.", ""));
    let mut stage = Stage::with_threads();
    let cmds = stage.keys("2 t");
    let cmds = stage.answer(asked(&cmds, Lane::Line(0)), Part::Last, forbidden());
    assert_eq!(rows(&stage), ["-ines <"]);
    let beside = stage.model.arrangement().profile.unwrap().content();
    assert_eq!(
        org(&stage).head(beside),
        ["hidden: needs User.Read.All — the line of managers"]
    );
    stage.answer(asked(&cmds, reports("ines")), Part::Last, forbidden());
    assert_eq!(rows(&stage), ["!ines <"]);
    assert_eq!(lanes(&stage.key("l")), [reports("ines")], "it is tried again");
}

#[test]
fn enter_shows_the_profile_and_escape_leads_back_step_by_step() {
    let (mut stage, _) = opened();
    stage.key("k");
    let cmds = stage.key("enter");
    let card = asked(&cmds, Lane::Profile);
    assert!(cmds.contains(&read(
        card.0.0,
        Lane::Profile,
        Query::Card {
            person: "boss".into(),
            mine: false
        }
    )));
    assert_eq!(stage.model.place(), Place::Profile);
    stage.part(card, Payload::Card(CardPart::Managers(vec![person("top")])));
    stage.key("esc");
    assert_eq!(
        (stage.model.place(), rows(&stage)[1].as_str()),
        (Place::Org, "  -boss <")
    );
    let cmds = stage.key("esc");
    assert!(cmds.contains(&Cmd::Abandon(reports("boss"))), "{cmds:?}");
    assert_eq!((stage.model.place(), &stage.model.org), (Place::Members, &None));
}

#[test]
fn it_opens_over_a_profile_and_for_oneself() {
    let mut stage = Stage::with_threads();
    stage.keys("2 p t");
    assert_eq!((stage.model.place(), stage.model.profiles.len()), (Place::Org, 1));
    stage.keys("esc");
    assert_eq!(stage.model.place(), Place::Profile);
    stage.keys("esc :");
    stage.types("around yourself");
    let cmds = stage.key("enter");
    let id = asked(&cmds, Lane::Line(0));
    assert!(cmds.contains(&read(id.0.0, Lane::Line(0), Query::Line { person: "me".into() })));
    stage.key("1");
    assert_eq!(stage.model.org, None, "another pane closes it");
}

#[test]
fn a_filter_shows_whoever_is_known_and_leaving_it_finds_their_place() {
    let (mut stage, cmds) = opened();
    stage.reply(asked(&cmds, reports("ines")), page(&["adalet", "bo"]));
    stage.keys("g h /");
    let cmds = stage.types("ada");
    assert!(matches!(
        cmds.last(),
        Some(Cmd::Filter {
            list: Filterable::Org,
            ..
        })
    ));
    stage.filter_all(&cmds);
    assert_eq!(rows(&stage), ["+adalet <"]);
    assert_eq!(org(&stage).tree.row(0).unwrap().under.unwrap().id, "ines".into());
    stage.keys("enter esc");
    assert_eq!(rows(&stage)[3], "      +adalet <", "all above it is open");
    assert_eq!(stage.model.place(), Place::Org);
}

/// How "ines" stands to someone, whose lines are given.
fn path(first: &[&str], second: &[&str]) -> Stage {
    let mut stage = Stage::with_threads();
    stage.keys("2 p T");
    let cmds = stage.types("ren");
    let more = stage.reply(asked(&cmds, Lane::Remembered), Payload::Remembered(Vec::new()));
    stage.filter_all(&more);
    let cmds = stage.key("enter");
    assert_eq!(lanes(&cmds), [Lane::Line(0), Lane::Line(1)]);
    // The second answers first.
    stage.reply(asked(&cmds, Lane::Line(1)), line(second));
    assert!(org(&stage).tree.is_empty());
    let more = stage.reply(asked(&cmds, Lane::Line(0)), line(first));
    assert_eq!(more, []);
    stage
}

#[test]
fn the_path_between_two_people_goes_over_the_manager_they_share() {
    let said = |stage: &Stage| org(stage).relation.clone().unwrap().to_string();
    let stage = path(&["ines", "boss", "top", "ceo"], &["ren", "mio", "top", "ceo"]);
    assert_eq!(rows(&stage), ["-top", "  -boss", "    +ines <", "  -mio", "    +ren"]);
    assert_eq!(
        said(&stage),
        "ines 花子 and ren 花子 share the manager top 花子, 2 levels up."
    );
    let stage = path(&["ines", "ren", "top"], &["ren", "top"]);
    assert_eq!(rows(&stage), ["-ren", "  +ines <"]);
    let stage = path(&["ines", "a"], &["ren", "b"]);
    assert_eq!(rows(&stage), ["-a", "  +ines <", "-b", "  +ren"]);
    assert!(said(&stage).starts_with("No manager was found"));
}

#[test]
fn many_reports_take_their_rows_once() {
    let (mut stage, cmds) = opened();
    let id = asked(&cmds, reports("ines"));
    for hundred in 0..50 {
        let people: Vec<Person> = (0..100).map(|at| person(&format!("p{hundred}-{at}"))).collect();
        stage.part(id, Payload::Reports(people.into_iter().map(Arc::new).collect()));
    }
    stage.reply(id, page(&[]));
    assert_eq!(org(&stage).tree.len(), 5003);
    stage.key("G");
    assert_eq!(org(&stage).tree.selected().unwrap().id, "p49-99".into());
    stage.keys("g j j h");
    assert_eq!(rows(&stage), ["-top", "  -boss", "    +ines <"]);
    stage.key("l");
    assert_eq!(org(&stage).tree.len(), 5003);
}

fn kept(stage: &mut Stage, id: Asked, payload: Payload) -> Vec<Cmd> {
    stage.answer(id, Part::Kept(noon(-120)), Ok(payload))
}

fn forbidden() -> Problem {
    Problem::new(ProblemKind::Forbidden, "No.", "")
}

#[test]
fn what_the_store_has_is_shown_with_its_age_and_stays_where_graph_says_the_same() {
    let mut stage = Stage::with_threads();
    let line_asked = asked(&stage.keys("2 t"), Lane::Line(0));
    let cmds = kept(&mut stage, line_asked, line(&["ines", "boss", "top"]));
    assert_eq!(rows(&stage), ["-top", "  -boss", "    -ines <"]);
    assert_eq!(lanes(&cmds), [reports("ines"), reports("boss")]);
    let below = asked(&cmds, reports("ines"));
    kept(&mut stage, below, page(&["a", "b", "gone"]));
    assert_eq!(org(&stage).kept(), Some(noon(-120)));
    stage.keys("j j");
    let all = ["-top", "  -boss", "    -ines", "      +a", "      +b <", "      +gone"];
    assert_eq!(rows(&stage), all);
    assert_eq!(stage.reply(line_asked, line(&["ines", "boss", "top"])), []);
    assert_eq!(rows(&stage), all, "the line is the same: nothing is read again");
    // The answer takes the place of the store's once it is complete.
    stage.part(below, page(&["new", "b"]));
    assert_eq!(rows(&stage), all);
    stage.reply(below, page(&["a"]));
    let all = ["-top", "  -boss", "    -ines", "      +new", "      +b <", "      +a"];
    assert_eq!(
        (rows(&stage), org(&stage).tree.known()),
        (all.map(str::to_owned).to_vec(), 6)
    );
    assert_eq!(org(&stage).kept(), None);
    // What comes too late changes nothing.
    let before = stage.model.clone();
    kept(&mut stage, below, page(&["old"]));
    kept(&mut stage, line_asked, line(&["old"]));
    assert_eq!(stage.model, before);
}

#[test]
fn whoever_is_open_below_stays_open_and_whoever_has_left_goes_with_all_below() {
    let mut stage = Stage::with_threads();
    let cmds = stage.keys("2 t");
    let cmds = kept(&mut stage, asked(&cmds, Lane::Line(0)), line(&["ines"]));
    let below = asked(&cmds, reports("ines"));
    kept(&mut stage, below, page(&["left", "stays"]));
    let cmds = stage.keys("j l");
    stage.reply(asked(&cmds, reports("left")), page(&["left-1"]));
    let cmds = stage.keys("j j l");
    stage.reply(asked(&cmds, reports("stays")), page(&["stays-1"]));
    assert_eq!(
        rows(&stage),
        ["-ines", "  -left", "    +left-1", "  -stays <", "    +stays-1"]
    );
    stage.keys("/");
    let cmds = stage.types("left");
    stage.filter_all(&cmds);
    stage.key("enter");
    let cmds = stage.reply(below, page(&["first", "stays"]));
    stage.filter_all(&cmds);
    assert!(org(&stage).tree.is_empty(), "nobody who has left is found");
    stage.key("esc");
    assert_eq!(rows(&stage), ["-ines", "  +first", "  -stays <", "    +stays-1"]);
    assert_eq!(org(&stage).tree.known(), 4);
}

#[test]
fn another_line_makes_another_tree_with_the_cursor_on_its_person() {
    let mut stage = Stage::with_threads();
    let id = asked(&stage.keys("2 t"), Lane::Line(0));
    kept(&mut stage, id, line(&["ines", "boss", "top"]));
    stage.keys("k");
    let cmds = stage.reply(id, line(&["ines", "boss", "ceo"]));
    assert_eq!(rows(&stage), ["-ceo", "  -boss <", "    -ines"]);
    assert_eq!(lanes(&cmds), [reports("ines"), reports("boss")]);
    assert_eq!(org(&stage).kept(), None);
}

#[test]
fn without_a_network_the_tree_is_that_of_the_store_and_what_is_denied_goes() {
    for (why, lines, below) in [(problem(), 4, true), (forbidden(), 1, false)] {
        let mut stage = Stage::with_threads();
        let id = asked(&stage.keys("2 t"), Lane::Line(0));
        let cmds = kept(&mut stage, id, line(&["ines", "boss", "top"]));
        let ines = asked(&cmds, reports("ines"));
        kept(&mut stage, ines, page(&["a"]));
        stage.answer(ines, Part::Last, Err(why.clone()));
        assert_eq!(rows(&stage).len(), if below { 4 } else { 3 }, "{why:?}");
        assert_eq!(rows(&stage)[2], if below { "    -ines <" } else { "    !ines <" });
        stage.answer(id, Part::Last, Err(why.clone()));
        assert_eq!(rows(&stage).len(), lines, "{why:?}");
        assert_eq!(org(&stage).kept().is_some(), below);
        assert!(org(&stage).problem().is_some());
    }
}

#[test]
fn a_path_is_shown_from_the_store_once_both_lines_are_known() {
    let mut stage = Stage::with_threads();
    stage.keys("2 p T");
    let cmds = stage.types("ren");
    let more = stage.reply(asked(&cmds, Lane::Remembered), Payload::Remembered(Vec::new()));
    stage.filter_all(&more);
    let cmds = stage.key("enter");
    kept(&mut stage, asked(&cmds, Lane::Line(1)), line(&["ren", "top"]));
    assert!(org(&stage).tree.is_empty());
    stage.reply(asked(&cmds, Lane::Line(0)), line(&["ines", "top"]));
    assert!(org(&stage).relation.is_some());
    assert_eq!((rows(&stage).len(), org(&stage).kept()), (3, Some(noon(-120))));
    stage.reply(asked(&cmds, Lane::Line(1)), line(&["ren", "top"]));
    assert_eq!((rows(&stage).len(), org(&stage).kept()), (3, None));
}
