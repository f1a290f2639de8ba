//! The first run: what is asked, what is taken for an answer, and what comes of it.

use proptest::prelude::*;

use super::fixture::*;
use crate::app::{Choice, Cmd, Known, Model, Pick, Question, Tone, What};
use crate::config::account::{Given, Setting, Value};
use crate::config::{Cloud, NewProfile, Profile};
use crate::keys::Place;
use crate::protocol::Method;

const GUID: &str = "00001111-aaaa-2222-bbbb-3333cccc4444";

fn profile(name: &str) -> Profile {
    name.parse().unwrap()
}

pub(super) fn known() -> Known {
    Known {
        azure_cli: false,
        profiles: Vec::new(),
        name: Profile::default(),
        given: Given::new(),
    }
}

fn given(values: &[(Setting, &str)]) -> Given {
    let value = |text: &str| Value {
        text: text.to_owned(),
        from: "THE_ENVIRONMENT".to_owned(),
    };
    values.iter().map(|(setting, text)| (*setting, value(text))).collect()
}

pub(super) fn stage(known: Known) -> Stage {
    let mut stage = Stage::sized(80, 24);
    let Model {
        settings, size, now, ..
    } = stage.model.clone();
    stage.model = Model::welcoming(settings, size, now, known);
    assert_eq!(
        stage.tell(What::Started),
        [],
        "nothing is read before somebody has chosen"
    );
    stage
}

fn question(stage: &Stage) -> Option<Question> {
    stage.model.welcome.as_ref().unwrap().question
}

fn said_of_the_answer(stage: &Stage) -> Option<String> {
    let problem = stage.model.welcome.as_ref().unwrap().problem.as_ref();
    problem.map(ToString::to_string)
}

/// Types an answer in the place of what stands there, and enters it.
fn answer(stage: &mut Stage, text: &str) -> Vec<Cmd> {
    stage.key("ctrl-u");
    stage.types(text);
    stage.key("enter")
}

