//! What is no reply: a new conversation, a new thread, a forwarded post; and what the review says of it.

use super::fixture::*;
use super::outgoing::{delivered, stages};
use crate::app::{Cmd, Stage as Sending, What};
use crate::domain::{Draft, DraftId, Format, Kind, Text};
use crate::keys::Place;
use crate::protocol::{Delivery, Job, Landed, Lane, Mutation, Payload, Query, Request, RequestId};

pub(super) fn stage() -> Stage {
    let mut first = post("p1", 2);
    first.conversation_id = Some("conversation".into());
    Stage::with_posts(vec![first])
}

pub(super) fn draft(stage: &Stage) -> Draft {
    stage.model.composer.as_ref().expect("no composer").draft()
}

/// Says yes, and gives what is sent.
fn sent(cmds: &[Cmd]) -> (RequestId, Draft) {
    let sends = cmds.iter().find_map(|cmd| match cmd {
        Cmd::Send(Request {
            id,
            job: Job::Write(_, Mutation::Deliver(draft)),
        }) => Some((*id, (**draft).clone())),
        _ => None,
    });
    sends.unwrap_or_else(|| panic!("{cmds:?}"))
}

#[test]
fn a_conversation_is_begun_with_a_topic_and_looked_for_among_the_newest_threads() {
    let mut stage = stage();
    stage.key("c");
    assert_eq!(stage.model.place(), Place::Header);
    stage.types("Lantern festival 灯籠");
    stage.key("ctrl-s");
    assert_eq!(stage.said(), Some("There is nothing to send yet."));
    stage.key("esc");
    assert_eq!(stage.model.place(), Place::Composer);
    stage.types("Who comes?");
    stage.key("ctrl-s");
    assert_eq!(stage.model.place(), Place::Review);
    let (request, draft) = sent(&stage.key("y"));
    assert_eq!(
        (draft.target.kind, draft.target.topic.as_str()),
        (Kind::Conversation, "Lantern festival 灯籠")
    );
    assert_eq!((draft.target.group, draft.text.as_str()), ("A".into(), "Who comes?"));
    assert_eq!(stage.entries(), ["p1"], "it is no post of the thread that is shown");
    delivered(&mut stage, request, Delivery::Accepted { at: noon(0) });
    let cmds = stage.wait(1_000);
    let look = cmds.iter().find_map(|cmd| match cmd {
        Cmd::Send(Request {
            id,
            job: Job::Read(Lane::Settle(_), Query::Settle(sought)),
        }) => Some((*id, sought.draft.target.kind.clone())),
        _ => None,
    });
    let (look, kind) = look.unwrap();
    assert_eq!(kind, Kind::Conversation);
    let own = Landed {
        before: None,
        thread: "new".into(),
        post: "own".into(),
        at: Some(noon(0)),
    };
    let cmds = stage.reply(look, Payload::Settled(Some(own)));
    assert!(cmds.contains(&Cmd::RemoveDraft(DraftId("run-1".into()))));
    assert!(lanes(&cmds).contains(&Lane::Watch), "the list of threads is looked at");
    let mut begun = thread_at("new", 0);
    begun.topic = Text::new("Lantern festival 灯籠");
    stage.reply(asked(&cmds, Lane::Watch), Payload::Threads([begun.clone()].into()));
    assert!(!stage.model.is_unread(&begun), "one's own is no news");
    assert!(
        stage
            .said()
            .unwrap()
            .starts_with("Your conversation “Lantern festival 灯籠” is in A")
    );
}

#[test]
fn a_topic_alone_is_kept() {
    let mut stage = stage();
    stage.key("c");
    stage.types("山");
    let cmds = stage.wait(100);
    let [Cmd::SaveDraft { draft, .. }] = &cmds[..] else {
        panic!("{cmds:?}")
    };
    assert_eq!(draft.target.topic, "山");
    stage.keys("esc");
    stage.keys("esc");
    assert_eq!(stages(&stage), [&Sending::Kept]);
    stage.key("c");
    assert_eq!(self::draft(&stage).target.topic, "山", "c goes on with it");
}

