//! What every answer has, and what every request needs.

use super::{Visitor, group_path};
use crate::demo::Options;

#[tokio::test]
async fn every_answer_carries_graphs_headers() {
    let visitor = Visitor::new();
    let request = visitor.http.get(visitor.url("/me")).bearer_auth(&visitor.token);
    let reply = visitor
        .send(request.header("client-request-id", "11111111-2222-4333-8444-555555555555"))
        .await;
    assert_eq!(
        reply.header("content-type"),
        "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8"
    );
    assert_eq!(
        reply.header("client-request-id"),
        "11111111-2222-4333-8444-555555555555"
    );
    assert_eq!(reply.header("request-id").len(), 36);
    assert_eq!(reply.header("odata-version"), "4.0");
    assert!(reply.header("date").ends_with(" GMT"));
    let other = visitor.get("/me").await;
    assert_eq!(other.header("client-request-id"), other.header("request-id"));
    assert_ne!(other.header("request-id"), reply.header("request-id"));
}

#[tokio::test]
async fn errors_have_graphs_shape() {
    let visitor = Visitor::new();
    let reply = visitor.get("/groups/x").await;
    let error = &reply.json()["error"];
    assert_eq!(error["message"], "Invalid object identifier 'x'.");
    assert_eq!(error["innerError"]["request-id"], reply.header("request-id"));
    assert_eq!(
        error["innerError"]["client-request-id"],
        reply.header("client-request-id")
    );
    assert!(
        error["innerError"]["date"]
            .as_str()
            .unwrap()
            .starts_with("2026-03-01T12:0")
    );
}

#[tokio::test]
async fn only_the_authorization_header_lets_anyone_in() {
    let visitor = Visitor::new();
    let bare = visitor.send(visitor.http.get(visitor.url("/me"))).await;
    assert_eq!(
        (bare.verdict().as_str(), bare.message().as_str()),
        ("401 InvalidAuthenticationToken", "Access token is empty.")
    );
    let authority = visitor.tenant.authority_url();
    let challenge = format!("Bearer realm=\"\", authorization_uri=\"{authority}/common/oauth2/authorize\", ");
    assert!(bare.header("www-authenticate").starts_with(&challenge));
    let in_query = visitor
        .send(
            visitor
                .http
                .get(visitor.url(&format!("/me?access_token={}", visitor.token))),
        )
        .await;
    assert_eq!(in_query.status, 401);
    let wrong = visitor
        .send(visitor.http.get(visitor.url("/me")).bearer_auth("nonsense"))
        .await;
    assert_eq!(wrong.verdict(), "401 InvalidAuthenticationToken");
    let basic = visitor
        .send(
            visitor
                .http
                .get(visitor.url("/me"))
                .basic_auth("x", Some(&visitor.token)),
        )
        .await;
    assert_eq!(basic.status, 401);

    let next = visitor.tenant.rotate_token();
    let old = visitor.get("/me").await;
    assert_eq!((old.status, old.message().contains("expired")), (401, true));
    assert_eq!(
        visitor
            .send(visitor.http.get(visitor.url("/me")).bearer_auth(&next))
            .await
            .status,
        200
    );
    assert_ne!(next, visitor.tenant.rotate_token());
}

#[tokio::test]
async fn what_is_not_there_is_never_a_200() {
    let visitor = Visitor::new();
    for (path, message) in [
        ("/teapots", "Resource not found for the segment 'teapots'."),
        ("/me/teapots/1", "Resource not found for the segment 'teapots'."),
        (
            "/groups/x/threads/y/likes",
            "Resource not found for the segment 'likes'.",
        ),
        ("", "Resource not found for the segment ''."),
    ] {
        let reply = visitor.get(path).await;
        assert_eq!(
            (reply.verdict().as_str(), reply.message().as_str()),
            ("400 BadRequest", message)
        );
    }
    let root = visitor.tenant.graph_url().trim_end_matches("/v1.0").to_owned();
    assert_eq!(
        visitor.get(&format!("{root}/beta/me")).await.message(),
        "Invalid version."
    );
    let deleted = visitor
        .http
        .delete(visitor.url(&format!("{}/members/x", group_path("lamps"))))
        .bearer_auth(&visitor.token);
    assert_eq!(visitor.send(deleted).await.status, 400);
    let deleted = visitor.http.delete(visitor.url("/me")).bearer_auth(&visitor.token);
    assert_eq!(visitor.send(deleted).await.status, 405);
    assert_eq!(visitor.post("/users", serde_json::json!({})).await.status, 405);
}

