//! Signing in while the program runs: when it opens, what each step shows, and that it leaves everything as it was.

use std::time::Duration;

use super::fixture::*;
use crate::app::{Cmd, Overlay, TimerId, What};
use crate::keys::Place;
use crate::protocol::{Lane, Method, Part, Problem, ProblemKind, RequestId, SignIn, SignInStep, Standing};

pub(super) fn stage() -> Stage {
    let mut stage = Stage::with_posts(vec![post("p1", 2)]);
    stage.model.settings.can_sign_in = true;
    let me = stage.model.me.shown_mut().unwrap();
    me.person.mail = Some("hanako@folk.example".into());
    stage
}

pub(super) fn ended() -> Problem {
    Problem::new(ProblemKind::SignIn, "The sign-in has ended.", "Sign in again.")
}

pub(super) fn standing(scopes: &[&str]) -> What {
    What::Standing {
        standing: Ok(Some(Standing {
            name: "山田 花子".into(),
            address: "hanako@folk.example".into(),
            tenant: "t".into(),
            graph_url: "https://graph.example/v1.0".into(),
            method: Some(Method::Device),
            kept: "the keyring".into(),
            notice: None,
            expires_at: None,
            renewable: true,
            scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(),
        })),
        granted: None,
    }
}

pub(super) fn attempt(cmds: &[Cmd]) -> (RequestId, SignIn) {
    match cmds {
        [Cmd::SignIn { id, ask }] => (*id, ask.clone()),
        other => panic!("{other:?}"),
    }
}

pub(super) fn done() -> SignInStep {
    SignInStep::SignedIn {
        name: "山田 花子".into(),
        address: "hanako@folk.example".into(),
        kept: "the keyring".into(),
        notice: None,
    }
}

pub(super) fn refuse(stage: &mut Stage, keys: &str, lane: Lane) -> Vec<Cmd> {
    let cmds = stage.keys(keys);
    stage.answer(asked(&cmds, lane), Part::Last, Err(ended()))
}

#[test]
fn a_refusal_opens_it_once_and_again_only_when_something_is_asked_for() {
    let mut stage = stage();
    let before = (
        stage.model.focus,
        stage.model.posts.cursor,
        stage.model.threads.list.cursor,
    );
    refuse(&mut stage, "3 ctrl-r", Lane::Threads);
    assert_eq!(stage.model.place(), Place::SignIn);
    assert_eq!(stage.key("esc"), [], "nothing was begun, so nothing is called off");
    assert_eq!(stage.model.place(), Place::Threads);
    // What comes by itself leaves the person alone.
    let cmds = stage.wait(60_000);
    stage.answer(asked(&cmds, Lane::Watch), Part::Last, Err(ended()));
    assert!(stage.model.sign_in.is_none());
    // So does the answer to what was asked for before.
    refuse(&mut stage, "ctrl-r", Lane::Threads);
    assert_eq!(stage.model.place(), Place::SignIn, "asked for again");
    stage.key("esc");
    stage.key("4");
    assert_eq!(
        (
            stage.model.focus,
            stage.model.posts.cursor,
            stage.model.threads.list.cursor
        ),
        before
    );
}

#[test]
fn nothing_opens_where_the_program_cannot_sign_in() {
    let mut stage = stage();
    stage.model.settings.can_sign_in = false;
    refuse(&mut stage, "3 ctrl-r", Lane::Threads);
    assert_eq!(stage.model.place(), Place::Threads);
    assert!(stage.model.threads.list.items.problem().is_some());
}

#[test]
fn other_failures_do_not_open_it() {
    let mut stage = stage();
    let cmds = stage.keys("3 ctrl-r");
    stage.fail(asked(&cmds, Lane::Threads));
    assert_eq!(stage.model.place(), Place::Threads);
}

#[test]
fn each_step_is_shown_and_only_those_of_this_attempt() {
    let mut stage = stage();
    let (id, ask) = attempt(&stage.key("S"));
    assert_eq!(ask, SignIn::default());
    let why = "This machine has no display.".into();
    stage.tell(What::SignIn {
        id,
        step: SignInStep::Trying {
            method: Method::Device,
            why,
        },
    });
    let step = SignInStep::DeviceCode {
        user_code: "ABCD-EFGH".into(),
        verification_uri: "https://login.example/device".into(),
        expires_at: noon(90),
    };
    stage.tell(What::SignIn { id, step: step.clone() });
    assert_eq!(stage.key("y"), [Cmd::Copy("ABCD-EFGH".into())]);
    assert_eq!(stage.key("o"), [Cmd::OpenUrl("https://login.example/device".into())]);
    // The countdown is the only clock, and stops with the code.
    let due = stage.due(TimerId::Countdown).unwrap();
    assert!((1..=1001).contains(&due), "{due}");
    stage.pass(Duration::from_secs(100 * 60));
    stage.tell(What::Traffic(crate::protocol::Traffic::default()));
    assert_eq!(stage.due(TimerId::Countdown), None);
    // Another way ends this one, and its steps come too late.
    let (other, ask) = attempt(&stage.key("1"));
    assert_eq!(ask.method, Some(Method::Browser));
    let before = stage.model.clone();
    stage.tell(What::SignIn { id, step });
    assert!(stage.model == before, "a late step has changed the model");
    assert_ne!(id, other);
    assert_eq!(stage.key("esc"), [Cmd::CancelSignIn]);
    assert_eq!(stage.model.sign_in, None);
}

