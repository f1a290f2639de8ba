//! The posts pane: reading from top to bottom, jumping, and holding still while posts are laid out or come.

use std::collections::BTreeSet;

use super::fixture::*;
use crate::app::{Cmd, Row, Top, What};
use crate::domain::Post;
use crate::protocol::Lane;

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
fn on_slow_lines_every_row_is_seen_too_and_pages_turn_rarely() {
    for posts in shapes() {
        for (width, height) in SIZES {
            let mut stage = Stage::with_posts(posts.clone()).resized(width, height);
            stage.model.settings.low_bandwidth = true;
            let at = format!("{} posts at {width}×{height}", posts.len());
            let all = telling_rows(&stage);
            for (first, key) in [("g", "j"), ("G", "k")] {
                stage.key(first);
                let mut seen: BTreeSet<_> = stage.visible().into_iter().collect();
                let mut turned = 0;
                loop {
                    let before = stage.model.posts.clone();
                    stage.key(key);
                    seen.extend(stage.visible());
                    turned += usize::from(stage.model.posts.top != before.top);
                    if stage.model.posts == before {
                        break;
                    }
                }
                if first == "g" {
                    assert_eq!(seen.intersection(&all).count(), all.len(), "{key}, {at}");
                }
                let whole: usize = (0..posts.len()).map(|at| stage.model.posts.height(at)).sum();
                let rows = stage.posts_rows();
                // A long post may begin anywhere on a page, and then begins another.
                let most = 2 * whole.div_ceil(rows.saturating_sub(2).max(1)) + 2;
                assert!(turned <= most, "{key} turned {turned} times, {at}");
            }
        }
    }
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
fn post_by_post_every_row_is_seen_both_ways() {
    for posts in shapes() {
        for (width, height) in SIZES {
            let mut stage = Stage::with_posts(posts.clone()).resized(width, height);
            stage.keys("g v");
            let at = format!("{} posts at {width}×{height}", posts.len());
            let all = telling_rows(&stage);
            for keys in [["g", "j"], ["G", "k"], ["g", "ctrl-d"], ["G", "ctrl-u"]] {
                stage.key(keys[0]);
                if keys[0] == "G" {
                    (0..200).for_each(|_| {
                        stage.key("j");
                    });
                }
                let mut seen = BTreeSet::new();
                loop {
                    let now = stage.visible();
                    assert!(now.iter().all(|(entry, _)| *entry == stage.model.posts.cursor), "{at}");
                    seen.extend(now);
                    let before = (stage.model.posts.cursor, stage.model.posts.top);
                    stage.key(keys[1]);
                    if before == (stage.model.posts.cursor, stage.model.posts.top) {
                        break;
                    }
                }
                assert_eq!(seen.intersection(&all).count(), all.len(), "{keys:?}, {at}");
            }
        }
    }
}

#[test]
fn post_by_post_holds_from_thread_to_thread_and_turns_back() {
    let mut stage = Stage::with_posts(vec![post("p0", 2), post("p1", 50), post("p2", 2)]);
    stage.keys("g v ]");
    assert_eq!(stage.model.posts.top, Top { entry: 1, row: 0 });
    stage.keys("] ] ]");
    assert_eq!(stage.model.posts.top, Top { entry: 2, row: 0 });
    stage.key("3");
    let cmds = stage.keys("j enter");
    let cmds = stage.reply(asked(&cmds, Lane::Posts), posts_of(vec![post("q0", 2), post("q1", 2)]));
    stage.typeset_all(&cmds);
    assert!(stage.visible().iter().all(|(entry, _)| *entry == 1));
    stage.key("v");
    assert!(stage.visible().iter().any(|(entry, _)| *entry == 0));
}

#[test]
fn a_hit_is_shown_post_by_post_too() {
    let posts = vec![
        post_saying("p0", "<p>one</p>"),
        post_saying("p1", &("<p>x</p>".repeat(80) + "<p>needle")),
    ];
    let mut stage = Stage::with_posts(posts);
    stage.keys("g v /");
    let cmds = stage.types("needle");
    stage.search_all(&cmds);
    stage.keys("enter n");
    let (entry, hit) = stage.model.posts.hit().unwrap();
    assert_eq!((stage.model.posts.cursor, entry), (1, 1));
    let row = hit.line as usize + 1;
    assert!(stage.visible().contains(&(1, row)), "{:?}", stage.visible());
}

#[test]
fn posts_are_jumped_to_by_number_author_date_and_words() {
    let mut posts: Vec<Post> = (0..30)
        .map(|at| post_saying(&format!("p{at}"), &format!("<p>word{at}</p>")))
        .collect();
    posts[17].sender.name = "山田 花子".into();
    posts[21].body = crate::domain::Body::Plain(crate::domain::Prose::new("שלום quorum"));
    for (typed, expected) in [("7", 6), ("#12", 11), ("花子", 17), ("quorum", 21), ("30", 29)] {
        let mut stage = Stage::with_posts(posts.clone());
        stage.key("#");
        stage.types(typed);
        stage.key("enter");
        assert_eq!(
            (stage.model.posts.cursor, &stage.model.overlay),
            (expected, &None),
            "{typed}"
        );
    }
    let mut stage = Stage::with_posts(posts);
    stage.keys("g # down down enter");
    assert_eq!(stage.model.posts.cursor, 2);
    stage.keys("# esc");
    assert_eq!(stage.model.posts.cursor, 2);
}

#[test]
fn a_thousand_posts_are_browsed_without_looking_at_all_of_them() {
    let posts: Vec<Post> = (0..1000).map(|at| post(&format!("p{at:04}"), at % 9)).collect();
    let mut stage = Stage::with_posts(posts);
    for _ in 0..3 {
        stage.keys("k k ctrl-u [ j ctrl-d ] k");
    }
    assert!(stage.model.posts.cursor > 950);
    // Down from the first, as far as keys go.
    stage.key("g");
    let mut last = (0, Top::default());
    for _ in 0..400 {
        stage.key("ctrl-d");
        let now = (stage.model.posts.cursor, stage.model.posts.top);
        assert!(now > last, "{now:?} after {last:?}");
        last = now;
        assert_eq!(stage.visible().len(), stage.posts_rows());
    }
    // One that is laid out anew above holds the view still.
    let before = stage.visible();
    let width = stage.model.posts.width;
    let laid_out = vec![laid_out(&post("p0000", 40), width)];
    stage.tell(What::Typeset { width, laid_out });
    assert!(stage.model.posts.height(0) > 40);
    assert_eq!(stage.visible(), before);
}
