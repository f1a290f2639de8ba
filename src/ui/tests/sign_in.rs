//! Signing in, the account and the capabilities.

use super::stage::Stage;
use super::{data, look};
use crate::app::What;
use crate::protocol::{Lane, Method, Payload, Problem, ProblemKind, SignInStep, Standing};

const LINK: &str = "https://login.microsoftonline.com/organizations/oauth2/v2.0/authorize?response_type=code&client_id=00001111-aaaa-2222-bbbb-3333cccc4444&state=bWFya2Vk&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256&redirect_uri=http%3A%2F%2Flocalhost%3A41234&scope=User.Read";

fn signing_in(stage: &mut Stage, steps: Vec<SignInStep>) -> &mut Stage {
    stage.with_thread();
    stage.model.settings.can_sign_in = true;
    stage.keys("S");
    for step in steps {
        let id = stage.model.sign_in.as_ref().unwrap().attempt.unwrap();
        stage.tell(What::SignIn { id, step });
    }
    stage
}

fn trying(method: Method) -> SignInStep {
    SignInStep::Trying {
        method,
        why: "You are here over SSH, and this machine has no display.".into(),
    }
}

fn page() -> SignInStep {
    SignInStep::OpenUrl {
        url: LINK.into(),
        opened: false,
        tunnel: Some("ssh -L 41234:localhost:41234 花子@build.folk.example".into()),
    }
}

#[test]
fn by_browser() {
    look("sign-in-browser", |stage| {
        signing_in(stage, vec![trying(Method::Browser), page()])
    });
    look("sign-in-address", |stage| {
        signing_in(stage, vec![trying(Method::Browser), page()])
            .tell(What::Paste("http://localhost:41234/?code=0.AAA&state=bWFya2Vk".into()))
    });
}

#[test]
fn what_came_is_not_the_answer() {
    look("sign-in-rejected", |stage| {
        let rejected = SignInStep::Rejected(Problem::new(
            ProblemKind::SignIn,
            "What was pasted is not the answer. That is the answer to another sign-in, or not an answer of the sign-in \
             service at all.",
            "Open the link again, and paste the whole address that the browser ends on; or begin again, with a new link.",
        ));
        signing_in(stage, vec![trying(Method::Browser), page(), rejected])
    });
}

#[test]
fn help_over_a_sign_in() {
    look("sign-in-help", |stage| {
        signing_in(stage, vec![trying(Method::Browser), page()]).keys("?")
    });
}

#[test]
fn by_code() {
    look("sign-in-code", |stage| {
        let fell = SignInStep::FellBack {
            from: Method::Browser,
            to: Method::Device,
            why: "No port of this machine could be listened on.".into(),
        };
        let code = SignInStep::DeviceCode {
            user_code: "F4K3-C0DE".into(),
            verification_uri: "https://microsoft.com/devicelogin".into(),
            expires_at: "2026-11-21T12:14:05.5Z".parse().unwrap(),
        };
        signing_in(stage, vec![fell, trying(Method::Device), code])
    });
}

#[test]
fn failed() {
    look("sign-in-failed", |stage| {
        let mut problem = Problem::new(
            ProblemKind::SignIn,
            "組織 “Folk 民会” does not let this application in.",
            "Ask an administrator to agree to it: `folkmoot auth setup` writes the request.",
        );
        problem.code = Some("AADSTS65001".into());
        problem.request_id = Some("4b1c6f0e-1f6e-4f4e-9e0b-7a1f2b3c4d5e".into());
        signing_in(stage, vec![SignInStep::Failed(problem)])
    });
}

#[test]
fn asked_by_a_refusal() {
    look("sign-in-needed", |stage| {
        stage.with_group();
        stage.model.settings.can_sign_in = true;
        let problem = Problem::new(ProblemKind::SignIn, "Your sign-in has ended.", "Sign in again.");
        stage.keys("ctrl-r").refuse(Lane::Groups, problem)
    });
    look("permission-missing", |stage| {
        stage.with_groups().wait(1);
        stage.model.settings.can_sign_in = true;
        let mut problem = data::forbidden();
        problem.missing = Some("GroupMember.Read.All");
        stage.refuse(Lane::Members, problem).keys("2")
    });
}

fn with_standing(stage: &mut Stage) -> &mut Stage {
    stage.with_group();
    stage.model.settings.can_sign_in = true;
    stage.model.settings.profile = "work".into();
    stage.model.settings.named_profile = true;
    let scopes = ["User.Read", "User.ReadBasic.All", "Group.Read.All"];
    stage.tell(What::Standing {
        standing: Ok(Some(Standing {
            name: "نور الهدى".into(),
            address: "noor@folk.example".into(),
            tenant: "aaaabbbb-0000-cccc-1111-dddd2222eeee".into(),
            graph_url: "https://graph.microsoft.com/v1.0".into(),
            method: Some(Method::Device),
            kept: "the file ~/.local/state/folkmoot/work/sign-in.json".into(),
            notice: Some("No keyring answered: there is no D-Bus here.".into()),
            expires_at: Some("2026-11-21T13:00:00Z".parse().unwrap()),
            renewable: true,
            scopes: scopes.map(str::to_owned).to_vec(),
        })),
        granted: None,
    })
}

#[test]
fn account() {
    look("account", |stage| with_standing(stage).keys(": w h o a m i enter"));
    look("account-leaving", |stage| {
        with_standing(stage).keys(": s i g n - o u t enter")
    });
    look("account-unknown", |stage| {
        stage
            .answer(Lane::Groups, Payload::Groups([].into()))
            .keys(": w h o a m i enter")
    });
}

#[test]
fn capabilities() {
    look("capabilities", |stage| with_standing(stage).keys("C j j j j"));
    look("capabilities-unknown", |stage| stage.with_group().keys("C"));
}
