//! What has come since the posts of a thread were kept: the thread opens where it begins.

use super::fixture::*;
use super::marks::{kept, lay_out, marks, open, posts_at, read_to, seen, unread};
use crate::app::{Cmd, Row};
use crate::domain::{Post, Recipient};
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

/// Opens it again, after its old posts were read in this run.
fn open_again(stage: &mut Stage) -> Asked {
    let list = |stage: &mut Stage, minutes: i64| {
        let cmds: Vec<Cmd> = stage.key("ctrl-r");
        let listed = [thread_at("t1", minutes), thread("t2")];
        stage.reply(asked(&cmds, Lane::Threads), Payload::Threads(listed.into()));
    };
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
        stage.key("G");
        assert!(!unread(&stage).contains(&"t1"));
        let cmds = stage.key("ctrl-r");
        let more = [longer(), vec![post("p61", 2), post("p62", 2)]].concat();
        let cmds = stage.reply(asked(&cmds, Lane::Posts), posts_of(more));
        lay_out(&mut stage, cmds);
        assert_eq!(stage.model.posts.news, Some("p61".into()));
        assert_eq!(stage.model.posts.cursor, 13);
    }
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
