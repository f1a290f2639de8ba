//! What is being read holds still while posts are laid out, come, or change their width.

use std::sync::Arc;

use super::fixture::*;
use crate::app::{Cmd, Top, What};
use crate::domain::Post;
use crate::layout::Size;
use crate::protocol::{Lane, Part, Payload, Reply};

#[test]
fn the_post_under_the_cursor_holds_still_while_others_are_laid_out() {
    let mut stage = Stage::with_threads();
    let cmds = stage.key("enter");
    let posts: Vec<_> = (0..9).map(|at| post(&format!("p{at}"), 30)).collect();
    let cmds = stage.reply(asked(&cmds, Lane::Posts), posts_of(posts));
    let Cmd::Typeset { posts: ordered, width } = &cmds[0] else {
        panic!("{cmds:?}")
    };
    stage.keys("[ [");
    let row_of_cursor = |stage: &Stage| stage.visible().iter().position(|row| *row == (6, 0));
    let before = row_of_cursor(&stage);
    assert!(before.is_some());
    for post in ordered {
        stage.typeset_all(&[Cmd::Typeset {
            posts: vec![post.clone()],
            width: *width,
        }]);
        assert_eq!(row_of_cursor(&stage), before, "after {:?}", post.id);
    }
}

#[test]
fn layouts_for_another_width_or_an_unknown_post_are_dropped() {
    let mut stage = Stage::with_posts(vec![post("p1", 3)]);
    let width = stage.model.posts.width;
    for (name, width) in [("p1", width + 1), ("p9", width)] {
        let laid_out = vec![laid_out(&post(name, 1), width)];
        assert_ignored(&mut stage, What::Typeset { width, laid_out });
    }
}

#[test]
fn a_new_width_lays_out_anew_and_shows_the_old_layout_until_then() {
    let mut stage = Stage::with_posts(vec![post("p1", 3), post("p2", 3)]);
    let old = stage.visible();
    let cmds = stage.tell(What::Resized(Size { width: 110, height: 40 }));
    let Cmd::Typeset { posts, width } = &cmds[0] else {
        panic!("{cmds:?}")
    };
    assert_eq!((posts.len(), *width), (2, stage.model.posts.width));
    assert_eq!(stage.visible(), old, "nothing flickers");
    assert_eq!(
        stage.tell(What::Resized(Size { width: 110, height: 39 })),
        cmds,
        "still awaited"
    );
    stage.typeset_all(&cmds);
    assert_eq!(
        stage.tell(What::Resized(Size { width: 110, height: 40 })),
        [],
        "all is laid out"
    );
}

#[test]
fn a_reader_in_the_middle_of_a_long_post_stays_there_when_the_width_changes() {
    let long = post_saying("p1", &"many words that wrap at the end of the line ".repeat(300));
    let mut stage = Stage::with_posts(vec![post("p0", 3), long]);
    stage.key("G");
    for _ in 0..60 {
        stage.key("j");
    }
    let height = stage.model.posts.height(1);
    let Top { entry: 1, row } = stage.model.posts.top else {
        panic!("{:?}", stage.model.posts.top)
    };
    let into = row as f64 / height as f64;
    for (width, rows) in [(60, 40), (200, 40), (120, 40)] {
        let cmds = stage.tell(What::Resized(Size { width, height: rows }));
        stage.typeset_all(&cmds);
        let Top { entry, row } = stage.model.posts.top;
        let now = row as f64 / stage.model.posts.height(1) as f64;
        assert!(
            entry == 1 && (now - into).abs() < 0.05,
            "{into} became {now} at {width}"
        );
    }
}

#[test]
fn a_reader_at_the_end_of_a_long_post_stays_at_the_end() {
    let long = post_saying("p1", &"many words that wrap at the end of the line ".repeat(300));
    let mut stage = Stage::with_posts(vec![long]);
    for _ in 0..300 {
        stage.key("j");
    }
    for width in [60, 200, 120] {
        stage = stage.resized(width, 40);
        let height = stage.model.posts.height(0);
        assert_eq!(
            stage.visible().last(),
            Some(&(0, height - 2)),
            "all but the gap below it"
        );
    }
}

