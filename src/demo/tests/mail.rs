//! Conversations, threads, posts and attachments, and the ways in which Exchange answers about them.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Visitor, group_path};
use crate::demo::Options;
use crate::demo::request::percent_encode;

const QUIET: &str = "Broken again: fűtőszál 電球";

async fn posts(visitor: &Visitor, thread: &str) -> Vec<Value> {
    let mut posts = visitor.get(&format!("{thread}/posts")).await.items();
    posts.sort_by_key(|post| post["receivedDateTime"].as_str().map(str::to_owned));
    posts
}

#[tokio::test]
async fn threads_come_newest_first_with_what_lists_show() {
    let visitor = Visitor::new();
    let threads = visitor.get(&format!("{}/threads", group_path("lamps"))).await;
    assert_eq!(threads.each("topic"), [QUIET, "Long", "Long", "Locked"]);
    let fields = [
        "id",
        "topic",
        "hasAttachments",
        "lastDeliveredDateTime",
        "uniqueSenders",
        "preview",
        "isLocked",
    ];
    assert_eq!(threads.fields(), fields);
    let quiet = &threads.items()[0];
    assert_eq!(quiet["preview"], "Three things attached.");
    assert_eq!(
        quiet["uniqueSenders"],
        serde_json::json!(["김하은", "Outside, Inc.", "山田 花子"])
    );
    assert_eq!(quiet["lastDeliveredDateTime"], "2026-03-01T10:20:00Z");
    assert_eq!(quiet["hasAttachments"], true);
    let path = visitor.thread("lamps", QUIET).await;
    let recipients = visitor.get(&format!("{path}?$select=toRecipients,topic")).await;
    assert_eq!(recipients.fields(), ["id", "topic", "toRecipients"]);
    assert_eq!(
        recipients.json()["toRecipients"][0]["emailAddress"]["address"],
        "lamps@fixture.example"
    );
}

#[tokio::test]
async fn threads_take_options_and_page_by_skip() {
    let visitor = Visitor::new();
    let path = format!("{}/threads", group_path("lamps"));
    let first = visitor
        .get(&format!(
            "{path}?$top=3&$orderby=lastDeliveredDateTime asc&$count=true&$select=topic"
        ))
        .await;
    assert_eq!(first.each("topic"), ["Locked", "Long", "Long"]);
    assert_eq!(first.json()["@odata.count"], 4);
    let link = first.next().unwrap();
    assert!(link.contains("$skip=3") && !link.contains("$skiptoken"), "{link}");
    let second = visitor.get(&link).await;
    assert_eq!((second.each("topic"), second.next()), (vec![QUIET.to_owned()], None));
    assert_eq!(
        visitor
            .get(&format!("{path}?$skip=1&$top=1&$orderby=topic"))
            .await
            .each("topic"),
        ["Locked"]
    );
    let expanded = visitor.get(&format!("{path}?$expand=posts&$top=1")).await;
    assert_eq!(expanded.items()[0]["posts"].as_array().unwrap().len(), 3);
    let many = Visitor::with(Options {
        threads: Some(25),
        ..Options::default()
    });
    assert_eq!(many.get(&path).await.items().len(), 10);
    assert_eq!(many.all(&path).await.len(), 25);
}

#[tokio::test]
async fn threads_know_one_filter() {
    let visitor = Visitor::new();
    let filtered = async |filter: &str| {
        visitor
            .get(&format!(
                "{}/threads?$filter={}",
                group_path("lamps"),
                percent_encode(filter)
            ))
            .await
    };
    for filter in ["IsLocked eq true", "isLocked ne false"] {
        assert_eq!(filtered(filter).await.each("topic"), ["Locked"]);
    }
    for filter in ["isLocked eq false", "isLocked ne true"] {
        assert_eq!(
            filtered(filter).await.verdict(),
            "400 ConversationFilterIsLockedEqualsFalse"
        );
    }
    for filter in ["topic eq 'Long'", "isLocked gt true", "startswith(topic,'L')"] {
        assert_eq!(filtered(filter).await.verdict(), "400 ConversationFilterOther");
    }
    let conversations = visitor
        .get(&format!(
            "{}/conversations?$filter=topic eq 'Long'",
            group_path("lamps")
        ))
        .await;
    assert_eq!(conversations.verdict(), "400 ErrorUnsupportedPathForQuery");
}

