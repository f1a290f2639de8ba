//! Reads: when they are tried again, and what becomes of answers that are none.

use std::sync::Arc;
use std::time::Duration;

use folkmoot::domain::{Group, Id, Text};
use folkmoot::graph::{Client, Patience, Read, Urgency, groups};
use folkmoot::protocol::{Problem, ProblemKind};
use futures_util::StreamExt;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::stub::{Act, Answer, Stub, answer, error, raw};
use crate::support::{client, desk, drain, patience};

fn one() -> Read {
    groups::by_id(&Id::new("g"))
}

async fn get(client: &Client) -> Result<Group, Problem> {
    client.one::<Group>(one(), Urgency::Person).await
}

fn group() -> Answer {
    answer(200, &json!({"id": "g", "displayName": "山田の会"}))
}

#[tokio::test]
async fn retry_after_is_obeyed_and_shown() {
    let stub = Stub::new(|_, number| match number {
        0 => error(429, "TooManyRequests").header("Retry-After", "1"),
        _ => group(),
    })
    .await;
    let desk = desk(&stub.url(), patience());
    let before = Timestamp::now();
    assert_eq!(get(&desk.client).await.unwrap().name, Text::new("山田の会"));
    let asked = stub.asked();
    assert_eq!(asked.len(), 2);
    assert!(asked[1].begun - asked[0].begun >= Duration::from_secs(1));

    let traffic = desk.traffic.lock().unwrap();
    let until = traffic.iter().find_map(|one| one.throttled_until).unwrap();
    assert!(until > before);
    assert_eq!(traffic.iter().map(|one| one.in_flight).max(), Some(1));
    assert_eq!(traffic.last().unwrap().in_flight, 0);
}

#[tokio::test]
async fn a_date_in_retry_after_is_understood() {
    let soon = Timestamp::now() + jiff::SignedDuration::from_secs(2);
    let date = jiff::fmt::rfc2822::DateTimePrinter::new()
        .timestamp_to_rfc9110_string(&soon)
        .unwrap();
    let stub = Stub::new(move |_, number| match number {
        0 => error(429, "ApplicationThrottled").header("Retry-After", date.clone()),
        _ => group(),
    })
    .await;
    let desk = desk(&stub.url(), patience());
    get(&desk.client).await.unwrap();
    let until = desk
        .traffic
        .lock()
        .unwrap()
        .iter()
        .find_map(|one| one.throttled_until)
        .unwrap();
    assert!((until - soon).get_seconds().abs() <= 1, "{until} {soon}");
}

#[tokio::test]
async fn without_retry_after_a_few_tries_are_made() {
    let stub = Stub::new(|_, _| error(429, "TooManyRequests")).await;
    let problem = get(&client(&stub)).await.unwrap_err();
    assert_eq!((problem.kind, problem.status), (ProblemKind::Throttled, Some(429)));
    assert!(problem.retry_at.is_some());
    assert_eq!(stub.asked().len(), 4);
}

#[tokio::test]
async fn a_longer_wait_than_anyone_has_patience_for_is_a_problem_at_once() {
    let stub = Stub::new(|_, _| error(429, "TooManyRequests").header("Retry-After", "3600")).await;
    let problem = get(&client(&stub)).await.unwrap_err();
    assert!(problem.retry_at.unwrap() > Timestamp::now() + jiff::SignedDuration::from_secs(3000));
    assert_eq!(stub.asked().len(), 1);
}

#[tokio::test]
async fn while_graph_wants_quiet_nothing_is_asked_of_the_same_place() {
    let stub = Stub::new(|asked, _| {
        if asked.target.contains("/g/threads") {
            error(429, "ApplicationThrottled").header("Retry-After", "3600")
        } else {
            answer(200, &json!({"id": "x", "value": []}))
        }
    })
    .await;
    let client = client(&stub);
    let posts = async |group: &str| client.posts(&Id::new(group), &Id::new("t"), Urgency::Person).await;
    for _ in 0..3 {
        let problem = posts("g").await.unwrap_err();
        assert_eq!(problem.kind, ProblemKind::Throttled);
        assert!(problem.retry_at.is_some());
    }
    assert_eq!(stub.asked().len(), 1);
    posts("another").await.unwrap();
    get(&client).await.unwrap();
    assert_eq!(stub.asked().len(), 3);
}

