//! Replies: sent once, and an honest word about what became of them.

use std::time::Duration;

use folkmoot::domain::{Id, Kind, Recipient, Target};
use folkmoot::graph::sending::{Content, File};
use folkmoot::graph::{Patience, Urgency, groups};
use folkmoot::protocol::{Delivery, ProblemKind};
use serde_json::json;

use crate::stub::{Act, Stub, answer, error, raw};
use crate::support::{Desk, desk, patience, says};

fn target(post: Option<&str>) -> Target {
    Target {
        group: Id::new("g"),
        kind: Kind::Reply {
            thread: Id::new("AAQ+/t=="),
            post: post.map(Id::new),
        },
        group_name: String::new(),
        topic: String::new(),
        quoted: None,
    }
}

async fn reply(desk: &Desk) -> Delivery {
    desk.client.deliver(&target(None), &says("<p>やあ</p>"), &mut ()).await
}

#[tokio::test]
async fn a_reply_is_accepted_at_the_servers_time() {
    let stub = Stub::new(|_, _| raw(202, "").header("Date", "Sat, 21 Nov 2026 10:11:12 GMT")).await;
    let desk = desk(&stub.url(), patience());
    let at = "2026-11-21T10:11:12Z".parse().unwrap();
    assert_eq!(reply(&desk).await, Delivery::Accepted { at });
    assert_eq!(
        desk.client.deliver(&target(Some("p")), &says("x"), &mut ()).await,
        Delivery::Accepted { at }
    );

    let asked = stub.asked();
    assert_eq!(asked[0].target, "/v1.0/groups/g/threads/AAQ%2B%2Ft%3D%3D/reply");
    assert_eq!(asked[1].target, "/v1.0/groups/g/threads/AAQ%2B%2Ft%3D%3D/posts/p/reply");
    assert_eq!(
        asked[0].json(),
        json!({"post": {"body": {"contentType": "html", "content": "<p>やあ</p>"}}})
    );
    assert_eq!(asked[0].header("content-type"), Some("application/json"));
    assert_eq!(asked[0].header("authorization"), Some("Bearer token-0"));
}

#[tokio::test]
async fn a_refusal_means_not_sent() {
    for status in [400, 403, 404, 405, 408, 409, 413, 429] {
        let stub = Stub::new(move |_, _| error(status, "").header("Retry-After", "7")).await;
        let desk = desk(&stub.url(), patience());
        let Delivery::NotSent(problem) = reply(&desk).await else {
            panic!("{status}")
        };
        assert_eq!(problem.status, Some(status));
        assert_eq!(problem.retry_at.is_some(), status == 429);
        assert_eq!(stub.count("POST"), 1, "{status}");
    }
}

#[tokio::test]
async fn while_graph_wants_quiet_a_reply_waits_a_little_or_is_not_sent() {
    for (quiet, sent) in [("1", true), ("3600", false)] {
        let stub = Stub::new(move |asked, _| {
            if asked.method == "POST" {
                raw(202, "")
            } else {
                error(429, "ApplicationThrottled").header("Retry-After", quiet)
            }
        })
        .await;
        let little = Patience { tries: 1, ..patience() };
        let desk = desk(&stub.url(), little);
        let (group, thread) = (Id::new("g"), Id::new("t"));
        assert!(desk.client.posts(&group, &thread, Urgency::Person).await.is_err());
        match reply(&desk).await {
            Delivery::Accepted { .. } => assert!(sent),
            Delivery::NotSent(problem) => {
                assert!(!sent && problem.kind == ProblemKind::Throttled && problem.retry_at.is_some());
            }
            Delivery::Unknown(problem) => panic!("{problem}"),
        }
        assert_eq!(stub.count("POST"), usize::from(sent));
        if let [refused, sent] = stub.asked().as_slice() {
            assert!(sent.begun - refused.begun >= Duration::from_secs(1));
        }
    }
}

