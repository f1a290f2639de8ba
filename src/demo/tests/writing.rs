//! Beginning, forwarding, locking and deleting.

use std::time::Duration;

use serde_json::{Value, json};

use super::{Reply, Visitor, group_path};
use crate::demo::request::percent_encode;
use crate::demo::{Forwarded, Options};

const QUIET: &str = "Broken again: fűtőszál 電球";

fn post(html: &str) -> Value {
    json!({"body": {"contentType": "html", "content": html}})
}

/// The members of an answer, annotations included.
fn members(reply: &Reply) -> Vec<String> {
    let mut names: Vec<String> = reply.json().as_object().unwrap().keys().cloned().collect();
    names.sort();
    names
}

fn id(reply: &Reply) -> String {
    percent_encode(reply.json()["id"].as_str().unwrap())
}

#[tokio::test]
async fn a_new_thread_answers_with_its_id_and_can_be_seen_later() {
    let threads = format!("{}/threads", group_path("lamps"));
    let body = json!({"topic": "Ny lampa 新しい灯り 👩‍👩‍👧", "posts": [post("<p>Hej</p>")]});
    let late = Visitor::with(Options {
        visible_after: Duration::from_secs(3600),
        ..Options::default()
    });
    let begun = late.post(&threads, body.clone()).await;
    assert_eq!(begun.status, 201);
    assert_eq!(members(&begun), ["@odata.context", "id"]);
    let one = format!("{threads}/{}", id(&begun));
    assert_eq!(late.get(&one).await.verdict(), "404 ErrorItemNotFound");
    assert_eq!(
        late.get(&format!("{one}/posts")).await.verdict(),
        "404 ErrorItemNotFound"
    );
    assert_eq!(late.get(&threads).await.items().len(), 4);

    let soon = Visitor::new();
    let begun = soon.post(&threads, body).await;
    let one = format!("{threads}/{}", id(&begun));
    let thread = soon.get(&one).await.json();
    assert_eq!(
        (thread["topic"].as_str(), thread["preview"].as_str()),
        (Some("Ny lampa 新しい灯り 👩‍👩‍👧"), Some("Hej"))
    );
    assert_eq!(soon.get(&threads).await.each("preview")[0], "Hej");
    let posts = soon.get(&format!("{one}/posts")).await.items();
    assert_eq!(posts.len(), 1);
    assert_eq!(posts[0]["sender"]["emailAddress"]["address"], "me@fixture.example");
    assert_eq!(posts[0]["from"]["emailAddress"]["address"], "lamps@fixture.example");
    let again = soon
        .post(&threads, json!({"topic": "Long", "posts": [post("x")]}))
        .await;
    assert_eq!(again.status, 201);
    let conversations = soon.get(&format!("{}/conversations", group_path("lamps"))).await;
    let long = conversations
        .each("topic")
        .iter()
        .filter(|topic| *topic == "Long")
        .count();
    assert_eq!(long, 2, "a thread begun by itself has a conversation of its own");
}

#[tokio::test]
async fn a_new_conversation_has_one_thread_and_takes_another() {
    let visitor = Visitor::new();
    let conversations = format!("{}/conversations", group_path("lamps"));
    // The documentation writes names either way.
    let body = json!({"Topic": "Both", "Threads": [{"Posts": [{
        "Body": {"ContentType": "HTML", "Content": "<p>One</p>"},
        "NewParticipants": [{"EmailAddress": {"Address": "new@else.example"}}],
    }]}]});
    let begun = visitor.post(&conversations, body).await;
    assert_eq!(begun.status, 201);
    assert_eq!(members(&begun), ["@odata.context", "id", "threads"]);
    let first = begun.json()["threads"][0].clone();
    assert_eq!(first.as_object().unwrap().keys().collect::<Vec<_>>(), ["id"]);
    let conversation = format!("{conversations}/{}", id(&begun));
    let thread = format!(
        "{conversation}/threads/{}",
        percent_encode(first["id"].as_str().unwrap())
    );
    let recipients = visitor
        .get(&format!("{thread}?$select=toRecipients,ccRecipients"))
        .await
        .json();
    let to: Vec<&str> = recipients["toRecipients"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|it| it["emailAddress"]["address"].as_str())
        .collect();
    assert_eq!(to, ["lamps@fixture.example", "new@else.example"]);
    assert_eq!(recipients["ccRecipients"], json!([]));

    let second = visitor
        .post(
            &format!("{conversation}/threads"),
            json!({"topic": "Both", "posts": [post("<p>Two</p>")]}),
        )
        .await;
    assert_eq!(
        (second.status, members(&second)),
        (201, vec!["@odata.context".to_owned(), "id".to_owned()])
    );
    let threads = visitor.get(&format!("{conversation}/threads")).await;
    assert_eq!(threads.each("preview"), ["Two", "One"]);
    assert_eq!(visitor.get(&conversation).await.json()["preview"], "Two");
}

