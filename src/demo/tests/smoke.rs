//! The default tenant, from the assets that are part of the program.

use std::time::Duration;

use serde_json::json;

use super::Visitor;
use crate::demo::request::percent_encode;
use crate::demo::{Options, Tenant};

#[tokio::test]
async fn the_default_tenant_can_be_walked_from_me_to_a_post() {
    let visitor = Visitor::of(Tenant::spawn(Options::default()).unwrap());
    let me = visitor.get("/me").await;
    assert_eq!(me.status, 200);
    assert_eq!(me.json()["userPrincipalName"], "ines.wickersham@folkvale.example");
    let groups = visitor.get("/me/memberOf").await.items();
    assert!(groups.len() > 3);
    let group = groups
        .iter()
        .find(|group| group["mailNickname"] == "lantern-launch")
        .unwrap();
    let id = group["id"].as_str().unwrap();
    assert!(!visitor.get(&format!("/groups/{id}/members")).await.items().is_empty());
    let threads = visitor.get(&format!("/groups/{id}/threads")).await.items();
    let thread = threads[0]["id"].as_str().unwrap();
    let path = format!("/groups/{id}/threads/{}/posts", percent_encode(thread));
    let posts = visitor.get(&path).await;
    assert_eq!(posts.status, 200);
    assert!(
        posts
            .items()
            .iter()
            .all(|post| post["body"]["content"].as_str().is_some_and(|it| !it.is_empty()))
    );
}

#[tokio::test]
async fn a_reply_is_accepted_and_seen_later() {
    let visitor = Visitor::of(
        Tenant::spawn(Options {
            visible_after: Duration::from_millis(50),
            ..Options::default()
        })
        .unwrap(),
    );
    let groups = visitor
        .get_eventually("/groups?$filter=mailNickname eq 'lantern-launch'&$count=true")
        .await;
    let group = groups.items()[0]["id"].as_str().unwrap().to_owned();
    let threads = visitor
        .get(&format!("/groups/{group}/threads?$orderby=lastDeliveredDateTime desc"))
        .await;
    let thread = threads.items().into_iter().find(|it| it["isLocked"] == false).unwrap();
    let path = format!(
        "/groups/{group}/threads/{}",
        percent_encode(thread["id"].as_str().unwrap())
    );
    let before = visitor.get(&format!("{path}/posts")).await.each("id");
    let body = json!({"post": {"body": {"contentType": "html", "content": "<p>Ljus &amp; 灯り</p>"}}});
    let accepted = visitor.post(&format!("{path}/reply"), body).await;
    assert_eq!(
        (accepted.status, accepted.bytes.len(), accepted.header("content-length")),
        (202, 0, "0")
    );
    let new = loop {
        let posts = visitor.get(&format!("{path}/posts")).await.items();
        if let Some(new) = posts
            .into_iter()
            .find(|post| !before.contains(&post["id"].as_str().unwrap().to_owned()))
        {
            break new;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    };
    let html = new["body"]["content"].as_str().unwrap();
    assert!(
        html.starts_with("<html><head>\r\n<meta http-equiv") && html.ends_with("<p>Ljus &amp; 灯り</p></body></html>")
    );
    assert_eq!(
        new["sender"]["emailAddress"]["address"],
        "ines.wickersham@folkvale.example"
    );
    assert_eq!(
        new["from"]["emailAddress"]["address"],
        "lantern-launch@folkvale.example"
    );
    assert_eq!(visitor.get("/nowhere").await.verdict(), "400 BadRequest");
}