#[tokio::test]
async fn links_are_built_from_what_the_client_sees() {
    let visitor = Visitor::new();
    let request = visitor
        .http
        .get(visitor.url("/users?$top=2"))
        .bearer_auth(&visitor.token);
    let request = request
        .header("host", "graph.fixture.example")
        .header("x-forwarded-proto", "https");
    let page = visitor.send(request).await;
    assert!(
        page.next()
            .unwrap()
            .starts_with("https://graph.fixture.example/v1.0/users?$top=2&$skiptoken=")
    );
    assert_eq!(
        page.json()["@odata.context"],
        "https://graph.fixture.example/v1.0/$metadata#users"
    );
    let threads = format!("{}/threads?$top=1", group_path("lamps"));
    assert!(
        visitor
            .get(&threads)
            .await
            .next()
            .unwrap()
            .starts_with(visitor.tenant.graph_url())
    );
}

#[tokio::test]
async fn bodies_are_compressed_for_those_who_ask() {
    let visitor = Visitor::with(Options {
        people: Some(100),
        ..Options::default()
    });
    let ask = async |encoding: &str| {
        let client = reqwest::Client::builder().no_proxy().no_gzip().build().unwrap();
        let request = client.get(visitor.url("/users")).bearer_auth(&visitor.token);
        visitor.send(request.header("accept-encoding", encoding)).await
    };
    let (plain, small) = (ask("identity").await, ask("deflate, gzip").await);
    assert_eq!(
        (plain.header("content-encoding"), small.header("content-encoding")),
        ("", "gzip")
    );
    assert_eq!(small.header("vary"), "Accept-Encoding");
    assert!(small.bytes.len() * 3 < plain.bytes.len());
    assert_eq!(
        visitor.get("/users").await.bytes,
        plain.bytes,
        "the usual client unpacks it by itself"
    );
}

#[tokio::test]
async fn requests_are_written_down_without_the_token() {
    let visitor = Visitor::new();
    let request = visitor
        .http
        .get(visitor.url("/users?$top=1"))
        .bearer_auth(&visitor.token);
    visitor.send(request.header("ConsistencyLevel", "eventual")).await;
    visitor.send(visitor.http.get(visitor.url("/nowhere"))).await;
    let seen = visitor.tenant.requests();
    assert_eq!(seen.len(), 2);
    assert_eq!(
        (seen[0].method.as_str(), seen[0].path.as_str(), seen[0].query.as_str()),
        ("GET", "/v1.0/users", "$top=1")
    );
    assert_eq!(
        (seen[0].authorized, seen[0].status, seen[0].aborted),
        (true, Some(200), false)
    );
    assert_eq!(seen[0].header("consistencylevel"), Some("eventual"));
    assert_eq!((seen[1].authorized, seen[1].status), (false, Some(401)));
    assert!(!format!("{seen:?}").contains(&visitor.token));
}

#[tokio::test]
async fn the_announcement_says_how_to_come_in() {
    let visitor = Visitor::new();
    let announced: serde_json::Value = serde_json::from_str(&visitor.tenant.announcement()).unwrap();
    assert_eq!(announced["graph_url"], visitor.tenant.graph_url());
    assert_eq!(announced["token"], visitor.token);
    let authority = visitor.tenant.authority_url();
    assert_eq!(announced["authority"], authority);
    assert_eq!(visitor.tenant.graph_url(), format!("{authority}/v1.0"));
    assert_eq!(announced["client_id"], visitor.tenant.client_id());
    assert_eq!(announced["tenant"], visitor.tenant.tenant_id());
    let line = visitor.tenant.announcement();
    assert!(
        line.starts_with("{\"graph_url\":\"http://127.0.0.1:") && !line.contains('\n'),
        "{line}"
    );
}