#[tokio::test]
async fn a_failure_of_the_server_leaves_it_open() {
    for status in [302, 307, 500, 502, 503, 504, 509] {
        let stub = Stub::new(move |_, _| raw(status, "<html>").header("Retry-After", "0")).await;
        let desk = desk(&stub.url(), patience());
        let Delivery::Unknown(problem) = reply(&desk).await else {
            panic!("{status}")
        };
        assert_eq!(problem.status, Some(status));
        assert_eq!(stub.count("POST"), 1, "{status}");
    }
}

#[tokio::test]
async fn a_line_that_breaks_leaves_it_open() {
    let acts: [fn() -> Act; 3] = [
        || Act::Close,
        || Act::Hang,
        || answer(500, &json!({"error": {}})).cut().into(),
    ];
    for act in acts {
        let stub = Stub::new(move |_, _| act()).await;
        let patience = Patience {
            write: Duration::from_millis(300),
            ..patience()
        };
        let desk = desk(&stub.url(), patience);
        assert!(matches!(reply(&desk).await, Delivery::Unknown(_)));
        assert_eq!(stub.count("POST"), 1);
    }
}

#[tokio::test]
async fn without_a_connection_nothing_is_sent() {
    let url = Stub::new(|_, _| Act::Hang).await.url();
    let desk = desk(&url, patience());
    let Delivery::NotSent(problem) = reply(&desk).await else {
        panic!()
    };
    assert_eq!(problem.kind, ProblemKind::Network);
    assert!(desk.traffic.lock().unwrap().last().unwrap().offline);
}

#[tokio::test]
async fn a_reply_never_takes_a_connection_that_may_be_dead() {
    let stub = Stub::new(|asked, _| match asked.method.as_str() {
        "POST" => raw(202, ""),
        _ => answer(200, &json!({"id": "g"})).close(),
    })
    .await;
    let desk = desk(&stub.url(), patience());
    for _ in 0..20 {
        let read = groups::by_id(&Id::new("g"));
        desk.client
            .one::<folkmoot::domain::Group>(read, Urgency::Person)
            .await
            .unwrap();
        assert!(matches!(reply(&desk).await, Delivery::Accepted { .. }));
    }
    let asked = stub.asked();
    let ports = |method: &str| -> Vec<u16> {
        asked
            .iter()
            .filter(|one| one.method == method)
            .map(|one| one.peer.port())
            .collect()
    };
    let (posts, gets) = (ports("POST"), ports("GET"));
    assert_eq!(posts.len(), 20);
    assert!(
        posts
            .iter()
            .enumerate()
            .all(|(index, port)| !gets.contains(port) && !posts[..index].contains(port))
    );
}

#[tokio::test]
async fn a_refused_token_is_renewed_and_the_reply_repeated_once() {
    let stub = Stub::new(|asked, _| match asked.header("authorization") {
        Some("Bearer token-0") => error(401, "InvalidAuthenticationToken"),
        _ => raw(202, ""),
    })
    .await;
    let desk = desk(&stub.url(), patience());
    assert!(matches!(reply(&desk).await, Delivery::Accepted { .. }));
    assert_eq!((stub.count("POST"), desk.tokens.renewals()), (2, 1));

    let stub = Stub::new(|_, _| error(401, "InvalidAuthenticationToken")).await;
    let desk = crate::support::desk(&stub.url(), patience());
    let Delivery::NotSent(problem) = reply(&desk).await else {
        panic!()
    };
    assert_eq!(problem.kind, ProblemKind::SignIn);
    assert_eq!((stub.count("POST"), desk.tokens.renewals()), (2, 1));
}

#[tokio::test]
async fn a_redirect_takes_a_reply_nowhere() {
    let other = Stub::new(|_, _| raw(202, "")).await;
    let there = other.url();
    let stub = Stub::new(move |_, _| raw(307, "").header("Location", there.clone())).await;
    assert!(matches!(
        reply(&desk(&stub.url(), patience())).await,
        Delivery::Unknown(_)
    ));
    assert!(other.asked().is_empty());
}