#[test]
fn the_address_may_be_pasted_or_typed() {
    let mut stage = stage();
    let (id, _) = attempt(&stage.key("S"));
    stage.paste("https://too.early/");
    assert_eq!(stage.model.place(), Place::SignIn);
    stage.tell(What::SignIn {
        id,
        step: SignInStep::OpenUrl {
            url: "https://login.example/authorize?state=1".into(),
            opened: false,
            tunnel: Some("ssh -L 1:localhost:1 ana@host".into()),
        },
    });
    assert_eq!(
        stage.key("y"),
        [Cmd::Copy("https://login.example/authorize?state=1".into())]
    );
    stage.paste(" http://localhost:1/?code=c\n");
    assert_eq!(stage.model.place(), Place::Redirect);
    stage.types("&q");
    assert_eq!(
        stage.key("enter"),
        [Cmd::PasteAnswer("http://localhost:1/?code=c&q".into())]
    );
    assert_eq!(stage.model.place(), Place::SignIn);
    stage.keys("p esc");
    assert_eq!(
        stage.model.place(),
        Place::SignIn,
        "out of the line, not out of the sign-in"
    );
}

#[test]
fn a_failure_can_be_tried_again_in_the_same_or_another_way() {
    let mut stage = stage();
    let (id, _) = attempt(&stage.key("S"));
    let step = SignInStep::Failed(ended());
    stage.tell(What::SignIn { id, step });
    assert_eq!(stage.model.sign_in.as_ref().unwrap().failed, Some(ended()));
    let (id, ask) = attempt(&stage.key("2"));
    assert_eq!(ask.method, Some(Method::Device));
    let step = SignInStep::Failed(ended());
    stage.tell(What::SignIn { id, step });
    let (_, ask) = attempt(&stage.key("enter"));
    assert_eq!(ask.method, Some(Method::Device), "again in the way that was chosen");
}

#[test]
fn a_command_for_tokens_is_offered_where_there_is_one() {
    let mut stage = stage();
    stage.key("S");
    stage.key("3");
    assert!(
        stage
            .said()
            .unwrap()
            .starts_with("The profile has no command that gives tokens"),
        "{:?}",
        stage.said()
    );
    stage.model.settings.has_token_command = true;
    let (_, ask) = attempt(&stage.key("3"));
    assert_eq!(ask.method, Some(Method::TokenCommand));
}

#[test]
fn a_missing_permission_is_asked_for_with_its_reason() {
    let mut stage = stage();
    let cmds = stage.keys("2 ctrl-r");
    let mut problem = Problem::new(ProblemKind::Forbidden, "You may not see the members.", "");
    problem.missing = Some("GroupMember.Read.All");
    stage.answer(asked(&cmds, Lane::Members), Part::Last, Err(problem));
    assert_eq!(stage.model.place(), Place::Members);
    assert_eq!(stage.key("P"), []);
    let sign_in = stage.model.sign_in.as_ref().unwrap();
    assert_eq!(sign_in.ask.scopes, ["GroupMember.Read.All"]);
    assert_eq!(sign_in.why.as_str(), "You may not see the members.");
    stage.key("esc");
    stage.key("3");
    stage.key("P");
    assert_eq!(stage.said(), Some("No permission is known to be missing here."));
}

#[test]
fn what_is_hidden_of_members_can_be_asked_for() {
    let mut stage = stage();
    stage.key("2");
    assert!(!stage.model.members.list.is_empty());
    stage.key("P");
    assert_eq!(stage.said(), Some("No permission is known to be missing here."));
    stage.tell(What::Standing {
        standing: Ok(None),
        granted: Some(["User.ReadBasic.All".to_owned()].into()),
    });
    stage.key("P");
    let sign_in = stage.model.sign_in.as_ref().unwrap();
    assert_eq!(sign_in.ask.scopes, ["User.Read.All"]);
    assert!(
        sign_in.why.as_str().contains("What the members do is hidden"),
        "{:?}",
        sign_in.why
    );
}