fn new_profile(cmds: &[Cmd]) -> &NewProfile {
    match cmds {
        [Cmd::Begin(Choice::New(new))] => new,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_look_around_takes_one_key() {
    let mut stage = stage(known());
    assert_eq!(stage.model.place(), Place::Welcome);
    assert_eq!(stage.key("enter"), [Cmd::Begin(Choice::Demo)]);
    assert_eq!(stage.key("enter"), [], "it is on its way already");
    assert_eq!(stage.tell(What::Begun(Ok(()))), [Cmd::ChangeOver]);
    assert!(stage.model.ending);
}

#[test]
fn what_cannot_begin_is_told_and_may_be_tried_again() {
    let mut stage = stage(known());
    stage.key("enter");
    assert_eq!(stage.tell(What::Begun(Err(problem()))), []);
    assert!(said_of_the_answer(&stage).is_some());
    assert_eq!(stage.key("enter"), [Cmd::Begin(Choice::Demo)]);
    assert_eq!(said_of_the_answer(&stage), None);
}

#[test]
fn the_questions_have_answers_but_for_the_application() {
    let mut stage = stage(known());
    stage.keys("j enter");
    assert_eq!(question(&stage), Some(Question::Cloud));
    stage.key("enter");
    assert_eq!(
        (question(&stage), stage.model.place()),
        (Some(Question::Tenant), Place::Answer)
    );
    stage.key("enter");
    assert_eq!(question(&stage), Some(Question::ClientId));
    stage.key("enter");
    assert!(said_of_the_answer(&stage).unwrap().contains("needs an answer"));
    stage.types("0");
    assert_eq!(said_of_the_answer(&stage), None, "it is no longer what was wrong");
    answer(&mut stage, GUID);
    stage.key("enter");
    assert_eq!(question(&stage), Some(Question::Name));
    let expected = NewProfile {
        name: Profile::default(),
        cloud: Cloud::Global,
        addresses: Default::default(),
        tenant: "organizations".to_owned(),
        client_id: Some(GUID.to_owned()),
        method: None,
    };
    assert_eq!(new_profile(&stage.key("enter")), &expected);
}

#[test]
fn what_is_wrong_with_an_answer_is_said_at_once() {
    let mut stage = stage(Known {
        profiles: vec![profile("taken")],
        ..known()
    });
    stage.keys("j enter G enter");
    for (asked, wrong, right) in [
        (Question::GraphUrl, "http://graph.example", "https://graph.example/v1.0"),
        (Question::LoginUrl, "login.example", "https://login.example"),
        (Question::Tenant, "con toso", "contoso.com"),
        (Question::ClientId, "a b", "any-id"),
    ] {
        assert_eq!(question(&stage), Some(asked));
        answer(&mut stage, wrong);
        let said = said_of_the_answer(&stage).unwrap();
        assert!(said.starts_with("This is not right: "), "{said}");
        assert_eq!(question(&stage), Some(asked));
        answer(&mut stage, right);
        assert_eq!(said_of_the_answer(&stage), None, "{asked:?}");
    }
    stage.keys("j j enter");
    for wrong in ["taken", "../x", "山"] {
        assert_eq!(answer(&mut stage, wrong), []);
        assert!(said_of_the_answer(&stage).is_some(), "{wrong}");
    }
    let cmds = answer(&mut stage, "free");
    let new = new_profile(&cmds);
    assert_eq!(
        (new.name.as_str(), new.cloud, new.method),
        ("free", Cloud::Custom, Some(Method::Device))
    );
    assert_eq!(new.addresses, ["https://graph.example/v1.0", "https://login.example"]);
}

#[test]
fn in_microsofts_clouds_an_application_has_a_guid_and_a_tenant_a_domain() {
    let mut stage = stage(known());
    stage.keys("j enter enter");
    answer(&mut stage, "contoso");
    assert!(said_of_the_answer(&stage).is_some());
    answer(&mut stage, "contoso.com");
    answer(&mut stage, "folkmoot");
    let said = said_of_the_answer(&stage).unwrap();
    assert!(said.contains("looks like 00001111-"), "{said}");
}

#[test]
fn flags_and_environment_answer_first_and_may_be_changed() {
    let mut stage = stage(Known {
        name: profile("work"),
        given: given(&[
            (Setting::Cloud, "china"),
            (Setting::Tenant, "contoso.cn"),
            (Setting::ClientId, GUID),
        ]),
        ..known()
    });
    stage.keys("j enter");
    let picked = |stage: &Stage| {
        let welcome = stage.model.welcome.as_ref().unwrap();
        welcome.picks()[welcome.cursor].clone()
    };
    assert_eq!(picked(&stage), Pick::Cloud(Cloud::China));
    stage.key("enter");
    let source = |stage: &Stage| stage.model.welcome.as_ref().unwrap().source().map(str::to_owned);
    assert_eq!(source(&stage).as_deref(), Some("THE_ENVIRONMENT"));
    stage.types("x");
    assert_eq!(source(&stage), None, "it is the person's own now");
    stage.keys("backspace enter enter enter");
    let cmds = stage.key("enter");
    let new = new_profile(&cmds);
    assert_eq!(
        (new.name.as_str(), new.cloud, new.tenant.as_str()),
        ("work", Cloud::China, "contoso.cn")
    );
    assert_eq!(new.client_id.as_deref(), Some(GUID));
}

#[test]
fn addresses_in_the_environment_are_another_cloud() {
    let mut stage = stage(Known {
        given: given(&[(Setting::GraphUrl, "http://127.0.0.1:1/v1.0")]),
        ..known()
    });
    stage.keys("j enter enter");
    assert_eq!(question(&stage), Some(Question::GraphUrl));
    stage.key("enter");
    assert_eq!(question(&stage), Some(Question::LoginUrl));
}

#[test]
fn esc_goes_a_step_back_and_answers_stay() {
    let mut stage = stage(known());
    stage.keys("j enter j enter");
    answer(&mut stage, "contoso.us");
    stage.keys("esc");
    assert_eq!(question(&stage), Some(Question::Tenant));
    assert_eq!(stage.model.welcome.as_ref().unwrap().line.text(), "contoso.us");
    stage.key("esc");
    assert_eq!(question(&stage), Some(Question::Cloud));
    assert_eq!(stage.model.welcome.as_ref().unwrap().cursor, 1, "the chosen cloud");
    stage.key("esc");
    assert_eq!(question(&stage), None);
    assert_eq!(stage.key("esc"), []);
    assert_eq!(question(&stage), None);
    assert_eq!(stage.key("q"), [Cmd::Exit]);
}

#[test]
fn the_azure_cli_needs_no_application_and_a_profile_that_is_there_no_questions() {
    let mut stage = stage(Known {
        azure_cli: true,
        profiles: vec![profile("home")],
        ..known()
    });
    stage.keys("j j enter enter");
    assert_eq!(question(&stage), Some(Question::Name));
    let cmds = stage.key("enter");
    let new = new_profile(&cmds).clone();
    assert_eq!((new.client_id, new.method), (None, Some(Method::AzureCli)));
    stage.tell(What::Begun(Err(problem())));
    // Whoever changes their mind is asked for the application after all.
    stage.keys("esc esc g j enter enter enter");
    assert_eq!(question(&stage), Some(Question::ClientId));
    stage.keys("esc esc esc G");
    assert_eq!(stage.key("enter"), [Cmd::Begin(Choice::Open(profile("home")))]);
}

#[test]
fn an_administrator_can_be_asked_and_only_where_that_is_the_question() {
    let mut stage = stage(known());
    stage.keys("j enter enter");
    assert_eq!(stage.key("ctrl-r"), []);
    answer(&mut stage, "contoso.com");
    let copied = |cmds: Vec<Cmd>| match cmds.as_slice() {
        [Cmd::Copy(text)] => text.clone(),
        other => panic!("{other:?}"),
    };
    let request = copied(stage.key("ctrl-r"));
    assert!(
        request.contains("/contoso.com/v2.0/adminconsent?client_id=CLIENT_ID"),
        "{request}"
    );
    assert!(copied(stage.key("ctrl-t")).starts_with("az ad app create "));
    assert_eq!(stage.model.notice.as_ref().unwrap().tone, Tone::Info);
    assert_eq!(question(&stage), Some(Question::ClientId), "it goes on as before");
}

#[test]
fn a_paste_is_an_answer_and_help_is_there_while_typing() {
    let mut stage = stage(known());
    stage.paste("nothing to paste into");
    stage.keys("j enter enter enter");
    stage.paste(&format!(" {GUID}\r\n"));
    stage.key("f1");
    assert_eq!(stage.model.place(), Place::Help);
    stage.keys("j esc enter");
    assert_eq!(question(&stage), Some(Question::Method));
    stage.key("?");
    assert_eq!(stage.model.place(), Place::Help);
}

proptest! {
    #[test]
    fn whatever_is_pressed_it_can_be_answered(keys in prop::collection::vec(prop::sample::select(vec![
        "enter", "enter", "enter", "j", "k", "G", "g", "esc", "a", "0", "ctrl-u", "backspace", "?", "f1", ":", "ctrl-r", "tab",
    ]), 0..80)) {
        let mut stage = stage(Known { azure_cli: true, profiles: vec![profile("home")], ..known() });
        for (at, key) in keys.into_iter().enumerate() {
            for cmd in stage.key(key) {
                if let Cmd::Begin(_) = cmd {
                    let result = if at % 2 == 0 { Ok(()) } else { Err(problem()) };
                    stage.tell(What::Begun(result));
                    stage.tell(What::Started);
                }
            }
            let welcome = stage.model.welcome.as_ref().unwrap();
            let picks = welcome.picks().len();
            prop_assert_eq!(picks == 0, welcome.is_typing());
            prop_assert!(picks == 0 || welcome.cursor < picks);
            prop_assert!(!welcome.beginning);
        }
    }
}

#[test]
fn after_a_sign_in_that_was_called_off_the_answers_are_still_there() {
    let mut stage = stage(known());
    stage.keys("j enter enter enter");
    answer(&mut stage, GUID);
    stage.keys("enter enter");
    stage.tell(What::Begun(Ok(())));
    assert_eq!(stage.tell(What::Started), []);
    assert!(!stage.model.ending);
    assert_eq!(question(&stage), Some(Question::Name));
    stage.keys("esc esc");
    assert_eq!(stage.model.welcome.as_ref().unwrap().line.text(), GUID);
}
