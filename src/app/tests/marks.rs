//! What is unread: what marks a thread as read, and going from one to the next.

use super::fixture::*;
use crate::app::marks::landed;
use crate::app::{Cmd, Row, What};
use crate::domain::{Id, Post, Recipient, Thread};
use crate::keys::Place;
use crate::layout::Pane;
use crate::protocol::{Landed, Lane, Mark, Marking, Marks, Part, Payload};

pub(super) fn unread(stage: &Stage) -> Vec<&str> {
    let threads = stage.model.threads.list.items.shown().unwrap().iter();
    let unread = threads.filter(|thread| stage.model.is_unread(thread));
    unread.map(|thread| thread.id.as_str()).collect()
}

/// What commands have kept.
pub(super) fn kept(cmds: &[Cmd]) -> Vec<Marking> {
    let marking = |cmd: &Cmd| match cmd {
        Cmd::KeepMark { marking, .. } => Some(marking.clone()),
        _ => None,
    };
    cmds.iter().filter_map(marking).collect()
}

pub(super) fn begun(minutes: i64) -> Marking {
    Marking::Begin(noon(minutes))
}

pub(super) fn read_to(thread: &str, minutes: i64, post: Option<&str>) -> Marking {
    let (up_to, post) = (noon(minutes), post.map(Id::new));
    Marking::Read(thread.into(), Mark { up_to, post })
}

/// The threads "t1" to "t4" of group "A", of which Graph counts so many as unseen and the store has these marks.
pub(super) fn seen(unseen: u32, marks: Option<Marks>) -> (Stage, Vec<Cmd>) {
    let mut stage = Stage::with_groups();
    let counts = Payload::Unseen(vec![("A".into(), unseen), ("B".into(), 3)]);
    stage.reply(3, counts);
    let cmds = stage.key("enter");
    let lane = asked(&cmds, Lane::Threads);
    let (group, marks) = ("A".into(), marks.unwrap_or_default());
    stage.answer(lane, Part::Kept(noon(-30)), Ok(Payload::Marks { group, marks }));
    let cmds = stage.reply(lane, threads(&["t1", "t2", "t3", "t4"]));
    (stage, cmds)
}

pub(super) fn marks(since: i64, threads: &[(&str, i64)]) -> Marks {
    let mark = |(thread, minutes): &(&str, i64)| {
        let up_to = noon(*minutes);
        (Id::new(*thread), Mark { up_to, post: None })
    };
    Marks {
        since: Some(noon(since)),
        threads: threads.iter().map(mark).collect(),
    }
}

/// Posts of ren's, received so many minutes before noon.
pub(super) fn posts_at(minutes: &[i64]) -> Vec<Post> {
    let post = |minutes: &i64| Post {
        received_date_time: Some(noon(-minutes)),
        ..post(&format!("p{minutes}"), 2)
    };
    minutes.iter().map(post).collect()
}

/// Opens the thread under the cursor, with these posts, laid out.
pub(super) fn open(stage: &mut Stage, posts: Vec<Post>) -> Vec<Cmd> {
    let cmds = stage.key("enter");
    let cmds = stage.reply(asked(&cmds, Lane::Posts), posts_of(posts));
    lay_out(stage, cmds)
}

/// Lays posts out; gives the commands of that, too.
pub(super) fn lay_out(stage: &mut Stage, mut cmds: Vec<Cmd>) -> Vec<Cmd> {
    for cmd in cmds.clone() {
        let Cmd::Typeset { posts, width } = cmd else { continue };
        for post in posts {
            let laid_out = vec![laid_out(&post, width)];
            cmds.extend(stage.tell(What::Typeset { width, laid_out }));
        }
    }
    cmds
}

/// Reads on to the end of the page, by half pages.
pub(super) fn read_on(stage: &mut Stage) {
    for _ in 0..50 {
        stage.key("ctrl-d");
    }
}

/// All of a thread but its newest post was read.
pub(super) fn but_for_the_newest(thread: &str, minutes: i64) -> Marking {
    let up_to = noon(minutes) - jiff::SignedDuration::from_millis(1);
    Marking::Unread(thread.into(), Mark { up_to, post: None })
}

