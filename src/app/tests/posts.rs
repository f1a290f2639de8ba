//! The posts pane: reading from top to bottom, jumping, and holding still while posts are laid out or come.

use std::collections::BTreeSet;

use super::fixture::*;
use crate::app::{Cmd, Row, Top, What};
use crate::domain::{Attachment, Post};
use crate::layout::Size;
use crate::protocol::{Lane, Part, Payload, Query, Reply};

fn attachment(name: &str, inline: bool) -> Attachment {
    serde_json::from_value(serde_json::json!({
        "@odata.type": "#microsoft.graph.fileAttachment",
        "id": name, "name": name, "size": 7, "isInline": inline,
    }))
    .unwrap()
}

fn with_file(id: &str, lines: usize) -> Post {
    Post {
        has_attachments: true,
        ..post(id, lines)
    }
}

/// Threads of all shapes: one post and many, empty, short, and longer than any pane.
fn shapes() -> Vec<Vec<Post>> {
    let thread = |lines: &[usize]| -> Vec<Post> {
        let post = |(at, lines): (usize, &usize)| post(&format!("p{at}"), *lines);
        lines.iter().enumerate().map(post).collect()
    };
    vec![
        thread(&[0]),
        thread(&[1]),
        thread(&[90]),
        thread(&[1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]),
        thread(&[40, 1, 0, 40, 3]),
        thread(&[5, 19, 20, 21, 22, 23, 2]),
        thread(&[1, 2, 60]),
    ]
}

const SIZES: [(u16, u16); 5] = [(120, 40), (80, 24), (40, 12), (24, 6), (200, 90)];

/// Every row of the page that says something: all but the gaps.
fn telling_rows(stage: &Stage) -> BTreeSet<(usize, usize)> {
    let posts = &stage.model.posts;
    (0..posts.entries.len())
        .flat_map(|at| (0..posts.height(at)).map(move |row| (at, row)))
        .filter(|(at, row)| posts.row(*at, *row) != Some(Row::Gap))
        .collect()
}

fn offset(stage: &Stage) -> usize {
    let Top { entry, row } = stage.model.posts.top;
    (0..entry).map(|at| stage.model.posts.height(at)).sum::<usize>() + row
}

#[test]
fn going_down_from_the_top_every_row_is_seen_without_a_jump_and_up_again_too() {
    for posts in shapes() {
        for (width, height) in SIZES {
            let mut stage = Stage::with_posts(posts.clone()).resized(width, height);
            let at = format!("{} posts at {width}×{height}", posts.len());
            let all = telling_rows(&stage);
            for (key, start, end) in [("j", "g", 0), ("k", "G", 1)] {
                stage.key(start);
                if end == 1 {
                    // The end of the page is below the header of the last post.
                    for _ in 0..200 {
                        stage.key("j");
                    }
                }
                let mut seen: BTreeSet<_> = stage.visible().into_iter().collect();
                loop {
                    let (cursor, before) = (stage.model.posts.cursor, offset(&stage));
                    stage.key(key);
                    let now = stage.visible();
                    assert!(
                        now.iter().any(|(entry, _)| *entry == stage.model.posts.cursor),
                        "the cursor is out of sight: {at}"
                    );
                    // A gap, a header and two lines come into view together.
                    assert!(
                        offset(&stage).abs_diff(before) <= 4,
                        "a jump from {before} to {}: {at}",
                        offset(&stage)
                    );
                    seen.extend(now);
                    if (cursor, before) == (stage.model.posts.cursor, offset(&stage)) {
                        break;
                    }
                }
                assert_eq!(seen.intersection(&all).count(), all.len(), "{key}, {at}");
            }
        }
    }
}