#[tokio::test]
async fn what_cannot_be_begun_is_refused_and_leaves_nothing() {
    let mut visitor = Visitor::new();
    let (threads, conversations) = (
        format!("{}/threads", group_path("lamps")),
        format!("{}/conversations", group_path("lamps")),
    );
    let before = visitor.get(&conversations).await.items();
    for (path, body, verdict) in [
        (&threads, json!({"posts": [post("x")]}), "400 ErrorInvalidArgument"),
        (
            &threads,
            json!({"topic": " ", "posts": [post("x")]}),
            "400 ErrorInvalidArgument",
        ),
        (&threads, json!({"topic": "x"}), "400 ErrorInvalidArgument"),
        (
            &threads,
            json!({"topic": "x", "posts": [{}]}),
            "400 ErrorInvalidArgument",
        ),
        (
            &threads,
            json!({"topic": "x", "isLocked": true, "posts": [post("x")]}),
            "400 RequestBodyRead",
        ),
        (
            &conversations,
            json!({"topic": "x", "posts": [post("x")]}),
            "400 RequestBodyRead",
        ),
        (
            &conversations,
            json!({"topic": "x", "threads": []}),
            "400 ErrorInvalidArgument",
        ),
    ] {
        assert_eq!(visitor.post(path, body.clone()).await.verdict(), verdict, "{body}");
    }
    assert_eq!(visitor.get(&conversations).await.items(), before);
    visitor.becomes("layla");
    let body = json!({"topic": "x", "posts": [post("x")]});
    assert_eq!(visitor.post(&threads, body).await.verdict(), "403 ErrorAccessDenied");
}

#[tokio::test]
async fn a_forwarded_post_leaves_by_mail() {
    let mut visitor = Visitor::new();
    let thread = visitor.thread("lamps", QUIET).await;
    let post = visitor.get(&format!("{thread}/posts")).await.each("id")[0].clone();
    let forward = format!("{thread}/posts/{}/forward", percent_encode(&post));
    let to = json!([{"emailAddress": {"address": "out@else.example"}}]);
    let sent = visitor
        .post(&forward, json!({"Comment": "Läs", "ToRecipients": to}))
        .await;
    assert_eq!((sent.status, sent.bytes.len()), (200, 0));
    let expected = Forwarded {
        post: post.clone(),
        by: "me@fixture.example".into(),
        comment: "Läs".into(),
        to: vec!["out@else.example".into()],
    };
    assert_eq!(visitor.tenant.forwarded(), std::slice::from_ref(&expected));
    assert_eq!(visitor.get(&format!("{thread}/posts")).await.items().len(), 3);
    for (body, verdict) in [
        (json!({"comment": "x"}), "400 ErrorInvalidRecipients"),
        (
            json!({"toRecipients": [{"emailAddress": {"name": "x"}}]}),
            "400 ErrorInvalidArgument",
        ),
        (json!({"toRecipients": to, "ccRecipients": to}), "400 BadRequest"),
    ] {
        assert_eq!(visitor.post(&forward, body).await.verdict(), verdict);
    }
    visitor.becomes("guest_other.example");
    assert_eq!(
        visitor.post(&forward, json!({"toRecipients": to})).await.verdict(),
        "403 ErrorAccessDenied"
    );
    assert_eq!(visitor.tenant.forwarded(), [expected]);
}