#[test]
fn a_thread_is_read_when_its_posts_have_been_on_the_screen() {
    let (mut stage, _) = seen(2, None);
    stage.wait(150);
    assert_eq!(unread(&stage), ["t1", "t2"], "resting is not reading");
    let cmds = stage.key("enter");
    let cmds = stage_posts(&mut stage, cmds);
    let cmds = stage.reply(asked(&cmds, Lane::Posts), posts_of(posts_at(&[8, 1])));
    assert_eq!(kept(&cmds), [], "not before they are laid out");
    let cmds = lay_out(&mut stage, cmds);
    assert_eq!(kept(&cmds), [read_to("t1", -1, Some("p1"))]);
    assert_eq!(unread(&stage), ["t2"]);
    assert_eq!(kept(&stage.key("k")), [], "once");
}

/// The posts may have been asked for already, when the cursor rested: then they are asked for again.
fn stage_posts(stage: &mut Stage, cmds: Vec<Cmd>) -> Vec<Cmd> {
    match try_asked(&cmds, &Lane::Posts) {
        Some(_) => cmds,
        None => stage.key("ctrl-r"),
    }
}

#[test]
fn a_long_thread_is_read_as_far_as_it_was_on_the_screen() {
    // All but the oldest came after what was read.
    let (mut stage, _) = seen(1, Some(marks(-40, &[])));
    let long: Vec<Post> = (0..40).rev().map(|at| posts_at(&[at + 1]).remove(0)).collect();
    let cmds = open(&mut stage, long);
    assert_eq!(stage.model.posts.cursor, 1, "the first that is new");
    assert_eq!(stage.visible().first(), Some(&(0, stage.model.posts.height(0) - 1)));
    assert_eq!(
        stage.model.posts.row(0, stage.model.posts.height(0) - 1),
        Some(Row::News)
    );
    assert!(!kept(&cmds).is_empty());
    assert!(unread(&stage).contains(&"t1"), "its end was not seen");
    let left = stage.model.unread_beyond();
    assert!(left.0 == 0 && left.1 > 0, "{left:?}");
    read_on(&mut stage);
    assert!(!unread(&stage).contains(&"t1"));
    assert_eq!(stage.model.unread_beyond(), (0, 0));
    let news = stage.model.posts.news.clone();
    assert_eq!(news, Some("p39".into()), "the line stays while the thread is open");
}

#[test]
fn what_lies_under_an_overlay_or_in_a_pane_beside_is_not_read() {
    let (mut stage, _) = seen(1, None);
    let cmds = stage.key("enter");
    stage.key("?");
    let cmds = stage.reply(asked(&cmds, Lane::Posts), posts_of(posts_at(&[1])));
    lay_out(&mut stage, cmds);
    assert_eq!(unread(&stage), ["t1"]);
    let cmds = stage.key("esc");
    assert_eq!(kept(&cmds), [read_to("t1", -1, Some("p1"))]);
}

#[test]
fn a_new_post_below_what_was_read_gets_the_line() {
    let (mut stage, _) = seen(0, None);
    open(&mut stage, posts_at(&[9, 1]));
    assert_eq!(stage.model.posts.news, None, "nothing is new");
    let cmds = stage.wait(60_000);
    let cmds = stage.reply(asked(&cmds, Lane::Watch), Payload::Threads([thread_at("t1", 0)].into()));
    let mut now = posts_at(&[9, 1]);
    now.push(Post {
        received_date_time: Some(noon(0)),
        ..post("p0", 1)
    });
    let cmds = stage.reply(asked(&cmds, Lane::Posts), posts_of(now));
    assert_eq!(stage.model.posts.news, Some("p0".into()));
    lay_out(&mut stage, cmds);
    assert_eq!(unread(&stage), Vec::<&str>::new(), "whoever looks on sees it come");
    assert_eq!(stage.model.posts.news, Some("p0".into()));
}

