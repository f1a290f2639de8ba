//! What is said of a key is true of the keys that the configuration has left: each sentence names the key that does it now,
//! or what the palette finds it by.

use std::time::Duration;

use super::fixture::*;
use super::outgoing::{accepted, delivered, look_after, nothing, refused, sending};
use super::{downloads, drafts, sign_in, sign_in_over_drafts, unsettled};
use crate::app::What;
use crate::app::outbox::Outgoing;
use crate::domain::{Draft, DraftState, Format, Kind, Target};
use crate::keys::{Action, Binding, Keymap};
use crate::protocol::{Delivery, Problem, ProblemKind};

/// Other keys than the defaults for some of the actions that are spoken of, and none for the rest.
fn keymap() -> Keymap {
    let bindings = [
        (Action::ShowDrafts, Some("f6")),
        (Action::TakeBack, Some("f7")),
        (Action::SendNow, None),
        (Action::WriteAgain, Some("f8")),
        (Action::Discard, None),
        (Action::ReplyQuoted, Some("f9")),
        (Action::Reply, Some("f10")),
        (Action::Open, Some("f11")),
        (Action::Accept, Some("f12")),
        (Action::OpenAnyway, None),
        (Action::AskToSend, Some("alt-g")),
        (Action::Filter, None),
    ];
    let binding = |(action, key): (Action, Option<&str>)| Binding {
        action: action.name().to_owned(),
        keys: ["none"].into_iter().chain(key).map(str::to_owned).collect(),
    };
    let (keymap, errors) = Keymap::with(&bindings.map(binding));
    assert!(errors.is_empty(), "{errors:?}");
    keymap
}

fn rebound(mut stage: Stage) -> Stage {
    stage.model.settings.keymap = keymap().into();
    stage
}

fn in_state(number: u64, state: DraftState) -> Draft {
    Draft {
        state,
        ..drafts::draft(number, "日本語")
    }
}

fn forwarded(number: u64, state: DraftState) -> Draft {
    let draft = in_state(number, state);
    let (thread, post) = ("t1".into(), "p1".into());
    let kind = Kind::Forward { thread, post };
    let target = Target { kind, ..draft.target };
    Draft { target, ..draft }
}

#[test]
fn of_drafts_that_were_found() {
    let queued = |number, tried| {
        in_state(
            number,
            DraftState::Queued {
                since: noon(0),
                tried,
                until: None,
            },
        )
    };
    let sent = DraftState::Sending { since: noon(0) };
    for (mine, said) in [
        (
            vec![queued(1, true)],
            "A post waits in the outbox and goes soon: F7 takes it back, F6 shows it.",
        ),
        (
            vec![queued(1, true), queued(2, true)],
            "2 posts wait in the outbox and go soon: F7 takes one back, F6 shows them.",
        ),
        (
            vec![queued(1, false)],
            "A post was not sent before folkmoot ended: F6 shows it, :send-now there sends it.",
        ),
        (
            vec![queued(1, false), queued(2, false)],
            "2 posts were not sent before folkmoot ended: F6 shows them, :send-now there sends one.",
        ),
        (
            vec![forwarded(1, sent)],
            "A post may have been forwarded when folkmoot ended. F6 shows it: only you can tell.",
        ),
        (vec![drafts::draft(1, "a")], "A draft was kept: F6 shows it."),
        (
            vec![drafts::draft(1, "a"), drafts::draft(2, "b")],
            "2 drafts were kept: F6 shows them.",
        ),
    ] {
        let mut stage = rebound(Stage::with_groups());
        stage.tell(What::Drafts {
            mine,
            elsewhere: 0,
            unreadable: 0,
        });
        assert_eq!(stage.said(), Some(said));
    }
}

#[test]
fn of_what_is_on_its_way_or_came_back() {
    let mut stage = rebound(accepted("hello"));
    for seconds in [1, 2, 4, 8, 15, 30, 60] {
        let (look, _) = look_after(&mut stage, seconds);
        stage.reply(look, nothing());
    }
    let said = "Your reply has not appeared. F6 shows it: look again, or write it again.";
    assert_eq!(stage.said(), Some(said));
    let (stage, request, _) = sending("hello");
    let mut stage = rebound(stage);
    delivered(&mut stage, request, Delivery::NotSent(problem()));
    let said = "Not sent yet. There is no connection: it waits in the outbox (F6) and goes by itself.";
    assert_eq!(stage.said(), Some(said));
    stage.keys("f6 f11");
    let said = "It waits to be sent: F8 takes it back, :send-now sends it now, :discard discards it.";
    assert_eq!(stage.said(), Some(said));
    let quiet = Problem {
        retry_at: Some(noon(2)),
        ..Problem::new(ProblemKind::Throttled, "Graph wants quiet.", "Wait.")
    };
    let (stage, request, _) = sending("hello");
    let mut stage = rebound(stage);
    delivered(&mut stage, request, Delivery::NotSent(quiet));
    let said = "Not sent yet. Graph wants quiet: it waits in the outbox (F6) and goes by itself.";
    assert_eq!(stage.said(), Some(said));
    let (mut stage, request, _) = sending("hello");
    stage.model.outbox[0].draft.target = forwarded(1, DraftState::Writing).target;
    let mut stage = rebound(stage);
    delivered(&mut stage, request, Delivery::Unknown(problem()));
    let said = stage.said().unwrap();
    assert!(
        said.ends_with("in the group. F6 shows it: only you can tell."),
        "{said}"
    );
}