#[tokio::test]
async fn a_thread_is_locked_and_unlocked_and_nothing_else_of_it_changes() {
    let visitor = Visitor::new();
    let thread = visitor.thread("lamps", QUIET).await;
    let locked = visitor.change("PATCH", &thread, Some(json!({"isLocked": true}))).await;
    assert_eq!((locked.status, locked.bytes.len()), (204, 0));
    assert_eq!(visitor.get(&thread).await.json()["isLocked"], true);
    assert_eq!(visitor.reply(&thread, "x").await.verdict(), "403 ErrorAccessDenied");
    let conversation = visitor
        .get(&format!("{thread}/posts?$select=conversationId"))
        .await
        .each("conversationId")[0]
        .clone();
    let long_way = thread.replace(
        "/threads/",
        &format!("/conversations/{}/threads/", percent_encode(&conversation)),
    );
    let unlocked = visitor
        .change("PATCH", &long_way, Some(json!({"isLocked": false})))
        .await;
    assert_eq!(
        (unlocked.status, unlocked.json()["isLocked"].as_bool()),
        (200, Some(false))
    );
    assert_eq!(visitor.reply(&thread, "x").await.status, 202);
    for (body, verdict) in [
        (json!({"topic": "x"}), "400 RequestBodyRead"),
        (json!({"isLocked": "yes"}), "400 ErrorInvalidArgument"),
        (json!({}), "400 ErrorInvalidArgument"),
    ] {
        assert_eq!(visitor.change("PATCH", &thread, Some(body)).await.verdict(), verdict);
    }
    assert_eq!(visitor.get(&thread).await.json()["topic"], QUIET);
}

#[tokio::test]
async fn what_is_deleted_is_gone_with_all_that_it_held() {
    let mut visitor = Visitor::new();
    let lamps = group_path("lamps");
    let conversations = format!("{lamps}/conversations");
    let topics = async |visitor: &Visitor, part: &str| visitor.get(&format!("{lamps}/{part}")).await.each("topic");
    let long: Vec<Value> = visitor
        .get(&format!("{lamps}/threads"))
        .await
        .items()
        .into_iter()
        .filter(|thread| thread["topic"] == "Long")
        .collect();
    let path = |thread: &Value| format!("{lamps}/threads/{}", percent_encode(thread["id"].as_str().unwrap()));
    visitor.becomes("guest_other.example");
    assert_eq!(
        visitor.change("DELETE", &path(&long[0]), None).await.verdict(),
        "403 ErrorAccessDenied"
    );
    visitor.becomes("me");
    assert_eq!(visitor.change("DELETE", &path(&long[0]), None).await.status, 204);
    assert_eq!(
        visitor.change("DELETE", &path(&long[0]), None).await.verdict(),
        "404 ErrorItemNotFound"
    );
    assert_eq!(
        visitor.get(&format!("{}/posts", path(&long[0]))).await.verdict(),
        "404 ErrorItemNotFound"
    );
    assert_eq!(topics(&visitor, "threads").await, [QUIET, "Long", "Locked"]);
    let left = visitor.get(&conversations).await.items();
    let of_long = left
        .iter()
        .find(|conversation| conversation["topic"] == "Long")
        .unwrap();
    assert_eq!(
        of_long["preview"], long[1]["preview"],
        "what is left is what lists show"
    );

    let unseen = async |visitor: &Visitor| {
        visitor.get(&format!("{lamps}?$select=unseenCount")).await.json()["unseenCount"].clone()
    };
    assert_eq!(unseen(&visitor).await, 2);
    let quiet = left.iter().find(|conversation| conversation["topic"] == QUIET).unwrap();
    let quiet = format!("{conversations}/{}", percent_encode(quiet["id"].as_str().unwrap()));
    assert_eq!(visitor.change("DELETE", &quiet, None).await.status, 204);
    assert_eq!(visitor.get(&quiet).await.verdict(), "404 ErrorItemNotFound");
    assert_eq!(topics(&visitor, "conversations").await, ["Long", "Locked"]);
    assert_eq!(topics(&visitor, "threads").await, ["Long", "Locked"]);
    assert_eq!(unseen(&visitor).await, 1);
}