#[test]
fn half_pages_reach_both_ends() {
    for posts in shapes() {
        for (width, height) in SIZES {
            let mut stage = Stage::with_posts(posts.clone()).resized(width, height);
            stage.key("g");
            let mut seen = BTreeSet::new();
            for _ in 0..200 {
                seen.extend(stage.visible());
                stage.key("ctrl-d");
            }
            assert_eq!(stage.model.posts.cursor, posts.len() - 1);
            assert!(seen.is_superset(&telling_rows(&stage)));
            for _ in 0..200 {
                stage.key("ctrl-u");
            }
            assert_eq!((stage.model.posts.cursor, stage.model.posts.top), (0, Top::default()));
        }
    }
}

#[test]
fn on_slow_lines_a_long_post_turns_by_pages() {
    let mut stage = Stage::with(120, 40, |settings| settings.low_bandwidth = true);
    stage.tell(What::Started);
    stage.reply(1, groups(&["A"]));
    let cmds = stage.key("enter");
    stage.reply(asked(&cmds, Lane::Threads), threads(&["t1"]));
    let cmds = stage.key("enter");
    let cmds = stage.reply(asked(&cmds, Lane::Posts), posts_of(vec![post("p1", 90)]));
    stage.typeset_all(&cmds);
    let rows = stage.posts_rows();
    let mut seen: BTreeSet<_> = stage.visible().into_iter().collect();
    stage.key("j");
    assert_eq!(offset(&stage), rows - 2, "two rows of the page before stay");
    for _ in 0..20 {
        seen.extend(stage.visible());
        stage.key("j");
    }
    assert!(seen.is_superset(&telling_rows(&stage)));
}

#[test]
fn a_thread_opens_at_its_newest_post() {
    for (lines, top, why) in [
        (
            vec![30, 3],
            Top { entry: 0, row: 15 },
            "all of it, below the older ones",
        ),
        (
            vec![30, 90],
            Top { entry: 1, row: 0 },
            "its beginning, when it is longer than the pane",
        ),
        (vec![3], Top::default(), "a short thread from its top"),
    ] {
        let posts = lines
            .iter()
            .enumerate()
            .map(|(at, lines)| post(&format!("p{at}"), *lines));
        let stage = Stage::with_posts(posts.collect());
        assert_eq!(stage.posts_rows(), 22);
        assert_eq!(stage.model.posts.cursor, lines.len() - 1);
        assert_eq!(stage.model.posts.top, top, "{why}");
    }
}