#[test]
fn ones_own_post_makes_nothing_unread_and_is_no_news() {
    let (mut stage, _) = seen(0, None);
    let mut posts = posts_at(&[9, 1]);
    posts.push(Post {
        received_date_time: Some(noon(0)),
        sender: Recipient {
            name: "me".into(),
            address: "ME@folkvale.example".into(),
        },
        ..post("own", 1)
    });
    open(&mut stage, posts);
    assert_eq!(stage.model.posts.news, None);
    stage.keys("esc");
    // A reply to another thread is found there, and the list tells of it later.
    let own = Landed {
        thread: "t3".into(),
        post: "own".into(),
        at: Some(noon(0)),
        before: Some(noon(-1)),
    };
    let missed = Landed {
        before: Some(noon(-1) + jiff::SignedDuration::from_secs(1)),
        ..own.clone()
    };
    let cmd = landed(&mut stage.model, &"A".into(), &missed);
    assert_eq!(cmd, None, "somebody has written before oneself, which was not seen");
    let cmd = landed(&mut stage.model, &"A".into(), &own);
    assert_eq!(
        kept(&cmd.into_iter().collect::<Vec<_>>()),
        [read_to("t3", 0, Some("own"))]
    );
    let cmds = stage.wait(60_000);
    stage.reply(
        asked(&cmds, Lane::Watch),
        Payload::Threads([thread_at("t3", 0), thread_at("t4", 0)].into()),
    );
    assert_eq!(unread(&stage), ["t4"]);
}

#[test]
fn somebody_who_answered_ones_own_post_is_news() {
    let (mut stage, _) = seen(0, None);
    let cmds = stage.wait(60_000);
    stage.reply(
        asked(&cmds, Lane::Watch),
        Payload::Threads([thread_at("t3", -2)].into()),
    );
    let own = Landed {
        thread: "t3".into(),
        post: "own".into(),
        at: Some(noon(1)),
        before: Some(noon(-3)),
    };
    assert_eq!(landed(&mut stage.model, &"A".into(), &own), None);
    assert_eq!(unread(&stage), ["t3"]);
}

#[test]
fn one_key_marks_a_thread_as_unread_and_as_read_again() {
    let (mut stage, _) = seen(0, None);
    let before = |minutes: i64| noon(minutes) - jiff::SignedDuration::from_millis(1);
    let cmds = stage.keys("j m");
    let up_to = before(-2);
    assert_eq!(kept(&cmds), [Marking::Unread("t2".into(), Mark { up_to, post: None })]);
    assert_eq!(unread(&stage), ["t2"]);
    assert_eq!(stage.said(), Some("The thread is marked as unread."));
    assert_eq!(kept(&stage.key("m")), [read_to("t2", -2, None)]);
    assert_eq!(unread(&stage), Vec::<&str>::new());
    assert_eq!(stage.said(), Some("The thread is marked as read."));
}

#[test]
fn an_open_thread_is_unread_from_the_post_under_the_cursor_on_until_it_is_opened_again() {
    let (mut stage, _) = seen(0, None);
    open(&mut stage, posts_at(&[9, 5, 1]));
    stage.key("k");
    let cmds = stage.key("m");
    let mark = Mark {
        up_to: noon(-9),
        post: Some("p9".into()),
    };
    assert_eq!(kept(&cmds), [Marking::Unread("t1".into(), mark)]);
    assert_eq!(stage.model.posts.news, Some("p5".into()));
    assert_eq!(kept(&stage.keys("j k j")), [], "though it is on the screen");
    assert_eq!(unread(&stage), ["t1"]);
    let cmds = stage.keys("esc enter");
    assert_eq!(kept(&cmds), [read_to("t1", -1, Some("p1"))]);
}

#[test]
fn everything_can_be_marked_as_read() {
    let (mut stage, _) = seen(3, None);
    assert_eq!(kept(&stage.key("A")), [Marking::All(noon(-1))]);
    assert_eq!(unread(&stage), Vec::<&str>::new());
    assert_eq!(stage.said(), Some("3 threads are marked as read."));
    assert_eq!(stage.key("A"), []);
    assert_eq!(stage.said(), Some("Nothing is unread here."));
}

