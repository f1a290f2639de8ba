//! Replies: what is accepted, what is refused, what can be seen and when.

use std::time::Duration;

use serde_json::{Value, json};

use super::{NOW, Visitor, group_path};
use crate::demo::Options;
use crate::demo::request::percent_encode;

const QUIET: &str = "Broken again: fűtőszál 電球";

async fn newest(visitor: &Visitor, thread: &str) -> Value {
    let posts = visitor.get(&format!("{thread}/posts")).await.items();
    posts
        .into_iter()
        .max_by_key(|post| post["receivedDateTime"].as_str().map(str::to_owned))
        .unwrap()
}

#[tokio::test]
async fn a_reply_changes_the_thread_the_conversation_and_the_order() {
    let visitor = Visitor::new();
    let thread = visitor.thread("lamps", "Long").await;
    let accepted = visitor.reply(&thread, "<p>Ljus &amp; 灯り <i>i kväll</i></p>").await;
    assert_eq!((accepted.status, accepted.bytes.len()), (202, 0));
    let post = newest(&visitor, &thread).await;
    assert_eq!(
        post["body"]["content"],
        "<html><head>\r\n<meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\"></head><body>\
         <p>Ljus &amp; 灯り <i>i kväll</i></p></body></html>"
    );
    assert_eq!(post["sender"]["emailAddress"]["address"], "me@fixture.example");
    assert_eq!(post["from"]["emailAddress"]["address"], "lamps@fixture.example");
    let now = visitor.get(&thread).await.json();
    assert_eq!(now["preview"], "Ljus & 灯り i kväll");
    assert!(now["uniqueSenders"].as_array().unwrap().contains(&json!("Maja O'Hara")));
    assert_eq!(now["lastDeliveredDateTime"], post["receivedDateTime"]);
    for part in ["threads", "conversations"] {
        let list = visitor.get(&format!("{}/{part}?$top=1", group_path("lamps"))).await;
        assert_eq!(
            (list.each("topic"), list.each("preview")),
            (vec!["Long".to_owned()], vec!["Ljus & 灯り i kväll".to_owned()])
        );
    }
    let unseen = visitor
        .get(&format!("{}?$select=unseenCount", group_path("lamps")))
        .await;
    assert_eq!(unseen.json()["unseenCount"], 2, "one's own reply is no news");
}

#[tokio::test]
async fn what_others_write_is_news() {
    let mut visitor = Visitor::new();
    let unseen = async |visitor: &Visitor| {
        let group = visitor
            .get(&format!("{}?$select=unseenCount", group_path("lamps")))
            .await;
        group.json()["unseenCount"].as_u64().unwrap()
    };
    assert_eq!(unseen(&visitor).await, 2);
    let thread = visitor.thread("lamps", "Long").await;
    visitor.becomes("kim");
    assert_eq!(visitor.reply(&thread, "<p>Anyone?</p>").await.status, 202);
    visitor.becomes("me");
    assert_eq!(unseen(&visitor).await, 3, "nobody has asked the mailbox since");
}

