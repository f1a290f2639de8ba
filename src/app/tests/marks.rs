//! What is unread: the first sight of a group, what marks a thread as read, and going from one to the next.

use super::fixture::*;
use crate::app::marks::landed;
use crate::app::{Cmd, Row, What};
use crate::domain::{Conversation, Id, Post, Recipient, Thread};
use crate::keys::Place;
use crate::layout::Pane;
use crate::protocol::{Delivery, Job, Landed, Lane, Mark, Marking, Marks, Mutation, Part, Payload, Request};

fn unread(stage: &Stage) -> Vec<&str> {
    let threads = stage.model.threads.list.items.shown().unwrap().iter();
    let unread = threads.filter(|thread| stage.model.is_unread(thread));
    unread.map(|thread| thread.id.as_str()).collect()
}

/// What commands have kept.
fn kept(cmds: &[Cmd]) -> Vec<Marking> {
    let marking = |cmd: &Cmd| match cmd {
        Cmd::KeepMark { marking, .. } => Some(marking.clone()),
        _ => None,
    };
    cmds.iter().filter_map(marking).collect()
}

fn begun(minutes: i64) -> Marking {
    Marking::Begin(noon(minutes))
}

fn read_to(thread: &str, minutes: i64, post: Option<&str>) -> Marking {
    let (up_to, post) = (noon(minutes), post.map(Id::new));
    Marking::Read(thread.into(), Mark { up_to, post })
}

