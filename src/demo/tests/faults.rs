//! Misbehaviour, as the client meets it on the wire.

use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::{Reply, Visitor, group_path};
use crate::demo::Options;

impl Visitor {
    fn breaks(&self, fault: &str) {
        self.tenant.add_fault(fault.parse().unwrap());
    }

    /// Sends a GET by hand; gives the connection.
    async fn by_hand(&self, path: &str) -> TcpStream {
        let address = self
            .tenant
            .graph_url()
            .trim_start_matches("http://")
            .trim_end_matches("/v1.0")
            .to_owned();
        let mut stream = TcpStream::connect(&address).await.unwrap();
        let request = format!(
            "GET /v1.0{path} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {}\r\n\r\n",
            self.token
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        stream
    }

    /// Waits until something is so of the requests seen.
    async fn until(&self, so: impl Fn(&Visitor) -> bool) {
        let patience = Instant::now() + Duration::from_secs(30);
        while !so(self) {
            assert!(
                Instant::now() < patience,
                "it never came true: {:?}",
                self.tenant.requests()
            );
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

#[tokio::test]
async fn refusals_come_instead_of_the_answer() {
    let visitor = Visitor::new();
    visitor.breaks("GET /me@1=429:3");
    visitor.breaks("GET /me@2=429");
    visitor.breaks("GET /me@3=500");
    visitor.breaks("GET /me@4=503");
    visitor.breaks("GET /me@5=504");
    visitor.breaks("GET /me@6=expired");
    let mut replies: Vec<Reply> = Vec::new();
    for _ in 0..7 {
        replies.push(visitor.get("/me").await);
    }
    let statuses: Vec<u16> = replies.iter().map(|reply| reply.status).collect();
    assert_eq!(statuses, [429, 429, 500, 503, 504, 401, 200]);
    assert_eq!(
        (replies[0].header("retry-after"), replies[1].header("retry-after")),
        ("3", "")
    );
    assert_eq!(replies[0].verdict(), "429 TooManyRequests");
    assert!(replies[5].message().contains("expired") && !replies[5].header("www-authenticate").is_empty());
    visitor.breaks("/**@*=500");
    assert_eq!(visitor.get("/users").await.status, 500);
    visitor.tenant.clear_faults();
    assert_eq!(visitor.get("/users").await.status, 200);
}

#[tokio::test]
async fn what_may_not_be_seen_and_what_is_not_there_have_graphs_own_codes() {
    let visitor = Visitor::new();
    for (kind, verdict) in [
        ("403", "403 Authorization_RequestDenied"),
        ("403:erroraccessdenied", "403 ErrorAccessDenied"),
        ("404", "404 Request_ResourceNotFound"),
        ("404:ErrorItemNotFound", "404 ErrorItemNotFound"),
    ] {
        visitor.breaks(&format!("GET /me@1={kind}"));
        assert_eq!(visitor.get("/me").await.verdict(), verdict);
        visitor.tenant.clear_faults();
    }
    // One part of a batch is refused like a request by itself.
    visitor.breaks("GET /me@1=403");
    let parts = [serde_json::json!({"id": "1", "method": "GET", "url": "/me"})];
    let answer = visitor.post("/$batch", serde_json::json!({ "requests": parts })).await;
    assert_eq!(answer.json()["responses"][0]["status"], 403);
}

#[tokio::test]
async fn latencies_add_up() {
    let visitor = Visitor::with(Options {
        latency: Duration::from_millis(60),
        ..Options::default()
    });
    visitor.breaks("/me@*=latency:50");
    let began = Instant::now();
    assert_eq!(visitor.get("/me").await.status, 200);
    assert!(began.elapsed() >= Duration::from_millis(110));
}

#[tokio::test]
async fn a_truncated_body_promises_more_than_it_holds() {
    let visitor = Visitor::new();
    visitor.breaks("/users@1=truncate");
    let mut stream = visitor.by_hand("/users").await;
    let mut text = String::new();
    let ended = stream.read_to_string(&mut text).await;
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let promised = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "))
        .unwrap()
        .parse::<usize>()
        .unwrap();
    assert!(head.starts_with("HTTP/1.1 200") && !body.is_empty());
    assert!(body.len() < promised, "{} of {promised}, {ended:?}", body.len());
    assert_eq!(visitor.get("/users").await.status, 200, "the second is whole");
}

#[tokio::test]
async fn a_dropped_reply_was_carried_out() {
    let visitor = Visitor::new();
    let thread = visitor.thread("lamps", "Long").await;
    visitor.breaks("POST /groups/*/threads/*/reply@1=drop");
    visitor.breaks("POST /groups/*/threads/*/reply@2=503");
    visitor.breaks("POST /groups/*/threads/*/reply@3=truncate");
    let send = async || {
        let body = serde_json::json!({"post": {"body": {"contentType": "html", "content": "once"}}});
        visitor
            .http
            .post(visitor.url(&format!("{thread}/reply")))
            .bearer_auth(&visitor.token)
            .json(&body)
            .send()
            .await
    };
    assert!(send().await.is_err(), "no answer at all");
    let count = async || {
        visitor.get(&thread).await.json()["uniqueSenders"]
            .as_array()
            .unwrap()
            .len()
    };
    assert_eq!(count().await, 2);
    let seen = visitor.tenant.requests();
    let dropped = seen.iter().find(|seen| seen.method == "POST").unwrap();
    assert_eq!((dropped.status, dropped.aborted), (None, false));
    assert_eq!(send().await.unwrap().status().as_u16(), 503);
    assert!(
        send().await.is_err(),
        "an empty body cannot be cut, so the connection is"
    );
    let posts = visitor.get(&format!("{thread}/posts")).await.items();
    let mine = posts
        .iter()
        .filter(|post| post["body"]["content"].as_str().unwrap().contains("once"));
    assert_eq!(mine.count(), 2, "the first and the third");
}

#[tokio::test]
async fn a_hanging_request_keeps_its_connection_and_an_abort_is_seen() {
    let visitor = Visitor::new();
    visitor.breaks("/me@1=hang");
    let mut stream = visitor.by_hand("/me").await;
    visitor.until(|visitor| !visitor.tenant.requests().is_empty()).await;
    let mut byte = [0_u8; 1];
    let waiting = tokio::time::timeout(Duration::from_millis(100), stream.read(&mut byte)).await;
    assert!(waiting.is_err(), "neither bytes nor an end");
    let before = visitor.tenant.requests()[0].clone();
    assert_eq!((before.status, before.aborted), (None, false));
    drop(stream);
    visitor.until(|visitor| visitor.tenant.requests()[0].aborted).await;
    assert_eq!(visitor.get("/me").await.status, 200);
}

#[tokio::test]
async fn a_mailbox_serves_four_at_a_time() {
    let visitor = Visitor::new();
    visitor.breaks("/groups/*/threads@*=latency:300");
    let path = format!("{}/threads", group_path("lamps"));
    let other = format!("{}/threads", group_path("secret-mine"));
    let replies = futures_util::future::join_all((0..6).map(|_| visitor.get(&path))).await;
    let mut verdicts: Vec<String> = replies.iter().map(Reply::verdict).collect();
    verdicts.sort();
    assert_eq!(
        verdicts,
        [
            "200",
            "200",
            "200",
            "200",
            "429 ApplicationThrottled",
            "429 ApplicationThrottled"
        ]
    );
    let refused = replies.iter().find(|reply| reply.status == 429).unwrap();
    assert_eq!(refused.header("retry-after"), "1");
    assert!(refused.message().contains("over its MailboxConcurrency limit"));
    let two =
        futures_util::future::join_all((0..8).map(|at| visitor.get(if at % 2 == 0 { &path } else { &other }))).await;
    assert!(
        two.iter().all(|reply| reply.status == 200),
        "each mailbox counts for itself"
    );
    assert_eq!(visitor.get(&path).await.status, 200, "permits are given back");
}

#[tokio::test]
async fn whoever_waits_keeps_a_permit_and_whoever_leaves_gives_it_back() {
    for fault in ["latency:600000", "hang"] {
        let visitor = Visitor::new();
        visitor.breaks(&format!("/groups/*/threads@*={fault}"));
        let path = format!("{}/threads", group_path("lamps"));
        let mut streams = Vec::new();
        for _ in 0..4 {
            streams.push(visitor.by_hand(&path).await);
        }
        visitor.until(|visitor| visitor.tenant.requests().len() == 4).await;
        visitor.tenant.clear_faults();
        assert_eq!(
            visitor.get(&path).await.verdict(),
            "429 ApplicationThrottled",
            "{fault}"
        );
        drop(streams);
        let left = |visitor: &Visitor| visitor.tenant.requests()[..4].iter().all(|seen| seen.aborted);
        visitor.until(left).await;
        let replies = futures_util::future::join_all((0..4).map(|_| visitor.get(&path))).await;
        assert!(replies.iter().all(|reply| reply.status == 200), "{fault}");
    }
}

#[tokio::test]
async fn stopping_closes_connections() {
    let visitor = Visitor::new();
    visitor.breaks("/me@*=hang");
    let mut stream = visitor.by_hand("/me").await;
    visitor.until(|visitor| !visitor.tenant.requests().is_empty()).await;
    let url = visitor.url("/me");
    let Visitor { tenant, http, .. } = visitor;
    drop(tenant);
    let mut rest = Vec::new();
    let _ = stream.read_to_end(&mut rest).await;
    assert!(rest.is_empty());
    assert!(http.get(url).send().await.is_err());
}