#[tokio::test]
async fn a_reply_cannot_be_seen_at_once() {
    let late = Visitor::with(Options {
        visible_after: Duration::from_secs(3600),
        ..Options::default()
    });
    let thread = late.thread("lamps", QUIET).await;
    assert_eq!(late.reply(&thread, "x").await.status, 202);
    assert_eq!(late.get(&format!("{thread}/posts")).await.items().len(), 3);
    assert_eq!(late.get(&thread).await.json()["preview"], "Three things attached.");

    let soon = Visitor::with(Options {
        visible_after: Duration::from_millis(200),
        ..Options::default()
    });
    assert_eq!(soon.reply(&thread, "x").await.status, 202);
    while soon.get(&format!("{thread}/posts")).await.items().len() < 4 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn the_clock_is_the_tenants_own() {
    let visitor = Visitor::new();
    let thread = visitor.thread("lamps", QUIET).await;
    let accepted = visitor.reply(&thread, "x").await;
    assert!(
        accepted.header("date").starts_with("Sun, 01 Mar 2026 12:0"),
        "{}",
        accepted.header("date")
    );
    let received = newest(&visitor, &thread).await["receivedDateTime"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(
        received.as_str() >= NOW && received.as_str() < "2026-03-01T13:00:00Z",
        "{received}"
    );
}

#[tokio::test]
async fn a_reply_to_a_post_knows_its_parent() {
    let visitor = Visitor::new();
    let thread = visitor.thread("lamps", QUIET).await;
    let parent = newest(&visitor, &thread).await["id"].as_str().unwrap().to_owned();
    let path = format!("{thread}/posts/{}", percent_encode(&parent));
    assert_eq!(visitor.reply(&path, "<p>To you</p>").await.status, 202);
    let child = newest(&visitor, &thread).await["id"].as_str().unwrap().to_owned();
    let child = format!("{thread}/posts/{}", percent_encode(&child));
    assert_eq!(
        visitor.get(&format!("{child}?$expand=inReplyTo")).await.json()["inReplyTo"]["id"],
        parent
    );
    assert_eq!(visitor.get(&format!("{child}/inReplyTo")).await.json()["id"], parent);
    assert_eq!(
        visitor.get(&format!("{path}/inReplyTo")).await.verdict(),
        "404 ErrorItemNotFound"
    );
    let conversation = visitor
        .get(&format!("{thread}/posts?$select=conversationId"))
        .await
        .each("conversationId")[0]
        .clone();
    let long_way = thread.replace(
        "/threads/",
        &format!("/conversations/{}/threads/", percent_encode(&conversation)),
    );
    assert_eq!(visitor.reply(&long_way, "<p>The long way</p>").await.status, 202);
    assert_eq!(visitor.get(&format!("{thread}/posts")).await.items().len(), 5);
}

#[tokio::test]
async fn plain_text_becomes_html_and_other_parts_are_kept() {
    let visitor = Visitor::new();
    let thread = visitor.thread("lamps", QUIET).await;
    let body = json!({"Post": {
        "body": {"contentType": "Text", "content": "1 < 2\nand so on"},
        "categories": ["Blue category"],
        "newParticipants": [{"emailAddress": {"name": "New", "address": "new@else.example"}}],
        "attachments": [
            {"@odata.type": "#microsoft.graph.fileAttachment", "name": "a.txt", "contentType": "text/plain", "contentBytes": "aGk="},
            {"@odata.type": "#Microsoft.Graph.FileAttachment", "name": "b.png", "contentType": "image/png", "contentBytes": "aGk=",
             "isInline": true, "contentId": "b"},
        ],
    }});
    assert_eq!(visitor.post(&format!("{thread}/reply"), body).await.status, 202);
    let post = newest(&visitor, &thread).await;
    assert_eq!(post["body"]["contentType"], "html");
    assert!(
        post["body"]["content"]
            .as_str()
            .unwrap()
            .contains("1 &lt; 2<br>\r\nand so on")
    );
    assert_eq!(
        (post["categories"][0].as_str(), post["hasAttachments"].as_bool()),
        (Some("Blue category"), Some(true))
    );
    let attachments = visitor
        .get(&format!(
            "{thread}/posts/{}/attachments",
            percent_encode(post["id"].as_str().unwrap())
        ))
        .await;
    assert_eq!(attachments.each("name"), ["a.txt", "b.png"]);
    assert_eq!(attachments.items()[1]["contentId"], "b");
}

#[tokio::test]
async fn what_cannot_be_posted_is_refused_and_not_kept() {
    let mut visitor = Visitor::new();
    let thread = visitor.thread("lamps", QUIET).await;
    let reply = format!("{thread}/reply");
    let body = json!({"contentType": "html", "content": "x"});
    for (said, verdict) in [
        (json!({}), "400 ErrorInvalidArgument"),
        (json!({"post": {}}), "400 ErrorInvalidArgument"),
        (
            json!({"post": {"body": {"contentType": "rtf", "content": "x"}}}),
            "400 ErrorInvalidArgument",
        ),
        (
            json!({"post": {"body": body, "importance": "high"}}),
            "400 RequestBodyRead",
        ),
        (
            json!({"post": {"body": body, "inReplyTo": {"id": "x"}}}),
            "400 RequestBodyRead",
        ),
        (json!({"post": {"body": body}, "comment": "x"}), "400 BadRequest"),
        (
            json!({"post": {"body": body, "attachments": [{"name": "x", "contentBytes": "aGk="}]}}),
            "400 ErrorInvalidArgument",
        ),
        (json!([]), "400 BadRequest"),
    ] {
        assert_eq!(visitor.post(&reply, said.clone()).await.verdict(), verdict, "{said}");
    }
    let plain = visitor
        .http
        .post(visitor.url(&reply))
        .bearer_auth(&visitor.token)
        .header("content-type", "text/plain");
    assert_eq!(visitor.send(plain.body("hello")).await.status, 415);
    let huge = json!({"post": {"body": {"contentType": "html", "content": "x".repeat(4 * 1024 * 1024)}}});
    assert_eq!(visitor.post(&reply, huge).await.verdict(), "413 RequestEntityTooLarge");
    let file = json!({"@odata.type": "#microsoft.graph.fileAttachment", "name": "x", "contentBytes": "AAAA".repeat(1_000_000)});
    let large = json!({"post": {"body": body, "attachments": [file]}});
    assert_eq!(visitor.post(&reply, large).await.verdict(), "202");
    assert_eq!(
        visitor.get(&format!("{thread}/posts")).await.items().len(),
        4,
        "of all these one was good"
    );

    let locked = visitor.thread("lamps", "Locked").await;
    assert_eq!(visitor.reply(&locked, "x").await.verdict(), "403 ErrorAccessDenied");
    let direct = visitor.post(&format!("{thread}/posts"), json!({"body": body})).await;
    assert_eq!(direct.verdict(), "405 ErrorInvalidRequest");
    assert_eq!(direct.message(), "The OData request is not supported.");
    visitor.becomes("layla");
    assert_eq!(visitor.reply(&thread, "x").await.verdict(), "403 ErrorAccessDenied");
}
