//! Trees that are read again: they stay on the screen as they are, and each branch changes where it stands once its answer
//! is complete.

use super::fixture::*;
use super::{nested, org};
use crate::app::{Below, Cmd};
use crate::domain::{ObjectKind, Person};
use crate::protocol::{Lane, Payload, Problem, ProblemKind};

/// The tree around "ines", with reports of "ines" and "boss", "ren" among the latter open, and the cursor in the middle.
fn around_ines() -> Stage {
    let (mut stage, cmds) = org::opened();
    stage.reply(asked(&cmds, org::reports("boss")), org::page(&["ines", "ren", "mio"]));
    stage.reply(asked(&cmds, org::reports("ines")), org::page(&["花子", "b"]));
    let cmds = stage.keys("j j j l");
    stage.reply(asked(&cmds, org::reports("ren")), org::page(&["under"]));
    stage.key("j");
    stage
}

const AROUND_INES: [&str; 8] = [
    "-top",
    "  -boss",
    "    -ines",
    "      +花子",
    "      +b",
    "    -ren",
    "      +under <",
    "    +mio",
];

#[test]
fn an_org_tree_stays_as_it_is_while_its_line_and_its_branches_are_read_again() {
    let mut stage = around_ines();
    assert_eq!(org::rows(&stage), AROUND_INES);
    let cmds = stage.key("ctrl-r");
    let branches = ["boss", "ines", "ren"].map(org::reports);
    assert_eq!(lanes(&cmds)[0], Lane::Line(0));
    assert!(branches.iter().all(|lane| lanes(&cmds).contains(lane)), "{cmds:?}");
    assert_eq!(lanes(&cmds).len(), 4, "whom nobody has asked about is not read");
    assert_eq!(org::rows(&stage), AROUND_INES);
    let more = stage.reply(asked(&cmds, Lane::Line(0)), org::line(&["ines", "boss", "top"]));
    assert_eq!(
        (more, org::rows(&stage)),
        (vec![], AROUND_INES.map(str::to_owned).to_vec())
    );
    let ines = asked(&cmds, org::reports("ines"));
    stage.part(ines, org::page(&["new"]));
    assert_eq!(org::rows(&stage), AROUND_INES, "it is not complete");
    stage.reply(ines, org::page(&["花子"]));
    stage.reply(asked(&cmds, org::reports("ren")), org::page(&["over", "under"]));
    stage.reply(asked(&cmds, org::reports("boss")), org::page(&["ren", "ines"]));
    let all = [
        "-top",
        "  -boss",
        "    -ines",
        "      +new",
        "      +花子",
        "    -ren",
        "      +over",
        "      +under <",
    ];
    assert_eq!(org::rows(&stage), all, "whoever is of the line stays in front");
    assert_eq!(org::org(&stage).stale(), None);
}

#[test]
fn without_a_network_a_tree_is_as_it_was_and_says_that_it_is_old() {
    for why in [problem(), Problem::new(ProblemKind::Forbidden, "No.", "")] {
        let mut stage = around_ines();
        let cmds = stage.key("ctrl-r");
        for lane in lanes(&cmds) {
            stage.answer(asked(&cmds, lane), crate::protocol::Part::Last, Err(why.clone()));
        }
        assert_eq!(org::rows(&stage), AROUND_INES);
        assert_eq!(org::org(&stage).stale(), Some(&why));
        assert_eq!(org::org(&stage).kept(), None, "it is not the store's");
        // And once more, until it works.
        let cmds = stage.key("ctrl-r");
        assert_eq!(lanes(&cmds).len(), 4);
        stage.reply(asked(&cmds, org::reports("ren")), org::page(&[]));
        assert_eq!(org::rows(&stage)[5..], ["    .ren", "    +mio <"]);
    }
}