#[test]
fn a_smaller_pane_keeps_the_post_under_the_cursor_in_view() {
    let posts: Vec<_> = (0..8).map(|at| post(&format!("p{at}"), 1)).collect();
    for key in ["G", "g", "["] {
        let mut stage = Stage::with_posts(posts.clone());
        stage.key(key);
        let cursor = stage.model.posts.cursor;
        for (width, height) in [(120, 24), (40, 12), (24, 6), (120, 40), (0, 0), (120, 40)] {
            stage = stage.resized(width, height);
            assert_eq!(stage.model.posts.cursor, cursor);
            if stage.posts_rows() > 0 {
                assert!(stage.visible().contains(&(cursor, 0)), "{key} at {width}×{height}");
            }
        }
    }
}

#[test]
fn the_newest_post_is_as_whole_as_before_once_the_terminal_is_as_large_as_before() {
    let words = |name: &str, many: usize| post_saying(name, &"words that wrap where it is narrow ".repeat(many));
    let sizes = [(200, 60), (120, 41), (40, 12), (1, 1), (3, 40)];
    for (first, second) in sizes.iter().flat_map(|first| sizes.map(|second| (*first, second))) {
        for (last, lazily) in [(10, false), (10, true), (22, false), (22, true)] {
            let mut stage = Stage::with_posts(vec![words("p0", 30), words("p1", 24), words("p2", last)]);
            stage.key("G");
            let before = stage.visible();
            let mut cmds = Vec::new();
            for (width, height) in [first, second, (120, 40)] {
                cmds.extend(stage.tell(What::Resized(Size { width, height })));
                if !lazily {
                    stage.typeset_all(&std::mem::take(&mut cmds));
                }
            }
            stage.typeset_all(&cmds);
            let end = (2, stage.model.posts.height(2) - 2);
            assert!(before.contains(&end));
            assert!(
                stage.visible().contains(&end),
                "{last} after {first:?}, {second:?}: {:?}",
                stage.visible()
            );
        }
    }
}

#[test]
fn a_pane_that_was_hidden_is_filled_when_it_is_shown() {
    let mut stage = Stage::with_threads().resized(40, 12);
    let cmds = stage.wait(150);
    let posts = (0..8).map(|at| post(&format!("p{at}"), 1)).collect();
    let cmds = stage.reply(asked(&cmds, Lane::Posts), posts_of(posts));
    stage.typeset_all(&cmds);
    assert_eq!(stage.model.arrangement().posts, None);
    stage.key("enter");
    assert_eq!(
        stage.visible().len(),
        stage.posts_rows(),
        "no empty rows below the newest"
    );
}

#[test]
fn a_new_post_comes_into_view_for_whoever_reads_the_end_and_disturbs_nobody_else() {
    for (lines, keys, follows) in [
        (vec![3, 3], "", true),
        (vec![3, 90], "", false),
        (vec![3, 3], "[", false),
        (vec![3, 3], "o", false),
    ] {
        let mut posts: Vec<Post> = lines
            .iter()
            .enumerate()
            .map(|(at, n)| post(&format!("p{at}"), *n))
            .collect();
        posts[1] = match keys {
            "o" => post_saying(
                "p1",
                r#"<a href="https://a.example">a</a> <a href="https://b.example">b</a>"#,
            ),
            _ => posts[1].clone(),
        };
        let mut stage = Stage::with_posts(posts.clone());
        if !keys.is_empty() {
            stage.keys(keys);
        }
        let before = (stage.model.posts.cursor, stage.model.posts.top);
        let cmds = stage.keys("ctrl-r");
        let id = match try_asked(&cmds, &Lane::Posts) {
            Some(id) => id,
            // Under an overlay there is no refresh; the look for news reads the thread again.
            None => {
                let cmds = stage.wait(60_000);
                let news = Payload::Threads([thread_at("t1", 0)].into());
                let cmds = stage.reply(asked(&cmds, Lane::Watch), news);
                asked(&cmds, Lane::Posts)
            }
        };
        posts.push(post("p2", 1));
        let cmds = stage.reply(id, posts_of(posts));
        stage.typeset_all(&cmds);
        if follows {
            assert_eq!(stage.model.posts.cursor, 2);
            assert!(stage.visible().contains(&(2, 1)));
        } else {
            assert_eq!(
                (stage.model.posts.cursor, stage.model.posts.top),
                before,
                "{lines:?} {keys}"
            );
        }
    }
}

