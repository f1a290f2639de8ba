//! The token endpoint, and what Graph makes of its tokens.

use std::time::Duration;

use base64::Engine;
use serde_json::{Value, json};

use super::{Client, back, claims, filled, is, text, trouble};
use crate::demo::Options;
use crate::demo::tests::{Reply, group_path, user_id};

#[tokio::test]
async fn a_code_is_good_once_and_for_its_own_request() {
    let client = Client::new();
    let code = client.code("lead", &[]).await;
    is(&client.redeem("nonsense", &[]).await, "invalid_grant", 70000);
    is(
        &client.redeem(&code, &[("code_verifier", "another")]).await,
        "invalid_grant",
        501_481,
    );
    is(
        &client.redeem(&code, &[("code_verifier", "")]).await,
        "invalid_request",
        900_144,
    );
    is(
        &client
            .redeem(&code, &[("redirect_uri", "http://localhost:8401/")])
            .await,
        "invalid_grant",
        500_112,
    );
    is(
        &client.redeem(&code, &[("client_id", "another")]).await,
        "unauthorized_client",
        700_016,
    );
    is(
        &client.redeem(&code, &[("grant_type", "password")]).await,
        "unsupported_grant_type",
        70003,
    );
    assert_eq!(client.redeem(&code, &[("client_secret", "s")]).await.status, 401);

    let tokens = client.redeem(&code, &[]).await.json();
    let access = tokens["access_token"].as_str().unwrap();
    assert_eq!(client.graph(access, "/me").await.status, 200);
    is(&client.redeem(&code, &[]).await, "invalid_grant", 54005);
    assert_eq!(
        client.graph(access, "/me").await.verdict(),
        "401 InvalidAuthenticationToken"
    );
    let refresh = tokens["refresh_token"].as_str().unwrap();
    is(&client.refresh(refresh, &[]).await, "invalid_grant", 50173);
}

#[tokio::test]
async fn refresh_tokens_rotate_and_one_used_twice_ends_the_sign_in() {
    let client = Client::new();
    let first = client.tokens("lead", &[]).await;
    let second = client
        .refresh(first["refresh_token"].as_str().unwrap(), &[])
        .await
        .json();
    assert_ne!(first["refresh_token"], second["refresh_token"]);
    assert_ne!(first["access_token"], second["access_token"]);
    assert_eq!(second["scope"], first["scope"]);
    assert!(claims(&second["id_token"]).get("nonce").is_none());
    let last = second["refresh_token"].as_str().unwrap();
    is(
        &client.refresh(last, &[("scope", "User.Read api://x/y")]).await,
        "invalid_scope",
        700_022,
    );
    is(
        &client.refresh(last, &[("scope", "People.Read")]).await,
        "invalid_grant",
        65001,
    );
    let narrow = client.refresh(last, &[("scope", "User.Read")]).await.json();
    assert_eq!(narrow["scope"], "User.Read");
    assert_eq!(client.visitor.tenant.sign_ins(), 1);

    is(&client.refresh(last, &[]).await, "invalid_grant", 70000);
    is(
        &client.refresh(narrow["refresh_token"].as_str().unwrap(), &[]).await,
        "invalid_grant",
        50173,
    );
    let access = narrow["access_token"].as_str().unwrap();
    assert_eq!(client.graph(access, "/me").await.status, 401);
    is(&client.refresh("nonsense", &[]).await, "invalid_grant", 70000);
}

#[tokio::test]
async fn graph_allows_what_was_granted() {
    let client = Client::new();
    let tokens = client.tokens("lead", &[("scope", "User.Read")]).await;
    let access = tokens["access_token"].as_str().unwrap();
    let own = format!("/users/{}", user_id("lead"));
    let other = format!("/users/{}", user_id("boss"));
    for (path, verdict) in [
        ("/me", "200"),
        (own.as_str(), "200"),
        (other.as_str(), "403 Authorization_RequestDenied"),
        ("/users", "403 Authorization_RequestDenied"),
        ("/groups", "403 Authorization_RequestDenied"),
        ("/me/manager", "403 Authorization_RequestDenied"),
        ("/me/memberOf", "200"),
    ] {
        assert_eq!(client.graph(access, path).await.verdict(), verdict, "{path}");
    }
    let batch = serde_json::json!({"requests": [
        {"id": "1", "method": "GET", "url": "/me"}, {"id": "2", "method": "GET", "url": "/groups"}]});
    let request = client.visitor.http.post(client.visitor.url("/$batch"));
    let reply = client
        .visitor
        .send(request.bearer_auth(access).json(&batch))
        .await
        .json();
    let mut statuses: Vec<(String, u64)> = reply["responses"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (it["id"].as_str().unwrap().to_owned(), it["status"].as_u64().unwrap()))
        .collect();
    statuses.sort();
    assert_eq!(statuses, [("1".to_owned(), 200), ("2".to_owned(), 403)]);

    let more = client.tokens("lead", &[("scope", "Group.Read.All")]).await;
    let access = more["access_token"].as_str().unwrap();
    assert_eq!(client.graph(access, "/groups").await.status, 200);
    assert_eq!(client.graph(access, "/users").await.status, 403);
    let all = client
        .tokens("lead", &[("scope", "https://graph.microsoft.com/.default")])
        .await;
    let access = all["access_token"].as_str().unwrap();
    assert_eq!(client.graph(access, "/groups").await.status, 200);
    assert_eq!(
        client.visitor.get("/users").await.status,
        200,
        "the static token allows everything"
    );
}

