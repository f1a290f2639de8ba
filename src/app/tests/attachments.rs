//! Attachments of posts: asked for where there may be some, shown above the body, and listed.

use super::downloads::begun;
use super::fixture::*;
use crate::app::{Overlay, Row};
use crate::domain::{Attachment, AttachmentKind, Post};
use crate::protocol::{Lane, Payload, Query};

pub(super) fn attachment(name: &str, inline: bool) -> Attachment {
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
fn pictures_in_the_text_are_listed_and_links_to_files_lead_to_the_text() {
    let html = r#"<img src="cid:1" alt="plan"><a href="https://files.example/x">Budget 2027</a>"#;
    let mut stage = Stage::with_posts(vec![post_saying("p1", html)]);
    let link = Attachment {
        kind: AttachmentKind::Reference,
        ..attachment("Budget", false)
    };
    let inline = attachment("plan.png", true);
    stage.model.posts.attachments.insert("p1".into(), vec![link, inline]);
    assert!(matches!(stage.model.posts.row(0, 1), Some(Row::Attachment(_))));
    assert!(
        matches!(stage.model.posts.row(0, 2), Some(Row::Body(0, _))),
        "the picture stands in the body"
    );
    stage.keys("4 A j");
    assert_eq!(begun(&stage.key("enter")).len(), 1);
    stage.keys("k enter");
    assert_eq!(stage.model.overlay, Some(Overlay::Links { cursor: 0, typed: 0 }));
}

#[test]
fn where_nothing_is_attached_there_is_no_list() {
    let mut stage = Stage::with_posts(vec![post("p1", 2)]);
    stage.keys("4 A");
    assert_eq!(stage.model.overlay, None);
    assert_eq!(
        stage.model.notice.as_ref().unwrap().text.as_str(),
        "Nothing is attached to this post."
    );
}

#[test]
fn where_nothing_is_attached_it_is_said_which_post_has_files() {
    let mut stage = Stage::with_threads();
    let cmds = stage.key("enter");
    let posts = vec![with_file("p1", 1), with_file("p2", 1), post("p3", 1), post("p4", 1)];
    let cmds = stage.reply(asked(&cmds, Lane::Posts), posts_of(posts));
    stage.typeset_all(&cmds);
    let id = asked(&cmds, Lane::Attachments);
    let files = |post: &str, count: usize| Payload::Attachments {
        post: post.into(),
        attachments: vec![attachment("名簿.xlsx", false); count],
    };
    stage.part(id, files("p1", 1));
    stage.part(id, files("p2", 3));
    stage.reply(id, Payload::Nothing);
    stage.keys("G A");
    assert_eq!(
        stage.said(),
        Some("Nothing is attached to this post; post 2 has 3 files: # 2 goes there.")
    );
    stage.key("#");
    stage.types("2");
    stage.keys("enter A");
    assert!(matches!(stage.model.overlay, Some(Overlay::Attachments { .. })));
}
