//! An authority of another make: an OpenID provider that knows no tenants, and one that asks to slow down.

use std::time::Duration;

use folkmoot::config::{Account, Surroundings};
use folkmoot::protocol::{Method, ProblemKind, SignInStep, TokenSource};
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use crate::stub::{Act, Answer, Asked, Stub, answer};
use crate::support::{Desk, begin, by, parameter};

/// The address that the provider was asked at.
fn own(asked: &Asked) -> String {
    format!("http://{}", asked.header("host").unwrap())
}

fn description(asked: &Asked, issuer: &str) -> Value {
    let own = own(asked);
    json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{own}/auth"),
        "token_endpoint": format!("{own}/token"),
        "device_authorization_endpoint": format!("{own}/device"),
    })
}

/// A provider that describes itself right below its address, and answers at its endpoints as `endpoint` says.
async fn provider(endpoint: impl Fn(&Asked) -> Answer + Send + Sync + 'static) -> Stub {
    Stub::new(move |asked, _| -> Act {
        if asked.target == "/.well-known/openid-configuration" {
            return answer(200, &description(asked, &own(asked))).into();
        }
        if asked.target.contains("/.well-known/") {
            return answer(
                404,
                &json!({"error": "invalid_request", "error_description": "unrecognized route"}),
            )
            .into();
        }
        endpoint(asked).into()
    })
    .await
}

fn account(desk: &Desk, provider: &Stub) -> Account {
    Account {
        login_url: format!("http://{}", provider.address),
        client_id: Some("a client of its own".to_owned()),
        ..desk.account()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_without_tenants_is_found_below_its_own_address() {
    let desk = Desk::new();
    let provider = provider(|_| answer(500, &json!({}))).await;
    let session = desk.session_of(account(&desk, &provider), Surroundings::default());
    let mut going = begin(&session, by(Method::Browser));
    let link = going.link().await;
    assert!(
        link.starts_with(&format!("http://{}/auth?", provider.address)),
        "{link}"
    );
    // What only Entra knows is not asked of others; without consent there would be no refresh token.
    assert_eq!(parameter(&link, "claims"), None);
    assert_eq!(parameter(&link, "prompt").as_deref(), Some("consent"));
    assert!(parameter(&link, "scope").unwrap().contains("offline_access"));
    assert_eq!(parameter(&link, "code_challenge_method").as_deref(), Some("S256"));
    going.cancel();
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_calls_itself_something_else_is_none() {
    let desk = Desk::new();
    let provider = Stub::new(|asked, _| -> Act {
        match asked.target.as_str() {
            "/.well-known/openid-configuration" => answer(200, &description(asked, "https://somebody.example")).into(),
            _ => answer(404, &json!({})).into(),
        }
    })
    .await;
    let session = desk.session_of(account(&desk, &provider), Surroundings::default());
    let problem = begin(&session, by(Method::Device)).finished().await.unwrap_err();
    assert_eq!(problem.kind, ProblemKind::Config);
    assert!(problem.what.as_str().contains("no sign-in service at"), "{problem}");
    let asked = provider.asked();
    assert!(asked.iter().all(|asked| asked.method == "GET"), "nothing is sent there");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_told_to_slow_down_waits_five_seconds_longer() {
    let desk = Desk::new();
    let polls = std::sync::atomic::AtomicUsize::new(0);
    let token = desk.tenant.token().to_owned();
    let provider = provider(move |asked| {
        if asked.target == "/device" {
            let code = json!({
                "device_code": "d", "user_code": "ABCD", "verification_uri": "https://login.example/device",
                "expires_in": 60, "interval": 1
            });
            return answer(200, &code);
        }
        match polls.fetch_add(1, std::sync::atomic::Ordering::SeqCst) {
            0 => answer(400, &json!({"error": "slow_down"})),
            _ => answer(
                200,
                &json!({"token_type": "Bearer", "access_token": token, "expires_in": 60}),
            ),
        }
    })
    .await;
    let session = desk.session_of(account(&desk, &provider), Surroundings::default());
    let mut going = begin(&session, by(Method::Device));
    assert_eq!(going.user_code().await, "ABCD");
    going.finished().await.unwrap();
    let step = going.next().await;
    assert!(matches!(step, SignInStep::SignedIn { .. }), "{step:?}");
    assert!(desk.graph_takes(session.token().await.unwrap().expose_secret()).await);
    let asked = provider.asked();
    let polls: Vec<_> = asked.iter().filter(|asked| asked.target == "/token").collect();
    let [first, second] = polls.as_slice() else {
        panic!("{} polls", polls.len());
    };
    // RFC 8628 §3.5: one second, and five more.
    assert!(second.begun - first.begun >= Duration::from_secs(6));
}
