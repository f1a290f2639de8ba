//! Quotes and signatures folded away.

use super::fixture::*;
use crate::app::Row;

const ANSWER: &str = "<p>Yes.</p><div>-- <br>Ann<br>山田 花子</div><div id=appendonsend></div><div id=divRplyFwdMsg><b>From:</b> Ben<br>\
    <b>Sent:</b> Monday</div><p>Shall we?</p><p>The lantern is lit.</p>";

/// What stands in the rows of a post, below its header.
fn rows(stage: &Stage, entry: usize) -> Vec<String> {
    let posts = &stage.model.posts;
    let row = |row| match posts.row(entry, row)? {
        Row::Body(_, line) => Some(line.text()),
        Row::Folded(fold, _) => Some(format!("{:?} {}", fold.kind, fold.lines.len())),
        _ => None,
    };
    (1..posts.height(entry)).filter_map(row).collect()
}

const FOLDED: [&str; 5] = ["Yes.", "", "Signature 3", "", "Quote 6"];

#[test]
fn the_history_and_the_signature_are_folded_until_somebody_wants_them() {
    let mut stage = Stage::with_posts(vec![post_saying("p0", "Shall we?"), post_saying("p1", ANSWER)]);
    assert_eq!(rows(&stage, 1), FOLDED);
    let height = stage.model.posts.height(1);
    stage.key("T");
    let open = rows(&stage, 1);
    assert_eq!(open.len(), 12);
    assert!(open.contains(&"The lantern is lit.".to_owned()));
    assert_eq!(stage.model.posts.height(1), height + 7);
    stage.key("T");
    assert_eq!(rows(&stage, 1), FOLDED);
    stage.keys("[ T");
    assert_eq!(stage.said(), Some("This post quotes nothing, and has no signature."));
}

#[test]
fn all_posts_are_folded_and_unfolded_together() {
    let mut stage = Stage::with_posts(vec![post_saying("p0", ANSWER), post_saying("p1", ANSWER)]);
    stage.key("T");
    assert_eq!((rows(&stage, 0).len(), rows(&stage, 1).len()), (5, 12));
    stage.key("ctrl-t");
    assert_eq!((rows(&stage, 0).len(), rows(&stage, 1).len()), (12, 12));
    stage.key("ctrl-t");
    assert_eq!((rows(&stage, 0).len(), rows(&stage, 1).len()), (5, 5));
}

#[test]
fn a_hit_in_what_is_folded_unfolds_it_and_nothing_else() {
    let mut stage = Stage::with_posts(vec![post_saying("p0", ANSWER), post("p1", 3)]);
    stage.key("/");
    let cmds = stage.types("lantern");
    stage.search_all(&cmds);
    assert_eq!(rows(&stage, 0), FOLDED, "nothing moves while one types");
    stage.key("enter");
    let shown = rows(&stage, 0);
    assert_eq!(shown.get(..4).unwrap_or_default(), &FOLDED[..4]);
    let at = shown.iter().position(|row| row == "The lantern is lit.").unwrap();
    assert!(stage.visible().contains(&(0, 1 + at)), "the hit is visible");
}

#[test]
fn every_row_of_a_folded_post_is_one_of_it_and_no_more() {
    let mut stage = Stage::with_posts(vec![post_saying("p0", ANSWER)]);
    for _ in 0..3 {
        let posts = &stage.model.posts;
        let height = posts.height(0);
        assert!((0..height).all(|row| posts.row(0, row).is_some()));
        assert_eq!(posts.row(0, height - 1), Some(Row::Gap));
        assert_eq!(posts.row(0, height), None);
        stage.key("T");
    }
}
