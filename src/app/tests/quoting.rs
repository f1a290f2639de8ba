//! Replies that quote, and quotes that are still on their way.

use super::drafts::{draft, writing};
use super::fixture::*;
use crate::app::{Cmd, What};
use crate::domain::DraftId;
use crate::keys::Place;
use crate::protocol::Lane;

#[test]
fn nothing_and_a_quote_on_its_way_are_not_sent() {
    let mut stage = writing();
    assert_eq!(stage.keys("space ctrl-s"), []);
    assert_eq!(stage.said(), Some("There is nothing to send yet."));
    let mut stage = Stage::with_posts(vec![post("p1", 2)]);
    let cmds = stage.key("R");
    let quote = Cmd::Quote {
        draft: DraftId("run-1".into()),
        post: stage.model.posts.entries[0].post.clone(),
    };
    assert_eq!(cmds, [quote]);
    stage.types("see below");
    assert_eq!(stage.key("ctrl-s"), []);
    assert_eq!(stage.model.place(), Place::Composer);
    let (draft, html) = (DraftId("run-1".into()), "<p>quoted</p>".to_owned());
    stage.tell(What::Quoted { draft, html });
    stage.key("ctrl-s");
    assert_eq!(stage.model.place(), Place::Review);
    let composer = stage.model.composer.as_ref().unwrap();
    assert_eq!(composer.target().quoted.as_deref(), Some("<p>quoted</p>"));
}

#[test]
fn a_quote_that_comes_after_the_draft_was_put_aside_joins_it() {
    let mut stage = Stage::with_posts(vec![post("p1", 2)]);
    stage.key("R");
    stage.types("x");
    stage.key("esc");
    let (id, html) = (DraftId("run-1".into()), "<p>quoted</p>".to_owned());
    let cmds = stage.tell(What::Quoted { draft: id, html });
    let mut quoted = draft(1, "x");
    quoted.target.quoted = Some("<p>quoted</p>".into());
    let (draft, revision) = (Box::new(quoted), 2);
    assert_eq!(cmds, [Cmd::SaveDraft { draft, revision }]);
    stage.key("r");
    let composer = stage.model.composer.as_ref().unwrap();
    assert_eq!(composer.target().quoted.as_deref(), Some("<p>quoted</p>"));
    let html = String::new();
    assert_ignored(
        &mut stage,
        What::Quoted {
            draft: DraftId("another".into()),
            html,
        },
    );
}

#[test]
fn a_quoted_reply_to_a_thread_quotes_its_newest_post_once_that_has_come() {
    let mut stage = Stage::with_threads();
    let cmds = stage.key("R");
    assert_eq!(lanes(&cmds), [Lane::Posts]);
    assert_eq!(stage.model.composer, None, "there is nothing to quote yet");
    assert!(stage.said().unwrap().contains("has not come yet"));
    stage.reply(asked(&cmds, Lane::Posts), posts_of(vec![post("p1", 1), post("p2", 1)]));
    stage.key("3");
    let cmds = stage.key("R");
    let Some(Cmd::Quote { post, .. }) = cmds.iter().find(|cmd| matches!(cmd, Cmd::Quote { .. })) else {
        panic!("{cmds:?}")
    };
    assert_eq!(post.id, "p2".into());
}