#[test]
fn capabilities_are_granted_missing_or_unknown() {
    let mut stage = stage();
    let granted = |stage: &Stage| {
        crate::app::capabilities(&stage.model)
            .map(|row| row.1)
            .collect::<Vec<_>>()
    };
    assert!(granted(&stage).iter().all(Option::is_none));
    assert_eq!(stage.key("C"), [Cmd::AskStanding]);
    stage.tell(standing(&[]));
    assert!(
        granted(&stage).iter().all(Option::is_none),
        "nothing was said of Graph's"
    );
    stage.tell(standing(&["User.Read"]));
    assert_eq!(granted(&stage)[..2], [Some(true), Some(false)]);
    stage.key("enter");
    assert_eq!(stage.said(), Some("This is granted already."));
    stage.keys("j enter");
    assert_eq!(stage.model.sign_in.as_ref().unwrap().ask.scopes, ["User.ReadBasic.All"]);
    stage.key("esc");
    assert_eq!(stage.model.overlay, Some(Overlay::Capabilities { cursor: 1 }));
}

#[test]
fn signing_out_takes_two_presses() {
    let mut stage = stage();
    assert_eq!(stage.tell(What::SignedOut(Ok(false))), [Cmd::AskStanding]);
    for c in ":sign-out".chars() {
        stage.types(&c.to_string());
    }
    assert_eq!(stage.key("enter"), [Cmd::AskStanding]);
    assert_eq!(stage.model.overlay, Some(Overlay::Account { leaving: true }));
    stage.key("j");
    assert_eq!(stage.key("x"), [], "the first press only asks");
    assert_eq!(stage.key("x"), [Cmd::SignOut]);
    assert_eq!(stage.model.overlay, None);
}

#[test]
fn a_first_start_signs_in_before_it_reads() {
    let mut stage = Stage::with(120, 40, |settings| {
        settings.can_sign_in = true;
        settings.after_welcome = true;
    });
    let (id, _) = attempt(&stage.tell(What::Started));
    let cmds = stage.tell(What::SignIn { id, step: done() });
    assert_eq!(lanes(&cmds), [Lane::Groups, Lane::Me]);
    // Whoever calls it off is asked again what they want.
    let mut stage = Stage::with(120, 40, |settings| {
        settings.can_sign_in = true;
        settings.after_welcome = true;
    });
    stage.tell(What::Started);
    assert_eq!(stage.key("esc"), [Cmd::CancelSignIn, Cmd::ChangeOver]);
    assert!(stage.model.ending);
}

#[test]
fn what_is_not_the_answer_is_told_and_another_try_begins_when_the_person_says_so() {
    let mut stage = stage();
    let (id, _) = attempt(&stage.key("S"));
    stage.tell(What::SignIn {
        id,
        step: SignInStep::OpenUrl {
            url: "https://login.example/".into(),
            opened: false,
            tunnel: None,
        },
    });
    assert_eq!(stage.key("enter"), [], "nothing has gone wrong yet");
    stage.paste("http://localhost/?code=山");
    assert_eq!(
        stage.key("enter"),
        [Cmd::PasteAnswer("http://localhost/?code=山".into())]
    );
    let rejected = |stage: &Stage| stage.model.sign_in.as_ref().unwrap().rejected.clone();
    stage.tell(What::SignIn {
        id,
        step: SignInStep::Rejected(problem()),
    });
    assert_eq!(rejected(&stage), Some(problem()));
    // The same attempt takes another answer, and what was said of the one before goes.
    stage.paste("http://localhost/?code=2");
    assert_eq!(
        stage.key("enter"),
        [Cmd::PasteAnswer("http://localhost/?code=2".into())]
    );
    assert_eq!(rejected(&stage), None);
    stage.tell(What::SignIn {
        id,
        step: SignInStep::Rejected(problem()),
    });
    let (again, _) = attempt(&stage.key("enter"));
    assert_ne!(again, id);
    assert_eq!(rejected(&stage), None);
}

#[test]
fn help_tells_what_works_in_a_sign_in() {
    let mut stage = stage();
    stage.key("S");
    let before = stage.model.clone();
    stage.key("?");
    assert_eq!(
        (stage.model.place(), stage.model.place_below_help()),
        (Place::Help, Place::SignIn)
    );
    stage.keys("j esc");
    assert!(stage.model == before);
    assert_eq!(stage.key("ctrl-l"), [Cmd::Redraw]);
    assert_eq!(stage.key("ctrl-z"), [Cmd::Suspend]);
}