#[tokio::test]
async fn of_others_no_more_is_shown_than_was_granted() {
    let client = Client::new();
    let shown = async |scopes: &str, path: &str| {
        let tokens = client.tokens("me", &[("scope", scopes)]).await;
        client.graph(tokens["access_token"].as_str().unwrap(), path).await
    };
    let (lamps, boss) = (group_path("lamps"), format!("/users/{}", user_id("boss")));
    let chosen = "$select=id,displayName,mail,jobTitle,businessPhones";
    let members = format!("{lamps}/members?{chosen}");
    let row = |reply: &Reply, key: &str| {
        let of_key = |item: &Value| item["id"] == user_id(key).as_str();
        reply.items().into_iter().find(of_key).unwrap()
    };

    let names = "User.Read User.ReadBasic.All GroupMember.Read.All";
    let reply = shown(names, &members).await;
    let (me, other) = (row(&reply, "me"), row(&reply, "kim"));
    assert!(me["jobTitle"].is_string(), "one's own row is whole: {me}");
    assert!(other["displayName"].is_string() && other["mail"].is_string());
    assert_eq!(
        (&other["jobTitle"], &other["businessPhones"]),
        (&Value::Null, &json!([]))
    );
    let person = shown(names, &format!("{boss}?$select=displayName,jobTitle,skills,city")).await;
    assert_eq!((person.status, person.json()["jobTitle"].clone()), (200, Value::Null));
    assert_eq!(
        (&person.json()["skills"], &person.json()["city"]),
        (&json!([]), &Value::Null)
    );

    let ids = shown("GroupMember.Read.All", &members).await;
    let other = row(&ids, "kim");
    assert_eq!(other["@odata.type"], "#microsoft.graph.user");
    assert_eq!((&other["displayName"], &other["mail"]), (&Value::Null, &Value::Null));

    let whole = shown("User.Read.All", &format!("{boss}?$select=jobTitle")).await;
    assert!(whole.json()["jobTitle"].is_string());
}

#[tokio::test]
async fn what_is_expanded_must_be_granted_too() {
    let client = Client::new();
    let names = client
        .tokens("lead", &[("scope", "User.Read User.ReadBasic.All")])
        .await;
    let whole = client.tokens("lead", &[("scope", "User.Read.All")]).await;
    for (path, needed) in [
        ("/me?$expand=manager", "403 Authorization_RequestDenied"),
        ("/me?$expand=directReports", "200"),
    ] {
        let verdict = async |tokens: &Value| {
            client
                .graph(tokens["access_token"].as_str().unwrap(), path)
                .await
                .verdict()
        };
        assert_eq!(verdict(&names).await, needed, "{path}");
        assert_eq!(verdict(&whole).await, "200", "{path}");
    }
}