#[tokio::test]
async fn quiet_that_is_asked_for_meanwhile_is_kept_by_whoever_stands_in_line() {
    let refusal = || error(429, "ApplicationThrottled").header("Retry-After", "3600");
    let stub = Stub::new(move |_, _| refusal().after(Duration::from_millis(50))).await;
    let client = client(&stub);
    let (group, thread) = (Id::new("g"), Id::new("t"));
    let reads = (0..12).map(|_| client.posts(&group, &thread, Urgency::Person));
    for outcome in futures_util::future::join_all(reads).await {
        assert_eq!(outcome.unwrap_err().kind, ProblemKind::Throttled);
    }
    assert_eq!(stub.asked().len(), 4, "those that were under way already");
}

#[tokio::test]
async fn some_statuses_are_worth_another_try_and_others_are_not() {
    for (status, again) in [
        (500, true),
        (502, true),
        (503, true),
        (504, true),
        (509, true),
        (400, false),
        (403, false),
        (404, false),
        (409, false),
        (501, false),
    ] {
        let stub = Stub::new(move |_, number| {
            if number == 0 {
                error(status, "UnknownError")
            } else {
                group()
            }
        })
        .await;
        let outcome = get(&client(&stub)).await;
        assert_eq!(outcome.is_ok(), again, "{status}");
        assert_eq!(stub.asked().len(), 1 + usize::from(again), "{status}");
        if let Err(problem) = outcome {
            assert_eq!(
                (problem.status, problem.request_id),
                (Some(status), Some(Text::new("inner")))
            );
        }
    }
}

#[tokio::test]
async fn after_a_503_the_next_try_takes_a_new_connection() {
    let stub = Stub::new(|_, number| if number == 0 { error(503, "") } else { group() }).await;
    get(&client(&stub)).await.unwrap();
    let asked = stub.asked();
    assert_ne!(asked[0].peer, asked[1].peer);
}

#[tokio::test]
async fn a_line_that_breaks_is_taken_up_again() {
    let stub = Stub::new(|_, number| match number {
        0 => Act::Close,
        1 => group().cut().into(),
        _ => group().into(),
    })
    .await;
    get(&client(&stub)).await.unwrap();
    assert_eq!(stub.asked().len(), 3);

    let stub = Stub::new(|_, _| Act::Close).await;
    assert_eq!(get(&client(&stub)).await.unwrap_err().kind, ProblemKind::Network);
    assert_eq!(stub.asked().len(), 4);
}