/// The threads "t1" to "t4" of group "A", of which Graph counts so many as unseen and the store has these marks.
fn seen(unseen: u32, marks: Option<Marks>) -> (Stage, Vec<Cmd>) {
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

fn marks(since: i64, threads: &[(&str, i64)]) -> Marks {
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
fn posts_at(minutes: &[i64]) -> Vec<Post> {
    let post = |minutes: &i64| Post {
        received_date_time: Some(noon(-minutes)),
        ..post(&format!("p{minutes}"), 2)
    };
    minutes.iter().map(post).collect()
}

/// Opens the thread under the cursor, with these posts, laid out.
fn open(stage: &mut Stage, posts: Vec<Post>) -> Vec<Cmd> {
    let cmds = stage.key("enter");
    let cmds = stage.reply(asked(&cmds, Lane::Posts), posts_of(posts));
    lay_out(stage, cmds)
}

/// Lays posts out; gives the commands of that, too.
fn lay_out(stage: &mut Stage, mut cmds: Vec<Cmd>) -> Vec<Cmd> {
    for cmd in cmds.clone() {
        let Cmd::Typeset { posts, width } = cmd else { continue };
        for post in posts {
            let set = std::sync::Arc::new(crate::text::typeset(&post.body, width));
            let post = post.id.clone();
            cmds.extend(stage.tell(What::Typeset { post, width, set }));
        }
    }
    cmds
}

/// All of a thread but its newest post was read.
fn but_for_the_newest(thread: &str, minutes: i64) -> Marking {
    let up_to = noon(minutes) - jiff::SignedDuration::from_millis(1);
    Marking::Unread(thread.into(), Mark { up_to, post: None })
}

#[test]
fn at_first_sight_what_graph_counts_as_unseen_is_unread() {
    for (unseen, expected) in [(0, &[][..]), (2, &["t1", "t2"]), (9, &["t1", "t2", "t3", "t4"])] {
        let (stage, cmds) = seen(unseen, None);
        assert_eq!(unread(&stage), expected);
        let newest = expected
            .iter()
            .zip(1..)
            .map(|(thread, at)| but_for_the_newest(thread, -at));
        let all: Vec<Marking> = std::iter::once(begun(-1)).chain(newest).collect();
        assert_eq!(kept(&cmds), all);
    }
}

#[test]
fn the_first_sight_waits_for_the_counts_and_for_the_store() {
    let mut stage = Stage::with_groups();
    let lane = asked(&stage.key("enter"), Lane::Threads);
    let (group, marks) = ("A".into(), Marks::default());
    let known = Ok(Payload::Marks { group, marks });
    let steps: [(Asked, Part, _); 3] = [
        (lane, Part::Last, Ok(threads(&["t1", "t2"]))),
        (3.into(), Part::Last, Ok(Payload::Unseen(vec![("A".into(), 1)]))),
        (lane, Part::Kept(noon(-9)), known),
    ];
    for order in [[0, 1, 2], [2, 0, 1], [1, 2, 0], [0, 2, 1]] {
        let mut stage = Stage {
            model: stage.model.clone(),
            now: stage.now,
        };
        let mut all = Vec::new();
        for (at, step) in order.into_iter().enumerate() {
            assert_eq!(kept(&all), [], "before step {at} of {order:?}");
            let (id, part, result) = steps[step].clone();
            all = stage.answer(id, part, result);
        }
        assert_eq!(kept(&all), [begun(-1), but_for_the_newest("t1", -1)], "{order:?}");
        assert_eq!(unread(&stage), ["t1"]);
    }
}

#[test]
fn in_an_empty_group_whatever_comes_is_unread() {
    let mut stage = Stage::with_groups();
    stage.reply(3, Payload::Unseen(Vec::new()));
    let cmds = stage.key("enter");
    let (group, marks) = ("A".into(), Marks::default());
    stage.answer(1, Part::Kept(noon(-9)), Ok(Payload::Marks { group, marks }));
    stage.reply(asked(&cmds, Lane::Threads), threads(&[]));
    let cmds = stage.wait(60_000);
    stage.reply(asked(&cmds, Lane::Watch), threads(&["t1"]));
    assert_eq!(unread(&stage), ["t1"]);
}

#[test]
fn what_was_marked_before_the_first_sight_stays_as_it_was_marked() {
    let marked = Marks {
        since: None,
        ..marks(0, &[("t1", -1), ("t3", -8)])
    };
    let (stage, cmds) = seen(2, Some(marked));
    assert_eq!(kept(&cmds), [begun(-1), but_for_the_newest("t2", -2)]);
    assert_eq!(unread(&stage), ["t2", "t3"]);
}

#[test]
fn the_threads_of_one_conversation_are_not_the_first_sight_of_a_group() {
    let mut stage = Stage::with_groups();
    stage.reply(3, Payload::Unseen(Vec::new()));
    let cmds = stage.key("enter");
    let (group, marks) = ("A".into(), Marks::default());
    let lane = asked(&cmds, Lane::Threads);
    stage.answer(lane, Part::Kept(noon(-9)), Ok(Payload::Marks { group, marks }));
    let cmds = stage.key("v");
    let page = Payload::Conversations([Conversation::default()].into());
    stage.reply(asked(&cmds, Lane::Conversations), page);
    let cmds = stage.key("enter");
    let cmds = stage.reply(asked(&cmds, Lane::Threads), threads(&["t3", "t4"]));
    assert_eq!(kept(&cmds), []);
    let cmds = stage.keys("esc v");
    let cmds = stage.reply(asked(&cmds, Lane::Threads), threads(&["t1", "t3", "t4"]));
    assert_eq!(kept(&cmds), [begun(-1)]);
}

#[test]
fn what_the_store_has_counts_not_what_graph_counts() {
    let (stage, cmds) = seen(4, Some(marks(-3, &[("t2", -2), ("t4", -9)])));
    assert_eq!(unread(&stage), ["t1", "t4"]);
    assert_eq!(kept(&cmds), []);
}

#[test]
fn an_older_list_of_the_store_tells_what_is_new() {
    let mut stage = Stage::with_groups();
    let cmds = stage.key("enter");
    let lane = asked(&cmds, Lane::Threads);
    let (group, marks) = ("A".into(), Marks::default());
    stage.answer(lane, Part::Kept(noon(-9)), Ok(Payload::Marks { group, marks }));
    let cmds = stage.answer(lane, Part::Kept(noon(-9)), Ok(threads(&["t3", "t4"])));
    assert_eq!(kept(&cmds), [begun(-3)]);
    stage.reply(lane, threads(&["t1", "t3", "t4"]));
    assert_eq!(unread(&stage), ["t1"]);
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
    let cmds = stage.key("G");
    assert_eq!(kept(&cmds), [read_to("t1", -1, Some("p1"))]);
    assert!(!unread(&stage).contains(&"t1"));
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
    };
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
    assert_eq!(stage.key("U"), []);
    assert_eq!(
        stage.said(),
        Some("Nothing is unread here; “B 山田 فريق 👩\u{200d}👧” has 3 new.")
    );
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

/// The groups that Graph is told to have been seen.
fn told(cmds: &[Cmd]) -> Vec<(Asked, String)> {
    let group = |cmd: &Cmd| match cmd {
        Cmd::Send(Request {
            id,
            job: Job::Write(Mutation::SeeGroup { group }),
        }) => Some((Asked(*id), group.as_str().to_owned())),
        _ => None,
    };
    cmds.iter().filter_map(group).collect()
}

#[test]
fn graph_is_told_once_that_an_opened_group_was_seen() {
    let (mut stage, cmds) = seen(2, None);
    let (id, group) = told(&cmds).remove(0);
    assert_eq!((group.as_str(), told(&cmds).len()), ("A", 1));
    assert_eq!(
        stage.model.groups.unseen[&Id::new("A")],
        2,
        "not before Graph has said so"
    );
    let accepted = Payload::Changed(Delivery::Accepted { at: noon(0) });
    assert_eq!(stage.reply(id, accepted), []);
    assert_eq!(stage.model.groups.unseen[&Id::new("A")], 0);
    assert_eq!(unread(&stage), ["t1", "t2"], "that is not having read them");
    assert_eq!(told(&stage.keys("j k enter esc")), []);
}

#[test]
fn what_graph_refuses_to_be_told_is_told_again_only_when_it_has_counted_anew() {
    let (mut stage, cmds) = seen(2, None);
    let (id, _) = told(&cmds).remove(0);
    stage.reply(id, Payload::Changed(Delivery::NotSent(problem())));
    assert_eq!(stage.said(), None);
    assert_eq!(stage.model.groups.unseen[&Id::new("A")], 2);
    assert_eq!(told(&stage.keys("j k")), []);
    stage.key("1");
    let cmds = stage.key("ctrl-r");
    let cmds = stage.reply(asked(&cmds, Lane::Groups), groups(&["A", "B"]));
    stage.reply(asked(&cmds, Lane::Unseen), Payload::Unseen(vec![("A".into(), 1)]));
    assert_eq!(told(&stage.key("3")).len(), 1);
}

#[test]
fn a_group_is_not_seen_by_resting_on_it_nor_where_nothing_may_be_sent() {
    let mut stage = Stage::with_groups();
    stage.reply(3, Payload::Unseen(vec![("A".into(), 2)]));
    let cmds = stage.wait(150);
    stage.know_marks();
    let cmds = stage.reply(asked(&cmds, Lane::Threads), threads(&["t1"]));
    assert_eq!(told(&cmds), []);
    stage.model.settings.read_only = true;
    assert_eq!(told(&stage.key("3")), []);
}