#[tokio::test]
async fn what_cannot_be_sent_is_not_tried() {
    let stub = Stub::new(|_, _| raw(202, "")).await;
    let desk = desk(&stub.url(), patience());
    let long = "x".repeat(4 << 20);
    assert!(matches!(
        desk.client.deliver(&target(None), &says(&long), &mut ()).await,
        Delivery::NotSent(_)
    ));
    for id in ["", ".", ".."] {
        let target = Target {
            kind: Kind::Reply {
                thread: Id::new(id),
                post: None,
            },
            ..target(None)
        };
        assert!(matches!(
            desk.client.deliver(&target, &says("x"), &mut ()).await,
            Delivery::NotSent(_)
        ));
    }
    assert!(stub.asked().is_empty());
}

#[tokio::test]
async fn every_kind_goes_where_graph_takes_it_and_as_it_is_documented() {
    let stub = Stub::new(|asked, _| raw(if asked.target.ends_with("/forward") { 200 } else { 201 }, "{}")).await;
    let desk = desk(&stub.url(), patience());
    let people = [Recipient {
        name: "Ada".into(),
        address: "ada@folk.example".into(),
    }];
    let categories = ["緊急".to_owned()];
    let files = [File {
        name: "名簿.csv".into(),
        bytes: b"a,b".to_vec(),
    }];
    let content = Content {
        body: "<p>やあ</p>",
        people: &people,
        categories: &categories,
        files: &files,
    };
    let ada = json!([{"emailAddress": {"name": "Ada", "address": "ada@folk.example"}}]);
    let post = json!({
        "body": {"contentType": "html", "content": "<p>やあ</p>"},
        "newParticipants": ada,
        "categories": ["緊急"],
        "attachments": [{"@odata.type": "#microsoft.graph.fileAttachment", "name": "名簿.csv", "contentBytes": "YSxi"}],
    });
    let id = Id::new("x/y");
    for (kind, path, body) in [
        (
            target(None).kind,
            "/threads/AAQ%2B%2Ft%3D%3D/reply",
            json!({"post": post}),
        ),
        (
            Kind::Conversation,
            "/conversations",
            json!({"topic": "灯籠", "threads": [{"posts": [post]}]}),
        ),
        (
            Kind::Thread {
                conversation: id.clone(),
            },
            "/conversations/x%2Fy/threads",
            json!({"topic": "灯籠", "posts": [post]}),
        ),
        (
            Kind::Forward {
                thread: id.clone(),
                post: id.clone(),
            },
            "/threads/x%2Fy/posts/x%2Fy/forward",
            json!({"comment": "<p>やあ</p>", "toRecipients": ada}),
        ),
    ] {
        let target = Target {
            kind,
            topic: "灯籠".into(),
            ..target(None)
        };
        let outcome = desk.client.deliver(&target, &content, &mut ()).await;
        assert!(matches!(outcome, Delivery::Accepted { .. }), "{outcome:?}");
        let asked = stub.asked().pop().unwrap();
        assert_eq!(asked.target, format!("/v1.0/groups/g{path}"));
        assert_eq!(asked.json(), body);
    }
}

#[tokio::test]
async fn a_change_of_ones_own_that_nobody_knows_of_is_looked_for() {
    for (now, taken) in [("灯籠", true), ("before", false)] {
        let stub = Stub::new(move |asked, _| match asked.method.as_str() {
            "PATCH" => error(503, "UnknownError"),
            _ => answer(200, &json!({"aboutMe": now})),
        })
        .await;
        let desk = desk(&stub.url(), patience());
        let fields = [("aboutMe".to_owned(), json!("灯籠"))].into_iter().collect();
        let delivery = desk.client.update_me(&fields).await;
        assert_eq!(matches!(delivery, Delivery::Accepted { .. }), taken, "{delivery:?}");
        assert_eq!(matches!(delivery, Delivery::Unknown(_)), !taken, "{delivery:?}");
        let writes = stub.asked().iter().filter(|asked| asked.method == "PATCH").count();
        assert_eq!(writes, 1, "it is sent once");
    }
}
