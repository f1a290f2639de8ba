//! The sign-in page: discovery, the way there, the way back.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;
use url::Url;

use super::{Client, back, claims, is, text};
use crate::demo::tests::user_id;

#[tokio::test]
async fn discovery_says_where_everything_is() {
    let client = Client::new();
    let tenant = client.visitor.tenant.tenant_id();
    let read = async |path: &str| client.visitor.send(client.browser.get(client.at(path))).await;
    for name in ["organizations", "common", &tenant, "fixture.example"] {
        let found = read(&format!("/{name}/v2.0/.well-known/openid-configuration"))
            .await
            .json();
        let at = |path: &str| client.at(&format!("/{name}{path}"));
        assert_eq!(found["issuer"], client.at(&format!("/{tenant}/v2.0")), "{name}");
        assert_eq!(found["authorization_endpoint"], at("/oauth2/v2.0/authorize"));
        assert_eq!(found["token_endpoint"], at("/oauth2/v2.0/token"));
        assert_eq!(found["device_authorization_endpoint"], at("/oauth2/v2.0/devicecode"));
        assert_eq!(found["jwks_uri"], at("/discovery/v2.0/keys"));
        assert_eq!(found["code_challenge_methods_supported"][0], "S256");
    }
    let proxied = client
        .browser
        .get(client.at("/common/v2.0/.well-known/openid-configuration"))
        .header("host", "login.fixture.example")
        .header("x-forwarded-proto", "https");
    let found = client.visitor.send(proxied).await.json();
    assert_eq!(
        found["token_endpoint"],
        "https://login.fixture.example/common/oauth2/v2.0/token"
    );
    let unknown = read("/nowhere.example/v2.0/.well-known/openid-configuration").await;
    is(&unknown, "invalid_tenant", 90002);
    assert!(text(&unknown).contains("Tenant 'nowhere.example' not found."));
    let instance = read("/common/discovery/instance?api-version=1.1&authorization_endpoint=https%3A%2F%2Fx%2Fcommon%2Foauth2%2Fv2.0%2Fauthorize").await;
    assert_eq!(
        instance.json()["tenant_discovery_endpoint"],
        client.at("/common/v2.0/.well-known/openid-configuration")
    );
    for path in [
        "/",
        "/nowhere",
        "/common/oauth2/v2.0/teapot",
        "/common/x/y/z",
        "/%ff/%zz",
    ] {
        let reply = read(path).await;
        assert_eq!(
            (reply.status, reply.header("content-type")),
            (404, "text/html; charset=utf-8")
        );
    }
}

#[tokio::test]
async fn a_browser_signs_somebody_in() {
    let client = Client::new();
    let page = client.open(&[("login_hint", "lead@fixture.example")]).await;
    let html = text(&page);
    assert_eq!(page.status, 200);
    assert!(html.contains("山田 花子") && html.contains("Decline"), "{html}");
    assert!(html.contains("value=\"lead@fixture.example\" checked"), "{html}");
    assert!(html.contains("name=\"state\" value=\"a state &amp; more\""), "{html}");

    let reply = client
        .choose(&[("person", "lead@fixture.example"), ("answer", "accept")])
        .await;
    let came = back(&reply);
    assert_eq!((reply.status, came["state"].as_str()), (302, "a state & more"));
    assert!(came.contains_key("session_state"));

    let reply = client.redeem(&came["code"], &[("client_info", "1")]).await;
    let tokens = reply.json();
    assert_eq!(reply.header("cache-control"), "no-store, no-cache");
    assert_eq!(
        (
            tokens["token_type"].as_str(),
            tokens["expires_in"].as_u64(),
            tokens["scope"].as_str()
        ),
        (
            Some("Bearer"),
            Some(3599),
            Some("openid profile User.Read Group.Read.All")
        )
    );
    let id = claims(&tokens["id_token"]);
    assert_eq!(
        id["iss"],
        client.at(&format!("/{}/v2.0", client.visitor.tenant.tenant_id()))
    );
    assert_eq!(
        (
            &id["aud"],
            &id["ver"],
            &id["nonce"],
            &id["name"],
            &id["preferred_username"],
            &id["oid"]
        ),
        (
            &client.visitor.tenant.client_id().into(),
            &"2.0".into(),
            &"n-1".into(),
            &"山田 花子".into(),
            &"lead@fixture.example".into(),
            &user_id("lead").into()
        )
    );
    assert_eq!(id["exp"].as_i64().unwrap() - id["iat"].as_i64().unwrap(), 3599);
    let info = URL_SAFE_NO_PAD.decode(tokens["client_info"].as_str().unwrap()).unwrap();
    let info: Value = serde_json::from_slice(&info).unwrap();
    assert_eq!((&info["uid"], &info["utid"]), (&id["oid"], &id["tid"]));

    let me = client.graph(tokens["access_token"].as_str().unwrap(), "/me").await;
    assert_eq!(me.json()["displayName"], "山田 花子");
    assert_eq!(client.visitor.tenant.sign_ins(), 1);
    let userinfo = client
        .visitor
        .http
        .get(client.at("/oidc/userinfo"))
        .bearer_auth(tokens["access_token"].as_str().unwrap());
    assert_eq!(client.visitor.send(userinfo).await.json()["sub"], id["sub"]);
}