#[test]
fn a_line_that_cannot_be_seen_leaves_the_tree_alone_when_it_is_read_again() {
    let forbidden = || Err(Problem::new(ProblemKind::Forbidden, "No.", ""));
    let last = crate::protocol::Part::Last;
    let mut stage = Stage::with_threads();
    let cmds = stage.keys("2 t");
    let cmds = stage.answer(asked(&cmds, Lane::Line(0)), last, forbidden());
    stage.reply(asked(&cmds, org::reports("ines")), org::page(&["a", "b"]));
    stage.key("G");
    let all = ["-ines", "  +a", "  +b <"];
    assert_eq!(org::rows(&stage), all);
    let cmds = stage.key("ctrl-r");
    assert_eq!(org::rows(&stage), all);
    let line = asked(&cmds, Lane::Line(0));
    assert_eq!(stage.answer(line, last, forbidden()), []);
    assert_eq!(org::rows(&stage), all);
    // Somebody has granted it meanwhile.
    let cmds = stage.key("ctrl-r");
    let cmds = stage.reply(asked(&cmds, Lane::Line(0)), org::line(&["ines", "boss"]));
    assert_eq!(org::rows(&stage)[..2], ["-boss", "  -ines <"]);
    assert!(
        cmds.contains(&Cmd::Abandon(org::reports("ines"))),
        "what is read for nobody ends"
    );
    assert_eq!(lanes(&cmds), [org::reports("ines"), org::reports("boss")]);
}

#[test]
fn a_filtered_tree_is_looked_through_again_when_it_is_read_again() {
    let mut stage = around_ines();
    stage.key("/");
    let cmds = stage.types("und");
    stage.filter_all(&cmds);
    stage.key("enter");
    assert_eq!(org::rows(&stage), ["+under <"]);
    let cmds = stage.key("ctrl-r");
    assert_eq!(org::rows(&stage), ["+under <"]);
    let found: Vec<Person> = ["under", "under-two"].map(person).into();
    let found = Payload::Reports(found.into_iter().map(std::sync::Arc::new).collect());
    let cmds = stage.reply(asked(&cmds, org::reports("ren")), found);
    stage.filter_all(&cmds);
    assert_eq!(org::rows(&stage), ["+under <", "+under-two"]);
}

#[test]
fn nested_groups_stay_as_they_are_while_they_are_read_again() {
    let mut stage = nested::opened();
    let cmds = stage.keys("j j j l");
    let kiosk = [("mio", ObjectKind::User), ("C", ObjectKind::Group)];
    stage.reply(asked(&cmds, nested::group("B in A")), nested::page(&kiosk));
    let cmds = stage.keys("j j l");
    stage.reply(asked(&cmds, nested::group("C in B in A")), nested::page(&[]));
    let all = ["-A", "  .ines", "  .ren", "  -B", "    .mio", "    .C <", "  .kiosk"];
    assert_eq!(nested::rows(&stage), all);
    let cmds = stage.key("ctrl-r");
    let read = ["A", "B in A", "C in B in A"].map(nested::group);
    assert_eq!(lanes(&cmds), read);
    assert_eq!(
        nested::rows(&stage),
        all,
        "of an empty one, too, it is not forgotten that it is"
    );
    for lane in read {
        stage.fail(asked(&cmds, lane));
    }
    assert_eq!(nested::rows(&stage), all);
    assert_eq!(nested::nested(&stage).tree.stale(), Some(&problem()));
    let cmds = stage.key("ctrl-r");
    stage.reply(asked(&cmds, nested::group("B in A")), nested::page(&kiosk));
    stage.reply(
        asked(&cmds, nested::group("C in B in A")),
        nested::page(&[("new", ObjectKind::User)]),
    );
    let top = [("ren", ObjectKind::User), ("B", ObjectKind::Group)];
    stage.reply(asked(&cmds, nested::group("A")), nested::page(&top));
    let all = ["-A", "  .ren", "  -B", "    .mio", "    -C <", "      .new"];
    assert_eq!(nested::rows(&stage), all);
    assert_eq!(nested::nested(&stage).tree.stale(), None);
    assert_eq!(nested::nested(&stage).row(2).unwrap().below, Below::Open);
}
