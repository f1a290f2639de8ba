//! `$batch`.

use std::time::Duration;

use serde_json::{Value, json};

use super::{Visitor, group_path};
use crate::demo::Options;

fn get(id: &str, url: &str) -> Value {
    json!({"id": id, "method": "GET", "url": url})
}

async fn batch(visitor: &Visitor, requests: Vec<Value>) -> super::Reply {
    visitor.post("/$batch", json!({"requests": requests})).await
}

async fn answers(visitor: &Visitor, requests: Vec<Value>) -> Vec<Value> {
    let reply = batch(visitor, requests).await;
    assert_eq!(reply.status, 200, "{}", reply.message());
    let mut responses = reply.json()["responses"].as_array().unwrap().clone();
    responses.sort_by_key(|response| response["id"].as_str().unwrap().parse::<u32>().unwrap());
    responses
}

#[tokio::test]
async fn each_item_is_answered_for_itself() {
    let visitor = Visitor::new();
    let advanced =
        json!({"id": "6", "method": "get", "url": "users/$count", "headers": {"ConsistencyLevel": "eventual"}});
    let thread = visitor.thread("lamps", "Long").await;
    let reply = json!({"id": "7", "method": "POST", "url": format!("{thread}/reply"), "headers": {"Content-Type": "application/json"},
                       "body": {"post": {"body": {"contentType": "html", "content": "x"}}}});
    let requests = vec![
        get("1", "/me?$select=id"),
        get("2", "/nowhere"),
        get("3", "/users/$count"),
        get("4", "/me/photo/$value"),
        get("5", "/$batch"),
        advanced,
        reply,
        get("8", "https://elsewhere.example/me"),
    ];
    let answers = answers(&visitor, requests).await;
    let statuses: Vec<u64> = answers
        .iter()
        .map(|answer| answer["status"].as_u64().unwrap())
        .collect();
    assert_eq!(statuses, [200, 400, 400, 200, 400, 200, 202, 400]);
    assert!(answers[0]["body"]["id"].is_string());
    assert!(
        answers[0]["headers"]["Content-Type"]
            .as_str()
            .unwrap()
            .starts_with("application/json;odata.metadata=minimal")
    );
    assert_eq!(answers[1]["body"]["error"]["code"], "BadRequest");
    assert!(
        answers[3]["body"].as_str().unwrap().starts_with("/9j/"),
        "bytes come in base64"
    );
    assert!(answers[6].get("body").is_none());
    assert_eq!(visitor.tenant.requests().last().unwrap().items[0], "GET /me?$select=id");
}

#[tokio::test]
async fn a_malformed_batch_is_refused_as_a_whole() {
    let visitor = Visitor::new();
    let many: Vec<Value> = (0..21).map(|id| get(&id.to_string(), "/me")).collect();
    let depends = json!({"id": "1", "method": "GET", "url": "/me", "dependsOn": ["2"]});
    let untyped = json!({"id": "1", "method": "POST", "url": "/me", "body": {}});
    for requests in [
        many,
        vec![],
        vec![get("a", "/me"), get("A", "/me")],
        vec![depends],
        vec![untyped],
        vec![json!({"id": 1})],
    ] {
        assert_eq!(
            batch(&visitor, requests.clone()).await.verdict(),
            "400 BadRequest",
            "{requests:?}"
        );
    }
    assert_eq!(
        batch(&visitor, (0..20).map(|id| get(&id.to_string(), "/me")).collect())
            .await
            .status,
        200
    );
    assert_eq!(visitor.get("/$batch").await.status, 405);
    let anonymous = visitor
        .http
        .post(visitor.url("/$batch"))
        .json(&json!({"requests": [get("1", "/me")]}));
    assert_eq!(visitor.send(anonymous).await.status, 401);
}

#[tokio::test]
async fn an_item_falls_with_what_it_depends_on() {
    let visitor = Visitor::new();
    let after = |id: &str, on: &str| json!({"id": id, "method": "GET", "url": "/me", "dependsOn": [on]});
    let answers = answers(
        &visitor,
        vec![
            get("1", "/nowhere"),
            after("2", "1"),
            after("3", "2"),
            get("4", "/me"),
            after("5", "4"),
        ],
    )
    .await;
    let statuses: Vec<u64> = answers
        .iter()
        .map(|answer| answer["status"].as_u64().unwrap())
        .collect();
    assert_eq!(statuses, [400, 424, 424, 200, 200]);
}

#[tokio::test]
async fn faults_hit_single_items() {
    let visitor = Visitor::new();
    visitor.tenant.add_fault("/users/*@2=429:7".parse().unwrap());
    let answers = answers(
        &visitor,
        (1..4)
            .map(|id| get(&id.to_string(), "/users/kim@fixture.example"))
            .collect(),
    )
    .await;
    let statuses: Vec<u64> = answers
        .iter()
        .map(|answer| answer["status"].as_u64().unwrap())
        .collect();
    assert_eq!(statuses, [200, 429, 200]);
    assert_eq!(answers[1]["headers"]["Retry-After"], "7");
    visitor.tenant.add_fault("/organization@1=hang".parse().unwrap());
    let waiting = batch(&visitor, vec![get("1", "/organization"), get("2", "/me")]);
    assert!(
        tokio::time::timeout(Duration::from_millis(100), waiting).await.is_err(),
        "a batch waits for all of its items"
    );
    visitor.tenant.add_fault("POST /$batch@*=503".parse().unwrap());
    assert_eq!(batch(&visitor, vec![get("1", "/me")]).await.status, 503);
}

#[tokio::test]
async fn a_batch_asks_a_mailbox_four_times_at_once_and_two_batches_too_often() {
    let visitor = Visitor::with(Options::default());
    visitor
        .tenant
        .add_fault("/groups/*/threads@*=latency:150".parse().unwrap());
    let requests = || {
        (0..8)
            .map(|id| get(&id.to_string(), &format!("{}/threads", group_path("lamps"))))
            .collect::<Vec<_>>()
    };
    let alone = answers(&visitor, requests()).await;
    assert!(alone.iter().all(|answer| answer["status"] == 200));
    let (one, other) = tokio::join!(answers(&visitor, requests()), async {
        tokio::time::sleep(Duration::from_millis(20)).await;
        answers(&visitor, requests()).await
    });
    let refused = one.iter().chain(&other).find(|answer| answer["status"] == 429).unwrap();
    assert_eq!(refused["body"]["error"]["code"], "ApplicationThrottled");
    assert_eq!(refused["headers"]["Retry-After"], "1");
}