#[test]
fn bodies_are_laid_out_newest_first_and_in_whatever_order_they_come_the_page_is_the_same() {
    let posts = vec![post("p0", 40), post("p1", 2), post("p2", 25), post("p3", 4)];
    let open = || {
        let mut stage = Stage::with_threads();
        let cmds = stage.key("enter");
        let cmds = stage.reply(asked(&cmds, Lane::Posts), posts_of(posts.clone()));
        (stage, cmds)
    };
    let (stage, cmds) = open();
    let Cmd::Typeset { posts: ordered, width } = &cmds[0] else {
        panic!("{cmds:?}")
    };
    let names: Vec<_> = ordered.iter().map(|post| post.id.as_str()).collect();
    assert_eq!(names, ["p3", "p2", "p1", "p0"]);
    assert_eq!(*width, stage.model.arrangement().posts.unwrap().width - 3);
    let mut ends = Vec::new();
    for order in [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1], [1, 3, 0, 2]] {
        let (mut stage, _) = open();
        for at in order {
            let one = Cmd::Typeset {
                posts: vec![ordered[at].clone()],
                width: *width,
            };
            stage.typeset_all(&[one]);
        }
        ends.push(stage);
    }
    assert!(ends.windows(2).all(|pair| pair[0].model.posts == pair[1].model.posts));
    assert_eq!(
        ends[0].visible().last(),
        Some(&(3, 5)),
        "down to the gap below the newest"
    );
}

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
    let set = || std::sync::Arc::new(crate::text::Typeset::default());
    for (post, width) in [("p1", width + 1), ("p9", width)] {
        let post = post.into();
        assert_ignored(
            &mut stage,
            What::Typeset {
                post,
                width,
                set: set(),
            },
        );
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
fn attachments_are_asked_for_where_there_may_be_some_and_shown_above_the_body() {
    let mut stage = Stage::with_threads();
    let cmds = stage.key("enter");
    let inline = post_saying("p3", r#"<img src="cid:1">"#);
    let posts = vec![post("p1", 2), with_file("p2", 2), inline];
    let cmds = stage.reply(asked(&cmds, Lane::Posts), posts_of(posts));
    stage.typeset_all(&cmds);
    let query = Query::Attachments {
        group: "A".into(),
        thread: "t1".into(),
        posts: ids(&["p2", "p3"]),
    };
    let Asked(id) = asked(&cmds, Lane::Attachments);
    assert!(cmds.contains(&read(id.0, Lane::Attachments, query)));
    let files = |post: &str, attachments| Payload::Attachments {
        post: post.into(),
        attachments,
    };
    let list = attachment("名簿.xlsx", false);
    stage.part(id, files("p2", vec![attachment("logo", true), list.clone()]));
    stage.part(id, files("p3", vec![attachment("logo", true)]));
    stage.reply(id, Payload::Nothing);
    assert_eq!(stage.model.posts.row(1, 1), Some(Row::Attachment(&list)));
    assert!(
        matches!(stage.model.posts.row(2, 1), Some(Row::Body(0, _))),
        "inline images stand in the body"
    );
    let cmds = stage.key("ctrl-r");
    let again = vec![post("p1", 2), with_file("p2", 2), with_file("p4", 1)];
    let cmds = stage.reply(asked(&cmds, Lane::Posts), posts_of(again));
    let query = Query::Attachments {
        group: "A".into(),
        thread: "t1".into(),
        posts: ids(&["p4"]),
    };
    let Asked(id) = asked(&cmds, Lane::Attachments);
    assert!(
        cmds.contains(&read(id.0, Lane::Attachments, query)),
        "only what is not known"
    );
}

#[test]
fn attachments_that_come_late_do_not_move_the_lines_being_read() {
    let mut stage = Stage::with_threads();
    let cmds = stage.key("enter");
    let cmds = stage.reply(asked(&cmds, Lane::Posts), posts_of(vec![with_file("p1", 90)]));
    stage.typeset_all(&cmds);
    for _ in 0..30 {
        stage.key("j");
    }
    let line = |stage: &Stage| match stage.model.posts.visible(1).next() {
        Some((_, Row::Body(line, _))) => line,
        other => panic!("{other:?}"),
    };
    let before = line(&stage);
    let files = Payload::Attachments {
        post: "p1".into(),
        attachments: vec![attachment("a", false), attachment("b", false)],
    };
    stage.part(asked(&cmds, Lane::Attachments), files);
    assert_eq!(line(&stage), before);
}

#[test]
fn attachments_that_cannot_be_read_are_a_notice_and_asked_for_again() {
    let mut stage = Stage::with_threads();
    let cmds = stage.key("enter");
    let cmds = stage.reply(asked(&cmds, Lane::Posts), posts_of(vec![with_file("p1", 1)]));
    stage.fail(asked(&cmds, Lane::Attachments));
    assert_eq!(stage.said(), Some("The line is down. Try again."));
    let cmds = stage.key("ctrl-r");
    let cmds = stage.reply(asked(&cmds, Lane::Posts), posts_of(vec![with_file("p1", 1)]));
    assert!(try_asked(&cmds, &Lane::Attachments).is_some());
}

#[test]
fn a_thread_that_graph_cut_short_says_so() {
    let mut stage = Stage::with_threads();
    let cmds = stage.key("enter");
    let posts = vec![post("p1", 1)];
    let cut_short = true;
    stage.reply(asked(&cmds, Lane::Posts), Payload::Posts { posts, cut_short });
    assert!(stage.model.posts.cut_short);
    stage.keys("3 j enter 3 k enter");
    assert!(stage.model.posts.cut_short, "also when it is shown from what was kept");
}
