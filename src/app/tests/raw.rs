//! A post as Graph has it: what is known of it, and what is read for it.

use super::fixture::*;
use crate::app::{Cmd, Overlay, raw_text};
use crate::domain::Extension;
use crate::protocol::{Lane, Payload, Query};

fn raw(stage: &Stage) -> &crate::app::Raw {
    match &stage.model.overlay {
        Some(Overlay::Raw(raw)) => raw,
        other => panic!("{other:?}"),
    }
}

/// What the commands would have written out of a post.
fn written_out(cmds: &[Cmd]) -> Option<String> {
    cmds.iter().find_map(|cmd| match cmd {
        Cmd::LayOutRaw { post, kind, .. } => Some(raw_text(post, *kind).into_owned()),
        _ => None,
    })
}

#[test]
fn what_applications_have_hung_on_a_post_is_read_when_it_is_to_be_shown() {
    let mut stage = Stage::with_posts(vec![post("p1", 1)]);
    let cmds = stage.keys("J tab tab");
    assert!(try_asked(&cmds, &Lane::Extensions).is_none(), "not before");
    let cmds = stage.key("tab");
    let Asked(id) = asked(&cmds, Lane::Extensions);
    let query = Query::Extensions {
        group: "A".into(),
        thread: "t1".into(),
        post: "p1".into(),
    };
    assert_eq!(cmds, [read(id.0, Lane::Extensions, query)]);
    stage.fail(id);
    assert_eq!(raw(&stage).problem(), Some(&problem()));
    let cmds = stage.key("ctrl-r");
    let late = asked(&cmds, Lane::Extensions);
    assert_eq!(raw(&stage).problem(), None);
    let extension: Extension = serde_json::from_str(
        r#"{"id": "x", "extensionName": "com.example.灯籠", "wicks": {"lit": [1, "\u001b[31m"]}}"#,
    )
    .unwrap();
    let cmds = stage.reply(late, Payload::Extensions(vec![extension]));
    let shown = written_out(&cmds).unwrap();
    assert!(shown.contains("com.example.灯籠") && shown.contains("wicks"), "{shown}");
    assert!(!shown.contains('\u{1b}'), "{shown}");
    // It is known now, and is not read a second time; without it, that is said.
    let cmds = stage.keys("tab tab tab tab");
    assert!(try_asked(&cmds, &Lane::Extensions).is_none());
    let again = asked(&stage.key("ctrl-r"), Lane::Extensions);
    let cmds = stage.reply(again, Payload::Extensions(Vec::new()));
    assert!(written_out(&cmds).unwrap().starts_with("No application"));
}