#[test]
fn a_thread_is_begun_in_the_conversation_of_its_posts() {
    let mut stage = stage();
    stage.key("ctrl-n");
    stage.keys("esc");
    stage.types("more");
    stage.key("ctrl-s");
    let (_, draft) = sent(&stage.key("y"));
    let conversation = "conversation".into();
    assert_eq!(draft.target.kind, Kind::Thread { conversation });
    let mut unknown = Stage::with_posts(vec![post("p1", 2)]);
    unknown.key("ctrl-n");
    assert_eq!(unknown.model.composer, None);
    assert!(unknown.said().unwrap().contains("conversation"));
}

#[test]
fn another_topic_for_a_thread_is_kept_and_the_one_that_was_there_is_not() {
    let mut stage = stage();
    stage.key("ctrl-n");
    stage.keys("esc");
    stage.keys("esc");
    assert!(stages(&stage).is_empty(), "nothing was typed");
    stage.key("ctrl-n");
    stage.types("!");
    stage.wait(100);
    stage.keys("esc");
    stage.keys("esc");
    assert_eq!(stages(&stage), [&Sending::Kept]);
    stage.key("ctrl-n");
    assert!(self::draft(&stage).target.topic.ends_with('!'));
    stage.keys("esc");
    stage.keys("esc");
    assert_eq!(stages(&stage), [&Sending::Kept], "not even when it was only looked at");
}

#[test]
fn a_post_is_forwarded_to_somebody_and_then_it_is_done() {
    let mut stage = stage();
    stage.key("f");
    stage.key("ctrl-s");
    assert!(stage.said().unwrap().starts_with("Nobody is named yet"));
    stage.types("Ada <ada@folk.example>");
    stage.key("enter");
    stage.types("bob@folk.example");
    stage.key("ctrl-s");
    assert_eq!(stage.model.place(), Place::Review, "what was typed counts");
    let (request, draft) = sent(&stage.key("y"));
    let to: Vec<_> = draft.with.people.iter().map(|person| person.address.as_str()).collect();
    assert_eq!(to, ["ada@folk.example", "bob@folk.example"]);
    let (thread, post) = ("t1".into(), "p1".into());
    assert_eq!(draft.target.kind, Kind::Forward { thread, post });
    assert_eq!(stage.entries(), ["p1"], "it is no post of the thread");
    let cmds = delivered(&mut stage, request, Delivery::Accepted { at: noon(0) });
    assert_eq!(cmds, [Cmd::RemoveDraft(DraftId("run-1".into()))]);
    assert_eq!(stage.said(), Some("The post is forwarded to Ada, bob@folk.example."));
}

#[test]
fn a_forwarding_of_unknown_fate_is_for_the_person_to_decide() {
    let mut stage = stage();
    stage.key("f");
    stage.types("ada@folk.example");
    stage.keys("enter ctrl-s");
    let (request, _) = sent(&stage.key("y"));
    delivered(&mut stage, request, Delivery::Unknown(problem()));
    assert_eq!(stages(&stage), [&Sending::Unsettled]);
    let sends = |cmds: &[Cmd]| {
        cmds.iter().any(|cmd| {
            matches!(
                cmd,
                Cmd::Send(Request {
                    job: Job::Write(..),
                    ..
                })
            )
        })
    };
    assert!(!sends(&stage.wait(3_600_000)));
    stage.keys("D w");
    assert_eq!(
        stage.model.place(),
        Place::Composer,
        "the person says that it was not sent"
    );
}

/// What the review says under a label.
fn reviewed(stage: &Stage, label: &str) -> Option<String> {
    let rows = crate::app::review_rows(&stage.model, stage.model.composer.as_ref().unwrap());
    rows.into_iter().find_map(|row| match row {
        crate::app::ReviewRow::Fact(said, value) if said == label => Some(value),
        _ => None,
    })
}

