//! Looking for words in the posts.

use super::fixture::*;
use crate::app::{Cmd, Purpose};
use crate::layout::Pane;
use crate::protocol::Lane;

/// The post and line of the hit that was walked to.
fn at(stage: &Stage) -> Option<(usize, usize)> {
    let search = &stage.model.posts.search;
    let hit = search.hits.get(search.at?)?;
    Some((hit.entry, hit.line))
}

fn stage() -> Stage {
    Stage::with_posts(vec![
        post_saying("p0", "灯籠 here<br>nothing<br>and 灯籠 there"),
        post("p1", 40),
        post_saying("p2", "שלום<br>灯籠"),
        post("p3", 2),
    ])
}

#[test]
fn hits_are_marked_while_typing_and_walked_round_the_ends() {
    let mut stage = stage();
    stage.keys("g /");
    assert_eq!(stage.model.prompt.as_ref().unwrap().purpose, Purpose::Search);
    stage.types("灯");
    assert_eq!(stage.model.posts.search.hits.len(), 3);
    assert_eq!(at(&stage), None, "nothing moves while one types");
    stage.types("籠");
    stage.key("enter");
    assert_eq!(at(&stage), Some((0, 0)));
    for (key, hit) in [
        ("n", (0, 2)),
        ("n", (2, 1)),
        ("n", (0, 0)),
        ("N", (2, 1)),
        ("N", (0, 2)),
    ] {
        stage.key(key);
        assert_eq!(at(&stage), Some(hit), "{key}");
        assert_eq!(stage.model.posts.cursor, hit.0);
        assert!(
            stage.visible().contains(&(hit.0, 1 + hit.1)),
            "{key}: the hit is visible"
        );
    }
}

#[test]
fn a_walk_begins_at_the_cursor() {
    let mut stage = stage();
    stage.key("/");
    stage.types("灯籠");
    stage.key("enter");
    assert_eq!(
        at(&stage),
        Some((0, 0)),
        "below the last post there is none: round the end"
    );
    stage.keys("esc [ /");
    stage.types("灯籠");
    assert_eq!(stage.model.posts.cursor, 0);
    stage.keys("esc ] ] /");
    stage.types("灯籠");
    stage.key("up");
    assert_eq!(at(&stage), Some((2, 1)));
    stage.key("down");
    assert_eq!(at(&stage), Some((0, 0)));
    stage.key("enter");
    assert_eq!(at(&stage), Some((0, 0)), "Enter stays where Down and Up have walked to");
}

#[test]
fn escape_takes_the_marks_away_before_it_goes_back() {
    let mut stage = stage();
    stage.key("/");
    stage.types("灯籠");
    stage.keys("enter esc");
    assert!(stage.model.posts.search.hits.is_empty());
    assert_eq!(stage.model.focus, Pane::Posts);
    stage.key("n");
    assert_eq!(
        stage.said(),
        Some("Nothing is being searched for: search the posts first.")
    );
    stage.key("esc");
    assert_eq!(stage.model.focus, Pane::Threads);
    stage.keys("4 /");
    stage.types("灯籠");
    stage.key("esc");
    assert!(stage.model.posts.search.hits.is_empty(), "Esc while typing, too");
    assert_eq!(stage.model.focus, Pane::Posts);
}

#[test]
fn hits_come_as_posts_are_laid_out_and_the_walk_goes_on_where_it_stands() {
    let mut stage = Stage::with_threads();
    let cmds = stage.key("enter");
    let posts = (0..4).map(|at| post_saying(&format!("p{at}"), "灯籠")).collect();
    let cmds = stage.reply(asked(&cmds, Lane::Posts), posts_of(posts));
    let Cmd::Typeset { posts, width } = &cmds[0] else {
        panic!("{cmds:?}")
    };
    stage.key("/");
    stage.types("灯籠");
    assert_eq!(stage.model.posts.search.hits, []);
    let lay_out = |stage: &mut Stage, at: usize| {
        let posts = vec![posts[at].clone()];
        stage.typeset_all(&[Cmd::Typeset { posts, width: *width }]);
    };
    lay_out(&mut stage, 0);
    stage.key("enter");
    assert_eq!(at(&stage), Some((3, 0)));
    for newest_first in 1..4 {
        lay_out(&mut stage, newest_first);
        assert_eq!(at(&stage), Some((3, 0)));
        assert_eq!(stage.model.posts.search.hits.len(), newest_first + 1);
    }
    let entries: Vec<_> = stage.model.posts.search.hits.iter().map(|hit| hit.entry).collect();
    assert_eq!(entries, [0, 1, 2, 3], "top to bottom");
}

#[test]
fn hits_stay_with_their_posts_when_others_come() {
    let mut stage = Stage::with_posts(vec![post_saying("p1", "x"), post_saying("p2", "灯籠")]);
    stage.key("/");
    stage.types("灯籠");
    stage.key("enter");
    let cmds = stage.key("ctrl-r");
    let posts = vec![
        post_saying("p0", "x"),
        post_saying("p1", "x"),
        post_saying("p2", "灯籠"),
    ];
    stage.reply(asked(&cmds, Lane::Posts), posts_of(posts));
    let entries: Vec<_> = stage.model.posts.search.hits.iter().map(|hit| hit.entry).collect();
    assert_eq!(entries, [2]);
    stage.key("n");
    assert_eq!(stage.model.posts.cursor, 2);
}

#[test]
fn another_thread_is_not_searched() {
    let mut stage = stage();
    stage.key("/");
    stage.types("灯籠");
    stage.keys("enter 3 j enter");
    assert_eq!(stage.model.posts.search, crate::app::Search::default());
}

#[test]
fn a_hit_far_below_the_header_is_brought_into_view() {
    let lines = "line<br>".repeat(80) + "needle";
    let mut stage = Stage::with_posts(vec![post("p0", 1), post_saying("p1", &lines), post("p2", 1)]);
    stage.keys("g /");
    stage.types("NEEDLE");
    stage.key("enter");
    assert_eq!(at(&stage), Some((1, 80)));
    assert!(stage.visible().contains(&(1, 81)));
    assert_eq!(stage.model.posts.cursor, 1);
    let top = stage.model.posts.top;
    stage.key("n");
    assert_eq!(stage.model.posts.top, top, "a hit in view moves nothing");
}