#[tokio::test]
async fn threads_of_one_topic_are_one_conversation() {
    let visitor = Visitor::new();
    let conversations = visitor
        .get(&format!("{}/conversations?$expand=threads", group_path("lamps")))
        .await;
    assert_eq!(conversations.each("topic"), [QUIET, "Long", "Locked"]);
    assert_eq!(conversations.items()[1]["threads"].as_array().unwrap().len(), 2);
    let id = percent_encode(&conversations.each("id")[1]);
    let path = format!("{}/conversations/{id}", group_path("lamps"));
    assert_eq!(visitor.get(&path).await.json()["preview"], "Without Kim.");
    let threads = visitor.get(&format!("{path}/threads")).await;
    assert_eq!(threads.each("topic"), ["Long", "Long"]);
    let thread = percent_encode(&threads.each("id")[0]);
    assert_eq!(
        visitor
            .get(&format!("{path}/threads/{thread}/posts"))
            .await
            .items()
            .len(),
        1
    );
    // A thread of another conversation is not found there.
    let other = visitor.thread("lamps", "Locked").await;
    let other = other.rsplit('/').next().unwrap();
    assert_eq!(
        visitor.get(&format!("{path}/threads/{other}")).await.verdict(),
        "404 ErrorItemNotFound"
    );
}

#[tokio::test]
async fn posts_are_shuffled_cut_at_a_hundred_and_deaf_to_options() {
    let visitor = Visitor::new();
    let mut path = String::new();
    for thread in visitor
        .get(&format!("{}/threads?$filter=", group_path("lamps")).replace("?$filter=", ""))
        .await
        .items()
    {
        if thread["topic"] == "Long" && thread["uniqueSenders"].as_array().unwrap().len() == 2 {
            path = format!(
                "{}/threads/{}/posts",
                group_path("lamps"),
                percent_encode(thread["id"].as_str().unwrap())
            );
        }
    }
    let posts = visitor.get(&path).await;
    assert_eq!((posts.items().len(), posts.next()), (100, None));
    let times = posts.each("receivedDateTime");
    let mut sorted = times.clone();
    sorted.sort();
    assert_ne!(times, sorted);
    sorted.reverse();
    assert_ne!(times, sorted);
    assert_eq!(sorted[0], "2026-02-28T19:20:00Z", "the newest are those that come");
    let again = visitor
        .get(&format!("{path}?$top=5&$skip=3&$orderby=receivedDateTime"))
        .await;
    assert_eq!(again.each("id"), posts.each("id"));
    assert_eq!(
        visitor
            .get(&format!("{path}?$filter=hasAttachments eq true"))
            .await
            .verdict(),
        "501 FilteringOnConversations"
    );
    assert_eq!(
        visitor
            .get(&format!("{path}?$expand=attachments,inReplyTo"))
            .await
            .status,
        400
    );
    let ids: BTreeSet<String> = posts.each("id").into_iter().collect();
    assert_eq!(ids.len(), 100);
}

#[tokio::test]
async fn a_post_is_from_the_group_and_sent_by_its_author() {
    let visitor = Visitor::new();
    let path = visitor.thread("lamps", QUIET).await;
    let posts = posts(&visitor, &path).await;
    assert!(
        posts
            .iter()
            .all(|post| post["from"]["emailAddress"]["address"] == "lamps@fixture.example")
    );
    let senders: Vec<&str> = posts
        .iter()
        .map(|post| post["sender"]["emailAddress"]["address"].as_str().unwrap())
        .collect();
    assert_eq!(
        senders,
        ["kim@fixture.example", "help@outside.example", "lead@fixture.example"]
    );
    assert_eq!(
        posts[0]["@odata.etag"],
        format!("W/\"{}\"", posts[0]["changeKey"].as_str().unwrap())
    );
    assert_eq!(
        posts[0]["body"]["content"],
        "<html><head>\r\n<meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\"></head><body>\
         <p>It is <b>broken</b> &amp; cold.</p><p><img src=\"cid:picture@fixture\"></p></body></html>"
    );
    assert_eq!(posts[1]["body"]["contentType"], "text");
    assert_eq!(posts[1]["categories"][0], "Orange category");
    assert_eq!(posts[1]["receivedDateTime"], "2026-03-01T08:39:30Z");
    let one = visitor
        .get(&format!(
            "{path}/posts/{}?$select=conversationThreadId",
            percent_encode(posts[0]["id"].as_str().unwrap())
        ))
        .await;
    assert_eq!(one.fields(), ["id", "conversationThreadId"]);
    assert_eq!(
        percent_encode(one.json()["conversationThreadId"].as_str().unwrap()),
        path.rsplit('/').next().unwrap()
    );
}