#[test]
fn the_review_names_whoever_else_gets_a_reply_and_nobody_who_does_not_get_what_is_forwarded() {
    let mut stage = stage();
    let group = stage.model.group.clone().unwrap();
    let recipient = |name: &str, address: &str| crate::domain::Recipient {
        name: name.into(),
        address: address.into(),
    };
    let ada = recipient("Ada 灯", "ada@elsewhere.example");
    let thread = stage.model.posts.thread.as_mut().unwrap();
    thread.to_recipients = vec![recipient(group.name.as_str(), ""), ada];
    thread.cc_recipients = vec![recipient("", "bob@elsewhere.example")];
    stage.key("r");
    stage.types("yes");
    stage.key("ctrl-s");
    let others = "Ada 灯 <ada@elsewhere.example>, bob@elsewhere.example";
    assert_eq!(reviewed(&stage, "And to").as_deref(), Some(others));
    stage.keys("n esc f");
    stage.types("kim@elsewhere.example");
    stage.key("enter");
    stage.key("ctrl-s");
    assert_eq!(stage.model.place(), Place::Review);
    assert_eq!(reviewed(&stage, "To").as_deref(), Some("kim@elsewhere.example"));
    assert_eq!(reviewed(&stage, "And to"), None, "the group gets nothing");
    let none = "none: the post goes without a word of yours";
    assert_eq!(reviewed(&stage, "Text").as_deref(), Some(none));
}

#[test]
fn several_addresses_are_taken_at_once_and_what_is_none_is_looked_for() {
    let mut stage = stage();
    stage.key("f");
    stage.paste("kim@elsewhere.example; Ada 灯 <ada@elsewhere.example>, ");
    stage.key("enter");
    let people = draft(&stage).with.people;
    let people: Vec<&str> = people.iter().map(|one| one.address.as_str()).collect();
    assert_eq!(people, ["kim@elsewhere.example", "ada@elsewhere.example"]);
    stage.types("@kim@host");
    stage.key("enter");
    assert_eq!(stage.model.place(), Place::Finder, "Graph takes no host of one word");
    assert_eq!(stage.model.finder.as_ref().unwrap().line.text(), "kim@host");
    stage.key("esc");
    assert_eq!(draft(&stage).with.people.len(), 2);
}

#[test]
fn markdown_and_signature_are_switched_for_one_text() {
    let mut stage = stage();
    stage.model.settings.signature = Some("花子".into());
    stage.key("r");
    assert_eq!(draft(&stage).with.signature, Some("花子".into()));
    stage.keys("alt-s alt-m");
    let with = draft(&stage).with;
    assert_eq!((with.signature, with.format), (None, Format::Markdown));
    stage.keys("alt-s alt-m");
    let with = draft(&stage).with;
    assert_eq!((with.signature.as_deref(), with.format), (Some("花子"), Format::Plain));
    stage.key("esc");
    assert_eq!(
        stages(&stage),
        [] as [&Sending; 0],
        "a signature alone is nothing to keep"
    );
}

#[test]
fn of_a_very_long_text_the_review_shows_a_part_until_all_is_laid_out() {
    let mut stage = stage();
    stage.key("r");
    stage.paste(&"灯籠 e\n".repeat(25_000));
    stage.key("ctrl-s");
    let rows = crate::app::review_rows(&stage.model, stage.model.composer.as_ref().unwrap()).len();
    assert!((100..10_000).contains(&rows), "{rows} rows are wrapped for each frame");
}

#[test]
fn the_review_shows_what_the_text_becomes() {
    let mut stage = stage();
    stage.keys("r alt-m");
    stage.types("**yes**");
    let cmds = stage.key("ctrl-s");
    let width = stage.model.arrangement().composer.unwrap().content().width;
    let draft = Box::new(draft(&stage));
    assert_eq!(
        cmds.last(),
        Some(&Cmd::Preview {
            draft: draft.clone(),
            width
        })
    );
    let set = std::sync::Arc::new(crate::text::Typeset::default());
    stage.tell(What::Previewed {
        draft: draft.id.clone(),
        set: set.clone(),
    });
    assert!(stage.model.composer.as_ref().unwrap().preview.is_some());
    stage.key("n");
    let changed = What::Previewed { draft: draft.id, set };
    stage.tell(changed);
    assert_eq!(
        stage.model.composer.as_ref().unwrap().preview,
        None,
        "one that comes late is not shown"
    );
}
