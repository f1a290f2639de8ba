//! Attachments of posts: asked for where there may be some, shown above the body.

use super::fixture::*;
use crate::app::{Cmd, Overlay, Row, Saving, What};
use crate::domain::{Attachment, AttachmentKind, Post, Text};
use crate::protocol::{Lane, Payload, Problem, ProblemKind, Query};

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

/// A post with two files and a link to one in the cloud, and the list of them open.
fn listed() -> (Stage, Vec<Attachment>) {
    let mut stage = Stage::with_posts(vec![post("p1", 2)]);
    let link = Attachment {
        kind: AttachmentKind::Reference,
        ..attachment("مخطط", false)
    };
    let all = vec![attachment("名簿.xlsx", false), link, attachment("b.pdf", false)];
    stage.model.posts.attachments.insert("p1".into(), all.clone());
    stage.keys("4 A");
    assert_eq!(stage.model.overlay, Some(Overlay::Attachments { cursor: 0 }));
    (stage, all)
}

fn save(attachments: &[Attachment]) -> Cmd {
    Cmd::Save(Box::new(Saving {
        group: "A".into(),
        thread: "t1".into(),
        post: "p1".into(),
        attachments: attachments.to_vec(),
    }))
}

#[test]
fn one_attachment_is_saved_or_all_that_have_bytes() {
    let (mut stage, all) = listed();
    assert_eq!(stage.key("j"), []);
    assert_eq!(stage.key("enter"), [], "a link has no bytes");
    assert!(
        stage
            .model
            .notice
            .as_ref()
            .unwrap()
            .text
            .as_str()
            .contains("in the cloud")
    );
    stage.key("j");
    assert_eq!(stage.model.overlay, Some(Overlay::Attachments { cursor: 2 }));
    assert_eq!(stage.key("s"), [save(&all[2..])]);
    assert_eq!(stage.model.overlay, None);
    let (mut stage, all) = listed();
    assert_eq!(stage.key("S"), [save(&[all[0].clone(), all[2].clone()])]);
}

#[test]
fn it_is_said_where_they_are_or_why_not() {
    let (mut stage, _) = listed();
    for (result, says) in [
        (Ok(vec![Text::new("/x/b.pdf")]), "Saved as /x/b.pdf."),
        (
            Ok(vec![Text::new("/x/a"), Text::new("/x/b (2).pdf")]),
            "2 files are saved, the last as /x/b (2).pdf.",
        ),
        (
            Err(Problem::new(ProblemKind::General, "The disk is full.", "Make room.")),
            "The disk is full. Make room.",
        ),
    ] {
        assert_eq!(stage.tell(What::Saved(result)), []);
        assert_eq!(stage.model.notice.as_ref().unwrap().text.as_str(), says);
    }
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