#[test]
fn of_what_can_be_taken_back_or_sent_now() {
    let mut stage = rebound(Stage::with_posts(vec![post("p1", 2)]));
    stage.model.settings.undo = Duration::from_secs(5);
    stage.key("f10");
    stage.types("hello");
    stage.keys("alt-g y");
    let since = stage.model.now.instant;
    stage.pass(Duration::from_secs(600));
    stage.tell(What::Resumed { since });
    let said = "What you wrote has waited for you, and goes soon: F7 takes it back.";
    assert_eq!(stage.said(), Some(said));
    // The key for it is left where it was, for it to be pressed at all.
    let sends = |mut stage: Stage, key: &str| {
        let (keymap, _) = Keymap::with(&[Binding {
            action: Action::SendNow.name().to_owned(),
            keys: vec!["none".into(), "alt-g".into()],
        }]);
        stage.model.settings.keymap = keymap.into();
        stage.key(key);
        stage.said().map(str::to_owned)
    };
    let said = sends(unsettled::unsettled(), "alt-g");
    assert_eq!(
        said.as_deref(),
        Some("It may have been sent: Enter looks, w writes it again.")
    );
    let mut stage = rebound(drafts::writing());
    stage.types("hello");
    stage.keys("esc f6");
    let said = sends(stage, "alt-g");
    let goes_on = "Enter goes on with it; there it can be reviewed and sent.";
    assert_eq!(said.as_deref(), Some(goes_on));
}

#[test]
fn of_the_composer() {
    let mut stage = rebound(Stage::with_threads());
    stage.key("f9");
    let said = "The post to quote has not come yet; press F9 again in a moment.";
    assert_eq!(stage.said(), Some(said));
    let mut stage = rebound(drafts::writing());
    stage.types("hello");
    stage.key("esc");
    let said = "The draft is kept; F10 on the same thread goes on with it.";
    assert_eq!(stage.said(), Some(said));
    let mut stage = rebound(Stage::with_threads());
    stage.keys("c");
    stage.types("topic");
    stage.keys("alt-m");
    let composer = stage.model.composer.as_ref().unwrap();
    if composer.with().format == Format::Plain {
        stage.keys("alt-m");
    }
    assert_eq!(stage.said(), Some("Markdown: alt-g shows what it becomes."));
    stage.key("esc");
    stage.key("esc");
    assert_eq!(stage.said(), Some("The draft is kept; F6 shows it."));
    let mut stage = rebound(Stage::with_posts(vec![post("p1", 2)]));
    stage.key("f");
    stage.types("@山田");
    stage.key("tab");
    let said = "That is no address. F12 opens the people finder with it, ^u clears the line.";
    assert_eq!(stage.said(), Some(said));
    let mut stage = rebound(Stage::with_threads());
    stage.paste("日本語");
    let said = "Pasted text goes into a reply (F10) or a filter (:filter).";
    assert_eq!(stage.said(), Some(said));
}

#[test]
fn of_files_and_folders() {
    let (mut stage, mut all) = downloads::listed();
    all.push(super::attachments::attachment("invoice.pdf.exe", false));
    stage.model.posts.attachments.insert("p1".into(), all);
    stage.key("G");
    let mut stage = rebound(stage);
    stage.key("f11");
    let said = "invoice.pdf.exe is a Windows program. :open-anyway opens it all the same.";
    assert_eq!(stage.said(), Some(said));
    let (stage, _) = downloads::listed();
    let mut stage = rebound(stage);
    stage.keys("s ctrl-u");
    stage.types("新しい");
    let cmds = stage.key("f12");
    let (id, _) = downloads::listing(&cmds);
    let result = Err(Problem::new(ProblemKind::NotFound, "There is no folder.", ""));
    stage.tell(What::Listed { id, result });
    assert_eq!(stage.said(), Some("There is no folder 新しい. F12 again makes it."));
}

#[test]
fn of_groups_to_be_chosen() {
    let mut stage = rebound(Stage::with_threads());
    stage.keys("2 d");
    assert!(stage.said().unwrap().ends_with("and press F11."), "{:?}", stage.said());
}

#[test]
fn of_a_sign_in() {
    let stage = sign_in_over_drafts::signing_in_over_what_waits("alice@folk.example");
    let attempt = |stage: &Stage| stage.model.sign_in.as_ref().unwrap().attempt.unwrap();
    let mut stage = rebound(stage);
    let (id, step) = (attempt(&stage), sign_in::done());
    stage.tell(What::SignIn { id, step });
    let said = stage.said().unwrap();
    let ends = "was to go in another name: F6 shows it, :send-now there sends it in yours.";
    assert!(said.ends_with(ends), "{said}");
    let mut stage = sign_in::stage();
    stage.keys("S enter");
    let missing = Some("Group.ReadWrite.All");
    let problem = Problem { missing, ..refused() };
    let draft = drafts::draft(1, "hello");
    stage.model.outbox.push(Outgoing::kept(draft, Some(problem)));
    let mut stage = rebound(stage);
    let (id, step) = (attempt(&stage), sign_in::done());
    stage.tell(What::SignIn { id, step });
    let said = "Signed in as 山田 花子. A reply was refused before: F6 shows it, to be sent again.";
    assert_eq!(stage.said(), Some(said));
}
