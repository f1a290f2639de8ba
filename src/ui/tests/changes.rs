//! Threads that are being changed, and the question before one goes.

use std::sync::Arc;

use insta::assert_snapshot;

use super::picture::picture;
use super::stage::Stage;
use super::{Theme, data, look};
use crate::protocol::{Extent, Lane, Payload};

fn extent(threads: usize, posts: usize, at_least: bool) -> Payload {
    Payload::Extent(Extent {
        conversation: Some("c".into()),
        threads: (0..threads).map(|at| format!("t{at}").as_str().into()).collect(),
        posts,
        at_least,
    })
}

#[test]
fn a_thread_that_is_to_go() {
    look("delete-counting", |stage| stage.with_thread().keys("X"));
    look("delete-thread", |stage| {
        stage
            .with_thread()
            .keys("X")
            .answer(Lane::Extent, extent(1, 12, false))
            .types("delete 12 posts")
    });
    look("delete-refused", |stage| {
        stage
            .with_thread()
            .keys("X")
            .refuse(Lane::Extent, data::forbidden())
            .types("x")
            .keys("enter")
    });
    look("delete-something-else", |stage| {
        stage
            .with_thread()
            .keys("X")
            .answer(Lane::Extent, extent(1, 12, false))
            .types("x")
            .keys("enter")
    });
    let conversation = |stage: &mut Stage| {
        stage
            .with_group()
            .keys("3 j :")
            .types("delete-conversation")
            .keys("enter");
        stage
            .answer(Lane::Extent, extent(3, 230, true))
            .types("something else")
            .keys("enter");
    };
    look("delete-conversation", |stage| {
        conversation(stage);
        stage
    });
    let mut stage = Stage::new(80, 24);
    conversation(&mut stage);
    assert_snapshot!(
        "delete-conversation-monochrome",
        picture(&stage.model, &Theme::monochrome())
    );
}

#[test]
fn what_is_new_in_a_thread() {
    let new = |stage: &mut Stage| {
        let marks = crate::protocol::Marks {
            since: data::posts().first().and_then(|oldest| oldest.when()),
            ..Default::default()
        };
        let group = data::groups().remove(0).id;
        stage
            .with_group()
            .recall(Lane::Threads, Payload::Marks { group, marks });
        stage.keys("3 U").answer(
            Lane::Posts,
            Payload::Posts {
                posts: data::posts().into_iter().map(Arc::new).collect(),
                cut_short: false,
            },
        );
        stage.keys("k k");
    };
    look("unread-posts", |stage| {
        new(stage);
        stage
    });
}

#[test]
fn what_is_under_way() {
    look("threads-under-way", |stage| {
        stage
            .with_group()
            .keys("3 L j X")
            .answer(Lane::Extent, extent(1, 1, false));
        stage.types("delete 1 post").keys("enter")
    });
}