#[test]
fn posts_that_come_before_the_cursor_move_neither_cursor_nor_view() {
    let mut stage = Stage::with_posts((1..9).map(|at| post(&format!("p{at}"), 8)).collect());
    stage.keys("[ [ j k k k k k");
    let cursor = stage.model.posts.selected().unwrap().post.id.clone();
    let row = |stage: &Stage| {
        let at = stage.model.posts.cursor;
        stage
            .visible()
            .iter()
            .position(|(entry, row)| (*entry, *row) == (at, 0))
    };
    let before = row(&stage);
    let cmds = stage.key("ctrl-r");
    let cmds = stage.reply(
        asked(&cmds, Lane::Posts),
        posts_of((0..9).map(|at| post(&format!("p{at}"), 8)).collect()),
    );
    stage.typeset_all(&cmds);
    assert_eq!(stage.model.posts.selected().unwrap().post.id, cursor);
    assert_eq!(row(&stage), before);
}

#[test]
fn posts_known_already_are_not_laid_out_again() {
    let mut stage = Stage::with_posts(vec![post("p1", 3), post("p2", 3)]);
    let cmds = stage.key("ctrl-r");
    let posts = vec![post("p1", 3), post("p2", 3), post("p3", 3)];
    let cmds = stage.reply(asked(&cmds, Lane::Posts), posts_of(posts));
    let Cmd::Typeset { posts, .. } = &cmds[0] else {
        panic!("{cmds:?}")
    };
    let names: Vec<_> = posts.iter().map(|post| post.id.as_str()).collect();
    assert_eq!(names, ["p3"]);
}

#[test]
fn posts_that_cannot_be_read_again_stay() {
    let mut stage = Stage::with_posts(vec![post("p1", 3)]);
    let cmds = stage.key("ctrl-r");
    stage.fail(asked(&cmds, Lane::Posts));
    assert_eq!(stage.entries(), ["p1"]);
    assert_eq!(stage.model.posts.posts.problem(), Some(&problem()));
    stage.key("3");
    assert_eq!(
        lanes(&stage.key("enter")),
        [Lane::Posts],
        "opening it again tries again"
    );
}

#[test]
fn answers_to_another_thread_are_stale() {
    let mut stage = Stage::with_threads();
    let Asked(id) = asked(&stage.key("enter"), Lane::Posts);
    stage.keys("3 j enter");
    let (part, result) = (Part::Last, Ok(posts_of(vec![post("p1", 1)])));
    assert_ignored(&mut stage, What::Reply(Reply { id, part, result }));
}

#[test]
fn a_thread_that_graph_cut_short_says_so() {
    let mut stage = Stage::with_threads();
    let cmds = stage.key("enter");
    let posts = vec![Arc::new(post("p1", 1))];
    let cut_short = true;
    stage.reply(asked(&cmds, Lane::Posts), Payload::Posts { posts, cut_short });
    assert!(stage.model.posts.cut_short);
    stage.keys("3 j enter 3 k enter");
    assert!(stage.model.posts.cut_short, "also when it is shown from what was kept");
}
