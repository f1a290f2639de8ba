//! Device codes.

use std::time::Duration;

use super::{Client, SCOPES, filled, is, text};
use crate::demo::Options;
use crate::demo::tests::user_id;

#[tokio::test]
async fn a_device_is_let_in_by_its_code() {
    let client = Client::of(Options {
        device_code_interval: Duration::ZERO,
        ..Options::default()
    });
    let started = client.post("devicecode", &[("scope", SCOPES)]).await.json();
    let (device, user) = (
        started["device_code"].as_str().unwrap(),
        started["user_code"].as_str().unwrap(),
    );
    assert_eq!(started["verification_uri"], client.at("/devicelogin"));
    assert_eq!(started["expires_in"], 900);
    assert!(started["message"].as_str().unwrap().contains(user));
    is(&client.poll(device).await, "authorization_pending", 70016);

    let page = async |fields: &[(&str, &str)]| {
        let request = filled(client.browser.post(client.at("/devicelogin")), fields);
        text(&client.visitor.send(request).await)
    };
    let opened = client
        .visitor
        .send(client.browser.get(client.at("/devicelogin?otc=%22%3E")))
        .await;
    assert!(text(&opened).contains("name=\"otc\" value=\"&quot;&gt;\""));
    assert!(page(&[("otc", "WRONG")]).await.contains("That code didn&#39;t work."));
    let typed = format!(" {}-{}", user[..4].to_lowercase(), &user[4..]);
    assert!(page(&[("otc", &typed)]).await.contains("山田 花子"));
    assert!(
        page(&[("otc", &typed), ("answer", "accept"), ("other", "nobody")])
            .await
            .contains("This username may be incorrect.")
    );
    is(&client.poll(device).await, "authorization_pending", 70016);
    assert!(
        page(&[
            ("otc", &typed),
            ("answer", "accept"),
            ("person", "lead@fixture.example")
        ])
        .await
        .contains("You have signed in to the folkmoot application")
    );
    let tokens = client.poll(device).await.json();
    let access = tokens["access_token"].as_str().unwrap();
    assert_eq!(client.graph(access, "/me").await.json()["id"], user_id("lead"));
    assert!(tokens.get("refresh_token").is_some() && tokens.get("id_token").is_some());
    is(&client.poll(device).await, "invalid_grant", 54005);
    assert_eq!(client.graph(access, "/me").await.status, 401);
    is(&client.poll("nonsense").await, "bad_verification_code", 70018);
}

#[tokio::test]
async fn a_device_may_be_turned_away_too_late_or_too_eager() {
    let client = Client::of(Options {
        device_code_interval: Duration::from_secs(600),
        ..Options::default()
    });
    let begin = async || client.post("devicecode", &[("scope", "User.Read")]).await.json();
    let started = begin().await;
    let device = started["device_code"].as_str().unwrap();
    assert_eq!(started["interval"], 600);
    is(&client.poll(device).await, "authorization_pending", 70016);
    is(&client.poll(device).await, "slow_down", 70016);
    assert!(
        client
            .visitor
            .tenant
            .decline_device(started["user_code"].as_str().unwrap())
    );
    is(&client.poll(device).await, "authorization_declined", 65004);
    let second = begin().await;
    let user = second["user_code"].as_str().unwrap();
    assert!(client.visitor.tenant.approve_device(user, "lead"));
    assert!(
        !client.visitor.tenant.approve_device(user, "lead"),
        "a code is decided once"
    );
    assert!(!client.visitor.tenant.decline_device("AAAAAAAAA"));
    let tokens = client.poll(second["device_code"].as_str().unwrap()).await.json();
    assert_eq!(tokens["scope"], "User.Read");

    let late = Client::of(Options {
        device_code_lifetime: Duration::ZERO,
        ..Options::default()
    });
    let started = late.post("devicecode", &[("scope", "User.Read")]).await.json();
    assert!(
        !late
            .visitor
            .tenant
            .approve_device(started["user_code"].as_str().unwrap(), "lead")
    );
    is(
        &late.poll(started["device_code"].as_str().unwrap()).await,
        "expired_token",
        70020,
    );
    is(
        &late.post("devicecode", &[("scope", "")]).await,
        "invalid_request",
        900_144,
    );
    let got = late.browser.get(late.at("/common/oauth2/v2.0/devicecode"));
    assert_eq!(late.visitor.send(got).await.status, 405);
}