#[tokio::test]
async fn answers_that_cannot_be_read_are_the_servers_problem() {
    for (body, words) in [
        (r#"{"id":"g","displayNa"#, "cut short"),
        ("", "cut short"),
        ("<html>proxy</html>", "web page"),
        ("hello", "not JSON"),
        (r#"{"id":{"a":1}}"#, "shape"),
    ] {
        let stub = Stub::new(move |_, _| raw(200, body).header("request-id", "r-7")).await;
        let problem = get(&client(&stub)).await.unwrap_err();
        assert_eq!(problem.kind, ProblemKind::Server);
        assert!(problem.what.as_str().contains(words), "{body}: {problem}");
        assert_eq!(problem.request_id, Some(Text::new("r-7")));
        assert_eq!(stub.asked().len(), 1);
    }
}

#[tokio::test]
async fn what_is_still_being_set_up_is_not_there_yet() {
    let stub = Stub::new(|_, _| raw(202, "")).await;
    let problem = get(&client(&stub)).await.unwrap_err();
    assert_eq!((problem.kind, problem.status), (ProblemKind::NotFound, Some(202)));
}

#[tokio::test]
async fn a_refused_token_is_renewed_once_for_all_who_used_it() {
    let stub = Stub::new(|asked, _| match asked.header("authorization") {
        Some("Bearer token-0") => error(401, "InvalidAuthenticationToken").after(Duration::from_millis(50)),
        _ => group(),
    })
    .await;
    let desk = desk(&stub.url(), patience());
    let reads = futures_util::future::join_all((0..6).map(|_| get(&desk.client))).await;
    assert!(reads.iter().all(Result::is_ok));
    assert_eq!(desk.tokens.renewals(), 1);
    assert_eq!(stub.asked().len(), 12);
}

#[tokio::test]
async fn a_token_that_is_refused_twice_means_signing_in_again() {
    let stub = Stub::new(|_, _| error(401, "InvalidAuthenticationToken")).await;
    let desk = desk(&stub.url(), patience());
    let problem = get(&desk.client).await.unwrap_err();
    assert_eq!((problem.kind, problem.status), (ProblemKind::SignIn, Some(401)));
    assert_eq!((desk.tokens.renewals(), stub.asked().len()), (1, 2));
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let other = Stub::new(|_, _| group()).await;
    let there = other.url();
    let stub = Stub::new(move |_, _| raw(302, "").header("Location", format!("{there}/groups/g"))).await;
    assert_eq!(get(&client(&stub)).await.unwrap_err().kind, ProblemKind::Server);
    assert!(other.asked().is_empty());
}

#[tokio::test]
async fn whoever_stops_waiting_ends_the_request() {
    let stub = Arc::new(Stub::new(|_, _| Act::Hang).await);
    let client = client(&stub);
    let read = tokio::spawn({
        let client = client.clone();
        async move { get(&client).await }
    });
    stub.until(|asked| asked.len() == 1).await;
    read.abort();
    stub.until(|asked| asked[0].aborted).await;

    let mut pages = client.pages::<Group>(groups::all(), Urgency::Person);
    let reader = tokio::spawn(async move { pages.next().await.is_some() });
    stub.until(|asked| asked.len() == 2).await;
    reader.abort();
    stub.until(|asked| asked[1].aborted).await;
}

#[tokio::test]
async fn a_server_that_says_nothing_is_given_up() {
    let stub = Stub::new(|_, _| Act::Hang).await;
    let patience = Patience {
        idle: Duration::from_millis(50),
        tries: 2,
        ..patience()
    };
    let problem = get(&desk(&stub.url(), patience).client).await.unwrap_err();
    assert_eq!(problem.kind, ProblemKind::Network);
    assert!(problem.what.as_str().contains("too long"), "{problem}");
    assert_eq!(stub.asked().len(), 2);
}

#[tokio::test]
async fn where_nobody_listens_we_are_offline() {
    let url = Stub::new(|_, _| Act::Hang).await.url();
    let desk = desk(&url, patience());
    let problem = get(&desk.client).await.unwrap_err();
    assert_eq!(problem.kind, ProblemKind::Network);
    assert!(
        problem.what.as_str().starts_with("Nothing listens at 127.0.0.1"),
        "{problem}"
    );
    assert!(desk.traffic.lock().unwrap().last().unwrap().offline);
}

#[tokio::test]
async fn items_of_a_batch_that_were_throttled_are_asked_for_again_alone() {
    let stub = Stub::new(|asked, number| {
        let responses: Vec<Value> = asked.json()["requests"]
            .as_array()
            .unwrap()
            .iter()
            .rev()
            .map(|item| {
                let url = item["url"].as_str().unwrap();
                if url.contains("/closed") {
                    json!({"id": item["id"], "status": 403, "body": {"error": {"code": "ErrorAccessDenied"}}})
                } else if url.contains("/busy") && number == 0 {
                    json!({"id": item["id"], "status": 429, "headers": {"RETRY-AFTER": "0"}})
                } else {
                    json!({"id": item["id"], "status": 200, "body": {"unseenCount": url.len()}})
                }
            })
            .collect();
        answer(200, &json!({"responses": responses}))
    })
    .await;
    let groups = ["a", "busy", "closed", "bbb"].map(Id::new);
    let (parts, problem) = drain(client(&stub).unseen(&groups, Urgency::Ahead)).await;
    assert_eq!(problem, None);
    let length = |id: &str| format!("/groups/{id}?$select=id,unseenCount").len() as u32;
    let expected = ["a", "busy", "bbb"].map(|id| (Id::new(id), length(id)));
    assert_eq!(parts, [expected]);

    let asked = stub.asked();
    let items = |index: usize| asked[index].json()["requests"].as_array().unwrap().len();
    assert_eq!((asked.len(), items(0), items(1)), (2, 4, 1));
    assert_eq!(asked[0].target, "/v1.0/$batch");
}
