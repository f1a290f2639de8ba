//! Sign-in in the browser: the redirect, and everything else that may come to its address.

use std::sync::Arc;

use folkmoot::config::{Account, Loopback, Surroundings};
use folkmoot::protocol::{Claims, Method, ProblemKind, SignIn, SignInStep, TokenSource};
use secrecy::ExposeSecret;

use crate::support::{Desk, begin, by, parameter};

#[tokio::test(flavor = "multi_thread")]
async fn a_person_signs_in_and_the_token_is_good_for_graph() {
    let desk = Desk::new();
    let session = desk.session();
    assert_eq!(session.token().await.unwrap_err().kind, ProblemKind::SignIn);
    assert_eq!(session.status().await.unwrap(), None);

    let mut going = begin(&session, by(Method::Browser));
    let link = going.link().await;
    assert_eq!(parameter(&link, "code_challenge_method").as_deref(), Some("S256"));
    assert_eq!(parameter(&link, "prompt").as_deref(), Some("select_account"));
    let scopes = parameter(&link, "scope").unwrap();
    assert!(
        scopes.starts_with("openid profile offline_access User.Read "),
        "{scopes}"
    );
    let (status, page) = desk.accept(&link).await;
    assert_eq!(status, 200);
    assert!(
        page.contains("You can close this page") && !page.contains("code"),
        "{page}"
    );
    going.finished().await.unwrap();
    let SignInStep::SignedIn {
        name, address, kept, ..
    } = going.next().await
    else {
        panic!("signed in is told");
    };
    assert!(!name.is_empty() && address.as_str().contains('@') && kept.as_str().contains("readable only by you"));

    let token = session.token().await.unwrap();
    assert!(desk.graph_takes(token.expose_secret()).await);
    assert!(session.granted().unwrap().contains(&"User.Read".to_owned()));
    let standing = desk.session().status().await.unwrap().unwrap();
    assert_eq!((standing.name, standing.method), (name, Some(Method::Browser)));
    assert!(standing.renewable);

    assert!(session.sign_out().await.unwrap());
    assert!(!session.sign_out().await.unwrap());
    assert_eq!(session.token().await.unwrap_err().kind, ProblemKind::SignIn);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_but_the_answer_ends_the_wait() {
    let desk = Desk::new();
    let session = desk.session();
    let mut going = begin(&session, by(Method::Browser));
    let link = going.link().await;
    let root = parameter(&link, "redirect_uri").unwrap();
    let state = parameter(&link, "state").unwrap();
    for (path, status) in [
        ("/favicon.ico", 404),
        ("/", 404),
        ("/?x=y", 404),
        ("/other?code=c&state=s", 404),
        ("/?code=evil&state=wrong", 400),
        ("/?code=evil", 400),
        ("/?error=access_denied&state=wrong", 400),
        ("/?error=access_denied", 400),
    ] {
        let (got, page) = desk.get(&format!("{root}{path}")).await;
        assert_eq!(got, status, "{path}");
        assert!(!page.contains("evil"), "{page}");
        if status == 400 {
            let step = going.next().await;
            assert!(
                matches!(&step, SignInStep::Rejected(why) if !why.next.is_empty()),
                "{step:?}"
            );
        }
    }
    // A page of another name that leads here, and a form that another page sends.
    let foreign = desk
        .http
        .get(format!("{root}/?code=c&state={state}"))
        .header("host", "evil.example");
    assert_eq!(foreign.send().await.unwrap().status(), 404);
    let posted = desk.http.post(format!("{root}/?code=c&state={state}"));
    assert_eq!(posted.send().await.unwrap().status(), 404);
    assert_eq!(desk.accept(&link).await.0, 200);
    going.finished().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pasted_address_is_as_good_as_the_redirect() {
    let desk = Desk::new();
    let around = Surroundings {
        ssh: Some("10.0.0.1 5 10.0.0.2 22".to_owned()),
        ..Surroundings::default()
    };
    let session = desk.session_of(desk.account(), around);
    let mut going = begin(&session, by(Method::Browser));
    let (url, opened, tunnel) = loop {
        if let SignInStep::OpenUrl { url, opened, tunnel } = going.next().await {
            break (url, opened, tunnel.unwrap());
        }
    };
    assert!(!opened && tunnel.as_str().starts_with("ssh -L "), "{tunnel}");
    going.paste.send("山 nonsense".to_owned()).unwrap();
    going
        .paste
        .send("http://localhost:1/?code=c&state=s".to_owned())
        .unwrap();
    for _ in 0..2 {
        let step = going.next().await;
        assert!(
            matches!(&step, SignInStep::Rejected(why) if why.what.as_str().contains("pasted")),
            "{step:?}"
        );
    }
    let back = desk.choose(&url, "ines.wickersham", "accept").await;
    going.paste.send(format!("  {back}\r\n")).unwrap();
    going.finished().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_in_the_redirect_is_explained_and_a_code_is_good_once() {
    let desk = Desk::new();
    let session = desk.session();
    let mut going = begin(&session, by(Method::Browser));
    let link = going.link().await;
    let back = desk.choose(&link, "ines.wickersham", "decline").await;
    assert!(back.contains("error="), "{back}");
    let (_, page) = desk.get(&back).await;
    assert!(page.contains("did not work"), "{page}");
    let problem = going.finished().await.unwrap_err();
    assert!(problem.code.is_some() && !problem.next.is_empty(), "{problem}");
    assert_eq!(going.next().await, SignInStep::Failed(problem));

    // The answer of the first sign-in is no answer to the second.
    let mut first = begin(&session, by(Method::Browser));
    let link = first.link().await;
    let used = desk.choose(&link, "ines.wickersham", "accept").await;
    desk.get(&used).await;
    first.finished().await.unwrap();
    let mut second = begin(&session, by(Method::Browser));
    let link = second.link().await;
    second.paste.send(used.clone()).unwrap();
    assert!(matches!(second.next().await, SignInStep::Rejected(_)));
    // With a state that fits, the code is refused by the authority.
    let code = parameter(&used, "code").unwrap();
    let state = parameter(&link, "state").unwrap();
    let before = session.token().await.unwrap();
    second
        .paste
        .send(format!("code={code}&state={}", state.replace('+', "%2B")))
        .unwrap();
    let problem = second.finished().await.unwrap_err();
    assert_eq!(problem.kind, ProblemKind::SignIn, "{problem}");
    assert!(!problem.to_string().contains(&code), "{problem}");
    assert_eq!(session.token().await.unwrap().expose_secret(), before.expose_secret());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_challenge_leads_to_a_sign_in_that_proves_what_was_demanded() {
    let desk = Desk::new();
    let session = desk.session();
    desk.sign_in(&session).await;
    let token = session.token().await.unwrap();
    let demanded = Claims(r#"{"access_token":{"nbf":{"essential":true,"value":"1"}}}"#.to_owned());
    let problem = session.renew(&token, Some(&demanded)).await.unwrap_err();
    assert_eq!(problem.kind, ProblemKind::SignIn);

    let more = SignIn {
        scopes: vec!["Group.ReadWrite.All".to_owned()],
        ..by(Method::Browser)
    };
    let mut going = begin(&session, more);
    let link = going.link().await;
    let claims: serde_json::Value = serde_json::from_str(&parameter(&link, "claims").unwrap()).unwrap();
    assert_eq!(claims["access_token"]["nbf"]["value"], "1");
    assert_eq!(claims["access_token"]["xms_cc"]["values"][0], "cp1");
    assert!(parameter(&link, "login_hint").unwrap().contains('@'));
    let scopes = parameter(&link, "scope").unwrap();
    assert!(
        scopes.contains("User.Read ") && scopes.contains("Group.ReadWrite.All"),
        "{scopes}"
    );
    desk.accept(&link).await;
    going.finished().await.unwrap();
    // The token that was refused is answered by the one that came since.
    let newer = session.renew(&token, Some(&demanded)).await.unwrap();
    assert_ne!(newer.expose_secret(), token.expose_secret());
    assert!(session.granted().unwrap().contains(&"Group.ReadWrite.All".to_owned()));
    assert_eq!(parameter(&link, "prompt"), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_demanded_is_known_to_every_process_until_a_sign_in_has_proved_it() {
    let desk = Desk::new();
    let session = desk.session();
    desk.sign_in(&session).await;
    let token = session.token().await.unwrap();
    let demanded = Claims(r#"{"access_token":{"nbf":{"essential":true,"value":"1"}}}"#.to_owned());
    session.renew(&token, Some(&demanded)).await.unwrap_err();
    let before = desk.token_requests();
    for process in [Arc::clone(&session), desk.session()] {
        let problem = process.token().await.unwrap_err();
        assert_eq!(problem.kind, ProblemKind::SignIn);
        assert!(problem.next.as_str().contains("folkmoot auth login"), "{problem}");
        let standing = process.status().await.unwrap().unwrap();
        assert!(standing.notice.unwrap().as_str().contains("sign in again"));
    }
    assert_eq!(
        desk.token_requests(),
        before,
        "only a person can answer, so nothing is renewed"
    );

    // Given up, it is still to be proved.
    for proved in [false, true] {
        let elsewhere = desk.session();
        let mut going = begin(&elsewhere, by(Method::Browser));
        let link = going.link().await;
        let claims: serde_json::Value = serde_json::from_str(&parameter(&link, "claims").unwrap()).unwrap();
        assert_eq!(claims["access_token"]["nbf"]["value"], "1");
        if proved {
            desk.accept(&link).await;
            going.finished().await.unwrap();
        } else {
            going.cancel();
        }
    }
    for process in [session, desk.session()] {
        let newer = process.token().await.unwrap();
        assert_ne!(newer.expose_secret(), token.expose_secret());
        assert!(desk.graph_takes(newer.expose_secret()).await);
    }
    let mut going = begin(&desk.session(), by(Method::Browser));
    assert!(!parameter(&going.link().await, "claims").unwrap().contains("nbf"));
    going.cancel();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_that_is_given_up_leaves_the_one_before_it() {
    let desk = Desk::new();
    let session = desk.session();
    desk.sign_in(&session).await;
    let before = session.token().await.unwrap();
    let mut going = begin(&session, by(Method::Browser));
    going.link().await;
    going.cancel();
    assert_eq!(session.token().await.unwrap().expose_secret(), before.expose_secret());
    assert!(desk.session().status().await.unwrap().is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_browser_comes_back_to_the_name_that_was_registered() {
    let desk = Desk::new();
    for (redirect, host) in [(Loopback::Name, "localhost"), (Loopback::Address, "127.0.0.1")] {
        let account = Account {
            redirect,
            ..desk.account()
        };
        let session = desk.session_of(account, Surroundings::default());
        let mut going = begin(&session, by(Method::Browser));
        let link = going.link().await;
        let back = parameter(&link, "redirect_uri").unwrap();
        assert!(back.starts_with(&format!("http://{host}:")), "{back}");
        assert_eq!(desk.accept(&link).await.0, 200);
        going.finished().await.unwrap();
    }
}