#[tokio::test]
async fn a_post_on_its_way_to_a_deleted_thread_never_arrives() {
    let visitor = Visitor::with(Options {
        visible_after: Duration::from_millis(50),
        ..Options::default()
    });
    let thread = visitor.thread("lamps", QUIET).await;
    assert_eq!(visitor.reply(&thread, "<p>Too late</p>").await.status, 202);
    assert_eq!(visitor.change("DELETE", &thread, None).await.status, 204);
    let other = visitor.thread("lamps", "Long").await;
    assert_eq!(visitor.reply(&other, "<p>In time</p>").await.status, 202);
    while visitor.get(&other).await.json()["preview"] != "In time" {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let topics = visitor
        .get(&format!("{}/threads", group_path("lamps")))
        .await
        .each("topic");
    assert_eq!(topics.len(), 3);
    assert!(!topics.contains(&QUIET.to_owned()));
}

#[tokio::test]
async fn whoever_gets_copies_is_told_when_selected() {
    let visitor = Visitor::new();
    let thread = visitor.thread("lamps", "Locked").await;
    let copies = visitor.get(&format!("{thread}?$select=ccRecipients")).await.json();
    assert_eq!(
        copies["ccRecipients"][0]["emailAddress"]["address"],
        "kim@fixture.example"
    );
    let list = visitor
        .get(&format!("{}/threads?$select=topic,ccRecipients", group_path("lamps")))
        .await
        .items();
    let has_copies = |thread: &Value| !thread["ccRecipients"].as_array().unwrap().is_empty();
    assert_eq!(list.iter().filter(|thread| has_copies(thread)).count(), 1);
    assert!(visitor.get(&thread).await.json().get("ccRecipients").is_none());
}

#[tokio::test]
async fn an_attachment_of_three_megabytes_is_too_large() {
    let visitor = Visitor::new();
    let thread = visitor.thread("lamps", QUIET).await;
    // Four letters are three bytes; a request must stay below 4 MB, so that 3 MB less a little just fits.
    let reply = async |letters: usize| {
        let file = json!({
            "@odata.type": "#microsoft.graph.fileAttachment",
            "name": "x.bin",
            "contentBytes": "A".repeat(letters),
        });
        let said = json!({"post": {"body": {"contentType": "html", "content": "x"}, "attachments": [file]}});
        visitor.post(&format!("{thread}/reply"), said).await.verdict()
    };
    assert_eq!(reply(4 * 1024 * 1024 - 4096).await, "202");
    assert_eq!(reply(4 * 1024 * 1024).await, "413 RequestEntityTooLarge");
    assert_eq!(visitor.get(&format!("{thread}/posts")).await.items().len(), 4);
}

#[tokio::test]
async fn changes_go_through_a_batch_too() {
    let visitor = Visitor::new();
    let thread = visitor.thread("lamps", "Locked").await;
    let batch = json!({"requests": [
        {"id": "1", "method": "PATCH", "url": thread, "body": {"isLocked": false}, "headers": {"Content-Type": "application/json"}},
        {"id": "2", "method": "DELETE", "url": thread, "dependsOn": ["1"]},
    ]});
    let answered = visitor.post("/$batch", batch).await.json();
    let mut statuses: Vec<(&str, u64)> = answered["responses"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (it["id"].as_str().unwrap(), it["status"].as_u64().unwrap()))
        .collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [("1", 204), ("2", 204)]);
}