#[tokio::test]
async fn access_tokens_end() {
    let client = Client::new();
    let tokens = client.tokens("lead", &[]).await;
    let (access, refresh) = (
        tokens["access_token"].as_str().unwrap(),
        tokens["refresh_token"].as_str().unwrap(),
    );
    client.visitor.tenant.expire_access_tokens();
    let reply = client.graph(access, "/me").await;
    assert_eq!(reply.verdict(), "401 InvalidAuthenticationToken");
    assert!(reply.header("www-authenticate").starts_with("Bearer "));
    assert_eq!(
        client.visitor.get("/me").await.status,
        200,
        "the static token stays good"
    );
    let next = client.refresh(refresh, &[]).await.json();
    assert_eq!(
        client.graph(next["access_token"].as_str().unwrap(), "/me").await.status,
        200
    );

    assert_eq!(client.visitor.tenant.revoke_refresh_tokens("lead"), 1);
    assert_eq!(client.visitor.tenant.revoke_refresh_tokens("nobody"), 0);
    assert_eq!(
        client.graph(next["access_token"].as_str().unwrap(), "/me").await.status,
        200
    );
    is(
        &client.refresh(next["refresh_token"].as_str().unwrap(), &[]).await,
        "invalid_grant",
        50173,
    );

    let brief = Client::of(Options {
        access_token_lifetime: Duration::ZERO,
        ..Options::default()
    });
    let tokens = brief.tokens("lead", &[]).await;
    assert_eq!(tokens["expires_in"], 0);
    let reply = brief.graph(tokens["access_token"].as_str().unwrap(), "/me").await;
    assert!(reply.message().contains("expired"));
}

#[tokio::test]
async fn a_claims_challenge_asks_for_a_new_sign_in() {
    let client = Client::new();
    let tokens = client.tokens("lead", &[]).await;
    let challenged = async |access: &str| {
        let reply = client.graph(access, "/me").await;
        assert_eq!(reply.verdict(), "401 InvalidAuthenticationToken");
        let header = reply.header("www-authenticate").to_owned();
        assert!(header.contains("error=\"insufficient_claims\""), "{header}");
        let (_, claims) = header.split_once(" claims=\"").unwrap();
        let claims = base64::engine::general_purpose::STANDARD
            .decode(claims.trim_end_matches('"'))
            .unwrap();
        let claims: Value = serde_json::from_slice(&claims).unwrap();
        assert_eq!(claims["access_token"]["nbf"]["essential"], true);
    };
    assert_eq!(client.visitor.tenant.challenge("lead"), 1);
    challenged(tokens["access_token"].as_str().unwrap()).await;
    is(
        &client.refresh(tokens["refresh_token"].as_str().unwrap(), &[]).await,
        "invalid_grant",
        50173,
    );
    let again = client.tokens("lead", &[]).await;
    let access = again["access_token"].as_str().unwrap();
    assert_eq!(client.graph(access, "/me").await.status, 200);
    client.visitor.tenant.add_fault("/me@2=claims".parse().unwrap());
    assert_eq!(client.graph(access, "/me").await.status, 200);
    challenged(access).await;
    assert_eq!(client.graph(access, "/me").await.status, 200);
}

#[tokio::test]
async fn the_authority_misbehaves_when_it_is_told_to() {
    let client = Client::new();
    let fault = |spec: &str| {
        client.visitor.tenant.clear_faults();
        client.visitor.tenant.add_fault(spec.parse().unwrap());
    };
    for (code, error) in [
        (50076, "invalid_grant"),
        (53003, "invalid_grant"),
        (65001, "invalid_grant"),
        (50196, "invalid_grant"),
        (700_082, "invalid_grant"),
        (70043, "invalid_grant"),
        (700_016, "unauthorized_client"),
    ] {
        fault(&format!("/*/oauth2/v2.0/token@1=oauth:{code}"));
        let reply = client.refresh("x", &[]).await;
        is(&reply, error, code);
        assert!(!text(&reply).contains("{issued}") && !text(&reply).contains("{client}"));
        is(&client.refresh("x", &[]).await, "invalid_grant", 70000);
    }
    fault("/**@*=oauth:7000218");
    assert_eq!(
        trouble(&client.post("devicecode", &[]).await),
        ("invalid_client".to_owned(), 7_000_218)
    );
    assert_eq!(client.visitor.get("/me").await.status, 200, "Graph knows no such fault");
    fault("/*/oauth2/v2.0/authorize@1=oauth:65001");
    assert!(back(&client.open(&[]).await)["error_description"].starts_with("AADSTS65001"));
    fault("GET /*/oauth2/v2.0/authorize@1=oauth:50194");
    assert!(text(&client.open(&[]).await).contains("AADSTS50194"));
    fault("/*/oauth2/v2.0/token@1=429:7");
    let busy = client.refresh("x", &[]).await;
    assert_eq!((busy.status, busy.header("retry-after")), (429, "7"));
    assert_eq!(busy.json()["error"], "temporarily_unavailable");
    fault("/*/oauth2/v2.0/token@1=503");
    assert_eq!(client.refresh("x", &[]).await.status, 503);
    fault("/*/oauth2/v2.0/token@1=drop");
    let url = client.at("/common/oauth2/v2.0/token");
    assert!(filled(client.browser.post(url), &[("a", "b")]).send().await.is_err());
}
