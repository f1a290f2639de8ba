//! Looking for words in the posts.

use super::fixture::*;
use crate::app::{Cmd, Purpose, What};
use crate::layout::{Pane, Size};
use crate::protocol::Lane;

/// The post and line of the hit that was walked to.
fn at(stage: &Stage) -> Option<(usize, usize)> {
    let (entry, hit) = stage.model.posts.hit()?;
    Some((entry, hit.line as usize))
}

/// The posts with hits.
fn found(stage: &Stage) -> Vec<usize> {
    let posts = &stage.model.posts;
    let places = 0..posts.entries.len();
    places
        .filter(|place| !posts.hits(&posts.entries[*place].post.id).is_empty())
        .collect()
}

/// Types words that are found at once.
fn look_for(stage: &mut Stage, words: &str) {
    let cmds = stage.types(words);
    stage.search_all(&cmds);
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
    look_for(&mut stage, "灯");
    assert_eq!(stage.model.posts.hit_count(), 3);
    assert_eq!(at(&stage), None, "nothing moves while one types");
    look_for(&mut stage, "籠");
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
    look_for(&mut stage, "灯籠");
    stage.key("enter");
    assert_eq!(
        at(&stage),
        Some((0, 0)),
        "below the last post there is none: round the end"
    );
    stage.keys("esc [ /");
    look_for(&mut stage, "灯籠");
    assert_eq!(stage.model.posts.cursor, 0);
    stage.keys("esc ] ] /");
    look_for(&mut stage, "灯籠");
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
    look_for(&mut stage, "灯籠");
    stage.keys("enter esc");
    assert!(found(&stage).is_empty());
    assert_eq!(stage.model.focus, Pane::Posts);
    stage.key("n");
    assert_eq!(stage.said(), Some("There is no hit to go to: search the posts."));
    stage.key("esc");
    assert_eq!(stage.model.focus, Pane::Threads);
    stage.keys("4 /");
    look_for(&mut stage, "灯籠");
    stage.key("esc");
    assert!(found(&stage).is_empty(), "Esc while typing, too");
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
    look_for(&mut stage, "灯籠");
    assert!(found(&stage).is_empty());
    assert!(stage.model.posts.is_searching(), "nothing is laid out");
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
        assert_eq!(stage.model.posts.hit_count(), newest_first + 1);
    }
    assert_eq!(found(&stage), [0, 1, 2, 3]);
    assert!(!stage.model.posts.is_searching());
    assert_eq!(stage.model.posts.hit_number(), Some(4), "top to bottom");
}

#[test]
fn hits_stay_with_their_posts_when_others_come() {
    let mut stage = Stage::with_posts(vec![post_saying("p1", "x"), post_saying("p2", "灯籠")]);
    stage.key("/");
    look_for(&mut stage, "灯籠");
    stage.key("enter");
    let cmds = stage.key("ctrl-r");
    let posts = vec![
        post_saying("p0", "x"),
        post_saying("p1", "x"),
        post_saying("p2", "灯籠"),
    ];
    stage.reply(asked(&cmds, Lane::Posts), posts_of(posts));
    assert_eq!(found(&stage), [2]);
    assert_eq!(at(&stage), Some((2, 0)), "the walk stands where it stood");
    stage.key("n");
    assert_eq!(stage.model.posts.cursor, 2);
}

#[test]
fn another_thread_is_not_searched() {
    let mut stage = stage();
    stage.key("/");
    look_for(&mut stage, "灯籠");
    stage.keys("enter 3 j enter");
    assert_eq!(stage.model.posts.search, crate::app::Search::default());
}

#[test]
fn a_hit_far_below_the_header_is_brought_into_view() {
    let lines = "line<br>".repeat(80) + "needle";
    let mut stage = Stage::with_posts(vec![post("p0", 1), post_saying("p1", &lines), post("p2", 1)]);
    stage.keys("g /");
    look_for(&mut stage, "NEEDLE");
    stage.key("enter");
    assert_eq!(at(&stage), Some((1, 80)));
    assert!(stage.visible().contains(&(1, 81)));
    assert_eq!(stage.model.posts.cursor, 1);
    let top = stage.model.posts.top;
    stage.key("n");
    assert_eq!(stage.model.posts.top, top, "a hit in view moves nothing");
}

#[test]
fn enter_waits_for_the_hits_and_letters_do_not() {
    let mut stage = stage();
    stage.key("/");
    let cmds = stage.types("灯籠");
    assert_eq!(stage.key("enter"), []);
    assert!(stage.model.prompt.is_some(), "there is no hit yet to go to");
    assert!(stage.model.posts.is_searching());
    stage.search_all(&cmds[..1]);
    assert!(stage.model.prompt.is_some(), "those are the hits of another word");
    stage.search_all(&cmds[1..]);
    assert_eq!((stage.model.prompt.is_some(), at(&stage)), (false, Some((0, 0))));
}

#[test]
fn hits_that_never_come_are_not_waited_for_for_long() {
    let mut stage = stage();
    stage.key("/");
    stage.types("灯籠");
    stage.key("enter");
    stage.wait(2_000);
    stage.key("enter");
    assert!(stage.model.prompt.is_none());
    assert_eq!(at(&stage), None);
}

#[test]
fn what_is_found_for_other_words_or_in_a_layout_that_has_gone_is_dropped() {
    let mut stage = stage();
    stage.key("/");
    let first = stage.types("灯");
    let second = stage.types("籠");
    let cmds = stage.tell(What::Resized(Size { width: 110, height: 40 }));
    stage.typeset_all(&cmds);
    let before = (stage.model.posts.hit_count(), stage.model.posts.is_searching());
    for cmd in first.into_iter().chain(second) {
        let Cmd::Search { needle, laid_out } = &cmd else {
            continue;
        };
        stage.tell(searched(needle, laid_out));
        assert_eq!(
            (stage.model.posts.hit_count(), stage.model.posts.is_searching()),
            before
        );
    }
    assert_eq!(before, (3, false), "all was found in the new layout");
}

#[test]
fn the_walk_stands_on_its_hit_while_posts_are_laid_out_for_another_width() {
    let words = "before the others ".repeat(30);
    let mut stage = Stage::with_posts(vec![
        post_saying("p0", "灯籠"),
        post_saying("p1", &format!("{words}<br>灯籠 {words} 灯籠")),
    ]);
    stage.key("/");
    look_for(&mut stage, "灯籠");
    stage.keys("up enter");
    assert_eq!(stage.model.posts.hit_number(), Some(3));
    let line = at(&stage).unwrap().1;
    let cmds = stage.tell(What::Resized(Size { width: 110, height: 40 }));
    assert!(stage.model.posts.is_searching(), "hits may still come");
    assert_eq!(at(&stage), Some((1, line)), "the old layout is shown, with its hits");
    stage.typeset_all(&cmds);
    assert!(!stage.model.posts.is_searching());
    assert_eq!(stage.model.posts.hit_number(), Some(3));
    assert!(at(&stage).unwrap().1 > line);
    stage.key("n");
    assert_eq!(at(&stage), Some((0, 0)));
    stage.key("n");
    assert_eq!(stage.model.posts.hit_number(), Some(2));
}

#[test]
fn the_first_and_the_last_post_are_said_to_be_so() {
    let mut stage = stage();
    stage.keys("g [");
    assert_eq!(stage.said(), Some("This is the first post."));
    stage.keys("] ] ]");
    assert_eq!(stage.model.posts.cursor, 3);
    stage.key("]");
    assert_eq!(
        stage.said(),
        Some("This is the last post. U goes to the next that you have not read.")
    );
}