#[tokio::test]
async fn the_answer_comes_the_way_that_was_asked_for() {
    let client = Client::new();
    let choice = [("person", "lead"), ("answer", "accept"), ("state", "\"><i>")];
    let fragment = client
        .choose(&[&choice[..], &[("response_mode", "fragment")]].concat())
        .await;
    let url = Url::parse(fragment.header("location")).unwrap();
    assert!(url.query().is_none() && url.fragment().unwrap().starts_with("code=1."));
    let posted = client
        .choose(&[&choice[..], &[("response_mode", "form_post")]].concat())
        .await;
    assert!(text(&posted).contains("name=\"state\" value=\"&quot;&gt;&lt;i&gt;\""));
    assert!(text(&posted).contains("action=\"http://localhost:8400/\""));
    let bare = client
        .choose(&[&choice[..], &[("redirect_uri", "http://127.0.0.1:9")]].concat())
        .await;
    assert!(bare.header("location").starts_with("http://127.0.0.1:9/?code="));
    let only_openid = client.tokens("lead", &[("scope", "openid")]).await;
    assert!(only_openid.get("refresh_token").is_none() && only_openid.get("id_token").is_some());
    let no_openid = client.tokens("lead", &[("scope", "User.Read offline_access")]).await;
    assert!(no_openid.get("refresh_token").is_some() && no_openid.get("id_token").is_none());
}

#[tokio::test]
async fn who_cannot_be_trusted_is_told_on_a_page() {
    let client = Client::new();
    for (changes, code) in [
        (vec![("client_id", "11111111-2222-4333-8444-555555555555")], 700_016),
        (vec![("redirect_uri", "https://evil.example/")], 50011),
        (vec![("redirect_uri", "http://localhost.evil.example/")], 50011),
        (vec![("redirect_uri", "")], 900_144),
        (vec![("client_id", "<script>")], 700_016),
    ] {
        for reply in [
            client.open(&changes).await,
            client.choose(&[&changes[..], &[("answer", "accept")]].concat()).await,
        ] {
            assert_eq!((reply.status, reply.header("location")), (400, ""));
            assert!(text(&reply).contains(&format!("AADSTS{code}")), "{}", text(&reply));
            assert!(!text(&reply).contains("<script>"));
        }
    }
    let url = client.at("/nowhere/oauth2/v2.0/authorize");
    let page = client.visitor.send(client.browser.get(url)).await;
    assert!(text(&page).contains("AADSTS90002: Tenant &#39;nowhere&#39; not found."));
}

#[tokio::test]
async fn what_is_wrong_otherwise_goes_back_to_the_client() {
    let client = Client::new();
    for (changes, error, code) in [
        (vec![("response_type", "token")], "unsupported_response_type", 700_054),
        (vec![("code_challenge", "")], "invalid_request", 9_002_325),
        (vec![("code_challenge_method", "plain")], "invalid_request", 90023),
        (vec![("code_challenge", "short")], "invalid_request", 90023),
        (vec![("scope", "")], "invalid_request", 900_144),
        (vec![("scope", "User.Reed")], "invalid_scope", 650_053),
        (vec![("scope", "User.Read api://x/y")], "invalid_scope", 700_022),
        (vec![("scope", "api://x/y")], "invalid_resource", 500_011),
        (vec![("prompt", "none")], "login_required", 50058),
    ] {
        let came = back(&client.open(&changes).await);
        assert_eq!(came["error"], error, "{changes:?}");
        assert!(
            came["error_description"].starts_with(&format!("AADSTS{code}: ")),
            "{came:?}"
        );
        assert_eq!(came["state"], "a state & more");
    }
    let declined = back(&client.choose(&[("person", "lead"), ("answer", "decline")]).await);
    assert_eq!(declined["error"], "access_denied");
    assert!(declined["error_description"].starts_with("AADSTS65004"));
    let nobody = client.choose(&[("other", "nobody@x"), ("answer", "accept")]).await;
    assert!(nobody.status == 200 && text(&nobody).contains("This username may be incorrect."));
    assert_eq!(client.visitor.tenant.sign_ins(), 0);
}
