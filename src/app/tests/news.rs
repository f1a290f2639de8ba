//! What has come since the posts of a thread were kept: the thread opens where it begins.

use super::fixture::*;
use super::marks::{kept, lay_out, marks, open, posts_at, read_on, read_to, seen, unread};
use crate::app::{Cmd, Row};
use crate::domain::{Post, Recipient, Thread};
use crate::protocol::{Lane, Part, Payload};

/// The posts that were read half an hour before noon.
fn old() -> Vec<Post> {
    posts_at(&[50, 40, 30])
}

/// The same, and nine that have come since.
fn longer() -> Vec<Post> {
    posts_at(&[50, 40, 30, 9, 8, 7, 6, 5, 4, 3, 2, 1])
}

fn small() -> Stage {
    seen(0, Some(marks(-30, &[]))).0.resized(100, 24)
}

/// Opens the thread "t1", of which the store has the old posts.
fn open_kept(stage: &mut Stage) -> Asked {
    let posts = asked(&stage.key("enter"), Lane::Posts);
    let cmds = stage.answer(posts, Part::Kept(noon(-20)), Ok(posts_of(old())));
    lay_out(stage, cmds);
    posts
}

/// Reads the list of threads again: the newest post of "t1" is so many minutes old.
fn list(stage: &mut Stage, minutes: i64) {
    let cmds: Vec<Cmd> = stage.key("ctrl-r");
    let listed = [thread_at("t1", minutes), thread("t2")];
    stage.reply(asked(&cmds, Lane::Threads), Payload::Threads(listed.into()));
}

/// Opens it again, after its old posts were read in this run.
fn open_again(stage: &mut Stage) -> Asked {
    list(stage, 30);
    open(stage, old());
    stage.keys("esc j enter esc");
    list(stage, 1);
    let cmds = stage.keys("k enter");
    lay_out(stage, cmds.clone());
    asked(&cmds, Lane::Posts)
}

#[test]
fn what_has_come_since_is_read_from_its_beginning() {
    for open in [open_kept, open_again] {
        let mut stage = small();
        let posts = open(&mut stage);
        assert_eq!(stage.model.posts.cursor, 2, "all of them were read");
        let cmds = stage.reply(posts, posts_of(longer()));
        let cmds = lay_out(&mut stage, cmds);
        assert_eq!(stage.model.posts.news, Some("p9".into()));
        assert_eq!(stage.model.posts.cursor, 3, "the first that is new");
        let line = stage.model.posts.height(2) - 1;
        assert_eq!(stage.visible().first(), Some(&(2, line)));
        assert_eq!(stage.model.posts.row(2, line), Some(Row::News));
        assert!(!kept(&cmds).contains(&read_to("t1", -1, Some("p1"))));
        assert!(unread(&stage).contains(&"t1"), "its end was not seen");
        // Whoever has then seen the end goes on seeing it.
        read_on(&mut stage);
        assert!(!unread(&stage).contains(&"t1"));
        let cmds = stage.key("ctrl-r");
        let more = [longer(), vec![post("p61", 2), post("p62", 2)]].concat();
        let cmds = stage.reply(asked(&cmds, Lane::Posts), posts_of(more));
        lay_out(&mut stage, cmds);
        assert_eq!(stage.model.posts.news, Some("p61".into()));
        assert_eq!(stage.model.posts.cursor, 12, "the first of the two");
        assert!(!unread(&stage).contains(&"t1"), "both are on the screen");
    }
}

/// A look at the list of threads finds that "t1" has got these posts.
fn arrive(stage: &mut Stage, posts: Vec<Post>) {
    let newest = posts.last().and_then(Post::when);
    let cmds = stage.wait(60_000);
    let now = Thread {
        last_delivered_date_time: newest,
        ..thread("t1")
    };
    let cmds = stage.reply(asked(&cmds, Lane::Watch), Payload::Threads([now].into()));
    let cmds = stage.reply(asked(&cmds, Lane::Posts), posts_of(posts));
    lay_out(stage, cmds);
}

/// The open thread's end is on the screen, and all of it read.
fn at_the_end() -> Stage {
    let mut stage = small();
    list(&mut stage, 30);
    open(&mut stage, old());
    assert!(!unread(&stage).contains(&"t1"));
    stage
}

#[test]
fn where_several_come_at_once_none_of_them_passes_unseen() {
    let mut stage = at_the_end();
    arrive(&mut stage, longer());
    assert_eq!(stage.model.posts.news, Some("p9".into()));
    assert_eq!(stage.model.posts.cursor, 3, "the first of them");
    let line = stage.model.posts.height(2) - 1;
    assert_eq!(stage.visible().first(), Some(&(2, line)), "below the line that says so");
    assert!(unread(&stage).contains(&"t1"), "not all of them are on the screen");
    let (above, below) = stage.model.unread_beyond();
    assert!(above == 0 && (1..8).contains(&below), "{below}");
    // The next that was not read is the first below the screen.
    let next = 12 - below;
    stage.key("U");
    assert_eq!(stage.model.posts.cursor, next);
    read_on(&mut stage);
    assert_eq!((stage.model.unread_beyond(), unread(&stage)), ((0, 0), vec!["t2"]));
}

#[test]
fn what_was_jumped_over_stays_unread_and_can_be_gone_back_to() {
    let mut stage = at_the_end();
    arrive(&mut stage, longer());
    let (_, below) = stage.model.unread_beyond();
    stage.key("G");
    let (above, rest) = stage.model.unread_beyond();
    assert!(above > 0 && above < below && rest == 0, "{above} of {below}");
    assert!(unread(&stage).contains(&"t1"), "they were never on the screen");
    stage.key("U");
    assert_eq!(stage.model.posts.cursor, 12 - below);
    assert_eq!(stage.model.unread_beyond().0, 0);
    read_on(&mut stage);
    assert!(!unread(&stage).contains(&"t1"));
}

#[test]
fn short_news_are_read_as_they_come_and_so_is_what_comes_then() {
    let mut stage = at_the_end().resized(120, 60);
    let two = [old(), posts_at(&[9, 8])].concat();
    arrive(&mut stage, two.clone());
    assert_eq!((stage.model.posts.cursor, unread(&stage)), (3, vec!["t2"]));
    let three = [two, posts_at(&[7])].concat();
    arrive(&mut stage, three);
    assert_eq!((stage.model.posts.cursor, unread(&stage)), (5, vec!["t2"]));
    assert_eq!(stage.model.posts.news, Some("p7".into()));
}

#[test]
fn where_only_oneself_has_written_since_it_opens_at_the_end() {
    let mut stage = small();
    let posts = open_kept(&mut stage);
    let mut now = longer();
    for own in now.iter_mut().skip(3) {
        own.sender = Recipient {
            name: "me".into(),
            address: "ME@folkvale.example".into(),
        };
    }
    let cmds = stage.reply(posts, posts_of(now));
    lay_out(&mut stage, cmds);
    assert_eq!(stage.model.posts.news, None);
    assert_eq!(stage.model.posts.cursor, 11);
}
