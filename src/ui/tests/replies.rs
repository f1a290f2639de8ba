//! Writing: the composer, the review, and what becomes of a reply.

use super::stage::Stage;
use super::{data, look};
use crate::app::{Template, What};
use crate::domain::{Draft, DraftId, DraftState, Enclosed, Kind, Person, Target};
use crate::protocol::{Delivery, Lane, Payload, ProblemKind};

const SAID: &str = "ありがとう、花子! The freeze on Friday suits us; we shall be done by noon. 👩‍👩‍👧 שלום";

fn written(stage: &mut Stage) -> &mut Stage {
    stage
        .with_thread()
        .keys("R")
        .types(SAID)
        .keys("enter enter")
        .types("Ana")
        .quoted()
        .wait(1)
}

#[test]
fn composer() {
    look("composer-empty", |stage| stage.with_thread().keys("r"));
    look("composer", |stage| written(stage));
    look("composer-unsaved", |stage| stage.with_thread().keys("r").types("x"));
    look("composer-not-saved", |stage| {
        stage.with_thread().keys("r").types("x");
        let draft = stage.model.composer.as_ref().unwrap().id().clone();
        let result = Err(crate::protocol::Problem::new(
            ProblemKind::General,
            "The disk is full.",
            "Make room.",
        ));
        stage.tell(What::DraftSaved {
            draft,
            revision: 1,
            result,
        })
    });
}

#[test]
fn review() {
    look("review", |stage| written(stage).keys("ctrl-s"));
    // All of it can be read before it goes.
    look("review-end", |stage| written(stage).keys("ctrl-s ctrl-end"));
}

/// A new conversation with something in every field, in Markdown.
fn begun(stage: &mut Stage) -> &mut Stage {
    stage
        .with_group()
        .keys("c")
        .types("Lantern night 灯籠")
        .keys("enter")
        .types("Ada שלום <ada@folk.example>")
        .keys("enter tab")
        .types("緊急")
        .keys("enter tab tab alt-m")
        .types("**Who** comes?")
}

#[test]
fn what_is_no_reply() {
    look("conversation", |stage| begun(stage).keys("backtab"));
    look("conversation-review", |stage| {
        begun(stage).keys("ctrl-s");
        let draft = stage.model.composer.as_ref().unwrap().id().clone();
        let html = "<p><strong>Who</strong> comes?</p>";
        let body = crate::domain::Body::Html(crate::domain::Html::new(html));
        let set = std::sync::Arc::new(crate::text::typeset(&body, 60));
        stage.tell(What::Previewed { draft, set })
    });
    look("forward-review", |stage| {
        stage
            .with_thread()
            .keys("f")
            .types("Ada שלום <ada@folk.example>")
            .keys("enter tab")
            .types("For you, 花子.")
            .keys("ctrl-s")
    });
}

fn delivered(stage: &mut Stage, outcome: Delivery) -> &mut Stage {
    written(stage).keys("ctrl-s y");
    let draft = DraftId("test-1".into());
    stage.written(Payload::Delivery {
        draft,
        outcome,
        since: None,
    })
}

#[test]
fn on_its_way() {
    look("sending", |stage| written(stage).keys("ctrl-s y"));
    look("accepted", |stage| {
        let at = "2026-11-21T12:00:01Z".parse().unwrap();
        delivered(stage, Delivery::Accepted { at })
    });
    look("unknown", |stage| delivered(stage, Delivery::Unknown(data::offline())));
    look("not-sent", |stage| {
        delivered(stage, Delivery::NotSent(data::forbidden()))
    });
}

fn draft(at: usize, topic: &str, text: &str, state: DraftState) -> Draft {
    Draft {
        id: DraftId(format!("old-{at}")),
        target: Target {
            group: "eng".into(),
            kind: Kind::Reply {
                thread: "t2".into(),
                post: None,
            },
            group_name: "Engineering".into(),
            topic: topic.into(),
            quoted: None,
        },
        text: text.into(),
        with: Enclosed::default(),
        state,
        begun: "2026-11-20T12:00:00Z".parse().unwrap(),
        writer: None,
    }
}

