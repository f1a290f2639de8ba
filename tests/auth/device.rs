//! Sign-in by a code, and falling back from one way to another.

use std::time::Duration;

use folkmoot::config::Surroundings;
use folkmoot::demo::Options;
use folkmoot::protocol::{Method, ProblemKind, SignIn, SignInStep, TokenSource};
use secrecy::ExposeSecret;

use crate::support::{Desk, begin, by};

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_waited_for_until_it_is_typed() {
    let desk = Desk::new();
    let session = desk.session();
    let mut going = begin(&session, by(Method::Device));
    let code = going.user_code().await;
    // At least one poll finds that nobody has typed it.
    while desk.token_requests() == 0 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(desk.tenant.approve_device(&code, "ines.wickersham"));
    going.finished().await.unwrap();
    assert!(matches!(going.next().await, SignInStep::SignedIn { .. }));
    assert!(desk.graph_takes(session.token().await.unwrap().expose_secret()).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_is_declined_or_runs_out_is_told() {
    let desk = Desk::new();
    let session = desk.session();
    let mut going = begin(&session, by(Method::Device));
    let code = going.user_code().await;
    assert!(desk.tenant.decline_device(&code));
    let problem = going.finished().await.unwrap_err();
    assert!(!problem.what.is_empty() && !problem.next.is_empty(), "{problem}");

    let desk = Desk::with(Options {
        device_code_lifetime: Duration::from_secs(1),
        ..Options::default()
    });
    let mut going = begin(&desk.session(), by(Method::Device));
    going.user_code().await;
    let problem = going.finished().await.unwrap_err();
    assert_eq!(problem.kind, ProblemKind::SignIn, "{problem}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_busy_service_is_asked_again() {
    let desk = Desk::new();
    desk.tenant
        .add_fault("POST /organizations/oauth2/v2.0/token@1=503".parse().unwrap());
    let session = desk.session();
    let mut going = begin(&session, by(Method::Device));
    let code = going.user_code().await;
    while desk.token_requests() == 0 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(desk.tenant.approve_device(&code, "ines.wickersham"));
    going.finished().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn where_codes_are_blocked_the_browser_is_tried_and_the_reason_told() {
    let desk = Desk::new();
    desk.tenant.add_fault(
        "POST /organizations/oauth2/v2.0/devicecode@*=oauth:53003"
            .parse()
            .unwrap(),
    );
    let session = desk.session();
    let mut going = begin(&session, SignIn::default());
    let step = going.next().await;
    assert!(
        matches!(
            step,
            SignInStep::Trying {
                method: Method::Device,
                ..
            }
        ),
        "{step:?}"
    );
    let step = going.next().await;
    let SignInStep::FellBack { from, to, why } = step else {
        panic!("{step:?}");
    };
    assert_eq!((from, to), (Method::Device, Method::Browser));
    assert!(!why.is_empty());
    let link = going.link().await;
    desk.accept(&link).await;
    going.finished().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn where_no_browser_starts_a_code_is_shown() {
    let desk = Desk::new();
    let around = Surroundings {
        display: true,
        browser: Some("/nowhere/browser".to_owned()),
        ..Surroundings::default()
    };
    let session = desk.session_of(desk.account(), around);
    let mut going = begin(&session, SignIn::default());
    let code = going.user_code().await;
    assert!(desk.tenant.approve_device(&code, "ines.wickersham"));
    going.finished().await.unwrap();
}