#[test]
fn the_next_unread_thread_is_opened_and_after_the_last_the_first() {
    let (mut stage, _) = seen(0, Some(marks(-1, &[("t2", -8), ("t4", -8)])));
    let cmds = stage.key("U");
    assert_eq!(lanes(&cmds), [Lane::Posts]);
    let open = |stage: &Stage| {
        stage
            .model
            .posts
            .thread
            .as_ref()
            .map(|thread| thread.id.as_str().to_owned())
    };
    assert_eq!((open(&stage).as_deref(), stage.model.focus), (Some("t2"), Pane::Posts));
    assert_eq!(under_cursor(&stage.model.threads.list), Some("t2"));
    stage.key("U");
    assert_eq!(open(&stage).as_deref(), Some("t4"));
    stage.key("U");
    assert_eq!(open(&stage).as_deref(), Some("t2"), "its posts were not seen yet");
    stage.keys("esc m j j m 1");
    assert_eq!(stage.model.place(), Place::Groups);
    let offer = "Nothing is unread here; “B 山田 فريق 👩\u{200d}👧” has 3 new: U goes there.";
    assert_eq!(stage.key("U"), []);
    assert_eq!(stage.said(), Some(offer));
    // Only the very next key takes it up.
    stage.key("j");
    assert_eq!(stage.key("U"), []);
    assert_eq!(stage.said(), Some(offer));
    let cmds = stage.key("U");
    assert_eq!(stage.model.group.as_ref().map(|group| group.id.as_str()), Some("B"));
    assert_eq!(under_cursor(&stage.model.groups.list), Some("B"));
    assert_eq!(stage.model.place(), Place::Threads);
    let awaited = asked(&cmds, Lane::Threads);
    assert_eq!(stage.key("U"), []);
    assert_eq!(stage.said(), Some("The threads are still being read."));
    stage.reply(awaited, threads(&[]));
    stage.key("U");
    assert_eq!(stage.said(), Some("Nothing is unread here."));
}

#[test]
fn in_an_open_thread_the_next_unread_post_comes_first() {
    let (mut stage, _) = seen(0, Some(marks(-1, &[("t1", -39)])));
    let long: Vec<Post> = (0..40).rev().map(|at| posts_at(&[at + 1]).remove(0)).collect();
    open(&mut stage, long);
    let seen = |stage: &Stage| stage.model.posts.cursor;
    let before = seen(&stage);
    stage.key("g");
    stage.key("U");
    assert!(seen(&stage) > before, "what was on the screen was read");
    assert_eq!(stage.model.posts.thread, Some(thread("t1")));
}

#[test]
fn another_folkmoot_that_has_read_on_is_heard_but_not_over_ones_own_word() {
    let (mut stage, _) = seen(2, None);
    stage.keys("j j m");
    assert_eq!(unread(&stage), ["t1", "t2", "t3"]);
    for marks in [Marks::default(), marks(-9, &[("t1", 5), ("t3", 5)])] {
        let group = "A".into();
        stage.answer(1, Part::Kept(noon(0)), Ok(Payload::Marks { group, marks }));
    }
    assert_eq!(unread(&stage), ["t2", "t3"]);
}

#[test]
fn a_thread_without_a_date_is_never_unread() {
    let (mut stage, _) = seen(0, None);
    let cmds = stage.key("ctrl-r");
    let undated = Thread {
        last_delivered_date_time: None,
        ..thread("t1")
    };
    stage.reply(asked(&cmds, Lane::Threads), Payload::Threads([undated].into()));
    assert_eq!(unread(&stage), Vec::<&str>::new());
    assert_eq!(stage.key("m"), []);
    assert_eq!(stage.said(), Some("Graph does not tell how old this thread is."));
}

#[test]
fn a_post_of_which_only_the_beginning_is_on_the_screen_was_not_read() {
    // Rows of the newest post that are on the screen: its author alone, then all but its last line, then all.
    for (rows, minutes) in [(1, 8), (4, 8), (5, 1)] {
        let (mut stage, _) = seen(1, Some(marks(-40, &[])));
        let page = stage.posts_rows();
        let long = |lines| Post {
            received_date_time: Some(noon(-8)),
            ..post("p8", lines)
        };
        let short = Post {
            received_date_time: Some(noon(-1)),
            ..post("p1", 4)
        };
        // A header above its lines, and a gap below them.
        let posts = vec![long(page - rows - 2), short];
        let cmds = open(&mut stage, posts);
        let below = stage.visible().iter().filter(|(entry, _)| *entry == 1).count();
        assert_eq!((stage.visible()[0], below), ((0, 0), rows));
        let expected = read_to("t1", -minutes, Some(&format!("p{minutes}")));
        assert_eq!(kept(&cmds).last(), Some(&expected), "{rows}");
    }
}
