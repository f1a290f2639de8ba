//! Refusals that a newer token may mend, and those that it cannot.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use folkmoot::domain::{Id, Kind, Target};
use folkmoot::graph::{Urgency, groups};
use folkmoot::protocol::{Delivery, Problem, ProblemKind};
use serde_json::{Value, json};

use crate::stub::{Answer, Asked, Stub, answer, error, raw};
use crate::support::{Desk, Tokens, desk, desk_with, drain, patience, says};

const CLAIMS: &str = r#"{"access_token":{"nbf":{"essential":true,"value":"1604106651"}}}"#;

fn challenge(status: u16, code: &str) -> Answer {
    let claims = URL_SAFE_NO_PAD.encode(CLAIMS);
    error(status, code).header("WWW-Authenticate", "Negotiate").header(
        "WWW-Authenticate",
        format!(r#"Bearer realm="", error="insufficient_claims", claims="{claims}""#),
    )
}

async fn read(desk: &Desk) -> Result<Value, Problem> {
    desk.client.one(groups::by_id(&Id::new("g")), Urgency::Person).await
}

async fn reply(desk: &Desk) -> Delivery {
    let target = Target {
        group: Id::new("g"),
        kind: Kind::Reply {
            thread: Id::new("t"),
            post: None,
        },
        group_name: String::new(),
        topic: String::new(),
        quoted: None,
    };
    desk.client.deliver(&target, &says("<p>Grüße 山</p>"), &mut ()).await
}

/// A server that takes every token but the first, which it answers so.
async fn proving(refusal: Answer) -> Stub {
    Stub::new(move |asked, _| match asked.header("authorization") {
        Some("Bearer token-0") => refusal.clone(),
        _ if asked.method == "POST" => raw(202, ""),
        _ => answer(200, &json!({"id": "g"})),
    })
    .await
}

#[tokio::test]
async fn what_graph_does_not_offer_is_no_failure_of_its() {
    let stub = Stub::new(|_, _| error(501, "NotImplemented")).await;
    let problem = read(&desk(&stub.url(), patience())).await.unwrap_err();
    assert_eq!((problem.kind, problem.status), (ProblemKind::General, Some(501)));
    assert_eq!(problem.what.as_str(), "Graph does not offer this.");
}

#[tokio::test]
async fn what_graph_demands_goes_to_the_source_of_tokens_and_the_request_is_repeated() {
    for refusal in [
        challenge(401, "InvalidAuthenticationToken"),
        challenge(403, "insufficient_claims"),
    ] {
        let stub = proving(refusal).await;
        let desk = desk(&stub.url(), patience());
        read(&desk).await.unwrap();
        assert_eq!(*desk.tokens.demanded.lock().unwrap(), [Some(CLAIMS.to_owned())]);
        assert_eq!(stub.count("GET"), 2);

        let desk = crate::support::desk(&stub.url(), patience());
        assert!(matches!(reply(&desk).await, Delivery::Accepted { .. }));
        assert_eq!(*desk.tokens.demanded.lock().unwrap(), [Some(CLAIMS.to_owned())]);
        assert_eq!(stub.count("POST"), 2);
    }
}

#[tokio::test]
async fn a_challenge_that_is_not_met_is_a_problem_of_signing_in_and_the_reply_not_sent() {
    for status in [401, 403] {
        let stub = Stub::new(move |_, _| challenge(status, "insufficient_claims")).await;
        let desk = desk(&stub.url(), patience());
        let problem = read(&desk).await.unwrap_err();
        assert_eq!((problem.kind, problem.status), (ProblemKind::SignIn, Some(status)));
        let Delivery::NotSent(problem) = reply(&desk).await else {
            panic!("it was refused")
        };
        assert_eq!(problem.kind, ProblemKind::SignIn);
        assert_eq!((stub.count("GET"), stub.count("POST")), (2, 2));
    }
}

#[tokio::test]
async fn a_403_without_a_challenge_renews_nothing() {
    let stub = Stub::new(|_, _| {
        let claims = STANDARD.encode(CLAIMS);
        error(403, "Authorization_RequestDenied").header(
            "WWW-Authenticate",
            format!(r#"Bearer error="insufficient_scope", claims="{claims}""#),
        )
    })
    .await;
    let desk = desk(&stub.url(), patience());
    assert_eq!(read(&desk).await.unwrap_err().kind, ProblemKind::Forbidden);
    assert!(matches!(reply(&desk).await, Delivery::NotSent(_)));
    assert_eq!((desk.tokens.renewals(), stub.asked().len()), (0, 2));
}

/// One answer to a batch: `refused` for groups of that name while the token is the first, else a count.
fn counted(asked: &Asked, refused: impl Fn() -> Value) -> Answer {
    let first = asked.header("authorization") == Some("Bearer token-0");
    let items = asked.json()["requests"].as_array().unwrap().clone();
    let responses: Vec<Value> = items
        .iter()
        .map(|item| {
            let mut response = if first && item["url"].as_str().unwrap().contains("/refused") {
                refused()
            } else {
                json!({"status": 200, "body": {"unseenCount": 7}})
            };
            response["id"] = item["id"].clone();
            response
        })
        .collect();
    answer(200, &json!({"responses": responses}))
}

#[tokio::test]
async fn items_of_a_batch_whose_token_was_refused_are_repeated_once_with_a_newer_one() {
    let claims = STANDARD.encode(CLAIMS);
    let challenge = format!(r#"Bearer error="insufficient_claims", claims="{claims}""#);
    for (status, header, demanded) in [
        (401, String::new(), None),
        (401, challenge.clone(), Some(CLAIMS.to_owned())),
        (403, challenge.clone(), Some(CLAIMS.to_owned())),
    ] {
        let stub = Stub::new(move |asked, _| {
            counted(
                asked,
                || json!({"status": status, "headers": {"www-authenticate": header}}),
            )
        })
        .await;
        let desk = desk(&stub.url(), patience());
        let groups = ["a", "refused-1", "b", "refused-2"].map(Id::new);
        let (parts, problem) = drain(desk.client.unseen(&groups, Urgency::Ahead)).await;
        assert_eq!((parts, problem), (vec![groups.map(|group| (group, 7)).to_vec()], None));
        assert_eq!(*desk.tokens.demanded.lock().unwrap(), [demanded]);
        let items = |index: usize| stub.asked()[index].json()["requests"].as_array().unwrap().len();
        assert_eq!((stub.asked().len(), items(0), items(1)), (2, 4, 2));
    }
}

#[tokio::test]
async fn an_item_that_is_refused_again_is_a_problem_of_signing_in_and_leaves_the_others_as_they_are() {
    let stub = Stub::batching(|asked| {
        if asked.target.contains("/refused") {
            error(401, "InvalidAuthenticationToken")
        } else {
            answer(200, &json!({"unseenCount": 7}))
        }
    })
    .await;
    let desk = desk(&stub.url(), patience());
    let unseen = async |ids: &[&str]| {
        let ids: Vec<Id> = ids.iter().copied().map(Id::new).collect();
        drain(desk.client.unseen(&ids, Urgency::Ahead)).await
    };
    let (parts, problem) = unseen(&["refused", "a"]).await;
    assert_eq!((parts, problem), (vec![vec![(Id::new("a"), 7)]], None));
    assert_eq!((desk.tokens.renewals(), stub.count("POST")), (1, 2));
    assert_eq!(unseen(&["refused"]).await.1.unwrap().kind, ProblemKind::SignIn);
}

fn granted(scopes: &[&str]) -> Tokens {
    Tokens {
        granted: Some(scopes.iter().map(|scope| (*scope).to_owned()).collect::<Arc<[_]>>()),
        ..Tokens::default()
    }
}

#[tokio::test]
async fn a_403_tells_the_permission_that_is_missing_from_the_membership_that_is() {
    let stub = Stub::batching(|_| error(403, "ErrorAccessDenied")).await;
    let reader = desk_with(granted(&["Group.Read.All", "User.Read"]), &stub.url(), patience());
    let Delivery::NotSent(problem) = reply(&reader).await else {
        panic!("it was refused")
    };
    assert_eq!(problem.missing, Some("Group.ReadWrite.All"));
    let threads = reader.client.threads(&Id::new("g"), None, Urgency::Person);
    let problem = drain(threads).await.1.unwrap();
    assert_eq!(problem.missing, None);
    assert!(problem.what.as_str().contains("not a member"), "{problem}");

    let stranger = desk_with(granted(&["User.Read"]), &stub.url(), patience());
    let threads = stranger.client.threads(&Id::new("g"), None, Urgency::Person);
    assert_eq!(drain(threads).await.1.unwrap().missing, Some("Group.Read.All"));
}