#[tokio::test]
async fn attachments_bring_their_bytes_unless_something_is_selected() {
    let visitor = Visitor::new();
    let thread = visitor.thread("lamps", QUIET).await;
    let posts = posts(&visitor, &thread).await;
    // Only an inline picture: it does not count.
    assert_eq!(
        (
            posts[0]["hasAttachments"].as_bool(),
            posts[2]["hasAttachments"].as_bool()
        ),
        (Some(false), Some(true))
    );
    let of = |post: &Value| {
        format!(
            "{thread}/posts/{}/attachments",
            percent_encode(post["id"].as_str().unwrap())
        )
    };
    let inline = visitor.get(&of(&posts[0])).await.items();
    assert_eq!(
        (inline[0]["contentId"].as_str(), inline[0]["isInline"].as_bool()),
        (Some("picture@fixture"), Some(true))
    );
    assert!(inline[0]["contentBytes"].as_str().unwrap().starts_with("iVBORw0KGgo"));

    let path = of(&posts[2]);
    let all = visitor.get(&format!("{path}?$top=1&$filter=isInline eq true")).await;
    let kinds =
        ["fileAttachment", "itemAttachment", "referenceAttachment"].map(|kind| format!("#microsoft.graph.{kind}"));
    assert_eq!(all.each("@odata.type"), kinds);
    let light = visitor
        .get(&format!(
            "{path}?$select=name,size,microsoft.graph.fileAttachment/contentId"
        ))
        .await;
    assert_eq!(light.fields(), ["id", "name", "size", "contentId"]);
    assert_eq!(
        visitor.get(&format!("{path}?$select=contentBytes")).await.verdict(),
        "400 BadRequest"
    );
    let expanded = visitor.get(&format!("{thread}/posts?$expand=attachments")).await;
    assert!(
        expanded
            .items()
            .iter()
            .any(|post| post["attachments"][0]["contentBytes"].is_string())
    );

    let ids: Vec<String> = all.each("id").iter().map(|id| percent_encode(id)).collect();
    assert_eq!(
        visitor.get(&format!("{path}/{}", ids[0])).await.json()["contentBytes"],
        "54Gv44KKCg=="
    );
    let raw = visitor.get(&format!("{path}/{}/$value", ids[0])).await;
    assert_eq!(
        (raw.header("content-type"), raw.bytes.as_slice()),
        ("text/plain", "灯り\n".as_bytes())
    );
    assert!(
        visitor
            .get(&format!("{path}/{}", ids[1]))
            .await
            .json()
            .get("item")
            .is_none()
    );
    let item = visitor
        .get(&format!(
            "{path}/{}?$expand=microsoft.graph.itemattachment/item",
            ids[1]
        ))
        .await;
    assert_eq!(item.json()["item"]["body"]["content"], "As discussed.");
    assert_eq!(visitor.get(&format!("{path}/{}/$value", ids[2])).await.status, 405);
}

#[tokio::test]
async fn mail_is_for_members_of_groups_that_have_a_mailbox() {
    let mut visitor = Visitor::new();
    for part in ["threads", "conversations"] {
        let others = visitor.get(&format!("{}/{part}", group_path("club"))).await;
        assert_eq!(
            others.verdict(),
            "403 ErrorAccessDenied",
            "a public group, but not mine"
        );
        for key in ["doors", "glass-news", "alarm"] {
            let none = visitor.get(&format!("{}/{part}", group_path(key))).await;
            assert_eq!(none.verdict(), "404 MailboxNotEnabledForRESTAPI");
        }
    }
    let path = visitor.thread("lamps", QUIET).await;
    visitor.becomes("guest_other.example");
    assert_eq!(
        visitor.get(&format!("{path}/posts")).await.verdict(),
        "403 ErrorAccessDenied"
    );
    assert_eq!(
        visitor.reply(&path, "<p>Hello from outside</p>").await.status,
        202,
        "guests may answer what they cannot read"
    );
}

#[tokio::test]
async fn ids_are_checked_before_they_are_looked_for() {
    let visitor = Visitor::new();
    let threads = format!("{}/threads", group_path("lamps"));
    assert_eq!(
        visitor.get(&format!("{threads}/hello")).await.verdict(),
        "400 ErrorInvalidIdMalformed"
    );
    let theirs = visitor.thread("secret-mine", "Psst").await;
    let elsewhere = theirs.rsplit('/').next().unwrap();
    assert_eq!(
        visitor.get(&format!("{threads}/{elsewhere}")).await.verdict(),
        "404 ErrorItemNotFound"
    );
    assert_eq!(
        visitor.get(&format!("{theirs}/posts/{elsewhere}")).await.verdict(),
        "404 ErrorItemNotFound"
    );
    // Some ids have letters that must be encoded in a path; all can be read back.
    let long = visitor.thread("lamps", "Locked").await;
    let mut careful = BTreeSet::new();
    for thread in visitor.all(&threads).await {
        let path = format!("{threads}/{}/posts", percent_encode(thread["id"].as_str().unwrap()));
        for id in visitor.get(&path).await.each("id") {
            careful.extend(id.chars().filter(|letter| "+/=-_".contains(*letter)));
            assert_eq!(
                visitor.get(&format!("{path}/{}", percent_encode(&id))).await.json()["id"],
                id
            );
        }
    }
    assert_eq!(careful, BTreeSet::from(['+', '/', '=', '-', '_']), "{long}");
}