#[test]
fn drafts() {
    fn found(stage: &mut Stage) -> &mut Stage {
        let since = "2026-11-20T12:00:00Z".parse().unwrap();
        let mine = vec![
            draft(1, "会議の議事録", "ありがとう\nございます", DraftState::Writing),
            draft(2, "שלום לכולם", "תודה", DraftState::Sending { since }),
            draft(
                3,
                "Lunch \u{1b}[31m",
                "hostile \u{1b}]0;x\u{7}text",
                DraftState::Writing,
            ),
        ];
        stage.with_group();
        stage.tell(What::Drafts {
            mine,
            elsewhere: 0,
            unreadable: 0,
        })
    }
    look("drafts-found", found);
    look("drafts", |stage| {
        found(stage);
        stage.keys("D j")
    });
    look("drafts-discarding", |stage| {
        found(stage);
        stage.keys("D x")
    });
    // A forwarded post leaves nothing to be looked for: only the person knows.
    look("drafts-undecided", |stage| {
        let since = "2026-11-20T12:00:00Z".parse().unwrap();
        let mut forwarded = draft(1, "会議の議事録", "ありがとう", DraftState::Sending { since });
        let (thread, post) = ("t2".into(), "p1".into());
        forwarded.target.kind = Kind::Forward { thread, post };
        stage.with_group();
        stage.tell(What::Drafts {
            mine: vec![forwarded],
            elsewhere: 0,
            unreadable: 0,
        });
        stage.keys("D")
    });
}

#[test]
fn people_named_in_the_text() {
    look("mention", |stage| {
        stage.with_thread().keys("r").types("ありがとう, (@n");
        let mut people: Vec<Person> = ["Nora Åkesson-Lindqvist", "נועה כהן", "Niels 👩🏽‍💻 Bohr"]
            .into_iter()
            .zip(1..)
            .map(|(name, at)| Person {
                id: format!("n{at}").as_str().into(),
                name: name.into(),
                mail: Some(format!("n{at}.with.a.long.address@folk.example").as_str().into()),
                ..Person::default()
            })
            .collect();
        people[2].user_type = Some("Guest".into());
        people[1].name = "Noa נועה".into();
        let found = Payload::Remembered(
            people
                .into_iter()
                .map(|person| (person, stage.model.now.wall))
                .collect(),
        );
        stage.answer(Lane::Remembered, found).keys("down")
    });
    look("mention-at-the-edge", |stage| {
        let stage = stage
            .with_thread()
            .keys("r enter enter enter enter enter enter enter enter enter enter");
        stage.types("a long line up to the right edge of it @花").wait(1);
        stage.refuse(Lane::People, data::offline())
    });
}

#[test]
fn as_it_will_be_read() {
    look("preview", |stage| {
        begun(stage).keys("alt-p");
        let draft = stage.model.composer.as_ref().unwrap().id().clone();
        let html = "<p><strong>Who</strong> comes? 灯籠 👩‍👩‍👧</p><blockquote type=cite>שלום</blockquote>";
        let body = crate::domain::Body::Html(crate::domain::Html::new(html));
        let set = std::sync::Arc::new(crate::text::typeset(&body, 60));
        stage.tell(What::Previewed { draft, set })
    });
    look("preview-of-nothing", |stage| {
        stage.with_thread().keys("r alt-p");
        let draft = stage.model.composer.as_ref().unwrap().id().clone();
        let set = std::sync::Arc::new(crate::text::typeset(&crate::domain::Body::default(), 60));
        stage.tell(What::Previewed { draft, set })
    });
}

#[test]
fn templates() {
    look("templates", |stage| {
        stage.with_thread().keys("r alt-t");
        let template = |(name, text): (&str, Result<&str, &'static str>)| Template {
            name: name.into(),
            text: text.map(str::to_owned),
        };
        let all = [
            (
                "議事録",
                Ok("# {{topic}}\n\n{{date}}, {{me}}\n\n- 👩‍👩‍👧 שלום\n- \u{1b}[31mred"),
            ),
            ("thanks תודה", Ok("Thanks")),
            ("huge", Err("It is larger than 64 kB.")),
        ];
        stage.tell(What::Templates(Ok(all.map(template).into())))
    });
}
