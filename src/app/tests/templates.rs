//! Templates, and the preview in the composer.

use std::sync::Arc;

use super::fixture::*;
use crate::app::{Cmd, Template, UNREADABLE_TEMPLATE, What};
use crate::domain::{Body, Html};
use crate::keys::Place;
use crate::protocol::{Problem, ProblemKind};
use crate::text::typeset;

fn template(name: &str, text: Result<&str, &'static str>) -> Template {
    Template {
        name: name.into(),
        text: text.map(str::to_owned),
    }
}

fn text(stage: &Stage) -> String {
    stage.model.composer.as_ref().unwrap().editor.text()
}

/// A reply that says "ab", the cursor between the letters, and the templates to choose among.
fn choosing() -> Stage {
    let mut stage = Stage::with_posts(vec![post("p1", 2)]);
    stage.key("r");
    stage.types("ab");
    stage.key("left");
    assert_eq!(stage.key("alt-t"), [Cmd::ReadTemplates]);
    let all = [
        template(
            "minutes 議事録",
            Ok("{{me}}, {{date}}: {{topic}} / {{nobody}} {{ {{group}}"),
        ),
        template("binary", Err(UNREADABLE_TEMPLATE[1])),
        template("thanks תודה", Ok("Thanks,\n{{unknown}}")),
    ];
    stage.tell(What::Templates(Ok(all.into())));
    assert_eq!(stage.model.place(), Place::Templates);
    stage
}

#[test]
fn a_template_is_put_where_the_cursor_is_with_what_it_leaves_open() {
    let mut stage = choosing();
    stage.types("minu");
    assert_eq!(stage.key("enter"), []);
    assert_eq!(stage.model.place(), Place::Composer);
    assert_eq!(
        text(&stage),
        "ame 花子, 2026-11-21: Topic t1 会議 👩\u{200d}💻 / {{nobody}} {{ A 山田 فريق 👩\u{200d}👧b"
    );
    stage.key("ctrl-z");
    assert_eq!(text(&stage), "ab", "and it can be undone");
}

#[test]
fn what_is_no_template_says_so_and_nothing_is_put() {
    let mut stage = choosing();
    stage.keys("down enter");
    assert_eq!(stage.said(), Some("It is no text."));
    stage.types("zzz");
    stage.key("enter");
    assert_eq!(stage.said(), Some("No template is called anything like this."));
    stage.key("esc");
    assert_eq!((stage.model.place(), text(&stage).as_str()), (Place::Composer, "ab"));
    stage.key("alt-t");
    let none = Problem::new(ProblemKind::NotFound, "There are no templates in /x.", "Put one there.");
    stage.tell(What::Templates(Err(none)));
    assert_eq!(stage.said(), Some("There are no templates in /x. Put one there."));
    stage.keys("alt-t esc");
    stage.tell(What::Templates(Ok([template("late", Ok("x"))].into())));
    assert_eq!(stage.model.place(), Place::Posts, "nobody writes any more");
}

#[test]
fn what_is_written_is_shown_as_it_will_be_read_and_then_goes_on() {
    let mut stage = Stage::with_posts(vec![post("p1", 2)]);
    stage.key("r");
    for line in 0..40 {
        stage.types(&format!("line {line} 日本"));
        stage.key("enter");
    }
    stage.keys("up up left");
    let cursor = stage.model.composer.as_ref().unwrap().editor.cursor();
    let cmds = stage.key("alt-p");
    let [Cmd::Preview { draft, width }] = &cmds[..] else {
        panic!("{cmds:?}")
    };
    assert_eq!(stage.model.place(), Place::Preview);
    let html = crate::text::draft_html(&draft.text, &draft.with, None);
    let set = Arc::new(typeset(&Body::Html(Html::new(html)), *width));
    let id = draft.id.clone();
    stage.tell(What::Previewed {
        draft: id,
        set: set.clone(),
    });
    let top = |stage: &Stage| stage.model.composer.as_ref().unwrap().looking;
    let rows = usize::from(stage.model.arrangement().composer.unwrap().content().height);
    stage.keys("down down up");
    assert_eq!(top(&stage), Some(1));
    stage.key("pagedown");
    assert_eq!(top(&stage), Some(1 + rows));
    stage.key("ctrl-end");
    assert_eq!(top(&stage), Some(set.lines.len() - rows));
    stage.types("q");
    assert_eq!(
        stage.model.place(),
        Place::Preview,
        "letters are neither text nor commands"
    );
    stage.key("esc");
    assert_eq!(stage.model.place(), Place::Composer);
    assert_eq!(stage.model.composer.as_ref().unwrap().editor.cursor(), cursor);
    assert_eq!(stage.model.composer.as_ref().unwrap().preview, None);
    stage.keys("alt-p ctrl-s");
    assert_eq!(stage.model.place(), Place::Review);
    stage.key("esc");
    assert_eq!(stage.model.place(), Place::Composer);
}
